"""When each sentence is said: as recorded or, before that, as estimated."""

from dataclasses import dataclass
from typing import Any

from ..lessons import Score
from .saying import sentences

OPENING = 1.2  # seconds of silence before a scene, at least
EARLIER = 0.4  # seconds before its first sentence at which a scene is shown
# How the voice of the lessons speaks: measured over the dialogues that are recorded.
LETTERS_PER_SECOND = 16.5


@dataclass(frozen=True)
class Times:
    """Start and end of each sentence, and how long all of it takes, in seconds."""

    lines: tuple[tuple[float, float], ...]
    seconds: float

    @classmethod
    def recorded(cls, score: Score, cues: dict[str, Any]) -> "Times | None":
        """Those of the cue file of a recording, if it has every sentence."""
        if len(cues["sentences"]) != len(score.lines()):
            return None
        lines = tuple((cue["start"], cue["end"]) for cue in cues["sentences"])
        return cls(lines, cues["seconds"])


def pauses(score: Score) -> list[float]:
    """Seconds of silence before each sentence of a lesson."""
    before: list[float] = []
    rest = 0.4
    for scene in score.scenes:
        for number, line in enumerate(scene.lines):
            opens = number == 0 and bool(before)
            before.append(max(rest, OPENING) if opens else rest)
            rest = line.rest
    return before


def estimated(score: Score) -> Times:
    """About the times that a recording would have, from the length of sentences."""
    lines, end = [], 0.0
    for sentence, pause in zip(sentences(score), pauses(score), strict=True):
        start = end + pause
        end = start + 0.2 + len(sentence.spoken) / LETTERS_PER_SECOND
        lines.append((round(start, 3), round(end, 3)))
    return Times(tuple(lines), round(end + closing(score), 3))


def closing(score: Score) -> float:
    """Seconds of silence after the last sentence."""
    return max(score.scenes[-1].lines[-1].rest, 0.5)
