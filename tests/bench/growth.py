"""Measure how work on texts grows with their number, and write the tables from which the page on scale is made.

In data/measured: ``reuse.csv``, where each row is one run of the command as a whole process (CPU and wall seconds and
the largest resident memory); ``reuse_slopes.csv`` and ``reuse_projection.csv``, computed from it.

    python tests/bench/growth.py near-duplicates --counts 1000 10000 100000 1000000
    python tests/bench/growth.py near-duplicates --counts      # measure nothing, compute again
"""

import argparse
import importlib.metadata
import os
import sys
from collections.abc import Sequence
from math import ceil
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import numpy as np
import pandas as pd
from corpora import write_corpus
from report import machine, measure

FOLDER = Path(__file__).resolve().parents[2] / "data" / "measured"
RESULTS = FOLDER / "reuse.csv"
PROJECTED = (10**7, 10**8, 10**9)  # texts
#: What is run for each work: arguments of the command line, with the corpus in place of "{corpus}".
WORKS = {
    "near-duplicates": ["duplicates", "{corpus}", "-o", os.devnull],
    "shared passages": [
        "passages",
        "{corpus}",
        "--mode",
        "verbatim",
        "--min-words",
        "12",
        "--memory",
        "1GB",
        "-o",
        os.devnull,
    ],
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


def compute_slopes(measured: pd.DataFrame) -> pd.DataFrame:
    """Return how fast CPU time and memory grow with the number of texts.

    Parameters
    ----------
    measured : DataFrame
        ``work`` (str), ``texts`` (int, their number), ``cpu_s`` (float, seconds of CPU), ``peak_mb`` (float, MB).

    Returns
    -------
    DataFrame
        One row for each work, in order: ``work``, ``from_texts``, ``to_texts`` (int), ``cpu_slope`` and
        ``memory_slope`` (float). A slope is that of the line of least squares through the logarithms: 1 is
        proportional, 2 quadratic. It is missing where there are fewer than two sizes.

    Examples
    --------
    >>> measured = pd.DataFrame({"work": "w", "texts": [10, 100], "cpu_s": [1.0, 10.0], "peak_mb": [5.0, 5.0]})
    >>> compute_slopes(measured).round(6).values.tolist()
    [['w', 10, 100, 1.0, 0.0]]
    """
    rows = []
    for work, part in measured.groupby("work", sort=False):
        slopes = [_slope(part["texts"], part[name]) for name in ("cpu_s", "peak_mb")]
        rows.append((work, int(part["texts"].min()), int(part["texts"].max()), *slopes))
    return pd.DataFrame(rows, columns=["work", "from_texts", "to_texts", "cpu_slope", "memory_slope"])


def project_cost(measured: pd.DataFrame, texts: Sequence[int], *, hours: float = 1.0) -> pd.DataFrame:
    """Return what more texts would cost if the cost went on as between the two largest sizes measured.

    Parameters
    ----------
    measured : DataFrame
        As for `compute_slopes`.
    texts : sequence of int
        Numbers of texts.
    hours : float
        Time in which the work is to be done.

    Returns
    -------
    DataFrame
        One row for each work with two sizes or more and each number: ``work``, ``texts`` (int), ``slope`` (float,
        between the two largest sizes, at least 1), ``cpu_h`` (float, hours of CPU) and ``workers`` (int, processors
        that do it in ``hours``, if none waits for another; sending data comes on top).

    Examples
    --------
    >>> measured = pd.DataFrame({"work": "w", "texts": [10, 100], "cpu_s": [3.6, 36.0], "peak_mb": [5.0, 5.0]})
    >>> project_cost(measured, [1_000_000]).round(6).values.tolist()
    [['w', 1000000, 1.0, 100.0, 100]]
    """
    rows = []
    for work, part in measured.groupby("work", sort=False):
        largest = part.sort_values("texts").tail(2)
        if largest["texts"].nunique() < 2:
            continue
        slope = max(1.0, _slope(largest["texts"], largest["cpu_s"]))
        count, seconds = largest["texts"].iloc[-1], largest["cpu_s"].iloc[-1]
        for number in texts:
            cpu = float(seconds * (number / count) ** slope) / 3600
            rows.append((work, int(number), slope, cpu, ceil(round(cpu / hours, 9))))
    return pd.DataFrame(rows, columns=["work", "texts", "slope", "cpu_h", "workers"])


def _slope(texts: pd.Series, cost: pd.Series) -> float:
    if texts.nunique() < 2:
        return float("nan")
    return float(np.polyfit(np.log(texts.astype(float)), np.log(cost.astype(float)), 1)[0])


def write_computed(measured: pd.DataFrame, folder: Path) -> None:
    """Write the tables that follow from the runs, numbers to six digits."""
    computed = {
        "reuse_slopes.csv": compute_slopes(measured),
        "reuse_projection.csv": project_cost(measured, PROJECTED),
    }
    for name, frame in computed.items():
        frame.to_csv(folder / name, index=False, lineterminator="\n", float_format="%.6g")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("work", choices=sorted(WORKS))
    parser.add_argument("--counts", type=int, nargs="*", default=[1_000, 10_000, 100_000, 1_000_000])
    options = parser.parse_args()
    rows = pd.DataFrame([run(options.work, count) for count in options.counts])
    if RESULTS.exists():
        old = pd.read_csv(RESULTS)
        again = old["work"].eq(options.work) & old["texts"].isin(options.counts)
        rows = pd.concat([old[~again], rows]).sort_values(["work", "texts"])
    RESULTS.parent.mkdir(exist_ok=True)
    rows.to_csv(RESULTS, index=False, lineterminator="\n")
    write_computed(rows, FOLDER)
    sys.stdout.write(rows.to_string(index=False) + "\n")


if __name__ == "__main__":
    main()
