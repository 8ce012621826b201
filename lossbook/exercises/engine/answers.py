"""Taking in what a learner hands over, and saying in words how it differs."""

import re
import unicodedata
from collections.abc import Callable
from itertools import islice, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Answer = NDArray[np.float64 | np.bool_] | str | tuple["Answer", ...]

MANY = 1000  # so many parts are counted
FEW = 12  # so many numbers are written; of more, the first three


class UnreadableError(Exception):
    """The answer is not of the kind that is asked for; completes "Your answer …"."""


def read(value: Any, like: Answer, parts: tuple[str, ...] = ()) -> Answer:
    """A copy of `value` in the form of `like`: an array, a word, or several of them.

    Lists, tuples, other precisions and 0-d arrays are as good as arrays.

    Raises
    ------
    UnreadableError
        If it cannot be read so.

    Examples
    --------
    >>> read([1, 2.5], like=np.zeros(2))
    array([1. , 2.5])
    >>> read("Cross-Entropy", like="hinge")
    'cross entropy'
    """
    if value is None:
        raise UnreadableError("is `None`. Did you forget `return`?")
    if isinstance(like, tuple):
        return _read_parts(value, like, parts)
    return _read_word(value) if isinstance(like, str) else _read_numbers(value, like)


def expected(value: Any) -> Answer:
    """What a formula of ours gives, in the form that answers are read in."""
    if value is ...:
        return value
    if isinstance(value, tuple):
        return tuple(expected(part) for part in value)
    return _read_word(value) if isinstance(value, str) else _as_numbers(value)


def agree(a: Answer, b: Answer, tolerance: float, absolute: float = 1e-9) -> bool:
    """Whether two answers are the same up to rounding.

    `tolerance` is relative to each number, or to a hundredth of the largest one
    beside it; by `absolute` two numbers may differ in any case.  NaN is like NaN, and
    in `b` the dots `...` are like anything.
    """
    if b is ...:
        return True
    if isinstance(b, tuple):
        return all(agree(x, y, tolerance, absolute) for x, y in zip(a, b, strict=True))
    if isinstance(b, str):
        return a == b
    if np.shape(a) != np.shape(b):
        return False
    a, b = np.asarray(a, np.float64), np.asarray(b, np.float64)
    largest = np.abs(b).max(initial=0, where=np.isfinite(b))
    floor = max(absolute, 0.01 * tolerance * largest)
    return np.allclose(a, b, rtol=tolerance, atol=floor, equal_nan=True)


def difference(
    result: Answer, right: Answer, same: Callable, parts: tuple[str, ...] = ()
) -> str:
    """In what way `result` differs from `right`, by the judgement of `same`.

    Completes "Your answer …".

    >>> difference(np.array(3.0), np.array(2.0), same=lambda a, b: a == b)
    'is too large'
    """
    if isinstance(right, tuple):
        number = [same(*pair) for pair in zip(result, right, strict=True)].index(False)
        name = parts[number] if parts else f"part {number + 1}"
        if isinstance(right[number], str):
            return f"is not right for `{name}`"
        how = difference(result[number], right[number], same)
        return f"is off in `{name}`, which {how}"
    if isinstance(right, str):
        return "is not the right one"
    if result.shape != right.shape:
        if result.ndim > 1 or right.ndim > 1:
            got = f"has shape `{result.shape}`" if result.ndim else "is one number"
            wanted = f"shape `{right.shape}`" if right.ndim else "one number"
            return f"{got}, where {wanted} is wanted"
        if result.ndim and not right.ndim:
            return f"is an array of {len(result)}, where one number is wanted"
        got = f"an array of {len(result)}" if result.ndim else "one number"
        return f"is {got}, where an array of {len(right)} is wanted"
    if result.dtype == bool != right.dtype:
        return "holds `True` or `False`, where numbers are wanted"
    if right.ndim == 0:
        return _compared(result.item(), right.item())
    index = next(i for i in np.ndindex(right.shape) if not same(result[i], right[i]))
    place = ", ".join(map(str, index))
    how = _compared(result[index].item(), right[index].item())
    return f"has an entry, `[{place}]`, that {how}"


def written(value: Any) -> str:
    """A value as one writes it down: short, in six digits.

    >>> written(np.array([1.0, 2.5])), written(np.float64(1 / 3))
    ('[1.0, 2.5]', '0.333333')
    >>> written(np.arange(40))
    '[0, 1, 2, …] (40 in all)'
    """
    if isinstance(value, str):
        return repr(value)
    if isinstance(value, tuple):
        return f"({', '.join(map(written, value))})"
    if callable(value):
        return getattr(value, "__name__", "a function")
    array = np.asarray(value)
    if array.ndim > 1 and array.size > FEW:
        return f"an array of shape {array.shape}"
    if array.size > FEW:
        first = ", ".join(map(written, array[:3]))
        return f"[{first}, …] ({len(array)} in all)"
    if array.ndim:
        return f"[{', '.join(map(written, array))}]"
    number = array.item()
    return str(float(f"{number:.6g}") if isinstance(number, float) else number)


