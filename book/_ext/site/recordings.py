"""Recordings on the page: the browser's own player, with captions and a download.

A chapter gets its narration above its goals, and its dialogue the spoken form above
the transcript, where book/audio holds them.  Only such pages get the script by which
voice and transcript follow each other; without it they are plain audio and text.
Where the address of the site is known (`html: baseurl`), there is a podcast feed too.
"""

import hashlib
import json
import re
import shutil
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path

from lxml import html

from .addresses import base_of
from .page import Page, Site
from .podcast import feed
from .scripts import PLAYER, PLAYER_STYLE

# Where a recording belongs: before the goals of a chapter, and before its transcript.
PLACES = {
    "_narration": '//section[@id="goals"]',
    "": '//div[@class="dialogue"]',
}
LABELS = {"_narration": "Listen to this chapter", "": "Listen to the dialogue"}
FEED = "feed.xml"
# Shown once the script runs.
CONTROLS = (
    '<div class="recording-controls">'
    '<button type="button" value="-1">Previous sentence</button>'
    '<button type="button" value="1">Next sentence</button>'
    "<label>Speed <select><option>0.75<option>1<option>1.25<option>1.5</select></label>"
)
# Where no transcript follows the voice, the words are shown here.
LINE = {"_narration": '<output aria-live="off"></output>', "": ""}
# A caption that opens a section carries this as its name.
OPENING = re.compile(r"^section\n([\d:.]+) --> .*\n<v [^>]*>(.*)", re.MULTILINE)


@dataclass(frozen=True)
class Recording:
    """A recording of book/audio: its sound, captions and cues share a name."""

    page: Page
    kind: str
    folder: Path

    @property
    def name(self) -> str:
        """The name of its files, without an ending."""
        return self.page.name.removeprefix("book/") + self.kind

    @property
    def sound(self) -> Path:
        """The file to hear."""
        return self.folder / f"{self.name}.mp3"

    @property
    def captions(self) -> Path:
        """The file with every sentence and its time."""
        return self.folder / f"{self.name}.vtt"

    @property
    def seconds(self) -> float:
        """How long it takes."""
        cues = (self.folder / f"{self.name}.json").read_text("utf-8")
        return json.loads(cues)["seconds"]


def recordings(site: Site) -> list[Recording]:
    """All recordings of the book, in the order of pages."""
    folder = site.source / "book" / "audio"
    all_of_them = [Recording(p, kind, folder) for p in site.pages for kind in PLACES]
    # The cues are written last: with them, the rest is there.
    return [each for each in all_of_them if (folder / f"{each.name}.json").is_file()]


def place(site: Site) -> None:
    """Put each recording where it belongs, and let its page load the player."""
    found = recordings(site)
    for each in found:
        figure = html.fragment_fromstring(shown(each, bool(base_of(site.app))))
        each.page.one(PLACES[each.kind]).addprevious(figure)
    for name in dict.fromkeys(each.page.name for each in found):
        page = site.page(name)
        page.add_module(site.names[PLAYER])
        page.add_sheets(site.whole(PLAYER_STYLE))


def copy_files(site: Site) -> None:
    """Copy the recordings; where the site's address is known, list them in a feed."""
    found, target = recordings(site), site.out / "audio"
    target.mkdir(exist_ok=True)
    for each in found:
        shutil.copy(each.sound, target)
        shutil.copy(each.captions, target)
    folder = site.source / "book" / "audio"
    shutil.copy(folder / "LICENSE-APACHE-2.0.txt", target)
    shutil.copy(folder / "NOTICE.md", target / "NOTICE.txt")
    if base := base_of(site.app):
        episodes = [
            {
                "name": each.sound.name,
                "title": f"{site.title(each.page)}: {LABELS[each.kind].lower()}",
                "page": f"{each.page.name}.html",
                "bytes": each.sound.stat().st_size,
                "seconds": each.seconds,
            }
            for each in found
        ]
        content = feed(site.app.config.html_title, base, episodes)
        (target / FEED).write_bytes(content)


def shown(recording: Recording, has_feed: bool) -> str:
    """A recording as HTML: audio, captions, the sections, a download."""
    sound, captions = recording.sound, recording.captions
    label, line = LABELS[recording.kind], LINE[recording.kind]
    text = captions.read_text("utf-8")
    minutes, seconds = divmod(round(recording.seconds), 60)
    # A browser that keeps an old recording asks for the new one.
    address, captions_address = (
        f"../audio/{file.name}?v={hashlib.sha256(file.read_bytes()).hexdigest()[:10]}"
        for file in (sound, captions)
    )
    sections = "".join(
        f'<li><a href="{address}#t={seconds_of(clock):.1f}">'
        f"{escape(unescape(heading))}</a>"
        f" <span>{clock.removeprefix('0')[:4]}</span></li>"
        for clock, heading in OPENING.findall(text)
    )
    return (
        f'<figure class="recording" data-recording="{recording.name}">'
        f"<figcaption>Listen <small>{minutes}:{seconds:02}</small></figcaption>"
        f'<audio controls preload="metadata" aria-label="{label}" src="{address}">'
        f'<track kind="captions" srclang="en-GB" label="English" '
        f'src="{captions_address}"></audio>'
        f'<details><summary>More</summary><div class="panel">{CONTROLS}{line}</div>'
        + f"<ol>{sections}</ol>"
        * bool(sections)
        + f'<p class="recording-links"><a href="{address}" download>Download '
        f"(mp3, {sound.stat().st_size / 1e6:.1f} MB)</a> "
        f'<a href="{captions_address}" download>Captions</a> '
        '<a href="../audio/NOTICE.txt">Synthetic voices</a> '
        + f'<a href="../audio/{FEED}">Podcast feed</a>' * has_feed
        + "</p></div></details></figure>\n"
    )


def seconds_of(clock: str) -> float:
    """Seconds of a time such as 01:02.500."""
    minutes, seconds = clock.split(":")
    return 60 * int(minutes) + float(seconds)
