"""An environment for JupyterLite: `.venv-lite`, prepared when it has to be.

JupyterLite takes every extension that is installed beside it into the site, so this
one holds nothing but what requirements/lite.txt names.
"""

import os
import shutil
import sys
from pathlib import Path

from packaging.utils import parse_wheel_filename

from tools import ROOT, cache, running

VENV = ROOT / ".venv-lite"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "lossbook-setup"
LOCK = ROOT / "requirements" / "lite.txt"
# The wheels that the kernel needs in the browser travel inside its front end.
KERNEL = "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension/static/pypi"


class LiteError(Exception):
    """JupyterLite could not be built; the message says what to do."""


def prepare() -> Path:
    """Bring `.venv-lite` up to what is asked for; returns it."""
    cache.renew(VENV, STAMP, cache.digest(sys.version, LOCK), install)
    return VENV


def install() -> None:
    """Install what the lock names."""
    print("Setting up .venv-lite (170 MB; needed once) ...", flush=True)
    if VENV.exists() and not PYTHON.exists():
        shutil.rmtree(VENV)
    run(sys.executable, "-m", "venv", VENV)
    pip = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*pip, "--require-hashes", "-r", LOCK)


def kernel_wheels() -> list[Path]:
    """The wheels of JupyterLite's kernel, those of the newest version each."""
    paths = (prepare() / KERNEL).glob("*.whl")
    wheels = {}
    for path in sorted(paths, key=lambda path: parse_wheel_filename(path.name)[1]):
        wheels[path.name.split("-")[0]] = path
    return list(wheels.values())


def run(*command, **options) -> None:
    """Run a command; stop with what it said, and advice, if it fails."""
    done = running.run(command, **options)
    if done.returncode:
        raise LiteError(
            f"{done.stdout.strip()}\nJupyterLite could not be built. If a download "
            "failed, run the same command again: what is installed is kept. To start "
            "afresh, delete .venv-lite. To build without Python in the browser: "
            "make book LITE=0"
        )
