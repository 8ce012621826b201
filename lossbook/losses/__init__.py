"""The losses: what a wrong prediction costs, and which way it should move.

Conventions, the same for every loss:

- Arguments are ``(y_true, prediction)``; the second is named for what goes in:
  ``y_pred`` (a number), ``scores``, ``logits`` or ``probs``.
- ``f`` gives the loss, ``f_grad`` the gradient of exactly what ``f`` returns.
- ``reduction`` is ``"mean"`` (the default everywhere), ``"sum"`` or ``"none"``.
- Nothing broadcasts, nothing is clipped; bad input is a `ValueError` that says
  what to do.  Logarithms are natural.
- float32 in gives a float32 gradient; sums are accumulated in float64.
"""

from .mean_squared_error import (
    mean_squared_error as mean_squared_error,
    mean_squared_error_grad as mean_squared_error_grad,
)
