"""Texts from wherever they are: in memory, or in files that are read in chunks."""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self, TypeVar

import pandas as pd

from sourcebook.core.errors import DataError, Problem

__all__ = ["TextInput", "Texts"]

#: Texts by id, a frame with columns source_id and text, pairs of id and text, or paths of files and folders.
TextInput = Mapping[str, str] | pd.DataFrame | Iterable[tuple[str, str]] | str | Path | Iterable[Path]

T = TypeVar("T")
ID_NAMES = ("source_id", "id")
LINES = {".jsonl", ".ndjson"}
TABLES = {".csv"}
DECODER = json.JSONDecoder()
Row = tuple[str, str, str, int]  # id, text, file, line
EXPECTED = "expected a mapping, a frame, pairs of id and text, or paths"


class Texts:
    """Texts that are read once, chunk by chunk, and then found again by number.

    What is in memory is not copied. What comes from files or from an iterator goes through a temporary file, so
    that no more than a chunk of it is in memory at a time.

    Parameters
    ----------
    source : TextInput
        Mapping, frame, pairs, or paths: JSON lines with ``id`` (or ``source_id``) and ``text``, CSV with these
        columns, plain text files, or folders with ``.txt`` files below them.

    Attributes
    ----------
    ids : list of str
        The ids of the texts that have been read, in order.
    expected : int
        About how many characters all texts have; 0 where that is unknown.
    unknown : bool
        Whether it is: for pairs, which may come from anywhere.

    Raises
    ------
    DataError
        For a missing column or field, a text that is no text, a repeated id, a folder without text files; and, while
        reading, for a file that is no UTF-8, no CSV or no JSON.
    TypeError
        For a source that is none of these.
    """

    def __init__(self, source: TextInput) -> None:
        self.ids: list[str] = []
        self._texts: list[str] | None = None
        self._rows: Iterable[Row] = ()
        self.expected = 0
        self.unknown = False
        if isinstance(source, pd.DataFrame):
            self._keep_frame(source)
        elif isinstance(source, Mapping):
            self._keep(list(source), list(source.values()), first=1)
        else:
            self._open(source)
        self._spool: IO[bytes] | None = None
        self._places: list[int] = [0]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._spool is not None:
            self._spool.close()

    def chunks(self, size: int) -> Iterator[list[str]]:
        """Yield the texts in order, about ``size`` characters at a time."""
        if self._texts is not None:
            yield from _cut(self._texts, size, str)
            return
        self._spool = tempfile.TemporaryFile(prefix="sourcebook-")  # noqa: SIM115  # closed by __exit__
        files: list[tuple[str, int]] = []
        for rows in _cut(self._rows, size, itemgetter(1)):
            texts = [row[1] for row in rows]
            data = [text.encode("utf-8", "surrogatepass") for text in texts]
            self._spool.write(b"".join(data))
            self._places.extend(accumulate(map(len, data), initial=self._places.pop()))
            for number, (_, _, file, line) in enumerate(rows, len(self.ids) + 1):
                if not files or files[-1][0] != file:
                    files.append((file, number - line))
            self.ids += [row[0] for row in rows]
            yield texts
        if len(set(self.ids)) < len(self.ids):
            _check_ids(_where(self.ids, files))

    def take(self, numbers: Sequence[int]) -> list[str]:
        """Return texts by number."""
        if self._texts is not None:
            kept = self._texts
            return [kept[number] for number in numbers]
        found = []
        for number in numbers:
            assert self._spool is not None
            self._spool.seek(self._places[number])
            size = self._places[number + 1] - self._places[number]
            found.append(self._spool.read(size).decode("utf-8", "surrogatepass"))
        return found

    def _keep_frame(self, frame: pd.DataFrame) -> None:
        missing = [name for name in ("source_id", "text") if name not in frame.columns]
        if missing:
            raise DataError(
                Problem(file="texts", line=1, column=name, found="no such column", expected="a column")
                for name in missing
            )
        self._keep(frame["source_id"].tolist(), frame["text"].tolist(), first=2)

    def _keep(self, names: list[Any], texts: list[Any], *, first: int) -> None:
        """Keep texts that are in memory, each with an id of its own; lines count from ``first``."""
        problems = [
            _no_text("texts", line, text)
            for line, text in enumerate(texts, first)
            if not isinstance(text, str)
        ]
        if problems:
            raise DataError(problems)
        self.ids, self._texts = [str(name) for name in names], texts
        self.expected = sum(map(len, texts))
        _check_ids((name, "texts", line) for line, name in enumerate(self.ids, first))

    def _open(self, source: Any) -> None:
        if isinstance(source, str | Path):
            source = [Path(source)]
        if not isinstance(source, Iterable):
            raise TypeError(f"texts: {EXPECTED}; found {type(source).__name__}")
        items = iter(source)
        first = next(items, None)
        if first is None:
            return
        items = chain([first], items)
        if isinstance(first, str | Path):
            paths = [Path(each) for each in items]
            files = [(path, each) for path in paths for each in _files(path)]
            self.expected = sum(each.stat().st_size for _, each in files)
            self._rows = chain.from_iterable(_read(folder, each) for folder, each in files)
        else:
            self._rows, self.unknown = _pairs(items), True


