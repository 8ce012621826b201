"""Key of the assignment on losses with a margin."""

from functools import partial

import numpy as np

from classroom.checks import Check
from lossbook import hinge, squared_hinge
from lossbook.datasets import spambase
from lossbook.exercises import any_loss
from lossbook.exercises.engine.cases import Case, signed_scores
from lossbook.exercises.engine.checkers import FunctionChecker, ValueChecker
from lossbook.exercises.engine.mistakes import constant, mistake


def each_smooth_hinge(margins):
    lack = 1 - margins
    return np.select([lack <= 0, lack < 1], [0, lack**2 / 2], lack - 0.5)


def smooth_hinge(y, scores):
    return each_smooth_hinge(y * scores).mean()


def smooth_hinge_grad(y, scores):
    return -y * np.minimum(np.maximum(1 - y * scores, 0), 1) / len(y)


def ordinal_hinge(y, scores, borders, *, charge=lambda lead: np.maximum(1 - lead, 0)):
    """The mean over examples; `charge` gives what a lead over a border costs."""
    costs = [
        charge(score - border if place < stars else border - score)
        for stars, score in zip(y, scores, strict=True)
        for place, border in enumerate(borders)
    ]
    return np.sum(costs) / len(y)


def fit_border(x, y, l2, learning_rate, steps, penalise_bias=False, grad=None):
    w, b = np.zeros(x.shape[1]), 0.0
    for _ in range(steps):
        slope = (grad or smooth_hinge_grad)(y, x @ w + b)
        step_b = slope.sum() + l2 * b * penalise_bias
        w, b = w - learning_rate * (x.T @ slope + l2 * w), b - learning_rate * step_b
    return w, b


def _one_part(rng):
    """All examples on one of the three parts, or exactly at a joint."""
    cases = []
    for n in (2, 3, 25):
        y = rng.choice([-1, 1], n)
        away = rng.integers(2, 40, n) / 10
        cases += [
            Case((y, y * (1 + away)), "examples beyond the margin"),
            Case((y, -y * away), "examples on the wrong side"),
            Case((y, y * (away / 5).round(2)), "examples inside the margin"),
            Case((y, y * 1.0), "margins of exactly 1"),
            Case((y, y * 0.0), "scores of exactly 0"),
        ]
    return cases


def _stars(rng):
    """Each number of stars, also with scores that are far on the wrong side."""
    return [
        Case(_hotels(rng, n, k)) for n, k in [(3, 2), (4, 3), (5, 2), (6, 4), (40, 3)]
    ]


def _uneven(rng):
    """Few borders or many, and stars that nobody gave."""
    cases = []
    for n, k, lowest, highest in [
        (2, 1, 0, 1),
        (3, 4, 1, 2),
        (5, 3, 2, 3),
        (30, 6, 0, 4),
    ]:
        y, scores, borders = _hotels(rng, n, k)
        about = "one border" if k == 1 else "stars that nobody gave"
        cases.append(Case((np.clip(y, lowest, highest), scores, borders), about))
    return cases


def _hotels(rng, n, k):
    borders = (
        rng.permutation([0.7, 1.1, 1.8, 2.3, 2.9, 3.4])[:k].cumsum().round(1) - 2.0
    )
    y = rng.permutation(np.resize(rng.permutation(k + 1), n))
    scores = borders[np.minimum(y, k - 1)] + rng.integers(-25, 26, n) / 10 + 0.05
    return y, scores.round(2), borders.round(1)


def _points(rng):
    cases = []
    for n, l2, rate, steps in [(3, 0.0, 0.1, 1), (4, 0.5, 0.2, 3), (30, 0.1, 0.5, 20)]:
        y = rng.permutation(np.resize([-1, 1, 1], n))
        x = (rng.normal(size=(n, 2)) + 0.5 * y[:, np.newaxis]).round(2)
        cases.append(Case((x, y, l2, rate, steps)))
    return cases


@mistake
def plain_hinge(y, scores):
    """That is the plain hinge loss, with its corner."""
    return hinge(y, scores)


@mistake
def squared_hinge_smooth(y, scores):
    """That is the squared hinge. Here the square is halved, and below a margin of 0 the
    loss goes on straight.
    """
    return squared_hinge(y, scores)


@mistake
def square_everywhere(y, scores):
    """Right inside the margin. Below a margin of 0 the loss goes on straight, as ½
    − m.
    """
    return squared_hinge(y, scores) / 2


@mistake
def label_ignored(y, scores):
    """The label is missing: the margin is label times score."""
    return smooth_hinge(np.ones(len(y)), scores)


