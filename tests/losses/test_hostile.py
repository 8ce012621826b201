"""Hostile input: what must be computed is computed, and what must be refused, refused.

Hypothesis mixes denormal, huge, equal, signed-zero, infinite and missing numbers, odd
types, layouts, containers, masks, shapes and weights.  Whether the result is right is
asked of plain Python.
"""

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, seed, settings, strategies as st

from lossbook import losses
from tests.helpers import CASES, in_one_array, split, with_margins, with_options

ALL = (
    *CASES,
    with_options("huber", delta=1e-300),
    with_options("huber", delta=1e300),
    with_options("quantile", level=1e-300),
    with_options("quantile", level=0.9),
    with_options("binary_cross_entropy", class_weights=(1e-300, 1e300)),
    with_options("binary_cross_entropy_from_logits", class_weights=(1e-300, 2)),
    with_options("tversky", alpha=0),
    with_options("tversky", beta=0, smooth=1e-300),
    with_options("distillation", temperature=1),
    with_options("distillation", temperature=1e-3),
    with_options("distillation", temperature=1e3),
    with_options("preference", margin=1e300),
    with_options("focal", gamma=0),
    with_options("focal", gamma=1e300),
    with_options("cross_entropy", label_smoothing=1),
    with_options("cross_entropy_from_logits", label_smoothing=1e-300),
    *with_margins("contrastive", 1e-300, 1e300),
    *with_margins("triplet", 1e-300, 1e300),
    in_one_array(with_options("info_nce", temperature=1e300)),
)
ODD = [
    0.0,
    -0.0,
    5e-324,
    -5e-324,
    1e-310,
    2.3e-308,
    1e-45,
    -1e-39,
    1e-300,
    1e-17,
    2**-53,
]
ODD += [
    0.1,
    0.25,
    0.5,
    1 - 2**-53,
    1.0,
    1 + 2**-52,
    -1.0,
    2.0,
    3.0,
    17.0,
    37.0,
    -88.0,
    89,
]
ODD += [700.0, -710.0, 746.0, -1e4, 1e4, 1e19, -1e38, 1e154, -1e200, 1.7e308, -1.7e308]
BAD = [math.nan, math.inf, -math.inf]
numbers = st.sampled_from(ODD) | st.floats(-50, 50) | st.floats(allow_nan=False)
bad_numbers = st.sampled_from(BAD)


class Holder:
    """What NumPy can make an array of, as a column of a table is."""

    def __init__(self, values):
        self.values = values

    def __array__(self, dtype=None, copy=None):
        return np.asarray(self.values, dtype)


def masked(a):
    """The same numbers, of which the last is masked."""
    mask = np.zeros(a.shape, bool)
    mask.reshape(-1)[-1:] = True
    return np.ma.array(a, mask=mask)


LAYOUTS = {
    "as it is": lambda a: a,
    "list": lambda a: a.tolist(),
    "every second": lambda a: np.repeat(a, 2, axis=0)[::2],
    "backwards": lambda a: a[::-1].copy()[::-1],
    "Fortran": np.asfortranarray,
    "read-only": lambda a: np.broadcast_to(a, a.shape),
    "other bytes": lambda a: a.astype(a.dtype.newbyteorder()),
    "tuple": lambda a: tuple(a.tolist()),
    "rows in a list": list,
    "column": Holder,
    "no mask": lambda a: np.ma.array(a, mask=False),
}
REFUSED_LAYOUTS = {
    "object": lambda a: a.astype(object),
    "extra axis": lambda a: a[None],
    "text": lambda a: a.astype(str),
    "complex": lambda a: a.astype(complex),
    "dates": lambda a: np.full(a.shape, "2026-01-01", "M8[D]"),
    "masked": masked,
    "masked rows in a list": lambda a: list(map(masked, a)) or [],
}
WHOLE = ["?", "u1", "i2", "i4", "u4", "i8", "u8"]
WEIGHTS = [0.0, 0.5, 1.0, 2.5, 1e-17, 1e-300, 5e-324, 1e300, 1.7e308]


