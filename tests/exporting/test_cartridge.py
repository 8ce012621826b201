"""A cartridge holds what Moodle and Canvas read of one, and nothing that they lose."""

import os
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from lxml import etree

from lossbook.exporting.cartridge import (
    Check,
    Folder,
    Link,
    Module,
    Page,
    checkable,
    fault,
    write,
)
from lossbook.study import Choice, bank
from lossbook.topics import TOPICS
from tests.exporting.banks import answered, meant, told

SCHEMAS = os.environ.get("LOSSBOOK_CARTRIDGE_SCHEMAS", "")
LINK = Link("A & b < c", "https://course.example.org/book/hinge.html?a=1&b=2#by-hand")
PAGE = Page("About: it", "<p>What it is.</p>")
NAMESPACE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
KINDS = {
    "links": "imswl_xmlv1p1",
    "pages": "webcontent",
    "checks": "imsqti_xmlv1p2/imscc_xmlv1p1/assessment",
}


@pytest.fixture
def check():
    return Check("Check: hinge", checkable(bank.questions("hinge")))


@pytest.fixture
def made(tmp_path, check):
    """The files of a cartridge with all there can be in one, by their names."""
    modules = (
        Module("Start", (PAGE, LINK)),
        Module("Hinge", (PAGE, LINK, Folder("Sections", (LINK, LINK)), check)),
    )
    write(tmp_path / "a.imscc", "The losses & more", "Three.", modules)
    return read(tmp_path / "a.imscc")


