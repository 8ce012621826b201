"""The questions as files are linked from the book; secret items are nowhere."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from lossbook.study import bank
from tests.site.pages import ROOT
from tools.build.doors import DOORS, leaks

SECRET = {
    folder: [
        item.id
        for topic in bank.topics(ROOT / "classroom" / folder)
        for item in bank.questions(topic, ROOT / "classroom" / folder)
    ]
    for folder in ("questions", "inventory")
}


def holding(files, words):
    """The names of the files, of {name: content}, that hold one of the words."""
    found = [word.encode() for word in words]
    return [name for name, content in files.items() if any(w in content for w in found)]


def test_every_export_is_linked_and_nothing_else_is(site):
    page = (site / "book" / "quizzes.html").read_text("utf-8")

    made = sorted(path.name for path in (site / "downloads").iterdir())
    assert made[:2] == ["lossbook.apkg", "lossbook.xml"]
    assert len(made) == 2 + len(bank.topics())
    for name in made:
        assert f'<a href=../downloads/{name} download="">' in page


def test_no_secret_item_and_nothing_for_teachers_alone_is_on_the_site(site):
    hidden = leaks.secrets()

    assert (len(SECRET["questions"]) >= 20, len(SECRET["inventory"])) == (True, 40)
    assert set(hidden.values()) == {*SECRET["questions"], *SECRET["inventory"]}
    # Each of the inventory is known by its words, too; they would stand without its id.
    said = {item for secret, item in hidden.items() if secret != item}
    assert said >= set(SECRET["inventory"])
    assert leaks.look(site, DOORS, hidden) == []
    practice = bank.questions("hinge")[0].id
    assert leaks.look(site / "downloads", DOORS, {practice: practice})


@pytest.mark.site
def test_no_secret_item_is_in_the_wheel(tmp_path):
    command = [
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "-t",
        "wheel",
        "-d",
        tmp_path,
    ]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = Path(tmp_path).glob("*.whl")

    with zipfile.ZipFile(wheel) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert "lossbook/study/questions/hinge.toml" in files
    assert holding(files, [*SECRET["questions"], *SECRET["inventory"]]) == []
