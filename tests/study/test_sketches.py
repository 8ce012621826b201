"""Every right drawing is accepted, and of every wrong one the fault is named.

By Python, and by the script of the page, which must find the same.
"""

import json
import subprocess
from importlib import import_module

import numpy as np
import pytest

from lossbook.study import bank, markup
from lossbook.study.sketches import MEASURES, Part
from lossbook.topics import TOPICS
from tests.book.chapters import BOOK
from tests.test_scripts import NODE

MEASURING = BOOK.parent / "lossbook" / "study" / "measuring.js"
SKETCHES = {q.id: q.sketch for t in TOPICS for q in bank.questions(t) if q.sketch}
RIGHT, WRONG = {}, {}
for topic in {q.topic for t in TOPICS for q in bank.questions(t) if q.sketch}:
    drawings = import_module(f"tests.study.drawings.{topic}")
    RIGHT |= drawings.RIGHT
    WRONG |= drawings.WRONG
HANDS = 20  # how often the tests draw each curve again

every_sketch = pytest.mark.parametrize("name", SKETCHES)


def drawn(sketch, heights, seed=0):
    """Heights as a hand draws them: it trembles, and begins too high or too low.

    It errs by some hundredths of the plot's height, which are a few pixels.
    """
    rng = np.random.default_rng(seed)
    low, high, _ = sketch.span
    size = (high - low) / 100
    wander = rng.uniform(-2, 2) + rng.normal(0, 1, len(heights)).clip(-2, 2)
    return sketch.snapped(np.asarray(heights, dtype=float) + size * wander)


def right_drawings(sketch, more=()):
    """The right curve in several hands, and drawings that somebody made."""
    curve = np.array(sketch.at(sketch.places))
    low, high, step = sketch.span
    size = (high - low) / 100
    trembling = size * (-1.0) ** np.arange(len(curve))
    slope = np.linspace(-1, 1, len(curve))
    kinds = [
        curve,
        curve + 2 * size,  # shifted
        curve - 2 * size,
        curve + 1.5 * trembling,
        curve - 1.5 * trembling,
        curve + 2 * size * slope,  # paper askew
        curve - 2 * size * slope,
        0.94 * curve,  # another scale
        1.06 * curve,
        (curve / (2 * step)).round() * 2 * step,  # coarse
        *more,
    ]
    hands = [drawn(sketch, kind, i) for i, kind in enumerate(kinds)]
    again = [drawn(sketch, curve, seed) for seed in range(1, HANDS + 1)]
    return [sketch.snapped(kind) for kind in kinds] + hands + again


def wrong_drawings(name):
    """Each wrong curve with what it must be told, once exactly and often by hand."""
    sketch = SKETCHES[name]
    for curve, told in WRONG[name]:
        heights = [float(curve(place)) for place in sketch.places]
        yield sketch.snapped(heights), told
        for seed in range(1, HANDS + 1):
            yield drawn(sketch, heights, seed), told


@every_sketch
def test_there_are_drawings_enough(name):
    assert len(RIGHT[name]) >= 8
    assert len(WRONG[name]) >= 12
    told = {fault for _, fault in WRONG[name]}
    for rule in SKETCHES[name].rules:
        assert any(part in rule.feedback for part in told), rule


@every_sketch
def test_a_right_drawing_is_accepted_in_any_hand(name):
    sketch = SKETCHES[name]
    told = {
        tuple(heights): fault.feedback
        for heights in right_drawings(sketch, RIGHT[name])
        if (fault := sketch.fault(heights))
    }

    assert told == {}


@every_sketch
def test_of_a_wrong_drawing_the_fault_is_named(name):
    sketch = SKETCHES[name]
    other = []
    for heights, told in wrong_drawings(name):
        fault = sketch.fault(heights)
        if fault is None or told not in fault.feedback:
            other.append((heights, told, fault and fault.feedback))

    assert other == []