def read(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def contents(manifest):
    """The title of each entry of the contents, with its kind, and with those below."""
    root = ElementTree.fromstring(manifest)  # noqa: S314 - made here
    resources = {r.get("identifier"): r for r in root.iterfind(".//{*}resource")}

    def entry(item):
        refers = item.get("identifierref")
        kind = resources[refers].get("type") if refers else None
        below = [entry(child) for child in item.findall("{*}item")]
        return item.findtext("{*}title"), kind, below

    organizations = root.findall(".//{*}organization")
    assert [o.get("structure") for o in organizations] == ["rooted-hierarchy"]
    return entry(organizations[0].find("{*}item"))


def questions_of(data):
    return ElementTree.fromstring(data).findall(".//{*}item")  # noqa: S314


def test_the_manifest_says_early_what_it_is(made):
    manifest = made["imsmanifest.xml"]

    assert next(iter(made)) == "imsmanifest.xml"
    assert f'xmlns="{NAMESPACE}"'.encode() in manifest[:500]
    assert not re.search(rb"<\w+:(manifest|item|resource)\b", manifest)
    assert b"<schema>IMS Common Cartridge</schema>" in manifest
    assert b"<schemaversion>1.1.0</schemaversion>" in manifest
    (title,) = ElementTree.fromstring(manifest).iterfind(  # noqa: S314
        ".//{http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest}title/*"
    )
    assert title.text == "The losses & more"


def test_modules_hold_what_they_were_given_in_that_order(made, check):
    link, page, quiz = (KINDS[kind] for kind in ("links", "pages", "checks"))
    root, kind, modules = contents(made["imsmanifest.xml"])

    assert (root, kind) == (None, None)
    assert modules == [
        ("Start", None, [(PAGE.title, page, []), (LINK.title, link, [])]),
        (
            "Hinge",
            None,
            [
                (PAGE.title, page, []),
                (LINK.title, link, []),
                ("Sections", None, [(LINK.title, link, []), (LINK.title, link, [])]),
                (check.title, quiz, []),
            ],
        ),
    ]


def test_every_file_is_a_resource_of_its_own(made):
    manifest = ElementTree.fromstring(made["imsmanifest.xml"])  # noqa: S314
    resources = manifest.findall(".//{*}resource")
    files = [r.find("{*}file").get("href") for r in resources]

    assert files == [name for name in made if name != "imsmanifest.xml"]
    for resource, file in zip(resources, files, strict=True):
        assert resource.get("type") == KINDS[file.split("/")[0]]
        assert resource.get("href") == (file if file.endswith(".html") else None)
    names = [e.get("identifier") for e in manifest.iter() if e.get("identifier")]
    assert len(set(names)) == len(names)
    assert {i.get("identifierref") for i in manifest.iterfind(".//{*}item")} >= {
        r.get("identifier") for r in resources
    }


def test_a_link_keeps_its_query_and_its_place(made):
    url = ElementTree.fromstring(made["links/m1_2.xml"]).find("{*}url")  # noqa: S314

    assert url.get("href") == LINK.address


def test_a_question_comes_back_shuffled_with_its_feedback(made, check):
    asked = questions_of(made["checks/m2_4.xml"])

    assert [item.get("title") for item in asked] == [q.id for q in check.questions]
    for item, question in zip(asked, check.questions, strict=True):
        labels = item.findall(".//{*}response_label")
        texts = {
            label.get("ident"): label.findtext(".//{*}mattext") for label in labels
        }
        feedbacks = {
            entry.get("ident"): told(entry.findtext(".//{*}mattext"))
            for entry in item.iterfind("{*}itemfeedback")
        }
        assert told(item.findtext("{*}presentation/{*}material/{*}mattext")) == meant(
            question.text
        )
        assert feedbacks.pop("general_fb") == meant(question.explanation)
        general, *conditions = item.findall(".//{*}respcondition")
        assert general.get("continue") == "Yes"
        for choice, condition in zip(question.shuffled(), conditions, strict=True):
            taken = condition.findtext(".//{*}varequal")
            display = condition.find("{*}displayfeedback")
            points = condition.findtext("{*}setvar")
            assert told(texts[taken]) == meant(choice.text)
            assert (points == "100") == choice.right
            if choice.feedback:
                assert feedbacks[display.get("linkrefid")] == answered(choice)


@pytest.mark.parametrize("topic", TOPICS)
def test_each_topic_has_four_that_survive_on_as_many_goals(topic):
    questions = bank.questions(topic)
    chosen = checkable(questions)
    goals = {question.goal for question in questions if not fault(question)}

    assert len({question.id for question in chosen}) == 4
    assert {question.kind for question in chosen} == {"one"}
    assert len({question.goal for question in chosen}) == min(4, len(goals))
    assert chosen == checkable(questions)


def test_what_moodle_would_turn_into_something_else_is_not_asked():
    one, *_ = checkable(bank.questions("hinge"))
    zero = replace(one, choices=(*one.choices[:2], Choice("$0$", feedback="No.")))
    code = replace(one, text="Is `a<b` so?")

    assert "choice 0" in fault(zero)
    assert "tag" in fault(code)
    assert not fault(replace(one, text="Is $a<b$, or `a < b`, or a<b?"))
    with pytest.raises(ValueError, match="a check needs 4 questions"):
        checkable([one, zero, code])


def test_nothing_written_becomes_a_tag(tmp_path, check):
    one, *others = check.questions
    below = replace(one, text="Is $a<b$, or 1 <b? <script>alert(1)</script>")
    part = replace(check, questions=(below, *others))
    write(tmp_path / "a.imscc", "t", "a", (Module("m", (part,)),))
    (item, *_) = questions_of(read(tmp_path / "a.imscc")["checks/m1_1.xml"])
    text = item.findtext("{*}presentation/{*}material/{*}mattext")

    assert r"\(a&lt; b\)" in text
    # Moodle undoes the escapes once before it looks for tags.
    assert re.findall(r"<\w+", text.replace("&lt;", "<")) == ["<p"]


def test_a_check_of_other_than_four_is_refused(tmp_path, check):
    short = replace(check, questions=check.questions[:3])
    with pytest.raises(ValueError, match=r"Check: hinge.*it has 3 questions, not 4"):
        write(tmp_path / "a.imscc", "t", "a", (Module("m", (short,)),))
    several = next(q for q in bank.questions("hinge") if q.kind == "several")
    mixed = replace(check, questions=(*check.questions[:3], several))
    with pytest.raises(ValueError, match=rf"{several.id} is of the kind 'several'"):
        write(tmp_path / "a.imscc", "t", "a", (Module("m", (mixed,)),))

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address", ["book/hinge.html", "", "javascript:alert(1)"])
def test_a_link_that_leads_nowhere_is_refused(address, tmp_path):
    part = Link("Read", address)
    with pytest.raises(ValueError, match="need the whole address"):
        write(tmp_path / "a.imscc", "t", "a", (Module("m", (part,)),))


def test_the_same_parts_make_the_same_bytes(made, tmp_path, check):
    for name in ("b", "c"):
        write(tmp_path / name, "t", "a", (Module("m", (PAGE, LINK, check)),))

    assert (tmp_path / "b").read_bytes() == (tmp_path / "c").read_bytes()


@pytest.mark.skipif(
    not SCHEMAS,
    reason="no package has the schemas of IMS; name a folder with them, such as "
    "backup/cc/schemas11 of Moodle, in LOSSBOOK_CARTRIDGE_SCHEMAS",
)
@pytest.mark.parametrize(
    ("schema", "folder"),
    [
        ("ccv1p1_imscp_v1p2_v1p0.xsd", "imsmanifest.xml"),
        ("ccv1p1_imswl_v1p1.xsd", "links/"),
        ("ccv1p1_qtiasiv1p2p1_v1p0.xsd", "checks/"),
    ],
)
def test_the_schemas_accept_it(made, schema, folder):
    rules = etree.XMLSchema(etree.parse(Path(SCHEMAS, schema)))
    files = [data for name, data in made.items() if name.startswith(folder)]

    assert files
    for data in files:
        rules.assertValid(etree.fromstring(data))
