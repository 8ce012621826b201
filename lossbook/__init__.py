"""lossbook: the loss functions of machine learning, exact and tested.

>>> import lossbook
>>> lossbook.mean_squared_error([3.0, 5.0], [4.0, 5.0])
0.5
"""

from .link_functions import (
    log_softmax as log_softmax,
    sigmoid as sigmoid,
    softmax as softmax,
)
from .losses import (
    binary_cross_entropy as binary_cross_entropy,
    binary_cross_entropy_and_grad as binary_cross_entropy_and_grad,
    binary_cross_entropy_from_logits as binary_cross_entropy_from_logits,
    binary_cross_entropy_from_logits_and_grad as binary_cross_entropy_from_logits_and_grad,  # noqa: E501
    binary_cross_entropy_from_logits_grad as binary_cross_entropy_from_logits_grad,
    binary_cross_entropy_grad as binary_cross_entropy_grad,
    brier_score as brier_score,
    brier_score_grad as brier_score_grad,
    contrastive as contrastive,
    contrastive_grad as contrastive_grad,
    cross_entropy as cross_entropy,
    cross_entropy_and_grad as cross_entropy_and_grad,
    cross_entropy_from_logits as cross_entropy_from_logits,
    cross_entropy_from_logits_and_grad as cross_entropy_from_logits_and_grad,
    cross_entropy_from_logits_grad as cross_entropy_from_logits_grad,
    cross_entropy_grad as cross_entropy_grad,
    dice as dice,
    dice_grad as dice_grad,
    entropy as entropy,
    focal as focal,
    focal_grad as focal_grad,
    gaussian_nll as gaussian_nll,
    gaussian_nll_grad as gaussian_nll_grad,
    hinge as hinge,
    hinge_grad as hinge_grad,
    huber as huber,
    huber_grad as huber_grad,
    info_nce as info_nce,
    info_nce_grad as info_nce_grad,
    kl_divergence as kl_divergence,
    log_cosh as log_cosh,
    log_cosh_grad as log_cosh_grad,
    mean_absolute_error as mean_absolute_error,
    mean_absolute_error_grad as mean_absolute_error_grad,
    mean_squared_error as mean_squared_error,
    mean_squared_error_grad as mean_squared_error_grad,
    multiclass_hinge as multiclass_hinge,
    multiclass_hinge_grad as multiclass_hinge_grad,
    poisson as poisson,
    poisson_deviance as poisson_deviance,
    poisson_deviance_grad as poisson_deviance_grad,
    poisson_grad as poisson_grad,
    quantile as quantile,
    quantile_grad as quantile_grad,
    squared_hinge as squared_hinge,
    squared_hinge_grad as squared_hinge_grad,
    triplet as triplet,
    triplet_grad as triplet_grad,
    tversky as tversky,
    tversky_grad as tversky_grad,
)
