"""Showing an outcome where Python itself would not: below a cell, and in a script.

The last expression of a cell is shown by the notebook.  An outcome that stands earlier,
before a semicolon or in a script would be thrown away unseen.
"""

import dis
import sys
from types import FrameType

from .outcome import Outcome


def show_unseen(outcome: Outcome, frame: FrameType) -> None:
    """Show the outcome, if the caller whose frame this is would throw it away."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    then = _next_step(frame)
    hushed = then in SHOWS and shell is not None and shell.displayhook.quiet()
    if then != DROPS and not hushed:
        return
    if shell is None:
        print(outcome)
    else:
        from IPython.display import display

        display(outcome)


DROPS = "POP_TOP"
SHOWS = ("PRINT_EXPR", "CALL_INTRINSIC_1")  # until Python 3.11, and from 3.12 on


def _next_step(frame: FrameType) -> str:
    """What Python does next with the value of the call that runs in `frame`."""
    steps = (s for s in dis.get_instructions(frame.f_code) if s.offset > frame.f_lasti)
    return next((s.opname for s in steps if s.opname != "CACHE"), "")
