"""What Moodle reads is what the bank holds."""

from xml.etree import ElementTree

import pytest

from lossbook.exporting import export
from tests.exporting.banks import (
    HOSTILE,
    KEYS,
    answered,
    answers_near,
    hostile,
    items,
    keyed,
    meant,
    programs,
    told,
    undrawn_are,
    write_bank,
)

# The shares of a point that Moodle accepts in a file.
FRACTIONS = {
    "100",
    "50",
    "33.33333",
    "25",
    "20",
    "-100",
    "-50",
    "-33.33333",
    "-25",
    "0",
}
TYPES = {
    "one": "multichoice",
    "several": "multichoice",
    "numeric": "numerical",
    "ordering": "matching",
}


def read(path):
    """The entries of a file by id number, and the category of each."""
    entries, category_of, category = {}, {}, None
    for entry in ElementTree.parse(path).getroot():  # noqa: S314 - made here
        if entry.get("type") == "category":
            category = entry.findtext("category/text")
        else:
            name = entry.findtext("idnumber")
            assert name not in entries
            entries[name], category_of[name] = entry, category
    return entries, category_of


def answers(entry):
    """The answers of an entry by what they say: the share and the feedback."""
    return {
        told(answer.findtext("text")): (
            answer.get("fraction"),
            told(answer.findtext("feedback/text")),
        )
        for answer in entry.findall("answer")
    }


def places_of(entry):
    """The places of what is to be ordered, by what it says."""
    return {
        told(part.findtext("text")): part.findtext("answer/text")
        for part in entry.findall("subquestion")
    }


def test_every_question_of_the_banks_comes_back(folder, exported):
    (path,) = exported("moodle", folder).files
    entries, category_of = read(path)
    bank = items(folder)

    assert list(entries) == list(bank)
    for name, question in bank.items():
        entry = entries[name]
        text = meant(question.text)
        if question.answer and question.answer.unit:
            text += f"\n\nAnswer in {question.answer.unit}."
        assert entry.get("type") == TYPES[question.kind]
        assert entry.findtext("name/text") == name
        assert told(entry.findtext("questiontext/text")) == text
        assert told(entry.findtext("generalfeedback/text")) == meant(
            question.explanation
        )
        title = question.topic.replace("_", " ").capitalize()
        assert f"/{title}" in category_of[name]


def test_choices_come_back_with_their_feedback(folder, exported):
    (path,) = exported("moodle", folder).files
    entries, _ = read(path)

    for name, question in items(folder).items():
        if question.kind not in ("one", "several"):
            continue
        found = answers(entries[name])
        assert len(found) == len(question.choices)
        for choice in question.choices:
            fraction, feedback = found[meant(choice.text)]
            assert (float(fraction) > 0) == choice.right, name
            assert feedback == (answered(choice) if choice.feedback else ""), name
            assert fraction in FRACTIONS


def test_numbers_come_back_with_tolerance_and_mistakes(folder, exported):
    (path,) = exported("moodle", folder).files
    entries, _ = read(path)

    for name, question in items(folder).items():
        if question.kind != "numeric":
            continue
        right, *wrong = entries[name].findall("answer")
        assert right.get("fraction") == "100"
        key = question.answer.value(question.given)
        near = {"rel": 0, "abs": question.answer.tolerance / 1000}
        assert float(right.findtext("text")) == pytest.approx(key, **near)
        assert float(right.findtext("tolerance")) == question.answer.tolerance
        for answer, mistake in zip(wrong, question.mistakes, strict=True):
            number = mistake.value(question.given)
            assert answer.get("fraction") == "0"
            assert float(answer.findtext("text")) == pytest.approx(number, **near)
            assert told(answer.findtext("feedback/text")) == answered(mistake)


def test_what_is_to_be_ordered_is_matched_with_its_place(folder, exported):
    result = exported("moodle", folder)
    entries, _ = read(result.files[0])
    places = ["first", "second", "third", "fourth", "fifth", "sixth"]
    bank = {n: q for n, q in items(folder).items() if q.kind == "ordering"}

    for name, question in bank.items():
        place_of = places_of(entries[name])
        in_order = sorted(place_of, key=lambda text: places.index(place_of[text]))
        assert in_order == [meant(choice.text) for choice in question.choices]
    assert result.differences == undrawn_are(folder) | {
        "ordering became matching each thing with its place": list(bank)
    } | programs(folder)


def read_natively(entry):
    """What `import_from_xml` of Moodle's question/type/ordering/questiontype.php takes.

    Its defaults are others than what is meant, so each option must be there.
    """
    options = {
        name: entry.findtext(name)
        for name in ("layouttype", "selecttype", "selectcount", "gradingtype")
    }
    # The database takes no empty one of these.
    assert entry.findtext("shownumcorrect") == "1"
    for name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        assert told(entry.findtext(f"{name}/text"))
    answers = entry.findall("answer")
    places = [answer.get("fraction") for answer in answers]
    assert places == [str(place) for place in range(1, len(answers) + 1)]
    assert not entry.findall("subquestion")
    return options, [told(answer.findtext("text")) for answer in answers]


