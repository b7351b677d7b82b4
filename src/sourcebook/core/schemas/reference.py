"""Tables of facts from elsewhere: each row has a status and names the page that it was read on."""

from __future__ import annotations

import pandera.pandas as pa

from sourcebook.core import vocabularies
from sourcebook.core.schemas.columns import ID, column, identifier, table

__all__ = ["TABLES"]


def _fact() -> dict[str, pa.Column]:
    """Return the columns that say how a fact is known."""
    return {
        "status": column("How the fact is known.", one_of=vocabularies.FACT_STATUSES),
        "reference": column("Bibliography keys.", separator=";", cites=True),
    }


INSTRUMENTS = table(
    "instruments",
    "reference/instruments.csv",
    "instrument_id",
    "Legal instruments",
    "The authority for instruments, interpretations and cases: names, dates, nature.",
    {
        "instrument_id": identifier("Identifier of the instrument."),
        "title": column("Full title."),
        "short_name": column("Name that the book uses."),
        "kind": column(
            "Treaty, declaration, soft law, interpretation, customary law, proceedings, judgment …"
        ),
        "binding": column("Whom it binds, if anybody.", empty=True),
        "adopted": column("When it was adopted.", empty=True, grammar="edtf"),
        "in_force": column("When it entered into force generally.", empty=True, grammar="edtf"),
        "citation": column("Where it is published.", empty=True),
        "variants": column("Names by which texts call it.", empty=True, separator=";"),
        "candidates": column(
            "For an ambiguous name: what it may mean.",
            empty=True,
            separator=";",
            link="instruments.instrument_id",
        ),
        "invoked_directly_relevant": column(
            "Whether it evidently bears on the matter.", one_of=["yes", "no"], empty=True
        ),
        "relevance": column("Why a reader would expect it.", empty=True),
        "provisions_read": column("How much of it the table of provisions covers.", empty=True),
        **_fact(),
    },
    label="short_name",
)

PARTICIPATION = table(
    "participation",
    "reference/participation.csv",
    ("instrument_id", "state", "step"),
    "Participation of states",
    "For each instrument and state: the step taken, its date, and when the instrument is in force for it.",
    {
        "instrument_id": identifier("The instrument.", link="instruments.instrument_id"),
        "state": column("The state."),
        "step": column("What the state did."),
        "date": column("When.", empty=True, grammar="edtf"),
        "in_force": column(
            "When the instrument entered into force for the state.", empty=True, grammar="edtf"
        ),
        "term": column("Time between the step and entry into force, for a computed date.", empty=True),
        "basis": column("How the date of entry into force is known.", empty=True),
        **_fact(),
    },
)

ELEMENTS = table(
    "elements",
    "reference/elements.csv",
    "element",
    "Elements of provisions",
    "What provisions contain and sources say that they contain, as comparable units.",
    {
        "element": column("Code of the element.", pattern=ID),
        "label": column("The element for people."),
        "definition": column("What counts as the element, and what does not."),
    },
)

PROVISIONS = table(
    "provisions",
    "reference/provisions.csv",
    ("instrument_id", "provision", "element"),
    "Provisions",
    "What each provision contains: one row for each element.",
    {
        "instrument_id": identifier("The instrument.", link="instruments.instrument_id"),
        "provision": column(
            "Article, paragraph, principle or rule; empty for the whole.", empty=True, grammar="pinpoint"
        ),
        "element": column("What it contains.", link="elements.element"),
        "paraphrase": column("The content in the project's own words."),
        **_fact(),
    },
)

CONTEXT = table(
    "context",
    "reference/context.csv",
    "fact_id",
    "Context",
    "What independent references report, each with its name; none is preferred.",
    {
        "fact_id": identifier("Identifier of the fact."),
        "matter": column("What the fact is about, for grouping."),
        "statement": column("The fact in one sentence."),
        "value": column("The number in it.", empty=True, grammar="quantity"),
        "unit": column("What the number counts.", empty=True),
        "date": column("When.", empty=True, grammar="edtf"),
        "place": column("Where.", empty=True),
        "stated_by": column("Who says so."),
        "about": column("Theme."),
        "secondary": column(
            "Whether it was read through a secondary page.", one_of=["yes", "no"], empty=True
        ),
        "compare_to": column(
            "Propositions on which the sources can be compared with it.",
            empty=True,
            separator=";",
            link="propositions.proposition_id",
        ),
        **_fact(),
    },
)

PUBLISHERS = table(
    "publishers",
    "reference/publishers.csv",
    "publisher_id",
    "Publishers",
    "Who issues the sources, as they and others describe them.",
    {
        "publisher_id": identifier("Identifier of the publisher."),
        "name": column("Name."),
        "place": column("Seat.", empty=True),
        "founded": column("When.", empty=True, grammar="edtf"),
        "kind": column("Kind of body."),
        "described_by": column("How it is described, and by whom."),
        "owner": column("Who owns or governs it, and by whose word.", empty=True),
        "funding": column("Who pays for it, and by whose word.", empty=True),
        "licence": column("What licence or registration it has or needs.", empty=True),
        **_fact(),
    },
)

PRINTED_NUMBERS = table(
    "printed_numbers",
    "reference/printed_numbers.csv",
    "occurrence_id",
    "Printed numbers",
    "How a number travels: each printed occurrence of it, on whatever page, with what it counts there, for "
    "which time and by whom. No row says which is right, and repetition does not prove copying. Titles, dates of "
    "founding and shared sentences that were collected with the numbers are left out: they are no numbers.",
    {
        "occurrence_id": identifier("Identifier of the occurrence: the page and the number."),
        "number": identifier("The group of occurrences that answer one question."),
        "quote": column("The words as printed."),
        "english": column("The project's translation, where the page is in another language.", empty=True),
        "value": column(
            "The number in the words; empty for a share or a mixture.", empty=True, grammar="quantity"
        ),
        "unit": column("Who or what one unit of the number is."),
        "counted": column("What is counted, in the project's words or in quoted words of the page."),
        "kind": column(
            "Flow (people who moved in a time), stock (there at a time), plan (ordered, expected) or other.",
            one_of=["flow", "stock", "plan", "other"],
        ),
        "period": column("The time that the number is given for.", empty=True, grammar="edtf"),
        "whose": column("Whose figure the page says it is; empty where it names nobody.", empty=True),
        "publisher": column("Who printed it."),
        "date": column(
            "Date of the page, uncertain where it was inferred; empty if undated.", empty=True, grammar="edtf"
        ),
        "place": column("Where what is counted was or happened.", empty=True),
        "source_id": column(
            "The source, where a source of the book prints it.", empty=True, link="sources.source_id"
        ),
        "claim_id": column(
            "The claim that codes these words of a source.", empty=True, link="claims.claim_id"
        ),
        "note": column("What else the page says; what was computed.", empty=True),
        "found_again": column(
            "Yes where a second look-up found the words again, on the page or in a copy of its text.",
            empty=True,
            one_of=["yes"],
        ),
        **_fact(),
    },
)

#: In the order of the data dictionary.
TABLES = (INSTRUMENTS, PARTICIPATION, ELEMENTS, PROVISIONS, CONTEXT, PRINTED_NUMBERS, PUBLISHERS)
