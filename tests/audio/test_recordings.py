"""The recordings in the book: every sentence in its place, even in loudness."""

import json
from itertools import pairwise

import pytest

from lossbook import lessons
from tools.author.narrate.measuring import (
    RATE,
    longest_silence,
    loudness,
    read,
    true_peak,
)
from tools.author.narrate.script import AUDIO, captions, recordings

RECORDINGS = {recording.name: recording for recording in recordings()}
RECORDED = {name: each for name, each in RECORDINGS.items() if each.cues()}
every_recording = pytest.mark.parametrize(
    "recording", RECORDED.values(), ids=RECORDED.keys()
)


@pytest.fixture(scope="module")
def samples():
    """The samples of a recording, read once."""
    known = {}

    def of(recording):
        if recording.name not in known:
            known[recording.name] = read(recording.sound_file)
        return known[recording.name]

    return of


def cue_file(recording):
    return json.loads(recording.cue_file.read_text("utf-8"))


@pytest.mark.release
@pytest.mark.parametrize("recording", RECORDINGS.values(), ids=RECORDINGS.keys())
def test_every_sentence_is_recorded_as_it_is_written(recording):
    changes = recording.changes()

    assert not changes, "\n".join([*changes, "To record it: make audio"])


@every_recording
def test_cue_times_rise_and_lie_inside_the_file(recording, samples):
    times = [t for cue in recording.cues() for t in (cue["start"], cue["end"])]

    assert times[0] >= 0.1
    assert all(before < after for before, after in pairwise(times))
    assert times[-1] < len(samples(recording)) / RATE


@every_recording
def test_a_voice_speaks_within_each_cue_and_not_between(recording, samples):
    heard, before = samples(recording), 0.0
    for cue in recording.cues():
        start, end = (round(cue[edge] * RATE) for edge in ("start", "end"))
        pause = heard[round((before + 0.05) * RATE) : start - RATE // 20]

        assert abs(heard[start:end]).max() > 0.05, cue
        assert abs(pause).max() < 0.01, cue
        before = cue["end"]


@every_recording
def test_the_file_is_as_long_as_its_cues_say(recording, samples):
    seconds = cue_file(recording)["seconds"]

    assert len(samples(recording)) / RATE == pytest.approx(seconds, abs=0.1)


@pytest.mark.release
@every_recording
def test_it_is_as_loud_as_other_podcasts_and_never_overdriven(recording, samples):
    assert loudness(samples(recording)) == pytest.approx(-19, abs=0.5)
    assert true_peak(samples(recording)) < -1


@every_recording
def test_no_silence_is_longer_than_a_pause_between_sections(recording, samples):
    assert longest_silence(samples(recording)) < max(1.2, *recording.pauses()) + 0.3


@every_recording
def test_a_recogniser_misheard_three_words_in_a_hundred_at_most(recording):
    heard = cue_file(recording)["heard"]

    assert heard["words"] > 200
    assert heard["errors"] / heard["words"] <= 0.03


@every_recording
def test_captions_are_the_sentences_at_the_times_of_the_cues(recording):
    if recording.changes():
        pytest.skip("the text was changed since; test-release refuses that")

    written = recording.caption_file.read_text("utf-8")
    assert written == captions(recording, recording.cues())


def test_every_topic_has_a_dialogue_and_a_chapter_to_listen_to():
    heard = {t + kind for t in lessons.topics() for kind in ("", "_narration")}
    watched = {f"{topic}_motion" for topic in lessons.scored()}

    assert set(RECORDINGS) == heard | watched


def test_nothing_else_lies_beside_them_and_all_is_small():
    kinds = (".mp3", ".json", ".vtt")
    wanted = {name + kind for name in RECORDED for kind in kinds}
    found = {path.name: path.stat().st_size for path in AUDIO.iterdir()}

    assert set(found) == wanted | {"NOTICE.md", "LICENSE-APACHE-2.0.txt"}
    assert sum(found.values()) < 20_000_000


def test_the_notice_names_every_voice_and_says_that_they_are_synthetic():
    notice = (AUDIO / "NOTICE.md").read_text("utf-8")

    assert all(f"`{speaker.voice}`" in notice for speaker in lessons.CAST.values())
    assert "synthetic" in notice
