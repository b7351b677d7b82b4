"""The commands on texts of any number, which need no data folder."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from sourcebook.cli.commands import Command
from sourcebook.cli.options import add_table_output
from sourcebook.cli.outputs import check_output, deliver, format_of, show_progress
from sourcebook.core.errors import DataError, SourcebookError
from sourcebook.core.files import replacing

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COMMANDS"]

#: Where the work on many texts can run.
_ENGINES = ("local", "dask")


def _passages(options: argparse.Namespace) -> None:
    """Find shared passages."""
    from sourcebook.reuse import pan, passage_blocks

    paths, listed = options.paths, options.pairs
    if len(paths) == 1 and pan.is_task(paths[0]):
        paths, own = pan.task_paths(paths[0])
        listed = listed or own
    if format_of(options) == "pan" and options.output is None:
        raise SourcebookError("--format pan: expected a folder for its files, found none → name it with -o")
    inputs = [*options.paths, *([listed] if listed else [])]
    check_output(options.output, inputs, folder=format_of(options) == "pan")
    pairs = pan.read_pairs(listed) if listed else None
    blocks = passage_blocks(
        paths,
        mode=options.mode,
        pairs=pairs,
        min_words=options.min_words,
        **_where(options),
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

    if format_of(options) == "pan":
        found = pd.concat(list(blocks), ignore_index=True)
        files = pan.write_detections(found, options.output, pairs)
        print(f"{len(files)} files with {len(found)} passages written to {options.output}")
    elif options.output:
        with replacing(options.output) as file:
            rows = _write_blocks(blocks, file, format_of(options))
        print(f"{options.output}: {rows} rows")
    else:
        _write_blocks(blocks, sys.stdout, format_of(options))


def _write_blocks(blocks: Iterable[pd.DataFrame], file: IO[str], form: str) -> int:
    rows = 0
    for number, block in enumerate(blocks):
        rows += len(block)
        if form == "jsonl":
            file.write(block.to_json(orient="records", lines=True, force_ascii=False))
        else:
            block.to_csv(file, index=False, header=not number, lineterminator="\n")
    return rows


def _duplicates(options: argparse.Namespace) -> None:
    """Find near-duplicates."""
    from sourcebook.reuse import near_duplicates

    check_output(options.output, options.paths)
    try:
        found = near_duplicates(
            options.paths,
            ngram=options.ngram,
            threshold=options.threshold,
            **_where(options),
        )
    except ValueError as error:
        raise SourcebookError(str(error)) from None
    deliver(found, options)


def _where(options: argparse.Namespace) -> dict[str, Any]:
    """Return where the work runs: of the local engine, what parts gave is kept beside the output until it is done."""
    out = None if options.output is None else options.output.resolve()
    kept = (
        out and out.name and options.engine == "local" and (out.is_dir() or out.is_file() or not out.exists())
    )
    return {
        "engine": options.engine,
        "scheduler": options.scheduler,
        "memory": options.memory,
        "workers": options.workers,
        "checkpoints": out.with_name(f".{out.name}.parts") if out and kept else None,
        "progress": show_progress,
    }


def _add_reuse_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that both commands on many texts have."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="JSON lines, CSV, text or folder")
    parser.add_argument("--engine", choices=_ENGINES, default="local", help="where it runs (default: local)")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="of Dask (default: processes on this machine)")
    parser.add_argument(
        "--memory",
        default="2GB",
        metavar="SIZE",
        help="beyond it parts go to files (default: 2GB); each process itself takes some 75 to 300 MB more",
    )
    parser.add_argument(
        "--workers",
        type=int,
        metavar="N",
        help="processes that work at a time (default: a core each); work of some seconds stays in one",
    )


def _add_duplicates(parser: argparse.ArgumentParser) -> None:
    _add_reuse_options(parser)
    add_table_output(parser, ("csv", "jsonl", "json"))
    parser.add_argument("--threshold", type=float, default=0.5, help="least similarity (default: 0.5)")
    parser.add_argument("--ngram", type=int, default=5, help="words in a shingle (default: 5)")


def _add_passages(parser: argparse.ArgumentParser) -> None:
    _add_reuse_options(parser)
    add_table_output(parser, ("csv", "jsonl", "pan"))
    parser.add_argument("--pairs", type=Path, help="file with two ids in a line: only these are compared")
    parser.add_argument(
        "--mode",
        choices=["edited", "verbatim", "paraphrase"],
        default="edited",
        help="verbatim: also short stretches, each for itself; paraphrase: summaries, too (default: edited)",
    )
    parser.add_argument(
        "--min-words", type=int, metavar="N", help="words in common (default: 20; verbatim: 6)"
    )


_RESUMED = "With -o, what parts gave is kept in .OUTPUT.parts until all is done: after a kill the same command goes on."

COMMANDS = (
    Command(
        name="duplicates",
        group="texts",
        text="find texts that are nearly the same, in few or in millions",
        example="duplicates articles.csv --threshold 0.8 -o pairs.csv",
        run=_duplicates,
        arguments=_add_duplicates,
        more=_RESUMED,
    ),
    Command(
        name="passages",
        group="texts",
        text="find the passages that texts share, with their places in both",
        example="passages texts/ --min-words 12 -o passages.csv",
        run=_passages,
        arguments=_add_passages,
        more=f"The format pan writes XML files into the folder of -o. {_RESUMED}",
    ),
)
