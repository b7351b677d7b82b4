"""Sheets of text in an Excel workbook, or one of them in a CSV file: what a person fills in, with its places."""

from __future__ import annotations

import io
import json
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from sourcebook.coding.excel_cells import before_of, check_size, escaped, text_of, unescaped
from sourcebook.coding.sheet_file import read_sheet_csv, write_sheet_csv
from sourcebook.coding.sheet_kinds import missing_columns, other_file, what_writes
from sourcebook.core.csvfiles import LINE
from sourcebook.core.errors import DataError, Problem, SourcebookError
from sourcebook.core.files import write_bytes

__all__ = ["BEFORE", "Row", "Sheet", "Workbook", "read_workbook", "update_workbook", "write_workbook"]

#: The hidden sheet that says what the others held when they were written.
BEFORE = "Before"
_LISTS = "Lists"
_HIDDEN = (BEFORE, _LISTS)
#: Rows that can be filled in below the last one, with drop-downs and as text.
_SPARE = 500
#: More does not go into a cell of Excel.
_LONGEST = 32_000
_NOT_IN_A_CELL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of a sheet.

    Attributes
    ----------
    number : int
        Its number, the header's being 1; of a CSV file its line.
    cells : dict of str to str
        Its cells, by the names in the header.
    """

    number: int
    cells: dict[str, str]


@dataclass(kw_only=True)
class Sheet:
    """A sheet: rows of text, and how it looks.

    Attributes
    ----------
    name : str
        What the tab says.
    columns : dict of str to str
        The columns with what a person should know of each.
    rows : list of Row
        Its rows.
    choices : dict of str to list of str
        The values to choose from, by column; a text such as ``=Questions!question`` means the column of a sheet, one
        such as ``=Codes!term|vocabulary=voice`` those of its rows that have a word in another column, one below the
        other.
    widths : dict of str to int
        Widths of columns in characters.
    fixed : frozenset of str
        Columns that are not filled in.
    letters : dict of str to str
        The letter of each column, as it was read; empty for a CSV file.
    """

    name: str
    columns: dict[str, str]
    rows: list[Row] = field(default_factory=list)
    choices: Mapping[str, list[str] | str] = field(default_factory=dict)
    widths: Mapping[str, int] = field(default_factory=dict)
    fixed: frozenset[str] = frozenset()
    letters: dict[str, str] = field(default_factory=dict)


@dataclass(kw_only=True)
class Workbook:
    """What a file holds.

    Attributes
    ----------
    path : pathlib.Path
        The file.
    sheets : dict of str to Sheet
        By name; of a CSV file the one that it is.
    before : dict of str to dict
        For each sheet the cells of its rows when it was written, by their key; empty for a CSV file.
    problems : list of Problem
        Cells that cannot be read.
    notes : list of str
        Cells that were read otherwise than they are shown.
    others : list of str
        The names of all sheets that it has, those that are not read among them.
    """

    path: Path
    sheets: dict[str, Sheet]
    before: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    def problem(
        self, sheet: str, row: int, column: str, found: str, expected: str, action: str = "correct the cell"
    ) -> Problem:
        """Return a problem at a cell.

        Parameters
        ----------
        sheet, row, column : str, int, str
            The cell.
        found, expected, action : str
            As of every problem.
        """
        letter = self.sheets[sheet].letters.get(column, f"{row}:")  # a column that is not there: the row
        cell = f"{sheet}!{letter}{row}" if self.sheets[sheet].letters else ""
        return Problem(str(self.path), row, column, found, expected, action, cell)


def write_workbook(
    path: Path, sheets: Iterable[Sheet], before: Mapping[str, Mapping[str, Mapping[str, str]]]
) -> None:
    """Write sheets as an Excel workbook.

    Every cell is text, also where a person fills it in, so that Excel makes no dates of ``2023-05``, and nothing runs.

    Parameters
    ----------
    path : Path
        The file.
    sheets : iterable of Sheet
        In the order of the tabs.
    before : mapping
        What is kept as `Workbook.before`.
    """
    openpyxl = _openpyxl()
    book = openpyxl.Workbook()
    book.remove(book.active)
    lists = book.create_sheet(_LISTS)
    lists.sheet_state = "hidden"
    sheets = list(sheets)
    columns = {sheet.name: list(sheet.columns) for sheet in sheets}
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        _fill(page, sheet)
        _add_choices(page, sheet, lists, columns)
    _write_before(book, before)
    book.move_sheet(lists, len(sheets) + 1)
    book.active = 0
    _save(book, path)


def _save(book: Any, path: Path) -> None:
    data = io.BytesIO()
    book.save(data)
    write_bytes(path, data.getvalue())


def _openpyxl() -> Any:
    try:
        import openpyxl  # noqa: PLC0415 (of the extra ingest)
    except ImportError:
        action = "install sourcebook[ingest], or use CSV"
        raise SourcebookError(f"expected the package openpyxl, found none → {action}") from None
    return openpyxl


def _put(cell: Any, text: str) -> None:
    """Write text into a cell, as text whatever it begins with."""
    cell.value = escaped(_NOT_IN_A_CELL.sub("\ufffd", text)[:_LONGEST])
    cell.data_type = "s"
    cell.number_format = "@"


def _fill(page: Any, sheet: Sheet) -> None:
    """Write header and rows of a sheet, with widths, wrapped text and a frozen header."""
    from openpyxl.comments import Comment  # noqa: PLC0415
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415

    top, bold = Alignment(vertical="top", wrap_text=True), Font(bold=True)
    grey, head = PatternFill("solid", fgColor="F2F2F2"), PatternFill("solid", fgColor="D9E2EC")
    for number, (name, about) in enumerate(sheet.columns.items(), start=1):
        cell = page.cell(1, number)
        _put(cell, name)
        cell.font, cell.fill, cell.alignment = bold, head, top
        if about:
            cell.comment = Comment(about, "sourcebook", width=320, height=120)
        dimension = page.column_dimensions[cell.column_letter]
        dimension.width = sheet.widths.get(name, 18)
        dimension.number_format = "@"
        for line in range(len(sheet.rows) + _SPARE):
            cell = page.cell(line + 2, number)
            if line < len(sheet.rows) and (text := sheet.rows[line].cells.get(name, "")):
                _put(cell, text)
            cell.number_format, cell.alignment = "@", top
            if name in sheet.fixed and line < len(sheet.rows):
                cell.fill = grey
    page.freeze_panes = page.cell(2, 1 + sum(name in sheet.fixed for name in list(sheet.columns)[:2]))
    page.auto_filter.ref = f"A1:{page.cell(1, len(sheet.columns)).column_letter}{len(sheet.rows) + 1}"


def _add_choices(page: Any, sheet: Sheet, lists: Any, columns: Mapping[str, list[str]]) -> None:
    """Add the drop-downs of a sheet; what is not on a list can be written after a warning."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    for name, choices in sheet.choices.items():
        if isinstance(choices, str):
            formula, last = _formula(choices, columns), _SPARE
        else:
            number = lists.max_column + (lists.cell(1, 1).value is not None)
            for line, choice in enumerate([f"{sheet.name}: {name}", *choices], start=1):
                _put(lists.cell(line, number), choice)
            letter, last = get_column_letter(number), len(choices) + 1
            formula = f"{_LISTS}!${letter}$2:${letter}${last}"
        if last < 2:
            continue
        rule = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=True)
        rule.errorStyle = "warning"
        rule.errorTitle, rule.error = name, "This is not on the list. `sourcebook code` will check it."
        own = get_column_letter(list(sheet.columns).index(name) + 1)
        rule.add(f"{own}2:{own}{len(sheet.rows) + _SPARE + 1}")
        page.add_data_validation(rule)


