"""Texts as one has them in a notebook: two strings, a list, a series, a frame with columns of one's own."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sourcebook.core.errors import DataError
from sourcebook.reuse import near_duplicates, shared_passages

ONE = (
    "The relocation of the village of Upper Marrow was completed in the spring of last year, the authority said in "
    "a statement to the press and to the council of the valley."
)
TWO = f"In a letter it wrote this again: {ONE} Nothing else was said."

FORMS = {
    "mapping": {"1": ONE, "2": TWO},
    "list": [ONE, TWO],
    "tuple": (ONE, TWO),
    "generator": (text for text in (ONE, TWO)),
    "series": pd.Series([ONE, TWO], index=["1", "2"]),
    "frame with id": pd.DataFrame({"id": ["1", "2"], "text": [ONE, TWO]}),
    "frame with source_id": pd.DataFrame({"source_id": ["1", "2"], "text": [ONE, TWO]}),
    "pairs": [("1", ONE), ("2", TWO)],
    "array": np.array([ONE, TWO], dtype=object),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_passages(form):
    found = shared_passages(FORMS[form] if form != "generator" else iter([ONE, TWO]))
    assert found[["source_a", "source_b", "exact_a"]].values.tolist() == [["1", "2", ONE[:-1]]]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_duplicates(form):
    found = near_duplicates(FORMS[form] if form != "generator" else iter([ONE, TWO]))
    assert found[["source_a", "source_b"]].values.tolist() == [["1", "2"]]


def test_two_texts_are_called_a_and_b():
    found = shared_passages(ONE, TWO)
    assert found[["source_a", "source_b"]].values.tolist() == [["a", "b"]]
    assert TWO[found["start_b"][0] : found["end_b"][0]] == ONE[:-1]


@pytest.mark.parametrize("find", [shared_passages, near_duplicates])
def test_columns_have_the_names_that_are_given(find):
    frame = pd.DataFrame({"no": [7, 8], "body": [ONE, TWO], "id": ["x", "x"], "text": ["", ""]})
    found = find(frame, id_col="no", text_col="body")
    assert found[["source_a", "source_b"]].values.tolist() == [["7", "8"]]
    assert frame.columns.tolist() == ["no", "body", "id", "text"]


def test_an_index_of_numbers_gives_the_ids():
    found = near_duplicates(pd.Series([ONE, TWO], index=[10, 20]))
    assert found[["source_a", "source_b"]].values.tolist() == [["10", "20"]]


def test_a_path_is_a_path_and_a_text_in_a_list_is_a_text(tmp_path):
    for name, text in (("one", ONE), ("two", TWO)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    paths = [tmp_path / "one.txt", tmp_path / "two.txt"]
    expected = [["one", "two"]]
    for given in (str(tmp_path), tmp_path, paths):
        assert near_duplicates(given)[["source_a", "source_b"]].values.tolist() == expected
    as_texts = near_duplicates([f"{path} {path} {path}" for path in paths], threshold=0.01)
    assert as_texts[["source_a", "source_b"]].values.tolist() == [["1", "2"]]


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (
            lambda: shared_passages([ONE], TWO),
            TypeError,
            "texts: expected a text, as there are two, found list",
        ),
        (lambda: shared_passages(ONE, Path("two.txt")), TypeError, "other: expected a text"),
        (
            lambda: shared_passages([ONE, TWO], text_col="body"),
            TypeError,
            "expected a frame as texts, found list",
        ),
        (lambda: near_duplicates(pd.DataFrame({"a": [1]}), id_col="no", text_col="body"), DataError, "body"),
        (lambda: near_duplicates(pd.DataFrame({"text": [ONE]})), DataError, "source_id"),
        (lambda: near_duplicates([ONE, None]), DataError, "texts:2"),
        (lambda: near_duplicates(pd.Series([ONE, float("nan")])), DataError, "texts:2"),
        (lambda: near_duplicates(pd.Series([ONE, TWO], index=["x", "x"])), DataError, "'x' again"),
        (lambda: near_duplicates(7), TypeError, "found int"),
    ],
)
def test_what_cannot_be_taken_is_named(call, error, words):
    with pytest.raises(error, match=words):
        call()
