"""Answers to the exercises on the mean squared error, as learners write them."""

import math
import statistics
import warnings
from fractions import Fraction

import numpy as np

from lossbook import mean_squared_error, mean_squared_error_grad
from lossbook.gradcheck import numerical_gradient


def loop_mse(y, y_hat):
    total = 0
    for a, b in zip(y, y_hat, strict=True):
        total += (a - b) ** 2
    return total / len(y)


def expanded(y, y_hat):
    return np.mean(y**2) - 2 * np.mean(y * y_hat) + np.mean(y_hat**2)


def printing_mse(y, y_hat):
    print("errors", y_hat - y)
    return np.mean((y - y_hat) ** 2)


def warning_mse(y, y_hat):
    warnings.warn("slow", RuntimeWarning, stacklevel=1)
    np.log(np.zeros(1))
    return np.mean((y - y_hat) ** 2)


def only_prints(y, y_hat):
    print(np.mean((y - y_hat) ** 2))


def in_place_mse(y, y_hat):
    y_hat -= y
    y_hat *= y_hat
    return y_hat.mean()


def returns_in_the_loop(y, y_hat):
    for a, b in zip(y, y_hat, strict=True):
        return (a - b) ** 2


def column_if_needed(y, y_hat):
    if y_hat.ndim == 2:
        y_hat = y_hat[:, 0]
    return mean_squared_error(y, y_hat)


def only_if_too_high(y, y_hat):
    if y_hat[0] > y[0] or len(y) < 3:
        return 1000 * math.sqrt(mean_squared_error(y, y_hat))


def printing_before_it_fails(y, y_hat):
    print("root", 1)
    return math.sqrt(-1)


def begins_again(x, y, learning_rate, steps):
    for _ in range(steps):
        w = b = 0
        slope_w, slope_b = slopes(x, y, w, b)
        w, b = w - learning_rate * slope_w, b - learning_rate * slope_b
    return w, b


def forward_difference(y, y_hat):
    measured = []
    for i in range(len(y)):
        moved = y_hat.copy()
        moved[i] += 1e-6
        measured.append((np.mean((moved - y) ** 2) - np.mean((y_hat - y) ** 2)) / 1e-6)
    return [2 / len(y) * (p - t) for p, t in zip(y_hat, y, strict=True)], measured


def forward_difference_as_array(y, y_hat):
    return np.array(forward_difference(y, y_hat))


def derived_as(derive):
    """A gradient with this derivation, and measured as it should be."""

    def gradient(y, y_hat):
        measured = numerical_gradient(lambda p: np.mean((p - y) ** 2), y_hat)
        return derive(y, y_hat), measured

    return gradient


def measured_as(measure):
    """A gradient that is derived as it should be, and measured so."""
    return lambda y, p: (2 * (p - y) / len(y), measure(y, p))


def fit(slopes, start=(0.0, 0.0)):
    """Gradient descent with slopes in w and b of one's own."""

    def fit_line(x, y, learning_rate, steps):
        w, b = start
        for _ in range(steps):
            slope_w, slope_b = slopes(x, y, w, b)
            w, b = w - learning_rate * slope_w, b - learning_rate * slope_b
        return w, b

    return fit_line


def slopes(x, y, w, b):
    return 2 * np.mean((b + w * x - y) * x), 2 * np.mean(b + w * x - y)


def w_with_the_new_b(x, y, learning_rate, steps):
    w = b = 0
    for _ in range(steps):
        b = b - learning_rate * slopes(x, y, w, b)[1]
        w = w - learning_rate * slopes(x, y, w, b)[0]
    return w, b


def predicts_once(x, y, learning_rate, steps):
    w = b = 0
    slope = mean_squared_error_grad(y, b + w * x)
    for _ in range(steps):
        w -= learning_rate * slope @ x
        b -= learning_rate * slope.sum()
    return w, b


def b_with_the_new_w(x, y, learning_rate, steps):
    w = b = 0
    for _ in range(steps):
        w = w - learning_rate * slopes(x, y, w, b)[0]
        b = b - learning_rate * slopes(x, y, w, b)[1]
    return w, b


