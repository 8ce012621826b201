"""Codes: one for each student, on a slip of paper; of each a hash is kept."""

import base64
import hashlib
import hmac
import os
import secrets

# Without those that look alike in print: i and l and 1, o and 0.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, LENGTH = 3, 4
WORK = {"n": 2**14, "r": 8, "p": 1}  # 16 MB and some 50 ms for each try


def new() -> str:
    """A code that nobody guesses: 59 bits.

    >>> len(new())
    14
    """
    return "-".join(
        "".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(GROUPS)
    )


def kept(code: str) -> str:
    """What is kept of a code: a salt, and its hash by scrypt."""
    salt = os.urandom(16)
    digest = hashlib.scrypt(_read(code), salt=salt, **WORK)
    return ":".join(base64.b64encode(part).decode() for part in (salt, digest))


def fits(code: str, kept: str) -> bool:
    """Whether a code is the one that was kept; spaces, dashes and case may differ.

    >>> fits("ABCD efgh jkmn", kept("abcd-efgh-jkmn"))
    True
    >>> fits("abcd-efgh-jkmp", kept("abcd-efgh-jkmn"))
    False
    """
    salt, digest = map(base64.b64decode, kept.split(":"))
    return hmac.compare_digest(hashlib.scrypt(_read(code), salt=salt, **WORK), digest)


def _read(code: str) -> bytes:
    return "".join(c for c in code.lower() if c.isalnum())[:100].encode()


# Of a code that nobody has: who is unknown takes as long to refuse as anybody.
NOBODYS = kept(new())
