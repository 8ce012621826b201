"""What the properties of a loss are measured to be, from its values and slopes alone.

Each function says of a loss the word that `lossbook.properties` must have, or raises
AssertionError where a word does not fit.
"""

from functools import cache
from itertools import product

import numpy as np

from lossbook import curves
from lossbook.link_functions import log_softmax, sigmoid, softmax
from tests.helpers import draw, in_one_array, keeps_sums, split, with_options

# Options under which a word has to fit; without an entry, the defaults.
OPTIONS = {
    "huber": [{"delta": 0.5}, {"delta": 2.0}],
    "quantile": [{"level": 0.2}, {"level": 0.9}],
    "focal": [{"gamma": 0.5}, {"gamma": 2.0}],
}
# A skewed distribution of numbers, and its weights, which no two of the words share.
NUMBERS = np.array([-1.0, -0.8, -0.3, 0.1, 0.9, 2.0, 4.0])
COUNTS = np.array([0.0, 1.0, 2.0, 3.0, 5.0, 9.0, 14.0])
WEIGHTS = np.array([0.19, 0.16, 0.14, 0.23, 0.11, 0.09, 0.08])
CHANCES = (0.13, 0.35, 0.45, 0.58, 0.81)
SHARES = ((0.6, 0.25, 0.15), (0.2, 0.1, 0.7), (0.4, 0.35, 0.25), (0.3, 0.28, 0.42))
CLOSE = 1e-4


def variants(loss):
    """The loss with each of its options."""
    return [with_options(loss.key, **o) for o in OPTIONS.get(loss.key, [])] or [loss]


def option(loss, name):
    """The value of an option of a variant."""
    return getattr(loss.value, "keywords", {}).get(name)


def lowest(cost, *ends, points=33, rounds=9):
    """Where a cost is lowest in a box, by a grid that closes in on the best place."""
    low, high = (np.array(side, dtype=float) for side in zip(*ends, strict=True))
    first, last = low, high
    for _ in range(rounds):
        lines = [np.linspace(a, b, points) for a, b in zip(low, high, strict=True)]
        grid = np.array(list(product(*lines)))
        best = grid[np.argmin(cost(grid))]
        reach = (high - low) / points * 2
        low, high = np.maximum(first, best - reach), np.minimum(last, best + reach)
    return best


def mean_cost(loss, labels, weights, x):
    """What each prediction costs on average over the labels."""
    costs = (
        w * loss.value(np.repeat(np.asarray(y)[None], len(x), 0), x, reduction="none")
        for y, w in zip(labels, weights, strict=True)
    )
    return sum(costs)


def best_number(loss, numbers, weights):
    """The prediction that costs least for targets of that distribution."""
    if loss.outputs > 1:
        ends = ((-2, 15), (-3, 6))
        return lowest(lambda x: mean_cost(loss, numbers, weights, x), *ends)
    low, high = {"rates": (0.01, 15), "log_rates": (-4, 4)}.get(loss.reads, (-2, 15))
    cost = lambda x: mean_cost(loss, numbers, weights, x[:, 0])  # noqa: E731
    return lowest(cost, (low, high))[0]


@cache
def best_for_two(loss, q):
    """The best prediction where the first of two outcomes has the chance q."""
    if loss.labels == "rewards":  # the lead of the first answer
        zero = np.zeros

        def cost(x):
            lead = x[:, 0]
            wins = loss.value(lead, zero(len(x)), reduction="none")
            return q * wins + (1 - q) * loss.value(zero(len(x)), lead, reduction="none")

        return lowest(cost, (-6, 6))[0]
    if loss.inputs:
        return best_of_embeddings(loss, q)
    low = 0 if loss.labels == "0/1" else -1
    ends = (0, 1) if loss.reads == "probs" else (-8, 8)
    cost = lambda x: mean_cost(loss, (1, low), (q, 1 - q), x[:, 0])  # noqa: E731
    return lowest(cost, ends)[0]


def best_of_embeddings(loss, q):
    """The best distance, difference of distances, or similarity."""
    if loss.key == "contrastive":

        def cost(x):
            pair = np.zeros_like(x), x
            return sum(
                w * loss.value(np.full(len(x), y), *pair, reduction="none")
                for y, w in ((1, q), (0, 1 - q))
            )

        return lowest(cost, (0, 3))[0]
    own = lambda x: curves.heights(loss, x[:, 0])  # noqa: E731
    ends = (-3, 3) if loss.key == "triplet" else (-1, 1)
    cost = lambda x: q * own(x) + (1 - q) * own(-x)  # noqa: E731
    return lowest(cost, ends)[0]


