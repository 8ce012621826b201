"""Gradient descent on a linear model or a small network, with any loss.

A model turns features into outputs; a loss says how bad an output is; its
gradient, sent backwards through the model, says how to change the weights.
Everything that happens on the way stands in this file.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from inspect import signature
from itertools import repeat
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray

from ._arrays import (
    ABOVE_0,
    FROM_0,
    class_weights_of,
    finite_numbers,
    real,
    real_number,
    sample_weights,
    whole_number,
)
from .catalogue import Loss, by_key
from .link_functions import sigmoid, softmax

Parameters = tuple[NDArray, ...]

# Each activation, and its slope written in terms of the value it gave.
ACTIVATIONS: dict[str, tuple[Callable, Callable]] = {
    "tanh": (np.tanh, lambda h: 1 - h**2),
    "relu": (lambda z: np.maximum(z, 0), lambda h: h > 0),
}

# Each link, and how the slope in the probabilities goes back through it.
LINKS: dict[str, tuple[Callable, Callable]] = {
    "sigmoid": (sigmoid, lambda p, g: p * (1 - p) * g),
    "softmax": (
        softmax,
        lambda p, g: p * (g - (p * g).sum(axis=1, keepdims=True)),
    ),
}


class _Frozen:
    """A record whose copies are frozen too, also those that went through a file."""

    def __reduce__(self) -> tuple:
        return type(self), tuple(getattr(self, field.name) for field in fields(self))  # type: ignore[arg-type]


@dataclass(frozen=True, eq=False)
class Model(_Frozen):
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
        frozen = tuple(_frozen(p) for p in self.parameters)
        object.__setattr__(self, "parameters", frozen)

    def output(self, x: ArrayLike) -> NDArray:
        """What the model says before any link: shape (n,), or (n, k) for classes.

        A prediction in the unit of the targets, a score or a logit.
        """
        with np.errstate(all="ignore"):
            return _forward(self, _features(x, len(self.parameters[0])))[0]

    def probs(self, x: ArrayLike) -> NDArray:
        """Probabilities: of label 1, shape (n,), or of each class, shape (n, k).

        ValueError where the outputs are not meant as log-odds: a hinge's scores
        and a regression's predictions are no probabilities in disguise.
        """
        if self.loss.reads not in ("probs", "logits"):
            raise ValueError(
                f"a model trained with {self.loss.title} gives {self.loss.reads}, not "
                "probabilities; use output(), or train with a cross-entropy"
            )
        link, _ = LINKS["softmax" if self.loss.labels == "classes" else "sigmoid"]
        return link(self.output(x))

    def predict(self, x: ArrayLike) -> NDArray:
        """The model's answer, in the form of the labels: shape (n,).

        Numbers are the outputs themselves.  Of two labels it is the upper one
        where the output is positive; of classes, the one with the largest
        output, the first of equal ones.
        """
        return _answer(self.loss, self.output(x))

    def score(
        self, x: ArrayLike, y: ArrayLike, *, sample_weight: ArrayLike | None = None
    ) -> float:
        r"""R² for a regression, accuracy otherwise; at most 1, higher is better.

        .. math::
            R^2 = 1 - \frac{\sum_i (y_i - \hat y_i)^2}{\sum_i (y_i - \bar y)^2},
            \qquad \text{accuracy} = \frac{\text{right answers}}{n}

        R² is 0 for who always predicts the mean and may be negative; where all
        targets are equal it is 1 if every prediction is exact, and 0 otherwise.
        With `sample_weight`, n numbers from 0 up, sums and means are weighted.
        """
        output = self.output(x)
        y, weight = _labels(y, len(output)), _weights(sample_weight, len(output))
        self.loss.value(y, _read(self.loss, output))  # refuses labels of a wrong kind
        is_in = weight > 0
        return _metric(self.loss, y[is_in], output[is_in], weight[is_in])

    def __repr__(self) -> str:
        kind = (
            f"network ({self.activation})"
            if len(self.parameters) > 2
            else "linear model"
        )
        shapes = " and ".join(str(w.shape) for w in self.parameters[::2])
        return f"Model: {kind} for {self.loss.title}, weights {shapes}"


@dataclass(frozen=True, eq=False)
class History(_Frozen):
    """What happened while training; all arrays have one entry for each look.

    The training set is looked at as a whole before the first step, after each
    pass through the examples, and after the last step.

    Attributes
    ----------
    step : ndarray of int
        How many steps had been taken.
    loss : ndarray
        The mean loss plus the penalty: what is minimised.
    gradient_norm : ndarray
        Length of its gradient in all parameters; near 0 where descent is done.
    metric : ndarray
        R² for a regression, accuracy otherwise, as `Model.score` gives them.
    """

    step: NDArray[np.int64]
    loss: NDArray[np.float64]
    gradient_norm: NDArray[np.float64]
    metric: NDArray[np.float64]

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, _frozen(getattr(self, field.name)))


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


def train(
    x: ArrayLike,
    y: ArrayLike,
    loss: str | Loss,
    *,
    hidden: int = 0,
    activation: str = "tanh",
    learning_rate: float = 0.1,
    steps: int = 200,
    batch_size: int | None = None,
    momentum: float = 0.0,
    l2: float = 0.0,
    seed: int = 0,
    sample_weight: ArrayLike | None = None,
    **options: Any,
) -> Fit:
    r"""Fit a linear model or a small network by gradient descent.

    .. math::
        J(w, b) = \frac{1}{S} \sum_{i=1}^{n} s_i \, \ell(y_i, f_{w,b}(x_i))
                  + \frac{\lambda}{2} \lVert w \rVert^2, \qquad
        S = \sum_{i=1}^{n} s_i, \qquad
        v \leftarrow \mu v - \eta \nabla J, \quad (w, b) \leftarrow (w, b) + v

    The gradient points uphill, so each step goes against it.  The same loop fits
    every model of this book: only the loss is exchanged.  Mean squared error
    makes it linear regression, cross-entropy logistic regression, and **the
    hinge with a penalty is the support vector machine**.  Without weights each
    :math:`s_i` is 1, and S is n.

    Parameters
    ----------
    x : array_like, shape (n, m)
        Features, finite real numbers; best on one scale (`datasets.standardise`).
        A single feature goes in as ``x[:, None]``.
    y : array_like, shape (n,), or (n, k) for one-hot and soft class labels
        Labels as the loss takes them: numbers, 0/1, -1/+1, or class numbers.
    loss : str or Loss
        A key of `lossbook.catalogue`, such as "hinge", or its record.  Losses
        over classes get one output for each class.
    hidden : int, default 0
        Units of the hidden layer; 0 makes the model linear.
    activation : {"tanh", "relu"}, default "tanh"
        What the hidden layer applies.
    learning_rate : float, default 0.1
        The step size :math:`\eta`.
    steps : int, default 200
        How many times the weights are changed.
    batch_size : int, optional
        Examples per step, taken in random order, all once before any comes
        again (see the notes).  Without it each step looks at all n.
    momentum : float, default 0
        The part :math:`\mu` of the last step that goes on, at least 0 and
        below 1.
    l2 : float, default 0
        The penalty :math:`\lambda` on the squared weights of all layers.  The
        biases are not penalised: where the cloud of points lies costs nothing.
    seed : int, default 0
        Of a network's first weights and of the order of the batches.
    sample_weight : array_like, shape (n,), optional
        Weights of the examples, from 0 up; with `class_weights` they multiply.
        A weight of 0 leaves an example out as if it were not there, but what is
        no feature or no label is refused even so.
    **options
        Go to the loss: ``delta=0.5``, ``class_weights=[1, 30]``.  There is no
        `reduction` to choose, since what is minimised is the mean.

    Returns
    -------
    Fit
        With `model`, `history` and `diverged`.

    Raises
    ------
    ValueError
        If shapes do not fit, a feature is no finite real number (a date, a text,
        a complex number and a masked entry are none), the loss refuses a label
        or an option, a weight is not finite or negative or all are 0, a setting
        is of the wrong kind or out of range, or the loss is infinite before the
        first step.
    KeyError
        If no loss has that key.
    TypeError
        If neither this function nor the loss has a setting of that name.

    Notes
    -----
    Too large a learning rate makes the loss grow from step to step until it
    overflows.  That is no error: training stops and says ``diverged``.

    A model trained on `probs` ends in a sigmoid or softmax, whose probabilities
    round to 0 and 1 far from the border: the loss is infinite, and training
    stops.  The same loss from logits has no such edge.

    A batch of B examples stands for all n: its step follows n/B times what they
    add to J.  The weight of all, S, stays below the fraction, so on average over
    the batches this is the gradient of J; with `class_weights` too, where S is
    the sum of the weights of the labels.  (To divide by the weight of each batch,
    as a loop around a weighted mean does, minimises something else.)  Where
    `batch_size` does not divide n, the last batch of a pass is smaller, and each
    of its examples counts for more in its step; every pass draws a new order, so
    in the long run that favours none.

    A linear model starts from zeros, a network from small random weights: with
    equal ones, all hidden units would learn the same.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), sections 6.5
    (back-propagation), 8.1.3 (batches) and 8.3.2 (momentum).  Shalev-Shwartz and
    Ben-David, *Understanding Machine Learning* (2014), section 15.2 (hinge plus
    penalty; its λ is our l2/2).

    Examples
    --------
    >>> from lossbook.datasets import two_moons
    >>> x, y = two_moons()
    >>> train(x, 2 * y - 1, "hinge", l2=0.01)  # a support vector machine
    Model: linear model for hinge loss, weights (2,)
      200 steps, loss 1 -> 0.2893, accuracy 0.860
    """
    loss = _loss(loss)
    _check_options(loss, options)
    if activation not in list(ACTIVATIONS):
        known = tuple(ACTIVATIONS)
        raise ValueError(f"activation must be one of {known}, got {activation!r}")
    hidden = whole_number(hidden, "hidden", 0)
    learning_rate = real_number(learning_rate, "learning_rate", *ABOVE_0)
    steps = whole_number(steps, "steps", 0)
    if batch_size is not None:
        batch_size = whole_number(batch_size, "batch_size", 1)
    momentum = real_number(
        momentum, "momentum", "a number from 0 to below 1", lambda part: 0 <= part < 1
    )
    l2 = real_number(l2, "l2", *FROM_0)
    rng = np.random.default_rng(whole_number(seed, "seed", 0))
    x = _features(x)
    y, weight = _labels(y, len(x)), _weights(sample_weight, len(x))
    outputs = _outputs(loss, y)
    start = _initial(x.shape[1], hidden, outputs, rng)
    model = Model(start, loss, activation)
    loss.value(y, _read(loss, model.output(x)))  # refuses labels of a wrong kind
    if not weight.all():
        x, y, weight = (values[weight > 0] for values in (x, y, weight))
    weights = {} if sample_weight is None else {"sample_weight": weight}
    class_weights = options.get("class_weights")
    if class_weights is not None:
        k = outputs[0] if outputs else 2
        class_weights = class_weights_of(class_weights, k, "mean")
        options["class_weights"] = class_weights
    weight_of_all = _weight_of_all(loss, y, weight, class_weights)
    velocity: list[float | NDArray] = [0.0] * len(start)
    looks = []
    with np.errstate(all="ignore"):
        batches = _batches(len(x), batch_size, rng)
        for step, (rows, new_pass) in zip(range(steps + 1), batches, strict=False):
            if new_pass or step == steps:
                value, gradient, output = _evaluate(model, x, y, l2, options | weights)
                norm = math.sqrt(sum((g**2).sum() for g in gradient))
                diverged = not math.isfinite(value + norm)
                if diverged:
                    break
                looks.append((step, value, norm, _metric(loss, y, output, weight)))
                fitted = model
            if step == steps:
                break
            if rows is not None:
                some = {name: values[rows] for name, values in weights.items()}
                by = weight_of_all * len(rows) / len(x)
                batch = (x[rows], y[rows], l2, options | some)
                _, gradient, _ = _evaluate(model, *batch, by)
            velocity = [
                momentum * v - learning_rate * g
                for v, g in zip(velocity, gradient, strict=True)
            ]
            moved = (p + v for p, v in zip(model.parameters, velocity, strict=True))
            model = replace(model, parameters=tuple(moved))
    if not looks:
        raise ValueError(
            "the loss is infinite before the first step; "
            "bring the features and the targets to a smaller scale"
        )
    return Fit(fitted, History(*map(np.array, zip(*looks, strict=True))), diverged)


def objective(
    model: Model,
    x: ArrayLike,
    y: ArrayLike,
    *,
    l2: float = 0.0,
    sample_weight: ArrayLike | None = None,
    **options: Any,
) -> tuple[float, Parameters]:
    """What `train` minimises, and its gradient in each parameter of the model.

    Back-propagation gets the gradient of all parameters from one walk back
    through the model.  To see that it is right, measure it:

    >>> from dataclasses import replace
    >>> from lossbook.datasets import line_with_outliers
    >>> from lossbook.gradcheck import numerical_gradient
    >>> x, y = line_with_outliers()
    >>> model = train(x[:, None], y, "mean_squared_error", steps=0, hidden=3).model
    >>> w1, b1, w2, b2 = model.parameters
    >>> def at(w):
    ...     moved = replace(model, parameters=(w, b1, w2, b2))
    ...     return objective(moved, x[:, None], y)[0]
    >>> derived = objective(model, x[:, None], y)[1][0]
    >>> bool(np.allclose(derived, numerical_gradient(at, w1)))
    True

    Parameters
    ----------
    model : Model
    x, y, l2, sample_weight, **options
        As for `train`.

    Returns
    -------
    value : float
        Mean loss plus ``l2 / 2`` times the sum of the squared weights; infinite
        where the model's output is too large to be a number.
    gradient : tuple of ndarray
        One array for each of `model.parameters`, of the same shape.

    Raises
    ------
    ValueError, TypeError
        As for `train`.
    """
    l2 = real_number(l2, "l2", *FROM_0)
    _check_options(model.loss, options)
    x = _features(x, len(model.parameters[0]))
    if sample_weight is not None:
        options["sample_weight"] = _weights(sample_weight, len(x))
    with np.errstate(all="ignore"):
        value, gradient, _ = _evaluate(model, x, _labels(y, len(x)), l2, options)
    return value, gradient


def _evaluate(
    model: Model,
    x: NDArray,
    y: NDArray,
    l2: float,
    options: dict,
    by: float | None = None,
) -> tuple[float, Parameters, NDArray]:
    """The objective, its gradient in all parameters, and the model's output.

    Of the losses it takes the mean; or their sum, divided `by` a number.
    """
    output, hidden = _forward(model, x)
    if not np.isfinite(output).all():
        nowhere = tuple(np.full_like(p, np.nan) for p in model.parameters)
        return math.inf, nowhere, output
    value, slope = _value_and_slope(model.loss, y, output, options, by)
    gradient = _backward(model, x, hidden, slope)
    for w, grad_w in zip(model.parameters[::2], gradient[::2], strict=True):
        value += l2 / 2 * float((w**2).sum())
        grad_w += l2 * w
    return value, gradient, output


def _forward(model: Model, x: NDArray) -> tuple[NDArray, NDArray]:
    """The model's output, and what its last layer saw: the hidden units, or x."""
    *first, w, b = model.parameters
    if first:
        activate, _ = ACTIVATIONS[model.activation]
        hidden = activate(x @ first[0] + first[1])
    else:
        hidden = x
    return hidden @ w + b, hidden


