"""Read anything: made-up inputs for every reader, none of which may raise what it does not document.

    python tests/fuzz.py                          # a million inputs, on all cores: what `make fuzz` runs
    python tests/fuzz.py --inputs 20000 --seed 7
    python tests/fuzz.py --growth                 # strings doubled from 1 KB to 1 MB: how time and memory grow

An input is text of the grammars' own pieces, cut, repeated and mixed with characters that readers trip over. Its
number and the seed make it again. What once failed is kept in fuzz_seeds.txt, which the quick tests read.
"""

import argparse
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

import pandas as pd

from sourcebook.core.errors import SourcebookError

SEEDS = Path(__file__).with_name("fuzz_seeds.txt")
DOCUMENTED = (SourcebookError, ValueError, TypeError)

PIECES = (
    *("1", "0", "9", "12", "1988", "2024-11", "1988-11-22", "9999", "31", "000", ",000", ".5"),
    *("1/2", "½", "٣", "²", "10^6"),
    *(" million", " trillion", "hundreds of ", "dozens of ", "half a ", "a quarter of "),
    *("one hundred ", "two-", " and "),
    *("about ", "over ", "between ", "from ", " to ", "~", ">=", "<", "..", "-", "–", "±", "%"),
    *("$", "€", " people"),
    *("May ", "22 November ", "XXXX-", "19XX", "?", "~", "%", "Y", "Y-17E7", "E9", "S3", "/", "["),
    *("]", "{", "}", "..", "T23"),
    *("century ", "BC ", "three years ago ", "early ", "c. ", "the 1980s ", "1987/88 ", "on ", "until "),
    *("Article ", "Arts ", "§ ", "para. ", "Rule ", "preamble", "(1)", "(a)", "IV", "bis"),
    *("of Protocol No. 4 ", "UDHR ", "(UDHR)"),
    *("Universal Declaration of Human Rights ", "the ", "The committee said. ", "Mr. ", "e.g. "),
    *("?!", "...", ". . .", "”1 "),
    *('"', "'", "“", "”", "‘", "*", "**", "_", "`", "# ", "- ", "---", "<b>", "</b>"),
    *("<sup>1</sup>", "[^1]", "|", "\\", "\n", "\r\n"),
    *("\n\n", "\t", " ", "  ", "\u00a0", "\u00ad", "\u200b", "\u202e", "\ufeff", "\u2028", "\x00"),
    *("\x0b", "\x1c", "\x85"),
    *("é", "e\u0301", "İ", "ı", "ß", "ſ", "ﬁ", "橋", "ไทย", "عرب", "🌉", "\ud800", "\udfff"),
    *("\U000e0001", ",", ";", ":", "=", "a", "Z"),
)  # fmt: skip


def drawn(draw):
    """Return one input."""
    parts = draw.choices(PIECES, k=min(60, int(draw.expovariate(draw.choice([0.15, 1]))) + 1))
    if draw.random() < 0.1:
        parts.append(draw.choice(PIECES) * draw.randrange(2, 400))
    if draw.random() < 0.1:
        parts += [chr(draw.randrange(0x110000)) for _ in range(draw.randrange(8))]
    if draw.random() < 0.3:
        draw.shuffle(parts)
    text = "".join(parts)
    return text[draw.randrange(len(text)) :] if draw.random() < 0.1 else text


@cache
def _folder():
    return Path(tempfile.mkdtemp(prefix="fuzz-"))


@cache
def _instruments():
    names = {
        "udhr": "Universal Declaration of Human Rights;UDHR",
        "p4": "Protocol No. 4",
        "mai": "May;the committee",
    }
    table = pd.DataFrame({"instrument_id": list(names), "variants": list(names.values())})
    return table.assign(title="", short_name="", citation="", adopted="1948", in_force="")


def _as_file(name, read):
    """Return a reader of text that reads it from a file."""

    def reader(text):
        path = _folder() / f"{os.getpid()}-{name}"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        return read(path)

    return reader


def _declared(path):
    from sourcebook.core.schemas import read_schemas

    folder = path.parent / f"{path.name}-folder" / "coded"
    folder.mkdir(parents=True, exist_ok=True)
    path.replace(folder / "tables.toml")
    return read_schemas(folder.parent)


def _registered(path):
    from sourcebook.sources.documents import read_documents

    folder = path.parent / f"{path.name}-raw"
    folder.mkdir(exist_ok=True)
    (folder / "a.txt").write_bytes(b"Some text.\n")
    head = "source_id,file,sha256,title,date_published,not_before,not_after,language,rights\n"
    (folder / "sources.csv").write_bytes(head.encode() + path.read_bytes())
    return read_documents(folder)


def _laid_out(text):
    from sourcebook.text.normalise import normalise

    half = len(text) // 2
    return normalise(text[:half] + "\n\n" + text[half:])


def _sentences(text):
    from sourcebook.text.normalise import normalise
    from sourcebook.text.segments import sentences

    return sentences(normalise(text), "a")


