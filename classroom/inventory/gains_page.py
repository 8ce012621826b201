"""The page of what a class has gained: one file, that asks nothing of any host."""

import math
from collections import Counter

import numpy as np
from lxml import etree
from lxml.html.builder import E

from classroom.counting import counted
from classroom.reporting.page import bar, document, number, percent, table
from classroom.reporting.tables import decimal

from .forms import form
from .gain import FEWEST, LEVEL
from .gains import Gains, Pair

TITLE = "What the course has changed"
CEILING = 0.8  # a mean before, above which there is little room
PEOPLE = "person", "people"
STEP = 16  # pixels of a question in the figure of scores


def page(found: Gains, *, names: bool) -> str:
    """The gains of a class as a page of HTML; a name is text in it."""
    body = [E.H1(TITLE), *_gain(found), *_scores(found), *_misconceptions(found)]
    body += _items(found)
    if names:
        body += _people(found)
    return document(TITLE, body + _method())


def _gain(found: Gains) -> list:
    gain = found.gain
    says = (
        f"{counted(gain.pairs, *PEOPLE)} answered both times. Before, "
        f"{percent(gain.before)} of their answers were right; after, "
        f"{percent(gain.after)}. "
    )
    if gain.value is None:
        return [E.P(says + "All was right before, so there was nothing to gain.")]
    says += f"The normalised gain is {_signed(gain.value)}: "
    if gain.value >= 0:
        says += f"of what there was to learn, they have learned {percent(gain.value)}."
    else:
        says += "they know less than before."
    parts = [E.P(E.STRONG("Unvalidated. "), UNVALIDATED), E.P(says)]
    if gain.low is None or gain.high is None:
        few = gain.pairs < FEWEST
        why = (
            f"for fewer than {FEWEST} people" if few else "with so little left to gain"
        )
        parts.append(E.P(f"There is no confidence interval {why}."))
    else:
        low, high = _signed(gain.low), _signed(gain.high)
        parts.append(E.P(f"{LEVEL:.0%} confidence interval: {low} to {high}."))
        parts.append(_interval(gain.value, gain.low, gain.high))
    return parts + _warnings(found)


UNVALIDATED = (
    "These questions have not been piloted: nobody knows yet whether they measure what "
    "they should, nor whether one form is harder than the other. Take the numbers as a "
    "reason to look, not as a proof."
)


def _warnings(found: Gains) -> list:
    gain, parts = found.gain, []
    missing = len(found.only_before) + len(found.only_after)
    if missing:
        before = [float(sheet.right.mean()) for sheet in found.only_before]
        says = (
            f"Not in any number here: {len(found.only_before)} who answered only before"
        )
        if before:
            says += f" ({percent(float(np.mean(before)))} right)"
        says += (
            f", and {len(found.only_after)} who answered only after. If those who left "
            "are others than those who stayed, the gain is not that of the class."
        )
        parts.append(E.P(says))
    if found.left:
        parts.append(E.P(f"Not taken: {len(found.left)}; the command says why."))
    full = sum(bool(pair.before.right.all()) for pair in found.pairs)
    if gain.before > CEILING or full:
        parts.append(
            E.P(
                f"Ceiling: before, {percent(gain.before)} were right on average, and "
                f"{full} had all right. Where so little is left to gain, the gain says "
                "little."
            )
        )
    return [*parts, E.P(_order(found))]


def _order(found: Gains) -> str:
    """Whether the forms can be told from the learning."""
    first = {name: shares for name, shares in found.first_forms.items() if shares}
    if len(first) == 1:
        (name,) = first
        return (
            f"Everybody had {form(name).title} first. So a form that is easier looks "
            "like learning. Next time, give each form to half of the class before, and "
            "the other form after."
        )
    said = " and ".join(
        f"{form(name).title}: {percent(float(np.mean(shares)))} of "
        f"{counted(len(shares), *PEOPLE)}"
        for name, shares in first.items()
    )
    return (
        f"Right before, by form: {said}. If the forms were dealt out by chance, that "
        "compares them; and in the gain, a difference between them mostly cancels."
    )


