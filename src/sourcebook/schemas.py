"""The one definition of every coded and reference table: columns, meaning, units, terms, links.

Validation, the data dictionary and the Data Package are all derived from ``TABLES``. Each schema is a
pandera ``DataFrameSchema``; a column's ``metadata`` carries what pandera has no word for:

``term``
    name of a codebook vocabulary whose terms the column takes
``link``
    ``table.column`` that the value must exist in
``separator``
    the cell is a list, joined by this string
``unit``
    unit of a number
``grammar``
    ``edtf``, ``quantity``, ``pinpoint``: the grammar that a value must follow
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandera.pandas as pa

from sourcebook import vocab

__all__ = ["ANCHOR_COLUMNS", "TABLES", "Table"]

ANCHOR_COLUMNS = ("exact", "prefix", "suffix", "start", "end")

_ID = r"[a-z0-9][a-z0-9.-]*"


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
    """

    name: str
    path: str
    title: str
    description: str
    key: tuple[str, ...]
    schema: pa.DataFrameSchema
    anchored: bool = False
    required: bool = False


def _column(
    description: str,
    *,
    one_of: Iterable[str] | None = None,
    pattern: str | None = None,
    empty: bool = False,
    **metadata: Any,
) -> pa.Column:
    """Return a text column; ``empty`` allows an empty cell beside the check."""
    checks = []
    if one_of is not None:
        allowed = [*one_of, ""] if empty else [*one_of]
        checks.append(pa.Check.isin(allowed, error=f"one of: {', '.join(one_of)}"))
    elif pattern is not None:
        full = rf"^(?:{pattern})?$" if empty else rf"^(?:{pattern})$"
        checks.append(pa.Check.str_matches(full, error=f"text like {pattern}"))
    elif not empty:
        checks.append(pa.Check.str_length(min_value=1, error="a value, not an empty cell"))
    return pa.Column(str, checks, description=description, metadata={"empty": empty, **metadata})


def _id(description: str, **metadata: Any) -> pa.Column:
    return _column(description, pattern=_ID, **metadata)


def _source() -> pa.Column:
    return _id("The source that the quote stands in.", link="sources.source_id")


def _anchor(*, outside_sentences: bool = False) -> dict[str, pa.Column]:
    """Return the columns of an anchor; a quote from a letterhead stands outside every sentence."""
    offset = "code points from the start of the raw file, counted from 0"
    return {
        "sentence_id": _column(
            "The sentence in which the quote starts"
            + ("; empty for a quote from a letterhead." if outside_sentences else "."),
            pattern=_ID,
            empty=outside_sentences,
            link="sentences.sentence_id",
        ),
        "exact": _column("The quote: the raw file from `start` up to `end`, letter for letter."),
        "prefix": _column("Up to 32 characters of the raw file before the quote.", empty=True),
        "suffix": _column("Up to 32 characters of the raw file after the quote.", empty=True),
        "start": _column("Where the quote begins.", pattern=r"\d+", unit=offset),
        "end": _column(
            "Where the quote ends; the character at `end` is no longer in it.", pattern=r"\d+", unit=offset
        ),
    }


def _speech() -> dict[str, pa.Column]:
    return {
        "voice": _column("Who asserts it within the source, as far in as the text says.", term="voice"),
        "via": _column(
            "Through whom the voice is heard, if the source names somebody between.", empty=True, term="voice"
        ),
        "modality": _column("How the voice stands to what it says.", one_of=vocab.MODALITIES),
    }


def _note() -> dict[str, pa.Column]:
    return {"note": _column("What the coder wants a reader to know.", empty=True)}


def _table(
    name: str,
    path: str,
    key: str | tuple[str, ...],
    title: str,
    description: str,
    columns: Mapping[str, pa.Column],
    *,
    required: bool = False,
) -> Table:
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
        required=required,
    )


_SOURCES = _table(
    "sources",
    "raw/sources.csv",
    "source_id",
    "Sources",
    "One row for each document: what it is, who issued it, and the hash that its file must have.",
    {
        "source_id": _id("Readable identifier: author or agency, year, month."),
        "file": _column("Name of the file in data/raw."),
        "original_name": _column("Name under which the file was received.", empty=True),
        "sha256": _column("SHA-256 of the file's bytes.", pattern=r"[0-9a-f]{64}"),
        "title": _column("Title as the text prints it; empty if it prints none.", empty=True),
        "author": _column("Who signs the text; empty if unsigned.", empty=True),
        "author_role": _column("The role in which the author signs.", empty=True),
        "publisher": _column("Who issued the text.", empty=True),
        "place": _column("Where the publisher sits.", empty=True),
        "date_published": _column(
            "Date of publication that the text carries; empty if undated.", empty=True, grammar="edtf"
        ),
        "not_before": _column(
            "Earliest date of writing by the text's own statements.", empty=True, grammar="edtf"
        ),
        "not_after": _column(
            "Latest date of writing by the text's own statements.", empty=True, grammar="edtf"
        ),
        "date_note": _column("How the bounds follow from the text.", empty=True),
        "genre": _column("Kind of text.", empty=True),
        "language": _column("Language of the text (BCP 47).", pattern=r"[a-zA-Z-]+"),
        "page": _column("Address of the original page, if known.", empty=True),
        "rights": _column("Who holds the rights in the text."),
        "carries": _column("What the file carries besides its text.", empty=True),
    },
    required=True,
)

