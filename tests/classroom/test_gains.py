"""What a class has gained is what was put in, and files of students are only data."""

import csv
import json
import zipfile
from collections import Counter

import lxml.html
import numpy as np
import pytest
from scipy import stats

from classroom.__main__ import main
from classroom.course import CourseError
from classroom.inventory import FORMS, form
from classroom.inventory.commands import write
from classroom.inventory.gain import LEVEL, normalised_gain, student
from classroom.inventory.gains import gains
from classroom.inventory.sheets import read, read_all

ITEMS = 20
HOSTILE = "=1+1 <script>alert(1)</script>"


def saved(who, name, choose, **others):
    """A file of answers; `choose(n)` is None, or the place of a choice in the file."""
    asked = form(name)
    answers = {}
    for number, item in enumerate(asked.items, 1):
        place = choose(number)
        if place is not None:
            wanted = item.choices[place]
            letters = asked.choices(number)
            answers[str(number)] = next(x for x in letters if letters[x] == wanted)
    whole = {"lossbook": "inventory", "version": 1, "form": name}
    whole |= {"edition": asked.edition, "who": who, "answers": answers}
    return json.dumps(whole | others).encode()


def right_up_to(count, wrong=1):
    """So many answers right, the others with a wrong choice, the first by default."""
    return lambda number: 0 if number <= count else wrong


@pytest.fixture
def folders(tmp_path):
    """Two empty folders."""
    (before := tmp_path / "before").mkdir()
    (after := tmp_path / "after").mkdir()
    return before, after


def table(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def classes(rng, count, people, gain, start=(3, 4)):
    """Shares of right answers of classes that gain so much of what they lacked."""
    knows = rng.beta(*start, (count, people))
    after = knows + gain * (1 - knows)
    return (rng.binomial(ITEMS, share) / ITEMS for share in (knows, after))


@pytest.mark.parametrize("people", [10, 30, 200])
@pytest.mark.parametrize("gain", [0.0, 0.3, 0.7])
def test_an_interval_covers_the_true_gain_as_often_as_it_says(people, gain):
    rng = np.random.default_rng(26)
    found = [
        normalised_gain(*each)
        for each in zip(*classes(rng, 400, people, gain), strict=True)
    ]

    covered = np.mean([one.low <= gain <= one.high for one in found])
    # Of 400 intervals the share is uncertain by 1.1 in a hundred.
    assert abs(covered - LEVEL) < 0.035
    assert np.mean([one.value for one in found]) == pytest.approx(gain, abs=0.03)


def test_the_mean_of_own_gains_would_be_biased():
    before, after = classes(np.random.default_rng(7), 400, 30, 0.3)
    keep = before < 1
    own = ((after - before)[keep] / (1 - before)[keep]).mean()

    assert abs(own - 0.3) > 0.03


def test_interval_is_that_of_the_ratio_by_its_definition():
    before, after = (each[0] for each in classes(np.random.default_rng(1), 1, 40, 0.4))
    found = normalised_gain(before, after)

    for edge in (found.low, found.high):
        ratio = 1 - edge
        rest = (1 - after) - ratio * (1 - before)
        error = rest.std(ddof=1) / np.sqrt(len(rest))
        assert abs(rest.mean() / error) == pytest.approx(student(39, LEVEL))


@pytest.mark.parametrize("freedom", [9, 19, 29, 99, 1000])
@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
def test_quantiles_are_those_of_student(freedom, level):
    expected = stats.t.ppf((1 + level) / 2, freedom)

    assert student(freedom, level) == pytest.approx(expected, rel=1e-3)


def test_where_nothing_can_be_said_nothing_is():
    all_right = normalised_gain([1.0] * 12, [1.0] * 12)
    nearly = normalised_gain([1.0] * 11 + [0.9], [1.0] * 12)
    few = normalised_gain([0.2] * 9, [0.6] * 9)

    assert (all_right.value, all_right.low) == (None, None)
    assert (nearly.value, nearly.low, nearly.high) == (1, None, None)
    assert (few.value, few.low) == (pytest.approx(0.5), None)


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ([], [], "same people"),
        ([0.1], [0.1, 0.2], "same people"),
        ([[0.1]], [[0.1]], "same people"),
        ([1.1], [0.1], "between 0 and 1"),
        ([0.1], [-0.1], "between 0 and 1"),
        ([np.nan], [0.1], "between 0 and 1"),
    ],
)
def test_shares_that_cannot_be_are_refused(before, after, why):
    with pytest.raises(ValueError, match=why):
        normalised_gain(before, after)


