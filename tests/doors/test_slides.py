"""From what stands on a page to slides: what leads, what is cut, what is asked."""

import pytest
from lxml import html

from tools.build.doors.slides import code, planning, timing
from tools.build.doors.slides.reading import SlidesError, parts_of
from tools.build.doors.slides.sentences import joined, said, sentences
from tools.build.doors.slides.slide import WIDTH, Slide, filled
from tools.build.formats.elements import parsed

FORMULA = '<span class="tied"><math><mi>y</mi></math>.</span>'


def paragraph(text):
    return html.fragment_fromstring(f"<p>{text}</p>")


def part(content):
    """The only part of a page with this content."""
    page = f'<article><section id="it"><h1>It</h1>{content}</section></article>'
    (found,) = parts_of(html.fragment_fromstring(page), "page")
    return found


def slides(content):
    return planning.slides_of(part(content))


def cell(lines, printed=""):
    output = f'<div class="cell_output"><pre>{printed}</pre></div>' if printed else ""
    code = "\n".join(lines)
    return (
        '<div class="cell"><div class="cell_input"><details class="code"><summary>'
        f"<b>Python</b></summary><pre>{code}</pre></details></div>{output}</div>"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two? Three", ["One.", "Two?", "Three"]),
        (f"Take {FORMULA} Move it.", ["Take y.", "Move it."]),
        ("It costs 0.6 and 2.4. So", ["It costs 0.6 and 2.4.", "So"]),
        ("Losses, e.g. the hinge. Two.", ["Losses, e.g. the hinge.", "Two."]),
        ("<b>Bold.</b> Then.", ["Bold.", "Then."]),
    ],
)
def test_a_paragraph_is_cut_where_its_sentences_end(text, expected):
    assert [said(each) for each in sentences(paragraph(text))] == expected


def test_a_headline_has_no_link_and_no_open_end():
    headline = joined(sentences(paragraph('Now <a href="x">these</a> emails:')))
    assert html.tostring(headline, encoding="unicode") == "<p>Now these emails</p>"


def test_what_no_rule_knows_is_an_error_that_says_where():
    with pytest.raises(SlidesError, match=r"page#it has <video"):
        part("<p>Text.</p><video></video>")


def test_the_sentence_before_a_thing_leads_to_it_and_all_text_is_in_the_notes():
    text = "<p>First. Second.</p><p>The slope is</p>"
    first, second = slides(
        '<p>Look at it. It falls.</p><div class="math">1</div>'
        f'{text}<div class="math">2</div><p>Last.</p>'
    )
    assert said(first.headline) == "Look at it. It falls."
    assert [said(note) for note in first.notes] == [
        "Look at it. It falls.",
        "First. Second.",
    ]
    assert [said(note) for note in second.notes] == ["The slope is", "Last."]


def test_text_alone_becomes_its_first_sentences():
    three = "".join(f"<p>{one} is so. And more.</p>" for one in ("A", "B", "C"))
    (slide,) = slides(three)
    assert [said(each) for each in slide.body] == ["A is so.", "B is so.", "C is so."]
    assert len(slide.notes) == 3


def test_text_alone_of_few_words_is_shown_as_long_as_there_is_room():
    (slide,) = slides(f"<p>One is so. And more. {'And much more' * 20}.</p>")
    assert [said(each) for each in slide.body] == ["One is so. And more."]


def test_a_long_table_goes_on_with_its_heads():
    rows = "".join(f"<tr><td>{i}</td><td>text</td></tr>" for i in range(40))
    head = "<thead><tr><th>a</th><th>b</th></tr></thead>"
    made = slides(f"<table>{head}<tbody>{rows}</tbody></table>")
    assert len(made) > 2
    counts = [len(slide.body[0].xpath("./tbody/tr")) for slide in made]
    assert sum(counts) == 40
    assert max(counts) - min(counts) <= 2
    for slide in made:
        assert [said(head) for head in slide.body[0].xpath(".//th")] == ["a", "b"]


def test_long_code_is_cut_between_blocks_and_still_runs_whole():
    block = ["def f():", "    a = 1", "    b = 2", "    c = 3", "    return a", ""]
    lines = block * 5
    made = slides(cell(lines, "1"))
    assert len(made) == 2
    for slide in made:
        shown = slide.body[0].xpath("self::pre | ./pre")[0].text.split("\n")
        assert shown[0] == "def f():"
        assert len(shown) <= code.ROWS
    (whole,) = made[-1].body[0].xpath("./div[@class='cell_input']//pre")
    assert whole.text == "\n".join(lines)


