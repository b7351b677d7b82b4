"""Who answers, who is silent, who stands behind an answer: small cases worked out by hand."""

from __future__ import annotations

from itertools import combinations
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_tables import (
    CLAIMS,
    CODEBOOK,
    LINKS,
    ORIGIN,
    PROPOSITIONS,
    RELATIONS,
    SOURCES,
    claims_of,
    datasets,
    frame,
    kinds,
    links,
    related,
)

from sourcebook.analysis.agreement import (
    agreement_status,
    comparisons,
    corroboration,
    count_questions,
    headlines,
    leave_one_out,
    matrix,
    origins,
    origins_by_rule,
    search_evidence,
    silences,
    wordings,
)
from sourcebook.analysis.relations import relate_all
from sourcebook.core import vocabularies


def wide(without):
    """Return one row for each headline, one column for each source that is left out."""
    return without.pivot(index="headline", columns="left_out", values="count")


class TestOrigins:
    def test_one_author_makes_one_origin(self):
        assert ORIGIN.to_numpy().tolist() == [["a", "a", "author"], ["b", "b", ""], ["c", "a", "author"]]

    def test_merging_is_transitive(self):
        found = origins(SOURCES, LINKS, merging=["author", "speech"])
        assert found["origin"].tolist() == ["a", "a", "a"]
        assert found["merge_reasons"].tolist() == ["author;speech", "speech", "author"]

    def test_an_upstream_merges_only_links_of_one_kind(self):
        links = frame([("a", "smith", "author"), ("b", "smith", "publisher")], "source_id upstream kind")
        assert origins(SOURCES, links)["origin"].tolist() == ["a", "b", "c"]

    def test_unknown_sources_and_lone_links_merge_nothing(self):
        links = frame([("x", "smith", "author"), ("b", "smith", "author")], "source_id upstream kind")
        found = origins(SOURCES, links)
        assert found["origin"].tolist() == ["a", "b", "c"]
        assert found["merge_reasons"].tolist() == ["", "", ""]

    def test_without_links_every_source_is_its_own_origin(self):
        assert origins(SOURCES, LINKS.iloc[:0])["origin"].tolist() == ["a", "b", "c"]


def documents(**texts):
    return {s: SimpleNamespace(normal=SimpleNamespace(text=t)) for s, t in texts.items()}


def hits(phrase, text):
    found = search_evidence(frame([("p", phrase)], "proposition_id search"), documents(a=text))
    return int(found.loc[0, "hits"])


class TestSearch:
    @pytest.mark.parametrize(
        ("phrase", "text", "expected"),
        [
            ("rome", "Jerome went to Rome, and Rome fell.", 2),
            ("party", "The counterparty came to the party.", 1),
            ("genocid", "Genocide, genocidal, agenocide", 2),
            ("right to return", "the right\nto  return", 1),
            ("right to return", "the right of return", 0),
            ("refugees’ society", "the Refugees' Society", 1),
            ("200", "over 200 of 1,200, and 200,000 or 2005 or 200.", 2),
            ("4.5", "from 4.5 to 14.5 and 4.55", 1),
            ("a.b", "axb a.b", 1),
            ("(wac)", "the Community (WAC)", 1),
            ("'quoted'", "so 'quoted' it is", 1),
            ("straße", "Die STRASSE", 1),
            ("caf\u00e9", "Cafe\u0301 and CAF\u00c9", 2),
            ("cafe\u0301", "caf\u00e9", 1),
            ("cafe", "caf\u00e9", 0),
            ("irevan", "İrevan, IREVAN, irevan", 3),
            ("İrevan", "irevan", 1),
            ("1987-1989", "from 1987–1989, or 1987‑1989", 2),
            ("so-called", "so‐called", 1),
        ],
    )
    def test_words(self, phrase, text, expected):
        assert hits(phrase, text) == expected

    def test_each_proposition_in_each_source(self):
        asked = frame([("p", "poets; judges;poets"), ("q", "kings")], "proposition_id search")
        found = search_evidence(asked, documents(a="Poets and more poets", b="judges"))
        assert found.to_numpy().tolist() == [
            ["p", "a", "poets; judges", 2, "poets"],
            ["p", "b", "poets; judges", 1, "judges"],
            ["q", "a", "kings", 0, ""],
            ["q", "b", "kings", 0, ""],
        ]


