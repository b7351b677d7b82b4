"""The commands on proposals: what the finders suggest, and what a person accepts of it or of anybody's proposals."""

from __future__ import annotations

import argparse
import dataclasses
import json
import math
import sys
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from sourcebook.cli.commands import Command
from sourcebook.cli.options import add_table_output, data_folder, given_folder, name_of_person
from sourcebook.cli.outputs import check_output, format_of, show_progress
from sourcebook.core.files import replacing

if TYPE_CHECKING:
    from sourcebook.parsing.law import Authority

__all__ = ["COMMANDS"]

_KINDS = ("dates", "quantities", "citations")
#: The columns of proposals in the order in which a person reads them.
_READ_FIRST = (
    "source_id",
    "sentence_id",
    "prefix",
    "exact",
    "suffix",
    "expression",
    "lossy",
    "table",
    "proposition_id",
    "value",
    "instrument_id",
    "pinpoint",
    "voice",
    "modality",
    "note",
    "decision",
)


def _suggest(options: argparse.Namespace) -> None:
    """Find what could be coded, in texts or in the sources of a data folder."""
    check_output(options.output, options.paths)
    kinds = options.kinds
    if options.paths:
        columns, rows = _in_texts(options, kinds)
    else:
        columns, rows = _in_sources(options, kinds)
    if options.output is None:
        _write(columns, rows, sys.stdout, format_of(options))
        return
    with replacing(options.output) as file:
        number = _write(columns, rows, file, format_of(options))
    print(f"{options.output}: {number} rows")


def _in_texts(
    options: argparse.Namespace, kinds: Collection[str]
) -> tuple[list[str], Iterator[dict[str, Any]]]:
    """Return the fields of findings, and the findings of texts."""
    from sourcebook.cli.dated_texts import read_texts
    from sourcebook.parsing.suggestions import RECORDS, find_all

    authority = _authority(given_folder(options))
    records = [record for kind, record in RECORDS.items() if kind in kinds]
    names = [field.name for record in records for field in dataclasses.fields(record)]

    def rows() -> Iterator[dict[str, Any]]:
        for doc, text, written in read_texts(options.paths, show_progress):
            for finding in find_all(text, doc=doc, dct=written, authority=authority, kinds=kinds):
                yield {name: _finite(value) for name, value in dataclasses.asdict(finding).items()}

    return list(dict.fromkeys(names)), rows()


def _in_sources(
    options: argparse.Namespace, kinds: Collection[str]
) -> tuple[list[str], Iterator[dict[str, Any]]]:
    """Return the columns of proposals, and the proposals for the sources of a data folder that nobody decided on."""
    from sourcebook.coding import suggestions, try_tables
    from sourcebook.sources.documents import read_documents

    folder = data_folder(options)
    documents, authority = read_documents(folder / "raw"), _authority(folder)
    decided = set(try_tables(folder, ["decisions"])[0]["decisions"]["proposal_id"])

    def rows() -> Iterator[dict[str, Any]]:
        for number, document in enumerate(documents.values(), start=1):
            for row in suggestions.suggest(document, authority=authority, kinds=kinds):
                if row["proposal_id"] not in decided:
                    yield row
            show_progress("sources", number, len(documents))

    columns = suggestions.columns_of(kinds)
    return sorted(
        columns, key=lambda n: _READ_FIRST.index(n) if n in _READ_FIRST else len(_READ_FIRST)
    ), rows()


def _authority(folder: Path | None) -> Authority:
    """Return the legal instruments of the library, extended by those of a data folder if there is one."""
    from sourcebook.coding import read_tables
    from sourcebook.parsing.law import library_authority

    return library_authority(*([read_tables(folder, ["instruments"])["instruments"]] if folder else []))


def _write(columns: list[str], rows: Iterable[dict[str, Any]], file: IO[str], form: str) -> int:
    """Write rows as they come, and return how many there were."""
    from sourcebook.core.csvfiles import csv_lines

    number = 0
    if form == "csv":
        file.write(csv_lines([columns]))
    for number, row in enumerate(rows, start=1):  # noqa: B007
        if form == "csv":
            file.write(csv_lines([[_cell(row.get(name, "")) for name in columns]]))
        else:
            kept = {name: row[name] for name in columns if name in row}
            file.write(json.dumps(kept, ensure_ascii=False) + "\n")
    return number


