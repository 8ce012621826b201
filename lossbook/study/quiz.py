"""The questions on a topic, which answer back: on a page, in a notebook, on paper."""

from collections.abc import Sequence

from .._names import unknown
from ..widgets import call
from .bank import questions
from .question_html import question_html
from .static import Static, element

# A guess that fails helps to learn what is read next (Pan and Carpenter 2023).
BEFORE = element("p", "Before you read", class_="title") + element(
    "p", "A guess will do: the chapter has the answer."
)


class Quiz(Static):
    """The practice questions on a topic, or some of them; `quiz` describes it."""

    def __init__(
        self, topic: str, *, only: Sequence[str] | None = None, before: bool = False
    ) -> None:
        asked = questions(topic)
        if only is not None:
            by_id = {question.id: question for question in asked}
            for name in only:
                if name not in by_id:
                    said = f"no question on {topic} is called"
                    raise ValueError(unknown(said, name, by_id))
            asked = [by_id[name] for name in only]
        count = f"{len(asked)} question{'s' if len(asked) != 1 else ''}"
        parts = [question_html(question, n) for n, question in enumerate(asked, 1)]
        html = element(
            "div",
            (BEFORE if before else "")
            + element("p", f"{count}, with the answers folded.", class_="score")
            + "\n".join(parts),
            class_="lossbook study study-quiz",
            data_study="quiz",
            data_topic=topic,
        )
        super().__init__(call(topic, only=only, before=before or None), html=html)


def quiz(
    topic: str, *, only: Sequence[str] | None = None, before: bool = False
) -> Quiz:
    """The practice questions on a topic, to be answered in place.

    Every answer is answered: what is right about it, what went wrong, where to read
    again.  What was right is kept in the browser.

    Parameters
    ----------
    topic : str
        A chapter, such as "hinge".
    only : sequence of str, optional
        Ids of the questions to show, in this order; all if not given.
    before : bool, default False
        Whether they open the chapter: a heading then asks for a guess before reading.

    Raises
    ------
    KeyError
        If there are no questions on `topic`; the message lists the topics there are.
    ValueError
        If there is no question with one of the ids.

    Examples
    --------
    >>> quiz("hinge", only=["curve-for-label-minus-one"])
    Quiz('hinge', only=['curve-for-label-minus-one'])
    """
    return Quiz(topic, only=only, before=before)
