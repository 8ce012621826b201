"""The probabilities: what the page finds is what the losses say of the logits."""

import gzip
import json
from itertools import product

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure
from numpy.testing import assert_allclose, assert_array_equal

from lossbook import cross_entropy, entropy, kl_divergence, softmax
from lossbook.explorers import Probability
from lossbook.widgets import say

CLASSES = ["cat", "dog", "fish"]


@pytest.fixture(scope="module")
def places():
    """Every state of the three sliders."""
    return np.array(list(product(range(17), repeat=3)))


def found(table, places, own):
    """What the page finds for a class: by how far the two others are above it."""
    second, third = ((places[:, (own + i) % 3] - places[:, own]) for i in (1, 2))
    low = np.maximum(-16, second - 16)
    at = zip(second + 16, third - low, strict=True)
    return np.array([table[row][column] for row, column in at])


def shown(values):
    """What the digits shown are worth, in thousandths."""
    return np.array([round(1000 * float(say(value, 3))) for value in values])


@pytest.mark.parametrize("own", range(3))
def test_each_class_gets_its_probability_and_costs_its_surprise(places, own):
    explorer = Probability()
    p = softmax(np.array(explorer.logits)[places])
    label = np.full(len(p), own)

    states = explorer.states
    assert_array_equal(found(states["probability"], places, own), shown(p[:, own]))
    surprise = cross_entropy(label, p, reduction="none")
    assert_array_equal(found(states["surprise"], places, own), shown(surprise))


def test_the_blurred_picture_costs_its_entropy_and_the_divergence(places):
    shares = np.array([0.5, 0.3, 0.2])
    explorer = Probability(shares)
    p = softmax(np.array(explorer.logits)[places])
    label = np.tile(shares, (len(p), 1))

    whole = cross_entropy(label, p, reduction="none")
    added = kl_divergence(label, p)
    assert_array_equal(found(explorer.states["blurred"], places, 0), shown(whole))
    assert_array_equal(found(explorer.states["divergence"], places, 0), shown(added))
    assert explorer.labels[3]["entropy"] == shown([entropy(shares)])
    assert_allclose(whole, entropy(shares) + added)


def test_what_a_certain_label_costs_is_all_divergence(places):
    p = softmax(np.array(Probability().logits)[places])
    dog = np.tile([0.0, 1.0, 0.0], (len(p), 1))

    assert_allclose(kl_divergence(dog, p), cross_entropy(dog, p, reduction="none"))
    assert [label["entropy"] for label in Probability().labels[:3]] == [0, 0, 0]


def test_the_label_of_the_blurred_picture_can_be_reached():
    explorer = Probability()
    explorer.picture = "blurred"
    explorer.cat, explorer.dog, explorer.fish = 3 * np.log(2), 0, 0

    assert explorer.reading() == (
        "The picture is blurred; its label is 0.80 cat, 0.10 dog, 0.10 fish. "
        "Cross-entropy 0.639 nats: entropy 0.639 and divergence 0.000."
    )


def test_confident_and_wrong_leaves_the_plot():
    explorer = Probability()
    assert explorer.reading() == (
        "The picture shows a dog; the model gives it 0.056. "
        "Cross-entropy 2.890 nats: entropy 0.000 and divergence 2.890."
    )

    explorer.dog = -9  # one part in 256 + 16 + 1
    assert explorer.reading() == (
        "The picture shows a dog; the model gives it 0.004. Cross-entropy 5.609 "
        "nats: entropy 0.000 and divergence 5.609. The bar leaves the plot."
    )


@pytest.mark.parametrize("name", CLASSES)
@pytest.mark.parametrize(("wished", "got"), [(9, 2.77256), (-9, -2.77256), (0.2, 0.34)])
def test_a_logit_stands_on_a_sample(name, wished, got):
    explorer = Probability()

    setattr(explorer, name, wished)

    assert getattr(explorer, name) == pytest.approx(got, abs=0.01)
    assert getattr(explorer, name) in explorer.logits


def test_only_a_picture_there_is_can_be_shown():
    explorer = Probability()

    with pytest.raises(ValueError, match="cat, dog, fish, blurred, got 'bird'"):
        explorer.picture = "bird"
    assert explorer.picture == "dog"


@pytest.mark.parametrize(
    ("shares", "told"),
    [([0.5, 0.5], "three numbers"), ([0.5] * 3, "sum to 1"), ([2, -1, 0], "0, 1")],
)
def test_shares_that_are_none_are_refused(shares, told):
    with pytest.raises(ValueError, match=told):
        Probability(shares)


def test_the_shares_are_part_of_the_call():
    assert repr(Probability()) == "Probability()"
    assert repr(Probability((0.5, 0.5, 0))) == "Probability(shares=[0.5, 0.5, 0.0])"


def test_the_static_form_shows_the_bars_and_the_label():
    explorer = Probability()
    explorer.picture = "blurred"
    with mpl.rc_context():
        figure = Figure()
        explorer.draw(figure)

    left, right = figure.axes
    label, p = np.array([0.8, 0.1, 0.1]), softmax([4 * np.log(2), 0, 0])
    assert_allclose([bar.get_width() for bar in left.patches], [*p, *label], rtol=1e-4)
    parts = [cross_entropy([label], [p]), entropy(label), kl_divergence(label, p)]
    assert_allclose([bar.get_width() for bar in right.patches], parts, rtol=1e-4)
    assert_allclose([bar.get_x() for bar in right.patches], [0, 0, entropy(label)])


def test_the_state_is_small():
    state = Probability().get_state()
    ours = {name: state[name] for name in ("states", "labels", "logits")}

    assert len(gzip.compress(json.dumps(ours).encode())) < 8000
