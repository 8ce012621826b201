"""Which pages the site has, read from the table of contents alone."""

from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]


def documents(entry):
    """The documents that an entry of the table of contents names, in reading order."""
    here = (
        [entry["file"]]
        if "file" in entry
        else [entry["root"]]
        if "root" in entry
        else []
    )
    below = [
        child
        for key in ("parts", "chapters", "sections")
        for child in entry.get(key, [])
    ]
    return here + [name for child in below for name in documents(child)]


CONTENTS = [
    f"{name}.html"
    for name in documents(yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8")))
]
PAGES = [*CONTENTS, "search.html", "404.html"]
CHAPTER = "book/mean_squared_error.html"  # has formulas, tables, code and figures
# Together they hold all there is: figures, quizzes, cards, exercises, audio, tables.
# `make test` looks at these, `make test-site` at all others too.
SAMPLE = {
    "book/intro.html",
    CHAPTER,
    "book/hinge_practice.html",
    "book/quizzes.html",
    "book/references.html",
    "search.html",
}

# Goes to each thing that moves or answers, and waits until it does: it is fetched then.
COME_NEAR = """async () => {
  const live = (place) => "live" in place.dataset;
  for (const place of document.querySelectorAll("[data-model], [data-study]")) {
    place.scrollIntoView({ block: "end", behavior: "instant" });
    while (!live(place)) await new Promise((done) => setTimeout(done, 20));
  }
}"""


def sampled(names):
    """The cases of a test: for pages that are not in the sample, marked `site`."""
    return [
        pytest.param(name, marks=() if name in SAMPLE else pytest.mark.site)
        for name in names
    ]