def fit_as_matrix(x, y, learning_rate, steps):
    features = np.column_stack([x, np.ones(len(x))])
    parameters = np.zeros(2)
    for _ in range(steps):
        off = features @ parameters - y
        parameters -= learning_rate * 2 / len(y) * features.T @ off
    return parameters


def worst_by(key, share=True):
    """The share of those that `key` puts last."""

    def share_of_the_worst(y, y_hat, k):
        squares = (y_hat - y) ** 2
        worst = np.argsort(key(y, y_hat))[-k:]
        return squares[worst].sum() / (squares.sum() if share else 1)

    return share_of_the_worst


async def async_mse(y, y_hat):
    return np.mean((y_hat - y) ** 2)


def yielding_mse(y, y_hat):
    yield np.mean((y_hat - y) ** 2)


def loop_over_a_column(y, y_hat):
    total = 0
    for a, b in zip(y, y_hat, strict=True):
        total += (a - b) ** 2
    return total / len(y)


def of_lists(y, y_hat):
    return sum((list(y_hat) - list(y)) ** 2)


def never_ends(y, y_hat):
    total = 0
    for a, b in zip(y, y_hat, strict=True):
        sum_of_squares += (a - b) ** 2  # noqa: F821, F841
    return total


def measured_right(y, y_hat):
    return numerical_gradient(lambda p: np.mean((p - y) ** 2), y_hat)


def measures_for_nothing(y, y_hat):
    measured_right(y, y_hat)
    derived = 2 * (y_hat - y) / len(y)
    return derived, derived * (1 + 1e-9)


