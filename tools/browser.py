"""The browser that the tests of the site drive: Chromium, Chrome or Edge.

Where there is Chromium's headless shell, most tests take that: it has no windows, menus
and profiles, but draws the same pages by the same engine, for half the work.

``python -m tools.browser`` finds one, or installs one, and opens it once.
"""

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

from lossbook._browsers import SHELL, installed

# Beyond Playwright's own: needs no graphics card, and causes no traffic of its own.
OPTIONS = ["--disable-gpu", "--disable-quic", "--disable-component-update"]
HELP = """No browser could be opened. The tests of the site need Chromium, Chrome or
Edge: install one, or set LOSSBOOK_BROWSER to the path of one."""


def find(playwright, *, shell=False):
    """The path of a browser, or of the shell if asked for and there; or None.

    Who names one in LOSSBOOK_BROWSER gets that one or none.
    """
    if chosen := os.environ.get("LOSSBOOK_BROWSER"):
        return shutil.which(chosen)
    if shell and (path := find_shell(playwright)):
        return path
    own = playwright.chromium.executable_path
    return next(installed(), own if Path(own).is_file() else None)


def find_shell(playwright):
    """The path of the headless shell: the system's, or Playwright's own; or None."""
    if found := shutil.which(SHELL):
        return found
    own = Path(playwright.chromium.executable_path)
    for folder in own.parents[1:3]:  # where Playwright keeps its browsers
        for path in sorted(folder.glob("chromium_headless_shell-*/*/*headless*shell*")):
            if path.is_file() and path.suffix in {"", ".exe"}:
                return str(path)
    return None


def install():
    """Fetch a browser: Debian's package for root, else Playwright's own."""
    if can_install():
        install_package("chromium")
        with contextlib.suppress(subprocess.CalledProcessError):  # not everywhere
            install_package(SHELL)
    else:
        command = (sys.executable, "-m", "playwright", "install", "chromium")
        subprocess.run(command, check=True)


def install_shell():
    """Fetch the headless shell alone, from the same places."""
    if can_install():
        with contextlib.suppress(subprocess.CalledProcessError):  # not everywhere
            return install_package(SHELL)
    command = ("-m", "playwright", "install", "--only-shell", "chromium")
    subprocess.run((sys.executable, *command), check=True)


def can_install():
    """Whether packages of Debian can be installed here, and by us."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return is_root and shutil.which("apt-get") is not None


def install_package(name):
    """Install a package of Debian."""
    install = ("install", "-qy", "--no-install-recommends", name)
    subprocess.run(("apt-get", "-q", "update"), check=True)
    subprocess.run(("apt-get", *install), check=True)


def launch(playwright, *options, shell=False):
    """A running headless browser, with further options of its command line."""
    if (path := find(playwright, shell=shell)) is None:
        raise FileNotFoundError("There is none.")
    return playwright.chromium.launch(executable_path=path, args=[*OPTIONS, *options])


def main():
    """Make sure that there is a browser that opens, or say what to do."""
    try:
        with sync_playwright() as playwright:
            if find(playwright) is None and "LOSSBOOK_BROWSER" not in os.environ:
                install()
            browser = launch(playwright)
            print(f"Browser: {find(playwright)}, version {browser.version}")
            browser.close()
    except (Error, FileNotFoundError, subprocess.CalledProcessError) as error:
        sys.exit(f"{str(error).splitlines()[0]}\n\n{HELP}")


if __name__ == "__main__":
    main()
