"""A speech recogniser writes down what it hears."""

import numpy as np
from faster_whisper import WhisperModel
from scipy.signal import resample_poly

from tools.author.narrate.environment import RECOGNISER
from tools.author.narrate.pronunciation import table


class Recogniser:
    """Whisper. Like a listener with the page open, it knows the terms of the field."""

    def __init__(self, threads: int):
        self._model = WhisperModel(
            str(RECOGNISER), device="cpu", compute_type="int8", cpu_threads=threads
        )
        # In the form of prose: it writes on in the form of what it was given.
        self._before = (
            f"A lesson on loss functions. It speaks of {', '.join(table('american'))}."
        )

    def hear(self, samples: np.ndarray) -> str:
        """The words in samples of 24,000 a second."""
        parts, _ = self._model.transcribe(
            resample_poly(samples, 2, 3).astype(np.float32),
            language="en",
            condition_on_previous_text=False,
            without_timestamps=True,
            initial_prompt=self._before,
        )
        return " ".join(part.text.strip() for part in parts)
