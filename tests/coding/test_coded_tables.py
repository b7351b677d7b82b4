"""Reading and checking the tables: each kind of error with its place, and all of them in one run."""

import random
from itertools import pairwise

import pandas as pd
import pytest
from bridge import SCHEMAS, change, line_of

from sourcebook import coding
from sourcebook.core.about import ABOUT, read_about
from sourcebook.core.circles import find_circles
from sourcebook.core.csvfiles import read_table, write_table
from sourcebook.core.errors import DataError
from sourcebook.sources.documents import read_documents, sentence_table

CLAIMS = "coded/claims.csv"


def problems(folder):
    frames, unread = coding.try_tables(folder)
    return unread + coding.check_tables(
        frames, read_documents(folder / "raw"), SCHEMAS, exhaustive=read_about(folder).exhaustive
    )


def found(folder):
    return [(p.file, p.line, p.column) for p in problems(folder)]


def only(folder):
    (problem,) = problems(folder)
    return problem


def at(folder, row_id):
    """Return the physical line of a claim."""
    return line_of(folder, CLAIMS, f"{row_id},")


def rewrite(folder, path, edit):
    """Write the text of a file again as `edit` changes it."""
    text = (folder / path).read_text(encoding="utf-8")
    changed = edit(text)
    assert changed != text
    (folder / path).write_text(changed, encoding="utf-8")


def test_the_corpus_is_sound(corpus):
    assert problems(corpus) == []
    frames = coding.read_tables(corpus)
    assert set(frames) == set(SCHEMAS)
    coding.validate(frames, read_documents(corpus / "raw"), SCHEMAS)


def test_a_misquote_by_one_letter(corpus):
    change(corpus, CLAIMS, "exact", "4 Marsh 2021", claim_id="mill.c001")
    problem = only(corpus)
    assert (problem.file, problem.line, problem.column) == (CLAIMS, at(corpus, "mill.c001"), "exact")
    assert "Marsh" in problem.found
    assert "March" in problem.expected


def test_lines_are_physical_lines_of_the_file(corpus):
    """Notes and contexts of quotes hold line breaks, so that the eighth record is far below line 9."""
    change(corpus, CLAIMS, "value", "many", claim_id="gazette.c001")
    assert found(corpus) == [(CLAIMS, at(corpus, "gazette.c001"), "value")]
    assert at(corpus, "gazette.c001") > 9


def test_an_unknown_source(corpus):
    change(corpus, CLAIMS, "source_id", "mil", claim_id="mill.c001")
    problem = next(p for p in problems(corpus) if p.column == "source_id")
    assert problem.line == at(corpus, "mill.c001")
    assert problem.found == "'mil'"
    assert "raw/sources.csv" in problem.expected


@pytest.mark.parametrize("value", ["2021-02-30", "2021-13-01", "2022/2021", "soon"])
def test_an_impossible_date(corpus, value):
    change(corpus, CLAIMS, "value", value, claim_id="mill.c001")
    problem = only(corpus)
    assert (problem.line, problem.column) == (at(corpus, "mill.c001"), "value")
    assert problem.found == repr(value)
    assert "a date such as 1986-06-26" in problem.expected


def test_a_lower_bound_above_its_upper(corpus):
    change(corpus, CLAIMS, "value", "200..100", claim_id="mill.c002")
    problem = only(corpus)
    assert (problem.line, problem.column) == (at(corpus, "mill.c002"), "value")
    assert problem.found == "'200..100'"
    assert "quantity" in problem.expected


@pytest.mark.parametrize(
    ("claim", "value", "expected"),
    [("council.c001", "opened", "category"), ("council.c005", "perhaps", "yes or no")],
)
def test_a_value_that_does_not_fit_its_kind(corpus, claim, value, expected):
    change(corpus, CLAIMS, "value", value, claim_id=claim)
    problem = only(corpus)
    assert (problem.column, problem.found) == ("value", repr(value))
    assert expected in problem.expected


def test_a_duplicate_id_names_the_first_line(corpus):
    change(corpus, CLAIMS, "claim_id", "council.c001", claim_id="council.c002")
    problem = only(corpus)
    assert problem.column == "claim_id"
    assert problem.line > 2
    assert "'council.c001'" in problem.found
    assert "line 2" in problem.found


