"""Keep what the benches, the fuzz and the kills have measured, for the page on how the book was tried.

In data/measured: ``trials.csv``, a row for each number, and ``trial_runs.csv``, a row for each case with its command,
date, machine and versions, both read from ``_build/bench``. A case that is not there keeps its rows. `make bench` ends
with this.

    python tests/bench/trials.py
"""

import json
import sys
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent))

from report import FOLDER, ROOT

from sourcebook.core.csvfiles import write_table

MEASURED = ROOT / "data" / "measured"
FACTS = {
    "command": "command",
    "date": "date",
    "processor": "processor",
    "cores": "cores",
    "memory": "memory",
    "system": "system",
    "python": "python",
    "load": "load at the start",
}
NUMBERS = {"cpu_s": "cpu", "wall_s": "wall", "peak_mb": "peak_mb"}


def rows_of(trial, found):
    """Return a row for the run of each case, and the rows of its numbers."""
    facts = dict(found["facts"])
    about = {name: facts.pop(key) for name, key in FACTS.items()}
    about["packages"] = "; ".join(f"{name} {version}" for name, version in facts.items())
    runs, rows = {}, []
    for row in found["rows"]:
        result = row.get("result", {})
        measures = dict(result) if isinstance(result, dict) else {"result": result}
        measures |= {name: round(row[key], 3) for name, key in NUMBERS.items() if key in row}
        measures |= {"failed": row["failed"]} if "failed" in row else {}
        keys = {"trial": trial, "case": row["case"]}
        runs[row["case"]] = keys | about
        rows += [
            {**keys, "contender": row["contender"], "measure": name, "value": str(value)}
            for name, value in measures.items()
        ]
    return list(runs.values()), rows


def kept(path, rows):
    """Return the rows of a table with new ones in the place of those of the same trial and case."""
    table = pd.DataFrame(rows)
    if path.exists():
        old = pd.read_csv(path, dtype="str", keep_default_na=False)
        new = pd.MultiIndex.from_frame(table[["trial", "case"]])
        table = pd.concat([old[~pd.MultiIndex.from_frame(old[["trial", "case"]]).isin(new)], table])
    return table.sort_values("trial", kind="stable")


def main():
    """Write both tables."""
    runs, rows = [], []
    for path in sorted(FOLDER.glob("*.json")):
        of_cases, numbers = rows_of(path.stem, json.loads(path.read_text(encoding="utf-8")))
        runs, rows = runs + of_cases, rows + numbers
    for name, new in (("trial_runs", runs), ("trials", rows)):
        write_table(kept(MEASURED / f"{name}.csv", new), MEASURED / f"{name}.csv")
    sys.stdout.write(f"{len(runs)} cases, {len(rows)} numbers are now in data/measured\n")


if __name__ == "__main__":
    main()
