"""Films beside their lessons, where there are films; and the shell that draws them."""

from types import SimpleNamespace

import pytest

from tools import browser
from tools.build.film import offering

PAGE = '<h1>Hinge</h1><div class="lesson"></div>\n<section id=key-insights></section>'


@pytest.fixture
def site(tmp_path):
    pages = tmp_path / "site" / "book"
    pages.mkdir(parents=True)
    for topic in ("hinge", "choosing"):
        (pages / f"{topic}_lesson.html").write_text(PAGE, "utf-8")
    return pages.parent


@pytest.fixture
def films(tmp_path):
    folder = tmp_path / "films"
    folder.mkdir()
    for kind in ("mp4", "vtt", "txt", "webp", "sha256"):
        (folder / f"hinge.{kind}").write_bytes(b"0" * 1_500_000)
    return folder


def test_a_film_is_linked_below_its_lesson_and_nowhere_else(site, films):
    offering.add(site, films)

    lesson = (site / "book" / "hinge_lesson.html").read_text("utf-8")
    for kind in ("mp4", "vtt", "txt"):
        assert f'<a href="../films/hinge.{kind}" download>' in lesson
        assert (site / "films" / f"hinge.{kind}").is_file()
    assert "(1.5 MB)" in lesson
    assert lesson.index('class="lesson"') < lesson.index('class="film"')
    assert "<video" not in lesson  # nothing of it is fetched with the page
    assert (site / "book" / "choosing_lesson.html").read_text("utf-8") == PAGE
    assert len(list((site / "films").iterdir())) == 3


def test_where_there_is_no_film_nothing_changes(site, tmp_path):
    offering.add(site, tmp_path / "none")

    assert [path.name for path in site.iterdir()] == ["book"]
    assert (site / "book" / "hinge_lesson.html").read_text("utf-8") == PAGE


def test_a_film_of_a_lesson_that_is_no_more_is_left_out(site, films):
    (site / "book" / "hinge_lesson.html").unlink()
    offering.add(site, films)

    assert not (site / "films").exists()


@pytest.mark.parametrize(
    "program",
    ["chrome-linux/headless_shell", "chrome-headless-shell-win64/headless-shell.exe"],
)
def test_the_shell_that_playwright_fetched_is_found(monkeypatch, tmp_path, program):
    monkeypatch.setattr(browser.shutil, "which", lambda _: None)
    chromium = SimpleNamespace(executable_path=tmp_path / "chromium-1/linux/chrome")
    playwright = SimpleNamespace(chromium=chromium)

    assert browser.find_shell(playwright) is None

    shell = tmp_path / "chromium_headless_shell-1" / program
    shell.parent.mkdir(parents=True)
    shell.touch()
    assert browser.find_shell(playwright) == str(shell)
