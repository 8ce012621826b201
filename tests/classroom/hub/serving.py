"""A hub that is served, and its students, who do what JupyterLab would ask for."""

import http.cookiejar
import json
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from classroom.hub.state import State

PATIENCE = 240  # seconds: the machine may be busy
REFRESH = re.compile(r'<meta http-equiv="refresh" content="(\d+)">')


class Browser:
    """Follows addresses and keeps cookies, as a browser does."""

    def __init__(self, address):
        self.address = address
        self.cookies = http.cookiejar.CookieJar()
        keeper = urllib.request.HTTPCookieProcessor(self.cookies)
        trusting = urllib.request.HTTPSHandler(context=ssl._create_unverified_context())  # noqa: S323
        self.opener = urllib.request.build_opener(keeper, trusting)

    def ask(self, path, data=None, method=None, **headers):
        """The status, the address at which it ended, and what came."""
        url = urllib.parse.urljoin(self.address, path.replace(" ", "%20"))
        request = urllib.request.Request(url, data, headers, method=method)  # noqa: S310
        try:
            answer = self.opener.open(request, timeout=PATIENCE)
        except urllib.error.HTTPError as error:
            answer = error
        return answer.status, answer.url, answer.read().decode()

    def send(self, path, **fields):
        """A form, with the sign that it comes from a page of this address."""
        fields["_xsrf"] = self.sign(path)
        return self.ask(path, urllib.parse.urlencode(fields).encode())

    def put(self, path, content, method="PUT"):
        """Send JSON, as JupyterLab does."""
        headers = {"Content-Type": "application/json", "X-XSRFToken": self.sign(path)}
        return self.ask(path, json.dumps(content).encode(), method, **headers)

    def sign(self, path):
        full = urllib.parse.urlsplit(urllib.parse.urljoin(self.address, path)).path
        found = [one for one in self.cookies if one.name == "_xsrf"]
        fitting = [one for one in found if full.startswith(one.path)]
        return max(fitting, key=lambda one: len(one.path)).value


class Student(Browser):
    """Somebody with a name and a code."""

    def __init__(self, address, login, code):
        super().__init__(address)
        self.login, self.code = login, code
        self.ask("hub/login")

    def log_in(self, code=None):
        """The status, where it leads, and what is there."""
        fields = {"username": self.login, "password": code or self.code}
        return self.send("hub/login", **fields)

    def start(self):
        """Log in, and stay on the page until it leads to the own server."""
        self.wait(*self.log_in())

    def wait(self, status, url, page):
        """Ask for a page again whenever it says so, until the own server answers."""
        began = time.monotonic()
        while "/hub/" in url:
            again = REFRESH.search(page)
            assert status == 200 and again, f"{status} {url}: {page}"
            assert time.monotonic() < began + PATIENCE, page
            time.sleep(int(again[1]))
            status, url, page = self.ask(url)
        assert status == 200 and f"/{self.of('lab')}" in url, f"{status} {url}"

    def of(self, path):
        """An address of the own server."""
        return f"user/{self.login}/{path}"

    def assignments(self, **fields):
        """What nbgrader's list shows; with `fields`, after an action of it."""
        if action := fields.pop("action", ""):
            _, _, said = self.send(self.of(f"assignments/{action}"), **fields)
        else:
            _, _, said = self.ask(self.of("assignments?course_id=lossbook"))
        told = json.loads(said)
        assert told["success"], told
        return told["value"]


class Served:
    """A hub that runs: its course, its address, and the codes of its students."""

    def __init__(self, course, roster, port):
        self.course, self.roster, self.port = course, roster, port
        self.state = State.of(course)
        self.slips = course.root.parent / "slips.txt"
        self.cert = course.root.parent / "hub.crt"
        self.codes = {}

    def command(self, *words):
        """The words that an instructor types."""
        python = [sys.executable, "-m", "classroom", "hub", str(self.roster)]
        ours = {"course": self.course.root, "port": self.port, "slips": self.slips}
        return [*python, *(f"--{name}={value}" for name, value in ours.items()), *words]

    def enrol(self, *words):
        """Read the codes off the slips, for those who get one."""
        subprocess.run(self.command("--only-slips", *words), check=True)
        for slip in self.slips.read_text("utf-8").split("\n\n"):
            words = slip.split()
            login = words[words.index("name") + 1]
            self.codes[login] = words[words.index("code") + 1]
        self.slips.unlink()

    @property
    def address(self):
        """Where it serves: with TLS since there is a certificate."""
        scheme = "https" if self.cert.exists() else "http"
        return f"{scheme}://127.0.0.1:{self.port}{self.state.prefix}"

    def certified(self):
        """What to say for an address of the network, with a certificate of our own."""
        key = self.cert.with_suffix(".key")
        words = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -batch"
        files = ["-keyout", key, "-out", self.cert]
        made = [shutil.which("openssl") or "openssl", *words.split(), *files]
        subprocess.run(made, check=True, capture_output=True)
        return ["--ip=0.0.0.0", f"--cert={self.cert}", f"--key={key}"]

    def student(self, login):
        """Somebody before the door."""
        return Student(self.address, login, self.codes[login])

    @contextmanager
    def running(self, *words):
        """Served until the block ends; gives the process."""
        with (
            open(self.course.root.parent / "hub.log", "ab") as log,
            subprocess.Popen(self.command(*words), stdout=log, stderr=log) as running,
        ):
            try:
                self._wait(running)
                yield running
            finally:
                running.terminate()
                running.wait(PATIENCE)

    def _wait(self, running):
        began = time.monotonic()
        while time.monotonic() < began + PATIENCE:
            said = (self.course.root.parent / "hub.log").read_text(errors="replace")
            assert running.poll() is None, said + self.state.log.read_text()
            try:
                if Browser(self.address).ask("hub/health")[0] == 200:
                    return
            except urllib.error.URLError:
                pass
            time.sleep(0.25)
        raise AssertionError("The hub does not answer")


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def processes_of(folder):
    """The processes that were told of a folder."""
    told = Path("/proc").glob("[0-9]*/cmdline")
    return [path.parent.name for path in told if str(folder).encode() in _read(path)]


def _read(path):
    try:
        return path.read_bytes()
    except OSError:  # it has ended meanwhile
        return b""
