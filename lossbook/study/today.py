"""What is due today: questions and cards of all chapters in one queue."""

from .progress import topics
from .static import Static, element

START = element("div", element("p", "", class_="actions"), class_="panel")


class Today(Static):
    """The queue of what comes back today; `today` describes it."""

    def __init__(self) -> None:
        score = "Each chapter has a page with its questions and cards."
        html = element(
            "div",
            element("p", score, class_="score") + START + topics(),
            class_="lossbook study study-today",
            data_study="today",
        )
        super().__init__("", html=html)


def today() -> Today:
    """What comes back today, of all chapters in turn, and a few things that are new.

    On the page it takes questions and cards from the pages of practice and asks one
    at a time, those first that wait longest.  When each comes back is kept in the
    browser only.  In a notebook it lists the pages of practice.

    Examples
    --------
    >>> today()
    Today()
    """
    return Today()
