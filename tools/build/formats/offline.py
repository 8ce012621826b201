"""The site as a zip, to read without a network."""

from pathlib import Path

from tools.build.formats import archive

FOLDER = "lossbook"
HOW_TO = """{title}

Open index.html: text, figures and recordings work from the disk.

For the rest (figures that move, quizzes that answer, Python in the page) a
browser wants a server. With Python installed, type in this folder:

    python -m http.server

and open http://localhost:8000. Nothing leaves your computer.

{licence}
"""


def make(site: Path, about: dict, path: Path) -> None:
    """Write the zip."""
    files: dict[str, bytes | Path] = {
        f"{FOLDER}/{file.relative_to(site).as_posix()}": file
        for file in site.rglob("*")
        if file.is_file()
    }
    files[f"{FOLDER}/READ ME.txt"] = HOW_TO.format(**about).encode()
    archive.write(path, files, about["epoch"])
