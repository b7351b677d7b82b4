"""The packages that this machine runs sourcebook with, pinned."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from sourcebook._version import __version__

__all__ = ["pinned"]

#: What a book needs besides the library, where it is installed.
_EXTRAS = ("book", "ingest")


def pinned() -> str:
    """Return sourcebook and the packages that it requires, as installed here, for ``pip install -r``.

    Examples
    --------
    >>> lines = pinned().splitlines()
    >>> lines[0].startswith("sourcebook[book,ingest]==")
    True
    >>> any(line.startswith("pandas==") for line in lines)
    True
    """
    found: dict[str, str] = {}
    waiting = [("sourcebook", frozenset(_EXTRAS))]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue
        found[name] = package.version
        waiting += _required(package, extras)
    found.pop("sourcebook", None)
    own = f"sourcebook[{','.join(_EXTRAS)}]=={__version__}"
    return "\n".join([own, *(f"{name}=={version}" for name, version in sorted(found.items()))]) + "\n"


def _required(package: Distribution, extras: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield what a package requires here, with the extras that are asked for."""
    for line in package.requires or ():
        requirement = Requirement(line)
        asked = ("", *sorted(extras))
        if requirement.marker is None or any(
            requirement.marker.evaluate({"extra": extra}) for extra in asked
        ):
            yield canonicalize_name(requirement.name), frozenset(requirement.extras)
