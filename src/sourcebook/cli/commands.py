"""What a command is, and the parser of all of them in the order of the work."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from sourcebook._version import __version__

__all__ = ["GROUPS", "Command", "parser_of"]

#: The groups of commands in the order of the work, each with what it is for.
GROUPS = {
    "start": "from a folder of documents to a data folder",
    "code": "claims from the words of the documents",
    "check": "what is wrong, and what follows",
    "build": "from claims to tables and pages",
    "publish": "for readers and for other tools",
    "texts": "many texts, without a data folder",
}

_CODES = """
Exit codes: 0 done; 1 something is wrong in the data, or the machine did not allow it; 2 the command line is not
understood; 130 stopped. Messages go to standard error as file:line:column, what was expected, what was found, and
what to do.
"""


def _no_arguments(parser: argparse.ArgumentParser) -> None:
    """Add no arguments."""


@dataclass(frozen=True, kw_only=True)
class Command:
    """A command: what it is called, what it does, and how it is asked.

    Attributes
    ----------
    name : str
        Its name.
    group : str
        Its group of :data:`GROUPS`.
    text : str
        What it does: a phrase without capital and full stop.
    example : str
        A call of it, from the name on.
    run : callable
        Does it, given the parsed arguments.
    arguments : callable
        Adds its arguments to its parser.
    more : str
        What a user should know besides, in sentences.
    listing : callable, optional
        Returns lines that the help ends with, before the example; it is called when the help is asked for.
    """

    name: str
    group: str
    text: str
    example: str
    run: Callable[[argparse.Namespace], None]
    arguments: Callable[[argparse.ArgumentParser], None] = _no_arguments
    more: str = ""
    listing: Callable[[], str] | None = None


class _Parser(argparse.ArgumentParser):
    """The parser of a command, whose help ends with lines that are made when it is asked for."""

    listing: Callable[[], str] | None = None

    def format_help(self) -> str:
        """Return the help."""
        text, example = super().format_help(), "\nExample: "
        if self.listing is None:
            return text
        head, _, tail = text.rpartition(example)
        return f"{head}\n{self.listing()}\n{example}{tail}"


def parser_of(commands: Iterable[Command]) -> argparse.ArgumentParser:
    """Return the parser of some commands.

    Parameters
    ----------
    commands : iterable of Command
        In the order in which those of a group are listed.

    Examples
    --------
    >>> walk = Command(name="walk", group="start", text="walk about", example="walk", run=print)
    >>> parser_of([walk]).parse_args(["walk"]).run is print
    True
    """
    commands = list(commands)
    parser = _Parser(
        prog="sourcebook",
        description="Claims anchored to the words of their sources.\n\n" + _listing(commands),
        epilog=_CODES.strip() + "\n`sourcebook COMMAND --help` explains a command and ends with an example.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    place = _Parser(add_help=False)
    for options, default in ((parser, None), (place, argparse.SUPPRESS)):
        options.add_argument(
            "--data",
            type=Path,
            default=default,
            metavar="FOLDER",
            help="data folder (default: the folder data here or around, or this folder)",
        )
    added = parser.add_subparsers(required=True, metavar="COMMAND", help="one of those above")
    for command in commands:
        about = f"{command.text[0].upper()}{command.text[1:]}."
        sub = added.add_parser(
            command.name,
            description=f"{about} {command.more}".strip(),
            epilog=f"Example: sourcebook {command.example}",
            parents=[place],
        )
        sub.listing = command.listing
        command.arguments(sub)
        sub.set_defaults(run=command.run)
    return parser


def _listing(commands: list[Command]) -> str:
    """Return the commands by group, each in a line."""
    width = max((len(command.name) for command in commands), default=0)
    lines: list[str] = []
    for group, purpose in GROUPS.items():
        if listed := [command for command in commands if command.group == group]:
            lines += [f"{group}: {purpose}"]
            lines += [f"  {command.name:{width}}  {command.text}" for command in listed]
    return "\n".join(lines)
