"""Solutions of the exercises on losses in general."""

from ...losses import mean_squared_error_grad

two_losses = (3 + 0 + 12) / 3, (3**2 + 0**2 + 12**2) / 3

which_rate = "right", "too small", "too large"


def one_step(w, x, y, learning_rate):
    y_hat = w * x
    slope = mean_squared_error_grad(y, y_hat) @ x
    return w - learning_rate * slope


why_not_accuracy = (
    "Training changes the parameters a little at a time and asks each time whether it "
    "got better. The number of right answers does not tell: mostly no answer changes "
    "sides, so the number stays the same, and now and then it jumps by one. Its slope "
    "is zero, and gradient descent stands still. A loss looks at how far off each "
    "answer is, so it changes with every little step and says which way is better. "
    "Count the right answers at the end, on examples the model has not seen, and do "
    "not wonder if the two disagree: they ask for different things."
)


def backwards(x, y, w1, w2):
    h = max(0, w1 * x)
    slope_out = 2 * (w2 * h - y)
    slope_h = slope_out * w2
    slope_w1 = slope_h * x if w1 * x > 0 else 0
    slope_w2 = slope_out * h
    return slope_w1, slope_w2