def _backward(model: Model, x: NDArray, hidden: NDArray, slope: NDArray) -> Parameters:
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


def _value_and_slope(
    loss: Loss, y: NDArray, output: NDArray, options: dict, by: float | None
) -> tuple[float, NDArray]:
    """The loss, and its gradient in the model's output: through the link."""
    read = _read(loss, output)
    if by is not None:
        options = options | {"reduction": "sum"}
    value, slope = loss.value(y, read, **options), loss.grad(y, read, **options)
    if loss.link is not None:
        _, back_through_link = LINKS[loss.link]
        slope = back_through_link(read, slope)
    return (value, slope) if by is None else (value / by, slope / by)


def _read(loss: Loss, output: NDArray) -> NDArray:
    """What the loss reads: the output, or the probabilities that a link makes of it."""
    if loss.link is None:
        return output
    link, _ = LINKS[loss.link]
    return link(output)


def _initial(
    m: int, hidden: int, outputs: tuple[int, ...], rng: Generator
) -> Parameters:
    """Zeros, or for a network small weights that keep the size of what goes in.

    Variance 1/inputs: LeCun et al., "Efficient BackProp" (1998), section 4.6.
    """
    if not hidden:
        return np.zeros((m, *outputs)), np.zeros(outputs)
    w1 = rng.normal(scale=1 / math.sqrt(m), size=(m, hidden))
    w2 = rng.normal(scale=1 / math.sqrt(hidden), size=(hidden, *outputs))
    return w1, np.zeros(hidden), w2, np.zeros(outputs)


