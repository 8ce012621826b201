"""How we know the learning platform, and it us: `platform.toml` and a key beside it.

    issuer = "https://moodle.example.org"
    client_id = "Zx81aBcDe"
    authorize_url = "https://moodle.example.org/mod/lti/auth.php"
    jwks_url = "https://moodle.example.org/mod/lti/certs.php"
    token_url = "https://moodle.example.org/mod/lti/token.php"

    key = "lti.pem"           # ours; `python -m classroom lti key` makes it
    launches = "lti"          # what the hub remembers of launches
    deployment = "1"          # the only one that may come in
    audience = "…"            # of our tokens, where it is not token_url
    names = "https://…"       # who takes the course, where no launch told it

    [courses]                 # our names, by the platform's ids
    "42" = "lossbook"

    [lineitems]               # where scores go, where no launch told it
    mean_squared_error = "https://…"

The first five are needed.
"""

import json
import os
import stat
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

from classroom import files
from classroom.course import CourseError

from .launch import SAFE

LOOPBACK = ("127.0.0.1", "localhost", "::1")
NEEDED = ("issuer", "client_id", "authorize_url", "jwks_url", "token_url")


@dataclass(frozen=True)
class Platform:
    """What `platform.toml` says; the names are those in it.

    Attributes
    ----------
    issuer, client_id : str
        What the platform calls itself, and us.
    authorize_url, jwks_url, token_url : str
        Where it signs people in, has its public keys, and gives out tokens.
    key : Path
        Our private key.
    launches : Path or None
        What the hub remembers of launches.
    deployment, audience, names : str
        See above; empty where nothing is said.
    courses, lineitems : dict
        Our names by the platform's ids; and by assignment where scores go.
    """

    issuer: str
    client_id: str
    authorize_url: str
    jwks_url: str
    token_url: str
    key: Path = Path("lti.pem")
    launches: Path | None = None
    deployment: str = ""
    audience: str = ""
    names: str = ""
    courses: dict[str, str] = field(default_factory=dict)
    lineitems: dict[str, str] = field(default_factory=dict)

    def lineitem(self, assignment: str) -> str:
        """Where the scores of an assignment go.

        Raises
        ------
        CourseError
            If neither the file nor a launch says it, or launches say different things.
        """
        if assignment in self.lineitems:
            return self.lineitems[assignment]
        named = [link for link in self._links() if link["assignment"] == assignment]
        titled = [
            link
            for link in self._links()
            if not link["assignment"]
            and "_".join(link["title"].lower().split()) == assignment
        ]
        line = f'[lineitems]\n{assignment} = "https://…"'
        return self._one("lineitem", named or titled, f"scores of {assignment}", line)

    def memberships(self) -> str:
        """Where the platform tells who takes the course.

        Raises
        ------
        CourseError
            If neither the file nor a launch says it, or launches say different things.
        """
        line = 'names = "https://…"'
        return self.names or self._one("names", self._links(), "names", line)

    def _links(self) -> list[dict[str, str]]:
        """What the hub remembers of the links to it in our courses of this platform."""
        found = []
        paths = self.launches.glob("links/*.json") if self.launches else ()
        for path in sorted(paths):
            try:
                link = json.loads(path.read_text("utf-8"))
                wanted = (
                    "issuer", "course", "title", "assignment", "lineitem", "names",
                )  # fmt: skip
                link = {name: str(link[name]) for name in wanted}
            except (ValueError, KeyError, TypeError) as error:
                raise CourseError(
                    f"{path} is none of the hub's files: {error!r}. Delete it; the "
                    "next launch writes it again."
                ) from error
            ours = not self.courses or link["course"] in self.courses.values()
            if link["issuer"] == self.issuer and ours:
                found.append(link)
        return found

    def _one(self, what: str, links: list[dict[str, str]], of: str, line: str) -> str:
        found = sorted({link[what] for link in links} - {""})
        if len(found) == 1:
            try:
                _address(what, found[0])
            except ValueError as error:
                raise CourseError(f"A launch was of no use: {error}.") from error
            return found[0]
        told = (
            "No launch that the hub remembers told"
            if not found
            else f"Launches told {len(found)} addresses ({', '.join(found)})"
        )
        raise CourseError(
            f"{told} for the {of}. Open the link to the hub in the platform once more, "
            "with `launches` in platform.toml naming what the hub remembers; or ask "
            f"the platform's administrator for the address, and write there\n\n{line}"
        )


def read(path: Path) -> Platform:
    """The platform that a file tells of.

    Raises
    ------
    CourseError
        If it cannot be read, or says what nobody knows; with the place.
    """
    try:
        return _platform(tomllib.loads(path.read_text("utf-8")), path.parent)
    except OSError as error:
        raise CourseError(
            f"{files.unread(path, error)} It says how the platform and we know each "
            "other: write it as the page `A hub, or no server` of the book shows."
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CourseError(f"{path} cannot be read: {error}") from error
    except ValueError as error:
        raise CourseError(f"{path}: {error}") from error


def _platform(content: dict, folder: Path) -> Platform:
    known = [one.name for one in fields(Platform)]
    if strange := sorted(set(content) - set(known)):
        raise ValueError(f"{strange[0]!r} is not known; known are {', '.join(known)}")
    if missing := [name for name in NEEDED if not content.get(name)]:
        raise ValueError(
            f"{', '.join(missing)} must be there; the platform shows it where the hub "
            "is registered as an external tool"
        )
    given: dict = {"key": "lti.pem", **content}
    for name, value in given.items():
        if name in ("courses", "lineitems"):
            if not isinstance(value, dict):
                raise ValueError(f"{name} must be a table: [{name}]")
            for key, inner in value.items():
                _text(f"{name}.{key}", inner)
                if name == "lineitems":
                    _address(f"{name}.{key}", inner)
                elif not SAFE.fullmatch(inner):
                    raise ValueError(
                        f"{name}.{key} must be a name of small letters, digits, dots, "
                        f"underscores and hyphens, as folders are called so; it is "
                        f"{inner!r}"
                    )
        else:
            _text(name, value)
            if name == "names" or name.endswith("_url"):
                _address(name, value)
    for name in ("key", "launches"):
        if name in given:
            given[name] = folder / given[name]
    return Platform(**given)


def _text(where: str, value: object) -> None:
    if not isinstance(value, str) or not value:
        raise ValueError(f"{where} must be a text in quotation marks")


def _address(where: str, value: str) -> None:
    parts = urlsplit(value)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise ValueError(
            f"{where} must begin with https://, as keys and marks go there; it is "
            f"{value!r}"
        )


def private_key(path: Path) -> str:
    """Our private key, if nobody else can read it.

    Raises
    ------
    CourseError
        If there is none, or others can read it.
    """
    try:
        with path.open(encoding="ascii") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            if mode & 0o077:
                raise CourseError(
                    f"Others may read the private key {path} ({mode:o}). Say `chmod "
                    "600` of it; and if others use this machine, make a new one."
                )
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(
            f"The private key {path} cannot be read: {error}. Make one by `python -m "
            "classroom lti key platform.toml`."
        ) from error
