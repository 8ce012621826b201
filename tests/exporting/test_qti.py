"""What Canvas reads is what the bank holds, and its identifiers last."""

import math
import zipfile
from decimal import Decimal
from fractions import Fraction
from xml.etree import ElementTree

import pytest

from lossbook.exporting import export
from lossbook.study.bank import topics
from tests.exporting.banks import (
    EVERY_KIND,
    HOSTILE,
    KEYS,
    answered,
    answers_near,
    hostile,
    items,
    keyed,
    meant,
    told,
    write_bank,
)

TYPES = {
    "one": "multiple_choice_question",
    "several": "multiple_answers_question",
    "numeric": "numerical_question",
    "ordering": "multiple_choice_question",
}


def read(path):
    """The assessment of an archive; what its manifest lists is there, and only that."""
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        manifest = ElementTree.fromstring(archive.read("imsmanifest.xml"))  # noqa: S314
        files = {file.get("href") for file in manifest.iterfind(".//{*}file")}
        assert names == files | {"imsmanifest.xml"}
        (name,) = (file for file in files if not file.endswith("meta.xml"))
        return ElementTree.fromstring(archive.read(name))  # noqa: S314


def entries(paths):
    """The items of archives by their titles, which are names of the bank."""
    found = [item for path in paths for item in read(path).iterfind(".//{*}item")]
    result = {item.get("title"): item for item in found}
    assert len(result) == len(found)
    return result


def metadata(item):
    return {
        part.findtext("{*}fieldlabel"): part.findtext("{*}fieldentry")
        for part in item.iterfind(".//{*}qtimetadatafield")
    }


def choices(item):
    """The texts of the choices by their identifiers."""
    return {
        label.get("ident"): told(label.findtext(".//{*}mattext"))
        for label in item.iterfind(".//{*}render_choice/{*}response_label")
    }


def right(item):
    """What is to be chosen, and what is not, of the condition that gives the points."""
    condition = item.find(".//{*}setvar/../{*}conditionvar")
    wrong = {node.text for node in condition.iterfind(".//{*}not/{*}varequal")}
    chosen = {node.text for node in condition.iterfind(".//{*}varequal")} - wrong
    return chosen, wrong


def feedback(item):
    """The feedback by its identifier; each is shown by a condition."""
    result = {
        part.get("ident"): told(part.findtext(".//{*}mattext"))
        for part in item.iterfind("{*}itemfeedback")
    }
    shown = {p.get("linkrefid") for p in item.iterfind(".//{*}displayfeedback")}
    assert shown == set(result)
    return result


def test_every_question_of_the_banks_comes_back(folder, exported):
    result = exported("qti", folder)
    found = entries(result.files)
    bank = items(folder)

    assert len(result.files) == len(topics(folder))
    assert list(found) == list(bank)
    for name, question in bank.items():
        text = meant(question.text)
        if question.answer and question.answer.unit:
            text += f"\n\nAnswer in {question.answer.unit}."
        assert metadata(found[name])["question_type"] == TYPES[question.kind]
        assert told(found[name].findtext("{*}presentation/{*}material/{*}mattext")) == (
            text
        )
        assert feedback(found[name])["general_fb"] == meant(question.explanation)


def test_choices_come_back_with_their_feedback(folder, exported):
    found = entries(exported("qti", folder).files)

    for name, question in items(folder).items():
        if question.kind not in ("one", "several"):
            continue
        texts, said = choices(found[name]), feedback(found[name])
        chosen, avoided = right(found[name])
        assert list(texts.values()) == [meant(c.text) for c in question.choices]
        for ident, choice in zip(texts, question.choices, strict=True):
            assert (ident in chosen) == choice.right
            if question.kind == "several":
                assert (ident in avoided) != choice.right
            expected = answered(choice) if choice.feedback else None
            assert said.get(f"{ident}_fb") == expected, name


def test_numbers_come_back_with_tolerance_and_mistakes(folder, exported):
    found = entries(exported("qti", folder).files)

    for name, question in items(folder).items():
        if question.kind != "numeric":
            continue
        condition = found[name].find(".//{*}setvar/../{*}conditionvar")
        exact, low, high = (
            float(condition.findtext(f".//{{*}}{tag}"))
            for tag in ("varequal", "vargte", "varlte")
        )
        key, tolerance = (
            question.answer.value(question.given),
            question.answer.tolerance,
        )
        assert exact == pytest.approx(key, rel=0, abs=tolerance / 1000)
        assert (low, high) == pytest.approx((exact - tolerance, exact + tolerance))
        known = feedback(found[name]).get("general_incorrect_fb", "")
        assert bool(known) == bool(question.mistakes)
        for mistake in question.mistakes:
            assert answered(mistake) in known


def test_what_is_to_be_ordered_is_a_choice_between_sequences(folder, exported):
    found = entries(exported("qti", folder).files)

    for name, question in items(folder).items():
        if question.kind == "ordering":
            texts = choices(found[name])
            in_order = "\n\n".join(meant(choice.text) for choice in question.choices)
            (chosen,), _ = right(found[name])
            assert texts[chosen] == in_order
            assert len(set(texts.values())) == len(texts) == 4


def test_what_canvas_cannot_hold_is_told(every_kind, tmp_path):
    assert export("qti", folder=every_kind, out=tmp_path).differences == {
        "a sketch became a choice between curves in words": ["drawn"],
        "lines to put in order became a choice between whole programs": ["program"],
        "ordering became a choice between sequences": ["sorted"],
        "feedback on known mistakes is shown after every wrong number": ["count"],
        "the tolerance is below what Canvas keeps of an answer, four decimals and "
        "15 digits; widen it, or ask in another unit": ["count"],
    }


