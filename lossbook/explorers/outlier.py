"""Drag the price of one house, and see which of three lines follows it."""

from functools import partial
from itertools import combinations

import numpy as np
import traitlets
from matplotlib.figure import Figure
from numpy.typing import NDArray

from ..catalogue import by_key
from ..colours import classes
from ..datasets import ames_housing
from ..losses import huber_grad
from ..plots import BALL, INK, curve_styles
from ..widgets import Explorer, Samples, nearest, samples, say

# The line through these houses is nearly the one through all.
HOUSES, SEED = 24, 6149
POSITIONS = np.arange(0.0, 601.0, 10.0)
ENDS = np.array([800.0, 2600.0])  # of the lines, in square feet

# About an ordinary miss, in 1,000 dollars; as in the chapter on choosing a loss.
DELTA = 30.0
LOSSES = {
    "mean_squared_error": by_key("mean_squared_error").value,
    "mean_absolute_error": by_key("mean_absolute_error").value,
    "huber": partial(by_key("huber").value, delta=DELTA),
}
NAMES = {"huber": f"Huber loss, δ = {DELTA:g}"}


class Outlier(Explorer):
    """A line through real houses under three losses, and one house to drag.

    24 houses of Ames, drawn by a seed; the price of one of them is the reader's.

    Attributes
    ----------
    price : float
        The price of that house in 1,000 dollars: of 0, 10, ..., 600 the one that is
        nearest to what it is set to.  Its real price, 270, is among them.
    loss : {"mean_squared_error", "mean_absolute_error", "huber"}
        Under which loss the share of each house is shown.

    Raises
    ------
    ValueError
        If the price is not finite.
    TraitError
        If the loss is none of the three.

    Notes
    -----
    Each line is the exact minimum.  Least squares has a formula.  Of the lines
    with the smallest mean absolute error, one goes through two of the houses, so
    the best of all pairs is taken.  The Huber loss, whose `delta` is 30 thousand
    dollars, is least squares in which a house weighs as much as its slope over its
    error; that is repeated until nothing moves.

    Examples
    --------
    >>> explorer = Outlier()
    >>> explorer.price = 318.0
    >>> explorer.price
    320.0
    """

    price = traitlets.Float().tag(sync=True)
    loss = traitlets.Enum(list(LOSSES), "mean_squared_error").tag(sync=True)
    positions = Samples()
    houses = Samples()
    fits = Samples()

    def __init__(self) -> None:
        self._area, self._price, self._moved = _houses()
        targets = self._targets(POSITIONS)
        super().__init__(
            "",
            title="One price pulls at the line",
            heights=[630, 467],
            description=(
                f"{HOUSES} houses, their price over their living area, and the lines "
                "with the smallest mean squared error, mean absolute error and Huber "
                f"loss (delta {DELTA:g} thousand dollars). An amber ball, the "
                "price of one house, moves up and down; the size of each mark is the "
                "house's share of the loss."
            ),
            positions=samples(POSITIONS),
            houses={
                "areas": samples(self._area),
                "prices": samples(self._price),
                "moved": self._moved,
            },
            fits=[self._sampled(key, targets) for key in LOSSES],
        )
        self.price = 500.0

    @traitlets.validate("price")
    def _stay_on_the_samples(self, proposal: dict) -> float:
        return nearest(self.positions, proposal["value"])

    def reading(self) -> str:
        """What the figure tells for the present price, computed afresh."""
        targets = self._targets([self.price])
        fits = {key: line(key, self._area, targets) for key in LOSSES}
        share = _shares(self.loss, self._area, targets, *fits[self.loss])
        rises = [say(1000 * slopes[0], 0) for slopes, _ in fits.values()]
        return (
            f"{say(100 * share[0, self._moved], 0)}\N{NO-BREAK SPACE}% of the "
            f"{by_key(self.loss).title} comes from this one house, at "
            f"{say(self.price, 0)} thousand dollars. The MSE line rises by {rises[0]} "
            f"dollars per square foot, the absolute-error line by {rises[1]}, the "
            f"Huber line by {rises[2]}."
        )

    def draw(self, figure: Figure) -> None:
        """The lines, and the houses as large as their share of the loss."""
        ax = figure.subplots()
        place = self.positions.index(self.price)
        prices = self._targets([self.price])[0]
        shares = self.fits[list(LOSSES).index(self.loss)]["shares"][place]
        (chosen,) = curve_styles(self.loss)
        look = {"color": chosen["color"], "alpha": 0.25, "linewidths": 0}
        ax.scatter(self._area, prices, s=shares, **look)
        ax.scatter(self._area, prices, s=8, color=INK)
        ax.plot(self._area[self._moved], self.price, **BALL)
        for fit, style in zip(self.fits, curve_styles(*LOSSES), strict=True):
            heights = fit["intercepts"][place] + fit["slopes"][place] / 1000 * ENDS
            ax.plot(ENDS, heights, label=fit["name"], **style)
        ax.set(xlim=ENDS, ylim=(0, 620), title=self.title)
        ax.set(xlabel="living area (square feet)", ylabel="1,000 dollars")
        ax.legend(fontsize=9, loc="upper left")

    def _targets(self, prices: NDArray) -> NDArray:
        """The prices of all houses, a row for each price of the one that moves."""
        targets = np.tile(self._price, (len(prices), 1))
        targets[:, self._moved] = prices
        return targets

    def _sampled(self, key: str, targets: NDArray) -> dict:
        """What the page needs of a loss: a line and shares for each position."""
        slopes, intercepts = line(key, self._area, targets)
        shares = _shares(key, self._area, targets, slopes, intercepts)
        return {
            "key": key,
            "look": classes(key)[0],
            "title": by_key(key).title,
            "name": NAMES.get(key, by_key(key).title),
            "slopes": samples(1000 * slopes),  # dollars per square foot
            "intercepts": samples(intercepts),  # 1,000 dollars
            "taken": samples(100 * shares[:, self._moved]),
            "shares": np.rint(1000 * shares).astype(int).tolist(),
        }


