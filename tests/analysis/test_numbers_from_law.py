"""Numbers about the law that a chapter may print: literal tables, answers by hand."""

import pandas as pd

from sourcebook.analysis.numbers.from_coding import spread_numbers
from sourcebook.analysis.numbers.from_law import in_force_numbers, law_numbers


def frame(columns, *rows):
    return pd.DataFrame(rows, columns=columns.split(), dtype="str")


STEPS = frame(
    "instrument_id state step date in_force basis",
    ["pact", "Ruritania", "acceded", "1993-06-23", "1993-09-23", "Art. 9"],
    ["pact", "Graustark", "accepted jurisdiction", "", "1991-05-10", ""],
    ["pact", "Graustark", "signed", "1990-01-01", "", ""],
)
DATED = frame(
    "event_id end_latest",
    ["flood", "1991-12-31"],
    ["flood", "1990-12-31"],
    ["fire", ""],
    ["storm", "1989-12-31"],
)


def shown(rows):
    return {number.name: number.formatted for number in rows}


def test_days_of_steps_and_what_was_in_force_by_the_end_of_an_event():
    assert shown(in_force_numbers(STEPS, DATED)) == {
        "step.pact.ruritania.acceded": "23 June 1993",
        "in_force.pact.ruritania.acceded": "23 September 1993",
        "in_force.pact.graustark.accepted-jurisdiction": "10 May 1991",
        "step.pact.graustark.signed": "1 January 1990",
        "in_force.count.ruritania": "1",
        "in_force.count.graustark": "1",
        "in_force.first.ruritania": "23 September 1993",
        "in_force.first.graustark": "10 May 1991",
        "in_force.by.flood.ruritania": "0",
        "in_force.by.flood.graustark": "1",
        "in_force.by.storm.ruritania": "0",
        "in_force.by.storm.graustark": "0",
    }


def test_instruments_by_kind_pinpoints_and_elements():
    tables = {
        "citations": frame(
            "citation_id source_id instrument_id pinpoint",
            ["a.l001", "a", "pact", "art. 9"],
            ["b.l001", "b", "pact", ""],
            ["b.l002", "b", "deed", ""],
            ["b.l003", "b", "court", ""],
        ),
        "instruments": frame(
            "instrument_id short_name kind adopted",
            ["pact", "Pact", "soft law", "1990"],
            ["deed", "Deed", "soft law", ""],
            ["bill", "Bill", "treaty", ""],
            ["court", "Court", "court", ""],
        ),
        "participation": STEPS.iloc[:0],
    }
    derived = {
        "uninvoked": frame("instrument_id kind", ["bill", "treaty"]),
        "element_checks": frame(
            "citation_id element finding",
            ["a.l001", "exit", "not-checked"],
            ["a.l001", "home", "not-checked"],
            ["b.l001", "exit", "not-checked"],
        ),
        "timeline": DATED.iloc[:0],
    }
    rows = list(law_numbers(tables, derived))
    values = shown(rows)
    # A court has no articles: its citation could name none.
    assert (values["pinpoint.total"], values["pinpoint.total.of"]) == ("1", "3")
    assert (values["pinpoint.treaty"], values["pinpoint.treaty.of"]) == ("0", "0")
    assert values["instrument_kind.soft-law.invoked"] == "2"
    assert values["instrument_kind.soft-law.uninvoked"] == "0"
    assert values["instrument_kind.treaty.invoked"] == "0"
    assert values["instrument_kind.treaty.uninvoked"] == "1"
    assert values["uninvoked.count"] == "1"
    assert values["elements.a.l001.not-checked"] == "2"
    assert values["elements.exit.not-checked"] == "2"
    assert values["adopted.pact"] == "1990"
    assert not [name for name in values if name.startswith("in_force.first")]
    assert {number.name: ";".join(number.evidence) for number in rows}[
        "instrument_kind.soft-law.invoked"
    ] == "a.l001;b.l002"


def test_how_labels_spread_over_sources():
    uses = frame("term source_id", ["x", "a"], ["x", "b"], ["y", "a"], ["y", "a"], ["z", "b"])
    assert shown(spread_numbers("term", uses, "term", 2)) == {
        "term.distinct": "3",
        "term.single_source": "2",
        "term.every_source": "1",
    }
