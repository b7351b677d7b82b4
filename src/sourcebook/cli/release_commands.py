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
    check_output(options.feed)
    new = options.new or data_folder(options)
    with opened_release(options.old) as old_folder, opened_release(new) as new_folder:
        changes = compare_releases(old_folder, new_folder)
        if options.feed:
            _write_feed(options.feed, changes, new_folder)
    deliver(changes, options, _as_text)


def _write_feed(path: Path, changes: pd.DataFrame, folder: Path) -> None:
    """Put the changes before those that a feed has, with what the newer release says of itself."""
    from sourcebook.core.about import read_about
    from sourcebook.core.files import write_bytes
    from sourcebook.exchange.atom import add_to_feed

    about = read_about(folder)
    makers = [each["title"] for each in about.contributors or () if each.get("title")]
    feed = add_to_feed(
        path.read_bytes() if path.exists() else b"",
        changes,
        title=about.title,
        author=makers[0] if makers else "",
        version=about.version or "",
        address=about.homepage or "",
        where=str(path),
    )
    write_bytes(path, feed)


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
    parser.add_argument(
        "--feed",
        type=Path,
        metavar="FILE",
        help="Atom feed to which the changes of claims and questions are added; the book serves changes.atom beside "
        "its _config.yml to those who follow it",
    )
    add_table_output(parser)


COMMANDS = (
    Command(
        name="compare",
        group="publish",
        text="print the claims, sentences, relations and numbers that changed between two releases",
        example="compare release-1.zip data --feed changes.atom",
        run=_compare,
        arguments=_arguments,
    ),
)
