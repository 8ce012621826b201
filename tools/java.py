"""Java, which the checker of EPUB files needs: ``python -m tools.java``."""

import shutil
import subprocess
import sys

from tools import browser

HELP = "Java is missing, and the check of the EPUB needs it: install a Java runtime."


def main():
    """Make sure that there is a Java, or say what to do."""
    try:
        if shutil.which("java") is None and browser.can_install():
            browser.install_package("default-jre-headless")
    except subprocess.CalledProcessError as error:
        sys.exit(f"{error}\n\n{HELP}")
    if shutil.which("java") is None:
        sys.exit(HELP)
    print(f"Java: {shutil.which('java')}")


if __name__ == "__main__":
    main()
