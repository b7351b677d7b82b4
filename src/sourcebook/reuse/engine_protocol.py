"""What an engine is: the local one and the one on Dask have these methods."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol, TypeVar

import numpy.typing as npt

__all__ = ["Engine", "Progress"]

T = TypeVar("T")
Array = npt.NDArray[Any]
#: Called with the name of a stage, how many parts are done, and how many there are (0 where not known).
Progress = Callable[[str, int, int], None]


class Engine(Protocol):
    """What maps a function over parts, shuffles arrays between them, and shares an array with all of them.

    A part is a tuple of arguments. An argument may be what `shuffle` or `share` returned: the function then gets
    the array.

    Attributes
    ----------
    memory : int
        Bytes that the parts of one stage may take together.
    """

    memory: int

    def cut(self, size: int, most: int) -> int:
        """Return into how many parts, at most so many, to cut work that takes so many bytes."""
        ...

    def share(self, array: Array) -> Any:
        """Return what stands for an array that many parts are given, to be read and not written."""
        ...

    def map(
        self, function: Callable[..., T], parts: Iterable[tuple[Any, ...]], *, label: str = ""
    ) -> Iterator[T]:
        """Yield ``function(*part)`` for every part, in order."""
        ...

    def shuffle(
        self,
        function: Callable[..., Sequence[Array]],
        parts: Iterable[tuple[Any, ...]],
        targets: int,
        *,
        label: str = "",
    ) -> list[Any]:
        """Return a handle for each target on what all parts have for it, put together along the first axis."""
        ...
