"""What answers around the hinge loss are tried on."""

from dataclasses import replace

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from ...datasets import spambase, standardise
from ..engine.cases import Case, signed_scores

HALFWAY = "an email that leaves the strip when only one of `w` and `b` has moved"
AT_THE_KINK = "a margin of exactly 1"
ONE_CLASS = "examples that all have the same label"
FEATURES = ("capital_run_total", "freq_dollar", "freq_exclamation")  # for small cases
# What an email can be, by its margin m, which is never near the kink or the boundary,
# and by its margin without the bias.
KINDS = {
    "far wrong": lambda m, unbiased: m < -1.1,
    "wrong": lambda m, unbiased: (m > -0.9) & (m < -0.1),
    "close": lambda m, unbiased: (m > 0.1) & (m < 0.9),
    "safe": lambda m, unbiased: m > 1.1,
    "safe by the bias": lambda m, unbiased: (m > 1.1) & (unbiased < 0.9),
}
SMALL = (("close",), ("far wrong", "safe"), ("close", "wrong", "safe by the bias"))


def labels_and_scores(rng: Generator) -> list[Case]:
    """Mixed labels and one label only; scores that pay, and that have more than enough.

    In one case what is missing is below zero on average.
    """
    cases = [
        replace(case, about=ONE_CLASS if len(case.inputs[0]) == 1 else "")
        for case in signed_scores(rng)
    ]
    for label in rng.permutation([-1, 1]):
        far, short, wrong = rng.integers([15, 2, -30], [30, 9, -2]) / 10
        y = np.array([label])
        cases.append(Case((y, y * rng.choice([short, wrong])), ONE_CLASS))
        y = np.full(3, label)
        cases.append(Case((y, y * rng.permutation([far, short, wrong])), ONE_CLASS))
    y = 2 * rng.permutation(2) - 1
    margins = rng.integers([25, 3], [30, 7]) / 10
    return [*cases, Case((y, y * margins))]


def columns_and_scores(rng: Generator) -> list[Case]:
    """The same, with the labels 0 and 1."""
    drawn = [(case.inputs, case.about) for case in labels_and_scores(rng)]
    return [Case(((y + 1) // 2, scores), about) for (y, scores), about in drawn]


def with_the_kink(rng: Generator) -> list[Case]:
    """With margins of exactly 1, for either label."""
    y = np.append(2 * rng.permutation(2) - 1, rng.choice([-1, 1], 3))
    scores = y * np.append([1, 1], rng.integers(2, 9, 3) / 10)
    return [*signed_scores(rng), Case((y, scores), AT_THE_KINK)]


def models_and_mails(rng: Generator) -> list[Case]:
    """Weights, bias, emails and labels of Spambase."""
    many = rng.permutation(8 * list(KINDS))
    return [
        *(Case(_some_mails(rng, FEATURES, kinds)) for kinds in SMALL),
        Case(_some_mails(rng, _all_features(), many)),
    ]


def with_mails_on_the_edge(rng: Generator) -> list[Case]:
    """One more, of halves and quarters, so that margins can be exactly 1."""
    w = rng.choice([-1, 1], 2) * [0.5, 1]
    b = rng.choice([-0.5, 0.5])
    y = np.append(2 * rng.permutation(2) - 1, rng.choice([-1, 1]))
    first = rng.integers(-4, 5, 3) / 2
    margin = np.array([1, 1, 1.5])
    x = np.column_stack([first, (y * margin - b - w[0] * first) / w[1]])
    return [*models_and_mails(rng), Case((w, b, x, y), AT_THE_KINK)]


def with_a_penalty(rng: Generator) -> list[Case]:
    """Models and emails, and how much the weights cost."""
    penalties = rng.permutation([0.1, 0.2, 0.5, 1.0])
    cases = models_and_mails(rng)
    return [
        Case((*c.inputs, l2)) for c, l2 in zip(cases, penalties.tolist(), strict=True)
    ]


def with_a_step(rng: Generator) -> list[Case]:
    """The same, and a learning rate; once the order of the two steps shows."""
    rates = rng.permutation([0.1, 0.2, 0.5, 1.0]).tolist()
    cases = [case.inputs for case in with_a_penalty(rng)]
    return [
        *(
            Case((*data, rate, l2))
            for (*data, l2), rate in zip(cases, rates, strict=True)
        ),
        _just_inside_the_strip(rng),
    ]


def _just_inside_the_strip(rng: Generator) -> Case:
    """An email that either half of a step takes out of the strip, and another one."""
    label = int(rng.choice([-1, 1]))
    x = label * np.array([[1.0, 0.5], [0.4, -0.8]])
    y = np.array([label, label])
    return Case((np.array([0.6, 0.4]), 0.1 * label, x, y, 0.5, 0.2), HALFWAY)


def _some_mails(
    rng: Generator, features: tuple[str, ...], kinds: tuple[str, ...]
) -> tuple[NDArray, float, NDArray, NDArray]:
    """A model between start and end of its training, and an email of each kind."""
    mails = spambase()
    logs = np.log(mails.matrix(*features) + 0.1)
    mean, scale = standardise(logs)
    x, y = ((logs - mean) / scale).round(2), 2 * mails["is_spam"] - 1
    m = len(features)
    w = rng.choice([-1, 1], m) * rng.integers(4, 12, m) / 10
    b = float(rng.choice([-1, 1]) * rng.integers(3, 7) / 10)
    margins = y * (x @ w + b), y * (x @ w)
    rows = [rng.choice(np.flatnonzero(KINDS[kind](*margins))) for kind in kinds]
    return w, b, x[rows], y[rows]


def _all_features() -> tuple[str, ...]:
    return tuple(name for name in spambase().columns if name != "is_spam")
