"""Prepare this checkout: ``python tools/setup.py``.

Makes `.venv` and installs what requirements.txt and package-lock.json name, and
nothing else.  A second run with the same files installs nothing; two at once wait for
each other.  Only the standard library is used, and syntax that old Pythons read, so
that they get the message.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
MODULES = ROOT / "node_modules"
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


def is_half_there():
    """Whether a set-up by hand, or one that was killed, left npm packages half there.

    npm lists them at the end of an installation, in a file of its own.
    """
    try:
        listed = json.loads((MODULES / ".package-lock.json").read_text("utf-8"))
    except (OSError, ValueError):
        return True
    return not all((ROOT / name).is_dir() for name in listed["packages"])


def forget_half_of_packages():
    """Let pip install again what it was killed in: it lists the files at the end."""
    for packages in ("lib/python*/site-packages", "Lib/site-packages"):
        for about in VENV.glob(packages + "/*.dist-info"):
            if not (about / "RECORD").is_file():
                shutil.rmtree(str(about))


def install():
    """Install what the locks name."""
    print("Setting up .venv (a few minutes; needed once) ...", flush=True)
    if VENV.exists() and not PYTHON.exists():
        shutil.rmtree(str(VENV))
    run(sys.executable, "-m", "venv", VENV)
    forget_half_of_packages()
    pip = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*pip, "--require-hashes", "-r", "requirements.txt")
    run(*pip, "--no-deps", "--no-build-isolation", "--editable", ".")
    run(BIN / "npm", "ci", "--loglevel=error", "--no-progress")


def main():
    """Bring `.venv` and `node_modules` up to what the locks say."""
    check_python()
    sys.path.insert(0, str(ROOT))
    from tools import cache  # which older Pythons could not read

    asked = cache.digest(sys.version, *(ROOT / name for name in INPUTS))
    if is_half_there():
        STAMP.unlink(missing_ok=True)
    cache.renew(VENV, STAMP, asked, install)


if __name__ == "__main__":
    main()
