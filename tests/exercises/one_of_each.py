"""An exercise that asks for a function, and one that asks for a number."""

from tests.exercises.test_corpus import fresh


def mse():
    return fresh("mean_squared_error", "mse")


def number():
    return fresh("mean_squared_error", "by_hand")
