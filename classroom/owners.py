"""Whose a file is, by the place where it lies, and who of the roster that is.

The place is the platform's archive, the folder, or the file's own name.  Only the
outermost part counts: what a student called a folder or a file may look like one, too.
"""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import cleaning
from .course import OF_ASSIGNMENTS
from .roster import Person, Roster

# How the learning platforms name what they pack.
MOODLE = re.compile(
    r"(?P<name>[^/]+?)(?:_(?P<id>\d+))?_assignsubmission_[a-z]+(?:_?/|_)(?P<file>.+)"
)
CANVAS = re.compile(
    r"(?:(?!LATE_|anon_)(?P<name>[^/]+?)_)?(?P<late>LATE_)?"
    r"(?:(?P<id>\d+)|anon_(?P<anonymous>[^\W_]+))_(?:\d+_|(?=text\.|link\.))(?P<file>[^/]+)"
)
# What may follow: what releases are called by, and what a browser counts.
WRITTEN = rf"(?:{OF_ASSIGNMENTS})?(?:-\d+| ?\(\d+\))?"


@dataclass(frozen=True)
class Owner:
    """Whose a file is, as far as its place tells; a group's only from a platform."""

    name: str
    identifier: str = ""
    is_late: bool = False
    from_platform: bool = False


def of(name: str, assignment: str, others: Collection[str]) -> Owner | None:
    """Whose the file of this name is; None if it belongs to another assignment."""
    if match := MOODLE.fullmatch(name):
        return Owner(match["name"], match["id"] or "", from_platform=True)
    parts = name.split("/")
    if len(parts) == 1 and (match := CANVAS.fullmatch(name)):
        identifier = match["id"] or match["anonymous"]
        called = match["name"] or f"anon_{match['anonymous']}"
        return Owner(called, identifier, match["late"] is not None, True)
    if len(parts) == 1:
        stem = Path(name).stem
        match = re.fullmatch(f"(.+?)[_ -]*{re.escape(assignment)}{WRITTEN}", stem)
        return Owner(match[1] if match else stem)
    if len(parts) > 2 and parts[1] in others:
        return None
    return Owner(parts[0].removesuffix(".zip"))


def wrapper(
    names: Sequence[str],
    people: Roster,
    known: Collection[str],
    assignments: Collection[str],
) -> str:
    """The folder on top in which all lies, if it is no student's; with a slash."""
    tops = {name.split("/", 1)[0] for name in names}
    if len(tops) != 1 or any("/" not in name for name in names):
        return ""
    name = tops.pop()
    is_person = people.by_name(name) is not None or cleaning.name(name) in known
    # In an archive that a student packed, no name is anybody's.
    if MOODLE.fullmatch(names[0]) or is_person or name.lower().endswith(".zip"):
        return ""
    inner = [one.removeprefix(f"{name}/") for one in names]
    folders = {one.split("/", 1)[0] for one in inner if "/" in one}
    is_platform = all(MOODLE.fullmatch(n) or CANVAS.fullmatch(n) for n in inner)
    has_files = any("/" not in one for one in inner)
    if not is_platform and (has_files or folders & set(assignments)):
        return ""  # one student's
    if is_platform or len(folders) > 1 or any(map(people.by_name, folders)):
        return f"{name}/"
    return ""


def persons(people: Roster, owners: Sequence[Owner]) -> list[Person | None]:
    """Who of the roster each owner is: by identifier, else by name.

    What people call their own files may be one name in two ways.  A platform writes
    each person in one way: of two there, only one called as on the roster is meant.
    """
    sure = [
        None
        if owner.from_platform and people.has_logins  # numbers of something else
        else people.by_identifier(owner.identifier)
        for owner in owners
    ]
    named = [people.by_name(owner.name) for owner in owners]
    if any(sure):  # the identifiers are those of the roster: another one is another
        pairs = zip(named, owners, strict=True)
        named = [None if owner.identifier else person for person, owner in pairs]
    claims: dict[str, list[Owner]] = {}
    for by_id, by_name, owner in zip(sure, named, owners, strict=True):
        if not by_id and by_name:
            claims.setdefault(by_name.student, []).append(owner)
    there = {person.student for person in sure if person}
    meant = {
        student: _meant(student, claim)
        for student, claim in claims.items()
        if student not in there
    }
    return [
        by_id
        or (by_name if by_name and owner in meant.get(by_name.student, ()) else None)
        for by_id, by_name, owner in zip(sure, named, owners, strict=True)
    ]


def _meant(student: str, claim: list[Owner]) -> list[Owner]:
    """Which of those that go by a person's name are that person."""
    if not any(owner.identifier or owner.from_platform for owner in claim):
        return claim
    exact = [owner for owner in claim if cleaning.name(owner.name) == student]
    found = exact if len(claim) > 1 else claim
    return found if len(found) == 1 else []


def are_strange(people: Roster, owners: Sequence[Owner]) -> bool:
    """Whether platform and roster have numbers of people, and share none of them."""
    given = {
        owner.identifier
        for owner in owners
        if owner.from_platform and not people.in_group(owner.name)
    } - {""}
    known = {person.identifier for person in people.people} - {""}
    return bool(given and known) and not given & known


def names(
    owners: Sequence[Owner],
    persons: Sequence[Person | None],
    known: Mapping[str, str],
    has_logins: bool = False,
) -> list[str]:
    """What we call each of them: one name for one person, also from time to time.

    Those who are known already, with the identifiers of their platform, keep theirs;
    on a hub, where the roster has logins, these are other numbers than an archive's.
    """
    by_identifier = {i: student for student, i in known.items() if i}
    wanted = [cleaning.name(owner.name) for owner in owners]
    counts = Counter(wanted)
    found = []
    for owner, name, person in zip(owners, wanted, persons, strict=True):
        if person is not None:
            found.append(person.student)
        elif owner.identifier in by_identifier and not (
            has_logins and owner.from_platform
        ):
            found.append(by_identifier[owner.identifier])
        elif owner.identifier and (
            counts[name] > 1 or known.get(name, owner.identifier) != owner.identifier
        ):
            found.append(cleaning.name(name, f" ({owner.identifier})"))
        elif counts[name] > 1 and name != unicodedata.normalize("NFC", owner.name):
            # `=Ann` is not Ann, though no file may be called so.
            written = owner.name.encode(errors="surrogateescape")
            found.append(f"{name} ({hashlib.sha256(written).hexdigest()[:6]})")
        else:
            found.append(name)
    return found
