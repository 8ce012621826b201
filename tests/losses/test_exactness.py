"""Every digit: values and gradients of single examples against 60 of mpmath's.

For hard labels the result is right to 1e-15 of itself (float32: 5e-7), however small
it is, as long as it is a normal number; for soft labels to 1e-15 of its largest term.
"""

from dataclasses import replace

import mpmath
import numpy as np
import pytest

from lossbook import losses
from tests.helpers import over_classes, with_options

TOLERANCE = {np.float64: 1e-15, np.float32: 5e-7}
RIGHT_BY = {np.float64: 700, np.float32: 80}
precisions = pytest.mark.parametrize("dtype", TOLERANCE, ids=lambda d: d.__name__)
exact = mpmath.mp.clone()
exact.dps = 60

# --- the losses once more, on one example: value and gradient -------------------


def log_loss(y, p):
    return -y * exact.log(p) - (1 - y) * exact.log(1 - p), [(1 - y) / (1 - p) - y / p]


def log_loss_of_logit(y, z):
    up, down = exact.exp(z), exact.exp(-z)
    value = y * exact.log1p(down) + (1 - y) * exact.log1p(up)
    return value, [(1 - y) / (1 + down) - y / (1 + up)]


def margin(power):
    def f(y, s):
        short = max(exact.mpf(0), 1 - y * s)
        return short**power, [-y * power * short ** (power - 1) if short else 0]

    return f


def squared(y, p):
    return (p - y) ** 2, [2 * (p - y)]


def absolute(y, p):
    return abs(p - y), [exact.sign(p - y)]


def huber(y, p):
    r = abs(p - y)
    value = r**2 / 2 if r <= 1 else r - exact.mpf(1) / 2
    return value, [max(-1, min(1, p - y))]


def pinball(level):
    def f(y, p):
        level_ = exact.mpf(level)
        above, below = (1 - level_) * (p - y), level_ * (y - p)
        return max(above, below), [(1 - level_) * (p > y) - level_ * (p < y)]

    return f


def log_cosh(y, p):
    return exact.log(exact.cosh(p - y)), [exact.tanh(p - y)]


def squared_of_classes(y, p):
    missed = [v - (j == y) for j, v in enumerate(p)]
    return sum(v**2 for v in missed), [2 * v for v in missed]


def surprise(y, p):
    return -exact.log(p[y]), [-1 / p[y] if j == y else 0 for j in range(len(p))]


def softmax_surprise(y, z):
    e = [exact.exp(x - z[y]) for x in z]
    rest = sum(x for j, x in enumerate(e) if j != y)
    gradient = [x / (1 + rest) for x in e]
    gradient[y] = -rest / (1 + rest)
    return exact.log1p(rest), gradient


def strongest_rival(y, s):
    rival = max((x, -j) for j, x in enumerate(s) if j != y)
    loss = max(exact.mpf(0), 1 + rival[0] - s[y])
    return loss, [
        (-1 if j == y else j == -rival[1]) * int(loss > 0) for j in range(len(s))
    ]


def all_rivals(y, s):
    terms = [0 if j == y else max(exact.mpf(0), 1 + x - s[y]) for j, x in enumerate(s)]
    gradient = [int(t > 0) for t in terms]
    gradient[y] = -sum(gradient)
    return sum(terms), gradient


# --- the comparison -------------------------------------------------------------


def assert_exact(got, truth, dtype, times=1):
    """Right to the tolerance of itself; what is below the normal range, to that."""
    tiny, largest = exact.mpf(float(np.finfo(dtype).tiny)), np.finfo(dtype).max
    for g, t in zip(np.ravel(got).tolist(), truth, strict=True):
        if abs(t) > exact.mpf(float(largest)):
            assert abs(g) == np.inf
        else:
            allowed = max(abs(t), tiny * 4) * TOLERANCE[dtype] * times
            assert abs(exact.mpf(g) - t) <= max(allowed, tiny if abs(t) < tiny else 0)


