"""The numerical gradient: the slope of any function, measured instead of derived."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._arrays import ABOVE_0, finite_numbers, real_number


def numerical_gradient(
    f: Callable[[NDArray], float], x: ArrayLike, *, step: float = 1e-3
) -> NDArray[np.float64]:
    r"""Gradient of `f` at `x` from differences of its values.

    .. math::
        f'(x) \approx \frac{1}{12 h}
        [f(x - 2h) - 8 f(x - h) + 8 f(x + h) - f(x + 2h)]

    It needs four values of `f` for each entry of `x` and is right to about ten
    digits: too slow to train with, and the best check of a derived gradient.

    Parameters
    ----------
    f : callable
        Takes an array of the shape of `x`, returns a real number.
    x : array_like, any shape
        Where the slope is wanted: finite real numbers.  `f` should be smooth within
        two steps of it.
    step : float, default 1e-3
        The step h, for entries up to 1 in size; larger entries get a step in
        proportion.

    Returns
    -------
    ndarray, float64, the shape of `x`
        In the unit of `f` over the unit of `x`.

    Raises
    ------
    ValueError
        If `step` is not a finite number above 0, `x` holds what is no finite real
        number, or `f` returns what is no single real number.

    References
    ----------
    Abramowitz and Stegun, *Handbook of Mathematical Functions* (1964),
    table 25.2 (five points, first derivative).

    Examples
    --------
    The slope of x² + 3y at (2, 1) is (4, 3):

    >>> numerical_gradient(lambda v: v[0] ** 2 + 3 * v[1], [2.0, 1.0]).round(9)
    array([4., 3.])
    """
    step = real_number(step, "step", *ABOVE_0)
    x = finite_numbers(x, "x")
    gradient = np.empty_like(x)
    for i in np.ndindex(x.shape):
        h = step * max(1.0, abs(float(x[i])))
        gradient[i] = (
            _moved(f, x, i, -2 * h)
            - 8 * _moved(f, x, i, -h)
            + 8 * _moved(f, x, i, h)
            - _moved(f, x, i, 2 * h)
        ) / (12 * h)
    for gradients in _RECORDS:
        gradients.append(gradient.copy())
    return gradient


_RECORDS: list[list[NDArray[np.float64]]] = []  # those that are being kept


@contextmanager
def recorded() -> Iterator[list[NDArray[np.float64]]]:
    """Keep the gradients that are measured meanwhile, to tell that any were.

    >>> with recorded() as gradients:
    ...     slope = numerical_gradient(lambda v: v[0] ** 2, [2.0])
    >>> len(gradients)
    1
    """
    gradients: list[NDArray[np.float64]] = []
    _RECORDS.append(gradients)
    try:
        yield gradients
    finally:
        _RECORDS[:] = [each for each in _RECORDS if each is not gradients]


def _moved(f: Callable, x: NDArray, i: tuple[int, ...], by: float) -> float:
    moved = x.copy()
    moved[i] += by
    value = f(moved)
    array = np.asarray(value)
    if array.ndim or array.dtype.kind not in "biuf":
        raise ValueError(f"f must be a function that returns one number, got {value!r}")
    return float(array)
