"""The tables that describe the raw files."""

from __future__ import annotations

from sourcebook.core import vocabularies
from sourcebook.core.schemas.columns import OFFSET, column, identifier, source, table

__all__ = ["TABLES"]

_NUMBER = "a whole number without zeros before it"

SOURCES = table(
    "sources",
    "raw/sources.csv",
    "source_id",
    "Sources",
    "One row for each document: what it is, who issued it, and the hash that its file must have.",
    {
        "source_id": identifier("Readable identifier: author or agency, year, month."),
        "file": column("Name of the file in data/raw."),
        "original_name": column("Name under which the file was received.", empty=True),
        "sha256": column("SHA-256 of the file's bytes.", pattern=r"[0-9a-f]{64}"),
        "short_name": column(
            "What tables and figures call the source; if empty, its author or publisher and its month.",
            empty=True,
        ),
        "title": column("Title as the text prints it; empty if it prints none.", empty=True),
        "author": column("Who signs the text; empty if unsigned.", empty=True),
        "author_role": column("The role in which the author signs.", empty=True),
        "publisher": column("Who issued the text.", empty=True),
        "place": column("Where the publisher sits.", empty=True),
        "date_published": column(
            "Date of publication that the text carries; empty if undated.", empty=True, grammar="edtf"
        ),
        "not_before": column(
            "Earliest date of writing by the text's own statements.", empty=True, grammar="edtf"
        ),
        "not_after": column(
            "Latest date of writing by the text's own statements.", empty=True, grammar="edtf"
        ),
        "date_note": column(
            "How the date and its bounds follow from the text, or where a proposed date was found.",
            empty=True,
        ),
        "genre": column("Kind of text.", empty=True),
        "language": column("Language of the text (BCP 47), such as en or pt-BR.", grammar="language"),
        "page": column("Address of the original page, if known.", empty=True),
        "rights": column("Who holds the rights in the text."),
        "carries": column("What the file carries besides its text.", empty=True),
        "original": column(
            "The file as it was received, in data/raw, where the text was taken out of it.",
            empty=True,
        ),
        "original_sha256": column("SHA-256 of that file's bytes.", pattern=r"[0-9a-f]{64}", empty=True),
        "tool": column("What took the text out.", empty=True),
        "tool_version": column("Its version.", empty=True),
        "encoding": column("Encoding of the file as it was received.", empty=True),
        "proposed": column(
            "Columns of this row that a program filled in and nobody has confirmed.",
            empty=True,
            separator=";",
        ),
    },
    required=True,
)

LAYOUT = table(
    "layout",
    "raw/layout.csv",
    ("source_id", "start"),
    "Layout of the raw files",
    "Stretches of a raw file that are not running text, or that have a role such as title or byline.",
    {
        "source_id": source(),
        "zone": column("What the stretch is.", one_of=vocabularies.ZONES),
        "exact": column("The raw file from `start` up to `end`."),
        "start": column("Where it begins.", pattern=OFFSET, called=_NUMBER, unit="code points from 0"),
        "end": column("Where it ends.", pattern=OFFSET, called=_NUMBER, unit="code points from 0"),
    },
)

PAGES = table(
    "pages",
    "raw/pages.csv",
    ("source_id", "page"),
    "Pages",
    "Where each page of a paginated original begins and ends in the text that was taken out of it.",
    {
        "source_id": source(),
        "page": column("Number of the page, counted from 1.", pattern=OFFSET, called=_NUMBER),
        "start": column("Where it begins.", pattern=OFFSET, called=_NUMBER, unit="code points from 0"),
        "end": column("Where it ends.", pattern=OFFSET, called=_NUMBER, unit="code points from 0"),
    },
)

SENTENCE_IDS = table(
    "sentence_ids",
    "raw/sentence_ids.csv",
    "sentence_id",
    "Ids of sentences",
    "The ids that sentences got, with their words, written by the commands that use them: a sentence keeps its id when "
    "the text or its layout changes, and an id whose sentence is gone is given to no other.",
    {
        "sentence_id": identifier("Identifier: the source id, `.s` and a number."),
        "source_id": identifier("The source.", link="sources.source_id"),
        "text": column("The sentence, in the normalised text.", literal=True),
    },
)

VERSIONS = table(
    "versions",
    "raw/versions.csv",
    ("source_id", "sha256"),
    "Earlier texts",
    "The texts that sources had before, kept by `sourcebook reanchor` when a new one took their place.",
    {
        "source_id": identifier("The source.", link="sources.source_id"),
        "file": column("Name of the file in data/raw."),
        "sha256": column("SHA-256 of the file's bytes.", pattern=r"[0-9a-f]{64}"),
        "replaced": column("Day on which another text took its place.", grammar="edtf"),
    },
)

#: In the order of the data dictionary.
TABLES = (SOURCES, LAYOUT, PAGES, SENTENCE_IDS, VERSIONS)
