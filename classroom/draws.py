"""Numbers from a seed, which are the same in any year and on any machine.

NumPy keeps the bits of its generators, but not what `Generator` makes of them: its
methods may change from release to release (NEP 19), and a paper would change with them.
So the bits here are HMAC-SHA256 of a counter, and what is made of them stands below.
"""

import hmac
import json
from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar

T = TypeVar("T")
BITS = 64  # of one draw


class Draw:
    """What is drawn from a seed, one after the other.

    Parameters
    ----------
    seed : str
        The seed of the course, which students do not know.
    *words : str
        What the draw is for, such as the assignment and the student.

    Examples
    --------
    >>> draw = Draw("a seed", "hinge", "Ann Lee")
    >>> draw.below(100), draw.number(0.5, 2, 0.25), draw.shuffled("abcd")
    (39, 1.25, ['d', 'a', 'c', 'b'])
    """

    def __init__(self, seed: str, *words: str) -> None:
        # As JSON, so that no two lists of words are the same text.
        said = json.dumps(words).encode()
        self.key = hmac.digest(seed.encode(), said, "sha256")
        self.count = 0

    def below(self, count: int) -> int:
        """A whole number from 0 to `count` − 1, each as likely as the others."""
        if not 0 < count <= 2**BITS:
            raise ValueError(f"there must be something to draw from, got {count}")
        fair = 2**BITS - 2**BITS % count
        while (number := self._bits()) >= fair:
            pass  # the last few would make small numbers likelier
        return number % count

    def number(self, low: float, high: float, step: float = 1) -> float:
        """One of low, low + step, …, high; whole if all of these are."""
        first, last, width = (Decimal(str(value)) for value in (low, high, step))
        if width <= 0 or last < first or (last - first) % width:
            raise ValueError(f"{low} to {high} is no number of steps of {step}")
        drawn = first + width * self.below(int((last - first) / width) + 1)
        is_whole = all(isinstance(value, int) for value in (low, high, step))
        return int(drawn) if is_whole else float(drawn)

    def one_of(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self.below(len(options))]

    def shuffled(self, options: Sequence[T]) -> list[T]:
        """The options in an order by chance."""
        return self.some_of(options, len(options))

    def some_of(self, options: Sequence[T], count: int) -> list[T]:
        """So many of the options, none twice, in an order by chance."""
        if not 0 <= count <= len(options):
            raise ValueError(f"{count} cannot be drawn from {len(options)}")
        mixed = list(options)
        for place in range(count):  # Fisher and Yates, from the front
            other = place + self.below(len(mixed) - place)
            mixed[place], mixed[other] = mixed[other], mixed[place]
        return mixed[:count]

    def _bits(self) -> int:
        block = hmac.digest(self.key, self.count.to_bytes(8, "big"), "sha256")
        self.count += 1
        return int.from_bytes(block[: BITS // 8], "big")
