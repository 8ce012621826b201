"""A worked example that fades: all steps shown, then ever more of them left to do."""

from ..widgets import call
from . import bank
from .markup import inline_html
from .question_html import fieldset
from .static import Static, element


class Worked(Static):
    """The worked example on a topic; `worked` describes it."""

    def __init__(self, topic: str) -> None:
        example = bank.worked(topic)
        count = len(example.steps)
        steps = [
            fieldset(step, f"Step {number} of {count}", is_shown=True)
            for number, step in enumerate(example.steps, 1)
        ]
        html = element(
            "div",
            element("p", f"{count} steps, with the answers folded.", class_="score")
            + element("p", inline_html(example.text), class_="about")
            + "\n".join(steps),
            class_="lossbook study study-worked",
            data_study="worked",
            data_topic=topic,
        )
        super().__init__(call(topic), html=html)


def worked(topic: str) -> Worked:
    """A worked example on a topic, in steps, with fresh numbers each time.

    The first time all steps are shown, then the last one is left to do, then the last
    two, then all.  What is wrong is answered at the step where it went wrong.

    Parameters
    ----------
    topic : str
        A chapter, such as "hinge".

    Raises
    ------
    KeyError
        If there is no worked example on `topic`; the message lists those there are.

    Examples
    --------
    >>> worked("hinge")
    Worked('hinge')
    """
    return Worked(topic)
