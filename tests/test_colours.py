"""One table of colours: sheets say the same, and readers can tell them apart."""

import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from lossbook import colours
from lossbook.catalogue import LOSSES
from lossbook.colours import COLOURS, LOOKS

PACKAGE = Path(colours.__file__).parent
SHEET = PACKAGE / "colours.css"
SCHEMES = ["light", "dark"]
each_scheme = pytest.mark.parametrize("scheme", SCHEMES)
TEXT, GRAPHIC = 4.5, 3.0  # of WCAG, level AA
# How each colour is used: as letters too, or in graphics only.
LETTERS = ["ink", "muted", "link", "right", "wrong", *(n for n in COLOURS if "-" in n)]
# Machado, Oliveira and Fernandes (2009), whole loss of one kind of cone, linear RGB.
BLIND = {
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritan": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
TO_XYZ = [
    [0.4124564, 0.3575761, 0.1804375],
    [0.2126729, 0.7151522, 0.0721750],
    [0.0193339, 0.1191920, 0.9503041],
]


def linear(colour):
    """The light of a colour such as #0a6cb8, in red, green and blue."""
    part = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    """As WCAG counts it, from 1 to 21."""
    light = sorted(0.05 + linear(c) @ [0.2126, 0.7152, 0.0722] for c in (one, other))
    return light[1] / light[0]


def lab(light):
    """A colour in CIELAB, where distances are about as large as they seem."""
    xyz = np.array(TO_XYZ) @ np.clip(light, 0, 1) / [0.95047, 1, 1.08883]
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one, other, kind):
    """How far apart two colours seem to a reader with this kind of sight."""
    see = np.array(BLIND.get(kind, np.eye(3)))
    return float(np.linalg.norm(lab(see @ linear(one)) - lab(see @ linear(other))))


def test_the_measures_are_those_of_the_books():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#ffffff", "#777777") == pytest.approx(4.48, abs=0.01)
    assert lab(linear("#ff0000")) == pytest.approx([53.24, 80.09, 67.20], abs=0.02)
    for kind in BLIND:  # grey is grey to everybody
        assert difference("#808080", "#ffffff", kind) == pytest.approx(
            difference("#808080", "#ffffff", None), abs=0.2
        )


def test_every_loss_of_the_catalogue_has_a_look():
    assert set(LOOKS) == {loss.key for loss in LOSSES}


def test_the_style_sheet_says_the_same():
    text = SHEET.read_text("utf-8")
    said = re.findall(r"--([\w-]+): light-dark\((\S+), (\S+)\);", text)
    assert said == [(name, c.light, c.dark) for name, c in COLOURS.items()]

    names = {id(colour): name for name, colour in COLOURS.items()}
    rules = dict(re.findall(r"^(\.loss-\S+) \{ (.*) \}$", text, re.MULTILINE))
    wanted = {}
    for look in LOOKS.values():
        own, beside = (
            " ".join(map(str, dash)) or "none" for dash in (look.dash, look.beside)
        )
        name = f".loss-{look.name}"
        wanted[name] = f"--loss: var(--{names[id(look.colour)]}); --dash: {own}"
        if beside != own:
            wanted[f"{name}.beside"] = f"--dash: {beside}"
    assert rules == wanted


@pytest.mark.parametrize(
    "sheet", sorted({*PACKAGE.rglob("*.css")} - {SHEET}), ids=lambda path: path.name
)
def test_no_other_sheet_has_a_colour_of_its_own(sheet):
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|light-dark|\brgb|\bhsl", text) == []
    known = {
        *COLOURS,
        *re.findall(r"--([\w-]+):", text),
        "lesson-loss",
        "loss",
        "dash",
        "indent",
        "labels",
        "headings",
    }
    assert set(re.findall(r"var\(--([\w-]+)", text)) <= known


@each_scheme
@pytest.mark.parametrize("ground", ["paper", "stage"])
def test_whatever_is_read_or_drawn_stands_out(scheme, ground):
    def on_ground(name):
        return contrast(*(getattr(COLOURS[n], scheme) for n in (name, ground)))

    assert {name: on_ground(name) for name in LETTERS if on_ground(name) < TEXT} == {}
    if ground == "paper":
        assert on_ground("edge") >= GRAPHIC


@each_scheme
def test_the_ball_is_seen_by_its_outline_and_filled_by_its_colour(scheme):
    ball, ink = (getattr(COLOURS[name], scheme) for name in ("ball", "ink"))
    if scheme == "light":
        assert contrast(ball, ink) >= GRAPHIC
    else:  # there the outline is light, and the ball stands out from the ground itself
        assert contrast(ball, COLOURS["stage"].dark) >= GRAPHIC


@each_scheme
@pytest.mark.parametrize("kind", [None, *BLIND])
def test_every_reader_can_tell_the_losses_of_a_plot_apart(scheme, kind):
    """By their colours; or where those come close, in a mixed plot, by their dashes."""
    looks = {look.name: look for look in LOOKS.values()}.values()
    for one, other in combinations(looks, 2):
        colours = (getattr(look.colour, scheme) for look in (one, other))
        far = difference(*colours, kind)
        if one.family == other.family:
            assert far >= 10 or one.dash != other.dash, (one.name, other.name, far)
        elif far < 20 and {one.name, other.name} != {"huber", "squared-hinge"}:
            assert one.beside != other.beside, (one.name, other.name, far)


def test_the_least_differences_are_known():
    """What the table was chosen for; whoever changes a colour sees what is lost."""

    def least(names, kind):
        pairs = combinations([COLOURS[f"loss-{name}"] for name in names], 2)
        return min(difference(a.light, b.light, kind) for a, b in pairs)

    numbers, others = ["squared", "absolute", "huber"], ["cross-entropy", "hinge"]
    assert least(numbers, "deutan") > 40
    assert least(numbers, "protan") > 25
    assert least(numbers, "tritan") > 10
    assert least(others, "deutan") > 80
    assert least(others, "protan") > 80
    assert least(others, "tritan") > 20


def test_losses_of_one_family_keep_their_own_dashes():
    assert colours.dashes("mean_squared_error", "huber") == [(), (2, 3)]
    assert colours.dashes("hinge", "mean_squared_error", "cross_entropy") == [
        (12, 4),
        (),
        (9, 3, 2, 3),
    ]
