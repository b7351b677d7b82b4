"""The commands of the coding sheet: write it, and turn what is filled in into claims."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sourcebook.cli.commands import Command
from sourcebook.cli.options import add_output, data_folder, name_of_person, quoted
from sourcebook.cli.outputs import check_output

if TYPE_CHECKING:
    import pandas as pd

    from sourcebook.coding.sheet_memory import Coded
    from sourcebook.coding.workbook import Workbook
    from sourcebook.core.errors import Problem
    from sourcebook.core.schemas import Schemas
    from sourcebook.sources.documents import Document

__all__ = ["COMMANDS"]

#: So many keys of rows are listed in a line.
_LISTED = 8


def _sheet(options: argparse.Namespace) -> None:
    """Write the coding sheet."""
    from sourcebook.coding.coded_tables import read_folder
    from sourcebook.coding.pending import pending_proposals
    from sourcebook.coding.sheet import coding_sheets, write_sheet
    from sourcebook.coding.sheet_file import NOT_TEXT
    from sourcebook.sources.sentence_record import record_sentences

    check_output(options.output)
    folder = data_folder(options)
    schemas, documents, tables = read_folder(folder)
    blank = options.coder is not None
    proposed = {} if blank else pending_proposals(folder, tables, documents, schemas)
    sheets = coding_sheets(tables, documents, schemas, blank=blank, proposed=proposed)
    write_sheet(options.output, sheets, schemas)
    record_sentences(folder / "raw", documents)
    coded = sum(bool(row.cells.get("claim_id")) for row in sheets[0].rows)
    print(f"{options.output}: {len(sheets[0].rows)} rows, {coded} of them claims")
    if options.output.suffix.lower() == ".csv":
        print(f"note: {NOT_TEXT}")
    coder = f" --coder {quoted(options.coder)}" if options.coder else ""
    sheet = quoted(options.output)
    print(f"next: fill in question, value, voice and modality; then `sourcebook code {sheet}{coder}`")


def _code(options: argparse.Namespace) -> None:
    """Turn a coding sheet into claims, or into a coding pass."""
    from sourcebook.coding.coded_tables import read_folder
    from sourcebook.coding.merging import write_changed
    from sourcebook.coding.sheet import CODING, SHEETS
    from sourcebook.coding.sheet_code import NEEDED, code_workbook
    from sourcebook.coding.sheet_file import check_writable
    from sourcebook.coding.sheet_kinds import other_book
    from sourcebook.coding.sheet_pass import pass_of_workbook
    from sourcebook.coding.workbook import read_workbook, update_workbook
    from sourcebook.core.csvfiles import write_table
    from sourcebook.core.errors import DataError
    from sourcebook.sources.documents import sentence_table
    from sourcebook.sources.sentence_record import record_sentences

    folder = data_folder(options)
    schemas, documents, tables = read_folder(folder)
    book = read_workbook(options.sheet, NEEDED)
    named = (name for row in book.sheets[CODING].rows if (name := row.cells.get("sentence_id", "")))
    sentences = sentence_table(documents)
    if problem := other_book(options.sheet, named, set(sentences["sentence_id"])):
        raise DataError([problem])
    if options.coder is not None:
        target = folder / "coded/passes" / f"{options.coder}.csv"
        frame = pass_of_workbook(book, tables, sentences, schemas, coder=options.coder)
        target.parent.mkdir(exist_ok=True)
        write_table(frame, target)
        print(f"{target}: {len(frame)} cells; next: `sourcebook reliability {quoted(target)}`")
        _tell_open(book, frame["unit"].nunique(), len(documents) * len(tables["propositions"]))
        return
    coded = code_workbook(book, tables, documents, schemas, remove=options.remove)
    is_excel = bool(book.sheets[CODING].letters)
    if coded.claim_ids or (is_excel and (coded.tables or coded.kept != book.before)):
        check_writable(options.sheet)
    record_sentences(folder / "raw", documents)
    write_changed(coded.tables, folder, schemas)
    if coded.tables or coded.claim_ids or coded.kept != book.before:
        update_workbook(book, CODING, "claim_id", coded.claim_ids, coded.kept)
    for name in (name for name in SHEETS if name in book.before and name not in book.sheets):
        print(
            f"{options.sheet}: has no sheet {name} any more, so nothing of it was read; name it {name} again"
        )
    for note in book.notes:
        print(note)
    _tell(coded, options.sheet)
    for doubt in _doubts(book, coded, {**tables, **coded.tables}, documents, schemas):
        print(f"to look at: {doubt}")


def _doubts(
    book: Workbook,
    coded: Coded,
    tables: Mapping[str, pd.DataFrame],
    documents: Mapping[str, Document],
    schemas: Schemas,
) -> Iterator[Problem]:
    """Yield the values of this run that the words of their quote do not bear out, at their cells."""
    from sourcebook.coding.sheet import CODING
    from sourcebook.coding.value_doubts import value_doubts

    rows = {row.cells.get("claim_id", ""): row.number for row in book.sheets[CODING].rows}
    rows |= {name: number for number, name in coded.claim_ids.items()}
    run = {*coded.claim_ids.values(), *coded.changed.get("claims", [])}
    claims = tables["claims"][tables["claims"]["claim_id"].isin(run)]
    numbers = [rows[name] for name in claims["claim_id"]]
    for doubt in value_doubts(claims.assign(line=numbers), tables["propositions"], documents, schemas):
        yield book.problem(CODING, doubt.line, "value", doubt.found, doubt.expected, doubt.action)


def _tell_open(book: Workbook, looked: int, asked: int) -> None:
    """Print how much of what is asked a coder looked at, and how to say so of the rest."""
    from sourcebook.coding.sheet_pass import can_finish

    print("All answers of a document to a question are compared as one: it needs a row for each of them.")
    print(f"looked at: {looked} of {asked} pairs of a document and a question; left open: {asked - looked}")
    if looked < asked:
        each = "give a question that a document does not answer a row with the value none"
        whole = "empty the cell `unfinished` of a document in the sheet Sources when you have read all of it"
        print(f"What is left open is not compared: {f'{whole}, or ' if can_finish(book) else ''}{each}.")


def _tell(coded: Coded, sheet: Path) -> None:
    """Print what became of a sheet."""
    for name in coded.tables:
        changed = _counted(coded.changed.get(name, []), "changed")
        removed = f", {_counted(keys, 'removed')}" if (keys := coded.removed.get(name)) else ""
        print(f"{name}: {coded.added.get(name, 0)} rows added, {changed}{removed}")
    if not coded.tables:
        print(f"{sheet}: nothing new")
    for name, keys in coded.cleared.items():
        print(
            f"{name}: kept, though the sheet has their rows no longer: {_listed(keys)}; --remove removes them"
        )
    for name, keys in coded.gone.items():
        print(
            f"{name}: left out, since the data has them no longer: {_listed(keys)}; empty their rows in the sheet"
        )

    for name, (lacking, older) in coded.behind.items():
        told = [f"lacks {len(lacking)} rows of the data ({_listed(lacking)})"] if lacking else []
        told += [f"has {len(older)} rows as they were before ({_listed(older)})"] if older else []
        print(
            f"{name}: the sheet {' and '.join(told)}; `sourcebook sheet -o new.xlsx` writes one that has all"
        )


def _counted(keys: list[str], what: str) -> str:
    return f"{len(keys)} {what}" + (f" ({_listed(keys)})" if keys else "")


def _listed(keys: list[str]) -> str:
    more = f" and {len(keys) - _LISTED} more" if len(keys) > _LISTED else ""
    return ", ".join(keys[:_LISTED]) + more


def _file_name(text: str) -> str:
    """Return the name of a coder, which names a file, too."""
    name = name_of_person(text)
    if "/" in name or "\\" in name or name.startswith("."):
        raise argparse.ArgumentTypeError(f"expected a name that can be that of a file, found {text!r}")
    return name


def _add_sheet(parser: argparse.ArgumentParser) -> None:
    add_output(
        parser, "CODING.xlsx", required=True, about="a new .xlsx, or .csv with the sentences and claims alone"
    )
    parser.add_argument(
        "--coder",
        type=_file_name,
        metavar="NAME",
        help="leave the claims out, for another coder to code afresh",
    )


def _add_code(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "sheet", type=Path, metavar="CODING.xlsx", help="as `sourcebook sheet` wrote it, filled in"
    )
    parser.add_argument(
        "--coder",
        type=_file_name,
        metavar="NAME",
        help="write a coding pass of this coder, and leave the claims alone",
    )
    parser.add_argument(
        "--remove",
        action="store_true",
        help="remove claims, questions and codes that the sheet has no longer",
    )


COMMANDS = (
    Command(
        name="sheet",
        group="code",
        text="write the coding sheet: every sentence with what could be coded in it",
        example="sheet -o coding.xlsx --data my-data",
        run=_sheet,
        arguments=_add_sheet,
        more="In the sheet Questions write your questions, in Codes the terms to choose from, in Sources what is known "
        "of the documents; in the sheet Coding fill in a row for each claim. For a second claim on a sentence insert a "
        "row with the same sentence_id. A CSV file has the sheet Coding alone, and does not remember what was in it.",
    ),
    Command(
        name="code",
        group="code",
        text="turn the filled rows of a coding sheet into claims with their places",
        example="code coding.xlsx --data my-data",
        run=_code,
        arguments=_add_code,
        more="Run it as often as you like: a row that was changed changes its claim, and what was not changed stays "
        "as it is in the data. If anything is wrong, every cell is named with its address, and nothing is changed. The "
        "ids of new claims are written into the sheet. A claim whose row is gone is told, and kept. A sheet in CSV "
        "does not remember what was in it: a row that is gone is not noticed, and a row goes before the data. With "
        "--coder a question without a row is not coded; it is `none` where a row has the value none, or where the cell "
        "`unfinished` of its document was emptied in the sheet Sources.",
    ),
)
