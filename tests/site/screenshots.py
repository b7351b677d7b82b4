"""Picture every page of the built book: ``_build/screenshots/<page>-<width>-<scheme>.png``.

Run by ``make screenshots``, or ``python tests/site/screenshots.py [page ...]`` for some pages only.
"""

import sys
from pathlib import Path

from walk import CHROMIUM, ROOT, SCHEMES, WIDTHS, browser, served, toc_pages


def take_screenshots(html: Path, target: Path, pages: list[str]) -> list[Path]:
    """Write one picture a page, width and colour scheme, of the page's full height."""
    target.mkdir(parents=True, exist_ok=True)
    written = []
    with served(html) as address, browser() as chromium:
        for width in WIDTHS:
            for scheme in SCHEMES:
                context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
                page = context.new_page()
                for name in pages:
                    page.goto(f"{address}/{name}.html", wait_until="networkidle")
                    short = name.removeprefix("book/").replace("/", "-")
                    path = target / f"{short}-{width}-{scheme}.png"
                    page.screenshot(path=path, full_page=True)
                    written.append(path)
                context.close()
    return written


def main(arguments: list[str]) -> int:
    html = ROOT / "_build" / "html"
    if CHROMIUM is None:
        sys.stderr.write("no chromium found: apt-get install chromium\n")
        return 1
    pages = [f"book/{name.removeprefix('book/').removesuffix('.md')}" for name in arguments] or toc_pages()
    written = take_screenshots(html, ROOT / "_build" / "screenshots", pages)
    sys.stdout.write(f"{len(written)} pictures in {written[0].parent}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
