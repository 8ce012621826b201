"""The steps from Sphinx's pages to the site: in order, once each, none in vain."""

import inspect
import os
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from sphinx.errors import ExtensionError

from book._ext.directives.glossary import in_letters
from book._ext.site import (
    content_security_policy,
    downloads,
    explorers,
    fonts,
    images,
    markup,
    notes,
    page as pages,
    paper,
    pipeline,
    recordings,
    study,
    theme,
)
from book._ext.site.assets import bundled, keep, minified, run_node
from book._ext.site.cells import (
    FITS,
    SMALLER,
    fit_prints,
    keep_hyphens,
    let_names_break,
    name_columns,
)
from book._ext.site.page import Page, Site, brief
from tests.site.pages import ROOT

WAITING = {("site", "pipeline.py"), ("directives", "formulas.py")}
HEAD = '<meta charset="utf-8"><meta name="viewport" content="a"><noscript></noscript>'
HEAD += "<script>  let a;\n\n  let b;</script>"


@pytest.fixture
def site_of(tmp_path):
    """A site of pages: `site_of(**{name: body})`; its settings are those of no site."""

    def made(head=HEAD, **bodies):
        (tmp_path / "_static").mkdir(exist_ok=True)
        for name, body in bodies.items():
            path = tmp_path / f"{name}.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            text = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
            path.write_text(text, "utf-8")
        env = SimpleNamespace(found_docs=set(), metadata={})
        config = SimpleNamespace(html_baseurl="", repository="")
        about = {"outdir": tmp_path, "srcdir": ROOT, "env": env, "config": config}
        return Site.read(SimpleNamespace(**about))

    return made


def body(site, name):
    """What stands in the body of a page, as it would be written."""
    return re.search("<body>(.*)</body>", site.page(name).text(), re.DOTALL)[1]


def test_the_order_of_the_steps_is_one_list_and_each_says_what_it_does():
    assert len(set(pipeline.STEPS)) == len(pipeline.STEPS) > 15
    assert all(inspect.getdoc(step) for step in pipeline.STEPS)


def test_only_the_pipeline_reads_and_writes_finished_pages():
    for path in Path(ROOT, "book", "_ext").rglob("*.py"):
        text = path.read_text("utf-8")
        waits = path.parts[-2:] in WAITING
        assert ("build-finished" in text) == waits
        assert "rglob" not in text or path.stem in ("page", "theme")


def test_every_page_is_read_once_and_written_once_however_many_steps(
    tmp_path, monkeypatch
):
    (tmp_path / "_static").mkdir()
    for name in "ab":
        (tmp_path / f"{name}.html").write_text("<html><head></head><body><p>", "utf-8")
    did = []

    def watched(name):
        real = getattr(Page, name)

        def call(*args):
            did.append(name)
            return real(*args)

        return staticmethod(call) if name == "read" else call

    for name in ("read", "write"):
        monkeypatch.setattr(Page, name, watched(name))
    steps = tuple(lambda site, i=i: did.append(i) for i in range(3))
    monkeypatch.setattr(pipeline, "STEPS", steps)
    app = SimpleNamespace(outdir=tmp_path, builder=SimpleNamespace(name="html"))

    pipeline.finish(app, None)

    assert did == ["read", "read", 0, 1, 2, "write", "write"]
    assert sorted(os.listdir(tmp_path)) == ["_static", "a.html", "b.html"]


def test_a_step_that_fails_leaves_every_page_as_it_was(tmp_path, monkeypatch):
    (tmp_path / "_static").mkdir()
    (tmp_path / "a.html").write_text("<p>as it was", "utf-8")

    def fail(site):
        site.page("a").tree.text_content()
        raise ExtensionError("planted")

    monkeypatch.setattr(pipeline, "STEPS", (fail,))
    app = SimpleNamespace(outdir=tmp_path, builder=SimpleNamespace(name="html"))

    with pytest.raises(ExtensionError, match="planted"):
        pipeline.finish(app, None)
    assert (tmp_path / "a.html").read_text("utf-8") == "<p>as it was"