@mistake
def difference_for_product(y, scores):
    """You subtract the score from the label. The margin is their product."""
    return each_smooth_hinge(y - scores).mean()


SMOOTH_MISTAKES = (
    any_loss.sum_for_mean(smooth_hinge),
    any_loss.averaged_twice(smooth_hinge),
    any_loss.wrong_sign(smooth_hinge),
    plain_hinge,
    squared_hinge_smooth,
    square_everywhere,
    label_ignored,
    difference_for_product,
)


@mistake
def wrong_sign(*inputs):
    """All slopes have the wrong sign. A higher score makes the loss of a label +1
    smaller.
    """
    return -smooth_hinge_grad(*inputs)


@mistake
def slope_in_the_margin(y, scores):
    """That is the slope in the margin. The score reaches the loss by way of margin =
    label times score, so the label stands in front.
    """
    return y * smooth_hinge_grad(y, scores)


@mistake
def unbounded(y, scores):
    """Right inside the margin. Below a margin of 0 the loss is straight: its slope no
    longer grows.
    """
    return -y * np.maximum(1 - y * scores, 0) / len(y)


@mistake
def of_the_hinge(y, scores):
    """That is the slope of the plain hinge. Inside the margin this one grows bit by
    bit.
    """
    return -y * (y * scores < 1) / len(y)


SLOPE_MISTAKES = (
    any_loss.gradient_of_the_sum(smooth_hinge_grad),
    wrong_sign,
    slope_in_the_margin,
    unbounded,
    of_the_hinge,
)


@mistake
def mean_over_borders(y, scores, borders):
    """You took the mean over the borders. What one hotel pays is their sum."""
    return ordinal_hinge(y, scores, borders) / len(borders)


@mistake
def next_borders_only(y, scores, borders):
    """You charge at the two borders beside the right stars only. A score that is far
    off pays at every border that it is on the wrong side of.
    """
    ends = np.array([-np.inf, *borders, np.inf])
    lack = np.maximum(1 - (scores - ends[y]), 0) + np.maximum(
        1 - (ends[y + 1] - scores), 0
    )
    return np.mean(lack)


@mistake
def one_border_too_many(y, scores, borders):
    """You count one border too many below the score: with 0 stars there is none, with
    y stars there are the first y.
    """
    return ordinal_hinge(y + 1, scores, borders)


@mistake
def one_border_too_few(y, scores, borders):
    """You count one border too few below the score. Python numbers them from 0, so the
    first y are those with a number below y.
    """
    return ordinal_hinge(y - 1, scores, borders)


@mistake
def sides_turned(y, scores, borders):
    """The sides are turned round. Above the first y borders the score belongs, and
    below the others.
    """
    return ordinal_hinge(y, -scores, -borders)


@mistake
def without_the_margin(y, scores, borders):
    """You charge only scores on the wrong side. A lead below 1 is charged as well."""
    return ordinal_hinge(y, scores, borders, charge=lambda lead: np.maximum(-lead, 0))


@mistake
def negative_charges(y, scores, borders):
    """A border passed by more than 1 costs 0, and earns nothing: the maximum with 0 is
    missing.
    """
    return ordinal_hinge(y, scores, borders, charge=lambda lead: 1 - lead)


@mistake
def stars_missed(y, scores, borders):
    """You charge for the number of stars that the score is off. At each border what
    counts is how far the score is on the wrong side, or how close.
    """
    given = np.sum(scores[:, np.newaxis] > borders, axis=1)
    return np.mean(np.abs(y - given))


ORDINAL_MISTAKES = (
    any_loss.sum_for_mean(ordinal_hinge),
    any_loss.averaged_twice(ordinal_hinge),
    any_loss.wrong_sign(ordinal_hinge),
    mean_over_borders,
    next_borders_only,
    one_border_too_many,
    one_border_too_few,
    sides_turned,
    without_the_margin,
    negative_charges,
    stars_missed,
)


@mistake
def uphill(x, y, l2, rate, steps):
    """You step uphill. Subtract the slope."""
    return fit_border(x, y, l2, -rate, steps)


@mistake
def sum_for_mean(x, y, l2, rate, steps):
    """You follow the slope of the summed losses. The loss is their mean."""
    return fit_border(
        x, y, l2, rate, steps, grad=lambda y, s: len(y) * smooth_hinge_grad(y, s)
    )


@mistake
def penalty_forgotten(x, y, l2, rate, steps):
    """The penalty is missing: its slope is `l2` times `w`."""
    return fit_border(x, y, 0, rate, steps)


