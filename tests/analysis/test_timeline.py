"""Dates of events and of writing, with bounds worked out by hand."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.analysis.timeline import (
    dated_claims,
    dating,
    reporting_lag,
)

BOUNDS = ["start_earliest", "start_latest", "end_earliest", "end_latest"]


def frame(rows, columns):
    return pd.DataFrame(rows, columns=columns.split(), dtype="str")


PROPOSITIONS = frame(
    [
        ("when", "When was it?", "date", "instant", "meeting"),
        ("how-long", "From when to when?", "date", "interval", "wave"),
        ("unnamed", "When was that?", "date", "instant", ""),
        ("how-many", "How many?", "quantity", "", "meeting"),
    ],
    "proposition_id question kind time_type event_id",
)
EVENTS = frame([("meeting", "Meeting", "conference"), ("wave", "Wave", "movement")], "event_id label kind")


def dated(*rows):
    claims = frame(
        [(f"c{i}", s, p, v) for i, (s, p, v) in enumerate(rows)], "claim_id source_id proposition_id value"
    )
    return dated_claims(claims, PROPOSITIONS, EVENTS)


def bounds(proposition, value):
    return dated(("a", proposition, value))[BOUNDS].iloc[0].tolist()


class TestDatedClaims:
    def test_a_period_bounds_each_end(self):
        assert bounds("how-long", "1987/1991") == ["1987-01-01", "1987-12-31", "1991-01-01", "1991-12-31"]

    def test_a_point_written_as_a_span_lies_anywhere_in_it(self):
        assert bounds("when", "2024-12-05/2024-12-06") == ["2024-12-05", "2024-12-06"] * 2

    def test_open_and_unknown_ends_are_empty(self):
        assert bounds("when", "../1988") == ["", "1988-12-31"] * 2
        assert bounds("how-long", "1987/..") == ["1987-01-01", "1987-12-31", "1987-01-01", ""]
        assert bounds("when", "XXXX-12-05") == [""] * 4

    def test_rows(self):
        found = dated(
            ("b", "when", "XXXX-12-05"),
            ("a", "how-many", ">200"),
            ("a", "when", "2024-12-05"),
            ("a", "how-long", "1918/1921"),
            ("b", "unnamed", "2023"),
        )
        assert found[
            ["claim_id", "source_id", "event", "event_kind", "time_type", "display"]
        ].to_numpy().tolist() == [
            ["c3", "a", "Wave", "movement", "interval", "1918–1921"],
            ["c4", "b", "When was that?", "", "instant", "2023"],
            ["c2", "a", "Meeting", "conference", "instant", "5 December 2024"],
            ["c0", "b", "Meeting", "conference", "instant", "5 December, year not stated"],
        ]

    def test_years_before_the_first_and_of_five_digits_are_in_order(self):
        found = dated(
            ("a", "when", "Y12000"), ("a", "when", "-0044"), ("a", "when", "-0300"), ("a", "when", "0900")
        )
        assert found["value"].tolist() == ["-0300", "-0044", "0900", "Y12000"]

    def test_no_dates(self):
        found = dated(("a", "how-many", "2"))
        assert found.empty
        assert found.columns.tolist()[-4:] == BOUNDS


SOURCES = frame(
    [
        ("a", "2024-12-05", "2024-12-05", "2024-12-05", "as printed"),
        ("b", "", "2022-12-05", "", "no year"),
        ("c", "", "2024-11", "2024-12", "by month"),
    ],
    "source_id date_published not_before not_after date_note",
)


class TestWriting:
    def test_as_far_as_the_text_says(self):
        assert dating(SOURCES).to_numpy().tolist() == [
            ["a", True, "2024-12-05", "2024-12-05", "5 December 2024", "as printed"],
            ["b", False, "2022-12-05", "", "undated", "no year"],
            ["c", False, "2024-11-01", "2024-12-31", "undated", "by month"],
        ]

    def test_no_sources(self):
        assert dating(SOURCES.iloc[:0])["earliest"].tolist() == []


class TestReported:
    def test_days_from_the_end_of_what_is_told_to_the_writing(self):
        claims = dated(
            ("a", "when", "2024-12-04"),
            ("a", "when", "2024-12-05"),
            ("a", "when", "2024-12-05/2024-12-06"),
            ("a", "when", "2024"),
            ("a", "how-long", "1987/.."),
            ("b", "when", "1988"),
            ("c", "how-long", "1987/2024-10"),
        )
        found = reporting_lag(claims, dating(SOURCES)).set_index("claim_id")
        # b has no latest day of writing, and the period of c4 has no end.
        assert found[["days", "order"]].to_dict("index") == {
            "c0": {"days": 1, "order": "before writing"},
            "c1": {"days": 0, "order": "on the day"},
            "c2": {"days": -1, "order": "may end after writing"},
            "c3": {"days": -26, "order": "may end after writing"},
            "c6": {"days": 1, "order": "before writing"},
        }

    def test_nothing_bounded(self):
        found = reporting_lag(dated(), dating(SOURCES))
        assert found.empty
        assert found["days"].dtype == "int64"


class TestProperties:
    @given(st.lists(st.dates().map(str), max_size=5))
    def test_a_day_is_its_own_bounds_and_days_stand_in_order(self, days):
        found = dated(*(("a", "when", day) for day in days))
        assert found["start_earliest"].tolist() == sorted(days)
        for column in BOUNDS:
            assert found[column].tolist() == found["value"].tolist()
