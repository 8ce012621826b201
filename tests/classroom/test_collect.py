"""Archives of Moodle and Canvas, and folders: each student's latest notebook."""

import gzip
import json
import os
import zipfile

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from classroom import files, roster, submissions
from classroom.collect import collect
from classroom.course import CourseError
from tests.classroom.conftest import ASSIGNMENT, new_course


@pytest.fixture
def empty(tmp_path):
    return new_course(tmp_path / "course")


def notebook(text):
    """A notebook with one cell that prints a text."""
    return nbformat.writes(new_notebook(cells=[new_code_cell(f"print({text!r})")]))


def archive(path, names, time=(2026, 5, 4, 12, 0, 0)):
    """An archive; a text without braces becomes a notebook that prints it."""
    with zipfile.ZipFile(path, "w") as packed:
        for name, text in names.items():
            is_text = isinstance(text, str) and not name.endswith(".txt")
            packed.writestr(
                zipfile.ZipInfo(name, time), notebook(text) if is_text else text
            )
    return path


def laid(folder, names):
    """Files in a folder, each a notebook that prints its own name."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(notebook(name))
    return folder


def taken(course, student):
    """What the collected notebook of a student prints."""
    path = course.submitted(student, ASSIGNMENT) / f"{ASSIGNMENT}.ipynb"
    (cell,) = nbformat.read(path, as_version=4).cells
    return cell.source.removeprefix("print('").removesuffix("')")


def reasons(collected):
    return {left.file: left.reason for left in collected.left}


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


def test_a_folder_on_top_of_an_archive_is_no_student(empty, tmp_path):
    for number, names in enumerate(
        [
            ["sub/ann_1_10_a.ipynb", "sub/bob_2_11_a.ipynb"],
            [
                "sub/Ann_1_assignsubmission_file/a.ipynb",
                "sub/Bob_2_assignsubmission_file_/b.ipynb",
            ],
            ["sub/ann/a.ipynb", "sub/bob/a.ipynb"],
        ]
    ):
        path = archive(tmp_path / f"{number}.zip", dict.fromkeys(names, "x"))
        found = collect(new_course(tmp_path / str(number)), ASSIGNMENT, path)
        assert {name.lower() for name in found.taken} == {"ann", "bob"}


def test_folders_as_nbgrader_lays_them_out(empty, tmp_path):
    place = tmp_path / "submitted"
    laid(place, [f"Ann/{a}/{a}.ipynb" for a in (ASSIGNMENT, "hinge")])

    collect(empty, ASSIGNMENT, place)

    assert taken(empty, "Ann") == f"Ann/{ASSIGNMENT}/{ASSIGNMENT}.ipynb"


def test_files_named_by_students(empty, tmp_path):
    place = laid(tmp_path / "files", [f"ann_{ASSIGNMENT}.ipynb", "bob.ipynb"])
    (place / "README.md").write_text("x")

    found = collect(empty, ASSIGNMENT, place)

    assert set(found.taken) == {"ann", "bob"}
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


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ('A "B" C/x.ipynb', "A _B_ C"),
        ("[x]*?/x.ipynb", "_x___"),
        ("a, b/x.ipynb", "a_ b"),
        ("🌹/x.ipynb", "🌹"),
        ("=1+1/x.ipynb", "1+1"),
        ("\u202egnp.ipynb/x.ipynb", "_gnp.ipynb"),
        ("n" * 250 + "/x.ipynb", "n" * 120),
        ("<img src=x>/x.ipynb", "_img src=x_"),
        ("...   /x.ipynb", "unnamed"),
        ("Zoe\u0308/x.ipynb", "Zoë"),
    ],
)
def test_a_name_becomes_one_that_files_can_have(empty, tmp_path, name, student):
    place = laid(tmp_path / "in", [name])

    assert list(collect(empty, ASSIGNMENT, place).taken) == [student]


def test_nothing_lands_outside(empty, tmp_path):
    path = archive(
        tmp_path / "a.zip",
        {"../../evil.ipynb": "x", "/evil.ipynb": "x", "Ann/a.ipynb": "x"},
    )

    found = collect(empty, ASSIGNMENT, path)

    assert list(found.taken) == ["Ann"]
    assert len(found.left) == 2
    assert not list(tmp_path.rglob("evil*"))


def test_links_pipes_and_other_names_are_not_read(empty, tmp_path):
    place = laid(tmp_path / "in", ["Ann/a.ipynb", "Bob/b.ipynb"])
    solution = empty.source(ASSIGNMENT)
    (place / "Eve").mkdir()
    (place / "Eve/soft.ipynb").symlink_to(solution)
    os.link(solution, place / "Eve/hard.ipynb")
    os.mkfifo(place / "Eve/pipe.ipynb")
    (place / "Mal").symlink_to(solution.parent)
    (place / "Bob/b.zip").symlink_to("/dev/zero")

    found = collect(empty, ASSIGNMENT, place)

    assert set(found.taken) == {"Ann", "Bob"}
    assert found.without == ["Eve"]
    why = reasons(found)
    assert {"Eve/soft.ipynb", "Eve/hard.ipynb", "Eve/pipe.ipynb", "Bob/b.zip"} <= set(
        why
    )
    assert "link" in why["Eve/soft.ipynb"] and "link" in why["Eve/hard.ipynb"]
    assert not list(empty.submitted("Eve", ASSIGNMENT).glob("*"))


def test_a_file_exchanged_for_a_link_meanwhile_is_not_followed(empty, tmp_path):
    place = laid(tmp_path / "in", ["Ann/x/a.ipynb"])
    with files.opened(place) as (found,):
        (place / "Ann/x").rename(place / "Ann/y")
        (place / "Ann/x").symlink_to(empty.source(ASSIGNMENT).parent)
        (place / "Ann/y").rename(tmp_path / "z")
        with pytest.raises(files.RefusedError, match="cannot be opened"):
            found.read()


def test_a_link_in_an_archive_is_not_followed(empty, tmp_path):
    info = zipfile.ZipInfo("Eve/x.ipynb", (2026, 1, 1, 0, 0, 0))
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.writestr(info, str(empty.source(ASSIGNMENT)))
        packed.writestr("Ann/x.ipynb", notebook("x"))

    found = collect(empty, ASSIGNMENT, tmp_path / "a.zip")

    assert list(found.taken) == ["Ann"]
    assert "link" in reasons(found)["Eve/x.ipynb"]


def test_what_is_too_large_or_too_deep_is_told_and_the_others_are_taken(
    empty, tmp_path, monkeypatch
):
    monkeypatch.setattr(files, "LARGEST", 10_000)
    packed = {"Eve/bomb.ipynb": b" " * 10**6, "Ann/a.ipynb": "x"}
    packed["Deep/" + "d/" * 1_500 + "x.ipynb"] = "x"
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive_:
        for name, text in packed.items():
            archive_.writestr(name, notebook(text) if text == "x" else text)

    found = collect(empty, ASSIGNMENT, tmp_path / "a.zip")

    assert list(found.taken) == ["Ann"]
    assert sorted(found.without) == ["Deep", "Eve"]
    assert any("MB" in reason for reason in reasons(found).values())
    assert any("deep" in reason for reason in reasons(found).values())


def test_folders_in_each_other_without_end_are_left(empty, tmp_path):
    place = laid(tmp_path / "in", ["Ann/a.ipynb", "Eve/a.ipynb"])
    folder = os.open(place / "Eve", os.O_RDONLY)
    for _ in range(1_500):
        os.mkdir("d", dir_fd=folder)
        inner = os.open("d", os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    os.close(folder)

    assert set(collect(empty, ASSIGNMENT, place).taken) == {"Ann", "Eve"}
    os.system(f"rm -rf '{place}'")  # noqa: S605 - Python's own cannot


@pytest.mark.parametrize("broken", ["deflate", "encrypted", "date", "long name"])
def test_a_broken_entry_is_its_own_trouble(empty, tmp_path, broken):
    path = tmp_path / "a.zip"
    name = "Eve/" + ("x" * 300 if broken == "long name" else "x") + ".ipynb"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("Ann/x.ipynb", notebook("Ann"))
        packed.writestr(name, notebook("Eve" * 100))
        offset = packed.getinfo(name).header_offset
    data = bytearray(path.read_bytes())
    central = data.rindex(b"PK\x01\x02")
    if broken == "deflate":
        start = offset + 30 + len(name)
        data[start : start + 8] = b"\xff" * 8
    elif broken == "encrypted":
        data[offset + 6] |= 1
        data[central + 8] |= 1
    elif broken == "date":
        data[central + 12 : central + 16] = b"\0\0\0\0"
    path.write_bytes(bytes(data))

    found = collect(empty, ASSIGNMENT, path)

    is_read = broken in ("date", "long name")
    assert set(found.taken) == ({"Ann", "Eve"} if is_read else {"Ann"})
    if not is_read:
        assert found.without == ["Eve"]
        assert "cannot be unpacked" in reasons(found)[name]


def test_the_notebook_that_is_the_assignment_wins_and_then_the_later_one(
    empty, tmp_path
):
    graded = new_code_cell("print('the assignment')")
    graded.metadata.nbgrader = {"grade_id": "pinball", "solution": True}
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


def test_namesakes_stay_two_people_and_keep_their_names(empty, tmp_path):
    first = archive(
        tmp_path / "1.zip", {"Ann Lee_1_assignsubmission_file/x.ipynb": "1"}
    )
    both = archive(
        tmp_path / "2.zip",
        {
            "Ann Lee_5_assignsubmission_file/x.ipynb": "5",
            "Ann Lee_1_assignsubmission_file/x.ipynb": "again",
        },
    )

    assert list(collect(empty, ASSIGNMENT, first).taken) == ["Ann Lee"]
    assert set(collect(empty, ASSIGNMENT, both).taken) == {"Ann Lee", "Ann Lee (5)"}
    assert taken(empty, "Ann Lee") == "again"
    assert taken(empty, "Ann Lee (5)") == "5"


@pytest.mark.parametrize(
    "name",
    [
        "Eve_9_assignsubmission_file/Bob_2_assignsubmission_file/x.ipynb",
        "Eve_9_assignsubmission_file_Bob_2_assignsubmission_file_x.ipynb",
        "Eve_9_assignsubmission_file/bob_2_10_x.ipynb",
        "eve_9_10_bob_2_10_x.ipynb",
        "Eve/Bob_2_assignsubmission_file/x.ipynb",
    ],
)
def test_a_name_inside_makes_nobody_somebody_else(empty, tmp_path, name):
    packed = {name: "x", "Cay_3_assignsubmission_file/x.ipynb": "x"}

    found = collect(empty, ASSIGNMENT, archive(tmp_path / "a.zip", packed))

    assert {student.lower() for student in found.taken} == {"eve", "cay"}


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


def test_a_broken_file_does_not_replace_a_good_one(empty, tmp_path):
    good = archive(tmp_path / "1.zip", {"Ann/x.ipynb": "good"})
    bad = archive(tmp_path / "2.zip", {"Ann/x.ipynb": b'{"cells": 3'})

    collect(empty, ASSIGNMENT, good)
    found = collect(empty, ASSIGNMENT, bad)

    assert taken(empty, "Ann") == "good"
    assert found.without == ["Ann"]
    assert "not a notebook" in reasons(found)["Ann/x.ipynb"]


def test_what_cannot_be_collected_is_told(empty, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken.zip").write_bytes(b"PK nonsense")
    archive(tmp_path / "nobody.zip", {})
    for place, says in (
        (tmp_path / "nowhere", "does not exist"),
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


@pytest.mark.parametrize(
    "names",
    [
        ["mallory/bob/m.ipynb", "mallory/carl/m.ipynb"],
        ["mallory/bob_77_assignsubmission_file_/m.ipynb"],
    ],
)
def test_a_known_students_folder_alone_is_hers(empty, tmp_path, names):
    everybody = ["bob/m.ipynb", "carl/m.ipynb", "mallory/m.ipynb"]
    collect(empty, ASSIGNMENT, laid(tmp_path / "1", everybody))
    before = taken(empty, "bob")

    found = collect(empty, ASSIGNMENT, laid(tmp_path / "2", names))

    assert list(found.taken) == ["mallory"]
    assert taken(empty, "bob") == before


def test_an_archive_in_the_folder_names_nobody_else(empty, tmp_path):
    (tmp_path / "in").mkdir()
    archive(tmp_path / "in/mallory.zip", {"bob/m.ipynb": "x", "carl/m.ipynb": "x"})

    assert list(collect(empty, ASSIGNMENT, tmp_path / "in").taken) == ["mallory"]


def test_a_students_own_archive_does_not_set_the_clock(empty, tmp_path):
    (tmp_path / "in/ann").mkdir(parents=True)
    path = archive(tmp_path / "in/ann/w.zip", {"m.ipynb": "x"}, (2026, 1, 1, 0, 0, 0))
    os.utime(path, (1_800_000_000, 1_800_000_000))

    collect(empty, ASSIGNMENT, tmp_path / "in")

    said = (empty.submitted("ann", ASSIGNMENT) / "timestamp.txt").read_text()
    assert said == "2027-01-15 08:00:00 UTC\n"


def test_one_name_written_in_two_ways_is_one_person_and_the_later_counts(
    empty, tmp_path
):
    place = laid(tmp_path / "in", ["Jose\u0301/old.ipynb", "Jos\u00e9/new.ipynb"])
    os.utime(place / "Jose\u0301/old.ipynb", (10**9, 10**9))
    os.utime(place / "Jos\u00e9/new.ipynb", (2 * 10**9, 2 * 10**9))

    found = collect(empty, ASSIGNMENT, place)

    assert all("new.ipynb" in taken(empty, student) for student in found.taken)


def test_long_names_of_two_people_stay_two(empty, tmp_path):
    name = "ก" * 60
    names = {f"{name}_{i}_assignsubmission_file/x.ipynb": str(i) for i in (5, 6)}

    found = collect(empty, ASSIGNMENT, archive(tmp_path / "a.zip", names))

    assert sorted(taken(empty, student) for student in found.taken) == ["5", "6"]


def test_an_older_archive_replaces_nothing(empty, tmp_path):
    place = laid(tmp_path / "in", ["Ann/a.ipynb"])
    collect(empty, ASSIGNMENT, place)
    (place / "Ann/a.ipynb").write_text(notebook("old"))
    os.utime(place / "Ann/a.ipynb", (10**9, 10**9))

    found = collect(empty, ASSIGNMENT, place)

    assert taken(empty, "Ann") == "Ann/a.ipynb"
    assert "is older" in reasons(found)["Ann/a.ipynb"]


def test_a_small_archive_of_brackets_is_refused_before_it_is_read(empty, tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("Eve/b.ipynb", b"[" + b"[]," * 30_000_000 + b"0]")
        packed.writestr("Ann/a.ipynb", notebook("Ann"))

    found = collect(empty, ASSIGNMENT, path)

    assert list(found.taken) == ["Ann"]
    assert "far more in it" in reasons(found)["Eve/b.ipynb"]