@mistake
def penalty_doubled(x, y, l2, rate, steps):
    """The penalty has ½ in front, so its slope is `l2` times `w`, without a 2."""
    return fit_border(x, y, 2 * l2, rate, steps)


@mistake
def bias_penalised(x, y, l2, rate, steps):
    """You penalise the bias, too. The penalty is on `w` alone."""
    return fit_border(x, y, l2, rate, steps, True)


@mistake
def of_the_hinge_border(x, y, l2, rate, steps):
    """That is the boundary of the plain hinge."""
    return fit_border(
        x, y, l2, rate, steps, grad=lambda y, s: -y * (y * s < 1) / len(y)
    )


BORDER_MISTAKES = (
    uphill,
    sum_for_mean,
    penalty_forgotten,
    penalty_doubled,
    bias_penalised,
    of_the_hinge_border,
)

MAILS = spambase()
COLUMNS = {name: MAILS[name] for name in ("freq_exclamation", "freq_000", "is_spam")}


def variant(draw):
    """The numbers of a rule, and three thousand emails in a row."""
    first = draw.number(0, 1600)
    return {
        "exclamation": draw.number(1, 3, 0.1),
        "zeros": draw.number(2, 6, 0.1),
        "limit": draw.number(0.4, 0.9, 0.05),
        "first": first,
        "last": first + 3000,
    }


def varied(exclamation, zeros, limit, first, last):
    """The checks of what the numbers in the data cell lead to."""
    mails = {name: column[first:last] for name, column in COLUMNS.items()}
    scores = exclamation * mails["freq_exclamation"] + zeros * mails["freq_000"] - limit
    margins = np.where(mails["is_spam"] == 1, 1, -1) * scores
    shares = {
        "wrong": np.mean(margins <= 0),
        "inside": np.mean((margins > 0) & (margins < 1)),
        "free": np.mean(margins >= 1),
        "labels 0 and 1": np.mean(mails["is_spam"] * scores <= 0),
        "one email": 1 / len(margins),
    }
    return {
        f"share_{name}_right": Check(f"share_{name}", _share(name, shares))
        for name in ("wrong", "inside", "free")
    }


def _share(asked, shares):
    """A share with three digits after the point."""
    right, inside, free = shares[asked], shares["inside"], shares["free"]
    named = (
        ("inside and free", inside + free, "That is the share on the right side."),
        ("wrong", shares["wrong"], "That is the share on the wrong side."),
        ("inside", inside, "That is the share inside the margin, on the right side."),
        ("free", free, "That is the share beyond the margin."),
        ("all that pay", shares["wrong"] + inside, "That is the share of all who pay."),
        (
            "labels 0 and 1",
            shares["labels 0 and 1"],
            "The labels must be −1 and +1: with 0, all other emails have the margin 0.",
        ),
        ("percent", 100 * right, "That is in percent. A share lies between 0 and 1."),
        (
            "count",
            right / shares["one email"],
            "That is a number of emails. Divide it by that of all.",
        ),
    )
    return ValueChecker(
        inputs=(),
        right=lambda: right,
        tolerance=0.0006,
        mistakes=tuple(
            constant(name, value, message)
            for name, value, message in named
            if name != asked
        ),
    )


_SMOOTH = partial(
    FunctionChecker,
    arguments=("y", "scores"),
    right=smooth_hinge,
    mistakes=SMOOTH_MISTAKES,
)
_ORDINAL = partial(
    FunctionChecker,
    arguments=("y", "scores", "borders"),
    right=ordinal_hinge,
    mistakes=ORDINAL_MISTAKES,
)

CHECKS = {
    "smooth_hinge_plain": Check("smooth_hinge", _SMOOTH(draw=signed_scores)),
    "smooth_hinge_one_part": Check("smooth_hinge", _SMOOTH(draw=_one_part)),
    "smooth_hinge_grad_right": Check(
        "smooth_hinge_grad",
        FunctionChecker(
            arguments=("y", "scores"),
            right=smooth_hinge_grad,
            draw=signed_scores,
            mistakes=SLOPE_MISTAKES,
        ),
    ),
    "ordinal_plain": Check("ordinal_hinge", _ORDINAL(draw=_stars)),
    "ordinal_uneven": Check("ordinal_hinge", _ORDINAL(draw=_uneven)),
    "fit_border_right": Check(
        "fit_border",
        FunctionChecker(
            arguments=("x", "y", "l2", "learning_rate", "steps"),
            right=fit_border,
            draw=_points,
            parts=("w", "b"),
            mistakes=BORDER_MISTAKES,
        ),
    ),
    **varied(exclamation=2, zeros=3, limit=0.7, first=0, last=4601),
}
