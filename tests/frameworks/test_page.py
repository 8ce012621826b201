"""The directive that writes the page of other libraries, and the boxes of chapters."""

import re

import pytest
from docutils import nodes

from book._ext.directives import frameworks as directive
from book._ext.site.search import calls as names_of_calls
from lossbook import frameworks
from lossbook.catalogue import LOSSES
from lossbook.frameworks import Call, Trap
from tests.book.chapters import notebook

TRAP = Trap("It is `1` of 2.", "f(1)", -0.5, "hinge([1], [0.5])")
CALL = Call(
    "hinge",
    "Optax",
    "optax.f",
    "print(f(0))",
    0.12345678,
    "1",
    "scores <b>",
    "none",
    function="optax.g",
    masking="`where`",
    traps=(TRAP,),
)


def words(found):
    """What nodes say, a line for each paragraph or program, without tags of code."""
    return [re.sub("</?code[^>]*>", "", node.astext()) for node in found]


def test_all_that_is_known_of_a_call_is_told_with_both_numbers_of_its_trap():
    assert words(directive.in_full(CALL)) == [
        "optax.f or optax.g",
        "print(f(0))",
        "It prints 0.123457.",
        "Reads: scores <b>",
        "Mean or sum: none",
        "Masking: where",
        "Trap: It is 1 of 2. f(1) gives −0.5, and not 0.5.",
    ]


def test_code_is_text():
    assert "<b>" not in directive.code("<b>").astext()


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.key)
def test_a_loss_has_a_tab_for_each_of_its_libraries_and_a_program_for_each_call(loss):
    tabs, found = directive.tabs(loss.key), frameworks.calls(loss.key)

    names = list(dict.fromkeys(call.framework for call in found))
    labels = list(tabs.findall(nodes.rubric))
    assert [label.astext() for label in labels] == names
    assert [label["sync_id"] for label in labels] == [nodes.make_id(n) for n in names]
    programs = [block.astext() for block in tabs.findall(nodes.literal_block)]
    assert programs == [call.code for call in found]


def test_each_loss_stands_in_one_box_of_a_chapter_that_has_its_place():
    boxed = [key for _, *keys in directive.BOXES.values() for key in keys]

    assert sorted(boxed) == sorted(loss.key for loss in LOSSES)
    for topic, (where, *_) in directive.BOXES.items():
        headings = [
            line.lstrip("# ").lower().replace(" ", "-")
            for cell in notebook(topic).cells
            if cell.cell_type == "markdown"
            for line in cell.source.splitlines()
            if line.startswith("#")
        ]
        assert where in headings, topic


def test_a_box_names_its_libraries_and_links_to_its_losses():
    opening, links, _ = directive.box(["dice", "hinge"])

    assert "<summary>In PyTorch, Keras, Optax, scikit-learn and XGBoost<" in str(
        opening
    )
    assert [link["refuri"] for link in links.findall(nodes.reference)] == [
        "frameworks.html#dice",
        "frameworks.html#hinge",
    ]


def test_a_search_knows_every_call_by_its_name_alone():
    found = names_of_calls()

    assert found["hinge"] == [
        "torch.relu",
        "keras.losses.Hinge",
        "keras.losses.hinge",
        "optax.losses.hinge_loss",
        "sklearn.metrics.hinge_loss",
        "sklearn.svm.LinearSVC",
        "sklearn.svm.SVC",
        "sklearn.linear_model.SGDClassifier",
        "binary:hinge",
    ]
    for loss in LOSSES:
        names = [
            re.split(r"[( ]", name)[0]
            for call in frameworks.calls(loss.key)
            for name in (call.name, call.function)
            if name
        ]
        assert found[directive.place(loss.key)] == names
