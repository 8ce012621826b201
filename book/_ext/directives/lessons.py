"""A lesson to watch, and what stands below it: all from its score.

``{lesson} topic`` is the place of the lesson, with a still picture; ``{lesson} topic
insights`` and its like are the lists below it.  What is said and shown when, and the
picture, come once the page is there (site/lessons.py).
"""

from collections.abc import Callable
from functools import partial
from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from lossbook import motion
from lossbook.lessons import Score, score, scored

Said = Callable[[str], str]


def transcript(lesson: Score, said: Said) -> str:
    """What is said, a paragraph for each scene."""
    spans = [f"<span>{escape(each.text)}</span>" for each in motion.sentences(lesson)]
    paragraphs = []
    for scene in lesson.scenes:
        words = " ".join(spans[: len(scene.lines)])
        del spans[: len(scene.lines)]
        paragraphs.append(f"<p><b>{escape(said(scene.title))}</b> {words}</p>")
    return f'<div class="transcript">{"".join(paragraphs)}</div>'


def summary(lesson: Score, said: Said) -> str:
    """A sentence for each scene; its time comes once it is known."""
    items = (f"<li>{escape(said(scene.summary))}</li>" for scene in lesson.scenes)
    return f'<ol class="moments">{"".join(items)}</ol>'


def insights(lesson: Score, said: Said) -> str:
    """What to remember."""
    items = (f"<li>{escape(said(each))}</li>" for each in lesson.insights)
    return f"<ul>{''.join(items)}</ul>"


def questions(lesson: Score, said: Said) -> str:
    """Each question with its answer folded behind it."""
    return "".join(
        f"<details><summary>{escape(said(asks))}</summary><p>{escape(said(answer))}</p>"
        "</details>"
        for asks, answer in lesson.questions
    )


LISTS = {each.__name__: each for each in (transcript, summary, insights, questions)}


class Lesson(SphinxDirective):
    """The place of a lesson, or one of the lists below it."""

    required_arguments = 1
    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Write it, from the score of the topic."""
        topic, *kind = self.arguments
        if topic not in scored():
            raise self.error(f"no lesson on {topic!r}; there are {', '.join(scored())}")
        if kind and kind[0] not in LISTS:
            raise self.error(f"no list {kind[0]!r}; there are {', '.join(LISTS)}")
        lesson = score(topic)
        known = motion.names(lesson)
        said = partial(motion.said, known=known, where=f"motion/{topic}.toml")
        if kind:
            return [nodes.raw("", LISTS[kind[0]](lesson, said), format="html")]
        title, about = said(lesson.title), said(lesson.about)
        lead = nodes.paragraph(
            "", "", nodes.strong("", f"{title}."), nodes.Text(f" {about}")
        )
        opening = f'<div class="lesson" data-topic="{topic}"><div class="formula">'
        parts: list[nodes.Node] = [lead, nodes.raw("", opening, format="html")]
        if lesson.formula:
            parts.append(nodes.math_block(lesson.formula, lesson.formula, number=None))
        parts.append(nodes.raw("", "</div></div>", format="html"))
        return parts


def setup(app: Sphinx) -> None:
    """Connect to Sphinx."""
    app.add_directive("lesson", Lesson)