def check(loss, truth, y, x, dtype, times=1):
    x = np.asarray(x, dtype)
    as_exact = [exact.mpf(float(v)) for v in x] if x.ndim else exact.mpf(float(x))
    label = int(y) if loss.labels == "classes" else exact.mpf(float(y))
    value, gradient = truth(label, as_exact)
    labels = np.array([y])
    assert_exact(loss.value(labels, x[None]), [value], dtype, times)
    assert_exact(loss.grad(labels, x[None]), gradient, dtype, times)
    both = getattr(losses, f"{loss.key}_and_grad", None)
    if both:
        value_too, gradient_too = both(labels, x[None])
        assert_exact(value_too, [value], dtype)
        assert_exact(gradient_too, gradient, dtype)


def spread(rng, size):
    """Numbers of both signs and all sizes from 1e-4 to 1e4."""
    return rng.choice([-1, 1], size) * 10 ** rng.uniform(-4, 4, size)


@precisions
@pytest.mark.parametrize(
    ("key", "truth"),
    [
        ("mean_squared_error", squared),
        ("mean_absolute_error", absolute),
        ("huber", huber),
        ("quantile", pinball(0.5)),
        ("quantile, level=0.1", pinball(0.1)),
        ("log_cosh", log_cosh),
    ],
)
def test_losses_of_numbers(key, truth, dtype, rng):
    key, _, level = key.partition(", level=")
    loss = with_options(key, **({"level": float(level)} if level else {}))
    for y, p in zip(spread(rng, 300), spread(rng, 300), strict=True):
        y = dtype(y)
        check(loss, truth, y, p, dtype)
        check(loss, truth, y, y * (1 + p * 1e-5), dtype)


@precisions
def test_gaussian_nll_is_right_to_its_largest_term(dtype, rng):
    half = exact.log(2 * exact.pi) / 2
    for y, m in zip(spread(rng, 300), spread(rng, 300), strict=True):
        y, m, s = dtype(y), dtype(m), dtype(rng.uniform(-12, 12))
        value = losses.gaussian_nll(np.array([y]), np.array([[m, s]]))
        ((g_m, g_s),) = losses.gaussian_nll_grad([y], np.array([[m, s]])).tolist()

        y, m, s = (exact.mpf(float(v)) for v in (y, m, s))
        terms = [half, s / 2, (y - m) ** 2 / exact.exp(s) / 2]
        tolerance = TOLERANCE[dtype]
        assert abs(value - sum(terms)) <= tolerance * max(map(abs, terms))
        slope = (m - y) / exact.exp(s)
        assert abs(g_m - slope) <= tolerance * abs(slope)
        assert abs(g_s - (0.5 - terms[2])) <= tolerance * max(0.5, terms[2])


@precisions
def test_poisson_is_right_to_its_largest_term(dtype, rng):
    for y, z in zip(abs(spread(rng, 300)), rng.uniform(-12, 12, 300), strict=True):
        y, z = dtype(y), dtype(z)
        value = losses.poisson(np.array([y]), np.array([z]))
        slope = float(losses.poisson_grad(np.array([y]), np.array([z]))[0])

        y, z = exact.mpf(float(y)), exact.mpf(float(z))
        rate, tolerance = exact.exp(z), TOLERANCE[dtype]
        assert abs(value - (rate - y * z)) <= tolerance * max(rate, abs(y * z))
        assert abs(slope - (rate - y)) <= tolerance * max(rate, y)


def deviance(y, rate):
    value = 2 * (y * exact.log(y / rate) - y + rate) if y else 2 * rate
    return value, [2 * (rate - y) / rate]


@precisions
def test_poisson_deviance(dtype, rng):
    """Near the count too, where its terms cancel; and on both sides of the seam."""
    loss = with_options("poisson_deviance")
    for y, rate in zip(*abs(spread(rng, (2, 300))), strict=True):
        off = rng.choice([-1, 1]) * 10 ** rng.uniform(-6, 0)
        for r in (rate, y * (1 + 0.9 * off), y * rng.uniform(0.4, 2.2)):
            check(loss, deviance, dtype(y), r, dtype, times=4)
        check(loss, deviance, dtype(0), rate, dtype)


