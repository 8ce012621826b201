"""How a submission becomes a page, in nbgrader's Formgrader and as feedback.

What a student wrote is never markup there: Markdown is drawn by an allow-list, formulas
as MathML, and each page carries a policy under which nothing else would run or load.
"""

import html
import re
from pathlib import Path

import mistune
import nbgrader
from nbconvert.filters.markdown_mistune import (
    IPythonRenderer,
    MarkdownWithMath,
    MathInlineParser,
)
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import ClearHiddenTests, NbGraderPreprocessor
from traitlets.config import Config

from lossbook.study.mathml import mathml

TEMPLATES = [
    Path(__file__).parent / "templates",  # ours come first
    Path(nbgrader.__file__).parent / "server_extensions" / "formgrader" / "templates",
]
SHOWN = ["image/png", "text/plain"]
ADDRESS = re.compile(r"https?://[\w.-]+(:\d+)?([/?#]\S*)?|mailto:\S+", re.IGNORECASE)
LONGEST = 20_000  # characters of a cell: a longer one is shown as it was written


def configure(config: Config) -> None:
    """Set up nbgrader's pages; `config` is changed."""
    config.HTMLExporter.extra_template_basedirs = list(map(str, TEMPLATES))
    config.HTMLExporter.filters = {"markdown2html": "classroom.pages.drawn"}
    config.HTMLExporter.preprocessors = ["classroom.pages.Names"]
    config.HTMLExporter.sanitize_html = True
    config.NbConvertBase.display_data_priority = SHOWN
    config.GetGrades.display_data_priority = SHOWN
    config.GenerateFeedback.preprocessors = [
        "nbgrader.preprocessors.GetGrades",
        "classroom.pages.HideTests",
        "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
    ]


class HideTests(ClearHiddenTests):
    """Hidden tests leave the page; what looks like one in an answer stays, as text."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict, cell_index: int
    ) -> tuple:
        """Clear the hidden part of a cell that is not the student's."""
        if not utils.is_locked(cell):
            return cell, resources
        return super().preprocess_cell(cell, resources, cell_index)


class Names(NbGraderPreprocessor):
    """Names of students and files as text: Formgrader's page takes them for HTML."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple:
        """Escape what the page says about the notebook."""
        names = {k: html.escape(v) for k, v in resources.items() if isinstance(v, str)}
        resources.update(names)
        return nb, resources


class _Inline(MathInlineParser):
    """Dollars enclose a formula as Pandoc reads them: `$3 or $4` are prices."""

    SPECIFICATION = MathInlineParser.SPECIFICATION | {
        "inline_math_tex": r"(?<![$\\])\$(?=\S)(?P<math_inline_tex>[^$`]+?)"
        r"(?<![\s\\])\$(?![\d$])"
    }


class _Renderer(IPythonRenderer):
    """Markdown without HTML of its own and without pictures; formulas as MathML."""

    def __init__(self) -> None:
        super().__init__(
            escape=True, allow_harmful_protocols=False, exclude_anchor_links=True
        )

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """A link to the web; of any other, its text."""
        return super().link(text, url) if ADDRESS.fullmatch(url) else text

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """What the picture is said to show: it lies elsewhere, or in an attachment."""
        return text

    def block_mermaidjs(self, code: str) -> str:
        """The text of a diagram."""
        return mistune.HTMLRenderer.block_code(self, code)

    def task_list_item(self, text: str, checked: bool = False) -> str:
        """An item of a list to tick off, without the box."""
        return f"<li>{'☑' if checked else '☐'} {text}</li>\n"

    def inline_math(self, body: str) -> str:
        """A formula in a line."""
        return _formula(body)

    def block_math(self, body: str) -> str:
        """A formula by itself."""
        drawn = _formula(body)
        return drawn.replace('display="inline"', 'display="block"', 1)

    def latex_environment(self, name: str, body: str) -> str:
        r"""A formula between `\begin` and `\end`."""
        latex = rf"\begin{{{name}}}{body}\end{{{name}}}"
        return _formula(latex)


def drawn(source: str) -> str:
    r"""Markdown as HTML that holds no markup but that of Markdown itself.

    Examples
    --------
    >>> print(drawn("*If* a < b, <b>I</b> [say](javascript:no) so."), end="")
    <p><em>If</em> a &lt; b, &lt;b&gt;I&lt;/b&gt; say so.</p>
    """
    if len(source) <= LONGEST:
        try:
            return MarkdownWithMath(_Renderer(), inline=_Inline()).render(source)
        except (ValueError, LookupError, RecursionError):
            pass  # no Markdown that can be drawn; it can still be read
    return f"<pre>{html.escape(source)}</pre>"


def _formula(latex: str) -> str:
    try:
        return mathml(latex)
    except (ValueError, RecursionError):  # shown as it was written
        return f"<code>{html.escape(latex)}</code>"