def test_an_id_is_short_enough_for_the_name_of_a_file(corpus):
    long = f"council.c{'9' * 112}"
    change(corpus, CLAIMS, "claim_id", long[:-1], claim_id="council.c001")
    assert problems(corpus) == []
    change(corpus, CLAIMS, "claim_id", long, claim_id=long[:-1])
    problem = only(corpus)
    assert (problem.column, problem.found) == ("claim_id", repr(long))
    assert "{0,119}" in problem.expected


def test_a_duplicate_of_a_key_in_two_columns(corpus):
    change(corpus, "coded/codebook.csv", "term", "closed", term="saved")
    change(corpus, "coded/codebook.csv", "vocabulary", "category", label="saved")
    reported = {(p.file, p.column): p.found for p in problems(corpus)}
    assert "'category, closed'" in reported["coded/codebook.csv", "vocabulary"]
    assert reported["coded/heritage.csv", "treatment"] == "'saved'"  # the term that is no longer there


def test_an_unknown_term_of_the_codebook(corpus):
    change(corpus, CLAIMS, "voice", "mayor", claim_id="mill.c001")
    problem = only(corpus)
    assert (problem.line, problem.column) == (at(corpus, "mill.c001"), "voice")
    assert problem.found == "'mayor'"
    assert problem.expected == "a term of “voice” in coded/codebook.csv"


def test_a_term_of_another_list_is_unknown(corpus):
    change(corpus, CLAIMS, "voice", "closed", claim_id="mill.c001")
    assert found(corpus) == [(CLAIMS, at(corpus, "mill.c001"), "voice")]


@pytest.mark.parametrize(
    ("cell", "wrong"), [("warning;dams", "'dams'"), ("warning;", "''"), ("warning; x", "' x'")]
)
def test_a_broken_link_in_a_list(corpus, cell, wrong):
    change(corpus, "coded/citations.csv", "elements", cell, citation_id="council.l001")
    problem = only(corpus)
    assert (problem.line, problem.column, problem.found) == (2, "elements", wrong)


def test_two_broken_links_in_one_list_are_both_reported(corpus):
    change(corpus, "coded/citations.csv", "elements", "dams;weirs", citation_id="council.l001")
    assert [p.found for p in problems(corpus)] == ["'dams'", "'weirs'"]


def test_missing_and_unknown_columns(corpus):
    """A table without a column is not checked further, and its sentences are not called open."""
    frame = read_table(corpus / "coded/demands.csv")
    write_table(frame.rename(columns={"summary": "sumary"}), corpus / "coded/demands.csv")
    unknown, missing = problems(corpus)
    assert (missing.file, missing.line, missing.column) == ("coded/demands.csv", 1, "summary")
    assert (unknown.file, unknown.line, unknown.column) == ("coded/demands.csv", 1, "sumary")
    assert missing.found == "no such column"


def test_an_empty_cell_that_may_not_be_empty(corpus):
    change(corpus, "coded/demands.csv", "summary", "", demand_id="mill.d001")
    problem = only(corpus)
    assert (problem.line, problem.column, problem.found) == (2, "summary", "''")
    assert "not an empty cell" in problem.expected


@pytest.mark.parametrize("blank", [" ", "\u200b", "\u00a0\u2060", "\t\n"])
@pytest.mark.parametrize("column", ["summary", "note"])
def test_a_cell_of_nothing_but_blanks(corpus, column, blank):
    change(corpus, "coded/demands.csv", column, blank, demand_id="mill.d001")
    problem = only(corpus)
    assert (problem.line, problem.column, problem.found) == (2, column, repr(blank))
    assert ("an empty cell, or" in problem.expected) == (column == "note")


@pytest.mark.parametrize("control", ["\x00", "\x07", "\x0c", "\x1b", "\x7f", "\x85"])
def test_a_control_character(corpus, control):
    change(corpus, CLAIMS, "note", f"seen{control} twice", claim_id="mill.c001")
    problem = only(corpus)
    assert (problem.line, problem.column) == (at(corpus, "mill.c001"), "note")
    assert f"U+{ord(control):04X}" in problem.expected
    assert repr(control)[1:-1] in problem.found


