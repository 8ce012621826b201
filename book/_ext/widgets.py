"""Widgets on the page: the static form first, then alive, with no kernel.

A notebook keeps the state of its widgets, the script of each included.  Here every
distinct script and style sheet moves into a file of its own, and the state of a page
into another: a page carries only the static forms and the name of that file.
"""

import json
import re
import subprocess
from pathlib import Path

from docutils import nodes
from formulas import NODE
from slim import keep
from sphinx.errors import ExtensionError
from sphinx.transforms.post_transforms import SphinxPostTransform

VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"
HOST = "widget_host.js"
MODEL = "widget_model.js"
SHARED = "widgets.js"
IMPORT_OF_MODEL = re.compile(rf'^import .* from "\./{MODEL}";\n', re.MULTILINE)
# Traits that only JupyterLab's widget manager reads.
NOT_OURS = re.compile(
    r"_(model|view|dom|anywidget)_\w+|layout|tabbable|tooltip|heights"
)


class PlaceWidgets(SphinxPostTransform):
    """An output with an explorer becomes its static form, and a place to come alive.

    Other widgets show their HTML form, which a script of the page brings to life.
    """

    default_priority = 3  # before myst-nb picks one form of each output

    def run(self, **kwargs):
        """Look through the page; other outputs are left to myst-nb."""
        for bundle in list(self.document.findall(nodes.container)):
            forms = {form.get("mime_type"): form for form in bundle.children}
            if bundle.get("nb_element") != "mime_bundle" or VIEW not in forms:
                continue
            bundle.remove(forms[VIEW])
            image = forms.get("image/svg+xml")
            if image is not None:
                model = re.search(r'"model_id": "(\w+)"', forms[VIEW].astext())[1]
                self.place(image, model, self.state(model))

    def place(self, image, model, state):
        """Put the static form into a place that keeps the live one's height free."""
        for picture in image.findall(nodes.image):
            picture["alt"] = state["description"]
        narrow, wide = state["heights"]
        opening = (
            f'<div class="explorer" data-model="{model}" '
            f'style="--narrow: {narrow}px; --wide: {wide}px">'
        )
        image.insert(0, nodes.raw("", opening, format="html"))
        image.append(nodes.raw("", "</div>", format="html"))

    def state(self, model):
        """What the notebook of this page kept of a widget."""
        scripts = self.env.nb_metadata[self.env.docname]["js_files"].values()
        return kept_by(about.get("body") for _, about in scripts)[model]["state"]


class Files:
    """Takes the state out of the pages, and writes it to files once all are written."""

    def __init__(self):
        self.states = {}

    def take(self, app, pagename, templatename, context, doctree):
        """Replace the state in a page by the script that fetches it."""
        scripts = context["script_files"]
        kept = [s for s in scripts if s.attributes.get("type") == STATE]
        scripts[:] = [s for s in scripts if s not in kept]
        shown = set(re.findall(r'data-model="(\w+)"', context.get("body", "")))
        if app.builder.name != "html" or not shown:
            return
        state = kept_by(script.attributes["body"] for script in kept)
        self.states[context["pagename"]] = {id: state[id] for id in sorted(shown)}
        app.add_js_file(HOST, type="module", **{"data-state": ""})

    def write(self, app, exception):
        """Write the files, each under a name that tells its content."""
        if exception or app.builder.name != "html":
            return
        static = Path(app.outdir, "_static")
        shared = Path(app.srcdir, "lossbook", SHARED).read_text("utf-8")
        # One file: the model is nothing that a page fetches by itself.
        model, host = ((static / name).read_text("utf-8") for name in (MODEL, HOST))
        texts = {HOST: model + IMPORT_OF_MODEL.sub("", host), SHARED: shared}
        for name in (MODEL, HOST):
            (static / name).unlink()
        for page in self.states.values():
            for entry in page.values():
                texts |= taken_out(entry["state"], shared)
        texts = minified(texts)
        names = {SHARED: keep(static / SHARED, texts.pop(SHARED).encode())}
        for name, text in texts.items():
            content = text.replace(f"./{SHARED}", f"./{names[SHARED]}").encode()
            names[name] = keep(static / name, content)
        for page, models in self.states.items():
            for entry in models.values():
                state = entry["state"]
                state |= {trait: names[state[trait]] for trait in ("_esm", "_css")}
            content = json.dumps(models, ensure_ascii=False, separators=(",", ":"))
            state = keep(static / f"{Path(page).name}.json", content.encode())
            path = Path(app.outdir, f"{page}.html")
            text = re.sub(rf"{HOST}(\?v=\w+)?", names[HOST], path.read_text("utf-8"))
            text = text.replace('data-state=""', f'data-state="{state}"')
            path.write_text(text, "utf-8", newline="\n")


def taken_out(state, shared):
    """Take the script and the style sheet of a widget out of its state: name, text.

    A script is joined to the shared one; here it imports that one again, which a
    browser then fetches once.
    """
    stem = state["_anywidget_id"].split(".")[-2]
    for trait in [name for name in state if NOT_OURS.fullmatch(name)]:
        del state[trait]
    exports = ", ".join(re.findall(r"^export (?:function|const) (\w+)", shared, re.M))
    if not state["_esm"].startswith(shared):
        raise ExtensionError(
            f"a notebook keeps an old script of {stem}: run `make chapters`"
        )
    own = state["_esm"].removeprefix(shared)
    script = f'import {{ {exports} }} from "./{SHARED}";\n{own}'
    files = {f"{stem}.js": script, f"{stem}.css": state["_css"]}
    state["_esm"], state["_css"] = files
    return files


def minified(texts):
    """Scripts and style sheets, by name, without what only authors read."""
    command = [NODE, Path(__file__).with_name("minify.mjs")]
    options = {"stdout": subprocess.PIPE, "check": True, "encoding": "utf-8"}
    return json.loads(
        subprocess.run(command, input=json.dumps(texts), **options).stdout  # noqa: S603
    )


def kept_by(bodies):
    """The widgets in the scripts that myst-nb makes of a notebook's state."""
    return {
        model: entry
        for body in bodies
        if body
        for model, entry in json.loads(body)["state"].items()
    }


def setup(app):
    """Connect to Sphinx: before the pages are made light, and after."""
    files = Files()
    app.add_post_transform(PlaceWidgets)
    app.connect("html-page-context", files.take, priority=1900)
    app.connect("build-finished", files.write, priority=950)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": False}
