"""A real text: what a language model reads."""

import gzip
from functools import cache
from importlib.resources import files


@cache
def pride_and_prejudice() -> str:
    """The first seven chapters of a novel by Jane Austen, of 1813.

    Some 53,000 characters, all of them ASCII.  The lines of a paragraph are joined;
    each paragraph and each heading is a line.

    References
    ----------
    Austen, *Pride and Prejudice* (1813), chapters 1 to 7; in the public domain.  The
    text of Project Gutenberg, as the package janeaustenr 1.0.0 for R holds it.

    Examples
    --------
    >>> text = pride_and_prejudice()
    >>> text[10:80]
    'It is a truth universally acknowledged, that a single man in possessio'
    >>> len(text), len(text.encode())
    (53519, 53519)
    """
    packed = files(__package__).joinpath("pride_and_prejudice.txt.gz").read_bytes()
    paragraphs = gzip.decompress(packed).decode("ascii").split("\n\n")
    return "\n".join(" ".join(p.split()) for p in paragraphs if p.strip())
