"""Quotes: found where they are, and refused where that is not certain."""

from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourcebook.core.errors import AnchorError, DataError
from sourcebook.text.anchors import check_anchors, fill_anchors
from sourcebook.text.normalise import normalise
from sourcebook.text.quotes import CONTEXT, FLOOR, _places, find_quote
from sourcebook.text.searchable import cuts_word
from sourcebook.text.segments import sentences

RAW = """Logo

## The **Harbour** Plan

The council met on 5 May 1988 and heard that “over 200 ships” had left the old

harbour since the storm. The mayor thanked the **pilots** of the town.

The council met again on 6 May 1988. The mayor thanked the cooks of the town.
"""


def document(raw=RAW, source_id="plan"):
    return SimpleNamespace(source_id=source_id, normal=normalise(raw))


def refused(*words, **options):
    with pytest.raises(AnchorError) as caught:
        find_quote(document(), *words, **options)
    return str(caught.value)


def test_words_that_stand_literally_in_the_raw_text():
    anchor = find_quote(document(), "thanked the **pilots**")
    start = RAW.index("thanked the **")
    assert (anchor.start, anchor.end, anchor.method, anchor.score) == (start, start + 22, "exact", 100.0)
    assert anchor.source_id == "plan"
    assert anchor.exact == RAW[anchor.start : anchor.end] == "thanked the **pilots**"
    assert anchor.prefix == RAW[start - CONTEXT : start]
    assert anchor.suffix == RAW[start + 22 : start + 22 + CONTEXT]


def test_context_stops_at_the_ends_of_the_text():
    anchor = find_quote(normalise("a bc d"), "bc")
    assert (anchor.prefix, anchor.suffix, anchor.source_id) == ("a ", " d", "")


@pytest.mark.parametrize(
    ("words", "exact"),
    [
        ('"over 200 ships"', "“over 200 ships”"),
        ("left the old harbour since", "left the old\n\nharbour since"),
        ("thanked the pilots of", "thanked the **pilots** of"),
        ("The Harbour Plan", "The **Harbour** Plan"),
        ("  again   on\n6 May ", "again on 6 May"),
    ],
)
def test_words_that_stand_there_but_for_normalisation(words, exact):
    anchor = find_quote(document(), words)
    assert (anchor.exact, anchor.method, anchor.score) == (exact, "normalised", 100.0)
    assert RAW[anchor.start : anchor.end] == exact


def test_words_in_a_part_that_is_left_out_are_found_in_the_raw_text():
    assert find_quote(document(), "Logo").start == 0


def test_two_places_are_refused_and_listed():
    message = refused("The council met")
    for part in ("plan", "'The council met'", "2 places", "line 5", "line 9", "prefix and suffix"):
        assert part in message


def test_two_places_are_told_apart_by_what_is_around_them():
    second = RAW.rindex("The council met")
    assert find_quote(document(), "The council met", suffix=" again").start == second
    assert find_quote(document(), "The council met", prefix="of the town.\n\n").start == second
    assert find_quote(document(), "The council met", prefix="Plan ", suffix=" on 5").start < second
    assert "2 places" in refused("The council met", suffix=" never")


def test_two_places_are_told_apart_by_the_passage():
    second = RAW.rindex("The council met")
    assert find_quote(document(), "The council met", search_range=(second, len(RAW))).start == second


def test_words_outside_the_passage_are_refused_with_their_place():
    message = refused("cooks of the town", search_range=(0, 100))
    assert "elsewhere" in message and "line 9" in message and "within raw [0, 100)" in message


def test_a_near_match_says_so():
    anchor = find_quote(document(), "had left teh old harbor since the storm", floor=FLOOR)
    assert anchor.exact == "had left the old\n\nharbour since the storm"
    assert anchor.method == "fuzzy"
    assert 88 <= anchor.score < 100


def test_no_near_match_where_none_is_wanted():
    message = refused("had left teh old harbour since")
    assert "nearest is 'had left the old\\n\\nharbour since'" in message
    assert "line 5" in message and "score" in message


def test_words_that_are_not_there_show_the_nearest_passage():
    message = refused("the council of ministers adopted a resolution")
    assert "it is not there; nearest is" in message and "score" in message


