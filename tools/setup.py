"""Prepare this checkout: ``python tools/setup.py``.

Makes `.venv` and installs what requirements.txt and package-lock.json name, and
nothing else.  A second run with the same files installs nothing.  Only the standard
library is used, and syntax that old Pythons read, so that they get the message.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMP = VENV / "lossbook-setup"
INPUTS = ("requirements.txt", "pyproject.toml", "package-lock.json", "tools/setup.py")
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")


def check_python():
    """Stop with advice where this Python cannot do it."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this runs before anything is known
        sys.exit(
            "lossbook needs Python 3.11 or later, and this is {}.{}.\n"
            "Name another: make book PYTHON=python3.12".format(*sys.version_info)
        )
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        sys.exit(
            "This Python cannot make virtual environments: its venv module is\n"
            "missing. On Debian or Ubuntu: sudo apt install python3-venv"
        )


def digest():
    """What was asked for, in one word: the files that say it, and this Python."""
    said = hashlib.sha256(sys.version.encode())
    for name in INPUTS:
        said.update((ROOT / name).read_bytes())
    return said.hexdigest()


def run(*command):
    """Run a command of the new environment in the root of the checkout."""
    path = str(BIN) + os.pathsep + os.environ["PATH"]
    done = subprocess.run(
        [str(part) for part in command], cwd=str(ROOT), env={**os.environ, "PATH": path}
    )
    if done.returncode:
        sys.exit(
            "\nThe set-up stopped here. If a download failed, run the same command\n"
            "again: what is installed is kept. To start afresh, delete .venv."
        )


def main():
    """Bring `.venv` and `node_modules` up to what the locks say."""
    check_python()
    wanted = digest()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    if VENV.exists() and not PYTHON.exists():
        shutil.rmtree(str(VENV))
    print("Setting up .venv (about two minutes; needed once) ...", flush=True)
    run(sys.executable, "-m", "venv", VENV)
    pip = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*pip, "--require-hashes", "-r", "requirements.txt")
    run(*pip, "--no-deps", "--no-build-isolation", "--editable", ".")
    run(BIN / "npm", "ci", "--loglevel=error", "--no-progress")
    STAMP.write_text(wanted)


if __name__ == "__main__":
    main()
