"""The chapters are complete, in order, and as their last run left them."""

import ast
import re

import pytest
import yaml

from lossbook.topics import FURTHER
from tests.book.chapters import BOOK, CHAPTERS, PAGES, cells, explorers, notebook, prose

ROOT = BOOK.parent
LOSS_CHAPTERS = ["cross_entropy", "mean_squared_error", "hinge"]
# These open with a figure to touch, and import nothing before the first idea.
PLAYED_FIRST = ["what_is_a_loss", *LOSS_CHAPTERS, "choosing"]
SECTIONS = [
    "Goals",
    "Overview",
    "Dialogue",
    "Analogy",
    "Definition",
    "Picture",
    "Code",
    "Real data",
    "Pitfalls",
    "Key points",
    "Check yourself",
    "Read more",
]
FURTHER_SECTIONS = [each for each in SECTIONS if each not in ("Dialogue", "Analogy")]
DEPTHS = ["Basic", "Medium", "Detailed"]
every_chapter = pytest.mark.parametrize("chapter", CHAPTERS)
every_further = pytest.mark.parametrize("chapter", FURTHER)


def table_of_contents():
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    entries = [
        entry
        for part in [toc, *toc.get("parts", [])]
        for chapter in part.get("chapters", [])
        for entry in [chapter, *chapter.get("sections", [])]
    ]
    return [toc["root"], *(entry["file"] for entry in entries)]


def headings(chapter, level):
    """The headings of one level, in order."""
    text = "\n".join(cell.source for cell in cells(chapter, "markdown"))
    return re.findall(rf"^{'#' * level} (.*)", text, re.MULTILINE)


def test_the_table_of_contents_is_the_folder():
    listed = table_of_contents()

    assert len(set(listed)) == len(listed)
    api = [f"api/{path.stem}" for path in (BOOK / "api").iterdir()]
    assert set(listed) == {f"book/{page}" for page in CHAPTERS + PAGES + api}


@pytest.mark.parametrize("chapter", LOSS_CHAPTERS)
def test_the_chapters_on_losses_have_the_same_sections_in_the_same_order(chapter):
    assert headings(chapter, 2) == SECTIONS


@every_further
def test_the_chapters_on_further_losses_have_the_same_sections(chapter):
    assert headings(chapter, 2) == FURTHER_SECTIONS
    assert "By hand" in headings(chapter, 3)
    assert len(explorers(chapter)) >= 2
    assert len(prose(chapter).split()) <= 2_800


def test_the_contents_name_the_chapters_on_further_losses():
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    listed = [
        entry["file"]
        for part in toc["parts"]
        if part["caption"] == "Further losses"
        for entry in part["chapters"]
    ]

    assert listed == [f"book/{topic}" for topic in FURTHER]


@pytest.mark.parametrize("chapter", [*PLAYED_FIRST, *FURTHER])
def test_a_figure_to_touch_stands_between_the_lead_and_the_goals(chapter):
    title, prompt, figure, before, goals = notebook(chapter).cells[:5]

    assert title.source.startswith("# ")
    assert prompt.cell_type == "markdown"
    assert "\n\n" not in prompt.source, "one paragraph says what to do"
    (output,) = figure.outputs
    assert output.data["text/plain"] == explorers(chapter)[0]
    (output,) = before.outputs
    assert output.data["text/plain"].endswith("before=True)")
    assert goals.source.startswith("## Goals\n")


@pytest.mark.parametrize("chapter", LOSS_CHAPTERS)
def test_the_chapters_on_losses_begin_with_a_guess(chapter):
    assert explorers(chapter)[0].startswith("Predict(")


@pytest.mark.parametrize("chapter", PLAYED_FIRST)
def test_at_least_three_figures_can_be_touched(chapter):
    assert len(explorers(chapter)) >= 3


@every_chapter
def test_a_lead_has_at_most_35_words(chapter):
    if notebook(chapter).metadata.lossbook.goals:
        _, lead = notebook(chapter).cells[0].source.split("\n\n", 1)
        assert len(lead.split()) <= 35


