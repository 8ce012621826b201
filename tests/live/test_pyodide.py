"""The distribution of Pyodide: complete, checked, and made anew when it must be."""

import hashlib
import json
import shutil
import sys
import urllib.error
import zipfile

import pytest

from tools.build.pyodide import SourceError, sources

assemble = sys.modules["tools.build.pyodide.assemble"]  # the package gives the function


@pytest.fixture(scope="module")
def distribution():
    return assemble.assemble()


@pytest.fixture(scope="module")
def lock(distribution):
    return json.loads((distribution / assemble.LOCK).read_text("utf-8"))["packages"]


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
        kept = [name for name in names if name.endswith(".py")]
        if path.name.startswith("lossbook"):
            assert kept
            assert all(n.endswith("/solutions.py") for n in kept)
        else:
            assert len(kept) < 0.05 * len(names), path.name  # templates


def test_a_second_run_compiles_and_fetches_nothing(distribution, monkeypatch):
    before = {path.name: path.stat().st_ino for path in distribution.glob("*.whl")}
    monkeypatch.setattr(sources, "from_official", None)
    monkeypatch.setattr(sources, "from_package", None)
    again = assemble.assemble()
    assert {path.name: path.stat().st_ino for path in again.glob("*.whl")} == before


@pytest.fixture
def pinned(monkeypatch):
    """One file, pinned by its checksum; the package answers, the network does not."""
    right = b"as Pyodide published it"
    pins = {"files": {"a.wasm": hashlib.sha256(right).hexdigest()}}
    pins |= {"version": "1.0", "address": "https://example.org/"}
    monkeypatch.setattr(sources, "PINS", pins)
    monkeypatch.delenv(sources.FOLDER, raising=False)

    def silent(*_, **__):
        raise urllib.error.URLError("no answer")

    monkeypatch.setattr(sources.urllib.request, "urlopen", silent)
    monkeypatch.setattr(sources, "from_package", lambda names: {"a.wasm": right})
    return right


def test_a_folder_that_the_builder_names_comes_first(pinned, tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "from_package", lambda _: pytest.fail("not asked"))
    monkeypatch.setenv(sources.FOLDER, str(tmp_path))
    with pytest.raises(SourceError, match=r"a\.wasm is missing\. Put the files of"):
        sources.fetch(["a.wasm"])
    (tmp_path / "a.wasm").write_bytes(pinned)
    assert sources.fetch(["a.wasm"]) == {"a.wasm": pinned}


def test_a_file_with_another_checksum_is_refused(pinned, tmp_path, monkeypatch):
    monkeypatch.setenv(sources.FOLDER, str(tmp_path))
    (tmp_path / "a.wasm").write_bytes(pinned[:-1])
    with pytest.raises(SourceError, match=r"pins\.toml asks for .* It was not used\."):
        sources.fetch(["a.wasm"])


def test_where_the_distribution_does_not_answer_the_package_does(pinned):
    assert sources.fetch(["a.wasm"]) == {"a.wasm": pinned}


def test_the_wheel_of_the_checkout_follows_all_that_goes_into_it(tmp_path, monkeypatch):
    root = tmp_path / "checkout"
    (root / "lossbook").mkdir(parents=True)
    (root / "lossbook" / "__init__.py").touch()
    for name in ("pyproject.toml", "LICENSE", "README.md"):
        shutil.copy2(assemble.ROOT / name, root)
    monkeypatch.setattr(assemble, "ROOT", root)
    monkeypatch.setattr(assemble, "CACHE", tmp_path)
    first = assemble.own()
    assert assemble.own() == first
    with (root / "README.md").open("a") as readme:
        readme.write("One more line.")
    with zipfile.ZipFile(assemble.own()) as wheel:
        about = next(name for name in wheel.namelist() if name.endswith("/METADATA"))
        assert wheel.read(about).endswith(b"One more line.")


def test_another_pyodide_compiles_everything_again(tmp_path, monkeypatch):
    core, wheel = tmp_path / "core", tmp_path / "a.whl"
    wheel.touch()
    monkeypatch.setattr(assemble, "CACHE", tmp_path)

    class Compiled:
        returncode, stdout = 0, ""

    def compile_(command, **_):
        for target in command[4::2]:
            open(target, "wb").close()
        return Compiled()

    monkeypatch.setattr(assemble, "run", compile_)
    first = assemble.compiled([wheel], core)
    monkeypatch.setattr(assemble, "PINS", {"version": "another"})
    assert assemble.compiled([wheel], core) != first


def test_an_official_host_that_does_not_answer_is_given_up(monkeypatch):
    monkeypatch.setitem(sources.PINS, "address", "http://127.0.0.1:9/")
    assert sources.from_official(["pyodide.mjs"]) is None
