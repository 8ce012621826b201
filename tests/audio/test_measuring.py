"""The instruments that measure the recordings, on tones whose figures are known."""

import numpy as np
import pytest
import soundfile

from tools.author.narrate.measuring import (
    RATE,
    longest_silence,
    loudness,
    read,
    true_peak,
)


def tone(frequency, seconds, amplitude=1.0, phase=0.0):
    time = np.arange(round(seconds * RATE)) / RATE
    sine = np.sin(2 * np.pi * frequency * time + phase)
    return (amplitude * sine).astype(np.float32)


def test_a_full_tone_of_a_kilohertz_is_three_below_full_scale():
    # EBU Tech 3341 measures a stereo tone; one channel of it is 3 LU less.
    assert loudness(tone(1000, 5)) == pytest.approx(-3.0, abs=0.1)


def test_a_peak_between_the_samples_is_found():
    # At a quarter of the rate and an eighth of a turn, samples reach 0.707 only.
    samples = tone(RATE / 4, 1, phase=np.pi / 4)

    assert abs(samples).max() < 0.71
    assert true_peak(samples[1000:-1000] * np.hanning(len(samples) - 2000)) > -0.1


def test_the_longest_silence_is_found_wherever_it_is():
    quiet = np.zeros(RATE, np.float32)
    sound = tone(440, 0.5)

    assert longest_silence(np.concatenate([sound, quiet, sound])) == pytest.approx(
        1, abs=0.01
    )
    assert longest_silence(np.concatenate([quiet, sound])) == pytest.approx(1, abs=0.01)
    assert longest_silence(np.concatenate([sound, quiet, quiet])) == pytest.approx(
        2, abs=0.01
    )


def test_stereo_and_other_rates_are_refused(tmp_path):
    soundfile.write(tmp_path / "a.wav", np.zeros((100, 2)), RATE)
    soundfile.write(tmp_path / "b.wav", np.zeros(100), 44_100)

    for name in ("a.wav", "b.wav"):
        with pytest.raises(ValueError, match=f"{name}: expected mono at 24000 Hz"):
            read(tmp_path / name)
