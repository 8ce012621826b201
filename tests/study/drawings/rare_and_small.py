"""Drawings of the focal loss."""

import math

RIGHT = {
    "draw-the-focal-loss": [
        [2.7, 1, 0.4, 0.2, 0.1, 0, 0],
        [3, 1.1, 0.5, 0.2, 0, 0, 0],
        [2.4, 0.9, 0.4, 0.1, 0.1, 0.1, 0],
        [2.6, 1.2, 0.6, 0.3, 0.1, 0, 0.1],
        [2.8, 0.8, 0.3, 0.1, 0, -0.1, 0],
        [2.8, 1.1, 0.4, 0.1, 0, 0, 0],
        [2.5, 1, 0.5, 0.2, 0.1, 0.1, 0.1],
        [2.9, 0.9, 0.5, 0.2, 0.1, 0, 0],
    ],
}
WRONG = {
    "draw-the-focal-loss": [
        (lambda p: (1 - p) ** 2 * math.log(p), "never below 0"),
        (lambda p: 2 * (0.4 - p), "never below 0"),
        (lambda p: -(p**2) * math.log(1 - p), "mirrored"),
        (lambda p: 3 * p, "mirrored"),
        (lambda p: 2.7 * p**3, "mirrored"),
        (lambda p: 8 * (p - 0.5) ** 2, "must never rise"),
        (lambda p: -math.log(p), "That is the cross-entropy"),
        (lambda p: 3.4 * (1 - p), "What is right already"),
        (lambda p: 1, "too low on the left"),
        (lambda p: 2.7 * (1 - p * p), "bends the wrong way"),
        (lambda p: 2.7 * math.sqrt(1 - p * p), "bends the wrong way"),
        (lambda p: 2.7 if p < 0.1 else 0.8, "What is right already"),
        (lambda p: -0.25 * math.log(p), "too low on the left"),
        (lambda p: 1 - p, "too low on the left"),
        (lambda p: 0, "too low on the left"),
        (lambda p: max(0, 2.4 - 4.2 * p), "too straight"),
        (lambda p: 2.7 if p < 0.1 else 0, "0 too early"),
        (lambda p: max(0, 3.6 - 20 * p), "0 too early"),
        (lambda p: 2.7 if p < 0.1 else 1.8 * (p < 0.25), "the heights are not"),
    ],
}