def _batches(
    n: int, size: int | None, rng: Generator
) -> Iterator[tuple[NDArray | None, bool]]:
    """Without end: rows of the next step, and whether a pass begins with it.

    None instead of rows stands for all of them.
    """
    if size is None or size >= n:
        yield from repeat((None, True))
    else:
        while True:
            order = rng.permutation(n)
            for i in range(0, n, size):
                yield order[i : i + size], i == 0


def _outputs(loss: Loss, y: NDArray) -> tuple[int, ...]:
    """Shape of the output for one example: () for a number, (k,) for k classes."""
    if loss.labels != "classes":
        return ()
    if y.ndim == 2:
        return y.shape[1:]
    if y.ndim > 2:
        raise ValueError(f"y must have shape (n,) or (n, k), got {y.shape}")
    if y.dtype.kind not in "iu":
        raise ValueError(f"class labels must be whole numbers, got {y.dtype}")
    k = int(y.max()) + 1
    if not 2 <= k <= len(y):
        raise ValueError(
            "class labels must be numbers 0, 1, ..., of at least two classes and "
            f"at most one for each example, got a largest label of {k - 1}"
        )
    return (k,)


def _answer(loss: Loss, output: NDArray) -> NDArray:
    if loss.labels == "numbers":
        return output
    if loss.labels == "classes":
        return output.argmax(axis=1)
    lower = 0 if loss.labels == "0/1" else -1
    return np.where(output > 0, 1, lower)


