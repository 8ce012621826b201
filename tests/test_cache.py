"""What was made is kept until what it is made from changes."""

import pytest

from tools.cache import digest, is_current, renew


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
