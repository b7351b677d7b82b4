"""Claims anchored to the exact words of their sources, and how the sources relate.

Examples
--------
>>> import sourcebook
>>> data = sourcebook.load()
>>> data["standing"].columns[0]
'proposition_id'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sourcebook.project import Dataset, build, load, read

__all__ = ["Dataset", "__version__", "build", "load", "read"]

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Import the exported names on first use, so that a module below can be used without the whole."""
    if name in {"Dataset", "build", "load", "read"}:
        return getattr(import_module("sourcebook.project"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
