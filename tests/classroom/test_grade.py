"""Grading: marks that stay, one task alone, and trouble that is nobody else's."""

import json
import re

import lxml.html
import nbformat
import pytest

from classroom import answers, basis, examine, roster, submissions
from classroom.__main__ import main
from classroom.basis import outdated
from classroom.checks import Check
from classroom.course import PROSE_STUB, CourseError
from classroom.export import grades
from classroom.feedback import feedback
from classroom.grade import REASONS, grade
from classroom.release import release
from classroom.roster import Person
from lossbook.exercises import Outcome
from tests.classroom.cases import FULL
from tests.classroom.conftest import (
    ASSIGNMENT,
    NOTEBOOK,
    hand_in_right,
    needs_sandbox,
    new_course,
)
from tests.classroom.test_round import read_by_hand

# The whole round, of which test_round.py keeps one in `make test`.
pytestmark = [needs_sandbox, pytest.mark.classroom]


@pytest.fixture
def own(tmp_path):
    """A course of its own, as its key or its grades are changed."""
    course = new_course(tmp_path / "course")
    release(course, ASSIGNMENT)
    return course


def grade_of(course, student):
    (found,) = [g for g in grades(course, ASSIGNMENT) if g.record.student == student]
    return found


def change(path, before, after):
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


def test_marks_given_by_hand_survive_a_corrected_key(own):
    hand_in_right(own, "Ann")
    grade(own, ASSIGNMENT)
    read_by_hand(own, "Ann", 3)
    assert grade_of(own, "Ann").score == FULL + 3

    change(own.root / "keys" / f"{ASSIGNMENT}.py", "CHECKS =", "# corrected\nCHECKS =")
    grade(own, ASSIGNMENT)
    assert grade_of(own, "Ann").score == FULL + 3
    grade(own, ASSIGNMENT, force=True)
    assert grade_of(own, "Ann").score == FULL + 3


def test_a_mark_is_asked_for_again_where_the_answer_changed(own):
    hand_in_right(own, "Ann")
    hand_in_right(own, "Bob")
    grade(own, ASSIGNMENT)
    read_by_hand(own, "Ann", 3)
    read_by_hand(own, "Bob", 2)

    hand_in_right(own, "Ann", assessor="Another answer.")
    hand_in_right(own, "Bob", linex="def linex(y, y_hat, a):\n    return 0.0")
    grade(own, ASSIGNMENT)

    assert grade_of(own, "Ann").by_hand is None
    assert grade_of(own, "Bob").by_hand == 2
    assert grade_of(own, "Bob").by_program == FULL - 4


def test_an_override_of_the_program_holds_as_long_as_the_code_does(own):
    wrong = "def linex(y, y_hat, a):\n    return 0.0"
    hand_in_right(own, "Ann", linex=wrong)
    grade(own, ASSIGNMENT)
    with own.gradebook() as gradebook:
        found = gradebook.find_grade("linex_plain", NOTEBOOK, ASSIGNMENT, "Ann")
        found.manual_score, found.needs_manual_grade = 1, False
        gradebook.db.commit()
    read_by_hand(own, "Ann", 0)
    before = grade_of(own, "Ann").score

    grade(own, ASSIGNMENT, force=True)
    assert grade_of(own, "Ann").score == before
    hand_in_right(own, "Ann", linex=wrong + "  # changed")
    grade(own, ASSIGNMENT)
    assert grade_of(own, "Ann").score is None


def points_of(course, student):
    with course.gradebook() as gradebook:
        submission = gradebook.find_submission(ASSIGNMENT, student)
        return {one.name: one.score for one in submission.notebooks[0].grades}


def test_one_task_is_graded_again_and_the_others_stay(own, monkeypatch):
    hand_in_right(own, "Ann")
    grade(own, ASSIGNMENT)
    # A key that takes nothing for right; but only one task is asked for.
    wrong = Outcome("wrong", "No.")
    monkeypatch.setattr(Check, "judge", lambda *_: wrong)

    grade(own, ASSIGNMENT, task="linex_plain")

    assert points_of(own, "Ann")["linex_plain"] == 0
    assert points_of(own, "Ann")["linex_one_sided"] > 0
    with pytest.raises(CourseError, match="no task 'lin'; there are linex_plain"):
        grade(own, ASSIGNMENT, task="lin")


