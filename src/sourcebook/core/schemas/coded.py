"""Tables of human judgement, each row anchored to the words that it codes."""

from __future__ import annotations

from collections.abc import Mapping

from sourcebook.core import vocabularies
from sourcebook.core.schemas.columns import (
    ID,
    Category,
    Table,
    Variable,
    anchor,
    basis,
    column,
    identifier,
    note,
    source,
    speech,
    table,
)
from sourcebook.core.schemas.proposals import DECISIONS

__all__ = ["ACCOUNT", "CONTENT", "codebook"]


def codebook(lists: Mapping[str, str]) -> Table:
    """Return the codebook with the lists that it may fill, each with its definition."""
    return table(
        "codebook",
        "coded/codebook.csv",
        ("vocabulary", "term"),
        "Codebook",
        "The controlled terms of this corpus, each with the definition that coders work from.",
        {
            "vocabulary": column("Which list the term belongs to.", one_of=lists),
            "term": identifier("The term as it stands in the tables."),
            "label": column("The term for people."),
            "definition": column("When to use it, and when not."),
            "broader": column("A term of the same list that includes this one.", empty=True, pattern=ID),
        },
    )


EVENTS = table(
    "events",
    "coded/events.csv",
    "event_id",
    "Events",
    "What the sources date: one row for each event, described without taking sides.",
    {
        "event_id": identifier("Identifier of the event."),
        "label": column("Neutral short name."),
        "kind": column("Kind of event.", term="event-kind"),
        "description": column("What the sources speak of here, attributed where it is contested."),
        "part_of": column("A larger event that includes this one.", empty=True, link="events.event_id"),
    },
)

PROPOSITIONS = table(
    "propositions",
    "coded/propositions.csv",
    "proposition_id",
    "Propositions",
    "Questions that a source can answer; claims on the same proposition can be compared.",
    {
        "proposition_id": identifier("Identifier of the proposition."),
        "question": column("The question, in neutral words."),
        "label": column("The question as a noun phrase that can stand alone.", empty=True),
        "class": column("What the question is about.", one_of=vocabularies.QUESTION_CLASSES, empty=True),
        "matter": column(
            "A name that questions on one and the same thing share, so that they count once, such as the date of an "
            "event in two wordings; empty for a question by itself. Not the topic.",
            pattern=ID,
            empty=True,
        ),
        "kind": column("What kind of answer it takes.", one_of=vocabularies.CLAIM_KINDS),
        "unit": column("What a quantity counts.", empty=True, term="unit"),
        "scope": column("Place, time and population that the question means."),
        "topic": column(
            "The heading under which the matrix has it, a term of the list “topic”.", term="topic"
        ),
        "event_id": column("The event that it asks about.", empty=True, link="events.event_id"),
        "cardinality": column("Whether one answer excludes another.", one_of=vocabularies.CARDINALITIES),
        "time_type": column(
            "What a date answers: when something happened, or from when to when.",
            one_of=vocabularies.TIME_TYPES,
            empty=True,
        ),
        "search": column(
            "Words whose absence shows silence: plain phrases, found in any case and as the beginning of longer words.",
            separator=";",
        ),
        "comparison": column(
            "What the coder noticed in setting the answers side by side, when they were coded.", empty=True
        ),
        "note": column("What a reader should know about the question.", empty=True),
    },
    required=True,
)

RETIRED = table(
    "retired",
    "coded/retired.csv",
    "proposition_id",
    "Retired questions",
    "Questions that are asked no longer. Coding passes from before hold answers to them.",
    {
        "proposition_id": identifier("Identifier of the question; never used again."),
        "question": column("The question as it was asked."),
        "kind": column("What kind of answer it took.", one_of=vocabularies.CLAIM_KINDS),
        "reason": column("Why it is asked no longer."),
    },
)

CLAIMS = table(
    "claims",
    "coded/claims.csv",
    "claim_id",
    "Claims",
    "One row for each answer that a source gives to a proposition, anchored to its words.",
    {
        "claim_id": identifier("Stable identifier: the source id, `.c` and three digits; never reused."),
        "source_id": source(),
        "proposition_id": identifier("The question that is answered.", link="propositions.proposition_id"),
        **anchor(),
        "value": column(
            "The answer as coded: quantity notation, EDTF, a codebook term, a name as printed, yes or no."
        ),
        "entity_id": column(
            "For names: whom or what the name belongs to.", empty=True, link="entities.entity_id"
        ),
        "scope": column(
            "What exactly is counted or dated, where it matters for comparison.", empty=True, term="scope"
        ),
        **speech(),
        **basis(),
        **note(),
    },
    required=True,
    coverage=True,
    numbers={"voice": "voice", "modality": "modality"},
)

SCOPE_PARTS = table(
    "scope_parts",
    "coded/scope_parts.csv",
    "scope",
    "Parts of scopes",
    "What each scope counts or dates, when and where: by these parts two scopes are told apart.",
    {
        "scope": identifier("Term of the codebook's list of scopes.", term="scope"),
        "counted": column("What is counted or dated, in a few words; empty for all.", empty=True),
        "time": column("In which time; empty for any.", empty=True, grammar="edtf"),
        "place": column("In which place; empty for any.", empty=True),
        **note(),
    },
)

