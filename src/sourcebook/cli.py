"""The command ``sourcebook``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TextIO

import pandas as pd

from sourcebook._version import __version__
from sourcebook.coding import passes
from sourcebook.core import csvfiles
from sourcebook.core.errors import DataError, Problem, SourcebookError
from sourcebook.pipeline import datapackage, dataset, store
from sourcebook.pipeline.build import build
from sourcebook.reuse import near_duplicates, pan, passage_blocks
from sourcebook.reuse.engine import ENGINES
from sourcebook.sources.documents import read_documents, sentence_table
from sourcebook.text import quotes

__all__ = ["main"]


def _build(options: argparse.Namespace) -> None:
    data = build(options.data)
    written = store.write(data)
    written += datapackage.write(data.folder)
    print(f"{len(written)} files written to {data.folder}")


def _check(options: argparse.Namespace) -> None:
    data = dataset.read(options.data)
    rows = sum(len(frame) for frame in data.tables.values())
    print(f"{len(data.documents)} sources and {rows:,} rows in {len(data.tables)} tables: nothing is wrong")


def _anchor(options: argparse.Namespace) -> None:
    documents = read_documents(_folder(options) / "raw")
    filled: dict[Path, pd.DataFrame] = {}
    problems: list[Problem] = []
    for path in options.tables:
        try:
            filled[path] = quotes.fill_anchors(csvfiles.read_table(path), documents, file=str(path))
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    for path, frame in filled.items():
        csvfiles.write_table(frame, path)
        print(f"{path}: {len(frame)} quotes anchored")


def _sentences(options: argparse.Namespace) -> None:
    frame = sentence_table(read_documents(_folder(options) / "raw"))
    for name, kind, text in zip(frame["sentence_id"], frame["kind"], frame["text"], strict=True):
        print(f"{name} [{kind}] {text}")


def _agreement(options: argparse.Namespace) -> None:
    data = build(options.data)
    table = data["agreement"].merge(data["propositions"][["proposition_id", "question"]], on="proposition_id")
    _print(table[["question", "sources", "agree", "compatible", "contradict", "agreement_status"]])


def _template(options: argparse.Namespace) -> None:
    if options.output.exists():
        raise SourcebookError(f"{options.output}: expected a new file, found one → name another, or move it")
    _check_output(options.output)
    data = dataset.read(options.data)
    frame = passes.template(data.tables, sentence_table(data.documents), coder=options.coder)
    csvfiles.write_table(frame, options.output)
    print(f"{options.output}: {len(frame)} cells to fill in")


def _reliability(options: argparse.Namespace) -> None:
    data = dataset.read(options.data)
    sentences = sentence_table(data.documents)
    coded = [passes.first_pass(data.tables, sentences)]
    coded += [passes.read_pass(path, data.tables, sentences) for path in options.passes]
    measured = passes.agreement(passes.reliability_data(coded, data.tables["propositions"]))
    _print(measured[["variable", "units", "disagreements", "percent", "alpha", "low", "high", "status"]])


def _passages(options: argparse.Namespace) -> None:
    paths, listed = options.paths, options.pairs
    if len(paths) == 1 and pan.is_task(paths[0]):
        paths, own = pan.task_paths(paths[0])
        listed = listed or own
    if options.format == "pan" and options.output is None:
        raise SourcebookError("--format pan: expected a folder for its files, found none → name it with -o")
    _check_output(options.output, folder=options.format == "pan")
    pairs = pan.read_pairs(listed) if listed else None
    edits = options.edits or ("heavy" if options.format == "pan" else "light")
    blocks = passage_blocks(
        paths,
        edits=edits,
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


def _deliver(
    blocks: Iterable[pd.DataFrame], pairs: list[tuple[str, str]] | None, options: argparse.Namespace
) -> None:
    if options.format == "pan":
        found = pd.concat(list(blocks), ignore_index=True)
        files = pan.write_detections(found, options.output, pairs)
        print(f"{len(files)} files with {len(found)} passages written to {options.output}")
    elif options.output:
        with options.output.open("w", encoding="utf-8", newline="") as file:
            rows = _write_blocks(blocks, file, options.format)
        print(f"{options.output}: {rows} rows")
    else:
        _write_blocks(blocks, sys.stdout, options.format)


def _write_blocks(blocks: Iterable[pd.DataFrame], file: TextIO, form: str) -> int:
    rows = 0
    for number, block in enumerate(blocks):
        rows += len(block)
        if form == "jsonl":
            file.write(block.to_json(orient="records", lines=True, force_ascii=False))
        else:
            block.to_csv(file, index=False, header=not number, lineterminator="\n")
    return rows


def _duplicates(options: argparse.Namespace) -> None:
    _check_output(options.output)
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


def _check_output(path: Path | None, *, folder: bool = False) -> None:
    """Refuse a place that cannot be written to, before the work and not after it."""
    if path is None:
        return
    if folder and path.exists() and not path.is_dir():
        raise SourcebookError(f"{path}: expected a folder for the files, found a file → name another with -o")
    if not folder and path.is_dir():
        raise SourcebookError(f"{path}: expected a file, found a folder → name a file in it with -o")
    if not folder and not path.parent.is_dir():
        raise SourcebookError(f"{path}: expected a folder {path.parent}, found none → make it")


def _show_progress(stage: str, done: int, total: int) -> None:
    """Say on standard error how far a stage is: over and over on a terminal, else when it is done."""
    if sys.stderr.isatty() or done == total:
        end = "\n" if done == total else "\r"
        print(f"{stage}: {done}{f' of {total}' if total else ''}", end=end, file=sys.stderr, flush=True)


def _write(frame: pd.DataFrame, path: Path | None) -> None:
    """Write a table as CSV to a file, and say so, or to standard output."""
    if path is None:
        frame.to_csv(sys.stdout, index=False, lineterminator="\n")
    else:
        csvfiles.write_table(frame, path)
        print(f"{path}: {len(frame)} rows")


def _print(frame: pd.DataFrame) -> None:
    print(frame.to_string(index=False, max_colwidth=70, na_rep="–"))


def _folder(options: argparse.Namespace) -> Path:
    return options.data or dataset.default_folder()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sourcebook", description="Claims anchored to the words of their sources."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    place = argparse.ArgumentParser(add_help=False)
    for options, default in ((parser, None), (place, argparse.SUPPRESS)):
        options.add_argument(
            "--data",
            type=Path,
            default=default,
            metavar="FOLDER",
            help="data folder (default: the data that came with the package)",
        )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], None], text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text, parents=[place])
        sub.set_defaults(run=run)
        return sub

    command("build", _build, "check the data folder and build its derived tables, dictionary and package")
    command("check", _check, "check the data folder and report everything that is wrong")
    command("sentences", _sentences, "print the sentences of the sources with their ids")
    command("agreement", _agreement, "print how the sources stand to each proposition")
    anchor = command("anchor", _anchor, "fill in where the quotes of coded tables stand, or refuse")
    anchor.add_argument("tables", nargs="+", type=Path, metavar="TABLE.csv")
    template = command("template", _template, "write an empty coding pass")
    template.add_argument("--coder", required=True, help="name of the coder")
    template.add_argument("output", type=Path, metavar="PASS.csv")
    reliability = command(
        "reliability", _reliability, "compare coding passes with the first, variable by variable"
    )
    reliability.add_argument("passes", nargs="+", type=Path, metavar="PASS.csv")
    duplicates = command(
        "duplicates", _duplicates, "find texts that are nearly the same, in few or in millions"
    )
    _reuse_options(duplicates)
    duplicates.add_argument("--threshold", type=float, default=0.5, help="least similarity (default: 0.5)")
    duplicates.add_argument("--ngram", type=int, default=5, help="words in a shingle (default: 5)")
    passages = command("passages", _passages, "find the passages that texts share, with their places in both")
    _reuse_options(passages)
    passages.add_argument("--pairs", type=Path, help="file with two ids in a line: only these are compared")
    passages.add_argument("--edits", choices=["light", "heavy"], help="heavy finds reworded passages too")
    passages.add_argument(
        "--min-words", type=int, metavar="N", help="words in common (default: 6; heavy: 20)"
    )
    passages.add_argument(
        "--format", choices=["csv", "jsonl", "pan"], default="csv", help="pan: XML files in the folder of -o"
    )
    return parser


def _reuse_options(parser: argparse.ArgumentParser) -> None:
    """Add what the commands on many texts have in common."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="JSON lines, CSV, text or folder")
    parser.add_argument("--engine", choices=ENGINES, default="local", help="where it runs (default: local)")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="of Dask (default: processes on this machine)")
    parser.add_argument(
        "--memory",
        default="2GB",
        metavar="SIZE",
        help="beyond it parts go to files (default: 2GB); the process itself takes some 75 to 300 MB beside it",
    )
    parser.add_argument("-o", "--output", type=Path, metavar="OUT.csv", help="default: standard output")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments : sequence of str, optional
        Those of the process by default.

    Returns
    -------
    int
        0, or 1 after an error that is the data's or the machine's, told on standard error.
    """
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except SourcebookError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(_of_the_machine(error), file=sys.stderr)
        return 1
    return 0


def _of_the_machine(error: OSError) -> str:
    """Say what the machine refused, where, and what to do."""
    if error.filename is None:
        return str(error)
    expected = "a folder in which to write" if str(error.filename).endswith(".tmp") else "a readable path"
    return f"{error.filename}: expected {expected}, found {error.strerror} → check the path and its rights"


if __name__ == "__main__":
    sys.exit(main())