def test_a_page_is_written_at_once_or_not_at_all(site_of, monkeypatch):
    site = site_of(a="<p>old</p>")
    before = site.page("a").path.read_text("utf-8")

    def broken(*_):
        raise OSError("the disk is full")

    monkeypatch.setattr(pages.os, "replace", broken)
    with pytest.raises(OSError, match="full"):
        site.page("a").write()
    assert site.page("a").path.read_text("utf-8") == before


# A step, a page on which it finds nothing or too much, and what it must say.
NOTHING = {
    "no explorer": (explorers.place, "<p>x</p>", "no page .*@data-explorer"),
    "no quiz": (study.load_scripts, "<p>x</p>", "no page .*@data-study"),
    "no link in a quiz": (study.lead_links, "<p data-study=quiz></p>", "no page"),
    "a link to no heading": (
        study.lead_links,
        '<p data-study="quiz"><a href="hinge.ipynb#gone">x</a></p>',
        "page book/hinge .* no heading gone",
    ),
    "no place for a recording": (
        recordings.place,
        "<p>x</p>",
        "page book/hinge must have one place .*goals.* has 0",
    ),
    "two places for a recording": (
        recordings.place,
        '<section id="goals"></section>' + 2 * '<div class="dialogue"></div>',
        "page book/hinge must have one place .*dialogue.* has 2",
    ),
    "no class": (markup.shorten, "<p>x</p>", "page book/hinge has nothing .*class"),
    "no picture": (images.give_sizes, "<p>x</p>", "no page .*img"),
    "no style sheet": (theme.join_files, "<p>x</p>", "book/hinge has nothing .*style"),
}


@pytest.mark.parametrize("case", NOTHING)
def test_a_step_that_finds_nothing_where_it_must_fails_and_names_it(site_of, case):
    step, text, told = NOTHING[case]
    site = site_of(**{"book/hinge": text})
    site.names |= {"player.js": "p.js", "player.css": "p.css", "study_host.js": "s.js"}

    with pytest.raises(ExtensionError, match=re.compile(told, re.DOTALL)):
        step(site)


def test_a_page_without_a_charset_gets_no_policy_and_is_named(site_of):
    site = site_of(head="", **{"book/hinge": "<p>x</p>"})

    with pytest.raises(
        ExtensionError, match=r"page book/hinge must have one .*charset"
    ):
        content_security_policy.state(site)


def test_a_policy_knows_the_scripts_that_stand_in_the_page(site_of):
    script = 'let a = "</p>" && 1;'
    site = site_of(a=f'<script>{script}</script><script type="x/y">data</script>')

    content_security_policy.state(site)

    text = site.page("a").text()
    assert text.count("sha256-") == 2  # and that of the head
    assert content_security_policy.hash_of(script) in text
    assert f"<script>{script}</script>" in text


def test_what_nobody_reads_goes_and_what_is_read_stays(site_of):
    site = site_of(
        a="<p class='row-odd'>\n\n  5 % of\n   all</p><pre class=x>\n\n  5 % <b>"
        "\n  x</b></pre><a class='reference internal' href=b><span class='std std-ref'>"
        "y</span></a><code class='docutils literal notranslate'>z</code>"
    )

    markup.shorten(site)
    markup.tie_numbers_to_percent_signs(site)

    assert body(site, "a") == (
        '<p>\n5\N{NO-BREAK SPACE}% of\nall</p><pre class="x">\n\n  5 % <b>\n  x</b>'
        '</pre><a href="b">y</a><code class="literal">z</code>'
    )


def test_names_of_classes_stay_that_a_sheet_a_script_or_a_test_asks_for(
    site_of, tmp_path
):
    site = site_of(
        a="<p class='by-sheet gone'>x</p><p class='by-script'>x</p><i class=gone>x</i>"
        "<i class='part-cut part'>x</i><button class='btn menu-button'>x</button>"
    )
    site.texts["site.css"] = ".by-sheet{top:0}"
    (tmp_path / "_static" / "a.js").write_text('"by-script" in x; x(`part-${name}`)')

    markup.drop_names_that_nothing_asks_for(site)

    assert body(site, "a") == (
        '<p class="by-sheet">x</p><p class="by-script">x</p><i>x</i>'
        '<i class="part-cut">x</i><button class="menu-button">x</button>'
    )


