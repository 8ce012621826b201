"""The instructor's page: who is there, and how many have fetched and handed in.

Counts only: nobody looks into a notebook here.  It runs beside JupyterHub, as
`python -m classroom.hub.running.overview FOLDER`, and asks it who is there.
"""

import asyncio
import contextlib
import os
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jupyterhub.httpclient import fetch
from jupyterhub.services.auth import HubOAuthCallbackHandler, HubOAuthenticated
from tornado.template import Loader
from tornado.web import Application, RequestHandler, authenticated

from ...counting import counted
from ..state import State

# The root is the whole class, for the page takes in a sheet of all its tables.
CLASS = Path(__file__).parents[2]
PAGE = Loader(str(CLASS)).load("hub/running/pages/overview.html")
MOST = 1_000  # users that are asked for at once


@dataclass
class Row:
    """What the page says of one student."""

    student: str
    login: str
    server: str = ""
    ago: str = ""
    fetched: list[str] = field(default_factory=list)
    handed_in: Counter[str] = field(default_factory=Counter)

    @property
    def is_here(self) -> bool:
        """Whether the student can work."""
        return self.server == "runs"

    @property
    def begun(self) -> list[str]:
        """The assignments that the student has at all."""
        return [*self.fetched, *self.handed_in]


def rows(state: State, users: list[dict]) -> list[Row]:
    """A row for each student on the roster, from the hub's users and its folders."""
    known = {user["name"]: user for user in users}
    assignments = sorted(p.name for p in state.outbound.glob("[!.]*"))
    found = []
    for one in state.students():
        if not one.is_here:
            continue
        user = known.get(one.login, {})
        row = Row(one.student, one.login)
        for server in user.get("servers", {}).values():
            row.server = "runs" if server["ready"] else "starts"
        row.ago = _ago(user.get("last_activity"))
        home, inbound = state.home(one.login), state.inbound(one.login)
        row.fetched = [a for a in assignments if os.path.lexists(home / a)]
        names = os.listdir(inbound) if inbound.is_dir() else []
        for assignment in assignments:
            count = sum(f"+{assignment}+" in name for name in names)
            if count:
                row.handed_in[assignment] = count
        found.append(row)
    return found


def _ago(time: str | None) -> str:
    if not time:
        return "never"
    seconds = (datetime.now(UTC) - datetime.fromisoformat(time)).total_seconds()
    minutes = round(seconds / 60)
    for unit, one in (("min", 1), ("h", 60)):
        if minutes < 60 * one:
            return f"{minutes // one} {unit} ago"
    return f"{counted(minutes // (24 * 60), 'day')} ago"


class Page(HubOAuthenticated, RequestHandler):
    """The page; JupyterHub lets in whom the scope `access:services` names."""

    @authenticated
    async def get(self) -> None:
        """Ask the hub, count, and show."""
        state: State = self.settings["state"]
        api, token = (os.environ[f"JUPYTERHUB_API_{w}"] for w in ("URL", "TOKEN"))
        answer = await fetch(
            f"{api}/users?limit={MOST}", headers={"Authorization": f"token {token}"}
        )
        users: list[dict[str, Any]] = await answer.json()
        found = await asyncio.to_thread(rows, state, users)
        assignments = sorted({a for row in found for a in row.begun})
        self.set_header("Content-Security-Policy", "default-src 'self' 'unsafe-inline'")
        self.write(PAGE.generate(rows=found, assignments=assignments))


def main(folder: str) -> None:
    """Serve the page where JupyterHub asks for it."""
    prefix = os.environ["JUPYTERHUB_SERVICE_PREFIX"]
    application = Application(
        [(prefix, Page), (f"{prefix}oauth_callback", HubOAuthCallbackHandler)],
        state=State(Path(folder), ""),
        cookie_secret=os.urandom(32),
    )
    address = urlsplit(os.environ["JUPYTERHUB_SERVICE_URL"])

    async def serve() -> None:
        application.listen(address.port or 0, address.hostname or "127.0.0.1")
        await asyncio.Event().wait()

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve())


if __name__ == "__main__":
    main(sys.argv[1])
