"""What answers around choosing are tried on."""

import numpy as np
from numpy.random import Generator

from ..engine.cases import Case

NOBODY = "alarms that find nobody"


def patients_and_alarms(rng: Generator) -> list[Case]:
    """More alarms than there are ill ones, and fewer; some found, others missed."""
    cases = []
    for healthy, most, many_alarms in [
        (2, 2, True),
        (3, 3, False),
        (5, 4, True),
        (40, 9, True),
        (30, 9, False),
    ]:
        found, few = rng.choice(np.arange(1, most + 1), 2, replace=False)
        more = most + rng.integers(1, 3)
        missed, false = (few, more) if many_alarms else (more, few)
        cases.append(_case(rng, [found, missed, false, healthy]))
    return [*cases, _case(rng, [0, 2, 1, 3], NOBODY)]


def _case(rng: Generator, counts: list[int], about: str = "") -> Case:
    order = rng.permutation(sum(counts))
    ill = np.repeat([1, 1, 0, 0], counts)[order]
    alarm = np.repeat([1, 0, 1, 0], counts)[order]
    return Case((ill, alarm), about)


def risks_and_costs(rng: Generator) -> list[Case]:
    """No risk is exactly at the threshold, where both decisions cost the same."""
    cases = []
    for n, missed, false in [(3, 10, 1), (4, 4, 3), (5, 3, 8), (40, 10, 4), (40, 2, 5)]:
        p = rng.permutation(np.linspace(0.02, 0.95, n).round(2))
        threshold = false / (missed + false)
        p = np.where(abs(p - threshold) < 0.005, p + 0.01, p)
        cases.append(Case((p.round(2), missed, false)))
    return cases


def wrong_logits(rng: Generator) -> list[Case]:
    """One example that is answered wrongly, by more and more."""
    cases = []
    rates = rng.permutation([0.1, 0.2, 0.25, 0.4, 0.5]).tolist()
    settings = [(1, 1, 1), (0, 2, 2), (1, 2, 5), (0, 3, 10), (1, 3, 20)]
    for (label, least, steps), rate in zip(settings, rates, strict=True):
        z = least + rng.integers(0, 10) / 10
        cases.append(Case((label, -z if label else z, rate, steps)))
    return cases
