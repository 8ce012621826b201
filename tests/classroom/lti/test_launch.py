"""What a hub makes of a launch: a safe name, a group, and addresses it remembers."""

import json
import logging
import stat
from types import SimpleNamespace

import pytest

from classroom.lti import launch

CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
MEMBER = "http://purl.imsglobal.org/vocab/lis/v2/membership"
COURSES = {"42": "lossbook"}
HOSTILE = [
    "U-Ada+17", "u-ada-17+", "../../etc", "..", ".", "", "-rf", "a/b", "a\\b", "a\0b",
    "Ünïcode", "x" * 400, "a b", "a\nb", "{username}", "$(id)", "\udc80", "A", "a@b.c",
]  # fmt: skip


def claims(sub="17", **more):
    """What a platform says of somebody who comes."""
    scores = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
    names = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
    given = {CLAIM + name: value for name, value in more.items()}
    return {
        "iss": "https://moodle.example",
        "sub": sub,
        "name": "Ann <b>Lee</b>",
        "email": "ann@example.invalid",
        CLAIM + "deployment_id": "1",
        CLAIM + "roles": [f"{MEMBER}#Learner"],
        CLAIM + "context": {"id": "42"},
        CLAIM + "resource_link": {"id": "9", "title": "Hinge"},
        scores: {"lineitem": "https://moodle.example/l/2"},
        names: {"context_memberships_url": "https://moodle.example/n"},
    } | given


def test_every_name_is_safe_and_nobody_elses():
    names = [launch.login(sub) for sub in [*HOSTILE, "17", "u-ada-17", "a", "a-b"]]

    assert len(set(names)) == len(names)
    for name in names:
        assert launch.SAFE.fullmatch(name) and ".." not in name, name
        assert launch.login(name) == name  # nor does it change once more
    assert launch.login("17") == "17"


@pytest.mark.parametrize(
    ("roles", "group"),
    [
        ([f"{MEMBER}#Learner"], "nbgrader-lossbook"),
        ([f"{MEMBER}#Instructor"], "formgrade-lossbook"),
        (["Instructor"], "formgrade-lossbook"),
        ([f"{MEMBER}/Instructor#TeachingAssistant"], "formgrade-lossbook"),
        # Roles elsewhere, and what only looks like one.
        (["http://purl.imsglobal.org/vocab/lis/v2/institution/person#Instructor"],
         "nbgrader-lossbook"),
        ([f"{MEMBER}#Mentor", "https://x.example/membership#Instructor"],
         "nbgrader-lossbook"),
        ([f"{MEMBER}#InstructorOfNothing", None, 7], "nbgrader-lossbook"),
        (None, "nbgrader-lossbook"),
    ],
)  # fmt: skip
def test_the_role_in_the_course_decides_the_group(roles, group):
    assert launch.groups(claims(roles=roles), COURSES) == [group]


@pytest.mark.parametrize("context", [{"id": "43"}, {"id": "lossbook"}, {}, None, "42"])
def test_a_teacher_of_another_course_does_not_teach_this_one(context):
    found = claims(roles=["Instructor"], context=context, custom={"course": "lossbook"})
    (group,) = launch.groups(found, COURSES)

    assert group.startswith("formgrade-context") and launch.SAFE.fullmatch(group)


def after_login(folder, sub="17", deployment="", admins=(), blocked=()):
    authenticator = SimpleNamespace(
        admin_users=set(admins),
        blocked_users=set(blocked),
        log=logging.getLogger("test"),
    )
    hook = launch.hook(folder, COURSES, deployment)
    found = {"name": sub.lower(), "admin": True, "auth_state": claims(sub)}
    return hook(authenticator, None, found)


def test_who_came_and_where_scores_go_is_remembered_and_nothing_more(tmp_path):
    after_login(tmp_path / "lti", "U-Ada+17")
    after_login(tmp_path / "lti", "U-Ada+17")

    (person,) = tmp_path.glob("lti/people/*")
    (link,) = tmp_path.glob("lti/links/*")
    assert person.stem == launch.login("U-Ada+17")
    assert json.loads(person.read_text()) == {
        "sub": "U-Ada+17", "name": "Ann <b>Lee</b>",
    }  # fmt: skip
    kept = json.loads(link.read_text())
    assert kept["lineitem"] == "https://moodle.example/l/2"
    assert kept["names"] == "https://moodle.example/n"
    assert "ann@example.invalid" not in link.read_text() + person.read_text()
    for path in (person, link):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_final_name_decides_who_is_admin_and_who_is_blocked(tmp_path):
    assert after_login(tmp_path, "U-17", admins=["u-17"])["admin"] is None
    assert after_login(tmp_path, "u-17", admins=["u-17"])["admin"] is True
    assert after_login(tmp_path, "U-17", blocked=[launch.login("U-17")]) is None
    assert after_login(tmp_path, "u-17")["auth_state"] is None


def test_a_disk_that_cannot_be_written_locks_nobody_out(tmp_path):
    (tmp_path / "people").write_text("a file where a folder should be")

    assert after_login(tmp_path)["name"] == "17"


def test_only_one_deployment_comes_in_if_it_is_named(tmp_path):
    assert after_login(tmp_path / "a", deployment="1") is not None
    assert after_login(tmp_path / "b", deployment="2") is None
    assert not (tmp_path / "b").exists()
