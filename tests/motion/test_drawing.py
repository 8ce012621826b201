"""What the stages are composed of."""

import pytest

from lossbook.motion import Scale, Stage
from lossbook.motion.drawing import (
    ball,
    bars,
    cut,
    end_to_end,
    graph,
    length,
    pour,
    share_out,
    squares_on,
    stack,
    stairs,
    sticks,
)


@pytest.fixture
def stage():
    made = Stage("Three sticks.")
    sticks(made, "stick", "error", [50, 150, 250], [100, 100, 100], [130, 90, 80])
    return made


def poses(stage, name, pose, *keys):
    return [tuple(p.place(k, pose) for k in keys) for p in stage.group(name)]


def test_sticks_lie_end_to_end_and_share_out_to_their_mean(stage):
    end_to_end(stage, "stick", "lying", x=10, y=200)
    share_out(stage, "stick", "shared", of="lying")

    assert poses(stage, "stick", "lying", "x1", "x2") == [(10, 40), (43, 53), (56, 76)]
    assert [length(p, "shared") for p in stage.group("stick")] == [20, 20, 20]


def test_squares_stand_on_their_sticks_and_pour_into_one_of_the_same_area(stage):
    squares_on(stage, "square", "area", "stick")
    side = pour(stage, "square", "poured", x=0, y=0)

    grown = [(50, 100, 30, 30), (150, 90, 10, 10), (250, 80, 20, 20)]
    keys = ("x", "y", "width", "height")
    assert poses(stage, "square", "grown", *keys) == grown
    assert side**2 == pytest.approx(1400)
    heights = [h for _, h in poses(stage, "square", "poured", "width", "height")]
    assert [h * side for h in heights] == pytest.approx([900, 100, 400], abs=0.01)
    tops = [y for (y,) in poses(stage, "square", "poured", "y")]
    assert tops[1] < tops[2] < tops[0]


def test_a_cut_leaves_equal_slices_and_a_stack_stands(stage):
    cut(stage, "third", "area", 3, x=0, y=0, width=90, height=60)
    stack(stage, "block", "unit", 3, x=0, foot=200, width=10, height=20)

    assert poses(stage, "third", "whole", "y", "height") == [
        (0, 20),
        (20, 20),
        (40, 20),
    ]
    assert poses(stage, "third", "cut", "y") == [(-6,), (20,), (46,)]
    assert poses(stage, "block", "start", "y") == [(180,), (160,), (140,)]


def test_graphs_stairs_bars_and_balls_stand_where_the_scales_say(stage):
    x, y = Scale((0, 2), (0, 200)), Scale((0, 1), (100, 0))
    curve = graph(stage, "bowl", "loss", [0, 1, 2], [1, 0, 1], x, y)
    steps = stairs(stage, "steps", "ink", [0, 1, 2], [0, 1, 1], x, y)
    bars(stage, "bar", "block", [20, 60], [30, 50], foot=100, width=10)
    moved = ball(stage, "ball", [0, 1], lambda v: (v - 1) ** 2, x, y)

    assert curve.place("points") == [0, 0, 100, 100, 200, 0]
    assert (curve.place("drawn"), curve.place("drawn", "drawn")) == (0, 1)
    assert steps.place("points") == [0, 100, 100, 100, 100, 0, 200, 0, 200, 0][:10]
    assert poses(stage, "bar", "grown", "y", "height") == [(70, 30), (50, 50)]
    assert (moved.place("cx", "at1"), moved.place("cy", "at1")) == (100, 100)
    assert moved.poses["at1"]["cy"][7] == 75  # half of the way, on the curve


def test_a_shifted_group_keeps_its_form(stage):
    stage.shift("stick", "right", x=5)

    assert poses(stage, "stick", "right", "x1", "x2", "y1")[0] == (55, 55, 100)


@pytest.mark.parametrize(
    ("draw", "says"),
    [
        (lambda s: s.circle("dot", "ink", cx=1, cy=1), "dot, a circle, needs r"),
        (
            lambda s: s.parts["stick0"].pose("up", y=1),
            "stick0, a line, has no y; it has",
        ),
        (lambda s: s.parts["stick0"].pose("shown"), "has a pose shown already"),
        (lambda s: s.line("stick0", "", x1=0, y1=0, x2=0, y2=0), "a part stick0 alre"),
        (lambda s: s.shift("dots", "right", x=1), "the stage has no part dots"),
        (
            lambda s: s.curve("c", "", points=[(0, 0), (1, 1)]).pose(
                "p", points=[(0, 0)]
            ),
            "every pose needs as many points",
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused(stage, draw, says):
    with pytest.raises(ValueError, match=says):
        draw(stage)