def test_one_task_alone_keeps_no_points_of_another_notebook(own):
    hand_in_right(own, "Ann")
    grade(own, ASSIGNMENT)
    hand_in_right(own, "Ann", linex="def linex(y, y_hat, a):\n    return 0.0")

    grade(own, ASSIGNMENT, task="pseudo_huber_plain")
    grade(own, ASSIGNMENT)

    assert grade_of(own, "Ann").by_program == FULL - 4


def test_after_one_task_alone_a_corrected_key_judges_the_others(own, monkeypatch):
    hand_in_right(own, "Ann")
    grade(own, ASSIGNMENT)
    # Another key, which takes nothing for right.
    change(own.root / "keys" / f"{ASSIGNMENT}.py", "CHECKS =", "# corrected\nCHECKS =")
    wrong = Outcome("wrong", "No.")
    monkeypatch.setattr(Check, "judge", lambda *_: wrong)
    assert outdated(own, ASSIGNMENT) == ["Ann"]

    grade(own, ASSIGNMENT, task="linex_plain")
    assert outdated(own, ASSIGNMENT) == ["Ann"]
    assert points_of(own, "Ann")["linex_plain"] == 0
    assert points_of(own, "Ann")["linex_one_sided"] > 0
    grade(own, ASSIGNMENT, task="linex_plain")
    grade(own, ASSIGNMENT)
    assert outdated(own, ASSIGNMENT) == []
    assert points_of(own, "Ann")["linex_one_sided"] == 0

    # Whoever was judged whole by this key stays so.
    said = []
    grade(own, ASSIGNMENT, task="linex_plain")
    grade(own, ASSIGNMENT, progress=said.append)
    assert said == []


def test_one_task_alone_takes_no_points_from_a_grading_that_was_cut_off(own):
    hand_in_right(own, "Ann", linex="def linex(y, y_hat, a):\n    return 0.0")
    grade(own, ASSIGNMENT)

    def killed(run, tasks):
        list(tasks)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        grade(own, ASSIGNMENT, killed, force=True)
    before = points_of(own, "Ann")
    grade(own, ASSIGNMENT, task="linex_plain")

    assert points_of(own, "Ann") == before
    grade(own, ASSIGNMENT)
    assert grade_of(own, "Ann").by_program == FULL - 4


@pytest.mark.parametrize("where", ["with_tests", "judge"])
def test_what_nobody_foresaw_is_one_submissions_trouble(own, monkeypatch, where):
    for student in ("Ann", "Eve", "Zoe"):
        hand_in_right(own, student, assessor=f"I am {student}.")
    real = getattr(examine, where)

    def stumbling(notebook, *others):
        if any("I am Eve." in cell.source for cell in notebook.cells):
            raise KeyError("\x1b[31mnobody foresaw it")
        return real(notebook, *others)

    monkeypatch.setattr(examine, where, stumbling)
    done = {one.student: one for one in grade(own, ASSIGNMENT)}

    assert {name: one.status for name, one in done.items()} == {
        "Ann": "ok", "Eve": "failed", "Zoe": "ok",
    }  # fmt: skip
    assert (
        "nobody foresaw it" in done["Eve"].reason and "\x1b" not in done["Eve"].reason
    )
    assert grade_of(own, "Eve").score is None
    feedback(own, ASSIGNMENT)
    page = own.feedback("Eve", ASSIGNMENT).read_text("utf-8")
    assert "<h1>mean_<wbr>squared_<wbr>error: no grade yet" in page  # breaks on a phone

    monkeypatch.setattr(examine, where, real)
    said = []
    grade(own, ASSIGNMENT, progress=said.append)
    assert [one.student for one in said] == ["Eve"]
    assert said[0].status == "ok"


def test_a_page_of_feedback_begins_with_why_the_notebook_ended(own):
    hand_in_right(own, "Ann")
    grade(own, ASSIGNMENT)
    known = submissions.read(own, "Ann", ASSIGNMENT)
    # The second is a run whose points a person accepted.
    for status, is_accepted in (("timeout", False), ("kernel_died", True)):
        reason = REASONS[status]
        new = known.but(status=status, reason=reason, accepted=is_accepted)
        submissions.write(own, new)
        feedback(own, ASSIGNMENT)

        page = lxml.html.parse(own.feedback("Ann", ASSIGNMENT)).getroot()
        before, _, _ = page.body.text_content().partition("import numpy")
        assert reason in before


