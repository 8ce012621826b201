"""Settings: single numbers that are given by name, such as a step size."""

import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from .arguments import number

ABOVE_0 = "a finite number above 0", lambda value: 0 < value < np.inf
FROM_0 = "a finite number, 0 or more", lambda value: 0 <= value < np.inf


def whole_number(value: Any, name: str, least: int) -> int:
    """An integer, from `least` up; NumPy's integers too, but no booleans.

    >>> whole_number(10.0, "steps", 0)
    Traceback (most recent call last):
        ...
    ValueError: steps must be an integer, 0 or more, got 10.0
    """
    try:
        whole = None if _is_other(value) else operator.index(value)
    except TypeError:
        whole = None
    if whole is None or whole < least:
        raise ValueError(f"{name} must be an integer, {least} or more, got {value!r}")
    return whole


def real_number(
    value: Any, name: str, rule: str, holds: Callable[[float], bool]
) -> float:
    """A real number for which `holds`, as a Python float; `rule` says the same.

    >>> real_number("0.1", "l2", *FROM_0)
    Traceback (most recent call last):
        ...
    ValueError: l2 must be a finite number, 0 or more, got '0.1'
    """
    is_scalar = isinstance(value, np.ndarray) and value.ndim == 0
    real = np.nan if _is_other(value) else number(value.item() if is_scalar else value)
    if not holds(real):
        raise ValueError(f"{name} must be {rule}, got {value!r}")
    return real


def _is_other(value: Any) -> bool:
    """Whether this is a boolean or masked, which Python would take for a number."""
    is_bool = getattr(value, "dtype", type(value)) in (bool, np.bool_)
    return is_bool or isinstance(value, np.ma.MaskedArray)
