"""The walls hold: tried from inside."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from classroom.sandbox import Limits, bubblewrap, execute
from classroom.sandbox.bubblewrap import NoSandboxError
from tests.classroom.conftest import needs_sandbox

pytestmark = needs_sandbox
QUICK = Limits(seconds=8)


def run(*sources, limits=QUICK):
    """Status of a run, and what each cell printed or raised."""
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    result = execute(nbformat.writes(notebook), limits)
    shown = []
    for cell in nbformat.reads(result["notebook"], 4).cells:
        texts = [
            o.get("text") or f"{o.get('ename')}: {o.get('evalue')}"
            for o in cell.outputs
        ]
        shown.append("".join(texts).strip())
    return result["status"], shown


def test_no_environment_no_network_and_no_other_files(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_TOKEN", "hunter2")
    (tmp_path / "gradebook.db").write_text("grades")

    status, shown = run(
        "import os; print(sorted(os.environ), 'hunter2' in str(dict(os.environ)))",
        "import socket; socket.create_connection(('127.0.0.1', 80), 2)",
        f"import os; print(os.path.exists({str(tmp_path)!r}))",
        "print(len(os.listdir('/proc')) < 70, 'secret' not in str(os.listdir('/')))",
        f"open({str(tmp_path / 'new')!r}, 'w')",
        "import lossbook.exercises.engine.checkers",
        "import sklearn.metrics",
    )

    assert status == "ok"
    assert "SECRET_TOKEN" not in shown[0]
    assert shown[0].endswith("False")
    assert "Error" in shown[1]
    assert shown[2] == "False"
    assert shown[3] == "True True"
    assert "Error" in shown[4] and not (tmp_path / "new").exists()
    assert "ModuleNotFoundError" in shown[5]
    assert "ModuleNotFoundError" in shown[6]


def test_only_the_scratch_folder_can_be_written():
    places = (
        "['/', '/usr', '/grading', '/dev', '/dev/shm', '/etc', lossbook.__path__[0]]"
    )
    status, shown = run(
        "import os, lossbook; open('notes.txt', 'w').write('x'); print(os.getcwd())",
        f"print([p for p in {places} if os.access(p, os.W_OK)])",
        "open('big', 'wb').write(b'0' * 2**27)",
        "open('/scratch/more', 'wb').write(b'0' * 2**20); print('still runs')",
    )

    assert status == "ok"
    assert shown[0] == "/scratch"
    assert shown[1] == "[]"
    assert "OSError" in shown[2]


def test_a_loop_without_end_is_stopped_and_what_ran_stays():
    status, shown = run(
        "print(1)", "while True: pass", "print(3)", limits=Limits(seconds=3)
    )

    assert status == "timeout"
    assert shown == ["1", "", ""]


def test_a_python_that_ends_is_told():
    assert run("print(1)", "import os; os._exit(0)", "print(3)") == (
        "kernel_died",
        ["1", "", ""],
    )


def test_memory_has_an_end():
    status, shown = run("import numpy as np", "np.ones(2**30)", "print('still runs')")

    assert status == "out_of_memory"
    assert "Unable to allocate 8.00 GiB" in shown[1]
    assert shown[2] == "still runs"


def test_output_has_an_end():
    status, shown = run("for i in range(100): print('x' * 1_000_000)", "print('on')")

    assert status == "ok"
    assert len(shown[0]) < 21_000
    assert shown[0].endswith("[The rest is not kept.]")
    assert shown[1] == "on"


def test_processes_have_a_number():
    status, shown = run(
        "import os\nwhile True: os.fork()", "print('on')", limits=Limits(seconds=20)
    )

    assert status in ("ok", "kernel_died", "timeout")
    assert "BlockingIOError" in shown[0] or status != "ok"


def test_the_folder_of_the_sockets_cannot_be_filled():
    fill = (
        "import glob\nfor place in glob.glob('/tmp/class-*'):\n"
        "    for i in range(100): open(f'{place}/{i}', 'wb').write(b'0' * 2**22)\n"
        "import time; time.sleep(3)"
    )

    assert run(fill)[0] == "kernel_died"


def test_without_bubblewrap_nothing_runs(monkeypatch):
    monkeypatch.setattr(bubblewrap.shutil, "which", lambda name: None)

    with pytest.raises(NoSandboxError, match="Install it"):
        run("print(1)")


def test_trust_runs_without_walls(monkeypatch):
    monkeypatch.setattr(bubblewrap.shutil, "which", lambda name: None)
    notebook = nbformat.writes(new_notebook(cells=[new_code_cell("print(2)")]))

    result = execute(notebook, QUICK, trusted=True)

    assert result["status"] == "ok"
    assert "2" in nbformat.reads(result["notebook"], 4).cells[0].outputs[0].text
