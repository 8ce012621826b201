"""An explorer from its text form, which is the call that makes it."""

import ast
from importlib import import_module
from typing import Any

from ..widgets import Explorer


def made(text: str) -> Explorer:
    """The explorer whose text form this is.

    Raises
    ------
    ValueError
        If it is no call of an explorer with literal arguments.

    Examples
    --------
    >>> made("Curve('hinge', y_true=1)").x
    -1.6
    """
    try:
        call: Any = ast.parse(text, mode="eval").body
        kind = getattr(import_module(__package__), call.func.id)
        named = {each.arg: ast.literal_eval(each.value) for each in call.keywords}
        return kind(*map(ast.literal_eval, call.args), **named)
    except (AttributeError, KeyError, SyntaxError, TypeError, ValueError) as error:
        raise ValueError(f"{text} makes no explorer: {error}") from error
