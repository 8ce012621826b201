"""Assemble the distribution: ``python -m tools.build.pyodide``."""

import sys

from .assemble import FOLDER, assemble
from .sources import SourceError

if __name__ == "__main__":
    try:
        assemble()
    except SourceError as error:
        sys.exit(str(error))
    size = sum(path.stat().st_size for path in FOLDER.iterdir())
    print(f"{FOLDER}: {size / 1e6:.1f} MB")
