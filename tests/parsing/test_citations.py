"""Citations in passages written for the purpose and coded by hand; the grammar; the authority."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.core.csvfiles import read_table
from sourcebook.core.errors import DataError, ParseError
from sourcebook.parsing.findings import as_frame
from sourcebook.parsing.law import (
    Authority,
    FoundCitation,
    find_instruments,
    library_authority,
    parse_pinpoint,
    read_authority,
    scan_citations,
)
from sourcebook.parsing.law.patterns import Context, patterns
from sourcebook.parsing.law.pinpoint_reader import read_common_places, read_other_places, read_places

PASSAGES = read_table(Path(__file__).parent / "data" / "citations.csv")
PLACES_TOLD = read_table(Path(__file__).parent / "data" / "places.csv")
KINDS = {"judgment", "un-report", "upr", "ngo", "press", "treaty"}


def found_in(text, authority=None):
    """Return the citations of a text as the passages write them: id or candidates, and pinpoints."""
    return [
        (each.instrument_id or "?" + "+".join(each.candidates), each.pinpoint)
        for each in scan_citations(text, authority or library_authority())
    ]


def coded(cell):
    """Return the citations of a cell: ``iccpr: art. 12(4); art. 13 | udhr``."""
    parts = [part.strip().partition(": ") for part in cell.split("|") if part.strip()]
    return [(key, tuple(filter(None, pins.split("; ")))) for key, _, pins in parts]


@pytest.mark.parametrize(
    ("text", "citations"), list(PASSAGES[["text", "citations"]].itertuples(index=False, name=None))
)
def test_a_passage_cites_what_its_reader_found(text, citations):
    assert Counter(found_in(text)) == Counter(coded(citations))


@pytest.mark.parametrize(
    ("text", "citations", "told"),
    list(PLACES_TOLD[["text", "citations", "told"]].itertuples(index=False, name=None)),
)
def test_a_place_is_read_to_its_end_or_told(text, citations, told):
    assert found_in(text) == coded(citations)
    assert "; ".join(each.lossy for each in scan_citations(text, library_authority()) if each.lossy) == told


def test_the_passages_are_of_many_kinds():
    assert set(PASSAGES["kind"]) == KINDS
    assert len(PASSAGES) >= 150
    assert PASSAGES["text"].is_unique
    assert (PASSAGES["citations"] == "").sum() >= 20


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("Article 5 § 1 of the ECHR", "art. 5(1)"),
        ("Article 13 para. 2 UDHR", "art. 13(2)"),
        ("Articles 5 § 1 and 6 § 3", "art. 5(1);art. 6(3)"),
        ("point (f) of Article 6(1)", "art. 6(1)(f)"),
        ("Article 2(1), (2) and (3) of the ICCPR", "art. 2(1);art. 2(2);art. 2(3)"),
        ("Article 6(1)(e) and (f)", "art. 6(1)(e);art. 6(1)(f)"),
        ("Article 15 or 16", "art. 15;art. 16"),
        ("Article 49(6) of the", "art. 49(6)"),
        ("Article 12.4 ICCPR", "art. 12(4)"),
        ("Articles 5, 8 and Article 14", "art. 5;art. 8"),
        ("Article 10a", "art. 10a"),
        ("Article 13bis", "art. 13bis"),
        ("Article 12(4) (999 UNTS 171)", "art. 12(4)"),
        ("Article 5 (12 June 1992)", "art. 5"),
        ("Article 13 bis (2)", "art. 13bis(2)"),
        ("Article 6, paragraph 4, of the Aarhus", "art. 6(4)"),
        ("paragraph 4 of article 12", "art. 12(4)"),
        ("paragraphs 1 and 2 of Article 10", "art. 10(1);art. 10(2)"),
        ("subparagraph (d) of paragraph 3 of article 14", "art. 14(3)(d)"),
        ("Articles 6 §§ 1 and 3 (c) and 13", "art. 6(1);art. 6(3)(c);art. 13"),
        ("Article 6 §§ 1 and 3 (c) of", "art. 6(1);art. 6(3)(c)"),
        ("Article 6 §§ 1-3", "art. 6(1)-(3)"),
        ("Articles 9(1)-(4) and 14", "art. 9(1)-(4);art. 14"),
        ("Articles 6, paragraph 1, and 9, paragraph 3, of", "art. 6(1);art. 9(3)"),
        ("article 14, paragraph 3 (d)", "art. 14(3)(d)"),
        ("Article 6 § 1 and 3 of the", "art. 6(1);art. 6(3)"),
        ("Article 8, 15 people", "art. 8"),
        ("Article 5 and 12 May", "art. 5"),
        ("Articles 2 (non-discrimination), 3 (best interests) and 12 of", "art. 2;art. 3;art. 12"),
        ("Article 1 A (2)", "art. 1A(2)"),
        ("Article 1F(b)", "art. 1F(b)"),
        ("Article 1 A person", "art. 1"),
        ("Articles II and III", "art. II;art. III"),
        ("Article VI, I think", "art. VI"),
        ("Part I, para. 23", "para. I.23"),
        ("paragraph 23 of Part I", "para. I.23"),
        ("s. 14(2)", "sec. 14(2)"),
        ("section 9", "sec. 9"),
        ("Chapter VII of", "ch. VII"),
        ("Annex II", "annex II"),
        ("Annex to", "annex"),
        ("preamble", "preamble"),
        ("preambular paragraph 3", "preamble(3)"),
        ("paragraph 3 of the preamble", "preamble(3)"),
        ("Articles 31 et seq.", "art. 31"),
        ("Arts. 2-7 and 9", "art. 2-7;art. 9"),
        ("Articles 12 to 14", "art. 12-14"),
        ("first paragraph of Article 8", "art. 8(1)"),
        ("second sentence of Article 1", "art. 1"),
        ("Article 8(2)(b)(viii) and (ix)", "art. 8(2)(b)(viii);art. 8(2)(b)(ix)"),
        ("Article 3(1)(a), (b) and (2)", "art. 3(1)(a);art. 3(1)(b);art. 3(2)"),
        ("Article 2(1)(a)(i) and (b)", "art. 2(1)(a)(i);art. 2(1)(b)"),
        ("Article 2 (h) and (i)", "art. 2(h);art. 2(i)"),
        ("Rule 132", "rule 132"),
        ("Rules 129 and 132", "rule 129;rule 132"),
        ("Principles 28-30", "princ. 28-30"),
        ("Article 6(1) b)", "art. 6(1)(b)"),
        ("Article 8, first paragraph, of", "art. 8(1)"),
        ("Article 5 (1) (a) to (c)", "art. 5(1)(a)-(c)"),
        ("§ 97", "para. 97"),
        ("§§ 97-99", "para. 97-99"),
        ("paras. 7 and 9", "para. 7;para. 9"),
        ("Article 6 paras. 1 and 3 (d)", "art. 6(1);art. 6(3)(d)"),
        ("Article 5 § 1 (c), § 3 and § 4", "art. 5(1)(c);art. 5(3);art. 5(4)"),
        ("Article 12(1), 13 and 14(2) of", "art. 12(1);art. 13;art. 14(2)"),
        ("Article 2 (1) and 26", "art. 2(1);art. 26"),
        ("articles 2, paragraph 1, 17 and 26", "art. 2(1);art. 17;art. 26"),
        ("Articles 2, paragraphs 1 and 3, and 26", "art. 2(1);art. 2(3);art. 26"),
        ("Article 2, paras 1, 2 & 4", "art. 2(1);art. 2(2);art. 2(4)"),
        ("Article E", "art. E"),
        ("Article 5, 6 and 7", "art. 5;art. 6;art. 7"),
        ("Article 3 (1) (a), 4 and 5", "art. 3(1)(a);art. 4;art. 5"),
        ("Article 5(1)(e)–(f)", "art. 5(1)(e)-(f)"),
        ("Articles 8 bis, 15 bis and 15 ter", "art. 8bis;art. 15bis;art. 15ter"),
        ("Article 16 of 1951", "art. 16"),
        ("Article 22, 1951", "art. 22"),
        ("Article 5, points (a) and (b)", "art. 5(a);art. 5(b)"),
        ("Article 9 § 2 (h) and (i)", "art. 9(2)(h);art. 9(2)(i)"),
    ],
)
def test_places_are_read_to_their_end(text, points):
    assert ";".join(map(str, read_places(text, 0).points)) == points


@pytest.mark.parametrize(
    "text",
    [
        "the Article",
        "Article 6 § 1 and 13 of the",
        "In Article 8",
        "Article I wrote",
        "Arts 7-2",
        "Article 12 (4",
        "Article 5/6",
        "point (c) of the agenda",
    ],
)
def test_places_that_are_not_understood_are_refused(text):
    with pytest.raises(ParseError):
        read_places(text, 0)


@pytest.mark.parametrize("pattern", patterns(), ids=lambda pattern: pattern.name)
class TestPatterns:
    def found(self, pattern, text):
        small, found, end = text.lower(), [], 0
        for start in range(len(text)):
            opened = start == 0 or not text[start - 1].isalnum()
            if start >= end and opened and small.startswith(pattern.triggers, start):
                found += pattern.match(text, start, Context(text))
                end = found[-1].end if found else 0
        return found

    def test_examples_are_found(self, pattern):
        assert pattern.examples
        for text, *ids in pattern.examples:
            assert [form.instrument_id for form in self.found(pattern, text)] == ids

    def test_counter_examples_are_not(self, pattern):
        assert pattern.counter
        for text in pattern.counter:
            assert self.found(pattern, text) == []


class TestAuthority:
    LIBRARY = library_authority()

    def test_it_has_the_instruments_that_are_cited_most(self):
        assert len(self.LIBRARY.instruments) >= 150
        assert len({each.title for each in self.LIBRARY.instruments.values()}) == len(
            self.LIBRARY.instruments
        )

    @pytest.mark.parametrize(
        ("key", "inside", "outside"),
        [
            ("udhr", "art. 30", "art. 31"),
            ("iccpr", "art. 53", "art. 54"),
            ("genocide", "art. XIX", "art. XX"),
            ("genocide", "art. 19", "art. 20"),
            ("rome", "art. 15bis", "art. 16bis"),
            ("gpid", "princ. 30", "princ. 31"),
            ("icrc-cihl", "rule 161", "rule 162"),
            ("udhr", "art. 2-7", "art. 28-31"),
            ("gpid", "preamble", "art. 3"),
            ("vdpa", "para. I.23", None),
        ],
    )
    def test_it_knows_which_places_there_are(self, key, inside, outside):
        instrument = self.LIBRARY.instruments[key]
        assert not instrument.lacks(parse_pinpoint(inside))
        assert outside is None or instrument.lacks(parse_pinpoint(outside))

    def test_an_article_that_there_is_not_is_marked(self):
        found = find_instruments("Articles 12 and 60 of the ICCPR, Article 5 of the Vienna Declaration")
        assert found["pinpoint"].tolist() == [("art. 12", "art. 60"), ("art. 5",)]
        assert found["beyond"].tolist() == [("art. 60",), ()]

    def test_a_table_of_ones_own_extends_it(self, tmp_path):
        own = tmp_path / "own.csv"
        own.write_text(
            "instrument_id,title,variants,provisions,parent,protocol,citation\n"
            "mill,Mill Race Convention,Mill Race Convention;MRC,art. 1-9,,,\n"
            "mill-p,Protocol to the Mill Race Convention,Mill Protocol,art. 1-3,mill,1;*,\n"
            "unga62243,Resolution on the hill,,,,,A/RES/62/243\n"
            "iccpr,,The Big Covenant,,,,\n",
            encoding="utf-8",
        )
        authority = read_authority(own)
        text = (
            "Article 9 of the Mill Race Convention (MRC), Articles 3 and 4 of the Protocol to the MRC, General Assembly"
            " resolution 62/243, and Article 54 of the Big Covenant"
        )
        found = as_frame(scan_citations(text, authority), FoundCitation)
        assert found["instrument_id"].tolist() == ["mill", "mill-p", "unga62243", "iccpr"]
        assert found["pinpoint"].tolist() == [("art. 9",), ("art. 3", "art. 4"), (), ("art. 54",)]
        assert found["beyond"].tolist() == [(), ("art. 4",), (), ("art. 54",)]

    def test_what_is_wrong_in_it_is_told_at_once(self, tmp_path):
        own = tmp_path / "own.csv"
        own.write_text(
            "instrument_id,variants,provisions,candidates\na,A Treaty,first page,\nb,a treaty,art. 1-5,nowhere\n",
            encoding="utf-8",
        )
        with pytest.raises(DataError) as caught:
            read_authority(own)
        assert [(p.file, p.line, p.column) for p in caught.value.problems] == [
            ("own.csv", 2, "provisions"),
            ("own.csv", 3, "candidates"),
            ("own.csv", 3, "variants"),
        ]
        own.write_text("instrument_id,title\na,A Treaty\n", encoding="utf-8")
        with pytest.raises(DataError, match=r"own\.csv:1:variants"):
            read_authority(own)

    def test_the_table_of_the_book_goes_before_that_of_the_library(self):
        book = read_table(Path(__file__).parents[2] / "data" / "reference" / "instruments.csv")
        both = Authority.of(book)
        shared = set(both.instruments) & set(self.LIBRARY.instruments)
        assert {"udhr", "iccpr", "csr51", "echr-p4", "gciv", "vdpa", "gpid", "vienna-unspecified"} <= shared
        text = "App. no. 40167/06; A/RES/62/243; Article 54 ICCPR; the Universal Declaration"
        found = scan_citations(
            text, read_authority(Path(__file__).parents[2] / "data" / "reference" / "instruments.csv")
        )
        assert [each.instrument_id for each in found] == ["sargsyan", "unga62243", "iccpr", "udhr"]
        assert found[2].beyond == ("art. 54",)


def test_a_name_and_what_defines_its_short_form_are_one_citation():
    for tail in (
        "(ICCPR)",
        "(“ICCPR”)",
        "(hereinafter “the ICCPR”)",
        "[ICCPR]",
        "(the Covenant)",
        "(‘the Covenant’)",
    ):
        text = f"The International Covenant on Civil and Political Rights {tail} was signed."
        assert [each.exact for each in scan_citations(text, library_authority())] == [text[4:-12]]


def test_a_citation_knows_where_its_places_are():
    text = "Article 5 of the UDHR, and UDHR, Articles 6 and 7"
    found = scan_citations(text, library_authority())
    assert [[text[a:b] for a, b in each.pinpoint_spans] for each in found] == [
        ["Article 5"],
        ["Articles 6 and 7"],
    ]


def test_what_was_not_read_is_told():
    found = scan_citations("Article 12 (4 of the ICCPR; Articles 31 et seq. of the VCLT", library_authority())
    assert [each.pinpoint for each in found] == [(), ("art. 31",)]
    assert found[0].lossy.startswith("a place that was not read: Article 12 (4")
    assert found[1].lossy == "et seq."


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        (
            "Art\u00adicle 6 of the Euro\u00adpean Convention on Human Rights",
            "Euro\u00adpean Convention on Human Rights",
            6,
        ),
        ("Article\u200b 6 of the\u2060 ECHR\u200b", "ECHR", 6),
        ("Article 1\u200b4 of the \ufeffICCPR", "ICCPR", 14),
        ("<i>Article</i> 6 of the <b>ECHR</b>", "ECHR", 6),
        (
            "<em>Convention on the Rights of the Child</em>, art.&nbsp;3",
            "Convention on the Rights of the Child",
            3,
        ),
        (
            "art.&#160;3 of the Convention on the Rights&nbsp;of the Child",
            "Convention on the Rights&nbsp;of the Child",
            3,
        ),
        (
            "Article 6 of the European Con-\nvention on Human\nRights",
            "European Con-\nvention on Human\nRights",
            6,
        ),
        ("the Inter-\nnational Covenant on Civil and Political Rights, Article <b>7</b>", None, 7),
    ],
)
def test_marks_that_were_left_in_a_text_hide_no_citation(text, name, place):
    (found,) = scan_citations(text, library_authority())
    assert found.pinpoint == (f"art. {place}",)
    assert found.exact == text[found.start : found.end] == (name or found.exact)
    ((start, end),) = found.pinpoint_spans
    assert text[start].lower() == "a"
    assert text[end - 1] == str(place)[-1]


def test_what_is_taken_is_left_out():
    text = "the UDHR and the ICCPR"
    taken = [(text.index("UDHR"), text.index("UDHR") + 4)]
    assert [each.exact for each in scan_citations(text, library_authority(), taken=taken)] == ["ICCPR"]


HOSTILE = [
    "UDHR ", "Article 1, ", "§ ", "ICCPR (", "(CRC) ", "the Convention ", "Optional Protocol to ", "Articles 1, 2 and ",
    "Protocol No. 4 to the ", "point (a) of ", "paragraph 1 of ", "ECHR, Article 8 and ", "A v. Turkey ", "S/RES/",
    "no. 12345/06, ", "resolution 62/243 and ", "hereinafter “the ", "“the Convention” ", "(“the Treaty”) ", "\u0130",
    "its Optional Protocol ", "Article (1)(a)", "ILO Convention No. 1, ", "first paragraph of ", "Articles 9-5 ",
    "first, second, ", "7(1)(a) to 7(1)(b), ",
]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_no_text_raises(unit):
    text = unit * 400
    for each in scan_citations(text, library_authority()):
        assert text[each.start : each.end] == each.exact


PLACES = {", para. 3": "para. 3", " (para. 3)": "para. 3", ", paragraph 12": "para. 12", ", OP 4": "", "": ""}


@pytest.mark.parametrize("first", [822, 853, 1325])
@pytest.mark.parametrize("place", PLACES)
def test_the_place_in_a_member_of_a_list_does_not_end_the_list(first, place):
    found = [
        found_in(f"Security Council resolutions {first}{place} and 2334"),
        found_in(f"resolutions {first} (1993){place}, and 2334 (2016)"),
        found_in(f"S/RES/{first} (1993){place}, and 2334 (2016)"),
    ]
    pins = (PLACES[place],) if PLACES[place] else ()
    assert found == [[(f"S/RES/{first}", pins), ("S/RES/2334", ())]] * 3


@pytest.mark.parametrize(
    ("name", "key"), [("UDHR", "udhr"), ("ICCPR", "iccpr"), ("CEDAW", "cedaw"), ("ECHR", "echr")]
)
@pytest.mark.parametrize("article", [2, 9, 13])
def test_an_article_with_a_paragraph_needs_no_unit_word_after_an_abbreviation(name, key, article):
    assert found_in(f"See {name} {article}(2).") == [(key, (f"art. {article}(2)",))]
    assert found_in(f"the {name}, {article}.2, says so") == [(key, (f"art. {article}(2)",))]
    assert [pins for _, pins in found_in(f"the {name} {article} years later")] in ([()], [])


@pytest.mark.parametrize(
    ("text", "citations"),
    [
        (
            "resolutions 822 (1993), paras. 12 and 13, and 884 (1993), para. 4",
            [("S/RES/822", ("para. 12", "para. 13")), ("S/RES/884", ("para. 4",))],
        ),
        ("UDHR 13(2), 14(1) and 15", [("udhr", ("art. 13(2)", "art. 14(1)", "art. 15"))]),
        ("see UDHR 13(2) and ICCPR 12(4).", [("udhr", ("art. 13(2)",)), ("iccpr", ("art. 12(4)",))]),
        ("ICCPR 12.4 million", [("iccpr", ())]),
        ("ICCPR 12.4%", [("iccpr", ())]),
        ("ICCPR 12", [("iccpr", ())]),
        ("Articles 2 of the UDHR and ICCPR 12(4)", [("udhr", ("art. 2",)), ("iccpr", ("art. 12(4)",))]),
    ],
)
def test_numbers_beside_a_citation_are_its_own_or_none(text, citations):
    assert found_in(text) == citations


def test_an_article_that_the_instrument_does_not_have_is_marked_also_without_a_unit_word():
    assert [each.beyond for each in scan_citations("UDHR 31(1)", library_authority())] == [("art. 31(1)",)]


pieces = st.lists(st.sampled_from(["treaty ", "x ", "yyyyyyyyyyyyyyyyyyyy ", "of the "]), max_size=60)


@given(pieces, st.lists(st.integers(0, 400), max_size=8), st.sampled_from([1, 12, 200]))
def test_a_word_near_a_place_is_found_wherever_one_looked_before(words, places, most):
    text, word = "".join(words), re.compile("treaty")
    context, there = Context(text), [match.start() for match in word.finditer(text)]
    for place in sorted(places):
        end = place + 3
        near = any(place - most <= at < place or end <= at < end + most for at in there)
        assert context.near(word, place, end, most) == near


SHORT = {"P1-1": ("echr-p1", "art. 1"), "A2P1": ("echr-p1", "art. 2"), "P4-2": ("echr-p4", "art. 2")}


@pytest.mark.parametrize("short", SHORT)
@pytest.mark.parametrize("article", [6, 8, 13, 14])
@pytest.mark.parametrize(
    "form", ["a breach of {s}, Art. {n} ECHR", "{s} and Article {n} ECHR", "Art. {n} of the ECHR, {s}"]
)
def test_a_name_that_says_its_article_takes_no_other(short, article, form):
    found = scan_citations(form.format(s=short, n=article), library_authority())
    assert {(each.instrument_id, each.pinpoint, each.beyond) for each in found} == {
        (SHORT[short][0], (SHORT[short][1],), ()),
        ("echr", (f"art. {article}",), ()),
    }


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("The ECHR: P1-1, Art. 8", [("art. 8",), ("art. 1",)]),
        ("ECHR P1-1, Art. 14", [("art. 14",), ("art. 1",)]),
        ("ECHR P1-1 and P4-2, Art. 14", [("art. 14",), ("art. 1",), ("art. 2",)]),
        ("ECHR P7-4 and Art. 6", [("art. 6",), ("art. 4",)]),
        ("ICCPR P1-1, Art. 14 under the Court", [(), ("art. 1",)]),
        ("ECHR P1-1, Art. 17 UDHR", [(), ("art. 1",), ("art. 17",)]),
        ("P1-1, Art. 17(2) UDHR, says the Court", [("art. 1",), ("art. 17(2)",)]),
        ("P1-1, Art. 8 and Art. 13 ECHR", [("art. 1",), ("art. 8", "art. 13")]),
        ("Art. 1 P1 ECHR, Art. 8", [("art. 1",)]),
    ],
)
def test_an_article_beside_such_a_name_is_of_another_or_of_none(text, places):
    assert [each.pinpoint for each in scan_citations(text, library_authority())] == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Article 3, ICCPR; Article 5, ECHR", [("art. 3",), ("art. 5",)]),
        ("Article 3 ICCPR; Article 5, ECHR", [("art. 3",), ("art. 5",)]),
        ("Article 3, ICCPR, Article 5, ECHR", [("art. 3",), ("art. 5",)]),
        ("ICCPR, Article 3; ECHR, Article 5", [("art. 3",), ("art. 5",)]),
        ("ICCPR, Articles 3, 5; Article 7; the ECHR", [("art. 3", "art. 5", "art. 7"), ()]),
        ("arts 17, 23 et 24 ICCPR", [("art. 17", "art. 23", "art. 24")]),
        ("Article 2 common to the ICCPR and ICESCR", [("art. 2",), ("art. 2",)]),
        ("common Article 1 of the ICCPR and of the ICESCR", [("art. 1",), ("art. 1",)]),
        ("Article 2 of both the ICCPR and the ICESCR", [("art. 2",), ("art. 2",)]),
        ("Article 2 of the ICCPR and the ICESCR", [("art. 2",), ()]),
        ("Article 2 common to the ICCPR, the ICESCR and the CRC", [("art. 2",)] * 3),
        ("Article 7 and Article 1 common to the ICCPR and the ICESCR", [("art. 7", "art. 1"), ("art. 1",)]),
        ("Article 1 common to the ICCPR and the ICESCR. The CRC", [("art. 1",), ("art. 1",), ()]),
        (
            "Article 1 common to the ICCPR and the ICESCR (Article 12) and the CRC",
            [("art. 1",), ("art. 12",), ()],
        ),
        ("common Article 1 of the ICCPR and the ICESCR, Article 12", [("art. 1",), ("art. 12",)]),
        ("Article 2 common to the ICCPR and Article 3 ICESCR", [("art. 2",), ("art. 3",)]),
        ("ICCPR, art. 7 + art. 10", [("art. 7", "art. 10")]),
        ("Articles 14 + 8 ECHR", [("art. 14", "art. 8")]),
        ("Article 6 et seq. ECHR", [("art. 6",)]),
        ("Articles 1-bis and 14 ECHR", [("art. 1bis", "art. 14")]),
        ("Art. 14 ECHR with Art. 1 P-1", [("art. 14",), ("art. 1",)]),
    ],
)
def test_signs_between_places_are_read(text, places):
    assert [each.pinpoint for each in scan_citations(text, library_authority())] == places


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Art. 6 I ECHR", "Art. 6 I"),
        ("ECHR P1, Art. 2", "P1, Art. 2"),
        ("Art. 1 P1 ECHR, Art. 8", "Art. 8"),
        ("the ECHR. Article 8 of that law", ""),
        ("the ECHR was cited with Article 8 of the Code", ""),
    ],
)
def test_an_article_next_to_a_name_is_not_lost_in_silence(text, note):
    (found,) = scan_citations(text, library_authority())
    assert found.lossy == (note and f"a place that was not read: {note}")


WORDS = [
    *("Article ", "Articles ", "art. ", "Principle ", "12", "4", "26", " (1)", "(2)", "(a)", " (iv)", ", "),
    *(" and ", ";", ".", ")", " § ", ", paragraph ", "para. ", " of the ", " of ", " in ", " to ", "ICCPR"),
    *(
        " ICCPR",
        " III ",
        " bis",
        "bis",
        " A ",
        "-",
        " (",
        "the first sentence",
        " that ",
        " as well as ",
        "\n",
    ),
    *(" et seq.", " is ", "three ", " is read", "; 13", " first paragraph", "; point (b)", ", as ", " XIV"),
    *(", lit. a", "; see "),
]


@given(
    st.sampled_from(["Articles 12", "§ 2 of Article 5", "paragraph 3 of Articles 4"]),
    st.lists(st.sampled_from(WORDS), max_size=9),
)
def test_a_common_form_is_read_as_any_other(first, words):
    text = first + "".join(words)
    if (common := read_common_places(text, 0)) is not None:
        assert common == read_other_places(text, 0)


@pytest.mark.parametrize("next_line", ["Council of Europe", "Commission on Human Rights", "Act of Accession"])
def test_the_next_line_of_a_list_is_no_part_of_a_name(next_line):
    assert found_in(f"UDHR\n{next_line}")[0] == ("udhr", ())
    assert found_in(f"the UDHR {next_line.split()[0]} met") == []