def _quoted(text):
    from sourcebook.text.normalise import normalise
    from sourcebook.text.quotes import find_quote

    cut = max(1, len(text) // 3)
    return find_quote(normalise(text), text[cut : 2 * cut], prefix=text[:cut][-20:])


def _texts(path):
    from sourcebook.reuse.inputs import Texts

    with Texts(path) as texts:
        return list(texts.chunks(1 << 20))


def _passed(read):
    """Return a reader of JSON that reads the text, and the text as the JSON of a name, a number and nested lists."""

    def reader(text):
        lines = [text, json.dumps({"id": "a", "text": text}), json.dumps({"id": text, "text": "a"})]
        lines.append('{"id": ' + "[" * len(text) * 10)
        return _as_file("texts.jsonl", read)("\n".join(lines[len(text) % 4 :]))

    return reader


@cache
def readers():
    """Return every reader by name."""
    from sourcebook.book.number_lint import bare_numbers
    from sourcebook.core.csvfiles import read_table
    from sourcebook.parsing import dates, law, quantities
    from sourcebook.parsing.dates.date_format import format_date
    from sourcebook.parsing.dates.edtf import parse_edtf
    from sourcebook.parsing.numerals import find_numerals
    from sourcebook.text.words import split_words

    return {
        "edtf": parse_edtf,
        "edtf in words": format_date,
        "dates": dates.find_dates,
        "a date": dates.parse_date,
        "a quantity": quantities.parse_quantity,
        "a quantity in words": quantities.format_quantity,
        "a phrase": quantities.read_phrase,
        "quantities": quantities.find_quantities,
        "numerals": find_numerals,
        "bare numbers": bare_numbers,
        "a pinpoint": law.parse_pinpoint,
        "pinpoints": law.pinpoint_spans,
        "instruments": lambda text: law.find_instruments(text, _instruments()),
        "names of instruments": lambda text: law.instrument_spans(text, _instruments()),
        "a table": _as_file("table.csv", read_table),
        "declared tables": _as_file("tables.toml", _declared),
        "the registry": _as_file("sources.csv", _registered),
        "layout": _laid_out,
        "sentences": _sentences,
        "a quote": _quoted,
        "words": split_words,
        "texts in CSV": _as_file("texts.csv", _texts),
        "texts in JSON lines": _passed(_texts),
        "a text": _as_file("texts.txt", _texts),
    }


def failure(name, text):
    """Return what a reader raised that it does not document, or an empty string."""
    try:
        readers()[name](text)
    except DOCUMENTED as error:
        undocumented = isinstance(error, UnicodeError) or "integer string conversion" in str(error)
        return f"{type(error).__name__}: {error}"[:200] if undocumented else ""
    except Exception as error:
        return f"{type(error).__name__}: {error}"[:200]
    return ""


def run(seed, first, last):
    """Read the inputs of one stretch, each by one reader in turn, and return the count of each and what failed."""
    names, counts, failed = sorted(readers()), Counter(), []
    for number in range(first, last):
        draw = random.Random(f"{seed}-{number}")
        name = names[number % len(names)]
        text = drawn(draw)
        counts[name] += 1
        if what := failure(name, text):
            failed.append((name, number, text, what))
    return counts, failed


def kept():
    """Return the inputs that once failed: reader and text."""
    lines = SEEDS.read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.startswith("[")]
    return [(name, start + piece * times + end) for name, start, piece, times, end in rows]


#: What is repeated for each reader, to see how its time grows.
REPEATED = ("1", "1 ", "1,", "UDHR ", "Article 5 ", "May ", '"', "?!", "a ", "\n", "橋", "<b>", "**", "§ ",
            "hundreds of ", "1988 ", "a. ", "(", "[", "9,000")  # fmt: skip


def growth(sizes, seconds):
    """Print for each reader how its time grows when a text doubles: the worst of what is repeated."""
    for name in readers():
        worst = (0.0, "", 0, 0.0)
        for piece in REPEATED:
            before = 0.0
            for size in sizes:
                text = (piece * (size // len(piece) + 1))[:size]
                started = time.process_time()
                if what := failure(name, text):
                    sys.stdout.write(f"{name}: {piece!r} of {size}: {what}\n")
                taken = time.process_time() - started
                if before > 0.05:  # below that it is the clock that is measured
                    worst = max(worst, (taken / before, piece, size, taken))
                before = taken
                if taken > seconds:
                    break
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        ratio, piece, size, taken = worst
        told = (
            f"time grows by {ratio:.2f} when {piece!r} doubles to {size} ({taken:.2f} s)"
            if size
            else "under 0.05 s"
        )
        sys.stdout.write(f"{name:24} {told}; {peak:.0f} MB\n")
        sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--growth", action="store_true")
    options = parser.parse_args()
    if options.growth:
        growth([1 << k for k in range(10, 21)], 5.0)
        return
    step, counts, failed = 2000, Counter(), []
    stretches = [(a, min(a + step, options.inputs)) for a in range(0, options.inputs, step)]
    with ProcessPoolExecutor() as pool:
        for part, wrong in pool.map(run, *zip(*((options.seed, *each) for each in stretches), strict=True)):
            counts += part
            for one in wrong:
                sys.stdout.write(f"{json.dumps(one)}\n")
            failed += wrong
    sys.stdout.write(
        f"{sum(counts.values()):,} inputs, {len(counts)} readers, {len(failed)} undocumented exceptions\n"
    )
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
