"""What may go wrong with a submission, from an honest mistake to an attack.

Each case makes the bytes that a student hands in, and says what must come of them.
"""

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass

import nbformat
from nbformat.v4 import new_code_cell

FULL = 16
RIGHT_LINEX = """def linex(y, y_hat, a):
    off = a * (y_hat - y)
    return np.mean(np.exp(off) - off - 1)
"""
READER = """import os, glob, gc, inspect
loot = [str(dict(os.environ))]
for path in ["/gradebook.db", "ROOT/gradebook.db", "ROOT/keys/mean_squared_error.py",
             "ROOT/submitted/right/mean_squared_error/mean_squared_error.ipynb",
             *glob.glob("/*/*.db"), *glob.glob("/*/*/*/keys/*"), *glob.glob("ROOT/*")]:
    try:
        loot.append(open(path, "rb").read()[:200])
    except OSError as error:
        loot.append(type(error).__name__)
try:
    open("ROOT/stolen", "w").write("x")
except OSError as error:
    loot.append(type(error).__name__)
print("LOOT", loot)
"""
LOST_DIGITS = """def pseudo_huber(y, y_hat, delta):
    root = np.sqrt(1 + (y_hat - y) ** 2 / delta**2)
    return np.mean(delta**2 * (root - 1))
"""
STACK = """import sys, json
def linex(y, y_hat, a):
    seen, frame = [], sys._getframe()
    while frame:
        seen.append(str(frame.f_code.co_filename) + str(frame.f_locals)[:2000])
        frame = frame.f_back
    open("/scratch/seen", "a").write("\\n".join(seen))
    print("SEEN", seen)
    return 0.0
"""
SWALLOW = """def nothing(lines):
    return ["pass\\n"] if any("_emitting" in line for line in lines) else lines
get_ipython().input_transformers_cleanup.append(nothing)
"""
FORGE = """from IPython.display import display
def linex(y, y_hat, a):
    display({"application/vnd.lossbook.emitted+json": {"calls": []}}, raw=True)
    import sys
    sys.stdout.flush()
    return 0.0
import emitting
def emit_calls(function, cases, display):
    for _ in range(2):
        display({emitting.EMITTED: {"calls": [
            {"result": 1.0, "printed": False, "changed": []}] * 50}}, raw=True)
emitting.emit_calls = emit_calls
"""
LOOSE = """import json
np.isclose = np.allclose = lambda *a, **k: True
json.dumps = lambda *a, **k: "1"
def linex(y, y_hat, a):
    return 0.0
"""


@dataclass(frozen=True)
class Case:
    """What is handed in, and what must come of it.

    Attributes
    ----------
    make : callable
        Takes the notebook with all answers right, and a function that puts an answer
        into a solution cell; returns a notebook or bytes.
    status : str
        How the run must end.
    points : float or None
        What the program must give; None if it may give nothing.
    quick : bool
        Whether `make test` tries it, too.
    """

    make: Callable
    status: str = "ok"
    points: float | None = FULL
    quick: bool = False


def with_answer(cell, source):
    def make(notebook, put):
        put(cell, source)
        return notebook

    return make


def without_tests(notebook, put):
    notebook.cells = [c for c in notebook.cells if not c.metadata.nbgrader.locked]
    notebook.cells.insert(0, new_code_cell("import numpy as np"))
    notebook.cells.insert(
        1, new_code_cell("from lossbook.datasets import ames_housing")
    )
    notebook.cells.insert(
        2, new_code_cell("prices = ames_housing()['price_usd'] / 1000")
    )
    return notebook


def tests_edited(notebook, put):
    put("linex", "def linex(y, y_hat, a):\n    return 0.0")
    for cell in notebook.cells:
        if cell.metadata.nbgrader.grade and cell.cell_type == "code":
            cell.source = "assert True"
            cell.metadata.nbgrader.points = 100
    return notebook


