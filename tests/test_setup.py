"""The set-up of a checkout: what is half there is made whole, what is whole stays.

`make test-fresh` tries it with real packages; here a list of what it would run does.
"""

import json

import pytest

from tools import cache, setup


@pytest.fixture
def ran(tmp_path, monkeypatch):
    """Set up a checkout in which commands only leave what they would have made."""
    commands = []

    def run(*command):
        commands.append(" ".join(map(str, command)).replace(str(tmp_path), ""))
        if "venv" in command:
            (venv / "bin").mkdir(parents=True, exist_ok=True)
            setup.PYTHON.touch()
        if "ci" in command:
            package = modules / "katex"
            package.mkdir(parents=True, exist_ok=True)
            listed = json.dumps({"packages": {"node_modules/katex": {}}})
            (modules / ".package-lock.json").write_text(listed)

    venv, modules = tmp_path / ".venv", tmp_path / "node_modules"
    for name, value in {
        "ROOT": tmp_path,
        "VENV": venv,
        "MODULES": modules,
        "STAMP": venv / "stamp",
        "PYTHON": venv / "bin" / "python",
        "INPUTS": ["asked"],
        "run": run,
    }.items():
        monkeypatch.setattr(setup, name, value)
    monkeypatch.setattr(cache, "LOCKS", tmp_path / "locks")
    (tmp_path / "asked").write_text("katex")
    setup.main()
    assert any(" ci " in command for command in commands)
    commands.clear()
    return commands


def test_a_second_time_nothing_is_done(ran):
    setup.main()
    assert ran == []


@pytest.mark.parametrize("lost", ["katex", ".package-lock.json"])
def test_packages_that_are_half_there_are_installed_again(ran, lost, tmp_path):
    path = tmp_path / "node_modules" / lost
    path.rmdir() if path.is_dir() else path.unlink()
    setup.main()

    assert any(" ci " in command for command in ran)
    assert not setup.is_half_there()


def test_what_pip_was_killed_in_is_forgotten_so_that_it_is_installed(ran, tmp_path):
    packages = tmp_path / ".venv" / "lib" / "python3.12" / "site-packages"
    for name in ("whole", "half"):
        (packages / f"{name}-1.dist-info").mkdir(parents=True)
    (packages / "whole-1.dist-info" / "RECORD").touch()
    (tmp_path / "asked").write_text("katex, and more")
    setup.main()

    assert [path.name for path in packages.iterdir()] == ["whole-1.dist-info"]
    assert any("pip install" in command for command in ran)


def test_what_fails_is_done_again(ran, tmp_path, monkeypatch):
    def fail(*command):
        raise SystemExit("no network")

    (tmp_path / "asked").write_text("katex, and more")
    with monkeypatch.context() as broken:
        broken.setattr(setup, "run", fail)
        with pytest.raises(SystemExit):
            setup.main()
    setup.main()

    assert any(" ci " in command for command in ran)
