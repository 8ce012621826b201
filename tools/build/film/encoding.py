"""Pictures, sound, captions and chapters into one mp4."""

import contextlib
import io
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from PIL import Image

from .planning import FPS, HOLD, SHOWN

# Another number of threads gives another file.
THREADS = 2
VIDEO = ["-c:v", "libx264", "-preset", "slow", "-crf", 20, "-tune", "animation"]
TO_YUV = "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"
BT709 = "setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv"
SOUND = ["-c:a", "aac", "-b:a", "80k", "-ac", 1, "-ar", 48_000]
# Nothing of this machine or this day goes into the file.
BARE = ["-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"]
ENGLISH = [
    part for kind in "as" for part in (f"-metadata:s:{kind}:0", "language=eng")
]  # of the sound and of the captions


def with_pauses(recording: Path, lesson: dict[str, Any], path: Path) -> None:
    """The recording with silence where the film stands still, as a wav file."""
    samples, rate = soundfile.read(recording, dtype="float32")
    silence = np.zeros(round((HOLD + SHOWN) * rate), np.float32)
    places = [round(ask["at"] * rate) for ask in lesson["asks"]]
    parts = np.split(samples, places)
    joined = [part for each in parts for part in (each, silence)][:-1]
    soundfile.write(path, np.concatenate(joined), rate, subtype="PCM_16")


@contextlib.contextmanager
def film(
    path: Path, size: tuple[int, int], sound: Path, captions: Path, chapters: Path
) -> Iterator[Callable[[bytes, int], None]]:
    """Write a film; gives what takes a PNG and how many frames it is seen in."""
    from imageio_ffmpeg import get_ffmpeg_exe  # large, and only writing needs it

    raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{size[0]}x{size[1]}"]
    command = [get_ffmpeg_exe(), "-v", "error", "-y", *raw, "-r", FPS, "-i", "-"]
    command += ["-i", sound, "-i", captions, "-f", "ffmetadata", "-i", chapters]
    command += ["-map", "0:v", "-map", "1:a", "-map", "2:s", "-map_metadata", 3]
    command += [*VIDEO, "-threads", THREADS, "-vf", f"{TO_YUV},{BT709}"]
    command += [*SOUND, "-c:s", "mov_text", *ENGLISH, *BARE]
    command += ["-movflags", "+faststart", path]
    with tempfile.TemporaryFile() as said:
        run = subprocess.Popen(
            [str(part) for part in command], stdin=subprocess.PIPE, stderr=said
        )
        pipe = run.stdin
        assert pipe  # noqa: S101

        def add(picture: bytes, frames: int) -> None:
            pixels = Image.open(io.BytesIO(picture)).convert("RGB").tobytes()
            for _ in range(frames):
                pipe.write(pixels)

        try:
            with contextlib.suppress(BrokenPipeError):  # it says why below
                yield add
                pipe.close()
        except BaseException:
            run.kill()
            raise
        finally:
            run.wait()
        if run.returncode:
            said.seek(0)
            raise RuntimeError(said.read().decode(errors="replace"))
