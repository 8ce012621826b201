"""The host keeps the contract of anywidget's front-end modules, on a page of fakes.

The page has our host and widgets that are nothing but the contract: each says in
`window.told` what the host did with it.
"""

import base64
import json
import re

import pytest

from tests.site.pages import ROOT

HOST = ROOT / "book" / "assets" / "widget_host.js"
IMPORT = re.compile(r'^import [^;]*?"(\.[^"]+)";', re.MULTILINE)


def with_imports(path, base):
    """A script and what it imports, each by its address if it lies at `base`.

    Above the top of a site there is nothing: "../../a.js" is "a.js" there.
    """
    found = {base: path.read_text("utf-8")}
    for name in IMPORT.findall(found[base]):
        address = re.sub(r"^(\.\.?/)+", "", name)
        found |= with_imports((path.parent / name).resolve(), address)
    return found


SCRIPTS = with_imports(HOST, HOST.name)
ADDRESS = "http://page.test/"  # answered from a dict: nothing is asked for it
KINDS = {"html": "text/html", "js": "text/javascript", "css": "text/css"}
FAILED = "This figure cannot be moved now"
PAGE = """<!doctype html><meta charset=utf-8><link rel=icon href=data:,>
<script>window.told = []</script>
<script type=module src=widget_host.js></script>"""
SETTLED = """[...document.querySelectorAll("figure")].every(
  (place) => "live" in place.dataset || place.textContent)"""