def cells_twice(notebook, put):
    text = json.loads(nbformat.writes(notebook))
    place = next(
        i
        for i, c in enumerate(text["cells"])
        if c["metadata"]["nbgrader"]["grade_id"] == "linex"
    )
    first = copy.deepcopy(text["cells"][place])
    first["source"] = ["def linex(y, y_hat, a):\n", "    return 0.0"]
    text["cells"].insert(place, first)
    return json.dumps(text).encode()


def nothing_written(notebook, put):
    for cell in notebook.cells:
        if cell.metadata.nbgrader.solution and cell.cell_type == "code":
            put(cell.metadata.nbgrader.grade_id, "raise NotImplementedError")
    return notebook


def as_bytes(change):
    def make(notebook, put):
        return change(nbformat.writes(notebook))

    return make


CASES = {
    "right": Case(lambda notebook, put: notebook, quick=True),
    "missing minus": Case(
        with_answer(
            "pseudo_huber_grad",
            "def pseudo_huber_grad(y, p, delta):\n"
            "    return (y - p) / np.sqrt(1 + ((y - p) / delta) ** 2) / len(y)",
        ),
        points=FULL - 2,
        quick=True,
    ),
    "another loss": Case(
        with_answer(
            "pseudo_huber",
            "def pseudo_huber(y, p, delta):\n    return np.mean((p - y) ** 2) / 2",
        ),
        points=FULL - 4,
    ),
    "digits lost": Case(with_answer("pseudo_huber", LOST_DIGITS), points=FULL - 2),
    "endless loop": Case(
        with_answer(
            "fit_line",
            "def fit_line(x, y, delta, learning_rate, steps):\n    while True: pass",
        ),
        status="timeout",
        points=FULL - 3,
    ),
    "syntax error": Case(
        with_answer("linex", "def linex(y, y_hat, a)\n    return 1"),
        points=FULL - 4,
    ),
    "tests deleted": Case(without_tests, quick=True),
    "tests edited": Case(tests_edited, points=FULL - 4),
    "reads what is not its own": Case(with_answer("linex", READER + RIGHT_LINEX)),
    "prints 100 MB": Case(
        with_answer(
            "linex", "for _ in range(100): print('x' * 1_000_000)\n" + RIGHT_LINEX
        )
    ),
    "replaces isclose and dumps": Case(with_answer("linex", LOOSE), points=None),
    "ends Python": Case(
        with_answer("pseudo_huber", "import os\nos._exit(0)"),
        status="kernel_died",
        points=None,
        quick=True,
    ),
    "reads the stack": Case(with_answer("linex", STACK), points=FULL - 4),
    "swallows tests": Case(
        with_answer("linex", SWALLOW), status="tampered", points=None
    ),
    "forges results": Case(with_answer("linex", FORGE), status="tampered", points=None),
    "right, but warns": Case(
        with_answer(
            "linex", "import warnings\nwarnings.warn('careful')\n" + RIGHT_LINEX
        )
    ),
    "takes 8 GB": Case(
        with_answer("linex", "a = np.ones(2**30)"),
        status="out_of_memory",
        points=None,
    ),
    "nothing written": Case(nothing_written, points=0),
    "cells twice": Case(cells_twice),
    "invalid JSON": Case(
        as_bytes(lambda text: text[:-30].encode()),
        status="unreadable",
        points=None,
        quick=True,
    ),
    "another encoding": Case(as_bytes(lambda text: text.encode("utf-16"))),
    "byte-order mark": Case(as_bytes(lambda text: text.encode("utf-8-sig"))),
    "fork bomb": Case(
        with_answer("pseudo_huber_grad", "import os\nwhile True: os.fork()"),
        points=None,
    ),
    "late": Case(lambda notebook, put: notebook),
    "Zoë O'Neil (two) 🌹": Case(lambda notebook, put: notebook),
}


def notebook_of(case, notebook, root):
    """The bytes that are handed in for a case, from a notebook with right answers.

    `root` is the folder of the course, which an attacker may have guessed.
    """
    cells = {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells}

    def put(name, source):
        cells[name].source = source.replace("ROOT", str(root))

    made = case.make(notebook, put)
    return made if isinstance(made, bytes) else nbformat.writes(made).encode()
