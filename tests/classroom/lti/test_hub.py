"""A JupyterHub to which a platform sends people, and the way back of their scores.

No proxy and no servers of students run: what is tried is who comes in, and as whom.
"""

import json
import os
import socket
import subprocess
import sys
import time
import uuid
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import rsa

from classroom import answers
from classroom.__main__ import main
from classroom.lti import deploy, launch, platform
from classroom.release import release
from tests.classroom.conftest import ASSIGNMENT, needs_sandbox, new_course

from .conftest import CONTENT
from .faking import CLAIM, CLIENT, MEMBER, FakePlatform

pytestmark = pytest.mark.hub
TOKEN = uuid.uuid4().hex
SECONDS = 60  # for a hub to start, on a machine that does other things, too
# Beside what every hub is given: how this one is tried.
TRIED = """
from jupyterhub.proxy import Proxy

class NoProxy(Proxy):
    should_start = False
    async def add_route(self, *_): pass
    async def delete_route(self, *_): pass
    async def get_all_routes(self): return {{}}

c.JupyterHub.proxy_class = NoProxy
c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.db_url = "sqlite://"
c.JupyterHub.cookie_secret = b"{token}".ljust(32)
c.JupyterHub.services = [{{"name": "test", "api_token": "{token}"}}]
c.JupyterHub.load_roles = [
    {{"name": "test", "services": ["test"], "scopes": ["list:users", "read:users"]}}
]
"""


class Hub:
    """A hub that runs, as the browser of somebody sees it."""

    def __init__(self, port, faked, folder):
        self.at, self.faked, self.folder = f"http://127.0.0.1:{port}", faked, folder

    def begin(self, browser):
        """Begin a launch; returns what the platform is asked for."""
        answer = browser.get(
            f"{self.at}/hub/lti13/oauth_login",
            params={
                "iss": self.faked.at,
                "login_hint": "17",
                "target_link_uri": f"{self.at}/hub/home",
                "client_id": CLIENT,
            },
            allow_redirects=False,
            timeout=SECONDS,
        )
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(f"{self.faked.at}/auth?")
        query = parse_qs(urlsplit(answer.headers["Location"]).query)
        return {name: values[0] for name, values in query.items()}

    def come(self, **given):
        """Launch; returns the status of the hub's answer."""
        browser = requests.Session()
        asked = self.begin(browser)
        token = self.faked.id_token(**{"nonce": asked["nonce"]} | given)
        return self.finish(browser, asked, token)

    def finish(self, browser, asked, token):
        answer = browser.post(
            asked["redirect_uri"],
            data={"state": asked["state"], "id_token": token},
            allow_redirects=False,
            timeout=SECONDS,
        )
        if answer.status_code == 302:
            assert "jupyterhub-session-id" in browser.cookies
        return answer.status_code

    def users(self):
        """Who has come in, and the groups of each."""
        answer = requests.get(
            f"{self.at}/hub/api/users",
            headers={"Authorization": f"token {TOKEN}"},
            timeout=SECONDS,
        )
        return {user["name"]: user["groups"] for user in answer.json()}


@pytest.fixture(scope="module")
def served(pair, tmp_path_factory):
    """The hub, with the very program that `lti tljh` prints."""
    folder = tmp_path_factory.mktemp("hub")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with FakePlatform(pair[0]) as faked:
        (folder / "platform.toml").write_text(CONTENT.replace("{at}", faked.at))
        known = replace(platform.read(folder / "platform.toml"), deployment="1")
        program = deploy.program(known, str(folder / "lti"))
        tried = TRIED.format(port=port, token=TOKEN)
        (folder / "jupyterhub_config.py").write_text(program + tried)
        with (folder / "log").open("wb") as log:
            running = subprocess.Popen(
                [sys.executable, "-m", "jupyterhub", "-f", "jupyterhub_config.py"],
                cwd=folder, stdout=log, stderr=log,
                env={"PATH": os.environ["PATH"], "HOME": str(folder)},
            )  # fmt: skip
        try:
            _wait(running, f"http://127.0.0.1:{port}/hub/health", folder / "log")
            yield Hub(port, faked, folder)
        finally:
            running.terminate()
            running.wait(SECONDS)


def _wait(running, address, log):
    until = time.monotonic() + SECONDS
    while time.monotonic() < until and running.poll() is None:
        try:
            if requests.get(address, timeout=5).ok:
                return
        except requests.RequestException:
            time.sleep(0.2)
    pytest.fail(f"The hub did not start:\n{log.read_text()[-3000:]}")


