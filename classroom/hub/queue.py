"""Who starts now, and who waits: so many servers at a time, in the order of coming.

JupyterHub itself turns away who is one too many, and who comes back first is next.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

GUESS = 10.0  # seconds that a start takes, before one has been seen


@dataclass(frozen=True)
class Place:
    """Where somebody stands in the queue.

    Attributes
    ----------
    before : int or None
        Who wait before; None where the own server is starting.
    starting : int
        Servers that are starting now.
    seconds : float
        About how long it takes until the own server is there.
    """

    before: int | None
    starting: int
    seconds: float

    @property
    def time(self) -> str:
        """The same in words.

        >>> Place(2, 2, 18).time, Place(40, 2, 200).time
        ('about 20 seconds', 'about 3 minutes')
        """
        if self.seconds < 90:
            return f"about {max(5, 5 * round(self.seconds / 5))} seconds"
        return f"about {round(self.seconds / 60)} minutes"

    @property
    def again(self) -> int:
        """Seconds after which to look again: the sooner, the nearer one's turn is.

        >>> Place(None, 2, 5).again, Place(2, 2, 20).again, Place(40, 2, 200).again
        (3, 7, 10)
        """
        return max(3, min(10, round(self.seconds / 3)))


class Queue:
    """Lets so many servers start at a time; the others wait for their turn."""

    def __init__(self, at_a_time: int) -> None:
        self.at_a_time = at_a_time
        self.seconds = GUESS  # what the last start took
        self._free = asyncio.Semaphore(at_a_time)
        # In the order of coming, so that the first ones are those that start.
        self._coming: dict[str, asyncio.Task | None] = {}

    @asynccontextmanager
    async def turn(self, login: str) -> AsyncIterator[None]:
        """Wait for the turn of `login`, which lasts until the block ends."""
        self._coming[login] = asyncio.current_task()
        try:
            async with self._free:
                began = time.monotonic()
                yield
                self.seconds = time.monotonic() - began
        finally:
            del self._coming[login]

    def place(self, login: str) -> Place:
        """Where `login` stands now."""
        logins = list(self._coming)
        index = logins.index(login) if login in logins else 0
        starting = min(self.at_a_time, len(logins))
        before = None if index < self.at_a_time else index - self.at_a_time
        rounds = 1 + index // self.at_a_time
        return Place(before, starting, rounds * self.seconds)

    def end(self) -> None:
        """Call off what starts and waits: the hub ends."""
        for task in self._coming.values():
            if task is not None:
                task.cancel()
