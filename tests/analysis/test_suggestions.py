"""Suggestions against coded answers: the same words, the same value."""

import pandas as pd
import pytest

from sourcebook.analysis.suggestions import coded_values, match_values, suggested_values, suggestion_rates
from sourcebook.coding.suggestions import columns_of, find_by_sentence, suggest
from sourcebook.parsing.law import library_authority
from sourcebook.pipeline import dataset


def rows(*given, source="mill"):
    columns = ["row_id", "kind", "start", "end", "value"]
    return pd.DataFrame(list(given), columns=columns).assign(source_id=source)


@pytest.mark.parametrize(
    ("kind", "one", "other", "outcome"),
    [
        ("date", "1988", "1988", "same value"),
        ("date", "1988?", "1988", "same value"),
        ("date", "1988", "1988-01/1988-12", "other value"),
        ("date", "XXXX-12-05", "2024-12-05", "other value"),
        ("date", "198X", "1980/1989", "other value"),
        ("quantity", "51", "51..51", "same value"),
        ("quantity", ">200", ">=200", "other value"),
        ("quantity", "~460", "460", "other value"),
        ("citation", "udhr art. 13;art. 14", "udhr art. 14;art. 13", "same value"),
        ("citation", "udhr art. 13", "udhr art. 13(2)", "other value"),
        ("citation", "udhr", "iccpr", "other value"),
        ("date", "", "1988", "other value"),
        ("quantity", "many", "5", "other value"),
    ],
)
def test_the_same_value_by_kind(kind, one, other, outcome):
    found = match_values(rows(("a", kind, 3, 9, one)), rows(("b", kind, 8, 12, other)))
    assert found[["outcome", "matched"]].values.tolist() == [[outcome, "b"]]


def test_what_shares_no_character_kind_or_source_is_alone():
    one = rows(("a", "date", 3, 9, "1988"))
    for other in (
        rows(("b", "date", 9, 12, "1988")),
        rows(("b", "quantity", 3, 9, "1988")),
        rows(("b", "date", 3, 9, "1988"), source="council"),
        rows(),
    ):
        assert match_values(one, other)[["outcome", "matched"]].values.tolist() == [["alone", ""]]
    assert match_values(rows(), one).empty


def test_one_of_several_on_the_same_words_is_enough():
    suggested = rows(("s", "date", 0, 20, "2024-12-05"))
    coded = rows(("first", "date", 0, 9, "2024-12-05"), ("last", "date", 5, 15, "2024-12-06"))
    assert match_values(suggested, coded)["matched"].tolist() == ["first"]
    assert match_values(coded, suggested)["outcome"].tolist() == ["same value", "other value"]
    rates = suggestion_rates(match_values(suggested, coded), match_values(coded, suggested))
    assert rates.values.tolist() == [["date", 1, 1, 2, 1, 1.0, 0.5]]


def test_a_kind_that_one_side_lacks_has_no_share_there():
    suggested = match_values(rows(("s", "citation", 0, 5, "udhr")), rows())
    rates = suggestion_rates(suggested, match_values(rows(), suggested))
    assert rates["precision"].tolist() == [0]
    assert rates["recall"].isna().all()


def test_the_small_corpus_by_hand(corpus):
    data = dataset.read(corpus)
    authority = library_authority(data["instruments"])
    proposed = [row for document in data.documents.values() for row in suggest(document, authority=authority)]
    suggested, coded = suggested_values(pd.DataFrame(proposed)), coded_values(data)
    found = match_values(coded, suggested)
    assert found.groupby("kind")["outcome"].agg(list).astype("str").to_dict() == {
        "citation": "['same value']",
        "date": "['same value', 'same value']",
        "quantity": "['same value', 'same value', 'same value']",
    }
    assert set(proposed[0]) <= set(columns_of(["dates", "quantities", "citations"]))


def test_offsets_are_those_of_the_raw_text_and_each_finding_has_its_sentence(corpus):
    data = dataset.read(corpus)
    authority = library_authority(data["instruments"])
    for document in data.documents.values():
        found = find_by_sentence(document, authority=authority)
        assert found
        for sentence, findings in found.items():
            for finding in findings:
                assert document.raw[finding.start : finding.end] == finding.exact
                assert sentence.startswith(f"{document.source_id}.s")
                assert finding.doc == document.source_id
