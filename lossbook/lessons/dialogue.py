"""A lesson told by a teacher and four students, sentence by sentence."""

import tomllib
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import groupby

from .._names import unknown

DIALOGUES = files(__package__) / "dialogues"


@dataclass(frozen=True)
class Speaker:
    """Who speaks: a name to print, a role to introduce, a voice and its speed."""

    key: str
    name: str
    role: str
    voice: str
    speed: float


@dataclass(frozen=True)
class Sentence:
    """What is said in one breath; `spoken` where it is said otherwise than written."""

    speaker: Speaker
    text: str
    spoken: str


@dataclass(frozen=True, repr=False)
class Dialogue:
    """The dialogue on one topic; shows itself as text, or as HTML in a notebook.

    Attributes
    ----------
    topic : str
        The name of the topic, such as "hinge".
    sentences : tuple of Sentence
        In the order in which they are said.
    """

    topic: str
    sentences: tuple[Sentence, ...]

    def turns(self) -> list[tuple[Speaker, list[Sentence]]]:
        """The sentences, gathered while the same person goes on speaking."""
        turns = groupby(self.sentences, key=lambda sentence: sentence.speaker)
        return [(speaker, list(said)) for speaker, said in turns]

    def __repr__(self) -> str:
        return "\n".join(
            f"{speaker.name}: {' '.join(sentence.text for sentence in said)}"
            for speaker, said in self.turns()
        )

    def _repr_html_(self) -> str:
        turns = "\n".join(
            f'<p class="turn {speaker.key}"><strong>{escape(speaker.name)}:</strong> '
            + " ".join(f"<span>{escape(sentence.text)}</span>" for sentence in said)
            + "</p>"
            for speaker, said in self.turns()
        )
        return f'<div class="dialogue">\n{turns}\n</div>'


def dialogue(topic: str) -> Dialogue:
    """The dialogue on a topic, from the file of that name in ``dialogues/``.

    Raises
    ------
    KeyError
        If there is no dialogue on `topic`; the message lists those there are.
    ValueError
        If the file holds what a dialogue does not, or a speaker is not in the cast.

    Examples
    --------
    >>> lesson = dialogue("mean_squared_error")
    >>> lesson.sentences[1].speaker.name, lesson.sentences[1].text
    ('Max', 'Easy! We add up the errors.')
    """
    if topic not in topics():
        raise KeyError(unknown("no dialogue on", topic, topics()))
    return read(topic, (DIALOGUES / f"{topic}.toml").read_text("utf-8"))


def read(topic: str, text: str) -> Dialogue:
    """The dialogue that stands in the text of a TOML file; errors as `dialogue`."""
    name = f"dialogues/{topic}.toml"
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{name} is not TOML: {error}") from error
    if set(said) != {"sentence"}:
        raise ValueError(f"{name} must hold [[sentence]] only, got {set(said)}")
    return Dialogue(
        topic,
        tuple(
            _sentence(entry, f"{name}, sentence {number}")
            for number, entry in enumerate(said["sentence"], 1)
        ),
    )


def topics() -> list[str]:
    """The topics that have a dialogue, by name.

    >>> "mean_squared_error" in topics()
    True
    """
    return named(DIALOGUES)


def named(folder: Traversable) -> list[str]:
    """The topics that have a TOML file in a folder, by name."""
    names = (file.name for file in folder.iterdir())
    return sorted(name[:-5] for name in names if name.endswith(".toml"))


def _sentence(entry: dict, where: str) -> Sentence:
    if not {"speaker", "text"} <= set(entry) <= {"speaker", "text", "spoken"}:
        raise ValueError(
            f"{where}: needs speaker and text, may have spoken, got {sorted(entry)}"
        )
    if entry["speaker"] not in CAST:
        raise ValueError(
            f"{where}: no speaker {entry['speaker']!r}; cast.toml has {', '.join(CAST)}"
        )
    return Sentence(
        CAST[entry["speaker"]], entry["text"], entry.get("spoken", entry["text"])
    )


def _cast() -> dict[str, Speaker]:
    text = files(__package__).joinpath("cast.toml").read_text("utf-8")
    return {key: Speaker(key, **about) for key, about in tomllib.loads(text).items()}


CAST = _cast()
