"""Build the site into _build/html: ``python -m tools.build.book``.

Nothing is done if nothing changed.  The last good site stays until a new one is
complete: a build that fails or is interrupted changes nothing that a reader sees.

With LOSSBOOK_LITE=0 the site has no Python: no cell runs in the browser.
"""

import argparse
import contextlib
import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tools import ROOT, cache
from tools.build import lite, pyodide
from tools.running import run

BUILD = ROOT / "_build"
SITE = BUILD / "html"
STAMP = BUILD / "html.sha256"
INPUTS = [
    "LICENSE",  # this, README.md and pyproject.toml are in the wheel of lossbook
    "README.md",
    "_config.yml",
    "_toc.yml",
    "book",
    "classroom/assignments/source",  # their minutes stand in the lesson plan
    "lossbook",
    "package-lock.json",
    "pyproject.toml",
    "requirements.txt",
    "requirements/lite.txt",
    "requirements/pyodide.txt",
    "tools/build",
    "tools/cache.py",
]
SETTINGS = ["LOSSBOOK_REPOSITORY", "LOSSBOOK_SITE", "LOSSBOOK_LITE"]
HOW_TO_SEE = """To see it: make serve
or:        python -m http.server -d _build/html, then open http://localhost:8000"""


class BuildError(Exception):
    """The book could not be built; the message holds what Jupyter Book said."""


def digest():
    """One word for everything that the site is made from."""
    settings = [f"{name}={os.environ.get(name, '')}" for name in SETTINGS]
    return cache.digest(*settings, *(ROOT / name for name in INPUTS))


def run_jupyter_book(folder):
    """Build into a folder, every warning an error."""
    if not (ROOT / "node_modules" / "katex").is_dir():
        raise BuildError("npm packages are missing. Run this first: npm ci")
    check_notebooks()
    start = "from jupyter_book.cli.main import main; main()"
    options = ["--all", "--nitpick", "--warningiserror", "--keep-going", "--quiet"]
    done = run(
        [sys.executable, "-c", start, "build", ROOT, "--path-output", folder, *options],
        # A fixed seed: what is made from sets must not differ from build to build.
        env=os.environ | {"PYTHONHASHSEED": "0"},
    )
    if done.returncode:
        raise BuildError(done.stdout.strip())


def check_notebooks():
    """Name a notebook that is cut off or not a notebook; Sphinx would not."""
    for path in sorted((ROOT / "book").glob("*.ipynb")):
        try:
            json.loads(path.read_text("utf-8"))["cells"]
        except (ValueError, KeyError, TypeError) as error:
            raise BuildError(
                f"book/{path.name} is no notebook: {error!r}. If it is not your work\n"
                f"that broke, this brings it back: git restore book/{path.name}"
            ) from error


def build(output=SITE):
    """Build a site."""
    print("Building the site ...", flush=True)
    with replacing(output) as new:
        run_jupyter_book(new)
        (new / "_build" / "html").rename(new / "html")
        (new / "html" / ".buildinfo").unlink(missing_ok=True)
        if os.environ.get("LOSSBOOK_LITE") != "0":
            add_python(new / "html")


@contextlib.contextmanager
def replacing(output):
    """Give a new folder beside `output`: its `html` takes that place at the end."""
    tidy(output)
    output.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=f".{output.name}.new-", dir=output.parent))
    try:
        yield new
        if output.exists():
            output.rename(place_of_old(output))
        (new / "html").rename(output)
    finally:
        tidy(output)


def add_python(site):
    """Give the site the Python that runs in a browser, and JupyterLite."""
    try:
        cache.copy(lite.build(), site / "lite")
        cache.copy(pyodide.assemble(), site / "pyodide")
    except (lite.LiteError, pyodide.SourceError) as error:
        raise BuildError(str(error)) from None


def tidy(output):
    """Remove what a build left beside its output; put back a site it took away."""
    if place_of_old(output).is_dir() and not output.exists():
        place_of_old(output).rename(output)
    for remains in output.parent.glob(f".{output.name}.*"):
        shutil.rmtree(remains, ignore_errors=True)


def place_of_old(output):
    """Where the last site stands while the new one moves in."""
    return output.with_name(f".{output.name}.old")


def build_if_changed():
    """Build the site unless it is up to date; returns whether it had to."""
    return cache.renew(SITE, STAMP, digest(), build)


def main(arguments=None):
    """Build, and say how to see the result, or what a reader still has."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.build.book", description="Build the site."
    )
    parser.add_argument("--output", type=Path, help="build there, whatever changed")
    output = parser.parse_args(arguments).output
    start = time.monotonic()
    try:
        if output:
            build(output.resolve())
        elif not build_if_changed():
            return print("Nothing changed: the site is up to date.\n" + HOW_TO_SEE)
    except BuildError as error:
        sys.exit(f"{error}\n\nThe book was not built: see above. {kept(output)}")
    except KeyboardInterrupt:
        sys.exit(f"\nInterrupted. {kept(output)}")
    print(f"Built {output or '_build/html'} in {time.monotonic() - start:.0f} s.")
    if not output:
        print(HOW_TO_SEE)


def kept(output):
    """What a reader has after a build that did not succeed."""
    if (output or SITE).is_dir():
        return "The last good site is untouched."
    return "There is no earlier site."


if __name__ == "__main__":
    main()
