"""The notebooks set the exercises as the package has them, in their order."""

from copy import deepcopy

import pytest

from lossbook import exercises
from tests.book.chapters import notebook
from tools.author.chapters import set_exercises


def cells_of(page):
    """What a page of practice asks for: outputs come from running it."""
    return [
        (cell.id, cell.cell_type, cell.source, cell.metadata.get("tags"))
        for cell in page.cells
    ]


@pytest.mark.parametrize("topic", exercises.TOPICS)
def test_a_page_of_practice_sets_its_exercises(topic):
    page = deepcopy(notebook(f"{topic}_practice"))  # which other tests read, too
    before = cells_of(page)
    set_exercises(page, topic)

    assert cells_of(page) == before, "changed: run `make chapters`"
    assert sum(id.endswith("-help") for id, *_ in before) == len(
        exercises.of_topic(topic)
    )


def test_a_task_that_changed_would_be_noticed():
    page = deepcopy(notebook("hinge_practice"))
    page.cells[-1].source += "  # changed"
    before = cells_of(page)
    set_exercises(page, "hinge")

    assert cells_of(page) != before
