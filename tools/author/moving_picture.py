"""The moving picture of the README: ``python -m tools.author.moving_picture``.

Opens the built site, moves the figure of the first page by its keys, and keeps what
one sees as .github/moving.webp: the readings in it are those of the page.
"""

import io

from PIL import Image
from playwright.sync_api import sync_playwright

from tools import ROOT, browser
from tools.build import book
from tools.serving import served

PICTURE = ROOT / ".github" / "moving.webp"
PAGE = "book/intro.html"
FIGURE = ".explorer[data-live]:has(input[type=range])"
STEPS, MILLISECONDS = 24, 160


def frames(page) -> list[Image.Image]:
    """The figure at each step, from one end to the other and back."""
    figure = page.locator(FIGURE).first
    slider = figure.locator("input[type=range]").first
    slider.press("Home")
    seen = []
    places = slider.evaluate("(input) => (input.max - input.min) / input.step")
    for step in range(STEPS):
        for _ in range(
            round(places * step / STEPS), round(places * (step + 1) / STEPS)
        ):
            slider.press("ArrowRight")
        shot = figure.screenshot(animations="disabled")
        seen.append(Image.open(io.BytesIO(shot)).convert("RGB"))
    return [*seen, *seen[-2:0:-1]]


def main() -> None:
    """Take it."""
    with (
        served(book.SITE) as address,
        sync_playwright() as playwright,
        browser.launch(playwright) as running,
    ):
        page = running.new_page(viewport={"width": 800, "height": 900})
        page.goto(address + PAGE)
        first, *others = frames(page)
    first.save(
        PICTURE,
        save_all=True,
        append_images=others,
        duration=MILLISECONDS,
        loop=0,  # without end
        quality=60,
        method=6,
    )
    size = PICTURE.stat().st_size
    print(f"{PICTURE.name}: {size:,} bytes, {first.width}x{first.height}")


if __name__ == "__main__":
    main()
