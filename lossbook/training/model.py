"""A linear model or a small network, and the way through it and back."""

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..catalogue import Loss
from ..link_functions import sigmoid, softmax
from .arguments import features, labels, weights_of
from .metric import answer, metric

Parameters = tuple[NDArray, ...]


# Each activation, and its slope written in terms of the value it gave.
ACTIVATIONS: dict[str, tuple[Callable, Callable]] = {
    "tanh": (np.tanh, lambda h: 1 - h**2),
    "relu": (lambda z: np.maximum(z, 0), lambda h: h > 0),
}


# Each link, and how the slope in what it gives goes back through it.
LINKS: dict[str, tuple[Callable, Callable]] = {
    "exp": (np.exp, lambda rate, g: rate * g),
    "sigmoid": (sigmoid, lambda p, g: p * (1 - p) * g),
    "softmax": (
        softmax,
        lambda p, g: p * (g - (p * g).sum(axis=1, keepdims=True)),
    ),
}


class Frozen:
    """A record whose copies are frozen too, also those that went through a file."""

    def __reduce__(self) -> tuple:
        return type(self), tuple(getattr(self, field.name) for field in fields(self))  # type: ignore[arg-type]


@dataclass(frozen=True, eq=False)
class Model(Frozen):
    """A linear model, or a network with one hidden layer, made for one loss.

    Attributes
    ----------
    parameters : tuple of ndarray
        ``(w, b)`` for a linear model, ``(w1, b1, w2, b2)`` for a network.  With
        m features, a hidden layer of h and one output, `w` has shape (m,) or
        (h,) and `b` shape (); with k outputs, (m, k) or (h, k), and (k,).
        `w1` has shape (m, h), `b1` shape (h,).
    loss : Loss
        The record of the loss; it says what an output means.
    activation : {"tanh", "relu"}
        What the hidden layer applies; a linear model has none and ignores it.

    Examples
    --------
    >>> from lossbook.training import train
    >>> fit = train([[0.0], [1.0], [2.0]], [1.0, 3.0, 5.0], "mean_squared_error")
    >>> w, b = fit.model.parameters
    >>> w.round(2), float(b.round(2))
    (array([2.]), 1.0)
    >>> fit.model.predict([[10.0]]).round(1)
    array([21.])
    """

    parameters: Parameters
    loss: Loss
    activation: str = "tanh"

    def __post_init__(self) -> None:
        parameters = tuple(map(frozen, self.parameters))
        object.__setattr__(self, "parameters", parameters)

    def output(self, x: ArrayLike) -> NDArray:
        """What the model says before any link: shape (n,), or (n, k) for classes.

        A prediction in the unit of the targets, a score or a logit; for
        `gaussian_nll` a mean and the logarithm of a variance, shape (n, 2).
        """
        with np.errstate(all="ignore"):
            return forward(self, features(x, len(self.parameters[0])))[0]

    def probs(self, x: ArrayLike) -> NDArray:
        """Probabilities: of label 1, shape (n,), or of each class, shape (n, k).

        ValueError where the outputs are not meant as log-odds, as the scores of a
        hinge and the predictions of a regression are not.
        """
        if self.loss.reads not in ("probs", "logits"):
            raise ValueError(
                f"a model trained with {self.loss.title} gives {self.loss.reads}, not "
                "probabilities; use output(), or train with a cross-entropy"
            )
        of_classes = self.loss.labels in ("classes", "logits")
        link, _ = LINKS["softmax" if of_classes else "sigmoid"]
        return link(self.output(x))

    def predict(self, x: ArrayLike) -> NDArray:
        """The model's answer, in the form of the labels: shape (n,).

        Numbers are the outputs themselves, or of several the first, the mean; for
        counts it is the rate, of which the output is the logarithm.  Of two
        labels it is the upper one where the output is positive; of classes, the one
        with the largest output, the first of equal ones.
        Of pixels, shape (n, m), it is 1 where the output is positive.  Of a teacher's
        logits it is a class, and of rewards the reward.
        """
        return answer(self.loss, self.output(x))

    def evaluate(
        self, x: ArrayLike, y: ArrayLike, *, sample_weight: ArrayLike | None = None
    ) -> float:
        r"""R² for a regression, accuracy otherwise; at most 1, higher is better.

        .. math::
            R^2 = 1 - \frac{\sum_i (y_i - \hat y_i)^2}{\sum_i (y_i - \bar y)^2},
            \qquad \text{accuracy} = \frac{\text{right answers}}{n}

        R² is 0 for a model that predicts the mean for every example, and negative for
        one with a larger squared error than that.  Where all targets are equal it is
        1 if every prediction is exact, and 0 otherwise.
        Right is the class that a teacher's logits favour, and a reward of the rejected
        below that of the chosen.
        With `sample_weight`, n numbers from 0 up, sums and means are weighted.
        """
        output = self.output(x)
        y, weight = labels(y, len(output)), weights_of(sample_weight, len(output))
        self.loss.value(y, to_read(self.loss, output))  # refuses labels of a wrong kind
        is_in = weight > 0
        return metric(self.loss, y[is_in], output[is_in], weight[is_in])

    def __repr__(self) -> str:
        kind = (
            f"network ({self.activation})"
            if len(self.parameters) > 2
            else "linear model"
        )
        shapes = " and ".join(str(w.shape) for w in self.parameters[::2])
        return f"Model: {kind} for {self.loss.title}, weights {shapes}"


def forward(model: Model, x: NDArray) -> tuple[NDArray, NDArray]:
    """The model's output, and what its last layer saw: the hidden units, or x."""
    *first, w, b = model.parameters
    if first:
        activate, _ = ACTIVATIONS[model.activation]
        hidden = activate(x @ first[0] + first[1])
    else:
        hidden = x
    return hidden @ w + b, hidden


def backward(model: Model, x: NDArray, hidden: NDArray, slope: NDArray) -> Parameters:
    """The gradient in the parameters, from the `slope` of the loss in the output.

    The chain rule, last layer first.  A weight joins an input to an output: its
    gradient is the input times the slope at the output, summed over the
    examples; a bias has input 1.  The slope at a hidden unit is what comes back
    through its weights, times the slope of its activation.
    """
    *first, w, _ = model.parameters
    last = hidden.T @ slope, slope.sum(axis=0)
    if not first:
        return last
    _, slope_of_activation = ACTIVATIONS[model.activation]
    back = np.outer(slope, w) if w.ndim == 1 else slope @ w.T
    back *= slope_of_activation(hidden)
    return x.T @ back, back.sum(axis=0), *last


def to_read(loss: Loss, output: NDArray) -> NDArray:
    """What the loss reads: the output, or what a link makes of it."""
    if loss.link is None:
        return output
    link, _ = LINKS[loss.link]
    return link(output)


def frozen(values: ArrayLike) -> NDArray:
    """A copy that nobody can change."""
    array = np.array(values)
    array.flags.writeable = False
    return array