def test_people_come_in_by_safe_names_with_the_group_of_their_role(served):
    assert served.come() == 302
    assert served.come(sub="U-Ada+17") == 302
    assert served.come(sub="90", role="Instructor") == 302

    users = served.users()
    assert users["17"] == users[launch.login("U-Ada+17")] == ["nbgrader-lossbook"]
    assert users["90"] == ["formgrade-lossbook"]
    assert served.come(sub="90") == 302  # who teaches no longer
    assert served.users()["90"] == ["nbgrader-lossbook"]
    kept = served.folder / "lti" / "people" / f"{launch.login('U-Ada+17')}.json"
    assert json.loads(kept.read_text())["sub"] == "U-Ada+17"


@pytest.mark.parametrize(
    "claim",
    [
        "sub", "nonce", "iat", "exp", "iss", "aud",
        *(CLAIM + name for name in (
            "version", "message_type", "deployment_id", "roles", "target_link_uri",
            "resource_link",
        )),
    ],
)  # fmt: skip
def test_no_claim_that_is_needed_may_be_missing(served, claim):
    before = served.users()
    assert 400 <= served.come(sub="31", without=[claim]) < 500
    assert served.users() == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"aud": "another"},
        {"iss": "https://another.example"},
        {"exp": 1},
        {"iat": int(time.time()) - 86_400},
        {"nonce": "another"},
        {CLAIM + "version": "1.1"},
        {CLAIM + "message_type": "Other"},
        {CLAIM + "deployment_id": "2"},
    ],
    ids=lambda given: next(iter(given)).rsplit("/")[-1],
)
def test_a_claim_of_another_value_is_refused(served, wrong):
    assert 400 <= served.come(sub="32", **wrong) < 500
    assert "32" not in served.users()


def test_another_key_and_another_browser_are_refused(served):
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert 400 <= served.come(sub="33", key=other) < 500

    browser = requests.Session()
    asked = served.begin(browser)
    token = served.faked.id_token(asked["nonce"], sub="33")
    assert served.finish(requests.Session(), asked, token) == 400
    assert served.finish(browser, asked, token) == 302
    assert served.finish(browser, asked, token) == 400  # the same once more
    assert "33" in served.users()


@needs_sandbox
def test_from_the_launch_to_the_score(served, tmp_path, pair, capsys):
    """Names and the place for scores come from the platform, by way of the hub."""
    course, faked = new_course(tmp_path / "course"), served.faked
    subs = {"Ann Lee": "17", "Bo": "U-Bo+1", "Cy": "19"}
    faked.members = [
        [{"user_id": sub, "name": name, "roles": [f"{MEMBER}#Learner"]}]
        for name, sub in subs.items()
    ]
    link = {"id": "77", "title": "Any"}
    custom = {"assignment": ASSIGNMENT}
    more = {CLAIM + "resource_link": link, CLAIM + "custom": custom}
    assert served.come(sub="90", role="Instructor", **more) == 302
    content = (served.folder / "platform.toml").read_text()
    content = content[: content.index("[lineitems]")].replace("names", "# names")
    path = tmp_path / "platform.toml"
    path.write_text(f'launches = "{served.folder / "lti"}"\n{content}')
    assert main(["lti", "key", str(path)]) == 0
    shown = capsys.readouterr().out
    faked.tool_key = shown[: shown.index("{")].strip()  # pasted into the platform

    roster = str(tmp_path / "roster.csv")
    assert main(["lti", "names", str(path), "--to", roster]) == 0
    release(course, ASSIGNMENT)
    for name, answer in (("Ann Lee", "right"), ("Bo", "wrong")):
        place = tmp_path / "inbound" / launch.login(subs[name]) / f"{ASSIGNMENT}.ipynb"
        place.parent.mkdir(parents=True)
        wrong = {"linex": "def linex(y, y_hat, a):\n    return 0.0"}
        given = {} if answer == "right" else wrong
        place.write_text(json.dumps(answers.notebook(course, ASSIGNMENT, given)))
    words = [ASSIGNMENT, "--course", str(course.root)]
    inbound = str(tmp_path / "inbound")
    assert main(["collect", *words, "--from", inbound, "--roster", roster]) == 0
    assert main(["grade", *words, "--quiet"]) == 0
    assert main(["export", *words, "--lti", str(path), "--quiet"]) == 0
    said = capsys.readouterr().out
    assert "0 scores sent, 2 announced as still to be read, 0 known" in said
    assert "1 student handed in nothing and gets no score" in said
    with course.gradebook() as gradebook:
        for student in ("Ann Lee", "Bo"):
            graded = gradebook.find_submission(ASSIGNMENT, student)
            for one in graded.notebooks[0].grades:
                if one.needs_manual_grade:
                    one.manual_score, one.needs_manual_grade = one.max_score, False
        gradebook.db.commit()
    assert main(["export", *words, "--lti", str(path), "--quiet"]) == 0
    assert "2 scores sent, 0 announced" in capsys.readouterr().out

    ann, bo = faked.scores["17"][-1], faked.scores["U-Bo+1"][-1]
    assert ann["scoreGiven"] == ann["scoreMaximum"] > bo["scoreGiven"] >= 0
    assert "19" not in faked.scores
