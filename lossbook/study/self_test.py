"""One question for each goal of the course, and a report of what to read again."""

from ..topics import COURSE
from .bank import questions
from .goals import goals
from .question_html import question_html
from .static import Static, element

# Where scripts run: what is to come, and the place of the button that starts it.
START = element(
    "div",
    element(
        "p",
        "Every answer is answered at once; at the end you are told what to read "
        "again. You may stop at any time: this browser keeps your place.",
    )
    + element("p", "", class_="actions"),
    class_="panel",
)


class SelfTest(Static):
    """A question for each goal, one at a time; `self_test` describes it."""

    def __init__(self) -> None:
        asked = [
            (goal, next(q for q in questions(topic) if q.id == goal.asked_by))
            for topic in COURSE
            for goal in goals(topic)
        ]
        parts = [
            question_html(question, number, goal)
            for number, (goal, question) in enumerate(asked, 1)
        ]
        score = f"{len(asked)} questions, one for each goal of the chapters."
        html = element(
            "div",
            element("p", score, class_="score") + START + "\n".join(parts),
            class_="lossbook study study-self-test",
            data_study="self_test",
        )
        super().__init__("", html=html)


def self_test() -> SelfTest:
    """One question for each goal of the course, shuffled, one at a time.

    Where one stands is kept in the browser.  At the end comes a report: which goals
    are reached, and what to read again for the others.

    Examples
    --------
    >>> self_test()
    SelfTest()
    """
    return SelfTest()
