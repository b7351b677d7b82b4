"""Columns of text take every string, also where pandas keeps text as UTF-8."""

import pandas as pd
import pytest

import sourcebook as sb
from sourcebook.core import frames
from sourcebook.parsing.suggestions import find_all
from sourcebook.text.normalise import normalise
from sourcebook.text.segments import blocks, sentences

HALVES = ("\ud800", "\udbff", "\udc00", "\udfff")
TEXT = "Over 200 people met on 5 December 2024. They cited Article 12 of the ICCPR."


@pytest.fixture(params=["as it is", "as UTF-8"])
def storage(request, monkeypatch):
    """Keep text as the pandas at hand does, and as pandas with pyarrow does, which refuses what UTF-8 cannot hold."""
    if request.param == "as UTF-8":
        series = pd.Series

        def encoded(data=None, *args, dtype=None, **options):
            if dtype == "str" and not isinstance(dtype, pd.StringDtype):
                "".join(data).encode("utf-8")
            return series(data, *args, dtype=dtype, **options)

        monkeypatch.setattr(frames.pd, "Series", encoded)


def with_half(half):
    """Return the text with half of a pair of surrogates at its ends, between words and in them."""
    places = (0, 1, 5, 10, 26, 39, 40, 52, 71, len(TEXT))
    return [TEXT[:place] + half + TEXT[place:] for place in places]


@pytest.mark.usefixtures("storage")
@pytest.mark.parametrize("half", HALVES)
def test_sentences_and_blocks_keep_half_a_pair_of_surrogates(half):
    for text in with_half(half):
        normal = normalise(text)
        assert "".join(blocks(normal)["text"]) == normal.text
        assert half in "".join(sentences(normal, "x")["text"])


@pytest.mark.usefixtures("storage")
@pytest.mark.parametrize("half", HALVES)
def test_no_finder_raises_at_half_a_pair_of_surrogates(half):
    for text in with_half(half):
        for find in (sb.find_dates, sb.find_quantities, sb.find_instruments):
            assert [text[row.start : row.end] for row in find(text).itertuples()] == find(text)[
                "exact"
            ].tolist()
        assert all(text[each.start : each.end] == each.exact for each in find_all(text))


@pytest.mark.usefixtures("storage")
def test_a_column_of_text_has_the_type_of_text():
    for values in ([], ["a"], ["a", "\ud800"]):
        column = frames.text_column(values)
        assert column.dtype == "str"
        assert column.tolist() == values