def test_what_a_script_makes_of_headings_goes_and_the_package_keeps_its_own(site_of):
    sign = '<a class="headerlink" href="#b">#</a>'
    rail = '<div id="pst-secondary-sidebar" class="r"><nav id="pst-page-toc-nav">'
    rail += "<ul><li>B</li></ul></nav></div>"
    number = f'<span class="eqno">(1){sign}</span>'
    text = f'<article><section id="b"><h2>B{sign}</h2>{number}</section>'
    site = site_of(
        a=f"{text}</article>{rail}",
        b=f'{text}<dl class="py class"></dl></article>{rail}',
    )

    markup.leave_to_a_script(site)

    assert "<li>" not in body(site, "a")
    assert 'class="r pst-js-only"' in body(site, "a")
    assert "<li>B</li>" in body(site, "b")
    assert body(site, "a").count(sign) == 1  # that of the formula


def test_what_only_the_sheet_of_formulas_names_gets_a_short_name(site_of, tmp_path):
    formula = '<span class="katex"><span class="katex-html"><i class="vlist-t known">'
    part = "<i class='part-cut'>y</i>"
    site = site_of(a=f"{formula}<i class='vlist-t'>x</i>{part}</i></span></span>")
    site.texts["formulas.css"] = ".katex .vlist-t.known{top:0.5em}"
    site.texts["site.css"] = ".a{top:0}.known{top:0}"
    (tmp_path / "_static" / "a.js").write_text("x(`part-${name}`)")

    markup.shorten_names_in_formulas(site)

    assert site.texts["formulas.css"] == ".katex .b.known{top:0.5em}"
    assert '<i class="b known"><i class="b">' in body(site, "a")
    assert '<i class="part-cut">' in body(site, "a")


def test_of_pieces_of_formulas_pages_load_the_rules_that_others_have_too(site_of):
    piece = '<span class="katex"><span class="katex-html"><i class="{}">'.format
    shown = {"book/frameworks": piece("a3")}  # in chapters as well
    site = site_of(a=piece("a0 a1 a2"), b=piece("a1 a2"), c=piece("a2"), **shown)
    rules = [f".a{n}{{top:{n}em}}" for n in range(4)]
    sheet = "i{left:0}.katex{left:0}.katex .a0{left:0}"
    site.texts["formulas.css"] = sheet + "".join(rules)

    markup.leave_rare_rules_to_their_pages(site)

    assert site.texts["formulas.css"] == sheet + rules[2] + rules[3]
    own = [page.tree.xpath("string(//head/style)") for page in site.pages]
    assert own == [rules[0] + rules[1], rules[1], "", ""]


def test_a_font_of_formulas_in_which_nothing_is_written_is_left_out():
    def face(family, looks=""):
        return f'@font-face{{font-family:{family}{looks};src:url("x.woff2")}}'

    faces = {
        "plain": face("KaTeX_Main", ";font-weight:400"),
        "italic": face("KaTeX_Math", ";font-style:italic"),
        "headings": face("headings", ";font-weight:700"),
        "bold": face("KaTeX_Main", ";font-weight:700"),
        "other": face("KaTeX_Fraktur"),
    }
    rules = ".k{font:1em KaTeX_Main}.i{font-family:KaTeX_Math;font-style:italic}"
    left = fonts.with_faces_that_are_asked_for("".join(faces.values()) + rules)

    assert left == faces["plain"] + faces["italic"] + faces["headings"] + rules
    bold = f"{faces['bold']}{rules}.b{{font-weight:700}}"
    assert fonts.with_faces_that_are_asked_for(bold) == bold


