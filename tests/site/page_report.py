"""Weigh and examine every page of the built book, beside a page of the plain theme in the same run.

Run by ``make report``; ``make report REPORT_ARGS="--runs 1 agreement legal"`` looks at some pages only. For each page

- transfer: the bytes that a host which compresses sends on a first visit, and to a reader who has seen another page;
- Lighthouse, its mobile test: performance, accessibility, best practices and search engines, each the median of the
  runs (claim pages share one template, and a sample of them is tested);
- axe-core: the violations in light and in dark, narrow and wide, with every fold open.

It writes ``_build/report/report.csv`` and ``report.md``. Lighthouse is a program for Node.js: with ``node`` and
``npx`` it is fetched once in the version named here; ``LIGHTHOUSE=/path/to/cli`` takes one that is installed.
Without them those columns stay empty and the report says so.
"""

import argparse
import gzip
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pandas as pd
from accessibility import WINDOWS, audit, claim_sample
from walk import CHROMIUM, CHROMIUM_ARGUMENTS, ROOT, browser, toc_pages

HTML = ROOT / "_build" / "html"
TARGET = ROOT / "_build" / "report"
LIGHTHOUSE = "lighthouse@12.8.2"
CATEGORIES = {
    "performance": "performance",
    "accessibility": "accessibility",
    "best-practices": "best_practices",
    "seo": "seo",
}
FIRST_VISIT, AFTER = 150_000, 60_000
LEAST = {"performance": 0.95, "accessibility": 1.0, "best_practices": 1.0, "seo": 1.0}
#: What a host compresses; fonts and pictures are compressed as they are.
TEXT = {".html", ".css", ".js", ".json", ".svg", ".txt", ".xml", ".csv", ".inv"}
LEVEL = 6  # of gzip, its default
PLAIN = "plain theme"
PLAIN_CONF = """\
project = "Plain"
extensions = ["myst_nb"]
html_theme = "sphinx_book_theme"
nb_execution_mode = "off"
"""
PLAIN_PAGES = {
    "index": "# Plain\n\nAn empty page.\n\n```{toctree}\nother\n```\n",
    "other": "# Other\n\nAnother.\n",
}


class _Compressing(SimpleHTTPRequestHandler):
    """A handler that compresses, lets assets be kept, and counts what it sends."""

    sent: ClassVar[int] = 0
    lock: ClassVar[threading.Lock] = threading.Lock()
    kept: ClassVar[dict[Path, bytes]] = {}

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self.send_error(404)
            return
        kind = self.guess_type(str(path))
        packed = path.suffix in TEXT
        with self.lock:
            if path not in self.kept:
                content = path.read_bytes()
                self.kept[path] = gzip.compress(content, LEVEL, mtime=0) if packed else content
            body = self.kept[path]
            type(self).sent += len(body)
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if packed else kind)
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-cache" if path.suffix == ".html" else "max-age=31536000")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):
        pass