@np.errstate(all="ignore")
def _metric(loss: Loss, y: NDArray, output: NDArray, weight: NDArray) -> float:
    if loss.labels == "numbers":
        return _r2(y.astype(np.float64), output, weight)
    truth = y.argmax(axis=1) if y.ndim > 1 else y
    if loss.labels == "0/1":
        truth = y > 0.5  # a soft label counts as the nearer one, 0.5 as 0
    return float(weight[_answer(loss, output) == truth].sum() / weight.sum())


def _r2(y: NDArray, output: NDArray, weight: NDArray) -> float:
    if (y == y[0]).all():
        return float((output == y).all())
    # R2 has no unit: near the size of 1, no square overflows or vanishes.
    _, exponent = np.frexp(np.abs(y).max())
    y, output = np.ldexp(y, -exponent), np.ldexp(output, -exponent)
    mean = (weight * y).sum() / weight.sum()
    missed = (weight * (y - output) ** 2).sum()
    return float(1 - missed / (weight * (y - mean) ** 2).sum())


def _weights(sample_weight: ArrayLike | None, n: int) -> NDArray[np.float64]:
    """The weight of each of n examples, the largest about 1, which changes no mean."""
    if sample_weight is None:
        return np.ones(n)
    return sample_weights(sample_weight, n).of(slice(n), "mean")