ENTITIES = table(
    "entities",
    "coded/entities.csv",
    "entity_id",
    "Entities",
    "Persons, organisations, states, places, groups and named events: the authority for name variants.",
    {
        "entity_id": identifier("Identifier of the entity."),
        "kind": column("What it is.", one_of=vocabularies.ENTITY_KINDS),
        "name": column("The form of the name that the book uses."),
        "note": column("Who or what it is, attributed where contested.", empty=True),
    },
    label="name",
)

MENTIONS = table(
    "mentions",
    "coded/mentions.csv",
    "mention_id",
    "Mentions",
    "Each place where a source names an entity, in the form that stands there.",
    {
        "mention_id": identifier("Identifier: the source id, `.m` and three digits."),
        "entity_id": identifier("Who or what is named.", link="entities.entity_id"),
        "source_id": source(),
        **anchor(outside_sentences=True),
        "role": column("Title, office or description that the source gives at this place.", empty=True),
        **note(),
    },
    category=Category(
        mark="name",
        name="name",
        plural="names",
        label="names",
        text="{entity_id}[, as {role}]",
        shown=False,
        place=90,
    ),
    numbers={"entity": "entity_id"},
)

CITATIONS = table(
    "citations",
    "coded/citations.csv",
    "citation_id",
    "Instrument citations",
    "Each place where a source invokes a legal instrument, with what it says the instrument does.",
    {
        "citation_id": identifier("Identifier: the source id, `.l` and three digits."),
        "instrument_id": identifier("The instrument that is invoked.", link="instruments.instrument_id"),
        "pinpoint": column(
            "Article, principle or paragraph, if the source names one.", empty=True, grammar="pinpoint"
        ),
        "source_id": source(),
        **anchor(),
        "effect": column("What the source says the instrument does, restated in a few words.", empty=True),
        "elements": column("That statement as elements.", empty=True, separator=";", link="elements.element"),
        **speech(),
        **basis(),
        **note(),
    },
    coverage=True,
    variable=Variable(name="instrument", column="instrument_id"),
    category=Category(
        mark="instrument",
        name="instrument",
        plural="instruments",
        label="legal instruments",
        text="{instrument_id}[, {pinpoint}][: {effect}]",
    ),
    numbers={"instrument": "instrument_id"},
)

UNCODED = table(
    "uncoded",
    "coded/uncoded.csv",
    "sentence_id",
    "Uncoded sentences",
    "Every sentence that carries no coding, with the reason.",
    {
        "source_id": source(),
        **anchor(),
        "reason": column("Why it carries no coding.", one_of=vocabularies.UNCODED_REASONS),
        **note(),
    },
)

LINKS = table(
    "links",
    "coded/links.csv",
    "link_id",
    "What sources depend on",
    "Upstream authors, publishers, speeches, documents and events of each source, with the evidence. "
    "Two sources with the same upstream are linked.",
    {
        "link_id": identifier("Identifier: the source id, `.u` and three digits."),
        "source_id": source(),
        "upstream": identifier(
            "Identifier of what the source depends on; of the source itself, where it is one of these."
        ),
        "upstream_label": column("Its name."),
        "upstream_date": column("When it was issued.", empty=True, grammar="edtf"),
        "kind": column("How the source depends on it.", one_of=vocabularies.LINK_KINDS),
        "is_named": column(
            "Whether the source names or quotes it; no, if the link is seen from shared wording, shared points or "
            "from outside.",
            one_of=("yes", "no"),
            empty=True,
        ),
        **anchor(outside_sentences=True),
        "reference": column(
            "Bibliography keys, where the evidence lies outside the source.",
            empty=True,
            separator=";",
            cites=True,
        ),
        **note(),
    },
    category=Category(
        mark="link",
        name="link",
        plural="links",
        label="what the text draws on",
        text="{kind}: {upstream_label}",
        shown=False,
        place=91,
    ),
)

SCOPES = table(
    "scopes",
    "coded/scopes.csv",
    ("source_id", "topic"),
    "Topics outside a source's scope",
    "Topics on which silence says nothing, because a text of this kind does not set out to treat them.",
    {
        "source_id": identifier("The source.", link="sources.source_id"),
        "topic": column("The topic.", term="topic"),
        "reason": column("Why silence on it says nothing."),
    },
)

UNFINISHED = table(
    "unfinished",
    "coded/unfinished.csv",
    "source_id",
    "Sources whose coding is not finished",
    "Sources with sentences that nobody has coded yet. From their silence nothing follows; their sentences "
    "need not be accounted for.",
    {
        "source_id": identifier("The source.", link="sources.source_id"),
        "reason": column("What is not coded yet."),
    },
)

#: The tables that the analyses are about, and those that account for the coding; what a data folder declares
#: comes between them.
CONTENT = (SCOPE_PARTS, EVENTS, ENTITIES, PROPOSITIONS, RETIRED, CLAIMS, MENTIONS, CITATIONS)
ACCOUNT = (UNCODED, LINKS, SCOPES, UNFINISHED, DECISIONS)
