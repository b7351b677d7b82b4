"""Tables that are no tables: read, or refused with the real cause, once, and a cure that does no harm."""

import csv
import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.core.csvfiles import LINE, read_table
from sourcebook.core.errors import DataError

ROWS = [
    ["claim_id", "quote", "note"],
    ["a.c1", "He said, “no”", 'two\nlines and a "mark"'],
    ["a.c2", "größer", ""],
]


def table(delimiter=",", rows=ROWS, end="\n"):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)
    return text.getvalue()


def problems(tmp_path, content, name="t.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(DataError) as caught:
        read_table(path)
    return caught.value.problems


@pytest.mark.parametrize(("delimiter", "called"), [(";", "';'"), ("\t", "tabs"), ("|", "'|'")])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_another_separator_is_the_one_thing_that_is_told(tmp_path, delimiter, called, quoting, mark):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=quoting).writerows(ROWS)
    (problem,) = problems(tmp_path, mark + text.getvalue())
    assert (problem.line, problem.found) == (1, f"columns separated by {called}")
    assert "comma" in problem.action and "quot" not in problem.action


@pytest.mark.parametrize("separator", [";", ",", "\\t"])
def test_the_first_line_of_a_spreadsheet_is_named(tmp_path, separator):
    (problem,) = problems(tmp_path, f"sep={separator}\nid{separator}text\n")
    assert problem.line == 1 and "only a spreadsheet reads" in problem.found


@pytest.mark.parametrize("columns", [2, 3, 17])
def test_separators_in_cells_are_no_separators(tmp_path, columns):
    rows = [[f"c{n}" for n in range(columns)], ["a;b;c|d\te"] * columns]
    path = tmp_path / "t.csv"
    path.write_text(table(rows=rows))
    assert read_table(path).iloc[0, 0] == "a;b;c|d\te"


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-16", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("utf-16-le", "UTF-16 without a mark"),
        ("utf-16-be", "UTF-16 without a mark"),
        ("cp1252", "““” in Windows-1252"),
        ("latin-1", "“ö” in Windows-1252"),
        ("cp1250", "in Windows-1252"),
    ],
)
def test_a_wrong_encoding_is_the_one_thing_that_is_told(tmp_path, encoding, found):
    text = table() if encoding.startswith(("utf", "cp")) else table().replace("“", "").replace("”", "")
    (problem,) = problems(tmp_path, text.encode(encoding))
    assert found in problem.found and problem.expected == "text in UTF-8"
    assert "UTF-8" in problem.action and problem.line >= 1


def test_the_line_of_a_wrong_byte_and_a_letter_that_is_cut(tmp_path):
    (problem,) = problems(tmp_path, b"a,b\n1,2\n3,\xe9\n")
    assert (problem.line, problem.found) == (3, "byte 0xe9 at offset 10, “é” in Windows-1252")
    (problem,) = problems(tmp_path, "a,b\n1,é".encode()[:-1])
    assert "the file is cut" in problem.found and problem.action == "get the whole file"


@pytest.mark.parametrize(
    ("start", "found"),
    [
        (b"PK\x03\x04", ".xlsx"),
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0", ".xls"),
        (b"\x1f\x8b\x08", "gzip"),
    ],
)
def test_a_file_that_is_no_text_is_called_what_it_is(tmp_path, start, found):
    (problem,) = problems(tmp_path, start + bytes(range(256)))
    assert found in problem.found


@pytest.mark.parametrize(
    "mark", ["\ufeff", "\u200e", "\u200f", "\u200b", "\u2060", "\ufeff\u200e", "\ufeff\ufeff"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_invisible_marks_and_line_ends_of_other_machines_are_read(tmp_path, mark, end):
    path = tmp_path / "T.CSV"
    path.write_bytes((mark + table(end=end)).encode())
    frame = read_table(path)
    assert list(frame.columns) == [*ROWS[0], LINE] and frame["quote"].tolist() == [ROWS[1][1], ROWS[2][1]]


@pytest.mark.parametrize(
    "name", ["claim_id ", " claim_id", "\u00a0claim_id", "claim\u200b_id", "claim_id\u200e"]
)
def test_a_name_that_is_not_what_it_seems_is_told_once(tmp_path, name):
    (problem,) = problems(tmp_path, f"quote,{name}\na,b\n")
    assert problem.line == 1 and problem.action == "rename the column"
    assert "U+" in problem.found or "blanks" in problem.found


@pytest.mark.parametrize(
    ("text", "line", "found", "action"),
    [
        ('a,b\n1,"open\n3,4\n', 2, "never closed", "close it where its cell ends"),
        ('a,b\n1,2\n3,"open', 3, "never closed", "close it"),
        ('a,b\n"x" y,2\n', 2, "after a closing quotation mark, in line 2", "double the quotation marks"),
        ('a,b\n1,"open\n3,"closed"\n', 2, "in line 3", "close the quotation mark of line 2"),
        ('a,b\n1, "x, y"\n', 2, "3 cells", "remove the blank"),
        ("a,b\n1,x, y\n", 2, "3 cells", "quote cells that hold a comma"),
        ("a,b\n1\n", 2, "1 cells", "add the missing cells"),
        ("a,b\n1,2,,\n", 2, "4 cells", "remove the commas at the end"),
        ("a,b,,\n1,2,,\n", 1, "no name for column 3, 4", "name the column or remove it"),
        ("", 1, "an empty file", "write the column names"),
        ("\ufeff \n\n", 1, "an empty file", "write the column names"),
    ],
)
def test_quoting_and_numbers_of_cells(tmp_path, text, line, found, action):
    (problem,) = problems(tmp_path, text)
    assert problem.line == line and found in problem.found and action in problem.action


def test_what_comes_before_a_broken_record_is_told_too(tmp_path):
    found = problems(tmp_path, 'a,b,a\n1\n2,3,4\n5,"open\n')
    assert [(p.line, p.found[:9]) for p in found] == [(1, "'a' again"), (2, "1 cells"), (4, "a quotati")]


def test_a_table_that_is_not_there_or_has_no_possible_name(tmp_path):
    for path, found in ((tmp_path / "no.csv", "No such file"), (tmp_path / "a\0b.csv", "null byte")):
        with pytest.raises(DataError, match=found):
            read_table(path)


CELL = st.text(st.sampled_from('ab,;\t|"\n\r “é'), min_size=1, max_size=6)


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_damage_is_refused_or_read_without_a_loss(tmp_path_factory, rows, draw: random.Random):
    """Take one character out of a good table: no letter of a cell disappears without a word."""
    text = table(rows=[["id", "text"], *map(list, rows)])
    at = draw.randrange(len("id,text\n"), len(text))
    path = tmp_path_factory.mktemp("t") / "t.csv"
    path.write_bytes((text[:at] + text[at + 1 :]).encode())
    try:
        frame = read_table(path)
    except DataError as error:
        assert all(p.file == "t.csv" and p.line and p.action for p in error.problems)
        return
    letters = [
        sum(str(cell).count(sign) for cell in frame[["id", "text"]].to_numpy().ravel()) for sign in "abé“"
    ]
    whole = (text[:at] + text[at + 1 :])[len("id,text\n") :]
    assert letters == [whole.count(sign) for sign in "abé“"]
