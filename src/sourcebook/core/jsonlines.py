"""Read JSON Lines: an object in each line, or what is wrong with the line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sourcebook.core.decoding import INVISIBLE, encoding_problem
from sourcebook.core.errors import Problem

__all__ = ["RepeatedNameError", "read_json_lines", "unique_names"]


class RepeatedNameError(ValueError):
    """A name that an object has twice: a reader would keep one of the values and lose the other."""


def unique_names(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON with its pairs of a name and a value; raise an error for a name that is there twice.

    Examples
    --------
    >>> json.loads('{"a": 1}', object_pairs_hook=unique_names)
    {'a': 1}
    """
    record = dict(pairs)
    if len(record) < len(pairs):
        names = [name for name, _ in pairs]
        raise RepeatedNameError(f"{next(n for n in names if names.count(n) > 1)!r} twice in one object")
    return record


_DECODER = json.JSONDecoder(object_pairs_hook=unique_names)


def read_json_lines(
    path: Path, *, action: str = "write an object in one line"
) -> Iterator[tuple[int, dict[str, Any] | Problem]]:
    r"""Yield the objects of a file of JSON Lines, or the problems of its lines; blank lines are left out.

    Parameters
    ----------
    path : Path
        The file, in UTF-8. It is read line by line.
    action : str
        What a problem says is to be done.

    Yields
    ------
    tuple of (int, dict or Problem)
        The line, counted from 1, and its object, or why it has none: not UTF-8, no JSON, no object, a name twice
        in an object, nested too deep. The problem names the file as `path` does.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> file = Path(mkdtemp()) / "t.jsonl"
    >>> _ = file.write_text('{"a": 1}\n\n{"a": 1, "a": 2}\n')
    >>> [(line, record if isinstance(record, dict) else "refused") for line, record in read_json_lines(file)]
    [(1, {'a': 1}), (3, 'refused')]
    """
    name = str(path)
    with path.open("rb") as file:
        for line, data in enumerate(file, 1):
            try:
                text = data.decode("utf-8")
            except UnicodeDecodeError:
                problem = encoding_problem(data, name)
                if problem is not None:
                    yield line, Problem(name, line, "", problem.found, problem.expected, problem.action)
                continue
            if line == 1:
                text = text.lstrip(INVISIBLE)
            if not text.isspace() and text:
                yield line, _record(text, name, line, action)


def _record(text: str, name: str, line: int, action: str) -> dict[str, Any] | Problem:
    try:
        record = _parsed(text)
    except json.JSONDecodeError as error:
        return Problem(name, line, "", f"{text[:40].strip()!r} ({error.msg})", "a JSON object", action)
    except RepeatedNameError as error:
        return Problem(name, line, "", str(error), "each name once", "remove one of the two")
    except (RecursionError, ValueError) as error:
        reason = "nested too deep" if isinstance(error, RecursionError) else "a number of too many digits"
        return Problem(name, line, "", f"{text[:40].strip()!r} ({reason})", "a JSON object", action)
    if not isinstance(record, dict):
        found = f"{type(record).__name__} {text[:40].strip()}"
        return Problem(name, line, "", found, "a JSON object", action)
    return record


def _parsed(text: str) -> Any:
    """Return the value of a line; most are an object and a line feed, and need no search for blanks."""
    try:
        record, end = _DECODER.raw_decode(text)
    except json.JSONDecodeError:
        return _DECODER.decode(text)
    return record if end == len(text) or text[end:] == "\n" else _DECODER.decode(text)
