"""Results of parts as files of arrays: written whole or not at all, and known again by what they were made from.

A file begins with a line of JSON, the types and shapes of its arrays and a sum over all bytes, which follow it.
Nothing in it is ever run, so that a folder of such files need not be trusted.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sourcebook._version import __version__
from sourcebook.core.files import named

__all__ = ["Segment", "digest", "digest_of_part", "read_part", "write_part"]

Array = npt.NDArray[Any]

LONGEST = 1 << 20  # bytes of the first line
CHECKED = 1 << 22  # bytes read together for the sum


@dataclass(frozen=True, kw_only=True)
class Segment:
    """One array in a file of a part.

    Attributes
    ----------
    path : Path
        The file.
    offset : int
        Where the array begins in it, in bytes.
    dtype : str
        Its type, as ``numpy.dtype.str`` has it.
    shape : tuple of int
        Its shape.
    """

    path: Path
    offset: int
    dtype: str
    shape: tuple[int, ...]

    def read(self) -> Array:
        """Return the array."""
        flat = np.fromfile(self.path, dtype=self.dtype, count=prod(self.shape), offset=self.offset)
        return flat.reshape(self.shape)

    def map(self) -> Array:
        """Return the array as it is on disk, to be read where it is used."""
        if not prod(self.shape):
            return self.read()
        return np.memmap(self.path, dtype=self.dtype, mode="r", offset=self.offset, shape=self.shape)


def write_part(path: Path, arrays: Sequence[Array]) -> list[Segment]:
    """Write arrays to a file in one step, and return where each is.

    Parameters
    ----------
    path : Path
        The file; its folder must exist.
    arrays : sequence of numpy.ndarray
        Of numbers or truth values.

    Returns
    -------
    list of Segment
        One for each array.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = write_part(Path(folder) / "one", [np.arange(3), np.zeros((2, 2))])
    ...     read_part(Path(folder) / "one") == made, made[0].read().tolist()
    (True, [0, 1, 2])
    """
    flat = [np.ascontiguousarray(array) for array in arrays]
    described = [[array.dtype.str, list(array.shape)] for array in flat]
    total = _sum_over(described)
    contents = [array.reshape(-1).view(np.uint8).data for array in flat]
    for content in contents:
        total.update(content)
    head = json.dumps({"sum": total.hexdigest(), "arrays": described}).encode() + b"\n"
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with named(path):
            with temporary.open("wb") as file:
                file.writelines([head, *contents])
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return _segments(path, len(head), described)


def read_part(path: Path) -> list[Segment] | None:
    """Return where each array of a file is; None where there is no such file, or a damaged one."""
    with suppress(OSError, ValueError, TypeError, KeyError), path.open("rb") as file:
        head = file.readline(LONGEST)
        known = json.loads(head)
        total = _sum_over(known["arrays"])
        while data := file.read(CHECKED):
            total.update(data)
        if total.hexdigest() == known["sum"]:
            return _segments(path, len(head), known["arrays"])
    return None


def _sum_over(described: Sequence[Sequence[Any]]) -> blake2b:
    """Begin a sum with the types and shapes of arrays."""
    return blake2b(json.dumps(described).encode(), digest_size=16)


def _segments(path: Path, offset: int, described: Sequence[Sequence[Any]]) -> list[Segment]:
    found = []
    for dtype, shape in described:
        found.append(Segment(path=path, offset=offset, dtype=dtype, shape=tuple(shape)))
        offset += prod(shape) * np.dtype(dtype).itemsize
    return found


def digest_of_part(function: Callable[..., Any], arguments: Sequence[Any]) -> bytes | None:
    """Return what a result depends on as 16 bytes: the versions, the function and what it is given.

    Returns
    -------
    bytes or None
        None where an argument is of a kind that cannot be told from another of its kind.
    """
    try:
        return digest((_versions(), function.__module__, function.__qualname__, tuple(arguments)))
    except (TypeError, AttributeError):
        return None


def digest(value: Any) -> bytes:
    """Return 16 bytes that are the same for equal values: numbers, texts, arrays, and what is made of these.

    Raises
    ------
    TypeError
        For a value of another kind.

    Examples
    --------
    >>> digest(["one", np.arange(4)[::2]]) == digest(["one", np.array([0, 2])])
    True
    >>> digest("1") == digest(1)
    False
    """
    total = blake2b(digest_size=16)
    _add(total.update, value)
    return total.digest()


def _add(update: Callable[[Any], None], value: Any) -> None:
    """Add a value, its kind and its length before it, so that no two values run into each other."""
    known = getattr(value, "digest", None)
    if isinstance(known, bytes):
        update(b"known" + known)
    elif value is None or isinstance(value, bool | int | float | np.number | np.bool_):
        update(f"{type(value).__name__} {value!r};".encode())
    elif isinstance(value, str | bytes):
        data = value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
        update(f"{type(value).__name__} {len(data)};".encode() + data)
    elif isinstance(value, np.ndarray) and value.dtype.kind in "biuf":
        update(f"array {value.dtype.str} {value.shape};".encode())
        update(np.ascontiguousarray(value).reshape(-1).view(np.uint8).data)
    elif isinstance(value, list | tuple | dict):
        update(f"{type(value).__name__} {len(value)};".encode())
        for each in value.items() if isinstance(value, dict) else value:
            _add(update, each)
    elif is_dataclass(value) and not isinstance(value, type):
        update(type(value).__qualname__.encode() + b";")
        for field in fields(value):
            _add(update, getattr(value, field.name))
    else:
        raise TypeError(
            f"expected numbers, texts, arrays or what is made of these; found {type(value).__name__}"
        )


@cache
def _versions() -> tuple[str, ...]:
    """Return the versions of all that a result may depend on, and a sum over the code of this package."""
    code = blake2b(digest_size=16)
    for path in sorted(Path(__file__).parents[1].glob("[rtc]*/**/*.py")):  # reuse, text, core
        code.update(path.read_bytes())
    found = [__version__, code.hexdigest(), sys.version]
    for name in ("numpy", "pandas", "rapidfuzz", "numba"):
        try:
            found.append(version(name))
        except PackageNotFoundError:
            found.append("")
    return tuple(found)
