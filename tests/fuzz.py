"""Read anything: made-up inputs for every reader, none of which may raise what it does not document.

None may take more than a bound of memory and of time either. What was read is written as a report of the benches.

    python tests/fuzz.py                          # a million inputs, on all cores: what `make fuzz` runs
    python tests/fuzz.py --inputs 20000 --seed 7
    python tests/fuzz.py --growth --only 'a quote' 'a table'
    python tests/fuzz.py --growth                 # strings doubled from 1 KB to 1 MB: how time and memory grow

An input is text of the grammars' own pieces, cut, repeated and mixed with characters that readers trip over. Its
number and the seed make it again. What once failed is kept in fuzz_seeds.txt, which the quick tests read.
"""

import argparse
import gc
import hashlib
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).with_name("bench")))

import mutated
import report

from sourcebook.core.errors import SourcebookError

SEEDS = Path(__file__).with_name("fuzz_seeds.txt")
MEMORY_MB = 1024  # what a process may allocate, its libraries included
SECONDS = 5.0  # of CPU for one text
LONGEST = 30.0  # of CPU for a text that was doubled to a megabyte, which may be half a million numbers
QUADRATIC = 3.0  # the growth of time on a doubled text from which it is no longer about linear
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


def _proposals(path):
    from sourcebook.coding.proposals import try_proposals
    from sourcebook.core.schemas import TABLES

    return try_proposals(path, TABLES)


def _imported(name, text):
    return mutated.read_mutated(name, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


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
    from sourcebook.parsing.suggestions import find_all
    from sourcebook.text.words import split_words

    return {
        "edtf": parse_edtf,
        "edtf in words": format_date,
        "dates": dates.find_dates,
        "a date": dates.parse_date,
        "a quantity": quantities.parse_quantity,
        "a quantity in words": quantities.format_quantity,
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
        "what can be coded": find_all,
        "proposals in CSV": _as_file("proposals.csv", _proposals),
        "proposals in JSON lines": _as_file("proposals.jsonl", _proposals),
        **{f"import {name}": partial(_imported, name) for name in mutated.names()},
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
    """Read the inputs of one stretch, each by one reader in turn.

    Returned are the count of each reader, what failed, and the largest resident memory of this process in MB.
    """
    names, counts, failed = sorted(readers()), Counter(), []
    for number in range(first, last):
        draw = random.Random(f"{seed}-{number}")
        name = names[number % len(names)]
        text = drawn(draw)
        counts[name] += 1
        started = time.process_time()
        what = failure(name, text)
        if (taken := time.process_time() - started) > SECONDS:
            what = what or f"{taken:.1f} s"
        if what:
            failed.append((name, number, text, what))
    return counts, failed, peak()


def peak():
    """Return the largest resident memory that this process had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def bounded():
    """Let no allocation of this process go beyond the bound: past it comes a MemoryError, which nothing documents."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_MB << 20, MEMORY_MB << 20))


def kept():
    """Return the inputs that once failed: reader and text."""
    lines = SEEDS.read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.startswith("[")]
    return [(name, start + piece * times + end) for name, start, piece, times, end in rows]


#: What is repeated for each reader, to see how its time grows.
REPEATED = ("1", "1 ", "1,", "UDHR ", "Article 5 ", "May ", '"', "?!", "a ", "\n", "橋", "<b>", "**", "§ ",
            "hundreds of ", "1988 ", "a. ", "(", "[", "9,000")  # fmt: skip


def timed(name, piece, size):
    """Return what a reader raised that it does not document for a piece repeated to a size, and its CPU seconds."""
    text = (piece * (size // len(piece) + 1))[:size]
    gc.collect()
    started = time.process_time()
    return failure(name, text), time.process_time() - started


def grown(name, sizes=tuple(1 << k for k in range(10, 21))):
    """Read texts that double with one reader: the worst growth of its time, the peak of its memory, what failed."""
    failed, worst = [], (0.0, "", 0, 0.0)
    failure(name, "1")  # what is loaded once is not the text's
    before_any, cpu, wall = peak(), time.process_time(), time.perf_counter()
    for piece in REPEATED:
        before = 0.0
        for size in sizes:
            what, taken = timed(name, piece, size)
            if what:
                failed.append((name, piece, size, what))
            if (
                taken > QUADRATIC * before > QUADRATIC * 0.05
            ):  # fresh memory takes time, too: the least counts
                before = min(before, *(timed(name, piece, size // 2)[1] for _ in range(2)))
                taken = min(taken, *(timed(name, piece, size)[1] for _ in range(2)))
            if before > 0.05:  # below that it is the clock that is measured
                worst = max(worst, (taken / before, piece, size, taken))
                if taken > QUADRATIC * before:
                    failed.append((name, piece, size, f"{taken / before:.2f} times the time of half of it"))
            before = taken
            if taken > LONGEST:
                failed.append((name, piece, size, f"{taken:.1f} s"))
                break
    used = peak() - before_any, time.process_time() - cpu, time.perf_counter() - wall
    return name, worst, used, failed


def growth(names):
    """Return the rows of a report on how each of some readers grows, and what failed."""
    rows, failed = [], []
    with ProcessPoolExecutor(
        mp_context=get_context("spawn"), max_tasks_per_child=1, initializer=bounded
    ) as pool:
        for name, (ratio, piece, size, taken), used, wrong in pool.map(grown, names):
            told = f"{piece!r} doubled to {size:,}: {taken:.2f} s" if size else "each text under 0.1 s"
            rows.append(row(name, {"largest growth of time": round(ratio, 2), "where": told}, *used))
            failed += wrong
    return rows, failed


def row(case, result, memory, cpu, wall):
    """Return a row of a report, as `bench/report.py` writes it."""
    return {
        "case": case,
        "contender": "sourcebook",
        "peak_mb": memory,
        "cpu": cpu,
        "wall": wall,
        "result": result,
    }


def million(seed, inputs):
    """Return the rows of a report on so many made-up inputs, and what failed."""
    step, counts, failed, largest = 2000, Counter(), [], 0.0
    stretches = [(seed, a, min(a + step, inputs)) for a in range(0, inputs, step)]
    cpu, wall = report.used_cpu(), time.perf_counter()
    with ProcessPoolExecutor(initializer=bounded) as pool:
        for part, wrong, memory in pool.map(run, *zip(*stretches, strict=True)):
            counts += part
            failed += wrong
            largest = max(largest, memory)
    result = {"inputs": sum(counts.values()), "readers": len(counts), "failed": len(failed)}
    cpu, wall = report.used_cpu() - cpu, time.perf_counter() - wall
    return [row("made-up inputs", result, largest, cpu, wall)], failed


def main():
    """Read, print what failed, and write the report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--only", nargs="*", help="names of readers, with --growth")
    options = parser.parse_args()
    rows, failed = (
        growth(options.only or readers()) if options.growth else million(options.seed, options.inputs)
    )
    for one in failed:
        sys.stdout.write(f"{json.dumps(one)}\n")
    sys.stdout.write("\n".join(report.table(rows)) + "\n")
    report.write(
        "fuzz-growth" if options.growth else "fuzz",
        "Time and memory of each reader on texts that double" if options.growth else "Made-up inputs",
        rows,
        [],
        " ".join(["python", "tests/fuzz.py", *sys.argv[1:]]),
    )
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
