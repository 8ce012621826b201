"""Cross-entropy over classes: the surprise, in nats, at the class that happened."""

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .._arrays import (
    Examples,
    Reduction,
    all_between,
    check_distributions,
    class_weights_of,
    classed,
    destination,
    difference,
    exponentials,
    number,
    occurs,
    picked,
    reduced_rows,
    weighed,
)

# The formulas.  Each example is a row, y its label and alpha the weight of its class,
# or t its soft label times the weights of the classes.  `grad`, where it is wanted,
# receives the gradient, divided by `by`.


def _hard_probs(
    y: NDArray, p: NDArray, alpha: NDArray | None, by: float, grad: NDArray | None
) -> NDArray:
    own = np.abs(picked(p, y))  # so that -0 is 0
    if grad is not None:
        slopes = 1 / own if alpha is None else weighed(alpha, 1 / own)
        grad[...] = 0
        grad[np.arange(len(y)), y] -= slopes / by
    losses = 0 - np.log(own)
    return losses if alpha is None else weighed(alpha, losses)


def _soft_probs(t: NDArray, p: NDArray, by: float, grad: NDArray | None) -> NDArray:
    if grad is not None:
        np.subtract(0, weighed(t, 1 / np.abs(p)) / by, out=grad)
    return weighed(t, 0 - np.log(p)).sum(axis=1)


def _hard_logits(
    y: NDArray, z: NDArray, alpha: NDArray | None, by: float, grad: NDArray | None
) -> NDArray:
    """log(1 + rest), where rest is what the others weigh in units of the own class."""
    e, own = exponentials(z, y)  # where e is 0 for the own class
    others = np.add.reduce(e, axis=1)
    rest, whole = others / own, others + own
    losses = np.log1p(rest)

    low, high, least = _RANGE[z.dtype.type]
    if not (all_between(rest, low, high) and all_between(whole, least, np.inf)):
        far = ~((rest > low) & (rest < high) & (whole > least))
        for i in np.array_split(np.flatnonzero(far), 4):  # in parts, to save memory
            losses[i], others[i], whole[i], e[i] = _far_logits(y[i], z[i])
    if grad is not None:
        share = ((1 / by if alpha is None else alpha / by) / whole).astype(
            z.dtype, copy=False
        )
        np.multiply(e, share[:, None], out=grad)
        grad[np.arange(len(y)), y] -= others * share
    return losses if alpha is None else weighed(alpha, losses)


def _far_logits(y: NDArray, z: NDArray) -> tuple[NDArray, ...]:
    """The same, seen from the largest logit, where exp leaves the range of numbers.

    A row that is to be refused (it holds what is no logit, or masks all classes)
    gets a loss that is not a number.
    """
    each = np.arange(len(y))
    top = z.max(axis=1)
    below, cut_off = difference(z, top[:, None])
    e = np.exp(below)
    e += e * cut_off
    own = e[each, y]
    e[each, y] = 0
    others = e.sum(axis=1)
    losses = (top - z[each, y]) + np.log1p(others + (own - 1))
    return losses, others, others + own, e


def _soft_logits(t: NDArray, z: NDArray, by: float, grad: NDArray | None) -> NDArray:
    """The sum of t (log-sum-exp - z), seen from the largest logit."""
    each = np.arange(len(t))
    first = z.argmax(axis=1)
    top = z[each, first]
    below = top[:, None] - z
    e = np.exp(-below)
    e[each, first] = 0
    rest = e.sum(axis=1)
    if grad is not None:
        weight = t.sum(axis=1)
        share = weight / (1 + rest)
        np.multiply(e, share[:, None], out=grad)
        grad -= t
        grad[each, first] = (weight - t[each, first]) - rest * share
        grad /= by
    return weighed(t, below + np.log1p(rest)[:, None]).sum(axis=1)


# Where `_hard_logits` keeps its digits: the least and the largest `rest`, and the
# least `whole`.
_RANGE = {
    np.float32: (2.0**-116, 2.0**116, 2.0**-10),
    np.float64: (2.0**-1010, 2.0**1000, 2.0**-10),
}


