"""Pages of feedback: nbgrader's, and one of our own where there is no grade."""

import html
from pathlib import Path

import lxml.html
import lxml.html.builder

from . import records
from .course import HERE, Course, CourseError
from .export import grades
from .records import Record

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
UNREAD = (
    "Your answer in words has not been read yet. Where it says 0.0 there, and in the "
    "sum, its points are still missing."
)
PAGE = (HERE / "no_grade.html").read_text("utf-8")


def feedback(course: Course, assignment: str) -> list[Path]:
    """Write a page for everybody whose submission was graded; returns the pages.

    Hidden tests are left out of it; what they said stays.

    Raises
    ------
    CourseError
        If nothing has been graded yet, or nbgrader cannot write a page.
    """
    course.source(assignment)
    everybody = [
        records.read(course, s, assignment) for s in course.students(assignment)
    ]
    graded = [record for record in everybody if record.status]
    if not graded:
        raise CourseError(f"Nothing of {assignment} has been graded yet.")
    unread = {g.record.student for g in grades(course, assignment) if g.by_hand is None}
    pages = []
    with course.nbgrader() as api:
        for record in graded:
            page = course.feedback(record.student, assignment)
            if record.needs_review:
                page.parent.mkdir(parents=True, exist_ok=True)
                page.write_text(_no_grade(record), "utf-8")
            else:
                result = api.generate_feedback(assignment, record.student)
                if not result["success"]:
                    raise CourseError(
                        f"nbgrader could not write the feedback for {record.student}:\n"
                        f"{result.get('log', '')}{result.get('error', '')}"
                    )
                _finish(page, record.student in unread)
            pages.append(page)
    return pages


def _finish(page: Path, is_unread: bool) -> None:
    """Take the scripts out of a page, forbid others, and say what is still missing."""
    tree = lxml.html.fromstring(page.read_bytes())
    for script in tree.xpath("//script"):
        script.drop_tree()
    policy = {"http-equiv": "Content-Security-Policy", "content": POLICY}
    tree.head.insert(0, lxml.html.builder.META(policy))
    tree.head.insert(0, lxml.html.builder.META(charset="utf-8"))
    if is_unread:
        tree.body.insert(0, lxml.html.builder.P(UNREAD, style="padding: 1rem"))
    page.write_bytes(lxml.html.tostring(tree, doctype="<!DOCTYPE html>"))


def _no_grade(record: Record) -> str:
    said = {"assignment": record.assignment, "file": record.came_as}
    said |= {"student": record.student, "reason": record.reason}
    page = PAGE
    for name, text in said.items():
        page = page.replace(f"{{{{ {name} }}}}", html.escape(text))
    return page
