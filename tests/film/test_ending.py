"""Who stops the filming stops the browser that it started, however he does it."""

import signal
import subprocess
import sys
import time

import psutil
import pytest

from tools.build.film import shell

pytestmark = pytest.mark.release
# As `make film` does it, and the films that are there stay as they are.
FILM = """
import sys
from pathlib import Path
from tools.build.film import __main__ as film
film.FILMS = Path(sys.argv[1])
film.main(["hinge"])
"""


@pytest.fixture
def filming(tmp_path):
    """A process that films, and whose shell runs."""
    command = [sys.executable, "-c", FILM, str(tmp_path)]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    yield running
    running.kill()
    running.wait()


def shells(running):
    """The processes of the shell that it has started."""
    children = psutil.Process(running.pid).children(recursive=True)
    return [each for each in children if "--enable-begin-frame-control" in line(each)]


def line(process):
    try:
        return process.cmdline()
    except psutil.Error:  # it has ended meanwhile
        return []


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_no_shell_outlives_the_filming(filming, name):
    while not (started := shells(filming)):
        assert filming.poll() is None, filming.stderr.read()
        time.sleep(0.1)

    filming.send_signal(signal.Signals[name])

    _, said = filming.communicate()
    _, alive = psutil.wait_procs(started, timeout=shell.PATIENCE)
    for each in alive:  # or the test itself would leave them behind
        each.kill()
    assert alive == []
    assert filming.returncode == 1
    assert "Interrupted." in said
