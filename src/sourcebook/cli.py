"""The command ``sourcebook``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from sourcebook._version import __version__
from sourcebook.core.errors import DataError, Problem, SourcebookError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["main"]

#: Where the work on many texts can run.
_ENGINES = ("local", "dask")


def _build(options: argparse.Namespace) -> None:
    from sourcebook.pipeline import datapackage, store
    from sourcebook.pipeline.build import build

    data = build(options.data)
    written = store.write(data)
    written += datapackage.write(data.folder)
    print(f"{len(written)} files written to {data.folder}")


def _check(options: argparse.Namespace) -> None:
    from sourcebook.pipeline import dataset

    data = dataset.read(options.data)
    rows = sum(len(frame) for frame in data.tables.values())
    print(f"{len(data.documents)} sources and {rows:,} rows in {len(data.tables)} tables: nothing is wrong")


def _anchor(options: argparse.Namespace) -> None:
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


def _sentences(options: argparse.Namespace) -> None:
    from sourcebook.sources.documents import read_documents, sentence_table

    frame = sentence_table(read_documents(_folder(options) / "raw"))
    for name, kind, text in zip(frame["sentence_id"], frame["kind"], frame["text"], strict=True):
        print(f"{name} [{kind}] {text}")


def _agreement(options: argparse.Namespace) -> None:
    from sourcebook.pipeline.build import build

    data = build(options.data)
    table = data["agreement"].merge(data["propositions"][["proposition_id", "question"]], on="proposition_id")
    _print(table[["question", "class", "sources", "agree", "compatible", "contradict", "agreement_status"]])


def _template(options: argparse.Namespace) -> None:
    from sourcebook.coding import passes
    from sourcebook.core import csvfiles
    from sourcebook.pipeline import dataset
    from sourcebook.sources.documents import sentence_table

    if options.output.exists():
        raise SourcebookError(f"{options.output}: expected a new file, found one → name another, or move it")
    _check_output(options.output)
    data = dataset.read(options.data)
    frame = passes.template(data.tables, sentence_table(data.documents), data.schemas, coder=options.coder)
    csvfiles.write_table(frame, options.output)
    print(f"{options.output}: {len(frame)} cells to fill in")


def _reliability(options: argparse.Namespace) -> None:
    from sourcebook.coding import passes
    from sourcebook.pipeline import dataset
    from sourcebook.sources.documents import sentence_table

    data = dataset.read(options.data)
    sentences = sentence_table(data.documents)
    further = [passes.read_pass(path, data.tables, sentences, data.schemas) for path in options.passes]
    coded = passes.blind_passes(data.tables, sentences, data.schemas, data.record, further)
    questions = passes.all_questions(data.tables)
    measured = passes.agreement(passes.reliability_data(coded, questions, data.schemas))
    _print(measured[["variable", "units", "disagreements", "percent", "alpha", "low", "high", "status"]])


def _passages(options: argparse.Namespace) -> None:
    from sourcebook.reuse import pan, passage_blocks

    paths, listed = options.paths, options.pairs
    if len(paths) == 1 and pan.is_task(paths[0]):
        paths, own = pan.task_paths(paths[0])
        listed = listed or own
    if options.format == "pan" and options.output is None:
        raise SourcebookError("--format pan: expected a folder for its files, found none → name it with -o")
    _check_output(options.output, folder=options.format == "pan")
    pairs = pan.read_pairs(listed) if listed else None
    mode = options.mode or ("paraphrase" if options.format == "pan" else "verbatim")
    blocks = passage_blocks(
        paths,
        mode=mode,
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
    from sourcebook.reuse import near_duplicates

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
    """Raise an error for a place that cannot be written to, before the work and not after it."""
    if path is None:
        return
    if folder and path.exists() and not path.is_dir():
        raise SourcebookError(f"{path}: expected a folder for the files, found a file → name another with -o")
    if not folder and path.is_dir():
        raise SourcebookError(f"{path}: expected a file, found a folder → name a file in it with -o")
    if not folder and not path.parent.is_dir():
        raise SourcebookError(f"{path}: expected a folder {path.parent}, found none → make it")


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


def _name(text: str) -> str:
    """Return the name that an option gives; raise an error for a blank."""
    if not text.strip():
        raise argparse.ArgumentTypeError(f"expected a name, found {text!r}")
    return text


def _print(frame: pd.DataFrame) -> None:
    print(frame.to_string(index=False, max_colwidth=70, na_rep="–"))


def _folder(options: argparse.Namespace) -> Path:
    from sourcebook.pipeline import dataset

    return dataset.data_folder(options.data)


def _parser() -> argparse.ArgumentParser:
    """Return the parser: the commands in the order of the work, each with an example."""
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

    def command(
        name: str, run: Callable[[argparse.Namespace], None], text: str, example: str
    ) -> argparse.ArgumentParser:
        sub = commands.add_parser(
            name,
            help=text,
            description=f"{text[0].upper()}{text[1:]}.",
            epilog=f"Example: sourcebook {example}",
            parents=[place],
        )
        sub.set_defaults(run=run)
        return sub

    _add_data_commands(command)
    _add_coding_commands(command)
    _add_text_commands(command)
    return parser


_Command = Callable[[str, Callable[[argparse.Namespace], None], str, str], argparse.ArgumentParser]


def _add_data_commands(command: _Command) -> None:
    """Add the commands on a data folder as a whole."""
    command(
        "build",
        _build,
        "check the data folder and build its derived tables, dictionary and package",
        "build --data my-data",
    )
    command(
        "check", _check, "check the data folder and report everything that is wrong", "check --data my-data"
    )
    command(
        "sentences",
        _sentences,
        "print the sentences of the sources with their ids",
        "sentences --data my-data > sentences.txt",
    )
    command(
        "agreement",
        _agreement,
        "print how the sources agree on each question",
        "agreement --data my-data",
    )


def _add_coding_commands(command: _Command) -> None:
    """Add the commands of coders."""
    anchor = command(
        "anchor",
        _anchor,
        "fill in the places of the quotes of coded tables, or report those that have none",
        "anchor my-data/coded/claims.csv --data my-data",
    )
    anchor.add_argument("tables", nargs="+", type=Path, metavar="TABLE.csv")
    template = command(
        "template", _template, "write an empty coding pass", "template --coder anna pass.csv --data my-data"
    )
    template.add_argument("--coder", required=True, type=_name, help="name of the coder")
    template.add_argument("output", type=Path, metavar="PASS.csv")
    reliability = command(
        "reliability",
        _reliability,
        "compare coding passes with the first, variable by variable",
        "reliability pass.csv --data my-data",
    )
    reliability.add_argument("passes", nargs="+", type=Path, metavar="PASS.csv")


def _add_text_commands(command: _Command) -> None:
    """Add the commands on texts of any number, which need no data folder."""
    duplicates = command(
        "duplicates",
        _duplicates,
        "find texts that are nearly the same, in few or in millions",
        "duplicates articles.csv --threshold 0.8 -o pairs.csv",
    )
    _add_reuse_options(duplicates)
    duplicates.add_argument("--threshold", type=float, default=0.5, help="least similarity (default: 0.5)")
    duplicates.add_argument("--ngram", type=int, default=5, help="words in a shingle (default: 5)")
    passages = command(
        "passages",
        _passages,
        "find the passages that texts share, with their places in both",
        "passages texts/ --min-words 12 -o passages.csv",
    )
    _add_reuse_options(passages)
    passages.add_argument("--pairs", type=Path, help="file with two ids in a line: only these are compared")
    passages.add_argument(
        "--mode", choices=["verbatim", "paraphrase"], help="paraphrase finds reworded passages too"
    )
    passages.add_argument(
        "--min-words", type=int, metavar="N", help="words in common (default: 6; paraphrase: 20)"
    )
    passages.add_argument(
        "--format", choices=["csv", "jsonl", "pan"], default="csv", help="pan: XML files in the folder of -o"
    )


def _add_reuse_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that both commands on many texts have."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="JSON lines, CSV, text or folder")
    parser.add_argument("--engine", choices=_ENGINES, default="local", help="where it runs (default: local)")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="of Dask (default: processes on this machine)")
    parser.add_argument(
        "--memory",
        default="2GB",
        metavar="SIZE",
        help="beyond it parts go to files (default: 2GB); the process itself takes some 75 to 300 MB more",
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
        0, or 1 after an error that is the data's or the machine's, which is printed on standard error.
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
    """Return what the operating system did not allow, where, and what to do."""
    if error.filename is None:
        return str(error)
    expected = "a folder in which to write" if str(error.filename).endswith(".tmp") else "a readable path"
    return f"{error.filename}: expected {expected}, found {error.strerror} → check the path and its rights"


if __name__ == "__main__":
    sys.exit(main())
