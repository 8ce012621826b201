"""The status page says what is: the counts of the files, the versions of the lock."""

import json

import pytest

from tools.author import status

PASSED = """<testsuites><testsuite errors="0" failures="{failures}" skipped="1"
tests="12" time="93.7" timestamp="2026-05-04T03:02:01.5+00:00"/></testsuites>"""


@pytest.fixture(scope="module")
def kept():
    return json.loads(status.FILE.read_text("utf-8"))


def test_the_counts_are_those_of_the_files(kept):
    assert kept["counts"] == status.counts(), "run `make status`"
    assert all(kept["counts"].values())


def test_the_versions_are_those_of_the_lock(kept):
    assert kept["versions"] == status.versions(), "run `make status`"


def test_a_run_is_read_from_the_report_of_pytest(tmp_path):
    report = tmp_path / "tests.xml"
    report.write_text(PASSED.format(failures=0))
    run = status.last_run(report)

    assert (run["date"], run["tests"], run["seconds"]) == ("2026-05-04", 11, 94)


def test_a_run_that_failed_or_never_was_is_not_recorded(tmp_path):
    report = tmp_path / "tests.xml"
    assert status.last_run(report) is None
    report.write_text(PASSED.format(failures=1))
    assert status.last_run(report) is None
