"""Read the TOML files of a data folder, and say in which line a key is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from sourcebook.core.errors import DataError, Problem

__all__ = ["Fault", "TomlFile", "read_toml"]

#: Characters of a line; to read a key of many parts takes tomllib time with the square of its length.
_LONGEST = 10_000
#: Key, what is found, what is expected.
Fault = tuple[str, str, str]

#: How pydantic begins what it expects.
_SHOULD = re.compile(r"^(Value error, |\w+ should (be |have )?)")
_HEADER = re.compile(r"[ \t]*(?P<twice>\[)?\[(?P<name>[^\n\[\]]+)\]")
_KEY = re.compile(r"[ \t]*(?P<name>(?:\"[^\"\n]*\"|'[^'\n]*'|[\w.\- \t])+?)[ \t]*=")
_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{}\n]', re.DOTALL
)
_PART = re.compile(r"\"([^\"]*)\"|'([^']*)'|([^.\s\"']+)")


@dataclass(frozen=True, kw_only=True)
class TomlFile:
    """A TOML file: what it says, and where.

    Attributes
    ----------
    name : str
        What problems call it.
    content : dict
        What it says.
    lines : dict of str to int
        The line of each header and key, by its dotted name.
    """

    name: str
    content: dict[str, Any]
    lines: Mapping[str, int]

    def problems(self, faults: Iterator[Fault] | list[Fault]) -> list[Problem]:
        """Return faults as problems at their lines, or those of the nearest keys that include theirs."""
        return [
            Problem(self.name, self._line(key), key, found, expected, "correct the declaration")
            for key, found, expected in faults
        ]

    def _line(self, key: str) -> int:
        while key and key not in self.lines:
            key = key.rpartition(".")[0]
        return self.lines.get(key, 0)

    def parsed(self, model: type[BaseModel]) -> Any:
        """Return the content as a model of pydantic; raise DataError with everything that does not follow it."""
        try:
            return model.model_validate(self.content)
        except ValidationError as error:
            keys = ", ".join(field.alias or name for name, field in model.model_fields.items())
            raise DataError(self.problems([_fault(about, keys) for about in error.errors()])) from None


def _fault(about: Any, keys: str) -> Fault:
    """Return key, what is found and what is expected for a fault that pydantic reports, given the keys of the file."""
    place = [str(part) for part in about["loc"] if part != "[key]"]
    try:
        found = repr(about["input"])
    except RecursionError:
        found = "values nested too deep"
    if about["type"] == "missing":
        return ".".join(place[:-1]), f"no {place[-1]}", f"a value for {place[-1]}"
    if about["type"] == "extra_forbidden":
        known = (
            f"one of {keys}"
            if len(place) == 1
            else "a key that this file knows; its first comment lists them"
        )
        return ".".join(place), f"{place[-1]!r}", known
    expected = _SHOULD.sub("", about["msg"])
    return ".".join(place), found if len(found) <= 60 else f"{found[:57]}…", expected


def read_toml(path: Path, name: str) -> TomlFile:
    r"""Return a TOML file.

    Parameters
    ----------
    path : Path
        The file.
    name : str
        What problems call it.

    Raises
    ------
    DataError
        If it cannot be read, or is no TOML.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> file = Path(mkdtemp()) / "t.toml"
    >>> _ = file.write_text('text = "' + '""\na = 1\n""' + '"\n[table]\na = 2\n')
    >>> dict(read_toml(file, "t.toml").lines)
    {'text': 1, 'table': 4, 'table.a': 5}
    """

    def refused(line: int, found: str, expected: str) -> DataError:
        return DataError([Problem(name, line, "", found, expected, "correct the declaration")])

    try:
        text = path.read_text(encoding="utf-8-sig")
        for number, words in enumerate(text.split("\n"), start=1):
            if len(words) > _LONGEST:
                raise refused(number, f"one of {len(words):,}", f"a line of at most {_LONGEST:,} characters")
        content = tomllib.loads(text)
    except OSError as error:
        raise refused(0, str(error), "a file that can be read") from None
    except UnicodeDecodeError as error:
        raise refused(0, str(error), "UTF-8") from None
    except RecursionError:
        raise refused(0, "values nested too deep", "TOML") from None
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise refused(int(line[1]) if line else 0, str(error), "TOML") from None
    return TomlFile(name=name, content=content, lines=_lines(text))


def _lines(text: str) -> dict[str, int]:
    """Return the line of each header and key; tomllib gives none. What is in a value is passed over."""
    lines: dict[str, int] = {}
    counts: dict[str, int] = {}
    header, at, number = "", 0, 1
    while at < len(text):
        begun = number
        if found := _HEADER.match(text, at):
            header = _dotted(found["name"])
            if found["twice"]:
                counts[header] = counts.get(header, -1) + 1
                header = f"{header}.{counts[header]}"
            lines.setdefault(header, begun)
        elif key := _KEY.match(text, at):
            lines.setdefault(f"{header}.{_dotted(key['name'])}".lstrip("."), begun)
        at, number = _next_line(text, at, number)
    return lines


def _dotted(name: str) -> str:
    return ".".join("".join(parts) for parts in _PART.findall(name))


def _next_line(text: str, at: int, number: int) -> tuple[int, int]:
    """Return where the next line begins that is not within a value, and its number."""
    depth = 0
    for token in _TOKEN.finditer(text, at):
        sign = token[0]
        number += sign.count("\n")
        depth += (sign in "[{") - (sign in "]}")
        if sign == "\n" and depth <= 0:
            return token.end(), number
    return len(text), number
