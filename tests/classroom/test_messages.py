"""Whatever a kernel sends, what comes in is well-formed, and the next one is run.

`make test-class` tries many more; `LOSSBOOK_MESSAGES` says how many.
"""

import json
import os
import random

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from classroom.sandbox import EMITTED, Limits, execute, gate
from classroom.sandbox.shown import Shown
from tests.classroom.conftest import needs_sandbox

pytestmark = pytest.mark.classroom

MESSAGES = int(os.environ.get("LOSSBOOK_MESSAGES", "20000"))
FEW = 2_000
SEEDS = [
    ("stream", {"name": "stdout", "text": "a"}),
    ("display_data", {"data": {"text/plain": "a", "image/png": "AAAA"}}),
    ("display_data", {"data": {EMITTED: {"value": {"float": "0x1p+0"}}}}),
    ("execute_result", {"data": {"text/html": "<b>a</b>"}, "execution_count": 3}),
    (
        "update_display_data",
        {"data": {"text/plain": "b"}, "transient": {"display_id": "d"}},
    ),
    ("error", {"ename": "E", "evalue": "v", "traceback": ["one", "two"]}),
    ("clear_output", {"wait": True}),
    ("status", {"execution_state": "idle"}),
    ("comm_open", {"comm_id": "c", "target_name": "jupyter.widget", "data": {}}),
    ("execute_input", {"code": "1", "execution_count": 1}),
    ("nothing known", {}),
]
ODD = [
    None, 0, -1, 10**400, 1.5, float("nan"), float("inf"), True, "", "x", "\ud83d",
    "\x00", "\x1b[31m", "\u202e", "a" * 100_000, [], {}, [[]], [None], {"": None},
    {"data": None}, {"text/plain": 3}, {"text/plain": ["a", 1]},
    {"image/png": '"><script>'}, {EMITTED: float("nan")}, {EMITTED: "\ud83d"},
    {"\ud83d": "x"}, {"execution_state": "idle"},
]  # fmt: skip
RAW = [
    b"", b"{", b"null", b"[]", b"1", b'"x"', b"\xff\xfe", b'{"header": "\xff"}',
    b"[" * 100_000, b'{"header":' * 50_000, b"9" * 10_000, b"NaN", b"\x00" * 10,
    b'{"header": {"msg_type": {}}, "parent_header": {"msg_id": []}, "content": 0}',
]  # fmt: skip


def deep(levels):
    value = None
    for level in range(levels):
        value = [value] if level % 2 else {"a": value}
    return value


def mutated(chance, value):
    """A value in which something is missing, odd, doubled, or deep."""
    if chance.random() < 0.05:
        return chance.choice([*ODD, deep(50), deep(500)])
    if isinstance(value, dict):
        changed = {}
        for key, one in value.items():
            if chance.random() < 0.05:
                continue
            key = (
                chance.choice(["text", "data", "x"]) if chance.random() < 0.05 else key
            )
            changed[key] = mutated(chance, one)
        if chance.random() < 0.1:
            changed[chance.choice(["text", "transient", "name"])] = chance.choice(ODD)
        return changed
    if isinstance(value, list):
        return [mutated(chance, one) for one in value] * chance.choice([1, 1, 1, 0, 3])
    return value


def line(chance, cell="1"):
    """What a hostile kernel might send, as one line."""
    if chance.random() < 0.1:
        return chance.choice(RAW)
    kind, content = chance.choice(SEEDS)
    whole = {
        "header": {"msg_type": kind, "msg_id": "m"},
        "parent_header": {"msg_id": cell},
        "content": content,
    }
    try:
        said = json.dumps(mutated(chance, whole)).encode()
    except (ValueError, RecursionError):
        return b"{"
    if chance.random() < 0.1:
        place = chance.randrange(len(said) + 1)
        said = said[:place] + chance.randbytes(3) + said[place + 3 :]
    return said.replace(b"\n", b"")


def check(cell):
    """A cell that can be written, read, and shown."""
    notebook = new_notebook(cells=[cell])
    nbformat.validate(notebook)
    text = nbformat.writes(notebook)
    text.encode()
    assert "\\u0000" not in text
    json.loads(text, parse_constant=pytest.fail)
    for output in cell.outputs:
        known = {"text/plain", "text/html", "image/png", "image/jpeg", EMITTED}
        data = output.get("data", {})
        assert set(data) <= known
        assert "<script" not in data.get("image/png", "")


def fuzz(seed, count):
    chance = random.Random(seed)  # noqa: S311
    limits = Limits(output=2_000, emitted=5_000)
    shown, came_in = Shown(limits), 0
    for start in range(0, count, 50):
        cell = new_code_cell("x")
        shown.begin(cell)
        for _ in range(min(50, count - start)):
            message = gate.read(line(chance))
            if message is not None and message.kind != "idle":
                came_in += 1
                shown.add(message)
        check(cell)
        texts = [o for o in cell.outputs if EMITTED not in o.get("data", {})]
        assert len(json.dumps(texts)) < 30_000
    assert count / 20 < came_in < count


