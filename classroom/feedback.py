"""Pages of feedback: nbgrader's, and one of our own where there is no grade."""

import html
from collections.abc import Sequence
from pathlib import Path

import lxml.html
import lxml.html.builder
from nbgrader.apps import NbGraderAPI

from . import cleaning, files
from .counting import counted
from .course import HERE, Course, CourseError
from .export import Grade, grades
from .submissions import Submission

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
UNREAD = (
    "Your answer in words has not been read yet. Where it says 0 there, and in the "
    "sum, its points are still missing."
)
# Beside each page: by these nbgrader hands it back through its exchange.
EXCHANGES = ("timestamp.txt", "submission_secret.txt")
PAGE = (HERE / "no_grade.html").read_text("utf-8")


def feedback(course: Course, assignment: str) -> list[Path]:
    """Write a page for everybody whose submission was graded; returns the pages.

    Hidden tests are left out of it; what they said stays.

    Raises
    ------
    CourseError
        If nothing has been graded yet, or nbgrader cannot write some of the pages.
    """
    course.source(assignment)
    try:
        everybody = [g for g in grades(course, assignment) if g.record.status]
    except CourseError:
        everybody = []
    if not everybody:
        raise CourseError(f"Nothing of {assignment} has been graded yet.")
    pages, stumbled = [], []
    with course.nbgrader() as api:
        for grade in everybody:
            page = course.feedback(grade.record.student, assignment)
            try:
                handed_in = course.submitted(grade.record.student, assignment)
                _write(api, page, grade, handed_in)
            # Whatever it is, the others get their pages.
            except Exception as error:
                stumbled.append(f"{grade.record.student}: {error}")
            else:
                pages.append(page)
    if stumbled:
        raise CourseError(
            f"{counted(len(pages), 'page is', 'pages are')} written. Without one are "
            "still\n" + cleaning.text("\n".join(stumbled))
        )
    return pages


def _write(api: NbGraderAPI, page: Path, grade: Grade, submitted: Path) -> None:
    record = grade.record
    if record.needs_review:
        files.write(page, _no_grade(record))
        for name in EXCHANGES:  # nbgrader's own pages get them from nbgrader
            if (submitted / name).exists():
                files.write(page.parent / name, (submitted / name).read_text("utf-8"))
        return
    result = api.generate_feedback(record.assignment, record.student)
    if not result["success"]:
        raise RuntimeError(f"{result.get('log', '')}{result.get('error', '')}")
    unread = UNREAD if grade.by_hand is None else ""
    notes = record.reason, unread, grade.variant_note, grade.late_note
    _finish(page, _whose(record), [note for note in notes if note])


def _finish(page: Path, whose: str, notes: Sequence[str]) -> None:
    """Take the scripts out of a page, forbid others, and say on its top what to know.

    The template cannot: nbgrader fills it, and knows nothing of our records.
    """
    tree = lxml.html.fromstring(page.read_bytes())
    for script in tree.xpath("//script"):
        script.drop_tree()
    policy = {"http-equiv": "Content-Security-Policy", "content": POLICY}
    tree.head.insert(0, lxml.html.builder.META(policy))
    tree.head.insert(0, lxml.html.builder.META(charset="utf-8"))
    top = [lxml.html.builder.P(whose)]
    top += [lxml.html.builder.P(note, {"class": "note"}) for note in notes]
    tree.body[1:1] = top  # below the title
    files.write(page, lxml.html.tostring(tree, doctype="<!DOCTYPE html>"))


def _whose(record: Submission) -> str:
    """Whose page it is, and of which file where that is known."""
    file = f"; handed in as “{record.came_as}”" if record.came_as else ""
    return f"For {record.student}{file}."


def _no_grade(record: Submission) -> str:
    said = {"assignment": record.assignment, "whose": _whose(record)}
    said |= {"reason": record.reason}
    words = {name: html.escape(text) for name, text in said.items()}
    words["heading"] = words["assignment"].replace("_", "_<wbr>")  # breaks there
    page = PAGE
    for name, text in words.items():
        page = page.replace(f"{{{{ {name} }}}}", text)
    return page
