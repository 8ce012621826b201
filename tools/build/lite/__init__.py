"""JupyterLite: every notebook of the book, to run and change in the browser.

``python -m tools.build.lite`` builds it in `_build/lite`, in an environment of its own.
"""

from .build import build
from .environment import LiteError

__all__ = ["LiteError", "build"]
