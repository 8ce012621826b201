"""Preference: of two answers, the one that people chose should earn more."""

from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .._arrays import (
    FROM_0,
    Examples,
    Reduction,
    all_between,
    difference,
    paired,
    positive,
    real_number,
    reduced,
    reduced_grad,
)

FINE = 8.0  # up to such a lead, what its rounding cuts off is no digit of the loss


def _loss(margin: float, c: NDArray, r: NDArray) -> NDArray:
    """log(1 + exp(-lead)), for the lead of the chosen over the rejected."""
    behind = r - c
    if not margin and all_between(behind, -FINE, FINE):
        np.exp(behind, out=behind)
        return np.log1p(behind, out=behind)
    lead, e = _far(margin, c, r)
    losses = positive(-lead) + np.log1p(e)
    far = np.isinf(lead)  # an infinite reward is to be refused, also where it costs 0
    losses[far] += 0 * (c[far] + r[far])
    return losses


def _slope(margin: float, c: NDArray, r: NDArray) -> NDArray:
    lead, e = _far(margin, c, r)
    return np.where(lead > 0, e, 1) / (1 + e)


def _far(margin: float, c: NDArray, r: NDArray) -> tuple[NDArray, NDArray]:
    """The lead, and exp(-|lead|), with what the rounding of the lead cut off."""
    lead, cut_off = difference(c, r)
    if margin:
        lead, more = difference(lead, np.full_like(lead, margin))
        cut_off += more
    e = np.exp(-np.abs(lead))
    e -= e * np.where(lead < 0, -cut_off, cut_off)
    return lead, e


def preference(
    chosen: ArrayLike,
    rejected: ArrayLike,
    *,
    margin: float = 0.0,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
) -> float | NDArray:
    r"""Surprise that of two answers the better one was preferred, from their rewards.

    .. math::
        \ell_i = -\log \sigma(r^+_i - r^-_i - m)

    It is easier to say which of two answers is better than how good one is.  In the
    model of Bradley and Terry each answer has a reward, and one is preferred to
    another with the probability :math:`\sigma(r^+ - r^-)`; this loss is the negative
    logarithm of what that gives to what people chose.  A reward model is trained by
    it.  Only differences count: to add 5 to all rewards changes nothing.

    **DPO** trains a language model on such pairs without a reward model.  The reward
    of an answer is :math:`\beta` times how much likelier the model makes it than a
    frozen copy did before: :math:`r = \beta (\log \pi(a) - \log \pi_\text{ref}(a))`,
    with sums of the logarithms over the tokens of the answer.

    Parameters
    ----------
    chosen : array_like, shape (n,)
        Rewards :math:`r^+_i` of the answers that were preferred; finite real numbers.
    rejected : array_like, shape (n,)
        Rewards :math:`r^-_i` of the others, in the same order.
    margin : float, default 0.0
        A number :math:`m` from 0 up, by which the chosen should lead at least.  Where
        each pair has its own, subtract it from `chosen`.
    sample_weight : array_like, shape (n,), optional
        What each pair counts, from 0 up; 1 if not given.
    reduction : {"mean", "sum", "none"}, default "mean"
        How the n losses become the result; the mean divides by the sum of the
        weights.

    Returns
    -------
    float, or ndarray of shape (n,) if `reduction` is "none"
        Loss in nats, at least 0: log 2, which is 0.693, where both rewards are equal
        (and there is no margin), and about the lead of the rejected where that is
        large.

    Raises
    ------
    ValueError
        If the shapes differ or are not (n,), there are no pairs, a reward is NaN or
        infinite, `margin` is not a finite number from 0 up, `sample_weight` is not n
        numbers from 0 up, one of them above 0, or `reduction` is unknown.

    See Also
    --------
    preference_grad : its gradient in the rewards of the rejected.
    binary_cross_entropy_from_logits : of the lead and the label 1, the same.

    Notes
    -----
    TRL's ``RewardTrainer`` and, of the two rewards of DPO, its ``DPOTrainer`` compute
    the same, with a `beta` of 0.1 if none is given.

    A lead is rounded as every difference; what the rounding cut off is added again,
    so that a loss of 1e-300 has all its digits too.

    References
    ----------
    Bradley and Terry, "Rank analysis of incomplete block designs: I. The method of
    paired comparisons", *Biometrika* 39 (1952), pages 324-345.  Ouyang and others,
    "Training language models to follow instructions with human feedback", *NeurIPS*
    (2022), equation 1.  Rafailov and others, "Direct preference optimization: your
    language model is secretly a reward model", *NeurIPS* (2023), equation 7.

    Examples
    --------
    The chosen leads by 2, by nothing, and is behind by 2:

    >>> preference([2.0, 0.0, 0.0], [0.0, 0.0, 2.0], reduction="none").round(4)
    array([0.1269, 0.6931, 2.1269])

    DPO for one pair: the model makes the chosen answer likelier than the frozen copy
    does, and the rejected one less likely:

    >>> beta = 0.1
    >>> chosen, rejected = beta * (-12.0 - -15.0), beta * (-20.0 - -18.0)
    >>> round(preference([chosen], [rejected]), 4)
    0.4741
    """
    rule, pairs = _read(margin, chosen, rejected, sample_weight)
    return reduced(partial(_loss, rule), pairs, reduction, arrays=14)


def preference_grad(
    chosen: ArrayLike,
    rejected: ArrayLike,
    *,
    margin: float = 0.0,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
    out: NDArray | None = None,
) -> NDArray:
    r"""Gradient of `preference` in the rewards of the rejected, shape (n,).

    .. math::
        \frac{\partial \ell_i}{\partial r^-_i} =
        -\frac{\partial \ell_i}{\partial r^+_i} =
        1 - \sigma(r^+_i - r^-_i - m)

    As only the difference counts, that in `chosen` is the same with the other sign;
    so one array is returned, where losses of embeddings return one for each.
    It is the probability of the wrong choice: pairs that the model gets wrong pull
    with nearly 1, those it gets right with next to nothing.  "mean" divides by the
    sum of the weights; "sum" and "none" agree.  Arguments and errors are those of the
    loss.  `out`, an array of the shape and precision of the result, receives it and
    saves the allocation.

    Examples
    --------
    >>> g = preference_grad([2.0, 0.0, 0.0], [0.0, 0.0, 2.0], reduction="sum")
    >>> g.round(3)  # in the rewards of the rejected: they should fall
    array([0.119, 0.5  , 0.881])
    >>> (-g).round(3)  # in those of the chosen
    array([-0.119, -0.5  , -0.881])
    """
    rule, pairs = _read(margin, chosen, rejected, sample_weight)
    return reduced_grad(partial(_slope, rule), pairs, reduction, out)


def _read(
    margin: float,
    chosen: ArrayLike,
    rejected: ArrayLike,
    sample_weight: ArrayLike | None,
) -> tuple[float, Examples]:
    pairs = paired(chosen, rejected, "rejected", sample_weight, first="chosen")
    return real_number(margin, "margin", *FROM_0), pairs
