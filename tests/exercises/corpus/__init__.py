"""Answers to the exercises: wrong ones with what they must be told, and right ones."""

from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np

from lossbook.exercises import TOPICS

CORPUS = {topic: import_module(f"{__name__}.{topic}") for topic in TOPICS}


@dataclass(frozen=True)
class Entry:
    """One answer to one exercise; a wrong one with a part of what it must be told."""

    topic: str
    name: str
    number: int
    answer: Any
    says: str = ""

    def __str__(self) -> str:
        return f"{self.topic}.{self.name}-{self.number}"


def wrong():
    """All wrong answers."""
    for topic, corpus in CORPUS.items():
        for name, answers in corpus.WRONG.items():
            for number, (answer, says) in enumerate(answers):
                yield Entry(topic, name, number, answer, says)


def right():
    """All right answers."""
    for topic, corpus in CORPUS.items():
        for name, answers in corpus.RIGHT.items():
            for number, answer in enumerate(answers):
                yield Entry(topic, name, number, answer)


def in_single_precision(answer):
    """The same function, given all its numbers in single precision."""
    return lambda *inputs: answer(*map(_single, inputs))


def _single(value):
    if isinstance(value, float):
        return np.float32(value)
    if isinstance(value, np.ndarray) and value.dtype == np.float64:
        return value.astype(np.float32)
    return value
