"""Files of strangers: nothing is expanded, nothing is written, and nothing takes more than its bound."""

import json
import stat
import time
import zipfile

import pytest

from sourcebook.core.errors import DataError
from sourcebook.exchange import untrusted, xmlfiles
from sourcebook.exchange.untrusted import Archive, parse_json, read_bytes, read_json
from sourcebook.exchange.xmlfiles import parse_xml

ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "text",
    [
        f'<!DOCTYPE a [<!ENTITY e0 "ha">{ENTITIES}]><a>&e9;</a>',
        f'<!DOCTYPE a [<!ENTITY e0 "ha">{ENTITIES}]><a b="&e9;"/>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p.dtd">%p;]><a/>',
        '<?xml version="1.0"?>\n<!--c-->\n<!DOCTYPE html><html/>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_before_anything_is_read(text, encoding):
    with pytest.raises(DataError, match="expected an XML file without a document type, found one"):
        parse_xml(text.encode(encoding), "a.xml")


def test_an_entity_that_nobody_declared_is_not_well_formed():
    with pytest.raises(
        DataError, match=r"a\.xml:2:3: expected well-formed XML, found something else \(undefined"
    ):
        parse_xml(b"<a>\n  &x;</a>", "a.xml")


def test_elements_know_their_lines_and_namespaces():
    root = parse_xml(b'<a xmlns="urn:x"\n b="1"><c\n/>t<d xmlns:y="urn:y" y:z="2"/></a>', "a.xml")
    assert (root.tag, root.line, root.attrib) == ("{urn:x}a", 1, {"b": "1"})
    assert [(each.tag, each.line, each.tail, each.attrib) for each in root] == [
        ("{urn:x}c", 2, "t", {}),
        ("{urn:x}d", 3, None, {"{urn:y}z": "2"}),
    ]


@pytest.mark.parametrize("data", [b"", b"<a>", b"<a/><b/>", b"\xff\xfe", b"<a b='1' b='2'/>", b"<a>\x00</a>"])
def test_what_is_no_xml_is_refused_with_its_place(data):
    with pytest.raises(DataError, match=r"a\.xml:\d+:\d+: expected well-formed XML"):
        parse_xml(data, "a.xml")


def test_an_encoding_that_nobody_knows():
    with pytest.raises(DataError, match=r"a\.xml"):
        parse_xml(b'<?xml version="1.0" encoding="klingon"?><a/>', "a.xml")


def test_elements_are_nested_so_deep_and_no_deeper(monkeypatch):
    deep = untrusted.DEEPEST
    assert parse_xml(b"<a>" * deep + b"</a>" * deep, "a.xml").tag == "a"
    with pytest.raises(DataError, match=f"at most {deep} deep"):
        parse_xml(b"<a>" * (deep + 1) + b"</a>" * (deep + 1), "a.xml")
    monkeypatch.setattr(xmlfiles, "MOST_ELEMENTS", 3)
    with pytest.raises(DataError, match="at most 3 elements"):
        parse_xml(b"<a><b/><b/><b/></a>", "a.xml")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("this is not json", "a.json:1:1: expected JSON"),
        ('{"a": 1 "b": 2}', "a.json:1:9: expected JSON"),
        ('{"a": 1,}', "a.json:1:"),
        ('{"a": 1, "a": 2}', "expected each name once, found 'a' twice"),
        ('{"a": NaN}', "NaN is no number of JSON"),
        ("[" * 100_000, "nested at most"),
        ("[" * 300 + "]" * 300, "nested at most"),
        ("9" * 5000, "expected JSON"),
        (r'{"a": "\ud800"}', "half of a pair of surrogates"),
        (r'{"\udc00": 1}', "half of a pair of surrogates"),
        ("", "a.json:1:1: expected JSON"),
    ],
)
def test_what_is_no_json_is_refused(text, message):
    with pytest.raises(DataError) as caught:
        parse_json(text, "a.json")
    assert message in str(caught.value)


def test_whole_pairs_of_surrogates_are_read():
    assert parse_json(r'["\ud83c\udf09"]', "a.json") == ["🌉"]


def test_json_in_a_file(tmp_path):
    path = tmp_path / "a.json"
    path.write_bytes(b"\xef\xbb\xbf{}")
    assert read_json(path) == {}
    path.write_bytes(b'{"a": "gr\xfcn"}')
    with pytest.raises(DataError, match=r"a\.json:1: expected text in UTF-8, found byte 0xfc"):
        read_json(path)
    with pytest.raises(DataError, match="expected a file, found a folder"):
        read_bytes(tmp_path)
    with pytest.raises(DataError, match="at most 3 bytes"):
        read_bytes(path, 3)