@precisions
@pytest.mark.parametrize(("key", "power"), [("hinge", 1), ("squared_hinge", 2)])
def test_losses_of_margins(key, power, dtype, rng):
    loss = with_options(key)
    for s in (*spread(rng, 200), *(1 + 1e-4 * spread(rng, 200))):
        for y in (-1, 1):
            check(loss, margin(power), y, s, dtype)


@precisions
def test_losses_of_a_probability(dtype, rng):
    loss, brier = with_options("binary_cross_entropy"), with_options("brier_score")
    for p in (*rng.random(200), *10 ** rng.uniform(-37, 0, 200)):
        for y in (0, 1):
            check(loss, log_loss, y, p, dtype)
            check(brier, squared, y, p, dtype)
            if dtype(1 - p) < 1:
                check(loss, log_loss, y, 1 - p, dtype)
                check(brier, squared, y, 1 - p, dtype)


@precisions
def test_binary_cross_entropy_from_logits(dtype, rng):
    loss, right = with_options("binary_cross_entropy_from_logits"), RIGHT_BY[dtype]
    for z in (*rng.uniform(0, right, 300), *spread(rng, 200)):
        check(loss, log_loss_of_logit, 1, z, dtype)
        check(loss, log_loss_of_logit, 0, -z, dtype)


def focused(gamma, surprise, slopes):
    """The focal loss, from the cross-entropy and its gradient."""
    p, missed = exact.exp(-surprise), -exact.expm1(-surprise)
    slope = missed**gamma + gamma * missed ** (gamma - 1) * p * surprise
    return missed**gamma * surprise, [slope * g for g in slopes]


@precisions
@pytest.mark.parametrize("gamma", [0, 0.5, 2])
def test_focal(gamma, dtype, rng):
    """The power of `gamma` multiplies a rounding, in float32 below the normal range."""
    loss, right = with_options("focal", gamma=gamma), RIGHT_BY[dtype] / 4
    rows = replace(over_classes("focal"), value=loss.value, grad=loss.grad)

    def binary(y, z):
        return focused(gamma, *log_loss_of_logit(y, z))

    def classes(y, z):
        return focused(gamma, *softmax_surprise(y, z))

    for z in (*rng.uniform(-right, right, 300), *-abs(spread(rng, 100))):
        check(loss, binary, 1, z, dtype, times=4)
        check(loss, binary, 0, -z, dtype, times=4)
    for _ in range(100):
        k = rng.integers(2, 9)
        z, y = rng.choice([0.1, 1, right / 8]) * rng.normal(size=k), rng.integers(k)
        check(rows, classes, y, z, dtype, times=4)


@precisions
@pytest.mark.parametrize("smooth", [0, 0.25])
def test_losses_of_regions(smooth, dtype, rng):
    """However good a prediction is: a loss of 1e-12 has its digits too."""
    for _ in range(200):
        y = rng.integers(2, size=rng.integers(1, 9))
        y[0] = 1
        off = 10 ** rng.uniform(-12, 0, len(y))
        p = np.where(y, 1 - off, off).astype(dtype)
        ps = [exact.mpf(float(v)) for v in p]
        right = sum(v for v, m in zip(ps, y, strict=True) if m)
        too_much = sum(v for v, m in zip(ps, y, strict=True) if not m)
        missed = sum(1 - v for v, m in zip(ps, y, strict=True) if m)
        for key, hit, a, b in (("dice", 2, 1, 1), ("tversky", 1, 0.3, 0.7)):
            good, a, b = hit * right + smooth, exact.mpf(a), exact.mpf(b)
            wrong = a * too_much + b * missed
            whole = good + wrong
            inside = -(b * good + hit * wrong) / whole**2
            slopes = [inside if m else a * good / whole**2 for m in y]
            loss = with_options(key, smooth=smooth)
            assert_exact(loss.value([y], p[None]), [wrong / whole], dtype)
            assert_exact(loss.grad([y], p[None]), slopes, dtype)