def test_a_near_match_never_changes_a_number():
    assert "'300' for '200'" in refused('heard that "over 300 ships" had left the old harbour', floor=FLOOR)
    assert "'1988' for nothing" in refused("ships had left the old harbour in 1988 since the storm", floor=60)


def test_two_near_matches_are_refused():
    message = refused("The mayor thanked the crooks of the town.", floor=80, margin=20)
    assert "nearly alike" in message
    assert find_quote(
        document(), "The mayor thanked the crooks of the town.", floor=FLOOR, margin=2
    ).exact.endswith("cooks of the town.")


def test_the_margin_counts_a_repeated_sentence():
    raw = "The old ship left the harbour at dawn. Then it rained. The old ship left the harbour at dawn."
    with pytest.raises(AnchorError, match="nearly alike"):
        find_quote(normalise(raw), "The old shipp left the harbour at dawn", floor=FLOOR)
    place = {"search_range": (40, len(raw))}
    anchor = find_quote(normalise(raw), "The old shipp left the harbour at dawn", floor=FLOOR, **place)
    assert anchor.start == 55


def test_short_words_are_not_looked_for_nearly():
    assert "not there" in refused("the pilts", floor=10)


@pytest.mark.parametrize("words", ["", "  \n", "**", "---"])
def test_a_quote_without_words_is_refused(words):
    with pytest.raises(AnchorError, match=r"no words|not there|places"):
        find_quote(normalise("Some text."), words)


def test_an_empty_text_has_no_quotes():
    with pytest.raises(AnchorError, match="no text"):
        find_quote(normalise(""), "anything at all")


def frame(*rows):
    names = ["source_id", "exact", "prefix", "suffix", "start", "end"]
    return pd.DataFrame(rows, columns=names, dtype="str").assign(line=range(2, 2 + len(rows)))


def row(words, /, **changes):
    start = RAW.index(words)
    cells = {
        "source_id": "plan",
        "exact": words,
        "prefix": RAW[max(0, start - CONTEXT) : start],
        "suffix": RAW[start + len(words) : start + len(words) + CONTEXT],
        "start": str(start),
        "end": str(start + len(words)),
    }
    return list((cells | changes).values())


DOCUMENTS = {"plan": document()}


def test_right_anchors_have_no_problems():
    assert check_anchors(frame(row("Logo"), row("pilots"), row("of the town.\n")), DOCUMENTS) == []


@pytest.mark.parametrize(
    ("changes", "column", "found", "expected"),
    [
        ({"source_id": "plam"}, "source_id", "'plam'", "one of plan"),
        ({"exact": "thanked the **pilats** of"}, "exact", "pilats", "pilots"),
        ({"exact": "thanked the **pilots** o"}, "exact", "** o'", "** of'"),
        ({"start": "x"}, "start", "'x'", "a whole number"),
        ({"end": ""}, "end", "''", "a whole number"),
        ({"start": "-1"}, "start", "'-1'", "a whole number"),
        ({"start": "300", "end": "300"}, "start", "[300, 300)", "where the words are"),
        ({"end": "99999"}, "start", "99999", f"start < end <= {len(RAW)}"),
        ({"prefix": "The mayr "}, "prefix", "The mayr ", "The mayor "),
        ({"suffix": " teh"}, "suffix", " teh", " the"),
    ],
)
def test_each_wrong_anchor_is_one_problem(changes, column, found, expected):
    table = frame(row("Logo"), row("thanked the **pilots** of", **changes), row("cooks"))
    (problem,) = check_anchors(table, DOCUMENTS, file="coded/t.csv")
    assert (problem.file, problem.line, problem.column) == ("coded/t.csv", 3, column)
    assert found in problem.found and expected in problem.expected
    assert problem.action


def test_a_misquote_shows_the_nearest_passage_and_where_it_is():
    table = frame(row("Logo", exact="The mayor thanked the coks of the town."))
    (problem,) = check_anchors(table, DOCUMENTS)
    assert "nearest is 'The mayor thanked the cooks of the town.'" in problem.action
    assert "line 9" in problem.action


def test_problems_of_all_rows_come_together():
    table = frame(row("Logo", exact="Lego"), row("cooks"), row("pilots", source_id="x"))
    assert [(p.line, p.column) for p in check_anchors(table, DOCUMENTS)] == [(2, "exact"), (4, "source_id")]


