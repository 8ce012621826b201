"""Drawings of the hinge loss and of its slope."""

import math

RIGHT = {
    "draw-the-loss-of-a-spam-mail": [
        [4, 3, 2, 1, 0, 0, 0],
        [3.75, 3, 2.25, 1.25, 0.25, 0, 0],  # a corner cut a little
        [4.25, 3.25, 1.75, 0.75, 0, 0, 0.25],
        [3.5, 2.75, 2, 1, 0.25, 0.25, 0.25],  # lifted off the axis
        [4.5, 3.25, 2, 1, 0, -0.25, 0],
        [4.25, 3, 2, 1.25, 0, 0, 0],
        [3.75, 2.75, 2, 0.75, 0, 0, 0],
        [4, 3.25, 2.25, 1, 0.25, 0, 0],
    ],
    "draw-the-slope-of-the-hinge": [
        [-1, -1, -1, -1, 0, 0, 0],
        [-1.2, -1, -1, -0.9, 0, 0, 0],
        [-0.8, -1, -1.2, -1, -0.1, 0, 0.1],
        [-1, -1.2, -1, -1, 0.2, 0, 0],
        [-0.8, -0.8, -0.8, -0.8, 0, 0, 0],
        [-1, -1, -0.9, -0.9, -0.1, 0, 0],
        [-1.1, -1.1, -1.1, -1.1, 0.1, 0.1, 0.1],
        [-0.9, -1, -1, -1.2, 0, 0, -0.1],
    ],
}
WRONG = {
    "draw-the-loss-of-a-spam-mail": [
        (lambda x: max(0, 1 + x), "label −1"),
        (lambda x: 1.5 * max(0, 0.5 + x), "label −1"),
        (lambda x: 1 - x, "never below 0"),
        (lambda x: min(0, x - 1), "never below 0"),
        (lambda x: abs(1 - x), "must not rise again"),
        (lambda x: (1 - x) ** 2 / 4, "must not rise again"),
        (lambda x: 4 if x < 0 else 2 * (x == 0), "too flat"),
        (lambda x: 2 * (x <= 0), "too flat"),
        (lambda x: 0, "too flat"),
        (lambda x: max(0, -x), "stands at 1, not at 0"),
        (lambda x: 1.4 * max(0, -x), "stands at 1, not at 0"),
        (lambda x: max(0, 2 - x), "exactly 0"),
        (lambda x: 2 * (3 - x) / 3, "exactly 0"),
        (lambda x: 4.5 / (1 + math.exp(x)), "exactly 0"),
        (lambda x: 2, "exactly 0"),
        (lambda x: max(0, 1 - x) ** 2 / 3.5, "as the squared hinge"),
        (lambda x: 4.4 * math.sin(max(0, 1 - x) * math.pi / 8), "levels off"),
        (lambda x: 0.6 * max(0, 1 - x), "the steepness is not"),
    ],
    "draw-the-slope-of-the-hinge": [
        (lambda x: max(0, 1 - x), "the loss itself"),
        (lambda x: float(x < 1), "The sign is wrong"),
        (lambda x: 2.0 * (x < 1), "The sign is wrong"),
        (lambda x: max(0, 1 - x) * 0.5, "The sign is wrong"),
        (lambda x: float(x > -1), "for the label −1"),
        (lambda x: 1.5 * (x > 0), "for the label −1"),
        (lambda x: -1, "From a score of 1 on"),
        (lambda x: -1.0 * (x > 1), "From a score of 1 on"),
        (lambda x: -1 if x < 1 else 1, "does not rise again"),
        (lambda x: min(0, x - 1), "does not pull harder"),
        (lambda x: 0.8 * min(0, x - 1), "does not pull harder"),
        (lambda x: -1.0 * (-1 < x < 1), "as hard as a near one"),
        (lambda x: 0, "flat at 0 where the loss falls"),
        (lambda x: -1.0 * (x < 0), "The slope jumps at 1"),
        (lambda x: -1 / (1 + math.exp(3 * x)), "The slope jumps at 1"),
        (lambda x: -2.0 * (x < 1), "the height is not"),
    ],
}
