"""Claims anchored to the exact words of their sources, and how the sources relate.

Examples
--------
>>> import sourcebook
>>> data = sourcebook.load()
>>> data["agreement"].columns[0]
'proposition_id'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sourcebook._version import __version__

if TYPE_CHECKING:
    from sourcebook.pipeline.build import build
    from sourcebook.pipeline.dataset import Dataset, read
    from sourcebook.pipeline.store import load

__all__ = ["Dataset", "__version__", "build", "load", "read"]

_HOMES = {"Dataset": "dataset", "build": "build", "load": "store", "read": "dataset"}


def __getattr__(name: str) -> Any:
    """Import the exported names on first use, so that a module below can be used without the whole."""
    if name in _HOMES:
        return getattr(import_module(f"sourcebook.pipeline.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
