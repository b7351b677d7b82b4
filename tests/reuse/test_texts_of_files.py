"""Files of texts: each text whole, or the file refused with everything that is wrong; what is left out is named."""

import csv
import io
import json
import logging
import random
import unicodedata

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.core.errors import DataError
from sourcebook.reuse import pan
from sourcebook.reuse.inputs import Texts

SENTENCE = "The committee declared, loudly, that every resident may come back to the old mill by spring."


def read(*paths):
    with Texts(list(paths)) as texts:
        found = [text for chunk in texts.chunks(1000) for text in chunk]
        return dict(zip(texts.ids, found, strict=True))


def problems(*paths):
    with pytest.raises(DataError) as caught:
        read(*paths)
    return caught.value.problems


def table(rows, **options):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n", **options).writerows(rows)
    return text.getvalue()


def lines(*rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


@pytest.mark.parametrize("suffix", [".csv", ".CSV", ".Csv"])
@pytest.mark.parametrize("mark", ["", "\ufeff", "\u200e"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_table_of_texts_is_read_whole(tmp_path, suffix, mark, end):
    path = tmp_path / f"t{suffix}"
    rows = [["", "id", "line", "text"], ["0", "a", "9", SENTENCE], ["1", "b", "", 'two\nlines, "and" more']]
    path.write_bytes((mark + table(rows).replace("\n", end)).encode())
    assert read(path) == {"a": SENTENCE, "b": f'two{end}lines, "and" more'}


@pytest.mark.parametrize("name", ["t.jsonl", "T.JSONL", "t.ndjson"])
@pytest.mark.parametrize("mark", ["\ufeff", "\u200e", "\ufeff\u200e"])
def test_json_lines_are_read_whatever_mark_the_file_begins_with(tmp_path, name, mark):
    path = tmp_path / name
    path.write_bytes((mark + lines({"id": "a", "text": SENTENCE}, {"id": "b", "text": "\ufeffb"})).encode())
    assert read(path) == {"a": SENTENCE, "b": "\ufeffb"}


@pytest.mark.parametrize(
    ("body", "line", "found"),
    [
        (f"x,{SENTENCE}\n", 2, "4 cells"),
        (f'y,"{SENTENCE}"\nx,{SENTENCE}\n', 3, "4 cells"),
        (f'x,"{SENTENCE}\ny,second\nz,third\n', 2, "never closed"),
        (f'y,first\nx,"{SENTENCE}\nz,"third"\n', 3, "after a closing quotation mark"),
        ('x,"He said "no" and left, at last."\n', 2, "after a closing quotation mark"),
        ("x\n", 2, "1 cells"),
        ('x, "a, b"\n', 2, "3 cells"),
        (",text\n", 2, "none"),
    ],
)
def test_a_table_of_texts_loses_no_text(tmp_path, body, line, found):
    path = tmp_path / "t.csv"
    path.write_text("id,text\n" + body)
    (problem,) = problems(path)
    assert (problem.file, problem.line) == (str(path), line) and found in problem.found and problem.action


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("id,text,text", "'text' in two columns"),
        ("id,id,text", "'id' in two columns"),
        ("id;text", "columns separated by ';'"),
        ("id\ttext", "columns separated by tabs"),
        ("ID,Text", "ID, Text"),
        ("name,words", "name, words"),
    ],
)
def test_a_header_that_names_no_texts_is_told_once(tmp_path, header, found):
    path = tmp_path / "t.csv"
    path.write_text(f"{header}\na,b,c\n")
    assert [p.found for p in problems(path) if p.line == 1] == [found]


def test_all_problems_of_a_file_are_told_in_one_run(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("id,text\na,b,c\nd,e\n,f\ng\n")
    assert [p.line for p in problems(path)] == [2, 4, 5]
    path = tmp_path / "t.jsonl"
    path.write_bytes(b'{"id": 1}\n{"id": "a", "text": "b"}\n{\n[]\n\xff\n' + b'{"id": "", "text": ""}\n')
    assert [p.line for p in problems(path)] == [1, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (b'{"id": "c", "text": "caf\xe9"}', "byte 0xe9 at offset 24, “é” in Windows-1252"),
        (b'{"id": "c", "text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deep"),
        (b'{"id": ' + b"9" * 5000 + b', "text": "x"}', "too many digits"),
        (b'{"id": "\\ud800", "text": "x"}', r"'\ud800' with U+D800"),
        (b'{"id": "a\\u0000b", "text": "x"}', r"'a\x00b' with U+0000"),
        (b'{"id": "c", "text": "\\udfff"}', "half of a pair of surrogates (U+DFFF)"),
        (b'{"id": "c", "text": null}', "none"),
        (b'{"id": null, "text": "x"}', "none"),
        (b"{broken", "Expecting property name"),
    ],
)
def test_a_line_of_json_that_is_no_text_is_told_with_its_line(tmp_path, line, found):
    path = tmp_path / "t.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + lines({"id": "a", "text": "x"}).encode() + line + b"\n")
    (problem,) = problems(path)
    assert problem.line == 2 and found in problem.found and problem.action


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".txt"])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_a_file_in_utf16_is_one_problem(tmp_path, suffix, encoding):
    path = tmp_path / f"t{suffix}"
    path.write_bytes(f'id,text\na,"{SENTENCE}"\n{{}}\n'.encode(encoding))
    (problem,) = problems(path)
    assert problem.found.startswith(("UTF-16", "UTF-32")) and "UTF-8" in problem.action


