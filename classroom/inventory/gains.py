"""What a class has gained between the two forms of the inventory."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from classroom.course import CourseError

from .forms import FORMS, form
from .gain import Gain, normalised_gain
from .sheets import Sheet, read_all


@dataclass(frozen=True)
class Pair:
    """What somebody answered before and after."""

    before: Sheet
    after: Sheet


@dataclass(frozen=True)
class Change:
    """How often a misconception was shown.

    Attributes
    ----------
    misconception : str
        A heading of the page of common errors.
    gone, kept, new : int
        How many people showed it before only, both times, after only.
    """

    misconception: str
    gone: int
    kept: int
    new: int


@dataclass(frozen=True)
class ItemChange:
    """How an item went, and its partner in the other form.

    Attributes
    ----------
    number : int
        Its number in both forms.
    target : str
        The misconception that it is for.
    before, after : float
        The shares of people who answered it right.
    """

    number: int
    target: str
    before: float
    after: float


@dataclass(frozen=True)
class Gains:
    """What a class has gained.

    Attributes
    ----------
    gain : Gain
        The normalised gain.
    pairs : tuple of Pair
        Of those who answered before and after, another form each time.
    changes : tuple of Change
        The misconceptions, those first that most people showed before.
    items : tuple of ItemChange
        In the order of the forms.
    only_before, only_after : tuple of Sheet
        Of those who answered only once.
    left : tuple of str
        What was not taken, with the reason.
    """

    gain: Gain
    pairs: tuple[Pair, ...]
    changes: tuple[Change, ...]
    items: tuple[ItemChange, ...]
    only_before: tuple[Sheet, ...]
    only_after: tuple[Sheet, ...]
    left: tuple[str, ...]

    @property
    def first_forms(self) -> dict[str, list[float]]:
        """By form, the shares of right answers of those who had it before."""
        return {
            name: [
                float(p.before.right.mean())
                for p in self.pairs
                if p.before.form.name == name
            ]
            for name in FORMS
        }


def gains(before: Path, after: Path) -> Gains:
    """Compare what was saved before a course with what was saved after it.

    Parameters
    ----------
    before, after : Path
        Folders or archives of the files that students saved.

    Raises
    ------
    CourseError
        If one cannot be opened, or nobody answered both times.
    """
    earlier, left_before = read_all(before)
    later, left_after = read_all(after)
    left = [f"before, {one}" for one in left_before]
    left += [f"after, {one}" for one in left_after]
    by_key = {sheet.key: sheet for sheet in later}
    both = [Pair(one, by_key.pop(one.key)) for one in earlier if one.key in by_key]
    paired = {pair.before.key for pair in both}
    pairs = [pair for pair in both if pair.before.form != pair.after.form]
    left += [
        f"{pair.before.who} answered {pair.before.form.title} both times; the second "
        "time must be the other form"
        for pair in both
        if pair.before.form == pair.after.form
    ]
    if not pairs:
        why = "Nobody answered both times, under the same name or code."
        raise CourseError("\n".join([*left, why]))
    return Gains(
        normalised_gain(
            [pair.before.right.mean() for pair in pairs],
            [pair.after.right.mean() for pair in pairs],
        ),
        tuple(pairs),
        tuple(_changes(pairs)),
        tuple(_items(pairs)),
        tuple(sheet for sheet in earlier if sheet.key not in paired),
        tuple(by_key.values()),
        tuple(left),
    )


def _changes(pairs: Sequence[Pair]) -> Iterable[Change]:
    known = {
        choice.misconception
        for item in form(FORMS[0]).items
        for choice in item.choices
        if not choice.right
    }
    changes = []
    for name in known:
        times = [(name in p.before.shown, name in p.after.shown) for p in pairs]
        states = [(True, False), (True, True), (False, True)]
        changes.append(Change(name, *map(times.count, states)))
    return sorted(changes, key=lambda c: (-c.gone - c.kept, -c.new, c.misconception))


def _items(pairs: Sequence[Pair]) -> Iterable[ItemChange]:
    before = np.mean([pair.before.right for pair in pairs], axis=0)
    after = np.mean([pair.after.right for pair in pairs], axis=0)
    for number, shares in enumerate(zip(before, after, strict=True), 1):
        target = form(FORMS[0]).target(number)
        yield ItemChange(number, target, *map(float, shares))
