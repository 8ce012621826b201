"""What can be measured in a sound file: how long, how loud, how high, how still."""

from pathlib import Path

import numpy as np
import pyloudnorm
import soundfile
from scipy.signal import resample_poly

RATE = 24_000  # samples per second of everything that is recorded here


def read(path: Path) -> np.ndarray:
    """The samples of a mono sound file, at `RATE`."""
    samples, rate = soundfile.read(path, dtype="float32")
    if rate != RATE or samples.ndim != 1:
        raise ValueError(f"{path.name}: expected mono at {RATE} Hz, got {rate} Hz")
    return samples


def loudness(samples: np.ndarray) -> float:
    """Integrated loudness in LUFS (ITU-R BS.1770)."""
    return pyloudnorm.Meter(RATE).integrated_loudness(samples.astype(float))


def true_peak(samples: np.ndarray) -> float:
    """The highest peak in dB of full scale, between the samples too."""
    return 20 * float(np.log10(np.abs(resample_poly(samples, 4, 1)).max()))


def longest_silence(samples: np.ndarray) -> float:
    """Seconds of the longest stretch that is 50 dB or more below full scale."""
    heard = np.flatnonzero(np.abs(samples) > 10 ** (-50 / 20))
    edges = np.concatenate([[-1], heard, [len(samples)]])
    return float(np.diff(edges).max() - 1) / RATE
