"""Files of students, from folders and archives: none leads elsewhere, none stops us."""

import os
import zipfile

import pytest

from classroom import files
from classroom.collect import collect
from tests.classroom.conftest import ASSIGNMENT
from tests.classroom.handing_in import archive, laid, notebook, reasons


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


def test_a_students_own_archive_does_not_set_the_clock(empty, tmp_path):
    (tmp_path / "in/ann").mkdir(parents=True)
    path = archive(tmp_path / "in/ann/w.zip", {"m.ipynb": "x"}, (2026, 1, 1, 0, 0, 0))
    os.utime(path, (1_800_000_000, 1_800_000_000))

    collect(empty, ASSIGNMENT, tmp_path / "in")

    said = (empty.submitted("ann", ASSIGNMENT) / "timestamp.txt").read_text()
    assert said == "2027-01-15 08:00:00 UTC\n"


def test_a_small_archive_of_brackets_is_refused_before_it_is_read(empty, tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("Eve/b.ipynb", b"[" + b"[]," * 30_000_000 + b"0]")
        packed.writestr("Ann/a.ipynb", notebook("Ann"))

    found = collect(empty, ASSIGNMENT, path)

    assert list(found.taken) == ["Ann"]
    assert "far more in it" in reasons(found)["Eve/b.ipynb"]
