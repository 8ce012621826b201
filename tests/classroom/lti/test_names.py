"""Who takes the course: asked of the platform page by page, and written as a roster."""

import pytest

from classroom import roster
from classroom.course import Course, CourseError
from classroom.lti import launch
from classroom.lti.services import memberships, service
from classroom.roster import Person

from .faking import MEMBER, NRPS

pytestmark = pytest.mark.hub


def member(user, name="", *roles, **more):
    roles = roles or (f"{MEMBER}#Learner",)
    return {"user_id": user, "name": name, "roles": list(roles)} | more


@pytest.fixture
def course(tmp_path):
    return Course(tmp_path / "course")


def test_the_pages_of_names_are_a_roster(faked, known, course, tmp_path):
    faked.members = [
        [
            member("17", "Ann Lee", email="ann@example.invalid"),
            member("U-Bo+1", "=1+1;Bo"),
            member("90", "Teacher", f"{MEMBER}#Instructor"),
            member("91", "Both", f"{MEMBER}#Instructor", f"{MEMBER}#Learner"),
        ],
        [
            member("18", "Ann Lee"),
            member("92", "Gone", status="Inactive"),
            member("93", "Test", f"{MEMBER}#Learner", memberships.TESTER),
            member("19", "", "Learner", given_name="Zoë", family_name="Ørn"),
            member("20"),
        ],
    ]
    path = tmp_path / "roster.csv"

    memberships.write(memberships.learners(service.Service(known)), path)

    assert "'=1+1" in path.read_text("utf-8-sig")  # no formula of a spreadsheet
    people = {p.identifier: p for p in roster.read(course, str(path))}
    assert set(people) == {"17", "18", "19", "20", "U-Bo+1"}
    assert people["17"] == Person(
        "Ann Lee (17)", "17", "ann@example.invalid", login="17"
    )
    assert people["18"].student == "Ann Lee (18)"
    assert people["19"].student == "Zoë Ørn"
    assert people["20"].student == "user 20"
    assert people["U-Bo+1"].login == launch.login("U-Bo+1")
    assert [status for method, _, status in faked.asked if method == "GET"] == [200] * 2


def test_nobody_is_told(faked, known):
    faked.members = [[member("90", "Teacher", f"{MEMBER}#Instructor")]]
    with pytest.raises(CourseError, match="enrolled there as students"):
        memberships.learners(service.Service(known))


def test_a_permission_that_is_not_given_is_named(faked, known):
    faked.scopes -= {NRPS}
    with pytest.raises(CourseError, match="does not allow the tool names and roles"):
        memberships.learners(service.Service(known))


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ("https://elsewhere.example/names", "elsewhere, where|said to be elsewhere"),
        ("/names", "have no end"),
    ],
)
def test_no_page_leads_elsewhere_or_in_a_circle(faked, known, link, says):
    faked.members = [[member("17", "Ann")]]

    def lead_there(handler):
        handler.answer = lambda status, content, headers=(): type(handler).answer(
            handler, status, content, {"Link": f'<{link}>; rel="next"'}
        )

    faked.before = lead_there
    with pytest.raises(CourseError, match=says):
        memberships.learners(service.Service(known))


def test_nobody_is_led_elsewhere_with_a_token(faked, known):
    asked = []
    faked.members = [[member("17", "Ann")]]

    def redirect(handler):
        asked.append(handler.path)
        handler.answer = lambda *_: type(handler).answer(
            handler, 307, {}, {"Location": f"{faked.at}/elsewhere"}
        )

    faked.before = redirect
    with pytest.raises(CourseError, match="does not tell the names: 307"):
        memberships.learners(service.Service(known))
    assert asked == ["/names"]
