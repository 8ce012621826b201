"""One style sheet and one script for the whole site, instead of forty files a page.

While Sphinx writes the pages, `collect` takes the files of the theme and of other
extensions out of them, and notes their names.  Once all pages are written, `finish`
joins those files, drops the rules that no page uses, cuts the fonts down, and names
each result after its content: a browser may keep it for ever and shows no old one.
"""

import hashlib
import json
import re
import subprocess
import textwrap
from pathlib import Path

from compact import compact
from docutils import nodes
from fonts import inline_icons, subset_math_fonts
from formulas import NODE, STYLE as FORMULA_STYLE
from images import with_sizes

# Sphinx's search reads these on the search page, from the global scope.
SEARCH = {
    "documentation_options.js",
    "doctools.js",
    "sphinx_highlight.js",
    "language_data.js",
    "searchtools.js",
}
# What the theme loads by a template, which ours, static/webpack-macros.html, empties.
THEME_STYLES = ["basic.css", "styles/theme.css", "styles/pydata-sphinx-theme.css"]
THEME_SCRIPT = "scripts/pydata-sphinx-theme.js"
# Only pages with formulas load these, as one file.
FORMULA_STYLES = ["katex.min.css", FORMULA_STYLE]
ICONS = "vendor/fontawesome/webfonts/fa-solid-900.woff2"
# Nearly every formula needs these two: asked for early, so that no formula moves.
PRELOAD = ["_static/KaTeX_Main-Regular.woff2", "_static/KaTeX_Math-Italic.woff2"]

# Names, brackets and blanks in code, in the colour that all code has: a third of it.
PLAIN_CODE = re.compile(r'<span class="(?:n|p|w)">([^<]*)</span>')
# The name of a figure is a hash of what it shows, of which ten digits are enough.
IMAGE = re.compile(r"\b([0-9a-f]{10})[0-9a-f]{54}\b")


class Slim:
    """Notes what the pages ask for, then replaces it."""

    def __init__(self):
        self.styles = dict.fromkeys(THEME_STYLES)  # a dict, for it keeps the order
        self.scripts, self.settings = {}, {}
        self.kept = set(SEARCH)

    def collect(self, app, pagename, templatename, context, doctree):
        """Take the shared files out of a page; data, modules and the search stay."""
        if app.builder.name != "html":
            return
        self.styles |= dict.fromkeys(map(name_of, context["css_files"]))
        stay = []
        for script in context["script_files"]:
            name, body = name_of(script), script.attributes.get("body", "").strip()
            if "type" in script.attributes or (pagename == "search" and name in SEARCH):
                stay.append(script)
                self.kept.add(name)
            elif name:
                self.scripts[name] = None
            elif not body.startswith("DOCUMENTATION_OPTIONS."):  # for version switchers
                self.settings[body] = None
        context["css_files"].clear()
        context["script_files"][:] = stay
        has_math = 'class="katex"' in context.get("body", "")
        if has_math:
            app.add_css_file(FORMULA_STYLE)
        app.add_css_file("site.css")
        app.add_js_file("site.js", loading_method="defer")
        context["preload_fonts"] = PRELOAD if has_math else []
        fallback = f"{context.get('title', '')}: {app.config.html_title}"
        context["description"] = first_words(doctree) or fallback
        # Not Sphinx's own setting: that would add a script of translations.
        context["language"] = "en-GB"

    def finish(self, app, exception):
        """Make the site's files, and write their names into the pages."""
        if exception or app.builder.name != "html":
            return
        static = Path(app.outdir, "_static")
        paths = Path(app.outdir).rglob("*.html")
        paths = sorted(path for path in paths if static not in path.parents)
        pages = {path: compact(path.read_text("utf-8")) for path in paths}
        pages = {path: with_sizes(text, path) for path, text in pages.items()}

        texts = list(pages.values())
        formulas = [name for name in FORMULA_STYLES if name in self.styles]
        others = [name for name in self.styles if name not in formulas]
        sheets = {"site.css": joined(static, others)}
        sheets |= {FORMULA_STYLE: joined(static, formulas)} if formulas else {}
        sheets, script = shrink(sheets, self.script(static), texts)
        sheets = {n: inline_icons(s, static / ICONS) for n, s in sheets.items()}
        fonts = Path(app.srcdir, "node_modules", "katex", "dist", "fonts")
        fonts = subset_math_fonts(texts, fonts)

        style = "".join(sheets.values())
        self.kept |= set(re.findall(r"url\(([\w.-]+)\)", style))
        self.prune(app, static)
        used = [name for name in fonts if f"fonts/{name}" in style]
        names = {name: keep(static / name, fonts[name]) for name in used}

        def renamed(found):
            return names.get(found[found.lastindex or 0], found[0])

        for name, sheet in sheets.items():
            sheet = re.sub(r"(?<=url\()(?:fonts/)?([\w.-]+)", renamed, sheet)
            names[name] = keep(static / name, sheet.encode())
        names["site.js"] = keep(static / "site.js", script.encode())
        for image in Path(app.outdir, "_images").glob("*.svg"):
            image.rename(image.with_stem(IMAGE.sub(r"\1", image.stem)))
        for path, text in pages.items():
            text = PLAIN_CODE.sub(r"\1", IMAGE.sub(r"\1", text))
            text = re.sub(r"(?<=_static/)[\w.-]+", renamed, text)
            path.write_text(without_indents(text), "utf-8", newline="\n")

    def script(self, static):
        """All shared scripts, after the settings that they read.

        They share one function, so that their names do not meet those of the search
        page.  The link "Hide Search Matches" calls one of them by a global name.
        What was searched for is marked in the article: Sphinx looks for a "div.body",
        which this theme has not, and would then mark it in the menus as well.
        """
        files = [(static / name).read_text("utf-8") for name in self.scripts]
        files = [file.replace('"div.body"', '"article"') for file in files]
        files = [re.sub(r"//# sourceMappingURL=.*", "", file) for file in files]
        share = "window.SphinxHighlight = SphinxHighlight;"
        return "(() => {" + "\n;\n".join([*self.settings, *files, share]) + "\n})();"

    def prune(self, app, static):
        """Remove what was joined, and 5 MB that no page asks for; ours stays."""
        keep = set(self.kept)
        for name in app.config.html_static_path:
            if not Path(name).is_absolute():  # those are the extensions' own
                ours = Path(app.srcdir, name)
                keep |= {path.relative_to(ours).as_posix() for path in ours.rglob("*")}
        keep -= {*self.styles, *self.scripts} - SEARCH
        for path in sorted(static.rglob("*"), reverse=True):
            if path.is_file() and path.relative_to(static).as_posix() not in keep:
                path.unlink()
            elif path.is_dir() and not any(path.iterdir()):
                path.rmdir()


