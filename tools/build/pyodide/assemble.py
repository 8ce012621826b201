"""Put the distribution together, and fetch or compile again only what changed."""

import hashlib
import json
import os
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Callable
from email.parser import Parser
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

from tools import ROOT, cache
from tools.build.lite.environment import kernel_wheels
from tools.running import run

from .sources import PINS, SourceError, download, fetch

BUILD = ROOT / "_build"
FOLDER = BUILD / "pyodide"
CACHE = BUILD / "cache" / "pyodide"
PURE = ROOT / "requirements" / "pyodide.txt"
COMPILE = Path(__file__).with_name("compile.mjs")
SCRIPTS = Path(sys.executable).parent
LIBRARY, LOCK = "python_stdlib.zip", "pyodide-lock.json"
# What matplotlib asks for and only uses for fonts of other formats and in dates.
NOT_USED = {"fonttools", "pytz"}
# The front ends of widgets: JupyterLite brings its own, and the pages have theirs.
NOT_HERE = {"widgetsnbextension", "jupyterlab-widgets"}
# The page of a course needs these only when a cell asks for them.
ON_DEMAND = {"lossbook": {"numpy"}}
# What Python says of itself there, for conditions on dependencies.
BROWSER = {
    "sys_platform": "emscripten",
    "platform_system": "Emscripten",
    "python_version": "3.14",
    "python_full_version": "3.14.0",
    "extra": "",
}


def assemble(target: Path = FOLDER, *, bytecode: bool = True) -> Path:
    """Bring `_build/pyodide`, or another folder, up to date; returns it."""
    CACHE.mkdir(parents=True, exist_ok=True)
    core = official()
    wheels = [path for path in core.iterdir() if path.suffix == ".whl"]
    wheels += [path for path in pure().iterdir() if path.suffix == ".whl"]
    wheels += [*kernel_wheels(), own()]
    archives = [core / LIBRARY, *sorted(wheels)]
    library, *wheels = compiled(archives, core) if bytecode else archives
    target.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=".pyodide.", dir=target.parent))
    try:
        for name in PINS["files"]:
            if not name.endswith((".whl", ".zip", ".json")):
                cache.link(core / name, new / name)
        cache.link(library, new / LIBRARY)
        for wheel in wheels:
            cache.link(wheel, new / wheel.name)
        lock = json.loads((core / LOCK).read_text("utf-8"))
        lock["packages"] = {entry["name"]: entry for entry in map(entry_of, wheels)}
        known = set(lock["packages"])
        for entry in lock["packages"].values():
            entry["depends"] = sorted(known & set(entry["depends"]))
        (new / LOCK).write_text(json.dumps(lock, sort_keys=True), "utf-8")
        new.chmod(0o755)
        shutil.rmtree(target, ignore_errors=True)
        new.rename(target)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return target


def cached(word: str, make: Callable[[Path], object]) -> Path:
    """A folder of the cache, filled by `make(folder)` unless it is there."""
    return cache.filled(CACHE / word[:16], make)


def official() -> Path:
    """The folder with the files of Pyodide, as it publishes them."""

    def make(folder):
        print("Fetching Pyodide (needed once) ...", flush=True)
        for name, content in fetch(list(PINS["files"])).items():
            (folder / name).write_bytes(content)

    return cached(cache.digest(json.dumps(PINS)), make)


def pure() -> Path:
    """The folder with the wheels of pure Python."""
    options = ["--python-version", "3.14", "--platform", "any", "--abi", "none"]

    def make(folder):
        download(PURE, folder, *options, "--implementation", "py")
        for wheel in folder.iterdir():
            if canonicalize_name(wheel.name.split("-")[0]) in NOT_HERE:
                wheel.unlink()

    return cached(cache.digest(PURE), make)


def own() -> Path:
    """The wheel of this checkout."""
    names = ("pyproject.toml", "README.md", "LICENSE", "lossbook")
    word = cache.digest(*(ROOT / name for name in names))

    def make(folder):
        command = [SCRIPTS / "hatchling", "build", "--target", "wheel"]
        done = run(
            [*command, "--directory", folder],
            cwd=ROOT,
            env=os.environ | {"SOURCE_DATE_EPOCH": "315532800"},
        )
        if done.returncode:
            raise SourceError(f"The wheel of lossbook was not built:\n{done.stdout}")

    return next(cached(word, make).glob("*.whl"))


def compiled(archives: list[Path], core: Path) -> list[Path]:
    """The same archives with bytecode; what was compiled before is not again."""
    # Bytecode fits only the Python that made it, so the key names that one too.
    pins = json.dumps(PINS)
    words = [cache.digest(COMPILE, pins, path)[:16] for path in archives]
    targets = [
        CACHE / "compiled" / word / path.name
        for word, path in zip(words, archives, strict=True)
    ]
    todo = [
        pair for pair in zip(archives, targets, strict=True) if not pair[1].exists()
    ]
    if todo:
        pairs = []
        for source, target in todo:
            target.parent.mkdir(parents=True, exist_ok=True)
            pairs += [source, target.with_suffix(".part")]
        node = SCRIPTS / ("node.exe" if os.name == "nt" else "node")
        done = run([node, COMPILE, f"{core}/", *pairs])
        if done.returncode:
            raise SourceError(f"Pyodide could not compile a wheel:\n{done.stdout}")
        for _, target in todo:
            target.with_suffix(".part").rename(target)
    return targets


def entry_of(wheel: Path) -> dict:
    """What the lock says of a wheel: its file, checksum, imports and what it needs."""
    name, version, _, _ = parse_wheel_filename(wheel.name)
    with zipfile.ZipFile(wheel) as archive:
        files = archive.namelist()
        path = next(file for file in files if file.endswith(".dist-info/METADATA"))
        about = Parser().parsestr(archive.read(path).decode())
    needs = {
        str(canonicalize_name(need.name))
        for need in map(Requirement, about.get_all("Requires-Dist", []))
        if need.marker is None or need.marker.evaluate(BROWSER)
    }
    tops = {
        file.split("/")[0].split(".")[0] for file in files if ".dist-info/" not in file
    }
    return {
        "name": str(name),
        "version": str(version),
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "package_type": "package",
        "imports": sorted(top for top in tops if top.isidentifier()),
        "depends": sorted(ON_DEMAND.get(str(name), needs - NOT_USED)),
        "unvendored_tests": False,
    }
