"""Answers to the exercises on losses in general, as learners write them."""

from fractions import Fraction

import numpy as np

from lossbook import mean_squared_error, mean_squared_error_grad
from lossbook.gradcheck import numerical_gradient


def step(slope, sign=-1):
    """A step with a slope of one's own."""
    return lambda w, x, y, learning_rate: w + sign * learning_rate * slope(w, x, y)


def right_slope(w, x, y):
    return 2 * np.mean((w * x - y) * x)


def measured_step(w, x, y, learning_rate):
    print("w was", w)
    slope = numerical_gradient(lambda w: mean_squared_error(y, w[0] * x), [w])
    return (w - learning_rate * slope)[0]


def step_in_a_loop(w, x, y, learning_rate):
    slope = 0
    for a, b in zip(x, y, strict=True):
        slope += 2 * (w * a - b) * a / len(x)
    return w - learning_rate * slope


def one_step_too_many(w, x, y, learning_rate):
    for _ in range(2):
        w -= learning_rate * right_slope(w, x, y)
    return w


def network(back_to_w1, into_w2=lambda x, h: h, out=lambda y_hat, y: 2 * (y_hat - y)):
    """Slopes of the smallest network, with parts of one's own."""

    def backwards(x, y, w1, w2):
        h = max(0, w1 * x)
        slope = out(w2 * h, y)
        return slope * back_to_w1(x, w1, w2), slope * into_w2(x, h)

    return backwards


def to_w1(x, w1, w2):
    return w2 * x * (w1 * x > 0)


def measured_network(x, y, w1, w2):
    def loss(weights):
        return mean_squared_error([y], [weights[1] * max(0, weights[0] * x)])

    return numerical_gradient(loss, [w1, w2])


def straight_network(x, y, w1, w2):
    off = 2 * (w2 * w1 * x - y)
    return off * w2 * x, off * w1 * x


async def async_step(w, x, y, learning_rate):
    return w - learning_rate * right_slope(w, x, y)


async def async_steps(w, x, y, learning_rate):
    yield w - learning_rate * right_slope(w, x, y)


def yielding_step(w, x, y, learning_rate):
    yield w - learning_rate * right_slope(w, x, y)