EVIDENCE = search_evidence(
    PROPOSITIONS,
    documents(a="200 participants in Jerome, in December", b="The participants came", c="over 100"),
)
NO_SCOPES = frame([], "source_id topic reason")


def typed(**changes):
    given_ = {
        "claims": CLAIMS,
        "propositions": PROPOSITIONS,
        "sources": SOURCES,
        "scopes": NO_SCOPES,
        "event_starts": {},
        "evidence": EVIDENCE,
    } | changes
    found = silences(**given_)
    return {
        (p, s): (k, r) for p, s, k, r in found[["proposition_id", "source_id", "silence", "reason"]].values
    }


class TestSilences:
    def test_types(self):
        assert typed() == {
            ("who-came", "c"): ("searched-absent", "looked for: came"),
            ("when", "b"): ("searched-absent", "looked for: December"),
            ("when", "c"): ("searched-absent", "looked for: December"),
            ("where", "a"): ("searched-absent", "looked for: rome"),
            ("where", "b"): ("searched-absent", "looked for: rome"),
            ("where", "c"): ("searched-absent", "looked for: rome"),
        }

    def test_words_that_occur_are_mentioned(self):
        found = typed(claims=CLAIMS.iloc[:0])
        assert found["how-many", "b"] == ("mentioned", "occurs: participants")
        assert found["how-many", "c"] == ("searched-absent", "looked for: participants; delegates")

    def test_the_order_of_the_types(self):
        none = CLAIMS.iloc[:0]
        starts = {"meeting": "2024-12-05"}
        scopes = frame([(s, "time", "a poem") for s in "abc"], "source_id topic reason")
        chosen = {"claims": none, "event_starts": starts, "scopes": scopes}
        cell = ("when", "a")
        assert typed(**chosen, open_sources=["a"])[cell] == (
            "not-coded",
            "the source has sentences that are not accounted for; occurs: December",
        )
        assert typed(**chosen)[cell] == (
            "before-event",
            "written by 23 October 2024, before 5 December 2024",
        )
        assert typed(claims=none, scopes=scopes)[cell] == ("out-of-scope", "a poem")
        assert typed(claims=none)[cell] == ("mentioned", "occurs: December")

    def test_written_on_the_day_or_undated_is_not_before(self):
        found = typed(claims=CLAIMS.iloc[:0], event_starts={"meeting": "2024-12-06"})
        assert found["when", "b"][0] == "searched-absent"
        assert found["when", "c"][0] == "searched-absent"

    def test_an_event_without_a_year_is_before_nothing(self):
        found = typed(claims=CLAIMS.iloc[:0], event_starts={"meeting": "XXXX-12-05"})
        assert found["when", "a"][0] == "mentioned"

    def test_what_was_found_stands_in_every_row(self):
        scopes = frame([("a", "time", "a poem")], "source_id topic reason")
        found = silences(CLAIMS.iloc[:0], PROPOSITIONS, SOURCES, scopes, {}, EVIDENCE)
        row = found[(found["proposition_id"] == "when") & (found["source_id"] == "a")].iloc[0]
        assert row[["silence", "searched", "found"]].tolist() == ["out-of-scope", "December", "December"]

    def test_nothing_looked_for_is_no_evidence(self):
        asked = PROPOSITIONS.assign(search=" ; ")
        evidence = search_evidence(asked, documents(a="", b="", c=""))
        assert typed(claims=CLAIMS.iloc[:0], propositions=asked, evidence=evidence)["where", "a"] == (
            "not-coded",
            "no words are declared to look for",
        )


