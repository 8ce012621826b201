"""A class with attackers in it, Jupyter started over it, and a browser that watches."""

import json
import os
import sys
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell
from playwright.sync_api import BrowserContext, Page

from classroom import answers
from tests.classroom import payloads
from tests.classroom.conftest import ASSIGNMENT, NOTEBOOK
from tests.jupyter import jupyterlab
from tests.site.pages import ROOT

PROSE = "assessor"  # the cell that a person grades


def notebook_of(course, prose=payloads.HONEST):
    """A right notebook with this answer in words."""
    return answers.notebook(course, ASSIGNMENT, {PROSE: prose})


def of_prose(course):
    """Every payload of prose in a cell of its own, and all of them in the answer."""
    notebook = notebook_of(course, "\n\n".join(payloads.PROSE.values()))
    notebook.cells += [
        new_markdown_cell(text, attachments=deepcopy(payloads.ATTACHMENTS))
        for text in payloads.PROSE.values()
    ]
    return notebook


def of_outputs(course):
    """Code that shows every payload, and the same as stored outputs."""
    notebook = notebook_of(course)
    for data, metadata in payloads.OUTPUTS.values():
        shows = f"display({data!r}, raw=True, metadata={metadata!r})"
        stored = [new_output("display_data", data=data, metadata=metadata)]
        notebook.cells.append(new_code_cell(shows, outputs=stored))
    for text in payloads.PRINTED.values():
        stored = [
            new_output("stream", name="stderr", text=text),
            new_output("error", ename=text, evalue=text, traceback=[text]),
        ]
        shows = f"print({text!r})\nraise type({text!r}, (Exception,), {{}})({text!r})"
        notebook.cells.append(new_code_cell(shows, outputs=stored))
    return notebook


def of_metadata(course):
    """Payloads in everything that stands around the cells."""
    notebook = notebook_of(course)
    notebook.metadata.update(deepcopy(payloads.METADATA))
    for cell in notebook.cells:
        own = deepcopy(payloads.CELL)
        cell.metadata = nbformat.from_dict(own | dict(cell.metadata))
    more = [
        new_raw_cell(text, metadata={"raw_mimetype": kind, "format": kind})
        for kind, text in payloads.RAW.items()
    ]
    more.append(new_markdown_cell("x", metadata=deepcopy(payloads.CELL)))
    more.append(new_code_cell("x = 1", metadata=deepcopy(payloads.CELL)))
    notebook.cells += more
    return notebook


@dataclass
class Jupyter:
    """JupyterLab with nbgrader's Formgrader, over the folder of a course."""

    address: str
    token: str

    def url(self, *parts: str) -> str:
        """The address of a page."""
        return f"{self.address}/{'/'.join(quote(part) for part in parts)}"


@contextmanager
def jupyter(course, folder):
    """Start Jupyter as `teaching.md` says, without the settings of this machine."""
    tracker = folder / "settings" / "@jupyterlab" / "notebook-extension"
    tracker.mkdir(parents=True)
    # All cells are drawn, also those that one would have to scroll to.
    (tracker / "tracker.jupyterlab-settings").write_text('{"windowingMode": "none"}')
    own = ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
    environment = {name: str(folder / name) for name in (*own, "IPYTHONDIR")}
    environment |= {"PYTHONPATH": str(ROOT)}
    environment["PATH"] = os.pathsep.join(
        [os.path.dirname(sys.executable), os.environ["PATH"]]
    )
    with jupyterlab(course.root, folder, os.environ | environment) as running:
        yield Jupyter(*running)


