"""Optional compilation: the same functions, run by Python or, where numba is installed, as machine code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import FunctionType
from typing import Any

__all__ = ["compile_together"]


def compile_together(
    function: Callable[..., Any], instead: Mapping[Callable[..., Any], Callable[..., Any]] | None = None
) -> Any:
    """Return ``function`` as machine code, together with the functions of its module that it calls.

    Parameters
    ----------
    function : function
        What to compile.
    instead : mapping of function to function, optional
        Functions that only Python can run, and what compiled code calls in their place.

    Returns
    -------
    callable
        Machine code, made at the first call.
    """
    import numba  # noqa: PLC0415  an optional extra

    made: dict[int, Any] = {}

    def compiled(one: Any) -> Any:
        one = (instead or {}).get(one, one)
        if id(one) not in made:
            used = {
                name: compiled(value)
                for name, value in one.__globals__.items()
                if name in one.__code__.co_names and isinstance(value, FunctionType)
            }
            copy = FunctionType(one.__code__, {**one.__globals__, **used}, one.__name__, one.__defaults__)
            made[id(one)] = numba.njit(cache=True, nogil=True, error_model="numpy")(copy)
        return made[id(one)]

    return compiled(function)
