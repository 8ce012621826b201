"""Runs the cells of a page: the Python side of worker.js.

Needs a module `_page` with `emit(json)`, which shows an output below the running cell,
and `state(json)`, which hands the state of a widget to the page.
"""

import ast
import base64
import inspect
import io
import json
import linecache
import sys
import traceback
import types

import _page

space = {"__name__": "__main__"}
# These parts of lossbook import more than NumPy; the others do not.
HEAVY = {"explorers", "exercises", "exporting", "lessons", "motion", "plots"}
HEAVY |= {"frameworks", "study", "widgets"}
FOR_HEAVY = ["matplotlib", "traitlets", "latex2mathml"]
# From import name to package name, where they differ.
PACKAGES = {
    "dateutil": "python-dateutil",
    "PIL": "pillow",
    "mpl_toolkits": "matplotlib",
}
RICH = [  # in the order in which a page prefers them
    ("_repr_html_", "text/html"),
    ("_repr_svg_", "image/svg+xml"),
    ("_repr_png_", "image/png"),
]


def needs(code):
    """What to load before this code runs: packages, if they exist, of its imports."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return []  # running it will say where
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    wanted = set()
    for name in names:
        top, _, rest = name.partition(".")
        wanted.add(PACKAGES.get(top, top))
        if top == "lossbook" and rest.partition(".")[0] in HEAVY:
            wanted.update(FOR_HEAVY)
        if top in ("anywidget", "ipywidgets"):
            wanted.update(FOR_HEAVY)
    return sorted(wanted)


def emit(kind, **about):
    """Show an output below the cell that runs."""
    _page.emit(json.dumps({"kind": kind, **about}))


def display(*values):
    """Show values as the last expression of a cell is shown."""
    for value in values:
        show(value)


def show(value):
    """Show the richest form of a value that a page can draw."""
    if isinstance(value, AnyWidget):
        emit("widget", **value._as_view())
        return
    if type(value).__module__ == "matplotlib.figure":
        show_figure(value)
        return
    if not isinstance(value, type):
        for method, mime in RICH:
            make = getattr(value, method, None)
            data = make() if callable(make) else None
            if data is not None:
                if isinstance(data, bytes):
                    data = base64.b64encode(data).decode()
                emit("rich", mime=mime, data=data, text=repr(value))
                return
    emit("rich", mime="text/plain", data=repr(value), text="")


def show_figure(figure):
    """Show a figure of matplotlib, and its title or axes to who does not see it."""
    text = io.StringIO()
    figure.savefig(text, format="svg", bbox_inches="tight", metadata={"Date": None})
    emit("rich", mime="image/svg+xml", data=text.getvalue(), text=words(figure))


def words(figure):
    """What a figure shows, in a few words."""
    said = [figure.get_suptitle()] if figure.get_suptitle() else []
    for axes in figure.axes:
        title, x, y = axes.get_title(), axes.get_xlabel(), axes.get_ylabel()
        said += [part for part in (title, f"{y} over {x}" if x and y else "") if part]
    return "Figure made by this cell" + (f": {'; '.join(said)}" if said else "")


def show_figures(*_, **__):
    """What `plt.show()` does here: show what was drawn, and forget it."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        pyplot.show = show_figures
        for number in pyplot.get_fignums():
            show_figure(pyplot.figure(number))
            pyplot.close(number)


async def run(code, name):
    """Run the code of a cell; returns whether it came to its end."""
    linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
    show_figures()
    try:
        tree = ast.parse(code, name)
        last = None
        ends_in_value = tree.body and isinstance(tree.body[-1], ast.Expr)
        if ends_in_value and not code.rstrip().endswith(";"):
            last = ast.Expression(tree.body.pop().value)
        await evaluated(tree, name, "exec")
        if last is not None:
            value = await evaluated(last, name, "eval")
            if value is not None:
                space["_"] = value
                show(value)
        return True
    except BaseException as error:
        missing = getattr(error, "name", "") if isinstance(error, NameError) else ""
        emit("error", text=shortened(error, name), missing=missing or "")
        return False
    finally:
        show_figures()
        sys.stdout.flush()
        sys.stderr.flush()


async def evaluated(tree, name, mode):
    """Compile and run a tree, which may await; returns the value of an expression."""
    compiled = compile(tree, name, mode, flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    value = eval(compiled, space)  # noqa: S307 - that is what a cell is for
    if compiled.co_flags & inspect.CO_COROUTINE:
        value = await value
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].show = show_figures
    return value


