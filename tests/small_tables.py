"""Sources that agree, repeat and differ, in tables small enough to work out by hand."""

from __future__ import annotations

import pandas as pd
from hypothesis import strategies as st

from sourcebook.analysis.agreement import (
    origins,
)
from sourcebook.analysis.relations import relate_all
from sourcebook.core import vocabularies


def frame(rows, columns):
    return pd.DataFrame(rows, columns=columns.split(), dtype="str")


def claims_of(*rows):
    """Return claims from triples of source, proposition and value, numbered by source."""
    seen: dict[str, int] = {}
    out = []
    for source, proposition, value in rows:
        seen[source] = seen.get(source, 0) + 1
        out.append((f"{source}.c{seen[source]}", source, proposition, value, "", "", "asserts"))
    return frame(out, "claim_id source_id proposition_id value scope entity_id modality")


SOURCES = frame([("a", "2024-10-23"), ("b", "2024-12-06"), ("c", "")], "source_id not_after")


PROPOSITIONS = frame(
    [
        ("how-many", "quantity", "one", "", "size", "meeting", "participants;delegates"),
        ("who-came", "category", "many", "", "size", "meeting", "came"),
        ("when", "date", "one", "instant", "time", "meeting", "December"),
        ("where", "category", "one", "", "place", "", "rome"),
    ],
    "proposition_id kind cardinality time_type topic event_id search",
)


CODEBOOK = frame([], "vocabulary term broader")


CLAIMS = claims_of(
    ("a", "how-many", "200"),
    ("b", "how-many", "200"),
    ("b", "how-many", "250"),  # b gives two numbers
    ("c", "how-many", ">100"),
    ("a", "who-came", "poets"),
    ("a", "who-came", "judges"),
    ("b", "who-came", "poets"),
    ("b", "who-came", "judges"),
    ("a", "when", "2024-12-05"),
)


RELATIONS = relate_all(CLAIMS, PROPOSITIONS, CODEBOOK)


LINKS = frame(
    [("a", "smith", "author"), ("c", "smith", "author"), ("a", "talk", "speech"), ("b", "talk", "speech")],
    "source_id upstream kind",
)


ORIGIN = origins(SOURCES, LINKS)


ANSWERS = {
    "how-many": ["100", "200", ">150", "~110"],
    "who-came": ["poets", "judges", "kings"],
    "when": ["2024-12-05", "2024-12", "XXXX-12-05"],
    "where": ["rome", "paris"],
}


datasets = st.lists(
    st.sampled_from([(s, p, v) for s in "abc" for p, vs in ANSWERS.items() for v in vs]),
    max_size=10,
    unique=True,
).map(lambda rows: claims_of(*rows))


links = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.sampled_from(list(vocabularies.LINK_KINDS))),
    max_size=8,
).map(lambda rows: frame(rows, "source_id upstream kind"))


kinds = st.lists(st.sampled_from(list(vocabularies.LINK_KINDS)), unique=True)


def related(claims):
    return relate_all(claims, PROPOSITIONS, CODEBOOK)
