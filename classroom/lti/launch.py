"""What a hub does with a launch from a learning platform: names, roles, addresses.

This file stands alone, as it is copied whole into the configuration of a hub, which
has nothing else of the course.  `ltiauthenticator` has checked the launch before.
"""

import hashlib
import json
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
SCORES = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
NAMES = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
# What nbgrader, folders and Kubernetes take as a name.
SAFE = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
# Context roles: who has one of them may teach. An assistant is an instructor, too.
INSTRUCTOR = re.compile(
    r"(?:http://purl\.imsglobal\.org/vocab/lis/v2/membership#)?Instructor"
    r"|http://purl\.imsglobal\.org/vocab/lis/v2/membership/Instructor#\w+"
)


def login(sub: str) -> str:
    """The name that somebody has on the hub, by the platform's name for them.

    Two names of the platform never become one: who loses a letter gets a digest.

    >>> login("17"), login("U-Ada+17")
    ('17', 'u-ada-17-26abf4d1')
    """
    if SAFE.fullmatch(sub) and ".." not in sub:
        return sub
    short = re.sub(r"[^a-z0-9]+", "-", sub.lower()).strip("-")[:30].strip("-")
    digest = hashlib.sha256(sub.encode(errors="surrogatepass")).hexdigest()[:8]
    return f"{short or 'user'}-{digest}"


def is_instructor(roles: object) -> bool:
    """Whether one of the roles in a course is that of somebody who teaches it."""
    listed = roles if isinstance(roles, list) else [roles]
    return any(isinstance(role, str) and INSTRUCTOR.fullmatch(role) for role in listed)


def course_of(claims: Mapping[str, Any], courses: Mapping[str, str]) -> str:
    """What we call the course from which somebody comes; its own name if none is told.

    It is the platform's id that counts: a title or a parameter can be any teacher's.
    """
    context = str(_claim(claims, "context").get("id") or "")
    return courses.get(context) or login(f"context-{context}" if context else "context")


def groups(claims: Mapping[str, Any], courses: Mapping[str, str]) -> list[str]:
    """The group of the hub that a launch puts somebody in, called as nbgrader does."""
    teaches = is_instructor(claims.get(CLAIM + "roles"))
    kind = "formgrade" if teaches else "nbgrader"
    return [f"{kind}-{course_of(claims, courses)}"]


def keep(folder: Path, claims: Mapping[str, Any], courses: Mapping[str, str]) -> None:
    """Remember who came, and the addresses for names and scores that came along.

    Parameters
    ----------
    folder : Path
        Made for the hub alone, if it is not there.
    claims : mapping
        Of a launch that was checked.
    courses : mapping
        Our name of a course, by the platform's id of it.
    """
    sub, link = str(claims["sub"]), _claim(claims, "resource_link")
    person = {"sub": sub, "name": str(claims.get("name") or "")}
    _write(folder / "people" / f"{login(sub)}.json", person)
    deployment = str(claims.get(CLAIM + "deployment_id") or "")
    place = json.dumps([claims.get("iss"), deployment, link.get("id")])
    scores, custom = claims.get(SCORES) or {}, _claim(claims, "custom")
    found = {
        "issuer": claims.get("iss"),
        "deployment": deployment,
        "course": course_of(claims, courses),
        "context": _claim(claims, "context").get("id"),
        "title": link.get("title"),
        "assignment": custom.get("assignment"),
        "lineitem": scores.get("lineitem"),
        "names": (claims.get(NAMES) or {}).get("context_memberships_url"),
    }
    name = hashlib.sha256(place.encode()).hexdigest()[:16]
    _write(
        folder / "links" / f"{name}.json", {k: str(v or "") for k, v in found.items()}
    )


def hook(
    folder: Path, courses: Mapping[str, str], deployment: str = ""
) -> Callable[[Any, Any, dict], dict | None]:
    """What JupyterHub calls once a launch was checked; the parameters are `keep`'s.

    Parameters
    ----------
    deployment : str, optional
        The only deployment that may come in; any, if it is empty.
    """

    def after(authenticator: Any, handler: Any, found: dict) -> dict | None:
        claims = found["auth_state"]
        name = login(str(claims["sub"]))
        came_from = str(claims.get(CLAIM + "deployment_id"))
        # These were asked about the platform's name before, which may be another.
        if name in authenticator.blocked_users or deployment not in ("", came_from):
            authenticator.log.warning("Refused %s, of deployment %s", name, came_from)
            return None
        try:
            keep(folder, claims, courses)
        except OSError as error:  # a full disk locks nobody out
            authenticator.log.error("This launch is not remembered: %s", error)
        return found | {
            "name": name,
            "admin": True if name in authenticator.admin_users else None,
            "groups": groups(claims, courses),
            # The claims stay out of the hub's database.
            "auth_state": None,
        }

    return after


def configure(
    c: Any,
    *,
    issuer: str,
    client_id: str,
    authorize_url: str,
    jwks_url: str,
    folder: str,
    courses: Mapping[str, str],
    deployment: str = "",
) -> None:
    """Let people in by LTI 1.3, and by nothing else.

    Parameters
    ----------
    c : Config
        The hub's configuration.
    issuer, client_id, authorize_url, jwks_url : str
        As the platform calls itself and us; where it signs in, and keeps its keys.
    folder : str
        Where to remember what came with the launches.
    courses : mapping
        Our name of a course, by the platform's id of it.
    deployment : str, optional
        The only deployment that may come in.
    """
    c.JupyterHub.authenticator_class = "ltiauthenticator.lti13.auth.LTI13Authenticator"
    c.LTI13Authenticator.issuer = issuer
    c.LTI13Authenticator.client_id = {client_id}
    c.LTI13Authenticator.authorize_url = authorize_url
    c.LTI13Authenticator.jwks_endpoint = jwks_url
    # An address of email may change, and be hidden.
    c.LTI13Authenticator.username_key = "sub"
    # Whom the platform sends may come in; what they may see, their groups decide.
    c.Authenticator.allow_all = True
    c.Authenticator.manage_groups = True
    c.Authenticator.post_auth_hook = hook(Path(folder), courses, deployment)


def _claim(claims: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = claims.get(CLAIM + name)
    return value if isinstance(value, dict) else {}


def _write(path: Path, content: Mapping[str, str]) -> None:
    """Write a file whole, which only the hub reads."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as f:
        json.dump(content, f, indent=1)
    os.replace(new, path)
