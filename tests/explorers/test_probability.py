"""The probabilities: what the page finds is what the losses say of the logits."""

import gzip
import json
import re
from itertools import product

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure
from numpy.testing import assert_allclose, assert_array_equal

from lossbook import cross_entropy, entropy, kl_divergence, softmax
from lossbook.explorers import Probability
from lossbook.explorers.probability import LIMIT
from lossbook.widgets import say
from tests.explorers.script import SCRIPTS

CLASSES = ["cat", "dog", "fish"]
CHAPTER = SCRIPTS.parents[1] / "book" / "cross_entropy.ipynb"


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
    explorer.cat, explorer.dog, explorer.fish = np.log([7, 2, 1])

    assert explorer.reading() == (
        "0.802 nats is the cross-entropy: entropy 0.802 and divergence 0.000. "
        "The picture is blurred; its label is 0.70 cat, 0.20 dog, 0.10 fish."
    )


def test_it_begins_where_the_loss_can_still_explode_and_no_bar_ends_before_it():
    explorer = Probability()
    assert explorer.reading() == (
        "1.099 nats is the cross-entropy: entropy 0.000 and divergence 1.099. "
        "The picture shows a dog; the model gives it 0.333."
    )

    explorer.cat, explorer.dog = 9, -9
    assert explorer.reading().startswith("5.266 nats is")
    explorer.fish = 9  # nothing that the logits can reach costs more
    costs = (explorer.states[name] for name in ("surprise", "blurred"))
    worst = max(max(row) for table in costs for row in table)
    assert explorer.reading().startswith(f"{worst / 1000:.3f} nats is")
    assert worst / 1000 < LIMIT
    script = (SCRIPTS / "probability.js").read_text("utf-8")
    assert f"const LIMIT = {LIMIT:g};" in script


def test_the_label_of_the_blurred_picture_is_the_one_of_the_chapter():
    chapter = json.loads(CHAPTER.read_text("utf-8"))
    text = "".join("".join(cell["source"]) for cell in chapter["cells"])

    label = re.search(r"label is the row \(([\d., ]+)\)", text)
    assert [float(part) for part in label[1].split(",")] == (
        Probability().labels[3]["shares"]
    )


@pytest.mark.parametrize("name", CLASSES)
@pytest.mark.parametrize(("wished", "got"), [(9, 2.59456), (-9, -2.59456), (0.2, 0.32)])
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
    explorer.picture, explorer.cat = "blurred", 1.3
    with mpl.rc_context():
        figure = Figure()
        explorer.draw(figure)

    left, right = figure.axes
    label, p = np.array([0.7, 0.2, 0.1]), softmax([explorer.cat, 0, 0])
    assert_allclose([bar.get_width() for bar in left.patches], [*p, *label], rtol=1e-4)
    rest, added = entropy(label), kl_divergence(label, p)
    assert rest + added == pytest.approx(cross_entropy([label], [p]))
    widths = [bar.get_width() for bar in right.patches]
    assert_allclose(widths, [rest, added, rest, added], rtol=1e-4)
    assert_allclose([bar.get_x() for bar in right.patches], [0, rest, 0, rest])
    (balls,) = left.lines
    assert_allclose(balls.get_xdata(), p)


def test_the_state_is_small():
    state = Probability().get_state()
    ours = {name: state[name] for name in ("states", "labels", "logits")}

    assert len(gzip.compress(json.dumps(ours).encode())) < 8000
