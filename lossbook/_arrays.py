"""Reading, checking, blocking and reducing arrays: every rule about them, once.

A loss of pairs (one label, one prediction) begins with `paired` and ends with
`reduced`; a loss over classes begins with `classed` and ends with
`reduced_rows`.  In between stands only its formula, written for arrays of
examples, and it is called with one block of examples at a time: what it makes
on the way stays in the cache, and costs no memory worth mentioning.
"""

import math
from collections.abc import Callable, Iterator
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

Reduction = Literal["mean", "sum", "none"]
Formula = Callable[[NDArray, NDArray], NDArray | None]
Slope = Callable[[NDArray, NDArray], NDArray]
RowFormula = Callable[[NDArray, NDArray, float, NDArray | None], NDArray]

REDUCTIONS = get_args(Reduction)
BLOCK = 2**14  # numbers at a time: what is made of them stays in the cache
BLOCK_BYTES = 2**17  # the same for losses of pairs, in the bytes of one array
ROWS_BYTES = 3 * 2**17  # the same for losses over classes, which take whole rows
FEW = 64  # up to so many classes, an array is faster class by class than row by row
DOT = 8192  # so few numbers OpenBLAS multiplies on one core
SHORT = 32  # for so few numbers Python is faster than NumPy


# --- reading -----------------------------------------------------------------


def paired(y_true: ArrayLike, x: ArrayLike, name: str) -> tuple[NDArray, NDArray]:
    """Two vectors of real numbers of the same length n >= 1.

    Nothing is broadcast: (n,) against (n, 1) would silently become (n, n).
    """
    y, x = real(y_true, "y_true"), real(x, name)
    if y.ndim != 1 or y.shape != x.shape:
        raise ValueError(
            f"y_true and {name} must be 1-D and equally long, "
            f"got shapes {y.shape} and {x.shape}"
        )
    if not y.size:
        raise ValueError("a loss needs at least one example, got none")
    return y, x


def classed(y_true: ArrayLike, x: ArrayLike, name: str) -> tuple[NDArray, NDArray]:
    """Labels of n >= 1 examples, and an (n, k) array of real numbers.

    The labels are class numbers, shape (n,), or a distribution over the k
    classes for each example, shape (n, k); either is checked here.
    """
    y, x = real(y_true, "y_true"), real(x, name)
    if x.ndim != 2 or y.shape not in (x.shape, x.shape[:1]):
        raise ValueError(
            f"{name} must have shape (n, k), and y_true (n,) or (n, k), "
            f"got shapes {y.shape} and {x.shape}"
        )
    if not len(x):
        raise ValueError("a loss needs at least one example, got none")
    if x.shape[1] < 2:
        raise ValueError(
            f"{name} needs a column for each of two or more classes, got shape "
            f"{x.shape}; one column for two classes is what binary losses read"
        )
    if y.ndim == 2:
        check_distributions(y, "y_true")
    else:
        check_class_numbers(y, x.shape[1])
    return y, x


def real(values: ArrayLike, name: str) -> NDArray:
    """An array of real numbers, of any shape, as it is; of long ones, as doubles."""
    array = np.asarray(values)
    if array.dtype.kind not in "biuf":
        raise ValueError(f"{name} must hold real numbers, got {array.dtype}")
    if array.dtype.itemsize > 8:
        with np.errstate(over="ignore"):
            return array.astype(np.float64)
    return array


def precision(y: NDArray, x: NDArray) -> type[np.floating]:
    """float32 where `x` is and `y` has no digits to lose, float64 otherwise."""
    if x.dtype.type is np.float32 and (
        y.dtype.type is np.float32 or y.dtype.kind in "biu"
    ):
        return np.float32
    return np.float64