def _pairs(items: Iterable[Any]) -> Iterator[Row]:
    """Yield the rows of pairs of id and text."""
    for line, item in enumerate(items, 1):
        try:
            name, text = item
        except (TypeError, ValueError):
            raise TypeError(
                f"texts, item {line}: expected a pair of id and text; found {item!r:.60}"
            ) from None
        if not isinstance(text, str):
            raise DataError([_no_text("texts", line, text)])
        yield str(name), text, "texts", line


def _no_text(file: str, line: int, text: Any) -> Problem:
    """Return what is wrong with a cell that should be a text and is none."""
    found = (
        "none" if pd.api.types.is_scalar(text) and pd.isna(text) else f"{type(text).__name__} {text!r:.60}"
    )
    return Problem(
        file=file,
        line=line,
        column="text",
        found=found,
        expected="a text",
        action="leave the record out, or give it a text, which may be empty",
    )


def _where(ids: Sequence[str], files: Sequence[tuple[str, int]]) -> Iterator[tuple[str, str, int]]:
    """Yield id, file and line, given for each file what to subtract from a number to have its line."""
    place = 0
    for number, name in enumerate(ids, 1):
        while place + 1 < len(files) and number > files[place + 1][1]:
            place += 1
        yield name, files[place][0], number - files[place][1]


def _check_ids(rows: Iterable[tuple[str, str, int]]) -> None:
    known: dict[str, str] = {}
    problems = []
    for name, file, line in rows:
        if name in known:
            problems.append(
                Problem(
                    file=file,
                    line=line,
                    column="source_id",
                    found=f"{name!r} again, as in {known[name]}",
                    expected="an id of its own for each text",
                )
            )
        known.setdefault(name, f"{file}:{line}")
    if problems:
        raise DataError(problems)


def _cut(items: Iterable[T], size: int, text: Callable[[T], str]) -> Iterator[list[T]]:
    some: list[T] = []
    total = 0
    for item in items:
        some.append(item)
        total += len(text(item)) + 1
        if total >= size:
            yield some
            some, total = [], 0
    if some:
        yield some


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        found = sorted(each for each in path.rglob("*.txt") if not each.is_dir())
        if not found:
            action = "name another folder, or the files themselves (.jsonl, .csv, .txt)"
            raise DataError([Problem(str(path), 0, "", "none", "text files (.txt) in the folder", action)])
        return found
    path.stat()  # a path that is not there is an error here, not later
    return [path]


def _read(given: Path, path: Path) -> Iterator[Row]:
    try:
        if path.suffix.lower() in LINES:
            yield from _read_lines(path)
        elif path.suffix.lower() in TABLES:
            yield from _read_table(path)
        else:
            name = path.relative_to(given).with_suffix("").as_posix() if path != given else path.stem
            with path.open(encoding="utf-8", newline="") as file:
                yield name, file.read(), str(path), 1
    except UnicodeDecodeError as error:
        found = f"byte {error.object[error.start]:#04x}, which is none"
        raise DataError([Problem(str(path), 0, "", found, "UTF-8", "save the file as UTF-8")]) from None
    except csv.Error as error:
        raise DataError([Problem(str(path), 0, "", str(error), "CSV", "correct the file")]) from None


def _read_lines(path: Path) -> Iterator[Row]:
    name = str(path)
    with path.open("rb") as file:
        for line, data in enumerate(file, 1):
            record = data.decode("utf-8")
            if record.isspace():
                continue
            try:
                row = _parsed(record)
            except json.JSONDecodeError as error:
                found = f"{record[:40].strip()!r} ({error.msg})"
                raise DataError([Problem(str(path), line, "", found, "a JSON object")]) from None
            if not isinstance(row, dict):
                found = f"{type(row).__name__} {record[:40].strip()}"
                raise DataError([Problem(str(path), line, "", found, "a JSON object")])
            identifier, text = _fields(row, path, line)
            yield identifier, text, name, line


def _parsed(record: str) -> Any:
    """Return the value of a line of JSON; most are an object and a line feed, and need no search for blanks."""
    try:
        row, end = DECODER.raw_decode(record)
    except json.JSONDecodeError:
        return json.loads(record)
    return row if end == len(record) or record[end:] == "\n" else json.loads(record)


def _read_table(path: Path) -> Iterator[Row]:
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        header = reader.fieldnames or []
        if "text" not in header or not set(ID_NAMES) & set(header):
            found = ", ".join(header) or "none"
            raise DataError([Problem(str(path), 1, "", found, "a header with the columns id and text")])
        line = 2
        for row in reader:
            yield *_fields(row, path, line), str(path), line
            line = reader.line_num + 1


def _fields(row: Mapping[str, Any], path: Path, line: int) -> tuple[str, str]:
    name = None
    for each in ID_NAMES:
        if each in row:
            name = row[each]
            break
    if name is None or name == "":
        raise DataError([Problem(str(path), line, "id", "none", "an id for each text")])
    text = row.get("text")
    if not isinstance(text, str):
        raise DataError([_no_text(str(path), line, text)])
    return str(name), text