WRONG = {
    "two_losses": [
        ((15, 153), "divides by the number of days"),
        ((7.5, 76.5), "divided by 2"),
        ((51, 5), "in the other order"),
        ((5, 51**0.5), "took a root"),
        ((-3, 51), "kept the signs"),
        ((5, 25), "squared the mean size"),
        ((3, 51), "kept the signs"),
        ((15, 51), "added up the sizes"),
        ((5, 153), "added up the squares"),
        ((5, 17), "is off in `mean square`, which is too small"),
        (5, "2 results (mean size, mean square)"),
        ((5, 51, 0), "has 3 parts"),
        (("5", "51"), "is text"),
        ("5, 51", "is a `str`"),
        (map(float, (5, 51)), "gives its values only once"),
        ((x for x in (5, 51)), "gives its values only once"),
        (zip((5,), (51,), strict=True), "gives its values only once"),
        ((5, 0, 51, 0), "with a point"),
        (("5,0", "51"), "a point for the comma"),
        ({5: 51}, "is a `dict`"),
        ((True, 51), "`mean size`"),
        ((5, None), "`None` for `mean square`"),
    ],
    "which_rate": [
        (("right", "too large", "too small"), "for each other"),
        (("too small", "right", "too large"), "it has arrived"),
        (("right", "right", "too large"), "not right for `B`"),
        (("right", "too small", "huge"), "'huge' is not one of these"),
        (("right", "too small"), "has 2 parts"),
        ("too large", "3 results (A, B, C)"),
        ((0.1, 0.002, 0.23), "in quotes"),
    ],
    "one_step": [
        (
            lambda w, x, y, r: w - r * mean_squared_error_grad(y, w * x) * x,
            "You return a `w` for each example",
        ),
        (
            lambda w, x, y, r: w + r * abs(mean_squared_error_grad(y, w * x) @ x),
            "always moves the same way",
        ),
        (
            lambda w, x, y, r: w - r * abs(mean_squared_error_grad(y, w * x) @ x),
            "always moves the same way",
        ),
        (
            lambda w, x, y, r: max(w, w - r * (mean_squared_error_grad(y, w * x) @ x)),
            "not for a `w` that is too high",
        ),
        (step(right_slope, sign=1), "Go against it"),
        (lambda w, x, y, rate: w - right_slope(w, x, y), "learning rate first"),
        (lambda w, x, y, rate: -rate * right_slope(w, x, y), "add the old one"),
        (lambda w, x, y, rate: right_slope(w, x, y), "You return the slope"),
        (
            step(lambda w, x, y: mean_squared_error_grad(y, w * x).sum()),
            "with its x first",
        ),
        (step(lambda w, x, y: 2 * np.sum((w * x - y) * x)), "n times too steep"),
        (
            step(lambda w, x, y: np.mean(mean_squared_error_grad(y, w * x) * x)),
            "averaged over the examples twice",
        ),
        (step(lambda w, x, y: np.mean((w * x - y) * x)), "half as long"),
        (lambda w, x, y, rate: w - rate * 2 * (w * x - y) * x, "one number is wanted"),
        (step(lambda w, x, y: mean_squared_error_grad(w * x, y) @ x), "Go against it"),
        (step(lambda w, x, y: mean_squared_error(y, w * x)), "by the loss itself"),
        (one_step_too_many, "your function returns"),
        (lambda w, x, y, rate: 100.0, "same result"),
        (lambda w, x, y: w, "these arguments"),
        (lambda w, x, y, rate: w - 0.05 * right_slope(w, x, y), "argument"),
        (lambda w, x, y, rate: w - 0.1 * right_slope(w, x, y), "argument"),
        (lambda w, x, y, rate: w - 0.01 * right_slope(w, x, y), "argument"),
        (lambda *a: round(step(right_slope)(*a), 2), "rounded"),
        (lambda *a: round(step(right_slope)(*a), 6), "rounded"),
        (lambda *a: int(step(right_slope)(*a)), "cut off"),
        (step(lambda w, x, y: 2 * np.mean((y - w * x) * x)), "prediction minus target"),
        (lambda w, x, y, rate: w, "return the old `w`"),
        (step(lambda w, x, y: right_slope(w, abs(x), y)), "your function returns"),
        (step(lambda w, x, y: 2 * (w * x - y) * x), "one number is wanted"),
        (lambda w, x, y, rate: w - rate(2), "A product is written"),
        (lambda w, x, y, rate: w - rate * x[len(x)], "one less than"),
        (lambda w, x, y, rate: (w - rate * right_slope(w, x, y),), "ends in a comma"),
        (async_step, "is `async`"),
        (async_steps, "is `async`"),
        (yielding_step, "says `yield`"),
    ],
    "why_not_accuracy": [
        ("", "three dots"),
        (None, "in quotes"),
        ("It has no slope.", "Compare yours"),
    ],
    "backwards": [
        (straight_network, "left out the bend"),
        (network(lambda x, w1, w2: w2 * x), "On the way back"),
        (network(to_w1, out=lambda y_hat, y: y_hat - y), "factor 2"),
        (network(to_w1, out=lambda y_hat, y: 2 * (y - y_hat)), "wrong sign"),
        (network(lambda x, w1, w2: w2 * (w1 * x > 0)), "multiply by x"),
        (network(lambda x, w1, w2: x * (w1 * x > 0)), "left out the output weight"),
        (network(to_w1, into_w2=lambda x, h: x), "goes in there is `h`"),
        (lambda *a: network(to_w1)(*a)[::-1], "in the other order"),
        (lambda *a: network(to_w1)(*a)[0], "one value"),
        (network(lambda x, w1, w2: w1 * x), "is off in `slope in w1`"),
        (network(lambda x, w1, w2: w2 * max(x, 0)), "sign of `x` alone"),
        (network(to_w1, out=lambda y_hat, y: 2 * abs(y_hat - y)), "sign of the error"),
        (network(to_w1, out=lambda y_hat, y: (y_hat - y) ** 2), "the loss itself"),
        (network(lambda x, w1, w2: w2 * x * (x > 0)), "sign of `x` alone"),
        (network(lambda x, w1, w2: w2 * x * (w1 > 0)), "sign of `w1` alone"),
        (
            network(lambda x, w1, w2: w2 * x * (w2 * max(0, w1 * x) > 0)),
            "the sign of the prediction",
        ),
        (network(lambda x, w1, w2: w2 * x * (w2 * w1 * x > 0)), "`slope in w1`"),
        (network(lambda x, w1, w2: w2 * x * (w2 > 0)), "your function returns"),
        (network(lambda x, w1, w2: w2 * abs(x) * (w1 * x > 0)), "`slope in w1`"),
        (network(lambda x, w1, w2: abs(w2) * x * (w1 * x > 0)), "`slope in w1`"),
        (network(lambda x, w1, w2: w1 * x * (w1 * x > 0)), "by `w1` itself"),
        (network(to_w1, into_w2=lambda x, h: abs(x)), "`slope in w2`"),
        (lambda *a: tuple(round(s, 1) for s in network(to_w1)(*a)), "rounded"),
    ],
}

RIGHT = {
    "two_losses": [
        (5, 51),
        [5.0, 51.0],
        np.array([5, 51]),
        np.float32([5, 51]),
        (np.array(5), Fraction(153, 3)),
    ],
    "which_rate": [
        ("right", "too small", "too large"),
        ["Right", "Too small", "Too large."],
        np.array(["right", "too_small", "too-large"]),
        ("right", "too\u2010small", "too\u2013large"),
        ("right", "too\u2011small", "too\u00a0large"),
    ],
    "one_step": [
        step(right_slope),
        measured_step,
        step_in_a_loop,
        step(lambda w, x, y: (w * (x @ x) - x @ y) * 2 / len(x)),
        lambda *a: np.array(step(right_slope)(*a)),
        lambda *a: np.float32(step(right_slope)(*a)),
        lambda w, x, y, rate: w + rate * 2 * np.mean((y - w * x) * x),
        lambda w, x, y, rate: w - rate * (2 / len(y)) * sum((w * x - y) * x),
    ],
    "why_not_accuracy": [],
    "backwards": [
        network(to_w1),
        measured_network,
        lambda *a: list(network(to_w1)(*a)),
        lambda *a: np.float32(network(to_w1)(*a)),
        network(lambda x, w1, w2: w2 * x if w1 * x >= 0 else 0),
    ],
}

# Right, but few digits of single precision are left where large numbers cancel.
ONLY_IN_DOUBLE_PRECISION = ()
