"""What `platform.toml` says, and which address launches told."""

import json

import pytest

from classroom.course import CourseError
from classroom.lti import launch, platform

from .test_launch import COURSES, claims

ASSIGNMENT = "mean_squared_error"


@pytest.fixture
def without(written, tmp_path):
    """A platform.toml that leaves the addresses to the launches that a hub keeps."""
    path = written()
    kept = [line for line in path.read_text().splitlines() if "names =" not in line]
    kept = "\n".join(kept[: kept.index("[lineitems]")])
    path.write_text('launches = "lti"\n' + kept.replace("moodle.example", "m.example"))
    return path


def launched(folder, **more):
    found = claims(**more)
    found["iss"] = "https://m.example"
    launch.keep(folder, found, COURSES)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('client_id = "course-1"', "", "client_id must be there"),
        ('client_id = "course-1"', "client_id = 7", "client_id must be a text"),
        ("[courses]", "[lessons]", "'lessons' is not known; known are issuer"),
        ("https://moodle.example/token", "http://moodle.example/token", "https://"),
        ("https://moodle.example/names", "file:///etc/passwd", "https://"),
        ("https://moodle.example/lineitems", "ftp://x.example", "lineitems.mean"),
        ('42 = "lossbook"', "42 = 1", "courses.42 must be a text"),
        ('42 = "lossbook"', '42 = "../x\\ny"', "courses.42 must be a name of small"),
        ("[courses]", "[courses", "cannot be read"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(written, old, new, says):
    path = written()
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))

    with pytest.raises(CourseError, match=says) as found:
        platform.read(path)
    assert str(path) in str(found.value)


def test_paths_are_beside_the_file(written, tmp_path):
    assert platform.read(written()).key == tmp_path / "lti.pem"


def test_launches_tell_the_addresses(without, tmp_path):
    launched(tmp_path / "lti", resource_link={"id": "1", "title": "The hub"})
    found = claims(resource_link={"id": "2", "title": "Mean squared  Error"})
    found["iss"] = "https://m.example"
    found["https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"] = {
        "lineitem": "https://m.example/l/mse"
    }
    launch.keep(tmp_path / "lti", found, COURSES)
    known = platform.read(without)

    assert known.memberships() == "https://moodle.example/n"
    assert known.lineitem(ASSIGNMENT) == "https://m.example/l/mse"


def test_a_parameter_of_a_link_goes_before_its_title(without, tmp_path):
    launched(tmp_path / "lti", resource_link={"id": "1", "title": "Mean squared error"})
    found = claims(resource_link={"id": "2"}, custom={"assignment": ASSIGNMENT})
    found["iss"] = "https://m.example"
    found["https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"] = {
        "lineitem": "https://m.example/l/other"
    }
    launch.keep(tmp_path / "lti", found, COURSES)

    assert platform.read(without).lineitem(ASSIGNMENT) == "https://m.example/l/other"


def test_of_several_addresses_none_is_guessed(without, tmp_path):
    for number, title in enumerate(["Hinge", "hinge"]):
        found = claims(resource_link={"id": str(number), "title": title})
        found["iss"] = "https://m.example"
        found["https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"] = {
            "lineitem": f"https://m.example/l/{number}"
        }
        launch.keep(tmp_path / "lti", found, COURSES)

    with pytest.raises(CourseError, match=r"2 addresses .*\n\n\[lineitems\]\nhinge"):
        platform.read(without).lineitem("hinge")


def test_a_link_of_another_course_tells_nothing(without, tmp_path):
    launched(tmp_path / "lti")
    launched(tmp_path / "lti", resource_link={"id": "5"}, context={"id": "43"})
    for path in tmp_path.glob("lti/links/*"):
        link = json.loads(path.read_text())
        link["names"] += link["context"]
        path.write_text(json.dumps(link))

    assert platform.read(without).memberships() == "https://moodle.example/n42"


def test_launches_from_elsewhere_tell_nothing(without, tmp_path):
    launch.keep(tmp_path / "lti", claims(), COURSES)  # of another platform
    with pytest.raises(CourseError, match="No launch that the hub remembers"):
        platform.read(without).lineitem("hinge")


@pytest.mark.parametrize("content", ["", "[]", '{"issuer": "x"}', "\xff"])
def test_a_damaged_launch_is_told(without, tmp_path, content):
    launched(tmp_path / "lti")
    (path,) = tmp_path.glob("lti/links/*")
    path.write_text(content, "latin-1")

    with pytest.raises(CourseError, match="none of the hub's files"):
        platform.read(without).lineitem("hinge")


def test_no_token_goes_out_unencrypted_because_a_launch_said_so(without, tmp_path):
    launched(tmp_path / "lti")
    (path,) = tmp_path.glob("lti/links/*")
    link = json.loads(path.read_text()) | {"lineitem": "http://m.example/l"}
    path.write_text(json.dumps(link))

    with pytest.raises(CourseError, match="https://"):
        platform.read(without).lineitem("hinge")