@cache
def best_for_three(loss, shares):
    """The best logits, scores or probabilities of three classes, less the mean."""
    if loss.labels == "logits":
        labels, weights = [np.log(shares)], [1.0]
    else:
        labels, weights = [0, 1, 2], shares

    def given(x):
        rows = np.column_stack([x, np.zeros(len(x))])
        return softmax(rows) if loss.reads == "probs" else rows

    cost = lambda x: mean_cost(loss, labels, weights, given(x))  # noqa: E731
    best = given(lowest(cost, (-3, 3), (-3, 3))[None])[0]
    return best if loss.reads == "probs" else best - best.mean()


PIXELS = np.array(list(product([0, 1], repeat=3)))
REGIONS = np.array(list(product(np.linspace(0, 1, 11), repeat=3)))


def regions(loss):
    """For some distributions over regions: the share of each pixel, and the best."""
    rng = np.random.default_rng(3)
    for _ in range(12):
        weights = rng.dirichlet(np.full(len(PIXELS) - 1, 0.5))
        best = REGIONS[mean_cost(loss, PIXELS[1:], weights, REGIONS).argmin()]
        yield weights @ PIXELS[1:], best


def stated(loss, truth):
    """The probabilities that the best prediction states where `truth` holds."""
    if len(truth) == 3:
        best = best_for_three(loss, tuple(truth))
        return best if loss.reads == "probs" else softmax(best[None])[0]
    best = best_for_two(loss, truth[0])
    if loss.inputs:  # its key is as near as the other is far, at a temperature of 0.1
        best = sigmoid([2 * best / 0.1])[0]
    elif loss.reads != "probs":
        best = sigmoid([best])[0]
    return np.array([best, 1 - best])


def truths(loss):
    """Some true probabilities of what the loss is about."""
    of_three = loss.labels in ("classes", "logits")
    return (
        [np.array(s) for s in SHARES]
        if of_three
        else [np.array([q, 1 - q]) for q in CHANCES]
    )


# --- the prediction that costs least ------------------------------------------


def mean_of(numbers, weights):
    return numbers @ weights / weights.sum()


def balance(pull, numbers, weights):
    """Where pulls of all targets add up to nothing."""
    low, high = numbers.min(), numbers.max()
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (
            (middle, high) if weights @ pull(numbers - middle) > 0 else (low, middle)
        )
    return low


def quantile_of(level, numbers, weights):
    return numbers[np.searchsorted(np.cumsum(weights) / weights.sum(), level)]


def fits(word, loss):
    """AssertionError unless the best prediction is what the word says."""
    for variant in variants(loss):
        FITS[word](variant)


def _number(loss, wanted):
    assert loss.labels in ("numbers", "counts")
    assert loss.outputs == 1
    numbers = COUNTS if loss.labels == "counts" else NUMBERS
    best = best_number(loss, numbers, WEIGHTS)
    best = np.exp(best) if loss.reads == "log_rates" else best
    assert abs(best - wanted(numbers, WEIGHTS)) < CLOSE


def _quantile(loss):
    level = option(loss, "level")
    assert level is not None
    _number(loss, lambda *given: quantile_of(level, *given))


def _m_estimate(loss):
    delta = option(loss, "delta")
    pull = np.tanh if delta is None else lambda error: np.clip(error, -delta, delta)
    _number(loss, lambda *given: balance(pull, *given))


def _mean_and_variance(loss):
    assert loss.outputs == 2
    mean = mean_of(NUMBERS, WEIGHTS)
    variance = mean_of((NUMBERS - mean) ** 2, WEIGHTS)
    best = best_number(loss, NUMBERS, WEIGHTS)
    assert np.allclose(best, (mean, np.log(variance)), atol=CLOSE)


def _probability(loss):
    assert says_chances(loss)
    assert loss.labels not in ("numbers", "counts")
    assert proper(loss) == "yes"


def _flattened(loss):
    assert loss.labels == "0/1"
    assert loss.reads in ("probs", "logits")
    for q, *_ in truths(loss):
        said = stated(loss, (q, 1 - q))[0]
        assert 0.01 < (said - 0.5) / (q - 0.5) < 0.99


