"""What a script draws stands where Python's samples are, in the units of its plot.

The sentence below a figure is compared elsewhere; a ball in the wrong place beside the
right sentence would be found by nobody else.
"""

import numpy as np
import pytest

from lossbook.explorers import (
    Belief,
    Claim,
    Curve,
    Focal,
    Following,
    Pulls,
    Quantile,
    Region,
    Temperature,
)

pytestmark = pytest.mark.site

# Of each plot the marks that are seen: balls, dots, and the points of each curve. A
# square is known by its middle, an upright line by its first coordinate.
DRAWN = """(traits) => {
  for (const [name, value] of Object.entries(traits)) place.model.set(name, value);
  const number = (node, name) => Number(node.getAttribute(name));
  return [...place.querySelectorAll(".plots > svg")].filter((svg) => svg.units).map((svg) => {
    const { x, y } = svg.units;
    const inUnits = ([left, top]) => [x.invert(left), y.invert(top)];
    const middle = (node) => (node.localName === "circle"
      ? [number(node, "cx"), number(node, "cy")]
      : [number(node, "x") + number(node, "width") / 2, number(node, "y") + number(node, "height") / 2]);
    const seen = (name) => [...svg.querySelectorAll(name)]
      .filter((node) => node.checkVisibility({ visibilityProperty: true }));
    const points = (node) => node.getAttribute("d").split(/[ML]/).slice(1)
      .map((pair) => inUnits(pair.split(" ").map(Number)));
    return {
      balls: seen(".ball").map(middle).map(inUnits),
      dots: seen(".dot").map(middle).map(inUnits),
      curves: seen("path.curve").map(points),
      lines: seen("line.here").map((node) => [x.invert(number(node, "x1")), 0]),
      pixel: [1 / (x(1) - x(0)), 1 / (y(1) - y(0))].map(Math.abs),
    };
  });
}"""  # noqa: E501


def finite(xs, ys):
    """The points of a curve: where a loss is infinite there is none."""
    return [[x, y] for x, y in zip(xs, ys, strict=True) if y is not None]


def curve(made):
    i = made.xs.index(made.x)
    balls = [[made.x, each["heights"][i]] for each in made.curves]
    curves = [finite(made.xs, each["heights"]) for each in made.curves]
    return [{"balls": balls, "curves": curves}]


def quantile(made):
    i = made.levels.index(made.level)
    answer, (low, high) = made.answers[i], made.arms[i]
    arms = [[0, low], [answer, 0], [made.days[-1], high]]
    return [{"balls": [[answer, 0]], "curves": [arms]}]


def claim(made):
    places, costs = np.log2(made.variances), made.costs[made.errors.index(made.error)]
    i = made.variances.index(made.variance)
    # Far above the plot the ball waits at its edge.
    balls = [[places[i], min(costs[i], 8)]]
    return [{"balls": balls, "curves": [list(zip(places, costs, strict=True))]}]


def belief(made):
    i, j = made.beliefs.index(made.believed), made.sayings.index(made.said)
    plots = []
    for key, end in (
        ("binary_cross_entropy", 2.5),
        ("brier_score", 1),
        ("mean_absolute_error", 1),
    ):
        costs, (where, least) = made.expected[key][i], made.least[key][i]
        curves = [finite(made.sayings, [c and c / 1000 for c in costs])]
        paid = [] if costs[j] is None else [[made.said, min(costs[j] / 1000, end)]]
        dots = [] if where is None else [[where, least / 1000]]
        lines = [[made.believed, 0]]
        plots.append({"balls": paid, "dots": dots, "curves": curves, "lines": lines})
    return plots


def temperature(made):
    i, places = made.temperatures.index(made.temperature), np.log2(made.temperatures)
    parts = [made.losses[part] for part in ("test", "validation", "training")]
    lowest = [[places[int(np.argmin(part))], min(part)] for part in parts]
    dots = [[said, was] for said, was, _ in made.tables[i]]
    curves = [list(zip(places, part, strict=True)) for part in parts]
    balls = [[places[i], min(parts[0][i], 2)]]
    over = {"balls": balls, "dots": lowest, "curves": curves, "lines": [[places[i], 0]]}
    return [{"dots": dots}, over]


def region(made):
    i, j = made.markeds.index(made.marked), made.predicteds.index(made.predicted)
    rows = [each["rows"][i] for each in made.curves]
    dots, curves = [[j, row[j]] for row in rows], [list(enumerate(row)) for row in rows]
    return [{"balls": [[j, 0]], "dots": dots, "curves": curves, "lines": [[j, 0]]}]


