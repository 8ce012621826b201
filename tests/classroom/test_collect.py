"""Archives of Moodle and Canvas, and folders: each student's latest notebook."""

import gzip
import json
import os

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from classroom import roster, submissions
from classroom.__main__ import main
from classroom.collect import collect
from classroom.course import CourseError
from tests.classroom.conftest import ASSIGNMENT, NOTEBOOK
from tests.classroom.handing_in import archive, laid, notebook, reasons, taken


def test_an_archive_of_moodle(empty, tmp_path, monkeypatch):
    (empty.root / "course.toml").write_text('timezone = "Europe/Berlin"')
    names = (
        "Zoë O'Neil 🌹_1201_assignsubmission_file_",
        "Bo Li_77_assignsubmission_file",
    )
    packed = {f"{name}/my answers.ipynb": name for name in names}
    path = archive(tmp_path / "moodle.zip", {**packed, f"{names[0]}/notes.txt": "x"})

    found = collect(empty, ASSIGNMENT, path)

    assert sorted(found.taken) == ["Bo Li", "Zoë O'Neil 🌹"]
    assert taken(empty, "Bo Li") == names[1]
    record = submissions.read(empty, "Zoë O'Neil 🌹", ASSIGNMENT)
    assert record.identifier == "1201"
    assert record.came_as == f"{names[0]}/my answers.ipynb"
    folder = empty.submitted("Bo Li", ASSIGNMENT)
    # The time of an archive is that of whoever downloaded it.
    assert (folder / "timestamp.txt").read_text() == "2026-05-04 10:00:00 UTC\n"


def test_an_archive_of_canvas_with_late_and_repeated_ones(empty, tmp_path):
    packed = {
        "liddellalice_301_9001_answers.ipynb": "first",
        "liddellalice_301_9002_answers-2.ipynb": "third",
        "liddellalice_301_9003_answers-1.ipynb": "second",
        "hatter_LATE_302_9004_answers.ipynb": "late",
        "van_der_berg_303_9005_my_file_1_2.ipynb": "underscores",
        "anon_a1B2c_9006_answers.ipynb": "nobody knows",
        "LATE_anon_Zz9y8_9007_answers.ipynb": "nobody knows, late",
        "rabbit_304_text.html": b"<p>I typed it</p>",
    }

    found = collect(empty, ASSIGNMENT, archive(tmp_path / "canvas.zip", packed))

    assert len(found.taken["liddellalice"]) == 3
    assert taken(empty, "liddellalice") == "third"
    assert not submissions.read(empty, "liddellalice", ASSIGNMENT).is_late
    assert submissions.read(empty, "hatter", ASSIGNMENT).is_late
    assert submissions.read(empty, "hatter", ASSIGNMENT).identifier == "302"
    assert submissions.read(empty, "van_der_berg", ASSIGNMENT).identifier == "303"
    assert taken(empty, "anon_a1B2c") == "nobody knows"
    assert submissions.read(empty, "anon_Zz9y8", ASSIGNMENT).is_late
    assert found.without == ["rabbit"]


def test_a_folder_for_each_student_and_the_latest_of_each(empty, tmp_path):
    place = laid(tmp_path / "handed in", ["Ann/a.ipynb", "Ann/b.ipynb", "Bob/x.ipynb"])
    for name, time in {"Ann/a.ipynb": 100, "Ann/b.ipynb": 50, "Bob/x.ipynb": 1}.items():
        os.utime(place / name, (time, time))
    laid(place, ["Ann/.ipynb_checkpoints/a-checkpoint.ipynb"])

    assert set(collect(empty, ASSIGNMENT, place).taken) == {"Ann", "Bob"}
    assert taken(empty, "Ann") == "Ann/a.ipynb"


@pytest.mark.parametrize(
    "name",
    [
        "Ann/hand in/deep/x.ipynb",
        "Ann/work.zip",
        "top/Ann_7_assignsubmission_file/x.ipynb",
    ],
)
def test_a_notebook_is_found_wherever_it_lies(empty, tmp_path, name):
    place = laid(tmp_path / "in", [name])
    if name.endswith(".zip"):
        archive(place / name, {"inner/x.ipynb": "x"})

    assert list(collect(empty, ASSIGNMENT, place).taken) == ["Ann"]


def test_folders_as_nbgrader_lays_them_out(empty, tmp_path):
    place = tmp_path / "submitted"
    laid(place, [f"Ann/{a}/{a}.ipynb" for a in (ASSIGNMENT, "hinge")])

    collect(empty, ASSIGNMENT, place)

    assert taken(empty, "Ann") == f"Ann/{ASSIGNMENT}/{ASSIGNMENT}.ipynb"


