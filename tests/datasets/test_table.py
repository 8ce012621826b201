"""A table cannot be changed, says what it holds, and names what is wrong."""

import copy
import multiprocessing
import pickle

import numpy as np
import pytest

from lossbook.datasets import Table, ames_housing


def table(dropped=0, **columns):
    columns = columns or {"area": np.array([1, 2]), "town": np.array(["A", "B"])}
    units = dict.fromkeys(columns, "square feet") | {"town": "name"}
    units = {name: units[name] for name in columns}
    return Table("Houses", columns, units, "nobody", "none", dropped)


def test_a_column_is_found_by_name():
    assert table()["area"].tolist() == [1, 2]


def test_an_unknown_column_is_answered_with_the_known_ones():
    with pytest.raises(KeyError, match="no column 'price'; there are area, town"):
        table()["price"]
    with pytest.raises(KeyError, match=r"no column \['area'\]; there are area, town"):
        table()[["area"]]
    with pytest.raises(KeyError, match="no column 0; there are area, town"):
        table().matrix(0)


def test_its_length_is_the_number_of_rows():
    assert len(table(area=np.arange(7))) == 7


every_change = pytest.mark.parametrize(
    "change",
    [
        lambda t: t["area"].__setitem__(0, 9),
        lambda t: t.columns.__setitem__("area", None),
        lambda t: t.units.__setitem__("area", "acres"),
        lambda t: setattr(t, "title", "Flats"),
    ],
    ids=["a value", "a column", "a unit", "the title"],
)


@every_change
def test_nothing_in_it_can_be_changed(change):
    with pytest.raises((ValueError, TypeError, AttributeError)):
        change(table())


def test_what_made_it_can_be_changed_without_changing_it():
    area = np.array([1, 2])
    columns = {"area": area, "half": area[:], "list": [1, 2]}
    t = Table("Houses", columns, dict.fromkeys(columns, "acres"), "nobody", "none")
    columns["price"] = np.array([1, 2])
    area[0] = 9

    assert list(t.columns) == ["area", "half", "list"]
    assert [c.tolist() for c in t.columns.values()] == [[1, 2]] * 3
    assert t.dropped == 0


COPIES = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    **{
        f"pickle {protocol}": lambda t, p=protocol: pickle.loads(pickle.dumps(t, p))  # noqa: S301
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1)
    },
}
every_copy = pytest.mark.parametrize("copied", COPIES.values(), ids=COPIES)


@every_copy
def test_a_copy_holds_the_same(copied):
    for t in (table(dropped=3), ames_housing()):
        other = copied(t)
        assert repr(other) == repr(t)
        assert (other.source, other.licence, other.dropped) == (
            t.source,
            t.licence,
            t.dropped,
        )
        assert list(other.columns) == list(t.columns)
        for name in t.columns:
            assert other[name].dtype == t[name].dtype
            assert (other[name] == t[name]).all()


@every_copy
@every_change
def test_a_copy_cannot_be_changed_either(copied, change):
    with pytest.raises((ValueError, TypeError, AttributeError)):
        change(copied(table()))


def test_a_worker_gets_a_table_that_cannot_be_changed():
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(len, [table()]) == 2
        (back,) = pool.map(copy.copy, [table()])

    assert back["town"].tolist() == ["A", "B"]
    assert not back["area"].flags.writeable


def test_two_tables_are_equal_only_if_they_are_one():
    t = table()

    assert t in {t}
    assert t != table()


def test_a_matrix_has_the_columns_in_the_order_asked_for():
    t = table(a=np.array([1, 2]), b=np.array([0.5, 0.25]))

    assert t.matrix("b", "a").tolist() == [[0.5, 1.0], [0.25, 2.0]]
    assert t.matrix("a").shape == (2, 1)
    assert t.matrix("a").dtype == np.float64


def test_a_matrix_may_be_changed_and_the_table_stays():
    t = table()
    t.matrix("area")[:] = 0.0

    assert t["area"].tolist() == [1, 2]


def test_a_matrix_of_nothing_or_of_text_is_refused():
    with pytest.raises(ValueError, match="at least one column"):
        table().matrix()
    with pytest.raises(ValueError, match="'town' holds text"):
        table().matrix("area", "town")
    with pytest.raises(ValueError, match="'town' holds datetime64"):
        table(town=np.array(["2026-01-01"], "M8[D]")).matrix("town")
    assert table(area=np.array([True, False])).matrix("area").tolist() == [[1], [0]]
    assert table(area=np.array([7], np.uint8)).matrix("area").tolist() == [[7]]
    with pytest.raises(KeyError, match="no column 'price'"):
        table().matrix("price")


def test_it_shows_rows_columns_units_and_what_was_dropped():
    assert repr(table(dropped=3)) == (
        "Houses: 2 rows (3 with gaps dropped)\n  area  square feet\n  town  name"
    )
    assert repr(table()).startswith("Houses: 2 rows\n")


@pytest.mark.parametrize(("count", "lines"), [(6, 6), (7, 1)])
def test_many_columns_of_one_unit_are_shown_in_one_line(count, lines):
    t = table(**{f"p{i}": np.zeros(2) for i in range(count)})

    assert len(repr(t).splitlines()) == 1 + lines
    assert ("p0 ... p6  square feet, 7 columns" in repr(t)) == (lines == 1)


def test_columns_and_units_must_belong_together():
    with pytest.raises(ValueError, match="every column needs a unit"):
        Table("Houses", {"area": np.array([1])}, {}, "nobody", "none")
    with pytest.raises(ValueError, match="equally long"):
        table(a=np.array([1]), b=np.array([1, 2]))


@pytest.mark.parametrize(
    ("column", "says"),
    [
        (np.ma.array([1, 2], mask=[False, True]), "'area' has masked entries"),
        ([[1, 2]], r"'area' must have shape \(n,\), got \(1, 2\)"),
        (3, r"'area' must have shape \(n,\), got \(\)"),
    ],
)
def test_what_is_no_column_is_refused(column, says):
    with pytest.raises(ValueError, match=says):
        table(area=column)
