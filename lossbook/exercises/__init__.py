"""Exercises: a task, a check that names the mistake, hints and a solution.

>>> from lossbook import exercises
>>> exercises.mean_squared_error.mse.check(...)
Not attempted yet. Write your answer in place of the three dots.
"""

from importlib import import_module

from .._names import unknown
from ..topics import TOPICS as TOPICS
from .engine.exercise import Exercise as Exercise
from .engine.outcome import Outcome as Outcome
from .engine.progress import save_progress as save_progress

for _topic in TOPICS:
    import_module(f".{_topic}", __name__)


def of_topic(topic: str) -> list[Exercise]:
    """The exercises of a topic, in the order of its tasks; KeyError if it has none."""
    if topic not in TOPICS:
        raise KeyError(unknown("no exercises on", topic, TOPICS))
    tasks = globals()[topic].tasks
    return [each for each in vars(tasks).values() if type(each) is Exercise]
