"""Read ZIP and JSON that strangers made: with limits, and without anything that a file could ask the reader to do.

Members of a ZIP are read into memory and never written under their names; a name that leads out of the
archive, a link, an encrypted member, and an archive that unpacks to far more than it is, are refused all the same.
"""

from __future__ import annotations

import json
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any, NoReturn

from sourcebook.core.decoding import decoded
from sourcebook.core.errors import DataError, Problem
from sourcebook.core.jsonlines import RepeatedNameError, unique_names

__all__ = [
    "DEEPEST",
    "MOST_BYTES",
    "Archive",
    "parse_json",
    "read_bytes",
    "read_json",
    "read_text",
    "refuse",
]

#: The largest file, and the largest member of an archive, that is read.
MOST_BYTES = 200_000_000
#: What an archive may unpack to, in all; and how many members it may have.
MOST_UNPACKED, MOST_MEMBERS = 1_000_000_000, 20_000
#: A member of a megabyte or more may unpack to so many times its size.
MOST_RATIO = 200
_NO_RATIO_BELOW = 1_000_000
#: How deep values and elements may be nested.
DEEPEST = 200

_PAIRED = re.compile(r"\\[uU][dD][89a-fA-F]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CHUNK = 1 << 16


def refuse(
    where: str, found: str, expected: str, action: str, *, line: int = 0, column: str = ""
) -> NoReturn:
    """Raise the error that a file, or a place in it, is not what is expected.

    Parameters
    ----------
    where : str
        The file.
    found, expected, action : str
        As of every problem.
    line : int
        Its line, if it is known.
    column : str
        Its column, or the part that is meant.

    Raises
    ------
    DataError
        Always.
    """
    raise DataError([Problem(where, line, column, found, expected, action)])


def read_bytes(path: Path, most: int = MOST_BYTES) -> bytes:
    """Return the bytes of a file.

    Parameters
    ----------
    path : Path
        The file.
    most : int
        The size above which it is refused.

    Raises
    ------
    DataError
        If there is none, or it is too large.

    Examples
    --------
    >>> read_bytes(Path("no-such-file"))
    Traceback (most recent call last):
    sourcebook.core.errors.DataError: 1 problem in the data:
      no-such-file: expected a file, found none → check the path
    """
    if not path.is_file():
        refuse(str(path), "a folder" if path.is_dir() else "none", "a file", "check the path")
    with path.open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        refuse(str(path), "more", f"a file of at most {most:,} bytes", "export less at a time")
    return data


def read_text(data: bytes, where: str) -> str:
    """Return bytes as the text in UTF-8 that they are, without a mark at its start.

    Parameters
    ----------
    data : bytes
        The bytes.
    where : str
        What problems call the file.

    Raises
    ------
    DataError
        If they are none.
    """
    text, problem = decoded(data, where, "save it in UTF-8")
    if problem is not None:
        raise DataError([problem])
    return text.removeprefix("\ufeff")


class Archive:
    """A ZIP archive of a stranger, whose members are read into memory.

    Parameters
    ----------
    path : Path
        The file.

    Attributes
    ----------
    where : str
        What problems call it.
    names : tuple of str
        The names of its files, in its order.

    Raises
    ------
    DataError
        If it is none, or more than is read: see the module.
    """

    def __init__(self, path: Path) -> None:
        self.where = str(path)
        read_bytes(path, 0 if path.is_dir() else MOST_BYTES)
        try:
            self._file = zipfile.ZipFile(path)
            infos = self._file.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
            found = f"none ({error})" if str(error) else "none"
            refuse(self.where, found, "a ZIP archive", "export it again")
        self._check(path, infos)
        self._infos = {info.filename: info for info in infos if not info.is_dir()}
        self.names = tuple(self._infos)

    def _check(self, path: Path, infos: list[zipfile.ZipInfo]) -> None:
        """Raise an error for an archive that is not read."""
        if len(infos) > MOST_MEMBERS:
            refuse(self.where, f"{len(infos):,}", f"at most {MOST_MEMBERS:,} files in it", "export less")
        if sum(info.file_size for info in infos) > MOST_UNPACKED:
            refuse(self.where, "more", f"at most {MOST_UNPACKED:,} bytes unpacked", "export less at a time")
        if sum(info.compress_size for info in infos) > path.stat().st_size:
            refuse(self.where, "members that overlap", "each byte in one member", "export it again")
        seen: set[str] = set()
        for info in infos:
            if reason := _why_not(info, seen):
                expected = "files that lie in the archive, each once and readable"
                refuse(self.where, f"{info.filename!r:.120}, {reason}", expected, "export it again")
            seen.add(info.filename)

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def read(self, name: str) -> bytes:
        """Return a member.

        Parameters
        ----------
        name : str
            One of `names`.

        Raises
        ------
        DataError
            If there is none, it is damaged, or it is larger than it says.
        """
        if name not in self._infos:
            near = ", ".join(self.names[:5]) or "nothing"
            refuse(self.where, f"none; it has {near}", f"a member {name!r:.120}", "export it again")
        info, parts, size = self._infos[name], [], 0
        try:
            with self._file.open(info) as member:
                while part := member.read(_CHUNK):
                    parts.append(part)
                    size += len(part)
                    if size > min(info.file_size, MOST_BYTES):
                        break
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            refuse(self.where, f"a damaged one ({error})", f"a member {name!r:.120}", "export it again")
        except (OSError, ValueError, MemoryError) as error:  # lzma and bz2 of damaged members
            refuse(self.where, f"a damaged one ({error})", f"a member {name!r:.120}", "export it again")
        if size > min(info.file_size, MOST_BYTES):
            expected = f"at most {min(info.file_size, MOST_BYTES):,} bytes in {name!r:.120}"
            refuse(self.where, "more", expected, "export it again")
        return b"".join(parts)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _why_not(info: zipfile.ZipInfo, seen: set[str]) -> str:
    """Return why a member of an archive is not read, or an empty string."""
    name = info.filename
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or re.match("[A-Za-z]:", name) or not path.parts:
        return "which leads out of it"
    if "\0" in name or any(unicodedata.category(sign) == "Cc" for sign in name):
        return "a name with control characters"
    if name in seen:
        return "which is there twice"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "a link"
    if info.flag_bits & 0x1:
        return "which is encrypted"
    if info.file_size > _NO_RATIO_BELOW and info.file_size > MOST_RATIO * max(info.compress_size, 1):
        return f"which unpacks to more than {MOST_RATIO} times its size"
    return ""


def read_json(path: Path) -> Any:
    """Return what a JSON file holds.

    Parameters
    ----------
    path : Path
        The file, in UTF-8.

    Raises
    ------
    DataError
        If it is none: see :func:`parse_json`.
    """
    return parse_json(read_text(read_bytes(path), str(path)), str(path))


def parse_json(text: str, where: str) -> Any:
    """Return the value of a JSON text.

    Parameters
    ----------
    text : str
        The text.
    where : str
        What problems call it.

    Raises
    ------
    DataError
        If it is no JSON: also for a name that an object has twice, a number that is none, half of a pair of
        surrogates, and nesting that is too deep.

    Examples
    --------
    >>> parse_json('{"a": [1, 2.5]}', "a.json")
    {'a': [1, 2.5]}
    >>> parse_json('{"a": 1, "a": 2}', "a.json")
    Traceback (most recent call last):
    sourcebook.core.errors.DataError: 1 problem in the data:
      a.json: expected each name once, found 'a' twice in one object → remove one of the two
    """
    action = "export it again"
    try:
        value = json.loads(text, object_pairs_hook=unique_names, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        found = f"something else ({error.msg})"
        refuse(where, found, "JSON", action, line=error.lineno, column=str(error.colno))
    except RepeatedNameError as error:
        refuse(where, str(error), "each name once", "remove one of the two")
    except RecursionError:
        refuse(where, "deeper ones", f"values nested at most {DEEPEST} deep", action)
    except ValueError as error:
        refuse(where, f"something else ({error!s:.80})", "JSON", action)
    _check_values(value, where, surrogates=_PAIRED.search(text) is not None)
    return value


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _check_values(value: Any, where: str, *, surrogates: bool) -> None:
    """Raise an error for values that are nested too deep, and for texts with half a pair of surrogates."""
    level: list[Any] = [value]
    for _ in range(DEEPEST):
        if surrogates and any(isinstance(each, str) and _SURROGATE.search(each) for each in level):
            refuse(where, "half of a pair of surrogates", "texts of whole characters", "export it again")
        level = list(_inside(level))
        if not level:
            return
    refuse(where, "deeper ones", f"values nested at most {DEEPEST} deep", "export it again")


def _inside(level: list[Any]) -> Iterator[Any]:
    """Yield the names and values within objects and lists."""
    for each in level:
        if isinstance(each, dict):
            yield from each
            yield from each.values()
        elif isinstance(each, list):
            yield from each