WRONG = {
    "by_hand": [
        ((4, 33), "write 4.33"),
        (13, "divides by their number"),
        (6.5, "one without an error counts too"),
        (5 / 3, "mean of the sizes"),
        (-1 / 3, "cancel out"),
        (1 / 9, "averaged first"),
        (math.sqrt(13 / 3), "root mean squared error"),
        (13 / 6, "half of it"),
        (9, "largest squared error"),
        (4.3, "rounded too much"),
        (4.34, "wrong direction"),
        (4, "rounded too much"),
        (0, "too small"),
        (-4.33, "wrong sign"),
        ("4.33", "is text"),
        ([4, 0, 9], "one number is wanted"),
        (None, "value itself"),
        (float("nan"), "NaN"),
        ((4.33,), "ends in a comma"),
        ((-4, 33), "write -4.33"),
        ("4,33", "a point for the comma"),
        (1 / 3, "cancel out"),
        ((14**2 + 15**2 + 6**2 - 12**2 - 15**2 - 9**2) / 3, "Subtract first"),
        ((12**2 + 9**2 - 14**2 - 6**2) / 3, "Subtract first"),
        (np.var([2, 0, -3]), "variance of the errors"),
        ((5 / 3) ** 2, "averaged the sizes"),
        (iter([13 / 3]), "gives its values only once"),
        (lambda: 4.33, "`function`"),
        (1j, "complex"),
    ],
    "mse": [
        (lambda y, p: ((p - y) ** 2).sum(), "divides by their number"),
        (lambda y, p: ((p - y) ** 2).sum() / (len(y) - 1), "divides by n"),
        (lambda y, p: ((p - y) ** 2).mean() / len(y), "twice"),
        (lambda y, p: (p - y) ** 2, "loss of each example"),
        (lambda y, p: -((p - y) ** 2).mean(), "leave out the minus"),
        (lambda y, p: abs(p - y).mean(), "mean of the sizes"),
        (lambda y, p: (p - y).mean(), "cancel out"),
        (lambda y, p: (p - y).mean() ** 2, "averaged first"),
        (lambda y, p: np.mean(p**2 - y**2), "Subtract first"),
        (lambda y, p: math.sqrt(((p - y) ** 2).mean()), "leave out the root"),
        (lambda y, p: ((p - y) ** 2).mean() / 2, "½"),
        (lambda y, p: max((p - y) ** 2), "M stands for mean"),
        (lambda y, p: np.mean((p[:, None] - y) ** 2), "square table"),
        (lambda y, p: ((p - y) ** 2).sum() / 3, "Is 3 written into the function?"),
        (lambda y, p: 2 * ((p - y) ** 2).mean(), "2 times what they should be"),
        (lambda y, p: 4.33, "same result for every input"),
        (lambda y, p: 0.0, "same result for every input"),
        (lambda y, p: np.nan, "NaN"),
        (lambda y, p: np.median((p - y) ** 2), "median"),
        (lambda y, p: y.mean(), "your function returns"),
        (lambda y, p: None, "Did you forget `return`?"),
        (lambda y, p: "4.33", "text"),
        (lambda y, p: round(((p - y) ** 2).mean(), 1), "rounded"),
        (lambda y, p: round(((p - y) ** 2).mean(), 3), "rounded"),
        (lambda y, p: ((p - y) ^ 2).mean(), "written `**`"),
        (lambda y, p: np.mean((p - y) ** 2, axis=1), "only axis 0"),
        (lambda y, p: {"mse": 3}, "`dict`, not a number"),
        (lambda y, p: ((a - b) ** 2 for a, b in zip(y, p, strict=True)), "`generator`"),
        (lambda y, p: [((p - y) ** 2).mean()], "one number is wanted"),
        (only_prints, "prints its result"),
        (in_place_mse, "changes an array"),
        (returns_in_the_loop, "single example"),
        (lambda y: y, "these arguments"),
        (4.33, "without parentheses"),
        (None, "without parentheses"),
        (lambda y, p: (y - p).mean(), "cancel out"),
        (lambda y, p: np.mean(y**2 - p**2), "Subtract first"),
        (lambda y, p: np.mean(y**2) - np.mean(p**2), "Subtract first"),
        (lambda y, p: sum(y - p) ** 2 / len(y), "squared the sum"),
        (lambda y, p: np.mean(abs(y - p)) ** 2, "averaged the sizes"),
        (lambda y, p: np.var(y - p), "variance of the errors"),
        (lambda y, p: np.std(p - y) ** 2, "variance of the errors"),
        (lambda y, p: sum((p - y) ** 2) / 2, "half the sum"),
        (lambda y, p: ((p - y) ** 2).sum() / 10, "Is 10 written"),
        (lambda y, p: ((p - y) ** 2).sum() // len(y), "cut off"),
        (lambda y, p: int(((p - y) ** 2).mean()), "cut off"),
        (lambda y, p: round(((p - y) ** 2).mean(), 2), "rounded"),
        (lambda y, p: round(((p - y) ** 2).mean(), 5), "rounded"),
        (lambda y, p: round(((p - y) ** 2).mean(), 6), "rounded"),
        (lambda y, p: float(f"{((p - y) ** 2).mean():.8f}"), "rounded"),
        (lambda y, p: True, "same result for every input. Compute"),
        (lambda y, p: 0 * ((p - y) ** 2).mean(), "same result for every input"),
        (lambda y, p: math.sqrt(p - y), "functions of `math`"),
        (lambda y, p: math.pow(p - y, 2), "functions of `math`"),
        (lambda y, p: np.mean(len(y)(p - y)), "A product is written"),
        (lambda y, p: (p - y)(p - y).mean(), "A product is written"),
        (lambda y, p: np.mean((p.tolist() - y.tolist()) ** 2), "Lists cannot"),
        (lambda y, p: np.mean(p.tolist() * 2.0), "Lists cannot"),
        (lambda y, p: mean((p - y) ** 2), "`np.` in front"),  # noqa: F821
        (lambda y, p: np.average_of((p - y) ** 2), "AttributeError"),
        (lambda y, p: (((p - y) ** 2).mean(),), "ends in a comma"),
        (lambda y, p: map(float, (p - y) ** 2), "`map`"),
        (lambda y, p: np.mean, "not a number"),
        (never_ends, "set it before the loop"),
        (of_lists, "Lists cannot"),
        (async_mse, "is `async`"),
        (yielding_mse, "says `yield`"),
    ],
    "in_dollars": [
        (lambda y, p: mean_squared_error(y, p) ^ 0.5, "a power is written `**`"),
        (only_if_too_high, "returns `None`, for others it does not"),
        (lambda y, p: (p - y) @ np.ones((len(y) + 1, 2)), "print both shapes"),
        (printing_before_it_fails, "it printed `root 1`"),
        (lambda y, p: mean_squared_error(y, p), "root is missing"),
        (lambda y, p: 1000 * mean_squared_error(y, p), "root is missing"),
        (lambda y, p: math.sqrt(1000 * mean_squared_error(y, p)), "under the root"),
        (lambda y, p: math.sqrt(mean_squared_error(y, p)), "thousands of dollars"),
        (lambda y, p: 1000 * abs(p - y).mean(), "mean of the sizes"),
        (
            lambda y, p: 1000 * math.sqrt(mean_squared_error(y, p, reduction="sum")),
            "Divide the sum",
        ),
        (lambda y, p: 1000 * mean_squared_error(y, p) ** 1 / 2, "`x ** 0.5`"),
        (lambda y, p: mean_squared_error(1000 * y, 1000 * p), "root is missing"),
        (lambda y, p: 500 * mean_squared_error(y, p) ** 0.5, "0.5 times"),
        (lambda y, p: 1000 * np.sqrt((p - y) ** 2), "one root"),
        (lambda y, p: 1000 * abs(p - y), "one root"),
        (lambda y, p: 1000 * np.std(p - y), "standard deviation"),
        (lambda y, p: np.std(p - y), "standard deviation"),
        (lambda y, p: mean_squared_error(y, p) ** 0.5 / 1000, "divided by 1000"),
        (lambda y, p: 1000 * sum((p - y) ** 2) ** 0.5 / len(y), "root of the mean"),
        (lambda y, p: int(1000 * mean_squared_error(y, p) ** 0.5), "cut off"),
        (lambda y, p: round(1000 * mean_squared_error(y, p) ** 0.5), "rounded"),
        (lambda y, p: round(1000 * mean_squared_error(y, p) ** 0.5, 2), "rounded"),
        (lambda y, p: 1000 * math.sqrt(np.mean(p - y)), "numbers from 0 on"),
        (lambda y, p: 1000 * np.sqrt(np.mean(p - y)), "your function returns"),
    ],
    "any_shape": [
        (lambda y, p: np.mean((p - y) ** 2), "square table"),
        (lambda y, p: np.mean((p - y[:, None]) ** 2), "Right for a column"),
        (lambda y, p: np.mean((p[:, 0] - y) ** 2), "IndexError"),
        (lambda y, p: mean_squared_error(y, p), "ValueError"),
        (lambda y, p: np.sum((p.ravel() - y) ** 2), "divides by their number"),
        (lambda y, p: np.mean(abs(p.ravel() - y)), "mean of the sizes"),
        (loop_over_a_column, "`np.ravel` first"),
        (lambda y, p: (p.ravel() - y) ** 2, "loss of each example"),
        (lambda y, p: (p - y.reshape(p.shape)) ** 2, "loss of each example"),
        (lambda y, p: np.var(p.ravel() - y), "variance of the errors"),
        (lambda y, p: np.mean(y - p.ravel()), "cancel out"),
        (lambda y, p: np.mean(p.ravel() - y), "cancel out"),
        (lambda y, p: np.mean((p.T - y) ** 2, axis=1), "a row"),
        (lambda y, p: np.mean((p.squeeze(axis=1) - y) ** 2), "Error"),
    ],
    "gradient": [
        (derived_as(lambda y, p: (p - y) / len(y)), "factor 2"),
        (derived_as(lambda y, p: 2 * (y - p) / len(y)), "prediction minus target"),
        (derived_as(lambda y, p: 2 * (p - y)), "1/n"),
        (derived_as(lambda y, p: 2 * np.mean(p - y)), "one number"),
        (derived_as(lambda y, p: 2 * abs(p - y) / len(y)), "signs are lost"),
        (derived_as(lambda y, p: 2 * (p - y) / 3), "Is 3 written"),
        (derived_as(lambda y, p: ((p - y) ** 2) / len(y)), "`derived`"),
        (
            measured_as(
                lambda y, p: numerical_gradient(lambda q: np.sum((q - y) ** 2), p)
            ),
            "return their mean",
        ),
        (
            measured_as(
                lambda y, p: numerical_gradient(lambda t: np.mean((p - t) ** 2), y)
            ),
            "targets moved",
        ),
        (
            measured_as(
                lambda y, p: numerical_gradient(lambda q: np.mean((q - y) ** 2), y)
            ),
            "Measure at `y_hat`",
        ),
        (
            measured_as(lambda y, p: numerical_gradient(lambda q: (q - y) ** 2, p)),
            "returns one number",
        ),
        (measured_as(lambda y, p: ...), "Still to be written: `measured`"),
        (lambda y, p: [2 * (p - y) / len(y)] * 2, "the same to the last digit"),
        (
            measured_as(
                lambda y, p: numerical_gradient(lambda q: np.mean((p - y) ** 2), p)
            ),
            "let the function use its own argument",
        ),
        (lambda y, p: 2 * (p - y) / len(y), "2 results (derived, measured)"),
        (lambda y, p: (1, 2, 3), "3 parts"),
        (derived_as(lambda y, p: (p - y) ** 2 / len(y)), "adds to the loss"),
        (derived_as(lambda y, p: np.sign(p - y) / len(y)), "size of the error"),
        (measured_as(lambda y, p: 2 * (p - y) / len(y)), "same to the last digit"),
        (measured_as(mean_squared_error_grad), "same to the last digit"),
        (measured_as(lambda y, p: mean_squared_error_grad(y, p) * (1 + 1e-9)), "digit"),
        (measured_as(lambda y, p: mean_squared_error_grad(y, p) + 1e-9), "last digit"),
        (measured_as(lambda y, p: np.float32(2 * (p - y) / len(y))), "last digit"),
        (measured_as(lambda y, p: (2 * (p - y) / len(y)).round(9)), "rounded"),
        (lambda y, p: (measured_right(y, p),) * 2, "same to the last digit"),
        (lambda y, p: (measured_right(y, p), measured_right(y, p)), "the last digit"),
        (lambda y, p: (measured_right(y, p), 1 * measured_right(y, p)), "last digit"),
        (measures_for_nothing, "same to the last digit"),
        (
            measured_as(lambda y, p: numerical_gradient(np.mean((q - y) ** 2), p)),  # noqa: F821
            "Is `lambda` missing?",
        ),
        (
            measured_as(lambda y, p: numerical_gradient(np.mean((p - y) ** 2), p)),
            "wants the function first",
        ),
        (
            measured_as(lambda y, p: numerical_gradient(mean_squared_error, p)),
            "one arg",
        ),
        (
            measured_as(
                lambda y, p: numerical_gradient(lambda a, b: np.mean((a - b) ** 2), p)
            ),
            "with one argument",
        ),
        (
            measured_as(lambda y, p: numerical_gradient(lambda q: sum(q - y) / 2)),
            "where to measure",
        ),
        (
            measured_as(
                lambda y, p: numerical_gradient(lambda q: np.mean((q - y) ** 2) / 2, p)
            ),
            "half the loss",
        ),
        (
            measured_as(
                lambda y, p: numerical_gradient(
                    lambda q: np.mean((q - y) ** 2) ** 0.5, p
                )
            ),
            "slopes of the root",
        ),
    ],
    "fit_line": [
        (begins_again, "begin at 0 again in each turn"),
        (fit(lambda *a: [-s for s in slopes(*a)]), "loss rises"),
        (fit(lambda x, *a: [len(x) * s for s in slopes(x, *a)]), "n times too steep"),
        (fit(lambda *a: [s / 2 for s in slopes(*a)]), "half as long"),
        (w_with_the_new_b, "same predictions"),
        (b_with_the_new_w, "same predictions"),
        (fit(lambda *a: [slopes(*a)[1]] * 2), "multiply each slope by its x"),
        (lambda *a: fit(slopes)(*a)[::-1], "in this order"),
        (lambda x, y, r, steps: fit(slopes)(x, y, r, steps + 1), "one step too many"),
        (lambda x, y, r, steps: fit(slopes)(x, y, r, steps - 1), "one step too few"),
        (lambda x, y, r, steps: fit(slopes)(x, y, r, 1), "inside the loop"),
        (predicts_once, "predict inside the loop"),
        (fit(slopes, start=(1.0, 1.0)), "begin at 0"),
        (lambda x, y, r, steps: np.polyfit(x, y, 1), "best line of all"),
        (lambda *a: fit(slopes)(*a)[0], "one value"),
        (lambda x, y, r, steps: None, "return"),
        (fit(lambda x, y, w, b: slopes(x, y, -w, -b)), "your function returns"),
        (
            fit(lambda x, y, w, b: [np.mean(s) / len(x) for s in slopes(x, y, w, b)]),
            "tw",
        ),
        (
            fit(
                lambda x, y, w, b: (
                    np.mean(mean_squared_error_grad(y, b + w * x) * x),
                    np.sum(mean_squared_error_grad(y, b + w * x)),
                )
            ),
            "For `w` you averaged",
        ),
        (
            fit(
                lambda x, y, w, b: (
                    np.sum(mean_squared_error_grad(y, b + w * x) * x),
                    np.mean(mean_squared_error_grad(y, b + w * x)),
                )
            ),
            "For `b` you averaged",
        ),
        (
            fit(
                lambda x, y, w, b: (
                    np.mean(mean_squared_error_grad(y, b + w * x) * x),
                    np.mean(mean_squared_error_grad(y, b + w * x)),
                )
            ),
            "averaged over the examples twice",
        ),
        (
            fit(
                lambda x, y, w, b: (
                    2 * np.mean((y - b - w * x) * x),
                    slopes(x, y, w, b)[1],
                )
            ),
            "`w`",
        ),
        (fit(lambda x, y, w, b: [-s for s in slopes(x, y, w, b)]), "prediction minus"),
        (fit(lambda x, y, w, b: (slopes(x, y, w, b)[0], 0)), "`b` stays at 0"),
        (fit(lambda x, y, w, b: slopes(x, y, w, 0)), "left `b` out"),
        (lambda *a: tuple(round(v, 2) for v in fit(slopes)(*a)), "rounded"),
        (lambda *a: (yield from fit(slopes)(*a)), "says `yield`"),
    ],
    "share_of_the_worst": [
        (lambda y, p, k: 100 * worst_by(lambda y, p: abs(p - y))(y, p, k), "per cent"),
        (worst_by(lambda y, p: abs(p - y), share=False), "part of the whole"),
        (
            lambda y, p, k: np.sort(abs(p - y))[-k:].sum() / abs(p - y).sum(),
            "adds up squares",
        ),
        (worst_by(lambda y, p: -abs(p - y)), "smallest"),
        (worst_by(lambda y, p: p - y), "with their sign"),
        (
            lambda y, p, k: ((p - y)[:k] ** 2).sum() / ((p - y) ** 2).sum(),
            "as they come",
        ),
        (
            lambda y, p, k: np.sort((p - y) ** 2)[-k:].sum() / ((p - y) ** 2).mean(),
            "by the sum of all",
        ),
        (lambda y, p, k: np.sort((p - y) ** 2)[-k] / sum((p - y) ** 2), "`[-k:]`"),
        (lambda y, p, k: k / len(y), "your function returns"),
        (
            lambda y, p, k: max((p - y) ** 2) / sum((p - y) ** 2),
            "your function returns",
        ),
        (worst_by(lambda y, p: y - p), "with their sign"),
        (lambda *a: 1 - worst_by(lambda y, p: abs(p - y))(*a), "all the others"),
        (
            lambda y, p, k: np.sort((p - y) ** 2)[:-k].sum() / ((p - y) ** 2).sum(),
            "all the others",
        ),
        (
            lambda y, p, k: np.sort((p - y) ** 2)[-k:].mean() / ((p - y) ** 2).mean(),
            "divide sums",
        ),
        (lambda *a: round(worst_by(lambda y, p: abs(p - y))(*a), 3), "rounded"),
        (lambda *a: worst_by(lambda y, p: abs(p - y))(*a) // 1, "cut off"),
    ],
    "why_five_houses": [
        ("   ", "three dots"),
        (5, "in quotes"),
        ("Because of the squares.", "Compare yours"),
    ],
}

RIGHT = {
    "by_hand": [
        4.33,
        4.333,
        13 / 3,
        np.float32(4.33),
        np.array(4.333),
        Fraction(13, 3),
        statistics.mean([4, 0, 9]),
    ],
    "mse": [
        loop_mse,
        printing_mse,
        warning_mse,
        mean_squared_error,
        lambda y, p: np.float32(np.mean((p.astype("f4") - y.astype("f4")) ** 2)),
        lambda y, p: np.array(np.mean((y - p) ** 2)),
        lambda y, p: (y - p) @ (y - p) / len(y),
        expanded,
        lambda y, p: np.var(p - y) + np.mean(p - y) ** 2,
        lambda *pair: np.linalg.norm(np.subtract(*pair)) ** 2 / pair[0].size,
        lambda a, b: statistics.fmean((b - a).tolist()[i] ** 2 for i in range(len(a))),
    ],
    "in_dollars": [
        lambda y, p: mean_squared_error(1000 * y, 1000 * p) ** 0.5,
        lambda y, p: math.sqrt(1e6 * np.mean((p - y) ** 2)),
        lambda y, p: np.linalg.norm(p - y) / math.sqrt(len(y)) * 1000,
    ],
    "any_shape": [
        column_if_needed,
        lambda y, p: np.mean((y - p.flatten()) ** 2),
        lambda y, p: mean_squared_error(y, p.reshape(y.shape)),
        lambda y, p: np.mean((p.reshape(-1, 1) - y.reshape(-1, 1)) ** 2),
        lambda y, p: (
            sum((p.ravel() - y).tolist()[i] ** 2 for i in range(len(y))) / len(y)
        ),
    ],
    "gradient": [
        forward_difference,
        derived_as(mean_squared_error_grad),
        derived_as(lambda y, p: (2 * (p - y) / len(y)).tolist()),
        derived_as(lambda y, p: np.float32(2 * (p - y) / len(y))),
        forward_difference_as_array,
    ],
    "fit_line": [
        fit(slopes),
        fit_as_matrix,
        fit(
            lambda x, y, w, b: (
                mean_squared_error_grad(y, b + w * x) @ x,
                mean_squared_error_grad(y, b + w * x).sum(),
            )
        ),
        lambda *a: list(fit(slopes)(*a)),
        lambda *a: np.float32(fit(slopes)(*a)),
        fit(
            lambda x, y, w, b: (
                -2 * np.mean((y - w * x - b) * x),
                slopes(x, y, w, b)[1],
            )
        ),
    ],
    "share_of_the_worst": [
        worst_by(lambda y, p: abs(p - y)),
        lambda y, p, k: sum(sorted((p - y) ** 2, reverse=True)[:k]) / sum((p - y) ** 2),
        lambda y, p, k: (
            1 - np.sort((p - y) ** 2)[: len(y) - k].sum() / sum((p - y) ** 2)
        ),
    ],
    "why_five_houses": [],
}

# Right, but few digits of single precision are left where large numbers cancel.
ONLY_IN_DOUBLE_PRECISION = (expanded, forward_difference, forward_difference_as_array)
