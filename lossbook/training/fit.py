"""What training gives: a model, and how it went."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from .model import Frozen, Model, frozen


@dataclass(frozen=True, eq=False)
class History(Frozen):
    """What happened while training: `loss` over `step` is the learning curve.

    All arrays have one entry for each look.  The training set is looked at as a
    whole before the first step, after each epoch, and after the last step.  (Where
    a step takes all examples, each step is an epoch.)

    Attributes
    ----------
    step : ndarray of int
        How many steps had been taken.
    loss : ndarray
        The objective: the mean loss plus the penalty.
    gradient_norm : ndarray
        Length of its gradient in all parameters; near 0 where descent is done.
    metric : ndarray
        R² for a regression, accuracy otherwise, as `Model.evaluate` gives them.
    """

    step: NDArray[np.int64]
    loss: NDArray[np.float64]
    gradient_norm: NDArray[np.float64]
    metric: NDArray[np.float64]

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, frozen(getattr(self, field.name)))


@dataclass(frozen=True)
class Fit:
    """The result of training: the model, how it went, and whether it went wrong.

    Attributes
    ----------
    model : Model
        As it was at the last entry of the history.
    history : History
        Loss, gradient norm and metric along the way.
    diverged : bool
        True if the loss or its gradient overflowed: training ended there, and
        model and history are the last ones that can be written in numbers.
    """

    model: Model
    history: History
    diverged: bool

    def __repr__(self) -> str:
        h = self.history
        name = "R2" if self.model.loss.labels == "numbers" else "accuracy"
        advice = "smaller learning_rate, or features brought to one scale"
        end = ""
        if self.diverged:
            end = f"\n  diverged after step {h.step[-1]}: try a {advice}"
        elif h.loss[-1] > h.loss[0]:
            end = f"\n  the loss rose: try a {advice}"
        return (
            f"{self.model}\n  {h.step[-1]} steps, loss {h.loss[0]:.4g} -> "
            f"{h.loss[-1]:.4g}, {name} {h.metric[-1]:.3f}{end}"
        )
