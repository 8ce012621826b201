"""What was made is kept until what it is made from changes."""

import subprocess
import sys

import pytest

from tools import ROOT, cache
from tools.cache import digest, filled, is_current, renew

# Makes something slowly, and tells what it does.
MAKER = """
import sys, time
from pathlib import Path
from tools import cache
folder = Path(sys.argv[1])
cache.LOCKS = folder / "locks"
def make():
    print("making", flush=True)
    time.sleep(0.5)
    (folder / "made").touch()
cache.renew(folder / "made", folder / "stamp", "word", make)
print("there" if (folder / "made").exists() else "missing")
"""


@pytest.fixture
def folder(tmp_path):
    """A folder to make something from."""
    folder = tmp_path / "from"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "a.txt").write_text("a")
    return folder


def test_every_change_is_seen_but_not_caches(folder):
    seen = [digest(folder)]
    for name, text in [
        ("b.txt", ""),
        ("b.txt", "b"),
        ("deep/a.txt", "other"),
        ("deep/__pycache__", "not a folder"),
    ]:
        (folder / name).write_text(text)
        seen.append(digest(folder))
    (folder / "b.txt").rename(folder / "c.txt")
    seen.append(digest(folder))

    assert seen[-2] == seen[-3]
    assert len(set(seen)) == len(seen) - 1


def test_where_a_text_ends_counts():
    assert len({digest("ab", "c"), digest("a", "bc"), digest("abc")}) == 3
    assert digest("a") == digest(b"a")


def test_it_is_made_once_and_again_after_a_change_or_a_loss(tmp_path):
    made, stamp = tmp_path / "made", tmp_path / "stamp"
    times = [
        renew(made, stamp, word, made.touch) for word in ("one", "one", "two", "one")
    ]
    made.unlink()

    assert times == [True, False, True, True]
    assert renew(made, stamp, "one", made.touch)


def test_what_was_broken_off_is_not_current(tmp_path):
    made, stamp = tmp_path / "made", tmp_path / "stamp"
    renew(made, stamp, "old", made.touch)

    def broken_off():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        renew(made, stamp, "new", broken_off)
    assert not is_current(made, stamp, "old")
    assert not is_current(made, stamp, "new")


def started(folder):
    return subprocess.Popen(
        [sys.executable, "-c", MAKER, folder],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_of_two_at_once_one_makes_it_and_the_other_waits(tmp_path):
    first = started(tmp_path)
    assert first.stdout.readline() == "making\n"
    second = started(tmp_path)
    said = [process.communicate()[0].splitlines() for process in (first, second)]

    assert said == [["there"], ["Waiting: another command makes made ...", "there"]]


def test_who_is_killed_while_making_it_leaves_the_lock_to_the_next(tmp_path):
    first = started(tmp_path)
    assert first.stdout.readline() == "making\n"
    first.kill()
    first.communicate()
    second = started(tmp_path)

    assert second.communicate()[0].splitlines() == ["making", "there"]


def test_a_folder_that_another_filled_meanwhile_is_taken(tmp_path, monkeypatch):
    folder = tmp_path / "folder"

    def wait(lock, *, wait):
        folder.mkdir()
        return True

    monkeypatch.setattr(cache, "_locked", wait)
    assert filled(folder, lambda new: pytest.fail("made twice")) == folder