def test_a_term_of_the_library(corpus):
    change(corpus, "coded/frames.csv", "function", "remedies", frame_id="council.f001")
    problem = only(corpus)
    assert problem.found == "'remedies'"
    assert problem.expected == "one of: problem, cause, moral, remedy"


def test_a_pinpoint_that_cannot_be_read(corpus):
    change(corpus, "coded/citations.csv", "pinpoint", "somewhere", citation_id="council.l001")
    assert found(corpus) == [("coded/citations.csv", 2, "pinpoint")]


def test_a_sentence_neither_coded_nor_listed(corpus):
    rewrite(corpus, "coded/uncoded.csv", lambda text: text.splitlines(keepends=True)[0])
    problem = only(corpus)
    assert (problem.file, problem.line, problem.column) == ("coded/uncoded.csv", 0, "sentence_id")
    assert problem.found == "council.s006 in no table: 'Nobody should despair.'"


def test_where_not_every_sentence_is_coded_the_others_need_no_reason(corpus):
    rewrite(corpus, "coded/uncoded.csv", lambda text: text.splitlines(keepends=True)[0])
    (corpus / ABOUT).unlink()
    assert problems(corpus) == []
    frames, documents = coding.read_tables(corpus), read_documents(corpus / "raw")
    cover = coding.coverage(frames, sentence_table(documents), SCHEMAS).set_index("sentence_id")
    assert cover.loc["council.s006", ["status", "reason"]].tolist() == ["uncoded", "not-on-my-questions"]
    assert set(cover.loc[cover["status"] == "coded", "reason"]) == {""}
    unfinished = pd.DataFrame({"source_id": ["council"], "reason": ["half of it is read"]})
    cover = coding.coverage(frames | {"unfinished": unfinished}, sentence_table(documents), SCHEMAS)
    assert cover.set_index("sentence_id").loc["council.s006", "status"] == "open"


def test_many_sentences_of_one_source_are_told_together(corpus):
    for name in SCHEMAS:
        table = SCHEMAS[name]
        if table.anchored and (corpus / table.path).exists():
            rewrite(corpus, table.path, lambda text: text.splitlines(keepends=True)[0])
    told = [p for p in problems(corpus) if p.file == "coded/uncoded.csv"]
    assert [p.found.partition(" ")[0] for p in told] == [
        "council.s001",
        "gazette.s001",
        *(f"mill.s00{n}" for n in "123"),
    ]
    assert "and 5 more of council" in told[0].found
    assert "remove exhaustive" in told[0].action


def test_a_table_may_lack_the_columns_that_may_be_empty(corpus):
    for name, table in SCHEMAS.items():
        path = corpus / table.path
        if path.exists():
            empty = [c for c, about in table.schema.columns.items() if (about.metadata or {}).get("empty")]
            frame = read_table(path)
            frame = frame.drop(columns=[c for c in empty if c in frame and set(frame[c]) == {""}])
            write_table(frame, path)
            assert name != "claims" or "entity_id" not in frame
    assert problems(corpus) == []


def test_a_missing_column_hides_no_other_problem(corpus):
    change(corpus, "coded/claims.csv", "value", "200..100", claim_id="mill.c002")
    change(corpus, "coded/claims.csv", "modality", "says", claim_id="council.c001")
    frame = read_table(corpus / "coded/claims.csv").drop(columns=["voice", "start"])
    write_table(frame.rename(columns={"entity_id": "Entity id"}), corpus / "coded/claims.csv")
    told = {(p.line, p.column): p.action for p in problems(corpus) if p.file == "coded/claims.csv"}
    lines = dict(zip(frame["claim_id"], frame["line"], strict=True))
    assert told == {
        (1, "voice"): "add the column",
        (1, "start"): "run `sourcebook anchor coded/claims.csv`, which adds it",
        (1, "Entity id"): "rename it to entity_id",
        (lines["mill.c002"], "value"): "correct the value",
        (lines["council.c001"], "modality"): "correct the cell",
    }


def test_a_sentence_both_coded_and_listed(corpus):
    change(corpus, "coded/uncoded.csv", "sentence_id", "council.s002", source_id="council")
    for column in ("start", "end", "exact", "prefix", "suffix"):
        cell = read_table(corpus / "coded/term_uses.csv").loc[0, column]  # “flooded” in the same sentence
        change(corpus, "coded/uncoded.csv", column, cell, source_id="council")
    both = next(p for p in problems(corpus) if p.line)
    assert (both.line, both.column) == (2, "sentence_id")
    assert "council.s002, which other tables code" in both.found


