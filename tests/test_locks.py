"""The lock files hold what is asked for, and no address to fetch it from."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LOCK = (ROOT / "requirements.txt").read_text("utf-8")
OTHER_LOCKS = {
    name: (ROOT / name).read_text("utf-8")
    for name in (
        "requirements/frameworks.txt",
        "requirements/hub.txt",
        "requirements/lite.txt",
        "requirements/minima.txt",
        "requirements/pyodide.txt",
        ".binder/requirements.txt",
    )
}
AUDIO_LOCK = (ROOT / "requirements" / "audio.txt").read_text("utf-8")
HUB_LOCK = OTHER_LOCKS["requirements/hub.txt"]
EXTRAS = PROJECT["optional-dependencies"]
ASKED = [
    *PROJECT["dependencies"],
    *(one for name in ("export", "book", "class", "dev") for one in EXTRAS[name]),
]
ASKED.remove("lossbook[export]")

LOCKS = {"book": LOCK, "audio": AUDIO_LOCK, **OTHER_LOCKS}
every_lock = pytest.mark.parametrize("lock", LOCKS.values(), ids=LOCKS)


def pins(lock):
    return dict(re.findall(r"^([\w.-]+)==([^ ;\\]+)", lock, re.MULTILINE))


@pytest.mark.parametrize(
    ("asked", "lock"),
    [(asked, LOCK) for asked in ASKED]
    + [(asked, AUDIO_LOCK) for asked in EXTRAS["audio"]]
    + [(asked, HUB_LOCK) for asked in EXTRAS["hub"] if asked != "lossbook[class]"],
    ids=lambda value: None if "\n" in value else value,
)
def test_what_is_asked_for_is_pinned_to_a_version_that_fits(asked, lock):
    requirement = Requirement(asked)

    assert pins(lock)[canonicalize_name(requirement.name)] in requirement.specifier


@pytest.mark.parametrize("asked", PROJECT["dependencies"])
def test_the_oldest_version_of_what_is_asked_for_is_tried(asked):
    requirement = Requirement(asked)
    (oldest,) = requirement.specifier
    tried = pins(OTHER_LOCKS["requirements/minima.txt"])[requirement.name]

    assert oldest.operator == ">="
    assert Version(tried).release[: len(oldest.version.split("."))] == (
        Version(oldest.version).release
    )


@every_lock
def test_every_pin_has_a_checksum(lock):
    pinned = re.split(r"^(?=[\w])", lock, flags=re.MULTILINE)[1:]

    assert len(pinned) >= len(pins(lock)) > 20
    assert [entry.split()[0] for entry in pinned if "--hash=sha256:" not in entry] == []


@every_lock
def test_the_lock_names_no_registry(lock):
    assert "://" not in lock


def test_npm_packages_have_checksums_exact_versions_and_no_address():
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    asked = lock.pop("")

    assert all("integrity" in package for package in lock.values())
    assert not any("resolved" in package for package in lock.values())
    for name, version in (asked["dependencies"] | asked["devDependencies"]).items():
        assert lock[f"node_modules/{name}"]["version"] == version
