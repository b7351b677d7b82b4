"""Tables that keep within the width of a page: where long words may break, and how small the letters are.

A browser makes a column as wide as its longest word. On a screen a wide table slides; on paper it would be cut. So
ids and names break after their signs, and a table whose longest words do not fit side by side gets smaller letters,
or breaks anywhere.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

__all__ = ["fit_tables"]

#: The pieces into which a long word may break: after a sign between its letters.
_PIECES = re.compile(r"(?<=[\w)\]][-_./|=+(:;,])(?=[\w(])")
_LONG = re.compile(r"\S{13,}")
#: How many letters fit side by side in a page's width at each size, less what is between columns.
_FITTING = {"": 118, "sb-small": 138, "sb-smaller": 160}
_GAP = 1.6
#: A word of prose is hyphenated by the browser; no more than this of it has to stay together.
_UNBROKEN = 11


def fit_tables(article: HtmlElement) -> None:
    """Let the tables of an article fit a page.

    Parameters
    ----------
    article : lxml.html.HtmlElement
        Its tables get places to break and a class for their size.
    """
    for table in article.iter("table"):
        for cell in table.iter("td", "th"):
            _break_long(cell)
        widths: dict[int, int] = {}
        for row in table.iter("tr"):
            for column, cell in enumerate(row.iterchildren("td", "th")):
                if int(cell.get("colspan", 1)) == 1:
                    widths[column] = max(widths.get(column, 0), _longest(cell))
        need = sum(widths.values()) + _GAP * len(widths)
        size = next((name for name, room in _FITTING.items() if need <= room), "sb-smaller sb-anywhere")
        table.set("class", f"{table.get('class', '')} {size}".strip())


def _longest(cell: HtmlElement) -> int:
    """Return the letters of a cell that cannot be parted."""
    words = [word for text in cell.itertext() for word in text.split()]
    return max(
        (min(len(word), 13 if any(c.isdigit() for c in word) else _UNBROKEN) for word in words), default=0
    )


def _break_long(cell: HtmlElement) -> None:
    """Put a place to break after the signs within long words."""
    for element in list(cell.iter()):
        if not isinstance(element.tag, str):
            continue
        for text, where in ((element.text, "text"), (element.tail if element is not cell else None, "tail")):
            if text and _LONG.search(text):
                _part(element, text, where)


def _part(element: HtmlElement, text: str, where: str) -> None:
    pieces = [""]
    for word in re.split(r"(\s+)", text):
        first, *others = _PIECES.split(word) if _LONG.fullmatch(word) else [word]
        pieces[-1] += first
        pieces += others
    setattr(element, where, pieces[0])
    last = None
    for piece in pieces[1:]:
        place = element.makeelement("wbr")
        place.tail = piece
        if last is not None:
            last.addnext(place)
        elif where == "text":
            element.insert(0, place)
        else:
            tail, element.tail = element.tail, None
            element.addnext(place)
            element.tail = tail
        last = place
