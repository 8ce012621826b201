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
    "Your answer in words has not been read yet. Where it says 0.0 there, and in the "
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
    _finish(page, [note for note in notes if note])


def _finish(page: Path, notes: Sequence[str]) -> None:
    """Take the scripts out of a page, forbid others, and put notes on its top."""
    tree = lxml.html.fromstring(page.read_bytes())
    for script in tree.xpath("//script"):
        script.drop_tree()
    policy = {"http-equiv": "Content-Security-Policy", "content": POLICY}
    tree.head.insert(0, lxml.html.builder.META(policy))
    tree.head.insert(0, lxml.html.builder.META(charset="utf-8"))
    for note in reversed(notes):
        tree.body.insert(0, lxml.html.builder.P(note, style="padding: 1rem"))
    files.write(page, lxml.html.tostring(tree, doctype="<!DOCTYPE html>"))


def _no_grade(record: Submission) -> str:
    said = {"assignment": record.assignment, "file": record.came_as}
    said |= {"student": record.student, "reason": record.reason}
    page = PAGE
    for name, text in said.items():
        page = page.replace(f"{{{{ {name} }}}}", html.escape(text))
    return page
