"""What builds the book, what authors run, and what checks measure with."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
