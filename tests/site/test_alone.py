"""Explorers, each alone on a page with its script, its state and our model.

As a lesson drives them, their picture moves between samples, in silence; and wherever
their controls end, no label is covered or cut.
"""

import re

import numpy as np
import pytest

from lossbook.explorers import (
    Belief,
    Claim,
    Curve,
    Descent,
    Focal,
    Following,
    Imbalance,
    Margin,
    Network,
    Outlier,
    Predict,
    Probability,
    Pulls,
    Quantile,
    Region,
    Temperature,
)

pytestmark = pytest.mark.site

# By name: what makes an explorer, a trait, and the samples a lesson drives it through.
JOURNEYS = {
    "curve": (lambda: Curve("hinge"), "x", lambda made: made.xs[40:46]),
    "curve beside infinity": (
        lambda: Curve("cross_entropy"),
        "x",
        lambda made: made.xs[1:4],
    ),
    "pulls": (Pulls, "negative", lambda made: made.places["negative"][2:6]),
    "probability": (Probability, "dog", lambda made: made.logits[3:7]),
    "claim, variance": (Claim, "variance", lambda made: made.variances[20:24]),
    "claim, error": (Claim, "error", lambda made: made.errors[3:6]),
    "quantile": (Quantile, "level", lambda made: made.levels[12:16]),
    "outlier": (Outlier, "price", lambda made: made.positions[8:12]),
    "margin, turn": (Margin, "turn", lambda made: made.places["turn"][6:10]),
    "margin, shift": (Margin, "shift", lambda made: made.places["shift"][2:5]),
    "margin, length": (Margin, "length", lambda made: made.places["length"][2:6]),
    "descent, rate": (
        lambda: Descent("mean_squared_error"),
        "learning_rate",
        lambda made: [rate for rate, _ in made.rates[:3]],
    ),
    "descent, step": (
        lambda: Descent("mean_squared_error"),
        "step",
        lambda made: made.steps[1:5],
    ),
    "descent, stall": (lambda: Descent("stall"), "step", lambda made: made.steps[3:6]),
    "focal, gamma": (Focal, "gamma", lambda made: made.gammas[2:6]),
    "focal, probability": (
        Focal,
        "probability",
        lambda made: made.probabilities[3:7],
    ),
    "following": (Following, "temperature", lambda made: made.temperatures[22:26]),
    "imbalance, weight": (Imbalance, "weight", lambda made: made.weights[3:7]),
    "imbalance, threshold": (
        Imbalance,
        "threshold",
        lambda made: made.thresholds[4:8],
    ),
    "network": (Network, "step", lambda _: [0, 1, 2, 3, 4]),
    "region, marked": (Region, "marked", lambda made: made.markeds[2:5]),
    "region, predicted": (Region, "predicted", lambda made: made.predicteds[3:7]),
    "predict, sketch": (
        lambda: Predict("hinge"),
        "guesses",
        lambda _: [[3, 2, 0.5, 0, last] for last in (0.5, 0.6, 0.7)],
    ),
    "belief, said": (Belief, "said", lambda made: made.sayings[40:44]),
    "belief beside infinity": (Belief, "said", lambda made: made.sayings[98:]),
    "belief, believed": (Belief, "believed", lambda made: made.beliefs[2:6]),
    "temperature": (Temperature, "temperature", lambda made: made.temperatures[14:19]),
    "predict, answer": (lambda: Predict("hinge"), "revealed", lambda _: [False, True]),
}
# Sets a trait to some values as a lesson does, and tells what was seen at each.
DRIVE = """([trait, values]) => values.map((value) => {
  const { model } = place;
  model.driven = true;
  model.set(trait, value);
  model.driven = false;
  return look();
})"""
MOVE = """([trait, values]) => {
  for (const value of values) place.model.set(trait, value);
  return look();
}"""


# An odd number, so that no value is as near to one sample as to the next.
PARTS = 7


