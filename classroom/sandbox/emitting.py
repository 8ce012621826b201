"""What runs beside a student's code: it calls it, and emits what came back.

It judges nothing and knows nothing that would help a student: only the inputs.  What
it emits is judged outside, against a key that is not here.  So nothing is gained by
changing this module, `json` or NumPy; who does gets garbage judged.

It stands alone: in the sandbox it is a file by itself.
"""

import io
import json
import warnings
from contextlib import redirect_stderr, redirect_stdout
from copy import deepcopy

import numpy as np

EMITTED = "application/vnd.lossbook.emitted+json"
LONGEST = 2_000  # of a text


def emit_calls(function, cases: str, display) -> None:
    """Call `function` with each of the encoded tuples of arguments in `cases`."""
    calls = []
    for inputs in json.loads(cases):
        calls.append(_called(function, tuple(decode(value) for value in inputs)))
        if "error" in calls[-1]:
            break
    display({EMITTED: {"calls": calls}, "text/plain": ""}, raw=True)


def emit_value(value, display) -> None:
    """Emit a variable as it is."""
    display({EMITTED: {"value": encode(value)}, "text/plain": ""}, raw=True)


def _called(function, inputs: tuple) -> dict:
    copies = deepcopy(inputs)
    printed = io.StringIO()
    try:
        with (
            redirect_stdout(printed),
            redirect_stderr(io.StringIO()),
            warnings.catch_warnings(),
            np.errstate(all="ignore"),
        ):
            warnings.simplefilter("ignore")
            call = {"result": encode(function(*copies))}
    except BaseException as error:
        return {"error": type(error).__name__[:LONGEST], "says": _said(error)}
    call["printed"] = bool(printed.getvalue())
    call["changed"] = [encode(copy) for copy in copies]
    return call


def _said(error: BaseException) -> str:
    try:
        return str(error)[:LONGEST]
    except BaseException:
        return ""


def encode(value):
    """A value as JSON: numbers and texts as they are, all else by its kind.

    >>> encode((1, np.array([1.0, 2.5])))
    {'tuple': [1, {'array': [1.0, 2.5], 'dtype': 'float64'}]}
    """
    if value is None or type(value) in (bool, int, float, str):
        return value[:LONGEST] if type(value) is str else value
    if value is ...:
        return {"blank": True}
    if isinstance(value, tuple | list):
        kind = "tuple" if isinstance(value, tuple) else "list"
        return {kind: [encode(one) for one in value]}
    if isinstance(value, np.ndarray | np.generic) and value.dtype.kind in "biuf":
        array = np.asarray(value)
        kind = array.dtype.name if array.dtype.name != "float16" else "float64"
        return {"array": array.astype(kind).tolist(), "dtype": kind}
    try:
        return {"array": np.asarray(value, np.float64).tolist(), "dtype": "float64"}
    except Exception:
        return {"other": type(value).__name__[:LONGEST]}


def decode(value):
    """The value that was encoded; of another kind, an object of a type of its name.

    >>> decode({"tuple": [1, {"array": [1.0], "dtype": "float32"}]})
    (1, array([1.], dtype=float32))
    """
    if not isinstance(value, dict):
        return value
    (kind, content), *_ = value.items()
    if kind == "blank":
        return ...
    if kind in ("tuple", "list"):
        return {"tuple": tuple, "list": list}[kind](decode(one) for one in content)
    if kind == "array":
        if value["dtype"] not in DTYPES:
            raise ValueError(f"unknown dtype {value['dtype']!r}")
        return np.array(content, value["dtype"])
    if kind == "other" and isinstance(content, str):
        return type(content, (), {})()
    raise ValueError(f"cannot decode a {kind!r}")


DTYPES = frozenset(
    ["bool", "float32", "float64", "longdouble", "float128"]
    + [f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)]
)