def _interval(value: float, low: float, high: float) -> etree._Element:
    def x(gain: float) -> float:
        return 20 + 320 * (max(-0.5, min(1.0, gain)) + 0.5) / 1.5

    svg = E(
        "svg",
        {
            "viewBox": "0 0 360 70",
            "width": "360",
            "role": "img",
            "aria-label": f"Gain {_signed(value)}, interval {_signed(low)} to "
            f"{_signed(high)}.",
        },
    )
    for tick in (-0.5, 0, 0.5, 1):
        svg.append(_line(x(tick), 12, x(tick), 44, opacity=".3"))
        svg.append(_text(x(tick), 62, f"{tick:g}".replace("-", "−")))
    svg.append(_line(x(low), 28, x(high), 28, width="2"))
    for edge in (low, high):
        svg.append(_line(x(edge), 20, x(edge), 36, width="2"))
    svg.append(E("circle", cx=f"{x(value):g}", cy="28", r="5"))
    return svg


def _scores(found: Gains) -> list:
    """Each person's two scores; as large as there are people with the same."""
    most = len(found.pairs[0].before.right)
    points = Counter((_score(p, "before"), _score(p, "after")) for p in found.pairs)
    better = sum(n for (b, a), n in points.items() if a > b)
    worse = sum(n for (b, a), n in points.items() if a < b)
    more, fewer = counted(better, "has", "have"), counted(worse, "has", "have")
    said = f"{more} more, {fewer} fewer, the others as many"
    size = most * STEP
    svg = E(
        "svg",
        {
            "viewBox": f"0 0 {size + 70} {size + 60}",
            "width": str(size + 70),
            "role": "img",
            "aria-label": f"Right answers after, against before: {said}.",
        },
    )
    svg.append(_line(50, size + 10, 50 + size, 10, opacity=".4"))
    for tick in range(0, most + 1, 5):
        at = tick * STEP
        svg.append(_line(50 + at, 10, 50 + at, size + 10, opacity=".15"))
        svg.append(_line(50, 10 + at, 50 + size, 10 + at, opacity=".15"))
        svg.append(_text(50 + at, size + 28, str(tick)))
        svg.append(_text(32, size + 14 - at, str(tick)))
    svg.append(_text(50 + size / 2, size + 50, "right before"))
    turned = _text(0, 0, "right after")
    turned.set("transform", f"translate(12 {10 + size / 2:g}) rotate(-90)")
    svg.append(turned)
    for (b, a), count in sorted(points.items()):
        dot = {"cx": f"{50 + b * STEP:g}", "cy": f"{10 + size - a * STEP:g}"}
        radius = f"{min(0.9 * STEP, 5 * math.sqrt(count)):.1f}"
        svg.append(E("circle", dot, {"fill-opacity": ".7"}, r=radius))
    return [
        E.H2("Each person"),
        E.P(
            f"Right answers after, against before: {said}. Above "
            "the line is who gained. A larger dot stands for more people."
        ),
        svg,
    ]


def _score(pair: Pair, when: str) -> int:
    return int(getattr(pair, when).right.sum())


def _misconceptions(found: Gains) -> list:
    count = len(found.pairs)
    rows = []
    for one in found.changes:
        shares = [(one.gone, "gone"), (one.kept, "kept"), (one.new, "new")]
        parts = [
            E.I({"class": name}, style=f"width: {n / count:.1%}")
            for n, name in shares
            if n
        ]
        rows.append(
            E.TR(
                E.TD(one.misconception),
                *(number(n) for n, _ in shares),
                E.TD(E.I(*parts, {"class": "parts"}), {"class": "share"}),
            )
        )
    return [
        E.H2("Misconceptions"),
        E.P(
            "By how many people each was shown: before only (gone, blue), both times "
            "(kept, red), after only (new, striped). Who chose nothing shows nothing. "
            "One choice can be a slip or a guess: look at many people, or ask the one."
        ),
        table(["Misconception", "Gone", "Kept", "New", "Of all people"], rows),
    ]


