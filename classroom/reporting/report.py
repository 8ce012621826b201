"""How each task of an assignment went, which goals are reached, what went wrong."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import nbformat
import numpy as np
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.api import MissingEntry

from classroom import examine, submissions, variants
from classroom.course import Course, CourseError
from classroom.restoring import grade_id
from lossbook.exercises.engine.outcome import HEADINGS
from lossbook.study.goals import Goal, goals

from .item_analysis import Item, analyse

NO_GOAL = "No goal of the chapter"


@dataclass(frozen=True)
class Task:
    """What gets points of its own.

    Attributes
    ----------
    id : str
        The name of the graded cell.
    heading : str
        The heading above it.
    goal : str
        What it shows that one can do, in words; `NO_GOAL` where the chapter has none.
    is_read : bool
        Whether a person marks it.
    points : float
        The most that it gives.
    """

    id: str
    heading: str
    goal: str
    is_read: bool
    points: float


@dataclass(frozen=True)
class Mistake:
    """A mistake that the key knows by name.

    Attributes
    ----------
    name : str
        Its name in the key.
    said : str
        What one of the students was told.
    tasks : tuple of str
        The graded cells where it was found.
    students : tuple of str
        Who made it.
    """

    name: str
    said: str
    tasks: tuple[str, ...]
    students: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """How an assignment went.

    Attributes
    ----------
    assignment : str
        Which one.
    tasks : tuple of Task
        In the order of the notebook.
    items : tuple of Item
        How each of them went.
    goals : dict
        By goal, the mean share of its points; None where nobody has a mark.
    mistakes : tuple of Mistake
        The most frequent first.
    marks : dict
        By student, the points for each task; NaN where a person has yet to read.
    unseen : int
        How many submissions wait for a person, and are not counted.
    has_variants : bool
        Whether students had numbers of their own.
    copied : dict
        By student, whose variant the answers fit, where that is somebody else's.
    """

    assignment: str
    tasks: tuple[Task, ...]
    items: tuple[Item, ...]
    goals: dict[str, float | None]
    mistakes: tuple[Mistake, ...]
    marks: dict[str, np.ndarray]
    unseen: int
    has_variants: bool = False
    copied: dict[str, str] = field(default_factory=dict)

    @property
    def unread(self) -> list[int]:
        """By task, how many answers nobody has read yet."""
        return np.isnan(np.array(list(self.marks.values()))).sum(axis=0).tolist()

    def unread_of(self, goal: str) -> int:
        """How many answers for a goal nobody has read yet."""
        pairs = zip(self.tasks, self.unread, strict=True)
        return sum(count for task, count in pairs if task.goal == goal)

    @property
    def totals(self) -> tuple[list[float], float]:
        """The sums of what everybody has a mark for, and the most that gives."""
        table = np.array(list(self.marks.values()))
        whole = ~np.isnan(table).any(axis=0)
        most = sum(
            t.points for t, known in zip(self.tasks, whole, strict=True) if known
        )
        return table[:, whole].sum(axis=1).tolist(), most


def report(course: Course, assignment: str) -> Report:
    """Look at what has been graded of an assignment.

    Raises
    ------
    CourseError
        If there is no such assignment, or nothing of it has been graded.
    """
    tasks = _tasks(course, assignment)
    known = [
        submissions.read(course, student, assignment)
        for student in submissions.everybody(course, assignment)
    ]
    seen = [one.student for one in known if one.status and not one.needs_review]
    marks, is_read = _marks(course, assignment, tasks, seen)
    if not marks:
        raise CourseError(
            f"Nothing of {assignment} has been graded yet: python -m classroom grade "
            f"{assignment}"
        )
    table = np.array(list(marks.values()))
    # An empty answer has its 0 at once. Before anybody has read the others, such zeros
    # are not how the task went.
    table[:, np.isnan(table).any(axis=0) & ~is_read] = np.nan
    items = analyse(table, [task.points for task in tasks])
    return Report(
        assignment,
        tuple(tasks),
        tuple(items),
        _by_goal(tasks, items),
        tuple(_mistakes(course, assignment, marks)),
        marks,
        sum(one.status != "" and one.needs_review for one in known),
        variants.kept(course, assignment).exists(),
        {one.student: one.variant_of for one in known if one.variant_of},
    )


def _tasks(course: Course, assignment: str) -> list[Task]:
    """What gives points in the instructor's notebook."""
    titles = {goal.id: goal.text for goal in _goals(assignment)}
    tasks, heading = [], ""
    for cell in nbformat.read(course.source(assignment), as_version=4).cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            heading = cell.source.splitlines()[0].removeprefix("## ")
        if utils.is_grade(cell) and cell.metadata.nbgrader.points > 0:
            goal = cell.metadata.get("lossbook", {}).get("goal", "")
            tasks.append(
                Task(
                    grade_id(cell),
                    heading,
                    titles.get(goal, goal or NO_GOAL),
                    not examine.is_tested(cell),
                    float(cell.metadata.nbgrader.points),
                )
            )
    return tasks


def _goals(assignment: str) -> Sequence[Goal]:
    """The goals of the chapter of this name; a course's own may have none."""
    try:
        return goals(assignment)
    except KeyError:
        return ()


def _marks(
    course: Course, assignment: str, tasks: Sequence[Task], students: Iterable[str]
) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """The points of each student, and by task whether a person gave any of them."""
    marks, by_hand = {}, set()
    with course.gradebook() as gradebook:
        for student in students:
            try:
                (notebook,) = gradebook.find_submission(assignment, student).notebooks
            except (MissingEntry, ValueError):
                continue
            scores = {
                grade.name: np.nan
                if grade.needs_manual_grade or grade.score is None
                else grade.score
                for grade in notebook.grades
            }
            by_hand |= {
                grade.name
                for grade in notebook.grades
                if grade.manual_score is not None and not grade.needs_manual_grade
            }
            row = [scores.get(task.id, np.nan) for task in tasks]
            # A person may have given points above what a task is worth.
            marks[student] = np.clip(row, 0, [task.points for task in tasks])
    return marks, np.array([task.id in by_hand for task in tasks])


def _by_goal(tasks: Sequence[Task], items: Sequence[Item]) -> dict[str, float | None]:
    got: dict[str, float] = defaultdict(float)
    most: dict[str, float] = defaultdict(float)
    for task, item in zip(tasks, items, strict=True):
        most[task.goal] += task.points * item.count
        got[task.goal] += task.points * item.count - item.lost
    named = sorted(most, key=lambda goal: goal == NO_GOAL)  # that last
    return {goal: got[goal] / most[goal] if most[goal] else None for goal in named}


def _mistakes(
    course: Course, assignment: str, students: Iterable[str]
) -> list[Mistake]:
    who: dict[str, dict[str, None]] = defaultdict(dict)
    where: dict[str, dict[str, None]] = defaultdict(dict)
    said: dict[str, str] = {}
    for student in students:
        path = course.autograded(student, assignment)
        if not path.exists():
            continue
        for cell in filter(examine.is_tested, nbformat.read(path, as_version=4).cells):
            if mistake := examine.mistake(cell):
                who[mistake][student] = None
                where[mistake][grade_id(cell)] = None
                said.setdefault(mistake, _said(cell))
    found = [Mistake(m, said[m], tuple(where[m]), tuple(who[m])) for m in who]
    return sorted(found, key=lambda one: (-len(one.students), one.name))


def _said(cell: NotebookNode) -> str:
    told = next((o.text.strip() for o in cell.outputs if "text" in o), "")
    return told.removeprefix(HEADINGS["wrong"]).strip()