@st.composite
def inputs(draw):
    """A loss, labels and predictions; most are valid, and many are just not."""
    loss = draw(st.sampled_from(ALL))
    n = draw(st.sampled_from([1, 1, 2, 3, 5, 0, 40]))
    k = draw(st.sampled_from([2, 2, 3, 4, 70, 1]))
    of_classes = loss.labels in ("classes", "logits")
    k = loss.outputs if loss.outputs > 1 else k * max(1, len(loss.inputs))
    rows = of_classes or loss.outputs > 1 or loss.labels == "regions" or loss.inputs
    shape = (n, k) if rows else (n,)
    size = math.prod(shape)
    few = draw(st.lists(numbers, min_size=1, max_size=4))  # so many are equal
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    x = rng.choice(np.array(few, float), shape)
    if loss.reads == "probs":
        x = np.abs(x)
        if of_classes and n:
            x = np.minimum(x, 1e300)
            total = x.sum(axis=1, keepdims=True)
            x = np.where(total > 0, x / np.where(total > 0, total, 1), 1 / k)
        else:
            x = np.minimum(x, 1)
    if loss.reads == "rates":
        x = np.abs(x)
    masks = of_classes and loss.reads == "logits" and draw(st.booleans())
    if masks:
        x[rng.random(shape) < 0.3] = -math.inf
    y = labels(draw, loss, rng, n, k)
    with np.errstate(over="ignore"):
        x = x.astype(draw(st.sampled_from(["f8", "f8", "f4", "f4", "f2", "g"])))
    if size and draw(st.integers(0, 4)) == 0:
        x.flat[rng.integers(size)] = draw(
            bad_numbers | numbers.filter(lambda v: abs(v) < 6e4)
        )
    if loss.reads != "probs" and draw(st.integers(0, 9)) == 0:
        x = rng.integers(
            0, 2 if (kind := draw(st.sampled_from(WHOLE))) == "?" else 9, shape
        )
        x = x.astype(kind)
    layouts = [*LAYOUTS] * 4 + [*REFUSED_LAYOUTS]
    layout_x, layout_y = (draw(st.sampled_from(layouts)) for _ in "xy")
    if loss.labels is None:
        layout_y = "as it is"
    return loss, y, x, layout_y, layout_x, weights(draw, rng, n)


def weights(draw, rng, n):
    """Weights of the examples, or None; some are none that there can be."""
    if draw(st.integers(0, 2)):
        return None
    few = draw(st.lists(st.sampled_from(WEIGHTS), min_size=1, max_size=3))
    w = rng.choice(np.array(few), n)
    if draw(st.booleans()):
        with np.errstate(over="ignore", invalid="ignore"):
            w = np.minimum(w, 100).astype(draw(st.sampled_from(["f4", "f2", *WHOLE])))
    if n and w.dtype.kind == "f" and draw(st.integers(0, 9)) == 0:
        w[-1] = draw(st.sampled_from([-1.0, -5e-324, *BAD]))
    return w


def labels(draw, loss, rng, n, k):
    if loss.labels is None:
        return np.arange(n)
    if loss.labels in ("numbers", "counts", "rewards", "logits"):
        few = draw(st.lists(numbers, min_size=1, max_size=3))
        shape = (n, k) if loss.labels == "logits" else (n,)
        y = rng.choice(np.array(few, float), shape)
        if loss.labels == "counts" and draw(st.integers(0, 9)):
            y = np.abs(y)
        with np.errstate(over="ignore"):
            y = y.astype(draw(st.sampled_from(["f8", "f8", "f4"])))
        if draw(st.integers(0, 4)) == 0:
            kind = draw(st.sampled_from(WHOLE))
            top = 2 if kind == "?" else min(np.iinfo(kind).max, 2**53)
            return rng.integers(top, size=shape).astype(kind)
        if loss.labels == "logits" and draw(st.booleans()):
            y[rng.random(shape) < 0.3] = -math.inf
        if n and draw(st.integers(0, 9)) == 0:
            y[-1] = draw(bad_numbers)
        return y
    wrong = n and draw(st.integers(0, 4)) == 0
    if loss.labels == "regions":
        y = rng.integers(2, size=(n, k)) * 1.0
        if wrong:
            y[-1, 0] = draw(st.sampled_from([-1.0, 0.5, 2.0, *BAD]))
            return y
        return y.astype(draw(st.sampled_from(["i8", "i1", "f8", "f4", "?"])))
    if loss.labels == "classes":
        kind = draw(st.sampled_from(["numbers", "numbers", "one-hot", "soft"]))
        y = rng.integers(k, size=n)
        if kind == "numbers":
            y = y.astype(
                draw(st.sampled_from(["i8", "i4", "u1", "i1", "u8", "f8", "?"]))
            )
            if wrong and y.dtype.kind != "b":
                y[-1] = draw(st.sampled_from([k, 100]))
            return y
        y = np.eye(k)[y]
        if kind == "soft" and n:
            y = rng.dirichlet(np.ones(k), size=n)
        if wrong:
            y[-1, 0] = draw(st.sampled_from([-1, 2, 0.37, *BAD]))
        return y.astype(draw(st.sampled_from(["f8", "f4"])))
    pair = [-1.0, 1.0] if loss.labels == "-1/+1" else [0.0, 1.0]
    if loss.labels == "0/1" and draw(st.booleans()):
        pair += [0.5, 1e-300, 1 - 2**-53]
    y = rng.choice(np.array(pair), n)
    if wrong:
        y[-1] = draw(st.sampled_from([-1.0, 0.0, 0.5, 2.0, *BAD]))
    whole = np.isin(y, (-1, 0, 1, 2)).all()
    return y.astype(
        draw(st.sampled_from(["i8", "i1", "f8", "f4", "?"] if whole else ["f8"]))
    )


