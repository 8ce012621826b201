"""A paper for each student: the same in any year, with one key, and nothing told."""

import csv
import json
import os
from itertools import combinations
from math import isfinite
from pathlib import Path

import lxml.html
import pikepdf
import pytest

from classroom import exam
from classroom.__main__ import main
from classroom.course import HERE, CourseError
from classroom.draws import Draw
from classroom.exam.papers import LETTERS, item
from classroom.exam.writing import _browser
from lossbook.exporting import items
from lossbook.study import Question, bank, lines, markup
from tools.build.doors import leaks

EXAM = HERE / "questions"
SEED = "a seed that stays"
PINNED = Path(__file__).with_name("pinned_paper.json")
QUESTIONS = [q for topic in bank.topics(EXAM) for q in bank.questions(topic, EXAM)]
NUMERIC = [question for question in QUESTIONS if question.answer]
needs_browser = pytest.mark.skipif(_browser() is None, reason="there is no browser")


def papers(*students, seed=SEED, name="midterm"):
    return exam.papers(QUESTIONS, students, seed, name)


def asked(paper):
    """What stands on a paper, as data: numbers, or the texts of choices in order."""
    return {
        each.question.id: each.question.given or [c.text for c in each.question.choices]
        for each in paper.items
    }


def test_the_same_seed_gives_the_same_paper_years_later():
    """It may only change with the bank: who printed by this seed has the old paper."""
    (paper,) = papers("Zoë O'Neil")
    keys = {each.question.id: each.key for each in paper.items}

    assert [paper.code, asked(paper), keys] == json.loads(PINNED.read_text("utf-8"))


def test_a_question_more_changes_none_of_the_others():
    few = exam.papers(QUESTIONS[1:], ["Ann"], SEED, "midterm")
    (whole,) = papers("Ann")

    assert asked(few[0]).items() <= asked(whole).items()


def test_students_exams_and_seeds_differ():
    made = [*papers(*map(str, range(60))), *papers("0", name="final")]
    made += papers("0", seed="another")

    assert len({repr(asked(paper)) for paper in made}) == len(made)
    assert len({paper.code for paper in made}) == len(made)


@pytest.mark.parametrize("question", NUMERIC, ids=lambda question: question.id)
def test_every_row_of_numbers_can_be_solved_and_tells_mistakes_apart(question):
    """All rows that any student can get, so all papers."""
    assert len(question.values) >= 12
    for variant in question.variants():
        right = variant.answer.value(variant.given)
        wrong = [mistake.value(variant.given) for mistake in variant.mistakes]
        assert all(map(isfinite, (right, *wrong)))
        for one, other in combinations((right, *wrong), 2):
            assert abs(one - other) > 2 * variant.answer.tolerance, variant.given
        assert "[[" not in variant.text + variant.explanation


def test_two_thousand_items_have_one_key_and_it_is_right():
    seen = {}
    for question in QUESTIONS:
        drawing = items.undrawn(question)
        if question.kind == "lines":
            drawing = lines.as_choice(question)
        for number in range(100):
            one = item(drawing, Draw(SEED, str(number)))
            seen.setdefault(question.id, set()).add(repr(one))
            texts = [choice.text for choice in one.question.choices]
            if one.question.answer:
                value = one.question.answer.value(one.question.given)
                said = one.key.removesuffix(one.question.answer.unit)
                typed = float(said.replace("\N{MINUS SIGN}", "-"))
                assert abs(typed - value) <= one.question.answer.tolerance
                continue
            assert sorted(texts) == sorted(c.text for c in drawing.choices)
            picked = [texts[LETTERS.index(letter)] for letter in one.key.split(", ")]
            if one.question.kind == "ordering":
                assert picked == [c.text for c in drawing.choices] != texts
            else:
                right = [c.text for c in drawing.choices if c.right]
                assert sorted(picked) == sorted(right)
                assert len(right) == 1 or one.question.kind == "several"

    assert sum(map(len, seen.values())) > 300
    assert min(map(len, seen.values())) >= 12


def test_a_paper_tells_no_answer_and_takes_names_as_text():
    made = papers("<b>Ann</b>", "Bo")
    page = exam.papers_page(made, "A <i>title</i>")
    text = " ".join(lxml.html.fromstring(page).text_content().split())

    for question in QUESTIONS:
        told = (question.explanation, *(c.feedback for c in question.choices))
        for sentence in filter(None, told):
            for piece in markup.parse(sentence)[0]:
                words = " ".join(piece.source.split())
                if piece.kind == "text" and len(words) > 40 and "[[" not in words:
                    assert words not in text
    assert "<b>Ann</b>" in text
    assert "A <i>title</i>" in text
    assert page.count(made[1].code) == 1
    assert "<script" not in page


def test_keys_say_which_paper_they_are_of():
    made = papers("Ann", "<b>Bo</b>")
    tree = lxml.html.fromstring(exam.keys_page(made, "A <i>title</i>"))

    assert not tree.xpath("//i | //b")

    for row, paper in zip(tree.xpath("//tbody/tr"), made, strict=True):
        cells = [cell.text_content() for cell in row]
        assert cells[:2] == [paper.student, paper.code]
        for cell, each in zip(cells[2:], paper.items, strict=True):
            assert each.key.startswith(cell)
    assert len(tree.xpath("//section[@class='reasons']")) == 2


