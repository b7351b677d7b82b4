"""The commands that write for other tools, and read what these wrote."""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from sourcebook.cli.commands import Command
from sourcebook.cli.options import add_output, data_folder, known_source, name_of_person, quoted
from sourcebook.cli.outputs import check_output
from sourcebook.core.errors import SourcebookError
from sourcebook.core.files import write_text

if TYPE_CHECKING:
    from sourcebook.exchange.incoming import Taken
    from sourcebook.exchange.model import Document, Project
    from sourcebook.pipeline.dataset import Dataset

__all__ = ["COMMANDS"]


def _export(options: argparse.Namespace) -> None:
    """Write a data folder in the format of another tool."""
    from sourcebook.exchange.formats import every_format, format_named
    from sourcebook.exchange.outgoing import from_dataset
    from sourcebook.pipeline.dataset import read

    form, target = format_named(options.format), options.output
    if not form.is_written:
        others = ", ".join(each.name for each in every_format() if each.is_written)
        raise SourcebookError(
            f"{form.name}: expected a format that is written, found one that is only read → write one of {others}"
        )
    named = next((each for each in form.suffixes if each and target.name.lower().endswith(each)), "")
    if form.suffixes and not named and "" not in form.suffixes:
        endings = " or ".join(form.suffixes)
        raise SourcebookError(f"{target}: expected a name that ends in {endings} → name another with -o")
    check_output(target, folder=not named)
    if form.write_data is not None:
        told = form.write_data(data_folder(options), target)
        print(f"{target}: {form.text}")
    elif form.write is not None:
        project = from_dataset(read(data_folder(options)))
        told = [f"not in it: {line}" for line in [*project.told, *form.write(project, target)]]
        print(f"{target}: {_counted(project)}")
    for line in told:
        print(line)


def _import(options: argparse.Namespace) -> None:
    """Read what another tool wrote."""
    from sourcebook.exchange.formats import every_format, format_named, read_as
    from sourcebook.exchange.incoming import take
    from sourcebook.pipeline.dataset import read

    form = format_named(options.format)
    if form.read is None:
        others = ", ".join(each.name for each in every_format() if each.read)
        raise SourcebookError(
            f"{form.name}: expected a format that is read, found one that is only written → give a file in one of "
            f"{others}"
        )
    check_output(options.output, [options.path])
    if options.texts is not None:
        _write_texts(read_as(form, options.path), options.texts)
        return
    dataset = read(data_folder(options))
    project = read_as(form, options.path)
    if options.source is not None:
        known_source(options.source, dataset.documents)
    taken = take(project, dataset, proposed_by=options.by or form.name, source=options.source or "")
    print(f"{options.path}: {_counted(project)}")
    for line in taken.told:
        print(f"note: {line}")
    for line in taken.refused:
        print(f"refused: {line}")
    _print_agreement(taken, dataset)
    if options.coder is not None:
        _write_pass(taken, dataset, options)
    else:
        _write_proposals(taken, dataset, options)
    if taken.refused and not (taken.coded or taken.proposals):
        raise SourcebookError(f"{options.path}: all {len(taken.refused)} annotations were refused")


def _counted(project: Project) -> str:
    counts = {"documents": project.documents, "codes": project.codes, "annotations": project.annotations}
    return ", ".join(f"{len(things)} {name}" for name, things in counts.items())


def _print_agreement(taken: Taken, dataset: Dataset) -> None:
    """Print how far several coders agree, code by code."""
    from sourcebook.exchange.comparing import unitizing

    lengths = {name: len(document.raw) for name, document in dataset.documents.items()}
    agreement = unitizing(taken.spans, lengths)
    if not agreement.empty:
        coders = ", ".join(sorted(set(taken.spans["coder"])))
        print(f"Krippendorff's alpha for unitizing, {coders}:")
        print(agreement.to_string(index=False, na_rep="–", float_format="%.3f", max_colwidth=60))


