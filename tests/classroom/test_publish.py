"""A release beside a site: what is written there, and what is left alone."""

import json

import nbformat
import pytest

from classroom.__main__ import main
from classroom.course import CourseError
from classroom.publish import publish
from tests.classroom.conftest import ASSIGNMENT, NOTEBOOK, new_course

CHAPTER = {"name": "hinge.ipynb", "path": "hinge.ipynb", "type": "notebook"}


@pytest.fixture
def site(tmp_path):
    """A folder with what publishing needs of a site; a real one is in tests/site."""
    lite = tmp_path / "site" / "lite"
    (lite / "api" / "contents").mkdir(parents=True)
    (lite / "editions.json").write_text('{"hinge.ipynb": "1"}')
    (lite / "api/contents/all.json").write_text(json.dumps({"content": [CHAPTER]}))
    return lite.parent


@pytest.mark.classroom
def test_a_release_is_put_beside_the_chapters(site, tmp_path, capsys):
    course = new_course(tmp_path / "course")
    words = ["release", ASSIGNMENT, "--course", str(course.root), "--site", str(site)]
    for _ in range(2):  # the same twice is the same
        assert main(words) == 0
    assert f"lite/open.html?assignment={ASSIGNMENT}" in capsys.readouterr().out

    lite = site / "lite"
    listed = json.loads((lite / "api/contents/all.json").read_text())["content"]
    editions = json.loads((lite / "editions.json").read_text())
    put = nbformat.read(lite / "files" / f"{NOTEBOOK}.ipynb", as_version=4)
    given = nbformat.read(course.released(ASSIGNMENT), as_version=4)
    assert [one["name"] for one in listed] == ["hinge.ipynb", f"{NOTEBOOK}.ipynb"]
    assert editions.pop("hinge.ipynb") == "1"
    assert editions == {f"{NOTEBOOK}.ipynb": put.metadata.lossbook.edition}
    assert put.metadata.lossbook.assignment == ASSIGNMENT
    assert put.metadata.kernelspec.name == "python"
    assert put.cells == given.cells


def test_what_is_no_site_with_python_is_told(empty, tmp_path):
    with pytest.raises(CourseError, match="make book"):
        publish(empty, ASSIGNMENT, tmp_path)
