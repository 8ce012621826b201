"""Rendering, with a voice that whistles: only what changed is said again."""

import json
from dataclasses import replace

import numpy as np
import pytest
import soundfile

from lossbook.lessons import CAST, Sentence
from tools.author.narrate import mastering, render, script
from tools.author.narrate.measuring import RATE

TEXTS = ["One error.", "Two errors.", "Three errors."]


class Whistler:
    """A voice, and the ear that understands it: a tone for every sentence."""

    def __init__(self):
        self.said, self.deaf = [], False

    def say(self, text, voice, speed):
        self.said.append(text)
        time = np.arange(RATE // 2) / RATE
        return np.sin(2 * np.pi * 100 * len(self.said) * time).astype(np.float32)

    def hear(self, samples):
        return "" if self.deaf else self.said[-1]

    def alike(self, one, other):
        return False


@pytest.fixture
def whistler(tmp_path, monkeypatch):
    monkeypatch.setattr(render, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(script, "AUDIO", tmp_path)

    def write(samples, path):
        soundfile.write(path, samples, RATE, format="WAV")

    monkeypatch.setattr(mastering, "write_mp3", write)
    return Whistler()


def recording(*texts, speaker=CAST["kim"]):
    sentences = (Sentence(speaker, text, text) for text in texts)
    return script.Recording("lesson", tuple(sentences))


def record(whistler, what):
    return render.Studio(whistler, whistler).record(what)


def test_a_recording_is_sound_cues_and_captions(whistler):
    lesson = recording(*TEXTS)

    assert lesson.changes() == ["lesson: not recorded yet"]
    assert record(whistler, lesson)
    assert lesson.changes() == []
    cues = json.loads(lesson.cue_file.read_text("utf-8"))
    assert cues["heard"] == {"words": 6, "errors": 0}
    assert [cue["start"] for cue in cues["sentences"]] == [0.2, 1.0, 1.8]
    assert len(soundfile.read(lesson.sound_file)[0]) == cues["seconds"] * RATE
    assert lesson.caption_file.read_text("utf-8").startswith(
        "WEBVTT\n\n00:00.200 --> 00:00.700\n<v Kim>One error.\n\n00:01.000 -->"
    )


def test_only_a_changed_sentence_is_said_again(whistler):
    record(whistler, recording(*TEXTS))
    changed = recording("One error.", "Two mistakes.", "Three errors.")

    assert changed.changes() == ["lesson: Two mistakes."]
    record(whistler, changed)
    assert whistler.said == [*TEXTS, "Two mistakes."]
    assert changed.changes() == []


def test_sentences_that_change_places_are_noticed_and_not_said_again(whistler):
    record(whistler, recording(*TEXTS))
    shorter = recording(TEXTS[2], TEXTS[0])

    assert shorter.changes() == ["lesson: sentences were moved or taken out"]
    record(whistler, shorter)
    assert whistler.said == TEXTS
    assert shorter.changes() == []


def test_other_rests_are_noticed_and_nothing_is_said_again(whistler):
    lesson = replace(recording(*TEXTS), rests=(0.2, 1.0, 0.5))
    record(whistler, lesson)
    longer = replace(lesson, rests=(0.2, 1.4, 0.5))

    assert lesson.changes() == []
    assert longer.changes() == ["lesson: the rests between sentences were changed"]
    record(whistler, longer)
    assert whistler.said == TEXTS
    assert longer.changes() == []


def test_another_voice_says_everything_again(whistler):
    record(whistler, recording(*TEXTS))
    record(whistler, recording(*TEXTS, speaker=replace(CAST["kim"], speed=0.8)))

    assert whistler.said == [*TEXTS, *TEXTS]


def test_an_interrupted_run_goes_on_where_it_stopped(whistler, monkeypatch):
    def interrupted(text, voice, speed):
        if text == TEXTS[2]:
            raise KeyboardInterrupt
        return Whistler.say(whistler, text, voice, speed)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(whistler, "say", interrupted)
        record(whistler, recording(*TEXTS))
    record(whistler, recording(*TEXTS))

    assert whistler.said == TEXTS


def test_a_lesson_that_is_not_understood_fails_and_says_what_was_misheard(
    whistler, capsys
):
    whistler.deaf = True

    assert not record(whistler, recording(*TEXTS))
    assert "two errors -> (nothing)" in capsys.readouterr().out


def test_an_unknown_recording_is_answered_with_the_known_ones(capsys):
    with pytest.raises(SystemExit):
        render.main(["hunge"])

    assert "no recording hunge; there is" in capsys.readouterr().err


def test_text_is_escaped_in_captions():
    cues = [{"start": 61.5, "end": 3599.9996}]

    assert script.captions(recording("1 < 2 & 3 > 2."), cues) == (
        "WEBVTT\n\n01:01.500 --> 60:00.000\n<v Kim>1 &lt; 2 &amp; 3 &gt; 2.\n"
    )


def test_a_section_is_announced_by_a_longer_pause():
    chapter = next(each for each in script.recordings() if each.name.endswith("tion"))
    pauses = dict(enumerate(chapter.pauses()))

    assert {number for number in pauses if pauses[number] > 1} == chapter.openings - {0}
    assert {chapter.sentences[number].text for number in chapter.openings} >= {
        "Key points"
    }
