"""Step through a small network: numbers flow forwards to the loss, slopes flow back."""

from functools import cache

import numpy as np
import traitlets
from matplotlib.figure import Figure

from ..catalogue import by_key
from ..losses import mean_squared_error_grad
from ..plots import INK, MUTED, curve_styles
from ..training import Model, objective
from ..widgets import Explorer, Samples, nearest, samples, say

# One row for each hidden unit, as one writes it on a board.
HIDDEN, HIDDEN_BIAS = np.array([[1.0, -1.0], [1.0, 1.0]]), np.array([1.0, 0.0])
OUTPUT, OUTPUT_BIAS = np.array([3.0, -1.0]), 1.0
TARGET = 2.0
EXAMPLES = {"both units on": (2.0, 1.0), "one unit off": (1.0, 3.0)}
EDGES = ("x1-h1", "x2-h1", "x1-h2", "x2-h2", "h1-out", "h2-out", "out-loss")
BIASES = ("h1", "h2", "out")
LAST = 9


class Network(Explorer):
    """A network with two inputs, two hidden units and one output, for one example.

    A hidden unit passes its sum on if it is above zero, else 0.  The loss is the
    squared error; the target is 2.

    Attributes
    ----------
    example : {"both units on", "one unit off"}
        What goes in: 2 and 1, or 1 and 3, for which the sum of unit 1 is below zero.
    step : int
        How far the walk has come: 0 at the inputs, 4 at the loss, 9 back at the
        weights of unit 2.  The nearest of these steps.

    Raises
    ------
    ValueError
        If there is no such example.

    Examples
    --------
    >>> explorer = Network()
    >>> explorer.step = 4
    >>> explorer.reading()
    'The target is 2, so the loss is (4 − 2)² = 4.'
    """

    example = traitlets.Unicode().tag(sync=True)
    step = traitlets.Int().tag(sync=True)
    weights = Samples()
    biases = Samples()
    walks = Samples()

    def __init__(self) -> None:
        weights = [*HIDDEN.ravel(), *OUTPUT]
        biases = [*HIDDEN_BIAS, OUTPUT_BIAS]
        super().__init__(
            "",
            title="Numbers forwards, slopes back",
            heights=[753, 346],
            description=_sentence(),
            weights=dict(zip(EDGES, samples(weights), strict=False)),
            biases=dict(zip(BIASES, samples(biases), strict=True)),
            walks=[{"name": name, "steps": _walk(name)} for name in EXAMPLES],
        )
        self.example, self.step = next(iter(EXAMPLES)), 0

    @traitlets.validate("step")
    def _stay_on_the_walk(self, proposal: dict) -> int:
        return int(nearest(range(LAST + 1), proposal["value"]))

    @traitlets.validate("example")
    def _be_an_example(self, proposal: dict) -> str:
        if proposal["value"] not in EXAMPLES:
            raise ValueError(
                f"example must be one of {', '.join(EXAMPLES)}, "
                f"got {proposal['value']!r}"
            )
        return proposal["value"]

    def reading(self) -> str:
        """What the figure tells at the present step."""
        return _walk(self.example)[self.step]["says"]

    def draw(self, figure: Figure) -> None:
        """The network after the whole walk, as paper cannot be stepped through."""
        values, slopes = _all_that_is_shown(_walk(self.example))
        places = {"x1": (0, 1), "x2": (0, 0), "h1": (1.4, 1), "h2": (1.4, 0)}
        places |= {"out": (2.7, 0.5), "loss": (3.5, 0.5)}
        (look,) = curve_styles("mean_squared_error")
        ax = figure.subplots()
        small = {"ha": "center", "fontsize": 8, "zorder": 4}
        small["bbox"] = {"facecolor": "white", "edgecolor": "none", "pad": 1}
        steep = small | {"color": look["color"]}
        parts = [
            0.42,
            0.24,
            0.24,
            0.42,
            0.54,
            0.54,
        ]  # of the way; where lines are apart
        for edge in EDGES:
            ends = [np.array(places[end]) for end in edge.split("-")]
            ax.plot(*np.transpose(ends), color=MUTED, linewidth=1, zorder=1)
        for (edge, weight), part in zip(self.weights.items(), parts, strict=True):
            start, end = (np.array(places[end]) for end in edge.split("-"))
            x, y = start + part * (end - start)
            ax.text(x, y - 0.13, f"slope {slopes[edge]}", **steep)
            ax.text(x, y, f"× {say(weight, 0)}", **small)
        names = ("$x_1$", "$x_2$", "unit 1", "unit 2", "prediction", "loss")
        for (node, (x, y)), name in zip(places.items(), names, strict=True):
            circle = {"color": "white", "markeredgecolor": INK, "zorder": 2}
            ax.plot(x, y, "o", markersize=24, **circle)
            ax.text(x, y, values[node], ha="center", va="center", zorder=3)
            ax.text(x, y + 0.2, name, **small)
            if node in self.biases:
                ax.text(x, y - 0.27, f"slope {slopes[node]}", **steep)
                bias = f"bias {say(self.biases[node], 0)}"
                ax.text(x, y - 0.37, f"{bias}, slope {slopes[f'bias-{node}']}", **steep)
        ax.set(xlim=(-0.3, 3.8), ylim=(-0.45, 1.3), title=self.title)
        ax.set_axis_off()