def test_rules_for_a_few_pages_are_taken_out_of_the_sheet_of_all():
    css = (
        "p b{top:0}dl b,dl i{top:1px}p i,dl i{top:2px}@media print{dl b{top:3px}}"
        "body :is(p,dl){top:4px}"
    )
    over = {"html": [], "body": [0], "p": [0, 1], "dl": [0, 1]}
    kinds = over | {"b": [0, 1, 2, 3], "i": [0, 1, 2, 3]}
    task = {
        "css": {"all.css": css, "few.css": ""},
        "apart": {"from": "all.css", "to": "few.css", "words": r"\bdl\b"},
        "js": "",
        "html": ["<html><body><p><b>x</b><i>y</i></p><dl><b>x</b><i>y</i></dl>"],
        "elements": [
            {"tag": tag, "id": [], "classes": [], "parents": over, "ancestors": over}
            for tag, over in kinds.items()
        ],
        "variables": [],
    }

    used = {n: minified(text, "css") for n, text in run_node("purge.mjs", task).items()}

    assert used["all.css"] == "p b{top:0}p i,dl i{top:2px}body :is(p,dl){top:4px}\n"
    assert used["few.css"] == "dl b,dl i{top:1px}@media print{dl b{top:3px}}\n"


def test_no_rule_is_lost_that_lists_states_alone():
    """PurgeCSS drops what has `:is(:hover, :focus)`: write `a:hover, a:focus`."""
    state = r"\s*:[\w-]+(\([^()]*\))?(:[\w-]+(\([^()]*\))?)*\s*"
    alone = re.compile(rf":(is|where)\({state}(,{state})*\)")
    sheets = [*ROOT.glob("book/assets/**/*.css"), *ROOT.glob("lossbook/**/*.css")]

    lost = {
        f"{one.name}: {found[0]}"
        for one in sheets
        for found in alone.finditer(one.read_text("utf-8"))
    }

    assert sheets
    assert not lost


def test_a_sentence_does_not_break_before_its_last_sign(site_of):
    formula = '<span class="katex">x</span>'
    part = '<span class="base">a formula that</span>'
    long = f'<span class="katex"><span class="katex-html">{part}{part}</span></span>'
    text = f"{formula}, or {formula} y{formula}). {long}."
    site = site_of(a=f"<article>{text}</article>")

    markup.tie_signs_to_formulas(site)

    tied = '<span class="tied"><span class="katex">x</span>'
    whole = f'{part}<span class="whole">{part}</span>'
    loose = f'<span class="tied loose">{long.replace(part * 2, whole)}.</span>'
    assert body(site, "a") == (
        f"<article>{tied},</span> or {formula} y{tied}).</span> {loose}</article>"
    )


@pytest.mark.parametrize(
    ("formula", "letters"),
    [
        (r"z = \log \frac{p}{1 - p}", "z = log (p / (1\xa0\u2212\xa0p))"),
        (r"\sigma(z) = \frac{1}{1 + e^{-z}}", "\u03c3(z) = (1 / (1 + exp(\u2212z)))"),
        (r"(\hat y - y)^2", "(\u0177\xa0\u2212\xa0y)\u00b2"),
        (r"-\log \sigma(r^+ - r^-)", "\u2212log \u03c3(r\u207a\xa0\u2212\xa0r\u207b)"),
    ],
)
def test_a_definition_has_its_formulas_in_letters(formula, letters):
    assert in_letters(formula) == letters


LONG = "a" * (FITS + 1)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["a" * FITS] * 2, "<pre>"),
        (["short", LONG], '<pre class="sentence">'),
        ([LONG] * 2, f'<pre data-letters="{SMALLER[0]}">'),
        (["a" * 99] * 2, f'<pre data-letters="{SMALLER[-1]}">'),
    ],
)
def test_long_printed_lines_fit_a_phone_or_wrap(site_of, lines, told):
    printed = f'<div class="cell_output"><pre>{chr(10).join(lines)}</pre></div>'
    site = site_of(a=f"<article>{printed}</article>")

    fit_prints(site)

    assert told in body(site, "a")


@pytest.mark.parametrize(
    ("head", "first", "other", "leads"),
    [
        ("a", "house 1", "1", True),
        ("a", " a" * 20, "1", False),
        ("the picture shows", "a cat", "1", False),
        ("a", "house 1", "1234567890123456789", False),
    ],
)
def test_a_short_first_cell_leads_its_row_on_a_phone(
    site_of, head, first, other, leads
):
    heads = "".join(f"<th>{name}</th>" for name in (head, *"bcd"))
    row = "".join(f"<td>{cell}</td>" for cell in (first, other, "2", "3"))
    table = f"<thead><tr>{heads}</tr></thead><tbody><tr>{row}</tr></tbody>"
    site = site_of(a=f'<article><table class="table">{table}</table></article>')

    name_columns(site)

    assert ("pairs leads" in body(site, "a")) is leads


