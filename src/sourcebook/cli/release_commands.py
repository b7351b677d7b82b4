"""The commands on releases of a data folder."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from sourcebook.cli.commands import Command
from sourcebook.cli.options import add_table_output, data_folder
from sourcebook.cli.outputs import check_output, deliver

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COMMANDS"]

_WIDEST = 60


def _compare(options: argparse.Namespace) -> None:
    """Print what changed between two releases."""
    from sourcebook.exchange.releases import opened_release
    from sourcebook.pipeline.releases import compare_releases

    given = [options.old, *([options.new] if options.new else [])]
    check_output(options.output, given)
    new = options.new or data_folder(options)
    with opened_release(options.old) as old_folder, opened_release(new) as new_folder:
        changes = compare_releases(old_folder, new_folder)
    deliver(changes, options, _as_text)


def _as_text(changes: pd.DataFrame) -> str:
    """Return changes for people: how many in each table, then each."""
    from sourcebook.pipeline.releases import summarise_changes

    if changes.empty:
        return "no change\n"
    lines = [summarise_changes(changes).to_string(index=False), ""]
    for table, key, change, column, old, new in changes.to_numpy(dtype=object).tolist():
        words = f"{column}: {_short(old)} → {_short(new)}" if column else _short(old or new)
        lines.append(f"{table} {key}: {change}{' ' if column else ': '}{words}")
    return "\n".join(lines) + "\n"


def _short(text: str) -> str:
    words = " ".join(text.split()) or "(empty)"
    return words if len(words) <= _WIDEST else words[: _WIDEST - 1] + "…"


def _arguments(parser: argparse.ArgumentParser) -> None:
    """Add the two releases."""
    parser.add_argument(
        "old",
        type=Path,
        metavar="OLD",
        help="the older release: a data folder, a checkout, a Data Package, or a ZIP archive of one",
    )
    parser.add_argument(
        "new",
        type=Path,
        nargs="?",
        metavar="NEW",
        help="the newer one (default: the data folder of --data)",
    )
    add_table_output(parser)


COMMANDS = (
    Command(
        name="compare",
        group="publish",
        text="print the claims, sentences, relations and numbers that changed between two releases",
        example="compare release-1.zip my-data -o changes.csv",
        run=_compare,
        arguments=_arguments,
    ),
)
