"""The distribution of Pyodide: complete, checked, compiled, from any of its sources."""

import hashlib
import json
import shutil
import zipfile

import pytest

from tools.pyodide import SourceError, assemble, sources
from tools.pyodide.assemble import LOCK, official


@pytest.fixture(scope="module")
def distribution():
    return assemble()


@pytest.fixture(scope="module")
def lock(distribution):
    return json.loads((distribution / LOCK).read_text("utf-8"))["packages"]


def test_the_lock_names_each_file_with_its_checksum_and_nothing_else(
    distribution, lock
):
    wheels = {path.name: path for path in distribution.glob("*.whl")}
    assert {entry["file_name"] for entry in lock.values()} == set(wheels)
    for entry in lock.values():
        content = wheels[entry["file_name"]].read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"]
        assert set(entry["depends"]) <= set(lock)


def test_all_that_the_course_needs_is_there(lock):
    needed = {"lossbook", "numpy", "matplotlib", "anywidget", "ipython", "latex2mathml"}
    assert needed <= set(lock)
    assert lock["lossbook"]["depends"] == ["numpy"]  # a page loads no more than asked


def test_modules_are_bytecode_and_only_solutions_keep_their_source(distribution):
    for path in [*distribution.glob("*.whl"), distribution / "python_stdlib.zip"]:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            assert {info.date_time[0] for info in archive.infolist()} == {1980}
        sources = [name for name in names if name.endswith(".py")]
        if path.name.startswith("lossbook"):
            assert sources
            assert all(n.startswith("lossbook/exercises/solutions/") for n in sources)
        else:
            assert len(sources) < 0.05 * len(names), path.name  # templates


def test_a_second_run_compiles_and_fetches_nothing(distribution, monkeypatch):
    before = {path.name: path.stat().st_ino for path in distribution.glob("*.whl")}
    monkeypatch.setattr(sources, "from_official", None)
    monkeypatch.setattr(sources, "from_package", None)
    again = assemble()
    assert {path.name: path.stat().st_ino for path in again.glob("*.whl")} == before


def test_a_folder_is_a_source_if_it_is_whole(tmp_path, monkeypatch):
    names = ["pyodide.mjs", "six-1.17.0-py2.py3-none-any.whl"]
    monkeypatch.setenv(sources.FOLDER, str(tmp_path))
    with pytest.raises(SourceError, match=r"pyodide\.mjs, six.* missing"):
        sources.fetch(names)
    for name in names:
        shutil.copy(official() / name, tmp_path)
    assert set(sources.fetch(names)) == set(names)
    (tmp_path / names[0]).write_text("changed")
    with pytest.raises(SourceError, match=r"pyodide\.mjs .* has SHA-256"):
        sources.fetch(names)


def test_an_official_host_that_does_not_answer_is_given_up(monkeypatch):
    monkeypatch.setitem(sources.PINS, "address", "http://127.0.0.1:9/")
    assert sources.from_official(["pyodide.mjs"]) is None
