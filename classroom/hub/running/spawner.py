"""How JupyterHub starts a student's server: behind walls, and without an account."""

import asyncio
import os
from pathlib import Path
from subprocess import DEVNULL, STDOUT, Popen
from typing import Any
from urllib.parse import quote, urlsplit

from jupyterhub.spawner import LocalProcessSpawner, SpawnException
from jupyterhub.utils import wait_for_http_server
from traitlets import Float, Unicode

from ...counting import counted
from ...sandbox import bubblewrap
from .. import walls
from ..queue import Queue
from ..state import State

POLL = 0.5  # seconds between two looks at whether a start has failed


class WalledSpawner(LocalProcessSpawner):
    """Starts a server between the walls of `walls.py`, when its turn has come."""

    queue: Queue  # of all students together

    state_folder = Unicode(help="The folder of the hub.").tag(config=True)
    course_id = Unicode(help="What nbgrader calls the course.").tag(config=True)
    sockets = Unicode(help="The folder of the sockets.").tag(config=True)
    longest_start = Float(180.0, help="Seconds for a start, once it began.").tag(
        config=True
    )

    async def start(self) -> str:
        """Start it when its turn has come; returns its address once it answers."""
        async with self.queue.turn(self.user.name):
            address = self._begin()
            await self._answers(f"{address}{self.server.base_url}api")
        return address

    def _begin(self) -> str:
        """Start it; returns its address, a socket that leads between the walls."""
        state = State(Path(self.state_folder), self.course_id)
        account = state.accounts()[self.user.name]
        walls.prepare(state, account)
        path = Path(self.sockets) / account.login
        hub = Path(self.sockets) / "hub"
        rules = bubblewrap.rules()
        with (
            walls.listening(path) as listens,
            (state.root / "logs" / f"{account.login}.log").open("wb") as log,
        ):
            handed = [listens.fileno(), *([] if rules is None else [rules])]
            self.proc = Popen(  # noqa: S603 - our own words
                walls.command(state, account, hub, listens.fileno(), rules),
                env=self.get_env(),
                stdin=DEVNULL,
                stdout=log,
                stderr=STDOUT,
                pass_fds=handed,
                start_new_session=True,
            )
        if rules is not None:
            os.close(rules)
        self.pid = self.proc.pid
        # The proxy takes the port that JupyterHub adds for a part of the name.
        with_port = path.with_name(f"{path.name}:80")
        if not with_port.is_symlink():
            with_port.symlink_to(path.name)
        return f"http+unix://{quote(str(path), safe='')}"

    async def _answers(self, url: str) -> None:
        """Wait until the server answers.

        Raises
        ------
        SpawnException
            If it ends instead, or takes too long.
        """
        patience = self.longest_start
        asked = asyncio.create_task(wait_for_http_server(url, 2 * patience))
        try:
            async with asyncio.timeout(patience):
                while not asked.done():
                    if await self.poll() is not None:
                        raise _failed("It ended while it started.", self.user.name)
                    await asyncio.wait([asked], timeout=POLL)
        except TimeoutError:
            said = f"It took longer than {counted(patience, 'second')}."
            raise _failed(said, self.user.name) from None
        finally:
            asked.cancel()

    async def stop(self, now: bool = False) -> None:
        """End it at once: the walls fall with all that is between them."""
        await super().stop(now=True)

    def get_env(self) -> dict[str, str]:
        """The environment, in which the hub is the socket between the walls."""
        env = super().get_env()
        hub = f"http+unix://{quote(walls.HUB, safe='')}"
        for name in ("JUPYTERHUB_API_URL", "JUPYTERHUB_ACTIVITY_URL"):
            env[name] = hub + urlsplit(env[name]).path
        return walls.environment(env)

    def user_env(self, env: dict[str, str]) -> dict[str, str]:
        """Nothing of the system's accounts, of which students have none."""
        return env

    def get_state(self) -> dict[str, Any]:
        """Nothing to find again: the server ends with the hub."""
        return {}


def _failed(said: str, login: str) -> SpawnException:
    """What the student reads, with what the instructor reads beside it."""
    log = f"{said} See logs/{login}.log in the folder of the hub."
    return SpawnException(said, reason="start", log_message=log)