class TestTallies:
    def test_agreement_status(self):
        table = agreement_status(CLAIMS, RELATIONS, PROPOSITIONS).set_index("proposition_id")
        # a 200; b 200 and 250; c over 100. Between: a-b1 agree, a-b2 contradict, and each with c compatible.
        assert table.loc["how-many"].tolist() == [
            "substance",
            "how-many",
            "could-differ",
            3,
            4,
            1,
            0,
            3,
            1,
            0,
            1,
            "contradict",
        ]
        # Two lists of the same two items: each agrees with its like, and the crossed pairs say nothing.
        assert table.loc["who-came"].tolist()[2:] == ["several-answers", 2, 4, 2, 0, 0, 0, 0, 0, "agree"]
        assert table.loc["when"].tolist()[2:] == ["single-source", 1, 1, 0, 0, 0, 0, 0, 0, "single source"]

    def test_an_item_that_only_one_list_holds_is_a_difference(self):
        claims = claims_of(
            ("a", "who-came", "poets"), ("a", "who-came", "judges"), ("b", "who-came", "poets")
        )
        table = agreement_status(claims, related(claims), PROPOSITIONS)
        assert table[["agree", "compatible", "agreement_status"]].to_numpy().tolist() == [
            [1, 1, "compatible"]
        ]

    def test_claims_without_relations_are_refused(self):
        with pytest.raises(ValueError, match=r"'how-many'.*3 sources.*relate_all"):
            agreement_status(CLAIMS, RELATIONS.iloc[:0], PROPOSITIONS)

    def test_no_claims(self):
        table = agreement_status(CLAIMS.iloc[:0], RELATIONS.iloc[:0], PROPOSITIONS)
        assert table.empty
        counted = headlines(CLAIMS.iloc[:0], RELATIONS.iloc[:0], ORIGIN, PROPOSITIONS)
        assert set(counted.loc[counted["headline"] != "asked", "count"]) == {0}

    def test_matrix(self):
        silence = silences(CLAIMS, PROPOSITIONS, SOURCES, NO_SCOPES, {}, EVIDENCE)
        table = matrix(CLAIMS, RELATIONS, silence, PROPOSITIONS, SOURCES)
        shown = table.set_index(["proposition_id", "source_id"])["state"].to_dict()
        assert shown == {
            ("how-many", "a"): "contradict",
            ("how-many", "b"): "contradict",
            ("how-many", "c"): "compatible",
            ("who-came", "a"): "agree",
            ("who-came", "b"): "agree",
            ("who-came", "c"): "searched-absent",
            ("when", "a"): "only",
            ("when", "b"): "searched-absent",
            ("when", "c"): "searched-absent",
            ("where", "a"): "searched-absent",
            ("where", "b"): "searched-absent",
            ("where", "c"): "searched-absent",
        }
        assert table.loc[1, ["topic", "claims"]].tolist() == ["size", "b.c1;b.c2"]

    def test_a_source_that_contradicts_only_itself_is_alone(self):
        claims = claims_of(("a", "how-many", "1"), ("a", "how-many", "2"))
        relations = relate_all(claims, PROPOSITIONS, CODEBOOK)
        table = matrix(
            claims, relations, frame([], "proposition_id source_id silence"), PROPOSITIONS, SOURCES
        )
        assert table.loc[0, "state"] == "only"
        assert agreement_status(claims, relations, PROPOSITIONS)[
            ["self_contradictions", "agreement_status"]
        ].to_numpy().tolist() == [[1, "single source"]]

    def test_corroboration(self):
        table = corroboration(CLAIMS, RELATIONS, ORIGIN).set_index("claim_id")
        assert table.loc["a.c1"].tolist() == ["how-many", "a", 2, 2, "b.c1"]
        assert table.loc["b.c2"].tolist() == ["how-many", "b", 1, 1, ""]
        assert table.loc["c.c1"].tolist() == ["how-many", "c", 1, 1, ""]

    def test_a_source_that_says_it_twice_counts_once(self):
        claims = claims_of(("a", "how-many", "7"), ("a", "how-many", "7"), ("c", "how-many", "7"))
        table = corroboration(claims, relate_all(claims, PROPOSITIONS, CODEBOOK), ORIGIN)
        # a and c have one author.
        assert table[["sources", "origins"]].to_numpy().tolist() == [[2, 1]] * 3


