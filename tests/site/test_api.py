"""The pages of the package: an entry for every public name, with what it says."""

import inspect
import re
import zlib
from importlib import import_module

import pytest
from lxml import html

import lossbook
from tests.site.pages import CONTENTS, ROOT

PAGES = [
    name for name in CONTENTS if name.startswith("book/api/") and "index" not in name
]
# What a cell, a chapter or another program imports; the rest serves these.
PARTS = [
    "link_functions",
    "losses",
    "calibration",
    "gradcheck",
    "properties",
    "showing",
    "catalogue",
    "curves",
    "frameworks",
    "datasets",
    "training",
    "colours",
    "plots",
    "lessons",
    "study",
    "exercises",
    "explorers",
    "motion",
    "exporting",
]


def public(module):
    """The functions and classes that a module defines, or hands on by an `as`."""
    source = inspect.getsource(module)
    return {
        name
        for name, member in vars(module).items()
        if (inspect.isfunction(member) or inspect.isclass(member))
        and re.search(rf"^(?:def|class) {name}\b|\b{name} as {name}\b", source, re.M)
        and not name.startswith("_")
    }


@pytest.fixture(scope="module")
def entries(site):
    """The full names of all entries, by the page that each stands on."""
    index = (site / "objects.inv").read_bytes().split(b"\n", 4)[4]
    found = {}
    for line in zlib.decompress(index).decode().splitlines():
        name, kind, _, place, _ = line.split(" ", 4)
        if kind in ("py:function", "py:class"):
            found[name] = place.partition("#")[0]
    return found


@pytest.mark.parametrize("part", [None, *PARTS])
def test_every_public_name_has_an_entry(entries, part):
    module = import_module(f"lossbook.{part}") if part else lossbook
    names = {name.rpartition(".")[2] for name in entries}

    assert public(module)
    assert public(module) - names == set()


def test_the_test_would_notice_a_name_without_an_entry(entries):
    assert "joined" in public(import_module("lossbook.widgets"))
    assert "joined" not in {name.rpartition(".")[2] for name in entries}


def test_every_page_of_the_package_has_entries_and_stands_in_its_list(entries, site):
    index = (site / "book" / "api" / "index.html").read_text("utf-8")

    assert set(entries.values()) == set(PAGES)
    for page in PAGES:
        assert f"href={page.removeprefix('book/api/')}" in index


def test_formulas_are_drawn_and_examples_shown(site):
    page = (site / "book" / "api" / "hinge.html").read_text("utf-8")

    assert page.count("class=katex>") > 4
    assert "<cite>" not in page  # a name in backticks is code or a link
    assert "&gt;&gt;&gt; </span>hinge" in page


def test_names_in_backticks_lead_to_their_entries(site):
    page = (site / "book" / "api" / "hinge.html").read_text("utf-8")

    for name in ("hinge.hinge_grad", "multiclass_hinge.multiclass_hinge"):
        assert re.search(rf"href=[\w.]*#lossbook\.losses\.{name}[ >]", page)


def test_an_argument_does_not_lead_to_a_method_of_its_name(site):
    """`shift` moves outliers there, and parts of a stage elsewhere."""
    tree = html.parse(site / "book" / "api" / "datasets.html")

    assert tree.xpath("//dd//code[.='shift']")
    assert not tree.xpath("//dd//a[.='shift']")


def test_a_widget_is_shown_with_its_own_arguments(site):
    page = (site / "book" / "api" / "explorers.html").read_text("utf-8")

    assert "kwargs" not in page
    assert "keys" in page


def test_attributes_that_share_a_line_are_shown_one_by_one(site):
    """`id, title : str` was an attribute `title` of the type `(id,)`."""
    tree = html.parse(site / "book" / "api" / "frameworks.html")
    shown = [
        " ".join(each.text_content().split()) for each in tree.xpath("//dl//dd//p")
    ]

    for name in ("id", "title", "weights", "smoothing", "masking", "clipping"):
        assert any(each.startswith(f"{name} (str)") for each in shown), name


def test_the_list_of_parts_is_complete():
    folder = ROOT / "lossbook"
    there = {
        path.stem
        for path in folder.iterdir()
        if path.suffix in ("", ".py") and not path.name.startswith((".", "_"))
    }

    assert there == {*PARTS, "handing_in", "topics", "widgets"}
