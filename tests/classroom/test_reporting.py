"""What a report says of a class is what was put in."""

import csv
import re

import lxml.html
import nbformat
import numpy as np
import pytest

from classroom import answers, submissions
from classroom.__main__ import main
from classroom.course import Course, CourseError
from classroom.grade import grade
from classroom.release import release
from classroom.reporting import report, write
from classroom.reporting.item_analysis import analyse
from classroom.reporting.page import _histogram
from lossbook.handing_in import PROSE_STUB
from lossbook.study.goals import goals
from tests.classroom.conftest import ASSIGNMENT, needs_sandbox, new_course

HOSTILE = "<script>alert(1)<script> =1+1"
ALL_RIGHT, SAID_NOTHING = "all right", "nothing in words"
# Who answers how: an entry of `wrong/`, or nothing wrong.
CLASS = {
    **dict.fromkeys(["Ann", "Bea", "Cem", "Dan", "Eve", "Fay"], ALL_RIGHT),
    **dict.fromkeys(["Gus", "Hal", "Ida"], "sum for mean"),
    "Jon": "the error turned round",
    "Kim": "zero for everything",
    "Lyn": SAID_NOTHING,
    HOSTILE: "zero for everything",
}
READ = {"Ann": 4.0, "Gus": 2.0, "Kim": 0.0}  # the only ones whose prose was read