def archive(path, members):
    """Write an archive of names, or infos, and bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members:
            file.writestr(name, data)
    return path


def test_members_are_read(tmp_path):
    path = archive(tmp_path / "a.zip", [("p.xml", b"<a/>"), ("sources/", b""), ("sources/1.txt", b"text")])
    with Archive(path) as file:
        assert file.names == ("p.xml", "sources/1.txt")
        assert file.read("sources/1.txt") == b"text"
        assert "p.xml" in file and "q.xml" not in file
        with pytest.raises(DataError, match=r"expected a member 'q\.xml', found none; it has p\.xml"):
            file.read("q.xml")


@pytest.mark.parametrize(
    "name", ["../evil.txt", "/etc/passwd", "a/../../b", "C:\\x.txt", "..\\x", "\\\\host\\x", "a\x07b"]
)
def test_a_name_that_leads_out_is_refused(tmp_path, name):
    with pytest.raises(DataError, match="expected files that lie in the archive"):
        Archive(archive(tmp_path / "a.zip", [(name, b"x")]))
    assert [each.name for each in tmp_path.iterdir()] == ["a.zip"]


def test_links_twice_the_same_and_no_archives_are_refused(tmp_path):
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with pytest.raises(DataError, match="a link"):
        Archive(archive(tmp_path / "a.zip", [(link, b"/etc/passwd")]))
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = archive(tmp_path / "b.zip", [("a", b"1"), ("a", b"2")])
    with pytest.raises(DataError, match="there twice"):
        Archive(path)
    (tmp_path / "c.zip").write_bytes(b"PK\x03\x04 no archive")
    with pytest.raises(DataError, match="expected a ZIP archive"):
        Archive(tmp_path / "c.zip")
    with pytest.raises(DataError, match="expected a file, found a folder"):
        Archive(tmp_path)


def test_an_encrypted_member_is_refused(tmp_path):
    data = bytearray(archive(tmp_path / "a.zip", [("a", b"text")]).read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(bytes(data))
    with pytest.raises(DataError, match="encrypted"):
        Archive(tmp_path / "a.zip")


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    path = archive(tmp_path / "a.zip", [("bomb", bytes(20_000_000))])
    started = time.process_time()
    with pytest.raises(DataError, match="unpacks to more than 200 times its size"):
        Archive(path)
    assert time.process_time() - started < 5
    monkeypatch.setattr(untrusted, "MOST_UNPACKED", 10)
    with pytest.raises(DataError, match="at most 10 bytes unpacked"):
        Archive(archive(tmp_path / "b.zip", [("a", b"123456"), ("b", b"123456")]))
    monkeypatch.setattr(untrusted, "MOST_MEMBERS", 1)
    with pytest.raises(DataError, match="at most 1 files"):
        Archive(tmp_path / "b.zip")


def test_a_member_that_says_that_it_is_small_is_not_read_further(tmp_path):
    """The size in the directory is the stranger's word; what is unpacked is counted."""
    path = archive(tmp_path / "a.zip", [("a", json.dumps(list(range(50_000))).encode())])
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (100).to_bytes(4, "little")
    path.write_bytes(bytes(data))
    with Archive(path) as file, pytest.raises(DataError, match=r"a member 'a'|at most 100 bytes"):
        file.read("a")


def test_members_that_overlap_are_refused(tmp_path):
    path = archive(tmp_path / "a.zip", [("a", bytes(range(256)) * 40)])
    data = path.read_bytes()
    at, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entry, tail = data[at:end], bytearray(data[end:])
    copies = [entry[:46] + bytes([98 + n]) + entry[47:] for n in range(40)]
    directory = entry + b"".join(copies)
    tail[8:12] = (41).to_bytes(2, "little") * 2
    tail[12:16] = len(directory).to_bytes(4, "little")
    path.write_bytes(data[:at] + directory + bytes(tail))
    with pytest.raises(DataError, match="members that overlap"):
        Archive(path)


def test_a_damaged_member_is_told(tmp_path):
    path = archive(tmp_path / "a.zip", [("a", bytes(range(256)) * 40)])
    data = bytearray(path.read_bytes())
    data[60:90] = bytes(30)
    path.write_bytes(bytes(data))
    with Archive(path) as file, pytest.raises(DataError, match="a damaged one"):
        file.read("a")
