"""One row for every case: a plain dictionary, fit to be printed or kept as JSON."""

import math
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

import lossbook

from . import accuracy, measure
from .cases import BOTH, VALUE, Arrays, Case
from .peers import Peer

TOLERANCE = {"float32": 1e-5, "float64": 1e-10}
Peers = dict[str, Peer | None]


def own(loss: str, what: str = VALUE) -> Callable | None:
    """Our function, or None while it is not written."""
    return getattr(lossbook, loss + ("_and_grad" if what == BOTH else ""), None)


def timing(case: Case, peers: Peers, quick: bool) -> dict:
    """Our time beside the floor and the peers, all taken in the same rounds."""
    row = {"case": str(case), "loss": case.loss, "what": case.what}
    row |= {"shape": list(case.shape), "dtype": case.dtype, "met": None}
    ours = own(case.loss, case.what)
    if ours is None:
        return row
    arrays = case.arrays()
    calls = {"ours": partial(ours, *arrays), "floor": lambda: [a.sum() for a in arrays]}
    rows = {name: {"line": line, "met": None} for name, line in case.at_least.items()}
    for name in rows:
        call = _call(peers[name], case, arrays)
        if call is None:
            rows[name]["not_measured"] = "not installed"
        elif not _agree(calls["ours"](), call(), TOLERANCE[case.dtype]):
            rows[name]["not_measured"] = "differs"
        else:
            calls[name] = call
    taken = measure.rounds(calls, *((0.7, 3) if quick else (5, 5)))
    mine = taken.pop("ours")
    us = {"min": float(mine.min()), "median": float(np.median(mine))}
    floor = measure.ratios(mine, taken.pop("floor"))["median"]
    row |= {"us": us, "us_line": case.at_most_us, "times_floor": floor}
    for name, theirs in taken.items():
        ratio, line = measure.ratios(theirs, mine), rows[name]["line"]
        rows[name] |= {"ratio": ratio, "us": float(np.median(theirs))}
        rows[name]["met"] = ratio["median"] >= line if line else None
    met = [peer["met"] for peer in rows.values()]
    met += [us["median"] <= (case.at_most_us or math.inf)]
    return row | {"peers": rows, "rounds": len(mine), "met": False not in met}


def memory(case: Case) -> Iterator[dict]:
    """What each function of a loss holds above its input, and may hold."""
    y, x = case.arrays()
    if set(np.unique(y[:99])) <= {-1, 0, 1}:
        y = y.astype(np.int64)  # as a reader has them; converting them would show
    result, out = x.nbytes / measure.MIB, np.empty_like(x)
    for suffix, keywords, line in (
        ("", {}, 1),
        ("_grad", {}, result + 1),
        ("_grad", {"out": out}, 1),
        ("_and_grad", {}, result + 1),
        ("_and_grad", {"out": out}, 1),
    ):
        function = own(case.loss + suffix)
        if function is None and suffix == "_and_grad":
            continue  # not every loss has one
        shape, into = "x".join(f"{n:g}" for n in x.shape), " out=" if keywords else ""
        row = {"case": f"{case.loss}{suffix} {shape} {case.dtype}{into} memory"}
        row |= {"loss": case.loss, "shape": list(x.shape), "dtype": case.dtype}
        row |= {"mib_line": line, "met": None}
        if function:
            mib = measure.peak_mib(partial(function, y, x, **keywords))
            row |= {"mib": mib, "met": mib <= line}
        yield row


def digits(peers: Peers) -> Iterator[dict]:
    """The rows of `accuracy`, with ours as the first of the peers."""
    ours = Peer(
        {loss: loss for loss in (accuracy.BINARY, accuracy.CLASSES) if own(loss)},
        lambda loss, y, x: partial(own(loss), y, x),
        lambda loss, y, x: partial(own(loss, BOTH), y, x),
    )
    return accuracy.table({"ours": ours} | peers)


def _call(peer: Peer | None, case: Case, arrays: Arrays) -> Callable:
    if peer is None:
        return None
    make = peer.both if case.what == BOTH else peer.value
    return make(peer.losses[case.loss], *arrays)


def _agree(ours: object, theirs: object, tolerance: float) -> bool:
    """Whether two answers are the same; gradients relative to the largest entry."""
    if isinstance(ours, tuple):
        pairs = zip(ours, theirs, strict=True)
        return all(_agree(a, b, tolerance) for a, b in pairs)
    a, b = np.asarray(ours), np.asarray(theirs)
    return a.shape == b.shape and np.abs(a - b).max() <= tolerance * np.abs(a).max()
