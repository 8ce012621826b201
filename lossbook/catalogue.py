"""The catalogue: one record for each loss, for all that treats them alike.

Plots, explorers, training and the contract tests go through this list, so a
loss that is added here is drawn, trained with and tested everywhere.
"""

from collections.abc import Callable
from dataclasses import dataclass

from . import losses


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
        What the second argument is: "y_pred", "probs", "logits" or "scores".
    labels : str
        What the first argument is: "numbers", "0/1", "-1/+1" or "classes".
    link : str or None
        What makes probabilities of a model's output before this loss reads
        them ("sigmoid", "softmax"), or None where it reads the output itself.
    unit : str
        The unit of the loss.
    is_smooth : bool
        Whether the slope exists everywhere; False where the loss has a kink.
    value, grad : callable
        The loss and its gradient, ``f(y_true, prediction, *, reduction)``.
    """

    key: str
    title: str
    formula: str
    reads: str
    labels: str
    link: str | None
    unit: str
    is_smooth: bool
    value: Callable
    grad: Callable

    def __str__(self) -> str:
        """The key, so that a test or a legend names the loss."""
        return self.key


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
)


def by_key(key: str) -> Loss:
    """The record of the loss with this key; KeyError that lists the keys if none has.

    >>> by_key("mean_squared_error").unit
    'squared unit of the target'
    """
    for loss in LOSSES:
        if loss.key == key:
            return loss
    raise KeyError(f"no loss {key!r}; there are {', '.join(map(str, LOSSES))}")
