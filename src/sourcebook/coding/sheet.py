"""The coding sheet: the sentences of a data folder with what is coded of them, to be filled in in Excel.

A workbook has four sheets: `CODING` with a row for each sentence and each claim, `QUESTIONS` and `CODES` with the
questions and the terms to choose from, and `SOURCES` with what is known of each document. A CSV file has the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from sourcebook.coding.coded_tables import records
from sourcebook.coding.sheet_file import write_sheet_csv
from sourcebook.coding.suggestions import find_by_sentence, is_suggestion
from sourcebook.coding.workbook import Row, Sheet, write_workbook
from sourcebook.core.errors import SourcebookError
from sourcebook.core.schemas import Schemas
from sourcebook.parsing.findings import Finding
from sourcebook.parsing.law import library_authority
from sourcebook.parsing.suggestions import coded_value
from sourcebook.sources.documents import Document, sentence_table

__all__ = [
    "CLAIM_COLUMNS",
    "CODES",
    "CODING",
    "QUESTIONS",
    "SHEETS",
    "SOURCES",
    "TABLE_SHEETS",
    "claim_cells",
    "coding_sheets",
    "kept_cells",
    "write_sheet",
]

CODING, QUESTIONS, CODES, SOURCES = "Coding", "Questions", "Codes", "Sources"

#: The tables whose rows are the rows of a sheet, by sheet.
TABLE_SHEETS = {QUESTIONS: "propositions", CODES: "codebook", SOURCES: "sources"}

#: The table of each sheet.
SHEETS = {CODING: "claims", **TABLE_SHEETS}

#: The columns of the coding sheet that are filled in, each with the column of the claims that it means.
CLAIM_COLUMNS = {
    "question": "proposition_id",
    "value": "value",
    "voice": "voice",
    "modality": "modality",
    "quote": "exact",
    "scope": "scope",
    "entity": "entity_id",
    "via": "via",
    "basis": "basis",
    "note": "note",
}
_ABOUT = {
    "sentence_id": "The sentence. For a second claim on it, insert a row and repeat this id.",
    "text": "The sentence, to read.",
    "suggestions": "Dates, quantities and legal instruments that a program sees in it, and what others propose. Check "
    "each.",
    "question": "Which question the sentence answers; a row without a question codes nothing.",
    "value": "The answer and no more: a quantity (640, ~900, >200), a date (2023-05-12, 2023-05), a code, a name as "
    "printed, yes or no. The cell is text, so that nothing turns into a date.",
    "voice": "Who asserts it within the source.",
    "modality": "How the voice stands to what it says.",
    "quote": "The words that say it, exactly; empty for the whole sentence.",
    "scope": "What exactly is counted or dated, where it matters for comparison.",
    "entity": "For names: whom or what the name belongs to.",
    "via": "Through whom the voice is heard, if anybody.",
    "basis": "Whether the words state it (also when empty) or you inferred it.",
    "note": "What a reader should know.",
    "claim_id": "The claim that the row became; leave it as it is.",
    "unfinished": "What is not coded yet. Empty the cell when the source is coded to its end. In the sheet of a second "
    "coder its questions without a row then count as looked at, with nothing found.",
}
#: What the sheet of another coder says of each source until it is coded to its end.
_OPEN = "Not coded to its end."
_WIDTHS = {
    "sentence_id": 22,
    "text": 70,
    "suggestions": 34,
    "value": 16,
    "quote": 40,
    "note": 30,
    "question": 26,
}
_WIDE = ("question", "definition", "search", "scope", "title", "rights", "note", "unfinished")
_NOT_EDITED = (
    "source_id",
    "file",
    "original_name",
    "sha256",
    "original",
    "original_sha256",
    "tool",
    "tool_version",
    "encoding",
)


def claim_cells(claim: Mapping[str, str], sentence: str) -> dict[str, str]:
    """Return the cells of a claim in the coding sheet.

    Parameters
    ----------
    claim : mapping of str to str
        A row of the claims.
    sentence : str
        The raw words of its sentence: a quote of all of them is an empty cell.

    Examples
    --------
    >>> claim = {"sentence_id": "a.s001", "claim_id": "a.c001", "exact": "It fell.", "value": "yes"}
    >>> cells = claim_cells(claim, "It fell.")
    >>> cells["quote"], cells["value"], cells["question"]
    ('', 'yes', '')
    """
    cells = {name: str(claim.get(column, "")).strip() for name, column in CLAIM_COLUMNS.items()}
    cells["quote"] = "" if claim.get("exact", "") == sentence else cells["quote"]
    return {"sentence_id": claim["sentence_id"], **cells, "claim_id": claim["claim_id"]}


def coding_sheets(
    tables: Mapping[str, pd.DataFrame],
    documents: Mapping[str, Document],
    schemas: Schemas,
    *,
    blank: bool = False,
    proposed: Mapping[str, list[str]] | None = None,
) -> list[Sheet]:
    """Return the sheets of a data folder as it is.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        As :func:`sourcebook.coding.read_tables` returns them.
    documents : mapping of str to sourcebook.sources.documents.Document
        By source id.
    schemas : sourcebook.core.schemas.Schemas
        The tables that the data folder can have.
    blank : bool
        Whether the claims are left out, for another coder.
    proposed : mapping of str to list of str, optional
        What is proposed by others, by sentence, as :func:`sourcebook.coding.pending.pending_proposals` returns it.
    """
    sheets = [_coding(tables, documents, blank=blank, proposed=proposed or {})]
    for name, table in TABLE_SHEETS.items():
        columns = {
            str(column): str(about.description)
            for column, about in schemas[table].schema.columns.items()
            if column not in _NOT_EDITED[1:]
        }
        frame = tables[table]
        if name == CODES:  # the drop-downs read the terms of a list where they are, one below the other
            lists = {word: place for place, word in enumerate(frame["vocabulary"].unique())}
            frame = frame.sort_values("vocabulary", key=lambda words: words.map(lists), kind="stable")
            columns["vocabulary"] += " Keep the terms of one list together: insert a row for a new one."
        rows = [{c: str(row.get(c, "")) for c in columns} for row in frame.to_dict("records")]
        if name == SOURCES:
            left = dict(zip(tables["unfinished"]["source_id"], tables["unfinished"]["reason"], strict=True))
            columns["unfinished"] = _ABOUT["unfinished"]
            rows = [row | {"unfinished": _OPEN if blank else left.get(row["source_id"], "")} for row in rows]
        sheets.append(
            Sheet(
                name=name,
                columns=columns,
                rows=[Row(number=at, cells=cells) for at, cells in enumerate(rows, start=2)],
                choices=_choices(columns, table, tables, schemas),
                widths=dict.fromkeys(_WIDE, 40),
                fixed=frozenset({"source_id"} if name == SOURCES else ()),
            )
        )
    sheets[0].choices = {
        **_choices(CLAIM_COLUMNS, "claims", tables, schemas, CLAIM_COLUMNS),
        "question": f"={QUESTIONS}!proposition_id",
    }
    return sheets


def _suggestion_in_words(finding: Finding) -> str:
    """Return the value of a finding, with its pinpoints where it is a citation, and its words."""
    value = ", ".join(filter(None, (coded_value(finding), *getattr(finding, "pinpoint", ()))))
    return f"{value} ({finding.exact})" if value else finding.exact


def _coding(
    tables: Mapping[str, pd.DataFrame],
    documents: Mapping[str, Document],
    *,
    blank: bool,
    proposed: Mapping[str, list[str]],
) -> Sheet:
    """Return the sheet with a row for each sentence, and more where several claims are on it."""
    claims: dict[str, list[dict[str, str]]] = {}
    for _, claim in () if blank else records(tables["claims"]):
        claims.setdefault(claim["sentence_id"], []).append(claim)
    authority = library_authority(tables["instruments"])
    found = {
        sentence: "\n".join(_suggestion_in_words(each) for each in findings if is_suggestion(each))
        for document in documents.values()
        for sentence, findings in find_by_sentence(document, authority=authority).items()
    }
    for sentence, lines in proposed.items():
        found[sentence] = "\n".join([*filter(None, [found.get(sentence, "")]), *lines])
    rows: list[Row] = []
    frame = sentence_table(documents)
    columns = (frame[name].tolist() for name in ("sentence_id", "source_id", "text", "raw_start", "raw_end"))
    for name, source, text, start, end in zip(*columns, strict=True):
        raw = documents[source].raw[start:end]
        for number, own in enumerate(claims.get(name, [{}])):
            cells = {"text": text, "suggestions": "" if number else found.get(name, "")}
            cells |= claim_cells(own, raw) if own else {"sentence_id": name}
            rows.append(Row(number=len(rows) + 2, cells=cells))
    names = ["sentence_id", "text", "suggestions", *CLAIM_COLUMNS, "claim_id"]
    fixed = frozenset({"sentence_id", "text", "suggestions", "claim_id"})
    return Sheet(name=CODING, columns={n: _ABOUT[n] for n in names}, rows=rows, widths=_WIDTHS, fixed=fixed)


def _choices(
    columns: Iterable[str],
    table: str,
    tables: Mapping[str, pd.DataFrame],
    schemas: Schemas,
    meaning: Mapping[str, str] | None = None,
) -> dict[str, list[str] | str]:
    """Return the values to choose from in each column that has a list of them."""
    choices: dict[str, list[str] | str] = {}
    for name in columns:
        column = schemas[table].schema.columns.get((meaning or {}).get(name, name))
        about = (column.metadata or {}) if column is not None else {}
        if about.get("separator"):
            continue
        if "one_of" in about:
            choices[name] = list(about["one_of"])
        elif "term" in about:
            choices[name] = f"={CODES}!term|vocabulary={about['term']}"
        elif "link" in about:
            other, _, key = str(about["link"]).partition(".")
            choices[name] = tables[other][key].tolist() if other in tables and other != "sources" else []
    return {name: values for name, values in choices.items() if values}


def kept_cells(sheets: Iterable[Sheet], schemas: Schemas) -> dict[str, dict[str, dict[str, str]]]:
    """Return what the sheets hold, by sheet and key of the row: what `code` compares with later.

    Parameters
    ----------
    sheets : iterable of Sheet
        As :func:`coding_sheets` returns them.
    schemas : sourcebook.core.schemas.Schemas
        The tables that the data folder can have.
    """
    kept: dict[str, dict[str, dict[str, str]]] = {}
    for sheet in sheets:
        key = ("claim_id",) if sheet.name == CODING else schemas[TABLE_SHEETS[sheet.name]].key
        rows = {"|".join(row.cells.get(name, "") for name in key): row.cells for row in sheet.rows}
        rows.pop("", None)
        left_out = {"text", "suggestions"} if sheet.name == CODING else set[str]()
        kept[sheet.name] = {
            name: {column: cell for column, cell in cells.items() if column not in left_out}
            for name, cells in rows.items()
        }
    return kept


def write_sheet(path: Path, sheets: list[Sheet], schemas: Schemas) -> None:
    """Write a new coding sheet: an Excel workbook, or the first sheet as CSV, by the name of the file.

    Parameters
    ----------
    path : Path
        The file; one that is there is not overwritten.
    sheets : list of Sheet
        As :func:`coding_sheets` returns them.
    schemas : sourcebook.core.schemas.Schemas
        The tables that the data folder can have.

    Raises
    ------
    SourcebookError
        If the file is there.
    """
    if path.exists():
        raise SourcebookError(f"{path}: expected a new file, found one → name another, or move it")
    if path.suffix.lower() == ".csv":
        first = sheets[0]
        rows = [[row.cells.get(name, "") for name in first.columns] for row in first.rows]
        write_sheet_csv(pd.DataFrame(rows, columns=list(first.columns), dtype="str"), path)
    else:
        write_workbook(path, sheets, kept_cells(sheets, schemas))
