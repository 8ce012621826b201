"""What answers around the mean squared error are tried on."""

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from ...datasets import ames_housing
from ..engine.cases import Case, regression


def with_small_errors(rng: Generator) -> list[Case]:
    """One more, in which a loss that is rounded to three digits is far off."""
    y, y_hat = regression(rng)[2].inputs
    near = (y + (y_hat - y) / 100).round(3)
    return [*regression(rng), Case((y, near), "errors as small as these")]


def rows_and_columns(rng: Generator) -> list[Case]:
    """Predictions as a column, and as a row."""
    pairs = [case.inputs for case in regression(rng)]
    columns = [Case((y, y_hat[:, np.newaxis]), "a column") for y, y_hat in pairs]
    return columns + [Case(pair, "a row") for pair in pairs]


def worst_on_either_side(rng: Generator) -> list[Case]:
    """The number k of the worst; they are far too high once, far too low once."""
    cases = []
    for (y, y_hat), k, side in zip(
        (case.inputs for case in regression(rng)), [1, 1, 1, 2, 7], [1, 1, -1, -1, 1],
        strict=True,
    ):  # fmt: skip
        off = y_hat - y
        worst = np.argsort(abs(off))[-k:]
        off[worst[-1]] = side * (abs(off).max() + 0.5)
        if k > 1:
            off[worst[0]] = -side * abs(off[worst[0]])
        cases.append(Case((y, y + off if len(y) > 9 else (y + off).round(1), k)))
    return cases


def houses_and_rates(rng: Generator) -> list[Case]:
    """Houses in Ames, with a learning rate and a number of steps."""
    settings = [(3, 0.1, 1), (3, 0.1, 2), (5, 0.05, 3), (200, 0.1, 40)]
    return [Case((*_some_houses(rng, n), rate, steps)) for n, rate, steps in settings]


def _some_houses(rng: Generator, n: int) -> tuple[NDArray, NDArray]:
    """Living area, shifted and scaled, and price of n houses, in short numbers."""
    houses = ames_housing()
    area, price = houses["living_area_sqft"], houses["price_usd"] / 1000
    rows = rng.choice(len(houses), n, replace=False)
    x = (area[rows] - area.mean()) / area.std()
    return x.round(2), price[rows].round(1)
