"""The page of a report: everything in one file, that asks nothing of any host."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from lxml import etree, html
from lxml.html.builder import E

from classroom import files
from classroom.counting import counted

from .item_analysis import FEWEST, Item
from .report import NO_GOAL, Report
from .tables import decimal

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
HERE = Path(__file__).parent
SHEETS = HERE / "page.css", HERE.with_name("scroll.css")
STYLE = "".join(sheet.read_text("utf-8") for sheet in SHEETS)
WEAK = 0.2  # a correlation below which one looks whether the task asks what it should
BARS = 10  # at most


def page(found: Report, *, names: bool) -> str:
    """A report as a page of HTML; the words of a student are text in it."""
    title = f"What the class knows: {found.assignment}"
    body = [E.H1(*breaking(title)), *_totals(found), *_tasks(found), *_goals(found)]
    body += _mistakes(found, names) + _variants(found, names)
    if names:
        body += _students(found)
    body += _method()
    return document(title, body)


def document(title: str, body: list) -> str:
    """A page with this title and these elements, which asks nothing of any host."""
    tree = E.HTML(
        E.HEAD(
            E.META(charset="utf-8"),
            E.META({"http-equiv": "Content-Security-Policy", "content": POLICY}),
            E.META(name="viewport", content="width=device-width, initial-scale=1"),
            E.TITLE(title),
            E.STYLE(STYLE),
        ),
        E.BODY(E.MAIN(*body)),
        lang="en",
    )
    return html.tostring(tree, doctype="<!DOCTYPE html>", encoding="unicode")


def keep(folder: Path, page: str, tables: Mapping[str, str], of_people: str) -> Path:
    """Write a page and its tables into a folder; returns the page.

    The table of people is there only if one asks for names: none stays from an earlier
    run that did.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        files.write(folder / f"{name}.csv", table)
    if of_people not in tables:
        (folder / f"{of_people}.csv").unlink(missing_ok=True)
    path = folder / "index.html"
    files.write(path, page)
    return path


def _totals(found: Report) -> list:
    says = f"{counted(len(found.marks), 'graded submission')}."
    if found.unseen:
        says += f" Not counted until a person has looked: {found.unseen}."
    if unread := sum(found.unread):
        says += (
            f" {counted(unread, 'answer is', 'answers are')} not read yet: what stands "
            "here of their tasks and goals rests on the others, and will change."
        )
    totals, most = found.totals
    if not most:
        return [E.P(says)]
    says += (
        f" Half of them have {counted(float(np.median(totals)), 'point')} or more, of "
        f"the {most:g} for which everybody has a mark."
    )
    return [E.P(says), _histogram(totals, most)]


def _histogram(totals: list[float], most: float) -> etree._Element:
    # Whole points: a bar from 11.2 to 12.8 would hold one of them, its neighbour two.
    step = math.ceil(most / BARS)
    bars = math.ceil(most / step)
    counts, edges = np.histogram(totals, bars, (0, bars * step))
    width, height, high = 44, 120, max(counts)
    words = ", ".join(
        f"{low:g} to {high_:g}: {count}"
        for low, high_, count in zip(edges, edges[1:], counts, strict=False)
        if count
    )
    svg = E(
        "svg",
        {
            "viewBox": f"0 0 {width * bars + 20} {height + 40}",
            "width": str(width * bars + 20),
            "role": "img",
            "aria-label": f"How many students have how many points. {words}.",
        },
    )
    for i, count in enumerate(counts):
        tall = height * count / high
        left = 10 + i * width
        if count:
            at = {"x": left + 1, "y": 20 + height - tall}
            at |= {"width": width - 2, "height": tall}
            svg.append(E("rect", {key: f"{value:g}" for key, value in at.items()}))
            middle = {"x": f"{left + width / 2:g}", "y": f"{15 + height - tall:g}"}
            svg.append(E("text", middle, str(count)))
    for i, edge in enumerate(edges):
        at_foot = {"x": f"{10 + i * width:g}", "y": f"{height + 36:g}"}
        svg.append(E("text", at_foot, f"{edge:g}"))
    return svg


def _tasks(found: Report) -> list:
    rows, heading = [], None
    for task, item, unread in zip(found.tasks, found.items, found.unread, strict=True):
        shown = "" if task.heading == heading else task.heading
        heading = task.heading
        by_hand = [E.SMALL("read by a person")] if task.is_read else []
        rows.append(
            E.TR(
                E.TD(*coded(shown)),
                E.TD(*breaking(task.id), *by_hand, *_unread(unread)),
                number(item.count),
                bar(item.difficulty),
                number(item.full, percent),
                _discrimination(item),
                number(item.lost),
            )
        )
    return [
        E.H2("Tasks"),
        table(
            [
                "Task",
                "Test",
                "Students",
                "Share of the points",
                "With all points",
                "Discrimination",
                "Points lost",
            ],
            rows,
        ),
    ]


def _unread(count: int) -> list:
    return [E.SMALL(f"{count} not read yet")] if count else []