def _formula(choices: str, columns: Mapping[str, list[str]]) -> str:
    """Return where a drop-down finds its values, as `Sheet.choices` says it."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    other, _, where = choices.removeprefix("=").partition("!")
    column, _, only = where.partition("|")
    letter = get_column_letter(columns[other].index(column) + 1)
    if not only:
        return f"{other}!${letter}$2:${letter}${_SPARE}"
    of, _, word = only.partition("=")
    key = f"{other}!${(at := get_column_letter(columns[other].index(of) + 1))}:${at}"
    return f'OFFSET({other}!${letter}$1,MATCH("{word}",{key},0)-1,0,COUNTIF({key},"{word}"),1)'


def _write_before(book: Any, before: Mapping[str, Mapping[str, Mapping[str, str]]]) -> None:
    if BEFORE in book.sheetnames:
        book.remove(book[BEFORE])
    page = book.create_sheet(BEFORE)
    page.sheet_state = "hidden"
    rows = [(name, key, dict(cells)) for name, kept in before.items() for key, cells in kept.items()]
    for line, (name, key, cells) in enumerate(rows, start=1):
        text = json.dumps({column: cell for column, cell in cells.items() if cell}, ensure_ascii=False)
        pieces = [text[at : at + _LONGEST] for at in range(0, len(text), _LONGEST)]
        for column, value in enumerate((name, key, *pieces), start=1):
            _put(page.cell(line, column), value)


def update_workbook(
    book: Workbook,
    sheet: str,
    column: str,
    cells: Mapping[int, str],
    before: Mapping[str, Mapping[str, Mapping[str, str]]],
) -> None:
    """Write some cells of one column into the file that a workbook was read from, and leave the others as they are.

    Parameters
    ----------
    book : Workbook
        As it was read.
    sheet, column : str
        The column.
    cells : mapping of int to str
        What to write, by row.
    before : mapping
        What is kept as `Workbook.before` from now on.
    """
    if not book.sheets[sheet].letters:
        frame = read_sheet_csv(book.path)
        frame = frame if column in frame else frame.assign(**{column: ""})
        frame[column] = [cells.get(line, cell) for line, cell in zip(frame[LINE], frame[column], strict=True)]
        if cells:
            write_sheet_csv(frame, book.path)
        return
    loaded = _openpyxl().load_workbook(book.path)
    page, letters = loaded[sheet], book.sheets[sheet].letters
    letter = letters.get(column)
    if letter is None:
        last = page.cell(1, page.max_column + 1)
        letter = last.column_letter
        _put(last, column)
    for row, text in cells.items():
        _put(page[f"{letter}{row}"], text)
    _write_before(loaded, before)
    _save(loaded, book.path)


def read_workbook(path: Path, columns: Mapping[str, Iterable[str]]) -> Workbook:
    """Return what a person filled in.

    Parameters
    ----------
    path : Path
        An Excel workbook, or a CSV file with the first of the sheets.
    columns : mapping of str to iterable of str
        The sheets that can be there, each with the columns that it must have. Others are left out.

    Raises
    ------
    DataError
        If the file is none of these, or a sheet lacks a column.
    """
    suffix = path.suffix.lower()
    if suffix not in (".xlsx", ".xlsm", ".csv"):
        raise DataError(
            [Problem(str(path), 0, "", f"{suffix or 'no ending'}", ".xlsx or .csv", "save it as .xlsx")]
        )
    book = _read_csv(path, next(iter(columns))) if suffix == ".csv" else _read_excel(path, columns)
    found = {name: list(sheet.columns) for name, sheet in book.sheets.items()}
    if problem := other_file(path, found, book.others, columns):
        raise DataError([problem])
    for name, needed in columns.items():
        if name in book.sheets:
            begin = what_writes(next(iter(columns)))
            for column, *told in missing_columns(book.sheets[name].columns, needed, begin):
                book.problems.append(book.problem(name, 1, column, *told))
    return book


def _read_csv(path: Path, name: str) -> Workbook:
    frame = read_sheet_csv(path)
    columns = [str(column) for column in frame.columns if column != LINE]
    rows = [
        Row(number=int(row[LINE]), cells={column: str(row[column]).strip() for column in columns})
        for row in frame.to_dict("records")
    ]
    return Workbook(path=path, sheets={name: Sheet(name=name, columns=dict.fromkeys(columns, ""), rows=rows)})


def _read_excel(path: Path, columns: Iterable[str]) -> Workbook:
    openpyxl, content = _openpyxl(), io.BytesIO(path.read_bytes())
    try:
        loaded = openpyxl.load_workbook(content)
    except (
        BadZipFile,
        OSError,
        zlib.error,
        LookupError,
        ValueError,
        ArithmeticError,
        EOFError,
        TypeError,
        RuntimeError,
        AttributeError,
        SyntaxError,
    ) as error:
        why = type(error).__name__ if content.getvalue() else "it is empty, of 0 bytes"
        found, action = f"a file that is none ({why})", "open it in Excel and save it as .xlsx"
        action = action if content.getvalue() else "restore it from a copy, or write a new one"
        raise DataError([Problem(str(path), 0, "", found, "an Excel workbook", action)]) from None
    book = Workbook(path=path, sheets={}, others=[name for name in loaded.sheetnames if name not in _HIDDEN])
    check_size(path, [loaded[name] for name in (*columns, BEFORE) if name in loaded.sheetnames])
    for name in columns:
        if name in loaded.sheetnames:
            _read_sheet(book, name, loaded[name])
    if BEFORE in loaded.sheetnames:
        book.before = before_of(path, loaded[BEFORE])
    return book


def _read_sheet(book: Workbook, name: str, page: Any) -> None:
    """Read a sheet by the names in its first row; cells under no name are somebody's own."""
    header = {
        cell.column_letter: unescaped(str(cell.value)).strip() for cell in page[1] if cell.value is not None
    }
    letters = {column: letter for letter, column in reversed(header.items())}
    sheet = book.sheets[name] = Sheet(name=name, columns=dict.fromkeys(header.values(), ""), letters=letters)
    for line in page.iter_rows(min_row=2):
        cells = {}
        there = {cell.column_letter: cell for cell in line if cell.value is not None}
        for column, letter in letters.items():
            text, found, note = text_of(there[letter]) if letter in there else ("", "", "")
            cells[column] = text
            if found:
                expected, action = "text, a number or a date", "write the value itself"
                book.problems.append(book.problem(name, line[0].row, column, found, expected, action))
            if note:
                book.notes.append(f"{book.path}:{name}!{letter}{line[0].row}: {note}")
        if any(cells.values()):
            sheet.rows.append(Row(number=line[0].row, cells=cells))
