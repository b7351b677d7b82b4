"""The pieces that schemas are made of: a table, and the columns that many tables share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandera.pandas as pa

from sourcebook.core import vocabularies

__all__ = [
    "ANCHOR_COLUMNS",
    "ID",
    "OFFSET",
    "Category",
    "Table",
    "Variable",
    "anchor",
    "basis",
    "column",
    "identifier",
    "note",
    "source",
    "speech",
    "table",
]

ANCHOR_COLUMNS = ("exact", "prefix", "suffix", "start", "end")

#: At most 120 characters: an id is part of the name of a file.
ID = r"[a-z0-9][a-z0-9.-]{0,119}"

#: A place in a text.
OFFSET = r"0|[1-9][0-9]{0,11}"


@dataclass(frozen=True, kw_only=True)
class Variable:
    """What of the rows of a table the coding passes compare, sentence by sentence.

    Attributes
    ----------
    name : str
        Name of the variable in the passes.
    column : str
        The column whose labels it collects.
    each : bool
        Whether agreement is measured for each label by itself, not for having any and for which.
    """

    name: str
    column: str
    each: bool = False


@dataclass(frozen=True, kw_only=True)
class Category:
    """How the rows of a table are marked and described on the page of their source.

    Attributes
    ----------
    mark : str
        The mark of the style sheet, and the address of its switch.
    name, plural : str
        What one row and several rows are called.
    label : str
        What the legend calls them.
    text : str
        What a row says, in a few words: ``{column}`` stands for a cell, by its label where it is a term or a link;
        what is in brackets is left out where its cell is empty.
    shown : bool
        Whether the rows are marked before the reader asks for them.
    place : int
        Place in the legend.
    """

    mark: str
    name: str
    plural: str
    label: str
    text: str = ""
    shown: bool = True
    place: int = 0


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table of the dataset.

    Attributes
    ----------
    name : str
        Name by which the tables link to each other.
    path : str
        Place in the data folder.
    title, description : str
        What a row is, for people.
    key : tuple of str
        Columns that together identify a row.
    schema : pandera.DataFrameSchema
        Columns in order, with descriptions and checks.
    anchored : bool
        Whether each row carries a quote and its place in a raw file.
    required : bool
        Whether a data folder must have it.
    label : str
        The column that names a row for people, where another table links to it.
    coverage : bool
        Whether a row counts as a coding of the sentences that its quote touches.
    variable : Variable or None
        What the coding passes compare.
    category : Category or None
        How its rows are marked on the page of their source.
    numbers : mapping of str to str, or None
        Named numbers that count the rows by a column: first part of the names, and column. None where the rows are
        not counted.
    """

    name: str
    path: str
    title: str
    description: str
    key: tuple[str, ...]
    schema: pa.DataFrameSchema
    anchored: bool = False
    required: bool = False
    label: str = ""
    coverage: bool = False
    variable: Variable | None = None
    category: Category | None = None
    numbers: Mapping[str, str] | None = None


def column(
    description: str,
    *,
    one_of: Iterable[str] | None = None,
    pattern: str | None = None,
    called: str = "",
    empty: bool = False,
    **metadata: Any,
) -> pa.Column:
    """Return a text column.

    ``empty`` allows an empty cell, and a table without the column, which then counts as empty; ``called`` names what
    the pattern allows. With a ``separator`` a cell joins several of ``one_of``.
    """
    checks = []
    separator = metadata.get("separator")
    if one_of is not None and separator:
        term = f"(?:{'|'.join(map(re.escape, one_of))})"
        full = rf"{term}(?:{re.escape(separator)}{term})*"
        told = f"one of: {', '.join(one_of)}; or several, joined by {separator} without blanks"
        checks.append(pa.Check.str_matches(rf"^(?:{full}){'?' if empty else ''}\Z", error=told))
    elif one_of is not None:
        allowed = [*one_of, ""] if empty else [*one_of]
        checks.append(pa.Check.isin(allowed, error=f"one of: {', '.join(one_of)}"))
    elif pattern is not None:
        full = rf"^(?:{pattern})?\Z" if empty else rf"^(?:{pattern})\Z"
        checks.append(pa.Check.str_matches(full, error=called or f"text like {pattern}"))
    elif not empty:
        checks.append(pa.Check.str_length(min_value=1, error="a value, not an empty cell"))
    about = {"empty": empty, **metadata}
    if one_of is not None:
        about["one_of"] = dict(one_of) if isinstance(one_of, Mapping) else dict.fromkeys(one_of, "")
    return pa.Column(str, checks, description=description, required=not empty, metadata=about)


def identifier(description: str, **metadata: Any) -> pa.Column:
    """Return a column of lower-case identifiers."""
    return column(description, pattern=ID, **metadata)


def source() -> pa.Column:
    """Return the column that names the source of a quote."""
    return identifier("The source that the quote stands in.", link="sources.source_id")


def anchor(*, outside_sentences: bool = False) -> dict[str, pa.Column]:
    """Return the columns of an anchor; a quote from a letterhead stands outside every sentence."""
    offset = "code points from the start of the raw file, counted from 0"
    number = "a whole number without zeros before it"
    return {
        "sentence_id": column(
            "The sentence in which the quote starts"
            + ("; empty for a quote from a letterhead." if outside_sentences else "."),
            pattern=ID,
            empty=outside_sentences,
            link="sentences.sentence_id",
        ),
        "exact": column("The quote: the raw file from `start` up to `end`, letter for letter."),
        "prefix": column("Up to 32 characters of the raw file before the quote.", empty=True),
        "suffix": column("Up to 32 characters of the raw file after the quote.", empty=True),
        "start": column("Where the quote begins.", pattern=OFFSET, called=number, unit=offset),
        "end": column(
            "Where the quote ends; the character at `end` is no longer in it.",
            pattern=OFFSET,
            called=number,
            unit=offset,
        ),
    }


def speech() -> dict[str, pa.Column]:
    """Return the columns that say who speaks, through whom, and how."""
    return {
        "voice": column("Who asserts it within the source, as far in as the text says.", term="voice"),
        "via": column(
            "Through whom the voice is heard, if the source names somebody between.", empty=True, term="voice"
        ),
        "modality": column("How the voice stands to what it says.", one_of=vocabularies.MODALITIES),
    }


def basis() -> dict[str, pa.Column]:
    """Return the column that says whether the words state what is coded, or the coder inferred it."""
    return {
        "basis": column(
            "Whether the words state it (also when empty) or the coder inferred it.",
            one_of=vocabularies.BASES,
            empty=True,
        )
    }


def note() -> dict[str, pa.Column]:
    """Return the column for a coder's remark."""
    return {"note": column("What the coder wants a reader to know.", empty=True)}


def table(
    name: str,
    path: str,
    key: str | tuple[str, ...],
    title: str,
    description: str,
    columns: Mapping[str, pa.Column],
    **options: Any,
) -> Table:
    """Return a table whose `key` columns identify a row; it is anchored if it has the anchor columns."""
    keys = (key,) if isinstance(key, str) else key
    schema = pa.DataFrameSchema(
        dict(columns), unique=list(keys), strict=False, name=name, title=title, description=description
    )
    return Table(
        name=name,
        path=path,
        title=title,
        description=description,
        key=keys,
        schema=schema,
        anchored=set(ANCHOR_COLUMNS) <= set(columns) and "source_id" in columns,
        **options,
    )
