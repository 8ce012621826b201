"""What Anki holds after an import is what the bank holds; imports do not pile up."""

import re

import pytest
from anki.collection import (
    Collection,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
)

from lossbook.exporting import export
from lossbook.exporting.anki import NOTES
from lossbook.exporting.items import number, shown
from lossbook.study import bank
from tests.exporting.banks import (
    EVERY_KIND,
    HOSTILE,
    KEYS,
    answered,
    hostile,
    items,
    keyed,
    meant,
    programs,
    squeezed,
    told,
    undrawn_are,
    write_bank,
)


class Anki:
    """A collection of the real program, which has no window."""

    def __init__(self, folder):
        self.collection = Collection(str(folder / "collection.anki2"))

    def take_in(self, path):
        """Import a package; how many notes were new, updated and known."""
        log = self.collection.import_anki_package(
            ImportAnkiPackageRequest(
                package_path=str(path), options=ImportAnkiPackageOptions()
            )
        ).log
        assert not log.conflicting
        return len(log.new), len(log.updated), len(log.duplicate)

    def notes(self, kind):
        """The notes on questions or cards, by name."""
        found = self.collection.find_notes(f"tag:{kind}")
        notes = [self.collection.get_note(number) for number in found]
        assert len({note["Name"] for note in notes}) == len(notes)
        return {note["Name"]: note for note in notes}


@pytest.fixture
def anki(tmp_path):
    result = Anki(tmp_path)
    yield result
    result.collection.close()