def class_weights_of(weights: ArrayLike, k: int) -> NDArray:
    """The weights of k classes, in double precision."""
    w = np.asarray(weights)
    if w.dtype.kind not in "biuf" or w.shape != (k,):
        raise ValueError(f"class_weights must be {k} numbers, got {weights!r}")
    w = w.astype(np.float64)
    if not (w.min() >= 0 and w.max() < np.inf):
        raise ValueError(f"class_weights must be finite and at least 0, got {w}")
    return w


def weight_of_all(y: NDArray, weights: NDArray) -> float:
    """The weight of all examples together; that of one is the sum of w_j y_j."""
    if y.ndim == 1:
        return float(np.bincount(y, minlength=len(weights)) @ weights)
    return float(np.add.reduce(y, axis=0, dtype=np.float64) @ weights)


# --- checking ----------------------------------------------------------------


def check_reduction(reduction: str) -> None:
    """ValueError unless `reduction` is one of the three that there are."""
    if reduction not in REDUCTIONS:
        raise ValueError(f"reduction must be one of {REDUCTIONS}, got {reduction!r}")


def check_finite(values: NDArray, name: str) -> None:
    """ValueError that names the first NaN or infinity, if there is one."""
    advice = "drop or fill such examples first"
    check_each(np.isfinite, values, name, "be finite", advice)