def cross_entropy(
    y_true: ArrayLike,
    probs: ArrayLike,
    *,
    class_weights: ArrayLike | None = None,
    label_smoothing: float = 0.0,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
) -> float | NDArray:
    r"""Surprise at the class that happened, when the model reports probabilities.

    .. math::
        \ell_i = -\sum_{j=1}^{k} \alpha_j y_{ij} \log p_{ij}
        \qquad \text{for a hard label: } -\alpha_{y_i} \log p_{iy_i}

    Of a hard label only the probability of the class that happened counts, not how
    the rest is spread over the others.  A forecast that is the same for all examples
    pays least, on average, where its probabilities are the frequencies of the
    classes: honest forecasts win.  (With class weights, where each is the frequency
    times the weight, divided by the sum of these products; with label smoothing,
    where it is the mean of the smoothed labels.)

    Also called log loss and negative log-likelihood.

    Parameters
    ----------
    y_true : array_like of integers, shape (n,), or of numbers, shape (n, k)
        Class numbers from 0 to k - 1, or a distribution over the classes for
        each example (one-hot or soft labels).
    probs : array_like, shape (n, k)
        Probabilities :math:`p_{ij}`; each row sums to 1.
    class_weights : array_like, shape (k,), optional
        Weights :math:`\alpha_j` of the classes; 1 if not given.
    label_smoothing : float, default 0.0
        A number :math:`\varepsilon` in [0, 1]: labels :math:`y` become
        :math:`(1 - \varepsilon) y + \varepsilon / k`.
    sample_weight : array_like, shape (n,), optional
        What each example counts, from 0 up, times the weight of its class
        :math:`\sum_j \alpha_j y_{ij}`, before smoothing; 1 if not given.
    reduction : {"mean", "sum", "none"}, default "mean"
        How the n losses become the result; the mean divides by the sum of the
        weights.

    Returns
    -------
    float, or ndarray of shape (n,) if `reduction` is "none"
        Loss in nats; at least 0, and infinite where a probability is 0 for what
        happened.

    Raises
    ------
    ValueError
        If the shapes do not fit, there are no examples or fewer than two
        classes, a label is not the number of a class, a row of probabilities or
        soft labels leaves [0, 1] or does not sum to 1 (within 1e-6; float32
        1e-4, float16 1e-2), `class_weights` are not k numbers from 0 up or the
        weights leave nothing to average, `sample_weight` is not n numbers from
        0 up, one of them above 0, or `label_smoothing` or `reduction` is not
        one there is.

    See Also
    --------
    cross_entropy_grad : its gradient in the probabilities.
    cross_entropy_from_logits : the same loss, for logits.

    Notes
    -----
    Nothing is clipped.  A softmax whose result rounds to 0 or 1 has already
    lost what this loss should measure: give logits to
    `cross_entropy_from_logits` instead.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), section 3.13,
    equation 3.51.

    Examples
    --------
    Two forecasts for three classes, of which class 0 and class 2 happen:

    >>> probs = [[0.7, 0.2, 0.1], [0.25, 0.25, 0.5]]
    >>> cross_entropy([0, 2], probs, reduction="none").round(4)
    array([0.3567, 0.6931])

    The same labels, one-hot:

    >>> cross_entropy([[1, 0, 0], [0, 0, 1]], probs, reduction="none").round(4)
    array([0.3567, 0.6931])
    >>> cross_entropy([0], [[0.0, 1.0]])
    inf

    To leave out examples without a label, which others mark by a number such as
    -100 (`ignore_index`), drop them, or give them any label and no weight:

    >>> y = np.array([0, -100])
    >>> known = y >= 0
    >>> round(cross_entropy(np.where(known, y, 0), probs, sample_weight=known), 4)
    0.3567
    """
    examples = classed(y_true, probs, "probs", sample_weight)
    return _reduced(_PROBS, examples, class_weights, label_smoothing, reduction)


def cross_entropy_grad(
    y_true: ArrayLike,
    probs: ArrayLike,
    *,
    class_weights: ArrayLike | None = None,
    label_smoothing: float = 0.0,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
    out: NDArray | None = None,
) -> NDArray:
    r"""Gradient of `cross_entropy` in the probabilities, shape (n, k).

    .. math::
        \frac{\partial \ell_i}{\partial p_{ij}} = -\frac{\alpha_j y_{ij}}{p_{ij}}

    The entries of a row are treated as free, though they sum to 1: this is what
    one passes back through a softmax.  Of a hard label only the class that happened
    pulls, without bound as its probability goes to 0.  "mean" divides by the sum of
    the weights; "sum" and "none" agree.  Arguments and errors are those of the
    loss.  `out`, an array of the shape and precision of the result, receives it
    and saves the allocation.

    Examples
    --------
    >>> cross_entropy_grad([0], [[0.5, 0.25, 0.25]])
    array([[-2.,  0.,  0.]])
    """
    examples = classed(y_true, probs, "probs", sample_weight)
    grad = destination(out, examples)
    _reduced(_PROBS, examples, class_weights, label_smoothing, reduction, grad)
    return grad


def cross_entropy_and_grad(
    y_true: ArrayLike,
    probs: ArrayLike,
    *,
    class_weights: ArrayLike | None = None,
    label_smoothing: float = 0.0,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
    out: NDArray | None = None,
) -> tuple[float | NDArray, NDArray]:
    """`cross_entropy` and `cross_entropy_grad`, in one pass.

    Examples
    --------
    >>> cross_entropy_and_grad([0], [[0.5, 0.5]])
    (0.6931471805599453, array([[-2.,  0.]]))
    """
    examples = classed(y_true, probs, "probs", sample_weight)
    grad = destination(out, examples)
    return _reduced(
        _PROBS, examples, class_weights, label_smoothing, reduction, grad
    ), grad


