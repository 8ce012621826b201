"""Variants of assignments: each can be solved, and each is graded as its student's."""

import json
import re
import zipfile
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from classroom import handouts, leaks, roster, submissions, variants
from classroom.checks import Check, key_module
from classroom.course import HERE, Course, CourseError
from classroom.draws import Draw
from classroom.restoring import grade_id
from classroom.roster import Person
from classroom.sandbox import EMITTED
from classroom.sandbox.emitting import encode
from lossbook.exercises.engine.checkers import ValueChecker
from lossbook.exercises.engine.mistakes import constant

ROOT = HERE / "assignments"
ASSIGNMENTS = sorted(path.stem for path in (ROOT / "keys").glob("*.py"))
SEED = "a seed that stays"
SOLUTION = re.compile(r"### BEGIN SOLUTION\n(.*?)\s*### END SOLUTION", re.DOTALL)
each_assignment = pytest.mark.parametrize("assignment", ASSIGNMENTS)


def key_of(assignment):
    return key_module(ROOT / "keys", assignment)


def drawn(assignment, count, seed=SEED):
    key = key_of(assignment)
    for number in range(count):
        yield variants.draw(key, seed, assignment, f"student {number}")


@each_assignment
def test_the_same_seed_gives_the_same_numbers_years_later(assignment):
    """Who drew by this seed has papers out: what is pinned is never drawn anew."""
    pinned = json.loads(Path(__file__).with_name("pinned.json").read_text("utf-8"))

    values = variants.draw(key_of(assignment), SEED, assignment, "Zoë O'Neil")

    assert values == pinned[assignment]


@each_assignment
@pytest.mark.parametrize(
    "count", [40, pytest.param(1_000, marks=pytest.mark.classroom)]
)
def test_variants_can_be_solved_and_tell_mistakes_apart(assignment, count):
    """By itself, not by `faults`: a right number, and mistakes far from it."""
    key, seen = key_of(assignment), set()
    for values in drawn(assignment, count):
        seen.add(repr(values))
        checks = key.varied(**values)
        assert checks.keys() <= key.CHECKS.keys()
        for cell, check in checks.items():
            checker = check.checker
            right = checker.right(*checker.inputs)
            assert check.name == key.CHECKS[cell].name
            assert np.isfinite(right)
            assert checker.check(right, None)
            numbers = [right]
            for mistake in checker.mistakes:
                number = mistake.result(*checker.inputs)
                outcome = checker.check(number, None)
                assert not outcome
                assert outcome.mistake == mistake.name
                numbers.append(number)
            gaps = np.diff(np.sort(numbers))
            assert gaps.min() > 2 * checker.tolerance

    assert len(seen) > 0.85 * count  # of few rules some come twice


@each_assignment
def test_the_numbers_of_a_notebook_lead_to_its_key(assignment):
    """The solution of the source, run after the data cell of each variant."""
    source = nbformat.read(
        ROOT / f"source/{assignment}/{assignment}_assignment.ipynb", 4
    )
    course, key = Course(ROOT), key_of(assignment)
    place = variants.data_cell(course, assignment)
    for values in drawn(assignment, 5):
        names = {}
        for cell in source.cells:
            if cell.cell_type != "code":
                continue
            code = "\n".join(SOLUTION.findall(cell.source)) or cell.source
            if grade_id(cell) == place:
                code = variants.own(values)
            elif cell.metadata.nbgrader.grade and cell.metadata.nbgrader.points:
                continue  # hidden tests, which the sandbox replaces
            elif cell.metadata.nbgrader.solution:
                code = cell.source
            exec(code, names)  # noqa: S102 - our own notebook
        for check in key.varied(**values).values():
            assert check.checker.check(names[check.name], None), check.name


@each_assignment
def test_without_variants_the_notebook_has_what_the_key_goes_by(assignment):
    source = nbformat.read(
        ROOT / f"source/{assignment}/{assignment}_assignment.ipynb", 4
    )
    place = variants.data_cell(Course(ROOT), assignment)
    (cell,) = (cell for cell in source.cells if grade_id(cell) == place)
    (setup,) = (cell for cell in source.cells if grade_id(cell) == "setup")
    names = {}
    exec(f"{setup.source}\n{cell.source}", names)  # noqa: S102 - our own notebook
    key = key_of(assignment)
    values = key.variant(Draw("any"))

    usual = key.varied(**{name: names[name] for name in values})

    for cell, check in usual.items():
        theirs = key.CHECKS[cell].checker
        mine = check.checker
        assert mine.right(*mine.inputs) == theirs.right(*theirs.inputs)


