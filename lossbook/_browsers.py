"""Where a browser is that prints pages and draws them: Chromium, Chrome or Edge."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

SHELL = "chromium-headless-shell"  # Chromium without windows
COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    *(
        f"{os.environ.get(folder, '')}/{program}"
        for folder in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        for program in (
            "Google/Chrome/Application/chrome.exe",
            "Microsoft/Edge/Application/msedge.exe",
        )
    ),
)


def installed() -> Iterator[str]:
    """The paths of the browsers of this machine."""
    yield from filter(None, map(shutil.which, COMMANDS))
    yield from (place for place in PLACES if Path(place).is_file())
