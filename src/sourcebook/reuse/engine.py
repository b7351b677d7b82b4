"""Where work on partitions runs: on this machine with bounded memory, or on a Dask cluster.

An engine knows two operations. `Engine.map` calls a function for every part and yields what it returns, in the
order of the parts. `Engine.shuffle` calls a function that cuts its part into pieces, one for each target, and
puts the pieces of one target together, again in the order of the parts. What a function is given does not depend
on the engine, hence neither does the result.

Examples
--------
>>> import numpy as np
>>> def by_remainder(numbers):
...     return [numbers[numbers % 2 == k] for k in range(2)]
>>> with open_engine("local") as engine:
...     parts = engine.shuffle(by_remainder, [(np.arange(4),), (np.arange(7, 3, -1),)], 2)
...     [each.tolist() for each in engine.map(lambda numbers: numbers, [(part,) for part in parts])]
[[0, 2, 6, 4], [1, 3, 7, 5]]
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import numpy as np
import numpy.typing as npt

from sourcebook.core.errors import SourcebookError
from sourcebook.core.files import scratch_folder
from sourcebook.reuse.engine_protocol import Engine, Progress

__all__ = ["ENGINES", "Engine", "LocalEngine", "Progress", "open_engine", "parse_memory"]

T = TypeVar("T")
Array = npt.NDArray[Any]
ENGINES = ("local", "dask")
UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT]?)I?B?", re.IGNORECASE)


def open_engine(
    name: str = "local",
    *,
    scheduler: str | None = None,
    memory: str | int = "2GB",
    progress: Progress | None = None,
) -> AbstractContextManager[Engine]:
    """Return an engine as a context manager; leaving it frees files, processes and connections.

    Parameters
    ----------
    name : str
        ``"local"``, or ``"dask"`` (the extra ``dask``).
    scheduler : str, optional
        Address of a Dask scheduler, such as ``"tcp://10.0.0.5:8786"``; without one, processes on this machine.
    memory : str or int
        What the parts of one stage may take, such as ``"2GB"``; beyond it they go to temporary files. The process
        itself, with its libraries, takes some 75 MB besides, and up to 300 MB where code is compiled.
    progress : callable, optional
        Called as ``progress(stage, done, total)``.

    Returns
    -------
    context manager of Engine
        To be used in ``with``.

    Raises
    ------
    ValueError
        For an unknown engine or amount of memory, or a scheduler without Dask.
    SourcebookError
        Where Dask is not installed.
    """
    if name not in ENGINES:
        raise ValueError(f"engine: expected one of {', '.join(ENGINES)}; found {name!r}")
    if name == "local":
        if scheduler is not None:
            raise ValueError('scheduler: expected none with engine "local"; give engine="dask" to use it')
        return LocalEngine(memory=parse_memory(memory), progress=progress)
    if find_spec("distributed") is None:
        raise SourcebookError(
            'engine "dask": expected the package distributed, found none → pip install "sourcebook[dask]"'
        )
    from sourcebook.reuse.cluster import DaskEngine

    return DaskEngine(scheduler=scheduler, memory=parse_memory(memory), progress=progress)


def parse_memory(amount: str | int) -> int:
    """Return an amount of memory in bytes.

    Raises
    ------
    ValueError
        Where it is no positive number with K, M, G or T, with or without B.

    Examples
    --------
    >>> parse_memory("1.5GB"), parse_memory("200 MB"), parse_memory(4096)
    (1500000000, 200000000, 4096)
    """
    match = AMOUNT.fullmatch(str(amount).strip())
    size = float(match[1]) * UNITS[match[2].upper()] if match else 0.0
    if not 1 <= size < 1 << 62:
        raise ValueError(f"memory: expected an amount such as 2GB or 500MB; found {amount!r:.60}")
    return int(size)


class Stored:
    """The pieces of one target: arrays in memory or, beyond the limit, in one file behind them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.arrays: list[Array] = []
        self.on_disk = 0

    def add(self, piece: Array, *, spill: bool) -> int:
        """Keep a piece; return the bytes that it takes in memory."""
        if not piece.size:
            self.arrays = self.arrays or [piece]
            return 0
        if not (spill or self.on_disk):
            self.arrays.append(piece)
            return piece.nbytes
        with self.path.open("ab") as file:
            np.ascontiguousarray(piece).tofile(file)
        self.arrays = self.arrays or [piece[:0]]
        self.on_disk += piece.nbytes
        return 0

    def take(self) -> Array:
        """Return the pieces as one array, and keep nothing."""
        arrays = self.arrays
        self.arrays = []
        if self.on_disk:
            tail = np.fromfile(self.path, dtype=arrays[0].dtype)
            arrays.append(tail.reshape(-1, *arrays[0].shape[1:]))
            self.path.unlink()
        return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)


class LocalEngine:
    """One process: parts one after another, what is between two stages in memory or in temporary files.

    Parameters
    ----------
    memory : int
        Bytes that may wait between two stages in memory.
    progress : callable, optional
        Called as ``progress(stage, done, total)``.
    """

    partitions = 1

    def __init__(self, *, memory: int, progress: Progress | None = None) -> None:
        self.memory = memory
        self._progress = progress
        self._folder: Path | None = None
        self._scratch = ExitStack()
        self._stored = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._scratch.close()
        self._folder = None

    def map(
        self, function: Callable[..., T], parts: Iterable[tuple[Any, ...]], *, label: str = ""
    ) -> Iterator[T]:
        """Yield ``function(*part)`` for every part, in order, one at a time."""
        total = len(parts) if isinstance(parts, Sequence) else 0
        for done, part in enumerate(parts, 1):
            yield function(*(each.take() if isinstance(each, Stored) else each for each in part))
            if self._progress:
                self._progress(label, done, total)

    def shuffle(
        self,
        function: Callable[..., Sequence[Array]],
        parts: Iterable[tuple[Any, ...]],
        targets: int,
        *,
        label: str = "",
    ) -> list[Stored]:
        """Return what all parts have for each target, in memory up to the limit."""
        kept = [self._new() for _ in range(targets)]
        kept_bytes = 0
        for pieces in self.map(function, parts, label=label):
            spill = kept_bytes + sum(piece.nbytes for piece in pieces) > self.memory
            kept_bytes += sum(
                store.add(piece, spill=spill) for store, piece in zip(kept, pieces, strict=True)
            )
        return kept

    def _new(self) -> Stored:
        if self._folder is None:
            self._folder = self._scratch.enter_context(scratch_folder())
        self._stored += 1
        return Stored(self._folder / f"{self._stored}.bin")