def between(samples, parts=PARTS):
    """Values from the first sample to the last, with some between each two."""
    at = np.linspace(0, len(samples) - 1, parts * (len(samples) - 1) + 1)
    table = np.array(samples, dtype=float)
    low = np.minimum(at.astype(int), len(samples) - 2)
    part = at - low
    part = part[:, None] if table.ndim > 1 else part
    values = (table[low] * (1 - part) + table[low + 1] * part).tolist()
    values[::parts] = samples
    return values


@pytest.fixture(params=JOURNEYS)
def journey(request):
    make, trait, samples = JOURNEYS[request.param]
    explorer = make()
    return explorer, trait, samples(explorer)


# Of a picture, what is not seen, or stays from the way to it.
UNSEEN = re.compile(r'<[^>]*display: none[^>]*>| style="[^"]*"| ?by-itself')
HEARD = "place.querySelector('[role=status]').textContent"


def test_a_driven_figure_moves_between_samples_and_reads_at_them(show, journey):
    explorer, trait, samples = journey
    page = show(explorer)
    seen = page.evaluate(DRIVE, [trait, between(samples)])
    page.clock.run_for(5000)

    pictures = {each["picture"] for each in seen}
    assert len(pictures) == len(seen), "it stands still at times"
    for i, each in enumerate(seen):
        setattr(explorer, trait, samples[round(i / PARTS)])
        assert each["reading"] == explorer.reading()
    assert len({tuple(each["controls"]) for each in seen}) <= len(samples)
    assert page.evaluate(f"[{HEARD}, saved]") == ["", 0]

    last = page.evaluate(MOVE, [trait, [samples[0], samples[-1]]])  # as a reader does
    assert last["reading"] == seen[-1]["reading"]
    assert UNSEEN.sub("", last["picture"]) == UNSEEN.sub("", seen[-1]["picture"])
    first = page.evaluate(MOVE, [trait, [samples[0]]])["reading"]
    page.clock.run_for(5000)
    assert page.evaluate(HEARD) == (first if first != last["reading"] else "")


def test_beside_an_infinite_loss_the_marks_are_hidden(show):
    page = show(explorer := Curve("cross_entropy"))
    shown = []
    for x in [*between(explorer.xs[:2], 3), explorer.xs[0]]:
        page.evaluate(DRIVE, ["x", [x]])
        shown.append(page.locator(".ball").is_visible())

    assert shown == [False, False, False, True, False]


def test_only_what_the_reader_moves_is_saved_and_it_lies_on_samples(show):
    page = show(Margin())
    page.evaluate(DRIVE, ["shift", [0.3, 0.77]])
    page.get_by_label("turn").press("ArrowRight")

    assert page.evaluate("[saved, place.model.get('turn')]") == [1, 50]
    assert page.get_by_label("shift").get_attribute("aria-valuetext") == "1.0"
    crossed = page.evaluate("""() => {
      const svg = place.querySelector(".draggable");
      const { x1, x2, y1, y2 } = svg.querySelector(".boundary:not(.rim)");
      const ends = [x1, x2, y1, y2].map((each) => each.baseVal.value);
      const [left, right, low, high] = ends;
      const part = (svg.units.y(0) - low) / (high - low);
      return svg.units.x.invert(left + part * (right - left));
    }""")
    assert crossed == pytest.approx(1.0, abs=0.01)


def test_the_answer_draws_itself_for_a_reader_and_not_for_a_lesson(show):
    page = show(Predict("hinge"))
    moving = "place.querySelector('.curve.loss-hinge').getAnimations().length"
    page.evaluate(DRIVE, ["revealed", [True]])
    driven = page.evaluate(moving)
    page.evaluate(MOVE, ["revealed", [False, True]])

    assert (driven, page.evaluate(moving)) == (0, 1)


