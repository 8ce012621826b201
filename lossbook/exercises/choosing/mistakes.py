"""What is often wrong around choosing: pulls, a loss, recall, alarms and a stall."""

import numpy as np

from ...link_functions import sigmoid
from ...losses import (
    huber,
    huber_grad,
    mean_absolute_error,
    mean_absolute_error_grad,
    mean_squared_error,
    mean_squared_error_grad,
)
from ..engine.mistakes import Mistake, constant, mistake, pattern
from .right import (
    alarms,
    both_runs,
    entropy_slope,
    found,
    run,
    share_of_the_last,
    shares_of_pull,
    squared_slope,
)

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


def other_losses() -> tuple[Mistake, ...]:
    """Each loss that does not fit one of the problems, whatever is said of others."""
    mistakes = []
    for number, (problem, reasons) in enumerate(REASONS.items()):
        for loss, reason in reasons.items():
            parts: list = [...] * len(REASONS)
            parts[number] = loss
            name, message = f"{loss} for {problem}", reason.format(problem)
            mistakes.append(constant(name, tuple(parts), message))
    return tuple(mistakes)


@mistake
def losses_for_pulls(off, delta):
    """Those are shares of the loss. The pull is its slope: how much the loss changes if
    the prediction moves a little.
    """
    right = np.zeros(len(off))
    losses = (
        mean_squared_error(right, off, reduction="none"),
        mean_absolute_error(right, off, reduction="none"),
        huber(right, off, delta=delta, reduction="none"),
    )
    return tuple(map(share_of_the_last, losses))


@mistake
def pulls_not_divided(off, delta):
    """Those are the slopes of the tenth. A share is a part of the whole: divide by the
    sum of all ten slopes.
    """
    right, wild = [0.0], off[-1:]
    return (
        mean_squared_error_grad(right, wild)[0],
        mean_absolute_error_grad(right, wild)[0],
        huber_grad(right, wild, delta=delta)[0],
    )


@pattern
def pulls_in_percent(digits, *inputs):
    """Those are per cent. A share lies between 0 and 1."""
    return tuple(np.round(100 * p, digits) for p in shares_of_pull(*inputs))


@mistake
def against_the_others(*inputs):
    """You divided by the pulls of the nine others. A share is a part of the whole: all
    ten.
    """
    return tuple(p / (1 - p) for p in shares_of_pull(*inputs))


@mistake
def squared_pulls_squared(off, delta):
    """For the squared error you took the squares. The slope of u² is 2u."""
    return share_of_the_last(np.square(off))


@mistake
def size_for_its_slope(off, delta):
    """For the absolute error you took the sizes of the errors. Its slope has the size
    1, however far off the prediction is.
    """
    return share_of_the_last(off)


@mistake
def huber_like_the_square(off, delta):
    """For the Huber loss you took slopes without a limit. From an error of δ on the
    slope stays at δ.
    """
    return share_of_the_last(off)


@mistake
def huber_like_the_size(off, delta):
    """For the Huber loss you took the same slope for all. An error of 1 is inside δ,
    where the slope is the error itself; the 100 is outside, where it is δ.
    """
    return 1 / len(off)


@mistake
def swapped_rates(ill, alarm):
    """You have swapped the two. Recall looks at those who are ill: how many are found?
    Precision looks at the alarms: how many are right?
    """
    return found(ill, alarm)[::-1]


@mistake
def precision_for_recall(ill, alarm):
    """What you give as `recall` is the precision. For the recall, divide by the number
    of those who are ill.
    """
    return found(ill, alarm)[1]


@mistake
def recall_for_precision(ill, alarm):
    """What you give as `precision` is the recall. For the precision, divide by the
    number of alarms.
    """
    return found(ill, alarm)[0]


@pattern
def accuracy(part, ill, alarm):
    """What you give as `{}` is the accuracy. It counts the healthy ones without an
    alarm too, and of these there are many.
    """
    return np.mean(ill == alarm)


@pattern
def of_all(part, ill, alarm):
    """For `{}` you divided by the number of all patients. Ask whom you look at: those
    who are ill, or those with an alarm?
    """
    return np.mean(ill * alarm)


@pattern
def number_of_found(part, ill, alarm):
    """What you give as `{}` is how many are found. A share is a part of a whole:
    divide.
    """
    return np.sum(ill * alarm)


@pattern
def of_the_more_numerous(part, ill, alarm):
    """For `{}` you divided by whichever is more: those who are ill, or the alarms.
    Recall is always divided by the ill, precision by the alarms.
    """
    return np.sum(ill * alarm) / max(np.sum(ill), np.sum(alarm))


@pattern
def of_the_less_numerous(part, ill, alarm):
    """For `{}` you divided by whichever is less: those who are ill, or the alarms.
    Recall is always divided by the ill, precision by the alarms.
    """
    return np.sum(ill * alarm) / min(np.sum(ill), np.sum(alarm))


@pattern
def of_the_union(part, ill, alarm):
    """For `{}` you divided by all who are ill or have an alarm. Recall looks at the ill
    alone, precision at the alarms alone.
    """
    return np.sum(ill * alarm) / np.sum((ill + alarm) > 0)


@pattern
def f1(part, ill, alarm):
    """What you give as `{}` is the F1 score, which mixes recall and precision. Here
    each is asked for by itself.
    """
    return 2 * np.sum(ill * alarm) / (np.sum(ill) + np.sum(alarm))


@mistake
def quiet_for_precision(ill, alarm):
    """What you give as `precision` is the share of the healthy who have no alarm: the
    specificity. Precision looks at the alarms: how many are right?
    """
    return np.sum((ill == 0) & (alarm == 0)) / np.sum(ill == 0)


