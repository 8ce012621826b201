"""The gate: what a student wrote is text afterwards, for every renderer."""

import base64
import json
import random
import struct
import zlib

import nbformat
import pytest
from hypothesis import given, strategies as st
from markdown_it import MarkdownIt
from nbconvert.filters import markdown2html

from classroom import cleaning
from classroom.notebooks import UnreadableError, read_notebook

PARSER = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable("table")
# What brings something into a page that is not text.
MARKUP = {"html_inline", "html_block", "image", "link_open"}
PIECES = [
    "<",
    ">",
    "&",
    "&lt;",
    "&#60;",
    "&colon;",
    "\\",
    "\\\\",
    "[",
    "]",
    "(",
    ")",
    ":",
    "!",
    "`",
    "```",
    "~~~",
    "$",
    "$$",
    "\n",
    "\n\n",
    " ",
    "    ",
    "img src=x onerror=alert(1)",
    "script",
    "a",
    "javascript:",
    "href",
    "begin{equation}",
    "![",
    "](",
    "]:",
    "<!--",
    "-->",
    "<?",
    "<![CDATA[",
    "http://x.y",
    "{raw} html",
    "mermaid",
    "\x00",
    "\u202e",
    "\ud83d",
    "\x1b[31m",
    "* ",
    "> ",
    "1. ",
    "|",
    "{",
    "}",
    "x@y.z",
    "\t",
]


def markup(text):
    """The kinds of tokens in a text that are markup beyond Markdown's own."""
    found = set()
    for token in PARSER.parse(text):
        found |= {token.type, *(child.type for child in token.children or ())} & MARKUP
    return found


@pytest.mark.parametrize(
    "honest",
    [
        "The loss is *convex*, and **that** matters:\n\n* first\n* second\n\n1. one",
        r"With $\frac{1}{n} \sum_i (\hat y_i - y_i)^2 \le \varepsilon$ it holds.",
        "$$\n\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}\n$$",
        "a < b, x <= 3, R&D, AT&T, 5 > 3, 50 % and $5",
        "Use `np.mean(x[0])`, or\n\n```python\nif a < b:\n    print(x[1:2])\n```",
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n# A heading\n\n> quoted",
        "Größe, naïve, 日本語, 👩‍🔬, ½, “quotes”, e‐mail",  # noqa: RUF001
        r"The set \{1, 2\}, a 3\% share, and $\mathbb{R}^n$, $\lVert w \rVert_2$",
    ],
)
def test_honest_prose_stays_as_it_is(honest):
    assert cleaning.markdown(honest) == honest


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("<img src=x onerror=alert(1)>", "< img src=x onerror=alert(1)>"),
        ("</script><!-- x --><?php", "< /script>< !-- x -->< ?php"),
        ("<javascript:alert(1)>", "< javascript:alert(1)>"),
        ("[x](javascript:alert(1))", "[x] (javascript:alert(1))"),
        ("![x](attachment:a.svg)", "![x] (attachment:a.svg)"),
        ("[x][y]\n\n[y]: data:text/html,x", "[x][y]\n\n[y] : data:text/html,x"),
        ("&lt;img&gt; &#60;b&#x3e; &ltimg", "& lt;img& gt; & #60;b& #x3e; & ltimg"),
        (r"$\href{javascript:x}{y}$", r"$\ href{javascript:x}{y}$"),
        (r"\begin{equation}\class{x}{y}", r"\begin{equation}\ class{x}{y}"),
        (r"\\href{x}, \\\require{html}", r"\\ href{x}, \\\ require{html}"),
        (r"\def\x{\x}", r"\ def\ x{\ x}"),
        ("<`x@y.z>", "< `x@y.z>"),
        ("```mermaid\nx\n```", "```text mermaid\nx\n```"),
        ("~~~ {raw} html\nx\n~~~", "~~~text {raw} html\nx\n~~~"),
        ("{raw}`<b>`", "{raw} `< b>`"),
        ("a\x1b[2Jb\x07c\u202ed\u2066e\x00f\r\ng\rh", "ab�c�d�e�f\ng\nh"),
        ("half \ud83d emoji", "half � emoji"),
        (None, ""),
        (17, ""),
    ],
)
def test_what_would_be_markup_is_text(written, clean):
    assert cleaning.markdown(written) == clean


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_no_parser_finds_markup_and_a_second_pass_changes_nothing(written):
    clean = cleaning.markdown(written)

    assert cleaning.markdown(clean) == clean
    assert not markup(clean)
    assert not set("\x00\x1b\u202e") & set(clean)
    clean.encode()


