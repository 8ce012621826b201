"""Drawings of the quantile loss."""

RIGHT = {
    "draw-a-lopsided-loss": [
        [2.2, 1.5, 0.8, 0, 0.2, 0.5, 0.8],
        [2.5, 1.6, 0.8, 0.1, 0.3, 0.6, 1],
        [2, 1.4, 0.7, 0, 0.3, 0.4, 0.6],
        [2.3, 1.4, 0.7, -0.1, 0.2, 0.5, 0.7],
        [2.4, 1.7, 0.9, 0.2, 0.4, 0.6, 0.8],
        [2.3, 1.5, 0.7, 0, 0.2, 0.4, 0.7],
        [2.1, 1.5, 0.8, 0.1, 0.3, 0.5, 0.9],
        [2.4, 1.5, 0.8, 0, 0.3, 0.5, 0.7],
    ],
}
WRONG = {
    "draw-a-lopsided-loss": [
        (lambda x: -0.75 * x if x < 0 else -0.25 * x, "never below 0"),
        (lambda x: 0.75 * x if x < 0 else 0.25 * x, "never below 0"),
        (lambda x: x / 2, "never below 0"),
        (lambda x: 1, "hits the target"),
        (lambda x: 0.5 + 0.2 * x * x, "hits the target"),
        (lambda x: max(0, 1 - x), "hits the target"),
        (lambda x: 0.75 * x if x > 0 else -0.25 * x, "mirrored"),
        (lambda x: max(0, x), "mirrored"),
        (lambda x: 0, "Each unit too low"),
        (lambda x: 0.25 * abs(x), "Each unit too low"),
        (lambda x: max(0, -0.75 * x), "it is not free"),
        (lambda x: max(0, -x), "it is not free"),
        (lambda x: x * x / 3, "The left side bends"),
        (lambda x: 0.3 * x * x if x < 0 else x / 4, "The left side bends"),
        (lambda x: 1.6 * (-x) ** 0.3 if x < 0 else x / 4, "The left side bends"),
        (lambda x: -0.75 * x if x < 0 else 0.35 * x * x, "The right side bends"),
        (lambda x: abs(x) / 2, "too dear"),
        (abs, "too dear"),
        (lambda x: -0.45 * x if x < 0 else x / 4, "the steepness is not"),
    ],
}
