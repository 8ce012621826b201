"""What follows two letters: forecasts and their costs are those of the text."""

from collections import Counter

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure

from lossbook import cross_entropy, softmax
from lossbook.datasets import pride_and_prejudice
from lossbook.explorers import Following


@pytest.fixture(scope="module")
def followed():
    """How often each character follows "th", in either part of the text."""
    text = " ".join(pride_and_prejudice().lower().split("\n"))
    border = len(text) * 4 // 5
    parts = text[:border], text[border:]
    return text, *(
        Counter(c for a, b, c in zip(p, p[1:], p[2:], strict=False) if a + b == "th")
        for p in parts
    )


def test_at_a_temperature_of_1_it_says_how_often_each_followed(followed):
    text, seen, came = followed
    explorer = Following()
    at = explorer.temperatures.index(1)
    total = sum(seen.values()) + 0.5 * len({*text})

    (first, times), *_ = seen.most_common()
    assert explorer.names[0] == first == "e"
    assert explorer.said[at][0] == pytest.approx((times + 0.5) / total, rel=1e-5)
    share = came["e"] / sum(came.values())
    assert explorer.came[0] == pytest.approx(share, rel=1e-5)
    for said in explorer.said:
        assert sum(said) == pytest.approx(1, rel=1e-5)


@pytest.mark.parametrize("temperature", [0.125, 0.5, 1, 4])
def test_a_temperature_divides_the_logits_and_what_came_is_paid_for(
    followed, temperature
):
    text, seen, came = followed
    explorer = Following()
    at = explorer.temperatures.index(temperature)
    characters = sorted({*text})

    p = softmax(np.log([seen[c] + 0.5 for c in characters]) / np.array(temperature))
    labels = [characters.index(c) for c in came.elements()]
    paid = cross_entropy(labels, np.tile(p, (len(labels), 1)))
    assert explorer.losses[at] == pytest.approx(paid, rel=1e-5)
    assert explorer.choices[at] == pytest.approx(np.exp(paid), rel=1e-5)
    assert explorer.said[at][0] == pytest.approx(p.max(), rel=1e-5)


def test_a_temperature_stays_on_the_samples_and_must_be_a_number():
    explorer = Following()
    explorer.temperature = 100
    assert explorer.temperature == 8
    with pytest.raises(ValueError, match="finite number, got nan"):
        explorer.temperature = np.nan


def test_the_reading_tells_what_is_sampled():
    explorer = Following()
    explorer.temperature = 0.5
    at = explorer.temperatures.index(0.5)

    assert f"{explorer.losses[at]:.3f} nats" in explorer.reading()
    assert f"perplexity of {explorer.choices[at]:.2f}" in explorer.reading()


def test_the_static_form_shows_this_temperature():
    explorer = Following()
    explorer.temperature = 2
    figure = Figure()
    with mpl.rc_context():
        explorer.draw(figure)

    left, right = figure.axes
    at = explorer.temperatures.index(2)
    assert [bar.get_height() for bar in left.patches] == explorer.said[at]
    assert right.lines[-1].get_ydata() == [explorer.losses[at]]