def focal(made):
    i, p = made.gammas.index(made.gamma), made.probability
    j = made.probabilities.index(p)
    plots = []
    for table in (made.costs, made.best):
        curves = [
            list(zip(made.probabilities, row, strict=True))
            for row in (table[0], table[i])
        ]
        dots = [[p, table[0][j]], [p, table[i][j]]]
        plots.append(
            {"balls": [[p, 0]], "dots": dots, "curves": curves, "lines": [[p, 0]]}
        )
    return plots


def following(made):
    i, places = made.temperatures.index(made.temperature), np.log2(made.temperatures)
    balls = [[places[i], min(made.losses[i], 2.2 * min(made.losses))]]
    curves = [list(zip(places, made.losses, strict=True))]
    return [{}, {"balls": balls, "curves": curves}]


def pulls(made):
    angles = made.places["negative"]
    i, j = angles.index(made.positive), angles.index(made.negative)
    setting = made.places["setting"].index(made.setting)
    (loss,) = (each for each in made.losses if each["key"] == made.loss)
    costs = np.array(loss["states"][setting][0][i])
    p, n = np.radians([made.positive, made.negative])
    circle = [[np.cos(p), np.sin(p)], [np.cos(n), -np.sin(n)]]
    heights = costs / (max(*costs, 1) * 1.15)
    over = {"balls": [[made.negative, heights[j]]]}
    return [
        {"balls": circle},
        over | {"curves": [list(zip(angles, heights, strict=True))]},
    ]


# What makes a figure, where its marks belong, and the states to look at: those that a
# reader sees first, one that is somewhere, and the ends.
FIGURES = {
    "curve": (
        lambda: Curve("binary_cross_entropy", "brier_score", y_true=1),
        curve,
        [{}, {"x": 0.3}, {"x": 0.9}],
    ),
    "quantile": (Quantile, quantile, [{}, {"level": 0.75}, {"level": 0.05}]),
    "claim": (
        Claim,
        claim,
        [{}, {"variance": 4.0, "error": 2.0}, {"variance": 0.0625, "error": 4.0}],
    ),
    "belief": (
        Belief,
        belief,
        [{}, {"believed": 20.0, "said": 37.0}, {"believed": 50.0, "said": 100.0}],
    ),
    "temperature": (
        Temperature,
        temperature,
        [{}, {"temperature": 2.0}, {"temperature": 0.25}],
    ),
    "region": (
        Region,
        region,
        [{}, {"marked": 32, "predicted": 24}, {"marked": 2, "predicted": 384}],
    ),
    "focal": (
        Focal,
        focal,
        [{}, {"gamma": 0.5, "probability": 0.3}, {"gamma": 5, "probability": 0.98}],
    ),
    "following": (
        Following,
        following,
        [{}, {"temperature": 0.5}, {"temperature": 8.0}],
    ),
    "pulls": (
        Pulls,
        pulls,
        [
            {},
            {"loss": "info_nce", "positive": 30, "negative": 105, "setting": 1.0},
            {"loss": "contrastive", "positive": 180, "negative": 0, "setting": 0.3},
        ],
    ),
}


def apart(drawn, wanted, pixel):
    """How far marks are from where they belong, in pixels; as many of both."""
    here, there = (np.reshape(each, (-1, 2)) for each in (drawn, wanted))
    assert len(here) == len(there)
    return np.max(np.abs(here - there) / pixel, initial=0)


@pytest.mark.parametrize("width", [900, 358])
@pytest.mark.parametrize("name", FIGURES)
def test_every_mark_stands_where_its_sample_is(show, name, width):
    make, belongs, states = FIGURES[name]
    page = show(made := make(), width)
    for state in states:
        for trait, value in state.items():
            setattr(made, trait, value)
        for drawn, wanted in zip(
            page.evaluate(DRAWN, state), belongs(made), strict=True
        ):
            for kind in ("balls", "dots", "lines"):
                off = apart(drawn[kind], wanted.get(kind, []), drawn["pixel"])
                assert off < 1, (state, kind, drawn[kind], wanted)
            for line, points in zip(
                drawn["curves"], wanted.get("curves", []), strict=True
            ):
                assert apart(line, points, drawn["pixel"]) < 1, (state, "curve")
