"""The losses: what a wrong prediction costs, and which way it should move.

Conventions, the same for every loss:

- Arguments are ``(y_true, prediction)``; the second is named for what goes in:
  ``y_pred`` (a number), ``mean_and_log_variance`` (two numbers, in two columns),
  ``log_rates``, ``rates``, ``scores``, ``logits`` or ``probs``.  The losses of regions
  take a picture for an example, both arguments of shape (n, pixels).  Where another
  model says what is right, its output comes first: ``(teacher_logits, logits)``; and of
  two rewards the better one: ``(chosen, rejected)``.  The losses that compare
  embeddings take two or three arrays of shape (n, d), row against row, after the labels
  if there are any; their gradients are a tuple, an array for each.
- ``f`` gives the loss, ``f_grad`` the gradient of exactly what ``f`` returns.
- ``reduction`` is ``"mean"`` (the default everywhere), ``"sum"`` or ``"none"``.
- ``sample_weight`` says what each example counts: its loss is multiplied by it, and
  the mean divides by the sum of the weights.  Class weights multiply these.  A weight
  of 0 leaves an example out, even where its loss is infinite; its label and its
  prediction are still checked.
- Nothing broadcasts, nothing is clipped; bad input is a `ValueError` that says
  what to do.  Logarithms are natural.

What goes in are real numbers, in anything that NumPy makes an array of:

- Booleans, integers and floating-point numbers of any length are read; as a label, a
  truth value is 0 or 1 (a number, or the number of a class).
- Text, dates, complex numbers and objects are refused, and so are masked arrays that
  mask an entry, class numbers that are not integers, truth values where a label
  should be -1 or +1, and integers that double precision cannot hold.
- The computation is in single precision where the prediction is float32 and the label
  has no digits that float32 would lose: class numbers, 0/1 and -1/+1 have none, nor
  have booleans, float16, float32 and integers of 8 or 16 bits.  All else, float16 and
  long doubles too, is computed in double precision; so a gradient is float32 or
  float64.  Weights are double.
- A float is exact to 1e-15 of itself, in single precision to 5e-7; where terms of
  both signs meet, in a likelihood of numbers, under soft labels or in a comparison of
  distances or similarities, to that of the largest term.  Sums are accumulated in
  double precision, and in single precision over 512 losses at most.
- Probabilities must sum to 1 within 1e-6; float32 within 1e-4, float16 within 1e-2.
"""

from .binary_cross_entropy import (
    binary_cross_entropy as binary_cross_entropy,
    binary_cross_entropy_and_grad as binary_cross_entropy_and_grad,
    binary_cross_entropy_from_logits as binary_cross_entropy_from_logits,
    binary_cross_entropy_from_logits_and_grad as binary_cross_entropy_from_logits_and_grad,  # noqa: E501
    binary_cross_entropy_from_logits_grad as binary_cross_entropy_from_logits_grad,
    binary_cross_entropy_grad as binary_cross_entropy_grad,
)
from .brier_score import (
    brier_score as brier_score,
    brier_score_grad as brier_score_grad,
)
from .contrastive import (
    contrastive as contrastive,
    contrastive_grad as contrastive_grad,
)
from .cross_entropy import (
    cross_entropy as cross_entropy,
    cross_entropy_and_grad as cross_entropy_and_grad,
    cross_entropy_from_logits as cross_entropy_from_logits,
    cross_entropy_from_logits_and_grad as cross_entropy_from_logits_and_grad,
    cross_entropy_from_logits_grad as cross_entropy_from_logits_grad,
    cross_entropy_grad as cross_entropy_grad,
)
from .dice import (
    dice as dice,
    dice_grad as dice_grad,
    tversky as tversky,
    tversky_grad as tversky_grad,
)
from .distillation import (
    distillation as distillation,
    distillation_grad as distillation_grad,
)
from .entropy import entropy as entropy
from .focal import (
    focal as focal,
    focal_grad as focal_grad,
)
from .gaussian_nll import (
    gaussian_nll as gaussian_nll,
    gaussian_nll_grad as gaussian_nll_grad,
)
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
from .info_nce import (
    info_nce as info_nce,
    info_nce_grad as info_nce_grad,
)
from .kl_divergence import kl_divergence as kl_divergence
from .log_cosh import (
    log_cosh as log_cosh,
    log_cosh_grad as log_cosh_grad,
)
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
from .poisson import (
    poisson as poisson,
    poisson_deviance as poisson_deviance,
    poisson_deviance_grad as poisson_deviance_grad,
    poisson_grad as poisson_grad,
)
from .preference import (
    preference as preference,
    preference_grad as preference_grad,
)
from .quantile import (
    quantile as quantile,
    quantile_grad as quantile_grad,
)
from .triplet import (
    triplet as triplet,
    triplet_grad as triplet_grad,
)