def _goals(found: Report) -> list:
    rows = [
        E.TR(
            E.TD(
                *coded(f"You can {goal}" if " " in goal else goal),
                *_unread(found.unread_of(goal)),
            ),
            bar(share),
        )
        for goal, share in found.goals.items()
        if goal != NO_GOAL
    ]
    parts = [E.H2("Goals of the chapter")]
    if rows:
        parts.append(table(["Goal", "Share of the points"], rows))
    if others := [task.id for task in found.tasks if task.goal == NO_GOAL]:
        parts.append(E.P(f"Tests that belong to no goal: {', '.join(others)}."))
    return parts


def _mistakes(found: Report, names: bool) -> list:
    if not found.mistakes:
        return [
            E.H2("Mistakes by name"),
            E.P("No mistake that the key knows was made."),
        ]
    rows = [
        E.TR(
            E.TD(
                one.name,
                *([E.SMALL(", ".join(one.students))] if names else []),
            ),
            number(len(one.students)),
            E.TD(*breaking(", ".join(one.tasks))),
            E.TD(*coded(one.said)),
        )
        for one in found.mistakes
    ]
    return [
        E.H2("Mistakes by name"),
        table(["Mistake", "Students", "In", "What one of them was told"], rows),
    ]


def _variants(found: Report, names: bool) -> list:
    if not found.has_variants:
        return []
    count = len(found.copied)
    says = (
        "Each student had numbers of their own, so a share by variant would be one "
        "student's. Right for somebody else's variant, and not for their own, are "
        f"answers of {counted(count, 'student')}."
    )
    parts = [E.H2("Variants"), E.P(says)]
    if names and found.copied:
        whose = (f"{who}: answers of {other}'s" for who, other in found.copied.items())
        parts.append(E.UL(*map(E.LI, whose)))
    return parts


def _students(found: Report) -> list:
    rows = [
        E.TR(
            E.TD(student),
            *(number(None if np.isnan(mark) else mark) for mark in (*row, row.sum())),
        )
        for student, row in found.marks.items()
    ]
    heads = ["Student", *(task.id for task in found.tasks), "All"]
    return [E.H2("Students"), table(heads, rows)]


def _method() -> list:
    return [
        E.H2("How to read this"),
        E.P(
            "The share of the points is the mean over the students counted beside it, "
            "who have a mark; the higher, "
            "the easier the task (its ",
            E.EM("difficulty"),
            "). ",
            E.EM("Discrimination"),
            " is the correlation between the marks of a test and the sum of the others "
            "that everybody has: near 1, who is good there is good here; below "
            f"{WEAK}, look whether the test asks what it should. It is left out for "
            f"fewer than {FEWEST} students, and where all got the same. With thirty "
            "students such a correlation is uncertain by about 0.3 in each direction.",
        ),
    ]


def table(heads: Sequence[str], rows: list) -> etree._Element:
    """A table that scrolls where it is too wide."""
    numbers = {
        i for row in rows for i, cell in enumerate(row) if cell.get("class") == "number"
    }
    head = E.TR(
        *(
            E.TH(
                *breaking(text),
                {"class": "number"} if i in numbers else {},
                scope="col",
            )
            for i, text in enumerate(heads)
        )
    )
    # Who has no pointer scrolls it by keys.
    place = {"class": "scroll", "tabindex": "0", "role": "group"}
    named = {"aria-label": f"Table: {', '.join(heads)}"}
    return E.DIV(E.TABLE(E.THEAD(head), E.TBODY(*rows)), place | named)


def coded(said: str) -> list:
    """A text whose parts in backticks are code, as elements: markup in it is text."""
    parts = re.split(r"`([^`]+)`", said)
    return [E.CODE(part) if i % 2 else part for i, part in enumerate(parts)]


def breaking(name: str) -> list:
    """A name such as `mean_squared_error`, which may break after each of its words."""
    first, *others = name.split("_")
    parts = [first]
    for other in others:
        parts += ["_", E.WBR(), other]
    return parts


def bar(share: float | None) -> etree._Element:
    """A cell with a share, as a number and as a bar."""
    if share is None:
        return E.TD("no marks yet")
    filled = E.I(style=f"width: {share:.1%}")
    return E.TD(percent(share), E.I(filled), {"class": "share"})


def percent(share: float) -> str:
    """A share with the very digits that the tables have, rounded as they are there.

    >>> percent(0.775), percent(0.5375), decimal(0.5375)
    ('77.5%', '53.7%', '0.537')
    """
    return f"{float(decimal(share)):.1%}"


def _discrimination(item: Item) -> etree._Element:
    cell = number(item.discrimination, decimal)
    if item.discrimination is not None and item.discrimination < WEAK:
        cell.set("class", "number weak")
    return cell


def number(
    value: float | None, form: Callable[[float], str] = "{:g}".format
) -> etree._Element:
    """A cell with a number, or with a dash where there is none."""
    return E.TD("\u2013" if value is None else form(value), {"class": "number"})