# --- plain Python's opinion -----------------------------------------------------


def must_be_refused(loss, y, x):
    """True, False, or None where rounding may decide either way."""
    classes = loss.labels in ("classes", "logits")
    if not len(x) or (classes and x.shape[1] < 2):
        return True
    rows = [list(map(float, row)) for row in x.reshape(len(x), -1)]
    ys = y.tolist()
    masked = classes and loss.reads == "logits"
    for row in rows + (ys if loss.labels == "logits" else []):
        if any(v != v or v == math.inf or (v == -math.inf and not masked) for v in row):
            return True
        if all(v == -math.inf for v in row):
            return True
        if loss.reads == "probs" and not all(0 <= v <= 1 for v in row):
            return True
        if loss.reads == "rates" and not all(v >= 0 for v in row):
            return True
    if loss.is_joint and (len(x) < 2 or not all(any(v) for v in parts(loss, rows))):
        return True
    if loss.labels in (None, "logits"):
        return False
    if loss.labels == "pairs":
        return not all(v in (0, 1) for v in ys)
    sums = [(rows, x.dtype)] if classes and loss.reads == "probs" else []
    if loss.labels == "regions":
        return not all(v in (0, 1) for row in ys for v in row)
    if loss.labels == "counts" and not all(v >= 0 for v in ys):
        return True
    if loss.labels in ("numbers", "counts", "rewards"):
        return not all(map(math.isfinite, ys))
    if loss.labels == "-1/+1":
        return y.dtype.kind == "b" or not all(v in (-1, 1) for v in ys)
    if loss.labels == "0/1":
        return not all(0 <= v <= 1 for v in ys)
    if y.ndim == 1:
        if y.dtype.kind == "f" or not all(0 <= v < x.shape[1] for v in ys):
            return True
    else:
        if not all(0 <= v <= 1 for row in ys for v in row):
            return True
        if is_hard(loss) and not all(v in (0, 1) for row in ys for v in row):
            return True
        sums.append((ys, y.dtype))
    verdict = False
    for rows, dtype in sums:
        tolerance = {2: 1e-2, 4: 1e-4}.get(dtype.itemsize * (dtype.kind == "f"), 1e-6)
        for row in rows:
            off = abs(math.fsum(row) - 1)
            if off > 1.01 * tolerance:
                return True
            if off > 0.99 * tolerance:
                verdict = None
    return verdict


def parts(loss, rows):
    """The embeddings of all rows, one by one, that stand side by side."""
    return [part for row in rows for part in apart(loss, row)]


def apart(loss, row):
    """The embeddings that stand side by side in a row."""
    return [part for (part,) in split([row], len(loss.inputs))]


def is_hard(loss):
    """Whether its labels of classes must be one-hot, if they are not numbers."""
    return "hinge" in loss.key or "focal" in loss.key


