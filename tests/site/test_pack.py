"""The teacher's pack: plans that fit, papers that tell nothing, all in one zip."""

import io
import re
import shutil
import zipfile
from copy import deepcopy
from xml.etree import ElementTree

import pikepdf
import pytest
from lxml import html

from lossbook.study import bank
from lossbook.study.goals import goals
from lossbook.topics import COURSE, TOPICS
from tools.build import book
from tools.build.doors import pack
from tools.build.doors.pack import exam, leaflet, leaks, plan, readme, sheets
from tools.build.formats import articles, pdf

pytestmark = pytest.mark.site


@pytest.fixture(scope="module")
def practice(site):
    """The pages of practice, by their topic."""
    found = {article.name: article for article in articles.read(site)}
    return {topic: found[f"{topic}_practice"] for topic in TOPICS}


@pytest.fixture(scope="module")
def plans(site):
    """The plan of each topic."""
    return {topic: plan.plan_of(site, topic) for topic in TOPICS}


@pytest.mark.parametrize("topic", TOPICS)
def test_a_plan_fills_its_session_with_the_sections_of_the_chapter(plans, topic):
    made = plans[topic]
    first, last = made.steps[0], made.steps[-1]

    assert sum(step.minutes for step in made.steps) == plan.SESSION
    assert all(step.minutes > 0 for step in made.steps)
    assert first.title == plan.OPENING
    assert first.figures() and first.polls
    assert last.title == plan.EXERCISES or last.is_closing()
    taken = [place.get("id") for s in made.steps for place in s.sections]
    assert len(taken) == len(set(taken) - {None}) + taken.count(None)
    assert len(made.goals) == len(goals(topic))
    assert len(made.mistakes) >= 4
    assert sum(bool(step.polls) for step in made.steps) >= 4


@pytest.mark.parametrize("topic", TOPICS)
def test_what_a_plan_asks_is_a_question_of_that_number_with_its_key(plans, topic):
    asked = {n: q for n, q in enumerate(bank.questions(topic), 1)}
    polls = [poll for step in plans[topic].steps for poll in step.polls]

    assert len({poll.number for poll in polls}) == len(polls)
    for poll in polls:
        question = asked[poll.number]
        assert poll.fieldset.get("data-id") == question.id
        if question.kind == "one":
            (right,) = (i for i, c in enumerate(question.shuffled()) if c.right)
            assert poll.key == leaflet.LETTERS[right]
            assert len(poll.choices) == len(question.choices)
    for mistake in plans[topic].mistakes:
        for number in mistake.questions:
            known = (*asked[number].choices, *asked[number].mistakes)
            known += asked[number].lines
            assert mistake.title in {each.misconception for each in known}


def test_a_chapter_without_time_for_all_questions_keeps_the_first(site):
    steps = plan.parts(plan.page(site, "hinge").xpath("//article/section")[0])
    polls = list(plan.asked(plan.page(site, "hinge_practice")))
    for step in steps:
        step.polls = polls[:2]

    plan.fewer_polls(steps, 3)

    assert [bool(step.polls) for step in steps[1:-1]].count(True) <= 1
    assert steps[0].polls and steps[-1].polls


def test_a_sentence_is_cut_where_it_ends_and_never_in_a_formula():
    paragraph = html.fragment_fromstring(
        "<p>Take 1.5 of it. Is <b>a. b</b> more?\nThen look. (A note.) It is long.</p>"
    )

    assert [leaflet.flat(s) for s in leaflet.sentences(paragraph)] == [
        "Take 1.5 of it.",
        "Is a. b more?",
        "Then look.",
        "(A note.)",
        "It is long.",
    ]


@pytest.mark.parametrize("topic", TOPICS)
def test_a_worksheet_tells_no_answer(site, practice, topic):
    secrets = leaks.of_worksheet(topic)
    bare = sheets.worksheet(practice[topic], site, with_answers=False)
    full = sheets.worksheet(practice[topic], site, with_answers=True)

    assert leaks.found(bare, secrets) == []
    assert len(leaks.found(full, secrets)) > 40
    asked = bare.xpath('.//ol[@class="questions"]/li')
    assert len(asked) == len(bank.questions(topic))
    cards = bare.xpath('.//table[contains(@class, "cards")]/tbody/tr')
    assert len(cards) == len(bank.cards(topic))
    assert not any("".join(card[1].itertext()) for card in cards)
    assert not bare.xpath('.//a[starts-with(@href, "#")]')  # to what is not there


@pytest.mark.parametrize("topic", COURSE)
def test_a_paper_of_an_exam_tells_no_answer_and_has_three_versions(topic):
    secrets = leaks.of_exam(topic)
    bare = exam.paper(topic, topic, with_answers=False)
    full = exam.paper(topic, topic, with_answers=True)

    assert leaks.found(bare, secrets) == []
    assert len(leaks.found(full, secrets)) > 4
    texts = ["".join(version.itertext()) for version in bare]
    assert len(set(texts)) == len(exam.VERSIONS)
    items = bank.questions(topic, plan.EXAM)
    assert [len(v.xpath("./ol/li")) for v in full] == [len(items)] * 3
    for number, version in enumerate(full):
        said = version.xpath("./ol/li//strong[1]")
        for item, key in zip(items, said, strict=True):
            if item.answer:
                values = item.variants()[number % len(item.variants())].given
                told = float(re.match(r"[−\d.]*\d", key.text)[0].replace("−", "-"))
                assert abs(told - item.answer.value(values)) <= item.answer.tolerance


