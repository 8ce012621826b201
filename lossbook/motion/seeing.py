"""What is seen at a time: the state of a compiled lesson, for pictures and for tests.

The page computes the same (seeing.js); a test holds the two equal.
"""

from typing import Any

SIZES = {"width", "height"}  # change by factors, so that an area runs smoothly


def tracks(lesson: dict[str, Any]) -> dict[str, list[tuple[float, float, Any, Any]]]:
    """Of each thing that changes its ways: (start, end, from, to), in order."""
    made = {
        name: [(-1.0, -1.0, value, value)]
        for name, start in lesson["start"].items()
        for value in [_pose(lesson, name, start)]
    }
    for begin, seconds, changes in lesson["moves"]:
        for name, end in changes.items():
            before = _value(made[name], begin)
            to = _pose(lesson, name, end)
            to = {**before, **to} if isinstance(to, dict) else to
            made[name].append((begin, begin + seconds, before, to))
    return made


def state_at(
    lesson: dict[str, Any], time: float, *, jump: bool = False
) -> dict[str, Any]:
    """The value of each trait and the pose of each part; with `jump`, where they go."""
    return {name: _value(track, time, jump) for name, track in tracks(lesson).items()}


def mixed(before: Any, to: Any, f: float, key: str = "") -> Any:
    """Some way from one value to another; what is no number changes at once."""
    if isinstance(to, dict):
        return {k: mixed(before[k], value, f, k) for k, value in to.items()}
    if isinstance(to, list) and isinstance(before, list):
        return [mixed(a, b, f) for a, b in zip(before, to, strict=True)]
    if isinstance(to, list):
        return _through([before, *to], f)
    if isinstance(to, bool) or not isinstance(to, int | float):
        return to if f > 0 else before
    if f == 1:
        return to
    if key in SIZES and before > 0 and to > 0:
        return before * (to / before) ** f
    return before + (to - before) * f


def _through(values: list[float], f: float) -> float:
    """Some way along values at equal distances."""
    place = f * (len(values) - 1)
    i = min(int(place), len(values) - 2)
    return mixed(values[i], values[i + 1], place - i)


def _pose(lesson: dict[str, Any], name: str, value: Any) -> Any:
    stage, _, part = name.partition(".")
    if stage in lesson["stages"]:
        return lesson["stages"][stage]["parts"][part]["poses"][value]
    return value


def _value(track: list, time: float, jump: bool = False) -> Any:
    start, end, before, to = next(
        (w for w in reversed(track) if w[0] <= time), track[0]
    )
    f = 1.0 if jump or time >= end else (time - start) / (end - start)
    return mixed(before, to, f * f * f * (f * (6 * f - 15) + 10))
