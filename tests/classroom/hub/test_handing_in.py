"""Hand-ins on a hub: whose they are, the folder says, and none leads elsewhere."""

import os
import re
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from nbgrader.utils import notebook_hash

from classroom import roster, submissions
from classroom.__main__ import main
from classroom.collect import collect_from_hub
from classroom.course import CourseError
from classroom.feedback import feedback
from classroom.grade import grade
from classroom.hub import passing
from classroom.hub.state import State
from classroom.release import release
from tests.classroom.conftest import ASSIGNMENT, needs_sandbox, new_course
from tests.classroom.handing_in import notebook, reasons, taken

pytestmark = pytest.mark.classroom
ADA, BLAISE = "Ada Lovelace", "Blaise Pascal"


def hand_in(state, login, text, name=None, when="2026-05-01 12:00:00 UTC", **files):
    """A folder as nbgrader makes it between the walls; a student may make any."""
    folder = state.inbound(login) / f"{name or login}+{ASSIGNMENT}+{when}+abc"
    folder.mkdir()
    (folder / f"{ASSIGNMENT}.ipynb").write_text(notebook(text))
    for file, content in ({"timestamp.txt": when} | files).items():
        (folder / file).write_text(content)
    return folder


def test_a_hand_in_is_of_the_folder_it_lies_in(hub):
    course, state = hub
    hand_in(state, "ada-lovelace", "mine")
    hand_in(state, "blaise-pascal", "for Ada", name="ada-lovelace")
    hand_in(state, "chloe-zhao", "of another").rename(
        state.inbound("chloe-zhao") / "chloe-zhao+hinge+2026+x"
    )

    found = collect_from_hub(course, ASSIGNMENT)

    assert set(found.taken) == {ADA, BLAISE}
    assert (taken(course, ADA), taken(course, BLAISE)) == ("mine", "for Ada")
    assert found.missing == ["Chloé Zhao"]
    assert [p.student for p in roster.kept(course, ASSIGNMENT).people] == [
        ADA, BLAISE, "Chloé Zhao",
    ]  # fmt: skip


def test_of_two_that_are_called_alike_the_time_is_told(hub, capsys):
    course, state = hub
    (course.root / "course.toml").write_text('timezone = "Europe/Berlin"\n')
    hand_in(state, "ada-lovelace", "first", when="2026-05-01 12:00:00 UTC")
    time.sleep(1.1)  # what counts is the machine's own time
    later = hand_in(state, "ada-lovelace", "second", when="2026-05-01 12:00:01 UTC")
    file = later / f"{ASSIGNMENT}.ipynb"
    zone = ZoneInfo("Europe/Berlin")
    when = datetime.fromtimestamp(file.stat().st_ctime, zone).replace(tzinfo=None)

    main(["collect", ASSIGNMENT, "--hub", "--course", str(course.root)])

    said = re.search(r"taken is (.*) of (.*)", capsys.readouterr().out)
    assert said[1] == file.name
    told = datetime.fromisoformat(said[2])
    assert timedelta() <= told - when.replace(microsecond=0) <= timedelta(seconds=1)
    assert taken(course, ADA) == "second"


def test_links_pipes_and_other_names_are_not_read(hub):
    course, state = hub
    solution = course.source(ASSIGNMENT)
    inbound = state.inbound("ada-lovelace")
    folder = hand_in(state, "ada-lovelace", "mine")
    (folder / "soft.ipynb").symlink_to(solution)
    os.link(solution, folder / "hard.ipynb")
    os.mkfifo(folder / "pipe.ipynb")
    (folder / "submission_secret.txt").symlink_to(state.accounts_file)
    (inbound / f"ada-lovelace+{ASSIGNMENT}+2027").symlink_to(solution.parent)
    hand_in(state, "blaise-pascal", "his")

    found = collect_from_hub(course, ASSIGNMENT)

    why = reasons(found)
    assert {"soft.ipynb", "hard.ipynb", "pipe.ipynb"} <= set(why)
    assert "link" in why[f"ada-lovelace+{ASSIGNMENT}+2027"]
    assert (taken(course, ADA), taken(course, BLAISE)) == ("mine", "his")
    kept = course.submitted(ADA, ASSIGNMENT)
    assert not (kept / "submission_secret.txt").exists()


