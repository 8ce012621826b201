"""What is drawn from a seed is the same for ever, fair, and nobody else's."""

from collections import Counter

import pytest

from classroom.draws import Draw


def test_a_seed_gives_what_it_gave_when_this_was_written():
    """Papers of years ago hang on these numbers: the test is never brought up to date.

    The first is what the standard says, as `openssl` computes it too: the first eight
    bytes of HMAC-SHA256(HMAC-SHA256("seed", '["a", "b"]'), eight zero bytes).
    """
    draw = Draw("seed", "a", "b")

    assert draw.below(2**64) == 698632357384801773
    assert [draw.below(1000) for _ in range(4)] == [890, 485, 407, 637]
    assert draw.number(0.4, 0.9, 0.05) == 0.45
    assert draw.number(5, 20) == 9
    assert draw.one_of("abcdef") == "e"
    assert draw.shuffled(range(6)) == [0, 2, 4, 1, 3, 5]
    assert draw.some_of(range(100), 4) == [84, 8, 68, 95]


def test_other_words_and_other_seeds_give_other_numbers():
    asked = [("s", "a"), ("s", "b"), ("t", "a"), ("s", "a", "b"), ("s", "a b"), ("sa",)]
    drawn = {Draw(*words).below(2**64) for words in asked}

    assert len(drawn) == len(asked)


@pytest.mark.parametrize("count", [1, 2, 3, 7, 10])
def test_each_is_as_likely(count):
    draw = Draw("fair", str(count))
    seen = Counter(draw.below(count) for _ in range(5_000))

    # Chi-squared: of a million seeds some lie above 35, and this one never changes.
    expected = 5_000 / count
    assert set(seen) == set(range(count))
    assert sum((n - expected) ** 2 / expected for n in seen.values()) < 35


def test_each_order_is_as_likely():
    draw = Draw("orders")
    seen = Counter("".join(draw.shuffled("abc")) for _ in range(3_000))

    assert len(seen) == 6
    assert sum((n - 500) ** 2 / 500 for n in seen.values()) < 35


def test_numbers_are_as_one_would_write_them():
    draw = Draw("steps")
    seen = {draw.number(0.1, 0.6, 0.05) for _ in range(500)}

    assert seen == {0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6}
    assert {type(draw.number(1, 3)) for _ in range(9)} == {int}
    assert {type(draw.number(1, 2, 0.5)) for _ in range(9)} == {float}


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda draw: draw.below(0), "something to draw from"),
        (lambda draw: draw.one_of([]), "something to draw from"),
        (lambda draw: draw.some_of("ab", 3), "3 cannot be drawn from 2"),
        (lambda draw: draw.number(0, 1, 0.3), "no number of steps"),
        (lambda draw: draw.number(2, 1), "no number of steps"),
    ],
)
def test_what_cannot_be_drawn_is_told(ask, says):
    with pytest.raises(ValueError, match=says):
        ask(Draw("seed"))
