r"""The card of a loss: what one looks up, in a notebook, in a terminal and on a page.

All of them say the same `facts`, from the record of the loss and its properties.
"""

import re
import textwrap
from dataclasses import dataclass
from typing import Any

from . import properties

READS = {
    "y_pred": "predictions",
    "mean_and_log_variance": "means and logarithms of variances",
    "log_rates": "logarithms of rates",
    "rates": "rates",
    "probs": "probabilities",
    "logits": "logits",
    "scores": "scores",
    "rejected": "rewards",
    "embeddings": "embeddings",
}
LABELS = {
    "0/1": "0 or 1",
    "-1/+1": "−1 or +1",
    "classes": "classes",
    "regions": "regions of pixels, each 0 or 1",
    "pairs": "1 for a pair of one kind, else 0",
    "logits": "logits of another model",
    "rewards": "rewards of the better one of two",
    None: "none: the rows belong together",
}
# What a formula in LaTeX is in a terminal; the first that fits.
PLAIN = [
    (r"\\(?:tfrac|frac)\s*(\d)(\d)", r"\1/\2"),
    (r"\\frac\{((?:[^{}]|\{[^{}]*\})*)\}\{((?:[^{}]|\{[^{}]*\})*)\}", r"(\1) / (\2)"),
    (r"\\frac\s*\{?(\w)\}?\{?(\w)\}?", r"\1/\2"),
    (r"\\hat\{?\s*y\}?", "ŷ"),
    (r"\\lVert +| *\\rVert", "‖"),
    (r"\\left *\( *", "("),
    (r" *\\right *\)", ")"),
    (r"\\[,;:! ]", " "),
    (r"\\ne(?![a-z])", "≠"),
    (r"\^2(?!\d)", "²"),
]
LETTERS = {
    "alpha": "α", "beta": "β", "gamma": "\u03b3", "delta": "δ", "mu": "μ", "pi": "π",
    "sigma": "σ", "tau": "τ", "sum": "Σ",
}  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """A line of the card.

    Attributes
    ----------
    name : str
        What it is about, such as "Convex".
    value : str
        In a word or a few.
    because : str
        Why, in one sentence with ``$LaTeX$`` and `code`; or "".
    reference : str
        A heading of the page of references, or "".
    """

    name: str
    value: str
    because: str = ""
    reference: str = ""


def facts(loss: Any, calls: Any = ()) -> tuple[Fact, ...]:
    """What the card of a loss says.

    Parameters
    ----------
    loss : Loss
        A record of the catalogue, or one that was made otherwise: then what only the
        package knows of its own losses is left out.
    calls : sequence of Call, default ()
        How other libraries call it, as `frameworks.calls` has them.

    Returns
    -------
    tuple of Fact

    Examples
    --------
    >>> from lossbook.catalogue import by_key
    >>> for fact in facts(by_key("hinge"))[3:6]:
    ...     print(f"{fact.name}: {fact.value}")
    Best prediction: class
    Far misses: the slope levels off at 1
    Convex: yes
    """
    said = [
        Fact("Reads", READS.get(loss.reads, str(loss.reads))),
        Fact("Labels", LABELS.get(loss.labels, str(loss.labels))),
        Fact("Unit", loss.unit),
    ]
    try:
        known = properties.of(loss.key)
    except KeyError:
        return (*said, Fact("Smooth", _yes(loss.is_smooth)), *_elsewhere(calls))
    slope = f"the slope {known.slope.value}"
    if known.slope.limit is not None:
        slope += f" at {known.slope.limit:.3g}"
    convex = known.convex.value
    if convex == "in what it reads":
        convex += f", not behind the {loss.link}"
    named = [
        ("Best prediction", known.best.value, known.best),
        ("Far misses", slope, known.slope),
        ("Convex", convex, known.convex),
        ("Proper", known.proper.value, known.proper),
        ("Smooth", _yes(loss.is_smooth), known.smooth),
        ("Consistent", known.consistent.value, known.consistent),
    ]
    said += [Fact(n, value, p.because, p.reference) for n, value, p in named]
    return (*said, Fact("Used for", known.used), *_elsewhere(calls))


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"


