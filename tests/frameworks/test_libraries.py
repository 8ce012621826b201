"""Every call, asked of the library itself; `make test-frameworks`."""

import importlib
import re
from importlib.metadata import version
from pathlib import Path

import pytest

from lossbook import frameworks
from lossbook.catalogue import LOSSES
from tests.frameworks.running import run

pytestmark = pytest.mark.frameworks

CALLS = [call for loss in LOSSES for call in frameworks.calls(loss.key)]
LOCK = Path(__file__).parents[2] / "requirements" / "frameworks.txt"


@pytest.mark.parametrize("call", CALLS, ids=lambda call: f"{call.loss}: {call.name}")
def test_the_library_gives_the_numbers_of_the_file(call):
    printed, *shown = run(call.code, *(trap.input for trap in call.traps))

    assert printed == pytest.approx(call.theirs, rel=1e-5, abs=1e-9)
    for found, trap in zip(shown, call.traps, strict=True):
        assert found == pytest.approx(trap.theirs, rel=1e-5, abs=1e-9), trap.text


@pytest.mark.parametrize(
    ("family", "row"),
    [(family, row) for family in frameworks.families() for row in family.rows],
    ids=lambda each: getattr(each, "id", None) or f"{each.framework}: {each.name}",
)
def test_the_library_makes_the_same_of_the_data_of_a_family(family, row):
    (printed,) = run(f"{family.data}\n{row.code}")

    assert printed == pytest.approx(row.theirs, rel=1e-5, abs=1e-9)


@pytest.mark.parametrize(
    "name", sorted({call.function for call in CALLS if call.function})
)
def test_what_is_named_as_a_function_is_one(name):
    module, _, function = name.rpartition(".")

    assert callable(getattr(importlib.import_module(module), function))


def test_the_libraries_have_the_versions_of_the_lock():
    pins = dict(re.findall(r"^([\w.-]+)==([^ ;\\]+)", LOCK.read_text("utf-8"), re.M))
    named = frameworks.packages()

    assert len(named) == len(frameworks.frameworks())
    assert {name: version(name) for name in named.values()} == {
        name: pins[name] for name in named.values()
    }
