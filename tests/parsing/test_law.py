"""Pinpoints, names and elements of legal instruments, on frames whose answer is worked out by hand."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.analysis.law import compare_elements, elements_by_provision
from sourcebook.core import vocabularies
from sourcebook.core.errors import DataError, ParseError
from sourcebook.parsing.law import (
    Pinpoint,
    contains,
    find_instruments,
    instrument_spans,
    parse_pinpoint,
    pinpoint_spans,
    read_instruments,
)

INSTRUMENTS = pd.DataFrame(
    {
        "instrument_id": ["udhr", "csr51", "prot4", "vienna", "vdpa", "cil"],
        "variants": [
            "Universal Declaration of Human Rights;Universal Declaration;UDHR",
            "1951 Refugee Convention;Refugee Convention",
            "Protocol No. 4",
            "Vienna Declaration",
            "Vienna Declaration and Programme of Action",
            "customary law",
        ],
        "candidates": ["", "", "", "vdpa", "", ""],
        "provisions_read": ["whole", "whole", "selected", "none", "selected", "selected"],
    }
)
PROVISIONS = pd.DataFrame(
    [
        ("udhr", "preamble", "dignity"),
        ("udhr", "art. 1", "dignity"),
        ("udhr", "art. 13(1)", "movement"),
        ("udhr", "art. 13(2)", "leave"),
        ("udhr", "art. 13(2)", "return"),
        ("prot4", "art. 4", "no-expulsion"),
        ("vdpa", "para. I.23", "return"),
        ("cil", "", "custom"),
    ],
    columns=["instrument_id", "provision", "element"],
)


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("Article 13(2)", "art. 13(2)"),
        ("Art. 13 (2)", "art. 13(2)"),
        ("art 13( 2 )", "art. 13(2)"),
        ("Articles 12(4)", "art. 12(4)"),
        ("Article 7(1)(d)", "art. 7(1)(d)"),
        ("Article 8(2)(b)(viii)", "art. 8(2)(b)(viii)"),
        ("Art. 1A(2)", "art. 1A(2)"),
        ("Article II", "art. II"),
        ("§ 23", "para. 23"),
        ("para. I.23", "para. I.23"),
        ("Rule 132", "rule 132"),
        ("Principle 10", "princ. 10"),
        ("Article 3 of Protocol No. 4", "art. 3 of Protocol No. 4"),
        ("Arts 2-7", "art. 2-7"),
        ("Articles 2 to 7", "art. 2-7"),
        ("Preamble", "preamble"),
        ("  article 9 ", "art. 9"),
    ],
)
def test_a_pinpoint_has_one_normal_form(written, normal):
    assert str(parse_pinpoint(written)) == normal
    assert parse_pinpoint(normal) == parse_pinpoint(written)


@pytest.mark.parametrize(
    ("written", "position"),
    [("", 0), ("13(2)", 0), ("Article", 7), ("Article x", 8), ("Article 13(2) UDHR", 13), ("Arts 7-2", 7)],
)
def test_what_is_not_a_pinpoint_is_refused_with_the_position(written, position):
    with pytest.raises(ParseError, match=f"at position {position}, expected"):
        parse_pinpoint(written)


def test_two_pinpoints_are_not_one():
    with pytest.raises(ParseError, match="names 2 pinpoints"):
        parse_pinpoint("Articles 2 and 7")


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        ("art. 13", "art. 13(2)", True),
        ("art. 13(2)", "art. 13(2)", True),
        ("art. 13(2)", "art. 13", False),
        ("art. 13(1)", "art. 13(2)", False),
        ("art. 1", "art. 13", False),
        ("art. 1", "art. 1A(2)", True),
        ("arts 2-7", "art. 5(d)(ii)", True),
        ("arts 2-7", "arts 3-4", True),
        ("arts 2-7", "art. 8", False),
        ("art. 3", "arts 2-7", False),
        ("art. 4", "princ. 4", False),
        ("art. 3", "art. 3 of Protocol No. 4", False),
        ("preamble", "preamble", True),
    ],
)
def test_containment(outer, inner, expected):
    assert contains(outer, inner) is expected


_SUBS = st.lists(st.sampled_from(["1", "2", "a", "d", "ii", "viii"]), max_size=3).map(tuple)
_POINTS = st.builds(
    Pinpoint,
    unit=st.sampled_from(["art", "para", "princ", "rule"]),
    number=st.sampled_from(["1", "13", "132", "II", "I.23"]),
    subs=_SUBS,
    protocol=st.sampled_from(["", "4", "12"]),
)


@given(_POINTS)
def test_the_normal_form_reads_back(point):
    assert parse_pinpoint(str(point)) == point
    assert contains(point, point)


@given(_POINTS, _POINTS)
def test_two_pinpoints_contain_each_other_only_if_equal(one, other):
    assert (contains(one, other) and contains(other, one)) == (one == other)


def test_names_are_found_with_their_pinpoints():
    text = "Article 13(2) of the Universal Declaration of Human\nRights (UDHR) guarantees it."
    found = find_instruments(text, INSTRUMENTS)
    assert found.to_dict("records") == [
        {
            "doc": "",
            "kind": "citation",
            "start": 21,
            "end": 65,
            "exact": "Universal Declaration of Human\nRights (UDHR)",
            "pattern": "name",
            "lossy": "",
            "instrument_id": "udhr",
            "candidates": (),
            "pinpoint": ("art. 13(2)",),
            "beyond": (),
            "pinpoint_spans": ((0, 13),),
        }
    ]
    assert text[21:65] == found.loc[0, "exact"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the 1951 Refugee Convention", [("csr51", "1951 Refugee Convention", ())]),
        ("the Vienna Declaration underscored", [("vienna", "Vienna Declaration", ())]),
        (
            "the Vienna Declaration and Programme of Action",
            [("vdpa", "Vienna Declaration and Programme of Action", ())],
        ),
        ("Article 3 of Protocol No. 4", [("prot4", "Protocol No. 4", ("art. 3",))]),
        ("UDHR, Arts 2 and 7", [("udhr", "UDHR", ("art. 2", "art. 7"))]),
        ("Customary Law is cited", [("cil", "Customary Law", ())]),
        ("the udhr and UDHRs", []),
        ("Article 5 is long. The UDHR is short", [("udhr", "UDHR", ())]),
        ("no law at all", []),
    ],
)
def test_the_longest_name_wins_and_only_adjacent_pinpoints_count(text, expected):
    found = find_instruments(text, INSTRUMENTS)
    assert [tuple(row) for row in found[["instrument_id", "exact", "pinpoint"]].values.tolist()] == expected
    types = {"start": "int64", "end": "int64", "exact": "str", "instrument_id": "str", "pinpoint": "object"}
    assert found.dtypes.astype(str)[list(types)].to_dict() == types


def test_a_variant_of_two_instruments_is_an_error():
    table = pd.DataFrame({"instrument_id": ["a", "b"], "variants": ["Treaty", "treaty"]})
    with pytest.raises(DataError, match="a variant that is not also one of 'a'"):
        find_instruments("the Treaty", table)


def _stated(*rows):
    return pd.DataFrame(rows, columns=["instrument_id", "pinpoint", "element"])


def test_elements_are_compared_one_by_one():
    stated = _stated(("udhr", "Article 13(2)", "dignity"), ("udhr", "Article 13(2)", "return"))
    before = stated.copy()
    found = compare_elements(stated, PROVISIONS)
    assert found[
        ["element", "finding", "provision", "also_in_instrument", "also_in_others"]
    ].values.tolist() == [
        ["dignity", "stated-and-not-there", "", "preamble;art. 1", ""],
        ["return", "stated-and-there", "art. 13(2)", "", "vdpa para. I.23"],
        ["leave", "there-and-not-stated", "art. 13(2)", "", ""],
    ]
    assert set(found["finding"]) <= set(vocabularies.ELEMENT_FINDINGS)
    pd.testing.assert_frame_equal(stated, before)


def test_without_a_pinpoint_the_whole_instrument_is_compared():
    found = compare_elements(_stated(("udhr", "", "dignity")), PROVISIONS)
    assert found.loc[0, "provision"] == "preamble;art. 1"
    assert found["element"].tolist() == ["dignity", "movement", "leave", "return"]


def test_what_was_not_read_is_not_called_absent():
    stated = _stated(
        ("udhr", "art. 99", "return"), ("prot4", "", "return"), ("udhr", "", "custom"), ("cil", "", "custom")
    )
    found = compare_elements(stated, PROVISIONS, instruments=INSTRUMENTS)
    named = found[found["finding"] != "there-and-not-stated"]
    assert named["finding"].tolist() == [
        "not-checked",
        "not-checked",
        "stated-and-not-there",
        "stated-and-there",
    ]


def test_an_ambiguous_name_is_compared_with_its_candidates():
    found = compare_elements(_stated(("vienna", "", "return")), PROVISIONS, instruments=INSTRUMENTS)
    assert found.loc[0, ["finding", "provision"]].tolist() == ["stated-and-there", "vdpa para. I.23"]
    alone = compare_elements(_stated(("vienna", "", "return")), PROVISIONS)
    assert alone["finding"].tolist() == ["not-checked"]


def test_an_unknown_instrument_is_named_with_its_line():
    stated = _stated(("udhr", "", "dignity"), ("uhdr", "", "dignity"))
    with pytest.raises(DataError, match=r"stated:2:instrument_id: .*found 'uhdr'"):
        compare_elements(stated, PROVISIONS, instruments=INSTRUMENTS)


def test_the_tables_are_read_and_every_problem_reported(tmp_path):
    files = {
        "elements": "element,label\nreturn,return\n",
        "instruments": "instrument_id,variants,candidates\na,A Treaty,\nb,a treaty,c\n",
        "participation": "instrument_id,state\nz,Utopia\n",
        "provisions": "instrument_id,provision,element\na,art. 1,return\na,first page,return\na,art. 2,home\n",
    }
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_instruments(tmp_path)
    places = [(p.file, p.line, p.column) for p in caught.value.problems]
    assert places == [
        ("instruments.csv", 3, "candidates"),
        ("instruments.csv", 3, "variants"),
        ("participation.csv", 2, "instrument_id"),
        ("provisions.csv", 3, "provision"),
        ("provisions.csv", 4, "element"),
    ]


class TestSpans:
    TABLE = pd.DataFrame(
        {
            "instrument_id": ["tb", "lamps"],
            "variants": ["Treaty of the Bridge;Bridge Treaty", "Rules on Lamps"],
            "title": ["Treaty of the Bridge over the Mill Race", "Rules on Lamps"],
            "short_name": ["TB", "Lamp Rules"],
            "citation": ["12 MTS 3", ""],
            "adopted": ["1951-07-28", "1998"],
            "in_force": ["1954-04-22", ""],
        }
    )

    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ("the Treaty of the Bridge over the Mill Race", ["Treaty of the Bridge over the Mill Race"]),
            ("the 1951 Bridge\nTreaty (1954), 12 MTS 3", ["1951 Bridge\nTreaty (1954)", "12 MTS 3"]),
            ("the Lamp Rules of 1998", ["Lamp Rules of 1998"]),
            ("the Lamp Rules of 1999, the 1950 Bridge Treaty", ["Lamp Rules", "Bridge Treaty"]),
            ("tb or TB", ["TB"]),
            ("a bridge", []),
        ],
    )
    def test_names_carry_their_own_year_only(self, text, names):
        assert [text[a:b] for a, b in instrument_spans(text, self.TABLE)] == names

    def test_places(self):
        text = "Articles 2 to 7, the preamble, § 3, an article, rule of thumb"
        assert [text[a:b] for a, b in pinpoint_spans(text)] == ["Articles 2 to 7", "preamble", "§ 3"]


def test_every_element_of_the_provisions_that_a_source_invokes():
    citations = pd.DataFrame(
        [
            ("a.l1", "a", "udhr", "art. 13(2)"),
            ("a.l2", "a", "udhr", "art. 13(2)"),
            ("b.l1", "b", "udhr", ""),
            ("b.l2", "b", "prot4", ""),
        ],
        columns=["citation_id", "source_id", "instrument_id", "pinpoint"],
    )
    stated = citations.iloc[[0, 1, 0, 3]].assign(element=["return", "return", "dignity", "return"])
    provisions = PROVISIONS.assign(paraphrase=PROVISIONS["element"] + " in words", reference="text")
    found = elements_by_provision(citations, stated, provisions, INSTRUMENTS)
    of_a = found[found["source_id"] == "a"]
    assert of_a[["provision", "element", "finding", "citations"]].to_numpy().tolist() == [
        ["art. 13(2)", "leave", "there-and-not-stated", ""],
        ["art. 13(2)", "return", "stated-and-there", "a.l1;a.l2"],
        ["", "dignity", "stated-and-not-there", "a.l1"],
    ]
    assert of_a["paraphrase"].tolist() == ["leave in words", "return in words", ""]
    of_b = found[found["source_id"] == "b"]
    # b names the whole Declaration and says nothing of what it holds; the protocol was read in part only.
    own = PROVISIONS[PROVISIONS["instrument_id"].isin(["udhr", "prot4"])]
    assert of_b["finding"].tolist() == ["there-and-not-stated"] * len(own) + ["not-checked"]
    assert set(found["finding"]) <= set(vocabularies.ELEMENT_FINDINGS)


def test_no_citations_no_elements():
    nothing = pd.DataFrame(
        columns=["citation_id", "source_id", "instrument_id", "pinpoint", "element"], dtype="str"
    )
    provisions = PROVISIONS.assign(paraphrase="", reference="")
    assert elements_by_provision(nothing, nothing, provisions, INSTRUMENTS).empty


@pytest.mark.parametrize(
    "text",
    [
        "Article 5 of " * 3000,
        "UDHR " * 3000,
        "§ " * 3000,
        "Article (" * 3000,
        "Articles 9-5 " * 3000,
        "Rule " * 3000,
        "Article 5 " + "x" * 30000,
        "preamble" * 3000,
        "paras 1, 2 and " * 3000,
        "Protocol No. " * 3000,
    ],
)
def test_a_message_does_not_hold_a_whole_document(text):
    with pytest.raises(ParseError) as caught:
        parse_pinpoint(text)
    assert len(str(caught.value)) < 400


def test_pinpoints_belong_to_the_name_that_they_touch_in_a_long_list():
    table = pd.DataFrame({"instrument_id": ["a", "b"], "variants": ["Alpha;Alpha Two", "Beta"]})
    found = find_instruments("Article 1 of Alpha, Article 2 of Alpha Two; Beta, Article 3 " * 500, table)
    assert found["pinpoint"].tolist() == [("art. 1",), ("art. 2",), ("art. 3",)] * 500