def number_check(right, *wrong):
    mistakes = tuple(constant(f"m{i}", value, "No.") for i, value in enumerate(wrong))
    checker = ValueChecker(
        inputs=(), right=lambda: right, tolerance=0.1, mistakes=mistakes
    )
    return {"cell": Check("x", checker)}


@pytest.mark.parametrize(
    ("numbers", "says"),
    [
        ((1.0, 1.05), "right and m0 are too close"),
        ((1.0, 1.15), "right and m0 are too close"),
        ((1.0, 2.0, 2.1), "m0 and m1 are too close"),
        ((np.inf, 2.0), "no finite answer"),
        ((1.0, 1.5, 2.0), ""),
    ],
)
def test_a_variant_that_cannot_be_judged_is_found(numbers, says):
    found = "; ".join(variants.faults(number_check(*numbers)))

    assert says in found
    assert bool(found) == bool(says)


def test_one_that_cannot_be_judged_is_drawn_again():
    key = SimpleNamespace(
        variant=lambda draw: {"x": draw.below(3)},
        varied=lambda x: number_check(1.0, 1.0 + x / 10),  # 0.1 and 0 are too close
    )
    with pytest.raises(CourseError, match="draws no variant whose mistakes"):
        variants.draw(key, SEED, "sums", "Ann")

    key.varied = lambda x: number_check(1.0, 1.0 + x)

    assert {variants.draw(key, SEED, "sums", str(i))["x"] for i in range(20)} == {1, 2}


PEOPLE = [
    Person("Ann Lee", "17", "ann@x.example"),
    Person("Zoë O'Neil", "18", "zoe@x.example"),
    Person("Cy", "19"),
]


@pytest.fixture
def seeded(tmp_path):
    """A course with a seed, whose release is the source without its answers."""
    for name in ("source", "keys"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "course.toml").write_text(f'seed = "{SEED}"\n')
    for assignment in ASSIGNMENTS:
        released = nbformat.read(
            tmp_path / f"source/{assignment}/{assignment}_assignment.ipynb", 4
        )
        released.cells = [
            cell
            for cell in released.cells
            if "###" not in cell.source and "<!-- key" not in cell.source
        ]
        path = Course(tmp_path).released(assignment)
        path.parent.mkdir(parents=True)
        nbformat.write(released, path)
    return Course(tmp_path)


def hand_out(course, assignment, people=PEOPLE):
    hidden = leaks.secrets(course.source(assignment))
    handouts.hand_out(course, assignment, people, hidden)
    return nbformat.read(course.released(assignment), 4)


def named(notebook, name):
    """What the notebook for all defines for somebody of this name."""
    names = {"np": np}
    for cell in notebook.cells:
        if cell.source.startswith(variants.ALL) or "WHOSE" in cell.source:
            code = cell.source.replace('me = ""', f"me = {name!r}")
            exec(code, names)  # noqa: S102 - our own notebook
    return names


TYPED = {
    "Ann Lee": "Ann Lee",
    "  ann  lee ": "Ann Lee",
    "ANN@x.example": "Ann Lee",
    "18": "Zoë O'Neil",
    "Zoe\u0308 ONeil": "Zoë O'Neil",
    "Cy": "Cy",
}


@each_assignment
def test_one_notebook_gives_each_their_own_numbers(seeded, assignment):
    notebook = hand_out(seeded, assignment)
    for typed, student in TYPED.items():
        names = named(notebook, typed)
        values = variants.draw(key_of(assignment), SEED, assignment, student)
        for name, value in values.items():
            assert np.array_equal(names[name], value), typed


CLASS = [
    Person("Anna Schmidt (5005)", "5005", "a@x.example"),
    Person("Anna Schmidt (5006)", "5006"),
    Person("John Smith", "7"),
    Person("Łukasz Żółć", "8"),
    Person("Henry James"),
    Person("James Henry"),
    Person("Zoe Lee"),
    Person("Zoë Lee"),
    Person("Cy (she)", "9"),
]


