"""Numbers about the sources and their surroundings: literal tables, answers by hand."""

import pandas as pd

from sourcebook.analysis.numbers.from_sources import context_numbers, occurrence_numbers, source_numbers


def frame(columns, *rows):
    return pd.DataFrame(rows, columns=columns.split(), dtype="str")


def shown(rows):
    return {number.name: number.formatted for number in rows}


def test_facts_and_publishers_without_a_number_or_a_date_give_neither():
    tables = {
        "context": frame(
            "fact_id statement stated_by value date",
            ["guests", "Guests.", "the host", "~50", "1990/1991"],
            ["speech", "The host spoke.", "the cook", "", ""],
        ),
        "publishers": frame("publisher_id name founded", ["mill", "Mill Press", "1899"], ["x", "X", ""]),
    }
    assert shown(context_numbers(tables)) == {
        "context.guests": "about 50",
        "context.guests.date": "1990–1991",
        "context.guests.statement": "Guests.",
        "context.speech.statement": "The host spoke.",
        "publisher.mill.founded": "1899",
    }


def test_printed_occurrences_give_their_words_number_time_and_date():
    columns = "occurrence_id quote english value unit counted period publisher date claim_id found_again"
    tables = {
        "printed_numbers": frame(
            columns,
            [
                "news.50",
                "some 50",
                "",
                "~50",
                "guests",
                "at the feast",
                "1990",
                "The News",
                "",
                "a.c001",
                "yes",
            ],
            [
                "tag.half",
                "die Hälfte",
                "half",
                "",
                "guests",
                "at the feast",
                "",
                "Der Tag",
                "1991-02",
                "",
                "",
            ],
        )
    }
    assert shown(occurrence_numbers(tables)) == {
        "count.printed_numbers.found_again": "1",
        "printed.news.50": "“some 50”",
        "printed.news.50.value": "about 50",
        "printed.news.50.period": "1990",
        "printed.tag.half": "“die Hälfte” (half)",
        "printed.tag.half.date": "February 1991",
    }
    assert {n.name: n.evidence for n in occurrence_numbers(tables)}["printed.news.50"] == ("a.c001",)


def test_sources_count_headings_silences_upstreams_and_pairs():
    tables = {
        "sources": frame("source_id publisher", ["a", "Mill Press"], ["b", "Mill Press"]),
        "propositions": frame("proposition_id", ["where"], ["when"]),
        "links": frame(
            "link_id source_id upstream upstream_label upstream_date",
            ["a.u1", "a", "jo", "Jo", ""],
            ["a.u2", "a", "jo", "Jo", ""],
            ["b.u1", "b", "jo", "Jo", ""],
            ["b.u2", "b", "act", "The act", "1900-05-02"],
        ),
    }
    derived = {
        "dating": frame("source_id display", ["a", "3 May 1900"], ["b", "undated"]),
        "sentences": frame("source_id kind", ["a", "heading"], ["a", "paragraph"]),
        "silences": frame("proposition_id source_id", ["when", "a"], ["when", "b"]),
        "shared_passages": frame("source_a source_b", ["a", "b"], ["a", "b"]),
    }
    rows = list(source_numbers(tables, derived))
    assert shown(rows) == {
        "source.a.written": "3 May 1900",
        "source.b.written": "undated",
        "source.a.headings": "1",
        "source.b.headings": "0",
        "publisher.Mill Press.sources": "2",
        "silent.where": "0",
        "silent.when": "2",
        "upstream.act.sources": "1",
        "upstream.act.date": "2 May 1900",
        "upstream.jo.sources": "2",
        "shared.a.b": "2",
    }
    assert next(number.evidence for number in rows if number.name == "upstream.jo.sources") == (
        "a.u1",
        "b.u1",
    )
