"""The local engine: parts on this machine, in this process or in several, and gone on with after a kill."""

from __future__ import annotations

import logging
import pickle
import re
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self, TypeVar

import numpy as np
import numpy.typing as npt

from sourcebook.core.errors import DataError
from sourcebook.core.files import lock, scratch_folder
from sourcebook.reuse.engine_protocol import Progress
from sourcebook.reuse.part_files import Segment, digest, digest_of_part, read_part, write_part
from sourcebook.reuse.workers import Workers, can_send

__all__ = ["LocalEngine"]

T = TypeVar("T")
Array = npt.NDArray[Any]
_logger = logging.getLogger(__name__)

SMALL = 200_000_000  # bytes of work that are not worth cutting
SHARES = 4  # parts for each process, so that none waits long for another
PATIENCE = 2.0  # seconds of the processor in this process before others are started
AHEAD = 2  # parts for each process that are given out before one is waited for
OURS = re.compile(r"[0-9a-f]{32}(\.\d+\.tmp)?|\.lock")


class Stored:
    """What all parts have for one target: arrays in memory or in files, in the order of the parts."""

    def __init__(self) -> None:
        self.pieces: list[Array | Segment] = []
        self.digest: bytes | None = None

    def take(self) -> Array:
        """Return the pieces as one array, and keep none of them in memory."""
        arrays = [each.read() if isinstance(each, Segment) else each for each in self.pieces]
        self.forget()
        arrays = [each for each in arrays if each.size] or arrays[:1]
        return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)

    def forget(self) -> None:
        """Keep nothing in memory."""
        self.pieces = [each for each in self.pieces if isinstance(each, Segment)]


class Shared:
    """An array that many parts read: another process gets its place on disk."""

    def __init__(self, array: Array, digest: bytes | None) -> None:
        self.array: Array | None = array
        self.digest = digest
        self.segment: Segment | None = None

    def __getstate__(self) -> dict[str, Any]:
        return {"array": None, "digest": self.digest, "segment": self.segment}

    def take(self) -> Array:
        """Return the array."""
        if self.array is not None:
            return self.array
        assert self.segment is not None
        return self.segment.map()


def run_part(function: Callable[..., Any], part: tuple[Any, ...], path: Path | None, pieces: bool) -> Any:
    """Return what a function makes of a part, and write it to a file if there is a path and it is arrays.

    Parameters
    ----------
    function : callable
        The function.
    part : tuple
        Its arguments; for handles it gets their arrays.
    path : Path or None
        The file.
    pieces : bool
        Whether the result is a sequence of arrays of which the places in the file are wanted.

    Returns
    -------
    object
        The result, or a list of Segment.
    """
    result = function(*(each.take() if isinstance(each, Stored | Shared) else each for each in part))
    arrays = result if pieces else result if isinstance(result, tuple) else (result,)
    if path is None or not all(isinstance(each, np.ndarray) and each.dtype.kind in "biuf" for each in arrays):
        return result
    written = write_part(path, arrays)
    return written if pieces else result


