"""Texts with the day on which they were written, from files, folders and JSON Lines, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from sourcebook.core.decoding import decoded
from sourcebook.core.errors import DataError, ParseError, Problem
from sourcebook.core.jsonlines import read_json_lines
from sourcebook.parsing.dates import parse_edtf
from sourcebook.reuse.text_files import files_of, no_text

__all__ = ["read_texts"]

_LINES = (".jsonl", ".ndjson")
_OTHERS = (".csv", ".tsv", ".json", ".xlsx")
_IDS = ("doc", "source_id", "id")
_MOST = 100  #: After so many problems the rest is not read.
_OFTEN = 1_000_000  #: Characters between two signs of progress.


def read_texts(
    paths: Iterable[Path], progress: Callable[[str, int, int], None]
) -> Iterator[tuple[str, str, str | None]]:
    r"""Yield the texts of files, folders and JSON Lines; no more than one of them is in memory.

    Parameters
    ----------
    paths : iterable of Path
        Files of one text each, whose name is its id; folders with ``.txt`` files; JSON Lines with ``doc`` (or
        ``source_id``, ``id``), ``text`` and optionally ``dct``, the day on which it was written.
    progress : callable
        Called with a stage, how many characters are done, and 0; at the end with the number of texts, twice.

    Yields
    ------
    tuple of (str, str, str or None)
        Id, text, and when it was written, as EDTF.

    Raises
    ------
    DataError
        Everything that is wrong, up to a hundred problems, when all the others have been yielded.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> file = Path(mkdtemp()) / "t.jsonl"
    >>> _ = file.write_text('{"doc": "a", "text": "It fell yesterday.", "dct": "1988-12-08"}\n')
    >>> list(read_texts([file], lambda stage, done, total: None))
    [('a', 'It fell yesterday.', '1988-12-08')]
    """
    files = [(path, file) for path in paths for file in files_of(path)]
    problems: list[Problem] = []
    number = done = told = 0
    for given, file in files:
        for row in _rows(given, file):
            if isinstance(row, Problem):
                problems.append(row)
                if len(problems) >= _MOST:
                    raise DataError(problems)
                continue
            yield row
            number, done = number + 1, done + len(row[1])
            if done - told >= _OFTEN:
                told = done
                progress("characters", done, 0)
    if problems:
        raise DataError(problems)
    progress("texts", number, number)


def _rows(given: Path, file: Path) -> Iterator[tuple[str, str, str | None] | Problem]:
    suffix = file.suffix.lower()
    if suffix in _OTHERS:
        action = "write one object in each line, with doc, text and dct, as .jsonl"
        yield Problem(str(file), 0, "", f"a {suffix} file", "text or .jsonl", action)
    elif suffix in _LINES:
        for line, record in read_json_lines(file, action="write an object with doc and text in one line"):
            yield record if isinstance(record, Problem) else _of_record(record, str(file), line)
    else:
        text, problem = decoded(file, str(file))
        name = file.relative_to(given).with_suffix("").as_posix() if file != given else file.stem
        yield problem or (name, text, None)


def _of_record(record: dict[str, Any], file: str, line: int) -> tuple[str, str, str | None] | Problem:
    name = next((record[key] for key in _IDS if key in record), None)
    if isinstance(name, bool) or not isinstance(name, str | int) or name == "":
        found = "none" if name in (None, "") else f"{name!r:.60}"
        return Problem(file, line, "doc", found, "an id for each text", "give it one")
    text, written = record.get("text"), record.get("dct")
    if not isinstance(text, str):
        return no_text(file, line, text)
    if any("\ud800" <= sign <= "\udfff" for sign in text + str(name)):
        return Problem(
            file, line, "text", "half of a pair of surrogates", "whole characters", "put U+FFFD there"
        )
    if written in (None, ""):
        return str(name), text, None
    try:
        parse_edtf(written if isinstance(written, str) else repr(written))
    except ParseError as error:
        action = "write it as 2024-12-05, or leave it out"
        return Problem(file, line, "dct", f"{written!r:.60}", f"a date ({error})", action)
    return str(name), text, str(written)