def by_plain_python(loss, y, row):
    """The loss of one example, written as plainly as it can be without an overflow."""
    key, _, option = loss.key.partition(", ")
    numeric = ("delta", "label_smoothing", "level", "gamma", "temperature", "margin")
    option = float(option.split("=")[1]) if option.startswith(numeric) else 0
    if key == "mean_squared_error":
        return power_2(row - y)
    if key == "mean_absolute_error":
        return abs(row - y)
    if key == "huber":
        delta, r = option or 1.0, abs(row - y)
        return power_2(r) / 2 if r <= delta else delta * (r - delta / 2)
    if key == "quantile":
        level = option or 0.5
        return level * (y - row) if y >= row else (1 - level) * (row - y)
    if key == "log_cosh":
        r = abs(row - y)
        if r < 1:
            return math.log1p(2 * math.sinh(r / 2) ** 2)
        return r + math.log1p(math.exp(-2 * r)) - math.log(2)
    if key == "gaussian_nll":
        mean, log_variance = row
        error = abs(y / 2 - mean / 2)  # by two
        surprise_ = 2 * log(error) - log_variance + 2 * math.log(2)
        return log_variance / 2 + math.log(2 * math.pi) / 2 + exp(surprise_) / 2
    if key == "poisson":
        return exp(row) - y * row if exp(row) < math.inf else math.inf
    if key == "poisson_deviance":
        if y == 0 or row == 0:
            return 2 * row if y == 0 else math.inf
        return 2 * (y * (log(y) - log(row)) - (y - row))
    if key in ("hinge", "squared_hinge"):
        short = max(0.0, 1 - y * row)
        return short if key == "hinge" else power_2(short)
    if key == "multiclass_hinge":
        terms = [1 + (v - row[y]) for j, v in enumerate(row) if j != y]
        together = [max(0.0, v) for v in terms]
        return sum(together) if "weston" in loss.key else max(together)
    if key == "binary_cross_entropy":
        return times(y, surprise(row)) + times(1 - y, -log1p(-row))
    if key == "binary_cross_entropy_from_logits":
        common = math.log1p(math.exp(-abs(row)))
        return y * (max(0, -row) + common) + (1 - y) * (max(0, row) + common)
    if key == "brier_score" and loss.labels == "0/1":
        return power_2(row - y)
    if key == "brier_score":
        t = y if isinstance(y, list) else [j == y for j in range(len(row))]
        return math.fsum(power_2(p - v) for p, v in zip(row, t, strict=True))
    if key in ("dice", "tversky"):
        prices = {"alpha": 0.3, "beta": 0.7, "smooth": 0.0}
        said = [part.split("=") for part in loss.key.split(", ")[1:]]
        prices |= {name: float(value) for name, value in said}
        alpha, beta, smooth = prices.values()
        if key == "dice":
            alpha, beta, smooth = 0.5, 0.5, smooth / 2
        row, ones, smooth = [v * 2.0**80 for v in row], 2.0**80, smooth * 2.0**80
        right = math.fsum(p * v for p, v in zip(row, y, strict=True)) + smooth
        false = alpha * math.fsum(p * (1 - v) for p, v in zip(row, y, strict=True))
        false += beta * math.fsum((ones - p) * v for p, v in zip(row, y, strict=True))
        return false / (right + false) if right + false else 0.0
    if key == "contrastive":
        margin, (a, b) = option or 1.0, apart(loss, row)
        off = math.dist(a, b) if y else max(0.0, margin - math.dist(a, b))
        return power_2(off) / 2
    if key == "triplet":
        margin, (a, p, n) = option or 1.0, apart(loss, row)
        near, far, by = math.dist(a, p), math.dist(a, n), 1.0
        if near == far == math.inf:  # far off, where the distances are no numbers
            by = 2.0**-30
            a, p, n = ([v * by for v in part] for part in (a, p, n))
            near, far = math.dist(a, p), math.dist(a, n)
        return max(0.0, (near - far) / by + margin)
    if key == "preference":
        return softplus(row - y + option)
    if key == "distillation":
        return distilled(y, row, option or 2.0)
    if key == "focal":
        gamma = option if "gamma" in loss.key else 2
        if loss.labels == "0/1":
            one, two = softplus(-row), softplus(row)
            return y * focused(one, gamma) + (1 - y) * focused(two, gamma)
        leads = [v - row[y] for j, v in enumerate(row) if j != y]
        top = max(leads)
        if top > 700:
            return focused(
                top + math.log(math.fsum(exp(v - top) for v in leads)), gamma
            )
        return focused(math.log1p(math.fsum(map(exp, leads))), gamma)
    top = max(row)
    if "logits" in key:
        log_sum = math.log(math.fsum(math.exp(v - top) for v in row))
        costs = [(top - v) + log_sum for v in row]
        usable = [v > -math.inf for v in row]
    else:
        costs, usable = list(map(surprise, row)), [True] * len(row)
    t = list(y) if isinstance(y, list) else [float(j == y) for j in range(len(row))]
    t = [
        (1 - option) * v + option * u / sum(usable)
        for v, u in zip(t, usable, strict=True)
    ]
    return math.fsum(map(times, t, costs))