def test_what_was_put_in_comes_out(folders, tmp_path):
    """Twelve people, half of whom had form A first; six of the items come right."""
    before, after = folders
    for number in range(12):
        first, second = FORMS if number % 2 else FORMS[::-1]
        name = f"code {number}"
        (before / f"{number}.json").write_bytes(saved(name, first, right_up_to(8)))
        now = saved(f" CODE  {number}", second, right_up_to(14))
        (after / f"x{number}.json").write_bytes(now)
    (before / "left.json").write_bytes(saved("went away", FORMS[0], right_up_to(2)))
    (after / "late.json").write_bytes(saved("came late", FORMS[1], right_up_to(20)))

    found = gains(before, after)

    assert [found.gain.before, found.gain.after] == pytest.approx([0.4, 0.7])
    assert found.gain.value == pytest.approx(0.5)
    assert [sheet.who for sheet in found.only_before] == ["went away"]
    assert [sheet.who for sheet in found.only_after] == ["came late"]
    assert [(i.before, i.after) for i in found.items] == (
        [(1, 1)] * 8 + [(0, 1)] * 6 + [(0, 0)] * 6
    )
    wrong = [form(FORMS[0]).target(number) for number in range(9, 21)]
    gone = Counter(wrong[:6]).keys() - set(wrong[6:])
    by_name = {one.misconception: one for one in found.changes}
    assert {n for n, one in by_name.items() if one.gone == 12} == gone
    assert {n for n, one in by_name.items() if one.kept == 12} == set(wrong[6:])
    assert not any(one.new for one in found.changes)
    write(found, tmp_path / "out")
    (row,) = table(tmp_path / "out" / "gain.csv")
    assert (row["pairs"], row["only_before"], row["only_after"]) == ("12", "1", "1")
    assert (row["normalised_gain"], row["right_after"]) == ("0.500", "0.700")


def test_what_is_open_is_neither_right_nor_a_misconception(folders):
    before, after = folders
    (before / "a.json").write_bytes(saved("a", FORMS[0], lambda number: None))
    (after / "a.json").write_bytes(saved("a", FORMS[1], right_up_to(ITEMS - 1, 2)))

    found = gains(before, after)

    assert (found.gain.before, found.gain.after) == (0, 0.95)
    (new,) = [one for one in found.changes if one.gone or one.kept or one.new]
    chosen = form(FORMS[1]).items[-1].choices[2]
    assert (new.misconception, new.new) == (chosen.misconception, 1)


GOOD = json.loads(saved("a", FORMS[0], right_up_to(3)))
DAMAGED = {
    "is not what the page": [
        b"",
        b"\xff\xfe",
        b"{",
        b"[" * 30_000,
        b"[]",
        json.dumps(GOOD | {"more": 1}).encode(),
    ],
    "says something twice": [b'{"who": "a", "who": "b"}'],
    "of another kind": [json.dumps(GOOD | {"version": 2}).encode()],
    "a form that is not there": [
        json.dumps(GOOD | {"form": each}).encode()
        for each in ("../x", None, ["form_a"])
    ],
    "another edition of Form A": [json.dumps(GOOD | {"edition": "0" * 12}).encode()],
    "no name or code": [
        json.dumps(GOOD | {"who": each}).encode() for each in ("", " ", "x" * 81, 7)
    ],
    "has no answers": [json.dumps(GOOD | {"answers": []}).encode()],
    "there are 1 to 20": [
        json.dumps(GOOD | {"answers": {each: "A"}}).encode()
        for each in ("0", "21", "01", "<b>", "")
    ],
    "with none of its letters": [
        json.dumps(GOOD | {"answers": {"3": each}}).encode()
        for each in ("E", "a", "", "AB", 1, None, ["A"], {})
    ],
    "more than 64 kB": [b" " * (64 * 2**10 + 1)],
}


@pytest.mark.parametrize(
    ("why", "data"),
    [(why, each) for why, several in DAMAGED.items() for each in several],
)
def test_a_file_that_is_something_else_is_told(why, data):
    with pytest.raises(ValueError, match=why):
        read(data)


def test_a_good_file_is_read():
    assert read(json.dumps(GOOD).encode()).right.sum() == 3


