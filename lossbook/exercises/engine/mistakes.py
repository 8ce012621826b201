"""What a known mistake is: a function that computes it, whose docstring is the advice.

A mistake takes the inputs of the right answer, so it can be compared on any data: the
exercises and the graded assignments use the same decorators and the same patterns.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from inspect import cleandoc
from itertools import product
from typing import Any


@dataclass(frozen=True)
class Mistake:
    """A known mistake: what it computes, and what to tell who makes it.

    Attributes
    ----------
    name : str
        In a few words, such as "sum for mean"; unique within an exercise.
    result : callable
        What it gives for the inputs of the right answer.
    message : str
        What was done and what to look at; code in backticks.
    """

    name: str
    result: Callable
    message: str


def mistake(function: Callable) -> Mistake:
    '''A mistake from a function: its name, and as advice its docstring.

    >>> @mistake
    ... def halved(y):
    ...     """That is half of it."""
    ...     return sum(y) / 2
    >>> halved.name, halved.message, halved.result([4])
    ('halved', 'That is half of it.', 2.0)
    '''
    name, message = _name_and_message(function)
    return Mistake(name, function, message)


def pattern(function: Callable) -> Callable[..., Mistake]:
    '''A mistake that can be made with more than one formula, or in more than one way.

    Called with the formula, which the decorated function takes first, it gives the
    mistake.  Where that is a word, it takes the place of `{}` in the advice.

    >>> @pattern
    ... def doubled(right, y):
    ...     """That is twice as much."""
    ...     return 2 * right(y)
    >>> doubled(sum).result([1, 2])
    6
    '''
    name, message = _name_and_message(function)

    def made_with(formula: Any) -> Mistake:
        return Mistake(name, partial(function, formula), message.format(formula))

    return made_with


def constant(name: str, value: Any, message: str) -> Mistake:
    """A known wrong value, where the answer is a value and not a function."""
    return Mistake(name, lambda *inputs: value, message)


def in_each_way(ways: Mapping[str, Any], *patterns: Callable) -> Iterator[Mistake]:
    """Each pattern made with each formula, whose key is added to the name."""
    for way, make in product(ways, patterns):
        made = make(ways[way])
        yield replace(made, name=made.name + way)


def in_part(number: int, count: int, *mistakes: Mistake) -> tuple[Mistake, ...]:
    """Mistakes in one of `count` results, whatever the others are.

    `...` stands for what may be anything.
    """

    def result(one: Mistake, *inputs: Any) -> tuple:
        parts: list = [...] * count
        parts[number] = one.result(*inputs)
        return tuple(parts)

    return tuple(replace(one, result=partial(result, one)) for one in mistakes)


def _name_and_message(function: Callable) -> tuple[str, str]:
    message = " ".join(cleandoc(function.__doc__ or "").split())
    return function.__name__.replace("_", " "), message
