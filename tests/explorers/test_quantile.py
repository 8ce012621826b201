"""The quantile figure: no other answer is cheaper, and what it says is the loss's."""

import numpy as np
import pytest
import traitlets

from lossbook import datasets, quantile
from lossbook.explorers import Quantile


@pytest.fixture(scope="module")
def figure():
    return Quantile()


def days_at_five():
    table = datasets.bike_riders()
    rows = (table["hour"] == 17) & (table["is_working_day"] == 1)
    return np.sort(table["riders"][rows])


def cost(answer, level):
    days = days_at_five()
    return quantile(days, np.full(len(days), answer), level=level)


def test_its_days_are_the_working_days_at_five(figure):
    assert figure.days == days_at_five().tolist()
    assert len(figure.days) == 250


def test_no_number_of_bikes_is_cheaper_than_its_answer(figure):
    for level, answer, mean in zip(
        figure.levels, figure.answers, figure.means, strict=True
    ):
        least = min(cost(other, level) for other in range(max(figure.days) + 1))
        assert cost(answer, level) == pytest.approx(least, rel=1e-12)
        assert mean == pytest.approx(least, rel=1e-5)


def test_its_arms_are_what_the_emptiest_and_the_fullest_day_cost(figure):
    for level, answer, arms in zip(
        figure.levels, figure.answers, figure.arms, strict=True
    ):
        ends = [0, max(figure.days)]
        assert arms == pytest.approx(
            quantile(ends, [answer, answer], level=level, reduction="none"), rel=1e-5
        )


def test_its_reading_tells_the_answer_and_how_often_it_was_enough():
    explorer = Quantile()
    explorer.level = 0.75
    enough = np.sum(days_at_five() <= 69)

    assert explorer.reading() == (
        "69 bikes cost least at level 0.75, where one that is missing costs 0.75, and "
        f"one that is idle 0.25. They were enough on {enough} of 250 days, "
        f"{100 * enough / 250:.0f}\N{NO-BREAK SPACE}%. "
        f"A day costs {cost(69, 0.75):.2f} on average."
    )


def test_a_level_is_one_of_its_samples():
    explorer = Quantile()
    explorer.level = 2.0
    assert explorer.level == 0.95
    with pytest.raises(ValueError, match="finite"):
        explorer.level = np.inf
    with pytest.raises(traitlets.TraitError):
        explorer.level = "high"