def among_all(loss, rows):
    """InfoNCE of each row, for which all rows are needed."""
    option = loss.key.partition("temperature=")[2]
    queries, keys = zip(
        *([unit(part) for part in apart(loss, row)] for row in rows), strict=True
    )
    for i, query in enumerate(queries):
        alike = [
            math.fsum(map(float.__mul__, query, key)) / float(option or 0.1)
            for key in keys
        ]
        leads = [v - alike[i] for j, v in enumerate(alike) if j != i]
        top = max(0.0, *leads)
        rest = math.fsum(exp(v - top) for v in leads)
        yield math.log1p(rest) if top == 0 else top + math.log(rest + exp(-top))


def unit(row):
    """Brought to length 1, from any length."""
    top = max(map(abs, row))
    row = [v / top for v in row]
    return [v / math.hypot(*row) for v in row]


def distilled(teacher, student, temperature):
    tops = max(teacher), max(student)
    sums = [
        temperature * math.log(math.fsum(exp((v - top) / temperature) for v in row))
        for row, top in zip((teacher, student), tops, strict=True)
    ]
    terms = []
    for t, z in zip(teacher, student, strict=True):
        log_p = (t - tops[0]) - sums[0]
        if z == -math.inf < t:
            return math.inf
        if p := exp(log_p / temperature):
            terms.append(p * (log_p - ((z - tops[1]) - sums[1])))
    total = math.inf if math.inf in terms else math.fsum(terms)
    return max(0.0, temperature * total)


def softplus(v):
    if v == math.inf:
        return v
    return max(0, v) + math.log1p(math.exp(-abs(v)))


def focused(s, gamma):
    if (p := exp(-s)) < 0.5:  # so that a p counts that is lost when 1 - p is rounded
        return math.exp(gamma * math.log1p(-p)) * s
    return (-math.expm1(-s)) ** gamma * s


def power_2(v):
    return v * v


def times(weight, cost):
    return 0.0 if weight == 0 else weight * cost


def surprise(p):
    return -math.log(p) if p else math.inf


def log(v):
    return math.log(v) if v else -math.inf


def exp(v):
    return math.exp(v) if v < 709.78 else math.inf


def log1p(v):
    return math.log1p(v) if v > -1 else -math.inf


# --- the test -------------------------------------------------------------------


def check(case):
    loss, y, x, layout_y, layout_x, w = case
    layouts = LAYOUTS | REFUSED_LAYOUTS
    given_y, given_x = layouts[layout_y](y), layouts[layout_x](x)
    if {layout_y, layout_x} & {*REFUSED_LAYOUTS}:
        refused = True
        of_both = loss.labels == "0/1" and loss.key.startswith(("focal", "brier_score"))
        if of_both and layout_y == layout_x == "extra axis":
            return  # a row of two labels 0 and 1 is an example of two classes there
    else:  # a list is read in double precision, whatever it was made from
        refused = must_be_refused(loss, np.asarray(given_y), np.asarray(given_x))
    try:
        each = loss.value(given_y, given_x, reduction="none")
    except ValueError:
        assert refused is not False
        for f in (loss.value, loss.grad):
            with pytest.raises(ValueError):
                f(given_y, given_x)
        return
    assert not refused

    single = each.dtype == np.float32
    assert single or each.dtype == np.float64
    assert (each >= loss.least).all()
    mean, total = (
        loss.value(given_y, given_x),
        loss.value(given_y, given_x, reduction="sum"),
    )
    assert type(mean) is type(total) is float
    if {math.inf, -math.inf} <= {*each.tolist()}:
        assert math.isnan(total)
    elif single and np.isinf(each).any():
        # In double precision it may be finite.
        assert abs(total) > float(np.finfo(np.float32).max)
    else:
        total_is_right(total, each)
    for reduction in ("mean", "sum"):
        gradient = loss.grad(given_y, given_x, reduction=reduction)
        assert not np.isnan(gradient).any()
        assert gradient.shape == x.shape
        assert gradient.dtype == each.dtype
    if hasattr(losses, f"{loss.key}_and_grad"):
        both = getattr(losses, f"{loss.key}_and_grad")(given_y, given_x)
        assert both[0] == pytest.approx(mean, rel=1e-6 if single else 1e-13)
    if "class_weights" not in loss.key or "(1, 1)" in loss.key:
        compare(loss, y, x, each, single)
    if w is not None:
        compare_weighted(loss, given_y, given_x, each, w)


