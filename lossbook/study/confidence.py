"""How sure a reader was before each answer, and what that cost: a calibration curve."""

from ..losses import binary_cross_entropy, brier_score
from ..widgets import say
from .static import Static, element

# What can be said, in per cent.  None is 0 or 100, which may cost infinity.
STEPS = (10, 30, 50, 70, 90, 99)
LOSSES = ("Nats you pay", "Brier score")


class Confidence(Static):
    """What each step costs, and what the reader's cost; `confidence` describes it."""

    def __init__(self) -> None:
        over = "".join(
            element("th", name, scope="colgroup", colspan="2") for name in LOSSES
        )
        said = element("th", "You said", scope="col", rowspan="2")
        each = element("th", "if right", scope="col")
        each += element("th", "if wrong", scope="col")
        head = element("tr", said + over) + element("tr", each * len(LOSSES))
        table = element("thead", head) + element("tbody", "".join(map(_row, STEPS)))
        score = "What it costs to say how sure you are, if you are right or wrong."
        html = element(
            "div",
            element("p", score, class_="score")
            + element("p", "", class_="actions")
            + element("div", "", class_="drawn")
            + element("p", "", class_="said")
            + element("table", table, class_="steps"),
            class_="lossbook study study-confidence",
            data_study="confidence",
        )
        super().__init__("", html=html)


def confidence() -> Confidence:
    """How well a reader knows what they know, scored by two proper losses.

    Where the reader wishes it, each question asks before its answer is checked how
    sure they are, in fixed steps.  Here that becomes a calibration curve, with the
    mean cross-entropy and the mean Brier score of what was said.

    Examples
    --------
    >>> confidence()
    Confidence()
    """
    return Confidence()


def costs(step: int) -> dict[str, tuple[float, float]]:
    """What saying `step` per cent costs under each loss: if right, if wrong.

    >>> costs(90)["brier"]
    (0.01, 0.81)
    """
    p = [step / 100]
    return {
        name: tuple(round(loss([label], p), 12) for label in (1, 0))
        for name, loss in {"log": binary_cross_entropy, "brier": brier_score}.items()
    }


def _row(step: int) -> str:
    both = costs(step)
    numbers = [say(value, 4) for pair in both.values() for value in pair]
    cells = "".join(element("td", number) for number in numbers)
    exact = {f"data_{name}": f"{r!r} {w!r}" for name, (r, w) in both.items()}
    head = element("th", f"{step} %", scope="row")
    return element("tr", head + cells, data_said=str(step), **exact)