def _line(loss):
    assert loss.labels == "-1/+1"
    for q in CHANCES:
        assert abs(best_for_two(loss, q) - (2 * q - 1)) < CLOSE


def _class(loss):
    assert loss.labels == "-1/+1"
    for q in CHANCES:
        assert abs(best_for_two(loss, q) - np.sign(q - 0.5)) < CLOSE


def _majority(loss):
    assert loss.labels == "classes"
    assert loss.reads == "scores"
    for shares in SHARES:
        best = np.sort(best_for_three(loss, shares))
        leads = max(shares) > 0.5
        assert abs(best[-1] - best[-2] - leads) < CLOSE
        assert leads or np.allclose(best, 0, atol=CLOSE)


def _region(loss):
    assert loss.labels == "regions"
    for _, best in regions(loss):
        assert (~np.isin(best, (0, 1))).sum() <= 1


def _distance(loss):
    assert loss.labels == "pairs"
    for q in CHANCES:
        assert abs(best_for_two(loss, q) - (1 - q)) < CLOSE


def _order(loss):
    assert loss.key == "triplet"  # the only one that compares two distances
    for q in CHANCES:
        assert abs(best_for_two(loss, q) - np.sign(0.5 - q)) < CLOSE


FITS = {
    "mean": lambda loss: _number(loss, mean_of),
    "median": lambda loss: _number(loss, lambda *given: quantile_of(0.5, *given)),
    "quantile": _quantile,
    "M-estimate": _m_estimate,
    "mean and variance": _mean_and_variance,
    "probability": _probability,
    "flattened probability": _flattened,
    "2q − 1": _line,
    "class": _class,
    "majority class": _majority,
    "region": _region,
    "distance": _distance,
    "order": _order,
}

# --- the slope ------------------------------------------------------------------


def slopes_far_away(loss):
    """For each way to be wrong, slopes at misses each twice or ten times as large."""
    far, near = 10.0 * 2.0 ** np.arange(5), 10.0 ** -np.arange(2.0, 8.0)
    ways = {
        "y_pred": [far, -far],
        "mean_and_log_variance": [far, -far],
        "log_rates": [far, -far],
        "rates": [far, near],
        "probs": [near],
        "logits": [-far, far] if loss.labels == "logits" else [-far],
        "scores": [-far],
        "rejected": [far],
    }
    if loss.inputs:
        towards = {"contrastive": far, "triplet": far, "info_nce": -1 + near}
        xs = towards[loss.key]
        step = 1e-3 * np.minimum(1, 1 + xs) if loss.key == "info_nce" else 1e-3
        rise = curves.heights(loss, xs + step) - curves.heights(loss, xs - step)
        # The other key goes as far the other way: half of the slope is its own.
        yield rise / (2 * step) / (2 if loss.key == "info_nce" else 1)
        return
    y_true = 0 if loss.labels in ("numbers", "rewards") else 1
    for xs in ways[loss.reads]:
        yield curves.sampled(loss, y_true, xs)[1]


def slope(loss):
    """How the slope goes on where it is steepest, and where it ends."""
    ways = [abs(slopes) for slopes in slopes_far_away(loss)]
    steepest = max(ways, key=lambda slopes: slopes[-1])
    ratio = steepest[-1] / steepest[-2]
    if ratio > 1.5:
        return "grows", None
    if ratio < 0.9:
        return "fades", None
    return "levels off", float(steepest[-1])


def is_smooth(loss):
    """Whether the slope jumps nowhere, on lines through all that is equal and others.

    Of each line the place is looked for where the slope changes most, closer and
    closer: a change that stays is a jump.
    """
    rng, loss = np.random.default_rng(5), in_one_array(loss)
    return all(jump(loss, *line) < 1e-3 for line in lines(loss, rng))


def lines(loss, rng):
    """Lines through the predictions: labels, where each begins and where it ends."""
    for _ in range(10):
        y, x = draw(loss, rng)
        if loss.reads in ("probs", "rates"):
            yield y, x, np.clip(x + 0.04 * rng.normal(size=x.shape), 0.02, None), True
            continue
        yield y, x, x[::-1] * 2, False
    if loss.inputs:  # so that the first two change places, and meet on the way
        for _ in range(10):
            y, x = draw(loss, rng)
            one, other, *rest = split(x, len(loss.inputs))
            yield y, x, np.hstack([other, one, *rest]) + 1, False


