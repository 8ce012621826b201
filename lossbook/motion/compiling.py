"""From a score and the times of its sentences to what a page plays."""

import re
from functools import partial
from itertools import pairwise
from typing import Any

from ..lessons import Score, score as score_of
from ..lessons.score import Ask, Move
from .naming import Named
from .saying import number, said
from .stage import ALWAYS, HEIGHT, WIDTH, Part, Stage
from .timing import EARLIER, Times, estimated

APART = 2.5  # seconds from one reveal to the next
PAUSE = 0.25  # seconds after a sentence at which its question is asked
AFTER = 0.01  # seconds after which a question is behind
HIDING = {"hidden", "faint"}
LIT = re.compile(r"\\part\{([\w-]+)\}")


def compiled(topic: str, times: Times | None = None) -> dict[str, Any]:
    """The lesson on a topic, with times as recorded, or else estimated.

    Returns
    -------
    dict
        `seconds`; `start`, the first value of each name; `moves`, as [time, seconds,
        {name: value}]; `lines`, [start, end] of each sentence; `chapters`, `asks`,
        ``stages``, and `figures` as the calls that make them.

    Raises
    ------
    KeyError
        If there is no lesson on `topic`.
    ValueError
        If the score cannot be played: the message says where, and what to do.
    """
    return Compiling(score_of(topic), times).result()


