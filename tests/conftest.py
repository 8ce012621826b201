"""What every test may ask for, and which cases run where time is short."""

import hashlib
import itertools
import os
import subprocess
import tempfile
from collections import defaultdict
from pathlib import Path

# On a busy machine the threads of a matrix product wait for each other: a chapter
# takes twenty times as long. Set before NumPy is loaded, here and in the kernels.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import matplotlib as mpl
import matplotlib.pyplot as plt
import nbval.kernel
import numpy as np
import pytest
from jupyter_client.manager import KernelManager

# A page that needs another host fails here, as it would without a connection.
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"

mpl.use("agg")  # draw, and open no window

SOCKETS = tempfile.TemporaryDirectory(prefix="lossbook-kernels-")
NUMBERS = itertools.count()


def manager(**options):
    """What starts the kernel of a notebook and talks to it through files.

    By default a kernel is told which ports are free, and a browser may take one first.
    """
    return KernelManager(
        transport="ipc", ip=f"{SOCKETS.name}/{next(NUMBERS)}", **options
    )


if os.name == "posix":
    nbval.kernel.KernelManager = manager


def pytest_addoption(parser):
    """Add `--one-in`, for the targets of the Makefile that run a sample."""
    parser.addoption(
        "--one-in",
        type=int,
        default=1,
        metavar="N",
        help="of the cases in each file run one in N, drawn anew for each commit",
    )
    parser.addoption(
        "--whole-browser",
        action="store_true",
        help="drive a browser as readers have it, not the shell that draws its pages",
    )


@pytest.hookimpl(trylast=True)  # after those that another option leaves out
def pytest_collection_modifyitems(config, items):
    """Put long files first, and leave out what is not drawn.

    Of each file at least one case stays.
    """
    items.sort(key=lambda item: not is_long(item.path))
    if (one_in := config.getoption("one_in")) > 1:
        kept = drawn([item.nodeid for item in items], one_in, commit())
        left_out = [item for item in items if item.nodeid not in kept]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item.nodeid in kept]


def is_long(path):
    """Whether a file takes long: one that comes last keeps a single core busy."""
    return path.suffix == ".ipynb" or path.parent.name in ("site", "classroom")


def drawn(names, one_in, seed):
    """Of the cases in each file one in so many: for one seed always the same."""
    cases = defaultdict(list)
    for name in names:
        cases[name.partition("::")[0]].append(name)

    def place(name):
        return hashlib.sha256(f"{seed} {name}".encode()).digest()

    return {
        name
        for each in cases.values()
        for name in sorted(each, key=place)[: -(-len(each) // one_in)]
    }


def commit():
    """The commit that is checked out, or nothing where there is no git."""
    command = ["git", "-C", Path(__file__).parent, "rev-parse", "HEAD"]
    return subprocess.run(command, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def rng():
    """Random numbers that are the same in every run."""
    return np.random.default_rng(20)


# For one module only: as long as Playwright runs, nothing else in this process may use
# asyncio, and which module comes next in it differs where tests run side by side.
@pytest.fixture(scope="module")
def launch(request):
    """Launch a browser, with options, for which no other host has an address."""
    from playwright.sync_api import sync_playwright

    from tools import browser as chromium

    shell, running = not request.config.getoption("whole_browser"), []
    with sync_playwright() as playwright:

        def launched(*options):
            running.append(chromium.launch(playwright, ALONE, *options, shell=shell))
            return running[-1]

        yield launched
        for each in running:
            each.close()


@pytest.fixture(scope="module")
def browser(launch):
    """A browser as most readers have it."""
    return launch()


@pytest.fixture(autouse=True)
def no_figure_stays_open():
    """Close what a test has drawn: beyond 20 open figures matplotlib complains."""
    yield
    plt.close("all")
