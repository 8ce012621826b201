"""The paths of the chooser: four questions, and the loss at which the answers end.

They stand in ``chooser.toml``, which says how to write one.  A file with a path that
cannot be taken, or that ends without a reason, is refused.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from .._names import unknown
from ..catalogue import by_key
from . import markup, schema

FILE = "chooser.toml"


@dataclass(frozen=True)
class End:
    """Which loss to take, and why.

    Attributes
    ----------
    loss : str
        Its key in the catalogue.
    because : str
        The reason with its conditions, in the small markup.
    rather_than : mapping of str to str
        The losses that one might have taken instead, and of each why not.
    read : str
        Where to read on, such as "hinge.ipynb#by-hand", or "".
    """

    loss: str
    because: str
    rather_than: Mapping[str, str]
    read: str = ""


@dataclass(frozen=True)
class Chart:
    """What may be asked and answered, and where it leads.

    Attributes
    ----------
    questions : mapping of str to str
        The text of each question by its name, in the order in which they are asked.
    answers : mapping of str to (mapping of str to str)
        For each question the text of each answer by its name.
    ends : mapping of str to End
        The end of each path, which is the names of its answers with slashes between
        them; in the order of the answers.
    """

    questions: Mapping[str, str]
    answers: Mapping[str, Mapping[str, str]]
    ends: Mapping[str, End]

    def said(self, path: str) -> list[tuple[str, str]]:
        """The question and the text of each answer of a path.

        >>> chart().said("number/one-side")[1]
        ('cost', 'More on one side: late costs three times early')
        """
        question = _question_of(self.answers)
        names = path.split("/")
        return [(question[n], self.answers[question[n]][n]) for n in names]


@cache
def chart() -> Chart:
    """The questions, answers and ends of the chooser.

    >>> chart().ends["number/one-side"].loss
    'quantile'
    """
    return read_chart(files(__package__).joinpath(FILE).read_text("utf-8"))


def read_chart(text: str) -> Chart:
    """The chart in the text of a TOML file.

    Raises
    ------
    ValueError
        With the place and what to do, if the text is not TOML, has what a chart does
        not have, names a loss that is not in the catalogue, gives no reason, or has a
        path that cannot be taken or an answer that leads nowhere.
    """
    with _where(FILE):
        table = tomllib.loads(text)
        schema.has_only(table, {"questions": dict, "answers": dict, "ends": list})
        questions, answers = table["questions"], table["answers"]
        schema.has_only(questions, dict.fromkeys(questions, str))
        schema.has_only(answers, dict.fromkeys(questions, dict))
        for texts in answers.values():
            schema.has_only(texts, dict.fromkeys(texts, str))
        if not schema.is_list_of_tables(table["ends"]):
            raise ValueError("each end must be a table [[ends]], and there must be one")
        question_of = _question_of(answers)
        ends: dict[str, End] = {}
        for number, entry in enumerate(table["ends"], 1):
            with _where(f"end {number} ({entry.get('loss', 'without a loss')})"):
                end = _end(entry)
                for path in entry["paths"]:
                    _check_path(path, question_of, list(questions))
                    if path in ends:
                        raise ValueError(
                            f"the path {path!r} ends at {ends[path].loss} already: "
                            "leave it out at one of the two"
                        )
                    ends[path] = end
        paths = [path.split("/") for path in ends]
        _check_ways(paths, question_of, ())
        if idle := question_of.keys() - {name for path in paths for name in path}:
            raise ValueError(
                f"no path has the answer {min(idle)!r}: take it out, or add a path"
            )
    place = {name: i for i, name in enumerate(question_of)}
    order = sorted(ends, key=lambda path: [place[name] for name in path.split("/")])
    return Chart(questions, answers, {path: ends[path] for path in order})


@contextmanager
def _where(place: str) -> Iterator[None]:
    """Say of an error where it is."""
    try:
        yield
    except ValueError as error:
        raise ValueError(f"{place}: {error}") from error


def _question_of(answers: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """The question that each answer belongs to."""
    question_of: dict[str, str] = {}
    for question, texts in answers.items():
        for name in texts:
            if name in question_of:
                raise ValueError(
                    f"{name!r} answers {question_of[name]!r} and {question!r}: "
                    "give one of the two another name"
                )
            if not schema.ID.fullmatch(name):
                raise ValueError(
                    "an answer is named in lower-case words with hyphens, "
                    f"such as 'best-guess', not {name!r}"
                )
            question_of[name] = question
    return question_of


def _end(entry: dict) -> End:
    needed = {"paths": list, "loss": str, "because": str, "rather_than": dict}
    schema.has_only(entry, needed, {"read": str})
    schema.check_hints(entry)
    others = entry["rather_than"]
    schema.has_only(others, dict.fromkeys(others, str))
    for text in others.values():
        markup.parse(text)
    for loss in (entry["loss"], *others):
        _check_loss(loss)
    if not others or entry["loss"] in others:
        raise ValueError("rather_than must name other losses, one or more")
    if not entry["paths"]:
        raise ValueError("no path leads here: add one to paths, or take the end out")
    return End(**{name: entry[name] for name in entry if name != "paths"})


def _check_loss(key: str) -> None:
    try:
        by_key(key)
    except KeyError as error:
        raise ValueError(error.args[0]) from error


def _check_path(
    path: object, question_of: Mapping[str, str], questions: list[str]
) -> None:
    if not isinstance(path, str):
        raise ValueError(f"a path is a text such as 'number/one-side', got {path!r}")
    for name in path.split("/"):
        if name not in question_of:
            said = f"in the path {path!r} there is no answer"
            raise ValueError(unknown(said, name, question_of))
    places = [questions.index(question_of[name]) for name in path.split("/")]
    if places != sorted(set(places)):
        raise ValueError(
            f"the answers of the path {path!r} must stand in the order of the "
            f"questions, one for each at most: {', '.join(questions)}"
        )


def _check_ways(
    paths: Sequence[Sequence[str]],
    question_of: Mapping[str, str],
    given: tuple[str, ...],
) -> None:
    """Refuse paths between which a reader who answered so could not choose."""
    here = "/".join(given) or "the beginning"
    onward = [path for path in paths if len(path) > len(given)]
    if not onward:
        return
    if len(onward) < len(paths):
        raise ValueError(
            f"one path ends at {here!r}, where {'/'.join(onward[0])!r} goes on: nobody "
            "would get there. Let one answer more, or the other fewer questions"
        )
    names = list(dict.fromkeys(path[len(given)] for path in onward))
    asked = list(dict.fromkeys(question_of[name] for name in names))
    if len(asked) > 1:
        raise ValueError(
            f"after {here!r} some paths answer {asked[0]!r} next and others "
            f"{asked[1]!r}: let all answer the same question"
        )
    if len(names) == 1:
        raise ValueError(
            f"after {here!r} there is one answer to {asked[0]!r}, {names[0]!r}: leave "
            "it out of the path, or add the other"
        )
    for name in names:
        some = [path for path in onward if path[len(given)] == name]
        _check_ways(some, question_of, (*given, name))
