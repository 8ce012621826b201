"""The films as files: how long, how large, how loud, and what is in them.

`make test-film` films first, and runs these.
"""

import hashlib
import io
import re
import socket
import subprocess
import time

import numpy as np
import pyloudnorm
import pytest
import soundfile
from PIL import Image

from lossbook.lessons import score, scored
from tests.site.labels import LABELS_ON_LABELS
from tools.author.narrate.mastering import LOUDNESS
from tools.build import book
from tools.build.film import FILMS, filming, shell, telling
from tools.build.film.__main__ import compiled
from tools.build.film.planning import film_time, plan
from tools.serving import served

pytestmark = pytest.mark.release
MEGABYTES_A_MINUTE = 2.0


def ffmpeg(*arguments):
    imageio_ffmpeg = pytest.importorskip("imageio_ffmpeg", reason="run: make test-film")
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", *arguments]
    return subprocess.run([str(part) for part in command], capture_output=True)


@pytest.fixture(params=scored())
def topic(request):
    if not (FILMS / f"{request.param}.mp4").is_file():
        pytest.fail("there is no film; make film")
    return request.param


@pytest.fixture
def path(topic):
    return FILMS / f"{topic}.mp4"


@pytest.fixture
def lesson(topic):
    return compiled(topic)


@pytest.fixture
def about(path):
    """What ffmpeg says of the file."""
    return ffmpeg("-i", path).stderr.decode()


def test_it_is_as_long_as_the_lesson_and_its_questions(about, lesson):
    found = re.search(r"Duration: (\d+):(\d+):([\d.]+)", about)
    hours, minutes, seconds = found.groups()
    length = 3600 * int(hours) + 60 * int(minutes) + float(seconds)

    assert length == pytest.approx(film_time(lesson, lesson["seconds"]), abs=0.1)


def test_it_is_light(path, lesson):
    minutes = film_time(lesson, lesson["seconds"]) / 60

    assert path.stat().st_size / 1e6 <= MEGABYTES_A_MINUTE * minutes


def test_every_player_takes_it(about, path):
    assert re.search(
        r"Video: h264 .*yuv420p\(tv, bt709, progressive.*1280x720.* 30 fps", about
    )
    assert re.search(r"Audio: aac .*48000 Hz, mono", about)
    content = path.read_bytes()
    assert 0 < content.find(b"moov") < content.find(b"mdat")  # plays while it comes


def test_it_has_the_scenes_as_chapters(about, lesson):
    found = re.findall(
        r"Chapter #.*start ([\d.]+), end.*\n.*\n\s+title\s+: (.*)", about
    )

    assert [title for _, title in found] == [c["title"] for c in lesson["chapters"]]
    for (start, _), chapter in zip(found, lesson["chapters"], strict=True):
        assert float(start) == pytest.approx(film_time(lesson, chapter["at"]), abs=0.01)


def test_it_has_the_captions_that_lie_beside_it(topic, path, lesson):
    inside = ffmpeg("-i", path, "-map", "0:s", "-f", "webvtt", "-").stdout.decode()
    beside = path.with_suffix(".vtt").read_text("utf-8")

    assert beside == telling.captions(lesson, score(topic))
    assert "".join(inside.split()) == "".join(beside.split())


def test_it_is_as_loud_as_the_recordings_and_still_at_questions(path, lesson):
    wav = ffmpeg("-i", path, "-map", "0:a", "-f", "wav", "-").stdout
    samples, rate = soundfile.read(io.BytesIO(wav))

    loudness = pyloudnorm.Meter(rate).integrated_loudness(samples)
    assert loudness == pytest.approx(LOUDNESS, abs=0.5)
    for ask in lesson["asks"]:
        start = film_time(lesson, ask["at"])
        held = samples[round((start + 0.5) * rate) : round((start + 8) * rate)]
        assert np.abs(held).max() < 0.001


def test_its_still_picture_is_of_its_size(path):
    with Image.open(path.with_suffix(".webp")) as still:
        assert still.size == (1280, 720)


def test_its_figures_fill_the_picture_and_are_drawn_as_wide_as_they_stand(
    topic, lesson
):
    with served(book.SITE) as site, filming.stand(site, topic, lesson) as stand:
        figures = stand.ask(
            """[...document.querySelectorAll("[data-model]")].map((place) => {
              const { width, height } = place.parentElement.getBoundingClientRect();
              const box = place.getBoundingClientRect();
              const plots = [...place.querySelectorAll(".plots > svg")];
              return {
                fills: Math.max(box.width / width, box.height / height),
                shrunk: plots.map((svg) => svg.getAttribute("width") - svg.clientWidth),
              };
            })"""
        )

    assert figures
    for figure in figures:
        assert 0.98 < figure["fills"] < 1.02
        assert max(figure["shrunk"]) < 1


def test_no_label_lies_on_another_nor_the_formula_on_the_picture(topic, lesson):
    with served(book.SITE) as site, filming.stand(site, topic, lesson) as stand:
        for picture in list(plan(lesson))[::30]:  # a second, where something moves
            stand.show(picture)
            assert stand.ask(f"({LABELS_ON_LABELS})()") == [], picture
        above, below = stand.ask(
            """[".formula .katex", ".scenes"].map((name) =>
              document.querySelector(name)?.getBoundingClientRect())
              .map((box, i) => (box ? [box.bottom, box.top][i] : 0))"""
        )

    assert above <= below


def test_the_same_scene_filmed_twice_is_the_same_to_the_byte():
    topic = "mean_squared_error"
    lesson = compiled(topic)
    end = lesson["chapters"][1]["at"]
    taken = []
    with served(book.SITE) as site:
        for _ in range(2):
            with filming.stand(site, topic, lesson) as stand:
                pictures = [stand.take(picture) for picture in plan(lesson, end)]
            taken.append([hashlib.sha256(each).hexdigest() for each in pictures])

    assert len(set(taken[0])) > 50
    assert taken[0] == taken[1]


def test_no_shell_is_left_behind():
    with shell.page("about:blank", 320, 200) as page:
        door = page._socket.sock.getpeername()
    end = time.monotonic() + shell.PATIENCE
    with pytest.raises(ConnectionRefusedError):
        while time.monotonic() < end:
            socket.create_connection(door).close()
            time.sleep(0.1)
