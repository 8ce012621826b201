"""Answer keys as expressions: computed by lossbook, never typed in as numbers.

A bank may come from a colleague.  So an expression is read before it is run, and
only arithmetic passes: no import, no file, nothing that begins with an underscore.
"""

import ast
import math
from collections.abc import Mapping
from inspect import isfunction

import numpy as np

from .. import link_functions, losses

LOSSES = {
    name: function
    for module in (losses, link_functions)
    for name, function in vars(module).items()
    if isfunction(function)
    and function.__module__.startswith(module.__name__)
    and not name.startswith("_")
}
BUILTINS = {f.__name__: f for f in (abs, float, int, len, max, min, range, round, sum)}
NAMES = LOSSES | BUILTINS | {"np": np, "math": math}

# What makes, combines and sums up arrays; NumPy also opens files, which no key does.
ARRAYS = set(
    [
        "arange",
        "argmax",
        "argmin",
        "argsort",
        "array",
        "asarray",
        "average",
        "column_stack",
        "concatenate",
        "cumsum",
        "diag",
        "diff",
        "dot",
        "e",
        "eye",
        "full",
        "inf",
        "inner",
        "linspace",
        "max",
        "mean",
        "median",
        "min",
        "newaxis",
        "ones",
        "outer",
        "pi",
        "prod",
        "quantile",
        "sort",
        "stack",
        "std",
        "sum",
        "trace",
        "transpose",
        "var",
        "vstack",
        "where",
        "zeros",
    ]
)
METHODS = {
    "T",
    "argmax",
    "argmin",
    "dot",
    "item",
    "max",
    "mean",
    "min",
    "sum",
    "tolist",
}
ARITHMETIC = (
    ast.Expression,
    ast.Constant,
    ast.Name,
    ast.expr_context,
    ast.List,
    ast.Tuple,
    ast.Call,
    ast.keyword,
    ast.UnaryOp,
    ast.unaryop,
    ast.BinOp,
    ast.operator,
    ast.Compare,
    ast.cmpop,
    ast.IfExp,
    ast.Subscript,
    ast.Slice,
    ast.Attribute,
    ast.ListComp,
    ast.GeneratorExp,
    ast.comprehension,
)


def evaluate(expression: str, values: Mapping[str, float]) -> float:
    """The finite number that `expression` gives, with `values` as further names.

    It may use ``np``, ``math`` and the public functions of `lossbook`.

    Raises
    ------
    ValueError
        If the expression is no arithmetic, fails, or gives no finite number.

    Examples
    --------
    >>> evaluate("cross_entropy([0], [[p, 1 - p]]) / math.log(2)", {"p": 0.5})
    1.0
    """
    try:
        tree = ast.parse(expression.strip(), mode="eval")
        _check(tree)
        code = compile(tree, "expression", "eval")
        with np.errstate(all="ignore"):  # what is not finite is refused below
            result = eval(code, {"__builtins__": {}} | NAMES | dict(values))  # noqa: S307 - only arithmetic gets here
    except Exception as error:
        raise ValueError(f"{expression!r} fails: {error}") from error
    number = getattr(result, "item", lambda: result)() if np.size(result) == 1 else None
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise ValueError(f"{expression!r} gives {result!r}, which is no number")
    if isinstance(number, int) and not _is_a_float(number):
        raise ValueError(
            f"{expression!r} gives an integer with more digits than a float holds; "
            "float(...) drops the last of them"
        )
    if not math.isfinite(number):
        raise ValueError(f"{expression!r} gives {number}, which is not finite")
    return float(number)


def _is_a_float(number: int) -> bool:
    try:
        return float(number) == number
    except OverflowError:
        return False


def _check(tree: ast.AST) -> None:
    for node in ast.walk(tree):
        if not isinstance(node, ARITHMETIC):
            raise ValueError(f"{type(node).__name__} is not allowed in a key")
        if isinstance(node, ast.Attribute) and not _is_allowed(node):
            raise ValueError(f"{ast.unparse(node)} is not allowed in a key")


def _is_allowed(node: ast.Attribute) -> bool:
    match node.value:
        case ast.Name(id="np"):
            is_elementwise = isinstance(getattr(np, node.attr, None), np.ufunc)
            return is_elementwise or node.attr in ARRAYS
        case ast.Name(id="math"):
            return not node.attr.startswith("_")
    return node.attr in METHODS