def preferred(margin):
    def f(c, r):
        lead = c - r - margin
        return exact.log1p(exact.exp(-lead)), [1 / (1 + exact.exp(lead))]

    return f


@precisions
@pytest.mark.parametrize("margin", [0, 0.375])
def test_preference(margin, dtype, rng):
    """However small it is: what a difference of large rewards rounds off counts too."""
    loss, right = with_options("preference", margin=margin), RIGHT_BY[dtype]
    for lead in (*rng.uniform(-right, right, 300), *spread(rng, 100)):
        c = dtype(rng.normal() * rng.choice([0.1, 1, 300]))
        check(loss, preferred(margin), c, c - dtype(lead), dtype)


@precisions
@pytest.mark.parametrize("temperature", [0.8, 2, 1000])
@pytest.mark.parametrize("apart", [5, 0.3, 1e-3, 1e-6])
def test_distillation(temperature, apart, dtype, rng):
    """However close a student is, where the terms of the definition cancel."""
    loss = with_options("distillation", temperature=temperature)
    times, scale = 8, exact.mpf(temperature)
    for _ in range(60):
        k = int(rng.integers(2, 12))
        t = (4 * rng.normal(size=k)).astype(dtype)
        z = (t + apart * rng.normal(size=k)).astype(dtype)
        p, q = (softened([exact.mpf(float(v)) / scale for v in x]) for x in (t, z))
        pairs = list(zip(p, q, strict=True))
        value = scale**2 * sum(a * exact.log(a / b) for a, b in pairs)
        slopes = [scale * (b - a) for a, b in pairs]
        assert_exact(loss.value(t[None], z[None]), [value], dtype, times)
        largest = max(map(abs, slopes)) + float(np.finfo(dtype).tiny) / TOLERANCE[dtype]
        got = loss.grad(t[None], z[None])[0].tolist()
        for g, slope in zip(got, slopes, strict=True):
            assert abs(g - slope) <= times * TOLERANCE[dtype] * largest


def softened(logits):
    e = [exact.exp(v) for v in logits]
    return [v / sum(e) for v in e]


@precisions
def test_losses_of_probabilities_of_classes(dtype, rng):
    loss, brier = with_options("cross_entropy"), over_classes("brier_score")
    for k in rng.integers(2, 9, size=200):
        p = rng.dirichlet(np.full(k, 0.3)).astype(dtype)
        for y in np.flatnonzero(p > np.finfo(dtype).tiny):
            check(loss, surprise, y, p, dtype)
            check(brier, squared_of_classes, y, p, dtype)


@precisions
@pytest.mark.parametrize(
    "offset", [0, 1, 50, 300, -300, 100, -100, 800, -800, 1e4, -1e4]
)
def test_cross_entropy_from_logits(dtype, offset, rng):
    """Right or wrong by any lead, close or far from 0, rounded differences and all."""
    loss, right = with_options("cross_entropy_from_logits"), RIGHT_BY[dtype]
    for _ in range(50):
        k = rng.integers(2, 12)
        lead = rng.uniform(0, right)
        z = offset - lead + rng.normal(size=k) * rng.choice([1e-3, 0.5, 3])
        y = rng.integers(k)
        check(loss, softmax_surprise, (y + 1) % k, z, dtype)
        z[y] = offset
        check(loss, softmax_surprise, y, z, dtype)
        check(loss, softmax_surprise, (y + 1) % k, z, dtype)


@precisions
@pytest.mark.parametrize("top", [-750, -100, -30, -10, -6, 0, 30, 80, 200, 750])
def test_an_unlikely_class_keeps_the_digits_of_its_slope(dtype, top):
    loss, below = with_options("cross_entropy_from_logits"), RIGHT_BY[dtype] - 1
    for y in (0, 1):
        check(loss, softmax_surprise, y, [top, top - 1, top - below], dtype)


