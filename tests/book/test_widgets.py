"""What a chapter keeps of its widgets is what the package makes today, code too."""

import copy
import json
import math
import re

import pytest

from tests.book.chapters import CHAPTERS, cells, notebook, run

VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"
every_chapter = pytest.mark.parametrize("chapter", CHAPTERS)


def stored(chapter):
    """What the notebook keeps of its widgets, by id."""
    kept = notebook(chapter).metadata.get("widgets", {}).get(STATE, {"state": {}})
    return json.loads(json.dumps(kept["state"]))


def fresh(chapter):
    """What a run of the chapter's code gives, as the notebook would keep it."""
    made = {}
    for model, state in json.loads(json.dumps(run(chapter).states)).items():
        parts = ("name", "module", "module_version")
        made[model] = {f"model_{part}": state[f"_model_{part}"] for part in parts}
        made[model]["state"] = state
    return made


def shown(chapter):
    """The ids of the widgets that the outputs of a chapter show."""
    return {
        output.data[VIEW]["model_id"]
        for cell in cells(chapter, "code")
        for output in cell.outputs
        if VIEW in output.get("data", {})
    }


def differences(old, new, place=""):
    """Where two states differ: numbers by more than their digits, the rest at all."""
    match old, new:
        case dict(), dict():
            if old.keys() != new.keys():
                return [f"{place}: {sorted(old.keys() ^ new.keys())}"]
            pairs = [(f"{place}/{key}", old[key], new[key]) for key in new]
        case list(), list():
            if len(old) != len(new):
                return [f"{place}: {len(old)} of them, now {len(new)}"]
            places = [f"{place}/{i}" for i in range(len(new))]
            pairs = zip(places, old, new, strict=True)
        case str(), str() if old[:1] == new[:1] and old[:1] in ("[", "{"):
            return differences(json.loads(old), json.loads(new), place)  # samples
        case ((int() | float()), (int() | float())):
            same = math.isclose(old, new, rel_tol=1e-5, abs_tol=1e-9)
            return [] if same else [f"{place}: {old}, now {new}"]
        case _:
            return [] if old == new else [f"{place}: {old!r:.60}, now {new!r:.60}"]
    return [found for where, a, b in pairs for found in differences(a, b, where)]


@every_chapter
def test_what_is_kept_is_what_the_package_makes_today(chapter):
    found = differences(stored(chapter), fresh(chapter))

    assert not found, f"run `make chapters`; the first of {len(found)}: {found[0]}"


@every_chapter
def test_what_is_kept_belongs_to_a_cell_that_shows_it(chapter):
    kept, seen = stored(chapter), shown(chapter)
    seen |= set(re.findall(r"IPY_MODEL_(\w+)", json.dumps([*map(kept.get, seen)])))

    assert set(kept) == seen


@every_chapter
def test_every_run_gives_the_same_ids(chapter):
    assert set(stored(chapter)) == set(run(chapter).widgets)


SAMPLED = {"a": {"state": {"_esm": "let a;", "xs": '[0.5,null,{"y":[1,2]}]', "x": 1}}}


@pytest.mark.parametrize(
    ("trait", "value", "told"),
    [
        ("_esm", "let b;", "/a/state/_esm: 'let a;', now 'let b;'"),
        ("xs", '[0.5,null,{"y":[1,2.0001]}]', "/a/state/xs/2/y/1: 2, now 2.0001"),
        ("xs", '[0.5,0.1,{"y":[1,2]}]', "/a/state/xs/1: None, now 0.1"),
        ("xs", '[0.5,null,{"y":[1]}]', "/a/state/xs/2/y: 2 of them, now 1"),
        ("x", -1, "/a/state/x: 1, now -1"),
        ("new", 0, "/a/state: ['new']"),
    ],
)
def test_a_change_would_be_noticed(trait, value, told):
    changed = copy.deepcopy(SAMPLED)
    changed["a"]["state"][trait] = value

    assert differences(SAMPLED, changed) == [told]


def test_the_last_digit_of_a_sample_may_differ():
    changed = copy.deepcopy(SAMPLED)
    changed["a"]["state"]["xs"] = '[0.500001,null,{"y":[1,2]}]'

    assert differences(SAMPLED, changed) == []
    assert differences({}, SAMPLED) == [": ['a']"]
