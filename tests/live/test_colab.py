"""The copies for Colab."""

import nbformat
import pytest

from tests.book.chapters import BOOK, CHAPTERS
from tools.build import colab


def test_each_copy_installs_the_package_and_is_the_chapter_otherwise(
    tmp_path, monkeypatch
):
    monkeypatch.setenv("LOSSBOOK_REPOSITORY", "https://github.com/owner/name/")
    colab.main([str(tmp_path)])
    assert sorted(path.stem for path in tmp_path.iterdir()) == CHAPTERS
    for name in CHAPTERS:
        copy = nbformat.read(tmp_path / f"{name}.ipynb", as_version=4)
        nbformat.validate(copy)
        assert "lossbook @ git+https://github.com/owner/name" in copy.cells[0].source
        book = nbformat.read(BOOK / f"{name}.ipynb", as_version=4)
        sources = [cell.source for cell in copy.cells[1:]]
        assert sources == [cell.source for cell in book.cells]
        assert not any(cell.get("outputs") for cell in copy.cells)


def test_elsewhere_than_on_github_it_says_why_not(tmp_path, monkeypatch):
    monkeypatch.setenv("LOSSBOOK_REPOSITORY", "https://example.org/owner/name")
    with pytest.raises(SystemExit, match="from GitHub only"):
        colab.main([str(tmp_path)])
