"""Arithmetic in the browser: how it differs, as the FAQ says, and where it must not."""

import json
import subprocess

import pytest

from tests.test_scripts import NODE

RUN = """
const [folder, code] = process.argv.slice(1);
const { loadPyodide } = await import(`file://${folder}pyodide.mjs`);
const python = await loadPyodide({ indexURL: folder });
await python.loadPackage(["lossbook"], { messageCallback() {} });
process.stdout.write(JSON.stringify(python.runPython(code)));
process.exit(0);
"""
PREPARE = """
import json, warnings
import numpy as np
import lossbook
from lossbook import datasets
warnings.simplefilter("error")
"""


@pytest.fixture(scope="module")
def value(site):
    """The value of an expression, computed by the Python of the site."""

    def computed(expression):
        code = f"{PREPARE}\njson.dumps({expression})"
        command = [NODE, "--input-type=module", "--eval", RUN, "--"]
        done = subprocess.run(
            [*command, f"{site / 'pyodide'}/", code],
            capture_output=True,
            encoding="utf-8",
        )
        assert done.returncode == 0, done.stderr
        return json.loads(json.loads(done.stdout))

    return computed


@pytest.mark.lite
def test_what_the_faq_says_of_numbers_in_the_browser_is_true(value):
    squares, floats, silent, inverse = value(
        "[(np.array([50_000]) ** 2).tolist(), (np.array([50_000.0]) ** 2).tolist(),"
        " str(np.log(0)), str(np.linalg.inv(np.ones((2, 2)))[0, 0])]"
    )
    assert squares == [-1794967296]
    assert floats == [2.5e9]
    assert (silent, inverse) == ("-inf", "nan")


@pytest.mark.lite
def test_whole_numbers_do_not_overflow_in_lossbook(value):
    prices = "np.array([250_000, 180_000]), np.array([200_000, 190_000])"
    loss, gradient, kinds = value(
        f"[lossbook.mean_squared_error({prices}),"
        f" lossbook.mean_squared_error_grad({prices}).tolist(),"
        " sorted({str(column.dtype) for column in"
        " datasets.ames_housing().columns.values() if column.dtype.kind == 'i'})]"
    )
    assert loss == (50_000**2 + 10_000**2) / 2
    assert gradient == [-50_000, 10_000]
    assert kinds == ["int64"]
