"""What joins sources, what they become when it merges them, and what would change."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_tables import (
    CLAIMS,
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

from sourcebook.analysis import agreement
from sourcebook.analysis.agreement import (
    dependencies,
    headlines_by_origin,
    merge_sources,
    origins,
    sensitivity,
    sensitivity_index,
    shared_share,
)
from sourcebook.analysis.agreement.headline_marks import count_findings
from sourcebook.core import vocabularies

few = settings(max_examples=20)

PASSAGES = pd.DataFrame(
    [("a", 0, 30, "b", 10, 40), ("a", 20, 50, "b", 40, 70), ("c", 0, 10, "a", 90, 100)],
    columns=["source_a", "start_a", "end_a", "source_b", "start_b", "end_b"],
)
SHARED = shared_share(PASSAGES, {"a": 100, "b": 200, "c": 1000})


class TestShares:
    def test_by_hand(self):
        # In a, 0 to 30 and 20 to 50 cover 50 of 100; in b, 10 to 70 covers 60 of 200.
        assert SHARED.to_numpy().tolist() == [
            ["a", "b", 2, 0.5, 0.3, 0.5, "a.shared-1;a.shared-2;b.shared-1;b.shared-2"],
            ["a", "c", 1, 0.1, 0.01, 0.1, "a.shared-3;c.shared-3"],
        ]

    def test_ids_of_passages_are_kept(self):
        named = shared_share(PASSAGES.assign(passage_id=["x", "y", "z"]), {"a": 100, "b": 200, "c": 1000})
        assert named["evidence"].tolist() == ["a.x;a.y;b.x;b.y", "a.z;c.z"]

    def test_no_passages(self):
        assert shared_share(PASSAGES.iloc[:0], {"a": 1}).empty


class TestEdges:
    def test_each_with_its_evidence(self):
        coded = LINKS.assign(
            link_id=["a.u1", "c.u1", "a.u2", "b.u1"], upstream_label=["Smith", "Smith", "Talk", "Talk"]
        )
        found = dependencies(SOURCES, coded, SHARED, least_share=0.3)
        columns = ["source_a", "source_b", "kind", "label", "evidence", "is_merged"]
        assert found[columns].to_numpy().tolist() == [
            ["a", "b", "speech", "Talk", "a.u2;b.u1", False],
            ["a", "b", "passages", "2 shared passages", "a.shared-1;a.shared-2;b.shared-1;b.shared-2", True],
            ["a", "c", "author", "Smith", "a.u1;c.u1", True],
            ["a", "c", "passages", "1 shared passage", "a.shared-3;c.shared-3", False],
        ]
        assert found["reason"].tolist() == [
            "Both texts report the same speech or message: Talk.",
            "Passages in both make up 50.0 % of the one text and 30.0 % of the other.",
            "Both texts are signed by the same author: Smith.",
            "Passages in both make up 10.0 % of the one text and 1.0 % of the other.",
        ]

    def test_a_source_that_quotes_another_is_joined_to_it(self):
        quoting = frame([("b", "a", "quotes"), ("c", "a", "quotes")], "source_id upstream kind")
        found = dependencies(SOURCES, quoting, merging=["quotes"])
        assert found[["source_a", "source_b"]].to_numpy().tolist() == [["a", "b"], ["a", "c"]]
        assert origins(SOURCES, quoting, merging=["quotes"])["origin"].tolist() == ["a", "a", "a"]
        assert origins(SOURCES, quoting)["origin"].tolist() == ["a", "b", "c"]

    def test_a_rule_that_names_no_kind_is_refused(self):
        for found in (dependencies, origins):
            with pytest.raises(ValueError, match=r"merging: expected kinds among author.*; found autor"):
                found(SOURCES, LINKS, merging=["author", "autor"])
            with pytest.raises(ValueError, match="found one string, 'author'"):
                found(SOURCES, LINKS, merging="author")
            with pytest.raises(ValueError, match="least_share: expected a share of 0 or more"):
                found(SOURCES, LINKS, least_share=float("nan"))
            passages = shared_share(PASSAGES.replace("c", "z"), {"a": 100, "b": 100, "z": 100})
            with pytest.raises(ValueError, match="shared: expected sources of the registry, found z"):
                found(SOURCES, LINKS, passages)

    def test_every_source_has_an_origin(self):
        with pytest.raises(ValueError, match="found none for"):
            agreement.corroboration(CLAIMS, RELATIONS, ORIGIN.iloc[:1])

    def test_every_kind_of_link_can_be_told_in_a_sentence(self):
        for kind in vocabularies.LINK_KINDS:
            rows = frame([("a", "x", kind), ("b", "x", kind)], "source_id upstream kind")
            assert dependencies(SOURCES, rows)["reason"].iloc[0].endswith(": x.")

    @few
    @given(links, kinds, st.floats(0.05, 1.5))
    def test_origins_are_what_merging_edges_hold_together(self, found, merging, least):
        table = dependencies(SOURCES, found, SHARED, merging=merging, least_share=least)
        joined = [set(pair) for pair in table.loc[table["is_merged"], ["source_a", "source_b"]].to_numpy()]
        groups = [{s} for s in "abc"]
        for pair in joined:
            together = [g for g in groups if g & pair]
            groups = [g for g in groups if not g & pair] + [set().union(*together)]
        merged = origins(SOURCES, found, SHARED, merging=merging, least_share=least)
        assert {frozenset(g) for g in groups} == {
            frozenset(g) for g in merged.groupby("origin")["source_id"].agg(list)
        }


class TestOrigins:
    def test_shared_passages_merge_from_a_share_on(self):
        found = origins(SOURCES, LINKS.iloc[:0], SHARED, least_share=0.5)
        assert found.to_numpy().tolist() == [["a", "a", "passages"], ["b", "a", "passages"], ["c", "c", ""]]
        assert origins(SOURCES, LINKS.iloc[:0], SHARED, least_share=2)["origin"].tolist() == [
            "a",
            "b",
            "c",
        ]
        assert agreement.LEAST_SHARE == 0.1
        assert origins(SOURCES, LINKS.iloc[:0], SHARED)["origin"].tolist() == ["a", "a", "a"]

    @few
    @given(links, kinds, st.randoms())
    def test_the_order_of_links_and_sources_changes_no_group(self, found, merging, random):
        def groups(table):
            return {frozenset(g) for g in table.groupby("origin")["source_id"].agg(list)}

        order = list(range(len(found)))
        random.shuffle(order)
        names = list("abc")
        random.shuffle(names)
        other = SOURCES.set_index("source_id").loc[names].reset_index()
        first = origins(SOURCES, found, SHARED, merging=merging)
        assert groups(first) == groups(origins(other, found.iloc[order], SHARED, merging=merging))
        assert first.equals(origins(SOURCES, found.iloc[order], SHARED, merging=merging))

    @few
    @given(
        datasets,
        links,
        kinds,
        st.tuples(*[st.sampled_from("abc")] * 2),
        st.sampled_from(list(vocabularies.LINK_KINDS)),
    )
    def test_a_further_link_never_raises_a_count_of_origins(self, claims, found, merging, pair, kind):
        more = pd.concat(
            [found, frame([(s, "further", kind) for s in pair], "source_id upstream kind")], ignore_index=True
        )
        relations = related(claims)
        before, after = (
            agreement.corroboration(claims, relations, origins(SOURCES, table, merging=merging))
            for table in (found, more)
        )
        assert (after["origins"] <= before["origins"]).all()

    @few
    @given(datasets, links, st.floats(0, 1), st.floats(0, 1))
    def test_a_lower_share_never_raises_a_count_of_origins(self, claims, found, one, other):
        relations = related(claims)
        low, high = (
            agreement.corroboration(claims, relations, origins(SOURCES, found, SHARED, least_share=share))
            for share in sorted((one, other))
        )
        assert (low["origins"] <= high["origins"]).all()


class TestMerged:
    def test_by_hand(self):
        # a and c have one author: b is the only other origin. On how-many b contradicts a, and who-came is
        # shared by a and b; when stands in a alone.
        table = headlines_by_origin(CLAIMS, RELATIONS, ORIGIN, PROPOSITIONS).set_index("headline")
        assert table.loc["single_source"].tolist() == [1, 3, 1, 3]
        assert table.loc["shared"].tolist() == [2, 3, 2, 3]
        assert table.loc["contradict"].tolist() == [1, 1, 1, 1]

    def test_two_texts_of_one_origin_contradict_inside_it(self):
        claims = claims_of(("a", "how-many", "1"), ("c", "how-many", "2"))
        table = headlines_by_origin(claims, related(claims), ORIGIN, PROPOSITIONS).set_index("headline")
        assert table.loc["contradict"].tolist() == [1, 1, 0, 0]
        assert table.loc["self_contradict"].tolist() == [0, 0, 1, 1]
        assert table.loc["single_source"].tolist() == [0, 1, 1, 1]

    @few
    @given(datasets, links)
    def test_an_exact_duplicate_changes_nothing(self, claims, found):
        """A copy shares its whole text: with or without it, every headline over origins is the same."""
        copied = claims[claims["source_id"] == "a"]
        copied = copied.assign(source_id="z", claim_id="z" + copied["claim_id"])
        both = pd.concat([claims, copied], ignore_index=True)
        sources = pd.concat([SOURCES, SOURCES.iloc[:1].assign(source_id="z")], ignore_index=True)
        passage = pd.DataFrame([("a", 0, 9, "z", 0, 9)], columns=PASSAGES.columns)
        shared = shared_share(passage, dict.fromkeys([*"abcz"], 9))
        origin = origins(sources, found, shared)
        one = headlines_by_origin(claims, related(claims), origin, PROPOSITIONS).set_index("headline")[
            "origins"
        ]
        two = headlines_by_origin(both, related(both), origin, PROPOSITIONS).set_index("headline")["origins"]
        # Who answers twice answers twice in the copy: that much a copy adds inside its origin.
        inside = ["answered_twice", "self_contradict"]
        pd.testing.assert_series_equal(one.drop(inside), two.drop(inside))
        left = (
            agreement.leave_one_out(both, related(both), origin, PROPOSITIONS)
            .query("left_out == 'z'")
            .set_index("headline")["count"]
        )
        counts = agreement.count_questions(claims, related(claims), origin)
        assert left.to_dict() == count_findings(counts, PROPOSITIONS)

    @few
    @given(datasets)
    def test_merging_nothing_changes_nothing(self, claims):
        alone = origins(SOURCES, LINKS.iloc[:0])
        table = headlines_by_origin(claims, related(claims), alone, PROPOSITIONS)
        assert table["sources"].tolist() == table["origins"].tolist()
        same = merge_sources(claims, related(claims), alone)
        pd.testing.assert_frame_equal(same[0], claims)


class TestSensitivity:
    FOUND = sensitivity(
        CLAIMS, RELATIONS, SOURCES, LINKS, SHARED.assign(share=[0.05, 0.01]), propositions=PROPOSITIONS
    )

    def test_what_flips_by_hand(self):
        # The choice: author merges a and c; passages merge nothing. If speech merges too, a, b and c are one.
        changes = self.FOUND[self.FOUND["level"] == "proposition"]
        rows = changes[changes["setting"] == "author+speech"].drop(columns=["choice", "setting", "level"])
        assert sorted(rows.to_numpy().tolist()) == [
            ["how-many", "agreed_by_two_origins", "yes", "no"],
            ["how-many", "two_origins", "yes", "no"],
        ]
        without = changes[(changes["choice"] == "without-source") & (changes["setting"] == "b")]
        assert ["how-many", "agreement_status", "contradict", "compatible"] in without[
            ["subject", "measure", "baseline", "alternative"]
        ].to_numpy().tolist()
        assert ["who-came", "agreement_status", "agree", "single source"] in without[
            ["subject", "measure", "baseline", "alternative"]
        ].to_numpy().tolist()

    def test_every_choice_is_tried(self):
        tried = self.FOUND.drop_duplicates(["choice", "setting"])[["choice", "setting"]]
        assert set(tried["choice"]) == set(agreement.CHOICES)
        assert tried.loc[tried["choice"] == "merging", "setting"].tolist() == ["none", "author+speech"]
        assert tried.loc[tried["choice"] == "without-source", "setting"].tolist() == ["a", "b", "c"]
        assert tried.loc[tried["choice"] == "without-origin", "setting"].tolist() == ["a", "b"]

    def test_the_index_counts_the_flips(self):
        index = sensitivity_index(self.FOUND).set_index(["choice", "setting"])
        row = index.loc["merging", "author+speech"]
        assert row.to_dict() == {
            "headlines": 2,
            "agreement_status": 0,
            "two_origins": 1,
            "agreed_by_two_origins": 1,
            "propositions": 1,
        }

    @few
    @given(datasets, links)
    def test_headlines_are_those_that_leaving_out_gives(self, claims, found):
        relations, origin = related(claims), origins(SOURCES, found)
        table = sensitivity(claims, relations, SOURCES, found, propositions=PROPOSITIONS)
        for by in ("source", "origin"):
            without = agreement.leave_one_out(claims, relations, origin, PROPOSITIONS, by=by)
            without = without.set_index(["headline", "left_out"])
            rows = table[(table["choice"] == f"without-{by}") & (table["level"] == "headline")]
            for left, subject, measure, before, after in rows[
                ["setting", "subject", "measure", "baseline", "alternative"]
            ].itertuples(index=False, name=None):
                assert int(before) == without.loc[(subject, ""), measure]
                assert int(after) == without.loc[(subject, left), measure]

    @few
    @given(datasets, links)
    def test_a_flip_is_seen_by_leaving_the_source_out(self, claims, found):
        relations = related(claims)
        table = sensitivity(claims, relations, SOURCES, found, propositions=PROPOSITIONS)
        rows = table[(table["choice"] == "without-source") & (table["measure"] == "agreement_status")]
        for left, subject, after in rows[["setting", "subject", "alternative"]].itertuples(
            index=False, name=None
        ):
            kept = claims[claims["source_id"] != left]
            status = agreement.agreement_status(kept, related(kept), PROPOSITIONS).set_index(
                "proposition_id"
            )["agreement_status"]
            assert status.get(subject, "unanswered") == after


def test_a_source_declared_unfinished_has_its_reason():
    evidence = agreement.search_evidence(PROPOSITIONS, {})
    assert evidence.empty
    cells = pd.DataFrame(
        [(p, s, "word", 1, "word") for p in PROPOSITIONS["proposition_id"] for s in "abc"],
        columns=["proposition_id", "source_id", "searched", "hits", "found"],
    ).astype({"hits": "int64"})
    scopes = frame([], "source_id topic reason")
    found = agreement.silences(CLAIMS, PROPOSITIONS, SOURCES, scopes, {}, cells, {"c": "Page one only."})
    by_source = found.set_index("source_id")
    assert set(by_source.loc["c", "reason"]) == {"Page one only; occurs: word"}
    assert set(by_source.loc["c", "silence"]) == {"not-coded"}
    assert "not-coded" not in set(by_source.loc["b", "silence"])