# Texts that are covered by a ball or another text, or leave the figure. Glyphs are less
# high than the box of their line.
COVERED = """() => {
  const box = (node) => {
    const { left, right, top, bottom } = node.getBoundingClientRect();
    const air = node.localName === "text" ? (bottom - top) / 4 : 0;
    return { left, right, top: top + air, bottom: bottom - air };
  };
  const seen = (node) => {
    const { left, right, top, bottom } = node.getBoundingClientRect();
    const clip = node.closest("[clip-path]")?.ownerSVGElement.getBoundingClientRect();
    const level = !clip || (left < clip.right && right > clip.left);
    const plumb = !clip || (top < clip.bottom && bottom > clip.top);
    return node.checkVisibility() && node.textContent && level && plumb;
  };
  const meet = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  const texts = [...place.querySelectorAll("svg text")].filter(seen);
  const balls = [...place.querySelectorAll(".ball")];
  const marks = balls.filter((ball) => ball.checkVisibility());
  const figure = place.getBoundingClientRect();
  return texts.flatMap((text, i) => {
    const own = box(text);
    const over = [...marks.map((ball) => [ball, "a ball"]),
      ...texts.slice(i + 1).map((other) => [other, other.textContent])];
    const found = over.filter(([node]) => meet(own, box(node))).map(([, name]) => name);
    const outside = own.left < figure.left - 12 || own.right > figure.right + 12;
    if (outside) found.push("the edge");
    return found.map((name) => `${text.textContent} / ${name}`);
  });
}"""
# Not those whose ball crosses labels by nature: over a map, or along a line.
FIGURES = {
    "curve": lambda: Curve("hinge"),
    "curve of large values": lambda: Curve(
        "mean_squared_error", y_true=215, low=185, high=245
    ),
    "two curves": lambda: Curve("hinge", "binary_cross_entropy_from_logits"),
    "probability": Probability,
    "outlier": Outlier,
    "imbalance": Imbalance,
    "predict": lambda: Predict("cross_entropy"),
    "network": Network,
    "region": Region,
    "focal": Focal,
}


@pytest.mark.parametrize("width", [900, 358])
@pytest.mark.parametrize("name", FIGURES)
def test_wherever_its_controls_end_no_label_is_covered(show, name, width):
    page = show(FIGURES[name](), width)
    assert page.evaluate(COVERED) == []
    sliders = page.locator("input[type=range]")
    for end in ("Home", "End"):
        for i in range(sliders.count()):
            sliders.nth(i).press(end)
            assert page.evaluate(COVERED) == [], f"slider {i} at its {end}"


def test_where_colours_are_forced_all_that_is_drawn_takes_them(show):
    page = show(Outlier())
    page.emulate_media(forced_colors="active", color_scheme="dark")
    colours = page.evaluate("""() => {
      const of = (name, part) => getComputedStyle(place.querySelector(name))[part];
      return {
        text: getComputedStyle(document.body).color,
        drawn: [of(".curve", "stroke"), of(".house", "fill"), of("text", "fill")],
        bar: of(".track span", "backgroundColor"),
      };
    }""")
    assert {*colours["drawn"], colours["bar"]} == {colours["text"]}


def test_with_letters_twice_as_large_the_plot_keeps_its_width(show):
    page = show(Curve("hinge", "binary_cross_entropy_from_logits"), 700)
    width = "place.querySelector('.plots').offsetWidth"
    beside = page.evaluate(width)
    page.add_style_tag(content="html { font-size: 200% }")
    page.evaluate("place.style.width = '701px'")  # drawn anew
    page.wait_for_function(f"{width} > 690")

    assert beside < 480
    assert page.evaluate("place.scrollWidth") <= 701
    assert page.evaluate(COVERED) == []


@pytest.mark.parametrize("name", FIGURES)
def test_in_a_place_that_is_not_laid_out_yet_nothing_has_a_negative_size(show, name):
    page = show(FIGURES[name](), 40)
    sizes = "svg[viewBox*='-'], [width^='-'], [height^='-'], [r^='-'], [d*='--']"
    assert page.evaluate(f'place.querySelectorAll("{sizes}").length') == 0
