"""Answers to the exercises: wrong ones with what they must be told, and right ones."""

from importlib import import_module

from lossbook.exercises import TOPICS

CORPUS = {topic: import_module(f"{__name__}.{topic}") for topic in TOPICS}


def answers():
    """Topic, exercise, "wrong" or "right", number, answer, and what it must be told."""
    for topic, corpus in CORPUS.items():
        for name, wrong in corpus.WRONG.items():
            for number, (answer, says) in enumerate(wrong):
                yield topic, name, "wrong", number, answer, says
        for name, right in corpus.RIGHT.items():
            for number, answer in enumerate(right):
                yield topic, name, "right", number, answer, ""