@mistake
def missed_for_recall(ill, alarm):
    """What you give as `recall` is the share that is missed. Recall is the share that
    is found.
    """
    return 1 - found(ill, alarm)[0]


@mistake
def false_for_precision(ill, alarm):
    """What you give as `precision` is the share of false alarms. Precision is the share
    of right ones.
    """
    return 1 - found(ill, alarm)[1]


@mistake
def rates_in_percent(*inputs):
    """Those are per cent. A share lies between 0 and 1: leave out the 100."""
    return tuple(100 * rate for rate in found(*inputs))


@mistake
def one_half(p, missed, false):
    """Your threshold is 0.5, whatever the mistakes cost. The more expensive a miss,
    the sooner an alarm is worth raising.
    """
    return p > 0.5


@mistake
def threshold_of_the_chapter(p, missed, false):
    """Your threshold is 1/11, whatever the mistakes cost. It belongs to a miss that
    costs ten false alarms: compute it from `missed` and `false_alarm`.
    """
    return p > 1 / 11


@mistake
def wrong_cost(p, missed, false):
    """You have swapped the two costs. With probability p the patient is ill, and
    without an alarm `missed` is due; with 1 − p an alarm costs `false_alarm`.
    """
    return alarms(p, false, missed)


@mistake
def ratio_of_costs(p, missed, false):
    """You compare the risk of a miss with a false alarm that is certain. It has a risk
    too: an alarm is false only with probability 1 − p.
    """
    return p * missed > false


@mistake
def one_false_alarm(p, missed, false):
    """With you a false alarm costs 1. Here `false_alarm` says what it costs."""
    return p > 1 / (1 + missed)


@mistake
def alarm_turned_round(*inputs):
    """Your alarms are turned round: you give them to the patients who are least likely
    to be ill.
    """
    return ~alarms(*inputs)


@mistake
def threshold_itself(p, missed, false):
    """You return the threshold. Compare the probabilities with it: an array of `True`
    and `False` is asked for.
    """
    return false / (missed + false)


@mistake
def number_of_alarms(*inputs):
    """You return how many alarms there are. Return an array that says it of each
    patient.
    """
    return alarms(*inputs).sum()


@mistake
def costs_themselves(p, missed, false):
    """You return what an alarm saves on average. Where that is above 0, raise the
    alarm: an array of `True` and `False` is asked for.
    """
    return p * missed - (1 - p) * false


@mistake
def uphill(*inputs):
    """Your steps go along the slopes, so both losses rise. Subtract; and the slope is
    that of prediction minus label, p − y, not the other way round.
    """
    return run(entropy_slope, move=1)(*inputs), run(squared_slope, move=1)(*inputs)


@mistake
def rate_forgotten(y, z, rate, steps):
    """You subtracted the slopes themselves. Multiply them by the learning rate
    first.
    """
    return both_runs(y, z, 1, steps)


@mistake
def always_label_1(y, z, *rest):
    """Your slopes are those for the label 1, whatever `y` is."""
    return both_runs(1, z, *rest)


@mistake
def sigmoid_not_followed(*inputs):
    """For the squared error you stepped by the slope in p. The step is taken in z:
    multiply by the slope of the sigmoid, p (1 − p).
    """
    return run(lambda y, z: mean_squared_error_grad([y], [sigmoid(z)])[0])(*inputs)


@mistake
def two_forgotten(*inputs):
    """For the squared error your steps are half as long as they should be. The slope of
    u² is 2u.
    """
    return run(lambda y, z: squared_slope(y, z) / 2)(*inputs)


@mistake
def squared_error_of_the_logit(*inputs):
    """For the squared error you compared the logit with the label. Here it is p that is
    compared: put the sigmoid in between.
    """
    return run(lambda y, z: mean_squared_error_grad([y], [z])[0])(*inputs)


@mistake
def factor_kept(*inputs):
    """For the cross-entropy you multiplied by p (1 − p) once too often. In its slope
    in z this factor has cancelled already.
    """
    return run(lambda y, z: squared_slope(y, z) / 2)(*inputs)


@mistake
def entropy_in_p(*inputs):
    """For the cross-entropy you stepped by the slope in p. The step is taken in z:
    multiply by the slope of the sigmoid, p (1 − p).
    """

    def slope(y, z):
        p = sigmoid(z)
        return (p - y) / (p * (1 - p))

    return run(slope)(*inputs)


@mistake
def slope_of_the_start(y, z, rate, steps):
    """All your steps use the slope of the start. Each step changes the logit, so find
    the slope inside the loop.
    """
    return both_runs(y, z, rate * steps, 1)


@mistake
def one_step_too_few(y, z, rate, steps):
    """You take one step too few. `range(steps)` counts from 0."""
    return both_runs(y, z, rate, steps - 1)


@mistake
def one_step_too_many(y, z, rate, steps):
    """You take one step too many. `range(steps)` counts `steps` of them."""
    return both_runs(y, z, rate, steps + 1)


@mistake
def one_step_only(y, z, rate, steps):
    """You return after the first step. Is `return` inside the loop?"""
    return both_runs(y, z, rate, 1)


@mistake
def not_moved(y, z, *rest):
    """You return the logit of the start, twice. Take the steps, and return where they
    lead.
    """
    return z, z


@mistake
def one_after_the_other(y, z, rate, steps):
    """Your second run begins where the first one ended. Begin both at `z`."""
    first = run(entropy_slope)(y, z, rate, steps)
    return first, run(squared_slope)(y, first, rate, steps)


@mistake
def runs_swapped(*inputs):
    """Both logits are right, in the other order: that of the cross-entropy comes
    first.
    """
    return both_runs(*inputs)[::-1]


@mistake
def probabilities_returned(*inputs):
    """You return probabilities. The logits are asked for."""
    return tuple(map(sigmoid, both_runs(*inputs)))
