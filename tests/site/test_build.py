"""The build: idle if nothing changed, faithful to the last good site, repeatable."""

import filecmp
import subprocess
import sys
import time

import pytest

from tools import ROOT
from tools.build import book


def files(folder):
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def good_site(tmp_path):
    """A folder that stands for the last good site."""
    folder = tmp_path / "html"
    folder.mkdir()
    (folder / "index.html").write_text("good")
    return folder


def write_page(folder):
    (folder / "_build" / "html").mkdir(parents=True)
    (folder / "_build" / "html" / "index.html").write_text("new")


def test_a_second_build_does_nothing(site):
    before = (site / "index.html").stat().st_ino
    command = [sys.executable, "-m", "tools.build.book"]
    said = subprocess.run(
        command, cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    assert "Nothing changed" in said
    assert "http.server" in said
    assert (site / "index.html").stat().st_ino == before


def test_the_digest_sees_every_change_but_not_caches(tmp_path, monkeypatch):
    monkeypatch.setattr(book, "ROOT", tmp_path)
    seen = [book.digest()]
    for name in (
        "_toc.yml",
        "book/a.md",
        "lossbook/losses/b.py",
        "book/__pycache__/c.pyc",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
        seen.append(book.digest())
    assert len(set(seen[:-1])) == 4
    assert seen[-1] == seen[-2]


def test_a_complete_build_takes_the_place_of_the_old_one(good_site, monkeypatch):
    monkeypatch.setattr(book, "run_jupyter_book", write_page)
    book.build(good_site)
    assert (good_site / "index.html").read_text() == "new"
    assert [path.name for path in good_site.parent.iterdir()] == ["html"]


@pytest.mark.parametrize("fault", [book.BuildError("a warning"), KeyboardInterrupt()])
def test_a_failed_or_interrupted_build_leaves_the_last_good_site(
    good_site, monkeypatch, fault
):
    def fail(folder):
        write_page(folder)
        raise fault

    monkeypatch.setattr(book, "run_jupyter_book", fail)
    with pytest.raises(SystemExit, match="The last good site is untouched"):
        book.main(["--output", str(good_site)])
    assert (good_site / "index.html").read_text() == "good"


def test_remains_of_an_interrupted_build_are_mended(good_site, monkeypatch):
    good_site.rename(
        good_site.with_name(".html.old")
    )  # killed between taking the old away and putting the new
    monkeypatch.setattr(
        book,
        "run_jupyter_book",
        lambda folder: (_ for _ in ()).throw(book.BuildError),
    )
    with pytest.raises(book.BuildError):
        book.build(good_site)
    assert (good_site / "index.html").read_text() == "good"


@pytest.mark.site
def test_two_clean_builds_are_the_same_byte_for_byte(site, tmp_path):
    for output in ([], ["--output", tmp_path / "again"]):
        command = [sys.executable, "-m", "tools.build.formats", *output]
        subprocess.run(command, cwd=ROOT, check=True)
    names = files(site)
    assert names == files(tmp_path / "again")
    assert filecmp.cmpfiles(site, tmp_path / "again", names, shallow=False)[1:] == (
        [],
        [],
    )


@pytest.mark.site
def test_a_killed_build_leaves_the_last_good_site(good_site):
    command = [sys.executable, "-m", "tools.build.book", "--output", str(good_site)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as building:
        while not list(good_site.parent.glob(".html.new-*")):
            assert building.poll() is None
            time.sleep(0.05)
        building.kill()
    assert (good_site / "index.html").read_text() == "good"


@pytest.mark.site
@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("[gone](no_such_page.md)", "no_such_page"),
        ("$\\nosuchmacro$", "nosuchmacro"),
        ("{eq}`none`", "none"),
    ],
)
def test_a_warning_or_a_bad_formula_stops_the_build(tmp_path, monkeypatch, fault, told):
    for name in (
        "book/_ext",
        "book/_templates",
        "book/assets",
        "node_modules",
        "_config.yml",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: book/bad\n")
    (tmp_path / "book" / "bad.md").write_text(f"# Bad\n\n{fault}\n")
    monkeypatch.setattr(book, "ROOT", tmp_path)
    with pytest.raises(book.BuildError, match=told):
        book.build(tmp_path / "html")
