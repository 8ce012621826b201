"""Build the folder `lite` of the site from copies of the notebooks."""

import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import nbformat

from tools import cache

from .environment import BIN, LOCK, ROOT, prepare, run

HERE = Path(__file__).parent
BUILD = ROOT / "_build"
FOLDER = BUILD / "lite"
STAMP = BUILD / "lite.sha256"
BOOK = ROOT / "book"
APPS = ["notebooks", "tree", "edit"]
# Files by which developers of JupyterLite build it, and pictures that fonts replace.
LEFT_OUT = ["rspack.config*.js", "package.json", "*.map", "fa-*.svg", "fa-*.eot"]
# Python and widgets compile code as they run, so this is laxer than the book's own
# pages; but nothing is fetched from, or sent to, another host.
POLICY = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'self\'; '
    "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob: data:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self' data: blob:; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'\">"
)
LINKS = '<script type="module" src="../links.js"></script>'
HAND_IN = {
    "name": "lossbook-hand-in",
    "extension": "./extension",
    "load": "static/hand_in_entry.js",
}
KERNEL = {"name": "python", "display_name": "Python (Pyodide)", "language": "python"}


def sources() -> list[Path]:
    """The notebooks of the book; its other pages are read there (links.js)."""
    return sorted(BOOK.glob("*.ipynb"))


def edition(notebook) -> str:
    """One word for what the cells of a notebook say."""
    said = json.dumps([[cell.id, cell.source] for cell in notebook.cells])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def derived(path: Path):
    """A notebook as a learner begins with it: not yet run, for the browser's kernel."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    about = {"edition": edition(notebook)}
    widgets = {"widgets": w} if (w := notebook.metadata.get("widgets")) else {}
    notebook.metadata = {"kernelspec": KERNEL, "lossbook": about, **widgets}
    return notebook


def digest() -> str:
    """One word for everything that JupyterLite is built from."""
    return cache.digest(*sources(), LOCK, HERE)


def build() -> Path:
    """Bring `_build/lite` up to date; returns it."""
    BUILD.mkdir(exist_ok=True)
    cache.renew(FOLDER, STAMP, digest(), replace)
    return FOLDER


def replace() -> None:
    """Build it anew."""
    prepare()
    with tempfile.TemporaryDirectory(prefix=".lite.", dir=BUILD) as work:
        new = make(Path(work))
        shutil.rmtree(FOLDER, ignore_errors=True)
        new.rename(FOLDER)


def make(work: Path) -> Path:
    """Build it in a folder; returns the result, which lies in that folder."""
    contents, out = work / "contents", work / "out"
    contents.mkdir()
    editions = {}
    for path in sources():
        notebook = derived(path)
        editions[path.name] = notebook.metadata["lossbook"]["edition"]
        nbformat.write(notebook, contents / path.name)
    shutil.copy2(HERE / "settings.json", work / "jupyter-lite.json")
    shutil.copy2(HERE / "overrides.json", work)
    apps = [option for app in APPS for option in ("--apps", app)]
    command = [BIN / "jupyter", "lite", "build", "--lite-dir", work, *apps]
    command += ["--contents", contents, "--output-dir", out, "--no-sourcemaps"]
    command += ["--no-unused-shared-packages", "--source-date-epoch", "315532800"]
    run(*command, cwd=work)
    for pattern in LEFT_OUT:
        for path in out.rglob(pattern):
            path.unlink()
    for name in ("open.html", "open.css", "open.js", "links.js"):
        shutil.copy2(HERE / name, out)
    add_hand_in(out)
    for page in sorted(out.glob("*/index.html")):
        text = page.read_text("utf-8").replace("<head>", f"<head>{POLICY}{LINKS}", 1)
        page.write_text(text, "utf-8", newline="\n")
    (out / "editions.json").write_text(json.dumps(editions, indent=1), "utf-8")
    return out


def add_hand_in(out: Path) -> None:
    """Add our extension of JupyterLab, which is written as a bundle would be."""
    folder = out / "extensions" / HAND_IN["name"] / "static"
    folder.mkdir(parents=True)
    for name in ("hand_in_entry.js", "hand_in.js"):
        shutil.copy2(HERE / name, folder)
    settings = json.loads((out / "jupyter-lite.json").read_text("utf-8"))
    settings["jupyter-config-data"]["federated_extensions"].append(HAND_IN)
    text = json.dumps(settings, indent=2, sort_keys=True)
    (out / "jupyter-lite.json").write_text(text, "utf-8", newline="\n")
