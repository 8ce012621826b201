r"""LaTeX as MathML, which browsers draw by themselves.

latex2mathml reads the LaTeX, but it drops commands that it does not know, leaves
``\text{<b>}`` unescaped and knows little of the spaces of TeX.  So here only known
commands pass, texts are escaped, and the spaces are put in.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from xml.etree.ElementTree import Element, tostring

COMMANDS = set(
    r"""
    \alpha \beta \gamma \delta \epsilon \varepsilon \eta \theta \lambda \mu \nu \pi \rho
    \sigma \tau \phi \varphi \chi \psi \omega \Delta \Sigma \Phi \Omega \ell \nabla
    \partial \infty \hat \bar \tilde \frac \tfrac \dfrac \sqrt \sum \prod \int \log \ln
    \exp \max \min \arg \sin \cos \cosh \tanh \Pr \lim \operatorname \text \mathrm
    \mathbf \mathbb \cdot \times \pm \le \leq \ge \geq \ne \neq \lt \gt \approx \equiv
    \sim \propto \in \to \rightarrow \leftarrow \Rightarrow \mapsto \mid \parallel
    \lvert \rvert \lVert \rVert \| \{ \} \left \right \bigl \bigr \Bigl \Bigr \ldots
    \dots \cdots \limits \prime \top \quad \qquad \, \; \: \! \% \\ \begin \end
    """.split()  # noqa: SIM905 - a list of words reads better without quotes
) | {r"\ "}
ROWS = {"math", "mrow", "mstyle", "mtd", "msqrt"}
PARTS = {"mfrac": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2}
TABLES = {"cases", "matrix", "pmatrix", "bmatrix"}
CLOSING = set(")]}!")
BARS = set("|‖")
BIG = set("∑∏∫")


def mathml(latex: str) -> str:
    r"""The formula as a ``<math>`` element, safe to put into a page.

    Raises
    ------
    ValueError
        If the LaTeX has a command that is not in ``COMMANDS``, or cannot be read.

    Examples
    --------
    >>> mathml(r"p \ge 0")[49:]
    'display="inline"><mrow><mi>p</mi><mo>≥</mo><mn>0</mn></mrow></math>'
    """
    return tostring(_tree(latex), encoding="unicode")


@lru_cache(maxsize=1024)
def _tree(latex: str) -> Element:
    from latex2mathml.converter import convert_to_element

    _check(latex)
    latex = re.sub(r"\\arg(?![a-z])", r"\\operatorname{arg}", latex)
    try:
        tree = convert_to_element(latex)
    except Exception as error:  # its errors share no class and say nothing
        name = type(error).__name__
        raise ValueError(f"the formula {latex!r} cannot be read: {name}") from error
    for element in tree.iter():
        if len(element) < PARTS.get(element.tag, 0):
            raise ValueError(f"the formula {latex!r} has a command without its part")
        _tidy(element)
    for element in tree.iter():
        if element.tag in ROWS:
            element[:] = _spaced(_joined(list(element)))
    return tree


def _check(latex: str) -> None:
    for command in re.findall(r"\\(?:[A-Za-z]+|.|$)", latex):
        if command not in COMMANDS:
            raise ValueError(
                f"the formula {latex!r} has {command}, which the book cannot draw"
            )
    environments = set(re.findall(r"\\begin\{(\w*)\}", latex))
    if not environments <= TABLES or not _is_closed(latex):
        raise ValueError(f"the formula {latex!r} does not open and close properly")
    if re.search(r"(?<!\\)[%#~]" if environments else r"(?<!\\)[%#~&]", latex):
        raise ValueError(f"the formula {latex!r} has one of % # ~ & by itself")


def _is_closed(latex: str) -> bool:
    depth = 0
    for mark in re.findall(r"\\left(?![a-z])|\\right(?![a-z])|\\.|[{}]", latex):
        depth += {"{": 1, "}": -1, r"\left": 1, r"\right": -1}.get(mark, 0)
        if depth < 0:
            return False
    return depth == 0 and latex.count(r"\begin") == latex.count(r"\end")


def _tidy(element: Element) -> None:
    """Undo what latex2mathml writes for HTML, and name letters and operators so."""
    text = element.text or ""
    if element.tag == "mi" and re.fullmatch(r"&#x000[4-7][0-9A-F];", text):
        element.set("mathvariant", "normal")  # \mathrm of a single letter
    element.text = text = unescape(text)
    if element.tag == "mi" and element.get("mathvariant") == "bold":
        element.text = unicodedata.lookup(f"MATHEMATICAL BOLD SMALL {text}")
    if element.tag == "mi" and text and not text.isalpha():
        element.tag = "mo"
    elif element.tag == "mo" and text.isalpha() and text.isascii():
        element.tag = "mi"
    elif element.tag == "mo" and text in BARS:
        element.set("lspace", "0")
        element.set("rspace", "0")


def _joined(elements: list[Element]) -> Iterator[Element]:
    r"""The elements, with the upright letters of one \mathrm made one word."""
    last = None
    for element in elements:
        if last is not None and _is_upright(last) and _is_upright(element):
            last.text += element.text
            continue
        if last is not None:
            yield last
        last = element
    if last is not None:
        yield last


def _spaced(elements: Iterator[Element]) -> Iterator[Element]:
    """The elements, with the spaces of TeX around functions and none after a sign."""
    last, is_open = None, False
    for element in elements:
        core = _core(element)
        if core.tag == "mo" and core.text in BARS:
            is_open = not is_open
            core.set("form", "prefix" if is_open else "postfix")
        if _is_sign(element) and (last is None or not _ends_operand(last)):
            element.set("form", "prefix")
        if last is not None and _needs_space(last, element):
            yield Element("mspace", width="0.167em")
        yield element
        last = element


def _is_upright(element: Element) -> bool:
    return element.tag == "mi" and element.get("mathvariant") == "normal"


def _is_sign(element: Element) -> bool:
    return element.tag == "mo" and element.text in ("+", "−", "±")


def _is_function(element: Element) -> bool:
    core = _core(element)
    return core.tag == "mi" and len(core.text or "") > 1


def _core(element: Element) -> Element:
    """What carries the exponents and indices of an element."""
    while element.tag in ("msub", "msup", "msubsup", "munder", "mover"):
        element = element[0]
    return element


def _ends_operand(element: Element) -> bool:
    core = _core(element)
    if core.tag == "mo":
        return core.text in CLOSING or core.get("form") == "postfix"
    return core.tag != "mspace"


def _starts_operand(element: Element) -> bool:
    core = _core(element)
    if core.tag == "mrow" and len(core):
        return core[0].tag != "mo"
    return core.tag not in ("mo", "mspace", "mtext")


def _needs_space(last: Element, element: Element) -> bool:
    if _is_function(last):
        return _starts_operand(element) or _core(element).text in BIG
    return _is_function(element) and _ends_operand(last)
