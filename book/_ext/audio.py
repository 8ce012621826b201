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
from html import escape, unescape
from pathlib import Path

from podcast import feed
from slim import keep, link_module
from sphinx.errors import ExtensionError
from widgets import minified

SCRIPT, STYLE = "player.js", "player.css"
PLACES = {
    "_narration": re.compile(r'(?=<section [^>]*\bid="goals")'),
    "": re.compile(r'(?=<div class="dialogue">)'),
}
LABELS = {"_narration": "This chapter to listen to", "": "The dialogue to listen to"}
FEED = "feed.xml"
# Shown once the script runs, in a place that is kept free.
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


class Recordings:
    """Notes which pages have recordings, then gives these pages what they need."""

    def __init__(self):
        self.pages, self.episodes = [], []

    def place(self, app, pagename, templatename, context, doctree):
        """Put the recordings of a page where they belong."""
        folder = Path(app.srcdir, "book", "audio")
        topic = pagename.removeprefix("book/")
        for kind, place in PLACES.items():
            name = topic + kind
            cue_file = folder / f"{name}.json"  # written last: the rest is there
            if app.builder.name != "html" or not cue_file.is_file():
                continue
            cues = json.loads(cue_file.read_text("utf-8"))
            has_feed = bool(app.config.html_baseurl)
            figure = shown(folder, topic, kind, cues["seconds"], has_feed)
            body, found = place.subn(lambda _, html=figure: html, context["body"])
            if found != 1:
                raise ExtensionError(f"{pagename} has {found} places for {name}.mp3")
            context["body"] = body
            self.pages.append(pagename)
            about = {
                "name": f"{name}.mp3",
                "title": f"{context['title']}: {LABELS[kind].lower()}",
                "page": f"{pagename}.html",
                "bytes": (folder / f"{name}.mp3").stat().st_size,
                "seconds": cues["seconds"],
            }
            self.episodes.append(about)
        if pagename in self.pages:
            app.add_js_file(SCRIPT, type="module")

    def write(self, app, exception):
        """Copy the recordings, and link the script and its style sheet."""
        if exception or app.builder.name != "html":
            return
        static, target = Path(app.outdir, "_static"), Path(app.outdir, "audio")
        texts = {name: (static / name).read_text("utf-8") for name in (SCRIPT, STYLE)}
        for name in texts:
            (static / name).unlink()
        if not self.episodes:
            return
        kept = {
            name: keep(static / name, text.encode())
            for name, text in minified(texts).items()
        }
        target.mkdir(exist_ok=True)
        folder = Path(app.srcdir, "book", "audio")
        for sound in (folder / episode["name"] for episode in self.episodes):
            shutil.copy(sound, target)
            shutil.copy(sound.with_suffix(".vtt"), target)
        shutil.copy(folder / "LICENSE-APACHE-2.0.txt", target)
        shutil.copy(folder / "NOTICE.md", target / "NOTICE.txt")
        if app.config.html_baseurl:
            address = app.config.html_baseurl.rstrip("/") + "/"
            content = feed(app.config.html_title, address, self.episodes)
            (target / FEED).write_bytes(content)
        for page in dict.fromkeys(self.pages):
            path = Path(app.outdir, f"{page}.html")
            link_module(path, SCRIPT, kept[SCRIPT], [kept[STYLE]])


def shown(folder, topic, kind, seconds, has_feed):
    """A recording as HTML: audio, captions, the sections, a download."""
    name, label = topic + kind, LABELS[kind]
    sound, captions = folder / f"{name}.mp3", folder / f"{name}.vtt"
    text = captions.read_text("utf-8")
    minutes, seconds = divmod(round(seconds), 60)
    # A browser that keeps an old recording asks for the new one.
    address, captions_address = (
        f"../audio/{file.name}?v={hashlib.sha256(file.read_bytes()).hexdigest()[:10]}"
        for file in (sound, captions)
    )
    sections = "".join(
        f'<li><a href="{address}#t={seconds_of(clock)}">{escape(unescape(heading))}</a>'
        f" <span>{clock.removeprefix('0')[:4]}</span></li>"
        for clock, heading in OPENING.findall(text)
    )
    return (
        f'<figure class="recording" data-recording="{name}">'
        f"<figcaption>{label}: {minutes}:{seconds:02} minutes, synthetic voices"
        "</figcaption>"
        f'<audio controls preload="metadata" aria-label="{label}" src="{address}">'
        f'<track kind="captions" srclang="en-GB" label="English" '
        f'src="{captions_address}"></audio>'
        f"{CONTROLS}{LINE[kind]}</div>"
        + (f"<details><summary>Sections</summary><ol>{sections}</ol></details>")
        * bool(sections)
        + f'<p class="recording-links"><a href="{address}" download>Download '
        f"(mp3, {sound.stat().st_size / 1e6:.1f} MB)</a> "
        f'<a href="{captions_address}" download>Captions</a> '
        '<a href="../audio/NOTICE.txt">About the voices</a> '
        + f'<a href="../audio/{FEED}">Podcast feed</a>' * has_feed
        + "</p></figure>\n"
    )


def seconds_of(clock):
    """Seconds of a time such as 01:02.500."""
    minutes, seconds = clock.split(":")
    return 60 * int(minutes) + float(seconds)


def setup(app):
    """Connect to Sphinx: before the pages are made light, and after."""
    recordings = Recordings()
    app.connect("html-page-context", recordings.place, priority=1900)
    app.connect("build-finished", recordings.write, priority=950)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": False}
