"""Key of the assignment on losses with a margin."""

from functools import partial

import numpy as np

from classroom.checks import Check
from lossbook import hinge, squared_hinge
from lossbook.datasets import spambase
from lossbook.exercises.cases import Case, signed_scores
from lossbook.exercises.checkers import FunctionChecker, ValueChecker
from lossbook.exercises.mistakes import Mistake, common


def each_smooth_hinge(margins):
    lack = 1 - margins
    return np.select([lack <= 0, lack < 1], [0, lack**2 / 2], lack - 0.5)


def smooth_hinge(y, scores):
    return each_smooth_hinge(y * scores).mean()


def smooth_hinge_grad(y, scores):
    return -y * np.minimum(np.maximum(1 - y * scores, 0), 1) / len(y)


def ranking_hinge(y, scores):
    pairs = [(p, q) for p in scores[y > 0] for q in scores[y < 0]]
    return np.mean([max(0.0, 1 - (p - q)) for p, q in pairs])


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


def _both_labels(rng):
    cases = []
    for n in (2, 4, 6, 30):
        y = rng.permutation(np.resize([-1, 1], n))
        cases.append(Case((y, rng.integers(-30, 31, n) / 10)))
    return [*cases, Case(_mostly_in_order(rng, y))]


def _uneven(rng):
    cases = []
    for n, label in [(3, 1), (4, -1), (9, 1), (40, -1)]:
        y = np.full(n, -label)
        y[rng.integers(n)] = label
        scores = rng.integers(-30, 31, n) / 10
        cases.append(Case((y, scores), "classes of different sizes"))
    return [*cases, Case(_mostly_in_order(rng, y), "classes of different sizes")]


def _mostly_in_order(rng, y):
    """On average the lead is above 1, and some pairs are charged all the same."""
    return y, 1.5 * y + rng.integers(-25, 26, len(y)) / 10


def _points(rng):
    cases = []
    for n, l2, rate, steps in [(3, 0.0, 0.1, 1), (4, 0.5, 0.2, 3), (30, 0.1, 0.5, 20)]:
        y = rng.permutation(np.resize([-1, 1, 1], n))
        x = (rng.normal(size=(n, 2)) + 0.5 * y[:, np.newaxis]).round(2)
        cases.append(Case((x, y, l2, rate, steps)))
    return cases