def line(key: str, x: NDArray, targets: NDArray) -> tuple[NDArray, NDArray]:
    """Slopes and intercepts, shape (m,), of the lines with the smallest loss.

    x has shape (n,), no two alike; the targets, m times for these n, (m, n).
    """
    if key == "mean_absolute_error":
        return _through_two(x, targets)
    slope, intercept = _least_squares(x, targets, np.ones_like(targets))
    for _ in range(300 if key == "huber" else 0):
        predicted = intercept[:, None] + slope[:, None] * x
        error = predicted - targets
        pull = huber_grad(
            targets.ravel(), predicted.ravel(), delta=DELTA, reduction="none"
        ).reshape(targets.shape)
        weights = np.divide(pull, error, out=np.ones_like(error), where=error != 0)
        slope, intercept = _least_squares(x, targets, weights)
    return slope, intercept


def _least_squares(
    x: NDArray, targets: NDArray, weights: NDArray
) -> tuple[NDArray, NDArray]:
    """The lines with the smallest weighted mean squared error."""
    weights = weights / weights.sum(axis=1, keepdims=True)
    x_mean, y_mean = weights @ x, (weights * targets).sum(axis=1)
    dx = x - x_mean[:, None]
    slope = (weights * dx * targets).sum(axis=1) / (weights * dx**2).sum(axis=1)
    return slope, y_mean - slope * x_mean


def _through_two(x: NDArray, targets: NDArray) -> tuple[NDArray, NDArray]:
    """Of the lines through two examples, those with the smallest absolute error."""
    one, two = np.array(list(combinations(range(len(x)), 2))).T
    slopes = (targets[:, two] - targets[:, one]) / (x[two] - x[one])
    intercepts = targets[:, one] - slopes * x[one]
    predicted = intercepts[..., None] + slopes[..., None] * x
    y = np.broadcast_to(targets[:, None], predicted.shape)
    losses = LOSSES["mean_absolute_error"](
        y.ravel(), predicted.ravel(), reduction="none"
    ).reshape(y.shape)
    best = losses.sum(axis=2).argmin(axis=1)[:, None]
    return tuple(np.take_along_axis(p, best, 1)[:, 0] for p in (slopes, intercepts))


def _shares(
    key: str, x: NDArray, targets: NDArray, slopes: NDArray, intercepts: NDArray
) -> NDArray:
    """Each house's part of the loss, shape (m, n): a row sums to 1."""
    predicted = intercepts[:, None] + slopes[:, None] * x
    losses = LOSSES[key](targets.ravel(), predicted.ravel(), reduction="none")
    losses = losses.reshape(targets.shape)
    return losses / losses.sum(axis=1, keepdims=True)


def _houses() -> tuple[NDArray, NDArray, int]:
    """Living areas (square feet), prices (1,000 dollars), and which house moves."""
    table = ames_housing()
    rows = np.random.default_rng(SEED).choice(len(table), HOUSES, replace=False)
    rows = rows[np.argsort(table["living_area_sqft"][rows])]
    area = table["living_area_sqft"][rows].astype(float)
    # The second largest one: far enough out to tilt a line.
    return area, table["price_usd"][rows] / 1000, HOUSES - 2
