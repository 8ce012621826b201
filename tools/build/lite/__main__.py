"""Build JupyterLite: ``python -m tools.build.lite``."""

import sys

from .build import build
from .environment import LiteError

if __name__ == "__main__":
    try:
        folder = build()
    except LiteError as error:
        sys.exit(str(error))
    files = [path for path in folder.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    print(f"{folder}: {len(files)} files, {size / 1e6:.1f} MB")