def shortened(error, name):
    """The traceback of an error, with the lines of cells and none of libraries."""
    whole = traceback.TracebackException.from_exception(error, compact=True)
    hidden = shorten(whole)
    text = "".join(whole.format())
    if isinstance(error, SyntaxError) or not hidden:
        return text
    return (
        f"{text}({hidden} more {'line' if hidden == 1 else 'lines'} inside libraries)\n"
    )


def shorten(exception):
    """Drop the frames that are not in cells; returns how many come after the last."""
    frames = list(exception.stack)
    own = [i for i, frame in enumerate(frames) if frame.filename.startswith("cell ")]
    exception.stack[:] = [frames[i] for i in own]
    for cause in (exception.__cause__, exception.__context__):
        if cause is not None:
            shorten(cause)
    return len(frames) - 1 - own[-1] if own else 0


# A stand-in for the packages anywidget and ipywidgets, which would load IPython and
# cost two seconds: what lossbook's widgets use of them, over traitlets.

widgets = {}


class AnyWidget:
    """Stands for the class until a cell imports the package; see `import_widgets`."""


def import_widgets():
    """Make the stand-ins, once traitlets is loaded."""
    import traitlets

    class AnyWidget(traitlets.HasTraits):
        def __init__(self, model_id=None, layout=None, **state):
            super().__init__(**state)
            self._id = model_id or f"widget-{len(widgets)}"
            widgets[self._id] = self
            self._shown, self._from_page = False, False
            self.observe(self._tell, names=list(self.traits(sync=True)))

        def _state(self, names):
            state = {}
            for name in names:
                value = getattr(self, name)
                to_json = self.traits()[name].metadata.get("to_json")
                state[name] = to_json(value, self) if to_json else value
            return state

        def _tell(self, change):
            if self._shown and not self._from_page:
                state = self._state([change["name"]])
                _page.state(json.dumps({"id": self._id, "state": state}))

        def _as_view(self):
            self._shown = True
            stem = type(self).__module__.rpartition(".")[2]
            return {
                "id": self._id,
                "stem": stem,
                "text": repr(self),
                "state": self._state(self.traits(sync=True)),
            }

        def _repr_mimebundle_(self, **_):
            return {"text/plain": repr(self)}, {}

    class Layout(traitlets.HasTraits):
        def __init__(self, **_):
            super().__init__()

    def absent(name):
        if name.startswith("__"):
            raise AttributeError(name)
        # An AttributeError would lose these words in "from ipywidgets import ...".
        raise ImportError(
            f"ipywidgets.{name} needs a notebook. Open this chapter as one: "
            "“Run this chapter”, at the top of the page."
        )

    globals()["AnyWidget"] = AnyWidget
    stand_in = types.ModuleType("anywidget")
    stand_in.AnyWidget = AnyWidget
    sys.modules["anywidget"] = stand_in
    stand_in = types.ModuleType("ipywidgets")
    stand_in.Layout, stand_in.__getattr__ = Layout, absent
    sys.modules["ipywidgets"] = stand_in


class Finder:
    """Makes the stand-ins when they are first imported."""

    def find_spec(self, name, path=None, target=None):
        """Called by Python's import."""
        if name in ("anywidget", "ipywidgets"):
            sys.meta_path.remove(self)
            import_widgets()
            from importlib.machinery import ModuleSpec

            return ModuleSpec(name, Loader())
        return None


class Loader:
    """Hands out a module that is already made."""

    def create_module(self, spec):
        """The stand-in that goes by this name."""
        return sys.modules[spec.name]

    def exec_module(self, module):
        """It holds all it should."""


sys.meta_path.insert(0, Finder())


def receive(id, text):
    """Take over what the reader changed in a widget."""
    widget = widgets[id]
    widget._from_page = True
    try:
        for name, value in json.loads(text).items():
            from_json = widget.traits()[name].metadata.get("from_json")
            setattr(widget, name, from_json(value, widget) if from_json else value)
    finally:
        widget._from_page = False


def no_input(prompt=""):
    """Stands for `input`: a page cannot wait for an answer while Python runs."""
    raise RuntimeError("input() cannot ask here. Write the value into the cell.")


space["input"] = no_input
space["display"] = display
