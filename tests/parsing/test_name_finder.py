"""Names out of a list are found in one pass, exactly where the pattern of each name finds them."""

import _sre
import re
from re import _casefix

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.parsing import name_finder
from sourcebook.parsing.name_finder import Folded, NameFinder, fold, name_pattern, without_overlaps

NAMES = [
    "Treaty of the Bridge",
    "the Bridge",
    "TB",
    "tb",
    "Kirche",
    "Straße",
    "İzmir",
    "ΣΟΦΟΣ",
    "a b a",
    "UN",
    "№ 4",
]
#: Texts that other ways of folding get wrong, with what is found in them.
CASES = {
    "TREATY OF THE BRIDGE": ["Treaty of the Bridge", "the Bridge"],
    "treaty of\n the\u00a0bridge": ["Treaty of the Bridge", "the Bridge"],
    "the\u2009Bridge\u2028the\u3000bridge": ["the Bridge", "the Bridge"],
    "The TB, a tb": ["TB", "tb", "tb"],
    "Treaty of the Bridges": [],
    "atreaty of the bridge": ["the Bridge"],
    "the_Bridge the-Bridge the Bridge_": [],
    "\u212airche": ["Kirche"],  # the sign of kelvin
    "STRAßE STRAẞE STRASSE": ["Straße", "Straße"],
    "İzmir izmir": ["İzmir", "İzmir"],
    "σοφος σοφοσ": [],  # a name of capitals only is an abbreviation
    "ΣΟΦΟΣ": ["ΣΟΦΟΣ"],
    "a b a b a": ["a b a"],
    "a b a a b a": ["a b a", "a b a"],
    "UN\u0301 UN": ["UN", "UN"],
    "№  4 N 4": ["№ 4"],
    "\U0001f309 the Bridge \U0001f309": ["the Bridge"],
    "\ud800 the Bridge": ["the Bridge"],
    " \n\t ": [],
    "": [],
}


def by_pattern(names, text):
    """Return what the pattern of each name finds by itself."""
    hits = [(*m.span(), n) for n, name in enumerate(names) for m in name_pattern(name).finditer(text)]
    return sorted(hits)


@pytest.mark.parametrize("text", CASES)
def test_names_are_found_as_their_patterns_find_them(text):
    found = NameFinder(NAMES).find(text)
    assert sorted(found) == by_pattern(NAMES, text)
    assert sorted(NAMES[n] for _, _, n in found) == sorted(CASES[text])


PIECES = [
    "the",
    "Bridge",
    "bridge",
    "TB",
    "tb",
    "ſ",
    "s",
    "K",
    "\u212a",
    "k",
    "İ",
    "i",
    "ı",
    "I",
    "a",
    "b",
    "ß",
    "\u0301",
]
GAPS = st.sampled_from(["", " ", "  ", "\n", "\u00a0 ", "\u2028", ".", "_", "\x1c"])


@given(
    st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=3).map(" ".join), min_size=1, max_size=6),
    st.lists(st.tuples(st.sampled_from(PIECES), GAPS), max_size=25).map(
        lambda p: "".join(a + b for a, b in p)
    ),
)
def test_any_names_in_any_text(names, text):
    assert sorted(NameFinder(names).find(text)) == by_pattern(names, text)


def test_all_that_a_pattern_takes_for_the_same_is_one_in_the_first_pass():
    table = name_finder._classes()
    pairs = [(code, _sre.unicode_tolower(code)) for code in range(0x110000)]
    pairs += [(code, other) for code, others in _casefix._EXTRA_CASES.items() for other in others]
    assert [pair for pair in pairs if table[pair[0]] != table[pair[1]]] == []


def test_all_white_space_is_a_blank_in_the_first_pass():
    spaces = [code for code in range(0x110000) if re.fullmatch(r"\s", chr(code))]
    assert len(spaces) > 20
    assert fold("a b") == b"a b"
    assert [hex(code) for code in spaces if Folded(f"a{chr(code)}{chr(code)}b").raw != b"a b"] == []


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 6)), max_size=20))
def test_the_first_spans_win(parts):
    spans = [(start, start + length) for start, length in parts]
    taken: list[tuple[int, int]] = []
    expected = []
    for start, end in spans:
        free = all(end <= a or b <= start for a, b in taken)
        expected.append(free)
        taken += [(start, end)] * free
    assert without_overlaps(spans, 30) == expected


def test_no_names():
    assert NameFinder([]).find("any text") == []
