"""Numbers about who agrees, who depends on whom and who is silent: literal tables, answers by hand."""

import pandas as pd

from sourcebook.analysis.numbers.from_dependence import (
    corroboration_numbers,
    independence_numbers,
    silence_numbers,
)


def frame(columns, *rows):
    return pd.DataFrame(rows, columns=columns.split(), dtype="str")


ORIGINS = frame("source_id origin", ["a", "a"], ["b", "a"], ["c", "c"])
AGREEING = frame(
    "claim_id proposition_id source_id sources origins",
    ["a.c1", "when", "a", "3", "2"],
    ["b.c1", "when", "b", "3", "2"],
    ["c.c1", "when", "c", "3", "2"],
    ["a.c2", "who", "a", "2", "1"],
    ["b.c2", "who", "b", "2", "1"],
    ["c.c2", "who", "c", "1", "1"],
    ["c.c3", "where", "c", "1", "1"],
).astype({"sources": "int64", "origins": "int64"})
CELLS = frame(
    "proposition_id source_id state claims",
    ["when", "a", "agree", "a.c1"],
    ["where", "a", "searched-absent", ""],
    ["where", "c", "only", "c.c3"],
)


def shown(rows):
    return {number.name: number.formatted for number in rows}


def test_questions_with_one_answer_from_several_sources_and_from_several_origins():
    asked = frame(
        "proposition_id class comparison",
        ["when", "substance", "could-differ"],
        ["who", "event", "could-differ"],
        ["where", "substance", "single-source"],
        ["held", "event", "mention"],
        ["called", "wording", "wording"],
    )
    further = frame(
        "claim_id proposition_id source_id sources origins",
        ["a.c4", "held", "a", "2", "2"],
        ["c.c4", "held", "c", "2", "2"],
        ["a.c5", "called", "a", "2", "2"],
        ["c.c5", "called", "c", "2", "2"],
    ).astype({"sources": "int64", "origins": "int64"})
    answers = pd.concat([AGREEING, further], ignore_index=True)
    tables = {"corroboration": answers, "origins": ORIGINS, "matrix": CELLS, "agreement": asked}
    rows = list(corroboration_numbers(tables))
    assert shown(rows) == {
        "agreeing.of": "2",
        "agreeing.2.sources": "2",
        "agreeing.3.sources": "1",
        "agreeing.2.origins": "1",
        "agreeing.3.origins": "0",
        "agreeing.one_origin": "1",
        "mentions.2.sources": "1",
        "mentions.3.sources": "0",
        "mentions.2.origins": "1",
        "mentions.3.origins": "0",
        "alone.a": "0",
        "alone.b": "0",
        "alone.c": "1",
    }
    behind = {number.name: ";".join(number.evidence) for number in rows}
    assert behind["agreeing.one_origin"] == "a.c2;b.c2"
    assert behind["alone.c"] == "c.c3"


def test_silences_of_each_source():
    silences = frame(
        "proposition_id source_id silence",
        ["where", "a", "searched-absent"],
        ["where", "b", "searched-absent"],
        ["who", "b", "out-of-scope"],
    )
    found = shown(silence_numbers({"silences": silences}))
    assert (found["silence.searched-absent.b"], found["silence.before-event.a"]) == ("1", "0")


def test_what_joins_two_sources_counts_with_its_evidence_once():
    edges = frame(
        "source_a source_b kind evidence is_merged",
        ["a", "b", "author", "a.u1;b.u1", True],
        ["a", "b", "passages", "a.shared-1;b.shared-1", False],
        ["b", "c", "passages", "b.shared-2;c.shared-2", False],
    )
    edges["is_merged"] = [True, False, False]
    shares = frame("source_a source_b share evidence", ["a", "b", "0.125", "a.shared-1;b.shared-1"])
    shares["share"] = shares["share"].astype(float)
    merged = frame("headline sources sources_of origins origins_of", ["shared", "4", "7", "2", "6"])
    rows = list(
        independence_numbers({"dependencies": edges, "shares": shares, "headlines_by_origin": merged})
    )
    assert shown(rows) == {
        "dependencies.count": "3",
        "dependencies.merging": "1",
        "dependencies.pairs": "2",
        "dependencies.author": "1",
        "dependencies.passages": "2",
        "share.a.b": "12.5 %",
        "headline.shared.merged": "2",
        "headline.shared.merged.of": "6",
    }
    assert {number.name: ";".join(number.evidence) for number in rows}["dependencies.merging"] == "a.u1;b.u1"
