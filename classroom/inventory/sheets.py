"""What students have saved, read as what it is: files that anybody may have written."""

import json
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from classroom import cleaning, files
from classroom.course import CourseError

from .forms import FORMS, Form, form
from .handout import LONGEST_NAME

EXPECTED = (
    "Expected is a folder, or an archive, of the files that the page of a form saves, "
    "such as form_a-Ann-Lee.json."
)
LARGEST = 64 * 2**10  # bytes; a form with all answered has about 1 kB


@dataclass(frozen=True)
class Sheet:
    """What somebody answered.

    Attributes
    ----------
    who : str
        The name or code that they gave.
    form : Form
        What they answered.
    letters : dict
        By the number of the item, from 1, the letter that they chose.
    """

    who: str
    form: Form
    letters: dict[int, str]

    @property
    def key(self) -> str:
        """What two spellings of one name share."""
        return " ".join(unicodedata.normalize("NFKC", self.who).casefold().split())

    @cached_property
    def right(self) -> np.ndarray:
        """Whether each item was answered right, shape (20,); what is open was not."""
        return np.array(
            [
                number in self.letters
                and self.form.choices(number)[self.letters[number]].right
                for number in range(1, len(self.form.items) + 1)
            ]
        )

    @cached_property
    def shown(self) -> frozenset[str]:
        """The misconceptions that a choice of theirs shows."""
        chosen = (self.form.choices(n)[letter] for n, letter in self.letters.items())
        return frozenset(choice.misconception for choice in chosen if not choice.right)


def read(data: bytes) -> Sheet:
    """A file that the page of a form has saved.

    Raises
    ------
    ValueError
        With the reason, if it is anything else.
    """
    if len(data) > LARGEST:
        raise ValueError(f"has more than {LARGEST // 2**10} kB, and is no such file")
    try:
        saved = json.loads(data.decode("utf-8"), object_pairs_hook=_once)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise ValueError("is not what the page of a form saves (JSON)") from error
    names = {"lossbook", "version", "form", "edition", "who", "answers"}
    if not isinstance(saved, dict) or saved.keys() != names:
        raise ValueError("is not what the page of a form saves: its parts are others")
    if saved["lossbook"] != "inventory" or saved["version"] != 1:
        raise ValueError("is of another kind, or of another version of the inventory")
    if not isinstance(saved["form"], str) or saved["form"] not in FORMS:
        raise ValueError("names a form that is not there")
    asked = form(saved["form"])
    if saved["edition"] != asked.edition:
        raise ValueError(
            f"was saved by another edition of {asked.title}, whose questions have "
            "changed since. Read it with the checkout that made its page"
        )
    return Sheet(_name(saved["who"]), asked, _letters(saved["answers"], asked))


def read_all(place: Path) -> tuple[list[Sheet], list[str]]:
    """All that lies in a folder or an archive, and what is not taken, with the reason.

    Of one person's files with the same answers one is taken; if they differ, none.

    Raises
    ------
    CourseError
        If the place cannot be opened, or nothing of it can be taken.
    """
    found: dict[str, list[tuple[str, Sheet]]] = {}
    left = []
    try:
        with files.opened(place, wanted=files.SAVED) as all_files:
            for file in sorted(all_files, key=lambda one: one.name):
                name = cleaning.line(file.name)
                try:
                    sheet = read(file.read(LARGEST + 1))
                    found.setdefault(sheet.key, []).append((name, sheet))
                except files.RefusedError as error:
                    left.append(f"{name}: {cleaning.line(str(error))}")
                except ValueError as error:
                    left.append(f"{name}: {error}")
    except OSError as error:
        raise CourseError(f"{files.unread(place, error)} {EXPECTED}") from error
    except files.RefusedError as error:
        raise CourseError(f"{place} {error}. {EXPECTED}") from error
    sheets = []
    for several in found.values():
        sheet = several[0][1]
        if all(_same(sheet, other) for _, other in several):
            sheets.append(sheet)
        else:
            names = ", ".join(name for name, _ in several)
            left.append(f"{names}: all say that they are of {sheet.who}; keep one")
    if not sheets:
        why = f"{place} holds no answers that can be taken. {EXPECTED}"
        raise CourseError("\n".join([*left, why]))
    return sheets, left


def _same(one: Sheet, other: Sheet) -> bool:
    return (one.form.name, one.letters) == (other.form.name, other.letters)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("says something twice")
    return dict(pairs)


def _name(who: Any) -> str:
    line = cleaning.line(who) if isinstance(who, str) else ""
    if not line or len(line) > LONGEST_NAME:
        raise ValueError(f"has no name or code of 1 to {LONGEST_NAME} characters")
    return line


def _letters(answers: Any, asked: Form) -> dict[int, str]:
    if not isinstance(answers, dict):
        raise ValueError("has no answers")
    numbers = {str(number): number for number in range(1, len(asked.items) + 1)}
    for name, letter in answers.items():
        if name not in numbers:
            raise ValueError(
                f"answers a question {cleaning.line(name)[:20]!r}; there are 1 to "
                f"{len(asked.items)}"
            )
        known = asked.choices(numbers[name])
        if not isinstance(letter, str) or letter not in known:
            raise ValueError(f"answers question {name} with none of its letters")
    return {numbers[name]: letter for name, letter in answers.items()}
