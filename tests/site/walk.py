"""A walk through the built pages in a browser: what the browser tests and the screenshots have in common."""

import functools
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
WIDTHS = (390, 1280)
SCHEMES = ("light", "dark")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def toc_pages() -> list[str]:
    """List the pages of the table of contents, in reading order, as names without suffix."""

    def files(entry: object) -> Iterator[str]:
        if isinstance(entry, dict):
            yield from (entry[key] for key in ("root", "file") if key in entry)
            for key in ("parts", "chapters", "sections"):
                yield from files(entry.get(key))
        elif isinstance(entry, list):
            for part in entry:
                yield from files(part)

    return list(files(yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))))


class _QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format, *args):
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port of this host; the address, without a final slash."""
    handler = functools.partial(_QuietHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


_running: list[object] = []


@contextmanager
def browser() -> Iterator[object]:
    """Start the system's Chromium without a window, or give the one that is running."""
    from playwright.sync_api import sync_playwright

    if _running:
        yield _running[0]
        return
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        _running.append(chromium)
        try:
            yield chromium
        finally:
            _running.clear()
            chromium.close()


def wait_until(page, expression: str, arg: object = None, *, seconds: float = 30) -> None:
    """Wait until an expression is true; Playwright's own way needs what the policy of the pages forbids, eval.

    A page that is loaded anew meanwhile has nothing to evaluate in, and is asked again.
    """
    from playwright.sync_api import Error

    for _ in range(int(seconds * 20)):
        try:
            if page.evaluate(expression, arg):
                return
        except Error as error:
            if "context was destroyed" not in error.message:
                raise
        page.wait_for_timeout(50)
    raise AssertionError(f"not true after {seconds} s: {expression}")
