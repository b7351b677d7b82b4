"""The sources as references that reference managers read: who wrote, what, when, where."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sourcebook.core.errors import ParseError
from sourcebook.parsing.dates import parse_edtf
from sourcebook.pipeline.dataset import read

__all__ = ["Name", "Reference", "reference_of", "references_of"]

#: Words in the genre of a source, and the type of CSL that they mean; the first that is found.
_TYPES = {
    "interview": "interview",
    "speech": "speech",
    "letter": "personal_communication",
    "thesis": "thesis",
    "treaty": "treaty",
    "legislation": "legislation",
    "report, news": "article-newspaper",
    "news": "article-newspaper",
    "opinion": "article-magazine",
    "blog": "post-weblog",
    "post": "post",
    "book": "book",
    "journal": "article-journal",
    "press release": "pamphlet",
    "report": "report",
}
_YEAR = re.compile(r"(-?\d{4})(?:-(\d{2})(?:-(\d{2}))?)?[~?%]?")


@dataclass(frozen=True)
class Name:
    """A person, or an organisation, whose whole name is `family`."""

    family: str
    given: str = ""


@dataclass(frozen=True)
class Reference:
    """A source as a reference.

    Attributes
    ----------
    key, title, publisher, place, language, address, genre : str
        What the registry says; an address is that of a page.
    type : str
        The type of CSL.
    authors : tuple of Name
        Who signed it.
    date : str
        The date of publication in EDTF; empty where it has none.
    parts : tuple of int
        Year, month and day, as far as the date says one of each.
    uncertain : bool
        Whether the date is approximate or uncertain.
    """

    key: str
    type: str
    title: str = ""
    authors: tuple[Name, ...] = ()
    publisher: str = ""
    place: str = ""
    date: str = ""
    parts: tuple[int, ...] = ()
    uncertain: bool = False
    language: str = ""
    address: str = ""
    genre: str = ""


def reference_of(row: Mapping[str, str]) -> Reference:
    """Return a source of the registry as a reference.

    Parameters
    ----------
    row : mapping of str to str
        Its row.

    Examples
    --------
    >>> row = {"source_id": "a", "author": "Haug, Ann", "date_published": "1988-11~", "genre": "news report"}
    >>> made = reference_of(row)
    >>> made.type, made.authors, made.parts, made.uncertain
    ('article-newspaper', (Name(family='Haug', given='Ann'),), (1988, 11), True)
    """
    genre, page = row.get("genre", ""), row.get("page", "")
    found = next((type_ for word, type_ in _TYPES.items() if word in genre.casefold()), "")
    date = row.get("date_published", "")
    match = _YEAR.fullmatch(date)
    return Reference(
        key=row["source_id"],
        type=found or ("webpage" if page else "document"),
        title=row.get("title", ""),
        authors=tuple(_name(part) for part in row.get("author", "").split(";") if part.strip()),
        publisher=row.get("publisher", ""),
        place=row.get("place", ""),
        date=date if _is_date(date) else "",
        parts=tuple(int(part) for part in match.groups() if part) if match else (),
        uncertain=date.endswith(("~", "?", "%")),
        language=row.get("language", ""),
        address=page,
        genre=genre,
    )


def references_of(folder: Path) -> list[Reference]:
    """Return the sources of a data folder as references.

    Parameters
    ----------
    folder : Path
        The data folder.

    Examples
    --------
    >>> from sourcebook.pipeline.folders import default_folder
    >>> references_of(default_folder())[0].title
    'Justice for Western Azerbaijan Community'
    """
    rows = read(folder).tables["sources"].to_dict("records")
    return [reference_of({str(name): str(cell) for name, cell in row.items()}) for row in rows]


def _name(text: str) -> Name:
    family, comma, given = (part.strip() for part in text.partition(","))
    return Name(family, given) if comma else Name(text.strip())


def _is_date(date: str) -> bool:
    try:
        parse_edtf(date)
    except ParseError:
        return False
    return bool(date)
