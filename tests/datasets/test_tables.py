"""The tables hold what their sources say, and nothing is lost on the way."""

import gzip
import hashlib
from importlib.resources import files

import numpy as np
import pytest

from lossbook import datasets

LOADERS = [
    datasets.ames_housing,
    datasets.spambase,
    datasets.digits,
    datasets.bike_riders,
]
every_table = pytest.mark.parametrize("load", LOADERS, ids=lambda f: f.__name__)

# The first digits, of the files as they came: who changes them changes the data.
SHA256 = {
    "ames_housing.csv.gz": "a0bc5dc1e7c25d4c",
    "spambase_7.csv.gz": "6b02bed6b57129db",
    "digits_8x8.csv.gz": "1a8c0ce573804cf3",
    "bike_riders.csv.gz": "821e30457f13148f",
    "pride_and_prejudice.txt.gz": "92414dab8f3c814f",
}


@pytest.mark.parametrize("file", SHA256)
def test_the_files_are_the_ones_that_came(file):
    packed = files(datasets).joinpath(file).read_bytes()

    assert hashlib.sha256(gzip.decompress(packed)).hexdigest()[:16] == SHA256[file]
    assert packed[4:8] == bytes(4), "the gzip header holds a time"


@every_table
def test_every_column_has_a_unit_and_the_table_a_source(load):
    table = load()

    assert set(table.units) == set(table.columns)
    assert all(table.units.values())
    assert table.source
    assert table.licence


@every_table
def test_no_value_is_missing_and_numbers_are_finite(load):
    for column in load().columns.values():
        assert column.dtype.kind in "ifU"
        if column.dtype.kind == "U":
            assert (column != "").all()
        else:
            assert np.isfinite(column).all()


@every_table
def test_loading_again_gives_the_same_table(load):
    assert load() is load()


@every_table
def test_the_readme_names_the_source_and_the_terms(load):
    readme = files(datasets).joinpath("README.md").read_text("utf-8")

    assert load().licence.split(";")[0] in readme
    assert load().source.split(",")[0].split(". ")[-1] in readme


def test_ames_has_2928_whole_sales_and_two_with_gaps():
    table = datasets.ames_housing()

    assert (len(table), table.dropped) == (2928, 2)
    assert table["price_usd"].sum() == 529_502_547
    assert table["price_usd"].dtype == np.int64
    assert table["neighborhood"][0] == "NAmes"


def test_the_sales_of_ames_lie_in_their_units():
    table = datasets.ames_housing()

    assert set(table["year_sold"]) == {2006, 2007, 2008, 2009, 2010}
    for rating in ("overall_quality", "overall_condition"):
        assert set(table[rating]) <= set(range(1, 11))


def test_spambase_has_1813_spam_mails_of_4601():
    table = datasets.spambase()

    assert (len(table), table.dropped) == (4601, 0)
    assert np.bincount(table["is_spam"]).tolist() == [2788, 1813]
    assert table["freq_exclamation"][0] == 0.778


def test_the_bike_riders_are_counts_of_every_day_and_hour():
    table = datasets.bike_riders()
    riders = table["riders"]

    assert (len(table), table.dropped, riders.sum()) == (8645, 0, 247_252)
    assert riders.dtype == np.int64 and riders.min() == 0
    assert set(table["day"]) == set(range(1, 366))
    assert set(table["hour"]) == set(range(24))
    assert table["temperature"].min() > 0 and table["temperature"].max() < 1
    # No hour of a day stands there twice.
    assert len(set(zip(table["day"], table["hour"], strict=True))) == len(table)


def test_digits_are_those_of_scikit_learn():
    theirs = pytest.importorskip("sklearn.datasets").load_digits()

    assert (datasets.digit_images() == theirs.images).all()
    assert (datasets.digits()["digit"] == theirs.target).all()