@dataclass
class Watch:
    """What pages do that an attacker could want: run, ask elsewhere, go elsewhere."""

    context: BrowserContext
    ran: list = field(default_factory=list)
    asked: set = field(default_factory=set)
    complained: list = field(default_factory=list)

    def __post_init__(self):
        self.context.expose_binding("owned", lambda source, what: self._note(source))
        self.context.on("request", self._request)
        self.context.on("dialog", lambda dialog: self._dialog(dialog))
        self.context.on("console", self._console)
        self.context.on("weberror", lambda error: self.complained.append(str(error)))

    def open(self, address: str) -> Page:
        """A page, when all of it has been loaded."""
        page = self.context.new_page()
        page.goto(address, wait_until="networkidle")
        return page

    def saw_nothing(self) -> bool:
        """Whether nothing ran and no other host was asked; says what did."""
        assert self.ran == []
        assert self.asked == set()
        return True

    def _note(self, source):
        frame = source["frame"]
        self.ran.append(frame.url)

    def _request(self, request):
        parts = urlsplit(request.url)
        if (
            parts.scheme not in ("data", "blob", "file")
            and parts.hostname != "127.0.0.1"
        ):
            self.asked.add(request.url)

    def _dialog(self, dialog):
        if dialog.type != "beforeunload":
            self.ran.append(f"{dialog.type}: {dialog.message}")
        dialog.accept()

    def _console(self, message):
        if message.type == "error":
            self.complained.append(message.text)


MATHML = """math mrow mi mn mo mtext mspace mfrac msqrt mroot msub msup msubsup munder
mover munderover mtable mtr mtd mstyle mpadded mphantom""".split()  # noqa: SIM905
ELEMENTS = """p br hr em strong del s code pre blockquote ul ol li h1 h2 h3 h4 h5 h6 a
table thead tbody tr th td div span sup sub img""".split()  # noqa: SIM905
ATTRIBUTES = """class href src alt title start align id xmlns display mathvariant lspace
rspace width form stretchy fence columnalign rowspacing columnspacing accent rel
linethickness scriptlevel displaystyle maxsize minsize movablelimits style tabindex"""
# Returns what of a student stands in the page that is neither text nor a plain mark.
STRANGE = """([areas, elements, attributes]) => {
  const found = [];
  for (const area of document.querySelectorAll(areas))
    for (const element of area.querySelectorAll("*")) {
      const tell = what => found.push(`${what} in ${element.outerHTML.slice(0, 160)}`);
      const name = element.localName;
      if (!elements.includes(name)) tell(name);
      for (const {name: key, value} of element.attributes) {
        if (!attributes.includes(key)) tell(key);
        if (key === "style" && !/^(text-align: ?\\w+)?$/.test(value)) tell(key);
        if (key === "id" && !/^[\\w.:,()²-]*$/u.test(value)) tell(key);
      }
      if (name === "a" && !["https:", "http:", "mailto:"].includes(element.protocol))
        tell("address");
      if (name === "img" && !/^data:image\\/png;base64,[\\w+/=]*$/.test(element.src))
        tell("source");
    }
  return found;
}"""


def strange(page, areas, *more):
    """What stands in these parts of a page and should not."""
    allowed = [*ELEMENTS, *MATHML, *more]
    return page.evaluate(STRANGE, [areas, allowed, ATTRIBUTES.split()])


# The same in JupyterLab, where MathJax draws and the elements of each type are its own.
LIVE = """() => {
  const names = "script iframe frame object embed form meta base link svg video audio";
  const controls = "input button textarea select details dialog math img";
  const areas = document.querySelectorAll(".jp-MarkdownOutput, .jp-OutputArea-output");
  return [...areas].flatMap((area) => [...area.querySelectorAll("*")]).filter((one) =>
    `${names} ${controls}`.split(" ").includes(one.localName)
      && !/^data:image\\/png;base64,[\\w+/=]*$/.test(one.src ?? "")
      && !one.closest("mjx-assistive-mml")
    || [...one.attributes].some(({name}) => name.startsWith("on"))
    || one.hasAttribute("data-commandlinker-command")
    || one.hasAttribute("href") && !/^(https?|mailto):$/.test(one.protocol)
  ).map((one) => one.outerHTML.slice(0, 160));
}"""


def live(page):
    """What stands in the drawn cells of a notebook in JupyterLab and should not."""
    return page.evaluate(LIVE)


def addresses(watch, jupyter):
    """By student, the address of the page where one grades the submission."""
    api = jupyter.url("formgrader", "api", "submitted_notebooks", ASSIGNMENT, NOTEBOOK)
    return {
        one["student"]: f"{jupyter.address}/formgrader/submissions/{one['id']}/?index=0"
        for one in json.loads(watch.context.request.get(api).text())
    }