@precisions
@pytest.mark.parametrize("k", [63, 64, 2000])
def test_cross_entropy_from_logits_of_many_classes(dtype, k, rng):
    loss = with_options("cross_entropy_from_logits")
    for lead in (0, 10, 40, 75):
        z = rng.normal(size=k)
        z[3] += lead
        check(loss, softmax_surprise, 3, z, dtype)


@precisions
@pytest.mark.parametrize(
    ("variant", "truth"),
    [("crammer_singer", strongest_rival), ("weston_watkins", all_rivals)],
)
def test_multiclass_hinge(variant, truth, dtype, rng):
    """Near the kink too, where the difference of two scores has been rounded."""
    loss = with_options("multiclass_hinge", variant=variant)
    for _ in range(300):
        k = rng.integers(2, 9)
        s, y = spread(rng, k), rng.integers(k)
        check(loss, truth, y, s, dtype)
        s = rng.normal(size=k)
        s[y] = s.max() + 1 - 10 ** rng.uniform(-12, 0)
        check(loss, truth, y, s, dtype)


@precisions
@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_soft_labels_are_right_to_their_largest_term(dtype, smoothing, rng):
    for _ in range(100):
        k = rng.integers(2, 9)
        y = rng.dirichlet(np.ones(k)).astype(dtype)
        z = (rng.choice([1, 10, 100]) * rng.normal(size=k)).astype(dtype)
        options = {"label_smoothing": smoothing}
        value, gradient = losses.cross_entropy_from_logits_and_grad([y], [z], **options)

        zs, ys = ([exact.mpf(float(v)) for v in array] for array in (z, y))
        t = [(1 - exact.mpf(smoothing)) * v + exact.mpf(smoothing) / int(k) for v in ys]
        top = max(zs)
        whole = sum(exact.exp(v - top) for v in zs)
        log_p = [v - top - exact.log(whole) for v in zs]
        terms = [-a * b for a, b in zip(t, log_p, strict=True)]
        tolerance = 4 * TOLERANCE[dtype]
        assert abs(value - sum(terms)) <= tolerance * max(terms)
        for g, a, b in zip(gradient[0].tolist(), t, log_p, strict=True):
            p = sum(t) * exact.exp(b)
            assert abs(g - (p - a)) <= tolerance * max(p, a) * max(1, abs(top))


# --- embeddings: to the largest of what is compared ----------------------------------


def distance(a, b):
    return exact.sqrt(sum((x - y) ** 2 for x, y in zip(a, b, strict=True)))


def as_exact(rows):
    return [[exact.mpf(float(v)) for v in row] for row in rows]


def embeddings(rng, dtype, arrays):
    """Rows of all lengths, from close together to far apart."""
    centre, spread_ = 10 ** rng.uniform(-3, 3, 2)
    rows = centre * rng.normal(size=7) + spread_ * rng.normal(size=(arrays, 7))
    return rows.astype(dtype)


def assert_close(got, truth, allowed):
    for g, t in zip(np.ravel(got).tolist(), np.ravel(truth), strict=True):
        assert abs(exact.mpf(g) - t) <= allowed


@precisions
def test_contrastive_is_right_to_the_distance_or_the_margin(dtype, rng):
    digits = 4 * TOLERANCE[dtype]
    for _ in range(200):
        rows, margin = embeddings(rng, dtype, 2), float(10 ** rng.uniform(-3, 3))
        a, b = as_exact(rows)
        d, m = distance(a, b), exact.mpf(margin)
        given, lacking = (rows[:1], rows[1:]), max(0, m - d)

        for label, loss, pull in ((1, d**2 / 2, d), (0, lacking**2 / 2, -lacking)):
            value = losses.contrastive([label], *given, margin=margin)
            slopes = losses.contrastive_grad([label], *given, margin=margin)
            off, size = abs(pull), d if label else max(d, m)
            assert abs(value - loss) <= digits * off * size
            truth = [pull * (x - y) / d for x, y in zip(a, b, strict=True)]
            assert_close(slopes[0], truth, digits * size)
            assert_close(slopes[1], [-v for v in truth], digits * size)


