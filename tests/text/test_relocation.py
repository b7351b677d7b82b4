"""Quotes in the next version of their text."""

import pytest

from sourcebook.text.normalise import normalise
from sourcebook.text.relocation import relocate

OLD = (
    "The council met on Monday. The bridge fell in the night of 3 May. Baku said nothing. Nobody in Baku was "
    "hurt. It rained for three days.\n\nThe town paid 40 million for a new bridge, the mayor said.\n"
)
FELL = "The bridge fell in the night of 3 May."


def found(quote, new, occurrence=0):
    start = -1
    for _ in range(occurrence + 1):
        start = OLD.index(quote, start + 1)
    place = relocate(normalise(OLD), normalise(new), start, start + len(quote))
    return place.status, new[place.start : place.end], place.start, place.note


@pytest.mark.parametrize(
    ("quote", "occurrence", "new", "status", "before"),
    [
        (FELL, 0, OLD, "kept", None),
        (FELL, 0, f"News.\n\n{OLD}", "moved", "Monday. "),
        (FELL, 0, f"{OLD}\n{FELL}", "kept", None),
        (FELL, 0, f"{FELL}\n\n{OLD}", "moved", "Monday. "),
        ("Baku", 0, f"On Baku.\n\n{OLD}", "moved", "May. "),
        ("Baku", 1, f"On Baku.\n\n{OLD}", "moved", "Nobody in "),
        ("Baku", 1, OLD.replace("Baku said nothing. ", ""), "moved", "Nobody in "),
        ("Baku", 1, OLD.replace("in Baku was", "near Baku was"), "moved", "Nobody near "),
        (FELL, 0, OLD.replace(FELL, "") + FELL, "moved", "said.\n"),
    ],
)
def test_the_same_words_are_found_by_what_is_around_them(quote, occurrence, new, status, before):
    got, words, start, _ = found(quote, new, occurrence)
    assert (got, words) == (status, quote)
    assert before is None or new[:start].endswith(before)


@pytest.mark.parametrize(
    ("quote", "new", "why"),
    [
        ("Baku", OLD.replace("Baku said nothing. ", ""), "nothing is near"),  # the other Baku is another
        ("Baku", "Some other words on Baku.", "nothing is near"),  # there were two, it could be either
        ("rained", "Nobody knew whether it had rained then", "the same words are in other surroundings: line 1"),
        (FELL, OLD.replace(FELL, ""), "nothing is near"),
        (FELL, OLD.replace(FELL, f"{FELL} {FELL}"), "the same words are in 2 places: lines 1, 1"),
        (FELL, OLD.replace(FELL, "The bridge fell in the night of 4 May. The bridge fell in the night of 5 May."),
         "two new passages are nearly alike: lines 1, 1"),
        (FELL, "", "nothing is near"),
        ("\n\n", OLD.replace("\n\n", " "), "nothing is near"),
    ],
)  # fmt: skip
def test_what_is_not_certain_is_lost_with_the_reason(quote, new, why):
    assert found(quote, new) == ("lost", "", 0, why)


def test_a_passage_that_the_old_text_had_besides_the_quote_is_not_what_the_quote_became():
    one, two = "The council met on 3 May in the hall.", "The council met on 4 May in the hall."
    old = normalise(f"{one} {two}")
    assert relocate(old, normalise(two), 0, len(one)).status == "lost"
    place = relocate(old, normalise(f"{one.replace('hall', 'barn')} {two}"), 0, len(one))
    assert (place.status, place.start, place.end) == ("changed", 0, len(one))


@pytest.mark.parametrize(("new", "note"), [("300 people", "'300' for '200'"), ("200 persons", "")])
def test_a_change_of_a_number_is_noted(new, note):
    old = normalise("Over 200 people were cut off from the market.")
    place = relocate(old, normalise(f"Over {new} were cut off from the market."), 0, len(old.raw))
    assert (place.status, place.note) == ("changed", note)


def test_a_place_without_characters_is_refused():
    with pytest.raises(ValueError, match="expected 0 <= start < end <= 3, found 2, 2"):
        relocate(normalise("One"), normalise("One"), 2, 2)
