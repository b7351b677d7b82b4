"""Turn the filled rows of a coding sheet into a coding pass, to be compared with the claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from sourcebook.coding.passes import PASS_COLUMNS, read_pass
from sourcebook.coding.sheet import CODING
from sourcebook.coding.workbook import Row, Workbook
from sourcebook.core.csvfiles import write_table
from sourcebook.core.errors import DataError, Problem
from sourcebook.core.files import scratch_folder
from sourcebook.core.schemas import ANSWER_VARIABLES, Schemas

__all__ = ["pass_of_workbook"]

_NONE = "none"


def pass_of_workbook(
    book: Workbook,
    tables: Mapping[str, pd.DataFrame],
    sentences: pd.DataFrame,
    schemas: Schemas,
    *,
    coder: str,
) -> pd.DataFrame:
    """Return the answers of a coding sheet as a coding pass.

    Where a source has a filled row, the coder has read it, and gave no answer to the questions that are not in its
    rows: these are ``none``. The other sources are left out, as not coded.

    Parameters
    ----------
    book : Workbook
        As :func:`sourcebook.coding.workbook.read_workbook` returns it.
    tables : mapping of str to DataFrame
        All tables of the data folder, as :func:`sourcebook.coding.read_tables` returns them.
    sentences : DataFrame
        ``sentence_id, source_id``, all sentences of all sources.
    schemas : sourcebook.core.schemas.Schemas
        The tables that the data folder can have.
    coder : str
        Who coded.

    Returns
    -------
    DataFrame
        The columns of a pass, checked as :func:`sourcebook.coding.passes.read_pass` does.

    Raises
    ------
    DataError
        With everything that is wrong in the sheet, each problem at its cell.
    """
    problems = list(book.problems)
    source_of = dict(zip(sentences["sentence_id"], sentences["source_id"], strict=True))
    answers: dict[tuple[str, str], list[Row]] = {}
    for row in book.sheets[CODING].rows:
        names = ("question", *ANSWER_VARIABLES)
        if not any(row.cells.get(name, "") for name in names):
            continue
        for name in (name for name in names if not row.cells.get(name, "")):
            expected = f"a {name}, since the row is filled in"
            problems.append(book.problem(CODING, row.number, name, "an empty cell", expected, "fill it in"))
        if row.cells["sentence_id"] not in source_of:
            found = repr(row.cells["sentence_id"])
            problems.append(book.problem(CODING, row.number, "sentence_id", found, "the id of a sentence"))
        else:
            unit = source_of[row.cells["sentence_id"]], row.cells.get("question", "")
            answers.setdefault(unit, []).append(row)
    lines = list(_lines(answers, tables["propositions"]["proposition_id"], coder))
    frame = pd.DataFrame([cells for _, cells in lines], columns=list(PASS_COLUMNS), dtype="str")
    with scratch_folder() as folder:
        write_table(frame, folder / "pass.csv")
        try:
            read_pass(folder / "pass.csv", tables, sentences, schemas)
        except DataError as error:
            problems += _placed(error.problems, book, [row for row, _ in lines], frame)
    if problems:
        raise DataError({(p.cell or str(p.line), p.column): p for p in reversed(problems)}.values())
    return frame


def _lines(
    answers: Mapping[tuple[str, str], list[Row]], questions: Iterable[str], coder: str
) -> Iterator[tuple[Row | None, dict[str, str]]]:
    """Yield the cells of a pass, each with the row that it comes from."""
    for source in dict.fromkeys(source for source, _ in answers):
        own = [question for each, question in answers if each == source]
        for question in dict.fromkeys([*questions, *own]):
            rows = answers.get((source, question), [])
            for variable in ANSWER_VARIABLES:
                cells = {
                    "coder": coder,
                    "unit": f"{source}|{question}",
                    "variable": variable,
                    "value": ";".join(row.cells.get(variable, "") for row in rows) or _NONE,
                    "exact": rows[0].cells.get("quote", "") if rows else "",
                    "note": rows[0].cells.get("note", "") if rows else "",
                }
                yield (rows[0] if rows else None), cells


def _placed(
    problems: list[Problem], book: Workbook, rows: list[Row | None], frame: pd.DataFrame
) -> list[Problem]:
    """Return problems of a pass at the cells of the sheet that it came from."""
    placed = []
    notes = frame["note"].str.count("\n") + frame["exact"].str.count("\n")
    first = (notes.cumsum() - notes + frame.index + 2).tolist()
    for problem in problems:
        at = first.index(problem.line) if problem.line in first else -1
        row = rows[at] if at >= 0 else None
        if row is None:
            placed.append(problem)
            continue
        column = {"unit": "question", "value": frame["variable"][at], "exact": "quote"}.get(
            problem.column, problem.column
        )
        placed.append(
            book.problem(CODING, row.number, column, problem.found, problem.expected, problem.action)
        )
    return placed
