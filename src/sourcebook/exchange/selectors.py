"""The selectors of Web Annotations and of Hypothesis: the stretch of a text that they mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sourcebook.exchange.web_checks import items_of, kinds_of

__all__ = ["Stretch", "stretch_of"]

_CHARS = re.compile(r"char=(\d{1,15}),(\d{1,15})(?:;.*)?")


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """A stretch of a text.

    Attributes
    ----------
    start, end : int or None
        Its place, if it is given.
    exact, prefix, suffix : str
        Its words and those around it, if they are given.
    """

    start: int | None = None
    end: int | None = None
    exact: str = ""
    prefix: str = ""
    suffix: str = ""


def stretch_of(selectors: Iterable[Any], unread: Counter[str]) -> Stretch | None:
    """Return the stretch that selectors mean, each of them by itself; None if none of them can be read.

    Parameters
    ----------
    selectors : iterable
        Checked selectors.
    unread : Counter of str
        Counts the kinds of selectors that cannot be read.

    Examples
    --------
    >>> quote = {"type": "TextQuoteSelector", "exact": "Two", "prefix": "One "}
    >>> place = {"type": "TextPositionSelector", "start": 4, "end": 7}
    >>> stretch_of([quote, place, {"type": "XPathSelector", "value": "/p"}], Counter())
    Stretch(start=4, end=7, exact='Two', prefix='One ', suffix='')
    """
    found: Stretch | None = None
    for selector in selectors:
        if (stretch := _read(selector, unread)) is None:
            continue
        found = found or Stretch()
        if stretch.exact and not found.exact:
            found = replace(found, exact=stretch.exact, prefix=stretch.prefix, suffix=stretch.suffix)
        if stretch.start is not None and found.start is None:
            found = replace(found, start=stretch.start, end=stretch.end)
    return found


def _read(selector: Any, unread: Counter[str]) -> Stretch | None:
    """Return what one selector means, with what refines it."""
    if not isinstance(selector, dict):
        unread["a selector elsewhere"] += 1
        return None
    outer = _one(selector)
    refining = items_of(selector.get("refinedBy"))
    if not refining:
        if outer is None:
            unread[", ".join(sorted(kinds_of(selector))) or "a selector without a type"] += 1
        return outer
    inner = stretch_of(refining, unread)
    if outer is None:
        unread[", ".join(sorted(kinds_of(selector))) or "a selector without a type"] += 1
        return inner and replace(inner, start=None, end=None)  # its offsets count within what cannot be found
    return outer if inner is None else _within(outer, inner)


def _one(selector: Mapping[str, Any]) -> Stretch | None:
    kinds = kinds_of(selector)
    if "TextQuoteSelector" in kinds and selector.get("exact"):
        exact, prefix, suffix = (str(selector.get(name) or "") for name in ("exact", "prefix", "suffix"))
        return Stretch(exact=exact, prefix=prefix, suffix=suffix)
    if "TextPositionSelector" in kinds:
        return Stretch(start=int(selector["start"]), end=int(selector["end"]))
    value = selector.get("value")
    if "FragmentSelector" in kinds and isinstance(value, str) and (found := _CHARS.fullmatch(value)):
        return Stretch(start=int(found[1]), end=int(found[2]))
    return None


def _within(outer: Stretch, inner: Stretch) -> Stretch:
    """Return the stretch that is `inner` within `outer`; its words alone, where they are not in there once."""
    at: int | None = None
    size = 0
    if inner.start is not None and inner.end is not None:
        at, size = inner.start, inner.end - inner.start
    elif outer.exact.count(inner.exact) == 1:
        at, size = outer.exact.index(inner.exact), len(inner.exact)
    if at is None:
        return replace(inner, start=None, end=None)
    made = outer
    if outer.exact:
        words = outer.exact[at : at + size]
        before, after = outer.prefix + outer.exact[:at], outer.exact[at + size :] + outer.suffix
        made = replace(made, exact=words, prefix=before, suffix=after)
    if outer.start is not None:
        made = replace(made, start=outer.start + at, end=outer.start + at + size)
    return made