def test_absent_columns_are_problems():
    problems = check_anchors(pd.DataFrame({"source_id": ["plan"], "exact": ["Logo"]}), DOCUMENTS)
    assert [p.column for p in problems] == ["prefix", "suffix", "start", "end"]


def test_offsets_can_be_numbers():
    table = frame(row("Logo"), row("cooks")).astype({"start": "int64", "end": "int64"})
    assert check_anchors(table, DOCUMENTS) == []


def test_anchors_are_filled_in_and_the_input_is_not_touched():
    table = frame(
        ["plan", "thanked the pilots of", "", "", "", ""],
        ["plan", "The council met", "", " again", "", ""],
        row("Logo", prefix="", suffix=""),
    )
    before = table.copy()
    filled = fill_anchors(table, DOCUMENTS)
    pd.testing.assert_frame_equal(table, before)
    assert filled.exact.tolist() == ["thanked the **pilots** of", "The council met", "Logo"]
    assert filled.start.tolist() == [str(RAW.index("thanked the **")), str(RAW.rindex("The council")), "0"]
    assert filled.suffix.str.len().tolist() == [CONTEXT] * 3
    assert filled.line.tolist() == [2, 3, 4]
    assert check_anchors(filled, DOCUMENTS) == []
    pd.testing.assert_frame_equal(fill_anchors(filled, DOCUMENTS), filled)


@pytest.mark.parametrize(
    ("raw", "exact", "found"),
    [
        ("one\ntwo", "one\r\ntwo", "line ends"),
        ("one\r\ntwo", "one\ntwo", "line ends"),
        ("cafe\u0301 noir", "caf\u00e9 noir", "same letters"),
        ("caf\u00e9 noir", "cafe\u0301 noir", "same letters"),
    ],
)
def test_words_in_other_code_points_are_named_as_that(raw, exact, found):
    table = pd.DataFrame(
        {"source_id": ["x"], "exact": [exact], "prefix": "", "suffix": "", "start": 0, "end": len(raw)}
    )
    (problem,) = check_anchors(table, {"x": document(raw, "x")})
    assert problem.column == "exact" and found in problem.found


@pytest.mark.parametrize("names", [["source", "exact"], ["source_id", "quote"], ["a", "b"]])
def test_a_table_without_the_columns_is_told_in_one_line_a_column(names):
    absent = [name for name in ("source_id", "exact") if name not in names]
    with pytest.raises(DataError) as caught:
        fill_anchors(pd.DataFrame([["plan", "Logo"]] * 3, columns=names), DOCUMENTS)
    assert sorted(problem.column for problem in caught.value.problems) == sorted(absent)


def test_columns_of_the_anchor_are_added_and_numbers_stay_numbers():
    filled = fill_anchors(pd.DataFrame({"source_id": ["plan"], "exact": ["Logo"]}, index=[7]), DOCUMENTS)
    assert filled.loc[7, ["start", "end"]].tolist() == ["0", "4"]
    numbers = frame(row("Logo")).astype({"start": "float64", "end": "int64"})
    assert fill_anchors(numbers, DOCUMENTS)[["start", "end"]].values.tolist() == [[0, 4]]


def test_normalised_words_at_given_offsets_become_the_raw_words():
    words = row("“over 200 ships”", exact='"over 200 ships"')
    assert fill_anchors(frame(words), DOCUMENTS).exact.tolist() == ["“over 200 ships”"]


def test_the_sentence_decides_between_places():
    table = sentences(DOCUMENTS["plan"].normal, "plan")
    ids = table[table.text.str.startswith("The council met")].sentence_id.tolist()
    quotes = pd.DataFrame({"source_id": "plan", "sentence_id": ids, "exact": "The council met"})
    starts = fill_anchors(quotes, DOCUMENTS).start.astype(int).tolist()
    assert starts == [RAW.index("The council met"), RAW.rindex("The council met")]


def test_a_quote_may_lie_in_several_sentences_and_begin_with_markup():
    raw = "**One:** It began. It went on.\n\nIt ended."
    source = {"x": document(raw, "x")}
    quotes = pd.DataFrame(
        {
            "source_id": "x",
            "sentence_id": ["x.s001;x.s002", "x.s001"],
            "exact": ["began. It went", "**One:** It"],
        }
    )
    assert fill_anchors(quotes, source).start.tolist() == [str(raw.index("began")), "0"]