def test_the_pieces_do_make_markup_before_the_gate():
    # That the test above can fail.
    random_ = random.Random(7)  # noqa: S311
    texts = ["".join(random_.choices(PIECES, k=20)) for _ in range(2_000)]

    assert {kind for text in texts for kind in markup(text)} == MARKUP


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_nbconvert_makes_no_tag_of_it_that_a_student_asked_for(written):
    page = markdown2html(cleaning.markdown(written))

    for begin in ("<img", "<script", "<!", "<?", 'href="javascript', 'href="data'):
        assert begin not in page


def png(width=3, height=2):
    def chunk(kind, data):
        crc = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + crc

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (width + 1) * height) if width < 100 else b""
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows)
    return base64.b64encode(data + chunk(b"IEND", b"")).decode()


def shown(data, kind="display_data", **more):
    return cleaning.outputs([{"output_type": kind, "data": data, **more}])


def test_of_outputs_text_and_pictures_stay():
    data = {
        "image/png": png() + "\n",
        "text/plain": "<Figure>",
        "text/html": "<b>x</b>",
    }
    (kept,) = shown(data, "execute_result", metadata={"image/png": {"alt": '"><x'}})

    assert kept.data == {"image/png": png(), "text/plain": "<Figure>"}
    assert kept.metadata == {}


@pytest.mark.parametrize(
    "kind",
    [
        "text/html",
        "image/svg+xml",
        "application/javascript",
        "text/latex",
        "text/markdown",
        "application/vnd.jupyter.widget-view+json",
        "image/jpeg",
        'application/x-evil"><script>',
    ],
)
def test_other_kinds_of_output_are_dropped(kind):
    assert shown({kind: "<script>evil()</script>"}) == []


@pytest.mark.parametrize(
    "picture",
    [
        'x" onerror="evil()',
        base64.b64encode(b"<svg/>").decode(),
        png()[:16],
        7,
        None,
        ["x"],
        png(width=60_000, height=60_000),
        "A" * 30_000_000,
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_is_no_picture_is_dropped(picture):
    assert shown({"image/png": picture}) == []


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"output_type": "stream"},
        {"output_type": "stream", "text": 3},
        {"output_type": "stream", "text": ["a", "b"], "name": "<b>"},
        {"output_type": "error"},
        {"output_type": "error", "traceback": 3, "ename": None},
        {
            "output_type": "error",
            "traceback": [1, None, "\x1b[31mx"],
            "evalue": "\ud83d",
        },
        {"output_type": "display_data"},
        {"output_type": "display_data", "data": None},
        {"output_type": "display_data", "data": {"text/plain": 7}},
        {"output_type": 7},
    ],
)
def test_an_odd_output_is_no_reason_to_stop(odd):
    for kept in cleaning.outputs([odd]):
        json.dumps(kept).encode()
        nbformat.validate(kept, "output", version=4)


def test_a_long_output_is_cut():
    (kept,) = cleaning.outputs([{"output_type": "stream", "text": "x" * 10**6}])

    assert len(kept.text) < 30_000
    assert kept.text.endswith("[The rest is not kept.]\n")


CELL = {"cell_type": "markdown", "source": "x", "metadata": {}}


def handed_in(**changes):
    content = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [CELL]}
    return read_notebook(json.dumps(content | changes).encode())


