"""The table of a coding pass: one file for each coder, all of the same shape."""

from __future__ import annotations

from sourcebook.core.schemas.columns import column, table

__all__ = ["ANSWER_VARIABLES", "PASS", "RECORD"]

#: The variables of a source and a proposition, which are columns of the claims.
ANSWER_VARIABLES = ("value", "voice", "modality")

#: Where passes lie that are kept as they were, whatever the questions and the codebook have become.
RECORD = "coded/passes/record/*.csv"

PASS = table(
    "passes",
    "coded/passes/*.csv",
    ("coder", "unit", "variable"),
    "Coding passes",
    "Codings of the same texts, one file for each coder, to measure how far they agree. Where the coders are machines "
    "of one kind, that is the consistency of re-coding. A pass in `coded/passes/record` is kept as it was before it "
    "was read against another.",
    {
        "coder": column("Who coded, the same in the whole file."),
        "unit": column("What is coded: a sentence id, or a source id, `|` and a proposition id."),
        "variable": column(
            "What of it is coded: of a sentence, a variable that a coded table declares, such as `instrument` "
            "of the citations; of a source's answer to a proposition, `value`, `voice` or `modality`."
        ),
        "value": column(
            "The labels, or for `value` the answer in the notation of the claims; `none` where the coder "
            "found nothing; empty where the unit was not coded.",
            empty=True,
            separator=";",
        ),
        "exact": column("The words that decided, exactly as in the text.", empty=True),
        "note": column("What the coder wants a reader to know.", empty=True),
    },
)
