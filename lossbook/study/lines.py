"""A program whose lines are to be put in order: what order counts as right.

Which lines must come before which is data, so more than one order may be right.  Where
a line is indented is a part of the answer.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256

from .records import Choice, Line, Question

STEP = "    "  # of indentation


def belonging(question: Question) -> tuple[Line, ...]:
    """The lines of the program, in the order of the file, which is a right one."""
    return tuple(line for line in question.lines if not line.instead_of)


def strangers(question: Question) -> tuple[Line, ...]:
    """The lines that do not belong to it."""
    return tuple(line for line in question.lines if line.instead_of)


def mixed(question: Question) -> tuple[Line, ...]:
    """All lines in an order that is always the same and tells nothing.

    A line that does not belong stands beside the one whose place it would take, so
    that there is something to decide.
    """

    def by_chance(lines: Iterable[Line]) -> list[Line]:
        word = {line: f"{question.id} {line.code}".encode() for line in lines}
        return sorted(word, key=lambda line: sha256(word[line]).digest())

    right = belonging(question)
    beside = {
        line: [s for s in strangers(question) if s.instead_of == number]
        for number, line in enumerate(right, 1)
    }
    first = by_chance(right)
    if first == list(right):
        first = first[1:] + first[:1]
    return tuple(each for line in first for each in by_chance([line, *beside[line]]))


def program(lines: Iterable[Line]) -> str:
    """The lines as a program.

    >>> print(program([Line("for i in x:", "", 0), Line("total += i", "", 1)]))
    for i in x:
        total += i
    """
    return "\n".join(STEP * line.indent + line.code for line in lines)


def orders(question: Question) -> Iterator[tuple[Line, ...]]:
    """Every order of the lines that counts as right."""
    right = belonging(question)

    def go_on(placed: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if len(placed) == len(right):
            yield placed
        for number, line in enumerate(right, 1):
            if number not in placed and set(line.after) <= set(placed):
                yield from go_on((*placed, number))

    for order in go_on(()):
        yield tuple(right[number - 1] for number in order)


def with_stranger(question: Question, stranger: Line) -> tuple[Line, ...]:
    """The program with a line that does not belong in the place that it would take."""
    return tuple(
        stranger if number == stranger.instead_of else line
        for number, line in enumerate(belonging(question), 1)
    )


def as_choice(question: Question) -> Question:
    """The question as a choice between whole programs, where nothing can be moved.

    Beside the right one stand programs with a line that does not belong, with two
    neighbours exchanged, and with a line that is indented too little: six at most.
    """
    right = belonging(question)
    wrong = [(with_stranger(question, each), each) for each in strangers(question)]
    wrong += [*_shifted(right)][:1] + [*_exchanged(right)][-1:]
    choices = [Choice(_as_code(right), right=True)] + [
        Choice(_as_code(order), False, line.feedback, line.misconception, line.read)
        for order, line in wrong[:5]
    ]
    return replace(
        question,
        kind="one",
        text=f"{question.text}\n\nWhich of these programs does so?",
        choices=tuple(choices),
        lines=(),
        runs=None,
    )


def _as_code(lines: Iterable[Line]) -> str:
    """A program in the small markup: a paragraph for each line."""
    return "\n\n".join(f"`{line}`" for line in program(lines).split("\n"))


def _exchanged(right: Sequence[Line]) -> Iterator[tuple[list[Line], Line]]:
    """Programs in which two neighbours stand in the wrong order, and who is early."""
    for number, line in enumerate(right):
        if number in line.after:
            order = [*right]
            order[number - 1 : number + 1] = line, right[number - 1]
            yield order, line


def _shifted(right: Sequence[Line]) -> Iterator[tuple[list[Line], Line]]:
    """Programs in which one line is indented by a step too few, and which it is."""
    for line in reversed(right):
        if line.indent:
            less = replace(line, indent=line.indent - 1)
            yield [less if each is line else each for each in right], line
