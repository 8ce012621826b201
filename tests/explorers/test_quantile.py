"""The quantile figure: no other answer is cheaper, and what it says is the loss's."""

import numpy as np
import pytest
import traitlets
from matplotlib.figure import Figure

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


def test_its_picture_fills_the_days_on_which_the_bikes_were_enough():
    explorer, drawn = Quantile(), Figure()
    explorer.draw(drawn)
    days, answer = days_at_five(), explorer.answers[explorer.levels.index(0.5)]
    filled, empty = drawn.axes[1].collections

    assert len(filled.get_offsets()) == np.sum(days <= answer)
    assert len(empty.get_offsets()) == np.sum(days > answer)
    assert len(empty.get_facecolors()) == 0


def test_its_picture_stacks_days_of_one_bin_and_draws_what_each_day_costs():
    explorer, drawn = Quantile(), Figure()
    explorer.level = 0.75
    explorer.draw(drawn)
    days, answer = days_at_five(), explorer.answers[explorer.levels.index(0.75)]
    arms, ball = (line.get_xydata() for line in drawn.axes[0].lines)
    dots = np.concatenate(
        [
            each.get_offsets()
            for each in drawn.axes[1].collections
            if len(each.get_offsets())
        ]
    )

    assert len({tuple(dot) for dot in dots.tolist()}) == len(days)
    assert np.all(np.abs(np.sort(dots[:, 0]) - days) <= 2)  # half of a bin
    assert arms[:, 0].tolist() == [0, answer, max(days)]
    assert arms[:, 1] == pytest.approx(
        quantile([0, answer, max(days)], [answer] * 3, level=0.75, reduction="none"),
        rel=1e-5,
    )
    assert ball.tolist() == [[answer, 0]]