_LAYOUT = _table(
    "layout",
    "raw/layout.csv",
    ("source_id", "start"),
    "Layout of the raw files",
    "Stretches of a raw file that are not running text, or that have a role such as title or byline.",
    {
        "source_id": _source(),
        "zone": _column("What the stretch is.", one_of=vocab.ZONES),
        "exact": _column("The raw file from `start` up to `end`."),
        "start": _column("Where it begins.", pattern=r"\d+", unit="code points from 0"),
        "end": _column("Where it ends.", pattern=r"\d+", unit="code points from 0"),
    },
)

_CODEBOOK = _table(
    "codebook",
    "coded/codebook.csv",
    ("vocabulary", "term"),
    "Codebook",
    "The controlled terms of this corpus, each with the definition that coders work from.",
    {
        "vocabulary": _column("Which list the term belongs to.", one_of=vocab.CODEBOOK_VOCABULARIES),
        "term": _id("The term as it stands in the tables."),
        "label": _column("The term for people."),
        "definition": _column("When to use it, and when not."),
        "broader": _column("A term of the same list that includes this one.", empty=True, pattern=_ID),
    },
)

_EVENTS = _table(
    "events",
    "coded/events.csv",
    "event_id",
    "Events",
    "What the sources date: one row for each event, described without taking sides.",
    {
        "event_id": _id("Identifier of the event."),
        "label": _column("Neutral short name."),
        "kind": _column("Kind of event.", term="event-kind"),
        "description": _column("What the sources speak of here, attributed where it is contested."),
        "part_of": _column("A larger event that includes this one.", empty=True, link="events.event_id"),
    },
)

_PROPOSITIONS = _table(
    "propositions",
    "coded/propositions.csv",
    "proposition_id",
    "Propositions",
    "Questions that a source can answer; claims on the same proposition can be compared.",
    {
        "proposition_id": _id("Identifier of the proposition."),
        "question": _column("The question, in neutral words."),
        "kind": _column("What kind of answer it takes.", one_of=vocab.CLAIM_KINDS),
        "unit": _column("What a quantity counts.", empty=True, term="unit"),
        "scope": _column("Place, time and population that the question means."),
        "topic": _column("What it is about.", term="topic"),
        "event_id": _column("The event that it asks about.", empty=True, link="events.event_id"),
        "cardinality": _column("Whether one answer excludes another.", one_of=vocab.CARDINALITIES),
        "dated": _column(
            "What a date answers: when something happened, or from when to when.",
            one_of=vocab.DATED,
            empty=True,
        ),
        "search": _column(
            "Words and variants whose absence shows silence; a plain phrase each, any case.", separator=";"
        ),
        "note": _column("What a reader should know about the question.", empty=True),
    },
    required=True,
)

_CLAIMS = _table(
    "claims",
    "coded/claims.csv",
    "claim_id",
    "Claims",
    "One row for each answer that a source gives to a proposition, anchored to its words.",
    {
        "claim_id": _id("Stable identifier: the source id, `.c` and three digits; never reused."),
        "source_id": _source(),
        "proposition_id": _id("The question that is answered.", link="propositions.proposition_id"),
        **_anchor(),
        "value": _column(
            "The answer as coded: quantity notation, EDTF, a codebook term, a name as printed, yes or no."
        ),
        "entity_id": _column(
            "For names: whom or what the name belongs to.", empty=True, link="entities.entity_id"
        ),
        "scope": _column(
            "What exactly is counted or dated, where it matters for comparison.", empty=True, term="scope"
        ),
        **_speech(),
        **_note(),
    },
    required=True,
)

_ENTITIES = _table(
    "entities",
    "coded/entities.csv",
    "entity_id",
    "Entities",
    "Persons, organisations, states, places, groups and named events: the authority for name variants.",
    {
        "entity_id": _id("Identifier of the entity."),
        "kind": _column("What it is.", one_of=vocab.ENTITY_KINDS),
        "name": _column("The form of the name that the book uses."),
        "note": _column("Who or what it is, attributed where contested.", empty=True),
    },
)

_MENTIONS = _table(
    "mentions",
    "coded/mentions.csv",
    "mention_id",
    "Mentions",
    "Each place where a source names an entity, in the form that stands there.",
    {
        "mention_id": _id("Identifier: the source id, `.m` and three digits."),
        "entity_id": _id("Who or what is named.", link="entities.entity_id"),
        "source_id": _source(),
        **_anchor(outside_sentences=True),
        "role": _column("Title, office or description that the source gives at this place.", empty=True),
        **_note(),
    },
)

