"""What is known of a call, as records."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Trap:
    """What surprises whoever comes from this package, on an input that shows it.

    Attributes
    ----------
    text : str
        What it is, in the small markup.
    input : str
        A Python expression that follows the code of the call.
    theirs : float
        The number that the library gave for it.
    ours : str
        What one expects instead, as an expression with the public names of this
        package, ``np`` and ``math``.
    """

    text: str
    input: str
    theirs: float
    ours: str


@dataclass(frozen=True)
class Call:
    """How a library calls a loss.

    Attributes
    ----------
    loss : str
        The key of the loss in the catalogue.
    framework : str
        The library: one of `frameworks()`.
    name : str
        What one searches for, such as "torch.nn.CrossEntropyLoss".
    function : str
        The same as a function, where `name` is a class, or "".
    code : str
        A whole program: it runs as it is, and prints one number.
    theirs : float
        The number that the library gave.
    ours : str
        The same number with this package, as an expression with its public names,
        ``np`` and ``math``.
    reads : str
        What it takes, in the order of its arguments: labels, probabilities, logits.
    reduction : str
        What is done to the losses of the examples, and what the mean divides by.
    weights, smoothing, masking, clipping : str
        What it has of these, or "".
    traps : tuple of Trap
        What surprises, with numbers.
    """

    loss: str
    framework: str
    name: str
    code: str
    theirs: float
    ours: str
    reads: str
    reduction: str
    function: str = ""
    weights: str = ""
    smoothing: str = ""
    masking: str = ""
    clipping: str = ""
    traps: tuple[Trap, ...] = ()


@dataclass(frozen=True)
class Row:
    """What a library makes of the data of a family.

    Attributes
    ----------
    framework, name : str
        The library, and what is called.
    code : str
        Follows the data, and prints one number.
    theirs : float
        The number that it printed.
    """

    framework: str
    name: str
    code: str
    theirs: float


@dataclass(frozen=True)
class Family:
    """Losses with one name on which libraries disagree.

    Attributes
    ----------
    id, title : str
        Its name in addresses, and what it is called.
    data : str
        Lines of Python that the code of every row begins with.
    ours : str
        What this package makes of the data, as an expression.
    why : str
        Why they disagree, in the small markup.
    rows : tuple of Row
        The libraries.
    """

    id: str
    title: str
    data: str
    ours: str
    why: str
    rows: tuple[Row, ...]