def test_the_page_finds_the_same_fault_as_python():
    """By its script, in node, and in the key as the page has it."""
    calls, found = [], []
    for name, sketch in SKETCHES.items():
        rules = list(sketch.rules)
        wrong = [heights for heights, _ in wrong_drawings(name)]
        for heights in right_drawings(sketch, RIGHT[name]) + wrong:
            fault = sketch.fault(heights)
            calls.append([name, heights])
            found.append(-1 if fault is None else rules.index(fault))
    keys = {name: sketch.key for name, sketch in SKETCHES.items()}
    script = f"""
        import {{ fault }} from "{MEASURING.as_uri()}";
        import {{ readFileSync }} from "node:fs";
        const [keys, calls] = JSON.parse(readFileSync(0, "utf8"));
        const found = calls.map(([name, heights]) => fault(keys[name], heights));
        console.log(JSON.stringify(found));
    """
    done = subprocess.run(
        [NODE, "--input-type=module", "--eval", script],
        input=json.dumps([keys, calls]),
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(done.stdout) == found
    assert {-1, *range(12)} == set(found)  # right, and every rule of the longest list


@pytest.mark.parametrize(
    ("measure", "heights", "value"),
    [
        ("rise", [3, 0, 1, 2], -1),
        ("climb", [3, 0, 1, 2], 2),
        ("climb", [3, 2, 1, 0], 0),
        ("drop", [1, 3, 2, 0], 3),
        ("drop", [0, 1, 2, 3], 0),
        ("lowest", [1, -2, 2, 0], -2),
        ("highest", [1, -2, 2, 0], 2),
        ("sag", [4, 1, 0, 0], 2),  # places 0, 1, 2, 4: the chord has 3 and 2
        ("sag", [0, 2, 2, 0], -2),
        ("miss", [0, 1, 2, 7], 3),  # from the line through 0 with slope 1
        ("apart", [0, 1, 2, 4], 2.75),  # from 0, 1, 4 and 13
        ("nearer", [0, 1, 2, 4], 2.75),
    ],
)
def test_a_measure_is_what_its_name_says(measure, heights, value):
    places = np.array([0.0, 1, 2, 4])
    other = np.array([0.0, 1, 4, 13])
    part = Part(places, np.array(heights, dtype=float), places, other)

    assert MEASURES[measure](part) == pytest.approx(value)


def test_a_rule_looks_at_its_part_only():
    sketch = SKETCHES["draw-the-loss-of-a-spam-mail"]
    rule = next(r for r in sketch.rules if r.measure == "climb")
    rising_left = [0, 3, 2, 1, 0, 0, 0]
    rising_right = [4, 3, 2, 1, 0, 0, 1]

    assert sketch.fault(rising_left) != rule
    assert sketch.fault(rising_right) == rule


BANK = """
[[question]]
id = "s"
goal = "compute"
kind = "sketch"
text = "Draw it."
explanation = "So it is."

[question.sketch]
curve = "x * x"
axis = "error"
height = "loss"
places = [-2, -1, 0, 1, 2]
span = [0, 4, 0.5]
rules = [ { measure = "sag", over = [0, 2], least = 0.2, feedback = "Straight." } ]
choices = [
  { text = "round", right = true },
  { text = "straight", feedback = "No." },
  { text = "flat", feedback = "No." },
]
"""


def test_a_sketch_is_read():
    (question,) = bank.read_questions(BANK, "hinge")

    assert question.sketch.key == {
        "places": [-2, -1, 0, 1, 2],
        "curve": [4, 1, 0, 1, 4],
        "rules": [{"measure": "sag", "over": [2, 4], "least": 0.2}],
    }
    assert question.sketch.fault([2, 1, 0, 1, 2]).feedback == "Straight."
    assert question.sketch.fault([4, 1, 0, 1, 4]) is None


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"sag"', '"slope"', "the measure must be one of rise, climb, .* got 'slope'"),
        ("over = [0, 2]", "over = [0, 3]", "over must be two of the places"),
        ("over = [0, 2]", "over = [1, 2]", "too few places for sag"),
        ("over = [0, 2]", "over = [2, 0]", "too few places for sag"),
        ("over = [0, 2]", "over = [0]", "over must be the first and the last"),
        (", least = 0.2", "", "there must be a bound"),
        ("least = 0.2", "least = true", "least must be a number"),
        ("least = 0.2", 'least = 0.2, than = "x"', "than goes with apart and nearer"),
        ('"sag", over', '"apart", over', "than goes with apart and nearer"),
        ("least = 0.2", "least = 2", "the right curve breaks a rule: Straight."),
        ('"Straight."', '"Is $straight."', "a dollar sign"),
        ('"x * x"', '"open(x)"', "open"),
        ('"x * x"', '"1 / x"', "fails: float division by zero"),
        ('"x * x"', '"x * x - 1"', "the right curve must stay within the span"),
        ("[-2, -1, 0, 1, 2]", "[0, 1, 2]", "places must be five or more, rising"),
        ("[-2, -1, 0, 1, 2]", "[-2, -1, 0, 2, 1]", "places must be five or more"),
        ("[-2, -1, 0, 1, 2]", '[-2, -1, 0, 1, "2"]', "places must hold finite numbers"),
        ("[0, 4, 0.5]", "[0, 4]", "span must be the lowest point, the highest"),
        ("[0, 4, 0.5]", "[0, 4, 0.3]", "the span must be some whole steps long"),
        ("[0, 4, 0.5]", "[0, 4, 0]", "the span must be some whole steps long"),
        ('text = "flat"', 'text = "round"', "two choices have the same text"),
        (', feedback = "No."', "", "choice 2: feedback is missing"),
        ('axis = "error"', 'axis = " "', "axis is empty"),
        ('axis = "error"', 'axes = "error"', "axis is missing"),
    ],
)
def test_what_a_sketch_may_not_hold_is_refused(old, new, says):
    assert old in BANK
    says = rf"hinge.toml, question 's': sketch: .*{says}"
    with pytest.raises(ValueError, match=says):
        bank.read_questions(BANK.replace(old, new), "hinge")


@every_sketch
def test_the_curve_in_words_is_one_of_several_and_not_told_by_its_length(name):
    lengths = [len(choice.text) for choice in SKETCHES[name].choices]
    (right,) = (len(c.text) for c in SKETCHES[name].choices if c.right)

    assert len(lengths) >= 3
    assert right < 1.5 * sorted(lengths)[len(lengths) // 2]
    assert all(markup.html(choice.text) for choice in SKETCHES[name].choices)
