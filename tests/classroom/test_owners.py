"""Whose a file is, the place says: names stay apart, and nobody becomes another."""

import os

import pytest

from classroom import roster, submissions
from classroom.collect import collect
from classroom.roster import Person
from tests.classroom.conftest import ASSIGNMENT, new_course
from tests.classroom.handing_in import archive, laid, taken


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


GUS, JOERG = Person("Gus Gray", "7", "g@x.org"), Person("Jörg Müller")


@pytest.mark.parametrize("at_once", [True, False])
def test_a_name_written_in_two_ways_is_the_person_of_the_roster_and_told(
    empty, tmp_path, at_once
):
    """Together or one after the other, the later file counts, and both are named."""
    roster.keep(empty, ASSIGNMENT, [GUS, JOERG, Person("Ann Lee")])
    names = ["Gus Gray", "gus gray", "JÖRG MÜLLER", "jörg müller"]
    place = laid(tmp_path / "1", [f"{name}_{ASSIGNMENT}.ipynb" for name in names[::2]])
    later = place if at_once else tmp_path / "2"
    laid(later, [f"{name}_{ASSIGNMENT}.ipynb" for name in names[1::2]])
    for path in place.iterdir():
        os.utime(path, (10**9, 10**9))
    for name in names[1::2]:
        os.utime(later / f"{name}_{ASSIGNMENT}.ipynb", (2 * 10**9, 2 * 10**9))

    found = collect(empty, ASSIGNMENT, place)
    found = found if at_once else collect(empty, ASSIGNMENT, later)

    assert set(found.taken) == {"Gus Gray", "Jörg Müller"}
    assert not found.strangers and found.missing == ["Ann Lee"]
    assert taken(empty, "Gus Gray") == f"gus gray_{ASSIGNMENT}.ipynb"
    assert submissions.read(empty, "Gus Gray", ASSIGNMENT).identifier == "7"
    assert found.spelled == {"Gus Gray": names[:2], "Jörg Müller": names[2:]}


def test_one_name_again_is_no_other_name(empty, tmp_path):
    roster.keep(empty, ASSIGNMENT, [GUS])
    place = laid(tmp_path / "in", [f"gus gray_{ASSIGNMENT}.ipynb"])

    for _ in range(2):
        assert not collect(empty, ASSIGNMENT, place).spelled


def test_of_two_that_a_platform_spells_apart_only_the_exact_one_is_meant(
    empty, tmp_path
):
    roster.keep(empty, ASSIGNMENT, [GUS])
    names = [
        f"{name}_assignsubmission_file/x.ipynb" for name in ("gus gray_5", "Gus Gray_9")
    ]
    packed = archive(tmp_path / "a.zip", dict.fromkeys(names, "x"))

    found = collect(empty, ASSIGNMENT, packed)

    assert found.strangers == ["gus gray"] and not found.missing
    assert submissions.read(empty, "Gus Gray", ASSIGNMENT).identifier == "7"
