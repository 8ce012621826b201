"""What checks find goes to the passport: which misconception, and as a file."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from lossbook import exercises
from lossbook.exercises.engine import progress
from lossbook.exercises.engine.misconceptions import misconception
from lossbook.exercises.engine.outcome import anchor
from lossbook.study import bank
from tests.book.chapters import BOOK
from tests.test_scripts import NODE

FOLDER = Path(exercises.__file__).parent
TABLE = tomllib.loads((FOLDER / "misconceptions.toml").read_text("utf-8"))
STORE = FOLDER.parent / "study" / "store.js"
MSE = exercises.mean_squared_error.mse


def summed(y, y_hat):
    return ((y - y_hat) ** 2).sum()


def right(y, y_hat):
    return ((y - y_hat) ** 2).mean()


@pytest.fixture(autouse=True)
def nothing_found():
    progress._found.clear()
    yield
    progress._found.clear()


@pytest.mark.parametrize("topic", exercises.TOPICS)
def test_what_shows_a_misconception_is_a_mistake_and_a_heading(topic):
    headings = re.findall("^## (.+)$", (BOOK / "common_errors.md").read_text(), re.M)
    known = {
        re.split(r", | \(", mistake.name)[0]
        for exercise in exercises.of_topic(topic)
        for mistake in exercise.checker.mistakes
    }
    table = TABLE[topic]
    assert set(table) <= set(headings)
    named = [name for names in table.values() for name in names]
    assert len(named) == len(set(named))
    assert set(named) <= known
    assert all(misconception(topic, name) in table for name in named)


def test_ids_are_those_of_nothing_else_that_is_kept():
    own = [each.id for topic in exercises.TOPICS for each in exercises.of_topic(topic)]
    steps = [step.id for topic in bank.examples() for step in bank.worked(topic).steps]
    assert len({*own, *steps}) == len(own) + len(steps)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in own)


def test_the_outcome_names_the_exercise_and_the_misconception_to_the_page():
    html = MSE.outcome(summed)._repr_html_()
    assert 'data-exercise="mean-squared-error-mse"' in html
    assert 'data-misconception="sum-for-mean"' in html
    assert "data-misconception" not in MSE.outcome(right)._repr_html_()
    assert "data-" not in MSE.outcome(...)._repr_html_()  # nothing was tried


def test_what_checks_found_is_a_file_that_the_page_reads(tmp_path):
    path = tmp_path / "mine.json"
    MSE.check(summed)
    MSE.check(...)
    exercises.save_progress(path)
    MSE.check(right)  # as if in a later session
    exercises.save_progress(path)
    script = f"""
        import {{ readFileSync }} from "node:fs";
        import {{ parsed }} from "{STORE.as_uri()}";
        console.log(JSON.stringify(parsed(readFileSync(0, "utf8"))));
    """
    command = [NODE, "--input-type=module", "--eval", script]
    text = path.read_text("utf-8")
    done = subprocess.run(
        command, input=text, capture_output=True, text=True, check=True
    )
    read = json.loads(done.stdout)

    (entry,) = read["tasks"].items()
    assert entry[0] == MSE.id
    assert (entry[1]["tries"], entry[1]["right"]) == (2, True)
    (mistake,) = read["mistakes"].items()
    assert mistake[0] == "sum-for-mean" == anchor("Sum for mean")
    assert mistake[1]["question"] == MSE.id
    assert [day["done"] for day in read["days"].values()] == [2]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"lossbook": "progress"}', "null"])
def test_another_file_is_left_as_it_is(tmp_path, text):
    path = tmp_path / "mine.json"
    path.write_text(text)
    MSE.check(right)
    with pytest.raises(ValueError, match="left as it is"):
        exercises.save_progress(path)
    assert path.read_text() == text
