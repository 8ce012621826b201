"""The walls of a student's server, tried from the inside."""

import json
import os
import socket
import subprocess
import sys

import pytest

from classroom.hub import walls
from classroom.sandbox import bubblewrap
from tests.classroom.conftest import ASSIGNMENT, needs_sandbox

pytestmark = [needs_sandbox, pytest.mark.classroom]
# Prints what a program between the walls could do, by name.
PROBE = """
import json, os, resource, socket, subprocess, sys
paths, port = json.loads(sys.argv[1])

def writes(folder):
    try:
        path = os.path.join(folder, "probe")
        open(path, "w").close()
        os.remove(path)
        return True
    except OSError:
        return False

def reaches(family, address):
    with socket.socket(family) as one:
        one.settimeout(2)
        try:
            one.connect(address)
            return True
        except OSError:
            return False

print(json.dumps({
    "sees": [path for path in paths if os.path.exists(path)],
    "writes": [folder for folder in ("/", "/usr", "/etc", "/dev/shm", "/proc/sys",
        sys.prefix, "/etc/lossbook", "/exchange/lossbook/outbound",
        "/exchange/lossbook/feedback", "/exchange/lossbook", "/home",
        "/home/jovyan", "/exchange/lossbook/inbound", "/tmp") if writes(folder)],
    "here": reaches(socket.AF_INET, ("127.0.0.1", port)),
    "abroad": reaches(socket.AF_INET, ("1.1.1.1", 53)),
    "abstract": reaches(socket.AF_UNIX, f"\\0lossbook-{port}"),
    "cards": [line.split(":")[0].strip() for line in open("/proc/net/dev")
        if ":" in line],
    "processes": len([name for name in os.listdir("/proc") if name.isdecimal()]),
    "namespaces": subprocess.run(["unshare", "-U", "true"]).returncode == 0,
    "mounts": subprocess.run(["mount", "-t", "tmpfs", "x", "/tmp"]).returncode == 0,
    "limits": [resource.getrlimit(kind)[0] for kind in (resource.RLIMIT_AS,
        resource.RLIMIT_NPROC, resource.RLIMIT_FSIZE)],
    "user": [os.getuid(), __import__("pwd").getpwuid(os.getuid()).pw_name],
    "capabilities": [line.split()[1] for line in open("/proc/self/status")
        if line.startswith("CapEff")],
    "imports": __import__("importlib.util").util.find_spec("lossbook") is not None,
    "environment": sorted(os.environ),
}))
"""


def tried(state, login, *words):
    account = state.accounts()[login]
    rules = bubblewrap.rules()
    program = ["python", "-c", PROBE, *words]
    done = subprocess.run(
        walls.within(state, account, program, rules=rules),
        env=walls.environment({}),
        pass_fds=[rules],
        capture_output=True,
        text=True,
        timeout=120,
    )
    os.close(rules)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_a_student_reaches_the_own_folder_the_exchange_and_nothing_else(hub):
    course, state = hub
    (course.root / "gradebook.db").touch()
    for folder in (state.outbound, state.feedback("ada-lovelace")):
        folder.chmod(0o777)  # what keeps students out is the wall, not the owner
    secret = [
        course.root, course.source(ASSIGNMENT), course.root / "keys",
        course.root / "gradebook.db", state.root, state.accounts_file,
        state.home("blaise-pascal"), state.inbound("blaise-pascal"),
        walls.HERE, walls.HERE.parent, "/root", "/etc/shadow", "/var", "/sys",
        "/exchange/lossbook/inbound/../../../hub", "/run/hub.sock",
    ]  # fmt: skip
    with socket.socket() as server, socket.socket(socket.AF_UNIX) as abstract:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        abstract.bind(f"\0lossbook-{port}")
        abstract.listen()
        with socket.create_connection(("127.0.0.1", port)):
            pass  # it is there, and can be reached from outside

        found = tried(state, "ada-lovelace", json.dumps([[*map(str, secret)], port]))

    # Python may lie below one of them; then the folder is there, and nothing else.
    above = {str(p) for p in walls.Path(sys.prefix).parents} | {sys.prefix}
    above |= {str(p) for p in walls.Path(sys.base_prefix).parents}
    assert [path for path in found["sees"] if path not in above] == []
    own = [walls.HOME, "/exchange/lossbook/inbound", "/tmp"]  # noqa: S108
    assert found["writes"] == own
    assert not found["here"] and not found["abroad"] and not found["abstract"]
    assert found["cards"] == ["lo"]
    assert found["processes"] < 6
    assert not found["namespaces"] and not found["mounts"]
    assert found["limits"] == list(walls.LIMITS.values())
    assert found["user"][0] != 0 and found["user"][1] == "jovyan"
    assert int(found["capabilities"][0], 16) == 0
    assert found["imports"]
    given = {*walls.environment({}), "PWD", "LC_CTYPE", "SHLVL", "_"}
    assert set(found["environment"]) <= given


def test_what_one_writes_stays_and_another_does_not_find_it(hub):
    _, state = hub
    for login, program in (
        ("ada-lovelace", "open('mine.txt', 'w').write('x')"),
        ("blaise-pascal", "import os; assert os.listdir() == [], os.listdir()"),
        ("ada-lovelace", "assert open('mine.txt').read() == 'x'"),
    ):
        account = state.accounts()[login]
        command = walls.within(state, account, ["python", "-c", program])
        subprocess.run(command, env=walls.environment({}), check=True, timeout=120)
    assert (state.home("ada-lovelace") / "mine.txt").exists()
