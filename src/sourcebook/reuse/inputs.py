"""Texts from wherever they are: in memory, or in files that are read in chunks."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self, TypeVar

import pandas as pd

from sourcebook.core.errors import DataError, Problem
from sourcebook.reuse.text_files import Row, files_of, no_text, read_file

__all__ = ["TextInput", "Texts", "as_input"]

#: Texts by id, a frame or a series, texts, pairs of id and text, or paths of files and folders.
TextInput = (
    Mapping[str, str]
    | pd.DataFrame
    | pd.Series
    | Iterable[str]
    | Iterable[tuple[str, str]]
    | str
    | Path
    | Iterable[Path]
)

T = TypeVar("T")
EXPECTED = "expected a mapping, a frame, a series, texts, pairs of id and text, or paths"


def as_input(
    texts: TextInput, other: str | None = None, *, id_col: str | None = None, text_col: str | None = None
) -> TextInput:
    """Return texts as :class:`Texts` takes them, where two are given by themselves or columns have other names.

    Parameters
    ----------
    texts : TextInput
        Texts; with `other`, one text.
    other : str, optional
        A second text; the two are called ``a`` and ``b``.
    id_col, text_col : str, optional
        The columns of a frame with the ids and the texts.

    Returns
    -------
    TextInput

    Raises
    ------
    TypeError
        Where `other` is given and one of the two is no text, or a column is named and there is no frame.
    DataError
        Where the frame has no such column.

    Examples
    --------
    >>> as_input("The bridge fell.", "The old bridge fell.")
    {'a': 'The bridge fell.', 'b': 'The old bridge fell.'}
    """
    if other is not None:
        for name, text in (("texts", texts), ("other", other)):
            if not isinstance(text, str):
                raise TypeError(f"{name}: expected a text, as there are two, found {type(text).__name__}")
        return {"a": str(texts), "b": other}
    named = {
        name: column for name, column in (("source_id", id_col), ("text", text_col)) if column is not None
    }
    if not named:
        return texts
    if not isinstance(texts, pd.DataFrame):
        raise TypeError(f"id_col, text_col: expected a frame as texts, found {type(texts).__name__}")
    if missing := [column for column in named.values() if column not in texts.columns]:
        found = ", ".join(map(str, texts.columns))
        raise DataError(
            Problem(file="texts", line=1, column=column, found=found, expected=f"the column {column}")
            for column in missing
        )
    rest = texts.drop(
        columns=[name for name in named if name in texts.columns and name not in named.values()]
    )
    return rest.rename(columns={column: name for name, column in named.items()})


class Texts:
    """Texts that are read once, chunk by chunk, and then found again by number.

    What is in memory is not copied. What comes from files or from an iterator goes through a temporary file, so
    that no more than a chunk of it is in memory at a time.

    Parameters
    ----------
    source : TextInput
        Mapping; frame with ``source_id`` (or ``id``) and ``text``; series, whose index gives the ids; texts, which are
        counted from 1; pairs; or paths, as one str or as Path: JSON lines with ``id`` (or ``source_id``) and ``text``,
        CSV with these columns, plain text files, or folders with ``.txt`` files below them; other files of a folder
        are left out, and logged by name.

    Attributes
    ----------
    ids : list of str
        The ids of the texts that have been read, in order.
    expected : int
        About how many characters all texts have; 0 where that is unknown.
    unknown : bool
        Whether it is: for pairs, which may come from anywhere.
    files : list of Path
        The files that are read.

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
        self.files: list[Path] = []
        if isinstance(source, pd.DataFrame):
            self._keep_frame(source)
        elif isinstance(source, pd.Series):
            self._keep(source.index.tolist(), source.tolist(), first=1)
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
        if "source_id" not in frame.columns and "id" in frame.columns:
            frame = frame.rename(columns={"id": "source_id"})
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
            no_text("texts", line, text)
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
        if isinstance(first, str):
            given = list(items)
            self._keep([str(n) for n in range(1, len(given) + 1)], given, first=1)
        elif isinstance(first, Path):
            paths = [Path(each) for each in items]
            files = [(path, each) for path in paths for each in files_of(path)]
            self.files = [each for _, each in files]
            self.expected = sum(each.stat().st_size for each in self.files)
            self._rows = chain.from_iterable(read_file(folder, each) for folder, each in files)
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
            raise DataError([no_text("texts", line, text)])
        yield str(name), text, "texts", line


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
