"""What a proposal of a coding is made of, and the table of what people decided on proposals."""

from __future__ import annotations

from types import MappingProxyType

from sourcebook.core.schemas.columns import ID, OFFSET, column, identifier, note, table

__all__ = ["DECISION", "DECISIONS", "PROPOSAL"]

#: What a person can decide; an empty cell is undecided.
DECISION = MappingProxyType(
    {
        "accept": "The row is coded as it is there, with what was changed in it.",
        "reject": "The row is not coded, or no more.",
    }
)

#: The columns of a proposal, with what each holds; besides them it has those of the table that the row is for.
PROPOSAL = MappingProxyType(
    {
        "proposal_id": "Its identifier, under which a decision is kept; worked out from the rest where there is none.",
        "table": "The coded table that the row is for; claims where there is none.",
        "proposed_by": "Who or what proposes it: a person, a program, a model.",
        "decision": "accept, reject, or nothing while it is undecided.",
        "expression": "What kind of expression was found: date, quantity or citation.",
        "pattern": "The pattern that found it.",
        "lossy": "What the words say and the value does not hold.",
        "proposed_…": "What was proposed for the column that is named, so that an edit shows.",
    }
)

DECISIONS = table(
    "decisions",
    "coded/decisions.csv",
    "proposal_id",
    "Decisions on proposals",
    "What people decided on proposed codings and on reviews of codings, as `sourcebook accept` recorded it.",
    {
        "proposal_id": identifier("The proposal."),
        "table": column("The coded table that the row was proposed for."),
        "row_id": column(
            "The row that it became, or the row that was reviewed; empty for a proposal that was rejected.",
            pattern=ID,
            empty=True,
        ),
        "source_id": identifier("The source.", link="sources.source_id"),
        "exact": column("The words that were proposed."),
        "start": column(
            "Where they begin; empty for rejected words that the source does not have.",
            pattern=OFFSET,
            called="a whole number without zeros before it",
            empty=True,
            unit="code points from the start of the raw file, counted from 0",
        ),
        "proposed": column("What was proposed, column by column.", empty=True),
        "edited": column("What the person changed in it.", empty=True),
        "decision": column("What was decided.", one_of=DECISION),
        "proposed_by": column("Who or what proposed it."),
        "decided_by": column("Who decided."),
        "decided_on": column("The day of the decision.", grammar="edtf"),
        **note(),
    },
)
