"""The one distribution of Pyodide, Python in a browser, that all pages of the site use.

``python -m tools.build.pyodide`` assembles it in `_build/pyodide`: the core, NumPy,
matplotlib and what they need as Pyodide compiles them, pure Python from the package
index, and the wheel of this checkout, all as bytecode, which starts twice as fast.
"""

from .assemble import assemble
from .sources import SourceError

__all__ = ["SourceError", "assemble"]