@pytest.mark.parametrize("chapter", [*PLAYED_FIRST, *FURTHER])
def test_what_is_imported_stands_right_before_the_code_that_needs_it_first(chapter):
    every = notebook(chapter).cells
    at = [cell.id for cell in every].index("setup")
    shown = [
        cell
        for cell in every[:at]
        if cell.cell_type == "code"
        and "remove-input" not in cell.metadata.get("tags", [])
    ]
    imports = [
        node
        for node in ast.walk(ast.parse(every[at].source))
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    names = {alias.asname or alias.name for node in imports for alias in node.names}

    assert not shown, "code that a reader sees, before what it imports"
    first = every[at + 1]
    assert first.cell_type == "code"
    used = {n.id for n in ast.walk(ast.parse(first.source)) if isinstance(n, ast.Name)}
    assert used & names


@every_chapter
def test_a_chapter_says_at_the_top_what_one_can_do_after_it(chapter):
    goals = notebook(chapter).metadata.lossbook.goals

    assert (headings(chapter, 2)[0] == "Goals") == bool(goals)
    assert len(headings(chapter, 1)) == 1


@every_chapter
def test_an_overview_has_three_depths(chapter):
    text = "\n".join(cell.source for cell in cells(chapter, "markdown"))
    overview = re.findall(
        r"^## Overview\n(.*?)(?=^## )", text, re.DOTALL | re.MULTILINE
    )

    for part in overview:
        assert re.findall(r"^### (.*)", part, re.MULTILINE) == DEPTHS


@every_chapter
def test_code_was_run_from_first_to_last(chapter):
    counts = [cell.execution_count for cell in cells(chapter, "code")]

    assert counts == list(range(1, len(counts) + 1))


@every_chapter
def test_no_output_is_an_error_or_a_warning(chapter):
    for cell in cells(chapter, "code"):
        for output in cell.outputs:
            assert output.output_type != "error", cell.id
            assert output.get("name") != "stderr", cell.id


@every_chapter
def test_every_figure_says_in_words_what_it_shows(chapter):
    for cell in cells(chapter, "code"):
        bundles = [output.get("data", {}) for output in cell.outputs]
        pictures = [data for data in bundles if "image/svg+xml" in data]
        known = explorers(chapter)  # which tell by themselves
        if any(data["text/plain"] not in known for data in pictures):
            alt = cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")
            assert len(alt.split()) >= 8, f"{cell.id}: alt text {alt!r}"
            assert not re.search(r"\.(svg|png|jpe?g)\b", alt), cell.id


@every_chapter
def test_figures_are_drawings_without_a_date(chapter):
    for cell in cells(chapter, "code"):
        for output in cell.outputs:
            data = output.get("data", {})
            assert "image/png" not in data or "image/svg+xml" in data, cell.id
            assert "dc:date" not in "".join(data.get("image/svg+xml", "")), cell.id


@every_chapter
def test_cells_have_names_that_last(chapter):
    ids = [cell.id for cell in notebook(chapter).cells]

    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", name) for name in ids)


@every_chapter
def test_code_fits_the_width_of_the_page(chapter):
    for cell in cells(chapter, "code"):
        for line in cell.source.splitlines():
            assert len(line) <= 76, f"{cell.id}: {line}"


@every_chapter
def test_goals_and_minutes_are_told_alike_in_words_and_data(chapter):
    about, text = notebook(chapter).metadata.lossbook, prose(chapter)

    assert about.minutes.read > 0
    assert about.minutes.do > 0
    for number, goal in enumerate(about.goals, 1):
        assert f"{number}. {goal.text}" in text
    if about.goals:
        assert f"about {about.minutes.read} minutes" in text
        assert f"the code about {about.minutes.do}" in text


@every_chapter
def test_nothing_of_the_machine_is_recorded(chapter):
    stored = notebook(chapter)
    known = {"kernelspec", "language_info", "lossbook", "widgets"}

    assert set(stored.metadata) <= known
    assert "version" not in stored.metadata.language_info
    assert not any("execution" in cell.metadata for cell in stored.cells)