def cross_entropy_from_logits(
    y_true: ArrayLike,
    logits: ArrayLike,
    *,
    class_weights: ArrayLike | None = None,
    label_smoothing: float = 0.0,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
) -> float | NDArray:
    r"""Surprise at the class that happened, when the model reports logits.

    .. math::
        \ell_i = \sum_{j=1}^{k} \alpha_j y_{ij}
        \Bigl( \log \sum_{c=1}^{k} e^{z_{ic}} - z_{ij} \Bigr)
        \qquad \text{for a hard label: }
        \alpha_{y_i} \log \Bigl( 1 + \sum_{c \ne y_i} e^{z_{ic} - z_{iy_i}} \Bigr)

    This is ``cross_entropy(y_true, softmax(logits))`` without the round trip
    through probabilities that round to 0 and 1.  Only differences of logits
    count: for a hard label the loss falls as its class leads the others, quickly
    at first, and is above 0 as long as a rival has a finite logit (in double
    precision, up to a lead of about 745).  For a soft label it is lowest, and its
    slope 0, where the probabilities are the label.

    Parameters
    ----------
    y_true : array_like of integers, shape (n,), or of numbers, shape (n, k)
        Class numbers from 0 to k - 1, or a distribution over the classes for
        each example (one-hot or soft labels).
    logits : array_like, shape (n, k)
        Logits :math:`z_{ij}`, one column for each class; finite real numbers,
        or minus infinity for a class that is masked in that row.
    class_weights : array_like, shape (k,), optional
        Weights :math:`\alpha_j` of the classes; 1 if not given.
    label_smoothing : float, default 0.0
        A number :math:`\varepsilon` in [0, 1]: labels :math:`y` become
        :math:`(1 - \varepsilon) y + \varepsilon / k`, where k counts the
        classes that are not masked.
    sample_weight : array_like, shape (n,), optional
        What each example counts, from 0 up, times the weight of its class
        :math:`\sum_j \alpha_j y_{ij}`, before smoothing; 1 if not given.
    reduction : {"mean", "sum", "none"}, default "mean"
        How the n losses become the result; the mean divides by the sum of the
        weights.

    Returns
    -------
    float, or ndarray of shape (n,) if `reduction` is "none"
        Loss in nats; at least 0, and infinite where the class that happened is
        masked.

    Raises
    ------
    ValueError
        If the shapes do not fit, there are no examples or fewer than two
        classes, a label is not the number of a class, a row of soft labels
        leaves [0, 1] or does not sum to 1, a logit is NaN or plus infinity, a
        row masks every class, `class_weights` are not k numbers from 0 up or
        the weights leave nothing to average, `sample_weight` is not n numbers
        from 0 up, one of them above 0, or `label_smoothing` or `reduction` is
        not one there is.

    See Also
    --------
    cross_entropy_from_logits_grad : its gradient in the logits.
    cross_entropy_from_logits_and_grad : both, in one pass.
    cross_entropy : the same loss, for probabilities.

    Notes
    -----
    For hard labels the sum leaves out the term of the label, which is 1, and
    log1p adds it: otherwise a sure and right answer is rounded to a loss of 0.
    The exponentials are taken of the logits as they are, and divided afterwards:
    a difference of two logits is rounded, and the exponential would multiply
    that error by their distance.  Rows where this leaves the range of floating
    point are computed again, with the largest logit subtracted first.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), section 6.2.2.3,
    equation 6.30.  Blanchard, Higham and Higham, "Accurately computing the
    log-sum-exp and softmax functions", *IMA Journal of Numerical Analysis* 41
    (2021), pages 2311-2330.

    Examples
    --------
    Not to know costs log k:

    >>> round(cross_entropy_from_logits([0], [[0.0, 0.0, 0.0]]), 6)
    1.098612

    Sure and wrong costs about the lead of the wrong class; sure and right costs
    little, and here still more than 0:

    >>> cross_entropy_from_logits([0], [[0.0, 1000.0, 0.0]])
    1000.0
    >>> f"{cross_entropy_from_logits([0], [[100.0, 0.0, 0.0]]):.3g}"
    '7.44e-44'

    A masked class is no rival:

    >>> cross_entropy_from_logits([0], [[0.0, 0.0, -float("inf")]])
    0.6931471805599453
    """
    examples = classed(y_true, logits, "logits", sample_weight)
    return _reduced(_LOGITS, examples, class_weights, label_smoothing, reduction)


