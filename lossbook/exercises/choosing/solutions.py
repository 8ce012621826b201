"""Solutions of the exercises on choosing a loss."""

import numpy as np

from ...link_functions import sigmoid

one_wild_price = 200 / (9 * 2 + 200), 1 / (9 * 1 + 1), 2 / (9 * 1 + 2)

which_loss = "mean absolute error", "cross-entropy", "mean squared error", "hinge"


def recall_and_precision(ill, alarm):
    found = np.sum(ill * alarm)
    return found / np.sum(ill), found / np.sum(alarm)


def raise_alarm(p, missed, false_alarm):
    return p * missed > (1 - p) * false_alarm


why_97_percent = (
    "With a rare illness nearly everybody is healthy. If three in 100 are ill, a "
    'baseline that says "healthy" to everyone is right for 97 in 100 as well, and '
    "finds no one who is ill. "
    "So first ask how your model compares with that, on patients it has not seen. Then "
    "ask two things that accuracy hides: of those who are ill, how many are found, and "
    "of those who get an alarm, how many are ill? The two mistakes do not cost the "
    "same, since a missed illness may be far worse than a second blood test. Let the "
    "model give probabilities, and raise the alarm as soon as the risk of a miss "
    "outweighs that of a false alarm, which may be long before one half."
)


def stalled(y, z, learning_rate, steps):
    z_entropy = z_squared = z
    for _ in range(steps):
        z_entropy = z_entropy - learning_rate * (sigmoid(z_entropy) - y)
        p = sigmoid(z_squared)
        z_squared = z_squared - learning_rate * 2 * (p - y) * p * (1 - p)
    return z_entropy, z_squared
