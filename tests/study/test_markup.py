"""Texts come out as what they say, whatever stands in them."""

import re
import unicodedata
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from hypothesis import given, strategies as st

from lossbook.study import markup
from lossbook.study.mathml import COMMANDS, mathml

HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "</p></details><iframe src='https://example.org'>",
    "&lt;b&gt; & &amp;",
    "<!-- --> ]]> <![CDATA[",
    r"\(x\) \[y\]",
    "{{Front}} [sound:x.mp3]",
]
ELEMENTS = {"p", "code", "br"}


class Shown(HTMLParser):
    """The text that a browser shows, and the elements that it makes."""

    def __init__(self, html):
        super().__init__()
        self.text, self.elements, self.attributes = "", set(), set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attributes}

    def handle_data(self, data):
        self.text += data


def test_text_code_and_math_are_told_apart():
    (paragraph,) = markup.parse("Is `a $ b` the $`$?".replace("$`$", "$x^2$"))

    assert [(piece.kind, piece.source) for piece in paragraph] == [
        ("text", "Is "),
        ("code", "a $ b"),
        ("text", " the "),
        ("math", "x^2"),
        ("text", "?"),
    ]


def test_a_blank_line_starts_a_paragraph_and_a_line_break_is_a_space():
    assert markup.html("One\ntwo.\n\n  \nThree.") == "<p>One two.</p><p>Three.</p>"
    assert markup.inline_html("One.\n\nTwo.") == "One.<br />Two."


@pytest.mark.parametrize("text", ["$x", "x$", "`x", "$$", "``", "$x\n\ny$", "$`x$`"])
def test_a_mark_without_its_partner_is_refused(text):
    with pytest.raises(ValueError, match="without its partner"):
        markup.parse(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_text(text):
    for source in (text, f"`{text}`"):
        shown = Shown(markup.html(source))

        assert shown.text == " ".join(text.split())
        assert shown.elements <= ELEMENTS
        assert not shown.attributes


@given(st.text(st.characters(exclude_characters="$`", exclude_categories=["Cs", "Cc"])))
def test_any_text_is_shown_as_it_is(text):
    shown = Shown(markup.html(text))

    assert " ".join(shown.text.split()) == " ".join(text.split())
    assert shown.elements <= {"p"}


@pytest.mark.parametrize("text", ["<b>", "<img src=x onerror=alert(1)>", "</mtext>"])
def test_hostile_text_in_a_formula_is_shown_as_text(text):
    for latex in (rf"\text{{{text}}}", text, rf"\mathrm{{{text}}}"):
        shown = Shown(mathml(latex))
        # A minus sign, a thin space: only what is drawn differs.
        assert re.sub(r"\s", "", shown.text) == re.sub(r"\s", "", text)
        assert not shown.elements & {"b", "img"}


def test_functions_keep_their_distance_and_signs_do_not():
    assert "<mi>log</mi><mspace" in mathml(r"\log p")
    assert "<mspace" not in mathml(r"\log(p)") + mathml(r"\max_j")
    assert '<mo>=</mo><mo form="prefix">−</mo>' in mathml("y = -1")


ARGUMENTS = {
    r"\frac": "{a}{b}", r"\tfrac": "{a}{b}", r"\dfrac": "{a}{b}", r"\sqrt": "{a}",
    r"\hat": "{a}", r"\bar": "{a}", r"\tilde": "{a}", r"\operatorname": "{ab}",
    r"\text": "{ab}", r"\mathrm": "{ab}", r"\mathbf": "{a}", r"\mathbb": "{R}",
    r"\left": r"(a\right)", r"\bigl": "(", r"\bigr": ")", r"\Bigl": "(", r"\Bigr": ")",
    r"\limits": "_a",
}  # fmt: skip
STRUCTURE = {r"\right", r"\begin", r"\end", r"\\"}


@pytest.mark.parametrize("command", sorted(COMMANDS - STRUCTURE))
def test_every_command_is_drawn(command):
    arguments = ARGUMENTS.get(command, "")
    before = r"\max" if command == r"\limits" else "q"
    tree = ElementTree.fromstring(mathml(f"{before}{command}{arguments} r"))  # noqa: S314
    text = unicodedata.normalize("NFKC", "".join(tree.itertext()))  # bold is plain
    letters = re.sub(r"\\[a-z]+|[^a-z]", "", arguments)

    assert "\\" not in text
    assert set(letters) <= set(text)
    # Something stands between the two letters: a glyph, or a space.
    assert text.replace("q", "").replace("r", "") or tree.findall(".//{*}mspace")


@pytest.mark.parametrize(
    ("latex", "says"),
    [
        (r"\href{javascript:alert(1)}{x}", r"\\href, which the book cannot draw"),
        (r"\foo", r"\\foo, which the book cannot draw"),
        (r"\newcommand{\x}{y} z", r"\\newcommand, which"),
        ("x\\", "which the book cannot draw"),
        (r"\frac{1}{", "does not open and close"),
        ("x}", "does not open and close"),
        (r"\left( x", "does not open and close"),
        (r"x \right)", "does not open and close"),
        (r"\begin{cases} 1", "does not open and close"),
        (r"\begin{aligned} a \end{aligned}", "does not open and close"),
        ("a & b", "by itself"),
        ("50 % off", "by itself"),
        ("x_", "cannot be read"),
        (r"\frac{1}", "a command without its part"),
    ],
)
def test_a_formula_that_cannot_be_drawn_whole_is_refused(latex, says):
    with pytest.raises(ValueError, match=rf"^the formula .* .*{says}"):
        mathml(latex)
