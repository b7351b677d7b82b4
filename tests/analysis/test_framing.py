"""Counts by source, and what citations state against what instruments contain, on small tables."""

from __future__ import annotations

import pandas as pd
import pytest

from sourcebook.analysis.framing import count_by_source
from sourcebook.analysis.law import (
    check_elements,
    compare_wording,
    count_invocations,
    participation_by_state,
    stated_elements,
    uninvoked,
)
from sourcebook.core.errors import DataError

SOURCES = ["a", "b", "c"]


def frame(rows, columns):
    return pd.DataFrame(rows, columns=columns.split(), dtype="str")


FRAMES = frame(
    [
        ("a", "cause", "expulsion"),
        ("a", "cause", "expulsion"),
        ("a", "remedy", "return"),
        ("c", "cause", "expulsion"),
        ("c", "problem", "return"),
        ("x", "moral", "guilt"),
    ],
    "source_id function frame",
)


class TestCounts:
    def test_most_frequent_first_then_by_name(self):
        table = count_by_source(FRAMES, "function", SOURCES)
        assert table.columns.tolist() == ["function", "a", "b", "c", "sources", "total"]
        # x is not among the sources, so that its row counts nowhere.
        assert table.to_numpy().tolist() == [
            ["cause", 2, 0, 1, 2, 3],
            ["problem", 0, 0, 1, 1, 1],
            ["remedy", 1, 0, 0, 1, 1],
        ]

    def test_by_two_columns(self):
        table = count_by_source(FRAMES, ["frame", "function"], SOURCES)
        assert table[["frame", "function", "total"]].to_numpy().tolist() == [
            ["expulsion", "cause", 3],
            ["return", "problem", 1],
            ["return", "remedy", 1],
        ]

    def test_nothing_coded(self):
        table = count_by_source(FRAMES.iloc[:0], "function", SOURCES)
        assert table.empty
        assert table.columns.tolist() == ["function", "a", "b", "c", "sources", "total"]


INSTRUMENTS = frame(
    [
        ("treaty", "Treaty", "treaty", "binding", "", "yes", "whole"),
        ("rules", "Rules", "declaration", "not binding", "", "yes", "selected"),
        ("old", "Old treaty", "treaty", "binding", "", "yes", "whole"),
        ("either", "Treaty or old", "treaty", "binding", "treaty;old", "", ""),
        ("aside", "Aside", "treaty", "binding", "", "no", "whole"),
    ],
    "instrument_id short_name kind binding candidates invoked_directly_relevant provisions_read",
)
CITATIONS = frame(
    [
        ("a.l1", "a", "treaty", "Art. 1", "return; dignity;return", "the treaty says", "lets people return"),
        ("b.l1", "b", "treaty", "", "", "under the treaty", ""),
        ("b.l2", "b", "rules", "", "property", "by the rules", "protects property"),
    ],
    "citation_id source_id instrument_id pinpoint elements exact effect",
)
PROVISIONS = frame(
    [
        ("treaty", "Art. 1", "return", "Lets everyone come home."),
        ("treaty", "Art. 1", "leave", "Lets everyone go."),
        ("treaty", "Art. 2", "dignity", "Names dignity."),
    ],
    "instrument_id provision element paraphrase",
)
ELEMENTS = frame(
    [("return", "return home"), ("dignity", "dignity"), ("leave", "leaving"), ("property", "property")],
    "element label",
)


