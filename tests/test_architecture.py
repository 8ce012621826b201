"""Imports run one way: a part may use only parts that stand before it."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "lossbook"
# The rooms of the house, and which others each may use; tests and benchmarks use all.
# What tools build beside the site, they minify as the site does.
ROOMS = {
    "lossbook": set(),
    "book/_ext": {"lossbook"},
    "classroom": {"lossbook"},
    "tools": {"lossbook", "book"},
}
PARTS = [
    "_names",
    "_browsers",
    "_arrays",
    "link_functions",
    "losses",
    "calibration",
    "gradcheck",
    "properties",
    "showing",
    "catalogue",
    "curves",
    "colours",
    "datasets",
    "training",
    "plots",
    "widgets",
    "topics",
    "handing_in",
    "lessons",
    "study",
    "frameworks",
    "exercises",
    "explorers",
    "motion",
    "exporting",
    "__main__",
]
HEAVY = {"matplotlib", "anywidget", "ipywidgets", "IPython", "scipy", "pandas"}


def parts_used(source, depth):
    """Parts of lossbook that a module imports anywhere; `depth` dots reach the root."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
            assert not any(n.split(".")[0] == "lossbook" for n in names), (
                "inside the package, import relatively"
            )
        if isinstance(node, ast.ImportFrom):
            assert (node.module or "").split(".")[0] != "lossbook" or node.level, (
                "inside the package, import relatively"
            )
            if node.level == depth:
                yield from (
                    [node.module.split(".")[0]]
                    if node.module
                    else [alias.name for alias in node.names]
                )


def points_up(relative, source):
    """Parts that the module at `relative` uses and must not."""
    part = relative.parts[0].removesuffix(".py")
    used = set(parts_used(source, len(relative.parts)))
    if part == "__init__":
        return used - {"losses", "link_functions"}
    return used - set(PARTS[: PARTS.index(part)])


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE))
)
def test_imports_point_down(path):
    assert not points_up(path.relative_to(PACKAGE), path.read_text("utf-8"))


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("losses/hinge.py", "from ..catalogue import LOSSES"),
        ("losses/hinge.py", "from .. import training"),
        ("_arrays/arguments.py", "def f():\n    from ..link_functions import sigmoid"),
        ("__init__.py", "from .plots import curve"),
    ],
)
def test_the_test_would_notice_an_import_that_points_up(path, source):
    assert points_up(Path(path), source)


def rooms_used(room, source):
    """Other rooms that a module of a room imports and must not."""
    own = room.split("/")[0]
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if not node.level
            else []
        )
    }
    others = {"lossbook", "book", "classroom", "tools", "tests", "benchmarks"}
    return imported & others - {own} - ROOMS[room]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_uses_no_room_above_or_beside_it(room):
    modules = sorted((ROOT / room).rglob("*.py"))

    assert len(modules) > 10
    for path in modules:
        used = rooms_used(room, path.read_text("utf-8"))
        assert not used, f"{path.relative_to(ROOT)} uses {', '.join(used)}"


def test_the_test_would_notice_a_room_above_or_beside():
    assert rooms_used("lossbook", "def f():\n    import tools.cache") == {"tools"}
    assert rooms_used("classroom", "from tests.helpers import draw") == {"tests"}
    assert rooms_used("tools", "from . import cache\nimport lossbook") == set()
    assert rooms_used("book/_ext", "from tools import cache") == {"tools"}


def loaded_by(code):
    done = subprocess.run(
        [sys.executable, "-c", f"{code}; import sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return HEAVY & set(done.stdout.split())


def test_importing_lossbook_loads_numpy_and_nothing_heavier():
    assert loaded_by("import lossbook") == set()


def test_the_test_would_notice_a_heavy_import():
    assert loaded_by("import lossbook, matplotlib") == {"matplotlib"}
