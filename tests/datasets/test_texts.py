"""The text is the one that its source has, put into lines."""

import gzip
from importlib.resources import files

from lossbook import datasets


def test_no_word_of_the_file_is_lost_and_each_paragraph_is_a_line():
    packed = files(datasets).joinpath("pride_and_prejudice.txt.gz").read_bytes()
    raw, text = gzip.decompress(packed).decode(), datasets.pride_and_prejudice()

    assert text.split() == raw.split()
    assert text.isascii()
    assert text.splitlines()[:2][0] == "Chapter 1"
    assert sum(line.startswith("Chapter ") for line in text.splitlines()) == 7
    assert all(line == line.strip() for line in text.splitlines())
