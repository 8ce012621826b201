"""How long Python in the browser takes to its first output and its first figure.

Side by side, in one run and from the same static host: JupyterLite as it comes, ours,
and a cell of a page.  In seconds from the moment at which a reader asks, at the first
visit and at a second one, when the browser has the files: JupyterLite is asked by
opening it, a cell by "Run" on a page that is being read.  Then what a learner does at a
first visit: run the descent of a chapter, change its learning rate, see the new curve.
Needs a browser, and the site: `make book`.
"""

import argparse
import functools
import json
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
from playwright.sync_api import Page, sync_playwright

from tools import ROOT, browser as chromium, cache
from tools.build import book, pyodide
from tools.build.lite.build import KERNEL
from tools.build.lite.environment import BIN, prepare, run
from tools.serving import Quiet, served

from . import machine

NUMBERS = "import numpy as np\nprint('sum', np.arange(4).sum())"
FIGURE = "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2])\nplt.show()"
CHAPTER = "mean_squared_error"  # whose page is used
PATIENCE = 300_000  # ms
LITE_SAYS = ".jp-OutputArea-output:has-text('sum 6')"
LITE_DRAWS = ".jp-OutputArea-output :is(img, svg)"


class Cached(Quiet):
    """Serves files as static hosts do: a browser may keep them for ten minutes."""

    def end_headers(self) -> None:
        """Say how long a file may be kept."""
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()


