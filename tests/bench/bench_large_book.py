"""A large book from planted documents: what making, coding, building and reading it takes.

The texts, claims and questions are those of `tests/planted.py`. `sourcebook new` reads the texts; the coded tables take
the place of its own; `sourcebook book` checks, builds and renders. Then the pages are weighed as a server sends them
(gzip), and a browser asks the explorer.

    python tests/bench/bench_large_book.py --only 'of 250'
    python tests/bench/bench_large_book.py --only 'of 1000' --repeats 1 --seconds 7200
"""

import gzip
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "site"))

import planted
from report import Contender, main

CASES = {
    "book of 50 documents": {"documents": 50, "questions": 80},
    "book of 250 documents": {"documents": 250, "questions": 400},
    "book of 1000 documents": {"documents": 1_000, "questions": 400},
}
CLAIMS = 20  # a document has about so many


def command(*words, at=None):
    """Run a command of the library in a folder."""
    call = [sys.executable, "-m", "sourcebook.cli", *map(str, words)]
    done = subprocess.run(call, cwd=at, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{words}: {(done.stderr or done.stdout).strip().splitlines()[-1]}")


def planted_book(case, folder):
    """Make a book of planted documents, coded."""
    documents, questions = case["documents"], case["questions"]
    made = planted.plant(
        1,
        sources=documents,
        questions=questions,
        copies=documents // 5,
        secret=documents // 20,
        answered=0.9 * CLAIMS / questions,
    )
    planted.write(folder / "planted", made)
    texts = folder / "planted" / "raw"
    registry = shutil.move(texts / "sources.csv", folder)
    command("new", folder / "book", "--from", texts)
    data = folder / "book" / "data"
    shutil.rmtree(data / "raw" / "original")
    shutil.copy(registry, data / "raw" / "sources.csv")
    for table in (folder / "planted" / "coded").glob("*.csv"):
        shutil.copy(table, data / "coded" / table.name)
    return made


def weights(pages):
    """Return the heaviest page in KB, as sent and as it is, and its name."""
    sent = {page: len(gzip.compress(page.read_bytes(), 6)) for page in pages.rglob("*.html")}
    heaviest = max(sent, key=sent.get)
    return {
        "pages": len(sent),
        "heaviest page KB": round(sent[heaviest] / 1000, 1),
        "which": heaviest.relative_to(pages).as_posix(),
        "median page KB": round(statistics.median(sent.values()) / 1000, 1),
    }


#: Sets a filter and returns the seconds until what it finds is on the page.
ASK = """async words => {
    const field = document.querySelector('.sb-filters [name=kind]');
    const start = performance.now();
    field.value = words;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    return (performance.now() - start) / 1000;
}"""


def asked(pages):
    """Return how long a browser takes to have all claims, and the first filter."""
    from walk import browser, served

    with served(pages) as address, browser() as chromium:
        page = chromium.new_page()
        page.goto(f"{address}/book/explore.html")
        page.wait_for_function(
            "() => !/So far/.test(document.querySelector('.sb-shown output').textContent)", timeout=120_000
        )
        loaded = page.evaluate("performance.now() / 1000")
        first = page.evaluate(ASK, "quantity")
        found = page.inner_text(".sb-shown output")
    return {"claims loaded s": round(loaded, 2), "first filter s": round(first, 3), "found": found}


def large_book(case):
    """Make the texts and tables; time the rest."""
    folder = Path(tempfile.mkdtemp(prefix="large-book-"))
    made = planted_book(case, folder)

    def work():
        command("book", at=folder / "book")
        pages = folder / "book" / "_build" / "html"
        result = {"claims": len(made.claims)} | weights(pages) | asked(pages)
        shutil.rmtree(folder)
        return result

    return work


if __name__ == "__main__":
    main(__doc__, [Contender("sourcebook", large_book)], CASES)
