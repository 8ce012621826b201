"""How much a submission may take."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What ends a submission, or cuts what it shows.

    Attributes
    ----------
    seconds : float
        For the whole notebook, the start of Python not counted.
    start_seconds : float
        For the start of Python, on a busy machine.
    memory : int
        Bytes of address space of each process.
    processes : int
        Processes and threads at the same time.
    output : int
        Bytes that a cell may show; of more, the beginning is kept.
    emitted : int
        Bytes that it may return to the tests of a cell.
    files : int
        Bytes that it may write in all.
    """

    seconds: float = 60
    start_seconds: float = 120
    memory: int = 3 * 2**30
    processes: int = 64
    output: int = 20_000
    emitted: int = 2 * 2**20
    files: int = 64 * 2**20
