"""How many codings touch each sentence, against the plain definition: a character in common."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.coding.coverage import coverage_counts
from sourcebook.core.schemas import Schemas

LENGTHS = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 6)), min_size=1, max_size=6)
QUOTES = st.lists(
    st.tuples(st.sampled_from(["a", "b", "away"]), st.integers(0, 30), st.integers(1, 9)), max_size=8
)


def sentences_of(source, lengths):
    place = 0
    for n, (gap, length) in enumerate(lengths):
        start, place = place + gap, place + gap + length
        yield f"{source}.{n}", source, start, place


@given(LENGTHS, LENGTHS, QUOTES)
def test_a_quote_counts_for_each_sentence_with_which_it_shares_a_character(first, second, quotes):
    rows = [*sentences_of("a", first), *sentences_of("b", second)]
    sentences = pd.DataFrame(rows, columns=["sentence_id", "source_id", "raw_start", "raw_end"])
    claims = pd.DataFrame(
        [(source, str(at), str(at + length), "a.0") for source, at, length in quotes],
        columns=["source_id", "start", "end", "sentence_id"],
        dtype="str",
    )
    expected = {
        name: number
        for name, source, start, end in rows
        if (number := sum(of == source and at < end and at + length > start for of, at, length in quotes))
    }
    found = coverage_counts({"claims": claims}, sentences, Schemas())
    assert dict(zip(found["sentence_id"], found["rows"], strict=True)) == expected


def test_a_quote_without_a_place_counts_for_its_sentence_and_a_letterhead_for_none():
    sentences = pd.DataFrame(
        [("a.0", "a", 0, 5), ("a.1", "a", 5, 9)], columns=["sentence_id", "source_id", "raw_start", "raw_end"]
    )
    claims = pd.DataFrame(
        [("a", "", "", "a.1"), ("a", "x", "4", "a.1"), ("a", "3", "3", "a.1"), ("a", "0", "9", "")],
        columns=["source_id", "start", "end", "sentence_id"],
        dtype="str",
    )
    found = coverage_counts({"claims": claims}, sentences, Schemas())
    assert found.values.tolist() == [["a.1", "claims", 3]]