def jump(loss, y, start, end, between):
    """The largest change of the slope along a line, as a closer look leaves it."""
    if keeps_sums(loss):
        end = end / end.sum(axis=1, keepdims=True)
    elif between and loss.reads == "probs":
        end = np.minimum(end, 0.98)

    def slopes(at):
        return loss.grad(y, start + at * (end - start), reduction="sum")

    low, high, width = 0.0, 1.0, 64
    for _ in range(9):
        places = np.linspace(low, high, width + 1)
        found = np.array([slopes(at).ravel() for at in places])
        changes = abs(np.diff(found, axis=0)).max(axis=1)
        worst = int(changes.argmax())
        low, high, width = places[worst], places[worst + 1], 8
    return changes.max() / (1 + abs(found).max())


def convex(loss):
    """In what it is convex, by the middle of many pairs of predictions."""
    if not bends_up(loss, lambda x: x, loss.reads):
        return "no"
    if loss.link is None:
        return "yes"
    behind = {
        "exp": np.exp,
        "sigmoid": lambda z: sigmoid(z),
        "softmax": lambda z: np.exp(log_softmax(z)),
    }[loss.link]
    return "yes" if bends_up(loss, behind, "logits") else "in what it reads"


def bends_up(loss, given, reads):
    """Whether halfway between any two predictions no example costs more than halfway.

    Of losses of a whole batch, the batch.
    """
    rng, loss = np.random.default_rng(7), in_one_array(loss)
    for _ in range(150):
        y, x = draw(loss, rng)
        a, b = x, draw(loss, rng)[1]
        if reads != loss.reads:
            a, b = 3 * rng.normal(size=x.shape), 3 * rng.normal(size=x.shape)
        reduction = "sum" if loss.is_joint else "none"
        one, middle, other = (
            loss.value(y, given(at), reduction=reduction) for at in (a, (a + b) / 2, b)
        )
        if np.any(middle > (one + other) / 2 + 1e-9):
            return False
    return True


# --- chances and decisions --------------------------------------------------------


def says_chances(loss):
    """Whether what it reads states probabilities, as such, as logits or as rates."""
    kinds = ("probs", "logits", "rejected", "rates", "log_rates")
    return loss.is_joint or loss.outputs > 1 or loss.reads in kinds


def proper(loss):
    """Whether the true probabilities cost least on average."""
    if not says_chances(loss):
        return "no probability"
    if loss.labels == "numbers":
        places, weights = np.polynomial.hermite_e.hermegauss(24)
        true = 0.7 + 1.5 * places, weights / weights.sum()
        wanted = np.array([0.7, np.log(1.5**2)])
        right = np.allclose(best_number(loss, *true), wanted, atol=CLOSE)
    elif loss.labels == "counts":
        counts = np.arange(60.0)
        logs = counts * np.log(3.7) - np.cumsum(np.log(np.maximum(counts, 1)))
        weights = np.exp(logs - logs.max())
        best = best_number(loss, counts, weights / weights.sum())
        best = np.exp(best) if loss.reads == "log_rates" else best
        right = abs(best - 3.7) < CLOSE
    elif loss.labels == "regions":
        right = all(np.allclose(best, q, atol=0.05) for q, best in regions(loss))
    else:
        right = all(
            np.allclose(stated(loss, truth), truth, atol=CLOSE)
            for truth in truths(loss)
        )
    return "yes" if right else "no"


def consistent(loss, named):
    """Whether its best prediction decides right; of numbers, is what `named` says."""
    if loss.labels in ("numbers", "counts"):
        fits(named, loss)
        return "yes"
    return "yes" if all(decides(loss)) else "no"


def decides(loss):
    """For some truths, whether the best prediction takes what is more frequent."""
    if loss.labels == "regions":
        for shares, best in regions(loss):
            yield ((best > 0.5) == (shares > 0.5)).all()
    elif loss.labels in ("classes", "logits"):
        for shares in SHARES:
            best = best_for_three(loss, shares)
            first, second = np.sort(best)[::-1][:2]
            yield first - second > CLOSE and best.argmax() == np.argmax(shares)
    else:
        for q in CHANCES:
            best = best_for_two(loss, q)
            if loss.labels == "pairs":
                yield (best < 0.5) == (q > 0.5)
            elif loss.key == "triplet":
                yield (best < 0) == (q > 0.5)
            else:
                between = 0.5 if loss.reads == "probs" else 0
                yield (best > between) == (q > 0.5)
