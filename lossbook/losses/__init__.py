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

from .binary_cross_entropy import (
    binary_cross_entropy as binary_cross_entropy,
    binary_cross_entropy_and_grad as binary_cross_entropy_and_grad,
    binary_cross_entropy_from_logits as binary_cross_entropy_from_logits,
    binary_cross_entropy_from_logits_and_grad as binary_cross_entropy_from_logits_and_grad,  # noqa: E501
    binary_cross_entropy_from_logits_grad as binary_cross_entropy_from_logits_grad,
    binary_cross_entropy_grad as binary_cross_entropy_grad,
)
from .cross_entropy import (
    cross_entropy as cross_entropy,
    cross_entropy_and_grad as cross_entropy_and_grad,
    cross_entropy_from_logits as cross_entropy_from_logits,
    cross_entropy_from_logits_and_grad as cross_entropy_from_logits_and_grad,
    cross_entropy_from_logits_grad as cross_entropy_from_logits_grad,
    cross_entropy_grad as cross_entropy_grad,
)
from .entropy import entropy as entropy
from .hinge import (
    hinge as hinge,
    hinge_grad as hinge_grad,
    squared_hinge as squared_hinge,
    squared_hinge_grad as squared_hinge_grad,
)
from .huber import (
    huber as huber,
    huber_grad as huber_grad,
)
from .kl_divergence import kl_divergence as kl_divergence
from .mean_absolute_error import (
    mean_absolute_error as mean_absolute_error,
    mean_absolute_error_grad as mean_absolute_error_grad,
)
from .mean_squared_error import (
    mean_squared_error as mean_squared_error,
    mean_squared_error_grad as mean_squared_error_grad,
)
from .multiclass_hinge import (
    multiclass_hinge as multiclass_hinge,
    multiclass_hinge_grad as multiclass_hinge_grad,
)
