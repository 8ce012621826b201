"""Solutions of the exercises on the mean squared error."""

import numpy as np

from ...gradcheck import numerical_gradient
from ...losses import mean_squared_error, mean_squared_error_grad

by_hand = ((14 - 12) ** 2 + (15 - 15) ** 2 + (6 - 9) ** 2) / 3


def mse(y, y_hat):
    return np.mean((y_hat - y) ** 2)


def in_dollars(y, y_hat):
    return 1000 * np.sqrt(mean_squared_error(y, y_hat))


def any_shape(y, y_hat):
    return np.mean((np.ravel(y_hat) - y) ** 2)


def gradient(y, y_hat):
    derived = 2 * (y_hat - y) / len(y)
    measured = numerical_gradient(lambda p: np.mean((p - y) ** 2), y_hat)
    return derived, measured


def fit_line(x, y, learning_rate, steps):
    w, b = 0.0, 0.0
    for _ in range(steps):
        slope = mean_squared_error_grad(y, b + w * x)
        w, b = w - learning_rate * slope @ x, b - learning_rate * slope.sum()
    return w, b


def share_of_the_worst(y, y_hat, k):
    squares = np.sort((y_hat - y) ** 2)
    return squares[-k:].sum() / squares.sum()


why_five_houses = (
    "The model pays for each house by the square of how far off it is: twice as far "
    "costs four times. A house that is off by 300,000 dollars costs as much as a "
    "hundred houses that are off by 30,000 each, so the line moves towards it. These "
    "five are also the largest of all: they stand at the far end of the line, where a "
    "pull tilts it most. Three of them were not finished when last assessed and were "
    "sold for far less than their size suggests. If you never price unfinished "
    "houses, I would leave those out and say so; if you do, keep them, and think of a "
    "loss that grows more gently."
)
