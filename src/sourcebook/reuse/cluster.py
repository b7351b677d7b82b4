"""The Dask engine: the same functions over the same parts, on the workers of a cluster.

What a stage returns stays on the workers. A worker that is lost is no loss: Dask runs again the tasks whose results
were on it, because every task's arguments lead back to the parts that were given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from operator import itemgetter
from types import TracebackType
from typing import Any, Self, TypeVar

import numpy as np
import numpy.typing as npt
from distributed import Client, Future, LocalCluster, as_completed

from sourcebook.reuse.engine_protocol import Progress

__all__ = ["DaskEngine"]

T = TypeVar("T")
Array = npt.NDArray[Any]
PARTS = 8  # into which work is cut at the least
PIECE = 1 << 22  # places of an array sent at a time
PATIENCE = 30  # seconds
#: The scheduler's own pages take a free port: the usual one may be in use by another command.
ANY_PORT = "127.0.0.1:0"
WAITING = 4  # parts per thread of the cluster that are submitted before one is waited for


class DaskEngine:
    """Partitions on the workers of a Dask cluster.

    Parameters
    ----------
    scheduler : str, optional
        Address of a scheduler; without one, worker processes are started on this machine.
    workers : int
        How many of them.
    memory : int
        Bytes that the parts of one stage may take together on this side.
    progress : callable, optional
        Called as ``progress(stage, done, total)``.
    """

    def __init__(
        self, *, scheduler: str | None, workers: int, memory: int, progress: Progress | None = None
    ) -> None:
        self.memory = memory
        self._workers = workers
        self._scheduler = scheduler
        self._progress = progress
        self._cluster: Any = None
        self._client: Any = None

    def __enter__(self) -> Self:
        address = self._scheduler
        if address is None:
            self._cluster = LocalCluster(
                n_workers=self._workers,
                threads_per_worker=1,
                dashboard_address=None,
                scheduler_kwargs={"dashboard_address": ANY_PORT},
                memory_limit=0,
            )
            address = self._cluster.scheduler_address
        self._client = Client(address)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._cluster is not None and error is None:
            # A worker that is starting again, after it was lost, cannot be closed before it is there.
            with suppress(TimeoutError):
                self._client.wait_for_workers(self._workers, timeout=PATIENCE)
        self._client.close()
        if self._cluster is not None:
            self._cluster.close()

    def cut(self, size: int, most: int) -> int:
        """Return into how many parts to cut work."""
        return min(most, max(PARTS, -(-size // self.memory)))

    def share(self, array: Array) -> Future[Any]:
        """Return a future of an array, which is sent in pieces."""
        pieces = [(array[low : low + PIECE],) for low in range(0, array.size, PIECE)]
        return self.shuffle(_whole, pieces, 1, label="words")[0]

    def map(
        self, function: Callable[..., T], parts: Iterable[tuple[Any, ...]], *, label: str = ""
    ) -> Iterator[T]:
        """Yield ``function(*part)`` for every part, in order."""
        total = len(parts) if isinstance(parts, Sequence) else 0
        waiting: list[Future[Any]] = []
        done = 0
        limit = WAITING * max(1, sum(self._client.nthreads().values()))
        for part in parts:
            waiting.append(self._client.submit(function, *part, pure=False))
            if len(waiting) >= limit:
                yield waiting.pop(0).result()
                done = self._tell(label, done + 1, total)
        while waiting:
            yield waiting.pop(0).result()
            done = self._tell(label, done + 1, total)

    def shuffle(
        self,
        function: Callable[..., Sequence[Array]],
        parts: Iterable[tuple[Any, ...]],
        targets: int,
        *,
        label: str = "",
    ) -> list[Future[Any]]:
        """Return a future for each target; its array is put together where it is needed."""
        cut = [self._client.submit(function, *part, pure=False) for part in parts]
        for done, future in enumerate(as_completed(cut), 1):
            if future.status == "error":
                future.result()
            self._tell(label, done, len(cut))
        pieces = [
            [self._client.submit(itemgetter(target), future, pure=False) for future in cut]
            for target in range(targets)
        ]
        return [self._client.submit(_put_together, each, pure=False) for each in pieces]

    def _tell(self, label: str, done: int, total: int) -> int:
        if self._progress:
            self._progress(label, done, total)
        return done


def _put_together(pieces: list[Array]) -> Array:
    return np.concatenate(pieces)


def _whole(array: Array) -> list[Array]:
    return [array]