def test_ordering_is_asked_natively_if_that_is_wanted(folder, exported, tmp_path):
    result = export("moodle", folder=folder, out=tmp_path, native_ordering=True)
    usual = exported("moodle", folder)
    entries, _ = read(result.files[0])
    bank = {n: q for n, q in items(folder).items() if q.kind == "ordering"}

    assert bank
    for name, question in bank.items():
        assert entries[name].get("type") == "ordering"
        options, texts = read_natively(entries[name])
        assert options == {
            "layouttype": "VERTICAL",
            "selecttype": "ALL",
            "selectcount": str(len(question.choices)),
            "gradingtype": "ABSOLUTE_POSITION",
        }
        assert texts == [meant(choice.text) for choice in question.choices]
    assert result.differences == undrawn_are(folder) | programs(folder)
    others, _ = read(usual.files[0])
    for name in set(entries) - set(bank):
        assert ElementTree.tostring(entries[name]) == ElementTree.tostring(others[name])


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back_from_native_ordering(text, tmp_path):
    bank = write_bank(tmp_path / "bank", hostile(text))
    (path,) = export("moodle", folder=bank, out=tmp_path, native_ordering=True).files
    entries, _ = read(path)

    _, texts = read_natively(entries["sorted"])
    assert texts == [meant(c.text) for c in items(bank)["sorted"].choices]


def test_a_sketch_is_a_choice_between_curves_in_words(every_kind, tmp_path):
    (path,) = export("moodle", folder=every_kind, out=tmp_path).files
    entry = read(path)[0]["drawn"]

    text = "Draw it.\n\nWhich description fits?"
    assert told(entry.findtext("questiontext/text")) == text
    assert answers(entry) == {
        "right and round": ("100", ""),
        "straight": ("0", "Not so."),
        "flat": ("0", "No. Common error: “Log base 2”."),
    }


def test_several_right_answers_share_the_point_and_wrong_ones_take_it(
    every_kind, tmp_path
):
    (path,) = export("moodle", folder=every_kind, out=tmp_path).files
    entries, _ = read(path)

    shares = {text: share for text, (share, _) in answers(entries["some"]).items()}
    assert shares == {
        "right 1": "33.33333",
        "right 2": "33.33333",
        "right 3": "33.33333",
        "wrong 1": "-50",
        "wrong 2": "-50",
    }
    assert entries["some"].findtext("single") == "false"
    assert entries["only-one"].findtext("single") == "true"


def test_moodle_is_asked_to_shuffle(every_kind, tmp_path):
    (path,) = export("moodle", folder=every_kind, out=tmp_path).files
    entries, _ = read(path)

    for name in ("only-one", "some", "sorted"):
        assert entries[name].findtext("shuffleanswers") == "1"


def test_the_variants_of_a_question_have_a_category_to_draw_from(every_kind, tmp_path):
    (path,) = export("moodle", folder=every_kind, out=tmp_path).files
    _, category_of = read(path)

    assert category_of["count"] == category_of["count.2"]
    assert category_of["count"] == f"{category_of['some']}/count"
    assert category_of["sorted"] == category_of["only-one"] == category_of["some"]


def test_a_changed_bank_gets_a_category_of_another_name(every_kind, tmp_path):
    def category():
        (path,) = export("moodle", folder=every_kind, out=tmp_path).files
        return read(path)[1]["some"]

    before = category()
    assert category() == before
    text = (every_kind / "hinge.toml").read_text("utf-8")
    (every_kind / "hinge.toml").write_text(text.replace("Which?", "Which ones?"))
    assert category() != before
    assert category().startswith("$course$/top/bank (")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back_as_text(text, tmp_path):
    bank = write_bank(tmp_path / "bank", hostile(text))
    (path,) = export("moodle", folder=bank, out=tmp_path).files
    entries, _ = read(path)

    assert list(entries) == list(items(bank))
    for name, question in items(bank).items():
        assert told(entries[name].findtext("questiontext/text")).startswith(
            meant(question.text)
        )
        if question.kind == "ordering":
            texts = {meant(choice.text) for choice in question.choices}
            assert set(places_of(entries[name])) == texts
            continue
        found = answers(entries[name])
        for choice in question.choices:
            feedback = answered(choice) if choice.feedback else ""
            assert found[meant(choice.text)][1] == feedback


def test_what_looks_like_mathematics_is_not_drawn(tmp_path):
    bank = write_bank(tmp_path / "bank", hostile(r"\(x\) and \[y\]"))
    (path,) = export("moodle", folder=bank, out=tmp_path).files
    entries, _ = read(path)

    html = entries["sorted"].findtext("questiontext/text")
    assert r"\(" not in html
    assert r"\[" not in html


def counts_as(value, answer):
    """What Moodle's numerical questions decide: get_tolerance_interval, nominal."""
    key, tolerance = float(answer.findtext("text")), float(answer.findtext("tolerance"))
    slack = tolerance + 1e-14 * max(1, abs(key))
    return key - slack <= value <= key + slack


@pytest.mark.parametrize(("key", "tolerance"), KEYS)
def test_a_number_is_judged_within_its_tolerance_or_reported(key, tolerance, tmp_path):
    bank = write_bank(tmp_path / "bank", keyed(key, tolerance))
    result = export("moodle", folder=bank, out=tmp_path)
    (right, mistake) = read(result.files[0])[0]["count"].findall("answer")
    reported = [d for d, names in result.differences.items() if "count" in names]

    if tolerance < 1e-13 * max(1, abs(key)):
        assert len(reported) == 1
        assert "below the 14 digits that Moodle compares; widen it" in reported[0]
    else:
        assert reported == []
        in_range, out_of_range = answers_near(key, tolerance)
        assert all(counts_as(value, right) for value in in_range)
        assert not any(counts_as(value, right) for value in out_of_range)
        assert counts_as(key + 10 * tolerance, mistake)
    assert float(right.findtext("text")) == pytest.approx(
        key, rel=0, abs=tolerance / 100
    )


def test_a_number_has_no_more_digits_than_its_tolerance_asks_for(folder, exported):
    entries, _ = read(exported("moodle", folder).files[0])

    for name, question in items(folder).items():
        for answer in entries[name].findall("answer") if question.answer else []:
            text = answer.findtext("text")
            assert len(text.strip("-0.").replace(".", "")) <= 8, (name, text)