@pytest.mark.parametrize(
    ("typed", "student"),
    [
        ("anna schmidt (5005)", "Anna Schmidt (5005)"),
        ("A@x.example", "Anna Schmidt (5005)"),
        ("Smith, John", "John Smith"),
        ("Lukasz Zolc", "Łukasz Żółć"),
        ("ZOLC, LUKASZ", "Łukasz Żółć"),
        ("Zółć, Łukasz", "Łukasz Żółć"),
        ("James, Henry", "Henry James"),
        ("James Henry", "James Henry"),
        ("Zoe Lee", "Zoe Lee"),
        ("Lee, Zoë", "Zoë Lee"),
        ("cy", "Cy (she)"),
    ],
)
def test_who_writes_a_name_in_another_way_is_known(seeded, typed, student):
    names = named(hand_out(seeded, "hinge", CLASS), typed)

    for name, value in variants.draw(key_of("hinge"), SEED, "hinge", student).items():
        assert np.array_equal(names[name], value)


@pytest.mark.parametrize("typed", ["Anna Schmidt", "Schmidt, Anna", "ANNA SCHMÍDT"])
def test_a_name_that_two_have_is_told_what_to_write_instead(seeded, typed):
    notebook = hand_out(seeded, "hinge", CLASS)

    with pytest.raises(LookupError, match=r"More than one .* Write your email or"):
        named(notebook, typed)


@pytest.mark.parametrize("typed", ["", "Anna", "ann@y.example"])
def test_who_is_not_on_the_list_is_told(seeded, typed):
    notebook = hand_out(seeded, "hinge")

    with pytest.raises(LookupError, match="Write your name above"):
        named(notebook, typed)


def test_no_name_can_be_read_in_the_notebook_for_all(seeded):
    text = nbformat.writes(hand_out(seeded, "hinge"))

    assert not [n for p in PEOPLE for n in (p.email, p.student) if n and n in text]
    assert SEED not in text


def test_the_archive_has_a_notebook_for_each(seeded):
    hand_out(seeded, "hinge")

    with zipfile.ZipFile(handouts.archive(seeded, "hinge")) as archive:
        assert archive.namelist() == [
            f"{p.student}/hinge_assignment.ipynb" for p in PEOPLE
        ]
        for person in PEOPLE:
            data = archive.read(f"{person.student}/hinge_assignment.ipynb").decode()
            cells = nbformat.reads(data, 4).cells
            values = variants.draw(key_of("hinge"), SEED, "hinge", person.student)
            assert variants.own(values) in {cell.source for cell in cells}


def test_who_comes_later_gets_a_variant_and_the_others_keep_theirs(seeded):
    hand_out(seeded, "hinge", PEOPLE[:2])
    before = variants.read(seeded, "hinge").given
    hand_out(seeded, "hinge", PEOPLE[1:])
    after = variants.read(seeded, "hinge").given

    assert after.keys() == {person.student for person in PEOPLE}
    assert before.items() <= after.items()


def test_another_seed_does_not_replace_what_was_handed_out(seeded):
    hand_out(seeded, "hinge")
    (seeded.root / "course.toml").write_text('seed = "another"\n')

    with pytest.raises(CourseError, match="Ann Lee has got other numbers"):
        hand_out(Course(seeded.root), "hinge")


def test_a_course_without_a_seed_is_told_which_line_to_write(seeded):
    (seeded.root / "course.toml").write_text("")

    with pytest.raises(CourseError, match=r'seed = "[0-9a-f]{32}"'):
        hand_out(Course(seeded.root), "hinge")


def test_a_secret_in_a_variant_is_not_handed_out(seeded):
    hidden = {'WHOSE.get(sha256(f"{SALT} {letters}"': "a cell"}

    with pytest.raises(CourseError, match="A variant would tell"):
        handouts.hand_out(seeded, "hinge", PEOPLE, hidden)
    assert not seeded.released("hinge").exists()
    assert not handouts.archive(seeded, "hinge").exists()
    assert variants.read(seeded, "hinge") is None


def test_a_student_is_known_by_another_name_and_a_stranger_is_not(seeded):
    hand_out(seeded, "hinge")
    found = variants.read(seeded, "hinge")
    record = submissions.Submission("A. Lee", "hinge", identifier="17")
    submissions.write(seeded, record)

    assert (
        found.person(seeded, "Ann Lee") == found.person(seeded, "A. Lee") == "Ann Lee"
    )
    with pytest.raises(variants.UnreadableError, match="no variant of yours"):
        found.person(seeded, "Dan")


def test_the_own_cell_takes_the_place_of_what_came(seeded):
    notebook = hand_out(seeded, "hinge")
    found = variants.read(seeded, "hinge")
    for cell in notebook.cells:
        cell.source = cell.source.replace('me = ""', 'me = "Ann Lee"')

    found.put(notebook, "Cy")

    sources = {grade_id(cell): cell.source for cell in notebook.cells}
    assert sources["numbers"] == variants.own(found.given["Cy"])
    assert not [s for s in sources.values() if "VARIANTS" in s]


