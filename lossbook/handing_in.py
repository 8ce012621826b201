"""What the notebook of an assignment still lacks, before it is handed in.

The last cell of each assignment asks `check`. It reads the notebook as it was saved and
runs it in a Python namespace of its own, so it suffices alone, in a kernel that has run
nothing. Nothing is changed and nothing is sent.
"""

import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PROSE_STUB = "Write your answer here, in place of this line."
DATA = "application/vnd.lossbook.missing+json"  # by which *Hand in* reads the answer
CALL = "handing_in.check("  # by which the cell that asks is known
COLAB_SECONDS = 20
FIRST = "Before the first task"
NOW = "Looked at: the notebook as it is now."

Cells = list[dict]  # of a notebook, as its file has them
Found = tuple[Cells, str]  # and where they were found, in words
_shown: list[Cells] = []


@dataclass(frozen=True)
class Missing:
    """What a notebook lacks; its text is the list.

    Attributes
    ----------
    unanswered : list of str
        The tasks without an answer.
    failed : list of tuple
        The tasks whose code fails, or a check of it, each with what was said.
    unseen : list of str
        The tasks that could not be looked at, as their answers are words and the
        notebook could not be read.
    source : str
        What was looked at.
    """

    unanswered: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    source: str = ""

    def __bool__(self) -> bool:
        return bool(self.unanswered or self.failed)

    def __repr__(self) -> str:
        lines = [f"Not answered: {title}" for title in self.unanswered]
        lines += [f"Fails: {title}. {why}" for title, why in self.failed]
        if not lines:
            lines = ["Nothing is missing: the checks that you see pass."]
        lines += [f"Look yourself: {title}" for title in self.unseen]
        return "\n".join([*lines, self.source])

    def _repr_mimebundle_(self, **_: Any) -> dict:
        lists = {"unanswered": self.unanswered, "unseen": self.unseen}
        said = {**lists, "failed": [list(pair) for pair in self.failed]}
        return {"text/plain": repr(self), DATA: said}


def check(assignment: str, tasks: Mapping[str, Sequence[str]]) -> Missing:
    """What is not answered, and which checks fail.

    The notebook is looked for where JupyterLab, JupyterLite, VS Code and Colab say that
    it is. Elsewhere what has run in this kernel counts.

    Parameters
    ----------
    assignment : str
        Its name, such as "mean_squared_error".
    tasks : mapping
        By the heading of each task, the names of what it asks for; none where it asks
        for words.

    Examples
    --------
    >>> check("nothing", {"1. Build it": ["loss"], "2. Explain it": []})
    Not answered: 1. Build it
    Look yourself: 2. Explain it
    The notebook cannot be read from here, so what has run counts: run all cells first.
    """
    for find in (_from_browser, _from_colab, _from_files):
        if found := find(assignment):
            cells, source = found
            return _look(cells, tasks, source)
    return _look_at_names(_user_names(), tasks)


def show(notebook: str) -> None:
    """Take a notebook as JSON for the next `check`, in place of its file.

    *Hand in* of the book's JupyterLab calls this: without a connection, or in a browser
    that was asked to keep nothing, Python sees no files.
    """
    _shown[:] = [json.loads(notebook)["cells"]]


def _from_browser(assignment: str) -> Found | None:
    """What *Hand in* has just shown, once."""
    cells = _shown.pop() if _shown else []
    is_of = any(_asks(cell, assignment) for cell in cells)
    return (cells, NOW) if is_of else None


def _from_colab(assignment: str) -> Found | None:
    """What the page of Colab shows, saved or not."""
    if "google.colab" not in sys.modules:
        return None
    try:
        from google.colab import _message  # type: ignore[import-not-found]

        asked = _message.blocking_request("get_ipynb", timeout_sec=COLAB_SECONDS)
        cells = asked["ipynb"]["cells"]
    # A module without promises, of a program that we cannot ask: any error means no.
    except Exception:
        return None
    return (cells, NOW) if cells else None


def _from_files(assignment: str) -> Found | None:
    """The file that this kernel belongs to, or the newest one of the assignment."""
    for path in _paths():
        try:
            cells = json.loads(path.read_text("utf-8"))["cells"]
            if any(_asks(cell, assignment) for cell in cells):
                ago = max(0, time.time() - path.stat().st_mtime)
                return cells, f"Looked at: {path.name}, saved {_when(ago)}."
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue
    return None


def _paths() -> Iterator[Path]:
    names = _user_names().get("__vsc_ipynb_file__"), os.environ.get("JPY_SESSION_NAME")
    yield from (Path(name) for name in names if name)
    here = [path for path in Path().glob("*.ipynb") if path.is_file()]
    yield from sorted(here, key=lambda path: path.stat().st_mtime, reverse=True)


def _when(seconds: float) -> str:
    """How long ago, in words: no clock, for a browser's Python knows no zone."""
    for size, name in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds // size:.0f} {name} ago"
    return f"{seconds:.0f} seconds ago" if seconds >= 10 else "just now"


def _asks(cell: dict, assignment: str | None = None) -> bool:
    """Whether a cell is the one that asks what is missing."""
    source = _source(cell)
    named = assignment is None or json.dumps(assignment) in source
    return cell.get("cell_type") == "code" and CALL in source and named


