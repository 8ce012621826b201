"""Mistakes around choosing: pulls, the name of a loss, recall and alarms."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...losses import (
    huber,
    huber_grad,
    mean_absolute_error,
    mean_absolute_error_grad,
    mean_squared_error,
    mean_squared_error_grad,
)
from .common import Mistake

NUMBER = "{} asks for a number. The hinge loss and the cross-entropies are for classes."
CLASS = "{} asks for a class. The squared and the absolute error are for numbers."
FADES = (
    "{} wants no say for coins that are safely right. Under a cross-entropy every "
    "example pulls, if only a little."
)
# What to say of each loss that is not the one: by problem, then by loss.
REASONS = {
    "A": {
        "mean squared error": "In {}, twice as late costs twice as much. The squared "
        "error would count it four times.",
        "cross-entropy": NUMBER,
        "binary cross-entropy": NUMBER,
        "hinge": NUMBER,
    },
    "B": {
        "mean squared error": CLASS,
        "mean absolute error": CLASS,
        "binary cross-entropy": "{} has 26 classes, one of which is right. The binary "
        "cross-entropy is for a yes or no.",
        "hinge": "{} needs to know how sure the model is: a probability for each "
        "letter. The hinge loss gives a side and a distance.",
    },
    "C": {
        "mean absolute error": "In {}, twice as far off costs four times as much. The "
        "absolute error would count it twice.",
        "cross-entropy": NUMBER,
        "binary cross-entropy": NUMBER,
        "hinge": NUMBER,
    },
    "D": {
        "mean squared error": CLASS,
        "mean absolute error": CLASS,
        "cross-entropy": FADES,
        "binary cross-entropy": FADES,
    },
}


def other_loss(number: int, problem: str, loss: str) -> Mistake:
    """A loss that does not fit the problem, whatever is chosen for the others."""
    parts = [...] * len(REASONS)
    parts[number] = loss
    message = REASONS[problem][loss].format(problem)
    return Mistake(f"{loss} for {problem}", lambda: tuple(parts), message)


def other_losses() -> tuple[Mistake, ...]:
    """Each loss that does not fit, for each of the problems."""
    return tuple(
        other_loss(number, problem, loss)
        for number, problem in enumerate(REASONS)
        for loss in REASONS[problem]
    )


def losses_for_pulls() -> Mistake:
    """The shares of the losses."""

    def result(off, delta):
        right = np.zeros(len(off))
        losses = (
            mean_squared_error(right, off, reduction="none"),
            mean_absolute_error(right, off, reduction="none"),
            huber(right, off, delta=delta, reduction="none"),
        )
        return tuple(map(_share, losses))

    return Mistake(
        "losses for pulls",
        result,
        "Those are shares of the loss. The pull is its slope: how much the loss "
        "changes if the prediction moves a little.",
    )


def pulls_not_divided() -> Mistake:
    """The slopes of the tenth."""

    def result(off, delta):
        right, wild = [0.0], off[-1:]
        return (
            mean_squared_error_grad(right, wild)[0],
            mean_absolute_error_grad(right, wild)[0],
            huber_grad(right, wild, delta=delta)[0],
        )

    return Mistake(
        "not divided",
        result,
        "Those are the slopes of the tenth. A share is a part of the whole: divide by "
        "the sum of all ten slopes.",
    )


def pulls_in_percent(digits: int) -> Mistake:
    """The shares in percent, rounded as one writes them down."""
    return Mistake(
        f"percent, {digits} digits",
        lambda *inputs: tuple(
            np.round(100 * p, digits) for p in shares_of_pull(*inputs)
        ),
        "Those are percent. A share lies between 0 and 1.",
    )


def against_the_others() -> Mistake:
    """The pull of one divided by that of the others."""
    return Mistake(
        "against the others",
        lambda *inputs: tuple(p / (1 - p) for p in shares_of_pull(*inputs)),
        "You divided by the pulls of the nine others. A share is a part of the whole: "
        "all ten.",
    )


def squared_pulls_squared() -> Mistake:
    """The squared error for its slope, in the first part."""
    return Mistake(
        "square for its slope",
        lambda off, delta: _share(np.square(off)),
        "For the squared error you took the squares. The slope of u² is 2u.",
    )


def size_for_its_slope() -> Mistake:
    """The absolute error for its slope, in the second part."""
    return Mistake(
        "size for its slope",
        lambda off, delta: _share(off),
        "For the absolute error you took the sizes of the errors. Its slope has the "
        "size 1, however far off the prediction is.",
    )


def huber_like_the_square() -> Mistake:
    """A Huber loss that never turns straight."""
    return Mistake(
        "Huber like the square",
        lambda off, delta: _share(off),
        "For the Huber loss you took slopes without a limit. From an error of δ on "
        "the slope stays at δ.",
    )


def huber_like_the_size() -> Mistake:
    """A Huber loss with the slope 1 everywhere."""
    return Mistake(
        "Huber like the size",
        lambda off, delta: 1 / len(off),
        "For the Huber loss you took the same slope for all. An error of 1 is inside "
        "δ, where the slope is the error itself; the 100 is outside, where it is δ.",
    )


def swapped_rates() -> Mistake:
    """Precision for recall and recall for precision."""
    return Mistake(
        "swapped",
        lambda ill, alarm: found(ill, alarm)[::-1],
        "You have swapped the two. Recall looks at those who are ill: how many are "
        "found? Precision looks at the alarms: how many are right?",
    )


def precision_for_recall() -> Mistake:
    """Both divided by the alarms."""
    return Mistake(
        "precision for recall",
        lambda ill, alarm: found(ill, alarm)[1],
        "What you give as `recall` is the precision. For the recall, divide by the "
        "number of those who are ill.",
    )


def recall_for_precision() -> Mistake:
    """Both divided by the ill."""
    return Mistake(
        "recall for precision",
        lambda ill, alarm: found(ill, alarm)[0],
        "What you give as `precision` is the recall. For the precision, divide by the "
        "number of alarms.",
    )


def accuracy_for(part: str) -> Mistake:
    """The share of right answers, for one of the two."""
    return Mistake(
        f"accuracy for {part}",
        lambda ill, alarm: np.mean(ill == alarm),
        f"What you give as `{part}` is the accuracy. It counts the healthy ones "
        "without an alarm too, and of these there are many.",
    )


def of_all_for(part: str) -> Mistake:
    """The number found, divided by that of all patients."""
    return Mistake(
        f"{part} of all",
        lambda ill, alarm: np.mean(ill * alarm),
        f"For `{part}` you divided by the number of all patients. Ask whom you look "
        "at: those who are ill, or those with an alarm?",
    )


def number_for(part: str) -> Mistake:
    """The number found, not divided."""
    return Mistake(
        f"number for {part}",
        lambda ill, alarm: np.sum(ill * alarm),
        f"What you give as `{part}` is how many are found. A share is a part of a "
        "whole: divide.",
    )


def missed_for_recall() -> Mistake:
    """The share of the ill without an alarm."""
    return Mistake(
        "missed for recall",
        lambda ill, alarm: 1 - found(ill, alarm)[0],
        "What you give as `recall` is the share that is missed. Recall is the share "
        "that is found.",
    )


def false_for_precision() -> Mistake:
    """The share of false alarms."""
    return Mistake(
        "false for precision",
        lambda ill, alarm: 1 - found(ill, alarm)[1],
        "What you give as `precision` is the share of false alarms. Precision is the "
        "share of right ones.",
    )


def rates_in_percent() -> Mistake:
    """Both in percent."""
    return Mistake(
        "percent",
        lambda *inputs: tuple(100 * rate for rate in found(*inputs)),
        "Those are percent. A share lies between 0 and 1: leave out the 100.",
    )


def one_half() -> Mistake:
    """The usual threshold."""
    return Mistake(
        "one half",
        lambda p, missed, false: p > 0.5,
        "Your threshold is 0.5, whatever the mistakes cost. The dearer a miss, the "
        "sooner an alarm is worth it.",
    )


def threshold_of_the_chapter() -> Mistake:
    """The threshold for a miss that costs ten false alarms."""
    return Mistake(
        "threshold of the chapter",
        lambda p, missed, false: p > 1 / 11,
        "Your threshold is 1/11, whatever the mistakes cost. It belongs to a miss that "
        "costs ten false alarms: compute it from `missed` and `false_alarm`.",
    )


def wrong_cost() -> Mistake:
    """The costs of the two mistakes taken for each other."""
    return Mistake(
        "wrong cost",
        lambda p, missed, false: alarms(p, false, missed),
        "You have swapped the two costs. With probability p the patient is ill, and "
        "without an alarm `missed` is due; with 1 − p an alarm costs `false_alarm`.",
    )


def ratio_of_costs() -> Mistake:
    """The risk of a false alarm taken for certain."""
    return Mistake(
        "ratio of costs",
        lambda p, missed, false: p * missed > false,
        "You compare the risk of a miss with a false alarm that is certain. It has a "
        "risk too: an alarm is false only with probability 1 − p.",
    )


def one_false_alarm() -> Mistake:
    """The formula of the chapter, where a false alarm costs 1."""
    return Mistake(
        "one false alarm",
        lambda p, missed, false: p > 1 / (1 + missed),
        "With you a false alarm costs 1. Here `false_alarm` says what it costs.",
    )


def alarm_turned_round() -> Mistake:
    """An alarm for the healthy."""
    return Mistake(
        "turned round",
        lambda *inputs: ~alarms(*inputs),
        "Your alarms are turned round: you give them to the patients who are least "
        "likely to be ill.",
    )


def threshold_itself() -> Mistake:
    """The threshold, without the comparison."""
    return Mistake(
        "threshold itself",
        lambda p, missed, false: false / (missed + false),
        "You return the threshold. Compare the probabilities with it: an array of "
        "`True` and `False` is asked for.",
    )


def number_of_alarms() -> Mistake:
    """How many alarms there are."""
    return Mistake(
        "number of alarms",
        lambda *inputs: alarms(*inputs).sum(),
        "You return how many alarms there are. Return an array that says it of each "
        "patient.",
    )


def costs_themselves() -> Mistake:
    """What an alarm saves on average."""
    return Mistake(
        "costs themselves",
        lambda p, missed, false: p * missed - (1 - p) * false,
        "You return what an alarm saves on average. Where that is above 0, raise the "
        "alarm: an array of `True` and `False` is asked for.",
    )


def shares_of_pull(off: ArrayLike, delta: float) -> tuple[float, ...]:
    """The share that the last of the errors has in all slopes: the right answer."""
    right = np.zeros(len(off))
    slopes = (
        mean_squared_error_grad(right, off),
        mean_absolute_error_grad(right, off),
        huber_grad(right, off, delta=delta),
    )
    return tuple(map(_share, slopes))


def found(ill: NDArray, alarm: NDArray) -> tuple[float, float]:
    """Recall and precision: the right answer."""
    both = np.sum(ill * alarm)
    return both / np.sum(ill), both / np.sum(alarm)


def alarms(p: NDArray, missed: float, false_alarm: float) -> NDArray:
    """For whom an alarm is worth it: the right answer."""
    return p * missed > (1 - p) * false_alarm


def _share(values: ArrayLike) -> float:
    sizes = np.abs(values)
    return sizes[-1] / sizes.sum()
