"""Cells are found by id, by text and by place; what cannot be told is not guessed."""

import copy

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from classroom.notebooks import UnreadableError
from classroom.restoring import grade_id, restored


def cell(kind, name, source, **given):
    made = (new_code_cell if kind == "code" else new_markdown_cell)(source)
    usual = {"grade": False, "solution": False, "locked": False, "task": False}
    made.metadata.nbgrader = usual | {"grade_id": name, "schema_version": 3} | given
    return made


RELEASE = new_notebook(
    cells=[
        cell("markdown", "task_1", "# Write f\n\nwith [a link](x.md).", locked=True),
        cell("code", "f", "raise NotImplementedError", solution=True),
        cell("code", "f_visible", "f(1)", locked=True),
        cell("code", "f_hidden", "", grade=True, locked=True, points=2),
        cell("markdown", "task_2", "Say why.", locked=True),
        cell("markdown", "why", "Write here.", grade=True, solution=True, points=3),
        cell("code", "g", "raise NotImplementedError", solution=True),
        cell("code", "g_hidden", "", grade=True, locked=True, points=2),
    ]
)
ANSWERS = {"f": "def f(x):\n    return x", "why": "Because.", "g": "def g(): pass"}
IDS = [grade_id(one) for one in RELEASE.cells]


def answered():
    notebook = copy.deepcopy(RELEASE)
    for one in notebook.cells:
        one.source = ANSWERS.get(grade_id(one), one.source)
    return notebook


def found(notebook):
    """By id, what stands in the cells; and the ids in their order."""
    result = restored(notebook, RELEASE)
    by_id = {grade_id(one): one.source for one in result.cells if grade_id(one)}
    return by_id, [grade_id(one) for one in result.cells]


def test_a_notebook_as_it_should_be_stays():
    by_id, order = found(answered())

    assert order == IDS
    assert {name: by_id[name] for name in ANSWERS} == ANSWERS


def without_metadata(notebook):
    for one in notebook.cells:
        one.metadata.clear()
    return notebook


def test_without_metadata_text_and_place_tell():
    by_id, order = found(without_metadata(answered()))

    assert order == IDS
    assert {name: by_id[name] for name in ANSWERS} == ANSWERS


def test_without_metadata_cells_of_ones_own_do_not_confuse():
    notebook = without_metadata(answered())
    notebook.cells.insert(3, new_code_cell("my = 'own'"))
    notebook.cells.insert(0, new_markdown_cell("My name"))

    by_id, order = found(notebook)

    assert [name for name in order if name] == IDS
    assert {name: by_id[name] for name in ANSWERS} == ANSWERS


def test_a_test_that_was_deleted_comes_after_what_it_tests():
    notebook = without_metadata(answered())
    del notebook.cells[2:4]

    _, order = found(notebook)

    assert order == IDS


def test_of_a_copied_cell_the_last_counts():
    notebook = answered()
    first = copy.deepcopy(notebook.cells[1])
    first.source = "def f(x):\n    return 0"
    notebook.cells.insert(1, first)

    by_id, order = found(notebook)

    assert by_id["f"] == ANSWERS["f"]
    assert order.count("f") == 1


def test_an_answer_that_lost_its_id_alone_is_found_by_its_place():
    notebook = answered()
    notebook.cells[5].metadata.clear()
    notebook.cells[1].metadata.clear()

    by_id, order = found(notebook)

    assert order == IDS
    assert by_id["why"] == "Because."


def test_an_answer_in_words_that_cannot_be_found_is_no_zero():
    notebook = without_metadata(answered())
    del notebook.cells[5]

    with pytest.raises(UnreadableError, match=r"\(why\) cannot be found"):
        restored(notebook, RELEASE)


def test_an_answer_in_words_that_was_deleted_is_an_empty_one():
    notebook = answered()
    del notebook.cells[5]

    by_id, order = found(notebook)

    assert order == IDS
    assert by_id["why"] == "Write here."


def test_another_notebook_is_told():
    other = new_notebook(cells=[new_code_cell("x = 1"), new_markdown_cell("hello")])

    with pytest.raises(UnreadableError, match="is it another one"):
        restored(other, RELEASE)


def test_an_id_in_a_cell_of_another_kind_is_not_believed():
    notebook = answered()
    liar = new_markdown_cell("liar")
    liar.metadata.nbgrader = notebook.cells[1].metadata.nbgrader
    notebook.cells.append(liar)
    notebook.cells[1].metadata.nbgrader = {"grade_id": "unheard of"}

    by_id, _ = found(notebook)

    assert by_id["f"] == ANSWERS["f"]


@pytest.mark.parametrize("place", [1, 2, 5])
def test_a_copy_in_which_nothing_was_written_does_not_count(place):
    notebook = answered()
    stub = copy.deepcopy(RELEASE.cells[1])
    notebook.cells.insert(place, stub)
    notebook.cells.append(copy.deepcopy(RELEASE.cells[5]))

    by_id, order = found(notebook)

    assert by_id["f"] == ANSWERS["f"] and by_id["why"] == "Because."
    assert [name for name in order if name] == IDS


def test_another_assignment_that_shares_some_ids_is_another_one():
    other = new_notebook(
        cells=[
            cell("markdown", "task_1", "# Write h", locked=True),
            cell("code", "h", "def h(): pass", solution=True),
            cell("markdown", "task_2", "Say why.", locked=True),
        ]
    )

    with pytest.raises(UnreadableError, match="is it another one"):
        restored(other, RELEASE)
