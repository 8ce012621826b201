"""Say what changed, write it as mp3 with cues and captions, and hear it again."""

import argparse
import json
import os
import sys
import time

import numpy as np

from tools.author.narrate import mastering, script
from tools.author.narrate.comparing import errors, misheard, words
from tools.author.narrate.environment import ROOT
from tools.author.narrate.measuring import RATE

CACHE = ROOT / "_build" / "audio"
WORST = 0.03  # of the words, before a recording counts as not understood


def main(arguments=None) -> int:
    """Render the recordings that are named, or all; returns how many failed."""
    recordings = {recording.name: recording for recording in script.recordings()}
    parser = argparse.ArgumentParser(
        prog="python -m tools.author.narrate", description="Say what changed."
    )
    parser.add_argument("names", nargs="*", metavar="recording", help="default: all")
    parser.add_argument("--again", action="store_true", help="write unchanged ones too")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    options = parser.parse_args(arguments)
    unknown = [name for name in options.names if name not in recordings]
    if unknown:
        parser.error(f"no recording {', '.join(unknown)}; there is {[*recordings]}")
    wanted = [recordings[name] for name in options.names or recordings]
    wanted = [each for each in wanted if options.again or each.changes()]
    if not wanted:
        print("Nothing changed: every sentence sounds as it is written.")
        return 0
    # Both take seconds to load.
    from tools.author.narrate.hearing import Recogniser
    from tools.author.narrate.voice import Voices

    studio = Studio(Voices(options.threads), Recogniser(options.threads))
    return sum(not studio.record(recording) for recording in wanted)


class Studio:
    """The voices, the recogniser, and what they have said and heard before."""

    def __init__(self, voices, recogniser):
        self._voices, self._recogniser = voices, recogniser
        CACHE.mkdir(parents=True, exist_ok=True)

    def record(self, recording: script.Recording) -> bool:
        """Write a recording and what belongs to it; was it understood?"""
        said, wrong, start = [], [], time.monotonic()
        count = len(recording.sentences)
        for number, sentence in enumerate(recording.sentences, 1):
            said.append(self.said(sentence))
            heard = self.heard(sentence, said[-1])
            wrong += misheard(sentence.spoken, heard, self._voices.alike)
            passed = time.monotonic() - start
            line = f"{recording.name}: sentence {number} of {count}, {passed:.0f} s"
            print(f"\r{line}", end="", flush=True)
        samples, cues = mastering.joined(said, recording.pauses())
        for cue, sentence in zip(cues, recording.sentences, strict=True):
            cue["hash"] = script.fingerprint(sentence)
        spoken = sum(len(words(sentence.spoken)) for sentence in recording.sentences)
        write(recording, samples, cues, {"words": spoken, "errors": errors(wrong)})
        rate, seconds = errors(wrong) / spoken, len(samples) / RATE
        print(f"\r{recording.name}: {seconds:.0f} s, {rate:.1%} of the words misheard")
        for one, other in wrong:
            print(f"    {one or '(nothing)'} -> {other or '(nothing)'}")
        return rate <= WORST

    def said(self, sentence) -> np.ndarray:
        """The samples of a sentence, from the cache if it was said before."""
        place = CACHE / f"{script.sound(sentence)}.npy"
        if not place.exists():
            speaker = sentence.speaker
            samples = self._voices.say(sentence.spoken, speaker.voice, speaker.speed)
            beside = place.with_suffix(".tmp")
            with beside.open("wb") as file:
                np.save(file, samples)
            os.replace(beside, place)
        return np.load(place)

    def heard(self, sentence, samples) -> str:
        """What the recogniser makes of a sentence, from the cache if it can be."""
        place = CACHE / f"{script.sound(sentence)}.txt"
        if not place.exists():
            place.write_text(self._recogniser.hear(samples), "utf-8")
        return place.read_text("utf-8")


def write(recording, samples, cues, heard):
    """Sound, captions and, last, the cues: with them the recording is complete."""
    beside = recording.sound_file.with_suffix(".new.mp3")
    mastering.write_mp3(samples, beside)
    recording.cue_file.unlink(missing_ok=True)
    os.replace(beside, recording.sound_file)
    captions = script.captions(recording, cues)
    recording.caption_file.write_text(captions, "utf-8", newline="\n")
    about = {"seconds": round(len(samples) / RATE, 3), "heard": heard}
    lines = ",\n".join(f"  {json.dumps(cue)}" for cue in cues)
    text = json.dumps(about)[:-1] + f', "sentences": [\n{lines}\n]}}\n'
    recording.cue_file.write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