@pytest.mark.parametrize(
    "changes",
    [
        {"metadata": {"widgets": {"application/vnd.jupyter.widget-state+json": {}}}},
        {
            "metadata": {
                "kernelspec": {"name": "</script><script>evil()"},
                "title": "<b>",
            }
        },
        {"metadata": 3},
        {"nbformat_minor": 4, "cells": [{**CELL, "id": "abc"}]},
        {"nbformat_minor": 99},
        {
            "cells": [
                {
                    **CELL,
                    "attachments": {"a.svg": {"image/svg+xml": "<svg onload=e()>"}},
                }
            ]
        },
        {
            "cells": [
                {**CELL, "cell_type": "raw", "metadata": {"raw_mimetype": "text/html"}}
            ]
        },
        {"cells": [{"cell_type": "code", "source": ["a", "=1"], "outputs": "broken"}]},
        {
            "cells": [
                {"cell_type": "code", "source": "x", "outputs": [{"text": "\ud83d"}]}
            ]
        },
        {"cells": [{"cell_type": "code", "source": "x", "execution_count": "7"}]},
        {"cells": [{**CELL, "id": '"><script>'}, {**CELL, "id": "x" * 999}]},
        {
            "cells": [
                {**CELL, "metadata": {"nbgrader": {"grade_id": "<b>", "points": "x"}}}
            ]
        },
        {
            "cells": [
                {**CELL, "metadata": {"nbgrader": {"grade_id": "a", "locked": "yes"}}}
            ]
        },
        {"cells": [{**CELL, "metadata": None}]},
    ],
    ids=str,
)
def test_odd_but_readable_notebooks_are_read_and_made_anew(changes):
    notebook = handed_in(**changes)

    nbformat.validate(notebook)
    text = nbformat.writes(notebook)
    assert "evil" not in text and "<b>" not in text and "svg" not in text
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert {cell.cell_type for cell in notebook.cells} <= {"code", "markdown"}
    assert all(set(cell.metadata) <= {"nbgrader"} for cell in notebook.cells)


def test_an_embedded_picture_of_20_mb_is_no_reason_to_refuse():
    shows = {"output_type": "display_data", "data": {"image/png": "A" * 20 * 2**20}}
    cell = {"cell_type": "code", "source": "plot()", "outputs": [shows]}

    (kept,) = handed_in(cells=[cell]).cells

    assert kept.source == "plot()" and kept.outputs == []


def mutated(value, random_):
    """A value with something in it exchanged for something else."""
    odd = [None, 3, -1.5, True, "", "\ud83d", "<b>", [], {}, [[[]]], {"a": {}}, 10**400]
    if random_.random() < 0.15:
        return random_.choice(odd)
    if isinstance(value, dict):
        kept = {k: v for k, v in value.items() if random_.random() > 0.05}
        return {
            k: mutated(v, random_) if random_.random() < 0.3 else v
            for k, v in kept.items()
        }
    if isinstance(value, list):
        return [
            mutated(one, random_) if random_.random() < 0.3 else one for one in value
        ]
    return value


@pytest.mark.parametrize("version", [3, 4])
def test_mutated_notebooks_are_read_or_refused_with_a_reason(version):
    random_ = random.Random(version)  # noqa: S311
    cells = [
        {
            "cell_type": "code",
            "source": "x = 1",
            "metadata": {"nbgrader": {"grade_id": "a"}},
            "outputs": [{"output_type": "stream", "name": "stdout", "text": "1"}],
            "execution_count": 1,
            "id": "a",
        },
        {**CELL, "attachments": {"x": {"image/png": "AA"}}, "id": "b"},
    ]
    content = {"nbformat": version, "nbformat_minor": 0, "metadata": {"kernelspec": {}}}
    content |= {"cells": cells} if version == 4 else {"worksheets": [{"cells": cells}]}
    read = 0
    for _ in range(1_500):
        try:
            notebook = read_notebook(json.dumps(mutated(content, random_)).encode())
        except UnreadableError as why:
            assert str(why).isprintable()
        else:
            nbformat.validate(notebook)
            nbformat.writes(notebook).encode()
            read += 1
    assert read > 100


@pytest.mark.parametrize("text", ["=1+1", "+1", "-x", "@a", "＝1", " =1", "\u202e=1"])  # noqa: RUF001
def test_a_name_begins_no_formula(text):
    assert cleaning.name(text)[0] not in "=+-@＝ "  # noqa: RUF001


@pytest.mark.parametrize(
    "sign", ["~", "`", "\\", "<", "&", "[", "]", "$", "\x1b]", "*"]
)
def test_a_long_run_of_a_sign_takes_no_longer_than_its_length(sign):
    # Fifty cells of it were minutes; the runner's own patience is the limit.
    for _ in range(50):
        cleaning.markdown(sign * 20_000)


def test_a_notebook_of_endless_prose_is_refused():
    with pytest.raises(UnreadableError, match="characters"):
        handed_in(cells=[{**CELL, "source": "a " * 9_000}] * 100)
