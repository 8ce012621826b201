"""Archives of Moodle and Canvas, and folders: each student's latest notebook."""

import json
import os
import zipfile

import pytest

from classroom import records
from classroom.collect import collect
from classroom.course import CourseError
from tests.classroom.conftest import ASSIGNMENT, new_course


@pytest.fixture
def empty(tmp_path):
    return new_course(tmp_path / "course")


def archive(path, files, time=(2026, 5, 4, 12, 0, 0)):
    with zipfile.ZipFile(path, "w") as packed:
        for name, text in files.items():
            packed.writestr(zipfile.ZipInfo(name, time), text)
    return path


def taken(course, student):
    return (course.submitted(student, ASSIGNMENT) / f"{ASSIGNMENT}.ipynb").read_text()


def test_an_archive_of_moodle(empty, tmp_path):
    names = (
        "Zoë O'Neil 🌹_1201_assignsubmission_file_",
        "Bo Li_77_assignsubmission_file",
    )
    files = {f"{name}/my answers.ipynb": name for name in names}
    path = archive(tmp_path / "moodle.zip", {**files, f"{names[0]}/notes.txt": "x"})

    found = collect(empty, ASSIGNMENT, path)

    assert sorted(found) == ["Bo Li", "Zoë O'Neil 🌹"]
    assert taken(empty, "Bo Li") == names[1]
    record = records.read(empty, "Zoë O'Neil 🌹", ASSIGNMENT)
    assert record.identifier == "1201"
    assert record.came_as == f"{names[0]}/my answers.ipynb"
    folder = empty.submitted("Bo Li", ASSIGNMENT)
    assert (folder / "timestamp.txt").read_text() == "2026-05-04 12:00:00 UTC\n"


def test_an_archive_of_canvas_with_late_and_repeated_ones(empty, tmp_path):
    files = {
        "liddellalice_301_9001_answers.ipynb": "first",
        "liddellalice_301_9002_answers-2.ipynb": "third",
        "liddellalice_301_9003_answers-1.ipynb": "second",
        "hatter_LATE_302_9004_answers.ipynb": "late",
    }

    found = collect(empty, ASSIGNMENT, archive(tmp_path / "canvas.zip", files))

    assert len(found["liddellalice"]) == 3
    assert taken(empty, "liddellalice") == "third"
    assert not records.read(empty, "liddellalice", ASSIGNMENT).is_late
    assert records.read(empty, "hatter", ASSIGNMENT).is_late
    assert records.read(empty, "hatter", ASSIGNMENT).identifier == "302"


def test_a_folder_for_each_student_and_the_latest_of_each(empty, tmp_path):
    place = tmp_path / "handed in"
    for name, time in {"Ann/a.ipynb": 100, "Ann/b.ipynb": 50, "Bob/x.ipynb": 1}.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(name)
        os.utime(place / name, (time, time))
    (place / "Ann/.ipynb_checkpoints").mkdir()
    (place / "Ann/.ipynb_checkpoints/a-checkpoint.ipynb").write_text("old")

    assert set(collect(empty, ASSIGNMENT, place)) == {"Ann", "Bob"}
    assert taken(empty, "Ann") == "Ann/a.ipynb"


def test_folders_as_nbgrader_lays_them_out(empty, tmp_path):
    for assignment in (ASSIGNMENT, "hinge"):
        folder = tmp_path / "submitted" / "Ann" / assignment
        folder.mkdir(parents=True)
        (folder / f"{assignment}.ipynb").write_text(assignment)

    collect(empty, ASSIGNMENT, tmp_path / "submitted")

    assert taken(empty, "Ann") == ASSIGNMENT


def test_files_named_by_students(empty, tmp_path):
    place = tmp_path / "files"
    place.mkdir()
    (place / f"ann_{ASSIGNMENT}.ipynb").write_text("a")
    (place / "bob.ipynb").write_text("b")

    assert set(collect(empty, ASSIGNMENT, place)) == {"ann", "bob"}


def test_collecting_again_replaces_and_keeps_no_old_file(empty, tmp_path):
    for text in ("old", "new"):
        (tmp_path / "in/Ann").mkdir(parents=True, exist_ok=True)
        (tmp_path / "in/Ann/a.ipynb").write_text(text)
        collect(empty, ASSIGNMENT, tmp_path / "in")
        assert taken(empty, "Ann") == text


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ('A "B" C/x.ipynb', "A _B_ C"),
        ("[x]*?/x.ipynb", "_x___"),
        ("a, b/x.ipynb", "a_ b"),
        ("🌹/x.ipynb", "🌹"),
    ],
)
def test_a_name_becomes_one_that_files_can_have(empty, tmp_path, name, student):
    (tmp_path / "in" / name).parent.mkdir(parents=True)
    (tmp_path / "in" / name).write_text("x")

    assert list(collect(empty, ASSIGNMENT, tmp_path / "in")) == [student]


def test_nothing_lands_outside(empty, tmp_path):
    path = archive(tmp_path / "a.zip", {"../../evil.ipynb": "x"})

    with pytest.raises(CourseError, match="evil"):
        collect(empty, ASSIGNMENT, path)
    assert not list(tmp_path.rglob("evil*"))


def test_what_cannot_be_collected_is_told(empty, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken.zip").write_bytes(b"PK nonsense")
    for place, says in (
        (tmp_path / "nowhere", "does not exist"),
        (tmp_path / "empty", "no notebook"),
        (tmp_path / "broken.zip", "cannot be unpacked"),
    ):
        with pytest.raises(CourseError, match=says):
            collect(empty, ASSIGNMENT, place)
    with pytest.raises(CourseError, match=r"There are: .*mean_squared_error"):
        collect(empty, "nonsense", tmp_path)


def test_a_broken_record_is_no_reason_to_stop(empty):
    path = empty.root / "records" / ASSIGNMENT / "Ann.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"unknown": 1}))

    assert records.read(empty, "Ann", ASSIGNMENT) == records.Record("Ann", ASSIGNMENT)
