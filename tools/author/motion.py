"""Look at a score while it is written: ``python -m tools.author.motion TOPIC``.

Says what is wrong with it, or when each sentence is said and what moves; and draws its
stages every two seconds into _build/motion/TOPIC.html, without building the book.
"""

import json
import sys

from lossbook import motion
from lossbook.lessons import score
from lossbook.motion.poster import picture, sheet
from tools import ROOT

EVERY = 2.0  # seconds
AUDIO = ROOT / "book" / "audio"


def times(topic: str) -> motion.Times | None:
    """The times of the recording, if it has every sentence."""
    path = AUDIO / f"{topic}_motion.json"
    if not path.exists():
        return None
    return motion.Times.recorded(score(topic), json.loads(path.read_text("utf-8")))


def told(topic: str, lesson: dict) -> list[str]:
    """A line for each sentence: when, what is said, what moves."""
    rows = []
    starts = [start for start, _ in lesson["lines"]]
    for sentence, start, after in zip(
        motion.sentences(score(topic)), starts, [*starts[1:], 1e9], strict=True
    ):
        moves = [m for m in lesson["moves"] if start <= m[0] < after]
        rows.append(f"{start:6.1f}  {sentence.text}")
        rows += [f"{at:14.1f}  {for_:.1f} s  {to}" for at, for_, to in moves]
        rows += [
            f"{ask['at']:14.1f}  ? {ask['question']}"
            for ask in lesson["asks"]
            if start <= ask["at"] < after
        ]
    return rows


def frames(topic: str, lesson: dict) -> str:
    """A page of what is seen every two seconds; of figures, their values."""
    shown = []
    for number in range(int(lesson["seconds"] / EVERY) + 1):
        time = number * EVERY
        try:
            seen = picture(lesson, time)
        except KeyError as figure:
            state = motion.state_at(lesson, time)
            name = figure.args[0]
            values = {k: v for k, v in state.items() if k.startswith(f"{name}.")}
            seen = f'<text x="10" y="40">{values}</text>'
        shown.append(
            f'<svg viewBox="0 0 400 250" width="400"><rect class="ground" width="400" '
            f'height="250"/><text x="8" y="18">{time:.0f} s</text>{seen}</svg>'
        )
    style = f"{sheet(topic)} body{{display:flex;flex-wrap:wrap;gap:6px;margin:6px}}"
    return f"<!DOCTYPE html><meta charset=utf-8><style>{style}</style>{''.join(shown)}"


def main() -> None:
    """Compile, tell and draw."""
    (topic,) = sys.argv[1:]
    try:
        lesson = motion.compiled(topic, recorded := times(topic))
    except (KeyError, ValueError) as error:
        sys.exit(str(error))
    path = ROOT / "_build" / "motion" / f"{topic}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(frames(topic, lesson), "utf-8")
    print("\n".join(told(topic, lesson)))
    kind = "recorded" if recorded else "estimated"
    print(f"\n{lesson['seconds']:.0f} s, as {kind}. The stages: {path}")


if __name__ == "__main__":
    main()
