"""Programs that pip cannot install: ``python -m tools.check.programs java``.

Those that are missing are installed, where we may; else it says what to do.
"""

import glob
import os
import shutil
import subprocess
import sys

from tools import browser

# What each is for, and its package of Debian.
PROGRAMS = {
    "java": ("checks the EPUB", "default-jre-headless"),
    "bwrap": ("keeps the code of students apart", "bubblewrap"),
    "postgres": ("holds the grades of large courses", "postgresql"),
}
# Debian keeps the programs of a server of PostgreSQL out of the PATH.
ELSEWHERE = "/usr/lib/postgresql/*/bin"


def find(name: str) -> str | None:
    """The path of a program, or None."""
    folders = [os.environ.get("PATH", ""), *sorted(glob.glob(ELSEWHERE), reverse=True)]
    return shutil.which(name, path=os.pathsep.join(folders))


def main(names: list[str]) -> None:
    """Make sure that the programs are there, or say what to do."""
    for name in names:
        use, package = PROGRAMS[name]
        try:
            if find(name) is None and browser.can_install():
                browser.install_package(package)
        except subprocess.CalledProcessError as error:
            print(error, file=sys.stderr)
        if find(name) is None:
            sys.exit(f"{name} is missing, which {use}: install {package}.")
        print(f"{name}: {find(name)}")


if __name__ == "__main__":
    main(sys.argv[1:])