def _finite(value: object) -> object:
    """Return a value, or None for an infinite bound, which JSON cannot hold."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _cell(value: object) -> object:
    if value is None:
        return ""
    return ";".join(map(str, value)) if isinstance(value, list | tuple) else value


def _today() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).date().isoformat()


def _settle(options: argparse.Namespace) -> None:
    """Merge a review that is settled."""
    from sourcebook.coding.coded_tables import read_folder
    from sourcebook.coding.merging import write_changed
    from sourcebook.coding.reviews import merge_review
    from sourcebook.core.about import read_about

    folder, file = data_folder(options), options.proposals
    schemas, documents, tables = read_folder(folder)
    settled = merge_review(
        file,
        tables,
        documents,
        schemas,
        by=options.by,
        on=_today(),
        exhaustive=read_about(folder).exhaustive,
    )
    write_changed(settled.tables, folder, schemas)
    told = f"{settled.agreed} agreed with, {settled.changed} coded otherwise, {settled.removed} removed"
    print(f"{file}: {told}" if settled.tables else f"{file}: nothing new")


def _accept(options: argparse.Namespace) -> None:
    """Merge what a person accepted of proposals, or decided in a review."""
    from sourcebook.coding.coded_tables import read_folder
    from sourcebook.coding.merging import merge_proposals, write_changed
    from sourcebook.coding.proposals import try_proposals
    from sourcebook.coding.reviews import is_review

    folder, file = data_folder(options), options.proposals
    if file.is_file() and is_review(file):
        return _settle(options)
    schemas, documents, tables = read_folder(folder)
    proposals, problems = try_proposals(file, schemas)
    merged = merge_proposals(
        proposals,
        tables,
        documents,
        schemas,
        by=options.by,
        on=_today(),
        file=str(file),
        problems=problems,
    )
    write_changed(merged.tables, folder, schemas)
    new = "".join(f", {count} rows added to {schemas[name].path}" for name, count in merged.added.items())
    number = sum(merged.added.values()) + merged.present + len(merged.gone)
    print(
        f"{file}: {number} accepted ({merged.present} of them coded already), "
        f"{merged.rejected} rejected, {merged.undecided} undecided{new}"
    )
    if merged.gone:
        print(
            f"{file}: {len(merged.gone)} accepted earlier and removed from the data since, left out: "
            f"{', '.join(merged.gone)}; to code them again, remove their lines in {schemas['decisions'].path}"
        )
    return None


def _kinds(text: str) -> list[str]:
    """Return the kinds that an option names; raise an error for others."""
    kinds = [kind.strip() for kind in text.split(",")]
    if unknown := [kind for kind in kinds if kind not in _KINDS]:
        raise argparse.ArgumentTypeError(
            f"expected any of {', '.join(_KINDS)}, found {', '.join(map(repr, unknown))}"
        )
    return kinds


def _add_suggest(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help="text, folder of texts, or JSON Lines with doc, text and dct (default: the sources of the data folder)",
    )
    parser.add_argument(
        "--kinds",
        type=_kinds,
        default=list(_KINDS),
        metavar="KINDS",
        help=f"any of {','.join(_KINDS)} (default: all)",
    )
    add_table_output(parser, ("csv", "jsonl"))
    parser.add_argument(
        "--jsonl", dest="format", action="store_const", const="jsonl", help="the same as --format jsonl"
    )


def _add_accept(parser: argparse.ArgumentParser) -> None:
    what = "CSV or JSON Lines, or the decisions of a review"
    parser.add_argument("proposals", type=Path, metavar="PROPOSALS", help=what)
    parser.add_argument("--by", required=True, type=name_of_person, metavar="NAME", help="who decided")


COMMANDS = (
    Command(
        name="suggest",
        group="code",
        text="find dates, quantities and citations that could be coded",
        example="suggest --data my-data -o proposals.csv",
        run=_suggest,
        arguments=_add_suggest,
        more="For a data folder it writes proposals: complete them (question, voice, modality), write accept or reject "
        "into the column decision, and run `sourcebook accept`. What was decided before is left out. For other texts "
        "it writes what was found, in the offsets of each text.",
    ),
    Command(
        name="accept",
        group="code",
        text="merge the proposals that a person accepted, or a review that is settled, and record all decisions",
        example="accept proposals.csv --data my-data --by Anna",
        run=_accept,
        arguments=_add_accept,
        more="Proposals may come from anybody, such as a language model. If anything is refused, such as words that "
        "the source does not have, nothing is changed. Run again, it adds nothing twice. The decisions of a review, "
        "as a page downloads them, change the codings that are coded otherwise and remove those that are not "
        "supported; a coding that has changed since it was reviewed is refused.",
    ),
)
