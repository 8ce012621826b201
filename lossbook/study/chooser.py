"""The chooser: four questions, and the loss that fits the answers, with its reasons."""

from html import escape
from itertools import groupby

import traitlets

from .._names import unknown
from ..catalogue import by_key
from .markup import html, inline_html
from .paths import End, chart
from .static import Static, element, link


class Chooser(Static):
    """Four questions and the loss that fits; `chooser` describes it.

    Attributes
    ----------
    answers : str
        The answers so far, as in the address of the page: "number/one-side".
    """

    answers = traitlets.Unicode().tag(sync=True)

    def __init__(self, answers: str = "") -> None:
        content = element(
            "div",
            element("div", _first_question(), class_="panel")
            + element("details", _tables(), class_="paths", open=True),
            class_="lossbook study study-chooser",
            data_study="chooser",
        )
        super().__init__(repr(answers) if answers else "", html=content)
        self.answers = answers

    @traitlets.validate("answers")
    def _must_lead_on(self, proposal: dict) -> str:
        answers = proposal["value"]
        if answers and not any(f"{p}/".startswith(f"{answers}/") for p in chart().ends):
            raise ValueError(unknown("no path begins with", answers, chart().ends))
        return answers

    @property
    def loss(self) -> str | None:
        """The key of the loss that was arrived at, or None on the way there."""
        end = chart().ends.get(self.answers)
        return end and end.loss


def chooser(answers: str = "") -> Chooser:
    """Four questions, and the loss that fits the answers, with its reasons.

    What do you predict, what does a miss cost, who may be wrong in the data, what will
    you do with the answer?  Only what makes a difference is asked.  Where no script
    runs, a table has all paths.

    Parameters
    ----------
    answers : str, default ""
        Answers to begin with, as they stand behind the # in the address of the page.

    Raises
    ------
    ValueError
        If no path begins with these answers; the message lists the paths.

    Examples
    --------
    >>> chooser()
    Chooser()
    >>> chooser("number/one-side").loss
    'quantile'
    """
    return Chooser(answers)


def _first_question() -> str:
    """What a script will ask first, so that nothing moves when it does."""
    question, text = next(iter(chart().questions.items()))
    answers = "".join(
        element("li", element("span", escape(said)))
        for said in chart().answers[question].values()
    )
    title = element("p", escape(text), class_="title")
    return title + element("ul", answers, class_="options")


def _tables() -> str:
    """A table for each answer to the first question."""
    written = element("summary", "All paths in tables")
    for first, paths in groupby(chart().ends, key=lambda path: path.split("/")[0]):
        (question, said), *_ = chart().said(first)
        caption = element("caption", escape(said), data_question=question)
        heads = "".join(
            element("th", head, scope="col") for head in ("Answers", "Loss", "Reasons")
        )
        rows = "\n".join(map(_row, paths))
        written += element(
            "table",
            caption + element("thead", element("tr", heads)) + element("tbody", rows),
            data_answer=first,
        )
    questions = "".join(
        element("li", escape(text), data_question=name)
        for name, text in chart().questions.items()
    )
    return element("ol", questions, class_="questions") + written


def _row(path: str) -> str:
    end = chart().ends[path]
    answers = "".join(
        element("li", escape(said), data_question=question)
        for question, said in chart().said(path)[1:]
    )
    return element(
        "tr",
        element("td", element("ul", answers))
        + element("td", element("b", escape(by_key(end.loss).title)))
        + element("td", _reasons(end)),
        data_path=path,
    )


def _reasons(end: End) -> str:
    others = "".join(
        element("li", element("b", escape(f"{by_key(key).title}: ")) + inline_html(why))
        for key, why in end.rather_than.items()
    )
    places = [link(end.read, "Read: ")] if end.read else []
    return (
        html(end.because)
        + element("p", "Rather than")
        + element("ul", others)
        + element("p", " ".join([*places, _in_the_package(end.loss)]), class_="more")
    )


def _in_the_package(key: str) -> str:
    """The name of a loss in the package, and its page in the reference."""
    page = by_key(key).value.__module__.rpartition(".")[2]
    return element("a", element("code", key), href=f"api/{page}.md")
