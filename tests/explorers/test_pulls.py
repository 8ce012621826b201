"""Who pulls whom: the samples are the losses, and the pulls are their slopes."""

import numpy as np
import pytest
import traitlets

from lossbook import contrastive, info_nce, triplet
from lossbook.explorers import Pulls
from lossbook.explorers.pulls import ANGLES, LOSSES, SETTINGS
from lossbook.gradcheck import numerical_gradient


@pytest.fixture(scope="module")
def figure():
    return Pulls()


def cost(key, setting, angles):
    """The loss of a positive above and a negative below an anchor on the right."""
    (p, n), a = np.radians(angles), [[1.0, 0.0]]
    positive, negative = [[np.cos(p), np.sin(p)]], [[np.cos(n), -np.sin(n)]]
    if key == "triplet":
        return triplet(a, positive, negative, margin=setting)
    if key == "contrastive":
        pairs = a + a, positive + negative
        return contrastive([1, 0], *pairs, margin=setting, reduction="sum")
    queries, keys = a + a, positive + negative
    return info_nce(queries, keys, temperature=setting, reduction="none")[0]


@pytest.mark.parametrize("key", LOSSES)
@pytest.mark.parametrize("s", range(len(SETTINGS)))
def test_the_samples_are_the_loss_and_its_slopes_in_the_angles(figure, key, s):
    (drawn,) = (loss for loss in figure.losses if loss["key"] == key)
    losses, pulls, pushes = (np.array(part) / 1000 for part in drawn["states"][s])
    for i, j in [(1, 2), (5, 3), (3, 9), (9, 11), (11, 5)]:
        angles = ANGLES[[i, j]].astype(float)
        assert losses[i, j] == pytest.approx(cost(key, SETTINGS[s], angles), abs=6e-4)
        slope = numerical_gradient(lambda at: cost(key, SETTINGS[s], at), angles)
        pull, push = np.degrees(slope) * (1, -1)
        assert pulls[i, j] == pytest.approx(pull, abs=6e-4)
        assert pushes[i, j] == pytest.approx(push, abs=6e-4)


def test_its_reading_tells_the_loss_the_distances_and_the_forces():
    explorer = Pulls()
    explorer.loss, explorer.setting = "info_nce", 1.0
    explorer.positive, explorer.negative = 60, 120
    share = 1 / (1 + np.exp(1))  # of the wrong key: the cosines are 0.5 and -0.5
    force = share * np.sin(np.pi / 3)

    assert explorer.reading() == (
        f"{-np.log(1 - share):.2f} is InfoNCE. The positive, 1.00 away, is pulled by "
        f"{force:.2f}; the negative, 1.73 away, is pushed by {force:.2f}."
    )


def test_places_are_samples():
    explorer = Pulls()
    explorer.positive, explorer.negative, explorer.setting = 22.4, 500, 0.5
    assert (explorer.positive, explorer.negative, explorer.setting) == (15, 180, 0.3)
    with pytest.raises(ValueError, match="finite"):
        explorer.negative = np.inf
    with pytest.raises(traitlets.TraitError):
        explorer.loss = "hinge"
