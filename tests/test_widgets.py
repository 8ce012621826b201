"""The base of our widgets: the same text, ids and samples in every run."""

import json
import subprocess
import sys

import numpy as np
import pytest

from lossbook import widgets
from lossbook.explorers import Curve


def test_ids_tell_widgets_apart_and_are_the_same_in_every_run():
    def made():
        code = (
            "from lossbook.explorers import Curve\n"
            "for w in (Curve('hinge'), Curve('hinge'), Curve('huber')):\n"
            "    print(w.model_id, w.layout.model_id)"
        )
        command = [sys.executable, "-c", code]
        return subprocess.run(
            command, capture_output=True, text=True, check=True
        ).stdout

    first = made()

    assert len(set(first.split())) == 6
    assert made() == first


def test_the_text_form_is_the_call():
    assert repr(Curve("hinge", low=-1)) == "Curve('hinge', y_true=1, low=-1, high=4.0)"


def test_an_output_has_a_live_a_static_and_a_text_form_the_same_in_every_run():
    explorer = Curve("hinge")
    data, _ = explorer._repr_mimebundle_()

    view = data["application/vnd.jupyter.widget-view+json"]
    assert view["model_id"] == explorer.model_id
    assert data["text/plain"] == repr(explorer)
    assert data["image/svg+xml"].startswith("<?xml")
    assert explorer._repr_mimebundle_()[0] == data


def test_a_script_is_the_shared_one_and_its_own_with_nothing_to_import():
    script = Curve("hinge")._esm

    assert "export function ticks" in script
    assert "export function tangent" in script
    assert script.count("export default") == 1
    assert not any(line.startswith("import ") for line in script.splitlines())


def test_samples_travel_as_one_line():
    state = Curve("hinge").get_state()

    assert "\n" not in state["curves"]
    assert json.loads(state["xs"])[:2] == [-4.0, -3.95]


def test_samples_have_six_digits_and_nothing_that_json_lacks():
    assert widgets.samples(np.array([[np.pi * 1e5, 1e-9], [np.nan, -np.inf]])) == [
        [314159.0, 1e-9],
        [None, None],
    ]


@pytest.mark.parametrize("value", [np.inf, np.nan])
def test_a_place_must_be_a_number(value):
    with pytest.raises(ValueError, match="finite"):
        widgets.nearest([0, 1], value)
