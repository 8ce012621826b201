"""What the book teaches about `interact` works, although no page can show it."""

import re

import matplotlib.pyplot as plt
import pytest

from lossbook import huber
from tests.book.chapters import CHAPTERS, cells, namespace

BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)
TAUGHT = [
    (chapter, block)
    for chapter in CHAPTERS
    for cell in cells(chapter, "markdown")
    for block in BLOCK.findall(cell.source)
]


def test_there_is_a_chapter_that_teaches_it():
    assert [chapter for chapter, code in TAUGHT if "interact" in code] == [
        "going_further"
    ]


@pytest.mark.parametrize(("chapter", "code"), TAUGHT)
@pytest.mark.filterwarnings("ignore:.*non-interactive")
def test_its_slider_draws_the_figure_anew(chapter, code):
    names = dict(namespace(chapter))
    plt.switch_backend("agg")  # another would show the figure, and close it

    exec(code, names)  # noqa: S102
    names["show"].widget.children[0].value = 2.0

    curve = plt.gcf().axes[0].lines[1]
    assert curve.get_ydata()[0] == pytest.approx(huber([0], [-3], delta=2.0))
    plt.close("all")