@cache
def _walk(example: str) -> list[dict]:
    """The steps: what each says, shows, and along which edges it goes.

    `values` and `slopes` tell by the place on the drawing what is to be read there
    from this step on.
    """
    x = EXAMPLES[example]
    parameters = (HIDDEN.T, HIDDEN_BIAS, OUTPUT, np.array(OUTPUT_BIAS))
    model = Model(parameters, by_key("mean_squared_error"), "relu")
    loss, (by_hidden, by_hidden_bias, by_output, by_bias) = objective(
        model, [x], [TARGET]
    )
    sums = HIDDEN @ x + HIDDEN_BIAS
    units = np.maximum(0, sums)
    out = float(model.output([x])[0])
    slope = float(mean_squared_error_grad([TARGET], [out])[0])
    back = slope * OUTPUT
    through = np.where(sums > 0, back, 0.0)
    target = _say(TARGET)

    steps = [
        {
            "says": f"An example goes in: {_say(x[0])} and {_say(x[1])}. Its target "
            f"is {target}. Each line multiplies by its weight.",
            "values": {"x1": _say(x[0]), "x2": _say(x[1])},
        }
    ]
    for i, (weights, bias) in enumerate(zip(HIDDEN, HIDDEN_BIAS, strict=True)):
        height = "Above" if sums[i] > 0 else "Not above"
        steps.append(
            {
                "says": f"Forwards. Unit {i + 1} adds up what comes in, and its bias: "
                f"{_sum(weights, x, bias)} = {_say(sums[i])}. {height} zero, so it "
                f"passes on {_say(units[i])}.",
                "values": {f"h{i + 1}": _say(units[i])},
                "along": [f"x1-h{i + 1}", f"x2-h{i + 1}"],
            }
        )
    steps += [
        {
            "says": "The output adds up too: "
            f"{_sum(OUTPUT, units, OUTPUT_BIAS)} = {_say(out)}. "
            "This is the prediction.",
            "values": {"out": _say(out)},
            "along": ["h1-out", "h2-out"],
        },
        {
            "says": f"The target is {target}, so the loss is "
            f"({_say(out)} − {target})² = {_say(loss)}.",
            "values": {"loss": _say(loss)},
            "along": ["out-loss"],
        },
        {
            "says": "Backwards. If the prediction changes a little, the loss changes "
            f"2 · ({_say(out)} − {target}) = {_say(slope)} times as much. "
            "That is the slope in the prediction.",
            "slopes": {"out": _say(slope)},
            "along": ["out-loss"],
        },
        {
            "says": "The slope in a weight is what went in, times the slope that comes "
            f"back: {_times(units[0], slope)} = {_say(by_output[0])} and "
            f"{_times(units[1], slope)} = {_say(by_output[1])}. "
            f"For the bias, 1 went in: {_say(by_bias)}.",
            "slopes": {
                "h1-out": _say(by_output[0]),
                "h2-out": _say(by_output[1]),
                "bias-out": _say(by_bias),
            },
        },
        {
            "says": "The slope goes on, times the weight on its way. "
            + " ".join(
                f"Unit {i + 1}: {_times(slope, OUTPUT[i])} = {_say(back[i])}"
                + ("." if sums[i] > 0 else ", but it is off, and lets none through: 0.")
                for i in range(2)
            ),
            "slopes": {f"h{i + 1}": _say(through[i]) for i in range(2)},
            "along": ["h1-out", "h2-out"],
        },
    ]
    for i in range(2):
        of = [_say(part) for part in by_hidden[:, i]]
        into = [f"{_times(x[j], through[i])} = {of[j]}" for j in range(2)]
        end = "" if through[i] else " It learns nothing from this example."
        steps.append(
            {
                "says": f"Weights of unit {i + 1}: what went in, times the slope that "
                f"comes back: {' and '.join(into)}. "
                f"Its bias: {_say(by_hidden_bias[i])}.{end}",
                "slopes": {
                    f"x1-h{i + 1}": of[0],
                    f"x2-h{i + 1}": of[1],
                    f"bias-h{i + 1}": _say(by_hidden_bias[i]),
                },
                "along": [f"x1-h{i + 1}", f"x2-h{i + 1}"],
            }
        )
    return steps


def _all_that_is_shown(steps: list[dict]) -> tuple[dict, dict]:
    """Values and slopes at the end of a walk."""
    values, slopes = {}, {}
    for step in steps:
        values |= step.get("values", {})
        slopes |= step.get("slopes", {})
    return values, slopes


def _sentence() -> str:
    """What the figure shows, with the numbers of the first example."""
    values, slopes = _all_that_is_shown(_walk(next(iter(EXAMPLES))))
    of_first = f"{slopes['x1-h1']}, {slopes['x2-h1']} and {slopes['bias-h1']}"
    of_second = f"{slopes['x1-h2']}, {slopes['x2-h2']} and {slopes['bias-h2']}"
    of_output = f"{slopes['h1-out']}, {slopes['h2-out']} and {slopes['bias-out']}"
    return (
        "A network as circles and lines: two inputs, two hidden units, the prediction "
        f"and the loss. With {values['x1']} and {values['x2']} going in, the units "
        f"pass on {values['h1']} and {values['h2']}, the prediction is "
        f"{values['out']} and the loss {values['loss']}. Then the slopes flow back: "
        f"{slopes['out']} at the prediction, {slopes['h1']} and {slopes['h2']} at the "
        f"units. Those in two weights and a bias are {of_output} for the output, "
        f"{of_first} for unit 1, {of_second} for unit 2."
    )


def _say(value: float) -> str:
    return say(float(value), 0)  # every number of this network is whole


def _times(one: float, other: float) -> str:
    """A product; what is negative behind the point stands in brackets."""
    right = _say(other)
    return f"{_say(one)} · {f'({right})' if other < 0 else right}"


def _sum(weights: object, inputs: object, bias: float) -> str:
    """Weights times inputs, and a bias, as one writes it out."""
    parts = [
        f"{f'({_say(w)})' if w < 0 else _say(w)} · {_say(x)}"
        for w, x in zip(weights, inputs, strict=True)
    ]
    return f"{' + '.join(parts)} + {_say(bias)}"
