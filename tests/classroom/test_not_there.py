"""Who names a file that is not there is told so, with the place and what to name."""

import os
import subprocess
import sys

import pytest

from classroom.__main__ import main
from tests.classroom.conftest import ASSIGNMENT

ROSTER = "a text file (.txt) with a name on each line"
COMMANDS = {
    "hub nosuch": ROSTER,
    f"release {ASSIGNMENT} --variants nosuch": ROSTER,
    f"collect {ASSIGNMENT} --from . --roster nosuch": ROSTER,
    "exam midterm --roster nosuch": ROSTER,
    f"collect {ASSIGNMENT} --from nosuch": "an archive of Moodle or Canvas",
    f"feedback {ASSIGNMENT} --worksheet nosuch": "in Moodle by `Download grading",
    f"export {ASSIGNMENT} --worksheet nosuch": "in Moodle by `Download grading",
    "gains nosuch .": "the files that the page of a form saves",
    "gains . nosuch": "the files that the page of a form saves",
    "lti tljh nosuch": "write it as the page `A hub, or no server`",
}


@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_not_there_is_told_with_its_place(
    command, empty, tmp_path, monkeypatch, capsys
):
    place = tmp_path / "where one is"
    place.mkdir()
    monkeypatch.chdir(place)
    (place / "one.json").write_text("{}")
    words = command.split()
    course = [] if words[0] in ("gains", "lti") else ["--course", str(empty.root)]

    assert main([*words, *course]) == 1

    said = capsys.readouterr().err
    if command != "gains . nosuch":  # of which the first is looked at first
        assert f"There is no {place / 'nosuch'}." in said
    assert COMMANDS[command] in said


@pytest.mark.parametrize("name", ["names.txt", "names.csv"])
def test_an_empty_roster_is_told(name, empty, tmp_path, capsys):
    (tmp_path / name).touch()

    assert main(["hub", str(tmp_path / name), "--course", str(empty.root)]) == 1

    said = capsys.readouterr().err
    assert name in said and ROSTER in said


def test_a_folder_in_place_of_a_file_is_told(empty, tmp_path, capsys):
    assert main(["hub", str(tmp_path), "--course", str(empty.root)]) == 1

    assert f"{tmp_path} cannot be read: Is a directory." in capsys.readouterr().err


def test_a_course_that_is_not_there_is_told_and_not_made(tmp_path, capsys):
    (tmp_path / "names.txt").write_text("Ann Lee\n")
    words = ["hub", str(tmp_path / "names.txt"), "--only-slips"]

    assert main([*words, "--course", str(tmp_path / "nosuch")]) == 1

    assert f"There is no folder {tmp_path / 'nosuch'}" in capsys.readouterr().err
    assert not (tmp_path / "nosuch").exists()


@pytest.mark.parametrize(
    "command",
    [
        f"export {ASSIGNMENT}",
        f"feedback {ASSIGNMENT}",
        "inventory form_a",
        "lti names platform.toml",
    ],
)
@pytest.mark.parametrize(
    ("to", "says"), [(".", ". is a folder"), ("nosuch/a.csv", "There is no folder ")]
)
def test_a_place_where_no_file_can_be_is_told_and_not_made(
    command, to, says, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)

    with pytest.raises(SystemExit):
        main([*command.split(), "--to", to])

    assert says in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_who_reads_on_no_more_is_told_nothing(tmp_path):
    command = [sys.executable, "-m", "classroom", "inventory", "form_a"]
    to = ["--to", str(tmp_path / "a.html")]
    reading, writing = os.pipe()
    os.close(reading)  # as `head` does, after its lines

    done = subprocess.run([*command, *to], stdout=writing, stderr=subprocess.PIPE)

    os.close(writing)
    assert done.stderr == b""
    assert (tmp_path / "a.html").exists()
