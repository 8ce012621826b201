"""Where the lines of a formula may end."""

import pytest
from lxml import html

from book._ext.directives.formulas import Katex


@pytest.fixture(scope="module")
def drawn():
    """What a formula is drawn as, in pieces of a class: `drawn(tex, class)`."""
    katex = Katex()

    def pieces(tex, name):
        tree = html.fromstring(katex.answer({"tex": tex, "display": True})["html"])
        found = tree.xpath(f"//span[@class='{name}']")
        return [" ".join(each.text_content().split()) for each in found]

    yield pieces
    katex.close(None, None)


@pytest.mark.parametrize(
    ("tex", "kept"),
    [
        (r"a - (1 - p)", ["(1−p)"]),
        (r"-y \log p - (1 - y) \log(1 - p)", ["(1−y)log(1−p)"]),
        (r"f(a + g(1 - p)) + b", ["f(a+g(1−p))+"]),
        (r"c (a_1 x_1 + a_2 x_2 + a_3 x_3 + g(1 - p))", ["g(1−p))"]),  # the short ones
        (r"a + b = f(x)", []),  # has no place to break
        (r"(a + b", []),
        (r"a) + [0, 1)", []),
    ],
)
def test_no_line_ends_in_a_short_pair_of_brackets(drawn, tex, kept):
    assert drawn(tex, "brackets") == kept


def test_equations_in_a_line_part_between_them(drawn):
    tex = r"h = \max(0, 1 - x), \qquad y = 2 \quad \text{or} \qquad y = a + b"
    assert drawn(tex, "equation") == ["h=max(0,1−x),", "y=2or", "y=a+b"]
    assert drawn(r"a = b, \quad c = d", "equation") == ["a=b,", "c=d"]
    assert drawn(r"y = a + b \quad c", "equation") == []
    assert drawn(r"\begin{cases} a \qquad b \end{cases}", "equation") == []
