"""What a coding sheet becomes, and what it remembers of itself from one run to the next."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from sourcebook.coding.sheet import CLAIM_COLUMNS, CODING, SHEETS
from sourcebook.coding.sheet_merge import Merge, originals_first
from sourcebook.coding.workbook import Row, Workbook
from sourcebook.core.schemas import Schemas

__all__ = ["REMOVED", "Coded", "kept_after"]

#: Where a workbook keeps the ids of claims that are no more: none is given a second time.
REMOVED = "Removed"


@dataclass(kw_only=True)
class Coded:
    """What a coding sheet makes of the tables.

    Attributes
    ----------
    tables : dict of str to DataFrame
        The tables that change, whole, by name.
    claim_ids : dict of int to str
        The claims that rows of the coding sheet became, by row.
    added : dict of str to int
        How many rows are new, by table.
    changed, removed : dict of str to list of str
        Keys of rows that changed and of rows that are no more, by table.
    cleared : dict of str to list of str
        Keys of rows that the sheet holds no longer and the table still has.
    gone : dict of str to list of str
        Keys of rows that the table has no longer and the sheet still holds.
    behind : dict of str to (list of str, list of str)
        Keys of rows of the table that the sheet never had, and of rows that it has as they were before.
    kept : dict of str to dict
        What the workbook remembers of its sheets after this run, by sheet and key.
    """

    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    claim_ids: dict[int, str] = field(default_factory=dict)
    added: dict[str, int] = field(default_factory=dict)
    changed: dict[str, list[str]] = field(default_factory=dict)
    removed: dict[str, list[str]] = field(default_factory=dict)
    cleared: dict[str, list[str]] = field(default_factory=dict)
    gone: dict[str, list[str]] = field(default_factory=dict)
    behind: dict[str, tuple[list[str], list[str]]] = field(default_factory=dict)
    kept: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)


def kept_after(
    book: Workbook, sheet: str, rows: list[Row], merge: Merge, done: Coded, schemas: Schemas
) -> dict[str, dict[str, str]]:
    """Return what a sheet itself holds after a run, by key: what the next run compares it with.

    A row of the data that was never in the sheet is not in it: nobody took it out. A row that was taken out and is
    kept in the data stays, so that it can still be removed.

    Parameters
    ----------
    book : Workbook
        As it was read.
    sheet : str
        The sheet.
    rows : list of Row
        Its rows, as they were filled in.
    merge : Merge
        What became of them.
    done : Coded
        What was coded and removed.
    schemas : sourcebook.core.schemas.Schemas
        The tables that the data folder can have.
    """
    table, before = schemas[SHEETS[sheet]], book.before.get(sheet, {})
    ids = done.claim_ids if sheet == CODING else {}
    columns = (
        ["sentence_id", *CLAIM_COLUMNS, "claim_id"]
        if sheet == CODING
        else [*table.schema.columns, "unfinished"]
    )

    def key_of(row: Row) -> str:
        return "|".join(row.cells.get(name, "") for name in table.key)

    kept: dict[str, dict[str, str]] = {}
    for row in originals_first(rows, key_of, before):
        cells = row.cells | ({"claim_id": ids[row.number]} if row.number in ids else {})
        key = key_of(Row(number=row.number, cells=cells))
        if key.strip("|") and key not in kept:
            kept[key] = {name: cells[name] for name in columns if cells.get(name)}
    removed = done.removed.get(table.name, [])
    for key in merge.cleared:
        kept.pop(key, None)
        if key in before and key not in removed:
            kept[key] = before[key]
    return kept
