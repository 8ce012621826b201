"""Who may log in, and what the instructor's page tells: in JupyterHub's own classes."""

import asyncio
import io
import logging
from pathlib import Path
from types import SimpleNamespace

import lxml.html
import pytest
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader

from classroom.hub import slips
from classroom.hub.configuration import PAGES
from classroom.roster import Person
from tests.classroom.conftest import ASSIGNMENT

pytest.importorskip("jupyterhub", reason="make test-hub installs JupyterHub")
pytestmark = pytest.mark.hub


def test_wrong_codes_wait_longer_and_longer_and_a_right_one_never(hub, monkeypatch):
    from classroom.hub.running.logins import RosterAuthenticator

    _, state = hub
    ((_, code),) = state.enrol([Person("Ada Lovelace")], again=["ada-lovelace"])
    waits = []

    async def sleep(seconds):
        waits.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    door = RosterAuthenticator(state_folder=str(state.root), longest_wait=3)

    def said(login, code):
        form = {"username": login, "password": code}
        return asyncio.run(door.authenticate(None, form))

    assert said("Ada-Lovelace ", code) == "ada-lovelace"
    assert [said("ada-lovelace", "abcd") for _ in range(4)] == [None] * 4
    assert waits == [1, 2, 3, 3]
    assert said("ada-lovelace", code) == "ada-lovelace"
    assert said("ada-lovelace", "") is said("nobody", "abcd") is None
    assert waits[4:] == [1, 1]
    # Who has left the roster knows the right code, and may not come in.
    assert "blaise-pascal" in state.accounts()
    assert "blaise-pascal" not in door.here and "instructor" in door.here


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (None, ""),
        ("Invalid username or password", "the short name is the one below your own"),
        ("The cookie is too old.", "The cookie is too old."),
    ],
)
def test_the_door_asks_in_the_words_of_the_slip(hub, tmp_path, said, shown):
    """Words of JupyterHub's page are replaced in it, and another edition may differ."""
    from jupyterhub._data import DATA_FILES_PATH

    theirs = FileSystemLoader(Path(DATA_FILES_PATH) / "templates")
    loaders = [FileSystemLoader(PAGES), PrefixLoader({"templates": theirs}), theirs]
    pages = Environment(loader=ChoiceLoader(loaders), autoescape=True)
    _, state = hub
    given = state.enrol([Person("Ada Lovelace")], again=["ada-lovelace"])
    slips.write(tmp_path / "slips.html", given, "http://127.0.0.1:8000/")

    page = pages.get_template("login.html").render(
        login_error=said, static_url=lambda path, **_: path, authenticator=None
    )

    labels = lxml.html.fromstring(page).xpath("//label/text()")
    assert [label.strip(" :") for label in labels] == ["Short name", "Code"]
    slip = (tmp_path / "slips.html").read_text()
    assert all(f"<dt>{label.strip(' :')}</dt>" in slip for label in labels)
    assert shown in page and "Invalid username" not in page
    assert 'name="username"' in page and "toggle_password_visibility" in page


def test_the_page_counts_and_shows_names_as_text(hub):
    from classroom.hub.running import overview

    _, state = hub
    people = [Person("Ada Lovelace"), Person("<script>alert(1)</script>")]
    ((account, _),) = state.enrol(people)
    (state.outbound / ASSIGNMENT).mkdir()
    (state.outbound / ".old").mkdir()
    (state.home("ada-lovelace") / ASSIGNMENT).mkdir()
    for time in ("1", "2"):
        (state.inbound("ada-lovelace") / f"x+{ASSIGNMENT}+{time}").mkdir()
    user = {"name": "ada-lovelace", "last_activity": None}

    def with_server(ready):
        return [user | {"servers": {"": {"ready": ready}}}]

    starting, _ = overview.rows(state, with_server(False))
    rows = overview.rows(state, with_server(True))
    page = overview.PAGE.generate(rows=rows, assignments=[ASSIGNMENT]).decode()

    assert [(row.login, row.is_here) for row in rows] == [
        ("ada-lovelace", True),
        (account.login, False),
    ]
    assert (starting.server, starting.is_here) == ("starts", False)
    assert rows[0].fetched == [ASSIGNMENT]
    assert rows[0].handed_in == {ASSIGNMENT: 2}
    assert "1 of 2 is here" in page
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page


def test_on_a_phone_the_page_shows_who_has_handed_in(browser):
    from classroom.hub.running import overview

    row = {"student": "Ada Lovelace", "login": "ada-lovelace", "server": "running"}
    row |= {"ago": "3 minutes ago", "is_here": True, "fetched": [], "handed_in": {}}
    made = overview.PAGE.generate(
        rows=[SimpleNamespace(**row)], assignments=[ASSIGNMENT]
    )
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.set_content(made.decode())

    for heading in page.get_by_role("columnheader", name="Handed in").all():
        box = heading.bounding_box()
        assert box["x"] + box["width"] <= 390
    page.close()


@pytest.mark.parametrize(
    ("level", "said", "shown"),
    [
        ("ERROR", "Error starting ada's server: no", "ERROR: Error starting ada"),
        ("WARNING", "ada's server never showed up. Giving up.", "WARNING: ada's"),
        ("WARNING", "Could not load pycurl", ""),
        ("CRITICAL", "Received signal SIGINT, initiating shutdown...", ""),
        ("ERROR", "Previous spawn for ada failed: it did not answer", ""),
        ("ERROR", "Error starting server ada: HTTP 429: Too Many Requests", ""),
        ("INFO", "200 GET /", ""),
    ],
)
def test_the_terminal_shows_what_goes_wrong(level, said, shown):
    from classroom.hub.running.serving import Trouble

    terminal = io.StringIO()
    record = logging.makeLogRecord({"levelname": level, "msg": said})
    record.levelno = logging.getLevelName(level)
    Trouble(terminal).handle(record)

    assert terminal.getvalue().startswith(shown)
    assert bool(terminal.getvalue()) == bool(shown)