@precisions
def test_triplet_is_right_to_the_larger_distance_or_the_margin(dtype, rng):
    digits = 4 * TOLERANCE[dtype]
    for _ in range(200):
        rows, margin = embeddings(rng, dtype, 3), float(10 ** rng.uniform(-3, 3))
        a, p, n = as_exact(rows)
        near, far, m = distance(a, p), distance(a, n), exact.mpf(margin)
        size = digits * max(near, far, m)
        given = [row[None] for row in rows]

        lacking = near - far + m
        assert abs(losses.triplet(*given, margin=margin) - max(0, lacking)) <= size
        if abs(lacking) > size:
            slopes = losses.triplet_grad(*given, margin=margin)
            on = int(lacking > 0)
            to_p = [on * (x - y) / near for x, y in zip(a, p, strict=True)]
            to_n = [on * (x - y) / far for x, y in zip(a, n, strict=True)]
            both = [x - y for x, y in zip(to_p, to_n, strict=True)]
            truth = [both, [-v for v in to_p], to_n]
            for got, wanted in zip(slopes, truth, strict=True):
                assert_close(got, wanted, digits)


def cosines(queries, keys):
    """The directions, and how alike they are."""
    units = [[[v / length(row) for v in row] for row in a] for a in (queries, keys)]
    return *units, [
        [sum(x * y for x, y in zip(u, v, strict=True)) for v in units[1]]
        for u in units[0]
    ]


def length(row):
    return exact.sqrt(sum(v**2 for v in row))


@precisions
@pytest.mark.parametrize("temperature", [0.02, 0.1, 1, 20])
def test_info_nce_is_right_to_the_precision_over_the_temperature(
    temperature, dtype, rng
):
    """A loss of 1e-20 too, of a batch that is told apart well."""
    digits, tau = 8 * TOLERANCE[dtype] * max(1, 1 / temperature), exact.mpf(temperature)
    for _ in range(20):
        n = int(rng.integers(2, 6))
        keys = 10 ** rng.uniform(-2, 2, (n, 1)) * rng.normal(size=(n, 5))
        off = rng.choice([0.01, 1]) * np.linalg.norm(keys, axis=1, keepdims=True)
        queries = (keys + off * rng.normal(size=(n, 5))).astype(dtype)
        keys = keys.astype(dtype)
        q, k = as_exact(queries), as_exact(keys)
        u, v, alike = cosines(q, k)
        shares, values = [], []
        for i, row in enumerate(alike):
            e = [exact.exp((s - row[i]) / tau) for s in row]
            rest = sum(x for j, x in enumerate(e) if j != i)
            values.append(exact.log1p(rest))
            shares.append([x / (1 + rest) for x in e])
            shares[i][i] = -rest / (1 + rest)

        got = losses.info_nce(
            queries, keys, temperature=temperature, reduction="none"
        ).tolist()
        for g, t in zip(got, values, strict=True):
            assert abs(g - t) <= digits * t
        grads = losses.info_nce_grad(
            queries, keys, temperature=temperature, reduction="sum"
        )
        turned = [list(column) for column in zip(*shares, strict=True)]
        for got, own, lengths, others, pulls in (
            (grads[0], u, q, v, shares),
            (grads[1], v, k, u, turned),
        ):
            for i, row in enumerate(got):
                pull = [
                    sum(pulls[i][j] * others[j][c] for j in range(n)) / tau
                    for c in range(5)
                ]
                along = sum(x * y for x, y in zip(pull, own[i], strict=True))
                size = sum(map(abs, pulls[i])) / tau / length(lengths[i])
                truth = [
                    (x - along * y) / length(lengths[i])
                    for x, y in zip(pull, own[i], strict=True)
                ]
                assert_close(row, truth, digits * size)