def test_what_an_engine_lost_is_run_again(own):
    for student in ("Ann", "Bob"):
        hand_in_right(own, student)

    def forgetful(run, tasks):
        for name, notebook in tasks:
            if name != "Bob":
                yield name, run(notebook)

    done = grade(own, ASSIGNMENT, forgetful)

    assert [one.status for one in done] == ["ok", "ok"]


def test_a_page_that_cannot_be_written_stops_no_other(own, monkeypatch):
    for student in ("Ann", "Bob"):
        hand_in_right(own, student)
    grade(own, ASSIGNMENT)
    own.autograded("Ann", ASSIGNMENT).unlink()

    with pytest.raises(CourseError, match=r"1 page is written(.|\n)*Ann"):
        feedback(own, ASSIGNMENT)
    assert own.feedback("Bob", ASSIGNMENT).exists()


@pytest.mark.parametrize(
    ("change_key", "says"),
    [
        (
            lambda text: text.replace('"linex_plain"', '"linex_gone"'),
            "no check for linex_plain",
        ),
        (
            lambda text: text + '\nCHECKS["more"] = CHECKS["linex_plain"]\n',
            "a check for more",
        ),
        (
            lambda text: text.replace("CHECKS =", "CHEKS ="),
            "cannot be read: AttributeError",
        ),
        (
            lambda text: "import nonsense_that_is_not_there",
            "cannot be read: ModuleNotFoundError",
        ),
        (lambda text: "CHECKS = [", "cannot be read: SyntaxError"),
        (lambda text: "CHECKS = 3", "must be a dict"),
        (None, "cannot be read: FileNotFoundError"),
    ],
)
def test_a_key_that_does_not_fit_is_not_released(tmp_path, capsys, change_key, says):
    course = new_course(tmp_path)
    path = course.root / "keys" / f"{ASSIGNMENT}.py"
    if change_key is None:
        path.unlink()
    else:
        path.write_text(change_key(path.read_text("utf-8")), "utf-8")

    assert main(["release", ASSIGNMENT, "--course", str(tmp_path)]) == 1
    assert says in capsys.readouterr().err
    assert not course.released(ASSIGNMENT).exists()


@pytest.mark.parametrize("command", ["export", "feedback", "report"])
def test_points_by_an_earlier_key_are_told(empty, tmp_path, capsys, command):
    release(empty, ASSIGNMENT)
    for student in ("Ann", "Bob", "Eve"):
        hand_in_right(empty, student)
        record = submissions.Submission(student, ASSIGNMENT, status="ok")
        now = basis.read(empty, ASSIGNMENT).digest(student)
        submissions.write(empty, record.but(digest="" if student == "Eve" else now))

    def said():
        place = ["--to", str(tmp_path / "to"), "--course", str(empty.root)]
        main([command, ASSIGNMENT, *place])
        return capsys.readouterr().err

    assert said().startswith("1 has points by an earlier key: run `python -m classr")
    change(empty.root / "keys" / f"{ASSIGNMENT}.py", "CHECKS =", "# better\nCHECKS =")
    assert said().startswith("3 have points by an earlier key")
    if command == "export":
        assert (tmp_path / "to").exists()


def test_accepting_nobody_is_told(own, capsys):
    assert main(["grade", ASSIGNMENT, "--course", str(own.root), "--accept"]) == 1
    assert "--student NAME" in capsys.readouterr().err


def test_a_link_among_what_was_handed_in_is_not_followed(own):
    path = hand_in_right(own, "Eve")
    path.unlink()
    path.symlink_to(own.source(ASSIGNMENT))
    hand_in_right(own, "Ann")

    done = {one.student: one for one in grade(own, ASSIGNMENT)}

    assert done["Ann"].status == "ok"
    assert done["Eve"].status == "unreadable" and "link" in done["Eve"].reason
    assert grade_of(own, "Eve").by_program is None


