"""Judge pages as Lighthouse does, on a phone: ``python -m tools.check.lighthouse``.

Prints the four scores of each page and how far its parts jump, the median of five runs
each: what is measured depends on how busy this machine is.  Fails if speed is below 95,
another score below 100, or the layout shifts by more than 0.02.  It stands in no test.

A phone is a slowed processor: Lighthouse's 4 is for a machine with a benchmark index of
1500 to 2000, which is printed too; for 1000 to 1500 its documentation suggests 2.
"""

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tools import browser, cache
from tools.build import book

HERE = Path(__file__).parent
RUNS = 5
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
SHIFT, MOST = "layout shift", 0.02
INDEX = "benchmark index"
CHAPTERS = [
    "intro",
    "what_is_a_loss",
    "cross_entropy",
    "mean_squared_error",
    "hinge",
    "choosing",
    "going_further",
    "mnemonics",
    "glossary",
]


@contextlib.contextmanager
def served(folder):
    """The address of a folder that is served as hosts do (host.mjs)."""
    command = ["node", HERE / "host.mjs", folder]
    pipe = subprocess.PIPE
    host: Any  # its pipes are there
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, text=True, env=environment()
    ) as host:
        try:
            yield host.stdout.readline().strip()
        finally:
            host.stdin.close()  # which ends it


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


def scores(address, slowdown):
    """The four scores of a page in one run with its shift, and what cost it points."""
    command = [
        HERE / "node_modules" / ".bin" / "lighthouse",
        address,
        "--quiet",
        "--output=json",
        f"--throttling.cpuSlowdownMultiplier={slowdown}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu"
        " --ignore-certificate-errors",
        f"--only-categories={','.join(LEAST)}",
    ]
    run = subprocess.run(command, stdout=subprocess.PIPE, check=True, env=environment())
    report = json.loads(run.stdout)
    found = {name: round(100 * report["categories"][name]["score"]) for name in LEAST}
    found[SHIFT] = report["audits"]["cumulative-layout-shift"]["numericValue"]
    found[INDEX] = report["environment"]["benchmarkIndex"]
    audits = report["audits"].values()
    faults = [a["title"] for a in audits if a["score"] is not None and a["score"] < 0.9]
    return found, faults


def median(runs):
    """Of each number the median of all runs."""
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def below(found):
    """What of these numbers is not good enough."""
    short = [name for name, least in LEAST.items() if found[name] < least]
    return short + [SHIFT] * (found[SHIFT] > MOST)


def main():
    """Measure, print, and tell what falls short."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.check.lighthouse",
        description="Judge pages on a slow phone.",
    )
    parser.add_argument("pages", nargs="*", default=CHAPTERS, help="such as `hinge`")
    parser.add_argument("--slowdown", type=float, default=4, help="of the processor")
    said = parser.parse_args()
    install()
    failed = []
    print(f"{'':22}{''.join(f'{name:>16}' for name in [*LEAST, SHIFT, INDEX])}")
    with served(book.SITE) as site:
        for page in said.pages:
            runs = [
                scores(f"{site}book/{page}.html", said.slowdown) for _ in range(RUNS)
            ]
            found = median([numbers for numbers, _ in runs])
            if short := below(found):
                faults = dict.fromkeys(fault for _, each in runs for fault in each)
                failed.append(f"{page}: {', '.join(short)}: {'; '.join(faults)}")
            row = "".join(f"{round(number, 3):>16}" for number in found.values())
            print(f"{page:22}{row}", flush=True)
    if failed:
        sys.exit("\nNot good enough:\n" + "\n".join(failed))


if __name__ == "__main__":
    main()
