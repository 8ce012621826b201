"""The catalogue: one record for each loss, for all that treats them alike.

In a notebook a record shows itself, as `showing.markdown` has it: ``by_key("hinge")``.

Plots, explorers, training and the contract tests go through this list, so a
loss that is added here is drawn, trained with and tested everywhere.  Those that
compare embeddings say so; what takes one prediction leaves them out by that.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from . import losses, showing
from ._names import unknown


@dataclass(frozen=True)
class Loss:
    """What one needs to know to use a loss without reading its code.

    Attributes
    ----------
    key : str
        Its name in the package, such as "mean_squared_error".
    title : str
        Its name in running text, such as "mean squared error".
    formula : str
        The loss of one example, in LaTeX.
    reads : str
        What the second argument is: "y_pred", "mean_and_log_variance", "log_rates",
        "rates", "probs", "logits", "scores" or "rejected", a reward; or "embeddings",
        of which it takes several arrays, those in `inputs`.
    labels : str or None
        What the first argument is: "numbers", "counts", "0/1", "-1/+1", "classes",
        "regions", of which each example is a row of pixels that are 0 or 1, "pairs",
        1 for those of the same kind and 0 for others, "logits" of another model, or
        "rewards" of the better one of two; None where there are no labels, as the
        places of the embeddings say what belongs together.
    link : str or None
        What makes probabilities ("sigmoid", "softmax") or rates ("exp") of a
        model's output before this loss reads them, or None where it reads the
        output itself.
    unit : str
        The unit of the loss.
    is_smooth : bool
        Whether the slope exists everywhere; False where the loss has a kink.
    value, grad : callable
        The loss and its gradient, ``f(y_true, prediction, *, sample_weight,
        reduction)``; of embeddings, ``f(y_true, *arrays, ...)`` or ``f(*arrays, ...)``,
        where the gradient is a tuple, one for each array.
    outputs : int
        How many numbers a model says for one example, if they are not one for each
        class or pixel: 1, shape (n,), or more, shape (n, outputs).
    least : float
        The least that one example can cost: 0, or minus infinity for a likelihood
        of numbers, as a density can be above 1, or of which a part is left out.
    inputs : tuple of str
        The names of the arrays of embeddings, each of shape (n, d); none for a loss
        of one prediction.
    is_joint : bool
        Whether the examples of a batch are compared with each other, so that a loss
        is one of the whole batch, and an example alone has none.
    """

    key: str
    title: str
    formula: str
    reads: str
    labels: str | None
    link: str | None
    unit: str
    is_smooth: bool
    value: Callable
    grad: Callable
    outputs: int = 1
    least: float = 0.0
    inputs: tuple[str, ...] = ()
    is_joint: bool = False

    def __str__(self) -> str:
        """The key, so that a test or a legend names the loss."""
        return self.key

    def _repr_markdown_(self) -> str:
        """Its card, which a notebook shows."""
        return showing.markdown(self)


LOSSES = (
    Loss(
        key="mean_squared_error",
        title="mean squared error",
        formula=r"(\hat y - y)^2",
        reads="y_pred",
        labels="numbers",
        link=None,
        unit="squared unit of the target",
        is_smooth=True,
        value=losses.mean_squared_error,
        grad=losses.mean_squared_error_grad,
    ),
    Loss(
        key="mean_absolute_error",
        title="mean absolute error",
        formula=r"|\hat y - y|",
        reads="y_pred",
        labels="numbers",
        link=None,
        unit="unit of the target",
        is_smooth=False,
        value=losses.mean_absolute_error,
        grad=losses.mean_absolute_error_grad,
    ),
    Loss(
        key="huber",
        title="Huber loss",
        formula=r"a \, (|\hat y - y| - a/2), \; a = \min(|\hat y - y|, \delta)",
        reads="y_pred",
        labels="numbers",
        link=None,
        unit="squared unit of the target",
        is_smooth=True,
        value=losses.huber,
        grad=losses.huber_grad,
    ),
    Loss(
        key="quantile",
        title="quantile loss",
        formula=r"\max(\tau (y - \hat y), (1 - \tau) (\hat y - y))",
        reads="y_pred",
        labels="numbers",
        link=None,
        unit="unit of the target",
        is_smooth=False,
        value=losses.quantile,
        grad=losses.quantile_grad,
    ),
    Loss(
        key="log_cosh",
        title="log-cosh loss",
        formula=r"\log \cosh(\hat y - y)",
        reads="y_pred",
        labels="numbers",
        link=None,
        unit="no unit",
        is_smooth=True,
        value=losses.log_cosh,
        grad=losses.log_cosh_grad,
    ),
    Loss(
        key="gaussian_nll",
        title="Gaussian likelihood",
        formula=r"\frac12 \left( \log (2 \pi) + s + (y - m)^2 e^{-s} \right)",
        reads="mean_and_log_variance",
        labels="numbers",
        link=None,
        unit="nats",
        is_smooth=True,
        value=losses.gaussian_nll,
        grad=losses.gaussian_nll_grad,
        outputs=2,
        least=-math.inf,
    ),
    Loss(
        key="poisson",
        title="Poisson loss",
        formula=r"e^z - y z",
        reads="log_rates",
        labels="counts",
        link=None,
        unit="nats",
        is_smooth=True,
        value=losses.poisson,
        grad=losses.poisson_grad,
        least=-math.inf,
    ),
    Loss(
        key="poisson_deviance",
        title="Poisson deviance",
        formula=r"2 \left( y \log(y / \mu) - y + \mu \right)",
        reads="rates",
        labels="counts",
        link="exp",
        unit="twice a nat",
        is_smooth=True,
        value=losses.poisson_deviance,
        grad=losses.poisson_deviance_grad,
    ),
    Loss(
        key="binary_cross_entropy",
        title="binary cross-entropy",
        formula=r"-y \log p - (1 - y) \log(1 - p)",
        reads="probs",
        labels="0/1",
        link="sigmoid",
        unit="nats",
        is_smooth=True,
        value=losses.binary_cross_entropy,
        grad=losses.binary_cross_entropy_grad,
    ),
    Loss(
        key="binary_cross_entropy_from_logits",
        title="binary cross-entropy from logits",
        formula=r"y \log(1 + e^{-z}) + (1 - y) \log(1 + e^{z})",
        reads="logits",
        labels="0/1",
        link=None,
        unit="nats",
        is_smooth=True,
        value=losses.binary_cross_entropy_from_logits,
        grad=losses.binary_cross_entropy_from_logits_grad,
    ),
    Loss(
        key="cross_entropy",
        title="cross-entropy",
        formula=r"-\log p_y",
        reads="probs",
        labels="classes",
        link="softmax",
        unit="nats",
        is_smooth=True,
        value=losses.cross_entropy,
        grad=losses.cross_entropy_grad,
    ),
    Loss(
        key="cross_entropy_from_logits",
        title="cross-entropy from logits",
        formula=r"\log \sum_j e^{z_j} - z_y",
        reads="logits",
        labels="classes",
        link=None,
        unit="nats",
        is_smooth=True,
        value=losses.cross_entropy_from_logits,
        grad=losses.cross_entropy_from_logits_grad,
    ),
    Loss(
        key="brier_score",
        title="Brier score",
        formula=r"(p - y)^2",
        reads="probs",
        labels="0/1",
        link="sigmoid",
        unit="no unit",
        is_smooth=True,
        value=losses.brier_score,
        grad=losses.brier_score_grad,
    ),
    Loss(
        key="focal",
        title="focal loss",
        formula=r"-(1 - p)^\gamma \log p",
        reads="logits",
        labels="0/1",
        link=None,
        unit="nats",
        is_smooth=True,
        value=losses.focal,
        grad=losses.focal_grad,
    ),
    Loss(
        key="distillation",
        title="distillation loss",
        formula=r"T^2 \sum_j y_j \log \frac{y_j}{p_j}",
        reads="logits",
        labels="logits",
        link=None,
        unit="nats",
        is_smooth=True,
        value=losses.distillation,
        grad=losses.distillation_grad,
    ),
    Loss(
        key="preference",
        title="preference loss",
        formula=r"-\log \sigma(r^+ - r^- - m)",
        reads="rejected",
        labels="rewards",
        link=None,
        unit="nats",
        is_smooth=True,
        value=losses.preference,
        grad=losses.preference_grad,
    ),
    Loss(
        key="dice",
        title="Dice loss",
        formula=r"1 - \frac{2 \sum_j p_j y_j}{\sum_j p_j + \sum_j y_j}",
        reads="probs",
        labels="regions",
        link="sigmoid",
        unit="no unit",
        is_smooth=True,
        value=losses.dice,
        grad=losses.dice_grad,
    ),
    Loss(
        key="tversky",
        title="Tversky loss",
        formula=r"1 - \frac{TP}{TP + \alpha FP + \beta FN}",
        reads="probs",
        labels="regions",
        link="sigmoid",
        unit="no unit",
        is_smooth=True,
        value=losses.tversky,
        grad=losses.tversky_grad,
    ),
    Loss(
        key="hinge",
        title="hinge loss",
        formula=r"\max(0, 1 - y s)",
        reads="scores",
        labels="-1/+1",
        link=None,
        unit="units of the margin",
        is_smooth=False,
        value=losses.hinge,
        grad=losses.hinge_grad,
    ),
    Loss(
        key="squared_hinge",
        title="squared hinge loss",
        formula=r"\max(0, 1 - y s)^2",
        reads="scores",
        labels="-1/+1",
        link=None,
        unit="squared units of the margin",
        is_smooth=True,
        value=losses.squared_hinge,
        grad=losses.squared_hinge_grad,
    ),
    Loss(
        key="multiclass_hinge",
        title="multi-class hinge loss",
        formula=r"\max(0, 1 + \max_{j \ne y} s_j - s_y)",
        reads="scores",
        labels="classes",
        link=None,
        unit="units of the margin",
        is_smooth=False,
        value=losses.multiclass_hinge,
        grad=losses.multiclass_hinge_grad,
    ),
    Loss(
        key="contrastive",
        title="contrastive loss",
        formula=r"\frac12 y d^2 + \frac12 (1 - y) \max(0, m - d)^2",
        reads="embeddings",
        labels="pairs",
        link=None,
        unit="squared unit of the distance",
        is_smooth=False,
        value=losses.contrastive,
        grad=losses.contrastive_grad,
        inputs=("first", "second"),
    ),
    Loss(
        key="triplet",
        title="triplet loss",
        formula=r"\max(0, \lVert a - p \rVert - \lVert a - n \rVert + m)",
        reads="embeddings",
        labels=None,
        link=None,
        unit="unit of the distance",
        is_smooth=False,
        value=losses.triplet,
        grad=losses.triplet_grad,
        inputs=("anchors", "positives", "negatives"),
    ),
    Loss(
        key="info_nce",
        title="InfoNCE",
        formula=r"\log \sum_j e^{s_{ij} / \tau} - s_{ii} / \tau",
        reads="embeddings",
        labels=None,
        link=None,
        unit="nats",
        is_smooth=True,
        value=losses.info_nce,
        grad=losses.info_nce_grad,
        inputs=("queries", "keys"),
        is_joint=True,
    ),
)


def by_key(key: str) -> Loss:
    """The record of the loss with this key; KeyError if none has.

    The message lists the keys, and names the one that was probably meant.

    >>> by_key("mean_squared_error").unit
    'squared unit of the target'
    """
    for loss in LOSSES:
        if loss.key == key:
            return loss
    raise KeyError(unknown("no loss", key, map(str, LOSSES)))
