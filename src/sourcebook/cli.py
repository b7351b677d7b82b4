"""The command ``sourcebook``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd

from sourcebook import __version__, anchors, dictionary, passes, project, tables
from sourcebook.documents import read_documents, sentence_table
from sourcebook.errors import DataError, Problem, SourcebookError

__all__ = ["main"]


def _build(options: argparse.Namespace) -> None:
    data = project.build(options.data)
    written = project.write(data)
    written += dictionary.write(data.folder)
    print(f"{len(written)} files written to {data.folder}")


def _check(options: argparse.Namespace) -> None:
    data = project.read(options.data)
    rows = sum(len(frame) for frame in data.tables.values())
    print(f"{len(data.documents)} sources and {rows:,} rows in {len(data.tables)} tables: nothing is wrong")


def _anchor(options: argparse.Namespace) -> None:
    documents = read_documents(_folder(options) / "raw")
    filled: dict[Path, pd.DataFrame] = {}
    problems: list[Problem] = []
    for path in options.tables:
        try:
            filled[path] = anchors.fill_anchors(tables.read_table(path), documents, file=str(path))
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    for path, frame in filled.items():
        tables.write_table(frame, path)
        print(f"{path}: {len(frame)} quotes anchored")


def _sentences(options: argparse.Namespace) -> None:
    frame = sentence_table(read_documents(_folder(options) / "raw"))
    for name, kind, text in zip(frame["sentence_id"], frame["kind"], frame["text"], strict=True):
        print(f"{name} [{kind}] {text}")


def _agreement(options: argparse.Namespace) -> None:
    data = project.build(options.data)
    table = data["standing"].merge(data["propositions"][["proposition_id", "question"]], on="proposition_id")
    _print(table[["question", "sources", "agree", "compatible", "contradict", "standing"]])


def _template(options: argparse.Namespace) -> None:
    if options.output.exists():
        raise SourcebookError(f"{options.output}: expected a new file, found one → name another, or move it")
    data = project.read(options.data)
    frame = passes.template(data.tables, sentence_table(data.documents), coder=options.coder)
    tables.write_table(frame, options.output)
    print(f"{options.output}: {len(frame)} cells to fill in")


def _reliability(options: argparse.Namespace) -> None:
    data = project.read(options.data)
    sentences = sentence_table(data.documents)
    coded = [passes.first_pass(data.tables, sentences)]
    coded += [passes.read_pass(path, data.tables, sentences) for path in options.passes]
    measured = passes.agreement(passes.reliability_data(coded, data.tables["propositions"]))
    _print(measured[["variable", "units", "disagreements", "percent", "alpha", "low", "high", "status"]])


def _print(frame: pd.DataFrame) -> None:
    print(frame.to_string(index=False, max_colwidth=70, na_rep="–"))


def _folder(options: argparse.Namespace) -> Path:
    return options.data or project.default_folder()


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
    return parser


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
    except (SourcebookError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