def _read_parts(value: Any, like: tuple, parts: tuple[str, ...]) -> tuple:
    wanted = f"{len(like)} results" + (f" ({', '.join(parts)})" if parts else "")
    if isinstance(value, str | bytes | dict | set | frozenset):
        kind = type(value).__name__
        raise UnreadableError(f"is a `{kind}`, where {wanted} are wanted.")
    try:
        values = list(islice(value, MANY))  # some never end
    except TypeError as error:
        raise UnreadableError(f"is one value, where {wanted} are wanted.") from error
    if len(values) != len(like):
        count = f"{len(values)} or more" if len(values) == MANY else len(values)
        has = f"has {count} part{'s' * (len(values) != 1)}"
        hint = decimal_comma(values, len(like))
        raise UnreadableError(f"{has}, where {wanted} are wanted. {hint}".strip())
    for number, one in enumerate(values):
        if one is None:
            name = parts[number] if parts else f"part {number + 1}"
            raise UnreadableError(f"has `None` for `{name}`.")
    return tuple(read(one, each) for one, each in zip(values, like, strict=True))


def _read_word(value: Any) -> str:
    if not isinstance(value, str):
        raise UnreadableError("is not text. Write the word in quotes.")
    plain = unicodedata.normalize("NFKC", str.__add__("", value))
    words = re.sub(r"[\s_\-\u00ad\u2010-\u2015\u2212]+", " ", plain)
    return words.strip(" .\"'").lower()


def _read_numbers(value: Any, like: NDArray) -> NDArray:
    if isinstance(value, str | bytes):
        comma = isinstance(value, str) and "," in value
        point = " Write a point for the comma, too." if comma else ""
        raise UnreadableError(
            f"is text, where a number is wanted. Leave out the quotes.{point}"
        )
    if hasattr(type(value), "__next__"):
        raise UnreadableError(
            f"is a `{type(value).__name__}`, which has computed nothing yet and gives "
            "its values only once. Write `list(…)` around it, or `sum(…)`."
        )
    try:
        array = np.array(value)
    except ValueError as error:
        raise UnreadableError("has rows of different lengths.") from error
    if array.dtype.kind == "c":
        raise UnreadableError("is complex. Is the root of a negative number taken?")
    try:
        if array.dtype.kind not in "biufO":
            raise TypeError(array.dtype)
        array = _as_numbers(array)
    except (TypeError, ValueError) as error:
        if array.ndim:
            message = "holds something that is not a number."
        else:
            wanted = "an array of numbers" if like.ndim else "a number"
            message = f"is a `{type(value).__name__}`, not {wanted}."
        raise UnreadableError(message) from error
    if isinstance(value, tuple) and like.ndim == 0 and array.shape == (1,):
        raise UnreadableError(
            "ends in a comma, which makes a tuple of one number. Leave the comma out."
        )
    if hint := like.ndim < 2 and decimal_comma(value, like.size):
        wanted = f"{like.size} are" if like.ndim else "one is"
        raise UnreadableError(
            f"has {len(array)} numbers, where {wanted} wanted. {hint}"
        )
    return array


def decimal_comma(values: Any, wanted: int) -> str:
    """What to say if some of the values are what stands before and after a comma.

    >>> decimal_comma((0, 92, 0.1), 2)
    'Python separates two numbers by a comma: write 0.92, with a point.'
    """
    if type(values) not in (list, tuple) or not wanted < len(values) <= 2 * wanted:
        return ""
    pairs = [
        (whole, part)
        for whole, part in pairwise(values)
        if type(whole) is int and type(part) is int and part >= 0
    ]
    if not pairs:
        return ""
    whole, part = next((pair for pair in pairs if pair[1]), pairs[0])
    return (
        f"Python separates two numbers by a comma: write {whole}.{part}, with a point."
    )


def _as_numbers(value: Any) -> NDArray:
    """The value in floating point, or as `True` and `False` if it holds these."""
    array = np.array(value)
    return array if array.dtype == bool else array.astype(np.float64)


def _compared(result: float | bool, right: float | bool) -> str:
    if isinstance(right, bool):
        return f"should be `{right}`"
    if np.isnan(result):
        return "is NaN, not a number"
    if result * right < 0:
        return "has the wrong sign"
    if np.isinf(right):
        return "is not infinite, and should be"
    if np.isinf(result):
        return "is infinite"
    if right < 0:  # "too small" may be heard as "too close to 0"
        far = "not far enough" if result > right else "too far"
        return f"is {far} below 0"
    return "is too large" if result > right else "is too small"