def _items(found: Gains) -> list:
    rows = [
        E.TR(
            E.TD(item.target),
            number(item.number),
            bar(item.before),
            bar(item.after),
        )
        for item in found.items
    ]
    return [
        E.H2("Questions"),
        E.P("The partners of both forms have the same number."),
        table(["Is for", "Question", "Right before", "Right after"], rows),
    ]


def _people(found: Gains) -> list:
    rows = [
        E.TR(
            E.TD(pair.before.who),
            number(_score(pair, "before")),
            number(_score(pair, "after")),
            E.TD("; ".join(sorted(pair.after.shown)) or "none"),
        )
        for pair in sorted(found.pairs, key=lambda pair: pair.before.key)
    ]
    once = [("before", found.only_before), ("after", found.only_after)]
    missing = [
        E.P(f"Answered only {when}: {', '.join(sheet.who for sheet in sheets)}.")
        for when, sheets in once
        if sheets
    ]
    heads = ["Name or code", "Right before", "Right after", "Shown after"]
    return [E.H2("People"), table(heads, rows), *missing]


def _method() -> list:
    return [E.H2("How this is computed"), *map(E.P, METHOD), E.UL(*map(E.LI, SOURCES))]


METHOD = (
    "The normalised gain is (after − before) / (1 − before), of the mean shares of "
    "right answers of those who answered both times, a form each time (Hake, 1998). It "
    "is taken of the means of the group: the mean of everybody’s own gain is biased by "
    "errors of measurement (Bao, 2006; Navarrete and others, 2024). What is open "
    "counts as not right, and chance alone gives a quarter. Hake’s limits for low, "
    "medium and high gains are of physics, and mean nothing here.",
    "The interval is that of Fieller (1954) for a ratio of paired means. It misleads "
    "if people answered together, or if those who stayed are others than those who "
    "left. Without a second class that was taught otherwise, nobody can say what the "
    "course itself has done. Compare classes only if they begin alike: some studies "
    "found that who knows more before gains more (Coletta and Phillips, 2005; Nissen "
    "and others, 2018), others did not, or explain it otherwise (Von Korff and others, "
    "2016; Coletta and Steinert, 2020).",
)
AJP, PRPER = "American Journal of Physics", "Physical Review Physics Education Research"
SOURCES = (
    "R. R. Hake (1998), Interactive-engagement versus traditional methods: a "
    f"six-thousand-student survey, {AJP} 66, 64-74.",
    "E. C. Fieller (1954), Some problems in interval estimation, Journal of the Royal "
    "Statistical Society B 16, 175-185.",
    "V. P. Coletta and J. A. Phillips (2005), Interpreting FCI scores: normalized "
    "gain, preinstruction scores, and scientific reasoning ability, "
    f"{AJP} 73, 1172-1182.",
    "L. Bao (2006), Theoretical comparisons of average normalized gain calculations, "
    f"{AJP} 74, 917-922.",
    "J. Von Korff and others (2016), Secondary analysis of teaching methods in "
    f"introductory physics: a 50k-student study, {AJP} 84, 969-974.",
    "J. M. Nissen and others (2018), Comparison of normalized gain and Cohen’s d for "
    f"analyzing gains on concept inventories, {PRPER} 14, 010115.",
    "V. P. Coletta and J. J. Steinert (2020), Why normalized gain should continue to "
    "be used in analyzing preinstruction and postinstruction scores on concept "
    f"inventories, {PRPER} 16, 010108.",
    "J. Navarrete and others (2024), Another reason why normalized gain should "
    "continue to be used to analyze concept inventories, arXiv:2407.07730.",
)


def _line(
    x1: float, y1: float, x2: float, y2: float, *, width: str = "1", opacity: str = "1"
) -> etree._Element:
    ends = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
    look = {"stroke": "currentcolor", "stroke-width": width, "stroke-opacity": opacity}
    return E("line", {name: f"{value:g}" for name, value in ends.items()} | look)


def _text(x: float, y: float, says: str) -> etree._Element:
    return E("text", {"x": f"{x:g}", "y": f"{y:g}"}, says)


def _signed(value: float) -> str:
    return decimal(value).replace("-", "−")
