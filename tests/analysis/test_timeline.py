"""Dates of events and of writing, with bounds worked out by hand."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.analysis.timeline import (
    count_exactness,
    dated_claims,
    dating,
    lag_to_events,
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


class TestExactness:
    def test_unit_by_source(self):
        claims = dated(
            ("a", "when", "2024-12-05"),
            ("a", "how-long", "2024-12-05/2024-12-06"),
            ("a", "when", "XXXX-12-05"),
            ("a", "how-long", "182X/.."),
            ("b", "how-long", "1987/1988-03"),
            ("b", "when", "19XX"),
            ("b", "how-long", "../.."),
        )
        assert count_exactness(claims, ["a", "b", "c"]).to_numpy().tolist() == [
            ["day", 2, 0, 0],
            ["day, no year stated", 1, 0, 0],
            ["year", 0, 1, 0],
            ["decade", 1, 0, 0],
            ["century", 0, 1, 0],
            ["nothing stated", 0, 1, 0],
        ]

    def test_a_set_has_the_coarsest_of_its_members(self):
        assert count_exactness(dated(("a", "when", "{1988-11,1989}")), ["a"])["exactness"].tolist() == [
            "year"
        ]

    def test_no_dates(self):
        found = count_exactness(dated(), ["a"])
        assert found.columns.tolist() == ["exactness", "a"]
        assert found.empty


class TestWritingAndEvents:
    written = dating(SOURCES)

    def lag(self, *values, proposition="when"):
        found = lag_to_events(dated(*(("x", proposition, v) for v in values)), self.written)
        return found.set_index("source_id")["lag"].to_dict()

    def test_before_on_after_and_open(self):
        # a: 5 December 2024; b: from 5 December 2022 on, no latest day; c: November or December 2024.
        assert self.lag("2024-12-05") == {
            "a": "on its day",
            "b": "not decided by the text itself",
            "c": "not decided by the text itself",
        }
        assert self.lag("2025-01-01")["c"] == "1 day before it begins"
        assert self.lag("2025-01-17")["a"] == "43 days before it begins"
        assert self.lag("1988-12-05")["b"] == "12,418 days after it ends"

    def test_a_period_is_as_long_as_all_its_claims(self):
        found = self.lag("2024-12-05/2024-12-06", "2024-12-04/2024-12-05", proposition="how-long")
        assert found["a"] == "while it lasts"
        assert self.lag("2024-12-05/2024-12-06", proposition="how-long")["a"] == "on its first day"
        assert self.lag("2024-12-04/2024-12-05", proposition="how-long")["a"] == "on its last day"
        assert self.lag("2024/2025", proposition="how-long")["c"] == "while it lasts"

    def test_the_more_exact_point_decides_and_its_claims_are_named(self):
        found = lag_to_events(
            dated(("x", "when", "2024"), ("y", "when", "2024-12-05"), ("x", "when", "2024-12-06")),
            self.written,
        )
        assert found.iloc[0][["begins", "ends", "lag", "claims"]].tolist() == [
            "2024-12-05",
            "2024-12-06",
            "on its first day",
            "c1;c2",
        ]

    def test_events_without_a_year_or_without_a_name_are_left_out(self):
        claims = dated(("x", "when", "XXXX-12-05"), ("x", "unnamed", "2023"))
        assert lag_to_events(claims, self.written).empty


class TestProperties:
    @given(st.lists(st.dates().map(str), max_size=5))
    def test_a_day_is_its_own_bounds_and_days_stand_in_order(self, days):
        found = dated(*(("a", "when", day) for day in days))
        assert found["start_earliest"].tolist() == sorted(days)
        for column in BOUNDS:
            assert found[column].tolist() == found["value"].tolist()
