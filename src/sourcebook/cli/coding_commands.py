"""The commands of coders: sentences, anchors, and coding passes."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from sourcebook.cli.commands import Command
from sourcebook.cli.options import add_table_output, data_folder, name_of_person, own_folder
from sourcebook.cli.outputs import check_output, deliver
from sourcebook.core.errors import DataError, Problem, SourcebookError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COMMANDS"]


def _anchor(options: argparse.Namespace) -> None:
    """Fill in the places of quotes."""
    from sourcebook.core import csvfiles
    from sourcebook.sources.documents import read_documents
    from sourcebook.text import anchors

    documents = read_documents(own_folder(options) / "raw")
    filled: dict[Path, pd.DataFrame] = {}
    problems: list[Problem] = []
    for path in options.tables:
        try:
            filled[path] = anchors.fill_anchors(csvfiles.read_table(path), documents, file=str(path))
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    for path, frame in filled.items():
        csvfiles.write_table(frame, path)
        print(f"{path}: {len(frame)} quotes anchored")


def _sentences(options: argparse.Namespace) -> None:
    """Print the sentences of the sources."""
    from sourcebook.sources.documents import read_documents, sentence_table

    frame = sentence_table(read_documents(data_folder(options) / "raw"))
    for name, kind, text in zip(frame["sentence_id"], frame["kind"], frame["text"], strict=True):
        print(f"{name} [{kind}] {text}")


def _template(options: argparse.Namespace) -> None:
    """Write an empty coding pass."""
    from sourcebook.coding import passes
    from sourcebook.core import csvfiles
    from sourcebook.pipeline import dataset
    from sourcebook.sources.documents import sentence_table

    if options.output.exists():
        raise SourcebookError(f"{options.output}: expected a new file, found one → name another, or move it")
    check_output(options.output)
    data = dataset.read(data_folder(options))
    frame = passes.template(data.tables, sentence_table(data.documents), data.schemas, coder=options.coder)
    csvfiles.write_table(frame, options.output)
    print(f"{options.output}: {len(frame)} cells to fill in")


def _reliability(options: argparse.Namespace) -> None:
    """Compare coding passes."""
    from sourcebook.coding import passes
    from sourcebook.coding.coders import coder_problems
    from sourcebook.pipeline import dataset
    from sourcebook.sources.documents import sentence_table

    data = dataset.read(data_folder(options))
    sentences = sentence_table(data.documents)
    further = [passes.read_pass(path, data.tables, sentences, data.schemas) for path in options.passes]
    named = dict(zip(map(str, options.passes), further, strict=True))
    kept = {f"coded/passes/record, file {n}": frame for n, frame in enumerate(data.record, 1)}
    first = kept or {"the coded tables": passes.first_pass(data.tables, sentences, data.schemas)}
    if len(named) < len(further):
        raise SourcebookError("PASS.csv: expected each file once, found one twice → name another")
    if problems := coder_problems({**first, **named}):
        raise DataError(problems)
    coded = passes.blind_passes(data.tables, sentences, data.schemas, data.record, further)
    questions = passes.all_questions(data.tables)
    measured = passes.agreement(passes.reliability_data(coded, questions, data.schemas))
    deliver(
        measured[["variable", "units", "disagreements", "percent", "alpha", "low", "high", "status"]], options
    )


def _add_anchor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("tables", nargs="+", type=Path, metavar="TABLE.csv")


def _add_template(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--coder", required=True, type=name_of_person, help="name of the coder")
    parser.add_argument("output", type=Path, metavar="PASS.csv")


def _add_reliability(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("passes", nargs="+", type=Path, metavar="PASS.csv")
    add_table_output(parser)


COMMANDS = (
    Command(
        name="sentences",
        group="code",
        text="print the sentences of the sources with their ids",
        example="sentences --data my-data > sentences.txt",
        run=_sentences,
    ),
    Command(
        name="anchor",
        group="code",
        text="fill in the places of the quotes of coded tables, or report those that have none",
        example="anchor my-data/coded/claims.csv --data my-data",
        run=_anchor,
        arguments=_add_anchor,
    ),
    Command(
        name="template",
        group="code",
        text="write an empty coding pass",
        example="template --coder anna pass.csv --data my-data",
        run=_template,
        arguments=_add_template,
    ),
    Command(
        name="reliability",
        group="check",
        text="compare coding passes with the first, variable by variable",
        example="reliability pass.csv --data my-data",
        run=_reliability,
        arguments=_add_reliability,
    ),
)