def test_a_bare_mention_or_term_is_no_coding(corpus):
    documents = read_documents(corpus / "raw")
    frames = coding.read_tables(corpus)
    kept = {**frames, "claims": frames["claims"].iloc[:0], "frames": frames["frames"].iloc[:0]}
    cover = coding.coverage(kept, sentence_table(documents), SCHEMAS, exhaustive=True).set_index(
        "sentence_id"
    )
    assert cover.loc["mill.s001", ["codings", "status"]].tolist() == [0, "open"]
    assert cover.loc["mill.s003", ["codings", "status"]].tolist() == [1, "coded"]
    counts = coding.coverage_counts(kept, sentence_table(documents), SCHEMAS).set_index(
        ["sentence_id", "table"]
    )["rows"]
    assert (counts["mill.s001", "term_uses"], counts["mill.s003", "demands"]) == (1, 1)
    assert cover.loc["council.s006", ["reason", "status"]].tolist() == ["rhetoric", "uncoded"]


def test_coverage_counts_every_sentence_that_a_quote_touches():
    sentences = pd.DataFrame(
        {
            "sentence_id": ["a.s001", "a.s002", "b.s001"],
            "source_id": ["a", "a", "b"],
            "kind": "paragraph",
            "raw_start": [0, 10, 0],
            "raw_end": [9, 19, 9],
        }
    )
    row = {"source_id": "a", "sentence_id": "a.s001", "start": "8", "end": "11"}
    frames = {
        "claims": pd.DataFrame([row]),
        "links": pd.DataFrame([row | {"sentence_id": ""}]),  # from a letterhead between two pages
        "frames": pd.DataFrame([row | {"sentence_id": "a.s002", "start": "", "end": ""}]),  # not yet placed
        "uncoded": pd.DataFrame({"sentence_id": ["b.s001"], "reason": ["rhetoric"]}),
    }
    cover = coding.coverage(frames, sentences, SCHEMAS)
    assert cover["codings"].tolist() == [1, 2, 0]
    assert coding.coverage_counts(frames, sentences, SCHEMAS).to_numpy().tolist() == [
        ["a.s001", "claims", 1],
        ["a.s002", "claims", 1],
        ["a.s002", "frames", 1],
    ]
    assert cover["status"].tolist() == ["coded", "coded", "uncoded"]


def test_a_quote_in_another_sentence_than_its_row_names(corpus):
    change(corpus, CLAIMS, "sentence_id", "council.s003", claim_id="council.c003")
    problem = only(corpus)
    assert (problem.line, problem.column) == (at(corpus, "council.c003"), "sentence_id")
    assert problem.found == "'council.s003'"
    assert "'council.s002'" in problem.expected


def test_a_sentence_of_another_source(corpus):
    change(corpus, CLAIMS, "sentence_id", "mill.s002", claim_id="gazette.c001")
    assert found(corpus) == [(CLAIMS, at(corpus, "gazette.c001"), "sentence_id")]


def test_a_letterhead_is_outside_every_sentence(corpus):
    change(corpus, "coded/links.csv", "sentence_id", "council.s001", link_id="council.u001")
    problem = only(corpus)
    assert (problem.file, problem.column) == ("coded/links.csv", "sentence_id")
    assert "outside every sentence" in problem.expected


def test_a_quote_without_a_place_is_told_to_be_anchored(corpus):
    for column in ("start", "end"):
        change(corpus, CLAIMS, column, "", claim_id="mill.c001")
    end, start = problems(corpus)
    assert (end.column, start.column) == ("end", "start")
    assert end.line == start.line == at(corpus, "mill.c001")
    assert "sourcebook anchor" in start.action


@pytest.mark.parametrize("row_id", ["mills.c001", "c001", "mill.a.c001", "council.c009"])
def test_an_id_that_does_not_begin_with_its_source(corpus, row_id):
    change(corpus, CLAIMS, "claim_id", row_id, claim_id="mill.c001")
    assert found(corpus) == [(CLAIMS, at(corpus, row_id), "claim_id")]


