"""Cells that run on a page: how a reader runs them, and what they show."""

import re

from tests.book.chapters import CHAPTERS, cells, is_widget

PATIENCE = 180_000  # ms: a busy machine, and a whole chapter
# What Python shows below a cell, in the form of `stored`.
SHOWN = """(outputs) => [...outputs.children].map((node) => {
  if (node.localName === "pre") return [node.className, node.textContent];
  if (node.localName === "iframe") return ["html", node.srcdoc];
  return [node.localName === "img" ? "image" : "widget", ""];
})"""


def shown_cells(page):
    """The cells of a notebook whose code its page shows."""
    return [
        cell
        for cell in cells(page, "code")
        if "remove-input" not in cell.metadata.get("tags", [])
    ]


PAGES_WITH_CODE = [name for name in CHAPTERS if shown_cells(name)]


def stored(cell):
    """What the notebook keeps of a cell's outputs: kind and text of each."""
    kept = []
    for output in cell.outputs:
        data = output.get("data", {})
        if output.output_type == "stream":
            kept.append((output.name, output.text))
        elif is_widget(data):
            kept.append(("widget", ""))
        elif "text/html" in data:
            kept.append(("html", data["text/html"]))
        elif "image/svg+xml" in data:
            kept.append(("image", ""))
        else:
            kept.append(("value", data["text/plain"]))
    return kept


def live(page, i):
    """What the cell with this number has shown on the page since it ran."""
    root = page.locator(".cell:has(> .cell_input)").nth(i)
    outputs = root.locator(":scope > .live-output")
    if not outputs.count():
        return []
    body = re.compile(r"<body>(.*)</body>", re.DOTALL)
    return [
        (kind, body.search(text)[1] if kind == "html" else text)
        for kind, text in outputs.evaluate(SHOWN)
    ]


def ran(page, i):
    """Wait until the cell with this number has ended; returns whether it ended well."""
    root = page.locator(".cell:has(> .cell_input)").nth(i)
    ended = "(root) => ['ran', 'failed'].includes(root.dataset.state)"
    page.wait_for_function(ended, arg=root.element_handle(), timeout=PATIENCE)
    return root.get_attribute("data-state") == "ran"
