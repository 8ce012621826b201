"""Speaking to the platform: a token for what is asked, and what it refuses in words.

Nothing secret stands in a message: neither key, nor token, nor what was signed.
"""

import time
import uuid
from typing import Any
from urllib.parse import urlsplit

import jwt
import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from urllib3.util.retry import Retry

from classroom import cleaning
from classroom.course import CourseError

from ..platform import Platform
from . import keys

SCORE = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
NAMES = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
PERMISSION = {SCORE: "grades (AGS)", NAMES: "names and roles (NRPS)"}
BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
SECONDS = (10, 60)  # to be reached, and to answer
ASSERTION_SECONDS = 300
CLOCKS_DIFFER = 30  # seconds
BUSY = (429, 503)  # said before anything was done, so it may be asked again


class Service:
    """The services of a platform, used as the tool that it knows.

    Parameters
    ----------
    platform : Platform
        What `platform.toml` says.
    wait : float, optional
        Seconds before a busy platform is asked again; twice as long each time.

    Raises
    ------
    CourseError
        By each method: if the platform cannot be reached, or does not let us in.
    """

    def __init__(self, platform: Platform, wait: float = 1) -> None:
        self.platform = platform
        self._key = keys.load(platform.key)
        self._tokens: dict[str, tuple[str, float]] = {}
        self._session = requests.Session()
        # Not what was sent whole and not answered: that may have been carried out.
        again = Retry(
            3, read=0, backoff_factor=wait, status_forcelist=BUSY,
            allowed_methods=None, raise_on_status=False,
        )  # fmt: skip
        self._session.mount("https://", HTTPAdapter(max_retries=again))
        self._session.mount("http://", HTTPAdapter(max_retries=again))

    def ask(self, method: str, url: str, scope: str, **more: Any) -> requests.Response:
        """What the platform answers to a request with a token; whatever its status.

        Only what concerns all that we might ask is an error.
        """
        for _ in range(2):  # a token may have ended before its time
            token = self._token(scope)
            answer = self._send(method, url, auth=_Bearer(token), **more)
            if answer.status_code != 401:
                break
            self._tokens.pop(scope, None)
        if answer.status_code in (401, 403):
            raise CourseError(
                f"{_host(url)} does not let us in: {words(answer, token)}. See that "
                f"the tool may use {PERMISSION[scope]} there."
            )
        if answer.status_code in (*BUSY, 502, 504):
            raise CourseError(
                f"{_host(url)} is busy ({answer.status_code}). Run the command again "
                "later: it goes on where it stopped."
            )
        return answer

    def _token(self, scope: str) -> str:
        token, until = self._tokens.get(scope, ("", 0.0))
        if time.monotonic() < until:
            return token
        url = self.platform.token_url
        answer = self._send(
            "POST", url, data={
                "grant_type": "client_credentials",
                "client_assertion_type": BEARER,
                "client_assertion": self._assertion(),
                "scope": scope,
            }
        )  # fmt: skip
        content = json_of(answer) if answer.ok else {}
        granted = str(content.get("scope", scope)).split()
        if _said(answer).get("error") == "invalid_scope" or scope not in granted:
            raise CourseError(
                f"{_host(url)} does not allow the tool {PERMISSION[scope]}. Its "
                "administrator must switch that on, where the hub is registered."
            )
        token = str(content.get("access_token", ""))
        if not token:
            raise CourseError(
                f"{_host(url)} gives us no token: {words(answer)}. See that client_id "
                "and token_url are those that it shows, that it has the public key "
                "which `lti key` prints, and that this machine's clock is right."
            )
        try:
            seconds = float(content.get("expires_in", 0))
        except (TypeError, ValueError):
            seconds = 0
        self._tokens[scope] = token, time.monotonic() + seconds - CLOCKS_DIFFER
        return token

    def _assertion(self) -> str:
        now = int(time.time())
        claims = {
            "iss": self.platform.client_id,
            "sub": self.platform.client_id,
            "aud": self.platform.audience or self.platform.token_url,
            "iat": now - CLOCKS_DIFFER,
            "exp": now + ASSERTION_SECONDS,
            "jti": uuid.uuid4().hex,
        }
        kid = keys.public(self._key)["kid"]
        return jwt.encode(claims, self._key, "RS256", headers={"kid": kid})

    def _send(self, method: str, url: str, **more: Any) -> requests.Response:
        try:
            # Nobody else is to get the token, or to answer in the platform's name.
            return self._session.request(
                method, url, timeout=SECONDS, allow_redirects=False, **more
            )
        except requests.RequestException as error:
            raise CourseError(
                f"{_host(url)} cannot be reached ({type(error).__name__}). Run the "
                "command again later: it goes on where it stopped."
            ) from error


class _Bearer(AuthBase):
    """Says the token itself, so that no `.netrc` puts something else in its place."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def json_of(answer: requests.Response) -> dict:
    """What stands in an answer.

    Raises
    ------
    CourseError
        If it is no object in JSON.
    """
    content = _said(answer)
    if not content:
        raise CourseError(
            f"{_host(answer.url)} answers {answer.status_code} with what is no JSON. "
            "See that the addresses in platform.toml are those of the platform."
        )
    return content


def words(answer: requests.Response, secret: str = "") -> str:
    """How the platform refuses, in one line without the secret."""
    said = _said(answer)
    inner = said.get("errors")
    said = inner if isinstance(inner, dict) else said
    names = ("error", "error_description", "message", "reason")
    told = " ".join(said[n] for n in names if isinstance(said.get(n), str))
    told = told.replace(secret, "…") if secret else told
    reason = cleaning.line(told or answer.reason or "")
    return f"{answer.status_code} {reason}".strip()


def _said(answer: requests.Response) -> dict:
    try:
        content = answer.json()
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _host(url: str) -> str:
    return urlsplit(url).hostname or "The platform"
