"""What a recogniser writes is compared by sound, not by spelling."""

import pytest

from tools.author.narrate.comparing import errors, misheard, words


def never(one, other):
    return False


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("Two hundred and fifteen.", "215"),
        ("Nought point two.", "0.2"),
        ("Minus nought point two.", "Minus naught point two"),
        ("Ninety-seven per cent!", "97%."),
        ("One thousand five hundred and seven.", "1,507"),
        ("Ten thousand dollars.", "$10,000"),
        ("Seven tenths.", "7/10ths"),
        ("The fourth.", "the 4th"),
        ("The bull's eye.", "The bull’s eye"),
    ],
)
def test_two_ways_to_write_the_same_words_agree(said, heard):
    assert words(said) == words(heard)


@pytest.mark.parametrize(
    ("said", "heard", "count"),
    [
        ("The loss is low.", "The loss is low.", 0),
        ("The loss is low.", "The loss is slow.", 1),
        ("The loss is low.", "The loss is", 1),
        ("The loss is low.", "And so the loss is low.", 1),
        ("Five hundredths.", "500", 1),
        ("The loss is low.", "", 4),
    ],
)
def test_every_word_changed_lost_or_added_counts(said, heard, count):
    assert errors(misheard(said, heard, never)) == count


def test_words_that_sound_alike_are_no_error():
    def alike(one, other):
        return {one, other} == {"mail", "male"}

    assert misheard("One mail is spam.", "One male is spam.", alike) == []
    assert misheard("One mail is spam.", "One nail is spam.", alike) == [
        ("mail", "nail")
    ]