def counted(table, of_class="findings", unit="question"):
    """Return count and denominator of each headline of a class."""
    rows = table[table["class"].eq(of_class) & table["unit"].eq(unit)].set_index("headline")
    return {name: (row["count"], row["of"]) for name, row in rows.iterrows()}


def findings(claims, origin):
    """Return the count of each headline, over questions of substance or on the event."""
    return {n: c for n, (c, _) in counted(headlines(claims, related(claims), origin, PROPOSITIONS)).items()}


class TestHeadlines:
    def test_by_hand(self):
        # how-many: three sources differ. who-came: a list of two items. when: one source. where: nobody.
        found = headlines(CLAIMS, RELATIONS, ORIGIN, PROPOSITIONS)
        assert counted(found) == {
            "asked": (4, 4),
            "answered": (3, 4),
            "single_source": (1, 3),
            "shared": (2, 3),
            "mentions": (0, 2),
            "several_answers": (1, 2),
            "variants": (0, 2),
            "could_differ": (1, 2),
            "contradict": (1, 1),
            "compatible": (0, 1),
            "agree": (0, 1),
            "two_origins": (1, 1),
            "agreed_by_two_origins": (1, 1),
            "answered_twice": (1, 3),
            "self_contradict": (1, 1),
        }
        ids = found[found["class"].eq("findings") & found["unit"].eq("question")].set_index("headline")
        assert ids.loc["single_source", "propositions"] == "when"
        assert ids.loc["shared", "propositions"] == "how-many;who-came"
        assert counted(found, "event")["asked"] == (0, 0)

    def test_without_each_source(self):
        table = wide(leave_one_out(CLAIMS, RELATIONS, ORIGIN, PROPOSITIONS))
        assert table.columns.tolist() == ["", "a", "b", "c"]
        assert table.loc["answered"].tolist() == [3, 2, 3, 3]
        assert table.loc["single_source"].tolist() == [1, 1, 2, 1]
        assert table.loc["contradict"].tolist() == [1, 0, 0, 1]
        assert table.loc["self_contradict"].tolist() == [1, 1, 0, 1]
        # Without b, a and c remain on how-many: one origin.
        assert table.loc["two_origins"].tolist() == [1, 1, 0, 1]

    def test_without_each_origin(self):
        table = wide(leave_one_out(CLAIMS, RELATIONS, ORIGIN, PROPOSITIONS, by="origin"))
        assert table.columns.tolist() == ["", "a", "b"]
        assert table.loc["answered"].tolist() == [3, 2, 3]

    def test_by_something_else_is_refused(self):
        with pytest.raises(ValueError, match="'voice'"):
            leave_one_out(CLAIMS, RELATIONS, ORIGIN, PROPOSITIONS, by="voice")

    def test_inputs_stay_as_they_are(self):
        before = [f.copy(deep=True) for f in (CLAIMS, RELATIONS, ORIGIN)]
        leave_one_out(CLAIMS, RELATIONS, ORIGIN, PROPOSITIONS)
        for now, then in zip((CLAIMS, RELATIONS, ORIGIN), before, strict=True):
            pd.testing.assert_frame_equal(now, then)


