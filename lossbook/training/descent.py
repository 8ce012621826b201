"""Gradient descent, with the gradient of any loss sent back through a model."""

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import repeat
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray

from .._arrays import ABOVE_0, FROM_0, class_weights_of, real_number, whole_number
from ..catalogue import Loss
from .arguments import (
    check_options,
    features,
    labels,
    loss_of,
    outputs_of,
    total_weight,
    weights_of,
)
from .fit import Fit, History
from .metric import metric
from .model import ACTIVATIONS, LINKS, Model, Parameters, backward, forward, to_read


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
        J(w, b) = \frac{1}{V} \sum_{i=1}^{n} v_i \, \ell(y_i, f_{w,b}(x_i))
                  + \frac{\lambda}{2} \lVert w \rVert^2, \qquad
        V = \sum_{i=1}^{n} v_i, \qquad
        u \leftarrow \mu u - \eta \nabla J, \quad (w, b) \leftarrow (w, b) + u

    J is the objective: the mean loss (the empirical risk) plus the penalty.  Its
    gradient points uphill, so each step :math:`u` goes against it.  The same loop
    fits every model of this book: only the loss is exchanged.  For a linear model,
    mean squared error makes it linear regression, cross-entropy logistic regression,
    and **the hinge with a penalty is the linear support vector machine**.  Without
    sample weights each :math:`v_i` is 1, and V is n.

    Parameters
    ----------
    x : array_like, shape (n, m)
        Features, finite real numbers; best on one scale (`datasets.standardise`).
        A single feature goes in as ``x[:, None]``.
    y : array_like, shape (n,), or (n, k) for one-hot and soft class labels
        Labels as the loss takes them: numbers, 0/1, -1/+1, or class numbers.
    loss : str or Loss
        A key of `lossbook.catalogue`, such as "hinge", or its record.  Losses
        over classes get one output for each class, `gaussian_nll` two.
    hidden : int, default 0
        Units of the hidden layer; 0 makes the model linear.
    activation : {"tanh", "relu"}, default "tanh"
        What the hidden layer applies.
    learning_rate : float, default 0.1
        The factor :math:`\eta` that makes a step of the gradient.
    steps : int, default 200
        How many times the weights are changed.
    batch_size : int, optional
        Examples per step: a mini-batch, which makes it stochastic gradient descent.
        They are taken in random order, all of them once in each epoch (see the
        notes).  Without it each step looks at all n.
    momentum : float, default 0
        The part :math:`\mu` of the last step that goes on, at least 0 and
        below 1.
    l2 : float, default 0
        The penalty :math:`\lambda` on the squared weights of all layers.  The
        biases are not penalised.
    seed : int, default 0
        Of a network's first weights and of the order of the batches.
    sample_weight : array_like, shape (n,), optional
        Weights of the examples, from 0 up; with `class_weights` they multiply.
        A weight of 0 leaves an example out as if it were not there, but its features
        and its label must be valid even so.
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
        If shapes do not fit, a feature is not a finite real number (a date, a text,
        a complex number or a masked entry), the loss refuses a label
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
    overflows.  No error is raised: training stops, and ``diverged`` is True.

    A model trained on `probs` ends in a sigmoid or softmax, whose probabilities
    round to 0 and 1 far from the decision boundary: there a wrong answer costs an
    infinite loss, and training stops.  The same loss from logits has no such edge.

    A batch of B examples stands for all n: its step follows n/B times what they
    add to J.  The weight of all, V, stays below the fraction, so on average over
    the batches this is the gradient of J; with `class_weights` too, where V is
    the sum of the weights of the labels.  (Dividing by the weight of each batch,
    as a loop around a weighted mean does, minimises something else.)  Where
    `batch_size` does not divide n, the last batch of an epoch is smaller, and each
    of its examples counts for more in its step; every epoch draws a new order, so
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
    loss = loss_of(loss)
    check_options(loss, options)
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
    x = features(x)
    y, weight = labels(y, len(x)), weights_of(sample_weight, len(x))
    outputs = outputs_of(loss, y)
    start = _initial(x.shape[1], hidden, outputs, rng)
    model = Model(start, loss, activation)
    loss.value(y, to_read(loss, model.output(x)))  # refuses labels of a wrong kind
    if not weight.all():
        x, y, weight = (values[weight > 0] for values in (x, y, weight))
    weights = {} if sample_weight is None else {"sample_weight": weight}
    class_weights = options.get("class_weights")
    if class_weights is not None:
        k = outputs[0] if outputs else 2
        class_weights = class_weights_of(class_weights, k, "mean")
        options["class_weights"] = class_weights
    whole = total_weight(loss, y, weight, class_weights)
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
                looks.append((step, value, norm, metric(loss, y, output, weight)))
                fitted = model
            if step == steps:
                break
            if rows is not None:
                some = {name: values[rows] for name, values in weights.items()}
                by = whole * len(rows) / len(x)
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

    Backpropagation gets the gradient of all parameters from one walk back
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
    check_options(model.loss, options)
    x = features(x, len(model.parameters[0]))
    if sample_weight is not None:
        options["sample_weight"] = weights_of(sample_weight, len(x))
    with np.errstate(all="ignore"):
        value, gradient, _ = _evaluate(model, x, labels(y, len(x)), l2, options)
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
    output, hidden = forward(model, x)
    if not (
        np.isfinite(output).all() and np.isfinite(to_read(model.loss, output)).all()
    ):
        nowhere = tuple(np.full_like(p, np.nan) for p in model.parameters)
        return math.inf, nowhere, output
    value, slope = _value_and_slope(model.loss, y, output, options, by)
    gradient = backward(model, x, hidden, slope)
    for w, grad_w in zip(model.parameters[::2], gradient[::2], strict=True):
        value += l2 / 2 * float((w**2).sum())
        grad_w += l2 * w
    return value, gradient, output


def _value_and_slope(
    loss: Loss, y: NDArray, output: NDArray, options: dict, by: float | None
) -> tuple[float, NDArray]:
    """The loss, and its gradient in the model's output: through the link."""
    read = to_read(loss, output)
    if by is not None:
        options = options | {"reduction": "sum"}
    value, slope = loss.value(y, read, **options), loss.grad(y, read, **options)
    if loss.link is not None:
        _, back_through_link = LINKS[loss.link]
        slope = back_through_link(read, slope)
    return (value, slope) if by is None else (value / by, slope / by)


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