@contextmanager
def compressed(folder: Path) -> Iterator[tuple[str, type[_Compressing]]]:
    """Serve a folder compressed; the address and the handler's class, which counts in ``sent``."""
    handler = type("Handler", (_Compressing,), {"kept": {}, "sent": 0})
    server = ThreadingHTTPServer(("127.0.0.1", 0), lambda *given: handler(*given, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", handler
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def transfer(chromium, address: str, handler: type[_Compressing], name: str, before: str) -> tuple[int, int]:
    """Return the bytes of a first visit to a page, and of a visit after another page."""
    counts = []
    for pages in ([name], [before, name]):
        context = chromium.new_context(viewport={"width": 390, "height": 844})
        page = context.new_page()
        for each in pages:
            handler.sent = 0
            page.goto(f"{address}/{each}.html", wait_until="networkidle")
        counts.append(handler.sent)
        context.close()
    return counts[0], counts[1]


def lighthouse_command() -> list[str]:
    """Return how Lighthouse is called here; nothing when it cannot be."""
    given = os.environ.get("LIGHTHOUSE", "")
    if given:
        return [given]
    if shutil.which("node") and (npx := shutil.which("npx")):
        return [npx, "--yes", LIGHTHOUSE]
    return []


def scores(command: list[str], address: str, runs: int) -> dict[str, float]:
    """Return the median score of each category of Lighthouse's mobile test."""
    found: dict[str, list[float]] = {column: [] for column in CATEGORIES.values()}
    flags = " ".join(["--headless=new", *CHROMIUM_ARGUMENTS])
    for _ in range(runs):
        done = subprocess.run(
            [*command, address, "--quiet", "--output=json", f"--chrome-flags={flags}"],
            env={**os.environ, "CHROME_PATH": str(CHROMIUM)},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"lighthouse: {address}: ended with {done.returncode}:\n{done.stderr[-2000:]}")
        categories = json.loads(done.stdout)["categories"]
        for category, column in CATEGORIES.items():
            found[column].append(categories[category]["score"])
    return {column: statistics.median(numbers) for column, numbers in found.items()}


def violations(chromium, address: str, name: str) -> list[str]:
    """Return what axe-core says of a page, in every window."""
    found: list[str] = []
    for width in WINDOWS:
        context = chromium.new_context(viewport={"width": width, "height": 844})
        found += audit(context.new_page(), address, name)
        context.close()
    return found


def plain_book(folder: Path) -> Path:
    """Build a page without content in the plain theme and return the folder of its pages."""
    (folder / "conf.py").write_text(PLAIN_CONF, encoding="utf-8")
    for name, text in PLAIN_PAGES.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    html = folder / "html"
    subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-b", "html", str(folder), str(html)],
        check=True,
        capture_output=True,
    )
    return html


def examine(
    html: Path, pages: list[str], runs: dict[str, int], command: list[str], *, seen: str
) -> Iterator[dict[str, object]]:
    """Yield a row for each page of a built book; ``seen`` is the page that a returning reader has seen."""
    with compressed(html) as (address, handler), browser() as chromium:
        for name in pages:
            sys.stdout.write(f"{name}\n")
            sys.stdout.flush()
            first, after = transfer(chromium, address, handler, name, seen if name != seen else pages[0])
            found = violations(chromium, address, name)
            row: dict[str, object] = {"page": name, "first_visit": first, "after": after}
            row |= scores(command, f"{address}/{name}.html", runs[name]) if command and runs.get(name) else {}
            yield row | {"axe": len(found), "axe_first": next(iter(found), "")}


def faults(row: pd.Series) -> list[str]:
    """Return in what a page misses its marks."""
    missed = []
    if row["first_visit"] > FIRST_VISIT:
        missed.append("first visit")
    if row["after"] > AFTER:
        missed.append("after")
    missed += [column for column, least in LEAST.items() if column in row and row[column] < least]
    return missed + ["axe"] * bool(row["axe"])


def written(table: pd.DataFrame, plain: pd.Series, facts: dict[str, str]) -> str:
    """Return the report as text."""
    shown = table.copy()
    for column in ("first_visit", "after"):
        shown[f"{column}_ratio"] = (shown[column] / plain[column]).round(3)
    lines = ["# Report on the pages", ""]
    lines += [f"- {name}: {value}" for name, value in facts.items()]
    lines += ["", "Bytes are of bodies compressed by gzip; ratios are to the page of the plain theme.", ""]
    columns = list(shown.columns)
    lines += ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    lines += [
        "| " + " | ".join("" if v is None or v != v else str(v) for v in row) + " |" for row in shown.values
    ]
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="make report", description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5, help="of Lighthouse for each page; 0: none")
    parser.add_argument("pages", nargs="*", help="names of pages; all when none is given")
    options = parser.parse_args(arguments)
    if CHROMIUM is None:
        sys.stderr.write("no chromium found: apt-get install chromium\n")
        return 1
    if not (HTML / "index.html").is_file():
        sys.stderr.write("There is no book yet: run make book first.\n")
        return 1
    command = lighthouse_command() if options.runs else []
    if options.runs and not command:
        sys.stderr.write("no Lighthouse: install Node.js with npx, or set LIGHTHOUSE=/path/to/its/cli\n")
    claims = claim_sample(HTML)
    pages = [f"book/{name.removeprefix('book/')}" for name in options.pages] or [*toc_pages(), *claims]
    runs = {name: 1 if name in claims else options.runs for name in pages}
    with tempfile.TemporaryDirectory() as folder:
        plain = next(
            examine(plain_book(Path(folder)), ["index"], {"index": options.runs}, command, seen="other")
        )
    rows = [*examine(HTML, pages, runs, command, seen="book/limits")]
    table = pd.DataFrame([plain | {"page": PLAIN}, *rows])
    table["missed"] = [", ".join(faults(row)) for _, row in table.iterrows()]
    facts = {
        "machine": f"{platform.machine()}, {os.cpu_count()} processors, {platform.system()}",
        "python": platform.python_version(),
        "lighthouse": f"{' '.join(command) or 'not run'}, median of {options.runs} on pages, 1 on claim pages",
    }
    TARGET.mkdir(parents=True, exist_ok=True)
    table.to_csv(TARGET / "report.csv", index=False)
    text = written(table, table.iloc[0], facts)
    (TARGET / "report.md").write_text(text, encoding="utf-8")
    sys.stdout.write(f"{text}\n{TARGET / 'report.md'}\n")
    return int(any(table["missed"].iloc[1:]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