def _look(cells: Cells, tasks: Mapping[str, Sequence[str]], source: str) -> Missing:
    """What is missing in a notebook, by running it."""
    sections = _sections(cells, tasks)
    with _quiet():
        names: dict[str, Any] = {"__name__": "__main__"}
        raised = {
            title: [error for cell in part if (error := _error_of(cell, names))]
            for title, part in sections.items()
        }
    found = Missing(source=source)
    for title, wanted in tasks.items():
        if title not in sections:
            why = "Its heading is gone, and what stands below it cannot be told."
            found.failed.append((title, why))
        elif _is_unanswered(sections[title], wanted, names, raised[title]):
            found.unanswered.append(title)
        elif raised[title]:
            found.failed.append((title, _words(raised[title][0])))
    if raised[FIRST]:
        found.failed.insert(0, (FIRST, _words(raised[FIRST][0])))
    return found


def _sections(cells: Cells, tasks: Mapping[str, Sequence[str]]) -> dict[str, Cells]:
    """The cells below each heading, in their order."""
    found: dict[str, Cells] = {FIRST: []}
    title = FIRST
    for cell in cells:
        lines = _source(cell).strip().splitlines()
        heading = lines[0].lstrip("#").strip() if lines else ""
        if cell.get("cell_type") == "markdown" and heading in tasks:
            title = heading
            found[title] = []
        elif not _asks(cell):
            found[title].append(cell)
    return found


def _error_of(cell: dict, names: dict[str, Any]) -> BaseException | None:
    """Run a cell of code; returns what it raised."""
    if cell.get("cell_type") != "code":
        return None
    try:
        shell = _shell()
        source = _source(cell)
        source = shell.transform_cell(source) if shell else source
        exec(compile(source, "<cell>", "exec"), names)  # noqa: S102  # the learner's own
    # Whatever it raises is told; only who interrupts the kernel is obeyed.
    except (Exception, SystemExit) as error:
        return error
    return None


def _is_unanswered(
    cells: Cells,
    wanted: Sequence[str],
    names: Mapping[str, Any],
    raised: Sequence[BaseException],
) -> bool:
    """Whether a stub is left, in words or in code."""
    words = [cell for cell in cells if cell.get("cell_type") == "markdown"]
    texts = [" ".join(_source(cell).split()) for cell in words]
    asked = [t for c, t in zip(words, texts, strict=True) if _is_solution(c)]
    if PROSE_STUB in texts or "" in asked:
        return True
    if not wanted:
        return not any(texts)
    stubs = {*wanted, "<module>"}
    if any(isinstance(e, NotImplementedError) and _place(e) in stubs for e in raised):
        return True
    missing = {name for name in wanted if name not in names}
    if all(isinstance(e, NameError) and e.name in missing for e in raised):
        return bool(missing) or any(_is_stub(names[name]) for name in wanted)
    return any(_is_stub(names[name]) for name in wanted if name in names)


def _is_solution(cell: dict) -> bool:
    """Whether nbgrader takes this cell for the answer, where its mark was kept."""
    mark = cell.get("metadata", {}).get("nbgrader", {})
    return isinstance(mark, dict) and mark.get("solution") is True


def _place(error: BaseException) -> str:
    """The name of the function that raised it."""
    return traceback.extract_tb(error.__traceback__)[-1].name


def _stub() -> None:
    raise NotImplementedError


def _is_stub(value: object) -> bool:
    """Whether there is nothing, or a function that raises what a stub raises."""
    code = getattr(value, "__code__", None)
    like = _stub.__code__
    is_stub = code and (code.co_code, code.co_names) == (like.co_code, like.co_names)
    return value is None or bool(is_stub)


def _words(error: BaseException) -> str:
    """What an error says, in one line."""
    text = " ".join(str(error).split())
    if isinstance(error, AssertionError):
        return f"A check does not hold: {text}" if text else "A check does not hold."
    if isinstance(error, NotImplementedError):
        return f"It needs `{_place(error)}`, which is not written yet."
    return f"It ends in {type(error).__name__}: {text}"


def _look_at_names(
    names: Mapping[str, Any], tasks: Mapping[str, Sequence[str]]
) -> Missing:
    """What is missing among what has run, where the notebook cannot be read."""
    return Missing(
        [
            t
            for t, wanted in tasks.items()
            if any(_is_stub(names.get(n)) for n in wanted)
        ],
        unseen=[title for title, wanted in tasks.items() if not wanted],
        source="The notebook cannot be read from here, so what has run counts: "
        "run all cells first.",
    )


def _source(cell: dict) -> str:
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def _shell() -> Any:
    """The IPython that this runs in, or None."""
    ask: Callable | None = getattr(sys.modules.get("IPython"), "get_ipython", None)
    return ask() if ask else None


def _user_names() -> dict[str, Any]:
    shell = _shell()
    return shell.user_ns if shell else {}


@contextmanager
def _quiet() -> Iterator[None]:
    """Nothing that runs inside shows: no text, no picture, no figure left open."""
    before = _open_figures()
    capture: AbstractContextManager = nullcontext()
    if _shell():
        from IPython.utils.capture import capture_output

        capture = capture_output()
    try:
        with capture:
            yield
    finally:
        for number in _open_figures() - before:
            sys.modules["matplotlib.pyplot"].close(number)


def _open_figures() -> set[int]:
    pyplot = sys.modules.get("matplotlib.pyplot")
    return set(pyplot.get_fignums()) if pyplot else set()