SMOOTH_MISTAKES = (
    common.sum_for_mean(smooth_hinge),
    common.averaged_twice(smooth_hinge),
    common.wrong_sign(smooth_hinge),
    Mistake(
        "plain hinge",
        lambda y, scores: hinge(y, scores),
        "That is the plain hinge loss, with its corner.",
    ),
    Mistake(
        "squared hinge",
        lambda y, scores: squared_hinge(y, scores),
        "That is the squared hinge. Here the square is halved, and below a margin of 0 "
        "the loss goes on straight.",
    ),
    Mistake(
        "square everywhere",
        lambda y, scores: squared_hinge(y, scores) / 2,
        "Right inside the margin. Below a margin of 0 the loss goes on straight, as "
        "½ − m.",
    ),
    Mistake(
        "label ignored",
        lambda y, scores: smooth_hinge(np.ones(len(y)), scores),
        "The label is missing: the margin is label times score.",
    ),
    Mistake(
        "difference for product",
        lambda y, scores: each_smooth_hinge(y - scores).mean(),
        "You subtract the score from the label. The margin is their product.",
    ),
)
SLOPE_MISTAKES = (
    common.gradient_of_the_sum(smooth_hinge_grad),
    common.wrong_sign(
        smooth_hinge_grad,
        "All slopes have the wrong sign. A higher score makes the loss of a label +1 "
        "smaller.",
    ),
    Mistake(
        "slope in the margin",
        lambda y, scores: y * smooth_hinge_grad(y, scores),
        "That is the slope in the margin. The score reaches the loss by way of margin "
        "= label times score, so the label stands in front.",
    ),
    Mistake(
        "unbounded",
        lambda y, scores: -y * np.maximum(1 - y * scores, 0) / len(y),
        "Right inside the margin. Below a margin of 0 the loss is straight: its slope "
        "no longer grows.",
    ),
    Mistake(
        "of the hinge",
        lambda y, scores: -y * (y * scores < 1) / len(y),
        "That is the slope of the plain hinge. Inside the margin this one grows bit "
        "by bit.",
    ),
)
RANKING_MISTAKES = (
    Mistake(
        "sum over pairs",
        lambda y, scores: ranking_hinge(y, scores) * np.sum(y > 0) * np.sum(y < 0),
        "You added up the pairs. Their mean is asked for.",
    ),
    Mistake(
        "divided by the examples",
        lambda y, scores: (
            ranking_hinge(y, scores) * (np.sum(y > 0) * np.sum(y < 0) / len(y))
        ),
        "You divided by the number of examples. The mean is over pairs, and there are "
        "more of them.",
    ),
    Mistake(
        "order turned",
        lambda y, scores: ranking_hinge(-y, scores),
        "You charge pairs that are in order. The example with label +1 should have "
        "the higher score.",
    ),
    Mistake(
        "of the means",
        lambda y, scores: max(0, 1 - scores[y > 0].mean() + scores[y < 0].mean()),
        "You compared the two mean scores. Every pair is charged by itself.",
    ),
    Mistake(
        "without the margin",
        lambda y, scores: np.mean(
            np.maximum(0, scores[y < 0][:, np.newaxis] - scores[y > 0])
        ),
        "You charge only pairs in the wrong order. A lead below 1 is charged as well.",
    ),
    Mistake(
        "negative charges",
        lambda y, scores: 1 - scores[y > 0].mean() + scores[y < 0].mean(),
        "A pair in order by more than 1 costs 0, and earns nothing: the maximum with 0 "
        "is missing.",
    ),
)
BORDER_MISTAKES = (
    Mistake(
        "uphill",
        lambda x, y, l2, rate, steps: fit_border(x, y, l2, -rate, steps),
        "You step uphill. Subtract the slope.",
    ),
    Mistake(
        "sum for mean",
        lambda x, y, l2, rate, steps: fit_border(
            x, y, l2, rate, steps, grad=lambda y, s: len(y) * smooth_hinge_grad(y, s)
        ),
        "You follow the slope of the summed losses. The loss is their mean.",
    ),
    Mistake(
        "penalty forgotten",
        lambda x, y, l2, rate, steps: fit_border(x, y, 0, rate, steps),
        "The penalty is missing: its slope is `l2` times `w`.",
    ),
    Mistake(
        "penalty doubled",
        lambda x, y, l2, rate, steps: fit_border(x, y, 2 * l2, rate, steps),
        "The penalty has ½ in front, so its slope is `l2` times `w`, without a 2.",
    ),
    Mistake(
        "bias penalised",
        lambda x, y, l2, rate, steps: fit_border(x, y, l2, rate, steps, True),
        "You penalise the bias, too. The penalty is on `w` alone.",
    ),
    Mistake(
        "of the hinge",
        lambda x, y, l2, rate, steps: fit_border(
            x, y, l2, rate, steps, grad=lambda y, s: -y * (y * s < 1) / len(y)
        ),
        "That is the border of the plain hinge.",
    ),
)

MAILS = spambase()
SCORES = 2 * MAILS["freq_exclamation"] + 3 * MAILS["freq_000"] - 0.7
MARGINS = np.where(MAILS["is_spam"] == 1, 1, -1) * SCORES
WRONG, FREE = np.mean(MARGINS <= 0), np.mean(MARGINS >= 1)
INSIDE = 1 - WRONG - FREE


def _share(right):
    """A share with three digits after the point."""
    named = (
        ("inside and free", INSIDE + FREE, "That is the share on the right side."),
        ("wrong", WRONG, "That is the share on the wrong side."),
        ("inside", INSIDE, "That is the share inside the margin, on the right side."),
        ("free", FREE, "That is the share beyond the margin."),
        ("all that pay", WRONG + INSIDE, "That is the share of all who pay."),
        ("percent", 100 * right, "That is in percent. A share lies between 0 and 1."),
        (
            "count",
            len(MARGINS) * right,
            "That is a number of mails. Divide it by that of all.",
        ),
    )
    mistakes = [
        Mistake(name, lambda margins, value=value: value, message)
        for name, value, message in named
        if value != right
    ]
    return ValueChecker(
        inputs=(MARGINS,),
        right=lambda margins: right,
        tolerance=0.0006,
        mistakes=tuple(mistakes),
    )


_SMOOTH = partial(
    FunctionChecker,
    arguments=("y", "scores"),
    right=smooth_hinge,
    mistakes=SMOOTH_MISTAKES,
)
_RANKING = partial(
    FunctionChecker,
    arguments=("y", "scores"),
    right=ranking_hinge,
    mistakes=RANKING_MISTAKES,
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
    "ranking_plain": Check("ranking_hinge", _RANKING(draw=_both_labels)),
    "ranking_uneven": Check("ranking_hinge", _RANKING(draw=_uneven)),
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
    "share_wrong_right": Check("share_wrong", _share(WRONG)),
    "share_inside_right": Check("share_inside", _share(INSIDE)),
    "share_free_right": Check("share_free", _share(FREE)),
}
