"""Calibration: do things happen as often as a model says?

`reliability` compares what was said with what happened, bin by bin;
`expected_calibration_error` makes one number of the table; `brier_score` is, beside
the cross-entropy, the other well-known proper scoring rule.  Measure them on
held-out examples.  All three read two classes, ``probs`` of shape (n,), or k
classes, ``probs`` of shape (n, k), and ``plots.reliability_diagram`` draws the table.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._arrays import Examples, forecasts, whole_number
from .losses import brier_score as brier_score


class Reliability(NamedTuple):
    """What was said and what happened, an entry for each bin that is not empty."""

    probability: NDArray[np.float64]
    """The mean of what was said."""
    frequency: NDArray[np.float64]
    """The share of the examples to which it happened."""
    count: NDArray
    """How many examples there are, or the sum of their weights."""


def reliability(
    y_true: ArrayLike,
    probs: ArrayLike,
    *,
    bins: int = 10,
    sample_weight: ArrayLike | None = None,
) -> Reliability:
    r"""What a model says beside what happens: the table of a reliability diagram.

    For two classes the examples are sorted by the probability of class 1 into
    `bins` bins of equal width, and in each the mean probability is compared with the
    frequency of class 1.  For k classes it is the largest probability of each row,
    the *confidence*, and the frequency of right answers.

    Parameters
    ----------
    y_true : array_like, shape (n,) or (n, k)
        Labels: 0 or 1, or a fraction; for k classes, class numbers or a
        distribution for each example.
    probs : array_like, shape (n,) or (n, k)
        Probabilities of class 1, or a row that sums to 1 for each example.
    bins : int, default 10
        How many bins [0, 1] is cut into; a probability on a cut is in the lower one.
    sample_weight : array_like, shape (n,), optional
        What each example counts, from 0 up; 1 if not given.

    Returns
    -------
    Reliability
        Three arrays, with an entry for each bin in which there is an example whose
        weight is above 0, from low probabilities to high ones.

    Raises
    ------
    ValueError
        If the labels, the probabilities or the weights are not those that
        `binary_cross_entropy` or `cross_entropy` reads, or `bins` is no integer
        from 1 up.

    See Also
    --------
    expected_calibration_error : the mean distance of the two columns.
    lossbook.plots.reliability_diagram : the table as a figure.

    Notes
    -----
    A bin with few examples says little: its frequency is a share of few.  For two
    classes the columns are those of scikit-learn's ``calibration_curve``.

    References
    ----------
    Guo et al., "On calibration of modern neural networks", *ICML* (2017), section 2.

    Examples
    --------
    Four forecasts of 10 % and two of 75 %; it rains once and twice:

    >>> said = [0.1, 0.1, 0.1, 0.1, 0.75, 0.75]
    >>> table = reliability([0, 0, 1, 0, 1, 1], said)
    >>> table.probability.round(2), table.frequency, table.count
    (array([0.1 , 0.75]), array([0.25, 1.  ]), array([4, 2]))
    """
    probability, frequency, total, exponent = _table(y_true, probs, bins, sample_weight)
    count = total if exponent is None else np.ldexp(total, exponent)
    return Reliability(probability, frequency, count)


def expected_calibration_error(
    y_true: ArrayLike,
    probs: ArrayLike,
    *,
    bins: int = 10,
    sample_weight: ArrayLike | None = None,
) -> float:
    r"""How far what a model says is from what happens, on average (ECE).

    .. math::
        \text{ECE} = \sum_b \frac{n_b}{n}
        \, \lvert \text{frequency}_b - \text{probability}_b \rvert

    The sum runs over the bins of `reliability`, with :math:`n_b` of the n examples
    in bin b.  Arguments and errors are those of `reliability`.

    Returns
    -------
    float
        From 0 (as often as said, in each bin) to 1.

    Notes
    -----
    It measures calibration and nothing else: a model that says the frequency of
    class 1 to every example has an ECE of about 0, and is useless.  And it depends
    on `bins`: within a bin, too much and too little cancel, and with few examples
    for a bin even honest probabilities get an ECE above 0.  Compare only what is
    measured with the same bins on the same examples.

    References
    ----------
    Naeini, Cooper and Hauskrecht, "Obtaining well calibrated probabilities using
    Bayesian binning", *AAAI* (2015), pages 2901-2907.  Guo et al., "On calibration
    of modern neural networks", *ICML* (2017), equation 3.

    Examples
    --------
    Two thirds of the forecasts are off by 0.15, one third by 0.25:

    >>> said = [0.1, 0.1, 0.1, 0.1, 0.75, 0.75]
    >>> round(expected_calibration_error([0, 0, 1, 0, 1, 1], said), 4)
    0.1833
    """
    probability, frequency, total, _ = _table(y_true, probs, bins, sample_weight)
    return float(total @ np.abs(frequency - probability) / total.sum())


def _table(
    y_true: ArrayLike, probs: ArrayLike, bins: int, sample_weight: ArrayLike | None
) -> tuple[NDArray, NDArray, NDArray, int | None]:
    """The bins that are not empty; their weights are to be shifted by an exponent."""
    whole_number(bins, "bins", 1)
    examples = forecasts(y_true, probs, sample_weight)
    said, happened = _said_and_happened(examples)
    # Cuts in the precision of what was said: 0.1 is on the cut in either.
    cuts = np.linspace(0, 1, bins + 1, dtype=said.dtype)[1:-1]
    at = np.searchsorted(cuts, said)
    weights = examples.weights
    weight = np.ones(len(at)) if weights is None else weights.of(slice(None), "mean")
    total = np.bincount(at, weight)
    filled = total > 0
    probability, frequency = (
        np.bincount(at, weight * v)[filled] / total[filled] for v in (said, happened)
    )
    if weights is None:
        return probability, frequency, total[filled].astype(np.intp), None
    return probability, frequency, total[filled], weights.exponent


def _said_and_happened(examples: Examples) -> tuple[NDArray, NDArray]:
    """The probability that each example is judged by, and whether it came true."""
    y, p = examples.y, examples.x.astype(examples.dtype, copy=False)
    if p.ndim == 1:
        return p, y
    each, answer = np.arange(len(p)), p.argmax(axis=1)
    return p[each, answer], y == answer if y.ndim == 1 else y[each, answer]
