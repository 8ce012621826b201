"""Files that pages load: minified, and named after their content.

A browser may keep such a file for ever, and shows no old one.  One program minifies
all scripts and style sheets, esbuild (minify.mjs).
"""

import hashlib
import json
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..directives.formulas import NODE

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Bundle:
    """A script or style sheet with what it imports, as a page loads it.

    Attributes
    ----------
    name : str
        Its name, which tells its content.
    imports : list of str
        The names of the files that it imports, in the order in which it needs them.
    """

    name: str
    imports: list[str]


def bundled(
    entries: Iterable[Path],
    folder: Path,
    given: Iterable[Path] = (),
    /,
    **constants: object,
) -> dict[str, Bundle]:
    """Write scripts, or style sheets, with what they import; returns them by name.

    Parameters
    ----------
    entries : iterable of Path
        Modules of one kind.  What several import goes into a file of its own.
    folder : Path
        Where the files are written.
    given : iterable of Path
        Style sheets that every page has: they are not loaded once more, late, when a
        browser would have to style the whole page again.
    **constants
        Values of names that the scripts use and leave to the build.

    Returns
    -------
    dict of Bundle
        By the names of the entries, such as "curve.js".
    """
    files = {"entries": sorted(map(str, entries)), "given": [*map(str, given)]}
    task = files | {"outdir": str(folder), "define": written(constants)}
    found = run_node("minify.mjs", task)
    return {name: Bundle(**about) for name, about in found.items()}


def minified(text: str, kind: str, *, shake: bool = False, **constants: object) -> str:
    """A script ("js") or style sheet ("css") without what only authors read.

    A script that is shaken loses the functions that nothing calls.
    """
    define = written(constants)
    task = {"text": text, "loader": kind, "define": define, "shake": shake}
    return run_node("minify.mjs", task)


def written(constants: dict[str, object]) -> dict[str, str]:
    """Values as one writes them in a script."""
    return {name: json.dumps(value) for name, value in constants.items()}


def keep(path: Path, content: bytes) -> str:
    """Write `name.ext` as `name.<hash of its content>.ext`; returns that name."""
    word = hashlib.sha256(content).hexdigest()[:10]
    path = path.with_suffix(f".{word}{path.suffix}")
    path.write_bytes(content)
    return path.name


def keep_json(path: Path, content: object) -> str:
    """The same of what a script reads as JSON."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return keep(path, text.encode())


def run_node(script: str, task: object) -> Any:
    """Give a script of this folder a task as JSON; returns its answer."""
    done = subprocess.run(  # noqa: S603
        [NODE, HERE / script],
        input=json.dumps(task),
        stdout=subprocess.PIPE,
        check=True,
        encoding="utf-8",
    )
    return json.loads(done.stdout)
