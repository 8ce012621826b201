"""A fresh machine: an empty home, only Python, make and git (`make test-fresh`).

Where packages come from, this machine's own settings and caches of pip and npm say.
What is built after that is built without a network.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.release
WITHOUT_NETWORK = ["unshare", "--user", "--map-root-user", "--net"]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """What git has of this checkout, changes included, in a folder of its own."""
    folder = tmp_path_factory.mktemp("fresh") / "lossbook"
    named = subprocess.run(
        [shutil.which("git"), "ls-files", "-z", "-c", "-o", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    for name in filter(None, named.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """What a newcomer's shell knows, with an empty home."""
    keep = {
        name: value
        for name, value in os.environ.items()
        if name.startswith(("PIP_", "NPM_", "npm_", "NODE_", "SSL_", "HTTP", "http"))
    }
    registry = {
        "NPM_CONFIG_USERCONFIG": str(Path.home() / ".npmrc"),
        "PIP_CACHE_DIR": str(Path.home() / ".cache" / "pip"),
    }
    home = {"HOME": str(tmp_path_factory.mktemp("home"))}
    return registry | keep | home | {"PATH": "/usr/local/bin:/usr/bin:/bin"}


def make(checkout, environment, *arguments, before=()):
    return subprocess.run(
        [*before, "make", f"PYTHON={sys._base_executable}", *arguments],
        cwd=checkout,
        env=environment,
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def built(checkout, environment):
    """The first command of the README, and what it says."""
    done = make(checkout, environment, "book")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def index(checkout):
    return (checkout / "_build" / "html" / "book" / "intro.html").read_bytes()


def test_the_first_command_builds_the_site_and_says_how_to_see_it(built, checkout):
    said = built.splitlines()

    assert said[0].startswith("Setting up .venv")
    assert "To see it: make serve" in said
    assert index(checkout)


def test_again_it_does_nothing_and_needs_no_network(built, checkout, environment):
    done = make(checkout, environment, "book", before=WITHOUT_NETWORK)

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Nothing changed")


def test_two_at_once_make_whole_what_was_half_there(built, checkout, environment):
    shutil.rmtree(checkout / "node_modules" / "katex")
    command = ["make", f"PYTHON={sys._base_executable}", "setup"]
    both = [subprocess.Popen(command, cwd=checkout, env=environment) for _ in range(2)]

    assert [process.wait() for process in both] == [0, 0]
    assert (checkout / "node_modules" / "katex" / "dist" / "katex.css").is_file()
    done = make(checkout, environment, "book", before=WITHOUT_NETWORK)
    assert done.stdout.startswith("Nothing changed"), done.stdout


def test_after_an_interruption_the_site_is_there_and_the_next_build_ends(
    built, checkout, environment
):
    before = index(checkout)
    page = checkout / "book" / "faq.md"
    page.write_text(page.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")
    command = [checkout / ".venv" / "bin" / "python", "-m", "tools.build.book"]
    with subprocess.Popen(
        command,
        cwd=checkout,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        # What runs in the background of a shell would hand on that it ignores the key.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as building:
        while not list((checkout / "_build").glob(".html.new-*/_build")):
            assert building.poll() is None
            time.sleep(0.05)
        building.send_signal(signal.SIGINT)
        said = building.stderr.read()
    assert "Interrupted. The last good site is untouched." in said
    assert index(checkout) == before

    done = make(checkout, environment, "book", before=WITHOUT_NETWORK)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (
        b"One more sentence."
        in (checkout / "_build" / "html" / "book" / "faq.html").read_bytes()
    )


def test_a_broken_notebook_stops_the_build_by_name_and_the_site_stays(
    built, checkout, environment
):
    chapter = checkout / "book" / "hinge.ipynb"
    whole, before = chapter.read_text("utf-8"), index(checkout)
    chapter.write_text(whole[:1000], "utf-8")
    try:
        done = make(checkout, environment, "book")
    finally:
        chapter.write_text(whole, "utf-8")

    assert done.returncode != 0
    assert "book/hinge.ipynb is no notebook" in done.stderr
    assert "git restore book/hinge.ipynb" in done.stderr
    assert "The last good site is untouched." in done.stderr
    assert index(checkout) == before


def test_a_chapter_that_fails_is_named_and_left_as_it_was(built, checkout, environment):
    chapter = checkout / "book" / "intro.ipynb"
    whole = chapter.read_text("utf-8")
    broken = whole.replace("from lossbook", "from lossbok")
    chapter.write_text(broken, "utf-8")
    python = checkout / ".venv" / "bin" / "python"
    try:
        done = subprocess.run(
            [python, "-m", "tools.author.chapters", "intro"],
            cwd=checkout,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 1
        assert "intro: failed, left as it was" in done.stdout
        assert "lossbok" in done.stdout
        assert chapter.read_text("utf-8") == broken
    finally:
        chapter.write_text(whole, "utf-8")


def test_without_a_browser_one_is_told_what_to_install(built, checkout, environment):
    done = subprocess.run(
        [checkout / ".venv" / "bin" / "python", "-m", "tools.browser"],
        cwd=checkout,
        env=environment | {"LOSSBOOK_BROWSER": "/no/browser"},
        capture_output=True,
        text=True,
    )

    assert done.returncode != 0
    assert "install one, or set LOSSBOOK_BROWSER" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_old_python_is_told_which_one_to_name(checkout):
    """The check runs before anything else, in any Python; this one claims to be old."""
    code = (
        "import sys; sys.version_info = (3, 9, 2); sys.argv = ['tools/setup.py'];"
        "exec(open('tools/setup.py').read(), {'__name__': '__main__', "
        "'__file__': 'tools/setup.py'})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=checkout, capture_output=True, text=True
    )

    assert done.returncode != 0
    assert "needs Python 3.11 or later, and this is 3.9" in done.stderr
    assert "make book PYTHON=python3.12" in done.stderr
    assert "Traceback" not in done.stderr
