"""Turn the filled rows of a coding sheet into a coding pass, to be compared with the claims."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import pandas as pd

from sourcebook.coding.passes import PASS_COLUMNS, read_pass
from sourcebook.coding.sheet import CODING, SOURCES
from sourcebook.coding.workbook import Row, Workbook
from sourcebook.core.csvfiles import write_table
from sourcebook.core.errors import DataError, Problem
from sourcebook.core.files import scratch_folder
from sourcebook.core.schemas import ANSWER_VARIABLES, Schemas

__all__ = ["can_finish", "pass_of_workbook"]

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

    A question without a row is no answer, and is left out as not coded. It is ``none`` only where the coder says so:
    by a row with the value ``none``, which needs no voice and modality, or for all questions of a source by emptying
    its cell ``unfinished`` in the sheet of the sources.

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
        if row.cells.get("value", "") == _NONE:
            row.cells.update({name: row.cells.get(name, "") or _NONE for name in ANSWER_VARIABLES})
        for name in (name for name in names if not row.cells.get(name, "")):
            expected = f"a {name}, since the row is filled in"
            problems.append(book.problem(CODING, row.number, name, "an empty cell", expected, "fill it in"))
        if row.cells["sentence_id"] not in source_of:
            found = repr(row.cells["sentence_id"])
            problems.append(book.problem(CODING, row.number, "sentence_id", found, "the id of a sentence"))
        else:
            unit = source_of[row.cells["sentence_id"]], row.cells.get("question", "")
            answers.setdefault(unit, []).append(row)
    finished = _finished(book) & set(sentences["source_id"])
    lines = list(_lines(answers, finished, tables["propositions"]["proposition_id"], coder))
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


def can_finish(book: Workbook) -> bool:
    """Return whether a sheet has, or had, cells by which the coder says that a source is coded to its end.

    Parameters
    ----------
    book : Workbook
        As :func:`sourcebook.coding.workbook.read_workbook` returns it.
    """
    return any(cells.get("unfinished", "") for cells in book.before.get(SOURCES, {}).values())


def _finished(book: Workbook) -> set[str]:
    """Return the sources whose cell `unfinished` was written full and is empty now."""
    if SOURCES not in book.sheets or "unfinished" not in book.sheets[SOURCES].columns:
        return set()
    before = book.before.get(SOURCES, {})
    now = {row.cells.get("source_id", ""): row.cells["unfinished"] for row in book.sheets[SOURCES].rows}
    return {
        source for source, left in now.items() if not left and before.get(source, {}).get("unfinished", "")
    }


def _lines(
    answers: Mapping[tuple[str, str], list[Row]],
    finished: Collection[str],
    questions: Iterable[str],
    coder: str,
) -> Iterator[tuple[Row | None, dict[str, str]]]:
    """Yield the cells of a pass, each with the row that it comes from."""
    for source in dict.fromkeys([*(source for source, _ in answers), *sorted(finished)]):
        own = [question for each, question in answers if each == source]
        for question in dict.fromkeys([*(questions if source in finished else ()), *own]):
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