def test_without_ids_a_right_notebook_gets_full_marks(own):
    path = hand_in_right(own, "Colab")
    notebook = json.loads(path.read_text("utf-8"))
    for cell in notebook["cells"]:
        cell["metadata"] = {"id": "x", "colab": {}}
        cell.pop("id", None)
    notebook["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {}}
    path.write_text(json.dumps(notebook))

    (done,) = grade(own, ASSIGNMENT)

    assert done.status == "ok"
    assert grade_of(own, "Colab").by_program == FULL
    assert grade_of(own, "Colab").by_hand is None  # the answer in words was found


def test_another_notebook_is_no_zero(own):
    other = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x = 1")])
    answers.hand_in(own, ASSIGNMENT, "Ann", nbformat.writes(other))

    (done,) = grade(own, ASSIGNMENT)

    assert done.status == "unreadable" and "another one" in done.reason
    assert grade_of(own, "Ann").score is None


def test_a_broken_database_is_told_and_nothing_is_lost(own, capsys):
    hand_in_right(own, "Ann")
    path = own.root / "gradebook.db"
    whole = path.read_bytes()
    path.write_bytes(b"not a database" * 1000)

    assert main(["grade", ASSIGNMENT, "--course", str(own.root), "--quiet"]) == 1
    assert "database" in capsys.readouterr().err
    path.write_bytes(whole)
    assert main(["grade", ASSIGNMENT, "--course", str(own.root), "--quiet"]) == 0
    assert grade_of(own, "Ann").by_program == FULL


def test_the_missing_are_told_when_one_grades(own, capsys):
    hand_in_right(own, "Ann")
    roster.keep(own, ASSIGNMENT, [Person("Ann"), Person("Bob")])

    assert main(["grade", ASSIGNMENT, "--course", str(own.root), "--quiet"]) == 0
    assert "Handed in nothing: Bob" in capsys.readouterr().out


def moved(notebook, where):
    """The answer in words in a cell of the student's own, the one for it left empty."""
    place = next(i for i, c in enumerate(notebook["cells"]) if c["id"] == "assessor")
    words = {**notebook["cells"][place], "id": "own", "metadata": {}}
    notebook["cells"][place]["source"] = PROSE_STUB
    if where == "as code":
        words = {**words, "cell_type": "code", "outputs": [], "execution_count": None}
    notebook["cells"].insert(place + (where != "above"), words)


@pytest.mark.parametrize("where", ["below", "above", "as code"])
def test_an_answer_in_a_cell_of_its_own_is_read_by_a_person(own, where):
    path = hand_in_right(own, "Ann", assessor="Because of the palace.")
    notebook = json.loads(path.read_text("utf-8"))
    for cell in notebook["cells"]:
        cell["id"] = cell["metadata"]["nbgrader"]["grade_id"]
    moved(notebook, where)
    path.write_text(json.dumps(notebook))

    grade(own, ASSIGNMENT)

    assert grade_of(own, "Ann").by_hand is None
    read_by_hand(own, "Ann", 3)
    grade(own, ASSIGNMENT, force=True)
    assert grade_of(own, "Ann").by_hand == 3


def test_an_empty_answer_in_words_is_zero_where_nothing_else_was_written(own):
    hand_in_right(own, "Ann", assessor=PROSE_STUB)

    grade(own, ASSIGNMENT)

    assert grade_of(own, "Ann").by_hand == 0


def test_marks_of_hidden_tests_in_an_answer_hide_no_page(own):
    mark = "### BEGIN HIDDEN TESTS\nWhat about this?"
    hand_in_right(
        own, "Ann", assessor=mark, pseudo_huber="x = 1  ### BEGIN HIDDEN TESTS"
    )

    grade(own, ASSIGNMENT)
    feedback(own, ASSIGNMENT)

    page = own.feedback("Ann", ASSIGNMENT).read_text("utf-8")
    assert "What about this?" in page


def test_a_page_shows_what_answers_give_and_no_number_of_a_test(own):
    hand_in_right(own, "Ann", pseudo_huber="40 + 2")

    grade(own, ASSIGNMENT)
    feedback(own, ASSIGNMENT)

    page = own.feedback("Ann", ASSIGNMENT).read_bytes()
    tree = lxml.html.fromstring(page)
    shown = [part.text_content() for part in tree.find_class("output")]
    numbers = [text.strip() for text in shown if re.fullmatch(r"[\d.\s]+", text)]
    assert numbers == ["42"]


def test_the_bar_counts_what_is_to_be_graded_and_nothing_else(own, capsys):
    words = ["grade", ASSIGNMENT, "--course", str(own.root), "--engine", "serial"]
    hand_in_right(own, "Ann")
    for more in (["--student", "Zoe"], ["--task", "nosuch"]):
        assert main([*words, *more]) == 1
        assert "submission/s" not in capsys.readouterr().err
    main(words)
    assert "1/1" in capsys.readouterr().err

    hand_in_right(own, "Bob")
    main(words)
    assert "1/1" in capsys.readouterr().err  # not 1/2, for Ann is done
    main(words)
    assert "submission/s" not in capsys.readouterr().err