@pytest.mark.parametrize("name", ["x.tsv", "x.TAB", "x.json", "x.xlsx", "x.docx", "x.pdf", "x.gz"])
def test_a_file_that_is_no_text_is_called_what_it_is(tmp_path, name):
    start = {"xlsx": b"PK\x03\x04\xff", "docx": b"PK\x03\x04\xff", "pdf": b"%PDF-1\xff", "gz": b"\x1f\x8b"}
    (tmp_path / name).write_bytes(start.get(name.rpartition(".")[2], b"id\ttext\na\tb\n"))
    (problem,) = problems(tmp_path / name)
    assert problem.action and problem.file.endswith(name)


def test_what_a_folder_leaves_out_is_named(tmp_path, caplog):
    for name in ("a.txt", "B.TXT", "c.md", "d.text", "e.csv", ".hidden", "f"):
        (tmp_path / name).write_text("x")
    (tmp_path / "below").mkdir()
    (tmp_path / "below/g.Txt").write_text("x")
    (tmp_path / "linked").symlink_to("below")
    with caplog.at_level(logging.WARNING):
        assert list(read(tmp_path)) == ["B", "a", "below/g"]
    assert caplog.messages == [
        f"{tmp_path}: left out, as only .txt files of a folder are read: c.md, d.text, e.csv, f, linked"
    ]


def test_a_folder_of_other_files_names_them(tmp_path):
    (tmp_path / "c.md").write_text("x")
    (problem,) = problems(tmp_path)
    assert problem.found == "none, beside c.md"


def test_names_are_composed_and_two_that_look_the_same_are_told(tmp_path):
    composed, decomposed = (unicodedata.normalize(form, "Évian") for form in ("NFC", "NFD"))
    (tmp_path / f"{decomposed}.txt").write_text("x")
    assert list(read(tmp_path)) == [composed]
    (tmp_path / "pairs").write_text(f"{decomposed}.txt {decomposed}\n")
    assert pan.read_pairs(tmp_path / "pairs") == [(composed, composed)]
    (tmp_path / f"{composed}.txt").write_text("y")
    (problem,) = problems(tmp_path)
    assert f"{composed!r} again" in problem.found


@given(
    st.lists(st.text(st.sampled_from("ab,\n\"'; "), min_size=1, max_size=9), min_size=1, max_size=4),
    st.randoms(),
)
def test_a_damaged_table_is_refused_or_whole(tmp_path_factory, cells, draw: random.Random):
    """One mark is dropped or put in: the letters that are read are those of the file."""
    text = table([["id", "text"], *([f"n{n}", cell] for n, cell in enumerate(cells))])
    at = draw.randrange(len("id,text\n"), len(text))
    broken = text[:at] + draw.choice(["", '"', ",", '""']) + text[at + 1 :]
    path = tmp_path_factory.mktemp("t") / "t.csv"
    path.write_bytes(broken.encode())
    try:
        found = read(path)
    except DataError as error:
        assert all(p.line > 1 for p in error.problems)
        return
    got = "".join([*found, *found.values()])
    assert [got.count(sign) for sign in "abn"] == [broken[8:].count(sign) for sign in "abn"]


PASSAGES = pd.DataFrame(
    [("a/x", 0, 5, "y", 0, 5), ("b/x", 1, 5, "y", 1, 5)],
    columns=["source_a", "start_a", "end_a", "source_b", "start_b", "end_b"],
)


@pytest.mark.parametrize(
    "ids", [("a/x", "b/x"), ("a/x", "A/X"), ("x", "a/x"), ("a/b/x", "a/c/x"), ("X", "b/x")]
)
def test_each_pair_has_a_file_of_its_own(tmp_path, ids):
    found = PASSAGES.assign(source_a=list(ids))
    if len({each.lower() for each in ids}) == 1:
        with pytest.raises(DataError, match="one pair in a file"):
            pan.write_detections(found, tmp_path / "out")
        assert not (tmp_path / "out").exists()
        return
    files = pan.write_detections(found, tmp_path / "out")
    assert len({path.name.lower() for path in files}) == 2 == len(list((tmp_path / "out").iterdir()))
    assert [path.read_text().count("<feature") for path in files] == [1, 1]
    assert pan.write_detections(found, tmp_path / "out") == files


@pytest.mark.parametrize(
    "there", ['<document><feature name="plagiarism"/></document>', "<html/>", "notes", ""]
)
def test_files_that_something_else_wrote_are_not_overwritten(tmp_path, there):
    (tmp_path / "x-y.xml").write_text(there)
    with pytest.raises(DataError, match="a file that was not written here"):
        pan.write_detections(PASSAGES.assign(source_a=["x", "z"]), tmp_path)
    assert (tmp_path / "x-y.xml").read_text() == there and len(list(tmp_path.iterdir())) == 1
