"""Film the lessons to watch: ``python -m tools.build.film [TOPIC ...]``.

Each becomes _build/films/TOPIC.mp4, with captions (.vtt), a description with the
timestamped summary (.txt) and a still picture (.webp) beside it.  A film is kept until
what it was made from changes.
"""

import argparse
import io
import json
import signal
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from PIL import Image

from lossbook import motion
from lossbook.lessons import score as score_of, scored
from tools import ROOT, cache
from tools.build import book
from tools.serving import served

from . import FILMS, encoding, filming, telling
from .planning import Picture, plan
from .shell import ShellError

AUDIO = ROOT / "book" / "audio"
# What a film shows: drawn by these, from what is compiled.
INPUTS = [
    "book/assets/*.css",
    "book/assets/lesson/*.*",
    "lossbook/*.css",
    "lossbook/*.js",
    "lossbook/explorers/*.*",
    "lossbook/motion/*.css",
    "lossbook/motion/*.js",
    "package-lock.json",
    "requirements/film.txt",
    "tools/build/film/*.*",
]


def compiled(topic: str) -> dict:
    """The lesson with the times of its recording."""
    cues = json.loads((AUDIO / f"{topic}_motion.json").read_text("utf-8"))
    times = motion.Times.recorded(score_of(topic), cues)
    if times is None:
        raise ShellError(f"The recording of {topic} is of another text: make audio")
    return motion.compiled(topic, times)


def word_of(topic: str, lesson: dict) -> str:
    """One word for all that the film of a lesson is made from."""
    paths = [path for each in INPUTS for path in sorted(ROOT.glob(each))]
    recording = AUDIO / f"{topic}_motion.mp3"
    return cache.digest(json.dumps(lesson), recording, *paths)


def still_at(topic: str, lesson: dict) -> float:
    """The time of the strongest moment, as its score names it."""
    score = score_of(topic)
    scene, line = score.poster
    before = sum(len(each.lines) for each in score.scenes[: scene - 1])
    return lesson["lines"][before + line - 1][1]


def make(site: str, topic: str, lesson: dict) -> None:
    """Film one lesson of the site at this address."""
    begun = time.monotonic()
    score = score_of(topic)
    (FILMS / f"{topic}.vtt").write_text(telling.captions(lesson, score), "utf-8")
    (FILMS / f"{topic}.txt").write_text(telling.description(lesson, score), "utf-8")
    with (
        tempfile.TemporaryDirectory() as folder,
        filming.stand(site, topic, lesson) as stand,
    ):
        sound, chapters = Path(folder, "sound.wav"), Path(folder, "chapters.txt")
        encoding.with_pauses(AUDIO / f"{topic}_motion.mp3", lesson, sound)
        chapters.write_text(telling.chapters(lesson, score), "utf-8")
        still = Image.open(io.BytesIO(stand.take(Picture(still_at(topic, lesson)))))
        still.convert("RGB").save(FILMS / f"{topic}.webp", lossless=True, method=6)
        part, pictures, frames = Path(folder, "film.mp4"), 0, 0
        size = (filming.WIDTH, filming.HEIGHT)
        with encoding.film(part, size, sound, FILMS / f"{topic}.vtt", chapters) as add:
            for picture in plan(lesson):
                add(stand.take(picture), picture.frames)
                pictures, frames = pictures + 1, frames + picture.frames
        film = FILMS / f"{topic}.mp4"
        film.write_bytes(part.read_bytes())
    megabytes = film.stat().st_size / 1e6
    print(
        f"{film.name}: {telling.clock(frames / encoding.FPS)}, {megabytes:.1f} MB, "
        f"{pictures} pictures in {time.monotonic() - begun:.0f} s",
        flush=True,
    )


def main(arguments: list[str] | None = None) -> None:
    """Make those that are named, or all, unless they are current."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.build.film", description="Film the lessons to watch."
    )
    parser.add_argument("topic", nargs="*", help="all if none is named")
    topics = parser.parse_args(arguments).topic or scored()
    # Else nothing is tidied up: the shell, in a session of its own, goes on running.
    for each in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.default_int_handler)
    FILMS.mkdir(parents=True, exist_ok=True)
    try:
        with served(book.SITE) as site:
            for topic in topics:
                lesson = compiled(topic)
                cache.renew(
                    FILMS / f"{topic}.mp4",
                    FILMS / f"{topic}.sha256",
                    word_of(topic, lesson),
                    partial(make, site, topic, lesson),
                )
    except (ShellError, KeyError, RuntimeError, OSError) as error:
        sys.exit(f"{error}\n\nNot filmed: see above. The last good films are kept.")
    except KeyboardInterrupt:
        sys.exit("\nInterrupted. What is filmed is kept: run the same again.")


if __name__ == "__main__":
    main()
