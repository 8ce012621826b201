"""Measure the losses beside their peers, print the tables, and maybe keep them."""

import argparse
import json
import math
from collections.abc import Callable, Iterable
from pathlib import Path

from . import cases, machine, peers, runs, tables

RESULTS = Path(__file__).with_name("results.json")


def main() -> None:
    """Run what was asked for: `make bench`, or `python -m benchmarks`."""
    args = arguments()
    others = peers.installed()
    run = {"machine": machine.describe(), "load_at_start": machine.load()}
    print(tables.machine(run, others))

    timings = [case for case in cases.TIMINGS if args.only in str(case)]
    memory = [case for case in cases.MEMORY if args.only in f"{case.loss} memory"]
    run["timings"] = shown(
        (runs.timing(case, others, args.quick) for case in timings),
        tables.timing_heading,
        tables.timing,
    )
    run["memory"] = shown(
        (row for case in memory for row in runs.memory(case)),
        tables.memory_heading,
        tables.memory,
    )
    run["accuracy"] = shown(
        runs.digits(others) if args.only in "accuracy" else (),
        tables.digits_heading,
        tables.digits,
    )

    run["load_at_end"] = machine.load()
    rows = run["timings"] + run["memory"]
    missed = [row["case"] for row in rows if row["met"] is False]
    unwritten = sum(row["met"] is None for row in rows)
    met = len(rows) - len(missed) - unwritten
    print(f"\n{'load at end':>13}: {run['load_at_end']}")
    print(f"rows that meet their lines: {met}, not written yet: {unwritten}")
    print(f"rows that do not: {len(missed)}", *missed, sep="\n  ")
    if args.save:
        text = json.dumps(rounded(run), indent=1, sort_keys=True, allow_nan=False)
        RESULTS.write_text(text + "\n", encoding="utf-8")


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    add = parser.add_argument
    add("--quick", action="store_true", help="few rounds")
    add("--only", default="", metavar="TEXT", help="cases that have it in their name")
    add("--save", action="store_true", help=f"write {RESULTS.name}")
    args = parser.parse_args()
    if args.save and (args.only or args.quick):
        parser.error("only a whole run is worth keeping")
    return args


def shown(
    rows: Iterable[dict], heading: Callable[[], str], line: Callable[[dict], str]
) -> list[dict]:
    """The rows, each printed as soon as it is there."""
    kept = []
    for row in rows:
        if not kept:
            print(heading())
        print(line(row), flush=True)
        kept.append(row)
    return kept


def rounded(value: object) -> object:
    """The same, with numbers of four digits: no more is known."""
    match value:
        case dict():
            return {key: rounded(x) for key, x in value.items()}
        case list():
            return [rounded(x) for x in value]
        case float():  # JSON has no infinity
            return float(f"{value:.4g}") if math.isfinite(value) else str(value)
        case _:
            return value


if __name__ == "__main__":
    main()
