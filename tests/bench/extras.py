"""What each extra installs: packages and megabytes beyond the library's own, as installed in this environment.

``python tests/bench/extras.py`` writes ``data/measured/extras.csv``; every extra must be installed.
"""

import csv
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "data" / "measured" / "extras.csv"
#: Extras of those who work on the library itself.
OWN = {"test", "lint", "dev"}


def closure(lines: list[str]) -> set[str]:
    """Return the names of the packages that some requirements bring."""
    found: set[str] = set()
    waiting, seen = [Requirement(line) for line in lines], set()
    while waiting:
        requirement = waiting.pop()
        extras = frozenset(requirement.extras)
        name = canonicalize_name(requirement.name)
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        found.add(name)
        for line in distribution(name).requires or ():
            inner = Requirement(line)
            asked = ("", *sorted(extras))
            if inner.marker is None or any(inner.marker.evaluate({"extra": each}) for each in asked):
                waiting.append(inner)
    return found


def megabytes(names: set[str]) -> float:
    """Return how much room the files of packages take, those that are compiled at the installation left out."""
    files = (
        Path(file.locate())
        for name in names
        for file in distribution(name).files or ()
        if "__pycache__" not in file.parts
    )
    return sum(path.stat().st_size for path in files if path.is_file()) / 1e6


def rows() -> list[tuple[str, int, int]]:
    """Return for the library alone, and then for each extra what it brings besides: packages, megabytes."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    base = closure(project["dependencies"])
    out = [("", len(base), round(megabytes(base)))]
    for extra, lines in project["optional-dependencies"].items():
        if extra not in OWN:
            more = closure(lines) - base
            out.append((extra, len(more), round(megabytes(more))))
    return out


if __name__ == "__main__":
    try:
        measured = rows()
    except PackageNotFoundError as error:
        raise SystemExit(f"{error}: expected every extra to be installed; pip install it") from None
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["extra", "packages", "megabytes"])
        writer.writerows(measured)
