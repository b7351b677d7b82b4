"""The commands on texts of any number, which need no data folder."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING

from sourcebook.cli.outputs import check_output
from sourcebook.core.errors import DataError, SourcebookError
from sourcebook.core.files import replacing

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["duplicates", "passages"]


def passages(options: argparse.Namespace) -> None:
    """Find shared passages."""
    from sourcebook.reuse import pan, passage_blocks

    paths, listed = options.paths, options.pairs
    if len(paths) == 1 and pan.is_task(paths[0]):
        paths, own = pan.task_paths(paths[0])
        listed = listed or own
    if options.format == "pan" and options.output is None:
        raise SourcebookError("--format pan: expected a folder for its files, found none → name it with -o")
    inputs = [*options.paths, *([listed] if listed else [])]
    check_output(options.output, inputs, folder=options.format == "pan")
    pairs = pan.read_pairs(listed) if listed else None
    blocks = passage_blocks(
        paths,
        mode=options.mode,
        pairs=pairs,
        min_words=options.min_words,
        engine=options.engine,
        scheduler=options.scheduler,
        memory=options.memory,
        progress=_show_progress,
    )
    try:
        _deliver(blocks, pairs, options)
    except ValueError as error:
        raise SourcebookError(str(error)) from None
    except DataError as error:
        raise DataError(pan.placed(error.problems, listed) if listed else error.problems) from None


def _deliver(
    blocks: Iterable[pd.DataFrame], pairs: list[tuple[str, str]] | None, options: argparse.Namespace
) -> None:
    import pandas as pd

    from sourcebook.reuse import pan

    if options.format == "pan":
        found = pd.concat(list(blocks), ignore_index=True)
        files = pan.write_detections(found, options.output, pairs)
        print(f"{len(files)} files with {len(found)} passages written to {options.output}")
    elif options.output:
        with replacing(options.output) as file:
            rows = _write_blocks(blocks, file, options.format)
        print(f"{options.output}: {rows} rows")
    else:
        _write_blocks(blocks, sys.stdout, options.format)


def _write_blocks(blocks: Iterable[pd.DataFrame], file: IO[str], form: str) -> int:
    rows = 0
    for number, block in enumerate(blocks):
        rows += len(block)
        if form == "jsonl":
            file.write(block.to_json(orient="records", lines=True, force_ascii=False))
        else:
            block.to_csv(file, index=False, header=not number, lineterminator="\n")
    return rows


def duplicates(options: argparse.Namespace) -> None:
    """Find near-duplicates."""
    from sourcebook.reuse import near_duplicates

    check_output(options.output, options.paths)
    try:
        found = near_duplicates(
            options.paths,
            ngram=options.ngram,
            threshold=options.threshold,
            memory=options.memory,
            engine=options.engine,
            scheduler=options.scheduler,
            progress=_show_progress,
        )
    except ValueError as error:
        raise SourcebookError(str(error)) from None
    _write(found, options.output)


def _show_progress(stage: str, done: int, total: int) -> None:
    """Print on standard error how far a stage is: over and over on a terminal, else when it is done."""
    if sys.stderr.isatty() or done == total:
        end = "\n" if done == total else "\r"
        print(f"{stage}: {done}{f' of {total}' if total else ''}", end=end, file=sys.stderr, flush=True)


def _write(frame: pd.DataFrame, path: Path | None) -> None:
    """Write a table as CSV to a file, or to standard output."""
    from sourcebook.core import csvfiles

    if path is None:
        frame.to_csv(sys.stdout, index=False, lineterminator="\n")
    else:
        csvfiles.write_table(frame, path)
        print(f"{path}: {len(frame)} rows")
