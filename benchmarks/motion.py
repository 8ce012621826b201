"""How exactly a lesson to watch keeps time: ``python -m benchmarks.motion``.

Plays a lesson of the built site at speeds from 0.75 to 1.5, and says how far a sentence
on the page is from the same one in the voice, and how long a frame takes.  The page may
be 40 ms early; it should not be 60 ms off, and of a hundred frames 95 take 17 ms.
"""

import json

import numpy as np
from playwright.sync_api import sync_playwright

from tools import ROOT, browser
from tools.build import book
from tools.serving import served

TOPIC = "mean_squared_error"
SPEEDS = (0.75, 1, 1.25, 1.5)
SECONDS = 30
# Every frame's length, and the voice's time whenever the sentence on the page changes.
WATCH = """() => {
  const { lesson } = document.querySelector(".lesson");
  window.frames_ = [];
  window.said = [];
  let last = performance.now();
  const step = (now) => { window.frames_.push(now - last); last = now; requestAnimationFrame(step); };
  requestAnimationFrame(step);
  new MutationObserver(() => window.said.push([lesson.parts.caption.textContent, lesson.audio.currentTime]))
    .observe(lesson.parts.caption, { childList: true });
}"""  # noqa: E501


def played(page, speed: float, starts: dict[str, float]) -> tuple[list, list]:
    """Milliseconds of each sentence from its cue, and of each frame."""
    page.evaluate("document.querySelector('.lesson').lesson.load()")
    page.locator(".lesson[data-live]").wait_for()
    page.get_by_label("Speed").select_option(str(speed))
    page.evaluate("document.querySelector('.lesson').lesson.go(0, { play: true })")
    page.wait_for_timeout(2000)
    page.evaluate(WATCH)
    page.wait_for_timeout(1000 * SECONDS / speed)
    said = page.evaluate("window.said")
    off = [1000 * (at - starts[text]) for text, at in said if text in starts]
    return off, page.evaluate("window.frames_.slice(1)")


def main() -> None:
    """Measure each speed, and print a row for it."""
    cues = json.loads((ROOT / f"book/audio/{TOPIC}_motion.json").read_text("utf-8"))
    book.build_if_changed()
    print(
        "speed  sentences  off its cue, ms: least, most   frames  median  95 %  longest"
    )
    with (
        served(book.SITE) as address,
        sync_playwright() as playwright,
        browser.launch(playwright) as running,
    ):
        for speed in SPEEDS:
            page = running.new_page(viewport={"width": 1280, "height": 800})
            page.goto(f"{address}book/{TOPIC}_lesson.html")
            spans = page.locator(".transcript span").all_inner_texts()
            starts = {
                text: cue["start"]
                for text, cue in zip(spans, cues["sentences"], strict=True)
            }
            off, frames = played(page, speed, starts)
            median, most = np.percentile(frames, [50, 95])
            print(
                f"{speed:5}  {len(off):9}  {min(off):25.0f} {max(off):5.0f}"
                f"  {len(frames):7}  {median:6.1f}  {most:4.1f}  {max(frames):7.1f}"
            )
            page.close()


if __name__ == "__main__":
    main()
