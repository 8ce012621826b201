"""Divide the logits of a model that boasts by a temperature, and see it grow honest."""

from functools import cache

import numpy as np
import traitlets
from matplotlib.figure import Figure
from numpy.typing import NDArray

from .. import datasets
from ..calibration import Reliability, expected_calibration_error, reliability
from ..link_functions import softmax
from ..losses import brier_score, cross_entropy_from_logits
from ..plots import BALL, INK, MUTED, curve_styles
from ..training import train
from ..widgets import Explorer, Samples, nearest, samples, say

TEMPERATURES = 2 ** (np.arange(-16, 25) / 8)  # from a quarter to 8
TICKS = (0.25, 0.5, 1, 2, 4, 8)
TOP = 2.0  # nats: the end of the axis
# Of each part of the images, the line of its cross-entropy.
PARTS = {"test": "-", "validation": "--", "training": ":"}


class Temperature(Explorer):
    """A reliability diagram that a temperature moves, and the loss that chooses it.

    A linear model learned ten digits from the upper halves of 100 images, until it
    was all but certain of them.  Its logits are divided by the temperature.

    Attributes
    ----------
    temperature : float
        The nearest of the sampled ones, from 0.25 to 8; 1 is the model as trained.

    Raises
    ------
    ValueError
        If it is not finite.

    Examples
    --------
    >>> explorer = Temperature()
    >>> explorer.temperature = 2.0
    >>> explorer.temperature
    2.0
    """

    temperature = traitlets.Float().tag(sync=True)
    temperatures = Samples()
    losses = Samples()
    tables = Samples()
    measures = Samples()

    def __init__(self) -> None:
        super().__init__(
            "",
            title="Half a digit, and how sure the model is",
            heights=[735, 476],
            description=(
                "On the left a reliability diagram of a model of digits: how often it "
                "is right over how sure it is. As trained, the dots lie below the "
                "diagonal. On the right the cross-entropy over the temperature, on "
                "test, validation and training images. On the first two it is lowest "
                "near 2, where the dots come to the diagonal; on training images it "
                "falls to the lowest temperature there is."
            ),
            temperatures=samples(TEMPERATURES),
            losses={part: samples(_losses(part)) for part in PARTS},
            tables=[samples(np.transpose(_table(t))) for t in TEMPERATURES],
            measures=[_thousandths(_measures(t)) for t in TEMPERATURES],
        )
        self.temperature = 1.0

    @traitlets.validate("temperature")
    def _stay_on_the_samples(self, proposal: dict) -> float:
        return nearest(self.temperatures, proposal["value"])

    def reading(self) -> str:
        """What the figure tells for the present temperature, computed afresh."""
        at = TEMPERATURES[self.temperatures.index(self.temperature)]
        cost, brier, error, sure, right = np.divide(_thousandths(_measures(at)), 1000)
        return (
            f"{say(cost, 3)} nats is the cross-entropy at temperature "
            f"{say(at)}, Brier score {say(brier, 3)}, ECE {say(error, 3)}. The model "
            f"is right for {say(100 * right, 1)} % of the test images, and "
            f"{say(100 * sure, 1)} % sure on average."
        ).replace(" %", "\N{NO-BREAK SPACE}%")

    def draw(self, figure: Figure) -> None:
        """The reliability diagram, and the cross-entropy over the temperature."""
        left, right = figure.subplots(1, 2)
        number = self.temperatures.index(self.temperature)
        said, was, count = _table(TEMPERATURES[number])
        left.plot([0, 1], [0, 1], color=MUTED, linewidth=1, zorder=1)
        left.vlines(said, said, was, color=INK, linewidth=1)
        left.scatter(said, was, 8 + 92 * count / count.max(), color=INK)
        left.set(xlabel="how sure it is", ylabel="how often it is right")
        left.set(title=f"temperature {self.temperature:.2f}", xlim=(0, 1), ylim=(0, 1))
        (look,) = curve_styles("cross_entropy")
        for part, line in PARTS.items():
            style = look | {"linestyle": line, "label": f"{part} images"}
            right.plot(self.temperatures, self.losses[part], **style)
        right.plot(self.temperature, min(self.losses["test"][number], TOP), **BALL)
        right.set(xscale="log", xticks=TICKS, ylim=(0, TOP))
        right.set(xlabel="temperature", ylabel="nats", title="cross-entropy")
        right.set_xticks([], minor=True)
        right.set_xticklabels([f"{tick:g}" for tick in TICKS])
        right.legend(fontsize=8, loc="upper right")


@cache
def _images() -> dict[str, tuple[NDArray, NDArray]]:
    """The digits, and what the model says of them, by the part they belong to."""
    table = datasets.digits()
    upper = [name for name in table.columns if name[:2] in ("p0", "p1", "p2", "p3")]
    x, digit = table.matrix(*upper), table["digit"]
    order = np.random.default_rng(0).permutation(len(digit))
    training, validation, test = np.split(order, [100, 600])
    mean, scale = datasets.standardise(x[training])
    x = (x - mean) / scale
    model = train(
        x[training],
        digit[training],
        "cross_entropy_from_logits",
        learning_rate=0.5,
        steps=1000,
    ).model
    parts = {"training": training, "validation": validation, "test": test}
    return {part: (digit[at], model.output(x[at])) for part, at in parts.items()}


def _losses(part: str) -> list[float]:
    """The cross-entropy of some images at each temperature."""
    digit, logits = _images()[part]
    return [cross_entropy_from_logits(digit, logits / t) for t in TEMPERATURES]


def _table(temperature: float) -> Reliability:
    digit, logits = _images()["test"]
    return reliability(digit, softmax(logits / temperature))


def _measures(temperature: float) -> tuple[float, ...]:
    """Of the test images: loss, Brier score, ECE, mean confidence, share of right."""
    digit, logits = _images()["test"]
    probs = softmax(logits / temperature)
    return (
        cross_entropy_from_logits(digit, logits / temperature),
        brier_score(digit, probs),
        expected_calibration_error(digit, probs),
        float(probs.max(axis=1).mean()),
        float((probs.argmax(axis=1) == digit).mean()),
    )


def _thousandths(values: tuple[float, ...]) -> list[int]:
    """As the page shows them, in whole numbers."""
    return np.rint(np.multiply(values, 1000)).astype(int).tolist()
