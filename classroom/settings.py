"""What a course decides about itself: `course.toml` in its folder.

All of it may be left out.

    course_id = "lossbook"           # nbgrader's exchange knows the course by it
    timezone = "Europe/Berlin"       # of the times here and in archives
    exchange = "/srv/exchange"       # nbgrader's, where it is not the usual one
    seed = "a long word"             # of variants; keep it, and tell nobody

    [due]
    mean_squared_error = 2026-05-01T12:00:00

    [extensions.mean_squared_error]  # by name, identifier or email
    "Ann Lee" = 2026-05-03T12:00:00

    [late]
    grace_minutes = 10               # so much later is in time
    percent_per_day = 10             # of the points, for each day begun
    most_percent = 50
    refused_after_days = 7           # from then on there are no points
"""

import math
import tomllib
from collections.abc import Collection
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

COURSE_ID = "lossbook"
DAY = 86_400


@dataclass(frozen=True)
class Late:
    """What a late submission loses.

    Attributes
    ----------
    grace_minutes : float
        So much later still counts as in time.
    percent_per_day : float
        Of the points, for each day begun.
    most_percent : float
        More is not lost.
    refused_after_days : float
        From then on all points are lost.
    """

    grace_minutes: float = 0
    percent_per_day: float = 0
    most_percent: float = 100
    refused_after_days: float = math.inf

    def penalty(self, score: float, seconds: float) -> float:
        """The points that a score loses by being so many seconds late.

        >>> Late(percent_per_day=10).penalty(score=20, seconds=90_000)
        4.0
        """
        over = seconds - 60 * self.grace_minutes
        if over <= 0 or score <= 0:
            return 0.0
        if over > self.refused_after_days * DAY:
            return score
        percent = min(math.ceil(over / DAY) * self.percent_per_day, self.most_percent)
        return round(score * percent / 100, 2)


@dataclass(frozen=True)
class Settings:
    """What `course.toml` says.

    Attributes
    ----------
    course_id : str
        The course in nbgrader's exchange.
    zone : tzinfo or None
        The time zone of times that do not say theirs; None for this machine's.
    exchange : str
        The folder of nbgrader's exchange; empty for the one that nbgrader knows.
    seed : str
        What variants and papers are drawn from; empty if the course has none.
    due : dict
        By assignment, until when it may be handed in.
    extensions : dict
        By assignment, and then by student, until when that one may.
    late : Late or None
        The rule; None if being late costs nothing.
    """

    course_id: str = COURSE_ID
    zone: tzinfo | None = None
    exchange: str = ""
    seed: str = ""
    due: dict[str, datetime] = field(default_factory=dict)
    extensions: dict[str, dict[str, datetime]] = field(default_factory=dict)
    late: Late | None = None

    def until(self, assignment: str, names: Collection[str] = ()) -> datetime | None:
        """When an assignment is due for a student, who may go by several names."""
        for name, time in self.extensions.get(assignment, {}).items():
            if name in names:
                return time
        return self.due.get(assignment)


def read(path: Path) -> Settings:
    """The settings in a file; the usual ones if there is no such file.

    Raises
    ------
    ValueError
        If it cannot be read, or says what nobody knows; with the place, and what is
        known.
    """
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"{path} cannot be read: {error}") from error
    try:
        return _settings(content)
    except (ValueError, TypeError, AttributeError) as error:
        raise ValueError(f"{path}: {error}") from error


def _settings(content: dict) -> Settings:
    texts = ("course_id", "exchange", "seed")
    _known(content, ("course_id", "timezone", *texts[1:], "due", "extensions", "late"))
    given: dict = {}
    for name in texts:
        if name in content:
            if not isinstance(content[name], str) or not content[name]:
                raise ValueError(f"{name} must be a text")
            given[name] = content[name]
    if "timezone" in content:
        try:
            given["zone"] = ZoneInfo(content["timezone"])
        except (ZoneInfoNotFoundError, ValueError, TypeError, OSError) as error:
            raise ValueError(
                f"there is no time zone {content['timezone']!r}; take a name such as "
                '"Europe/Berlin" or "UTC"'
            ) from error
    zone = given.get("zone")
    due, extensions = content.get("due", {}), content.get("extensions", {})
    given["due"] = {a: _time(f"due.{a}", t, zone) for a, t in due.items()}
    given["extensions"] = {
        assignment: {
            name: _time(f"extensions.{assignment}.{name}", time, zone)
            for name, time in times.items()
        }
        for assignment, times in extensions.items()
    }
    if "late" in content:
        rule = content["late"]
        _known(rule, tuple(one.name for one in fields(Late)))
        for name, value in rule.items():
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            if not is_number or value < 0:
                raise ValueError(f"late.{name} must be a number of at least 0")
        given["late"] = Late(**rule)
    return Settings(**given)


def _known(content: dict, names: tuple[str, ...]) -> None:
    if strange := sorted(set(content) - set(names)):
        raise ValueError(f"{strange[0]!r} is not known; known are {', '.join(names)}")


def _time(where: str, value: object, zone: tzinfo | None) -> datetime:
    if not isinstance(value, datetime):
        raise ValueError(
            f"{where} must be a date with a time, such as 2026-05-01T12:00:00, "
            "without quotation marks"
        )
    try:
        if value.tzinfo:
            return value.astimezone(UTC)
        return (value.replace(tzinfo=zone) if zone else value).astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"{where} is too far away: {value}") from error
