"""Lessons to watch: their files, their place on their pages, and doors to them.

Before a reader plays one, its page loads a small script and the still picture; the
rest, the figures too, is fetched then.  A chapter carries the picture and a link.
"""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

from lxml import html
from sphinx.errors import ExtensionError

from lossbook import motion
from lossbook.lessons import Score, score, scored

from ..directives.explorers import made
from .assets import keep, keep_json
from .explorers import kept
from .page import Page, Site
from .scripts import EXPLORERS, LESSON, LESSON_STYLE

PLACE = '//div[@class="lesson"]'


def place(site: Site) -> None:
    """Give each lesson what it plays, and its chapter a door to it."""
    for topic in scored():
        if f"book/{topic}_lesson" not in site.env.found_docs:
            raise ExtensionError(
                f"the lesson on {topic} needs its page book/{topic}_lesson.md, and "
                "a line in _toc.yml"
            )
        page = site.page(f"book/{topic}_lesson")
        sound = site.source / "book" / "audio" / f"{topic}_motion.mp3"
        cues = sound.with_suffix(".json")
        times = None
        if cues.is_file():
            about = json.loads(cues.read_text("utf-8"))
            times = motion.Times.recorded(score(topic), about)
        lesson = motion.compiled(topic, times)
        drawn = motion.poster(topic, lesson).encode()
        poster = keep(site.static / f"{topic}_lesson.svg", drawn)
        site.names[f"{topic}_lesson.svg"] = poster
        set_place(page, score(topic), poster)
        if times:
            address = f"../audio/{keep_sound(site, sound)}"
            set_times(page, lesson, address)
            set_player(site, page, lesson, address)
        page.add_sheets(site.whole(LESSON_STYLE))
        set_door(site.page(f"book/{topic}"), topic, poster, lesson["seconds"])


def set_place(page: Page, lesson: Score, poster: str) -> None:
    """The still picture, and room for what the script will show."""
    place = page.one(PLACE)
    title = html.tostring(page.one("//article//h1"), method="text", encoding="unicode")
    scenes = html.Element("div", {"class": "scenes"})
    about = {
        "src": f"../_static/{poster}",
        "alt": title.strip(),
        "class": "poster dark-light",
    }
    scenes.append(html.Element("img", about, width="800", height="500"))
    place.append(scenes)


def set_player(site: Site, page: Page, lesson: dict[str, Any], address: str) -> None:
    """Room for the player, which a script fills, and what it fetches when it plays."""
    topic = page.one(PLACE).get("data-topic")
    lesson["shown"] = {
        name: kept(site, made(call), f"{topic}-{name}")
        for name, call in lesson.pop("figures").items()
    }
    score = keep_json(site.static / f"{topic}_lesson.json", lesson)
    place = page.one(PLACE)
    for name, value in (
        ("score", score),
        ("host", site.names[EXPLORERS]),
        ("sound", address),
    ):
        place.set(f"data-{name}", value)
    place.append(html.fragment_fromstring('<div class="under pst-js-only"></div>'))
    plain = (
        '<noscript><figure data-recording=""><audio controls preload="none" '
        f'src="{address}"></audio></figure></noscript>'
    )
    place.append(html.fragment_fromstring(plain))
    page.add_module(site.names[LESSON])


def set_times(page: Page, lesson: dict[str, Any], address: str) -> None:
    """Before each moment of the summary its time, which leads there."""
    items = page.all('//ol[@class="moments"]/li')
    for item, chapter in zip(items, lesson["chapters"], strict=True):
        link = html.Element("a", {"href": f"{address}#t={chapter['at']:g}"})
        link.text = clock(chapter["at"])
        link.tail = f" {item.text}"
        item.text = None
        item.insert(0, link)


def set_door(page: Page, topic: str, poster: str, seconds: float) -> None:
    """In the chapter the still picture with a link, and both in its first line."""
    address = f"{topic}_lesson.html"
    for recording in page.all('//figure[@class="recording"]')[:1]:
        recording.set("id", "hear")
    goals = page.one('//p[@class="kicker"]/a[@href="#goals"]')
    for where, text in ((address, "Watch"), ("#hear", "Hear")):
        if where == address or page.all('//*[@id="hear"]'):
            link = html.Element("a", {"href": where})
            link.text = text
            goals.addnext(link)
    picture = f'<img class="dark-light" src="../_static/{poster}" alt="" loading="lazy"'
    door = html.fragment_fromstring(
        f'<a class="watch" href="{address}">{picture} width="160" height="100"> '
        f"Watch it <small>{clock(seconds)}</small></a>"
    )
    page.one('//section[@id="goals"]').addprevious(door)


def keep_sound(site: Site, sound: Path) -> str:
    """Copy the recording; its address tells its content."""
    target = site.out / "audio"
    target.mkdir(exist_ok=True)
    for path in (sound, sound.with_suffix(".vtt")):
        shutil.copy(path, target)
    return f"{sound.name}?v={hashlib.sha256(sound.read_bytes()).hexdigest()[:10]}"


def clock(seconds: float) -> str:
    """A time such as 1:05."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"
