r"""The gate: what a student wrote is text, whichever program shows it.

Formgrader, JupyterLab, nbconvert and a spreadsheet each have their own idea of what
is markup, and each has been fooled.  So nothing is parsed here and nothing is
escaped for one of them: a space is put where text would begin to be anything else
(``< img``, ``] (javascript:…)``, ``\ href``), which no reader minds and no renderer
can undo.  Formulas, lists and code stay as they were written.

A second pass changes nothing.
"""

import base64
import binascii
import re
import struct
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from latex2mathml.symbols_parser import parse_symbols
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from lossbook.study.mathml import COMMANDS

from .counting import counted

LONGEST_PROSE = 20_000  # characters of a cell of text; an essay has fewer
LONGEST_CODE = 200_000
LONGEST_IN_ALL = 1_000_000  # of all cells of a notebook
MOST_CELLS = 1_000
LONGEST_OUTPUT = 25_000
LARGEST_PICTURE = 5 * 2**20  # bytes
WIDEST_PICTURE = 5_000  # pixels: a small file can unpack to a huge picture
LONGEST_LINE = 300
LONGEST_NAME = 120  # bytes; a file name may have 255, and gets endings
CUT = "\n[The rest is not kept.]\n"
MARK = "\N{REPLACEMENT CHARACTER}"

# What LaTeX may say: symbols, and what arranges them.  Everything that reaches out of
# the formula (\href, \class, \require, \def …) is not among them.
LATEX = frozenset(
    {name[1:] for name in [*COMMANDS, *parse_symbols()] if name[0] == "\\"}
    | set(
        """
        array align aligned big Big bigg Bigg binom bm bmod boldsymbol boxed cfrac
        check choose dbinom ddot displaystyle dot emph hline label left limits mathbin
        mathcal mathfrak mathit mathop mathrel mathscr mathsf mathtt middle mod nolimits
        nonumber not notag operatorname over overbrace overleftarrow overline
        overrightarrow overset pmod right root scriptstyle smash stackrel substack
        tag tbinom text textbf textit textrm textsf texttt textstyle underbrace
        underline underset vec widehat widetilde xleftarrow xrightarrow
        """.split()  # noqa: SIM905 - a list of words reads better without quotes
    )
)
# Each pattern takes a run of signs whole (++), so that none takes long over a long one.
_COMMAND = re.compile(r"(?<!\\)(\\++)(?=([A-Za-z]++))")
# A tag, a comment, an autolink; a link or a definition of one; a character reference.
_BEGINS = re.compile(
    r"<(?=[a-z/!?]|[^\s<>]*@)|\](?=[(:])|\}(?=`)|&(?=#|[a-z]\w*;|lt|gt|amp|quot)",
    re.IGNORECASE,
)
# The language of a fenced block: some are drawn (mermaid) or carried out ({raw}).
_FENCE = re.compile(
    r"((?<!`)`{3,}+(?=[^`\n]*$)|(?<!~)~{3,}+)[^\S\n]*+"
    r"(?!(?:python|py|text)\b)(?=[^\s`~])",
    re.MULTILINE,
)
_KEPT = {"\n", "\t", "\N{ZERO WIDTH JOINER}", "\N{ZERO WIDTH NON-JOINER}"}
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_GRADE_ID = re.compile(r"[A-Za-z0-9_.-]{1,100}")
_ANSI = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|.)", re.S
)


def text(written: object) -> str:
    r"""A text without what a screen obeys: escapes, control and direction marks.

    >>> text("a\x1b[31mred\x1b[0m\u202eb")
    'ared�b'
    """
    if not isinstance(written, str):
        return ""
    written = _ANSI.sub("", written).replace("\r\n", "\n").replace("\r", "\n")
    if written.isascii() and written.isprintable():
        return written
    return "".join(c if c in _KEPT or _is_harmless(c) else MARK for c in written)


def markdown(written: object) -> str:
    r"""Prose that keeps its lists, formulas and code, and is no markup beyond that.

    >>> markdown(r"a < b, <img src=x>, [x](javascript:y) and $\frac{1}{2} \href{z}$")
    'a < b, < img src=x>, [x] (javascript:y) and $\\frac{1}{2} \\ href{z}$'
    """
    clean = text(written)
    if len(clean) > LONGEST_PROSE:
        clean = clean[:LONGEST_PROSE] + CUT
    clean = _BEGINS.sub(r"\g<0> ", clean)
    clean = _COMMAND.sub(lambda m: m[1] if m[2] in LATEX else m[1] + " ", clean)
    return _FENCE.sub(r"\1text ", clean)


def name(written: str, ending: str = "") -> str:
    """A name that a file, a page and a spreadsheet can bear.

    >>> name("=Zoë <b>O'Neil</b> / ..")
    "Zoë _b_O'Neil__b_ _"
    """
    composed = unicodedata.normalize("NFC", text(written))
    clean = "".join(c if _is_in_names(c) and c != MARK else "_" for c in composed)
    clean = " ".join(clean.split()).strip(". ").lstrip("=+-@ ")
    room = LONGEST_NAME - len(ending.encode())
    short = clean.encode()[:room].decode(errors="ignore").strip() or "unnamed"
    return short + (name(f"x{ending}")[1:] if ending else "")


