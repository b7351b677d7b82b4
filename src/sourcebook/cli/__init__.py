"""The command ``sourcebook``."""

from __future__ import annotations

import argparse
import errno
import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path

from sourcebook._version import __version__
from sourcebook.cli import data_commands, text_commands
from sourcebook.core.errors import SourcebookError

__all__ = ["main"]

#: Where the work on many texts can run.
_ENGINES = ("local", "dask")


def _name(text: str) -> str:
    """Return the name that an option gives; raise an error for a blank."""
    if not text.strip():
        raise argparse.ArgumentTypeError(f"expected a name, found {text!r}")
    return text


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
        data_commands.build,
        "check the data folder and build its derived tables, dictionary and package",
        "build --data my-data",
    )
    command(
        "check",
        data_commands.check,
        "check the data folder and report everything that is wrong",
        "check --data my-data",
    )
    command(
        "sentences",
        data_commands.sentences,
        "print the sentences of the sources with their ids",
        "sentences --data my-data > sentences.txt",
    )
    command(
        "agreement",
        data_commands.agreement,
        "print how the sources agree on each question",
        "agreement --data my-data",
    )


def _add_coding_commands(command: _Command) -> None:
    """Add the commands of coders."""
    anchor = command(
        "anchor",
        data_commands.anchor,
        "fill in the places of the quotes of coded tables, or report those that have none",
        "anchor my-data/coded/claims.csv --data my-data",
    )
    anchor.add_argument("tables", nargs="+", type=Path, metavar="TABLE.csv")
    template = command(
        "template",
        data_commands.template,
        "write an empty coding pass",
        "template --coder anna pass.csv --data my-data",
    )
    template.add_argument("--coder", required=True, type=_name, help="name of the coder")
    template.add_argument("output", type=Path, metavar="PASS.csv")
    reliability = command(
        "reliability",
        data_commands.reliability,
        "compare coding passes with the first, variable by variable",
        "reliability pass.csv --data my-data",
    )
    reliability.add_argument("passes", nargs="+", type=Path, metavar="PASS.csv")


def _add_text_commands(command: _Command) -> None:
    """Add the commands on texts of any number, which need no data folder."""
    duplicates = command(
        "duplicates",
        text_commands.duplicates,
        "find texts that are nearly the same, in few or in millions",
        "duplicates articles.csv --threshold 0.8 -o pairs.csv",
    )
    _add_reuse_options(duplicates)
    duplicates.add_argument("--threshold", type=float, default=0.5, help="least similarity (default: 0.5)")
    duplicates.add_argument("--ngram", type=int, default=5, help="words in a shingle (default: 5)")
    passages = command(
        "passages",
        text_commands.passages,
        "find the passages that texts share, with their places in both",
        "passages texts/ --min-words 12 -o passages.csv",
    )
    _add_reuse_options(passages)
    passages.add_argument("--pairs", type=Path, help="file with two ids in a line: only these are compared")
    passages.add_argument(
        "--mode",
        choices=["edited", "verbatim", "paraphrase"],
        default="edited",
        help="verbatim: also short stretches, each for itself; paraphrase: summaries, too (default: edited)",
    )
    passages.add_argument(
        "--min-words", type=int, metavar="N", help="words in common (default: 20; verbatim: 6)"
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
    if isinstance(sys.stdout, TextIOWrapper) and not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8")  # as every file is, whatever the machine prefers
    try:
        with _notices():
            options.run(options)
            sys.stdout.flush()
    except SourcebookError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read the output has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        print(_of_the_machine(error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; what was there before is as it was", file=sys.stderr)
        return 130
    return 0


@contextmanager
def _notices() -> Iterator[None]:
    """Print what the library logs as a warning on standard error, as it is."""
    logger, handler = logging.getLogger("sourcebook"), logging.StreamHandler(sys.stderr)
    handler.setLevel(logging.WARNING)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


_EXPECTED = {
    errno.ENOSPC: ("room on the disk", "free some, and run this again"),
    errno.EDQUOT: ("room on the disk", "free some, and run this again"),
    errno.EFBIG: ("a file that may grow so large", "raise the limit, and run this again"),
    errno.EACCES: ("a path with the rights for this", "check the rights, or name another path"),
    errno.EROFS: ("a folder in which to write", "name another path"),
}


def _of_the_machine(error: OSError) -> str:
    """Return what the operating system did not allow, where, and what to do."""
    expected, action = _EXPECTED.get(error.errno or 0, ("a readable path", "check the path and its rights"))
    where = f"{error.filename}: " if error.filename is not None else ""
    return f"{where}expected {expected}, found {error.strerror or error} → {action}"