def check_class_logits(logits: NDArray) -> None:
    """As `check_finite`, but minus infinity is a masked class, if one is left."""
    check_each(
        lambda v: v < np.inf,
        logits,
        "logits",
        "be finite, or minus infinity for a masked class",
        "drop or fill such examples first",
    )
    check_each(
        lambda v: np.any(v > -np.inf, axis=1),
        logits,
        "logits",
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
    tolerance = 1e-6 if p.dtype.itemsize > 4 else 1e-4

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


def check_signs(y: NDArray) -> None:
    """ValueError unless every label is -1 or +1."""
    advice = "2 * y - 1 makes such labels from 0 and 1"
    if y.dtype.kind == "b":
        raise ValueError(f"y_true must be -1 or +1, got booleans; {advice}")
    check_each(lambda v: np.abs(v) == 1, y, "y_true", "be -1 or +1", advice)


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
        advice = "a hinge cannot read soft labels; cross-entropy can"
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


# --- blocking and reducing ---------------------------------------------------


def blocks(x: NDArray, size: int = BLOCK) -> Iterator[slice]:
    """Slices that cover the rows of `x`, about `size` numbers at a time."""
    rows = max(1, size * len(x) // max(1, x.size))
    return (slice(i, i + rows) for i in range(0, len(x), rows))


@np.errstate(all="ignore")
def reduced(
    formula: Formula,
    y: NDArray,
    x: NDArray,
    name: str,
    reduction: Reduction,
    weight: float | None = None,
    add: Callable[[NDArray, NDArray], float] | None = None,
    check_labels: Callable[[NDArray], None] | None = None,
) -> float | NDArray:
    """The mean or the sum of the losses that `formula` gives, or the losses.

    The mean divides by `weight`, n if it is not given; `add` gives the sum of the
    losses of a block, where there is a way to it without the single losses.  The
    result is looked at first: only where it is not finite are the n inputs searched
    for the reason.  A result that overflowed is infinite and no error.  A formula
    gives None for a block whose losses would hide that its input is bad.
    """
    check_reduction(reduction)
    each = np.empty(len(y), precision(y, x)) if reduction == "none" else None
    total = 0.0
    for rows, y_block, x_block in pairs(y, x):
        if each is None and add is not None:
            total += add(y_block, x_block)
            continue
        losses = formula(y_block, x_block)
        if losses is None:
            total = math.nan
            break
        total += sum_of(losses)
        if each is not None:
            each[rows] = losses
    if not math.isfinite(total):
        check_labels(y) if check_labels else check_finite(y, "y_true")
        check_finite(x, name)
    return total / divisor(reduction, weight, len(y)) if each is None else each


@np.errstate(all="ignore")
def reduced_grad(
    slope: Slope,
    y: NDArray,
    x: NDArray,
    name: str,
    reduction: Reduction,
    out: NDArray | None,
    weight: float | None = None,
) -> NDArray:
    """The gradient of what `reduced` gives, from the slopes of the single losses.

    A slope may be finite where the input is not, so the input is always searched.
    """
    return reduced_both(
        lambda y, x: (None, slope(y, x)), y, x, name, reduction, out, weight
    )[1]


@np.errstate(all="ignore")
def reduced_both(
    formula: Callable[[NDArray, NDArray], tuple[NDArray | None, NDArray]],
    y: NDArray,
    x: NDArray,
    name: str,
    reduction: Reduction,
    out: NDArray | None,
    weight: float | None = None,
) -> tuple[float | NDArray, NDArray]:
    """What `reduced` and `reduced_grad` give, where `formula` gives both."""
    check_reduction(reduction)
    by = divisor(reduction, weight, len(y))
    grad = destination(out, precision(y, x), y, x)
    each = np.empty(len(y), grad.dtype) if reduction == "none" else None
    total = 0.0
    for rows, y_block, x_block in pairs(y, x, BLOCK_BYTES // 2):  # twice the arrays
        if not (np.isfinite(y_block).all() and np.isfinite(x_block).all()):
            check_finite(y, "y_true")
            check_finite(x, name)
        losses, slopes = formula(y_block, x_block)
        np.divide(slopes, by, out=grad[rows])
        if losses is not None:
            total += sum_of(losses)
            if each is not None:
                each[rows] = losses
    return total / by if each is None else each, grad


@np.errstate(all="ignore")
def reduced_rows(
    formula: RowFormula,
    y: NDArray,
    x: NDArray,
    reduction: Reduction,
    weight: float | None = None,
    grad: NDArray | None = None,
    arrays: int = 1,
    check: Callable[[slice], None] | None = None,
) -> float | NDArray:
    """As `reduced`, for losses over classes; `grad` receives the gradient.

    `formula` gets the labels and the rows of one block, the number to divide the
    gradient by and, if it is wanted, the rows to write it to.  `arrays` is how many
    arrays of the size of its block it makes, beside some eight columns.  `check`
    looks at the rows of a block before.
    """
    check_reduction(reduction)
    dtype = precision(y, x)
    n, k = x.shape
    by = divisor(reduction, weight, n)
    each = np.empty(n, dtype) if reduction == "none" else None
    total = 0.0
    per_row = np.dtype(dtype).itemsize * (arrays * k + 8)
    for rows in blocks(x, ROWS_BYTES * k // per_row):
        g = None if grad is None else grad[rows]
        if check is not None:
            check(rows)
        losses = formula(y[rows], x[rows].astype(dtype, copy=False), by, g)
        total += sum_of(losses)
        if each is not None:
            each[rows] = losses
    if not math.isfinite(total):
        check_class_logits(x)
    return total / by if each is None else each


def pairs(
    y: NDArray, x: NDArray, size: int = BLOCK_BYTES
) -> Iterator[tuple[slice, NDArray, NDArray]]:
    """Blocks of two vectors, both in the precision in which they are computed."""
    dtype = precision(y, x)
    n, size = len(x), size // np.dtype(dtype).itemsize
    if n <= size:  # one block: nothing to cut
        yield slice(n), y.astype(dtype, copy=False), x.astype(dtype, copy=False)
        return
    for start in range(0, n, size):
        rows = slice(start, start + size)
        yield rows, y[rows].astype(dtype, copy=False), x[rows].astype(dtype, copy=False)


def divisor(reduction: Reduction, weight: float | None, n: int) -> float:
    """What the sum is divided by: the weight of all examples for a mean, else 1."""
    if reduction != "mean":
        return 1
    if weight is None:
        return n
    if not 0 < weight < math.inf:
        raise ValueError(
            f"class_weights must leave the examples a weight, got {weight} for all "
            'together, so there is no mean; take reduction="sum" or other weights'
        )
    return weight


def destination(
    out: NDArray | None, dtype: type[np.floating], y: NDArray, x: NDArray
) -> NDArray:
    """The array that a gradient is written to: `out`, if it fits, or a new one."""
    if out is None:
        return np.empty(x.shape, dtype)
    if not isinstance(out, np.ndarray) or (out.shape, out.dtype) != (x.shape, dtype):
        got = f"{out.dtype} {out.shape}" if isinstance(out, np.ndarray) else repr(out)
        raise ValueError(f"out must be a {dtype.__name__} array {x.shape}, got {got}")
    if not out.flags.writeable:
        raise ValueError("out must be writable, got a read-only array")
    if np.shares_memory(out, x) or np.shares_memory(out, y):
        raise ValueError("out must not overlap the input; the input is left as it is")
    return out


def row_sums(x: NDArray) -> NDArray:
    """The sum of each row, as a product with ones; float32 stays float32."""
    if x.shape[1] > BLOCK // 2:
        return np.add.reduce(x, axis=1, dtype=precision(x, x))
    ones = np.ones(x.shape[1], precision(x, x))
    return np.concatenate([x[b].dot(ones) for b in blocks(x, BLOCK // 2)])


def sum_of(losses: NDArray) -> float:
    """The sum, accumulated in double precision."""
    if len(losses) <= SHORT:
        return sum(losses.tolist())
    return float(np.add.reduce(losses.astype(np.float64, copy=False)))


def sum_of_squares(errors: NDArray) -> float:
    """The same of squares, in one pass: a dot product.

    In parts, since OpenBLAS spreads more than 10,000 numbers over threads, which
    takes longer.
    """
    if len(errors) > DOT:
        half = len(errors) // 2
        return sum_of_squares(errors[:half]) + sum_of_squares(errors[half:])
    e = errors.astype(np.float64, copy=False)
    return float(e.dot(e))


# --- arithmetic --------------------------------------------------------------

ZEROS = {t: np.zeros(BLOCK_BYTES // 4, t) for t in (np.float32, np.float64)}


def positive(x: NDArray) -> NDArray:
    """max(0, x) for a block; NumPy takes four times as long with the number 0."""
    return np.maximum(x, ZEROS[x.dtype.type][: len(x)])


def exponentials(x: NDArray, y: NDArray) -> tuple[NDArray, NDArray]:
    """The exponentials of rows without that of column `y`, which is 0; and that one.

    Those of few classes are stored class by class.
    """
    n, k = x.shape
    y = y.astype(np.intp, copy=False)
    if k < FEW:
        e = np.array(x, order="F")
        np.exp(e, out=e)
        place = y * n + np.arange(n)
    else:
        e = np.exp(x, order="C")
        place = np.arange(n) * k + y
    flat = e.reshape(-1, order="A")
    own = flat[place]
    flat[place] = 0
    return e, own


def picked(x: NDArray, y: NDArray) -> NDArray:
    """Of each row of `x`, the entry in column `y`: x[i, y_i], in half the time."""
    n, k = x.shape
    return x.reshape(-1)[np.arange(n) * k + y.astype(np.intp, copy=False)]


def weighed(weight: NDArray, cost: NDArray) -> NDArray:
    """Weight * cost, where a weight of 0 makes even an infinite cost 0."""
    return np.where((weight == 0) & np.isinf(cost), 0, weight * cost)


def difference(a: NDArray, b: NDArray) -> tuple[NDArray, NDArray]:
    """The difference a - b, rounded as always, and what the rounding cut off, exactly.

    The two-sum of Knuth, *The Art of Computer Programming*, volume 2, 4.2.2; there
    is nothing to put back where the difference is infinite.
    """
    rounded = a - b
    taken = rounded - a
    cut_off = (a - (rounded - taken)) - (b + taken)
    cut_off[~np.isfinite(cut_off)] = 0
    return rounded, cut_off
