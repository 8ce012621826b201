"""Judge pages as Lighthouse does, on a phone: ``python -m tools.check.lighthouse``.

Prints the four scores of each chapter, and fails if one is below 95.  The score for
speed depends on how busy this machine is, so a page may try three times; what is
measured is no test, and stands in none.
"""

import argparse
import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tools import browser, cache
from tools.build import book
from tools.serving import Quiet, served

HERE = Path(__file__).parent
LEAST, TRIES = 95, 3
CHAPTERS = [
    "intro",
    "what_is_a_loss",
    "cross_entropy",
    "mean_squared_error",
    "hinge",
    "choosing",
    "going_further",
    "mnemonics",
]
CATEGORIES = ["performance", "accessibility", "best-practices", "seo"]
COMPRESSED = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}


class LikeAHost(Quiet):
    """Serves text compressed, as every host does."""

    def do_GET(self):
        """Answer with the file, compressed if that is worth it."""
        path = Path(self.translate_path(self.path))
        if path.suffix not in COMPRESSED or not path.is_file():
            return super().do_GET()
        content = gzip.compress(path.read_bytes(), 9, mtime=0)
        self.send(content, COMPRESSED[path.suffix], Content_Encoding="gzip")


def install():
    """Install Lighthouse from its lock, unless it is there."""
    command = ["npm", "ci", "--ignore-scripts", "--silent"]
    folder = HERE / "node_modules"
    cache.renew(
        folder,
        folder / "lossbook-setup",
        cache.digest(HERE / "package-lock.json"),
        lambda: subprocess.run(command, cwd=HERE, check=True, env=environment()),
    )


def environment():
    """Our own Node.js first, and the browser of the tests."""
    with sync_playwright() as playwright:
        chromium = browser.find(playwright)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return os.environ | {"PATH": path, "CHROME_PATH": chromium or ""}


def scores(address):
    """The four scores of a page, and what cost it points."""
    command = [
        HERE / "node_modules" / ".bin" / "lighthouse",
        address,
        "--quiet",
        "--output=json",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
        f"--only-categories={','.join(CATEGORIES)}",
    ]
    run = subprocess.run(command, stdout=subprocess.PIPE, check=True, env=environment())
    report = json.loads(run.stdout)
    found = {
        name: round(100 * report["categories"][name]["score"]) for name in CATEGORIES
    }
    audits = report["audits"].values()
    faults = [a["title"] for a in audits if a["score"] is not None and a["score"] < 0.9]
    return found, faults


def main():
    """Measure, print, and tell what falls short."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.check.lighthouse",
        description="Judge pages on a slow phone.",
    )
    parser.add_argument("pages", nargs="*", default=CHAPTERS, help="such as `hinge`")
    pages = parser.parse_args().pages
    install()
    short = []
    print(f"{'':22}{''.join(f'{name:>16}' for name in CATEGORIES)}")
    with served(book.SITE, LikeAHost) as site:
        for page in pages:
            for _ in range(TRIES):
                found, faults = scores(f"{site}book/{page}.html")
                if min(found.values()) >= LEAST:
                    break
            else:
                short.append(f"{page}: {'; '.join(faults)}")
            print(
                f"{page:22}{''.join(f'{found[n]:>16}' for n in CATEGORIES)}", flush=True
            )
    if short:
        sys.exit(f"\nBelow {LEAST}:\n" + "\n".join(short))


if __name__ == "__main__":
    main()
