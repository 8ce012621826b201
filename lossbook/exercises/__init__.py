"""Exercises: a task, a check that names the mistake, hints and a solution.

>>> from lossbook import exercises
>>> exercises.mean_squared_error.mse.check(...)
Not attempted yet. Write your answer in place of the three dots.
"""

from . import (
    choosing as choosing,
    cross_entropy as cross_entropy,
    hinge as hinge,
    mean_squared_error as mean_squared_error,
    what_is_a_loss as what_is_a_loss,
)
from .engine.exercise import Exercise as Exercise
from .engine.outcome import Outcome as Outcome

TOPICS = ("what_is_a_loss", "cross_entropy", "mean_squared_error", "hinge", "choosing")


def of_topic(topic: str) -> list[Exercise]:
    """The exercises of a topic, in the order of its tasks; KeyError if it has none."""
    if topic not in TOPICS:
        raise KeyError(f"no exercises on {topic!r}; there are {', '.join(TOPICS)}")
    tasks = globals()[topic].tasks
    return [each for each in vars(tasks).values() if type(each) is Exercise]
