"""What the chapters promise: their goals, where each is taught, how it is tested."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Goal:
    """One thing that a reader can do after a chapter.

    Attributes
    ----------
    topic, id : str
        The chapter, and the name of the goal in the chapter's metadata.
    text : str
        What one can do; reads on after "you can".
    read : str
        Where to read again, such as "hinge.ipynb#by-hand".
    asked_by : str
        The id of the question that stands for the goal in the self-test.
    """

    topic: str
    id: str
    text: str
    read: str
    asked_by: str


def goals(topic: str) -> tuple[Goal, ...]:
    """The goals of a chapter, in its order.

    >>> [goal.id for goal in goals("hinge")]
    ['compute', 'slope', 'train', 'penalty']
    """
    return tuple(Goal(topic, **goal) for goal in _chapters()[topic]["goals"])


def titles() -> dict[str, str]:
    """The title of each chapter that has goals, in the order of the book."""
    return {topic: about["title"] for topic, about in _chapters().items()}


@cache
def _chapters() -> dict:
    text = files(__package__).joinpath("goals.toml").read_text("utf-8")
    return tomllib.loads(text)