def package(folder, out, date, monkeypatch):
    """The package of a bank that was last changed on a date."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(date))
    (path,) = export("anki", folder=folder, out=out).files
    return path


def test_every_question_of_the_banks_comes_back(folder, exported, anki):
    result = exported("anki", folder)
    anki.take_in(result.files[0])
    notes = anki.notes("question")

    assert result.differences == undrawn_are(folder) | programs(folder)
    assert set(notes) == set(items(folder, NOTES))
    for name, question in items(folder, NOTES).items():
        text = meant(question.text)
        if question.answer and question.answer.unit:
            text += f"\n\nAnswer in {question.answer.unit}."
        assert told(notes[name]["Text"]) == text
        assert set(notes[name].tags) == {"question", question.kind, question.topic}
        explanation = told(notes[name]["Explanation"])
        assert explanation.startswith(meant(question.explanation))


def test_right_and_wrong_answers_come_back_with_their_feedback(folder, exported, anki):
    anki.take_in(exported("anki", folder).files[0])
    notes = anki.notes("question")

    for name, question in items(folder, NOTES).items():
        choices = told(notes[name]["Choices"]).split("\n\n")[1:]
        answer = squeezed(told(notes[name]["Answer"]))
        explanation = squeezed(told(notes[name]["Explanation"]))
        wanted = [r for c in question.choices for r in meant(c.text).split("\n\n")]
        assert sorted(choices) == sorted(wanted)
        if question.answer:
            tolerance = question.answer.tolerance
            key = shown(number(question.answer.value(question.given), tolerance))
            assert answer.startswith(f"{key} ± {tolerance}")
            assert answer.endswith(question.answer.unit)
        for choice in question.choices:
            is_told = choice.right or question.kind == "ordering"
            assert (squeezed(meant(choice.text)) in answer) == is_told or not is_told
            if choice.feedback and not choice.right:
                line = f"{meant(choice.text)}: {answered(choice)}"
                assert squeezed(line) in explanation
        for mistake in question.mistakes:
            value = number(mistake.value(question.given), tolerance)
            line = f"{shown(value)}: {answered(mistake)}"
            assert squeezed(line) in explanation


def test_what_is_to_be_ordered_is_answered_in_order(every_kind, tmp_path, anki):
    anki.take_in(export("anki", folder=every_kind, out=tmp_path).files[0])
    note = anki.notes("question")["sorted"]

    assert note["Answer"] == (
        "<ol><li>a</li><li>\\(b\\)</li><li><code>c</code></li><li>last</li></ol>"
    )
    assert told(note["Choices"]).split("\n\n")[1:] != ["a", "\\(b\\)", "c", "last"]


def test_every_card_comes_back(exported, anki):
    anki.take_in(exported("anki", None).files[0])
    cards = {card.id: card for topic in bank.topics() for card in bank.cards(topic)}
    notes = anki.notes("card")

    assert set(notes) == set(cards)
    for name, card in cards.items():
        assert told(notes[name]["Front"]) == meant(card.front)
        assert told(notes[name]["Back"]) == meant(card.back)


def test_every_topic_has_a_deck(exported, anki):
    anki.take_in(exported("anki", None).files[0])
    decks = {deck.name: deck.id for deck in anki.collection.decks.all_names_and_ids()}

    for topic in bank.topics():
        name = f"lossbook::{topic.replace('_', ' ').capitalize()}"
        # Each is a note of its own: with three of the rows there is enough to learn.
        count = sum(min(NOTES, len(q.variants())) for q in bank.questions(topic))
        count += len(bank.cards(topic))
        assert anki.collection.decks.card_count(decks[name], False) == count


def test_a_second_import_adds_nothing(exported, anki):
    (path,) = exported("anki", None).files
    new, _, _ = anki.take_in(path)

    assert new == anki.collection.card_count() > 200
    assert anki.take_in(path) == (0, 0, new)
    assert anki.collection.card_count() == new


def test_a_changed_text_is_updated_and_not_added_again(
    every_kind, tmp_path, anki, monkeypatch
):
    anki.take_in(package(every_kind, tmp_path, 1_800_000_000, monkeypatch))
    before = anki.notes("question")
    write_bank(every_kind, EVERY_KIND.replace("Order them.", "Sort them."))
    new, updated, _ = anki.take_in(
        package(every_kind, tmp_path, 1_800_000_060, monkeypatch)
    )

    assert new == 0
    assert updated > 0
    after = anki.notes("question")
    assert {n: note.id for n, note in before.items()} == {
        n: note.id for n, note in after.items()
    }
    assert after["sorted"]["Text"] == "<p>Sort them.</p>"


def test_a_question_of_one_topic_only_goes_into_the_same_deck(tmp_path, exported, anki):
    anki.take_in(exported("anki", None).files[0])
    decks = len(anki.collection.decks.all_names_and_ids())
    (path,) = export("anki", topic="hinge", out=tmp_path).files

    assert path.name == "lossbook_hinge.apkg"
    assert anki.take_in(path)[:2] == (0, 0)
    assert len(anki.collection.decks.all_names_and_ids()) == decks


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back_as_text(text, tmp_path, anki):
    bank_folder = write_bank(tmp_path / "bank", hostile(text))
    anki.take_in(export("anki", folder=bank_folder, out=tmp_path).files[0])
    notes = anki.notes("question")

    for name, question in items(bank_folder).items():
        assert told(notes[name]["Text"]).startswith(meant(question.text))
        choices = told(notes[name]["Choices"]).split("\n\n")[1:]
        wanted = [r for c in question.choices for r in meant(c.text).split("\n\n")]
        assert sorted(choices) == sorted(wanted)
        (card,) = notes[name].cards()
        assert card.question_av_tags() == card.answer_av_tags() == []
        assert "<img" not in card.answer()
        assert "<script" not in card.answer()


@pytest.mark.parametrize(("key", "tolerance"), KEYS)
def test_a_number_reads_back_as_the_same_within_its_tolerance(
    key, tolerance, tmp_path, anki
):
    folder = write_bank(tmp_path / "bank", keyed(key, tolerance))
    result = export("anki", folder=folder, out=tmp_path)
    anki.take_in(result.files[0])
    note = anki.notes("question")["count"]

    read, width = squeezed(told(note["Answer"])).split(" nats")[0].split(" ± ")
    assert float(read) == pytest.approx(key, rel=0, abs=tolerance / 100)
    assert float(width) == tolerance
    mistake = re.search(r"(\S+): In bits", told(note["Explanation"]))[1]
    wrong = key + 10 * tolerance
    assert float(mistake) == pytest.approx(wrong, rel=0, abs=tolerance / 100)
    assert result.differences == undrawn_are(folder) | programs(folder)
