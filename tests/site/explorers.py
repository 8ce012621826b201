"""The explorers of the book: where they stand, how a reader moves them, what they say.

A way to move one is a generator: it does something, yields the number of the control
that it used, and waits to be asked for the next step.
"""

from functools import cache

from book._ext.directives import explorers as directive
from lossbook.widgets import Explorer, Samples
from tests.book.chapters import CHAPTERS, explorers

# By page, the text forms of its explorers in their order.
ON_PAGE = {f"book/{name}.html": explorers(name) for name in CHAPTERS}
PAGES_WITH_EXPLORERS = [page for page, texts in ON_PAGE.items() if texts]


@cache
def made(name, number):
    """An explorer of a page in Python, one that nothing else moves."""
    return directive.made.__wrapped__(ON_PAGE[name][number])


# At once: a tap while the page still glides would stop it halfway.
INTO_VIEW = "(place) => place.scrollIntoView({ block: 'center', behavior: 'instant' })"


def places(page, name):
    """Each explorer of a page that is open: its place, and the same one in Python."""
    found = page.locator(".explorer")
    for i in range(len(ON_PAGE[name])):
        place = found.nth(i)
        place.evaluate(INTO_VIEW)  # its script is fetched only now
        place.locator(".readout:not(:empty)").wait_for()
        yield place, made(name, i)


# CSS pixels: elsewhere letters may be a little wider. And the first reading may take
# two lines less than the longest, for which there must be room.
SLACK, LINES = 16, 2 * 21
# Without the padding of the place, which only pages know.
HEIGHTS = """(place) => {
  const { minHeight, paddingTop, paddingBottom } = getComputedStyle(place);
  const padding = parseFloat(paddingTop) + parseFloat(paddingBottom);
  return {
    kept: parseFloat(minHeight) - padding,
    taken: place.offsetHeight - padding,
    live: place.querySelector(":scope > div")?.offsetHeight,
  };
}"""
LOOK = """(place, traits) => ({
  readout: place.querySelector(".readout").textContent,
  state: Object.fromEntries(traits.map((trait) => [trait, place.model.get(trait)])),
})"""


def look(place, explorer):
    """What the reader reads, and the state of the model, in one moment."""
    traits = {
        name
        for name, trait in explorer.traits(sync=True).items()
        if not isinstance(trait, Samples) and not name.startswith("_")
    }
    return place.evaluate(LOOK, sorted(traits - set(Explorer.class_trait_names())))


def assert_python_says_the_same(explorer, seen):
    """Put the same explorer in Python into the state of the page: it reads the same."""
    for _ in range(2):  # one trait may set another
        for name, value in seen["state"].items():
            setattr(explorer, name, value)
    assert {name: getattr(explorer, name) for name in seen["state"]} == seen["state"]
    assert seen["readout"] == explorer.reading()


def move(place, explorer, steps):
    """Take the steps, compare after each, and return which controls did nothing."""
    before, tried, moved = look(place, explorer), set(), set()
    for control, kind in steps:
        now = look(place, explorer)
        if now == before and kind == "button":  # what it starts may take a moment
            place.page.wait_for_timeout(500)
            now = look(place, explorer)
        assert_python_says_the_same(explorer, now)
        tried.add((control, kind))
        if now != before:
            moved.add((control, kind))
        before = now
    assert tried, "there is nothing to move"
    return tried - moved


# Numbers the controls of a page; radio buttons of one choice are one control.
NUMBER = """
  const number = (node) => {
    const control = node.type === "radio" ? node.closest("fieldset") : node;
    return control.number ??= (window.controls = (window.controls ?? 0) + 1);
  };
"""
FOCUSED = f"""(place) => {{
  {NUMBER}
  const node = document.activeElement;
  if (!place.contains(node)) return null;
  const {{ outlineStyle, outlineWidth }} = getComputedStyle(node);
  return {{
    control: number(node),
    kind: node.type ?? node.localName,
    seen: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
  }};
}}"""
TO_BEFORE = """(place) => {
  const all = document.querySelectorAll("a[href], button, input, summary, [tabindex]");
  const before = [...all].filter((node) => node.tabIndex >= 0
    && place.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING);
  document.activeElement.blur(); // or Tab starts where the mouse was last pressed
  before.findLast((node) => { // what is hidden or disabled does not take the focus
    node.focus();
    return node === document.activeElement;
  });
}"""
ARROWS = ["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"]
KEYS = {
    "range": [*ARROWS, "PageUp", "PageDown", "Home", "End"],
    "radio": [*ARROWS, "Space"],
    "number": ["ArrowUp", "ArrowDown", "5"],
    "button": ["Enter", "Space"],
    "submit": ["Enter", "Space"],
    "checkbox": ["Space"],
}


