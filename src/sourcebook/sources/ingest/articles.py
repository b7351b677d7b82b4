"""Read lists of articles: CSV with a header, or JSON, one article each row."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from sourcebook.sources.ingest.encodings import decode
from sourcebook.sources.ingest.extraction import Extraction, UnreadableError

__all__ = ["read_csv_articles", "read_json_articles"]

#: The names by which exports call a column, the first that is there being taken.
_COLUMNS = {
    "text": ("text", "body", "content", "article", "fulltext", "full_text", "maintext", "articlebody"),
    "name": ("id", "source_id", "doc_id", "article_id", "guid", "key"),
    "title": ("title", "headline", "name"),
    "author": ("author", "authors", "byline", "creator"),
    "date": (
        "date",
        "date_published",
        "published",
        "published_at",
        "datepublished",
        "pubdate",
        "publication_date",
    ),
    "publisher": ("publisher", "source", "outlet", "newspaper", "publication", "site", "domain"),
    "language": ("language", "lang"),
    "page": ("url", "link", "page", "address"),
}
_NO_TEXT = "no column with the text of articles"
_NAME_IT = f"name the column with the text “{_COLUMNS['text'][0]}”"


def read_csv_articles(data: bytes) -> list[Extraction]:
    r"""Return the articles of a CSV file, separated by commas, semicolons or tabs.

    Parameters
    ----------
    data : bytes
        The file; a column ``text`` is needed, ``id, title, author, date, publisher, language, url`` are used.

    Raises
    ------
    UnreadableError
        If no column holds texts, or no row has one.

    Examples
    --------
    >>> read_csv_articles(b"id;title;text\n7;The bridge;It fell.\n")[0].text
    'The bridge\n\nIt fell.\n'
    """
    text, encoding, notes = decode(data)
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    csv.field_size_limit(20_000_000)
    try:
        rows = [dict(row) for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)]
    except csv.Error as error:
        raise UnreadableError(f"a CSV file that is broken ({error})", "save it anew as CSV UTF-8") from error
    return list(_articles(rows, encoding, notes))


def read_json_articles(data: bytes) -> list[Extraction]:
    """Return the articles of a file in JSON Lines, or of a JSON list.

    Parameters
    ----------
    data : bytes
        The file; its objects have the keys that a CSV file has as columns.

    Raises
    ------
    UnreadableError
        If a line is no object in JSON, or none has a text.
    """
    text, encoding, notes = decode(data)
    try:
        if text.lstrip().startswith("["):
            rows = json.loads(text)
        else:
            rows = [json.loads(line) for line in text.split("\n") if line.strip()]
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"no JSON ({error})", "correct it, one object in a line") from error
    if not all(isinstance(row, dict) for row in rows):
        raise UnreadableError("JSON that is no list of articles", "give one object for each article")
    return list(_articles(rows, encoding, notes))


def _articles(rows: list[dict[str, Any]], encoding: str, notes: tuple[str, ...]) -> Iterator[Extraction]:
    """Yield the articles of rows; raise an error if there are none."""
    count = 0
    for number, row in enumerate(rows, start=1):
        cells = {str(name).strip().lower(): _text(value) for name, value in row.items() if name is not None}
        found = {column: _first(cells, names) for column, names in _COLUMNS.items()}
        body = found.pop("text").replace("\r\n", "\n").replace("\r", "\n").strip()
        if not body:
            continue
        count += 1
        title = found["title"] if found["title"] and not body.startswith(found["title"]) else ""
        zones = (("title", 0, len(title)),) if title else ()
        yield Extraction(
            text=(f"{title}\n\n" if title else "") + body + "\n",
            encoding=encoding,
            name=found.pop("name") or str(number),
            metadata={column: value for column, value in found.items() if value},
            zones=zones,
            notes=notes if number == 1 else (),
        )
    if not count:
        raise UnreadableError(_NO_TEXT, _NAME_IT)


def _first(cells: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((cells[name] for name in names if cells.get(name)), "")


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    if isinstance(value, dict):
        return _text(value.get("name", ""))
    return "" if value is None else str(value).strip()