def test_a_small_bank_of_every_kind_is_printed():
    """Kinds that the exams here do not have: a sketch, a program."""
    kinds = {}
    for topic in bank.topics():
        for question in bank.questions(topic):
            kinds.setdefault(question.kind, question)
    made = exam.papers(list(kinds.values()), ["Ann"], SEED, "all kinds")

    assert set(kinds) == {"one", "several", "numeric", "ordering", "sketch", "lines"}
    assert all(isinstance(each.question, Question) for each in made[0].items)
    assert exam.papers_page(made, "all kinds").count("<li>") > len(kinds)


@pytest.fixture
def roster(tmp_path):
    (tmp_path / "course.toml").write_text(f'seed = "{SEED}"\n')
    path = tmp_path / "people.csv"
    path.write_text("name,identifier\nZoë O'Neil,1\n=Bo,2\n", "utf-8")
    return path


def command(roster, *words):
    said = ["--course", str(roster.parent), "--roster", str(roster), *words]
    return main(["exam", "midterm", *said])


def test_the_command_writes_papers_and_keys(roster, capsys):
    assert command(roster, "--topic", "hinge", "--title", "Prüfung") == 0

    folder = roster.parent / "exams/midterm"
    assert sorted(path.name for path in folder.iterdir()) == [
        "keys.csv", "keys.html", "papers.html"
    ]  # fmt: skip
    assert "2 papers of 4 questions" in capsys.readouterr().out
    with (folder / "keys.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    hinge = bank.questions("hinge", EXAM)
    (first, _) = exam.papers(hinge, ["Zoë O'Neil", "Bo"], SEED, "midterm")
    assert [row["student"] for row in rows] == ["Zoë O'Neil", "Bo"]
    assert [rows[0][q.id].lstrip("'") for q in hinge] == [i.key for i in first.items]


def test_a_paper_bears_the_name_as_the_roster_writes_it_and_says_its_points(roster):
    written = ["Ben <b>Bold</b> *b*", "=1+1", "Li (3)", "Li (4)"]
    rows = ["name,identifier", *(f"{name},1" for name in written[:2]), "Li,3", "Li,4"]
    roster.write_text("\n".join(rows), "utf-8")
    assert command(roster, "--topic", "hinge") == 0

    folder = roster.parent / "exams/midterm"
    page, keys = (
        lxml.html.fromstring((folder / name).read_bytes())
        for name in ("papers.html", "keys.html")
    )
    assert [p.text for p in page.xpath("//thead//p")] == written
    assert [th.text for th in keys.xpath("//tbody//th")] == written
    text = page.xpath("string(//section[1])")
    assert "Name" not in text
    assert "4 points." in text and text.count("1 point.") == 4


def test_the_key_of_a_count_says_nothing_of_what_is_near_it():
    tree = lxml.html.fromstring(exam.keys_page(papers("Ann"), "keys"))
    keys = {
        each.question.id: item.text_content()
        for each, item in zip(
            papers("Ann")[0].items, tree.xpath("//ol[1]/li/p[1]"), strict=True
        )
    }

    assert keys["exam-at-most-how-many-wrong"].endswith(" emails")
    assert sum("±" in key for key in keys.values()) > 5


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--topic", "nonsense"], "no questions on 'nonsense'"),
        (["--questions", "/nowhere"], "There are no question files"),
    ],
)
def test_what_cannot_be_asked_is_told(roster, words, says, capsys):
    assert command(roster, *words) == 1
    assert says in capsys.readouterr().err


def test_without_a_browser_the_page_is_named_that_one_can_print(
    roster, monkeypatch, capsys
):
    monkeypatch.setenv("LOSSBOOK_BROWSER", "/nowhere")

    assert command(roster, "--topic", "hinge", "--pdf") == 1

    assert "papers.html in any browser" in capsys.readouterr().err
    assert (roster.parent / "exams/midterm/papers.html").exists()


@pytest.mark.parametrize("name", ["msedge", "chromium-headless-shell"])
def test_a_browser_is_found_by_its_name(name, tmp_path, monkeypatch):
    monkeypatch.delenv("LOSSBOOK_BROWSER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / name).touch(mode=0o755)

    assert Path(_browser()).name == name


@needs_browser
@pytest.mark.classroom
@pytest.mark.parametrize("title", ["Midterm", "Prüfung"])
def test_a_pdf_is_printed_and_found_on_a_site(roster, title, tmp_path):
    assert command(roster, "--topic", "hinge", "--pdf", "--title", title) == 0

    folder = roster.parent / "exams/midterm"
    names = sorted(path.name for path in (folder / "papers").iterdir())
    assert names == ["Bo.pdf", "Zoë O'Neil.pdf"]
    with pikepdf.open(folder / "papers" / names[0]) as pdf:
        sizes = {tuple(map(round, map(float, page.mediabox[2:]))) for page in pdf.pages}
        assert len(pdf.pages) == 1
        assert sizes in ({(595, 842)}, {(594, 842)}, {(595, 841)}, {(596, 842)})
        assert title in str(pdf.docinfo["/Title"])
    found = leaks.look(folder, tmp_path / "no doors", {})
    assert sorted(line.split(" has ")[0] for line in found) == [
        "keys.html", "keys.pdf", "papers.html", "papers/Bo.pdf", "papers/Zoë O'Neil.pdf"
    ]  # fmt: skip


def test_the_mark_is_the_one_that_the_check_of_the_site_looks_for():
    assert exam.page.MARK == leaks.PAPERS


def test_no_seed_is_told(roster):
    os.unlink(roster.parent / "course.toml")
    with pytest.raises(CourseError, match="drawn from a seed"):
        from classroom.course import Course

        _ = Course(roster.parent).seed
