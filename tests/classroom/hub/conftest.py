"""A course with a hub that nobody serves yet, and the people on its roster."""

import pytest

from classroom.hub import walls
from classroom.hub.configuration import settle
from classroom.hub.state import State
from classroom.roster import Person
from tests.classroom.conftest import new_course

PEOPLE = [Person("Ada Lovelace"), Person("Blaise Pascal"), Person("Chloé Zhao")]


@pytest.fixture
def hub(tmp_path):
    """The course, and the folder of its hub, into which three have logged in."""
    course = new_course(tmp_path / "course")
    state = State.of(course)
    state.make()
    settle(state)
    state.enrol(PEOPLE)
    for account in state.students():
        walls.prepare(state, account)
    return course, state
