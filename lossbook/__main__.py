"""The command line: ``python -m lossbook show hinge`` and ``... export anki``."""

import argparse
import sys
from pathlib import Path

from . import showing
from .catalogue import LOSSES, by_key
from .exporting import SUFFIXES, export
from .frameworks import calls

DOORS = """Which file is for what:
  anki       flash cards and questions, to learn by oneself
  moodle     the question bank of a Moodle course, with variants to draw from
  qti        quizzes for Canvas, one for each topic

The course as a whole goes into a learning system by other doors: a cartridge of links
and checks, and SCORM packages with a grade. `make doors` in the repository builds them.
"""


def main(arguments: list[str] | None = None) -> int:
    """Do what the arguments say; the exit status, 1 if that was not possible."""
    asked = _parser().parse_args(arguments)
    try:
        asked.run(asked)
    except (KeyError, ValueError, ImportError, OSError) as error:
        # A KeyError would print its message in quotes.
        reason = error.args[0] if isinstance(error, KeyError) else error
        print(f"lossbook {asked.command}: {reason}", file=sys.stderr)
        return 1
    return 0


def _show(asked: argparse.Namespace) -> None:
    """Print the cards of some losses, or the names of all."""
    if not asked.loss:
        for loss in LOSSES:
            print(f"{loss.key:<34}{loss.title}")
    cards = [showing.text(by_key(key), calls(key)) for key in asked.loss]
    if cards:
        print("\n\n".join(cards))


def _export(asked: argparse.Namespace) -> None:
    """Write the questions and cards, and say what became of them."""
    result = export(
        asked.target,
        asked.topic,
        asked.bank,
        asked.out,
        native_ordering=asked.native_ordering,
    )
    for difference, names in result.differences.items():
        if names:
            print(f"{difference}: {', '.join(names)}", file=sys.stderr)
    for file in result.files:
        print(file)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lossbook")
    commands = parser.add_subparsers(required=True, metavar="command", dest="command")
    command = commands.add_parser(
        "show", help="print what there is to know of a loss, or the names of all"
    )
    command.set_defaults(run=_show)
    command.add_argument("loss", nargs="*", help="its key, such as hinge")
    command = commands.add_parser(
        "export",
        help="write the questions and cards for another program",
        epilog=DOORS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.set_defaults(run=_export)
    command.add_argument("target", choices=SUFFIXES)
    command.add_argument("--topic", help="only this topic, such as hinge")
    command.add_argument(
        "--bank", type=Path, metavar="DIR", help="other questions: a folder of .toml"
    )
    command.add_argument(
        "--out", type=Path, default=Path("."), metavar="DIR", help="where to write"
    )
    command.add_argument(
        "--native-ordering",
        action="store_true",
        help="for a Moodle that has the question type Ordering, as those since 4.4 do; "
        "otherwise each thing is matched with its place",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