def test_a_table_over_numbers_stays_a_table(site_of):
    def table(*heads):
        head = "".join(f"<th>{each}</th>" for each in heads)
        row = "<td>a</td>" * len(heads)
        return (
            f'<article><table class="table"><thead><tr>{head}</tr></thead>'
            f"<tbody><tr>{row}</tr></tbody></table></article>"
        )

    site = site_of(a=table("step", "0", "\u22121", "2"), b=table("step", "0", "x", "2"))

    name_columns(site)

    assert "columns" not in body(site, "a")
    assert "columns" in body(site, "b")


def test_a_long_name_in_a_table_breaks_at_its_joints(site_of):
    code = '<code><span class="pre">sklearn.metrics.d2_pinball_score(SomeName=1)</span>'
    short = "<code>np.mean(x_i)</code>"
    row = f"<tr><td>{code}</code></td><td>{short}</td></tr>"
    site = site_of(a=f"<article><table>{row}</table><p>{code}</code></p></article>")

    let_names_break(site)

    broken = "sklearn.<wbr>metrics.<wbr>d2_<wbr>pinball_<wbr>score(<wbr>Some<wbr>Name="
    assert brief(body(site, "a")).count(broken) == 1
    assert short in body(site, "a")
    (table,) = site.pages[0].all("//td[1]")
    assert table.text_content() == "sklearn.metrics.d2_pinball_score(SomeName=1)"


def test_a_long_name_of_a_function_breaks_at_its_joints(site_of):
    name = (
        '<span class="sig-name descname"><span class="pre">hinge_and_hinge_grad</span>'
    )
    site = site_of(a=f"<article><dl><dt>{name}</span></dt></dl></article>")

    let_names_break(site)

    assert "hinge_<wbr>and_<wbr>hinge_<wbr>grad" in brief(body(site, "a"))


def test_a_long_line_of_code_breaks_before_what_it_calls(site_of):
    line = "exercises.cross_entropy.perfect_forecast.check(perfect_forecast,0.5)"
    short = "<pre>a.b(c)</pre>"
    site = site_of(a=f"<article><pre><b>if</b> x:\n\n{line}</pre>{short}</article>")

    let_names_break(site)

    broken = re.sub(r"(?<=\.)(?=[a-z])|(?<=\()", "<wbr>", line)
    assert brief(body(site, "a")).count(broken) == 1
    assert short in body(site, "a")
    assert site.pages[0].one("//pre[b]").text_content() == f"if x:\n\n{line}"


@pytest.mark.parametrize(
    ("code", "kept"),
    [
        ("<code>grade --hub now</code>", ["--hub"]),
        ("<code>loss = -np.log(z)</code>", ["-np.log(z)"]),
        ("<code>y - p</code> or <code>-1</code>", []),  # no browser breaks these
        ("<code>a-name-that-is-too-long-for-a-phone</code>", []),
        ("<pre>run <i>it</i> --from x\ny = -z</pre>", ["--from", "-z"]),
        ("<pre>a cross-entropy beside</pre>", []),
        (
            "<table><tr><td>the cross-entropy of p - q</td></tr></table>",
            ["cross-entropy"],
        ),
        ("<h1>Multi-class hinge, -y</h1><p>cross-entropy</p>", ["Multi-class"]),
    ],
)
def test_options_a_minus_before_a_name_and_double_words_stay_whole(site_of, code, kept):
    site = site_of(a=f"<article>{code}</article>")
    said = site.pages[0].one("//article").text_content()

    keep_hyphens(site)

    assert site.pages[0].all("//span[@class='whole']/text()") == kept
    assert site.pages[0].one("//article").text_content() == said


