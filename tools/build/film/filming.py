"""The page of a lesson, filmed: one picture after the other, none by a clock."""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import shell
from .planning import Picture, chapter

WIDTH, HEIGHT = 1280, 720
HERE = Path(__file__).parent


class Stand:
    """A lesson before the camera."""

    def __init__(self, page: shell.Channel, lesson: dict[str, Any]):
        self._page, self._lesson = page, lesson
        script, style = (
            (HERE / name).read_text("utf-8") for name in ("film.js", "film.css")
        )
        page.wait_for('document.querySelector(".lesson")?.lesson !== undefined')
        page.run(f"({script.strip().removesuffix(';')})({json.dumps(style)})")
        score = {"asks": lesson["asks"]}
        page.run(f"void window.film.load({json.dumps(score)})")
        page.wait_for("window.film.ready")
        for _ in range(3):  # figures find their width
            page.frame()

    def ask(self, script: str) -> Any:
        """The value of an expression in the page."""
        return self._page.run(script)

    def show(self, picture: Picture) -> None:
        """Let the page show it."""
        title = self._lesson["chapters"][chapter(self._lesson, picture.time)]["title"]
        asked = (picture.time, title, picture.ask, picture.answer)
        self._page.run(f"window.film.at({', '.join(map(json.dumps, asked))})")

    def take(self, picture: Picture) -> bytes:
        """The picture, as PNG."""
        self.show(picture)
        return self._page.picture()


@contextlib.contextmanager
def stand(site: str, topic: str, lesson: dict[str, Any]) -> Iterator[Stand]:
    """A lesson of the site at this address, ready to be filmed."""
    address = f"{site}book/{topic}_lesson.html"
    with shell.page(address, WIDTH, HEIGHT) as page:
        yield Stand(page, lesson)
