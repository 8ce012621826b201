"""Pages of feedback: nbgrader's, and one of our own where there is no grade."""

import html
from pathlib import Path

from . import records
from .course import HERE, Course, CourseError
from .records import Record

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
            pages.append(page)
    return pages


def _no_grade(record: Record) -> str:
    said = {"assignment": record.assignment, "file": record.came_as}
    said |= {"student": record.student, "reason": record.reason}
    page = PAGE
    for name, text in said.items():
        page = page.replace(f"{{{{ {name} }}}}", html.escape(text))
    return page