def test_a_figure_with_a_photograph_has_no_paper(site_of, tmp_path):
    paper = '<g id="patch_1">\n <path d="M 0 0" style="fill: #ffffff"/></g>'
    drawn = '<g id="patch_2"><path d="M 0 0" style="fill: #ffffff"/></g>'
    for name in ("photo", "plot"):
        (tmp_path / f"{name}.svg").write_text(f"<svg>{paper}{drawn}</svg>")
    site = site_of(a='<img class="photo" src="photo.svg"><img src="plot.svg">')

    images.take_paper_away(site)

    photo, plot = ((tmp_path / f"{n}.svg").read_text() for n in ("photo", "plot"))
    assert photo == f"<svg>{paper.replace('#ffffff', 'none')}{drawn}</svg>"
    assert plot == f"<svg>{paper}{drawn}</svg>"


CODE, TEXT = "<code>a_name_of_thirty_letters_or_so</code>", "a few plain words of text"


@pytest.mark.parametrize(
    ("cells", "names"),
    [
        (("0.5", "costs", "0.693"), []),  # has room beside each other
        (("PyTorch", CODE, TEXT), ["named", "so"]),
        (("one", TEXT, TEXT, "4"), ["named", "so", "often"]),
    ],
)
def test_a_table_without_room_on_a_phone_is_a_list(site_of, cells, names):
    heads = "".join(
        f"<th>{name}</th>" for name in ("", "named", "so", "often")[: len(cells)]
    )
    row = "".join(f"<td>{cell}</td>" for cell in cells)
    table = f"<thead><tr>{heads}</tr></thead><tbody><tr>{row}</tr></tbody>"
    site = site_of(a=f'<article><table class="table">{table}</table></article>')

    name_columns(site)

    assert re.findall('data-column="(.*?)"', body(site, "a")) == names


def test_paper_has_words_of_its_own_and_a_phrase_that_is_gone_fails(
    site_of, monkeypatch
):
    said = [("Drag it,", "It is dragged,"), ("Try it.", "")]
    monkeypatch.setattr(paper, "SAID_OTHERWISE", said)
    text = "<article><p>See. Drag\nit, <b>now</b>. Try it. So.</p></article>"
    site = site_of(a=text, b="<article><p>Drag it, x</p></article>")

    paper.say_otherwise(site)

    assert body(site, "a") == (
        '<article><p>See. <span data-paper="It is dragged,"><span>Drag\nit,</span>'
        '</span> <b>now</b>. <span data-paper=""><span>Try it.</span></span> So.</p>'
        "</article>"
    )
    with pytest.raises(ExtensionError, match="Try it"):
        paper.say_otherwise(site_of(a="<article><p>Drag it,</p></article>"))


def test_definitions_stand_in_one_file_and_a_page_names_it(site_of, tmp_path):
    link = '<a href="glossary.html#loss" title="What it costs.">loss</a>'
    site = site_of(a=f"<article>{link}{link}</article>", b="<article></article>")

    notes.keep_definitions(site)

    (path,) = (tmp_path / "_static").glob("terms.*.json")
    assert path.read_text("utf-8") == '{"loss":"What it costs."}'
    assert body(site, "a") == (
        f'<article data-terms="_static/{path.name}">'
        + 2 * '<a href="glossary.html#loss" class="term">loss</a>'
        + "</article>"
    )
    assert body(site, "b") == "<article></article>"


def test_what_questions_ask_with_other_numbers_stands_beside_the_page(
    site_of, tmp_path
):
    rules = '<template class="rules"><i>r</i></template>'
    one = f"<details><template><b>2</b></template>{rules}</details>"
    site = site_of(
        a=f'<div data-study="quiz"><fieldset data-id="q">{one}</fieldset></div>'
    )

    study.keep_variants(site)

    (path,) = (tmp_path / "_static").glob("a-variants.*.txt")
    assert path.read_text() == '<template data-id="q"><b>2</b></template>'
    (told,) = (tmp_path / "_static").glob("a-rules.*.txt")
    assert told.read_text() == (
        '<template class="rules" data-id="q"><i>r</i></template>'
    )
    assert body(site, "a") == (
        f'<div data-study="quiz" data-rules="_static/{told.name}" '
        f'data-variants="_static/{path.name}">'
        '<fieldset data-id="q" data-rows="2"><details></details></fieldset></div>'
    )


