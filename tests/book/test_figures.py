"""What the text says of a figure that moves is what the figure shows."""

import numpy as np
import pytest

from lossbook import multiclass_hinge
from lossbook.catalogue import by_key
from lossbook.explorers import Descent, Outlier
from tests.book.chapters import prose, run

MSE = "mean_squared_error"


def rate(descent, learning_rate):
    """Where the samples of one learning rate stand."""
    return [known for known, _ in descent.rates].index(learning_rate)


def test_the_line_of_the_squared_error_is_pulled_most():
    assert "that of the squared error is pulled most" in prose(MSE)
    ranges = {fit["key"]: np.ptp(fit["slopes"]) for fit in Outlier().fits}

    assert max(ranges, key=ranges.get) == MSE


def test_the_map_is_of_the_line_that_the_chapter_fits():
    descent, names = Descent(MSE), run(MSE).names
    (surface,) = descent.surfaces
    losses = surface["loss"][rate(descent, names["learning_rate"])]

    assert losses == pytest.approx(names["history"][: len(losses)], rel=1e-5)
    assert surface["lowest"] == pytest.approx(
        [names["b_exact"], names["w_exact"]], rel=1e-5
    )


@pytest.mark.parametrize(
    ("said", "learning_rate", "factor"),
    [("with 0.1 by 0.8", 0.1, 0.8), ("with 1.05 by −1.1", 1.05, -1.1)],
)
def test_a_step_multiplies_the_distance_by_what_is_said(said, learning_rate, factor):
    descent = Descent(MSE)
    (surface,) = descent.surfaces
    place = rate(descent, learning_rate)

    assert said in prose(MSE)
    for of, best in zip("bw", surface["lowest"], strict=True):
        off = np.array(surface[of][place]) - best
        assert off[1:] == pytest.approx(factor * off[:-1], abs=1e-3)


# The table in "Choosing a loss": what the best possible scores are.
SHARES = np.array([0.4, 0.35, 0.25])
PLACES = np.arange(-2.0, 2.01, 0.25)


def best_scores(loss):
    """The scores with the smallest mean loss under SHARES; the last one is 0."""
    scores = np.array([[a, b, 0.0] for a in PLACES for b in PLACES])
    means = sum(
        share * loss(np.full(len(scores), j), scores, reduction="none")
        for j, share in enumerate(SHARES)
    )
    return scores[means <= means.min() + 1e-12]


@pytest.mark.parametrize(
    ("variant", "tied"), [("crammer_singer", 3), ("weston_watkins", 2)]
)
def test_without_a_majority_the_best_scores_of_a_multiclass_hinge_tie(variant, tied):
    assert "their best scores may tie" in prose("choosing")
    (scores,) = best_scores(
        lambda y, s, reduction: multiclass_hinge(
            y, s, variant=variant, reduction=reduction
        )
    )

    assert np.sum(scores == scores.max()) == tied


def test_the_best_scores_of_the_cross_entropy_name_the_most_probable_class():
    scores = best_scores(by_key("cross_entropy_from_logits").value)

    assert set(scores.argmax(axis=1)) == {0}
    assert np.all(scores[:, 0] > scores[:, 1])
