"""The network to step through: each number is what the whole network has there."""

import gzip
import json
import re

import numpy as np
import pytest
from matplotlib.figure import Figure

from lossbook.explorers import Network
from lossbook.gradcheck import numerical_gradient
from tests.explorers.script import readings

EXAMPLES = {"both units on": np.array([2.0, 1.0]), "one unit off": np.array([1.0, 3.0])}
# Where a parameter's slope stands: hidden weights by unit, output weights, biases.
PARAMETERS = [
    *("x1-h1", "x2-h1", "x1-h2", "x2-h2", "h1-out", "h2-out"),
    *("bias-h1", "bias-h2", "bias-out"),
]
VALUES = np.array([1.0, -1, 1, 1, 3, -1, 1, 0, 1])


def forward(parameters, x):
    """Units, prediction and loss, written out."""
    hidden, out, bias, last = np.split(parameters, [4, 6, 8])
    units = np.maximum(0, hidden.reshape(2, 2) @ x + bias)
    prediction = out @ units + last[0]
    return units, prediction, (prediction - 2) ** 2


def shown(steps):
    found = {"values": {}, "slopes": {}}
    for step in steps:
        for part, known in found.items():
            known |= {place: number(text) for place, text in step.get(part, {}).items()}
    return found


def number(text):
    return float(text.replace("−", "-"))


@pytest.fixture
def explorer():
    return Network()


@pytest.fixture(params=EXAMPLES)
def walk(explorer, request):
    found = next(walk for walk in explorer.walks if walk["name"] == request.param)
    return found["steps"], EXAMPLES[request.param]


def test_the_weights_on_the_lines_are_those_that_the_test_computes_with(explorer):
    weights, biases = explorer.weights, explorer.biases
    of_biases = [biases[place.removeprefix("bias-")] for place in PARAMETERS[6:]]

    assert [weights[edge] for edge in PARAMETERS[:6]] + of_biases == VALUES.tolist()


def test_the_numbers_on_the_way_forwards_are_those_of_the_network(walk):
    steps, x = walk
    units, prediction, loss = forward(VALUES, x)

    places = ("x1", "x2", "h1", "h2", "out", "loss")
    expected = dict(zip(places, [*x, *units, prediction, loss], strict=True))
    assert shown(steps)["values"] == expected


def test_the_slopes_in_the_parameters_are_those_that_one_measures(walk):
    steps, x = walk
    measured = numerical_gradient(lambda p: forward(p, x)[2], VALUES)

    slopes = shown(steps)["slopes"]
    assert [slopes[place] for place in PARAMETERS] == pytest.approx(measured, abs=1e-6)


def test_the_slopes_at_the_units_are_those_that_one_measures_in_their_sums(walk):
    """A bias is added to the sum, so its slope is that of the sum."""
    steps, _ = walk
    slopes = shown(steps)["slopes"]

    for node in ("h1", "h2", "out"):
        assert slopes[node] == slopes[f"bias-{node}"]


def test_every_equation_in_the_sentences_is_true(explorer):
    parts = re.compile(r"([−\d·() +²]+(?: − \d\))?[²\d)]) = (−?\d+)")
    count = 0
    for walk in explorer.walks:
        for step in walk["steps"]:
            for left, right in parts.findall(step["says"]):
                for sign, python in {"−": "-", "·": "*", "²": "**2"}.items():
                    left = left.replace(sign, python)
                assert eval(left) == number(right), step["says"]  # noqa: S307 - ours
                count += 1
    assert count == 2 * 13


def test_a_unit_that_is_off_passes_nothing_on_and_gets_nothing_back(explorer):
    off = shown(explorer.walks[1]["steps"])

    assert off["values"]["h1"] == 0
    assert {off["slopes"][place] for place in ("h1", "x1-h1", "x2-h1", "bias-h1")} == {
        0
    }
    assert off["slopes"]["h1-out"] == 0


def test_both_walks_go_forwards_in_four_steps_and_back_in_five(explorer):
    for walk in explorer.walks:
        kinds = ["slopes" in step for step in walk["steps"]]
        assert kinds == [False] * 5 + [True] * 5


def test_the_page_says_what_python_says_at_every_step(explorer):
    states = [(walk["name"], step) for walk in explorer.walks for step in range(10)]
    said = readings("network", [[explorer.walks, *state] for state in states])

    for (example, step), sentence in zip(states, said, strict=True):
        explorer.example, explorer.step = example, step
        assert sentence == explorer.reading()


def test_the_text_form_has_the_slopes_of_all_nine_parameters(explorer):
    steps = explorer.walks[0]["steps"]
    slopes = [text for step in steps for text in step.get("slopes", {}).values()]

    told = re.findall(r"−?\d+", explorer.description.partition("flow back")[2])
    assert sorted(told) == sorted([*slopes, "1", "2"])  # unit 1 and unit 2


@pytest.mark.parametrize(("wished", "got"), [(-3, 0), (4, 4), (99, 9)])
def test_the_step_stays_on_the_walk(explorer, wished, got):
    explorer.step = wished

    assert explorer.step == got


def test_an_example_that_there_is_not_is_refused(explorer):
    with pytest.raises(ValueError, match="one unit off, got 'both off'"):
        explorer.example = "both off"


def test_the_static_form_has_every_number_of_the_walk(explorer):
    explorer.example = "one unit off"
    figure = Figure()
    explorer.draw(figure)

    texts = " ".join(text.get_text() for text in figure.axes[0].texts)
    found = shown(explorer.walks[1]["steps"])
    for place, slope in found["slopes"].items():
        assert f"slope {slope:.0f}".replace("-", "−") in texts, place
    assert len(re.findall(r"slope −?\d", texts)) == len(found["slopes"])


def test_the_state_is_small(explorer):
    state = [explorer.weights, explorer.biases, explorer.walks]

    assert len(gzip.compress(json.dumps(state).encode())) < 2500