class TestInstruments:
    def test_invocations(self):
        found = count_invocations(CITATIONS)
        assert list(found.columns) == ["instrument_id", "source_id", "citations"]
        assert sorted(found.to_numpy().tolist()) == [
            ["rules", "b", 1],
            ["treaty", "a", 1],
            ["treaty", "b", 1],
        ]

    def test_uninvoked_are_relevant_and_not_cited(self):
        assert uninvoked(CITATIONS, INSTRUMENTS)["instrument_id"].tolist() == ["old"]

    def test_an_ambiguous_citation_counts_for_each_candidate(self):
        cited = frame([("either",)], "instrument_id")
        assert uninvoked(cited, INSTRUMENTS)["instrument_id"].tolist() == ["rules"]

    def test_stated_elements_each_once(self):
        assert stated_elements(CITATIONS)[["citation_id", "pinpoint", "element"]].to_numpy().tolist() == [
            ["a.l1", "Art. 1", "return"],
            ["a.l1", "Art. 1", "dignity"],
            ["b.l2", "", "property"],
        ]

    def test_stated_against_there(self):
        checks = check_elements(CITATIONS, PROVISIONS, INSTRUMENTS)
        shown = checks[["citation_id", "element", "finding", "provision", "also_in_instrument"]]
        assert shown.to_numpy().tolist() == [
            ["a.l1", "return", "stated-and-there", "Art. 1", ""],
            ["a.l1", "dignity", "stated-and-not-there", "", "Art. 2"],
            ["a.l1", "leave", "there-and-not-stated", "Art. 1", ""],
            # Of the rules, no provision was read as a whole.
            ["b.l2", "property", "not-checked", "", ""],
        ]

    def test_nothing_stated_keeps_the_columns(self):
        checks = check_elements(CITATIONS.assign(elements=""), PROVISIONS, INSTRUMENTS)
        assert checks.empty
        assert {"citation_id", "source_id", "finding"} <= set(checks.columns)
        compare_wording(checks, CITATIONS, PROVISIONS, ELEMENTS, INSTRUMENTS)

    def test_an_unknown_instrument_is_refused(self):
        with pytest.raises(DataError, match="unheard-of"):
            check_elements(CITATIONS.assign(instrument_id="unheard-of"), PROVISIONS, INSTRUMENTS)

    def test_compare_wording(self):
        checks = check_elements(CITATIONS, PROVISIONS, INSTRUMENTS)
        table = compare_wording(checks, CITATIONS, PROVISIONS, ELEMENTS, INSTRUMENTS)
        assert table[
            ["instrument", "element", "finding", "there", "contains", "elsewhere"]
        ].to_numpy().tolist() == [
            ["Treaty", "return home", "stated and there", "Art. 1", "Lets everyone come home.", ""],
            ["Treaty", "dignity", "stated and not there", "", "", "Art. 2"],
            ["Treaty", "leaving", "there and not stated", "Art. 1", "Lets everyone go.", ""],
            ["Rules", "property", "not checked", "", "", ""],
        ]
        assert table["effect"].tolist() == ["lets people return"] * 3 + ["protects property"]


class TestParticipation:
    def test_each_state_in_words(self):
        steps = frame(
            [
                ("treaty", "North", "signed", "1966-12-16", "", ""),
                ("treaty", "North", "ratified", "1970-01-02", "1976-03-23", "Art. 9"),
                ("treaty", "South", "succeeded", "", "1991-12-21", "Art. 9"),
                ("rules", "South", "not applicable", "", "", "no state ratifies them"),
            ],
            "instrument_id state step date in_force basis",
        )
        table = participation_by_state(steps, INSTRUMENTS).set_index("instrument_id")
        assert table[["North", "South", "basis"]].to_numpy().tolist() == [
            [
                "signed 16 December 1966; ratified 2 January 1970, in force 23 March 1976",
                "succeeded from 21 December 1991",
                "Art. 9",
            ],
            ["no step recorded", "not applicable", "no state ratifies them"],
        ]


def test_inputs_stay_as_they_are():
    given = [f.copy(deep=True) for f in (CITATIONS, PROVISIONS, INSTRUMENTS, FRAMES)]
    check_elements(CITATIONS, PROVISIONS, INSTRUMENTS)
    count_invocations(CITATIONS)
    count_by_source(FRAMES, "function", SOURCES)
    for now, then in zip((CITATIONS, PROVISIONS, INSTRUMENTS, FRAMES), given, strict=True):
        pd.testing.assert_frame_equal(now, then)