class LocalEngine:
    """Parts on this machine; what is between two stages is in memory or in files.

    Work begins in this process. When it has taken some seconds, the parts that are left go to worker processes.

    Parameters
    ----------
    memory : int
        Bytes that may wait between two stages in memory, and that the parts of all processes may take together.
    workers : int
        How many processes may work at a time; with 1, this one does all.
    checkpoints : Path, optional
        Folder where the results of parts are kept until the work is done.
    progress : callable, optional
        Called as ``progress(stage, done, total)``.
    """

    def __init__(
        self,
        *,
        memory: int,
        workers: int = 1,
        checkpoints: Path | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.memory = memory
        self._number = workers
        self._progress = progress
        self._checkpoints = checkpoints
        self._workers: Workers | None = None
        self._folder: Path | None = None
        self._scratch = ExitStack()
        self._files = 0
        self._readers: dict[Path, int] = {}
        self._spent = 0.0
        self._left: set[str] = set()  # names of what a run that was stopped has kept
        self._lock: IO[bytes] | None = None

    def __enter__(self) -> Self:
        if self._checkpoints is not None:
            self._checkpoints.mkdir(exist_ok=True)
            self._lock = self._scratch.enter_context((self._checkpoints / ".lock").open("wb"))
            if not lock(self._lock):  # another run is at the same work; what it keeps is its own
                self._checkpoints = None
            else:
                self._left = {path.name for path in self._checkpoints.iterdir()}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._workers is not None:
            self._workers.close()
        done = error is None or isinstance(error, DataError | ValueError)
        if self._checkpoints is not None and (done or not self._has_parts()):
            for path in self._checkpoints.iterdir():
                if OURS.fullmatch(path.name):
                    path.unlink()
            with suppress(OSError):  # somebody's own files are in it
                self._checkpoints.rmdir()
        self._scratch.close()
        self._folder = None

    def _has_parts(self) -> bool:
        return any(path.name != ".lock" for path in (self._checkpoints or Path()).iterdir())

    def cut(self, size: int, most: int) -> int:
        """Return into how many parts to cut work: one, if it is small; and each as small as memory asks for."""
        least = self._number * SHARES if self._number > 1 and size > SMALL else 1
        return min(most, max(least, -(-size * self._number // self.memory)))

    def share(self, array: Array) -> Any:
        """Return what stands for an array: itself, if parts are neither sent nor kept."""
        if self._number == 1 and self._checkpoints is None:
            return array
        return Shared(array, None if self._checkpoints is None else digest(array))

    def map(
        self, function: Callable[..., T], parts: Iterable[tuple[Any, ...]], *, label: str = ""
    ) -> Iterator[T]:
        """Yield ``function(*part)`` for every part, in order."""
        for result, _ in self._results(function, parts, label, pieces=False):
            yield result

    def shuffle(
        self,
        function: Callable[..., Sequence[Array]],
        parts: Iterable[tuple[Any, ...]],
        targets: int,
        *,
        label: str = "",
    ) -> list[Stored]:
        """Return what all parts have for each target, in memory up to the limit."""
        kept = [Stored() for _ in range(targets)]
        keys: list[bytes | None] = []
        used = 0
        for result, key in self._results(function, parts, label, pieces=True):
            keys.append(key)
            pieces, size = result, sum(each.nbytes for each in result if isinstance(each, np.ndarray))
            if size and used + size > self.memory:
                pieces, size = write_part(self._new_file(), result), 0
            used += size
            for store, piece in zip(kept, pieces, strict=True):
                store.pieces.append(piece)
            if isinstance(pieces[0], Segment):
                self._readers[pieces[0].path] = targets
        if None not in keys:
            for number, store in enumerate(kept):
                store.digest = digest((keys, number))
        return kept

    def _results(
        self, function: Callable[..., Any], parts: Iterable[tuple[Any, ...]], label: str, *, pieces: bool
    ) -> Iterator[tuple[Any, bytes | None]]:
        """Yield the result of each part, and the digest of what it was made from, in order."""
        total = len(parts) if isinstance(parts, Sized) else 0
        waiting: deque[tuple[Callable[[], Any], bytes | None, tuple[Any, ...]]] = deque()
        done = 0

        def finished() -> Iterator[tuple[Any, bytes | None]]:
            nonlocal done
            result, key, part = waiting.popleft()
            yield result(), key
            self._forget(part)
            done += 1
            if self._progress:
                self._progress(label, done, total)

        for part in parts:
            key = None if self._checkpoints is None else digest_of_part(function, part)
            waiting.append((self._begin(function, part, key, pieces), key, part))
            while len(waiting) > (AHEAD * self._number if self._workers else 0):
                yield from finished()
        while waiting:
            yield from finished()

    def _begin(
        self, function: Callable[..., Any], part: tuple[Any, ...], key: bytes | None, pieces: bool
    ) -> Callable[[], Any]:
        """Begin with a part; return what gives its result: known from before, sent to a worker, or done here."""
        path = None
        if key is not None and self._checkpoints is not None:
            path = self._checkpoints / key.hex()
            known = read_part(path)
            if known is not None:
                self._tell(path)
                return partial(_known, known, pieces)
        if self._workers is None and self._number > 1 and self._spent > PATIENCE:
            self._workers = Workers(self._number)
        if self._workers is not None and can_send(function):
            call = self._call(function, part, path or (self._new_file() if pieces else None), pieces)
            if call is not None:
                return self._workers.submit(call).result
        start = time.process_time()
        result = run_part(function, part, path, pieces)
        self._spent += time.process_time() - start
        return lambda: result

    def _tell(self, path: Path) -> None:
        """Tell, once, that a run that was stopped is gone on with."""
        if path.name in self._left:
            self._left.clear()
            _logger.warning("%s: going on from the parts of a run that was stopped", path.parent)

    def _call(
        self, function: Callable[..., Any], part: tuple[Any, ...], path: Path | None, pieces: bool
    ) -> bytes | None:
        """Return a call as bytes; None for what cannot be sent."""
        for each in part:
            if isinstance(each, Shared) and each.segment is None and each.array is not None:
                (each.segment,) = write_part(self._new_file(), [each.array])
        with suppress(pickle.PicklingError, AttributeError, TypeError):
            return pickle.dumps((run_part, (function, part, path, pieces)), protocol=5)
        return None

    def _forget(self, part: tuple[Any, ...]) -> None:
        """Free what only this part needed; files that are kept for a run to come stay."""
        for each in part:
            if not isinstance(each, Stored):
                continue
            for piece in each.pieces:
                if isinstance(piece, Segment) and piece.path.parent != self._checkpoints:
                    self._readers[piece.path] -= 1
                    if not self._readers[piece.path]:
                        piece.path.unlink()
            each.pieces = []

    def _new_file(self) -> Path:
        if self._folder is None:
            self._folder = self._scratch.enter_context(scratch_folder())
        self._files += 1
        return self._folder / f"{self._files}.bin"


def _known(segments: list[Segment], pieces: bool) -> Any:
    """Return the result of a part from its file."""
    if pieces:
        return segments
    return segments[0].read() if len(segments) == 1 else tuple(each.read() for each in segments)