@pytest.mark.parametrize("at_once", [True, False])
def test_a_late_one_in_the_place_of_one_in_time_is_told(
    empty, tmp_path, capsys, at_once
):
    rule = f"[due]\n{ASSIGNMENT} = 1970-01-01T00:01:00Z\n"
    (empty.root / "course.toml").write_text(rule)
    times = {"Ann/a": 50, "Ann/b": 100, "Bob/x": 100, "Cy/a": 40, "Cy/b": 50}
    place = tmp_path / "handed in"
    for name, time in sorted(times.items(), key=lambda pair: pair[1]):
        laid(place, [f"{name}.ipynb"])
        os.utime(place / f"{name}.ipynb", (time, time))
        if time < 100 and not at_once:
            collect(empty, ASSIGNMENT, place)

    words = ["collect", ASSIGNMENT, "--course", str(empty.root), "--from", str(place)]
    told = "In time, and again late, which counts: Ann\n"
    main(words)
    assert told in capsys.readouterr().out
    main(words)
    assert told not in capsys.readouterr().out


def test_files_named_by_students(empty, tmp_path):
    names = [f"ann_{ASSIGNMENT}", "bob", f"cy {NOTEBOOK}", f"Di-2_{NOTEBOOK} (1)"]
    place = laid(tmp_path / "files", [f"{name}.ipynb" for name in names])
    (place / "README.md").write_text("x")

    found = collect(empty, ASSIGNMENT, place)

    assert set(found.taken) == {"ann", "bob", "cy", "Di-2"}
    assert not found.without
    assert reasons(found) == {"README.md": "is not a notebook"}


def test_collecting_again_replaces_and_keeps_no_old_file(empty, tmp_path):
    for text in ("old", "new"):
        place = laid(tmp_path / "in", ["Ann/a.ipynb"])
        (place / "Ann/a.ipynb").write_text(notebook(text))
        collect(empty, ASSIGNMENT, place)
        assert taken(empty, "Ann") == text


def test_release_and_roster_are_read_once_however_many_hand_in(
    empty, tmp_path, monkeypatch
):
    read = []
    for module, name in ((nbformat, "read"), (roster, "kept")):
        called = getattr(module, name)

        def counted(*given, called=called, name=name, **options):
            read.append(name)
            return called(*given, **options)

        monkeypatch.setattr(module, name, counted)
    place = laid(tmp_path / "in", [f"student {n}/a.ipynb" for n in range(5)])

    assert len(collect(empty, ASSIGNMENT, place).taken) == 5
    assert sorted(read) == ["kept", "read"]


def test_another_notebook_has_no_grade_yet_and_the_same_one_keeps_its_own(
    empty, tmp_path
):
    place = laid(tmp_path / "in", ["Ann/a.ipynb"])
    collect(empty, ASSIGNMENT, place)
    known = submissions.read(empty, "Ann", ASSIGNMENT)
    submissions.write(empty, known.but(status="ok", digest="x"))

    collect(empty, ASSIGNMENT, place)
    assert submissions.read(empty, "Ann", ASSIGNMENT).status == "ok"
    (place / "Ann/a.ipynb").write_text(notebook("another"))
    collect(empty, ASSIGNMENT, place)
    assert submissions.read(empty, "Ann", ASSIGNMENT).status == ""
    assert taken(empty, "Ann") == "another"


def test_the_original_is_kept_where_no_program_opens_it(empty, tmp_path):
    place = laid(tmp_path / "in", ["Ann/a.ipynb"])

    collect(empty, ASSIGNMENT, place)

    (path,) = (empty.root / "received").rglob("*.gz")
    assert gzip.decompress(path.read_bytes()) == (place / "Ann/a.ipynb").read_bytes()


def test_the_notebook_that_is_the_assignment_wins_and_then_the_later_one(
    empty, tmp_path
):
    graded = new_code_cell("print('the assignment')")
    graded.metadata.nbgrader = {"grade_id": "linex", "solution": True}
    packed = {
        "Ann_1_assignsubmission_file/answers.ipynb": nbformat.writes(
            new_notebook(cells=[graded])
        ).encode(),
        "Ann_1_assignsubmission_file/scratch.ipynb": "another",
        "Bob_2_assignsubmission_file/a.ipynb": "first",
        "Bob_2_assignsubmission_file/a (1).ipynb": "second",
    }

    collect(empty, ASSIGNMENT, archive(tmp_path / "a.zip", packed))

    assert taken(empty, "Ann") == "the assignment"
    assert taken(empty, "Bob") == "second"