@pytest.mark.parametrize("row_id", ["council.s001", "council.f001"])
def test_an_id_that_something_else_has(corpus, row_id):
    change(corpus, CLAIMS, "claim_id", row_id, claim_id="council.c001")
    (problem,) = problems(corpus)
    assert problem.column in {"claim_id", "frame_id"}
    assert row_id in problem.found


def test_circles_are_reported_not_followed(corpus):
    change(corpus, "coded/events.csv", "part_of", "flood", event_id="spring")
    assert found(corpus) == [("coded/events.csv", 2, "part_of"), ("coded/events.csv", 3, "part_of")]
    assert problems(corpus)[0].found == "spring → flood → spring"


@pytest.mark.parametrize(("size", "told"), [(2, 2), (7, 7), (3_000, 3_000)])
def test_a_long_circle_is_told_for_each_row_in_few_words(corpus, size, told):
    book = read_table(corpus / "coded/codebook.csv")
    term = book.iloc[[0]].drop(columns="line")
    names = [f"ring-{number}" for number in range(size)]
    ring = pd.concat([term] * size, ignore_index=True).assign(term=names, broader=names[1:] + names[:1])
    write_table(pd.concat([book, ring]), corpus / "coded/codebook.csv")
    circles = [each for each in problems(corpus) if each.column == "broader"]
    assert len(circles) == told
    assert max(len(each.found) for each in circles) < 150
    assert circles[0].found.startswith("ring-0 → ring-1")
    assert circles[0].found.endswith("→ ring-0")


def test_what_is_on_a_circle_is_what_leads_back_to_itself():
    draw = random.Random(4)
    for _ in range(300):
        names = [str(number) for number in range(draw.randrange(1, 12))]
        larger = {name: draw.choice([*names, "", "elsewhere"]) for name in names}

        def leads_back(name, larger=larger):
            above = larger[name]
            for _ in larger:
                if above == name:
                    return True
                above = larger.get(above, "")
            return False

        found = find_circles(larger)
        assert set(found) == {name for name in names if leads_back(name)}
        assert all(
            larger[one] == other for circle in found.values() for one, other in pairwise([*circle, circle[0]])
        )


def test_a_chain_of_any_length_is_no_circle():
    names = [str(number) for number in range(100_000)]
    assert find_circles(dict(pairwise(names))) == {}
    assert find_circles(dict(pairwise(names[::-1]))) == {}


def test_a_broader_term_is_of_the_same_list(corpus):
    change(corpus, "coded/codebook.csv", "broader", "closed", term="market-side")
    problem = only(corpus)
    assert (problem.column, problem.found) == ("broader", "'closed'")


@pytest.mark.parametrize(("column", "value"), [("unit", ""), ("time_type", "instant")])
def test_a_proposition_has_what_its_kind_needs_and_no_more(corpus, column, value):
    change(corpus, "coded/propositions.csv", column, value, proposition_id="residents")
    problem = only(corpus)
    assert (problem.line, problem.column) == (2, column)


def test_a_file_that_is_no_table(corpus):
    (corpus / "coded/claim.csv").write_text("claim_id\n")
    problem = only(corpus)
    assert problem.file == "coded/claim.csv"
    assert "coded/claims.csv" in problem.expected


def test_a_missing_table(corpus):
    (corpus / CLAIMS).unlink()
    assert (CLAIMS, 0, "") in found(corpus)
    with pytest.raises(DataError, match=r"coded/claims\.csv"):
        coding.read_tables(corpus)
    (corpus / "coded/scopes.csv").unlink()  # not required
    assert coding.read_tables(corpus, ["scopes"])["scopes"].empty


def test_a_file_that_cannot_be_read_does_not_hide_what_is_wrong_elsewhere(corpus):
    rewrite(corpus, "coded/events.csv", lambda text: text + "one,two\n")
    change(corpus, CLAIMS, "value", "200..100", claim_id="mill.c002")
    assert found(corpus) == [("coded/events.csv", 4, ""), (CLAIMS, at(corpus, "mill.c002"), "value")]


