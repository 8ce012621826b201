"""From sentences to a sound file of even loudness."""

import subprocess
from pathlib import Path

import numpy as np
import pyloudnorm

from tools.author.narrate.measuring import RATE, loudness, read, true_peak

LOUDNESS = -19.0  # LUFS: a mono file at -19 is as loud as a stereo file at -16
BITRATE = "40k"
PEAK = -1.2  # dB of full scale, at most
METER = pyloudnorm.Meter(RATE, block_size=0.2)


def levelled(samples: np.ndarray) -> np.ndarray:
    """A sentence as loud as all others, far enough below full scale."""
    gain = LOUDNESS - 5 - METER.integrated_loudness(samples.astype(float))
    return (samples * 10 ** (gain / 20)).astype(np.float32)


def joined(sentences: list, pauses: list[float]) -> tuple[np.ndarray, list[dict]]:
    """The sentences one after the other, with the times of each in seconds."""
    parts, cues, end = [], [], 0
    for samples, pause in zip(sentences, pauses, strict=True):
        silence = np.zeros(round(pause * RATE), np.float32)
        start, end = end + len(silence), end + len(silence) + len(samples)
        cues.append({"start": round(start / RATE, 3), "end": round(end / RATE, 3)})
        parts += [silence, levelled(samples)]
    return np.concatenate([*parts, np.zeros(RATE // 2, np.float32)]), cues


def write_mp3(samples: np.ndarray, path: Path) -> None:
    """Bring the samples to the loudness that is wanted, and write them as mp3."""
    gain, ceiling = 5.0, -2.0  # dB; the encoder adds to the peaks
    for _ in range(5):
        _encode(samples, path, gain, ceiling)
        written = read(path)
        missing, over = LOUDNESS - loudness(written), true_peak(written) - PEAK
        if abs(missing) < 0.1 and over <= 0:
            return
        gain, ceiling = gain + missing, ceiling - max(0.0, over)


def _encode(samples, path, gain, ceiling):
    from imageio_ffmpeg import get_ffmpeg_exe  # large, and only writing needs it

    chain = (
        f"volume={gain}dB,aresample=96000,alimiter=limit={ceiling}dB:attack=3"
        f":release=60:level=disabled:latency=1,aresample={RATE}"
    )
    raw = ("-f", "f32le", "-ar", RATE, "-ac", 1, "-i", "-")
    sound = ("-codec:a", "libmp3lame", "-b:a", BITRATE, "-compression_level", 0)
    # Nothing of this machine or this day goes into the file.
    bare = ("-map_metadata", -1, "-fflags", "+bitexact", "-flags:a", "+bitexact")
    command = [get_ffmpeg_exe(), "-v", "error", "-y"]
    command += [*raw, "-af", chain, *sound, *bare, path]
    run = subprocess.run(
        [str(part) for part in command], input=samples.tobytes(), capture_output=True
    )
    if run.returncode:
        raise RuntimeError(run.stderr.decode(errors="replace"))