def test_who_handed_in_no_notebook_is_named_with_advice(empty, tmp_path):
    packed = {
        "Pdf Paul_106_assignsubmission_file_/answers.pdf": b"%PDF",
        "Py Pia_107_assignsubmission_file_/answers.py": b"x = 1",
        "Ann_1_assignsubmission_file_/x.ipynb": "x",
    }

    found = collect(empty, ASSIGNMENT, archive(tmp_path / "a.zip", packed))

    assert found.without == ["Pdf Paul", "Py Pia"]
    record = submissions.read(empty, "Pdf Paul", ASSIGNMENT)
    assert record.status == "unreadable"
    assert "answers.pdf" in record.reason and ".ipynb" in record.reason
    assert submissions.everybody(empty, ASSIGNMENT) == ["Ann", "Pdf Paul", "Py Pia"]


def test_what_is_no_notebook_is_named_on_one_line_of_each(empty, tmp_path):
    roster.keep(empty, ASSIGNMENT, [roster.Person(n) for n in ("Ann Lee", "Bo")])
    folder = laid(tmp_path / "in", ["Bo/x.ipynb", "Cy/timestamp.txt", "Cy/x.ipynb"])
    for name in (
        "Ann Lee/mine.docx",
        "Bo/notes.docx",
        *(f"Bo/{n}.txt" for n in "1234567"),
    ):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x")

    found = collect(empty, ASSIGNMENT, folder)

    assert sorted(map(str, found.left)) == [
        "Ann Lee: mine.docx is not a notebook",
        "Bo: 1.txt, 2.txt, 3.txt, 4.txt, 5.txt and 3 more are not notebooks",
    ]


def test_a_file_that_is_no_notebook_is_named_with_whose_it_is(empty, tmp_path):
    roster.keep(empty, ASSIGNMENT, [roster.Person("Ann Lee")])
    (tmp_path / "in").mkdir()
    (tmp_path / f"in/Ann Lee_{ASSIGNMENT}.docx").write_text("x")

    found = collect(empty, ASSIGNMENT, tmp_path / "in")

    assert found.without == ["Ann Lee"]
    assert reasons(found) == {f"Ann Lee_{ASSIGNMENT}.docx": "is not a notebook"}


def test_a_broken_file_does_not_replace_a_good_one(empty, tmp_path, capsys):
    good = archive(tmp_path / "1.zip", {"Ann/x.ipynb": "good"})
    bad = archive(tmp_path / "2.zip", {"Ann/x.ipynb": b'{"cells": 3'})

    collect(empty, ASSIGNMENT, good)
    found = collect(empty, ASSIGNMENT, bad)

    assert taken(empty, "Ann") == "good"
    assert found.stays == ["Ann"] and not found.without
    assert "not a notebook" in reasons(found)["Ann/x.ipynb"]
    words = ["--course", str(empty.root), "--from", str(bad)]
    assert main(["collect", ASSIGNMENT, *words]) == 0
    said = capsys.readouterr().out
    assert "No notebook that can be read; the earlier one counts: Ann" in said
    assert "No notebook from" not in said


def test_what_cannot_be_collected_is_told(empty, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken.zip").write_bytes(b"PK nonsense")
    archive(tmp_path / "nobody.zip", {})
    for place, says in (
        (tmp_path / "nowhere", r"There is no .*nowhere\."),
        (tmp_path / "empty", "no notebook"),
        (tmp_path / "broken.zip", r"broken\.zip cannot be unpacked"),
        (tmp_path / "nobody.zip", r"nobody\.zip holds no notebook"),
    ):
        with pytest.raises(CourseError, match=says):
            collect(empty, ASSIGNMENT, place)
    with pytest.raises(CourseError, match=r"There are: .*mean_squared_error"):
        collect(empty, "nonsense", tmp_path)


@pytest.mark.parametrize(
    "content",
    [{"unknown": 1}, [], "x", {"status": 7}, {"seconds": "abc", "read": 3}, None],
)
def test_a_broken_record_is_no_reason_to_stop(empty, content):
    path = empty.root / "records" / ASSIGNMENT / "Ann.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(content))

    found = submissions.read(empty, "Ann", ASSIGNMENT)

    assert found == submissions.Submission("Ann", ASSIGNMENT)


def test_an_older_archive_replaces_nothing(empty, tmp_path):
    place = laid(tmp_path / "in", ["Ann/a.ipynb"])
    collect(empty, ASSIGNMENT, place)
    (place / "Ann/a.ipynb").write_text(notebook("old"))
    os.utime(place / "Ann/a.ipynb", (10**9, 10**9))

    found = collect(empty, ASSIGNMENT, place)

    assert taken(empty, "Ann") == "Ann/a.ipynb"
    assert "is older" in reasons(found)["Ann/a.ipynb"]