def cross_entropy_from_logits_grad(
    y_true: ArrayLike,
    logits: ArrayLike,
    *,
    class_weights: ArrayLike | None = None,
    label_smoothing: float = 0.0,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
    out: NDArray | None = None,
) -> NDArray:
    r"""Gradient of `cross_entropy_from_logits` in the logits, shape (n, k).

    .. math::
        \frac{\partial \ell_i}{\partial z_{ij}} =
        \Bigl( \sum_{c=1}^{k} \alpha_c y_{ic} \Bigr) \, p_{ij} - \alpha_j y_{ij}
        \qquad p_i = \operatorname{softmax}(z_i)

    Without weights this is probability minus label, p - y, with y after smoothing.
    Its entries lie between -1 and 1 and sum to 0: for a hard label each rival is
    pushed down by the probability it took, and the right class is pushed up by all
    of them together.  At p = y, which a soft label can reach, it is 0.  A masked
    class gets 0.  "mean" divides by the
    sum of the weights; "sum" and "none" agree.  Arguments and errors are those
    of the loss.  `out`, an array of the shape and precision of the result,
    receives it and saves the allocation.

    Examples
    --------
    >>> cross_entropy_from_logits_grad([0], [[0.0, 0.0]])
    array([[-0.5,  0.5]])
    """
    examples = classed(y_true, logits, "logits", sample_weight)
    grad = destination(out, examples)
    _reduced(_LOGITS, examples, class_weights, label_smoothing, reduction, grad)
    return grad


def cross_entropy_from_logits_and_grad(
    y_true: ArrayLike,
    logits: ArrayLike,
    *,
    class_weights: ArrayLike | None = None,
    label_smoothing: float = 0.0,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
    out: NDArray | None = None,
) -> tuple[float | NDArray, NDArray]:
    """`cross_entropy_from_logits` and its gradient, in one pass.

    Examples
    --------
    >>> cross_entropy_from_logits_and_grad([0], [[0.0, 0.0]])
    (0.6931471805599453, array([[-0.5,  0.5]]))
    """
    examples = classed(y_true, logits, "logits", sample_weight)
    grad = destination(out, examples)
    return _reduced(
        _LOGITS, examples, class_weights, label_smoothing, reduction, grad
    ), grad


_PROBS, _LOGITS = (_hard_probs, _soft_probs), (_hard_logits, _soft_logits)


def _reduced(
    rules: tuple[Callable[..., NDArray], Callable[..., NDArray]],
    examples: Examples,
    class_weights: ArrayLike | None,
    smoothing: float,
    reduction: Reduction,
    grad: NDArray | None = None,
) -> float | NDArray:
    """The loss by two rules, one for hard labels, and one for soft ones."""
    hard, soft = rules
    share = number(smoothing)
    if not 0 <= share <= 1:
        raise ValueError(f"label_smoothing must be in [0, 1], got {smoothing!r}")
    k = examples.x.shape[1]
    alpha = None
    if class_weights is not None:
        # Smoothing gives each class a share of each label.
        some = None if share else occurs(examples, partial(_is_in, np.arange(k)))
        alpha = class_weights_of(class_weights, k, reduction, some)

    def formula(y: NDArray, x: NDArray, by: float, grad: NDArray | None) -> NDArray:
        if y.ndim == 2 and ((y == 0) | (y == 1)).all():  # one-hot
            y = y.argmax(axis=1)
        if y.ndim == 1 and not share:
            return hard(y, x, None if alpha is None else alpha[y], by, grad)
        t = _smoothed(y, x, share)
        return soft(t if alpha is None else t * alpha, x, by, grad)

    return reduced_rows(
        formula,
        examples,
        reduction,
        class_weight=None if alpha is None else partial(_weight_of, alpha),
        grad=grad,
        arrays=1 if examples.y.ndim == 1 and not share else 8,
        check=partial(check_distributions, examples.x, "probs")
        if rules is _PROBS
        else None,
    )


def _weight_of(alpha: NDArray, y: NDArray) -> NDArray:
    """The weight of the class of each example; of a soft label, the mean of weights."""
    return alpha[y] if y.ndim == 1 else np.vecdot(y, alpha)


def _is_in(classes: NDArray, y: NDArray) -> NDArray:
    """Which classes have a share in a label."""
    return np.isin(classes, y) if y.ndim == 1 else np.any(y != 0, axis=0)


def _smoothed(y: NDArray, x: NDArray, share: float) -> NDArray:
    """Soft labels: a share is spread over the classes that are not masked."""
    if y.ndim == 1:
        t = np.zeros_like(x)
        t[np.arange(len(y)), y] = 1
    else:
        t = y.astype(x.dtype)
    if share:
        usable = x > -np.inf
        t *= 1 - share
        t += usable * (share / usable.sum(axis=1, keepdims=True))
    return t
