"""What values must be, and what is said where they are not."""

from collections.abc import Callable
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from .blocking import BLOCK, SHORT, blocks, row_sums

Reduction = Literal["mean", "sum", "none"]

REDUCTIONS = get_args(Reduction)


def check_reduction(reduction: str) -> None:
    """ValueError unless `reduction` is one of the three that there are."""
    if not (isinstance(reduction, str) and reduction in REDUCTIONS):
        raise ValueError(f"reduction must be one of {REDUCTIONS}, got {reduction!r}")


def check_finite(values: NDArray, name: str) -> None:
    """ValueError that names the first NaN or infinity, if there is one."""
    advice = "drop or fill such examples first"
    check_each(np.isfinite, values, name, "be finite", advice)


def check_digits(values: NDArray, name: str) -> None:
    """ValueError that names the first integer that double precision cannot hold."""
    if values.size and (values.max() > 2**53 or values.min() < -(2**53)):
        check_each(
            lambda v: np.reshape([int(float(i)) == i for i in v.flat], v.shape),
            np.atleast_1d(values),
            name,
            "be exact in double precision",
            "subtract a number from all of them, or round them by astype(float)",
        )


def check_class_logits(logits: NDArray, name: str = "logits") -> None:
    """As `check_finite`, but minus infinity is a masked class, if one is left."""
    check_each(
        lambda v: v < np.inf,
        logits,
        name,
        "be finite, or minus infinity for a masked class",
        "drop or fill such examples first",
    )
    check_each(
        lambda v: np.any(v > -np.inf, axis=1),
        logits,
        name,
        "leave each example a class",
        "a row of minus infinities masks all of them",
    )


def check_probabilities(p: NDArray, name: str, advice: str) -> None:
    """ValueError that names the first value outside [0, 1], if there is one."""
    if not within_0_and_1(p):
        check_each(lambda v: (v >= 0) & (v <= 1), p, name, "lie in [0, 1]", advice)


def all_between(x: NDArray, low: float, high: float) -> bool:
    """Whether every entry is above `low` and below `high`."""
    if x.size <= SHORT:
        return all([low < v < high for v in x.tolist()])
    return x.min() > low and x.max() < high


def check_distributions(p: NDArray, name: str, rows: slice = slice(None)) -> None:
    """ValueError unless every one of these rows holds probabilities that sum to 1."""
    tolerance = {2: 1e-2, 4: 1e-4}.get(p.itemsize * (p.dtype.kind == "f"), 1e-6)

    def sums_to_1(rows: NDArray) -> NDArray:
        return np.abs(row_sums(rows) - 1) <= tolerance

    for b in blocks(p[rows], 4 * BLOCK):
        part = p[rows][b]
        if not within_0_and_1(part) or not sums_to_1(part).all():
            advice = "softmax makes such rows from logits"
            check_probabilities(p, name, advice)
            rule = f"sum to 1 within {tolerance:g} in every row"
            check_each(sums_to_1, p, name, rule, advice)


def check_binary(y: NDArray) -> None:
    """ValueError unless the labels are 0, 1 or a fraction between them."""
    advice = "cross-entropy takes 0 and 1, the hinge losses -1 and +1"
    check_probabilities(y, "y_true", advice)


def check_counts(values: NDArray, name: str, advice: str) -> None:
    """ValueError unless counts, or rates, are finite and at least 0."""
    if not (values.min() >= 0 and values.max() < np.inf):
        rule = "be finite and at least 0"
        check_each(lambda v: (v >= 0) & (v < np.inf), values, name, rule, advice)


def check_signs(y: NDArray) -> None:
    """ValueError unless every label is -1 or +1; truth values would all pass for +1."""
    advice = "2 * y - 1 makes such labels from 0 and 1"
    if y.dtype.kind == "b":
        raise ValueError(f"y_true must be -1 or +1, got booleans; {advice}")
    check_each(lambda v: np.abs(v) == 1, y, "y_true", "be -1 or +1", advice)


def are_signs(y: NDArray) -> bool:
    """Whether every number is -1 or +1, without making another array.

    They are where all have the same bits but for the first, and one of them is.
    """
    bits = y.view(f"u{y.itemsize}")
    differ = np.bitwise_and.reduce(bits) ^ np.bitwise_or.reduce(bits)
    return abs(y[0]) == 1 and not differ << 1


def check_class_numbers(y: NDArray, k: int) -> None:
    """ValueError unless every label is the number of one of k classes."""
    if y.dtype.kind == "f":
        raise ValueError(
            f"y_true must hold class numbers as integers, got {y.dtype}; "
            "y_true.astype(int) converts whole numbers"
        )
    if y.size <= SHORT:
        valid = all([0 <= label < k for label in y.tolist()])
    else:
        valid = y.min() >= 0 and y.max() < k
    if not valid:
        check_each(
            lambda v: (v >= 0) & (v < k),
            y,
            "y_true",
            f"hold class numbers from 0 to {k - 1}",
            "classes are numbered from 0, as the columns are",
        )


def check_one_hot(y: NDArray) -> None:
    """ValueError if labels of shape (n, k) are soft: one 1 in each row, else 0."""
    if y.ndim == 2:
        advice = "this loss cannot read soft labels; cross-entropy can"
        check_each(lambda v: (v == 0) | (v == 1), y, "y_true", "be 0 or 1", advice)


def check_each(
    valid: Callable[[NDArray], NDArray],
    values: NDArray,
    name: str,
    must: str,
    advice: str,
) -> None:
    """ValueError that shows the first entry (or row) that is not valid, if any."""
    for rows in blocks(values):
        if not (is_valid := valid(values[rows])).all():
            first = np.argwhere(~is_valid)[0].tolist()
            at = (rows.start + first[0], *first[1:])
            where = ", ".join(map(str, at))
            raise ValueError(
                f"{name} must {must}, got {shown(values[at])} at [{where}]; {advice}"
            )


def shown(values: NDArray) -> str:
    """A number with all its digits, or the ends of a row."""
    return np.array2string(values, 999, threshold=6, edgeitems=2, floatmode="unique")


def within_0_and_1(p: NDArray) -> bool:
    """Whether every entry is a probability; what is not a number is none."""
    if p.size <= SHORT:
        return all([0 <= x <= 1 for x in p.ravel().tolist()])
    return p.min() >= 0 and p.max() <= 1
