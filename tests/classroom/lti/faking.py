"""A learning platform on this machine, which refuses as real ones do.

What differs between them is as their sources have it: Moodle's mod/lti/token.php and
mod/lti/service/gradebookservices/classes/local/resources/scores.php, and Canvas's
app/controllers/lti/ims/ with scores_controller.rb and concerns/gradebook_services.rb.
"""

import json
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import jwt
from jwt.algorithms import RSAAlgorithm

CLIENT = "course-1"
AGS = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
NRPS = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
MEMBER = "http://purl.imsglobal.org/vocab/lis/v2/membership"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
REQUIRED = ("userId", "activityProgress", "gradingProgress", "timestamp")


@dataclass(frozen=True)
class Dialect:
    """With which statuses a platform refuses what."""

    stranger: int = 404
    stale: int = 409
    other_key: int = 401
    no_scope: int = 403
    wrong_type: int = 415
    whole_seconds: bool = False  # times are compared without their fractions


SPECIFICATION = Dialect()
MOODLE = Dialect(stranger=400, other_key=400, no_scope=401, wrong_type=400,
                 whole_seconds=True)  # fmt: skip
CANVAS = Dialect(stranger=422, stale=400, no_scope=401)


class FakePlatform:
    """A platform, served while it is open as a context."""

    def __init__(self, key, dialect=SPECIFICATION):
        self.dialect = dialect
        self.tool_key = None  # public
        self.scopes = {AGS, NRPS}  # that the administrator allows
        self.members = []  # by page, a list of members
        self.scores = {}  # by user, all that was taken
        self.tokens = {}  # token -> scopes
        self.used = set()  # jti
        self.asked = []  # (method, path, status)
        self.busy = 0  # so many requests are put off
        self.before = lambda handler: None  # for tests that interfere
        self.key = key
        self.kid = uuid.uuid4().hex

    def __enter__(self):
        handler = type("Handler", (_Handler,), {"platform": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.at = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.thread = Thread(target=self.server.serve_forever, args=(0.05,))
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def id_token(self, nonce, sub="17", role="Learner", without=(), key=None, **more):
        """What the platform signs for a launch, but for some claims."""
        now = int(time.time())
        claims = {
            "iss": self.at, "aud": CLIENT, "sub": sub, "nonce": nonce,
            "iat": now, "exp": now + 300, "name": "Ann Lee",
            CLAIM + "message_type": "LtiResourceLinkRequest",
            CLAIM + "version": "1.3.0",
            CLAIM + "deployment_id": "1",
            CLAIM + "roles": [f"{MEMBER}#{role}"],
            CLAIM + "target_link_uri": "https://hub.example/hub/",
            CLAIM + "resource_link": {"id": "9", "title": "Mean squared error"},
            CLAIM + "context": {"id": "42", "title": "Losses"},
            "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint": {
                "lineitem": f"{self.at}/lineitems/2/lineitem?type_id=1", "scope": [AGS],
            },
            "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice": {
                "context_memberships_url": f"{self.at}/names",
            },
        } | more  # fmt: skip
        claims = {name: value for name, value in claims.items() if name not in without}
        return jwt.encode(claims, key or self.key, "RS256", headers={"kid": self.kid})

    def certs(self):
        key = RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [key | {"kid": self.kid, "alg": "RS256", "use": "sig"}]}

    def new_token(self, form):
        """The status and the content of an answer to a request for a token."""
        if form.get("grant_type") != "client_credentials":
            return 400, {"error": "unsupported_grant_type"}
        try:
            claims = jwt.decode(
                form["client_assertion"], self.tool_key, ["RS256"], issuer=CLIENT,
                audience=f"{self.at}/token", subject=CLIENT,
                options={"require": ["iss", "sub", "aud", "iat", "exp", "jti"]},
            )  # fmt: skip
        except (jwt.PyJWTError, KeyError):
            return self.dialect.other_key, {"error": "invalid_client"}
        if claims["jti"] in self.used or claims["exp"] - claims["iat"] > 3600:
            return self.dialect.other_key, {"error": "invalid_client"}
        self.used.add(claims["jti"])
        scopes = set(form.get("scope", "").split()) & self.scopes
        if not scopes:
            return 400, {"error": "invalid_scope"}
        token = uuid.uuid4().hex
        self.tokens[token] = scopes
        scope = " ".join(sorted(scopes))
        return 200, {"access_token": token, "expires_in": 3600, "scope": scope}

    def take(self, kind, score):
        """The status and the content of an answer to a score."""
        if kind != "application/vnd.ims.lis.v1.score+json":
            return self.dialect.wrong_type, {}
        given, most = score.get("scoreGiven"), score.get("scoreMaximum")
        try:
            written = datetime.fromisoformat(score["timestamp"])
        except (KeyError, ValueError):
            return 400, {}
        if any(name not in score for name in REQUIRED) or written.tzinfo is None:
            return 400, {}
        if given is not None and (most is None or given < 0 or most <= 0):
            return 422, {}
        users = {m["user_id"] for page in self.members for m in page}
        if score["userId"] not in users:
            return self.dialect.stranger, {"errors": {"message": "No such <b>user</b>"}}
        kept = self.scores.setdefault(score["userId"], [])
        last = datetime.fromisoformat(kept[-1]["timestamp"]) if kept else EPOCH
        if self.dialect.whole_seconds:
            last, written = last.replace(microsecond=0), written.replace(microsecond=0)
        if written <= last:
            return self.dialect.stale, {}
        kept.append(score)
        return 200, {}


class _Handler(BaseHTTPRequestHandler):
    platform: FakePlatform

    def log_message(self, *_):
        """Say nothing."""

    def do_GET(self):
        """Names, page by page, and the public key."""
        page = int(parse_qs(urlsplit(self.path).query).get("page", ["0"])[0])
        if self.path == "/certs":
            self.answer(200, self.platform.certs())
        elif self.is_let_in(NRPS):
            pages = self.platform.members
            following = f"{self.platform.at}/names?page={page + 1}"
            link = {"Link": f'<{following}>; rel="next"'} if pages[page + 1 :] else {}
            self.answer(200, {"id": "x", "members": pages[page]}, link)

    def do_POST(self):
        """A token, or a score."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if urlsplit(self.path).path == "/token":
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self.answer(*self.platform.new_token(form))
        elif self.path != "/lineitems/2/lineitem/scores?type_id=1":
            self.answer(404, {})
        elif self.is_let_in(AGS):
            kind = self.headers["Content-Type"]
            self.answer(*self.platform.take(kind, json.loads(body)))

    def is_let_in(self, scope):
        """Whether a token allows this; refused, if it does not."""
        self.platform.before(self)
        token = (self.headers["Authorization"] or "").removeprefix("Bearer ")
        if self.platform.busy:
            self.platform.busy -= 1
            self.answer(503, {})
        elif token not in self.platform.tokens:
            self.answer(401, {"error": f"unknown token {token}"})
        elif scope not in self.platform.tokens[token]:
            self.answer(self.platform.dialect.no_scope, {"error": f"scope of {token}"})
        else:
            return True
        return False

    def answer(self, status, content, headers=()):
        """Send an answer."""
        self.platform.asked.append((self.command, self.path, status))
        body = json.dumps(content).encode()
        self.send_response(status)
        for name, value in dict(headers).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
