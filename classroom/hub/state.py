"""What a hub keeps: a folder beside the course, which only its owner may look into."""

import json
import os
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from .. import files
from ..course import Course, CourseError
from ..roster import Person
from . import codes

INSTRUCTOR = "instructor"
LONGEST_LOGIN = 32
# nbgrader puts the course into paths, and a browser into addresses.
COURSE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ -]{0,63}")


@dataclass(frozen=True)
class Account:
    """Somebody who may log in.

    Attributes
    ----------
    login : str
        The name at the door: of letters, digits and `-`, so that a folder, an
        address and nbgrader take it.
    student : str
        What the class calls them; empty for the instructor.
    identifier, email : str
        As the roster says.
    code : str
        What their code must fit.
    number : int
        Of nobody else: as root, their server runs as a user of this number.
    is_here : bool
        Whether they are on the roster now.
    """

    login: str
    student: str
    identifier: str = ""
    email: str = ""
    code: str = ""
    number: int = 0
    is_here: bool = True


@dataclass(frozen=True)
class State:
    """The folder of a hub: `hub` in that of the course.

    Attributes
    ----------
    root : Path
        Holds `accounts.json`, `homes`, `outbound`, `inbound`, `feedback`, and what
        JupyterHub keeps.
    course_id : str
        What nbgrader calls the course.
    """

    root: Path
    course_id: str

    @classmethod
    def of(cls, course: Course) -> "State":
        """The one of a course; it may not have been made yet.

        Raises
        ------
        CourseError
            If the course has a name that no address can hold.
        """
        course_id = course.settings.course_id
        if not COURSE_ID.fullmatch(course_id):
            raise CourseError(
                f"A hub cannot serve the course {course_id!r}: let `course_id` in "
                "course.toml have letters, digits, spaces and . _ - only."
            )
        return cls(course.root / "hub", course_id)

    @classmethod
    def made(cls, course: Course) -> "State":
        """The one of a course on which a hub has been started.

        Raises
        ------
        CourseError
            If none has.
        """
        state = cls.of(course)
        if not state.accounts_file.exists():
            raise CourseError(
                f"There is no hub in {state.root} yet. Start one first: python -m "
                "classroom hub ROSTER"
            )
        return state

    @property
    def prefix(self) -> str:
        """Where its addresses begin, so that two courses do not share cookies."""
        return f"/{self.course_id.lower().replace(' ', '-')}/"

    @property
    def accounts_file(self) -> Path:
        """Who may log in."""
        return self.root / "accounts.json"

    @property
    def log(self) -> Path:
        """What JupyterHub, its proxy and its services tell."""
        return self.root / "hub.log"

    @property
    def outbound(self) -> Path:
        """What all students may fetch."""
        return self.root / "outbound"

    def home(self, login: str) -> Path:
        """A student's own folder."""
        return self.root / "homes" / login

    def inbound(self, login: str) -> Path:
        """Where a student hands in: whose it is, the folder says."""
        return self.root / "inbound" / login

    def feedback(self, login: str) -> Path:
        """The pages for a student."""
        return self.root / "feedback" / login

    def make(self) -> None:
        """Make the folders that are missing; nobody else may look into them."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.root.chmod(0o700)
        for name in ("homes", "inbound", "feedback", "outbound", "logs", "jupyter"):
            (self.root / name).mkdir(exist_ok=True)

    def accounts(self) -> dict[str, Account]:
        """Who has an account, by login; empty before the first start.

        Raises
        ------
        CourseError
            If the file has been written in.
        """
        try:
            content = json.loads(self.accounts_file.read_text("utf-8"))
            known = [Account(**entry) for entry in content]
        except FileNotFoundError:
            return {}
        except (ValueError, TypeError) as error:
            raise CourseError(
                f"{self.accounts_file} cannot be read: {error}. Take it back from a "
                "copy; without it, all students get new codes."
            ) from error
        return {account.login: account for account in known}

    def students(self) -> list[Account]:
        """The accounts of students, also of those who have left."""
        return [one for one in self.accounts().values() if one.student]

    def enrol(
        self, people: Sequence[Person], again: Iterable[str] = ()
    ) -> list[tuple[Account, str]]:
        """Give everybody on the roster an account, and the instructor one.

        Parameters
        ----------
        people : sequence of Person
            The roster.  Who has left it keeps the folder, and cannot log in.
        again : iterable of str
            Logins that get a new code.

        Returns
        -------
        list of (Account, str)
            Those who got a code, and the code: nothing else keeps it.

        Raises
        ------
        CourseError
            If somebody of `again` is not there.
        """
        known = self.accounts()
        mine = {(one.student, one.identifier): one.login for one in known.values()}
        kept = {login: replace(one, is_here=False) for login, one in known.items()}
        for person in [Person(""), *people]:
            login = mine.get((person.student, person.identifier))
            if login is None:
                login = _login(person, kept) if person.student else INSTRUCTOR
                number = 1 + max((one.number for one in kept.values()), default=0)
                kept[login] = Account(
                    login, person.student, person.identifier, number=number
                )
            kept[login] = replace(kept[login], email=person.email, is_here=True)
        if strange := sorted(set(again) - set(kept)):
            raise CourseError(
                f"There is no login {strange[0]!r}. There are: {', '.join(kept)}."
            )
        given = []
        for login, one in kept.items():
            if not one.code or login in again:
                code = codes.new()
                kept[login] = replace(one, code=codes.kept(code))
                given.append((kept[login], code))
        content = [asdict(one) for one in kept.values()]
        text = json.dumps(content, indent=1, ensure_ascii=False)
        files.write(self.accounts_file, text)
        return given


def _login(person: Person, taken: Iterable[str]) -> str:
    """A name for the door, made of the person's: "Zoë O'Neil" is `zoe-o-neil`."""
    taken = {INSTRUCTOR, *taken}
    for words in (person.student, person.email.split("@")[0], person.identifier):
        letters = unicodedata.normalize("NFKD", words).encode("ascii", "ignore")
        name = re.sub(r"[^a-z0-9]+", "-", letters.decode().lower())
        name = name[:LONGEST_LOGIN].strip("-")
        if name:
            break
    else:
        name = "student"
    login, count = name, 1
    while login in taken:
        count += 1
        login = f"{name}-{count}"
    return login


def own(path: Path, number: int | None) -> None:
    """Give a folder to the user of this number; to nobody, if there is none."""
    if number is not None:
        os.chown(path, number, number, follow_symlinks=False)