def _write_pass(taken: Taken, dataset: Dataset, options: argparse.Namespace) -> None:
    from sourcebook.core.csvfiles import write_table
    from sourcebook.exchange.comparing import pass_of

    target = options.output or dataset.folder / "coded/passes" / f"{options.coder}.csv"
    frame = pass_of(taken, dataset, coder=options.coder)
    _check_new(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    write_table(frame, target)
    print(f"{target}: {len(frame)} cells; next: `sourcebook reliability {quoted(target)}`")


def _write_proposals(taken: Taken, dataset: Dataset, options: argparse.Namespace) -> None:
    from sourcebook.coding.pending import PROPOSALS

    print(f"{len(taken.coded)} coded already, {len(taken.proposals)} proposed, {len(taken.refused)} refused")
    if not taken.proposals:
        return
    target = options.output or dataset.folder / PROPOSALS / f"{_file_name(options.path.stem)}.jsonl"
    _check_new(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    write_text(target, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in taken.proposals))
    print(
        f"{target}: {len(taken.proposals)} proposals; next: `sourcebook sheet` shows them at their sentences, or fill "
        f"in what they lack and decide, and `sourcebook accept {quoted(target)} --by NAME`"
    )


def _check_new(path: Path) -> None:
    if path.exists():
        raise SourcebookError(f"{path}: expected a new file, found one → name another with -o, or move it")


def _write_texts(project: Project, folder: Path) -> None:
    """Write the texts of the documents as files, for a book of one's own."""
    check_output(folder, folder=True)
    texts = [document for document in project.documents if document.text]
    if not texts:
        raise SourcebookError(f"{folder}: expected texts in the file, found none → take them from elsewhere")
    names: dict[str, Document] = {}
    for document in texts:
        stem = _file_name(document.title or document.document_id)
        name = next(n for k in range(len(texts) + 1) if (n := f"{stem}-{k + 1}" if k else stem) not in names)
        names[name] = document
    for name in names:
        _check_new(folder / f"{name}.txt")
    folder.mkdir(parents=True, exist_ok=True)
    for name, document in names.items():
        write_text(folder / f"{name}.txt", document.text)
    print(f"{folder}: {len(names)} texts; next: `sourcebook new my-book --from {quoted(folder)}`")


def _file_name(name: str) -> str:
    """Return a name that is that of a file anywhere, in letters, digits and hyphens."""
    stem = re.sub(r"\.(txt|docx?|pdf|rtf|md|html?)$", "", name, flags=re.IGNORECASE)
    plain = unicodedata.normalize("NFKC", stem)
    return re.sub(r"[^\w]+", "-", plain).strip("-_")[:80] or "imported"


def _listing() -> str:
    """Return the formats, each with whether it is read and written."""
    from sourcebook.exchange.formats import every_format

    rows = [
        (
            form.name,
            " and ".join(way for way, there in (("in", form.read), ("out", form.is_written)) if there),
            f"{form.text} ({', '.join(each or 'a folder' for each in form.suffixes or ('',))})",
        )
        for form in every_format()
    ]
    wide = [max(len(row[column]) for row in rows) for column in (0, 1)]
    return "formats:\n" + "\n".join(f"  {n:{wide[0]}}  {w:{wide[1]}}  {about}" for n, w, about in rows)


def _add_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("format", metavar="FORMAT", help="one of those below")
    add_output(
        parser, "PATH", required=True, about="the file, or for some formats the folder, that is written"
    )


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("format", metavar="FORMAT", help="one of those below")
    parser.add_argument("path", type=Path, metavar="PATH", help="what the other tool wrote")
    add_output(parser, "OUT.jsonl", about="where proposals go (default: coded/proposals in the data folder)")
    parser.add_argument(
        "--by", type=name_of_person, metavar="NAME", help="who proposes what the file names no coder for"
    )
    parser.add_argument(
        "--coder",
        type=name_of_person,
        metavar="NAME",
        help="write what this coder marked as a coding pass, in place of proposals",
    )
    parser.add_argument(
        "--source", metavar="ID", help="the source that a document is which is not recognised"
    )
    parser.add_argument(
        "--texts",
        type=Path,
        metavar="FOLDER",
        help="write the texts of the file into a folder, from which a book can begin, and nothing else",
    )


COMMANDS = (
    Command(
        name="export",
        group="publish",
        text="write sources, codes and coded rows in the format of another tool",
        example="export web-annotation -o claims.jsonld --data my-data",
        run=_export,
        arguments=_add_export,
        more="Offsets count code points of the raw texts, or what the format prescribes. What a format cannot hold is "
        "listed.",
        listing=_listing,
    ),
    Command(
        name="import",
        group="publish",
        text="take what was coded in another tool: proposals, or a coding pass",
        example="import web-annotation claims.jsonld --data my-data",
        run=_import,
        arguments=_add_import,
        more="Documents are known by their id, their text, the address of their page, or their name. Words that a "
        "source does not have are refused, each with the nearest passage. What is coded already is not proposed; a "
        "code that is a question, an answer or a term of the data folder fills in what it means. Where several coders "
        "marked the texts, their agreement is printed.",
        listing=_listing,
    ),
)