def test_the_time_is_the_systems_also_of_what_was_changed_later(hub):
    course, state = hub
    began = int(time.time())
    first = hand_in(state, "ada-lovelace", "first", when="2099-01-01 12:00:00 UTC")
    later = hand_in(state, "ada-lovelace", "second", when="2001-01-01 12:00:00 UTC")
    os.utime(later / f"{ASSIGNMENT}.ipynb", (0, 0))
    time.sleep(1.1)
    # Into a file that lies there already, which changes no folder.
    (first / f"{ASSIGNMENT}.ipynb").write_text(notebook("changed"))
    os.utime(first / f"{ASSIGNMENT}.ipynb", (0, 0))

    collect_from_hub(course, ASSIGNMENT)

    assert taken(course, ADA) == "changed"
    said = (course.submitted(ADA, ASSIGNMENT) / "timestamp.txt").read_text()
    written = time.strptime(said, "%Y-%m-%d %H:%M:%S UTC\n")
    assert began < time.mktime(written) - time.timezone <= time.time()


def test_of_very_many_hand_ins_the_latest_counts_and_others_are_not_stopped(hub):
    course, state = hub
    for number in range(40):
        hand_in(state, "ada-lovelace", f"{number}", when=f"{number}")
    time.sleep(1.1)
    hand_in(state, "ada-lovelace", "latest", when="0000")
    hand_in(state, "blaise-pascal", "his")

    found = collect_from_hub(course, ASSIGNMENT)

    assert (taken(course, ADA), taken(course, BLAISE)) == ("latest", "his")
    assert "one of too many" in next(iter(found.left)).reason


def test_who_is_not_on_the_hub_is_told_so(hub):
    course, state = hub
    with pytest.raises(CourseError, match="on the hub yet"):
        collect_from_hub(course, ASSIGNMENT)
    with pytest.raises(CourseError, match="There is no hub"):
        collect_from_hub(new_course(course.root / "other"), ASSIGNMENT)
    assert State.of(course).root == state.root


@needs_sandbox
def test_a_page_goes_back_to_whose_it_is_and_to_nobody_else(hub):
    course, state = hub
    release(course, ASSIGNMENT)
    assert passing.hand_out(course, ASSIGNMENT) == state.outbound / ASSIGNMENT
    passing.hand_out(course, ASSIGNMENT)  # again, over what lies there
    assert [p.name for p in state.outbound.iterdir()] == [ASSIGNMENT]
    folder = hand_in(
        state, "ada-lovelace", "x", **{"submission_secret.txt": "her own secret"}
    )
    (folder / f"{ASSIGNMENT}.ipynb").rename(folder / "renamed.ipynb")
    hand_in(state, "blaise-pascal", "y")  # without a secret
    collect_from_hub(course, ASSIGNMENT)
    for record in grade(course, ASSIGNMENT):
        assert submissions.read(course, record.student, ASSIGNMENT).needs_review

    pages = feedback(course, ASSIGNMENT)
    given = passing.give_back(course, ASSIGNMENT, pages)

    assert [page.parent.parent.name for page in given] == [ADA]
    there = {path.name: path for path in state.feedback("ada-lovelace").iterdir()}
    for name in (f"{ASSIGNMENT}_assignment", "renamed"):
        code = notebook_hash(secret="her own secret", notebook_id=name)  # noqa: S106
        assert there[f"{code}.html"].read_bytes() == given[0].read_bytes()
    assert not list(state.feedback("blaise-pascal").iterdir())
