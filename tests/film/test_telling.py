"""What is in a film when, and what stands beside it, without making one."""

from functools import cache
from itertools import pairwise

import pytest

from lossbook.lessons import score, scored
from tools import ROOT
from tools.build.film import __main__ as film, telling
from tools.build.film.planning import FPS, GLIDE, HOLD, SHOWN, film_time, plan

STOP = HOLD + SHOWN
# A dot that moves for a second, between a question to choose and one to drag.
SMALL = {
    "seconds": 4.0,
    "start": {"show": "curve", "lit": "", "curve.x": 0.0},
    "moves": [[2.0, 1.0, {"curve.x": 1.0}]],
    "lines": [[0.2, 1.0], [2.0, 3.0]],
    "chapters": [{"at": 0.0, "title": "One; two"}, {"at": 1.8, "title": "Three"}],
    "asks": [
        {"at": 1.21, "question": "?", "options": ["a", "b"], "right": 1},
        {"at": 3.5, "question": "?", "drag": "curve.x", "right": 2.0},
    ],
    "stages": {},
}
compiled = cache(film.compiled)
every_topic = pytest.mark.parametrize("topic", scored())


def seconds(pictures):
    return sum(picture.frames for picture in pictures) / FPS


def test_a_question_stands_still_then_its_answer_is_shown():
    held = [each for each in plan(SMALL) if each.ask == 0]

    assert [each.answer > 0 for each in held] == [False, True]
    assert [each.time for each in held] == [1.21, 1.21]
    for each, expected in zip(held, (HOLD, SHOWN), strict=True):
        assert abs(each.frames / FPS - expected) <= 1.01 / FPS


def test_a_figure_goes_to_the_answer_that_is_dragged():
    answers = [each.answer for each in plan(SMALL) if each.ask == 1]

    assert answers == sorted(set(answers))
    assert answers[0] == 0 and answers[-1] == 1
    assert len(answers) == pytest.approx(GLIDE * FPS + 1, abs=1)


def test_only_what_changes_is_a_picture_of_its_own():
    moving = [each for each in plan(SMALL) if each.ask is None]

    assert sum(each.frames for each in moving) / FPS == pytest.approx(4, abs=1 / FPS)
    assert len(moving) == pytest.approx(FPS + 4, abs=2)


def test_however_many_questions_the_film_keeps_time_with_its_sound():
    asks = [SMALL["asks"][0] | {"at": 0.1 + 0.37 * number} for number in range(10)]
    pictures = list(plan(SMALL | {"asks": asks}))
    begun = 0
    for each in pictures:
        if each.ask is None and each.time > 3.5:
            late = begun / FPS - each.time - 10 * STOP
            assert abs(late) < 1e-9
        begun += each.frames

    assert seconds(pictures) == pytest.approx(4 + 10 * STOP, abs=1 / FPS)


def test_what_comes_after_a_question_comes_later_in_the_film():
    assert [film_time(SMALL, at) for at in (1.0, 1.21, 2.0, 4.0)] == [
        1.0,
        1.21,
        2.0 + STOP,
        4.0 + 2 * STOP,
    ]


@every_topic
def test_every_sentence_has_a_caption_at_its_time_in_the_film(topic):
    lesson = compiled(topic)
    cues = telling.captions(lesson, score(topic)).split("\n\n")
    times = [cue.splitlines()[0].split(" --> ") for cue in cues[1:]]
    read = [
        [60 * int(stamp[:2]) + float(stamp[3:]) for stamp in (start, end)]
        for start, end in times
    ]

    assert cues[0] == "WEBVTT"
    assert len(read) == len(lesson["lines"])
    for (start, end), line in zip(read, lesson["lines"], strict=True):
        before = sum(ask["at"] < line[0] for ask in lesson["asks"])
        assert start == pytest.approx(line[0] + before * STOP, abs=0.0006)
        assert end - start == pytest.approx(line[1] - line[0], abs=0.0011)
    for ask in lesson["asks"]:  # nothing is said while one thinks
        stands = film_time(lesson, ask["at"])
        assert not any(stands < start < stands + STOP for start, _ in read)


@every_topic
def test_the_chapters_fill_the_film(topic):
    lesson = compiled(topic)
    rows = telling.chapters(lesson, score(topic)).splitlines()
    starts, ends = (
        [int(row[len(key) :]) for row in rows if row.startswith(key)]
        for key in ("START=", "END=")
    )

    assert starts[0] == 0
    assert starts[1:] == ends[:-1]
    assert ends[-1] == pytest.approx(1000 * film_time(lesson, lesson["seconds"]), abs=1)
    assert all(end - start > 3000 for start, end in zip(starts, ends, strict=True))


def test_titles_of_chapters_are_written_as_ffmpeg_reads_them():
    assert r"title=One\; two" in telling.chapters(SMALL, score("hinge"))


@every_topic
def test_the_description_has_a_time_for_each_scene(topic):
    lesson = compiled(topic)
    text = telling.description(lesson, score(topic))
    moments = [row for row in text.splitlines() if row[:1].isdigit()]

    assert moments[0].startswith("0:00 ")
    assert len(moments) == len(lesson["chapters"])
    assert "{" not in text
    times = [row.split()[0].split(":") for row in moments]
    assert all(a < b for a, b in pairwise(60 * int(m) + int(s) for m, s in times))


def test_a_film_is_made_anew_when_what_draws_it_changes(monkeypatch, tmp_path):
    assert [each for each in film.INPUTS if not list(ROOT.glob(each))] == []

    monkeypatch.setattr(film, "ROOT", tmp_path)
    (tmp_path / "lossbook").mkdir()
    drawing = tmp_path / "lossbook" / "widgets.js"
    words = []
    for text in ("one", "one", "other"):
        drawing.write_text(text)
        words.append(film.word_of("hinge", SMALL))
    assert words[0] == words[1] != words[2]
