"""Take the pictures of the tutorials from the book of the invented town, into book/_static.

Run it by hand, ``python tests/site/tutorial_pictures.py``, when the pages have changed; it needs Chromium.
"""

import io
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from PIL import Image  # noqa: E402
from second import corpus as second  # noqa: E402
from walk import ROOT, browser, served  # noqa: E402

#: A picture has so many colours at most, and is small.
COLOURS = 48


def keep(place, name, *, height=0):
    """Write a part of a page, or its upper part, as a small picture."""
    picture = Image.open(io.BytesIO(place.screenshot())).convert("RGB")
    if height:
        picture = picture.crop((0, 0, picture.width, min(height, picture.height)))
    picture = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    picture.save(ROOT / "book" / "_static" / name, optimize=True)


def take(chromium, address):
    """Open the pages and take the pictures."""
    page = chromium.new_page(viewport={"width": 1100, "height": 900})
    page.goto(f"{address}/book/index.html")
    keep(page.locator("table").first, "front.png", height=480)
    page.goto(f"{address}/book/sources/order.html")
    keep(page.locator(".sb-edition"), "marked.png", height=560)
    page.goto(f"{address}/claims/survey.c003.html")
    page.get_by_role("button", name="Review this page").click()
    page.get_by_label("Your name").fill("Cem")
    page.get_by_label("code otherwise").check()
    page.get_by_label("value").fill("~51")
    keep(page.locator("#coding"), "review.png")


def main():
    """Make the book, and take the pictures."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = second.make_second(Path(temporary) / "basin")
        with second.working_in(folder):
            second.run("book")
        with served(folder / "_build" / "html") as address, browser() as chromium:
            take(chromium, address)


if __name__ == "__main__":
    main()