def test_only_chapters_load_the_sheet_of_chapters_and_after_that_of_all(site_of):
    kicker = '<p class="kicker">x</p>'
    site = site_of(head="<noscript></noscript>", a="<p>x</p>", b=kicker)
    for name in theme.SHEETS:
        site.texts[name] = f"/* {name} */"
    site.texts[theme.SCRIPT] = ""
    site.names[theme.HEADINGS] = "headings.woff2"

    theme.name_files(site)

    def sheets(name):
        links = site.page(name).all('//link[@rel="stylesheet"]/@href')
        return [link.partition("_static/")[2].partition(".")[0] for link in links]

    assert sheets("a") == ["site"]
    assert sheets("b") == ["site", "chapter"]  # in this order: it says more of the same


def test_the_name_of_a_file_becomes_a_link_once(site_of, tmp_path):
    (tmp_path / "downloads").mkdir()
    (tmp_path / "downloads" / "lossbook.apkg").touch()
    name = "<code>lossbook.apkg</code>"
    site = site_of(**{"book/a": f"<article>{name}, <a>{name}</a></article>"})

    downloads.link_files(site)

    link = f'<a href="../downloads/lossbook.apkg" download="">{name}</a>'
    assert body(site, "book/a") == f"<article>{link}, <a>{name}</a></article>"


def test_a_file_that_no_page_names_is_told(site_of, tmp_path):
    (tmp_path / "downloads").mkdir()
    (tmp_path / "downloads" / "lossbook.apkg").touch()

    with pytest.raises(ExtensionError, match=r"no page names .* lossbook.apkg"):
        downloads.link_files(site_of(a="<article>lossbook</article>"))


def test_what_modules_share_is_a_file_that_is_fetched_once(tmp_path):
    (tmp_path / "shared.js").write_text('export const long = "only once";')
    for name in ("a", "b"):
        script = (
            f'import {{ long }} from "./shared.js";\nexport default long + "{name}"'
        )
        (tmp_path / f"{name}.js").write_text(script)

    found = bundled([tmp_path / "a.js", tmp_path / "b.js"], tmp_path / "out")

    assert found["a.js"].imports == found["b.js"].imports
    texts = {p.name: p.read_text() for p in (tmp_path / "out").iterdir()}
    assert sum("only once" in text for text in texts.values()) == 1
    assert "only once" in texts[found["a.js"].imports[0]]
    assert set(texts) == {
        found["a.js"].name,
        found["b.js"].name,
        *found["a.js"].imports,
    }


def test_what_several_style_sheets_import_is_a_file_of_its_own_and_comes_first(
    tmp_path,
):
    written = {
        "ink.css": "i { left: 0 }",
        "all.css": '@import "./ink.css";\np { color: red }',
        "own.css": "u { right: 0 }",
        "a.css": '@import "./all.css";\nb { top: 0 }',
        "b.css": '/* b */\n@import "./a.css";\n@import "./own.css";\nb { top: 1px }',
        "c.css": '@import "./all.css";\ns { top: 0 }',
    }
    for name, text in written.items():
        (tmp_path / name).write_text(text)

    entries = [tmp_path / f"{name}.css" for name in "bac"]
    found = bundled(entries, tmp_path / "out")

    def texts(name):
        names = [*found[name].imports, found[name].name]
        return [(tmp_path / "out" / each).read_text() for each in names]

    shared, a = "i{left:0}p{color:red}\n", "b{top:0}\n"
    assert texts("a.css") == [shared, a]
    assert texts("b.css") == [shared, a, "u{right:0}b{top:1px}\n"]
    assert texts("c.css") == [shared, "s{top:0}\n"]
    assert len(list((tmp_path / "out").iterdir())) == 4


# What is set while a page is open: by the theme, by our scripts, by the browser.
SET = {
    ".active",
    ".show",
    ".highlighted",
    ".by-ours",
    "[open]",
    "[data-live]",
    ":hover",
}
SET |= {
    "[data-coming]",
    '[data-theme="dark"]',
    "[aria-expanded=true]",
    "[tabindex]",
    "[hidden]",
}


