"""The files of calls: read, checked, handed on as records."""

import ast
import math
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files

from ..catalogue import by_key
from ..study import markup, schema
from .records import Call, Family, Row, Trap

# The libraries in the order in which they are shown, and the packages that they are in.
FRAMEWORKS = {
    "PyTorch": "torch",
    "Keras": "keras",
    "Optax": "optax",
    "scikit-learn": "scikit-learn",
    "XGBoost": "xgboost-cpu",
    "LightGBM": "lightgbm",
}
MIGRATION = "migration.toml"
TEXTS = ("reads", "reduction", "weights", "smoothing", "masking", "clipping")

_NEEDED: dict[str, type] = {
    "framework": str,
    "name": str,
    "code": str,
    "theirs": float,
    "ours": str,
    "reads": str,
    "reduction": str,
}
_OPTIONAL: dict[str, type] = {
    "function": str,
    **dict.fromkeys(TEXTS[2:], str),
    "traps": list,
}
_ROW: dict[str, type] = {"framework": str, "name": str, "code": str, "theirs": float}
_FAMILY: dict[str, type] = {
    **dict.fromkeys(("id", "title", "data", "ours", "why"), str),
    "row": list,
}
_TRAP: dict[str, type] = {"text": str, "input": str, "theirs": float, "ours": str}


def frameworks() -> tuple[str, ...]:
    """The libraries, in the order in which they are shown.

    >>> frameworks()[0]
    'PyTorch'
    """
    return tuple(FRAMEWORKS)


def packages() -> dict[str, str]:
    """Of each library the package that was asked, as it is installed.

    >>> packages()["PyTorch"]
    'torch'
    """
    return dict(FRAMEWORKS)


@cache
def calls(loss_key: str) -> tuple[Call, ...]:
    """How the libraries call a loss, in the order of `frameworks`.

    Parameters
    ----------
    loss_key : str
        The key of a loss in the catalogue, such as "hinge".

    Returns
    -------
    tuple of Call
        Empty if no library has it.

    Raises
    ------
    KeyError
        If no loss has this key; the message lists the keys.
    ValueError
        With the file, the entry and the reason, if the file is wrong.

    Examples
    --------
    >>> calls("cross_entropy_from_logits")[0].name
    'torch.nn.CrossEntropyLoss'
    """
    path = files(__package__).joinpath(f"{by_key(loss_key).key}.toml")
    return read_calls(loss_key, path.read_text("utf-8")) if path.is_file() else ()


def read_calls(loss_key: str, text: str) -> tuple[Call, ...]:
    """The calls in the text of the TOML file on a loss; errors as `calls`."""
    found: list[Call] = []
    with where(f"{loss_key}.toml"):
        table = tomllib.loads(text)
        schema.has_only(table, {"call": list})
        if not schema.is_list_of_tables(table["call"]):
            raise ValueError(
                "each call must be a table [[call]], and there must be one"
            )
        for number, entry in enumerate(table["call"], 1):
            with where(f"call {number} ({entry.get('name', 'without a name')})"):
                call = _call(loss_key, entry)
                if any(
                    (call.framework, call.name) == (c.framework, c.name) for c in found
                ):
                    raise ValueError("another call has this name already")
                found.append(call)
    order = frameworks()
    return tuple(sorted(found, key=lambda call: order.index(call.framework)))


@cache
def families() -> tuple[Family, ...]:
    """The losses on which libraries disagree; errors as `calls`.

    >>> families()[0].title
    'Weights of examples'
    """
    return read_families(files(__package__).joinpath(MIGRATION).read_text("utf-8"))


def read_families(text: str) -> tuple[Family, ...]:
    """The families in the text of a TOML file; errors as `calls`."""
    with where(MIGRATION):
        table = tomllib.loads(text)
        schema.has_only(table, {"family": list})
        if not schema.is_list_of_tables(table["family"]):
            raise ValueError("each family must be a table [[family]], one or more")
        made = []
        for number, entry in enumerate(table["family"], 1):
            with where(f"family {number} ({entry.get('id', 'without an id')})"):
                made.append(_family(entry))
    return tuple(made)


@contextmanager
def where(place: str) -> Iterator[None]:
    """Say of an error where it is."""
    try:
        yield
    except ValueError as error:
        raise ValueError(f"{place}: {error}") from error


def _call(loss_key: str, entry: dict) -> Call:
    schema.has_only(entry, _NEEDED, _OPTIONAL)
    check_framework(entry)
    for key in TEXTS:
        markup.parse(entry.get(key, ""))
    check_program(entry["code"])
    check_number(entry)
    traps = entry.get("traps", [])
    if "traps" in entry and not schema.is_list_of_tables(traps):
        raise ValueError("each trap must be a table [[call.traps]], one or more")
    made = []
    for number, trap in enumerate(traps, 1):
        with where(f"trap {number}"):
            made.append(_trap(trap))
    return Call(
        loss_key, **entry | {"code": entry["code"].strip(), "traps": tuple(made)}
    )


def _trap(entry: dict) -> Trap:
    schema.has_only(entry, _TRAP)
    check_expression(entry, "input")
    check_number(entry)
    return Trap(**entry)


def _family(entry: dict) -> Family:
    schema.has_only(entry, _FAMILY)
    markup.parse(entry["why"])
    check_expression(entry, "ours")
    if not schema.ID.fullmatch(entry["id"]):
        raise ValueError("an id is lower-case words with hyphens, such as 'sure-wrong'")
    if not schema.is_list_of_tables(entry["row"]):
        raise ValueError("each row must be a table [[family.row]], one or more")
    rows = []
    for number, row in enumerate(entry["row"], 1):
        with where(f"row {number}"):
            schema.has_only(row, _ROW)
            check_framework(row)
            check_program(f"{entry['data']}\n{row['code']}")
            check_finite(row)
            rows.append(Row(**row | {"code": row["code"].strip()}))
    about = {key: entry[key].strip() for key in _FAMILY if key != "row"}
    return Family(**about, rows=tuple(rows))


def check_framework(entry: dict) -> None:
    """Refuse a library that is not one of ours."""
    if entry["framework"] not in FRAMEWORKS:
        raise ValueError(
            f"the framework must be one of {', '.join(FRAMEWORKS)}, "
            f"got {entry['framework']!r}"
        )


def check_program(code: str) -> None:
    """Refuse what is no Python, or does not end in a print."""
    try:
        last = ast.parse(code).body[-1]
    except SyntaxError as error:
        raise ValueError(f"code is no Python: {error}") from error
    match last:
        case ast.Expr(ast.Call(ast.Name("print"))):
            return
    raise ValueError("code must end in print(...), which shows the number")


def check_number(entry: dict) -> None:
    """Refuse a number that is not finite, or has no expression beside it.

    What the expression gives is not asked here: some of them search for a minimum.
    """
    check_finite(entry)
    check_expression(entry, "ours")


def check_finite(entry: dict) -> None:
    """Refuse a number that is not finite."""
    if not math.isfinite(entry["theirs"]):
        raise ValueError(f"theirs must be a finite number, got {entry['theirs']}")


def check_expression(entry: dict, key: str) -> None:
    """Refuse what is no Python expression."""
    try:
        ast.parse(entry[key], mode="eval")
    except SyntaxError as error:
        raise ValueError(f"{key} is no Python expression: {error}") from error
