"""The walls hold: tried from inside."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from classroom.sandbox import Limits, bubblewrap, execute, totals
from classroom.sandbox.bubblewrap import NoSandboxError
from classroom.sandbox.limits import Ended
from tests.classroom.conftest import needs_sandbox

pytestmark = [needs_sandbox, pytest.mark.classroom]
QUICK = Limits(seconds=8)


def executed(*sources, limits=QUICK):
    """What a run gives, and what each cell printed or raised."""
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    result = execute(nbformat.writes(notebook), limits)
    shown = []
    for cell in nbformat.reads(result["notebook"], 4).cells:
        texts = [
            o.get("text") or f"{o.get('ename')}: {o.get('evalue')}"
            for o in cell.outputs
        ]
        shown.append("".join(texts).strip())
    return result, shown


def run(*sources, limits=QUICK):
    """Status of a run, and what each cell printed or raised."""
    result, shown = executed(*sources, limits=limits)
    return result["status"], shown


@pytest.fixture(params=["cgroup", "watcher"])
def walls(request, monkeypatch):
    """With and without control groups."""
    if request.param == "watcher":
        monkeypatch.setattr(totals, "_places", lambda mounted, told: [])
    elif not totals._places(totals.CGROUPS, Path("/proc/self/cgroup").read_text()):
        pytest.skip("no control groups can be made here")
    return request.param


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


def test_one_clock_for_all_cells():
    naps = ["import time; time.sleep(0.9)"] * 40

    result, _ = executed(*naps, limits=Limits(seconds=3))

    assert result["status"] == "timeout"
    ran = nbformat.reads(result["notebook"], 4).cells
    assert len([cell for cell in ran if cell.execution_count]) <= 4


def test_a_flood_of_messages_does_not_stop_the_clock():
    flood = (
        "from IPython.display import clear_output\n"
        "while True: print('x', flush=True); clear_output()"
    )

    assert run(flood, limits=Limits(seconds=3))[0] in ("timeout", "failed")


def test_too_many_messages_a_second_end_a_run():
    result, _ = executed(
        "from IPython.display import clear_output\nwhile True: clear_output()",
        limits=Limits(seconds=60, messages=20),
    )

    assert result["status"] == "failed"
    assert result["reason"] == "It sent more than 20 messages a second."


def test_files_that_are_deleted_and_open_count():
    fill = """
import os
kept = []
for place in ('/scratch', '/tmp', '/dev/shm', '/sockets', '/grading', '.'):
    try:
        for _ in range(100):
            kept.append(open(place + '/f', 'wb', buffering=0))
            os.unlink(place + '/f')
            for _ in range(10):
                kept[-1].write(b'0' * 2**20)
    except OSError:
        pass
print(sum(os.fstat(one.fileno()).st_size for one in kept))
"""
    status, shown = run(fill, limits=Limits(seconds=20, files=2**25))

    assert status == "ok"
    assert 2**24 < int(shown[0]) <= 2**25


def test_memory_that_no_limit_would_see_is_refused():
    asks = """
import ctypes, errno, os, socket
libc = ctypes.CDLL(None, use_errno=True)
CLONE_NEWUSER = 0x10000000
def refused(code):
    return code == -1 and ctypes.get_errno() == errno.EPERM
print(refused(libc.unshare(CLONE_NEWUSER)), refused(libc.shmget(0, 2**20, 0o1600)))
print(refused(libc.ptrace(0, 0, 0, 0)))
for ask in (lambda: os.memfd_create('x'), lambda: socket.socket(40, 1)):
    try:
        ask()
    except PermissionError:
        print(True)
"""
    status, shown = run(asks)

    assert status == "ok"
    assert shown[0].split() == ["True"] * 5


MANY = """
import os, time
for _ in range(5):
    if os.fork() == 0:
        try:
            taken = b'1' * (350 * 2**20)
            time.sleep(60)
        finally:
            os._exit(0)
