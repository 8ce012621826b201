"""How fast the explorers of the built site answer, and how many bytes they take.

From the moment of a key or of a pointer's move to the end of the next frame, in
milliseconds; and how long the scripts themselves take.  Needs a browser, and the
site: `make book`.
"""

import argparse
import statistics
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Locator, sync_playwright

from tools import browser as chromium
from tools.build import book
from tools.check import widget_files
from tools.serving import served

from . import machine

MOVES = 120
FRAME, BUDGET = 16.7, 40_000  # one of 60 in a second; bytes, for up to three explorers

# Notes, for each move or key that reaches the figure, how long the scripts took, and
# how long after it the frame that shows it was finished.
WATCH = """(place) => {
  window.noted = [];
  const note = ({ type, timeStamp }) => {
    const began = performance.now();
    const entry = { type };
    noted.push(entry);
    const done = () => { entry.script = performance.now() - began; };
    addEventListener(type, done, { once: true });
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { entry.frame = performance.now() - timeStamp; };
    requestAnimationFrame(() => port2.postMessage(0));
  };
  for (const type of ["pointermove", "input"]) {
    place.addEventListener(type, note, true);
  }
}"""
# The middle of what is gripped, and the middle and size of the plot.
PLOT = """(place) => {
  place.scrollIntoView({ block: "center" });
  const plot = place.querySelector(".draggable");
  const parts = [...plot.querySelectorAll("*")];
  const grip = parts.find((node) => Object.keys(node.dataset).length) ?? plot;
  return [grip, plot].map((node) => {
    const { x, y, width, height } = node.getBoundingClientRect();
    return [x + width / 2, y + height / 2, width, height];
  });
}"""


def main() -> None:
    """Measure every explorer of every page, and print the tables."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.figures", description=__doc__
    )
    parser.add_argument("--site", type=Path, default=book.SITE)
    site = parser.parse_args().site
    pages = [path.relative_to(site).as_posix() for path in site.glob("book/*.html")]
    pages = [page for page in sorted(pages) if widget_files.models(site, page)]
    print(f"load {machine.load()}, {MOVES} moves and keys for each explorer")
    print(f"{'':40}{'drag':>14}{'keys':>14}{'scripts':>14}")
    print(f"{'milliseconds':40}{3 * '  median   95%'}")
    for page, title, kinds in timings(site, pages):
        cells = "".join(map(cell, kinds))
        slow = "" if kinds[0][0] <= FRAME else f"  over {FRAME}"
        print(f"{f'{page[5:-5]}: {title}':40.40}{cells}{slow}")
    print(
        f"\n{'bytes, compressed':40}{'explorers':>10}{'files':>8}{'all':>8}{'line':>8}"
    )
    for page in pages:
        print(weight(site, page))


def timings(site: Path, pages: list[str]) -> Iterator[tuple]:
    """For each explorer: page, title, and median and 95 % of its times by kind."""
    with (
        served(site) as address,
        sync_playwright() as playwright,
    ):
        running = chromium.launch(playwright)
        for name in pages:
            page = running.new_page(viewport={"width": 1280, "height": 900})
            page.goto(address + name)
            for place in page.locator(".explorer").all():
                place.locator(".readout:not(:empty)").wait_for()
                yield name, place.locator(".title").text_content(), measured(place)
            page.close()
        running.close()


def measured(place: Locator) -> list[tuple[float, float] | None]:
    """Times of drags, of keys, and of the scripts in both."""
    place.evaluate(WATCH)
    drag(place)
    press(place)
    place.page.wait_for_timeout(200)
    noted = place.evaluate("noted")
    moves = [entry["frame"] for entry in noted if entry["type"] == "pointermove"]
    keys = [entry["frame"] for entry in noted if entry["type"] == "input"]
    return [spread(moves), spread(keys), spread([entry["script"] for entry in noted])]


def drag(place: Locator) -> None:
    """Hold a grip, or the plot, and go to and fro over the plot."""
    mouse, wait = place.page.mouse, place.page.wait_for_timeout
    (x, y, *_), (middle_x, middle_y, width, height) = place.evaluate(PLOT)
    mouse.move(x, y)
    mouse.down()
    for i in range(MOVES):
        share = abs(i % 40 - 20) / 20 - 0.5  # from one side to the other and back
        mouse.move(middle_x + 0.8 * width * share, middle_y + 0.6 * height * share)
        wait(7 + i % 11)  # out of step with the frames
    mouse.up()


def press(place: Locator) -> None:
    """Move the first slider from end to end by its arrow keys."""
    sliders = place.get_by_role("slider")
    if not sliders.count():
        return
    sliders.first.focus()
    for i in range(MOVES):
        place.page.keyboard.press("ArrowLeft" if i // 10 % 2 else "ArrowRight")
        place.page.wait_for_timeout(7 + i % 11)


def spread(times: list[float]) -> tuple[float, float] | None:
    """Median, and what 95 of 100 stay below; nothing where nothing was moved."""
    if len(times) < 20:
        return None
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def cell(times: tuple[float, float] | None) -> str:
    """Two columns of the table."""
    return "{:8.1f}{:6.1f}".format(*times) if times else f"{'-':>8}{'-':>6}"


def weight(site: Path, page: str) -> str:
    """One line: what the widgets of a page weigh, and what they may."""
    files = widget_files.files(site, page)
    count = len(widget_files.models(site, page))
    line = BUDGET * max(1, count / 3)
    total = sum(files.values())
    parts = [Path(name).name.split(".") for name in files]
    sizes = zip(parts, files.values(), strict=True)
    each = ", ".join(f"{name}.{kind} {size:,}" for (name, _, kind), size in sizes)
    mark = "" if total <= line else "  NO"
    row = f"{page[5:-5]:40}{count:10}{len(files):8}{total:8,}{line:8,.0f}{mark}"
    return f"{row}\n    {each}"


if __name__ == "__main__":
    main()
