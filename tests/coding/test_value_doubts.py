"""Values beside the numbers and dates that their quotes name."""

import pandas as pd
import pytest

from sourcebook.coding.value_doubts import value_doubts
from sourcebook.core.schemas import Schemas


class _Dated:
    def __init__(self):
        self.metadata = {"date_published": "2024-12-05"}


def doubts(kind, value, exact, basis=""):
    cells = {"claim_id": "a.c001", "source_id": "a", "proposition_id": "q", "exact": exact, "value": value}
    claims = pd.DataFrame([{**cells, "basis": basis, "line": 7}])
    questions = pd.DataFrame({"proposition_id": ["q"], "kind": [kind]})
    return value_doubts(claims, questions, {"a": _Dated()}, Schemas())


@pytest.mark.parametrize(
    ("kind", "value", "exact"),
    [
        ("quantity", "1500", "about 1,200 people"),
        ("quantity", "~640", "900 people and 12 dogs"),
        ("quantity", ">200", "fewer than\n200 people"),
        ("date", "1988-05-06", "on 5 May 1988"),
        ("date", "2024-12-05", "they met yesterday"),
        ("date", "2024-12-06", "on 5 December"),
        ("date", "1909/1911", "open for winter in the years 1909-1910"),
    ],
)
def test_a_value_that_is_none_of_those_named_is_to_be_looked_at(kind, value, exact):
    (doubt,) = doubts(kind, value, exact)
    assert (doubt.file, doubt.line, doubt.column) == ("coded/claims.csv", 7, "value")
    assert doubts(kind, value, exact, basis="inferred") == []


@pytest.mark.parametrize(
    ("kind", "value", "exact"),
    [
        ("quantity", "~1250", "about 1,200 people"),
        ("quantity", "900", "640 people by one list and 900 by another"),
        ("quantity", "?", "people left"),
        ("quantity", "7", "nobody knows how many"),
        ("date", "2024-12-05", "on 5 December"),
        ("date", "2024-12-04", "they met yesterday"),
        ("date", "1988", "in May 1988"),
        ("date", "1909/1910", "open for winter in the years 1909-1910"),
        ("date", "1988/1991", "from May 1988 to June 1991"),
        ("date", "1988-05", "at the winter resort"),
        ("name", "1500", "about 1,200 people"),
    ],
)
def test_a_value_that_can_be_one_of_those_named_is_not(kind, value, exact):
    assert doubts(kind, value, exact) == []


def test_the_coded_data_have_none():
    import sourcebook

    data = sourcebook.read()
    assert (
        value_doubts(data.tables["claims"], data.tables["propositions"], data.documents, data.schemas) == []
    )
