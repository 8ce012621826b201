"""Features: what comes in tables, and is brought to finite numbers in doubles."""

from decimal import Decimal
from numbers import Real

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .arguments import real
from .checking import check_finite


def finite_numbers(values: ArrayLike, name: str) -> NDArray[np.float64]:
    """An array of finite real numbers in double precision, of any shape.

    Tables of several kinds of columns become arrays of Python objects; they are
    taken if each entry is a number.  Everything else is as for `real`.
    """
    try:
        array = np.asarray(values)
    except (TypeError, ValueError, OverflowError, RuntimeError):
        array = real(values, name)  # says what is wrong
    if array.dtype.kind == "O" and not np.ma.is_masked(values):
        array = _numbers_in(array, name)
    else:
        array = real(values, name).astype(np.float64, copy=False)
    check_finite(np.atleast_1d(array), name)
    return array


def _numbers_in(objects: NDArray, name: str) -> NDArray[np.float64]:
    numbers = np.empty(objects.shape)
    for at, value in np.ndenumerate(objects):
        try:
            if not isinstance(value, Real | Decimal | np.bool_):
                raise TypeError
            numbers[at] = float(value)
        except (TypeError, OverflowError):
            where = f"{value!r} at [{', '.join(map(str, at))}]" if at else type(value)
            raise ValueError(
                f"{name} must hold real numbers that a float can hold, got {where}; "
                "drop or fill such examples first"
            ) from None
    return numbers