# Whose answers they are.


@cache
def class_of(assignment, count):
    given = {
        f"student {number}": values
        for number, values in enumerate(drawn(assignment, count, "a class"))
    }
    cell = variants.data_cell(Course(ROOT), assignment)
    return variants.Variants(assignment, key_of(assignment), cell, given)


def answered(numbers):
    """A notebook as it ran, whose tested cells emitted these numbers."""
    cells = []
    for cell, number in numbers.items():
        emitted = {EMITTED: {"value": encode(number)}}
        made = new_code_cell(
            outputs=[new_output("display_data", emitted)],
            metadata={
                "nbgrader": {
                    "grade_id": cell, "grade": True, "solution": False, "points": 1
                }
            },
        )  # fmt: skip
        cells.append(made)
    return new_notebook(cells=cells)


def right(found, student):
    checks = found.key.varied(**found.given[student]).values()
    names = found.key.varied(**found.given[student])
    numbers = (c.checker.right(*c.checker.inputs) for c in checks)
    return {cell: float(n) for cell, n in zip(names, numbers, strict=True)}


@each_assignment
def test_answers_to_another_variant_are_seen_as_such(assignment):
    found = class_of(assignment, 12)
    seen = [
        found.whose(f"student {n}", answered(right(found, f"student {n + 1}")))
        for n in range(11)
    ]

    assert seen == [f"student {n + 1}" for n in range(11)]


@each_assignment
def test_rounded_answers_are_anothers_only_where_it_is_no_chance(assignment):
    """What a few digits cannot tell is not told; nobody but the other is named."""
    found = class_of(assignment, 12)
    for n in range(11):
        digits = 0 if assignment == "mean_squared_error" else 3
        theirs = right(found, f"student {n + 1}")
        rounded = {cell: round(number, digits) for cell, number in theirs.items()}

        assert found.whose(f"student {n}", answered(rounded)) in (
            "",
            f"student {n + 1}",
        )


@each_assignment
def test_own_answers_and_known_mistakes_are_nobody_elses(assignment):
    found = class_of(assignment, 12)
    for student in found.given:
        assert found.whose(student, answered(right(found, student))) == ""
        checks = found.key.varied(**found.given[student])
        known = {
            cell: float(check.checker.mistakes[0].result(*check.checker.inputs))
            for cell, check in checks.items()
        }
        assert found.whose(student, answered(known)) == ""


def test_a_known_mistake_is_ones_own_even_where_another_variant_has_that_answer():
    key = SimpleNamespace(
        variant=lambda draw: {"x": 100 + draw.below(10**6)},
        varied=lambda x: number_check(x, x + 5),
    )
    given = {"Ann": {"x": 1}, "Bo": {"x": 6}, "Cy": {"x": 3}}
    found = variants.Variants("sums", key, "numbers", given)

    assert found.whose("Ann", answered({"cell": 6.0})) == ""  # 1 + 5
    assert found.whose("Cy", answered({"cell": 6.0})) == "Bo"


@pytest.mark.classroom
@each_assignment
def test_a_slip_of_ones_own_is_hardly_ever_taken_for_anothers(assignment):
    """Wrong answers that look like others', as roughly rounded as is allowed."""
    found, count = class_of(assignment, 12), 1_000
    accused = 0
    for number, values in enumerate(drawn(assignment, count, "slips")):
        checks = found.key.varied(**values)
        digits = 0 if assignment == "mean_squared_error" else 3
        alike = {
            cell: round(float(check.checker.right(*check.checker.inputs)), digits)
            for cell, check in checks.items()
        }
        accused += found.whose(f"student {number % 12}", answered(alike)) != ""

    assert accused <= count / 50, accused


def test_what_is_no_number_says_nothing():
    found = class_of("hinge", 3)
    notebook = answered({"share_wrong_right": 0.5})
    for emitted in ({}, {"value": None}, {"value": ["x"]}, {"calls": []}, 3):
        notebook.cells[0].outputs[0].data[EMITTED] = emitted

        assert found.whose("student 0", notebook) == ""


def test_a_roster_is_kept_as_it_was(seeded):
    roster.keep(seeded, "hinge", PEOPLE)

    assert [p.student for p in roster.kept(seeded, "hinge").people] == [
        p.student for p in PEOPLE
    ]
