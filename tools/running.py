"""Other programs, run to their end."""

import subprocess
from collections.abc import Iterable


def run(command: Iterable[object], **options) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; `stdout` of the result has what it said, errors too."""
    return subprocess.run(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        **options,
    )
