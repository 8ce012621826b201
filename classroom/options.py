"""What commands may be told, looked at before they begin."""

from argparse import ArgumentTypeError
from pathlib import Path


def new_file(said: str) -> Path:
    """The path of a file that is to be written, into a folder that is there.

    Raises
    ------
    ArgumentTypeError
        If it is a folder, or in one that is not there.
    """
    path = Path(said)
    if path.is_dir():
        raise ArgumentTypeError(f"{path} is a folder. Name a file in it.")
    if not path.parent.is_dir():
        raise ArgumentTypeError(
            f"There is no folder {path.parent.resolve()}. Make it, or name another."
        )
    return path
