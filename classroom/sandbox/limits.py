"""How much a submission may take, and what says that it took more."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What ends a submission, or cuts what it shows.

    Attributes
    ----------
    seconds : float
        For the whole notebook, by one clock; the start of Python is not counted.
    start_seconds : float
        For the start of Python, on a busy machine.
    memory : int
        Bytes of memory of all its processes together, what it wrote into files
        counted; and of address space of each process.
    processes : int
        Processes and threads at the same time.
    messages : int
        Messages a second, over a quarter of a minute.
    output : int
        Characters that a cell may show; of more, the beginning is kept.
    emitted : int
        Characters that it may return to the tests of a cell.
    files : int
        Bytes that it may write in all: half of them into its own folder, half into
        `/tmp`.
    """

    seconds: float = 60
    start_seconds: float = 120
    memory: int = 3 * 2**30
    processes: int = 64
    messages: int = 2_000
    output: int = 20_000
    emitted: int = 2 * 2**20
    files: int = 128 * 2**20


class Ended(Exception):
    """A run is over before its last cell; says how, and what more there is to say."""

    def __init__(self, status: str, reason: str = ""):
        super().__init__(status, reason)
        self.status, self.reason = status, reason
