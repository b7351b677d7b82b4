"""The commands on a data folder as a whole: check, agreement, build."""

from __future__ import annotations

import argparse
import dataclasses
from typing import TYPE_CHECKING

from sourcebook.cli.commands import Command
from sourcebook.cli.options import add_table_output, data_folder
from sourcebook.cli.outputs import check_output, deliver, format_of

if TYPE_CHECKING:
    import pandas as pd

    from sourcebook.core.errors import Problem
    from sourcebook.pipeline.dataset import Dataset

__all__ = ["COMMANDS"]


def _check(options: argparse.Namespace) -> None:
    """Check the data folder."""
    from sourcebook.coding.value_doubts import value_doubts
    from sourcebook.core.errors import DataError, SourcebookError
    from sourcebook.pipeline import dataset

    check_output(options.output)
    as_text = options.output is None and format_of(options) == "text"
    try:
        data = dataset.read(data_folder(options))
    except DataError as error:
        if as_text:
            raise
        deliver(_as_table(error.problems), options)
        raise SourcebookError(f"problems in the data: {len(error.problems)}") from None
    typed = _typed_numbers(data)
    if not as_text:
        deliver(_as_table(typed), options)
        if typed:
            raise SourcebookError(f"typed numbers in chapters: {len(typed)}")
        return
    rows = sum(len(frame) for frame in data.tables.values())
    doubts = value_doubts(data.tables["claims"], data.tables["propositions"], data.documents, data.schemas)
    told = " in the tables" if typed else ""
    told += f"; to look at: {len(doubts)}" if doubts else ""
    print(
        f"{len(data.documents)} sources and {rows:,} rows in {len(data.tables)} tables: nothing is wrong{told}"
    )
    for doubt in doubts:
        print(f"to look at: {doubt}")
    if typed:
        raise SourcebookError(
            "\n".join(map(str, typed))
            + f"\ntyped in chapters, where `sourcebook book` refuses them: {len(typed)}; type, for instance, "
            "{value}`count.sources` for a number of the tables, or "
            "“some 640 people” with its quotation marks for the words of a source"
        )


def _typed_numbers(data: Dataset) -> list[Problem]:
    """Return the numbers that somebody typed in the chapters around a data folder, where books can be rendered."""
    try:
        from sourcebook.book.typed_numbers import typed_numbers
    except ImportError:  # without the extra `book`
        return []
    return typed_numbers(data.folder.resolve().parent, data)


def _as_table(problems: list[Problem]) -> pd.DataFrame:
    """Return problems as a table."""
    import pandas as pd

    from sourcebook.core.errors import Problem

    columns = [field.name for field in dataclasses.fields(Problem)]
    return pd.DataFrame(
        [[getattr(problem, name) for name in columns] for problem in problems], columns=columns
    )


def _agreement(options: argparse.Namespace) -> None:
    """Print how the sources agree."""
    from sourcebook.pipeline import build as steps

    check_output(options.output)
    data = steps.build(data_folder(options))
    table = data["agreement"].merge(data["propositions"][["proposition_id", "question"]], on="proposition_id")
    deliver(
        table[["question", "class", "sources", "agree", "compatible", "contradict", "agreement_status"]],
        options,
    )


def _build(options: argparse.Namespace) -> None:
    """Build the derived tables, the dictionary and the Data Package."""
    from sourcebook.pipeline.refresh import refresh

    data, written = refresh(data_folder(options))
    print(f"{len(written)} files written to {data.folder}")


COMMANDS = (
    Command(
        name="check",
        group="check",
        text="check the data folder and report everything that is wrong",
        example="check --data my-data --json",
        more="A number that is typed in a chapter is wrong, too: `sourcebook book` refuses it.",
        run=_check,
        arguments=add_table_output,
    ),
    Command(
        name="agreement",
        group="check",
        text="print how the sources agree on each question",
        example="agreement --data my-data -o agreement.csv",
        run=_agreement,
        arguments=add_table_output,
    ),
    Command(
        name="build",
        group="build",
        text="check the data folder and build its derived tables, dictionary and package",
        example="build --data my-data",
        run=_build,
    ),
)
