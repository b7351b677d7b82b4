"""Say of a cell that names a question or a term which no sheet has, where in the workbook it belongs."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping
from dataclasses import replace

import pandas as pd

from sourcebook.coding.sheet import CODES, QUESTIONS, TABLE_SHEETS
from sourcebook.core.errors import Problem
from sourcebook.core.schemas import Schemas

__all__ = ["in_the_workbook"]

_LIST = re.compile(r"“(.+)”")


def in_the_workbook(
    problem: Problem, sheets: Collection[str], tables: Mapping[str, pd.DataFrame], schemas: Schemas
) -> Problem:
    """Return a problem with the sheet in place of the file of its table, and with the value nearest to it.

    Parameters
    ----------
    problem : Problem
        Any problem; others than those of questions and terms stay as they are.
    sheets : collection of str
        The sheets that the workbook has.
    tables : mapping of str to DataFrame
        The tables as they would be.
    schemas : sourcebook.core.schemas.Schemas
        The tables that the data folder can have.
    """
    for sheet in (QUESTIONS, CODES):
        table = schemas[TABLE_SHEETS[sheet]]
        what, named, _ = problem.expected.partition(f" in {table.path}")
        if sheet not in sheets or not named:
            continue
        rows = tables[table.name]
        if match := _LIST.search(what):
            rows = rows[rows["vocabulary"] == match[1]]
        expected, action = (
            f"{what} in the sheet {sheet}",
            f"correct the value, or add it in the sheet {sheet}",
        )
        near = difflib.get_close_matches(problem.found.strip("'\""), rows[table.key[-1]].tolist(), n=1)
        if near:
            expected = f"{expected}, such as {near[0]!r}"
        return replace(problem, expected=expected, action=action)
    return problem