def test_of_the_variants_each_student_gets_one(every_kind, tmp_path):
    (path,) = export("qti", folder=every_kind, out=tmp_path).files
    (group,) = read(path).findall(".//{*}section/{*}section")

    assert group.findtext(".//{*}selection_number") == "1"
    assert [i.get("title") for i in group.iterfind("{*}item")] == ["count", "count.2"]


def test_a_key_near_zero_keeps_its_digits(tmp_path):
    text = EVERY_KIND.replace('"-math.log(p)"', '"1e-7 * p"')
    bank = write_bank(tmp_path / "bank", text.replace("0.00005", "1e-9"))
    found = entries(export("qti", folder=bank, out=tmp_path).files)

    condition = found["count"].find(".//{*}setvar/../{*}conditionvar")
    assert condition.findtext(".//{*}varequal") == "0.00000007"
    assert condition.findtext(".//{*}vargte") == "0.000000069"


def identifiers(path):
    return [node.get("ident") for node in read(path).iter() if node.get("ident")]


def test_identifiers_last_when_a_text_changes(every_kind, tmp_path):
    (path,) = export("qti", folder=every_kind, out=tmp_path).files
    before = identifiers(path)
    for old, new in [("Which?", "What?"), ("wrong", "false"), ("So it goes.", "So.")]:
        text = (every_kind / "hinge.toml").read_text("utf-8").replace(old, new)
        write_bank(every_kind, text)
    export("qti", folder=every_kind, out=tmp_path)

    assert identifiers(path) == before


def test_a_new_question_leaves_the_identifiers_of_the_others(every_kind, tmp_path):
    (path,) = export("qti", folder=every_kind, out=tmp_path).files
    before = identifiers(path)
    extra = EVERY_KIND.partition("\n\n[[question]]")[0].replace("only-one", "new")
    write_bank(every_kind, EVERY_KIND + extra)
    export("qti", folder=every_kind, out=tmp_path)

    assert identifiers(path)[: len(before)] == before


def test_the_order_of_the_choices_is_left_to_canvas(every_kind, tmp_path):
    (path,) = export("qti", folder=every_kind, out=tmp_path).files
    with zipfile.ZipFile(path) as archive:
        (meta,) = (name for name in archive.namelist() if name.endswith("meta.xml"))
        root = ElementTree.fromstring(archive.read(meta))  # noqa: S314

    assert root.findtext("{*}shuffle_answers") == "true"
    assert root.findtext("{*}title") == "bank: Hinge"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back_as_text(text, tmp_path):
    bank = write_bank(tmp_path / "bank", hostile(text))
    found = entries(export("qti", folder=bank, out=tmp_path).files)

    assert list(found) == list(items(bank))
    for name, question in items(bank).items():
        item = found[name]
        assert told(item.findtext("{*}presentation/{*}material/{*}mattext")).startswith(
            meant(question.text)
        )
        texts = [meant(choice.text) for choice in question.choices]
        if question.kind == "ordering":
            assert "\n\n".join(texts) in choices(item).values()
        else:
            assert list(choices(item).values()) == texts


def counts_as(value, condition):
    """What Canvas decides of an answer, of which its page keeps four decimals."""
    exact, high = (
        Decimal(condition.findtext(f".//{{*}}{tag}")) for tag in ("varequal", "varlte")
    )
    value, margin = Decimal(repr(round(value, 4))), high - exact
    return exact - margin <= value <= exact + margin


@pytest.mark.parametrize(("key", "tolerance"), KEYS)
def test_a_number_is_judged_within_its_tolerance_or_reported(key, tolerance, tmp_path):
    bank = write_bank(tmp_path / "bank", keyed(key, tolerance))
    result = export("qti", folder=bank, out=tmp_path)
    condition = entries(result.files)["count"].find(".//{*}setvar/../{*}conditionvar")
    texts = [
        condition.findtext(f".//{{*}}{tag}") for tag in ("vargte", "varequal", "varlte")
    ]
    reported = [
        d for d, names in result.differences.items() if d.startswith("the tolerance")
    ]

    if tolerance < max(1e-4, 10 * math.ulp(key)):
        assert len(reported) == 1
        assert result.differences[reported[0]] == ["count"]
    else:
        assert reported == []
        surely_right, _ = answers_near(key, tolerance - 5e-5)  # once it is rounded
        _, surely_wrong = answers_near(key, tolerance + 5e-5)
        assert all(counts_as(value, condition) for value in surely_right)
        assert not any(counts_as(value, condition) for value in surely_wrong)
    low, exact, high = map(Fraction, texts)
    assert float(exact) == pytest.approx(key, rel=0, abs=tolerance / 100)
    assert high - exact == exact - low == Fraction(repr(tolerance))
    assert not any("e" in text.lower() for text in texts)  # New Quizzes hide such


def test_a_tolerance_of_0_and_an_integer_without_a_float_are_refused(tmp_path):
    for text, says in {
        keyed(0.25, 0): "the tolerance must be above 0, got 0",
        EVERY_KIND.replace("-math.log(p)", "2**53 + 1"): "more digits than a float",
        EVERY_KIND.replace("-math.log(p)", "10**400"): "more digits than a float",
    }.items():
        with pytest.raises(ValueError, match=says):
            export("qti", folder=write_bank(tmp_path / "bank", text), out=tmp_path)
