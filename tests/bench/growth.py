"""Measure how work on texts grows with their number, and keep it in data/measured/reuse.csv, from which a page is made.

Each row is one run of the command as a whole process: CPU and wall seconds and the largest resident memory.

    python tests/bench/growth.py near-duplicates --counts 1000 10000 100000 1000000
"""

import argparse
import importlib.metadata
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import pandas as pd
from corpora import write_corpus
from report import machine, measure

RESULTS = Path(__file__).resolve().parents[2] / "data" / "measured" / "reuse.csv"
#: What is run for each work: arguments of the command line, with the corpus in place of "{corpus}".
WORKS = {
    "near-duplicates": ["duplicates", "{corpus}", "-o", os.devnull],
    "shared passages": ["passages", "{corpus}", "--min-words", "12", "--memory", "1GB", "-o", os.devnull],
}
SEED = 3


def run(work: str, count: int) -> dict[str, object]:
    """Return the row of one run."""
    corpus = write_corpus(count, SEED)
    arguments = [part.format(corpus=corpus) for part in WORKS[work]]
    done = measure([sys.executable, "-m", "sourcebook.cli", *arguments], seconds=3600)
    if done["exit"]:
        sys.exit(done["error"])
    facts = machine()
    return {
        "work": work,
        "texts": count,
        "megabytes": round(corpus.stat().st_size / 1e6, 1),
        "cpu_s": round(done["process_cpu"], 2),
        "wall_s": round(done["process_wall"], 2),
        "peak_mb": round(done["peak_mb"]),
        "processor": facts["processor"],
        "cores": facts["cores"],
        "python": facts["python"],
        "numpy": importlib.metadata.version("numpy"),
        "numba": importlib.metadata.version("numba"),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("work", choices=sorted(WORKS))
    parser.add_argument("--counts", type=int, nargs="+", default=[1_000, 10_000, 100_000, 1_000_000])
    options = parser.parse_args()
    rows = pd.DataFrame([run(options.work, count) for count in options.counts])
    if RESULTS.exists():
        old = pd.read_csv(RESULTS)
        again = old["work"].eq(options.work) & old["texts"].isin(options.counts)
        rows = pd.concat([old[~again], rows]).sort_values(["work", "texts"])
    RESULTS.parent.mkdir(exist_ok=True)
    rows.to_csv(RESULTS, index=False, lineterminator="\n")
    sys.stdout.write(rows.to_string(index=False) + "\n")


if __name__ == "__main__":
    main()
