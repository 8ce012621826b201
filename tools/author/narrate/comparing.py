"""Two texts compared by how they sound: what was said, and what was understood."""

import re
from difflib import SequenceMatcher

from num2words import num2words

# A recogniser writes signs where a voice says words.
SIGNS = {"%": " per cent ", "percent": "per cent", "naught": "nought", "’": "'"}
LEFT_OUT = {"and", "'"}  # "one hundred and five" is heard as 105


def words(text: str) -> list[str]:
    """The words of a text as they are said: numbers in words, no punctuation.

    >>> " ".join(words("It costs $1,200, or 2.5%: 7/10ths."))
    'it costs one thousand two hundred dollars or two point five per cent seven tenths'
    """
    text = text.lower()
    for sign, said in SIGNS.items():
        text = text.replace(sign, said)
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    text = re.sub(r"\$(\d+\.?\d*)", r"\1 dollars", text)
    text = re.sub(r"(\d+)/(\d+)(ths?)?", _fraction, text)
    text = re.sub(r"(\d+)(st|nd|rd|th)\b", _ordinal, text)
    text = re.sub(r"\d*\.?\d+", _number, text)
    return [word for word in re.findall(r"[a-z']+", text) if word not in LEFT_OUT]


def misheard(said: str, heard: str, alike) -> list[tuple[str, str]]:
    """Where two texts differ: what one says, what the other has instead.

    What `alike(one, other)` takes for two spellings of one sound is no difference.

    >>> misheard("Two small errors.", "To small arrows.", lambda *pair: "to" in pair)
    [('errors', 'arrows')]
    """
    one, other = words(said), words(heard)
    codes = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    pairs = [
        (" ".join(one[a:b]), " ".join(other[c:d]))
        for kind, a, b, c, d in codes
        if kind != "equal"
    ]
    return [pair for pair in pairs if not (all(pair) and alike(*pair))]


def errors(pairs: list[tuple[str, str]]) -> int:
    """How many words were misheard: changed, lost, or heard and not said."""
    return sum(max(len(one.split()), len(other.split())) for one, other in pairs)


def _number(found):
    digits = found[0]
    spoken = num2words(float(digits) if "." in digits else int(digits))
    return f" {spoken.replace('zero point', 'nought point')} "


def _ordinal(found):
    return f" {num2words(int(found[1]), to='ordinal')} "


def _fraction(found):
    above, below = int(found[1]), num2words(int(found[2]), to="ordinal")
    return f" {num2words(above)} {below}{'s' if above > 1 else ''} "
