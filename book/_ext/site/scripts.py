"""The scripts and style sheets of what lives on a page, from the package and assets.

Explorers, quizzes and cards have theirs in the package, each beside its Python class;
the hosts that bring them to life, and the player of recordings, are assets of the book.
"""

import inspect
from pathlib import Path

import lossbook.explorers
import lossbook.study
from lossbook.study.static import COLOURS, KINDS
from lossbook.widgets import Widget

from .assets import bundled
from .page import Site

EXPLORERS, STUDY = "widget_host.js", "study_host.js"
PLAYER, ATLAS, CALLS = "player.js", "atlas.js", "calls.js"
PASSPORT = "passport.js"
PLAYER_STYLE = "player.css"
LESSON, LESSON_STYLE = "lesson.js", "lesson.css"


def bundle(site: Site) -> None:
    """Write them, and note under which names."""
    assets = site.source / "book" / "assets"
    own = [*files_of_widgets(), *files_of_kinds(), of_study(PASSPORT)]
    hosts = [assets / name for name in (EXPLORERS, STUDY, PLAYER, ATLAS, CALLS)]
    hosts.append(assets / "lesson" / LESSON)
    site.add(bundled([*own, *hosts], site.static))
    sheets = [path.with_suffix(".css") for path in own]
    looks = [assets / PLAYER_STYLE, assets / "lesson" / LESSON_STYLE]
    site.add(bundled([*sheets, *looks], site.static, [COLOURS]))


def files_of_widgets() -> list[Path]:
    """The script of each widget class of the package."""
    return [Path(inspect.getfile(kind)).with_suffix(".js") for kind in kinds(Widget)]


def files_of_kinds() -> list[Path]:
    """The script of each kind of question that has one of its own."""
    return [of_study(f"{kind}.js") for kind in KINDS]


def of_study(name: str) -> Path:
    """A file beside the modules of the package's practice."""
    return Path(inspect.getfile(lossbook.study)).with_name(name)


def kinds(base: type) -> list[type]:
    """The classes below this one that are no base themselves."""
    below: list[type] = base.__subclasses__()
    return [kind for child in below for kind in kinds(child)] if below else [base]
