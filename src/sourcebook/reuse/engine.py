"""Where work on partitions runs: on this machine with bounded memory, or on a Dask cluster.

An engine knows three operations. `Engine.share` stands for an array that all parts read. `Engine.map` calls a
function for every part and yields what it returns, in the order of the parts. `Engine.shuffle` calls a function that
cuts its part into pieces, one for each target, and puts the pieces of one target together, again in the order of the
parts. What a function is given does not depend on the engine, hence neither does the result.

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
from contextlib import AbstractContextManager
from importlib.util import find_spec
from pathlib import Path

from sourcebook.core.errors import SourcebookError
from sourcebook.reuse.engine_protocol import Engine, Progress
from sourcebook.reuse.local_engine import LocalEngine
from sourcebook.reuse.settings import check_settings
from sourcebook.reuse.workers import usable_cores

__all__ = ["ENGINES", "Engine", "Progress", "open_engine", "parse_memory"]

ENGINES = ("local", "dask")
UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT]?)I?B?", re.IGNORECASE)


def open_engine(
    name: str = "local",
    *,
    scheduler: str | None = None,
    memory: str | int = "2GB",
    workers: int | None = None,
    checkpoints: str | Path | None = None,
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
        What the parts of one stage may take, such as ``"2GB"``; beyond it they go to temporary files. Each process
        itself, with its libraries, takes some 75 MB besides, and up to 300 MB where code is compiled.
    workers : int, optional
        How many processes on this machine may work at a time; by default as many as it has cores for this process.
        Work of less than some seconds stays in this process.
    checkpoints : path, optional
        A folder, made where there is none, in which the local engine keeps the results of parts until the work is
        done, so that a run that was killed goes on from them. A part is known by the texts and settings that it was
        made from, and by the versions of all that made it: those of other work are never taken.
    progress : callable, optional
        Called as ``progress(stage, done, total)``.

    Returns
    -------
    context manager of Engine
        To be used in ``with``.

    Raises
    ------
    ValueError
        For an unknown engine, amount of memory or number of workers, a scheduler without Dask, checkpoints with
        it, or workers with a scheduler.
    SourcebookError
        Where Dask is not installed.
    """
    if name not in ENGINES:
        raise ValueError(f"engine: expected one of {', '.join(ENGINES)}; found {name!r}")
    if workers is not None:
        check_settings({"workers": (workers, 1)}, {})
    number = usable_cores() if workers is None else workers
    if name == "local":
        if scheduler is not None:
            raise ValueError('scheduler: expected none with engine "local"; give engine="dask" to use it')
        folder = None if checkpoints is None else Path(checkpoints)
        return LocalEngine(memory=parse_memory(memory), workers=number, checkpoints=folder, progress=progress)
    if checkpoints is not None:
        raise ValueError('checkpoints: expected none with engine "dask", which keeps its own')
    if scheduler is not None and workers is not None:
        raise ValueError("workers: expected none with a scheduler, which has its own")
    if find_spec("distributed") is None:
        raise SourcebookError(
            'engine "dask": expected the package distributed, found none → pip install "sourcebook[dask]"'
        )
    from sourcebook.reuse.cluster import DaskEngine

    return DaskEngine(scheduler=scheduler, workers=number, memory=parse_memory(memory), progress=progress)


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
