"""Scores back to a platform that refuses as real ones do, and remembers all it took."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from jwt.algorithms import RSAAlgorithm

from classroom import roster
from classroom.course import Course, CourseError
from classroom.export import Grade
from classroom.lti.services import keys, scores, service
from classroom.roster import Person
from classroom.submissions import Submission

from .faking import AGS, CANVAS, MOODLE, SPECIFICATION

pytestmark = pytest.mark.hub
ASSIGNMENT = "mean_squared_error"
STUDENTS = {"Ann": "17", "Bo": "18", "Cy": "19", "Di": "20"}
DIALECTS = pytest.mark.parametrize(
    "dialect", [SPECIFICATION, MOODLE, CANVAS], ids=["standard", "Moodle", "Canvas"]
)


def grade(student, by_hand=4.0, **more):
    known = Submission(student, ASSIGNMENT, status="ok", identifier=STUDENTS[student])
    return Grade(known, 10.0, by_hand, 20.0, **more)


@pytest.fixture
def course(tmp_path):
    """A course whose roster came from the platform."""
    course = Course(tmp_path / "course")
    people = [Person(name, sub, login=sub) for name, sub in STUDENTS.items()]
    roster.keep(course, ASSIGNMENT, people)
    return course


@pytest.fixture
def send(course, faked, known):
    """Send grades as one run of the command does."""

    faked.members = [[{"user_id": sub} for sub in STUDENTS.values()]]

    def send(grades, progress=lambda: None):
        return scores.send(
            course, ASSIGNMENT, grades, service.Service(known, wait=0), progress
        )

    return send


def statuses(faked):
    return [status for _, path, status in faked.asked if "/scores" in path]


@DIALECTS
def test_scores_arrive(faked, send, dialect):
    faked.dialect = dialect
    late = grade("Di", seconds_late=7_200, penalty=1.0)
    missing = replace(grade("Cy"), is_missing=True)

    sent = send([grade("Ann"), grade("Bo", None), missing, late])

    assert (sent.scores, sent.pending) == (["Ann", "Di"], ["Bo"])
    (ann,), (bo,), (di,) = (faked.scores[STUDENTS[n]] for n in ("Ann", "Bo", "Di"))
    time = ann.pop("timestamp")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", time)
    assert ann == {
        "userId": "17", "scoreGiven": 14, "scoreMaximum": 20,
        "activityProgress": "Completed", "gradingProgress": "FullyGraded",
    }  # fmt: skip
    assert bo["gradingProgress"] == "PendingManual" and "scoreGiven" not in bo
    assert di["scoreGiven"] == 13
    assert di["comment"] == "It came 2 hours late, which costs 1 point."
    assert "19" not in faked.scores


@DIALECTS
def test_only_what_changed_is_sent_again_and_always_later(faked, send, dialect):
    faked.dialect = dialect
    send([grade("Ann"), grade("Bo")])

    sent = send([grade("Ann"), grade("Bo", 5.0)])
    again = send([grade("Ann"), grade("Bo", 6.0)])

    assert (sent.same, sent.scores, again.scores) == (["Ann"], ["Bo"], ["Bo"])
    assert not again.refused
    assert [one["scoreGiven"] for one in faked.scores["18"]] == [14, 15, 16]
    assert len(faked.scores["17"]) == 1


class Earlier(datetime):
    """A clock that was set back."""

    @classmethod
    def now(cls, zone=None):
        return datetime.now(zone) - timedelta(hours=3)


def test_a_clock_that_was_set_back_makes_no_score_stale(faked, send, monkeypatch):
    send([grade("Ann")])
    monkeypatch.setattr(scores, "datetime", Earlier)
    assert send([grade("Ann", 5.0)]).scores == ["Ann"]


def test_a_mark_is_taken_back_until_somebody_has_read_the_answer(faked, send):
    send([grade("Ann")])
    send([grade("Ann", None)])

    assert faked.scores["17"][-1]["gradingProgress"] == "PendingManual"
    assert "scoreGiven" not in faked.scores["17"][-1]


@DIALECTS
def test_who_is_unknown_there_is_told_and_the_others_go_on(faked, send, dialect):
    faked.dialect = dialect
    faked.members = [[{"user_id": "18"}]]

    sent = send([grade("Ann"), grade("Bo")])

    assert sent.scores == ["Bo"] and list(sent.refused) == ["Ann"]
    assert str(dialect.stranger) in sent.refused["Ann"]
    faked.members = [[{"user_id": "17"}, {"user_id": "18"}]]  # enrolled meanwhile
    assert send([grade("Ann"), grade("Bo")]).scores == ["Ann"]


@DIALECTS
def test_a_later_grade_of_the_platform_stays(faked, send, dialect):
    faked.dialect = dialect
    by_hand = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    faked.scores["17"] = [{"timestamp": by_hand, "scoreGiven": 20}]

    sent = send([grade("Ann")])

    assert str(dialect.stale) in sent.refused["Ann"]
    assert len(faked.scores["17"]) == 1


@DIALECTS
def test_another_key_gets_no_token(faked, known, send, dialect):
    faked.dialect = dialect
    known.key.unlink()
    keys.make(known.key)

    with pytest.raises(CourseError, match=f"no token: {dialect.other_key}.*`lti key`"):
        send([grade("Ann")])


def test_a_token_of_yesterday_is_not_asked_for(faked, send, monkeypatch):
    monkeypatch.setattr(service, "ASSERTION_SECONDS", -60)
    with pytest.raises(CourseError, match=r"no token: 401.*clock is right"):
        send([grade("Ann")])


def test_a_permission_that_is_not_given_is_named(faked, send):
    faked.scopes -= {AGS}
    with pytest.raises(CourseError, match=r"does not allow the tool grades \(AGS\)"):
        send([grade("Ann")])


@DIALECTS
def test_a_permission_that_is_taken_away_stops_all(faked, send, dialect):
    faked.dialect = dialect

    def take_away(handler):
        if faked.scores:
            for token in faked.tokens:
                faked.tokens[token] = set()

    faked.before = take_away
    with pytest.raises(CourseError, match=r"does not let us in.*grades"):
        send([grade("Ann"), grade("Bo"), grade("Cy")])
    assert list(faked.scores) == ["17"]


@DIALECTS
def test_the_kind_of_what_is_sent_counts(faked, send, dialect, monkeypatch):
    faked.dialect = dialect
    monkeypatch.setattr(scores, "KIND", "application/json")

    sent = send([grade("Ann")])

    assert str(dialect.wrong_type) in sent.refused["Ann"] and not sent.scores


def test_a_token_that_ends_early_is_renewed(faked, send):
    first = []

    def end(handler):
        if faked.scores and not first:
            first.append(faked.tokens.copy())
            faked.tokens.clear()

    faked.before = end
    assert send([grade("Ann"), grade("Bo")]).scores == ["Ann", "Bo"]
    assert statuses(faked) == [200, 401, 200]


def test_one_token_serves_for_all(faked, send):
    send([grade("Ann"), grade("Bo"), grade("Cy")])
    assert [path for _, path, _ in faked.asked].count("/token") == 1


def test_a_busy_platform_is_asked_again_and_then_later(faked, send):
    faked.busy = 2
    assert send([grade("Ann")]).scores == ["Ann"]

    faked.busy = 100
    with pytest.raises(CourseError, match=r"busy.*goes on where it stopped"):
        send([grade("Bo")])
    faked.busy = 0
    assert send([grade("Ann"), grade("Bo")]).scores == ["Bo"]


def test_an_answer_that_got_lost_leaves_nobody_out(faked, send, monkeypatch):
    """The platform took the second score, and the line broke before it said so.

    Its time is remembered all the same, so not even another clock makes it stale.
    """

    def break_off(handler):
        if len(faked.scores) == 1:
            handler.answer = lambda *_: None

    faked.before = break_off
    with pytest.raises(CourseError, match=r"cannot be reached.*goes on"):
        send([grade("Ann"), grade("Bo"), grade("Cy")])
    assert list(faked.scores) == ["17", "18"]

    faked.before = lambda handler: None
    monkeypatch.setattr(scores, "datetime", Earlier)
    sent = send([grade("Ann"), grade("Bo"), grade("Cy")])

    assert (sent.same, sent.scores) == (["Ann"], ["Bo", "Cy"])
    assert {sub: one[-1]["scoreGiven"] for sub, one in faked.scores.items()} == {
        "17": 14, "18": 14, "19": 14,
    }  # fmt: skip


def test_an_interrupted_run_goes_on(faked, send):
    def interrupt():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send([grade("Ann"), grade("Bo")], progress=interrupt)
    sent = send([grade("Ann"), grade("Bo")])

    assert (sent.same, sent.scores) == (["Ann"], ["Bo"])


def test_what_is_remembered_may_be_damaged(course, faked, send):
    faked.dialect = CANVAS
    send([grade("Ann")])
    (path,) = course.root.glob("scores/*/*.json")
    path.write_text('{"sent": 7, "time": "2026')

    assert not send([grade("Ann", 5.0)]).refused


def test_another_line_item_gets_all_scores(known, course, faked, send):
    send([grade("Ann")])
    elsewhere = replace(known, lineitems={ASSIGNMENT: f"{faked.at}/lineitems/3"})

    sent = scores.send(course, ASSIGNMENT, [grade("Ann")], service.Service(elsewhere))

    assert "404" in sent.refused["Ann"] and not sent.same


def test_without_a_roster_of_the_platform_nothing_is_sent(course, faked, send):
    """The number of a worksheet's participant is another user's id."""
    roster.keep(course, ASSIGNMENT, [Person("Ann", "17")])
    with pytest.raises(CourseError, match="lti names"):
        send([grade("Ann")])
    assert not faked.asked


def test_who_is_not_on_the_roster_gets_nothing(course, faked, send):
    roster.keep(course, ASSIGNMENT, [Person("Ann", "17", login="17")])

    sent = send([grade("Ann"), grade("Bo")])

    assert sent.strangers == ["Bo"] and list(faked.scores) == ["17"]


def test_a_comment_is_no_markup(faked, send):
    record = replace(grade("Ann").record, reason="no notebook in <img src=x>.ipynb")
    send([replace(grade("Ann"), record=record)])

    assert faked.scores["17"][0]["comment"] == "no notebook in < img src=x>.ipynb"


def test_nothing_secret_is_told(known, faked, send):
    """The platform of this test puts the token into what it says."""
    messages = []
    faked.members = [[]]
    messages += send([grade("Ann")]).refused.values()
    for spoil in (
        lambda handler: faked.tokens.clear(),
        lambda handler: [scopes.clear() for scopes in faked.tokens.values()],
        lambda handler: setattr(handler, "answer", lambda *_: None),
    ):
        given = set(faked.tokens)
        faked.before = spoil
        with pytest.raises(CourseError) as found:
            send([grade("Bo")])
        messages.append(str(found.value))
        chained = found.value.__cause__
        messages.append(repr(chained))
        given |= set(faked.tokens)
        assert not [t for t in given for m in messages if t in m]
    assert "unknown token …" in messages[1]
    key = known.key.read_text().splitlines()[1]
    assert not [m for m in messages if key in m or "eyJ" in m]


def test_the_key_is_for_us_alone(known):
    known.key.chmod(0o640)
    with pytest.raises(CourseError, match=r"Others may read.*\(640\)"):
        service.Service(known)


def test_a_key_is_never_written_over(known):
    before = known.key.read_bytes()
    with pytest.raises(CourseError, match="already"):
        keys.make(known.key)
    assert known.key.read_bytes() == before
    assert known.key.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", ["", "-----BEGIN X-----\nsecret\n", "\0"])
def test_what_is_no_key_is_told_without_its_content(known, content):
    known.key.write_text(content)
    with pytest.raises(CourseError, match="no private key") as found:
        service.Service(known)
    assert "secret" not in str(found.value)


def test_the_public_key_checks_what_we_sign(known):
    key = keys.load(known.key)
    shown = keys.public(key)

    assert set(shown) == {"e", "kty", "n", "alg", "use", "kid"}  # nothing private
    signed = jwt.encode({"a": 1}, key, "RS256")
    for public in (RSAAlgorithm.from_jwk(json.dumps(shown)), keys.public_pem(key)):
        assert jwt.decode(signed, public, ["RS256"]) == {"a": 1}


def test_the_thumbprint_is_that_of_the_standard():
    """The example of RFC 7638, section 3.1."""
    n = (
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxu"
        "hDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN"
        "5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5"
        "hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBni"
        "Iqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"
    )
    public = RSAAlgorithm.from_jwk(json.dumps({"kty": "RSA", "n": n, "e": "AQAB"}))

    class Private:
        def public_key(self):
            return public

    assert keys.public(Private())["kid"] == (
        "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"
    )
