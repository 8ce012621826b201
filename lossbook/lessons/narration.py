"""A chapter to listen to: one voice, section by section."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files

from .._names import unknown
from .dialogue import CAST, Sentence, named

NARRATOR = CAST["narrator"]
NARRATIONS = files(__package__) / "narrations"


@dataclass(frozen=True)
class Section:
    """What is said under one heading of the chapter."""

    heading: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Narration:
    """A chapter as it is read aloud.

    Attributes
    ----------
    topic : str
        The name of the chapter, such as "hinge".
    sections : tuple of Section
        In the order of the chapter, with its headings.
    """

    topic: str
    sections: tuple[Section, ...]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All that is said, in order; the heading of a section opens it."""
        return tuple(
            sentence
            for section in self.sections
            for sentence in (_heading(section.heading), *section.sentences)
        )


def narration(topic: str) -> Narration:
    """The narration of the chapter on a topic.

    Raises
    ------
    KeyError
        If there is no narration on `topic`; the message lists those there are.
    ValueError
        If the file holds what a narration does not.

    Examples
    --------
    >>> chapter = narration("hinge")
    >>> chapter.sections[0].heading, chapter.sentences[0].speaker.name
    ('Hinge loss', 'Michael')
    """
    if topic not in narrated():
        raise KeyError(unknown("no narration on", topic, narrated()))
    return read(topic, (NARRATIONS / f"{topic}.toml").read_text("utf-8"))


def read(topic: str, text: str) -> Narration:
    """The narration that stands in the text of a TOML file; errors as `narration`."""
    name = f"narrations/{topic}.toml"
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{name} is not TOML: {error}") from error
    if set(said) != {"section"}:
        raise ValueError(f"{name} must hold [[section]] only, got {set(said)}")
    return Narration(
        topic,
        tuple(
            _section(entry, f"{name}, section {number}")
            for number, entry in enumerate(said["section"], 1)
        ),
    )


def narrated() -> list[str]:
    """The topics that have a narration, by name.

    >>> "hinge" in narrated()
    True
    """
    return named(NARRATIONS)


def _section(entry: dict, where: str) -> Section:
    if set(entry) != {"heading", "sentences"}:
        raise ValueError(f"{where}: needs heading and sentences, got {sorted(entry)}")
    sentences = []
    for number, said in enumerate(entry["sentences"], 1):
        said = {"text": said} if isinstance(said, str) else said
        if not {"text"} <= set(said) <= {"text", "spoken"}:
            raise ValueError(
                f"{where}, sentence {number}: is text, or has text and spoken, "
                f"got {sorted(said)}"
            )
        sentences.append(_sentence(**said))
    return Section(entry["heading"], tuple(sentences))


def _heading(text: str) -> Sentence:
    return _sentence(text, text if text.endswith("?") else f"{text}.")


def _sentence(text: str, spoken: str | None = None) -> Sentence:
    return Sentence(NARRATOR, text, spoken or text)