def test_files_of_a_folder_are_taken_or_told(folders, tmp_path):
    before, _ = folders
    (before / "good.json").write_bytes(saved("Ann", FORMS[0], right_up_to(3)))
    (before / "again.json").write_bytes(saved("ann ", FORMS[0], right_up_to(3)))
    for number in range(2):
        one = saved("Bob", FORMS[0], right_up_to(number))
        (before / f"bob{number}.json").write_bytes(one)
    (before / "bad.json").write_bytes(b"{")
    (before / "notes.txt").write_text("hello")
    (tmp_path / "secret.json").write_bytes(saved("Eve", FORMS[0], right_up_to(9)))
    (before / "link.json").symlink_to(tmp_path / "secret.json")

    sheets, left = read_all(before)

    assert [sheet.who for sheet in sheets] == ["ann"]
    told = "\n".join(left)
    assert "bob0.json, bob1.json: all say that they are of Bob; keep one" in told
    assert "bad.json: is not what the page" in told
    assert "link.json: is a link" in told
    assert "notes.txt: is no file of answers" in told
    assert len(left) == 4


def test_an_archive_of_moodle_is_read(folders):
    before, after = folders
    for place, name in ((before, FORMS[0]), (after, FORMS[1])):
        with zipfile.ZipFile(place / "all.zip", "w") as archive:
            inside = "Ann Lee_12_assignsubmission_file_/form.json"
            archive.writestr(inside, saved("K7", name, right_up_to(5)))

    assert gains(before / "all.zip", after / "all.zip").gain.pairs == 1


def test_nobody_who_answered_twice_or_another_form_is_told(folders, tmp_path):
    before, after = folders
    with pytest.raises(CourseError, match=r"There is no .*nowhere"):
        gains(tmp_path / "nowhere", after)
    (before / "a.json").write_bytes(saved("Ann", FORMS[0], right_up_to(3)))
    with pytest.raises(CourseError, match="after holds no answers that can be taken"):
        gains(before, after)
    (after / "b.json").write_bytes(saved("Bo", FORMS[1], right_up_to(3)))
    with pytest.raises(CourseError, match="Nobody answered both times"):
        gains(before, after)
    with pytest.raises(CourseError, match="cannot be unpacked"):
        gains(before / "a.json", after)
    (after / "a.json").write_bytes(saved("Ann", FORMS[0], right_up_to(9)))
    with pytest.raises(CourseError, match="Ann answered Form A both times"):
        gains(before, after)


def test_the_page_has_the_digits_of_the_tables(folders, tmp_path):
    before, after = folders
    for number in range(12):
        first, second = right_up_to(number % 7), right_up_to(9 + number % 5)
        (before / f"{number}.json").write_bytes(saved(f"K{number}", FORMS[0], first))
        (after / f"{number}.json").write_bytes(saved(f"K{number}", FORMS[1], second))

    page = lxml.html.parse(write(gains(before, after), tmp_path)).getroot()

    said = " ".join(page.text_content().split())
    (row,) = table(tmp_path / "gain.csv")
    shares = [row["right_before"], row["right_after"], row["normalised_gain"]]
    for share in shares:
        assert f"{float(share):.1%}" in said
    low, high = row["interval_low"], row["interval_high"]
    assert f"The normalised gain is {row['normalised_gain']}: of what" in said
    assert f"confidence interval: {low} to {high}." in said
    for item in table(tmp_path / "questions.csv"):
        assert f"{float(item['right_before']):.1%}" in said


def test_nobody_is_named_who_was_not_asked_for(folders, tmp_path, capsys):
    before, after = folders
    for name in ("Gwendolyn", HOSTILE):
        file = f"{len(name)}.json"
        (before / file).write_bytes(saved(name, FORMS[0], right_up_to(3)))
        (after / file).write_bytes(saved(name, FORMS[1], right_up_to(9)))
    (before / "o.json").write_bytes(saved("Only Once", FORMS[0], right_up_to(3)))
    words = ["gains", str(before), str(after), "--to", str(tmp_path / "out")]

    assert main([*words, "--names"]) == 0
    said = capsys.readouterr().out
    named = {p.name: p.read_text("utf-8-sig") for p in (tmp_path / "out").iterdir()}
    people = table(tmp_path / "out" / "people.csv")
    assert main(words) == 0
    unnamed = "".join(p.read_text("utf-8") for p in (tmp_path / "out").iterdir())

    assert "2 answered both times, 1 only before, 0 only after" in said
    page = lxml.html.fromstring(named["index.html"])
    assert not page.xpath("//script | //@onerror")
    assert "alert(1)" in page.text_content() and "Only Once" in page.text_content()
    assert {row["name"] for row in people} >= {"Gwendolyn", "Only Once"}
    assert not any(row["name"].startswith("=") for row in people)
    for name in ("Gwendolyn", "alert(1)", "Only Once"):
        assert name not in unnamed
    assert not (tmp_path / "out" / "people.csv").exists()