@pytest.mark.parametrize(
    ("lines", "printed", "place"),
    [
        (4, "1", "below"),
        (15, "1\n2\n3\n4", "beside"),
        (15, "1" * 100 + "\n2\n3", "apart"),
    ],
)
def test_what_code_printed_stands_where_there_is_room(lines, printed, place):
    made = slides(cell(["x = 1"] * lines, printed))
    assert made[0].body[0].get("class").split()[-1] == place
    assert len(made) == 1 + (place == "apart")


@pytest.mark.parametrize(
    ("code_wide", "printed_wide", "place"),
    [(50, 39, "beside"), (50, 40, "apart")],
)
def test_the_bar_beside_what_was_printed_takes_room(code_wide, printed_wide, place):
    lines = ["x" * code_wide] * 15
    made = slides(cell(lines, "\n".join(["1" * printed_wide] * 4)))
    assert made[0].body[0].get("class").split()[-1] == place


def test_a_wide_table_that_was_printed_alone_leaves_room_for_its_bar():
    *_, alone = slides(cell(["x" * 40] * 15, "1" * 62 + "\n2\n3"))
    assert alone.kind == "output"
    letter = code.LETTER * alone.size / code.SMALLEST
    assert 62 * letter + 22 <= WIDTH


ALIGNED = """<div class="math"><math><mtable>
<mtr><mtd><mtext>one score</mtext></mtd><mtd><mi>=xxxx</mi></mtd></mtr>
<mtr><mtd></mtd><mtd><mspace width="2em"></mspace><mi>{}</mi></mtd></mtr>
</mtable></math></div>"""


def test_columns_of_a_formula_and_its_spaces_make_its_width():
    (slide,) = slides(ALIGNED.format("y" * 30))
    assert WIDTH / slide.size == pytest.approx((9 + 30) * planning.SIGN + 2)


def test_a_name_that_may_be_broken_is_whole(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        '<article><section id="it"><h1>It</h1><table><tbody><tr><td>'
        "<code>mean_<wbr>poisson_<wbr>deviance</code>, and more"
        "</td></tr></tbody></table></section></article>"
    )
    (article,) = parsed(page).xpath("//article")
    ((slide,),) = map(planning.slides_of, parts_of(article, "page"))
    written = html.tostring(slide.body[0], encoding="unicode")
    assert "<code>mean_poisson_deviance</code>, and more" in written


QUESTION = """<fieldset data-id="q" data-kind="one"><legend>
<span class="count">Question 1</span> <span class="text">Which?</span></legend>
<ol class="choices"><li><label><span>Left</span></label></li>
<li><label><span>Right</span></label></li></ol><details><div class="solution">
<div class="explanation"><p>Because.</p></div><ol class="feedback">
<li><strong>Wrong.</strong> You took the mirror.</li><li data-right=""></li></ol></div>
</details></fieldset>"""


def quiz(before):
    title = '<p class="title">Before you read</p>' if before else ""
    return f'<div class="cell"><div data-study="quiz">{title}{QUESTION}</div></div>'


@pytest.mark.parametrize("before", [True, False])
def test_a_question_is_answered_on_a_slide_of_its_own(before):
    asked, answer = slides(quiz(before))
    assert asked.kind == ("guess" if before else "question")
    assert answer.later == before
    assert [said(each) for each in asked.body[0]] == ["ALeft", "BRight"]
    assert len(asked.body[0].xpath(".//input")) == 2
    assert "right" not in html.tostring(asked.body[0], encoding="unicode").split()
    assert [each.get("class") for each in answer.body[0]] == [None, "right"]
    assert said(answer.body[1]) == "Because."
    assert said(asked.notes[-1]) == "A. You took the mirror."


def test_times_are_those_of_the_lesson_plan():
    made = [
        Slide("code", "", paragraph("a"), [], [paragraph("word " * n)]) for n in (9, 99)
    ]
    (start, middle), (same, end) = timing.times(made, 12)
    assert (start, end) == (0, 12 * 60)
    assert middle == same
    assert middle < end - middle


def test_lists_are_shared_out_alike():
    assert list(filled([10] * 9, 40)) == [range(0, 3), range(3, 6), range(6, 9)]
    assert list(filled([100, 10], 40)) == [range(0, 1), range(1, 2)]


def test_the_parts_of_a_page_know_what_stands_above_them():
    page = html.fragment_fromstring(
        '<article><section id="t"><h1>T</h1><p>.</p><section id="a"><h2>A</h2>'
        '<section id="b"><h3>B</h3><p>Text.</p></section></section></section></article>'
    )
    found = [(each.name, each.above, each.title) for each in parts_of(page, "page")]
    assert found == [("t", "", "T"), ("b", "A", "B")]
