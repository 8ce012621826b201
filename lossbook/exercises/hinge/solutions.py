"""Solutions of the exercises on the hinge loss."""

import numpy as np

from ...gradcheck import numerical_gradient
from ...losses import hinge, hinge_grad

five_mails = [0, 1 - 0.4, 1 + 1.5, 1 + 0.7, 1 - 0.2]


def mean_hinge(y, scores):
    return np.mean(np.maximum(0, 1 - y * scores))


def filter_loss(is_spam, scores):
    return hinge(2 * is_spam - 1, scores)


def support_vectors(w, b, x, y):
    return y * (x @ w + b) <= 1


def penalised(w, b, x, y, l2):
    return hinge(y, x @ w + b) + l2 / 2 * (w @ w)


why_a_penalty = (
    "Double all weights and the bias: the boundary stays where it is, and no answer "
    "changes, but every score is twice as large. Answers that were right but close "
    "now cost less, so the loss falls although the filter has learned nothing. The "
    "penalty makes large weights cost something, and then the way to a low loss is a "
    "boundary with much room on both sides. So do not mind that the loss on the "
    "training emails is higher, and compare both filters on emails they have not seen. "
    "And do not read a score as how sure the filter is: it says on which side an email "
    "is and how far, in a unit that changes with the penalty. Halve all weights and "
    "the bias, and every score is halved, but no email has moved."
)


def gradient(y, scores):
    derived = np.where(y * scores < 1, -y, 0) / len(y)
    measured = numerical_gradient(lambda s: np.mean(np.maximum(0, 1 - y * s)), scores)
    return derived, measured


def svm_step(w, b, x, y, learning_rate, l2):
    slope = hinge_grad(y, x @ w + b)
    new_w = w - learning_rate * (slope @ x + l2 * w)
    new_b = b - learning_rate * slope.sum()
    return new_w, new_b
