"""Comparing what an answer gave with what is right, and with the known mistakes.

Nothing is run here: `judge` reads results.  So it can also judge results that were
computed elsewhere, by a program that is not trusted.
"""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from .answers import Answer, agree, difference, expected, written
from .cases import Case
from .mistakes import Mistake
from .outcome import Outcome

ROUNDED = "Your results are rounded. Return the numbers as they are."
WHOLE = (
    "Your results are rounded or cut off to whole numbers, as by `round`, `int` or "
    "`//`. Return the numbers as they are."
)


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

    A known mistake is named if it gives the same results in all cases; or in all
    ordinary ones, if special ones give nothing but NaN or infinity.  Otherwise the
    smallest case that differs is shown.
    """
    same = [partial(agree, tolerance=tolerance, absolute=c.noise()) for c in cases]
    is_right = [f(*pair) for f, *pair in zip(same, results, right, strict=True)]
    if all(is_right):
        said = _rounding(results, right)
        return Outcome("wrong", said) if said else Outcome("right")
    turned = _are_reordered(results, right, same)
    made = _mistake(results, right, cases, mistakes, same, turned)
    if made:
        return Outcome("wrong", made.message, made.name)
    if turned:
        return Outcome("wrong", in_other_order(parts))
    wrong = [i for i, ok in enumerate(is_right) if not ok]
    first = min(wrong, key=lambda i: cases[i].size())
    given = named_inputs(arguments, cases[first].inputs)
    got = written(results[first])
    how = difference(results[first], right[first], same[first], parts)
    what = f"For {given} your function returns `{got}`: that {how}."
    hint = _pattern(results, right, cases, is_right)
    return Outcome("wrong", f"{hint} {what}".strip())


def is_reordered(result: Answer, right: Answer, same: Callable) -> bool:
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


def named_inputs(arguments: tuple[str, ...], inputs: tuple) -> str:
    """The inputs of a call, each with its name."""
    pairs = zip(arguments, inputs, strict=True)
    return ", ".join(f"`{name} = {written(value)}`" for name, value in pairs)


def _are_reordered(results, right, same) -> bool:
    """Whether each result is the right one in another order, or right both ways."""
    found = [is_reordered(*trio) for trio in zip(results, right, same, strict=True)]
    others = zip(found, results, right, same, strict=True)
    return any(found) and all(ok or same(one, two) for ok, one, two, same in others)


def _mistake(results, right, cases, mistakes, same, turned) -> Mistake | None:
    """The known mistake that gives these results, if there is one."""
    spoilt = [
        bool(case.about) and not _is_finite(mine) and not f(mine, true)
        for f, mine, true, case in zip(same, results, right, cases, strict=True)
    ]
    if turned:  # then a mistake in one part says nothing
        mistakes = [
            one
            for one in mistakes
            if not says_nothing_of_a_part(one.result(*cases[0].inputs))
        ]
    with np.errstate(all="ignore"):  # what is wrong may well meet the log of 0
        for one in mistakes:
            if _gives(one, results, cases, same):
                return one
        if any(spoilt):
            for one in mistakes:
                if _explains(one, results, right, cases, same, spoilt):
                    return one
    return None


def _gives(mistake, results, cases, same) -> bool:
    """Whether a mistake gives these results."""
    return all(
        f(mine, expected(mistake.result(*case.inputs)))
        for f, mine, case in zip(same, results, cases, strict=True)
    )


def _explains(mistake, results, right, cases, same, spoilt) -> bool:
    """Whether a mistake gives these results, where they are not spoilt.

    A result is spoilt if it is NaN or infinite in a special case, and should not be.
    Either the mistake shows in ordinary cases too, or it spoils the same ones.
    """
    shows, spoils_all = False, True
    for f, mine, true, case, is_spoilt in zip(
        same, results, right, cases, spoilt, strict=True
    ):
        theirs = expected(mistake.result(*case.inputs))
        differs = not f(true, theirs)
        if is_spoilt:
            spoils_all &= differs and not _is_finite(theirs)
        elif not f(mine, theirs):
            return False
        else:
            shows |= differs
    return shows or spoils_all


def _is_finite(result: Answer) -> bool:
    if isinstance(result, tuple):
        return all(part is ... or _is_finite(part) for part in result)
    return isinstance(result, str) or bool(np.isfinite(result).all())


def _pattern(results, right, cases, is_right) -> str:
    """What the wrong results have in common, if anything."""
    return (
        _constant(results, right)
        or _rounding(results, right)
        or _in_common(results, right, cases)
        or _only_special(cases, is_right)
        or _only_size(cases, is_right)
    )


def _constant(results, right) -> str:
    """What to say of a function that always gives the same."""
    if all(agree(right[0], other, 1e-9) for other in right) or not all(
        agree(results[0], other, 1e-9) for other in results
    ):
        return ""
    if not isinstance(results[0], tuple | str) and np.isnan(results[0]).all():
        return (
            "Your function gives NaN for every input. The root and the logarithm of a "
            "number below 0 are NaN: is there a sign to look at?"
        )
    said = "Your function gives the same result for every input. Compute it from the "
    if _is_numeric(results, right) and np.array_equal(
        _joined(results), np.floor(_joined(right))
    ):
        return f"{said}arguments: `//` and `int` drop what is after the point."
    return f"{said}arguments."


def _only_special(cases, is_right) -> str:
    """What to say if the answer is right for all but special inputs."""
    wrong = [case.about for case, ok in zip(cases, is_right, strict=True) if not ok]
    if "" in wrong or not any(is_right):
        return ""
    first, *others = dict.fromkeys(wrong)
    nor = f", nor for {others[0]}" if len(others) == 1 else ""
    also = " It is not the only one." if len(others) > 1 else ""
    return f"Right for the other inputs, but not for {first}{nor}.{also}"


def _only_size(cases, is_right) -> str:
    """What to say if the answer is right for one number of examples only."""
    found = [(_length(case), ok) for case, ok in zip(cases, is_right, strict=True)]
    single, others = (
        [ok for n, ok in found if (n == 1) is one] for one in (True, False)
    )
    if single and all(single) and sum(others) <= len(others) / 4:
        return "Right for a single example, but not for more of them."
    sizes = {n for n, ok in found if ok}
    if len(sizes) != 1 or not all(ok for n, ok in found if n in sizes):
        return ""
    n = sizes.pop()
    if sum(is_right) == 1:  # by chance, perhaps
        return ""
    return (
        f"Right for {n} examples, but for no other number of them. Is {n} written "
        "into the function?"
    )


def _length(case: Case) -> int:
    return np.size(case.inputs[0])


def _is_numeric(results, right) -> bool:
    return not isinstance(right[0], tuple | str) and all(
        one.shape == other.shape and other.dtype != bool
        for one, other in zip(results, right, strict=True)
    )


def _joined(values: Sequence[NDArray]) -> NDArray:
    return np.concatenate([np.asarray(one, np.float64).ravel() for one in values])


def _rounding(results, right) -> str:
    """What to say if a part of all results is the right one, rounded or cut off.

    Rounding to many digits may well stay within any tolerance.  It is no less rounded.
    """
    if isinstance(right[0], tuple):
        parts = zip(zip(*results, strict=True), zip(*right, strict=True), strict=True)
        return next(filter(None, (_rounding(*part) for part in parts)), "")
    if not _is_numeric(results, right) or right[0].dtype == bool:
        return ""
    ours, true = _joined(results), _joined(right)
    finite = np.isfinite(true)
    if np.any(ours[~finite] != true[~finite]):
        return ""
    ours, true = ours[finite], true[finite]
    if not np.any(np.abs(true - ours) > 1e-12 * np.maximum(1, np.abs(true))):
        return ""
    if any(np.array_equal(ours, f(true)) for f in (np.trunc, np.floor, np.round)):
        return WHOLE
    for digits in range(1, 11):
        is_short = np.allclose(ours, ours.round(digits), 1e-15, 0)
        if is_short and np.all(np.abs(ours - true) <= 0.5000001 * 10.0**-digits):
            return ROUNDED
    return ""


def _in_common(results, right, cases) -> str:
    """How all results differ in the same way: by a factor, or by a fixed number."""
    if not _is_numeric(results, right):
        return ""
    ours, true = _joined(results), _joined(right)
    with np.errstate(all="ignore"):
        ratios = ours / true
    known = (ours != 0) | (true != 0)
    if (
        known.sum() < 2
        or not (ratios[known] > 0).all()
        or np.isinf(ratios[known]).any()
    ):
        return ""
    if np.allclose(ratios[known], ratios[known][0], rtol=1e-6):
        return f"All your results are {ratios[known][0]:.4g} times what they should be."
    sizes = np.repeat([_length(c) for c in cases], [one.size for one in right])
    written_in = (sizes / ratios)[known]
    n = round(written_in[0])
    if n and np.allclose(written_in, n, rtol=1e-6):
        return f"Is {n} written into the function? Divide by the number of examples."
    return ""
