"""The voices are told how to say the terms of the field."""

import json

import pytest

from tools.author.narrate.pronunciation import TABLE, respelled, table

SYMBOLS = set(json.loads(TABLE.with_name("phonemes.json").read_text("utf-8")))


@pytest.mark.parametrize("accent", ["american", "british"])
def test_every_word_is_spelled_in_sounds_that_the_voices_know(accent):
    for word, phonemes in table(accent).items():
        assert word == word.lower()
        assert phonemes
        assert set(phonemes) <= SYMBOLS, word


@pytest.mark.parametrize(
    ("voice", "text", "told"),
    [
        (
            "af_heart",
            "Its logit, not its logits.",
            "lˈOʤɪt/), not its [logits](/lˈOʤɪts/).",
        ),
        ("bm_george", "Its logit.", "Its [logit](/lˈQʤɪt/)."),
        ("am_puck", "A ReLU and a relu", "A [ReLU](/ɹˈɛlu/) and a [relu](/ɹˈɛlu/)"),
        (
            "am_puck",
            "Take the argmax of softmax.",
            "[argmax](/ˈɑɹɡmˌæks/) of [softmax]",
        ),
        ("am_michael", "The Huber loss.", "The [Huber](/hjˈubəɹ/) loss."),
        (
            "bf_emma",
            "Three nats, or one nat?",
            "[nats](/nˈats/), or one [nat](/nˈat/)?",
        ),
    ],
)
def test_terms_are_respelled_in_the_accent_of_the_voice(voice, text, told):
    assert told in respelled(text, voice)


@pytest.mark.parametrize("text", ["A natural logarithm.", "A national hinge.", ""])
def test_other_words_stay_as_they_are(text):
    assert respelled(text, "af_heart") == text