def test_everything_is_reported_in_one_run(corpus):
    change(corpus, CLAIMS, "exact", "The Bridge Is Clozed", claim_id="council.c001")
    change(corpus, CLAIMS, "source_id", "counsel", claim_id="council.c002")
    change(corpus, CLAIMS, "value", "2021-02-30", claim_id="council.c003")
    change(corpus, CLAIMS, "value", "200..100", claim_id="council.c004")
    change(corpus, CLAIMS, "voice", "mayor", claim_id="council.c005")
    change(corpus, CLAIMS, "claim_id", "gazette.c002", claim_id="gazette.c001")
    change(corpus, "coded/citations.csv", "elements", "warning;dams", citation_id="council.l001")
    frame = read_table(corpus / "coded/term_uses.csv").assign(colour="red")
    write_table(frame, corpus / "coded/term_uses.csv")
    rewrite(corpus, "coded/uncoded.csv", lambda text: text.splitlines(keepends=True)[0])
    with pytest.raises(DataError) as caught:
        coding.read_claims(corpus, read_documents(corpus / "raw"))
    places = {(p.file, p.line, p.column) for p in caught.value.problems}
    assert len(caught.value.problems) == len(places) == 10
    lines = [at(corpus, f"council.c00{n}") for n in range(1, 6)]
    assert places == {
        ("coded/citations.csv", 2, "elements"),
        (CLAIMS, lines[0], "exact"),
        (CLAIMS, lines[1], "source_id"),
        (CLAIMS, lines[1], "claim_id"),  # it no longer begins with its source
        (CLAIMS, lines[2], "value"),
        (CLAIMS, lines[3], "value"),
        (CLAIMS, lines[4], "voice"),
        (CLAIMS, max(n for _, n, column in places if column == "claim_id"), "claim_id"),  # the second one
        ("coded/term_uses.csv", 1, "colour"),
        ("coded/uncoded.csv", 0, "sentence_id"),
    }
    assert all(p.found and p.expected and p.action for p in caught.value.problems)
    assert str(caught.value).startswith("10 problems in the data:\n")
    assert f"coded/claims.csv:{lines[3]}:value: expected" in str(caught.value)


def test_intervals_worked_out_by_hand():
    propositions = pd.DataFrame({"proposition_id": ["n", "d", "s"], "kind": ["quantity", "date", "name"]})
    frame = pd.DataFrame(
        {
            "proposition_id": ["n", "n", "n", "d", "d", "s"],
            "value": [">200", "100..200", "51", "2021-03", "2021/..", "Mill"],
        }
    )
    before = frame.copy()
    out = coding.with_intervals(frame, propositions)
    assert out["kind"].tolist() == ["quantity"] * 3 + ["date"] * 2 + ["name"]
    assert out["lower"].fillna(-1).tolist() == [200, 100, 51, -1, -1, -1]
    assert out["upper"].fillna(-1).tolist() == [-1, 200, 51, -1, -1, -1]
    assert out["lower_closed"].tolist() == [False, True, True, pd.NA, pd.NA, pd.NA]
    assert out["earliest"].tolist() == ["", "", "", "2021-03-01", "2021-01-01", ""]
    assert out["latest"].tolist() == ["", "", "", "2021-03-31", "", ""]
    pd.testing.assert_frame_equal(frame, before)


def test_claims_of_a_folder(corpus):
    out = coding.read_claims(corpus, read_documents(corpus / "raw")).set_index("claim_id")
    assert out.loc["council.c004", "lower"] == 200
    assert out.loc["mill.c001", ["earliest", "latest"]].tolist() == ["2021-03-04", "2021-03-04"]


def test_what_is_counted_is_a_column_with_declared_labels():
    """A label that no row has gets the value 0, so the table has to declare what labels there could be."""
    counted = {name: table.numbers for name, table in SCHEMAS.items() if table.numbers is not None}
    assert {"claims", "mentions", "citations"} <= set(counted)
    for name, numbers in counted.items():
        assert SCHEMAS[name].anchored and len(SCHEMAS[name].key) == 1, name
        for column in numbers.values():
            assert {"one_of", "link", "term"} & set(SCHEMAS[name].schema.columns[column].metadata), (
                name,
                column,
            )


def test_a_row_that_counts_as_a_coding_has_a_place():
    assert {"claims", "citations"} <= {table.name for table in SCHEMAS.codings}
    assert all(table.anchored for table in SCHEMAS.codings)
