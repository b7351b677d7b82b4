"""Optional compilation: the same loops, run by Python or, where numba is installed, as machine code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

__all__ = ["compile_loops", "compiles_as", "jitable"]

F = TypeVar("F", bound=Callable[..., Any])

#: Functions that compiled code may call, and what it then runs; emptied once numba knows them.
_COMPILABLE: dict[Callable[..., Any], Callable[..., Any]] = {}


def jitable(function: F) -> F:
    """Mark a function that compiled code may call; for Python it stays as it is, and numba is not imported."""
    _COMPILABLE[function] = function
    return function


def compiles_as(loops: Callable[..., Any]) -> Callable[[F], F]:
    """Mark a function that only Python can run, with the one of the same result that compiled code runs."""

    def mark(function: F) -> F:
        _COMPILABLE[function] = loops
        return function

    return mark


def compile_loops(function: Callable[..., Any]) -> Any:
    """Return a function as machine code, made at its first call and kept on disk for the next process.

    Parameters
    ----------
    function : function
        What to compile; the functions of this package that it calls are marked by `jitable` or `compiles_as`.

    Returns
    -------
    callable
        The compiled function.
    """
    import numba  # noqa: PLC0415  an optional extra
    from numba.extending import overload  # noqa: PLC0415

    options: Any = {"error_model": "numpy"}
    while _COMPILABLE:
        called, loops = _COMPILABLE.popitem()
        overload(called, jit_options=options, strict=False)(lambda *_, loops=loops: loops)
    return numba.njit(cache=True, nogil=True, **options)(function)