@pytest.mark.parametrize("state", sorted(SET | {".by-nobody", " b", " .gone"}))
def test_a_style_sheet_keeps_what_scripts_and_browsers_set(state):
    task = {
        "css": {"a.css": f"p{state} {{ top: 0 }}"},
        "js": "element.classList.add('by-ours')",
        "html": ["<html><body><p>x</p><i>y</i></body></html>"],
        "elements": [
            {"tag": tag, "id": [], "classes": [], "parents": over, "ancestors": over}
            for tag, over in (("html", []), ("p", [0]), ("i", [0]))
        ],
        "variables": [],
    }

    used = run_node("purge.mjs", task)["a.css"]

    assert bool(used.strip()) == (state in SET), used


THEMES = """(()=>{"use strict";function n(){return a()}function a(){fetch("banner")}
async function b(){await Promise.allSettled([n(),a()]);const e=
document.querySelector(".pst-async-banner-revealer");if(!e)return;fetch("revealer")}
function c(){if(!document.querySelector(".bd-docs-nav"))return;const e=0;fetch("sidebar"
);sessionStorage.setItem("sidebar-scroll-top",e.scrollTop)})}
try{!function(){const e=document.getElementById("pst-collapse-sidebar-button");
fetch("sidebar")}()}catch(e){console.error(e)}
function d(){const e=()=>{document.querySelectorAll(["pre",".output"]).forEach(e=>{
e.tabIndex=0})},t=()=>{};new MutationObserver(t).observe(n,{childList:!0}),e()}d();
document.querySelectorAll(".dropdown-menu").forEach(e=>{e.add("dropdown-menu-dark")}),
console.log(`[PST]: Changed to ${e} mode using the ${n} theme.`),
e(function(){const e=document.querySelector("#pst-page-toc-nav");fetch("rail");
window.addEventListener("resize",_(c,300)),c()}),b(),c(),fetch("used")})();"""


def test_of_the_script_of_the_theme_what_the_frame_uses_is_left():
    left = theme.what_the_frame_uses(THEMES)

    assert 'fetch("used")' in left
    assert not re.search("banner|revealer|sidebar|tabIndex|dark|Changed|rail", left)
    with pytest.raises(ExtensionError, match=r"reads what is in documentation_opt"):
        theme.what_the_frame_uses(THEMES.replace('"used"', "DOCUMENTATION_OPTIONS.x"))
    with pytest.raises(ExtensionError, match=r"nothing like .*bd-docs-nav"):
        theme.what_the_frame_uses(THEMES.replace(".bd-docs-nav", ".renamed"))


def test_a_constant_of_the_build_is_written_in(tmp_path):
    script = "if (WORD) { alert(WORD); }"

    assert minified(script, "js", WORD="a") == 'alert("a");\n'
    assert minified(script, "js", WORD="").strip() == ""


def test_a_name_tells_the_content(tmp_path):
    names = {keep(tmp_path / "a.css", text) for text in (b"x", b"y", b"x")}

    assert len(names) == 2
    assert all(re.fullmatch(r"a\.[0-9a-f]{10}\.css", name) for name in names)


def test_every_file_that_a_script_of_the_site_imports_is_there(site):
    imports = re.compile(r'(?:from|import\()"(\.\.?/[^"]+)"')
    scripts = [*site.glob("_static/*.js"), *site.glob("live/*.js")]
    asked = [
        path.parent / name
        for path in scripts
        for name in imports.findall(path.read_text("utf-8"))
    ]

    assert len(asked) > 20
    assert [path for path in asked if not path.is_file()] == []


def test_nothing_is_left_in_the_site_that_no_page_loads(site):
    names = {path.name for path in (site / "_static").rglob("*") if path.is_file()}
    names = {name for name in names if not name.endswith(".LEGAL.txt")}  # licences

    plain = {
        name
        for name in names
        if not content_security_policy.NAMED_BY_CONTENT.search(name)
    }
    assert plain == {"favicon.svg"}
