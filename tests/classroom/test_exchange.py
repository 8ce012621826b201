"""nbgrader's exchange: a folder counts for the account that owns it."""

import os
import pwd
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.utils import notebook_hash

from classroom import submissions
from classroom.collect import collect_from_exchange
from classroom.course import CourseError
from classroom.feedback import feedback
from classroom.grade import grade
from classroom.release import release
from tests.classroom.conftest import ASSIGNMENT, NOTEBOOK, new_course

pytestmark = pytest.mark.classroom

ME = pwd.getpwuid(os.getuid()).pw_name


@pytest.fixture
def course(tmp_path):
    course = new_course(tmp_path / "course")
    (course.root / "course.toml").write_text(
        f'exchange = "{tmp_path / "exchange"}"\ncourse_id = "losses 2"'
    )
    return course


@pytest.fixture
def hand_in(tmp_path):
    def hand_in(name, text="x", time="2026-05-01 12:00:00 UTC"):
        folder = tmp_path / "exchange/losses 2/inbound" / name
        folder.mkdir(parents=True)
        notebook = new_notebook(cells=[new_code_cell(text)])
        (folder / f"{ASSIGNMENT}.ipynb").write_text(nbformat.writes(notebook))
        (folder / "timestamp.txt").write_text(time)
        return folder

    return hand_in


def test_the_owner_hands_in_and_nobody_for_somebody_else(course, hand_in, tmp_path):
    hand_in(f"{ME}+{ASSIGNMENT}+2026-05-01 12:00:00 UTC+abc", "mine")
    hand_in(f"somebody+{ASSIGNMENT}+2026-05-01 12:00:00 UTC")
    hand_in(f"{ME}+hinge+2026-05-01 12:00:00 UTC")
    link = tmp_path / f"exchange/losses 2/inbound/{ME}+{ASSIGNMENT}+2027"
    link.symlink_to(course.source(ASSIGNMENT).parent)

    found = collect_from_exchange(course, ASSIGNMENT)

    assert list(found.taken) == [ME]
    assert len(found.taken[ME]) == 1
    reasons = {left.student: left.reason for left in found.left}
    assert f"belongs to {ME}" in reasons["somebody"]
    assert "link" in reasons[ME]
    assert submissions.everybody(course, ASSIGNMENT) == [ME]


def test_the_time_is_the_systems_and_not_what_the_student_wrote(course, hand_in):
    hand_in(f"{ME}+{ASSIGNMENT}+2099-01-01 12:00:00 UTC", "first", "2099-01-01")
    second = hand_in(
        f"{ME}+{ASSIGNMENT}+2001-01-01 12:00:00 UTC", "second", "2001-01-01"
    )
    os.utime(second)

    collect_from_exchange(course, ASSIGNMENT)

    said = (course.submitted(ME, ASSIGNMENT) / "timestamp.txt").read_text()
    assert not said.startswith(("2099", "2001"))


def test_what_is_missing_is_told(course, hand_in):
    with pytest.raises(CourseError, match=r"Say where it is: `exchange`"):
        collect_from_exchange(course, ASSIGNMENT)
    hand_in(f"{ME}+hinge+2026-05-01 12:00:00 UTC")
    with pytest.raises(CourseError, match="Nobody has handed in"):
        collect_from_exchange(course, ASSIGNMENT)


def test_nbgrader_hands_back_a_page_for_what_could_not_be_graded(course, hand_in):
    """By the secret beside the notebook that was taken, and by no other's."""
    folder = hand_in(f"{ME}+{ASSIGNMENT}+2026-05-01 12:00:00 UTC+abc")
    (folder / "submission_secret.txt").write_text("a long secret")
    release(course, ASSIGNMENT)
    collect_from_exchange(course, ASSIGNMENT)
    (record,) = grade(course, ASSIGNMENT, students=[ME])
    assert record.needs_review
    (page,) = feedback(course, ASSIGNMENT)

    words = [sys.executable, "-m", "nbgrader", "release_feedback", ASSIGNMENT]
    root = course.settings.exchange
    subprocess.run([*words, f"--Exchange.root={root}"], cwd=course.root, check=True)

    name = notebook_hash(secret="a long secret", notebook_id=NOTEBOOK)  # noqa: S106
    released = Path(root) / "losses 2" / "feedback" / f"{name}.html"
    assert released.read_bytes() == page.read_bytes()