def test_every_refusal_is_reported_with_its_line():
    rows = [
        ["plan", "The council met", "", "", "", ""],
        ["plan", "Logo", "", "", "", ""],
        ["none", "Logo", "", "", "", ""],
        ["plan", "had left teh old harbour since the storm", "", "", "", ""],
        ["plan", "cooks", "", "", "0", "4"],
        ["plan", "cooks", "", "", "0", ""],
        ["plan", "cooks", "", "", "0", "99999"],
        ["plan", "cooks", "", "", "0", str(len(RAW))],
    ]
    with pytest.raises(DataError) as caught:
        fill_anchors(frame(*rows), DOCUMENTS, file="coded/t.csv")
    assert [(p.line, p.column) for p in caught.value.problems] == [
        (2, "exact"),
        (4, "source_id"),
        *((line, "exact") for line in (5, 6, 7, 8, 9)),
    ]
    assert all(p.file == "coded/t.csv" and p.action for p in caught.value.problems)


def test_an_unknown_sentence_is_refused():
    quotes = pd.DataFrame({"source_id": ["plan"], "sentence_id": ["plan.s099"], "exact": ["Logo"]})
    with pytest.raises(DataError, match="unknown sentence plan.s099"):  # noqa: RUF043
        fill_anchors(quotes, DOCUMENTS)


def test_a_near_match_replaces_words_only_where_that_is_asked_for():
    quotes = frame(["plan", "had left teh old harbour since the storm", "", "", "", ""])
    filled = fill_anchors(quotes, DOCUMENTS, fuzzy=True)
    assert filled.exact.tolist() == ["had left the old\n\nharbour since the storm"]


WORDS = st.lists(
    st.sampled_from(["a", "ship", "“old”", "**it**", "May", "5", "left.", "\n\n", "- ", "é"]),
    min_size=1,
    max_size=30,
)


def places(text, words):
    found = [at for at in range(len(text)) if text.startswith(words, at)] if words else []
    whole = [at for at in found if not cuts_word(text, at, at + len(words))]
    return len(whole or found)


@given(WORDS, st.data())
@settings(max_examples=150, deadline=None)
def test_words_are_found_if_they_stand_in_one_place_and_refused_if_in_several(words, data):
    raw = " ".join(words)
    normal = normalise(raw)
    ends = st.integers(0, len(normal.text))
    quote = normal.text[slice(*sorted(data.draw(st.tuples(ends, ends))))]
    needle = normalise(quote).text.replace("\n", " ")
    literal, folded = places(raw, quote), places(normal.text.replace("\n", " "), needle)
    try:
        anchor = find_quote(normal, quote)
    except AnchorError as error:
        part = "only part of a word" in str(error)
        assert part or not needle or literal > 1 or (literal == 0 and folded != 1)
        return
    assert literal == 1 or (literal == 0 and folded == 1)
    assert raw[anchor.start : anchor.end] == anchor.exact
    assert raw.endswith(anchor.prefix, 0, anchor.start) and raw.startswith(anchor.suffix, anchor.end)
    first, last = normal.to_text(anchor.start, anchor.end)
    assert needle in normal.text[first:last].replace("\n", " ")


@settings(max_examples=300)
@given(st.text("ab ", min_size=1, max_size=6), st.integers(1, 12), st.text("ab ", max_size=6), st.data())
def test_every_place_of_words_that_repeat_themselves(piece, times, rest, data):
    text = piece * times + rest + piece * 3
    start = data.draw(st.integers(0, len(text) - 1))
    words = text[start : start + data.draw(st.integers(1, len(text)))]
    there = [(at, at + len(words)) for at in range(len(text)) if text.startswith(words, at)]
    assert list(_places(text, words)) == there


def test_what_repeats_itself_in_too_many_places_is_refused_by_their_number():
    with pytest.raises(AnchorError, match=r"it is in 20001 places: line 1.* more"):
        find_quote("ha " * 30_000, "ha " * 10_000)
    found = find_quote("ha " * 30_000 + "hum", "ha " * 10_000, suffix="hum")
    assert found.end == 90_000
