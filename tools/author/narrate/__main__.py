"""Render what changed: ``python -m tools.author.narrate [RECORDING ...]``."""

import subprocess
import sys

from tools.author.narrate import environment

if __name__ == "__main__":
    python = environment.prepare()
    command = [str(python), "-m", "tools.author.narrate.render", *sys.argv[1:]]
    try:
        sys.exit(subprocess.run(command, cwd=environment.ROOT).returncode)
    except KeyboardInterrupt:
        sys.exit("\nInterrupted. What has been said is kept: run the same again.")