class Compiling:
    """One score on its way."""

    def __init__(self, score: Score, times: Times | None = None) -> None:
        self.score, self.named = score, Named(score)
        self.times = times or estimated(score)
        self.said = partial(said, known=self.named.known)
        self.lit = set(LIT.findall(score.formula))
        self.moves: list[list[Any]] = []
        self.busy: dict[str, float] = {}  # until when each name moves
        self.reveals: list[tuple[float, str]] = []
        self.asks: list[dict[str, Any]] = []

    def result(self) -> dict[str, Any]:
        """The lesson, if it can be played."""
        score, lines = self.score, self.score.lines()
        if len(self.times.lines) != len(lines):
            raise ValueError(
                f"{self.named.file}: has {len(lines)} sentences, and "
                f"{len(self.times.lines)} are recorded; record them: "
                f"make audio ARGS={score.topic}_motion"
            )
        opens = self._openings()
        ends = [*opens[1:], self.times.seconds]
        lit = ""
        for (where, scene, line), (start, end) in zip(
            lines, self.times.lines, strict=True
        ):
            index = score.scenes.index(scene)
            if line is scene.lines[0]:
                self.named.check_shown(where, scene.show)
                self.moves.append([opens[index], 0, {"show": scene.show}])
            if line.light != lit:
                lit = self._light(where, line.light, start)
            for move in line.moves:
                at = start + move.at * (end - start)
                if line is scene.lines[0] and move.at == move.seconds == 0:
                    at = opens[index]  # how the scene is found when it is shown
                self._move(where, move, at, ends[index])
            if line.ask:
                at = round(min(end + PAUSE, self._next_start(end) - 0.05), 3)
                asked = self._ask(f"{where}, ask", line.ask)
                self.asks.append({"at": at} | asked)
                if "drag" in asked:  # the lesson goes on with the answer
                    self._add(at + AFTER, 0, asked["drag"], asked["right"])
        self._check_reveals()
        self.moves.sort(key=lambda move: move[0])
        used = {name.partition(".")[0] for m in self.moves for name in m[2]}
        used |= {scene.show for scene in score.scenes}
        show = {"show": score.scenes[0].show, "lit": ""}
        return {
            "seconds": self.times.seconds,
            "start": show | self.named.start(used),
            "moves": self.moves,
            "lines": [list(line) for line in self.times.lines],
            "chapters": [
                {"at": at, "title": self.said(each.title, where=self.named.file)}
                for at, each in zip(opens, score.scenes, strict=True)
            ],
            "asks": self.asks,
            "stages": {n: _drawn(s) for n, s in self.named.stages.items() if n in used},
            "figures": {n: c for n, c in score.figures.items() if n in used},
        }

    def _openings(self) -> list[float]:
        """When each scene is shown: a little before its first sentence."""
        first, opens = 0, []
        for scene in self.score.scenes:
            start = self.times.lines[first][0]
            opens.append(round(start - EARLIER, 3) if first else 0.0)
            first += len(scene.lines)
        return opens

    def _next_start(self, end: float) -> float:
        starts = (start for start, _ in self.times.lines if start > end)
        return min(starts, default=self.times.seconds)

    def _light(self, where: str, light: str, at: float) -> str:
        if unknown := set(light.split()) - self.lit:
            raise ValueError(
                f"{where}: the formula has no part {unknown.pop()!r} to light; "
                f"it has {', '.join(sorted(self.lit)) or 'none'}"
            )
        self.moves.append([at, 0, {"lit": light}])
        return light

    def _move(self, where: str, move: Move, at: float, until: float) -> None:
        for target, value in move.set.items():
            ways = self.named.ways(where, target, value)
            for i, (name, to) in enumerate(ways):
                begin = round(at + i * move.apart, 3)
                self._check_time(where, name, begin, begin + move.seconds, until)
                self._add(begin, move.seconds, name, to)
        found = move.at == move.seconds == 0
        if not found and any(value not in HIDING for value in move.set.values()):
            self.reveals.append((at, where))

    def _check_time(
        self, where: str, name: str, begin: float, end: float, until: float
    ) -> None:
        if begin < (busy := self.busy.get(name, -1)) - 1e-6:
            raise ValueError(
                f"{where}: {name} still moves until {busy:.1f} s, and is moved again "
                f"at {begin:.1f} s; begin later, or take less time"
            )
        if end > until + 1e-6:
            raise ValueError(
                f"{where}: {name} moves {end - until:.1f} s longer than its scene; "
                "begin earlier, take less time, or give the sentence more rest"
            )
        self.busy[name] = end

    def _add(self, at: float, seconds: float, name: str, value: Any) -> None:
        for move in reversed(self.moves):
            if move[:2] == [at, seconds] and "show" not in move[2]:
                move[2][name] = value
                return
            if move[0] < at:
                break
        self.moves.append([at, seconds, {name: value}])

    def _ask(self, where: str, ask: Ask) -> dict[str, Any]:
        says = partial(self.said, where=where)
        asked: dict[str, Any] = {"question": says(ask.question)}
        if not ask.drag:
            return asked | {
                "options": [says(each.text) for each in ask.options],
                "says": [says(each.says) for each in ask.options],
                "right": [each.right for each in ask.options].index(True),
            }
        drag = ask.drag
        return asked | {
            "drag": drag.name,
            "right": self.named.sample(where, drag.name, f"{{{drag.right}}}"),
            "within": number(drag.within, self.named.known, where),
            "says": [says(text) for text in (drag.below, drag.says, drag.above)],
        }

    def _check_reveals(self) -> None:
        asked = [each["at"] for each in self.asks]
        for (before, _), (at, where) in pairwise(sorted(self.reveals)):
            stopped = any(before <= stop <= at for stop in asked)
            if 0.05 < at - before < APART - 0.01 and not stopped:
                raise ValueError(
                    f"{where}: a reveal comes {at - before:.1f} s after the one before "
                    f"it; leave {APART} s: begin it later, give the sentence before it "
                    "more rest, or let both begin together"
                )


def _drawn(stage: Stage) -> dict[str, Any]:
    """A stage as the page draws it."""
    parts = {each.name: _part(each) for each in stage.parts.values()}
    box = f"0 0 {WIDTH} {HEIGHT}"
    where = {"over": stage.over} if stage.over else {"box": box}
    return where | {"label": stage.label, "parts": parts}


def _part(part: Part) -> dict[str, Any]:
    about = {"kind": part.kind, "look": part.look, **part.about}
    return about | {"poses": part.poses | ALWAYS}
