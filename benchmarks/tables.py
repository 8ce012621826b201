"""Rows as lines of text, under a heading."""

from .peers import NEEDS

NAMES = tuple(make.__name__ for make in NEEDS)
WIDTH = 66
LEGEND = """\
Microseconds of processor time on one core for one call, the least and the median of
the rounds; "x floor" divides it by one pass of np.sum over the same arrays.  Under a
peer stands its time divided by ours, then the line to meet; "!" and NO mark a line
that is not met.  One call with ten examples has its own line, at the end of its row."""


def machine(run: dict, peers: dict) -> str:
    """The machine, the versions, and what is missing."""
    facts = run["machine"] | {"load at start": run["load_at_start"]}
    facts["packages"] = ", ".join(f"{k} {v}" for k, v in facts["packages"].items() if v)
    facts["not installed"] = [name for name in peers if not peers[name]] or "none"
    return "\n".join(f"{key:>13}: {value}" for key, value in facts.items())


def timing_heading() -> str:
    """Columns of the table of times."""
    columns = "".join(f"{name:>14}" for name in NAMES)
    return f"\n{LEGEND}\n\n{'':{WIDTH}}{'min':>11}{'median':>11}{'x floor':>8}{columns}"


def timing(row: dict) -> str:
    """One case: our times, and one cell for each peer."""
    label = f"{row['case']:{WIDTH}}"
    if "us" not in row:
        return f"{label}  not written yet"
    cells = "".join(f"{_cell(row['peers'].get(name)):>14}" for name in NAMES)
    line = f"  <= {row['us_line']} us" if row["us_line"] else ""
    return (
        f"{label}{row['us']['min']:11,.1f}{row['us']['median']:11,.1f}"
        f"{row['times_floor']:8.1f}{cells}{line}{_verdict(row)}"
    )


def memory_heading() -> str:
    """Columns of the table of memory."""
    return f"\n{'MiB above the input, at the peak':{WIDTH}}{'ours':>11}{'line':>11}"


def memory(row: dict) -> str:
    """One function: what it holds, and what it may hold."""
    label = f"{row['case'].removesuffix(' memory'):{WIDTH}}"
    if "mib" not in row:
        return f"{label}  not written yet"
    return f"{label}{row['mib']:11.2f}{row['mib_line']:11.2f}{_verdict(row)}"


def digits_heading() -> str:
    """Columns of the table of errors."""
    columns = "".join(f"{name:>14}" for name in ("ours", *NAMES))
    return f"\n{'worst relative error of the loss, of its gradient':{WIDTH}}{columns}"


def digits(row: dict) -> str:
    """One situation: the errors of everyone."""
    errors = row["errors"]
    cells = "".join(f"{_errors(errors.get(name)):>14}" for name in ("ours", *NAMES))
    return f"{row['case']:{WIDTH}}{cells}"


def _verdict(row: dict) -> str:
    return "" if row["met"] else "  NO"


def _cell(peer: dict | None) -> str:
    if peer is None:
        return ""
    if "ratio" not in peer:
        return peer["not_measured"]
    line = f" / {peer['line']:g}" if peer["line"] else ""
    return f"{peer['ratio']['median']:.2f}{line}" + "!" * (peer["met"] is False)


def _errors(errors: dict | None) -> str:
    return ", ".join(map(_digit, errors.values())) if errors else ""


def _digit(error: float | None) -> str:
    if error is None:  # no gradient of its own
        return "-"
    return f"{error:.0e}" if 1e-20 < error != 1 else f"{error:.0f}"
