"""Who may log in: those on the roster, each with a code of their own."""

import asyncio
from collections import Counter
from pathlib import Path
from typing import Any

from jupyterhub.auth import Authenticator
from traitlets import Float, Unicode

from .. import codes
from ..state import State


class RosterAuthenticator(Authenticator):
    """Asks for the short name and the code that stand on a slip."""

    state_folder = Unicode(help="The folder of the hub.").tag(config=True)
    longest_wait = Float(
        30.0, help="Seconds before a wrong code is refused, at most."
    ).tag(config=True)

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        accounts = State(Path(self.state_folder), "").accounts().values()
        self.here = {one.login: one for one in accounts if one.is_here}
        self.wrong: Counter[str] = Counter()
        self.allow_all = True  # the roster decides
        self.auto_login = False

    async def authenticate(self, handler: Any, data: dict) -> str | None:
        """The login, if the code is right.

        Each wrong code in a row doubles the wait for the answer; a right one never
        waits, so nobody can be locked out by somebody else's guesses.
        """
        login = str(data.get("username", "")).strip().lower()
        account = self.here.get(login)
        kept = account.code if account else codes.NOBODYS
        said = str(data.get("password", ""))
        is_right = await asyncio.to_thread(codes.fits, said, kept)
        if account and is_right:
            del self.wrong[login]
            return login
        login = login if account else ""  # strangers share one count
        self.wrong[login] += 1
        await asyncio.sleep(min(2 ** self.wrong[login] / 2, self.longest_wait))
        return None

    async def refresh_user(self, user: Any, handler: Any = None, **given: Any) -> bool:
        """Whether who logged in earlier is on the roster still."""
        return user.name in self.here