def _weight_of_all(
    loss: Loss, y: NDArray, weight: NDArray, class_weights: NDArray | None
) -> float:
    """What the mean over all examples divides by: the sum of their weights."""
    if class_weights is not None:
        if loss.labels != "classes":  # 0/1, or between them
            y = np.column_stack([1 - y.astype(np.float64), y])
        hard = y.ndim == 1
        weight = weight * (class_weights[y] if hard else y @ class_weights)
    return float(weight.sum())


def _features(x: ArrayLike, m: int | None = None) -> NDArray[np.float64]:
    """`x` as an (n, m) matrix of finite numbers."""
    x = finite_numbers(x, "x")
    if x.ndim != 2 or x.size == 0:
        raise ValueError(
            f"x must have shape (n, m), got {x.shape}; "
            "a single feature goes in as x[:, None]"
        )
    if m is not None and x.shape[1] != m:
        raise ValueError(f"the model takes {m} features, got x of shape {x.shape}")
    return np.ascontiguousarray(x)  # sums depend on the order in memory


def _labels(y: ArrayLike, n: int) -> NDArray:
    """`y` as an array with one entry, or one row, for each of n examples."""
    y = real(y, "y", whole=False)
    if y.dtype.kind == "b":  # as an index it would be a mask
        y = y.astype(np.intp)
    if y.ndim == 0 or len(y) != n:
        raise ValueError(f"y must have one label for each of {n} rows, got {y.shape}")
    return y


def _loss(loss: object) -> Loss:
    """The record of the loss with this key, or that was given."""
    if isinstance(loss, str):
        return by_key(loss)
    if not isinstance(loss, Loss):
        raise ValueError(
            "loss must be a key of the catalogue, such as 'hinge', or its record, "
            f"got {loss!r}"
        )
    return loss


def _check_options(loss: Loss, options: dict) -> None:
    """Refuse what the loss does not take, and the reduction, which is no choice."""
    if "reduction" in options:
        raise ValueError(
            "there is no reduction to choose, since what is minimised is the mean, "
            f"got {options['reduction']!r}"
        )
    parameters = signature(loss.value).parameters.values()
    names = {p.name for p in parameters if p.kind is p.KEYWORD_ONLY} - {"reduction"}
    for name in options:
        if name not in names:
            raise TypeError(
                f"there is no setting {name!r}; {loss.title} takes "
                f"{', '.join(sorted(names)) or 'none of its own'}"
            )


def _frozen(values: ArrayLike) -> NDArray:
    """A copy that nobody can change."""
    array = np.array(values)
    array.flags.writeable = False
    return array
