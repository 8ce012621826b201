"""Comparing what an answer gave with what is right, and with the known mistakes.

Nothing is run here: `judge` reads results.  So it can also judge results that were
computed elsewhere, by a program that is not trusted.
"""

from collections.abc import Sequence
from functools import partial
from itertools import permutations

import numpy as np

from .cases import Case
from .mistakes import Mistake
from .outcome import Outcome
from .reading import Answer, agree, difference, expected, shown


def judge(
    results: Sequence[Answer],
    right: Sequence[Answer],
    cases: Sequence[Case],
    mistakes: Sequence[Mistake],
    *,
    arguments: tuple[str, ...],
    tolerance: float,
    parts: tuple[str, ...] = (),
) -> Outcome:
    """The outcome for an answer that gave `results` where `right` was right.

    A known mistake is named if it gives the same results in all cases.
    Otherwise the smallest case that differs is shown.
    """
    same = partial(agree, tolerance=tolerance)
    is_right = [same(*pair) for pair in zip(results, right, strict=True)]
    if all(is_right):
        return Outcome("right")
    turned = all(is_reordered(*pair, same) for pair in zip(results, right, strict=True))
    for mistake in mistakes:
        with np.errstate(all="ignore"):  # what is wrong may well meet the log of 0
            theirs = [expected(mistake.result(*case.inputs)) for case in cases]
        if turned and says_nothing_of_a_part(theirs[0]):
            continue
        if all(same(*pair) for pair in zip(results, theirs, strict=True)):
            return Outcome("wrong", mistake.message, mistake.name)
    if turned:
        return Outcome("wrong", in_other_order(parts))
    wrong = [i for i, ok in enumerate(is_right) if not ok]
    first = min(wrong, key=lambda i: cases[i].size())
    given = written(arguments, cases[first].inputs)
    got = shown(results[first])
    how = difference(results[first], right[first], same, parts)
    what = f"For {given} your function returns `{got}`: that {how}."
    hint = _pattern(results, right, cases, is_right, same)
    return Outcome("wrong", f"{hint} {what}".strip())


def is_reordered(result: Answer, right: Answer, same) -> bool:
    """Whether the results are the right ones, in another order.

    Of several words, only when the last one stands first: words in a wrong order are
    wrong words, and mostly have a reason of their own.
    """
    if not isinstance(right, tuple) or not isinstance(result, tuple):
        return False
    words = any(isinstance(part, str) for part in right)
    others = [result[::-1]] if words else permutations(result)
    return not same(result, right) and any(same(other, right) for other in others)


def says_nothing_of_a_part(result: Answer) -> bool:
    """Whether a mistake is one in some of several results only."""
    return isinstance(result, tuple) and any(part is ... for part in result)


def in_other_order(parts: tuple[str, ...]) -> str:
    """What to say of such results."""
    order = ", ".join(f"`{part}`" for part in parts)
    return f"All are right, in another order. The order asked for is {order}."


def written(arguments: tuple[str, ...], inputs: tuple) -> str:
    """The inputs of a call, each with its name."""
    pairs = zip(arguments, inputs, strict=True)
    return ", ".join(f"`{name} = {shown(value)}`" for name, value in pairs)


def _pattern(results, right, cases, is_right, same) -> str:
    """What the wrong results have in common, if anything."""
    if any(not same(right[0], other) for other in right) and all(
        same(results[0], other) for other in results
    ):
        if not isinstance(results[0], tuple | str) and np.isnan(results[0]).all():
            return (
                "Your function gives NaN for every input. The root and the logarithm "
                "of a number below 0 are NaN: is there a sign to look at?"
            )
        return (
            "Your function gives the same result for every input. Compute it from "
            "the arguments, and note that `//` drops what is after the point."
        )
    named = {case.about for case, ok in zip(cases, is_right, strict=True) if not ok}
    if len(named) == 1 and "" not in named:
        return f"Right for the other inputs, but not for {named.pop()}."
    return _in_common(results, right) or _only_size(cases, is_right)


def _only_size(cases, is_right) -> str:
    """What to say if the answer is right for one number of examples only."""
    sizes_right = [_length(c) for c, ok in zip(cases, is_right, strict=True) if ok]
    sizes_wrong = {_length(c) for c, ok in zip(cases, is_right, strict=True) if not ok}
    if len(set(sizes_right)) != 1 or sizes_right[0] in sizes_wrong:
        return ""
    n = sizes_right[0]
    if n == 1:
        return "Right for a single example, but not for more of them."
    if len(sizes_right) == 1:  # by chance, perhaps
        return ""
    return (
        f"Right for {n} examples, but for no other number of them. Is {n} written "
        "into the function?"
    )


def _length(case: Case) -> int:
    return np.size(case.inputs[0])


def _in_common(results, right) -> str:
    """How all results differ in the same way: rounded, or by the same factor."""
    if isinstance(right[0], tuple | str) or any(
        one.shape != other.shape for one, other in zip(results, right, strict=True)
    ):
        return ""
    ours = np.concatenate([one.ravel() for one in results])
    true = np.concatenate([one.ravel() for one in right])
    if any(np.array_equal(ours, true.round(digits)) for digits in range(4)):
        return "Your results are rounded. Return the numbers as they are."
    with np.errstate(all="ignore"):
        ratios = (ours / true)[(ours != 0) | (true != 0)]
    if len(ratios) < 2 or not (ratios > 0).all() or np.isinf(ratios).any():
        return ""
    if not np.allclose(ratios, ratios[0], rtol=1e-6):
        return ""
    return f"All your results are {ratios[0]:.4g} times what they should be."