@pytest.mark.parametrize("place", ["text", "attribute"])
def test_an_answer_or_an_exam_item_on_a_worksheet_would_be_found(site, practice, place):
    for secret in (
        bank.questions("hinge")[0].explanation,
        bank.questions("hinge", plan.EXAM)[2].text,
        "return np.mean(np.maximum(0, 1 - y * scores))",
    ):
        article = deepcopy(practice["hinge"])
        paragraph = article.body.xpath("./section/section/p")[0]
        if place == "text":
            paragraph.text += f" {secret}"
        else:
            paragraph.set("title", secret)
        body = sheets.worksheet(article, site, with_answers=False)

        assert leaks.found(body, leaks.of_worksheet("hinge"))


def test_a_plan_that_is_too_long_is_refused(site, plans):
    with pdf.press() as press:
        long = leaflet.set_out(plans["hinge"])
        long.extend(deepcopy(long) for _ in range(3))

        with pytest.raises(book.BuildError, match=r"'Hinge loss' is too long .* 7"):
            pack.on_one_sheet(press, site, "Hinge loss", long)


def test_the_pack_is_never_written_into_the_site(site):
    with pytest.raises(book.BuildError, match="is in the site, and the pack has keys"):
        pack.build(site / "downloads", site)

    assert not list(site.rglob("*teachers-pack*"))


def test_a_build_that_fails_says_why_and_leaves_the_last_good_pack(site, tmp_path):
    broken = tmp_path / "html"
    (broken / "book").mkdir(parents=True)
    out = tmp_path / "pack"
    out.mkdir()
    last = out / f"{pack.FOLDER}.zip"
    last.write_bytes(b"the last good one")

    with pytest.raises(book.BuildError, match=r"no site in .*make book"):
        pack.build(out, broken)
    for name in ("intro", "what_is_a_loss"):
        shutil.copy(site / f"book/{name}.html", broken / "book")
    with pytest.raises(book.BuildError, match=r"_loss_practice\.html is missing"):
        pack.build(out, broken)
    page = (site / "book/hinge_practice.html").read_text("utf-8")
    (broken / "book/what_is_a_loss_practice.html").write_text(page, "utf-8")
    with pytest.raises(book.BuildError, match=r"other questions .*make book"):
        pack.build(out, broken)

    assert last.read_bytes() == b"the last good one"
    assert list(out.iterdir()) == [last]


def test_slides_and_cartridge_are_named_where_they_are_and_missed_where_not(tmp_path):
    assert pack.missing(tmp_path) == ["slides", "cartridge"]
    for name in ("slides/hinge.html", "cartridge/lossbook.imscc"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_bytes(b"")

    assert pack.missing(tmp_path) == []
    assert pack.slides_of(tmp_path, "") == {"hinge": "doors/slides/hinge.html"}
    assert pack.slides_of(tmp_path, "https://a.example/b/") == {
        "hinge": "https://a.example/b/doors/slides/hinge.html"
    }
    assert list(pack.cartridges(tmp_path)) == ["cartridge/lossbook.imscc"]


def test_items_of_exams_go_to_moodle_and_canvas_whole_and_always_the_same(tmp_path):
    once, again = (
        exam.exported(tmp_path / name, 1_700_000_000) for name in ("one", "two")
    )
    items = {q.id for topic in COURSE for q in bank.questions(topic, plan.EXAM)}
    moodle = ElementTree.parse(once["moodle/lossbook-exam.xml"]).iter("idnumber")  # noqa: S314

    assert {name.text.partition(".")[0] for name in moodle if name.text} == items
    assert [name for name in once if name.startswith("canvas/")] == [
        f"canvas/lossbook-exam_{topic}.zip" for topic in sorted(COURSE)
    ]
    for name, path in once.items():
        assert path.read_bytes() == again[name].read_bytes()


def test_the_pack_has_all_of_it_each_plan_on_one_sheet(site, tmp_path):
    made = pack.build(tmp_path / "pack", site)

    assert list(made.parent.iterdir()) == [made]
    with zipfile.ZipFile(made) as archive:
        files = {
            name.partition("/")[2]: archive.read(name) for name in archive.namelist()
        }
    expected = {
        place.format(topic)
        for topic in TOPICS
        for place in readme.FILES
        if "exam" not in place or topic in COURSE
    }
    assert expected <= set(files)
    page = html.document_fromstring(files["README.html"])
    links = {link for link in page.xpath("//a/@href") if "//" not in link}
    assert expected < links < set(files)

    for name, content in files.items():
        if not name.endswith(".pdf"):
            continue
        with pikepdf.open(io.BytesIO(content)) as paper:
            if name.startswith("plans/"):
                assert len(paper.pages) == 1, name
            with paper.open_outline() as outline:
                headings = {item.title for item in every(outline.root)}
        if name.startswith("worksheets/"):
            assert not headings & {"Answers", "Solutions"}, name
        elif name.endswith("worksheet-answers.pdf"):
            assert {"Answers", "Solutions"} <= headings, name


def test_the_same_site_gives_the_same_papers(site, plans, tmp_path):
    about = pack.formats.about(site)
    twice = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        made = pack.printed(tmp_path / name, site, about, [plans["hinge"]], {})
        twice.append({place: path.read_bytes() for place, path in made.items()})

    assert len(twice[0]) == 5
    assert twice[0] == twice[1]


def every(items):
    """The entries of an outline, and all below them."""
    for item in items:
        yield item
        yield from every(item.children)