os.wait()
"""


def test_memory_is_counted_of_all_processes_together(walls):
    limits = Limits(seconds=60, memory=3 * 2**29)

    result, _ = executed(MANY, limits=limits)

    assert result["walls"] == walls
    assert result["status"] == "out_of_memory"
    assert "together took more than 1,536 MB" in result["reason"]


def test_files_have_a_number(walls):
    make = "for i in range(60_000): open(f'/tmp/{i}', 'w').close()"
    limits = Limits(seconds=60, memory=2**30, files=2**40)

    result, shown = executed(make, "import time; time.sleep(1)", limits=limits)

    if walls == "watcher":
        assert (result["status"], shown[1]) == ("failed", "")
        assert "more than 20,000 files" in result["reason"]
    else:  # what Linux keeps of each counts as memory
        assert result["status"] in ("ok", "out_of_memory")


def test_nothing_is_left_running(walls):
    name = f"left{os.getpid()}{walls}"
    leave = f"""
import os, subprocess, sys, time
code = 'import os, time; os.fork(); time.sleep(600)'
for _ in range(3):
    subprocess.Popen([sys.executable, '-c', code, {name!r}], start_new_session=True)
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execl(sys.executable, 'python', '-c', code, {name!r})
    os._exit(0)
time.sleep(1)
print('daemons')
"""
    assert run(leave) == ("ok", ["daemons"])

    lines = [_command(process) for process in psutil.process_iter()]
    assert not [line for line in lines if name in line]
    assert not list(totals.CGROUPS.rglob(f"{totals.NAME}-{os.getpid()}-*"))


def _command(process):
    try:
        return process.cmdline()
    except psutil.Error:
        return []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_an_ordinary_user_has_the_same_walls(tmp_path):
    """In a mount namespace in which that user can read Python, wherever it lies."""
    code = (
        "from tests.classroom.test_sandbox import executed, MANY, Limits; import os;"
        "assert os.geteuid() == 65534;"
        "result, shown = executed('import os; print(os.listdir(\"/scratch/..\"))');"
        "print(result['status'], result['reason'], 'home' not in shown[0]);"
        "result, _ = executed(MANY, limits=Limits(seconds=60, memory=3 * 2**29));"
        "print(result['status'], result['walls'])"
    )
    base = Path(sys.base_prefix)
    top = Path(*base.parts[:2])
    script = f"""
mount --bind {base} {tmp_path} && mount -t tmpfs -o mode=755 none {top} &&
mkdir -p {base} && mount --bind {tmp_path} {base} || exit 1
exec setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
"""
    hidden = top == Path("/root")
    become = script if hidden else script.strip().splitlines()[-1]
    done = subprocess.run(
        [
            "/usr/bin/unshare",
            "-m",
            "sh",
            "-c",
            become,
            "sh",
            sys.executable,
            "-c",
            code,
        ],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "HOME": "/nonexistent", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
    )

    assert done.stdout.splitlines() == ["ok  True", "out_of_memory watcher"], (
        done.stderr[-2000:]
    )


V2 = "0::/user.slice/user-1.slice/user@1.service/app.slice/x.scope\n"


def test_a_group_of_version_2_is_made_where_controllers_are_passed_on(tmp_path):
    service = tmp_path / "user.slice/user-1.slice/user@1.service"
    (service / "app.slice/x.scope").mkdir(parents=True)
    (service / "cgroup.subtree_control").write_text("cpu memory pids\n")
    (service / "app.slice/cgroup.subtree_control").write_text("\n")

    ((parents, version),) = totals._places(tmp_path, V2)
    group = totals.Group(Limits(), parents, version)

    assert version == 2 and set(parents.values()) == {service}
    (folder,) = set(group.folders.values())
    assert (folder / "memory.max").read_text() == str(Limits.memory)
    assert int((folder / "pids.max").read_text()) >= Limits.processes
    (folder / "memory.events").write_text("oom 1\noom_kill 0\n")
    group.check(0)
    (folder / "memory.events").write_text("oom 1\noom_kill 2\n")
    with pytest.raises(Ended, match="out_of_memory"):
        group.check(0)


def test_a_python_that_cannot_start_is_one_submissions_trouble(monkeypatch):
    monkeypatch.setattr(bubblewrap, "SERVING", "/grading/nothing.py")

    result, _ = executed("print(1)")

    assert result["status"] == "failed"
    assert "Python did not start" in result["reason"]
    assert "nothing.py" in result["reason"]


def test_a_notebook_that_is_none_is_one_submissions_trouble():
    result = execute("[1, 2", QUICK)

    assert result["status"] == "failed"
    assert result["notebook"] == "[1, 2"


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
