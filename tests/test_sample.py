"""The sample of cases that runs where time is short; nothing is left out for good."""

import re
from pathlib import Path

from tests.conftest import drawn

NAMES = ["a.py::one", *(f"a.py::many[{i}]" for i in range(41)), "b.py::few[x-y[z]]"]
MAKEFILE = (Path(__file__).parents[1] / "Makefile").read_text("utf-8")


def test_of_each_file_a_share_runs_and_at_least_one_case():
    kept = drawn(NAMES, 4, "seed")

    assert kept < set(NAMES)
    assert len(kept) == 11 + 1
    assert "b.py::few[x-y[z]]" in kept


def test_one_commit_always_draws_the_same_and_another_others():
    assert drawn(NAMES, 4, "seed") == drawn(NAMES[::-1], 4, "seed")
    assert drawn(NAMES, 4, "seed") != drawn(NAMES, 4, "other")


def test_many_commits_draw_every_case():
    assert set.union(*(drawn(NAMES, 4, f"commit {i}") for i in range(50))) == set(NAMES)


def test_whatever_is_sampled_has_a_target_that_runs_it_whole():
    sampled = re.findall(r"^([\w-]+):(?:(?!\n\n)[^#]|#)*?--one-in", MAKEFILE, re.M)

    assert len(sampled) >= 3
    for name in sampled:
        assert re.search(rf"^{name}-full:.*\n.*\b{name} ONE_IN=1$", MAKEFILE, re.M)
