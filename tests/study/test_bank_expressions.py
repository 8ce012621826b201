"""Keys are computed with lossbook and NumPy, and can do nothing else."""

import subprocess
import sys

import pytest

from lossbook.study.expressions import LOSSES, evaluate


@pytest.mark.parametrize(
    ("expression", "number"),
    [
        ("mean_squared_error([3.0, 5.0], [4.0, 5.0])", 0.5),
        ("hinge([1, -1], [0.5, 0.5], reduction='sum')", 2.0),
        ("hinge([1, -1], [0.5, 0.5], reduction='none')[1]", 1.5),
        ("softmax([z, z])[0] * math.log2(8)", 1.5),
        ("np.mean([abs(s) for s in (-1, 3)])", 2.0),
        ("np.array([1.0, 2.0]).sum() if z > 1 else 0", 3.0),
        ("-z ** 2", -4.0),
        ("np.array([5])", 5.0),
    ],
)
def test_an_expression_is_computed(expression, number):
    assert evaluate(expression, {"z": 2}) == pytest.approx(number)


def test_every_public_name_of_lossbook_can_be_used():
    # In a process of its own: what other tests import stands in lossbook too.
    names = subprocess.run(
        [sys.executable, "-c", "import lossbook; print(*vars(lossbook))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    public = {n for n in names if not n.startswith("_")} - {"link_functions", "losses"}

    assert set(LOSSES) == public


@pytest.mark.parametrize(
    "expression",
    [
        "().__class__",
        "math.__loader__",
        "np.load('x.npy')",
        "np.fromfile('x')",
        "np.ctypeslib.ctypes",
        "np.array([1]).tofile('x')",
        "'{0}'.format(1)",
        "(lambda: 1)()",
        "(x := 1)",
        "f'{1}'",
        "{1: 2}[1]",
    ],
)
def test_what_is_no_arithmetic_is_not_run(expression):
    with pytest.raises(ValueError, match="is not allowed in a key"):
        evaluate(expression, {})


@pytest.mark.parametrize("name", ["__import__('os')", "open('x')", "eval('1')", "y"])
def test_other_names_are_unknown(name):
    with pytest.raises(ValueError, match="is not defined"):
        evaluate(name, {})


@pytest.mark.parametrize(
    ("expression", "says"),
    [
        ("np.inf", "gives inf, which is not finite"),
        ("math.nan", "gives nan, which is not finite"),
        ("cross_entropy([0], [[0.0, 1.0]])", "not finite"),
        ("[1, 2]", "which is no number"),
        ("1 < 2", "gives True, which is no number"),
        ("'1'", "which is no number"),
        ("1j", "which is no number"),
        ("None", "which is no number"),
        ("1 +", "fails: invalid syntax"),
        ("hinge([0], [1.0])", "fails: "),
        ("", "fails: "),
    ],
)
def test_a_key_that_is_no_finite_number_is_refused(expression, says):
    with pytest.raises(ValueError, match=says):
        evaluate(expression, {})
