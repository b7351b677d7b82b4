"""The command ``sourcebook``."""

from __future__ import annotations

import argparse
import errno
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper

from sourcebook.cli import (
    coding_commands,
    data_commands,
    exchange_commands,
    proposal_commands,
    release_commands,
    serve_command,
    sheet_commands,
    starter_commands,
    text_commands,
)
from sourcebook.cli.commands import parser_of
from sourcebook.cli.options import near_files
from sourcebook.core.errors import SourcebookError

__all__ = ["main"]

#: The modules of commands; each declares its own in ``COMMANDS``, which are listed in this order within a group.
_MODULES = (
    starter_commands,
    serve_command,
    sheet_commands,
    proposal_commands,
    coding_commands,
    data_commands,
    release_commands,
    exchange_commands,
    text_commands,
)


def _parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    return parser_of(command for module in _MODULES for command in module.COMMANDS)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments : sequence of str, optional
        Those of the process by default.

    Returns
    -------
    int
        0; 1 after an error that is the data's or the machine's, which is printed on standard error; 2 without a
        command, 130 when it was stopped.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = _parser()
    if not given:
        parser.print_help(sys.stderr)
        return 2
    options = parser.parse_args(given)
    if isinstance(sys.stdout, TextIOWrapper) and not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8")  # as every file is, whatever the machine prefers
    try:
        with _notices():
            options.run(options)
            sys.stdout.flush()
    except SourcebookError as error:
        print(error, *near_files(options), sep="\n", file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read the output has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        print(_of_the_machine(error), *near_files(options), sep="\n", file=sys.stderr)
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
