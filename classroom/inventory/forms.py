"""The two forms of the inventory, read from their files."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from string import ascii_uppercase

from classroom.course import CourseError
from lossbook.study import Choice, Question, bank

HERE = Path(__file__).parent
FORMS = ("form_a", "form_b")


@dataclass(frozen=True)
class Form:
    """A form of the inventory.

    Attributes
    ----------
    name : str
        That of its file, such as "form_a".
    items : tuple of Question
        In the order in which they are asked.
    """

    name: str
    items: tuple[Question, ...]

    @property
    def title(self) -> str:
        """Such as "Form A"."""
        return f"Form {self.name[-1].upper()}"

    @cached_property
    def edition(self) -> str:
        """What tells this edition of the form from others: a letter means a choice."""
        asked = [[q.id, q.text, [c.text for c in q.shuffled()]] for q in self.items]
        return hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:12]

    def choices(self, number: int) -> dict[str, Choice]:
        """The choices of an item by their letters; items are counted from 1.

        >>> print(*form("form_a").choices(1))
        A B C D
        """
        shown = self.items[number - 1].shuffled()
        return dict(zip(ascii_uppercase, shown, strict=False))

    def target(self, number: int) -> str:
        """The misconception that an item is for: the one of its first wrong choice."""
        choices = self.items[number - 1].choices
        return next(choice.misconception for choice in choices if not choice.right)

    @property
    def blueprint(self) -> list[tuple]:
        """What each item asks, but not how: the same for parallel forms."""
        return [
            (
                item.id.removeprefix(f"inventory-{self.name[-1]}-"),
                item.goal,
                item.kind,
                self.target(number),
                Counter(c.misconception for c in item.choices if not c.right),
            )
            for number, item in enumerate(self.items, 1)
        ]


@cache
def form(name: str) -> Form:
    """A form by its name.

    Raises
    ------
    CourseError
        If there is none of this name.
    """
    if name not in FORMS:
        raise CourseError(f"There is no form {name!r}; there are {', '.join(FORMS)}.")
    return Form(name, bank.questions(name, HERE))