def total_is_right(total, each):
    """Large losses are scaled, so that no sum on the way overflows."""
    largest, top = np.finfo(float).max, float(np.abs(each).max())
    by = 2.0**-100 if top > 1e300 else 1.0
    scaled = [v * by for v in each.tolist()]
    signs = [math.fsum(v for v in scaled if v * sign > 0) for sign in (1, -1)]
    if min(map(abs, signs)) > largest * by:
        return  # infinity less infinity may be met on the way
    together = math.fsum(scaled)
    if abs(together) > largest * by:
        assert total == math.copysign(math.inf, together)
        return
    digits, least = (1e-6, 1e-44) if each.dtype == np.float32 else (1e-12, 0)
    noise = max(least, 1e-16 * top * by) * len(each)  # of the largest, if they cancel
    assert total * by == pytest.approx(together, rel=digits, abs=noise)


def compare(loss, y, x, each, single):
    if single and y.dtype.kind == "f":
        y = y.astype(np.float32)
    classes = loss.labels == "classes"
    xs = x.astype(np.float64).tolist()
    limit = float(np.finfo(np.float32).max) if single else math.inf
    if loss.is_joint:
        digits = {"rel": 2e-5, "abs": 1e-5} if single else {"rel": 1e-10}
        assert each.tolist() == pytest.approx([*among_all(loss, xs)], **digits)
        return
    for got, label, row in zip(each.tolist(), y.tolist(), xs, strict=True):
        if loss.labels in ("regions", "logits"):
            pass
        elif not classes:
            label = float(label)
        elif y.ndim == 2 and is_hard(loss):
            label = label.index(1)
        expected = by_plain_python(loss, label, row)
        if single and abs(expected) > limit * (1 - 1e-6):
            assert math.copysign(1, expected) * got > limit * (1 - 1e-5)
            continue
        sizes = [abs(v) for v in np.ravel(row).tolist() if v > -math.inf]
        scale = max(sizes) if loss.reads != "y_pred" else 1
        if loss.labels == "logits":  # plain Python cancels, and then multiplies
            temperature = float(loss.key.partition("=")[2] or 2)
            sizes += [abs(v) for v in label if v > -math.inf]
            scale = max(1, *sizes) * max(1, temperature) ** 2
            if scale > 1e300:
                continue  # there its differences overflow, where the loss does not
        noise = (1e-6 if single else 1e-13) * max(1, scale)
        assert got == pytest.approx(expected, rel=2e-5 if single else 1e-10, abs=noise)


def compare_weighted(loss, y, x, each, w):
    """Losses times weights, and the mean over the sum of the weights."""
    options = {"sample_weight": w}
    ws, losses_ = w.astype(float).tolist(), each.tolist()
    if not (all(0 <= v < math.inf for v in ws) and any(ws)):
        for f in (loss.value, loss.grad):
            with pytest.raises(ValueError, match="sample_weight must"):
                f(y, x, **options)
        return
    single = each.dtype == np.float32
    digits = {"rel": 1e-6 if single else 1e-12, "abs": 1e-44 if single else 1e-322}
    weighted = loss.value(y, x, **options, reduction="none")
    with np.errstate(over="ignore", under="ignore"):
        product = np.array(list(map(times, ws, losses_))).astype(each.dtype)
    if not single:  # in double precision, what is rounded to single may be finite
        assert weighted == pytest.approx(product, **digits)
    assert weighted[w == 0].tolist() == [0] * int((w == 0).sum())
    try:
        gradient = loss.grad(y, x, **options)
    except ValueError as error:  # the products of both weights, soft labels and all
        assert "1e-300" in loss.key, "only such weights vanish"
        assert "must leave the examples a weight" in str(error)
        return
    assert not np.isnan(gradient).any()
    assert loss.is_joint or not gradient[w == 0].any()
    if "class_weights" in loss.key or (single and np.isinf(each).any()):
        return
    top = max(ws)
    # Below the smallest normal number digits fade, in the ratio of two weights too.
    if any(0 < v / top < np.finfo(np.float64).tiny for v in ws):
        return
    terms = [times(v / top, cost) for v, cost in zip(ws, losses_, strict=True)]
    if max(map(abs, terms)) < 1e300:
        mean = math.fsum(terms) / math.fsum(v / top for v in ws)
        assert loss.value(y, x, **options) == pytest.approx(mean, **digits)


quietly = settings(
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)


@settings(quietly, max_examples=2000)
@given(inputs())
def test_hostile_input(case):
    check(case)


@pytest.mark.release
@pytest.mark.parametrize("part", range(20))
def test_five_thousand_more(part):
    seed(part)(settings(quietly, max_examples=5000)(given(inputs())(check)))()
