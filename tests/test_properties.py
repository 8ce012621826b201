"""Each property is what is measured, and no other word would pass."""

import inspect
import re
from dataclasses import fields, replace

import numpy as np
import pytest

from lossbook import properties
from lossbook.catalogue import LOSSES, by_key
from lossbook.properties import WORDS, of
from lossbook.study import markup
from tests import properties as measured
from tests.site.pages import ROOT

every_loss = pytest.mark.parametrize("loss", LOSSES, ids=str)
NAMES = list(WORDS)


@pytest.fixture(scope="module")
def found():
    """What is measured of a loss, once for all tests."""
    known = {}

    def measure(loss):
        if loss.key not in known:
            slope, limit = measured.slope(loss)
            known[loss.key] = {
                "slope": slope,
                "limit": limit,
                "convex": measured.convex(loss),
                "proper": measured.proper(loss),
                "smooth": measured.is_smooth(loss),
                "consistent": measured.consistent(loss, of(loss.key).best.value),
            }
        return known[loss.key]

    return measure


def check(loss, name, known, found):
    """AssertionError unless what is said of a property of a loss is so."""
    said = getattr(known, name)
    if name == "best":
        measured.fits(said.value, loss)
    elif name == "smooth":
        assert loss.is_smooth == found["smooth"]
    else:
        assert said.value == found[name]
    if name == "slope":
        assert (said.limit is None) == (found["limit"] is None)
        assert said.limit is None or abs(said.limit / found["limit"] - 1) < 1e-4


@every_loss
@pytest.mark.parametrize("name", NAMES)
def test_what_is_said_of_a_loss_is_measured(loss, name, found):
    check(loss, name, of(loss.key), found(loss))


def planted(loss, name, known):
    """The loss and its properties with each value that this one has not."""
    said = getattr(known, name)
    if name == "smooth":
        yield replace(loss, is_smooth=not loss.is_smooth), known
    for word in WORDS[name]:
        if word != said.value:
            yield loss, replace(known, **{name: replace(said, value=word)})
    if name == "slope":
        other = 1.01 * (said.limit or 1)
        yield loss, replace(known, slope=replace(said, limit=other))


@every_loss
@pytest.mark.parametrize("name", NAMES)
def test_every_other_value_is_refused(loss, name, found):
    tried = 0
    for wrong in planted(loss, name, of(loss.key)):
        with pytest.raises(AssertionError):
            check(wrong[0], name, wrong[1], found(loss))
        tried += 1
    assert tried == len(WORDS[name]) - (name not in ("slope", "smooth"))


def test_every_loss_has_its_properties():
    assert list(properties.read(FILE.read_text("utf-8"))) == [str(x) for x in LOSSES]


# The numbers in the reasons: defaults of options, and what was computed.
DEFAULTS = {
    "huber": ("delta", 1),
    "quantile": ("level", 0.5),
    "distillation": ("temperature", 2),
    "info_nce": ("temperature", 0.1),
    "preference": ("margin", 0),
    "multiclass_hinge": ("variant", "crammer_singer"),
}


def test_the_defaults_that_reasons_name_are_those_of_the_losses():
    for key, (option, default) in DEFAULTS.items():
        parameters = inspect.signature(by_key(key).value).parameters
        assert parameters[option].default == default


@pytest.mark.parametrize("key", ["dice", "tversky"])
def test_a_chance_of_60_per_cent_is_best_called_1(key):
    probs = np.linspace(0, 1, 101)[:, None]
    cost = measured.mean_cost(by_key(key), ([1], [0]), (0.6, 0.4), probs)
    assert probs[cost.argmin()] == 1


FILE = ROOT / "lossbook" / properties.FILE


@every_loss
def test_reasons_are_sentences_and_references_are_there(loss):
    known = of(loss.key)
    headings = (ROOT / "book" / "references.md").read_text("utf-8")
    slugs = re.sub(r"[^\w\n -]", "", headings).lower().replace(" ", "-")
    for name in NAMES:
        reason = getattr(known, name).because
        assert len(markup.parse(reason)) == 1
        assert re.fullmatch(r"[A-Z].*[.]", reason)
        if reference := getattr(known, name).reference:
            assert re.search(rf"^-{reference}$", slugs, re.MULTILINE)
    assert known.consistent.reference
    assert (ROOT / "book" / known.read.partition("#")[0]).exists()


RIGHT = """
[hinge]
used = "machines"
read = "hinge.ipynb"
best = { value = "class", because = "So." }
slope = { value = "levels off", limit = 1, because = "So." }
convex = { value = "yes", because = "So." }
proper = { value = "no probability", because = "So." }
smooth = { because = "So." }
consistent = { value = "yes", because = "So.", reference = "bartlett-2006" }
"""


def test_a_file_is_read():
    (known,) = properties.read(RIGHT).values()

    assert known.slope.limit == 1
    assert {field.name for field in fields(known)} == {"used", "read", *NAMES}


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ('used = "machines"\n', "", "hinge must have .* look at used"),
        (
            'used = "machines"\n',
            'used = "m"\nwho = "I"\n',
            "hinge must have .* look at who",
        ),
        ('"class"', '"classes"', "hinge, best: the value must be one of mean,"),
        ('"yes", because = "So." }', '"yes" }', "hinge, convex must have because"),
        (", limit = 1", "", "hinge, slope: a slope that levels off has a limit"),
        ('"levels off"', '"grows"', "hinge, slope: a slope that levels off"),
        ("smooth = { because", 'smooth = { why = "", because', "hinge, smooth must"),
    ],
)
def test_what_is_wrong_in_a_file_is_refused_with_its_place(right, wrong, says):
    assert right in RIGHT
    with pytest.raises(ValueError, match=f"^properties.toml: {says}"):
        properties.read(RIGHT.replace(right, wrong, 1))


def test_an_unknown_loss_has_no_properties():
    with pytest.raises(KeyError):
        of("mse")
    assert by_key("hinge").key == "hinge"