@pytest.fixture
def show(browser):
    """Open a page with widgets: `show({name: script}, places, **state of all)`.

    Each script is the whole module of one widget; `places` are the names of the
    widgets in the order in which the page shows them.
    """
    context, files = browser.new_context(), dict(SCRIPTS)

    def answer(route):
        name = route.request.url.removeprefix(ADDRESS) or "index.html"
        if name not in files:
            return route.fulfill(status=404)
        kind = KINDS.get(name.rpartition(".")[2], "application/json")
        return route.fulfill(body=files[name], content_type=kind)

    def shown(scripts, places=None, *, buffers=(), css=None, without=None, **state):
        for name, script in scripts.items():
            files[f"{name}.js"] = script
            sheets = ["style.css"] if css else []
            own = {"_esm": f"{name}.js", "_css": sheets, "x": 5}
            entry = {"state": own | state, "buffers": list(buffers)}
            files[f"{name}.json"] = json.dumps(entry)
        files["style.css"] = css
        figure = "<figure data-model={}.json><img alt=static></figure>".format
        files["index.html"] = PAGE + "".join(map(figure, places or scripts))
        files.pop(without, None)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda said: page.complaints.append(said.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(ADDRESS)
        page.wait_for_function(SETTLED)
        return page

    context.route(f"{ADDRESS}**", answer)
    yield shown
    context.close()


def test_an_import_of_the_host_that_is_missing_is_named_at_once(tmp_path):
    (tmp_path / "host.js").write_text('import { a } from "./near.js";\n')
    (tmp_path / "near.js").write_text('import {\n  b,\n} from "../gone.js";\n')

    with pytest.raises(FileNotFoundError, match=r"gone\.js"):
        with_imports(tmp_path / "host.js", "host.js")
    (tmp_path.parent / "gone.js").write_text("")
    assert {*with_imports(tmp_path / "host.js", "host.js")} == {
        "host.js",
        "near.js",
        "gone.js",
    }


def told(page):
    return page.evaluate("told")


def is_live(page):
    """For each place: whether it is live."""
    return page.evaluate(
        "[...document.querySelectorAll('figure')].map((f) => 'live' in f.dataset)"
    )


VIEW = """{
  initialize({ model }) { told.push(`initialize ${model.get("x")}`); },
  render({ model, el }) {
    const button = el.appendChild(document.createElement("button"));
    const update = () => { button.textContent = model.get("x"); };
    button.onclick = () => { model.set("x", model.get("x") + 1); };
    model.on("change:x", update);
    update();
  },
}"""


def test_all_views_of_a_widget_follow_one_state(show):
    page = show({"a": f"export default {VIEW}", "b": f"export default {VIEW}"}, "aba")

    page.locator("button").nth(0).click()
    page.locator("button").nth(2).click()

    assert page.locator("button").all_text_contents() == ["7", "5", "7"]
    assert told(page) == ["initialize 5", "initialize 5"]  # once for each widget


def test_who_waits_is_told_when_a_figure_is_ready_to_be_driven(show):
    script = f"""
      addEventListener("live", ({{ target }}) => {{
        const {{ model, dataset, textContent }} = target;
        told.push([model.driven, "live" in dataset, textContent]);
      }});
      export default {VIEW}"""
    page = show({"a": script, "b": "export default 1 +"})

    assert told(page) == ["initialize 5", [False, True, "5"]]  # none for what fails


@pytest.mark.parametrize("form", ["{}", "() => ({})", "async () => ({})"])
def test_a_module_gives_a_widget_or_a_function_that_makes_one(show, form):
    page = show({"a": f"export default {form.replace('{}', VIEW)}"})

    assert is_live(page) == [True]
    assert page.locator("button").text_content() == "5"


def test_what_a_function_sets_up_belongs_to_one_widget(show):
    script = """export default () => {
      let views = 0;
      return { render() { told.push(++views); } };
    }"""
    page = show({"a": script, "b": script}, "aab")

    assert sorted(told(page)) == [1, 1, 2]


def test_the_style_sheet_is_there_when_the_widget_draws(show):
    script = """export default { render({ el }) {
      el.className = "mine";
      told.push(getComputedStyle(el).letterSpacing);
    } }"""
    page = show({"a": script}, "aa", css=".mine { letter-spacing: 7px }")

    assert told(page) == ["7px", "7px"]
    assert page.locator("link[rel=stylesheet]").count() == 1


def test_binary_parts_arrive_where_they_were(show):
    script = """export default { render({ model }) {
      const { inner } = model.get("data");
      told.push(inner[1] instanceof DataView, inner[1].getUint16(1, true), inner[0]);
    } }"""
    data = base64.b64encode(b"\x01\x02\x03").decode()
    part = {"path": ["data", "inner", 1], "data": data, "encoding": "base64"}
    page = show({"a": script}, data={"inner": [4, None]}, buffers=[part])

    assert told(page) == [True, 0x302, 4]


LISTEN = """export default { render({ model }) {
  const say = (word) => () => told.push(word);
  const first = say("first");
  model.on("change:x", first);
  model.on("change:x", say("second"));
  model.on("change", say("any"));
  model.on("change:y", say("other"));
  const act = { first, model };
  window.acts = [...(window.acts ?? []), act];
} }"""


@pytest.mark.parametrize(
    ("act", "heard"),
    [
        ("model.set('x', 6)", ["first", "second", "any"]),
        ("model.set('x', 5)", []),  # nothing changed
        ("model.set('y', 1)", ["other", "any"]),
        ("model.off('change:x', first); model.set('x', 6)", ["second", "any"]),
        ("model.off('change:x'); model.set('x', 6)", ["any"]),
        ("model.off(null, first); model.set('x', 6)", ["second", "any"]),
        ("model.off(); model.set('x', 6)", []),
    ],
)
def test_listeners_hear_of_changes_until_they_are_off(show, act, heard):
    page = show({"a": LISTEN})

    page.evaluate(f"(({{ model, first }}) => {{ {act} }})(acts[0])")

    assert told(page) == heard


def test_a_listener_is_told_nothing_but_that_something_changed(show):
    script = """export default { render({ model }) {
      model.on("change:x", (...told) => window.told.push(told.length, model.get("x")));
      model.set("x", 8);
    } }"""

    assert told(show({"a": script})) == [0, 8]


def test_a_view_that_stops_listening_leaves_the_others_alone(show):
    page = show({"a": LISTEN}, "aa")

    page.evaluate("acts[0].model.off(); acts[0].model.set('x', 6)")

    assert told(page) == ["first", "second", "any"]


def test_a_listener_that_fails_does_not_keep_the_others_from_hearing(show):
    script = """export default { render({ model, el }) {
      model.on("change:x", () => { told.push("heard"); throw new Error("deaf"); });
      window.model = model;
    } }"""
    page = show({"a": script}, "aa")

    page.evaluate("model.set('x', 6)")

    assert told(page) == ["heard", "heard"]
    assert len(page.complaints) == 2


ENDING = """export default {
  initialize({ signal }) {
    signal.addEventListener("abort", () => log("signal of the widget"));
    return () => log("widget");
  },
  async render({ signal, el }) {
    signal.addEventListener("abort", () => log("signal of a view"));
    return () => log("view");
  },
};
const log = (word) => {
  localStorage.told = [...(localStorage.told ?? "").split(",").filter(Boolean), word];
};"""


def test_what_a_widget_left_to_clean_up_runs_when_the_reader_leaves(show):
    page = show({"a": ENDING}, "aa")

    page.goto(ADDRESS + "a.json")

    done = page.evaluate("localStorage.told").split(",")
    assert sorted(done) == sorted(
        ["signal of the widget", "widget", *2 * ["signal of a view", "view"]]
    )


def test_a_page_that_the_browser_keeps_stays_alive(show):
    page = show({"a": ENDING})

    page.evaluate(
        "dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))"
    )

    assert page.evaluate("localStorage.told") is None


def test_asking_a_kernel_is_answered_with_an_error(show):
    script = """export default { async render({ experimental, model }) {
      model.send({ any: "thing" });
      await experimental.invoke("fit").catch(({ message }) => told.push(message));
    } }"""

    assert told(show({"a": script})) == ['no kernel runs here that could answer "fit"']


# What may be wrong with a script, and what the console then says.
FAULTS = {
    "import { gone } from './good.js'; export default {};": "gone",
    "import './gone.js'; export default {};": "Failed to fetch",
    "export const x = 1;": "undefined",
    "export default () => { throw new Error('planted'); };": "planted",
    "export default { async initialize() { throw new Error('planted'); } };": "planted",
    """export default { render({ model, el }) {
      el.append("half a figure");
      model.on("change:x", () => told.push("still there"));
      throw new Error("planted");
    } };""": "planted",
}


@pytest.mark.parametrize(("script", "complaint"), FAULTS.items())
def test_a_widget_that_fails_shows_its_picture_says_so_and_harms_no_other(
    show, script, complaint
):
    good = f"export default {VIEW}"
    page = show({"bad": script, "good": good}, ["bad", "good", "bad"])

    assert is_live(page) == [False, True, False]
    assert page.get_by_alt_text("static").count() == 3
    for place in (0, 2):
        live = page.locator("figure").nth(place).locator("div")
        assert live.text_content().startswith(FAILED)
    assert sum(complaint in said for said in page.complaints) == 2
    page.locator("button").click()
    assert page.locator("button").text_content() == "6"
    page.evaluate("document.querySelector('figure').model?.set('x', 9)")
    assert "still there" not in told(page)


@pytest.mark.parametrize("gone", ["style.css", "a.json", "a.js"])
def test_a_file_that_is_missing_is_a_failure_too(show, gone):
    page = show({"a": f"export default {VIEW}"}, css="p {}", without=gone)

    assert is_live(page) == [False]
    assert FAILED in page.locator("figure").text_content()
    assert len(page.complaints) == 2  # the browser's, and the host's