def line(written: object) -> str:
    """One line of a message: a file name, or the words of an error."""
    clean = " ".join(text(written).split())
    return clean if len(clean) <= LONGEST_LINE else clean[:LONGEST_LINE] + " …"


def notebook(content: Mapping[str, Any]) -> NotebookNode:
    """A notebook made anew from the cells of `content`, without what it showed.

    Raises
    ------
    ValueError
        If that has no list of cells, or one of them is larger than any answer.
    """
    cells = content.get("cells")
    if not isinstance(cells, list):
        raise ValueError("it has no list of cells")
    if len(cells) > MOST_CELLS:
        there = counted(len(cells), "cell")
        raise ValueError(f"it has {there}; {MOST_CELLS} are the most")
    made: list[NotebookNode] = []
    seen: set[str] = set()
    for number, cell in enumerate(cells, 1):
        if not isinstance(cell, Mapping):
            raise ValueError(f"its cell {number} is not one")
        new = _cell(cell, number)
        if new.id in seen:  # a copied cell
            new.id = f"cell-{number}"
        seen.add(new.id)
        made.append(new)
    length = sum(len(cell.source) for cell in made)
    if length > LONGEST_IN_ALL:
        raise ValueError(f"its cells have {length:,} characters")
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return new_notebook(cells=made, metadata=metadata)


def outputs(shown: Iterable[Mapping[str, Any]]) -> list[NotebookNode]:
    """What a cell showed: text, and pictures that are pictures."""
    return [clean for one in shown if (clean := _output(one)) is not None]


def _cell(cell: Mapping[str, Any], number: int) -> NotebookNode:
    written = cell.get("source", "")
    if isinstance(written, list):
        written = "".join(line for line in written if isinstance(line, str))
    if cell.get("cell_type") == "code":
        # A form feed is white space to Python; some editors put one between parts.
        source = text(written.replace("\f", "\n") if isinstance(written, str) else "")
        if len(source) > LONGEST_CODE:
            raise ValueError(f"its cell {number} has {len(source)} characters")
        new = new_code_cell(source)
    else:  # a raw cell too: exporters put it into the page as it is
        new = new_markdown_cell(markdown(written))
    cell_id, metadata = cell.get("id"), cell.get("metadata")
    is_id = isinstance(cell_id, str) and _ID.fullmatch(cell_id)
    new.id = cell_id if is_id else f"cell-{number}"
    graded = metadata.get("nbgrader") if isinstance(metadata, Mapping) else None
    if isinstance(graded, Mapping) and _is_grade_id(graded.get("grade_id")):
        new.metadata.nbgrader = _nbgrader(graded, new.cell_type)
    return new


def _nbgrader(graded: Mapping[str, Any], cell_type: str) -> NotebookNode:
    """What nbgrader goes by; the release has the last word on all but the id."""
    kinds = ("grade", "solution", "locked", "task")
    new = NotebookNode({kind: graded.get(kind) is True for kind in kinds})
    new.update(grade_id=graded["grade_id"], schema_version=3, cell_type=cell_type)
    if new.grade or new.task:
        points = graded.get("points")
        new.points = points if isinstance(points, int | float) else 0
    return new


def _output(shown: Mapping[str, Any]) -> NotebookNode | None:
    kind = shown.get("output_type")
    if kind == "stream":
        said = "stderr" if shown.get("name") == "stderr" else "stdout"
        return new_output("stream", name=said, text=_shown(shown.get("text")))
    if kind == "error":
        lines = shown.get("traceback")
        lines = lines if isinstance(lines, list) else []
        return new_output(
            "error",
            ename=_shown(shown.get("ename"))[:200],
            evalue=_shown(shown.get("evalue")),
            traceback=_shown("\n".join(map(text, lines))).splitlines(),
        )
    data = shown.get("data")
    if kind not in ("display_data", "execute_result") or not isinstance(data, Mapping):
        return None
    kept = {}
    if picture := _picture(data.get("image/png")):
        kept["image/png"] = picture
    if isinstance(plain := data.get("text/plain"), str):
        kept["text/plain"] = _shown(plain)
    return new_output("display_data", kept) if kept else None


def _shown(written: object) -> str:
    clean = text(written)
    return clean if len(clean) <= LONGEST_OUTPUT else clean[:LONGEST_OUTPUT] + CUT


def _picture(written: object) -> str:
    """A PNG, encoded anew; empty for what is not one."""
    if not isinstance(written, str) or len(written) > LARGEST_PICTURE * 4 // 3:
        return ""
    try:
        data = base64.b64decode("".join(written.split()), validate=True)
    except (binascii.Error, ValueError):
        return ""
    if data[:8] != b"\x89PNG\r\n\x1a\n" or data[12:16] != b"IHDR" or len(data) < 24:
        return ""
    if max(struct.unpack(">II", data[16:24])) > WIDEST_PICTURE:
        return ""
    return base64.b64encode(data).decode()


def _is_grade_id(value: object) -> bool:
    return isinstance(value, str) and _GRADE_ID.fullmatch(value) is not None


def _is_harmless(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def _is_in_names(character: str) -> bool:
    kind = unicodedata.category(character)
    return kind[0] in "LMN" or kind in ("So", "Zs") or character in "-_.'’()@+=~"