_CITATIONS = _table(
    "citations",
    "coded/citations.csv",
    "citation_id",
    "Instrument citations",
    "Each place where a source invokes a legal instrument, with what it says the instrument does.",
    {
        "citation_id": _id("Identifier: the source id, `.l` and three digits."),
        "instrument_id": _id("The instrument that is invoked.", link="instruments.instrument_id"),
        "pinpoint": _column(
            "Article, principle or paragraph, if the source names one.", empty=True, grammar="pinpoint"
        ),
        "source_id": _source(),
        **_anchor(),
        "effect": _column("What the source says the instrument does, restated in a few words.", empty=True),
        "elements": _column(
            "That statement as elements.", empty=True, separator=";", link="elements.element"
        ),
        **_speech(),
        **_note(),
    },
)

_FRAMES = _table(
    "frames",
    "coded/frames.csv",
    "frame_id",
    "Frames",
    "Passages that define a problem, name a cause, judge, or propose a remedy (Entman 1993).",
    {
        "frame_id": _id("Identifier: the source id, `.f` and three digits."),
        "source_id": _source(),
        **_anchor(),
        "function": _column("Which of Entman's four functions.", one_of=vocab.FRAME_FUNCTIONS),
        "frame": _column("What the frame is about.", term="frame"),
        "agent": _column("Who is said to act, in the source's words or as an entity.", empty=True),
        **_speech(),
        **_note(),
    },
)

_DEMANDS = _table(
    "demands",
    "coded/demands.csv",
    "demand_id",
    "Demands",
    "Who asks whom to do what.",
    {
        "demand_id": _id("Identifier: the source id, `.d` and three digits."),
        "source_id": _source(),
        **_anchor(),
        "addressee": _column("Of whom it is demanded.", term="addressee"),
        "action": _column("What is demanded.", term="action"),
        "summary": _column("The demand in a few neutral words."),
        **_speech(),
        **_note(),
    },
)

_TERM_USES = _table(
    "term_uses",
    "coded/term_uses.csv",
    "use_id",
    "Uses of terms of art",
    "Each occurrence of a word that has a legal meaning.",
    {
        "use_id": _id("Identifier: the source id, `.t` and three digits."),
        "term_id": _id("The term.", link="terms.term_id"),
        "source_id": _source(),
        **_anchor(),
        **_speech(),
        **_note(),
    },
)

_HERITAGE = _table(
    "heritage",
    "coded/heritage.csv",
    "heritage_id",
    "Heritage claims",
    "What a source says was done to heritage, or should be done.",
    {
        "heritage_id": _id("Identifier: the source id, `.h` and three digits."),
        "source_id": _source(),
        **_anchor(),
        "object": _column("Kind of heritage.", term="heritage-object"),
        "treatment": _column("What is said to have been done, or to be needed.", term="heritage-treatment"),
        "agent": _column("Who is said to act.", empty=True),
        **_speech(),
        **_note(),
    },
)

_UNCODED = _table(
    "uncoded",
    "coded/uncoded.csv",
    "sentence_id",
    "Uncoded sentences",
    "Every sentence that carries no coding, with the reason.",
    {
        "source_id": _source(),
        **_anchor(),
        "reason": _column("Why it carries no coding.", one_of=vocab.UNCODED_REASONS),
        **_note(),
    },
)

_LINKS = _table(
    "links",
    "coded/links.csv",
    "link_id",
    "What sources depend on",
    "Upstream authors, publishers, speeches, documents and events of each source, with the evidence. "
    "Two sources with the same upstream are linked.",
    {
        "link_id": _id("Identifier: the source id, `.u` and three digits."),
        "source_id": _source(),
        "upstream": _id("Identifier of what the source depends on."),
        "upstream_label": _column("Its name."),
        "kind": _column("How the source depends on it.", one_of=vocab.LINK_KINDS),
        **_anchor(outside_sentences=True),
        "reference": _column(
            "Bibliography keys, where the evidence lies outside the source.", empty=True, separator=";"
        ),
        **_note(),
    },
)

_SCOPES = _table(
    "scopes",
    "coded/scopes.csv",
    ("source_id", "topic"),
    "Topics outside a source's scope",
    "Topics on which silence says nothing, because a text of this kind does not set out to treat them.",
    {
        "source_id": _id("The source.", link="sources.source_id"),
        "topic": _column("The topic.", term="topic"),
        "reason": _column("Why silence on it says nothing."),
    },
)

TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        _SOURCES, _LAYOUT, _CODEBOOK, _EVENTS, _ENTITIES, _PROPOSITIONS, _CLAIMS, _MENTIONS, _CITATIONS,
        _FRAMES, _DEMANDS, _TERM_USES, _HERITAGE, _UNCODED, _LINKS, _SCOPES,
    )
}  # fmt: skip