def main() -> None:
    """Measure the three ways in turn, and print them side by side."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.live", description=__doc__
    )
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    print(f"load {machine.load()}")
    with tempfile.TemporaryDirectory(dir=book.BUILD) as folder:
        root = Path(folder)
        cache.copy(book.SITE, root / "site")
        untuned(root / "untuned")
        add_notebook(root / "site" / "lite")
        with served(root, Cached) as address:
            ways = {
                "JupyterLite as it comes": functools.partial(
                    in_lite, address + "untuned/lite/"
                ),
                "our JupyterLite": functools.partial(in_lite, address + "site/lite/"),
                "a cell on a page": functools.partial(on_page, address + "site/"),
            }
            report(
                {
                    name: [measured(way) for _ in range(rounds)]
                    for name, way in ways.items()
                }
            )
            changed = functools.partial(change_learning_rate, address + "site/")
            curves = [measured(changed, visits=1) for _ in range(rounds)]
            first, other = map(statistics.median, zip(*curves, strict=True))
            print(f"learning rate: curve {first:.1f}, changed {other:.1f}")
    print(f"load {machine.load()}")


def untuned(folder: Path) -> None:
    """JupyterLite over the same packages, as Pyodide gives them, and no setting."""
    pyodide.assemble(folder / "pyodide", bytecode=False)
    prepare()
    with tempfile.TemporaryDirectory() as work:
        kernel = "@jupyterlite/pyodide-kernel-extension:kernel"
        settings = {
            "litePluginSettings": {kernel: {"pyodideUrl": "./../pyodide/pyodide.mjs"}}
        }
        config = {"jupyter-lite-schema-version": 0, "jupyter-config-data": settings}
        Path(work, "jupyter-lite.json").write_text(json.dumps(config))
        Path(work, "files").mkdir()
        write_notebook(Path(work, "files"))
        command = [BIN / "jupyter", "lite", "build", "--lite-dir", work]
        run(*command, "--output-dir", folder / "lite", cwd=work)


def write_notebook(folder: Path) -> None:
    """Write the notebook that is timed."""
    cells = [nbformat.v4.new_code_cell(code) for code in (NUMBERS, FIGURE)]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
    nbformat.write(notebook, folder / "timed.ipynb")


def add_notebook(lite: Path) -> None:
    """Give our JupyterLite, which is built already, that notebook too."""
    write_notebook(lite / "files")
    index = lite / "api" / "contents" / "all.json"
    listed = json.loads(index.read_text("utf-8"))
    entry = next(one for one in listed["content"] if one["name"] == "intro.ipynb")
    listed["content"].append(entry | {"name": "timed.ipynb", "path": "timed.ipynb"})
    index.unlink()  # it is the site's own file, by another name
    index.write_text(json.dumps(listed), "utf-8")


def measured(way: Callable, visits: int = 2) -> list[float]:
    """What `way` measures, in a new browser profile and again in the same."""
    profile = tempfile.mkdtemp()
    try:
        seconds = []
        for _ in range(visits):
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch_persistent_context(
                    profile,
                    executable_path=chromium.find(playwright),
                    args=chromium.OPTIONS,
                )
                seconds += way(browser.new_page())
                browser.close()
        return seconds
    finally:
        shutil.rmtree(profile, ignore_errors=True)


def in_lite(address: str, page: Page) -> tuple[float, float]:
    """Open the notebook in JupyterLite and run it."""
    start = time.monotonic()
    page.goto(f"{address}notebooks/index.html?path=timed.ipynb")
    page.locator(".jp-CodeCell").first.wait_for(timeout=PATIENCE)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    return waited(page, LITE_SAYS, LITE_DRAWS, start)


def on_page(address: str, page: Page) -> tuple[float, float]:
    """Put the same code into two cells of a page, as if a reader had changed them."""
    page.goto(address + "search.html")
    pairs = zip(shown_cells(), (NUMBERS, FIGURE), strict=False)
    kept = json.dumps({name: {"original": "", "text": code} for name, code in pairs})
    page.evaluate(f"(kept) => localStorage.setItem('cells:{CHAPTER}', kept)", kept)
    page.goto(f"{address}book/{CHAPTER}.html")
    second = page.locator(".cell:has(> .cell_input)").nth(1)
    run_it = second.locator(".live-bar button").first
    run_it.wait_for(timeout=PATIENCE)
    start = time.monotonic()
    run_it.click()
    return waited(page, ".live-output pre:has-text('sum 6')", ".live-output img", start)


def change_learning_rate(address: str, page: Page) -> tuple[float, float]:
    """Seconds from the first "Run" to the curve, and to that of another rate."""
    codes = shown_cells()
    page.goto(f"{address}book/{CHAPTER}.html")
    boxes = page.locator(".cell:has(> .cell_input)")
    descent, figure = (
        boxes.nth(list(codes).index(name)) for name in ("descent", "fit-figure")
    )
    figure.locator(".run-code").wait_for(timeout=PATIENCE)
    start = time.monotonic()
    figure.locator(".run-code").click()
    curve = figure.locator(".live-output img")
    curve.wait_for(timeout=PATIENCE)
    first, drawn = time.monotonic() - start, curve.get_attribute("src")
    descent.locator(".run-code").click()
    code = descent.locator(".cm-content")
    code.click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(codes["descent"].replace("rate = 0.1", "rate = 0.01"))
    figure.locator(".live-bar button").first.click()
    page.wait_for_function(
        "([image, drawn]) => image.isConnected ? image.src !== drawn : true",
        arg=[curve.element_handle(), drawn],
        timeout=PATIENCE,
    )
    curve.wait_for(timeout=PATIENCE)
    return first, time.monotonic() - start


def shown_cells() -> dict[str, str]:
    """The code of the cells that the page of the chapter shows, by their ids."""
    path = ROOT / "book" / f"{CHAPTER}.ipynb"
    return {
        cell.id: cell.source
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "code"
        and "remove-input" not in cell.metadata.get("tags", [])
    }


def waited(page: Page, says: str, draws: str, start: float) -> tuple[float, float]:
    """Seconds from `start` until the number and the figure are there."""
    page.locator(says).first.wait_for(timeout=PATIENCE)
    said = time.monotonic() - start
    page.locator(draws).first.wait_for(timeout=PATIENCE)
    return said, time.monotonic() - start


def report(results: dict[str, list[list[float]]]) -> None:
    """Print the medians, and each as a part of the first."""
    heads = ["output", "figure", "output again", "figure again"]
    print(f"{'seconds, median':26}" + "".join(f"{head:>22}" for head in heads))
    base = None
    for name, runs in results.items():
        medians = [statistics.median(column) for column in zip(*runs, strict=True)]
        base = base or medians
        parts = [f"{m:.1f} ({m / b:.2f})" for m, b in zip(medians, base, strict=True)]
        print(f"{name:26}" + "".join(f"{part:>22}" for part in parts))


if __name__ == "__main__":
    main()
