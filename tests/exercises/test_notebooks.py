"""The notebooks set the exercises as the package has them, in their order."""

import pytest

from tests.book.chapters import notebook
from tests.exercises.test_corpus import EXERCISES


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.path)
def test_a_notebook_sets_the_task_the_stub_and_the_help(exercise):
    cells = notebook(f"{exercise.topic}_practice").cells
    sources = [cell.source for cell in cells]
    assert exercise.markdown() in sources, f"wanted as a cell:\n{exercise.markdown()}"
    first = sources.index(exercise.markdown())

    assert sources[first + 1] == exercise.stub()
    assert sources[first + 2] == f"{exercise.path}.help()"
    assert "remove-input" in cells[first + 2].metadata.tags
