"""How a voice says the words that its dictionary does not know."""

import re
import tomllib
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("pronunciation.toml")


@cache
def table(accent: str) -> dict[str, str]:
    """Phonemes by word, for the accent "american" or "british"."""
    words = tomllib.loads(TABLE.read_text("utf-8"))
    return {word: phonemes[accent] for word, phonemes in words.items()}


def respelled(text: str, voice: str) -> str:
    """The text with the phonemes of every word in the table, as the voice reads it.

    The first letter of a voice's name tells its accent.

    >>> respelled("A logit, please.", "af_heart")
    'A [logit](/lˈOʤɪt/), please.'
    >>> respelled("A logit, please.", "bf_emma")
    'A [logit](/lˈQʤɪt/), please.'
    """
    words = table("british" if voice.startswith("b") else "american")
    known = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.sub(
        rf"\b({known})\b",
        lambda found: f"[{found[0]}](/{words[found[0].lower()]}/)",
        text,
        flags=re.IGNORECASE,
    )
