"""The command line: ``python -m lossbook export anki|moodle|qti``."""

import argparse
import sys
from pathlib import Path

from .exporting import SUFFIXES, export


def main(arguments: list[str] | None = None) -> int:
    """Do what the arguments say; the exit status, 1 if that was not possible."""
    asked = _parser().parse_args(arguments)
    try:
        result = export(asked.target, asked.topic, asked.bank, asked.out)
    except (KeyError, ValueError, ImportError, OSError) as error:
        # A KeyError would print its message in quotes.
        reason = error.args[0] if isinstance(error, KeyError) else error
        print(f"lossbook export: {reason}", file=sys.stderr)
        return 1
    for difference, names in result.differences.items():
        if names:
            print(f"{difference}: {', '.join(names)}", file=sys.stderr)
    for file in result.files:
        print(file)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lossbook")
    commands = parser.add_subparsers(required=True, metavar="command")
    command = commands.add_parser(
        "export", help="write the questions and cards for another program"
    )
    command.add_argument("target", choices=SUFFIXES)
    command.add_argument("--topic", help="only this topic, such as hinge")
    command.add_argument(
        "--bank", type=Path, metavar="DIR", help="other questions: a folder of .toml"
    )
    command.add_argument(
        "--out", type=Path, default=Path("."), metavar="DIR", help="where to write"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