#: Five questions of three classes; the first two are one matter.
ASKED = frame(
    [
        ("founded", "date", "one", "instant", "substance", "founding"),
        ("renamed", "date", "one", "instant", "substance", "founding"),
        ("invited", "presence", "one", "", "event", ""),
        ("held", "presence", "one", "", "event", ""),
        ("called", "name", "one", "", "wording", "name"),
    ],
    "proposition_id kind cardinality time_type class matter",
)
SAID = claims_of(
    ("a", "founded", "1989"),
    ("b", "founded", "2022"),
    ("a", "renamed", "2022"),
    ("b", "renamed", "2022"),
    ("a", "invited", "yes"),
    ("b", "invited", "yes"),
    ("a", "held", "yes"),
    ("b", "held", "no"),
    ("a", "called", "West Hill"),
    ("b", "called", "Western Hill"),
)


class TestClasses:
    PAIRS = relate_all(SAID, ASKED, CODEBOOK)

    def table(self):
        return headlines(SAID, self.PAIRS, ORIGIN, ASKED)

    def test_only_what_could_differ_is_a_denominator(self):
        counts = count_questions(SAID, self.PAIRS, ORIGIN)
        assert comparisons(counts, ASKED).to_dict() == {
            "founded": "could-differ",
            "renamed": "could-differ",
            "invited": "mention",  # yes alone is no agreement
            "held": "could-differ",
            "called": "wording",
        }
        found = counted(self.table())
        assert found["mentions"] == (1, 4)
        assert (found["contradict"], found["compatible"], found["agree"]) == ((2, 3), (0, 3), (1, 3))

    def test_each_class_is_counted_by_itself(self):
        table = self.table()
        assert counted(table, "substance")["contradict"] == (1, 2)
        assert counted(table, "event")["contradict"] == (1, 1)
        assert counted(table, "wording")["contradict"] == (0, 0)
        assert counted(table, "wording")["variants"] == (1, 1)

    def test_questions_on_one_matter_count_once(self):
        found = counted(self.table(), "substance", "matter")
        assert found["shared"] == (1, 1)
        # One of its questions contradicts, so the matter does, and no longer agrees.
        assert (found["contradict"], found["agree"]) == ((1, 1), (0, 1))

    def test_another_wording_is_a_variant(self):
        pair = self.PAIRS[self.PAIRS["proposition_id"] == "called"].iloc[0]
        assert (pair["relation"], pair["rule"]) == ("variant", "wording")
        table = wordings(SAID, ASKED, count_questions(SAID, self.PAIRS, ORIGIN))
        assert table.to_numpy().tolist() == [
            ["called", "name", "variant", "West Hill", "a", "a.c5"],
            ["called", "name", "variant", "Western Hill", "b", "b.c5"],
        ]

    def test_answers_on_different_things_could_not_differ(self):
        asked = PROPOSITIONS.iloc[:1]
        claims = claims_of(("a", "how-many", "1"), ("b", "how-many", "2")).assign(scope=["men", "women"])
        relations = relate_all(claims, asked, CODEBOOK)
        assert comparisons(count_questions(claims, relations, ORIGIN), asked).tolist() == ["different-things"]

    def test_a_number_that_nobody_states_is_no_agreement(self):
        claims = claims_of(("a", "how-many", "?"), ("b", "how-many", "?"))
        assert counted(headlines(claims, related(claims), ORIGIN, PROPOSITIONS))["could_differ"] == (0, 1)


def test_the_range_of_origins_reaches_from_none_merged_to_one():
    table = origins_by_rule(SOURCES, LINKS)
    assert table[["rule", "origins", "groups", "is_chosen"]].to_numpy().tolist() == [
        ["none", 3, "a;b;c", False],
        ["author", 2, "a+c;b", True],
        ["speech", 2, "a+b;c", False],
        ["author+speech", 1, "a+b+c", False],
    ]


#: Frames are slow to make; no test may depend on how fast.
few = settings(max_examples=40)