def _elsewhere(calls: Any) -> list[Fact]:
    """Under which names other libraries have it, a line for each."""
    names: dict[str, list[str]] = {}
    for call in calls:
        names.setdefault(call.framework, []).append(f"`{call.name}`")
    return [Fact(library, ", ".join(found)) for library, found in names.items()]


def markdown(loss: Any, calls: Any = ()) -> str:
    """The card in Markdown, for notebooks; what is no markup of ours is escaped.

    >>> from lossbook.catalogue import by_key
    >>> print(markdown(by_key("hinge")).splitlines()[7])
    | Labels | −1 or +1 |
    """
    rows = [
        f"| {escaped(fact.name)} | {_because(fact)} |" for fact in facts(loss, calls)
    ]
    formula = loss.formula.replace("$", r"\$")
    return "\n".join(
        [f"{_title(loss)}", "", f"${formula}$", "", "| | |", "|---|---|", *rows]
    )


def _title(loss: Any) -> str:
    code = f"lossbook.{loss.key}".replace("`", "")
    return f"**{escaped(_capital(loss.title))}**, `{code}`"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _because(fact: Fact) -> str:
    """The value and its reason, as they stand in a cell of a table."""
    value = "".join(
        part if i % 2 else escaped(part)
        for i, part in enumerate(re.split(r"(`[^`]*`)", fact.value))
    )
    reason = f"**{value}.** {fact.because}" if fact.because else value
    return re.sub(r"(?<!\\)\|", r"\|", reason)


def escaped(text: str) -> str:
    r"""A text in which Markdown reads no markup.

    >>> print(escaped("<b>*a*|b"))
    \<b\>\*a\*\|b
    """
    return re.sub(r"([\\`*_{}\[\]()<>#|$~])", r"\\\1", " ".join(text.split()))


def text(loss: Any, calls: Any = (), width: int = 80) -> str:
    """The card for a terminal, in lines of that width at most.

    >>> from lossbook.catalogue import by_key
    >>> print(text(by_key("hinge"))[:62])
    Hinge loss                                      lossbook.hinge
    """
    title, name = _capital(loss.title), f"lossbook.{loss.key}"
    lines = [f"{title:<{max(len(title) + 2, 62 - len(name))}}{name}", ""]
    lines += [f"  {plain(loss.formula)}", ""]
    shown = facts(loss, calls)
    column = max(len(fact.name) for fact in shown) + 2
    for fact in shown:
        said = fact.value.replace("`", "")
        if fact.because:
            said += f". {_plain_sentence(fact.because)}"
        lines += textwrap.wrap(
            said,
            width,
            initial_indent=f"{fact.name:<{column}}",
            subsequent_indent=" " * column,
            break_long_words=False,
        )
    return "\n".join(lines)


def _plain_sentence(sentence: str) -> str:
    parts = re.split(r"\$([^$]*)\$", sentence.replace("`", ""))
    return "".join(plain(part) if i % 2 else part for i, part in enumerate(parts))


def plain(latex: str) -> str:
    r"""A formula without markup, as one would type it.

    >>> print(plain(r"\max(0, 1 - y s)^2"), plain(r"\frac12 \log(2 \pi)"))
    max(0, 1 - y s)² 1/2 log(2 π)
    """
    for pattern, instead in PLAIN:
        latex = re.sub(pattern, instead, latex)
    latex = re.sub(r"\\([a-z]+)", lambda found: LETTERS.get(found[1], found[1]), latex)
    latex = re.sub(r"([_^])\{([^\W_]+)\}", r"\1\2", latex)
    latex = re.sub(r"([_^])\{([^{}]*)\}", r"\1(\2)", latex)
    return " ".join(re.sub(r"[{}]", "", latex).split())