def without_indents(page):
    """The page, blank lines and indents round its article gone: 300 bytes of gzip."""
    parts = re.split(r"(<article.*</article>)", page, flags=re.DOTALL)
    parts[::2] = [re.sub(r"\s*\n\s*", "\n", part) for part in parts[::2]]
    return "".join(parts).lstrip()


def joined(static, names):
    """These style sheets as one, in the order in which the pages load them."""
    return "\n".join((static / name).read_text("utf-8") for name in names)


def name_of(asset):
    """The name inside `_static` of a style sheet or script, without its query."""
    return str(asset.filename or "").removeprefix("_static/").partition("?")[0]


def first_words(doctree):
    """The first paragraph without formulas, for search engines and previews."""
    paragraphs = doctree.findall(nodes.paragraph) if doctree else ()
    plain = (node.astext() for node in paragraphs if not any(node.findall(nodes.math)))
    return textwrap.shorten(next(plain, ""), 155, placeholder=" …")


def shrink(sheets, script, pages):
    """All minified; of the style sheets only what the pages and the script can use."""
    command = [NODE, Path(__file__).with_name("shrink.mjs")]
    task = json.dumps({"css": sheets, "js": script, "html": pages})
    options = {"stdout": subprocess.PIPE, "check": True, "encoding": "utf-8"}
    result = json.loads(subprocess.run(command, input=task, **options).stdout)  # noqa: S603
    return result["css"], result["js"]


def keep(path, content):
    """Write `name.ext` as `name.<hash of its content>.ext`; returns that name."""
    word = hashlib.sha256(content).hexdigest()[:10]
    path = path.with_suffix(f".{word}{path.suffix}")
    path.write_bytes(content)
    return path.name


def link_module(page, name, script, sheets=(), preloads=()):
    """Point a page to the kept file of a module script, its style sheets beside it.

    `preloads` are scripts that the module imports; a page asks for them early.
    """
    text = page.read_text("utf-8")
    tag = re.search(rf'<script type="module" src="([^"]*){name}[^"]*">', text)
    kinds = [("stylesheet", sheets), ("modulepreload", preloads)]
    links = "".join(
        f'<link rel="{kind}" href="{tag[1]}{file}" />'
        for kind, files in kinds
        for file in files
    )
    text = text.replace(tag[0], f'<script type="module" src="{tag[1]}{script}">')
    text = text.replace("</head>", f"{links}</head>", 1)
    page.write_text(text, "utf-8", newline="\n")


def setup(app):
    """Connect to Sphinx, after the theme."""
    slim = Slim()
    # Jupyter Book sets it, and the extension that knows it is left out.
    app.add_config_value("comments_config", {}, "html")
    app.add_js_file(THEME_SCRIPT)
    app.connect("html-page-context", slim.collect, priority=2000)
    # Late: the theme writes its colours of code then, for light and dark.
    app.connect("build-finished", slim.finish, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": False}
