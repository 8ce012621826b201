"""What students get: the tasks, and nothing of the answers."""

import shutil

import nbformat
import pytest
from nbgrader.validator import Validator

from classroom import answers, leaks
from classroom.course import BOOK_SITE, HERE, Course, CourseError
from classroom.release import points, release
from tests.classroom.conftest import ASSIGNMENT, NOTEBOOK, new_course

ASSIGNMENTS = sorted(p.name for p in (HERE / "assignments/source").iterdir())


@pytest.fixture
def own(tmp_path):
    return new_course(tmp_path)


def edited(course, change):
    """The source notebook, each cell changed."""
    path = course.source(ASSIGNMENT)
    notebook = nbformat.read(path, 4)
    for cell in notebook.cells:
        change(cell)
    nbformat.write(notebook, path)


@pytest.mark.classroom
def test_a_released_notebook_has_stubs_and_no_answers(course):
    notebook = nbformat.read(course.released(ASSIGNMENT), 4)
    cells = {cell.metadata.nbgrader.grade_id: cell.source for cell in notebook.cells}

    assert cells["linex"] == (
        "def linex(y, y_hat, a):\n"
        "    raise NotImplementedError  # write your answer here, in place of this line"
    )
    assert cells["linex_plain"] == "# Your `linex` is tried here on other inputs."
    assert cells["assessor"] == "Write your answer here, in place of this line."
    assert not leaks.look(
        leaks.secrets(course.source(ASSIGNMENT)), course.root / "release"
    )


def test_points_are_told(course):
    assert points(course, ASSIGNMENT) == (16, 4)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_each_solution_and_hidden_test_has_a_marker_of_its_own(assignment):
    notebook = nbformat.read(Course().source(assignment), 4)
    secret = [
        cell
        for cell in notebook.cells
        if cell.metadata.nbgrader.solution or cell.metadata.nbgrader.get("points")
    ]
    hidden = leaks.secrets(Course().source(assignment))

    assert len({s for s in hidden if leaks.MARKER.fullmatch(s)}) == len(secret) >= 10


@pytest.mark.classroom
@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_site_tells_nothing(assignment):
    if not BOOK_SITE.exists():
        pytest.skip("the site has not been built")
    hidden = leaks.secrets(Course().source(assignment))

    assert leaks.look(hidden, BOOK_SITE) == []


@pytest.mark.classroom
def test_an_answer_in_a_visible_cell_is_not_released(own):
    answer = "return np.mean(squared / (1 + np.sqrt(1 + squared / delta**2)))"

    def tell(cell):
        if cell.metadata.nbgrader.grade_id == "setup":
            cell.source += f"\n# {answer}"

    edited(own, tell)

    with pytest.raises(CourseError, match="it would tell"):
        release(own, ASSIGNMENT)
    assert not own.released(ASSIGNMENT).exists()


@pytest.mark.classroom
@pytest.mark.parametrize("place", ["deep/searchindex.js", "book.zip"])
def test_an_answer_on_the_site_is_not_released(own, tmp_path, place):
    marker = next(
        s for s in leaks.secrets(own.source(ASSIGNMENT)) if s.startswith("key ")
    )
    path = tmp_path / "site" / place
    path.parent.mkdir(parents=True)
    path.write_text(f"before {marker} after")
    if path.suffix == ".zip":
        (tmp_path / "packed").mkdir()
        path.rename(tmp_path / "packed" / "x.html")
        shutil.make_archive(str(path.with_suffix("")), "zip", tmp_path / "packed")

    with pytest.raises(CourseError, match=marker):
        release(own, ASSIGNMENT, tmp_path / "site")
    assert not own.released(ASSIGNMENT).exists()


def test_a_solution_without_a_marker_is_not_released(own):
    def unmark(cell):
        cell.source = leaks.MARKER.sub("", cell.source)

    edited(own, unmark)

    with pytest.raises(CourseError, match="one marker of its own"):
        release(own, ASSIGNMENT)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_no_assignment_is_called_like_a_chapter(assignment):
    name = Course().source(assignment).name

    assert not (HERE.parent / "book" / name).exists()


def test_a_notebook_called_like_a_chapter_is_not_released(own):
    source = own.source(ASSIGNMENT)
    source.rename(source.with_name(f"{ASSIGNMENT}.ipynb"))

    assert own.notebook(ASSIGNMENT) == ASSIGNMENT  # as courses had it before
    with pytest.raises(CourseError, match=f"Call it {NOTEBOOK}.ipynb"):
        release(own, ASSIGNMENT)


def test_an_unknown_assignment_is_told(own):
    with pytest.raises(CourseError, match="There is no assignment 'nonsense'"):
        release(own, "nonsense")


@pytest.mark.classroom
def test_points_of_what_is_not_released_are_told(own):
    with pytest.raises(CourseError, match="python -m classroom release"):
        points(own, ASSIGNMENT)


@pytest.mark.classroom
@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_validate_says_success_to_answers_and_not_to_an_empty_notebook(
    assignment, tmp_path, monkeypatch
):
    monkeypatch.setenv("MPLBACKEND", "agg")
    course = new_course(tmp_path)
    empty = release(course, assignment)
    answered = empty.with_name("answered.ipynb")
    answered.write_text(nbformat.writes(answers.notebook(course, assignment, {})))

    assert "failed" in Validator().validate(str(empty))
    assert Validator().validate(str(answered)) == {}
