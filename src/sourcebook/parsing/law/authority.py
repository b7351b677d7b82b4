"""The authority table of legal instruments: what there is, under which names, and whether it holds together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from sourcebook.core.csvfiles import LINE, read_table
from sourcebook.core.errors import DataError, ParseError, Problem
from sourcebook.parsing.law.pinpoints import parsed

__all__ = ["problem", "read_instruments", "variant_problems", "variants"]

_TABLES = ("instruments", "participation", "provisions", "elements")


def read_instruments(folder: str | Path) -> dict[str, pd.DataFrame]:
    """Read the reference tables on legal instruments and check that they hold together.

    Parameters
    ----------
    folder : path
        Holds ``instruments.csv``, ``participation.csv``, ``provisions.csv`` and ``elements.csv``.

    Returns
    -------
    dict of str to DataFrame
        The four tables by name, as `sourcebook.core.csvfiles.read_table` gives them.

    Raises
    ------
    DataError
        With every problem found: an id that occurs twice or is unknown, a name variant of two instruments, a
        provision that is not a pinpoint.

    Examples
    --------
    >>> list(read_instruments("data/reference"))
    ['instruments', 'participation', 'provisions', 'elements']
    """
    frames = {name: read_table(Path(folder) / f"{name}.csv") for name in _TABLES}
    instruments, provisions = frames["instruments"], frames["provisions"]
    known, elements = set(instruments["instrument_id"]), set(frames["elements"]["element"])
    problems = [
        *_repeated("instruments.csv", "instrument_id", instruments),
        *_repeated("elements.csv", "element", frames["elements"]),
        *_unknown("instruments.csv", "candidates", instruments, known),
        *_unknown("participation.csv", "instrument_id", frames["participation"], known),
        *_unknown("provisions.csv", "instrument_id", provisions, known),
        *_unknown("provisions.csv", "element", provisions, elements),
        *variant_problems(instruments),
    ]
    for line, text in zip(provisions[LINE], provisions["provision"], strict=True):
        try:
            if text:
                parsed(text)
        except ParseError as error:
            problems.append(problem("provisions.csv", line, "provision", text, f"a pinpoint ({error})"))
    if problems:
        raise DataError(problems)
    return frames


def problem(file: str, line: int, column: str, found: str, expected: str) -> Problem:
    """Return a problem of one cell, with the cell as found."""
    return Problem(file, int(line), column, repr(found), expected)


def _repeated(file: str, column: str, frame: pd.DataFrame) -> Iterator[Problem]:
    for row in frame[frame[column].duplicated()].itertuples():
        yield problem(file, getattr(row, LINE), column, getattr(row, column), "each id once")


def _unknown(file: str, column: str, frame: pd.DataFrame, known: set[str]) -> Iterator[Problem]:
    for line, cell in zip(frame[LINE], frame[column], strict=True):
        for value in filter(None, cell.split(";")):
            if value not in known:
                yield problem(file, line, column, value, "a known id")


def variants(instruments: pd.DataFrame) -> Iterator[tuple[str, str, int]]:
    """Yield each name variant with its instrument and the line of its row."""
    lines = instruments[LINE] if LINE in instruments else [0] * len(instruments)
    for key, cell, line in zip(instruments["instrument_id"], instruments["variants"], lines, strict=True):
        for variant in filter(None, (part.strip() for part in cell.split(";"))):
            yield " ".join(variant.split()), key, line


def variant_problems(instruments: pd.DataFrame, file: str = "instruments.csv") -> list[Problem]:
    """Return the name variants that two instruments of a file share."""
    owners: dict[str, str] = {}
    problems = []
    for variant, key, line in variants(instruments):
        owner = owners.setdefault(variant.casefold(), key)
        if owner != key:
            expected = f"a variant that is not also one of {owner!r}"
            problems.append(problem(file, line, "variants", variant, expected))
    return problems
