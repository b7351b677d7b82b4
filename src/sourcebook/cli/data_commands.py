"""The commands on a data folder: build, check, and what coders need."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from sourcebook.cli.outputs import check_output
from sourcebook.core.errors import DataError, Problem, SourcebookError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["agreement", "anchor", "build", "check", "reliability", "sentences", "template"]


def build(options: argparse.Namespace) -> None:
    """Build the derived tables, the dictionary and the Data Package."""
    from sourcebook.pipeline import build as steps
    from sourcebook.pipeline import datapackage, own_files, store

    own_files.refuse_documents(_folder(options))
    data = steps.build(options.data)
    written = store.write(data)
    written += datapackage.write(data.folder)
    print(f"{len(written)} files written to {data.folder}")


def check(options: argparse.Namespace) -> None:
    """Check the data folder."""
    from sourcebook.pipeline import dataset

    data = dataset.read(options.data)
    rows = sum(len(frame) for frame in data.tables.values())
    print(f"{len(data.documents)} sources and {rows:,} rows in {len(data.tables)} tables: nothing is wrong")


def anchor(options: argparse.Namespace) -> None:
    """Fill in the places of quotes."""
    from sourcebook.core import csvfiles
    from sourcebook.sources.documents import read_documents
    from sourcebook.text import anchors

    documents = read_documents(_folder(options) / "raw")
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


def sentences(options: argparse.Namespace) -> None:
    """Print the sentences of the sources."""
    from sourcebook.sources.documents import read_documents, sentence_table

    frame = sentence_table(read_documents(_folder(options) / "raw"))
    for name, kind, text in zip(frame["sentence_id"], frame["kind"], frame["text"], strict=True):
        print(f"{name} [{kind}] {text}")


def agreement(options: argparse.Namespace) -> None:
    """Print how the sources agree."""
    from sourcebook.pipeline import build as steps

    data = steps.build(options.data)
    table = data["agreement"].merge(data["propositions"][["proposition_id", "question"]], on="proposition_id")
    _print(table[["question", "class", "sources", "agree", "compatible", "contradict", "agreement_status"]])


def template(options: argparse.Namespace) -> None:
    """Write an empty coding pass."""
    from sourcebook.coding import passes
    from sourcebook.core import csvfiles
    from sourcebook.pipeline import dataset
    from sourcebook.sources.documents import sentence_table

    if options.output.exists():
        raise SourcebookError(f"{options.output}: expected a new file, found one → name another, or move it")
    check_output(options.output)
    data = dataset.read(options.data)
    frame = passes.template(data.tables, sentence_table(data.documents), data.schemas, coder=options.coder)
    csvfiles.write_table(frame, options.output)
    print(f"{options.output}: {len(frame)} cells to fill in")


def reliability(options: argparse.Namespace) -> None:
    """Compare coding passes."""
    from sourcebook.coding import passes
    from sourcebook.coding.coders import coder_problems
    from sourcebook.pipeline import dataset
    from sourcebook.sources.documents import sentence_table

    data = dataset.read(options.data)
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
    _print(measured[["variable", "units", "disagreements", "percent", "alpha", "low", "high", "status"]])


def _print(frame: pd.DataFrame) -> None:
    print(frame.to_string(index=False, max_colwidth=70, na_rep="–"))


def _folder(options: argparse.Namespace) -> Path:
    from sourcebook.pipeline import dataset

    return dataset.data_folder(options.data)
