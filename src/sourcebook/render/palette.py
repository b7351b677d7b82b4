"""The colours of a book: one meaning, one custom property, in light and in dark.

Matplotlib writes plain colours into a drawing. For a page of the book each named colour is therefore drawn as a
sentinel, a hex code that nothing else uses, and :func:`to_css` replaces the sentinels by CSS custom properties with
fall-backs. The style sheet of the book gives the properties their values for both themes. The fall-backs, which a
figure outside a page has for its colours, are from Okabe and Ito's set, which stays distinct for colour-blind
readers, darkened for text on white.

References
----------
Okabe, M. and Ito, K. (2008). Color Universal Design: How to make figures and presentations that are
friendly to colorblind people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

__all__ = [
    "COLOURS",
    "MARKS",
    "colour",
    "for_pages",
    "is_for_pages",
    "relation",
    "sentinel",
    "source",
    "to_css",
]

COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "ink": "#1d1d1b",
        "muted": "#595959",
        "rule": "#c9c5bd",
        "paper": "#ffffff",
        "source-1": "#1267c2",
        "source-2": "#5b2d08",
        "source-3": "#147f55",
        "source-4": "#6a3fd4",
        "source-5": "#b0327a",
        "source-6": "#00707f",
        "source-7": "#896e01",
        "source-8": "#272727",
        "agree": "#086ed6",
        "compatible": "#112f33",
        "variant": "#00706b",
        "contradict": "#8c2d04",
        "not-comparable": "#807300",
        "only": "#861a68",
        "silent": "#737373",
    }
)

#: Marks of matplotlib for states, so that no state is known by its colour alone; relations in their order first.
MARKS: Mapping[str, str] = MappingProxyType(
    {
        "contradict": "X",
        "compatible": "D",
        "variant": "d",
        "agree": "o",
        "not-comparable": "s",
        "only": "^",
        "searched-absent": "_",
        "mentioned": "1",
        "out-of-scope": ".",
        "before-event": "4",
        "not-coded": "$?$",
    }
)

_SENTINELS = {name: f"#0{i:02x}f0e" for i, name in enumerate(COLOURS)}


def sentinel(name: str) -> str:
    """Return the hex code that stands for a named colour in a drawing."""
    return _SENTINELS[name]


_FOR_PAGES: ContextVar[bool] = ContextVar("for_pages", default=False)


@contextmanager
def for_pages() -> Iterator[None]:
    """Draw with sentinels, as a page of the book needs them, instead of with ordinary colours.

    Examples
    --------
    >>> with for_pages():
    ...     colour("ink") == sentinel("ink")
    True
    >>> colour("ink")
    '#1d1d1b'
    """
    before = _FOR_PAGES.set(True)
    try:
        yield
    finally:
        _FOR_PAGES.reset(before)


def is_for_pages() -> bool:
    """Return whether what is drawn now is for a page of the book."""
    return _FOR_PAGES.get()


def colour(name: str) -> str:
    """Return a named colour: its sentinel on a page of the book, else the colour itself."""
    return (_SENTINELS if is_for_pages() else COLOURS)[name]


def source(position: int) -> str:
    """Return the colour of the source at a position of the registry, counted from 0; eight repeat."""
    return colour(f"source-{position % 8 + 1}")


def relation(state: str) -> str:
    """Return the colour of a relation or of a silence."""
    return colour(state if state in COLOURS else "silent")


def to_css(markup: str) -> str:
    """Replace every sentinel by its custom property with the fall-back.

    Examples
    --------
    >>> to_css(f"fill: {sentinel('ink')}")
    'fill: var(--sb-ink, #1d1d1b)'
    """
    names = {code: name for name, code in _SENTINELS.items()}
    pattern = re.compile("|".join(map(re.escape, names)))
    return pattern.sub(lambda m: f"var(--sb-{names[m[0]]}, {COLOURS[names[m[0]]]})", markup)
