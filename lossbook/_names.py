"""What to say of a name that nothing has: all there are, and the one that was meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def unknown(said: str, name: object, known: Iterable[str]) -> str:
    """The message of an error about a name that is not known.

    It ends in the name that was probably meant: one that is spelt nearly so, or whose
    words begin with these letters.

    >>> unknown("no loss", "hing", ["hinge", "huber"])
    "no loss 'hing'; there are hinge, huber. Did you mean 'hinge'?"
    >>> unknown("no loss", "kl", ["hinge", "kl_divergence", "k_l"])
    "no loss 'kl'; there are hinge, kl_divergence, k_l. Did you mean 'k_l'?"
    >>> unknown("no loss", "xyz", ["hinge", "huber"])
    "no loss 'xyz'; there are hinge, huber"
    """
    names = list(known)
    near = _nearest(name, names) if isinstance(name, str) else None
    meant = f". Did you mean {near!r}?" if near else ""
    return f"{said} {name!r}; there are {', '.join(names) or 'none'}{meant}"


def _nearest(name: str, known: list[str]) -> str | None:
    """The known name that was probably meant, or None."""
    plain = {_plain(each): each for each in known}
    by_initials = {"".join(w[:1] for w in key.split("_")): key for key in plain}
    close = get_close_matches(_plain(name), plain, 1)
    return plain.get(close[0] if close else by_initials.get(_plain(name), ""))


def _plain(name: str) -> str:
    return name.lower().replace("-", "_").replace(" ", "_")