def table(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_difficulty_and_discrimination_are_those_of_the_textbook():
    strength = np.arange(20)
    marks = np.column_stack([strength >= 10, strength % 2, strength < 10, strength / 5])

    easy, blind, upside_down, rest = analyse(marks, [1, 1, 1, 4])

    assert [easy.difficulty, blind.difficulty, easy.full] == [0.5, 0.5, 0.5]
    assert easy.discrimination > 0.5
    assert abs(blind.discrimination) < 0.2
    assert upside_down.discrimination < -0.5
    others = marks[:, [0, 1, 2]].sum(axis=1)
    assert rest.discrimination == pytest.approx(np.corrcoef(marks[:, 3], others)[0, 1])
    assert (rest.lost, rest.count) == (pytest.approx(80 - strength.sum() / 5), 20)


def test_what_nobody_has_marked_counts_for_nothing():
    marks = np.column_stack(
        [np.arange(12) % 2, np.arange(12) >= 6, np.full(12, np.nan)]
    )
    with_it, without = analyse(marks, [1, 1, 4]), analyse(marks[:, :2], [1, 1])

    assert with_it[:2] == without
    assert (with_it[2].count, with_it[2].difficulty, with_it[2].lost) == (0, None, 0)


def test_words_that_are_partly_read_leave_the_other_items_as_they_are():
    marks = np.random.default_rng(3).integers(0, 2, (24, 3)).astype(float)
    marks[12:, 2] = np.nan

    assert analyse(marks, [1, 1, 1])[:2] == analyse(marks[:, :2], [1, 1])
    tests = marks[:12, :2].sum(axis=1)
    by_hand = analyse(marks, [1, 1, 1])[2]
    expected = np.corrcoef(marks[:12, 2], tests)[0, 1]
    assert by_hand.discrimination == pytest.approx(expected)
    assert by_hand.count == 12


def test_where_marks_say_nothing_there_is_no_discrimination():
    few, same = np.eye(9), np.ones((30, 2))

    assert all(item.discrimination is None for item in analyse(few, np.ones(9)))
    assert all(item.discrimination is None for item in analyse(same, [1, 1]))


@pytest.mark.parametrize(
    ("marks", "maxima", "why"),
    [
        ([[1, 2]], [1], "shapes"),
        ([1, 2], [1, 2], "shapes"),
        ([[2]], [1], "between 0"),
        ([[-1]], [1], "between 0"),
        ([[0]], [0], "more than 0"),
    ],
)
def test_marks_that_cannot_be_are_refused(marks, maxima, why):
    with pytest.raises(ValueError, match=why):
        analyse(marks, maxima)


@pytest.mark.parametrize("assignment", Course().assignments())
def test_points_stand_for_a_goal_of_the_chapter_or_for_none(assignment):
    known = {goal.id for goal in goals(assignment)}
    cells = nbformat.read(Course().source(assignment), as_version=4).cells

    named = {c.metadata.get("lossbook", {}).get("goal") for c in cells}
    assert named - {None} <= known
    assert len(named) > 3


@pytest.mark.parametrize(("most", "edges"), [(16, 9), (3, 4), (25, 10), (2.5, 4)])
def test_bars_of_points_end_at_whole_points(most, edges):
    drawn = _histogram([0.0, most], most)
    at_foot = [float(text.text) for text in drawn if text.tag == "text"][-edges:]

    assert at_foot == [at_foot[1] * number for number in range(edges)]
    assert at_foot[-1] >= most
    assert all(edge.is_integer() for edge in at_foot)


@pytest.fixture(scope="module")
def just_graded(tmp_path_factory):
    """A class whose every mistake we know, graded; and a report before one reads."""
    course = new_course(tmp_path_factory.mktemp("class"))
    release(course, ASSIGNMENT)
    known = {one.name: one.answers for one in answers.load(course, ASSIGNMENT)}
    known[SAID_NOTHING] = {"assessor": PROSE_STUB}
    for student, name in CLASS.items():
        filled = answers.notebook(course, ASSIGNMENT, known.get(name, {}))
        answers.hand_in(course, ASSIGNMENT, student, nbformat.writes(filled))
    answers.hand_in(course, ASSIGNMENT, "Lou", "no notebook")
    grade(course, ASSIGNMENT)
    return course, report(course, ASSIGNMENT)


@pytest.fixture(scope="module")
def graded(just_graded):
    """The same class, when a person has read what three wrote in words."""
    course, _ = just_graded
    with course.gradebook() as gradebook:
        for student, mark in READ.items():
            (notebook,) = gradebook.find_submission(ASSIGNMENT, student).notebooks
            (prose,) = [g for g in notebook.grades if g.name == "assessor"]
            prose.manual_score, prose.needs_manual_grade = mark, False
        gradebook.db.commit()
    return course


@needs_sandbox
@pytest.mark.classroom
def test_the_report_says_what_was_put_in(graded):
    found = report(graded, ASSIGNMENT)

    scores = {ALL_RIGHT: 16.0, SAID_NOTHING: 16.0}
    for one in answers.load(graded, ASSIGNMENT):
        scores[one.name] = 16.0 if one.score is None else one.score
    lost = sum(16 - scores[name] for name in CLASS.values())
    pairs = list(zip(found.tasks, found.items, strict=True))
    programs = [item for task, item in pairs if not task.is_read]
    assert sum(item.lost for item in programs) == lost
    assert {item.count for item in programs} == {len(CLASS)}
    (prose,) = [item for task, item in pairs if task.is_read]
    assert (prose.count, prose.difficulty) == (4, 6 / 16)  # with the empty one
    totals, most = found.totals
    assert (sorted(totals), most) == (sorted(scores[n] for n in CLASS.values()), 16)
    assert found.unseen == 1
    by_name = {one.name: one for one in found.mistakes}
    assert set(by_name["sum for mean"].students) == {"Gus", "Hal", "Ida"}
    assert by_name["sum for mean"].tasks[0] == "linex_plain"
    assert "You added up the losses" in by_name["sum for mean"].said
    share = found.goals["derive its gradient, and say which way it pulls and how hard"]
    assert share == pytest.approx(8 / 13)


@needs_sandbox
@pytest.mark.classroom
def test_what_nobody_has_read_is_told_and_is_no_zero(just_graded, tmp_path):
    _, before = just_graded
    outliers = "tell which examples decide the fit, and when that is a problem"

    page = lxml.html.parse(write(before, tmp_path)).getroot()

    *_, prose = before.items
    assert (prose.count, prose.difficulty, prose.lost) == (0, None, 0)
    assert before.goals[outliers] is None
    assert before.unread_of(outliers) == len(CLASS) - 1
    assert f"{len(CLASS) - 1} answers are not read yet" in page.text_content()
    *_, row = table(tmp_path / "tasks.csv")
    assert (row["students"], row["difficulty"]) == ("0", "")
    assert row["not_read_yet"] == str(len(CLASS) - 1)


@needs_sandbox
@pytest.mark.classroom
def test_what_is_partly_read_says_on_how_many_it_rests(graded, tmp_path):
    unread = len(CLASS) - len(READ) - 1  # one is empty
    found = report(graded, ASSIGNMENT)

    page = lxml.html.parse(write(found, tmp_path)).getroot()

    assert found.unread == [0] * (len(found.tasks) - 1) + [unread]
    (row,) = page.xpath("//tr[td[contains(., 'assessor')]]")
    said = [cell.text_content() for cell in row]
    assert said[1].endswith(f"{unread} not read yet")
    assert said[2:4] == ["4", "37.5%"]
    (goal,) = page.xpath("//td[starts-with(., 'You can tell which examples')]")
    assert f"{unread} not read yet" in goal.text_content()
    assert not page.xpath("//td[starts-with(., 'No goal of the chapter')]")
    assert page.xpath(
        "//p[starts-with(., 'Tests that belong to no goal: linex_plain')]"
    )


@needs_sandbox
@pytest.mark.classroom
def test_nobody_is_named_who_was_not_asked_for(graded, tmp_path):
    found = report(graded, ASSIGNMENT)

    write(found, tmp_path, names=True)
    named = "".join(path.read_text("utf-8") for path in tmp_path.iterdir())
    rows = {row["student"]: row for row in table(tmp_path / "students.csv")}
    page = lxml.html.parse(tmp_path / "index.html")
    write(found, tmp_path, names=False)
    unnamed = "".join(path.read_text("utf-8") for path in tmp_path.iterdir())

    said = next(one.said for one in found.mistakes if "`" in one.said)
    code = said.split("`")[1]
    assert code in page.xpath("//td/code/text()") and "`" not in page.xpath("string()")
    assert "Gus" in named and "alert(1)" in named
    assert (rows["Gus"]["linex_plain"], rows["Gus"]["assessor"]) == ("0", "2")
    assert rows["Hal"]["assessor"] == ""
    assert not page.xpath("//script")
    for student in CLASS:
        assert not re.search(rf"\b{re.escape(student)}\b", unnamed), student
    assert "alert(1)" not in unnamed
    assert not (tmp_path / "students.csv").exists()


@needs_sandbox
@pytest.mark.classroom
def test_a_report_from_the_command_line(graded, capsys):
    place = graded.root / "elsewhere"
    words = ["report", ASSIGNMENT, "--course", str(graded.root), "--to", str(place)]

    assert main(words) == 0

    said = capsys.readouterr().out
    assert f"{place / 'index.html'}: {len(CLASS)} students" in said
    assert "1 more needs a look" in said
    assert "9 answers are not read yet" in said
    tasks = table(place / "tasks.csv")
    assert [row["task"] for row in tasks][:2] == ["linex_plain", "linex_one_sided"]
    counts = {r["mistake"]: r["students"] for r in table(place / "mistakes.csv")}
    assert counts["sum for mean"] == "3"


@pytest.mark.classroom
def test_before_a_grade_there_is_no_report(empty):
    release(empty, ASSIGNMENT)

    with pytest.raises(CourseError, match="python -m classroom grade"):
        report(empty, ASSIGNMENT)
    assert not submissions.everybody(empty, ASSIGNMENT)