@pytest.mark.parametrize("seed", range(2))
def test_malformed_messages_do_not_come_in(seed):
    fuzz(seed, FEW)


@pytest.mark.parametrize("seed", range(100, 110))
def test_very_many_malformed_messages_do_not_come_in(seed):
    fuzz(seed, MESSAGES // 10)


@pytest.mark.parametrize(
    ("kind", "content", "kept"),
    [
        ("stream", {"name": "stdout", "text": "\ud83d"}, {"text": "\ufffd"}),
        ("stream", {"name": "stdout"}, None),
        ("stream", {"name": "stdout", "text": 3}, None),
        ("stream", {"name": "stdin", "text": "a"}, None),
        ("display_data", {"data": None}, None),
        ("display_data", {"data": {"image/svg+xml": "<svg/>"}}, None),
        ("display_data", {"data": {"image/png": '"><img src=x>'}}, None),
        ("display_data", {"data": {EMITTED: deep(150)}}, None),
        ("error", {"ename": "E", "evalue": "v", "traceback": "one"}, None),
        ("error", {"ename": 1, "evalue": "v", "traceback": []}, None),
        ("input_request", {"prompt": "password"}, None),
        ("execute_reply", {"status": "ok"}, None),
    ],
)
def test_a_message_is_rebuilt_or_dropped(kind, content, kept):
    header = {"header": {"msg_type": kind}, "parent_header": {"msg_id": "1"}}

    message = gate.read(json.dumps({**header, "content": content}).encode())

    assert (message is None) == (kept is None)
    if message is not None and kept is not None:
        assert message.content.items() >= kept.items()


SEND = """
import base64, json
outlet = get_ipython().kernel.iopub_thread.socket.pipe
mine = get_ipython().kernel.get_parent('shell')['header']['msg_id'].encode()
for one in json.loads(LINES):
    outlet.write(base64.b64decode(one).replace(b'@cell@', mine) + b'\\n')
outlet.flush()
"""
THROUGH_JUPYTER = """
import itertools
kernel = get_ipython().kernel
parent = kernel.get_parent('shell')
odd = [None, 0, {}, [], 'x', '\\ud83d', float('nan'), {'data': 3}, {'text': None}]
kinds = ['stream', 'display_data', 'execute_result', 'error', 'status', 'comm_msg',
         'update_display_data', 'clear_output', 'x']
for kind, one in itertools.product(kinds, odd):
    for content in (one, {'text': one, 'name': one, 'data': one, 'transient': one,
                          'execution_count': one, 'traceback': one, 'ename': one}):
        try:
            kernel.session.send(kernel.iopub_socket, kind, content, parent=parent)
        except Exception:
            pass
"""


def sent_by_a_kernel(seed, count):
    from base64 import b64encode

    chance = random.Random(seed)  # noqa: S311
    sent = [line(chance, "@cell@") for _ in range(count)]
    lines = json.dumps([b64encode(one[:50_000]).decode() for one in sent])
    source = SEND.replace("LINES", repr(lines))
    notebook = new_notebook(
        cells=[new_code_cell(text) for text in (source, THROUGH_JUPYTER, "print('on')")]
    )

    result = execute(nbformat.writes(notebook), Limits(seconds=60, messages=100_000))

    assert result["status"] in ("ok", "failed", "kernel_died")
    cells = nbformat.reads(result["notebook"], 4).cells
    for cell in cells:
        check(cell)
    return result, cells


@needs_sandbox
def test_a_kernel_that_sends_malformed_messages_is_no_trouble():
    result, cells = sent_by_a_kernel(0, 300)

    assert result["status"] == "ok"
    assert cells[2].outputs[0].text == "on\n"


@needs_sandbox
@pytest.mark.parametrize("seed", range(1, 11))
def test_kernels_that_send_malformed_messages_are_no_trouble(seed):
    sent_by_a_kernel(seed, 500)


@needs_sandbox
@pytest.mark.parametrize(
    ("source", "statuses"),
    [
        # Without an end; with an end that nobody can wait for; with none at all.
        ("pipe.write(b'x' * 2**26); pipe.flush()", {"failed"}),
        ("pipe.write(b'[' * 2**26); pipe.flush()", {"failed"}),
        ("pipe.close()", {"timeout", "kernel_died"}),
        ("import os; os.close(pipe.fileno())", {"timeout", "kernel_died"}),
        ("while True: pipe.write(b'\\n' * 1000); pipe.flush()", {"failed", "timeout"}),
        ("while True: pipe.write(b'{}\\n' * 100)", {"failed", "timeout"}),
        ("while True: pipe.flush()", {"timeout"}),
        ("import os\nwhile True: os.write(2, b'x' * 2**16)", {"timeout"}),
    ],
)
def test_what_is_sent_without_end_ends(source, statuses):
    take = "pipe = get_ipython().kernel.iopub_thread.socket.pipe\n"
    notebook = new_notebook(cells=[new_code_cell(take + source)])

    result = execute(nbformat.writes(notebook), Limits(seconds=5))

    assert result["status"] in statuses
