"""What the cells of a notebook show: the beginning is kept, and the rest dropped."""

from nbformat import NotebookNode
from nbformat.v4 import new_output

from .emitting import EMITTED
from .gate import Message
from .limits import Limits

TOO_MUCH = "\n[The rest is not kept.]\n"


class Shown:
    """Puts messages into the outputs of one cell after the other.

    Parameters
    ----------
    limits : Limits
        How much is kept of a cell.
    """

    def __init__(self, limits: Limits):
        self.limits = limits
        self._count = 0

    def begin(self, cell: NotebookNode) -> None:
        """Take what comes from now on for what `cell` shows."""
        self._count += 1
        cell.outputs, cell.execution_count = [], self._count
        self._outputs: list[NotebookNode] = cell.outputs
        self._clear()

    def add(self, message: Message) -> None:
        """Keep what a message shows, as far as there is room."""
        kind, content = message.kind, message.content
        if kind == "clear_output" and content["wait"]:
            self._clear_before_next = True
        elif kind == "clear_output":
            self._clear()
        elif kind == "update_display_data":
            self._update(content["display_id"], content["data"])
        else:
            if self._clear_before_next:
                self._clear()
            if kind == "stream":
                self._print(content["name"], content["text"])
            elif kind == "error":
                self._fail(content)
            else:
                self._display(kind, content["data"], content["display_id"])

    def _clear(self) -> None:
        self._outputs.clear()
        self._room = {False: self.limits.output, True: self.limits.emitted}
        self._displays: dict[str, list[NotebookNode]] = {}
        self._clear_before_next = False

    def _print(self, name: str, text: str) -> None:
        room = self._room[False]
        if room <= 0 or not text:
            return
        self._room[False] -= len(text)
        if len(text) > room:
            text = text[:room] + TOO_MUCH
        last = self._outputs[-1] if self._outputs else None
        if last is not None and last.get("name") == name:
            last.text += text
        else:
            self._outputs.append(new_output("stream", name=name, text=text))

    def _fail(self, content: dict) -> None:
        """Keep an error, also where much has been printed: judging looks for it."""
        first = all(output.output_type != "error" for output in self._outputs)
        if first or self._room[False] > 0:
            self._room[False] -= _size(content)
            self._outputs.append(new_output("error", **content))

    def _display(self, kind: str, data: dict, name: str) -> None:
        size, emits = _size(data), EMITTED in data
        if size > self._room[emits]:
            return
        self._room[emits] -= size
        count = {"execution_count": self._count} if kind == "execute_result" else {}
        self._outputs.append(new_output(kind, data, **count))
        if name and not emits:
            self._displays.setdefault(name, []).append(self._outputs[-1])

    def _update(self, name: str, data: dict) -> None:
        for output in self._displays.get(name, []):
            more = _size(data) - _size(output.data)
            if more <= self._room[False] and EMITTED not in data:
                self._room[False] -= more
                output.data = NotebookNode(data)


def _size(content: object) -> int:
    if isinstance(content, str):
        return len(content)
    if isinstance(content, dict):
        return sum(map(_size, content.values()))
    if isinstance(content, list):
        return sum(map(_size, content))
    return 8
