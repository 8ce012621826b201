"""Scripts and style sheets of the decks, made small by the program of the site."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tools import ROOT

MINIFY = ROOT / "book" / "_ext" / "site" / "minify.mjs"
NODE = Path(sys.executable).parent / ("node.exe" if os.name == "nt" else "node")


def bundled(entries: list[Path], folder: Path, **constants: str) -> dict[str, str]:
    """Write files of one kind with what they import; returns their new names."""
    define = {name: json.dumps(value) for name, value in constants.items()}
    found = _run(entries=list(map(str, entries)), outdir=str(folder), define=define)
    return {name: about["name"] for name, about in found.items()}


def kept(path: Path, folder: Path) -> str:
    """Write a script that imports nothing, and runs before the page is drawn."""
    text = _run(text=path.read_text("utf-8"), loader="js", define={}, shake=False)
    word = hashlib.sha256(text.encode()).hexdigest()[:10]
    name = f"{path.stem}.{word}{path.suffix}"
    (folder / name).write_text(text, "utf-8", newline="\n")
    return name


def _run(**task: object) -> Any:
    done = subprocess.run(
        [NODE, MINIFY],
        input=json.dumps(task),
        stdout=subprocess.PIPE,
        check=True,
        encoding="utf-8",
    )
    return json.loads(done.stdout)
