"""Chromium's headless shell, which draws a picture exactly when it is told to.

Only the shell can: a browser with windows has a clock of its own.  Playwright makes no
pages of this kind, so it is spoken to in the browser's own protocol.
"""

import base64
import contextlib
import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import websocket
from playwright.sync_api import sync_playwright

from tools import browser

# Every step of drawing is done before a picture is taken, in one order.
OPTIONS = [
    "--no-sandbox",  # as Playwright starts it: it sees nothing but the site
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
    "--hide-scrollbars",
    "--enable-begin-frame-control",
    "--run-all-compositor-stages-before-draw",
    "--deterministic-mode",
    "--force-color-profile=srgb",
    "--remote-debugging-port=0",
]
PATIENCE = 30  # seconds, for anything


class ShellError(Exception):
    """There is no headless shell, or it did not do what it was told."""


class Channel:
    """One connection of the protocol: to the shell, or to a page of it."""

    def __init__(self, address: str):
        self._socket = websocket.create_connection(
            address, timeout=PATIENCE, suppress_origin=True
        )
        self._number = 0

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Tell it something; returns its answer."""
        self._number += 1
        told = {"id": self._number, "method": method, "params": parameters}
        self._socket.send(json.dumps(told))
        while (heard := json.loads(self._socket.recv())).get("id") != self._number:
            pass  # an event
        if "error" in heard:
            raise ShellError(f"{method}: {heard['error']['message']}")
        return heard["result"]

    def run(self, script: str) -> Any:
        """The value of an expression in the page."""
        done = self.send("Runtime.evaluate", expression=script, returnByValue=True)
        if "exceptionDetails" in done:
            raise ShellError(json.dumps(done["exceptionDetails"])[:2000])
        return done["result"].get("value")

    def frame(self) -> None:
        """Let the page draw itself once."""
        self.send("HeadlessExperimental.beginFrame")

    def picture(self) -> bytes:
        """What is seen now, as PNG."""
        how = {"format": "png", "optimizeForSpeed": True}
        done = self.send("HeadlessExperimental.beginFrame", screenshot=how)
        return base64.b64decode(done["screenshotData"])

    def wait_for(self, condition: str) -> None:
        """Draw until an expression is true."""
        end = time.monotonic() + PATIENCE
        while not self.run(condition):
            if time.monotonic() > end:
                raise ShellError(f"The page never came so far: {condition}")
            self.frame()
            time.sleep(0.05)

    def close(self) -> None:
        """Say no more."""
        self._socket.close()


def program() -> str:
    """The path of the shell, which is installed if there is none."""
    with sync_playwright() as playwright:
        if not browser.find_shell(playwright):
            with contextlib.suppress(subprocess.CalledProcessError):
                browser.install_shell()
        if path := browser.find_shell(playwright):
            return path
    raise ShellError(
        "Films need Chromium's headless shell. On Debian: apt-get install "
        f"{browser.SHELL}; elsewhere: python -m playwright install --only-shell"
    )


@contextlib.contextmanager
def page(address: str, width: int, height: int) -> Iterator[Channel]:
    """A page of this size in a shell of its own."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [program(), *browser.OPTIONS, *OPTIONS, f"--user-data-dir={profile}"]
        running = subprocess.Popen(
            [*command, "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            port, path = _doors(Path(profile, "DevToolsActivePort"), running)
            host = f"ws://127.0.0.1:{port}"
            shell = Channel(host + path)
            size = {"width": width, "height": height}
            target = shell.send(
                "Target.createTarget",
                url="about:blank",
                enableBeginFrameControl=True,
                **size,
            )
            channel = Channel(f"{host}/devtools/page/{target['targetId']}")
            channel.send(
                "Emulation.setDeviceMetricsOverride",
                deviceScaleFactor=1,
                mobile=False,
                **size,
            )
            channel.send("Page.navigate", url=address)
            yield channel
            channel.close()
            shell.close()
        finally:
            # Debian starts it by a script: to end that alone leaves it running.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGTERM)
            running.wait()


def _doors(written: Path, running: subprocess.Popen) -> list[str]:
    """The port and the path that the shell chose, once it has written them."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and running.poll() is None:
        if written.is_file() and len(lines := written.read_text().split()) == 2:
            return lines
        time.sleep(0.05)
    raise ShellError("The headless shell did not start.")