class TestProperties:
    @few
    @given(links, kinds)
    def test_origins_are_a_partition_closed_under_links(self, found, merging):
        table = origins(SOURCES, found, merging=merging)
        assert table["source_id"].tolist() == ["a", "b", "c"]
        origin_of = dict(zip(table["source_id"], table["origin"], strict=True))
        for source, origin in origin_of.items():
            # An origin is named by its first source, which is a member of it.
            assert origin == min(s for s, o in origin_of.items() if o == origin) <= source
        used = found[found["kind"].isin(merging)]
        for _, group in used.groupby(["upstream", "kind"]):
            for one, other in combinations(group["source_id"], 2):
                assert origin_of[one] == origin_of[other]

    @few
    @given(links, kinds)
    def test_sources_of_one_origin_are_tied_by_a_chain_of_links(self, found, merging):
        table = origins(SOURCES, found, merging=merging)
        for origin, group in table.groupby("origin"):
            assert (group["merge_reasons"] != "").all() == (len(group) > 1), origin

    @few
    @given(datasets, links, kinds, kinds)
    def test_merging_never_raises_corroboration(self, claims, found, some, more):
        relations = related(claims)
        less = corroboration(claims, relations, origins(SOURCES, found, merging=some))
        least = corroboration(claims, relations, origins(SOURCES, found, merging=[*some, *more]))
        assert (least["origins"] <= less["origins"]).all()
        assert (less["origins"] <= less["sources"]).all()
        assert (least["origins"] >= 1).all()
        assert (less["sources"] == least["sources"]).all()

    @few
    @given(datasets, links)
    def test_a_copy_of_a_source_adds_nothing_to_the_origins(self, claims, found):
        copied = claims[claims["source_id"] == "a"]
        copied = copied.assign(source_id="z", claim_id="z" + copied["claim_id"])
        both = pd.concat([claims, copied], ignore_index=True)
        sources = pd.concat([SOURCES, SOURCES.iloc[:1].assign(source_id="z")], ignore_index=True)
        tied = pd.concat(
            [found, frame([("a", "copy", "author"), ("z", "copy", "author")], "source_id upstream kind")],
            ignore_index=True,
        )
        origin = origins(sources, tied)
        without = wide(leave_one_out(both, related(both), origin, PROPOSITIONS))["z"]
        whole = findings(both, origin)
        for name in ("answered", "two_origins", "agreed_by_two_origins"):
            assert without[name] == whole[name]
        assert without.to_dict() == findings(claims, origin)
        before = corroboration(claims, related(claims), origin).set_index("claim_id")["origins"]
        after = corroboration(both, related(both), origin).set_index("claim_id")["origins"]
        assert after.loc[before.index].tolist() == before.tolist()

    @few
    @given(datasets, st.sets(st.sampled_from("abc")))
    def test_every_cell_is_either_answered_or_silent(self, claims, unfinished):
        silence = silences(claims, PROPOSITIONS, SOURCES, NO_SCOPES, {}, EVIDENCE, unfinished)
        table = matrix(claims, related(claims), silence, PROPOSITIONS, SOURCES)
        quiet = set(zip(silence["proposition_id"], silence["source_id"], strict=True))
        answered = set(zip(claims["proposition_id"], claims["source_id"], strict=True))
        assert len(quiet) == len(silence)
        assert not quiet & answered
        assert len(quiet | answered) == len(PROPOSITIONS) * len(SOURCES) == len(table)
        for p, s, state, held in zip(
            table["proposition_id"], table["source_id"], table["state"], table["claims"], strict=True
        ):
            assert (state in vocabularies.SILENCES) == ((p, s) in quiet)
            assert bool(held) == ((p, s) in answered)

    @few
    @given(datasets)
    def test_the_headlines_add_up(self, claims):
        counts = findings(claims, ORIGIN)
        assert counts["single_source"] + counts["shared"] == counts["answered"]
        assert counts["contradict"] + counts["compatible"] + counts["agree"] == counts["could_differ"]
        assert counts["mentions"] + counts["several_answers"] + counts["could_differ"] <= counts["shared"]
        assert counts["agreed_by_two_origins"] <= counts["two_origins"] <= counts["could_differ"]