def stops(place):
    """Tab from before the place until it is left again; yields each control."""
    place.evaluate(TO_BEFORE)
    inside = False
    for _ in range(50):
        place.page.keyboard.press("Tab")
        stop = place.evaluate(FOCUSED)
        if stop:
            inside = True
            yield stop
        elif inside:
            return
    raise AssertionError(f"Tab never {'leaves' if inside else 'reaches'} the figure")


def by_keyboard(place, rng, rounds=2):
    """Go through all controls by Tab, and press keys in a random order."""
    for _ in range(rounds):
        for stop in stops(place):
            assert stop["seen"], "the focus cannot be seen"
            for key in rng.permutation(KEYS[stop["kind"]])[:5]:
                place.page.keyboard.press(key)
                yield stop["control"], stop["kind"]
                assert place.evaluate(FOCUSED) == stop, f"{key} took the focus away"


BOX = """
  const box = (node) => {
    const { x, y, width, height } = node.getBoundingClientRect();
    return { x, y, width, height };
  };
"""
# A radio button is pressed anywhere on its label, a slider on its rail.
CONTROLS = f"""(place) => {{
  {NUMBER} {BOX}
  return [...place.querySelectorAll(":scope > div :is(button, input, select)")]
    .filter((node) => node.checkVisibility() && !node.disabled)
    .filter((node) => node.type !== "number") // one types there
    .map((node) => ({{
      control: number(node),
      kind: node.type,
      box: box(node.type === "range" ? node : node.closest("label") ?? node),
    }}));
}}"""
# What of each plot can be gripped just now, by what it is for, or else the whole of it.
# On a level one, a finger that moves up or down scrolls the page.
DRAGGABLE = f"""(place) => {{
  {BOX}
  const level = (node) => getComputedStyle(node).touchAction !== "none";
  const atMiddle = (node) => {{
    const {{ x, y, width, height }} = box(node);
    return document.elementFromPoint(x + width / 2, y + height / 2) === node;
  }};
  return [...place.querySelectorAll(".draggable")].map((node) => {{
    const grips = [...node.querySelectorAll("*")]
      .filter((grip) => Object.keys(grip.dataset).length && atMiddle(grip))
      .map((grip) => [
        Object.values(grip.dataset).join(),
        {{ box: box(grip), level: level(grip) && level(node) }},
      ]);
    return {{ box: box(node), level: level(node), grips: Object.fromEntries(grips) }};
  }});
}}"""


def inside(box, rng, *, middle=False):
    """A random point of a box, not on its edge; or its middle."""
    x, y = (0.5, 0.5) if middle else rng.uniform(0.1, 0.9, size=2)
    return float(box["x"] + x * box["width"]), float(box["y"] + y * box["height"])


def by_pressing(place, rng, press, rounds=4):
    """Press each control that is pressed, at a random point, in a random order."""
    for _ in range(rounds):
        for i in rng.permutation(len(place.evaluate(CONTROLS))):
            now = place.evaluate(CONTROLS)  # a press may have brought or taken some
            if i < len(now):
                press(*inside(now[i]["box"], rng))
                yield now[i]["control"], now[i]["kind"]


def by_dragging(place, rng, drag, rounds=4):
    """Drag each grip, or each plot that has none, over random points of the plot."""
    for i, plot in enumerate(place.evaluate(DRAGGABLE)):
        for name in rounds * (list(plot["grips"]) or ["itself"]):
            now = place.evaluate(DRAGGABLE)[i]
            grip = now["grips"].get(name, now)
            if grip is now and name != "itself":  # it is out of reach for the moment
                continue
            start = inside(grip["box"], rng, middle=grip is not now)
            ends = [inside(now["box"], rng) for _ in range(3)]
            if grip["level"]:
                ends = [(x, start[1]) for x, _ in ends]
            for _ in drag([start, *ends]):
                yield f"plot {i}, {name}", "plot"


def mouse_drag(page):
    """A way to drag: through all points, with the button held down."""

    def drag(ends):
        page.mouse.move(*ends[0])
        page.mouse.down()
        for end in ends[1:]:
            page.mouse.move(*end, steps=2)
            yield
        page.mouse.up()
        yield

    return drag


def finger_drag(page):
    """A way to drag: a finger on the glass."""
    glass = page.context.new_cdp_session(page)

    def send(kind, *ends):
        fingers = [{"x": x, "y": y} for x, y in ends]
        glass.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})

    def drag(ends):
        send("touchStart", ends[0])
        for end in ends[1:]:
            send("touchMove", end)
            yield
        send("touchEnd")
        yield

    return drag
