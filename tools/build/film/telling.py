"""What goes beside the pictures: captions, chapters, the description."""

from typing import Any

from lossbook import motion
from lossbook.lessons import Score

from .planning import film_time


def captions(lesson: dict[str, Any], score: Score) -> str:
    """What is said, as WebVTT; the questions stand in the picture."""
    cues = [
        (film_time(lesson, start), film_time(lesson, end), each.text)
        for (start, end), each in zip(
            lesson["lines"], motion.sentences(score), strict=True
        )
    ]
    blocks = [
        f"{_stamp(start)} --> {_stamp(end)}\n{_plain(text)}\n"
        for start, end, text in cues
    ]
    return "WEBVTT\n\n" + "\n".join(blocks)


def chapters(lesson: dict[str, Any], score: Score) -> str:
    """The scenes as ffmpeg's metadata, and the title."""
    starts = [film_time(lesson, each["at"]) for each in lesson["chapters"]]
    ends = [*starts[1:], film_time(lesson, lesson["seconds"])]
    known = motion.names(score)
    title = motion.said(score.title, known, score.topic)
    lines = [";FFMETADATA1", f"title={_escaped(title)}", "artist=lossbook"]
    for about, start, end in zip(lesson["chapters"], starts, ends, strict=True):
        lines += [
            "[CHAPTER]",
            "TIMEBASE=1/1000",
            f"START={1000 * start:.0f}",
            f"END={1000 * end:.0f}",
            f"title={_escaped(about['title'])}",
        ]
    return "\n".join(lines) + "\n"


def description(lesson: dict[str, Any], score: Score) -> str:
    """Title, the summary with the film's times, and what to remember: plain text."""
    known = motion.names(score)

    def said(text: str) -> str:
        return motion.said(text, known, score.topic)

    moments = [
        f"{clock(film_time(lesson, about['at']))} {said(scene.summary)}"
        for about, scene in zip(lesson["chapters"], score.scenes, strict=True)
    ]
    insights = [f"- {said(each)}" for each in score.insights]
    opening = [said(score.title), said(score.about)]
    return "\n".join([*opening, "", *moments, "", *insights]) + "\n"


def clock(seconds: float) -> str:
    """A time such as 1:05, rounded down: who jumps there misses nothing.

    >>> clock(65.9)
    '1:05'
    """
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"


def _stamp(seconds: float) -> str:
    minutes, rest = divmod(round(seconds * 1000), 60_000)
    return f"{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"


def _plain(text: str) -> str:
    """As WebVTT writes it: it knows tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _escaped(text: str) -> str:
    """As ffmpeg's metadata writes it."""
    return "".join(f"\\{sign}" if sign in "=;#\\\n" else sign for sign in text)
