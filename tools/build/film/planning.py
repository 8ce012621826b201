"""What is seen when: the lesson's time, with each question held still."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from lossbook import motion

FPS = 30
HOLD = 5.0  # seconds in which one may think about a question
SHOWN = 3.5  # and in which its right answer stands there
GLIDE = 1.5  # of which a figure takes this long to go to it


@dataclass(frozen=True)
class Picture:
    """A time of the lesson; a question, and how far its answer is shown, from 0 to 1.

    `frames` says how many frames of the film it is seen in.
    """

    time: float
    ask: int | None = None
    answer: float = 0.0
    frames: int = 1


def film_time(lesson: dict[str, Any], time: float) -> float:
    """When something of the lesson is in the film: later by the questions before it."""
    before = sum(ask["at"] < time for ask in lesson["asks"])
    return time + before * (HOLD + SHOWN)


def plan(lesson: dict[str, Any], end: float | None = None) -> Iterator[Picture]:
    """The pictures of the film in order, up to a time of the lesson.

    What looks alike is one picture, seen in several frames.
    """
    last, key = None, None
    for picture in _frames(lesson, lesson["seconds"] if end is None else end):
        now = _looks(lesson, picture)
        if last and now == key:
            last = replace(last, frames=last.frames + 1)
            continue
        if last:
            yield last
        last, key = picture, now
    if last:
        yield last


def chapter(lesson: dict[str, Any], time: float) -> int:
    """The number of the scene that is shown at a time."""
    return max(sum(each["at"] <= time for each in lesson["chapters"]) - 1, 0)


def _frames(lesson: dict[str, Any], end: float) -> Iterator[Picture]:
    """Every frame of the film.

    They follow the film's own clock, which the sound has too: no frame more than
    1 / FPS late, however many questions there were.
    """
    number, held = 0, 0.0
    asks = list(enumerate(lesson["asks"]))
    while (time := number / FPS - held) < end:
        if asks and time >= asks[0][1]["at"]:
            ask, about = asks.pop(0)
            start = about["at"] + held
            held += HOLD + SHOWN
            while (over := number / FPS - start - HOLD) < SHOWN:
                yield Picture(about["at"], ask, min(max(over / GLIDE, 0.0), 1.0))
                number += 1
            continue
        yield Picture(time)
        number += 1


def _looks(lesson: dict[str, Any], picture: Picture) -> object:
    """Two pictures of which this is equal look alike."""
    answer = picture.answer
    if picture.ask is not None and "drag" not in lesson["asks"][picture.ask]:
        answer = float(answer > 0)  # at once
    state = motion.state_at(lesson, picture.time)
    return state, chapter(lesson, picture.time), picture.ask, answer
