"""TEI P5: what others mark in their texts, annotations that stand off, the same project out and in, and the schema."""

import os
from pathlib import Path

import pytest
from small_projects import PROJECT, by_id

from sourcebook.core.errors import DataError
from sourcebook.exchange import tei

ROOT = Path(__file__).resolve().parents[2]
#: The schema of the TEI Consortium, if somebody put it there; it is a megabyte, and not ours.
SCHEMA = Path(os.environ.get("TEI_SCHEMA") or ROOT / "_build" / "tools" / "tei_all.rng")

LETTER = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0">
  <teiHeader>
    <fileDesc>
      <titleStmt><title>A letter on
        the bridge</title></titleStmt>
      <publicationStmt><p/></publicationStmt>
      <sourceDesc><bibl><ref target="https://example.org/letter">Letters</ref></bibl></sourceDesc>
    </fileDesc>
    <encodingDesc><classDecl><taxonomy>
      <category xml:id="k1"><catDesc>damage</catDesc><category xml:id="k2"><catDesc>loss</catDesc></category></category>
    </taxonomy></classDecl></encodingDesc>
    <profileDesc><langUsage><language ident="en-GB"/></langUsage></profileDesc>
  </teiHeader>
  <text>
    <body>
      <head>To  my
        brother</head>
      <p xml:id="p1">The <placeName ref="#riv">Rivière</placeName> took the
        <seg xml:id="s1" ana="#k1 #k2">old <hi>🌉 bridge</hi></seg>.<note resp="#ed" type="editorial">In
        1988.</note> <persName type="child" key="x">Anna</persName> <choice><sic>wass</sic><corr>was</corr></choice>
        safe.</p>
      <lg><l>One line,<lb/>and</l><l xml:id="l2">an<anchor xml:id="an1"/>other</l></lg>
    </body>
  </text>
  <standOff>
    <spanGrp type="theme"><span from="#p1" to="#l2">flood</span><span target="#s1" ana="#k2">x</span></spanGrp>
    <note target="#l2">A note from afar</note>
    <listAnnotation>
      <annotation xml:id="a1" target="#string-range(p1,4,7)" ana="#k1"><note>where?</note></annotation>
      <annotation xml:id="a2" target="https://example.org"><note>elsewhere</note></annotation>
      <annotation xml:id="a3" target="#string-range(p1, 4, 700)"/>
    </listAnnotation>
  </standOff>
</TEI>
"""


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "letter.xml"
    path.write_text(LETTER, encoding="utf-8")
    return tei.read(path)


def test_the_text_is_in_lines_without_the_white_space_of_the_file(letter):
    document = letter.documents[0]
    assert document.text == (
        "To my brother\nThe Rivière took the old 🌉 bridge. Anna wass safe.\nOne line,\nand\nanother"
    )
    assert (document.document_id, document.title) == ("letter", "A letter on the bridge")
    assert (document.address, document.language) == ("https://example.org/letter", "en-GB")


def test_what_is_marked_and_what_stands_off_are_annotations(letter):
    paragraph = "The Rivière took the old 🌉 bridge. Anna wass safe."
    found = [
        (each.exact, each.codes, each.note, each.coder, dict(each.fields)) for each in letter.annotations
    ]
    assert found == [
        ("Rivière", ("placeName",), "", "", {"ref": "#riv"}),
        ("old 🌉 bridge", ("k1", "k2"), "", "", {}),
        ("Anna", ("persName/child",), "", "", {"key": "x"}),
        (paragraph, ("note/editorial",), "In 1988.", "ed", {}),
        (f"{paragraph}\nOne line,\nand\nanother", ("theme/flood",), "", "", {}),
        ("old 🌉 bridge", ("k2",), "x", "", {}),
        ("another", ("note",), "A note from afar", "", {}),
        ("Rivière", ("k1",), "where?", "", {}),
    ]
    assert letter.told == ["annotations that point elsewhere, or in a way that is not read, not taken: 2"]
    codes = {code.code_id: (code.name, code.parent) for code in letter.codes}
    assert codes["k2"] == ("loss", "k1")
    assert codes["persName/child"] == ("child", "persName")


@pytest.mark.parametrize(
    "text",
    [
        *("", "x", "<a/>", "<TEI/>", '<!DOCTYPE TEI [<!ENTITY a "b">]><TEI>&a;</TEI>'),
        "<p xmlns='http://www.tei-c.org/ns/1.0'/>",
    ],
)
def test_what_is_none_is_refused(tmp_path, text):
    (tmp_path / "a.xml").write_text(text)
    with pytest.raises(DataError, match=r"a\.xml"):
        tei.read(tmp_path / "a.xml")
    with pytest.raises(DataError, match=r"a\.xml"):
        tei.read(tmp_path)


def test_a_document_without_a_text(tmp_path):
    (tmp_path / "a.xml").write_text("<TEI xmlns='http://www.tei-c.org/ns/1.0'><facsimile/></TEI>")
    assert tei.read(tmp_path / "a.xml").told == ["documents without a text: 1"]


def test_the_same_project_out_and_in(tmp_path):
    assert tei.write(PROJECT, tmp_path / "a.xml") == []
    again = tei.read(tmp_path / "a.xml")
    assert by_id(again) == by_id(PROJECT)
    assert again.documents == PROJECT.documents
    assert again.codes == PROJECT.codes


def test_what_xml_has_not_is_told(tmp_path):
    document = type(PROJECT.documents[0])(document_id="a", text="a\x0cb", language="no code")
    lost = tei.write(type(PROJECT)(documents=(document,)), tmp_path / "a.xml")
    assert lost == [
        "languages that are no code of one: 1",
        "characters that XML does not have, of which each is now U+FFFD: 1",
    ]
    assert tei.read(tmp_path / "a.xml").documents[0].text == "a\ufffdb"


@pytest.mark.slow
def test_the_schema_of_tei_takes_what_is_written(tmp_path):
    if not SCHEMA.is_file():
        pytest.skip(f"no {SCHEMA}: the schema tei_all.rng of the TEI Consortium (or name it in TEI_SCHEMA)")
    from lxml import etree

    schema = etree.RelaxNG(etree.parse(SCHEMA))
    for name, project in {
        "a": PROJECT,
        "b": type(PROJECT)(),
        "c": type(PROJECT)(codes=PROJECT.codes),
    }.items():
        tei.write(project, tmp_path / f"{name}.xml")
        schema.assertValid(etree.parse(tmp_path / f"{name}.xml"))
