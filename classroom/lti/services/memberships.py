"""Who takes the course, as the platform tells by Names and Role Provisioning Services.

It is written as a roster, which `collect --roster` reads.
"""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from classroom import export, files
from classroom.course import CourseError

from .. import launch
from .service import NAMES, Service, json_of, words

KIND = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
LEARNER = re.compile(
    r"(?:http://purl\.imsglobal\.org/vocab/lis/v2/membership#)?Learner"
    r"|http://purl\.imsglobal\.org/vocab/lis/v2/membership/Learner#\w+"
)
TESTER = "http://purl.imsglobal.org/vocab/lti/system/person#TestUser"
HEADINGS = ("name", "identifier", "email", "login")
MOST_PAGES = 1_000


def learners(service: Service) -> list[dict[str, str]]:
    """Everybody who learns in the course, by the headings of a roster.

    Parameters
    ----------
    service : Service
        Of the platform.

    Raises
    ------
    CourseError
        If the platform does not tell, or tells of nobody.
    """
    found = {
        row["identifier"]: row
        for member in _members(service, service.platform.memberships())
        if (row := _row(member)) is not None
    }
    if not found:
        raise CourseError(
            "The platform tells of nobody who learns in the course. See that people "
            "are enrolled there as students, and that the tool may see them."
        )
    return list(found.values())


def write(people: list[dict[str, str]], path: Path) -> None:
    """Write people as a roster: a CSV that a spreadsheet opens without harm."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, HEADINGS)
    writer.writeheader()
    for row in people:
        safe = {name: export.text(row[name]) for name in ("name", "email")}
        writer.writerow(row | safe)
    files.write(path, text.getvalue().encode("utf-8-sig"))


def _members(service: Service, url: str) -> Iterator[dict]:
    """The members on all pages."""
    seen: set[str] = set()
    while url:
        if url in seen or len(seen) == MOST_PAGES:
            raise CourseError(f"The pages of names have no end: {url} came again.")
        seen.add(url)
        answer = service.ask("GET", url, NAMES, headers={"Accept": KIND})
        if answer.status_code != 200:
            raise CourseError(
                f"The platform does not tell the names: {words(answer)}. See that the "
                f"address is right: {url}"
            )
        members = json_of(answer).get("members", [])
        yield from (one for one in members if isinstance(one, dict))
        following = urljoin(url, answer.links.get("next", {}).get("url", ""))
        following = following if "next" in answer.links else ""
        if following and urlsplit(following)[:2] != urlsplit(url)[:2]:
            raise CourseError(
                f"The next page of names is said to be elsewhere ({following}), where "
                "our token does not belong."
            )
        url = following


def _row(member: dict) -> dict[str, str] | None:
    """Somebody who learns, as a row of a roster; None for others."""
    sub, roles = member.get("user_id"), member.get("roles") or []
    is_there = member.get("status", "Active") == "Active"
    learns = any(isinstance(role, str) and LEARNER.fullmatch(role) for role in roles)
    if not sub or not is_there or not learns or TESTER in roles:
        return None
    if launch.is_instructor(roles):
        return None
    sub = str(sub)
    parts = (member.get("given_name"), member.get("family_name"))
    name = member.get("name") or " ".join(filter(None, parts)) or f"user {sub}"
    email = str(member.get("email") or "")
    login = launch.login(sub)
    return dict(zip(HEADINGS, (str(name), sub, email, login), strict=True))
