"""Accounts and codes: one for each on the roster, and nothing kept that opens."""

import stat

import pytest

from classroom import roster
from classroom.course import CourseError
from classroom.hub import codes, slips
from classroom.hub.command import run
from classroom.hub.configuration import Serving
from classroom.hub.state import INSTRUCTOR, State
from classroom.roster import Person
from tests.classroom.conftest import new_course

pytestmark = pytest.mark.classroom


@pytest.fixture
def state(tmp_path):
    return State.of(new_course(tmp_path))


def logins(given):
    return [account.login for account, _ in given]


def test_everybody_gets_a_name_that_folders_and_nbgrader_take(state):
    people = ["Zoë O'Neil", "Zoe O Neil", "李雷", "+../x", "Instructor", "a" * 80]
    people = [Person(name) for name in people] + [Person("王芳", email="Fang@x.org")]

    given = logins(state.enrol(people))

    assert given == [
        INSTRUCTOR, "zoe-o-neil", "zoe-o-neil-2", "student", "x", "instructor-2",
        "a" * 32, "fang",
    ]  # fmt: skip


def test_who_stays_keeps_the_code_and_who_leaves_cannot_log_in(state):
    ann, bob, cleo = Person("Ann"), Person("Bob"), Person("Cleo")
    first = dict(zip(["i", "ann", "bob"], state.enrol([ann, bob]), strict=True))

    assert logins(state.enrol([bob, cleo])) == ["cleo"]

    accounts = state.accounts()
    assert not accounts["ann"].is_here
    assert accounts["bob"].is_here and accounts[INSTRUCTOR].is_here
    assert codes.fits(first["bob"][1], accounts["bob"].code)
    assert len({account.number for account in accounts.values()}) == 4
    # And who comes back finds all as it was.
    assert logins(state.enrol([ann, bob, cleo])) == []
    assert codes.fits(first["ann"][1], state.accounts()["ann"].code)


def test_a_lost_code_is_made_anew(state):
    (_, (_, old)) = state.enrol([Person("Ann")])

    ((account, new),) = state.enrol([Person("Ann")], again=["ann"])

    assert codes.fits(new, account.code)
    assert not codes.fits(old, state.accounts()["ann"].code)
    with pytest.raises(CourseError, match="There is no login 'bob'"):
        state.enrol([Person("Ann")], again=["bob"])


def test_nothing_that_is_kept_tells_a_code_and_nobody_else_may_look(state):
    state.make()
    given = state.enrol([Person("Ann"), Person("Bob")])

    kept = state.accounts_file.read_text()

    assert not [code for _, code in given if code in kept or code[:4] in kept]
    assert stat.S_IMODE(state.root.stat().st_mode) == 0o700


def test_slips_hold_what_one_types_and_no_markup(state, tmp_path):
    given = state.enrol([Person("<b>Ann</b> & Bob")])
    for name in ("slips.html", "slips.txt"):
        slips.write(tmp_path / name, given, "http://127.0.0.1:8000/lossbook/")
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
        for account, code in given:
            text = (tmp_path / name).read_text()
            assert account.login in text and code in text
    page = (tmp_path / "slips.html").read_text()
    assert "&lt;b&gt;Ann&lt;/b&gt; &amp; Bob" in page and "<b>" not in page


@pytest.mark.parametrize(
    "text", ["Ann Lee\n\nBob\n", "\ufeffAnn Lee\r\nBob", "name\nAnn Lee\nBob\n"]
)
def test_a_roster_can_be_a_list_of_names(state, tmp_path, text):
    path = tmp_path / "names.txt"
    path.write_text(text, "utf-8", newline="")
    course = new_course(tmp_path / "course")

    assert [p.student for p in roster.read(course, str(path))] == ["Ann Lee", "Bob"]


def test_what_would_start_no_server_is_refused():
    with pytest.raises(CourseError, match="give --starts 1 or more"):
        Serving(starts=0).check()


def test_no_address_of_a_network_without_tls(tmp_path):
    with pytest.raises(CourseError, match="give --cert and --key"):
        Serving(ip="0.0.0.0").check()  # noqa: S104
    with pytest.raises(CourseError, match=r"c\.pem is not there"):
        Serving(ip="10.0.0.1", cert=tmp_path / "c.pem", key=tmp_path / "k.pem").check()
    Serving().check()


def test_two_courses_have_addresses_and_folders_of_their_own(tmp_path):
    states = []
    for name in ("Losses 1", "Losses 2"):
        course = new_course(tmp_path / name)
        (course.root / "course.toml").write_text(f'course_id = "{name}"')
        states.append(State.of(course))

    assert [s.prefix for s in states] == ["/losses-1/", "/losses-2/"]
    assert states[0].root != states[1].root
    course = new_course(tmp_path / "bad")
    (course.root / "course.toml").write_text('course_id = "../x"')
    with pytest.raises(CourseError, match="cannot serve the course"):
        State.of(course)


def test_before_a_hub_was_started_there_is_nothing_to_collect(tmp_path):
    with pytest.raises(CourseError, match="python -m classroom hub ROSTER"):
        State.made(new_course(tmp_path))


def test_what_is_missing_is_told_before_anything_is_made(tmp_path, monkeypatch):
    course = new_course(tmp_path / "course")
    (tmp_path / "names.txt").write_text("Ann")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    from classroom.__main__ import parser

    words = ["hub", str(tmp_path / "names.txt"), "--course", str(course.root)]
    with pytest.raises(CourseError, match=r"-r requirements/hub\.txt"):
        run(course, parser().parse_args(words))
    assert not State.of(course).root.exists()
