"""What has to be said, and whether what was recorded is still that."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from lossbook import motion
from lossbook.lessons import (
    Sentence,
    dialogue,
    narrated,
    narration,
    score,
    scored,
    topics,
)
from tools import ROOT
from tools.author.narrate.pronunciation import respelled

AUDIO = ROOT / "book" / "audio"
RENDERER = 1  # raise it where a change of this tool changes what one hears


@dataclass(frozen=True)
class Recording:
    """One sound file: its name, its sentences, and which of them open a section.

    `rests`, if given, are the seconds of silence before each sentence.
    """

    name: str
    sentences: tuple[Sentence, ...]
    openings: frozenset[int] = frozenset()
    rests: tuple[float, ...] = ()

    @property
    def sound_file(self) -> Path:
        """The mp3; the cues and the captions stand beside it."""
        return AUDIO / f"{self.name}.mp3"

    @property
    def cue_file(self) -> Path:
        """JSON: `seconds`, what the recogniser `heard`, and the `sentences`."""
        return AUDIO / f"{self.name}.json"

    @property
    def caption_file(self) -> Path:
        """The sentences with their times, as WebVTT."""
        return AUDIO / f"{self.name}.vtt"

    def pauses(self) -> list[float]:
        """Seconds of silence before each sentence."""
        if self.rests:
            return list(self.rests)
        pauses, before = [], None
        for number, sentence in enumerate(self.sentences):
            if before is None:
                pauses.append(0.2)
            elif number in self.openings:
                pauses.append(1.2)
            elif number - 1 in self.openings:
                pauses.append(0.6)
            else:
                pauses.append(0.3 if sentence.speaker == before else 0.5)
            before = sentence.speaker
        return pauses

    def cues(self) -> list[dict]:
        """`start`, `end` and `hash` of each recorded sentence; none before that."""
        if not (self.sound_file.is_file() and self.cue_file.is_file()):
            return []
        return json.loads(self.cue_file.read_text("utf-8"))["sentences"]

    def changes(self) -> list[str]:
        """What the sound file does not say as it is written now, a line for each."""
        said = [cue["hash"] for cue in self.cues()]
        wanted = {fingerprint(sentence): sentence for sentence in self.sentences}
        new = [each.text for hash_, each in wanted.items() if hash_ not in said]
        if not said:
            return [f"{self.name}: not recorded yet"]
        if not new and said != [*map(fingerprint, self.sentences)]:
            return [f"{self.name}: sentences were moved or taken out"]
        if not new and self.rests and not self._rests_are_kept():
            return [f"{self.name}: the rests between sentences were changed"]
        return [f"{self.name}: {text}" for text in new]

    def _rests_are_kept(self) -> bool:
        ends = [0.0, *(cue["end"] for cue in self.cues())]
        pairs = zip(self.cues(), ends, self.rests, strict=False)
        return all(abs(cue["start"] - end - rest) < 0.01 for cue, end, rest in pairs)


def recordings() -> list[Recording]:
    """All there is to record: the dialogues, the narrations, the lessons to watch."""
    dialogues = [Recording(topic, dialogue(topic).sentences) for topic in topics()]
    narrations = [_narrated(topic) for topic in narrated()]
    return dialogues + narrations + [_moving(topic) for topic in scored()]


def sound(sentence: Sentence) -> str:
    """One word for how a sentence sounds: the same word, the same samples."""
    speaker = sentence.speaker
    spoken = respelled(sentence.spoken, speaker.voice)
    return _digest(RENDERER, spoken, speaker.voice, speaker.speed)


def fingerprint(sentence: Sentence) -> str:
    """One word for how a sentence sounds and reads, and for who says it."""
    return _digest(sentence.speaker.key, sentence.text, sound(sentence))


def captions(recording: Recording, cues: list[dict]) -> str:
    """The sentences as WebVTT, each with the name of who says it.

    A sentence that opens a section has the name "section".
    """
    blocks = ["WEBVTT"]
    pairs = zip(recording.sentences, cues, strict=True)
    for number, (sentence, cue) in enumerate(pairs):
        text = sentence.text.replace("&", "&amp;").replace("<", "&lt;")
        text = text.replace(">", "&gt;")
        blocks.append(
            "section\n"
            * (number in recording.openings)
            + f"{_clock(cue['start'])} --> {_clock(cue['end'])}\n"
            f"<v {sentence.speaker.name}>{text}"
        )
    return "\n\n".join(blocks) + "\n"


def _narrated(topic: str) -> Recording:
    chapter = narration(topic)
    openings: set[int] = set()
    for section in chapter.sections[:-1]:
        openings.add(max(openings, default=0) + 1 + len(section.sentences))
    return Recording(f"{topic}_narration", chapter.sentences, frozenset(openings | {0}))


def _moving(topic: str) -> Recording:
    lesson = score(topic)
    counts = [len(scene.lines) for scene in lesson.scenes]
    openings = frozenset(sum(counts[:number]) for number in range(len(counts)))
    sentences, rests = motion.sentences(lesson), tuple(motion.pauses(lesson))
    return Recording(f"{topic}_motion", sentences, openings, rests)


def _digest(*parts) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds * 1000), 60_000)
    return f"{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"
