"""Reading and writing CSV: every cell, every line number, nothing half-written."""

import csv

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourcebook.core.csvfiles import LINE, read_table, write_table
from sourcebook.core.errors import DataError


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "coded" / "t.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def problems(path, **options):
    with pytest.raises(DataError) as caught:
        read_table(path, **options)
    return [(p.file, p.line, p.column, p.found) for p in caught.value.problems]


def test_everything_is_text_and_nothing_is_missing(file):
    frame = read_table(file("a,b\n1,\nNA, x \nnull,1.0\n"))
    assert frame.a.tolist() == ["1", "NA", "null"]
    assert frame.b.tolist() == ["", " x ", "1.0"]
    assert frame.dtypes.astype(str).to_dict() == {"a": "str", "b": "str", LINE: "int64"}
    assert isinstance(frame.index, pd.RangeIndex)


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_lines_are_physical(file, ends):
    frame = read_table(file(ends.join(["a,b", '"1', '2",x', "", "3,y", '4,"', '"', "5,z", ""])))
    assert frame.line.tolist() == [2, 5, 6, 8]
    assert frame.a.tolist() == [f"1{ends}2", "3", "4", "5"]
    assert frame[frame.b == "z"].line.tolist() == [8]


def test_a_byte_order_mark_is_not_part_of_the_first_name(file):
    assert list(read_table(file("\ufeffa\n1\n")).columns) == ["a", LINE]


def test_a_header_alone_is_an_empty_table(file):
    frame = read_table(file("a,b\n"))
    assert frame.empty and list(frame.columns) == ["a", "b", LINE]
    assert frame.dtypes.astype(str).tolist() == ["str", "str", "int64"]


def test_every_ragged_row_is_reported(file):
    path = file('a,b\n1\n"x\ny",2\n1,2,3\n')
    assert problems(path, root=path.parent.parent) == [
        ("coded/t.csv", 2, "", "1 cells"),
        ("coded/t.csv", 5, "", "3 cells"),
    ]


def test_every_bad_name_is_reported(file):
    assert [(line, column) for _, line, column, _ in problems(file("a,b,a,,line\n1,2,3\n"))] == [
        (1, ""),
        (1, "a"),
        (1, "line"),
        (2, ""),
    ]


def test_a_file_that_is_not_utf8_is_reported_with_its_line(file):
    assert problems(file(b"a\nok\nm\xfcde\n")) == [
        ("t.csv", 3, "", "byte 0xfc at offset 6, “ü” in Windows-1252")
    ]


def test_open_quotes_are_reported_where_they_begin(file):
    assert [p[:2] for p in problems(file('a,b\n1,2\n3,"open\n4,5\n'))] == [("t.csv", 3)]
    assert [p[:2] for p in problems(file('a,b\n"x"y,2\n'))] == [("t.csv", 2)]


def test_a_cell_may_be_as_long_as_a_text(file):
    words = "word " * 100_000
    csv.field_size_limit(131_072)
    assert read_table(file(f"a,b\n{words},1\n")).loc[0, "a"] == words


def test_absent_and_empty_files(file, tmp_path):
    assert [p[0] for p in problems(tmp_path / "none.csv")] == ["none.csv"]
    assert problems(file("")) == [("t.csv", 1, "", "an empty file")]


def test_the_bytes_that_are_written(tmp_path):
    frame = pd.DataFrame(
        {"a": ["x", 'say "x"', "a,b", "two\nlines", None], LINE: [9, 9, 9, 9, 9], "n": range(5)}
    )
    write_table(frame, tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_bytes() == b'a,n\nx,0\n"say ""x""",1\n"a,b",2\n"two\nlines",3\n,4\n'
    assert LINE in frame  # the input is as it was
    assert [p.name for p in tmp_path.iterdir()] == ["t.csv"]


def test_an_interrupted_write_leaves_the_old_file(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("old\n")
    with pytest.raises(UnicodeEncodeError):
        write_table(pd.DataFrame({"a": ["\ud800"]}), path)
    assert path.read_text() == "old\n"
    assert [p.name for p in tmp_path.iterdir()] == ["t.csv"]


def test_a_failed_replacement_leaves_nothing_behind(tmp_path):
    (tmp_path / "t.csv").mkdir()
    with pytest.raises(OSError, match="directory"):
        write_table(pd.DataFrame({"a": ["1"]}), tmp_path / "t.csv")
    assert [p.name for p in tmp_path.iterdir()] == ["t.csv"]


CELL = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@given(st.integers(1, 3).flatmap(lambda n: st.lists(st.lists(CELL, min_size=n, max_size=n), max_size=5)))
@settings(max_examples=100)
def test_what_is_written_is_read_again(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("t") / "t.csv"
    columns = ["a", "b", "c"][: len(rows[0]) if rows else 2]
    write_table(pd.DataFrame(rows, columns=columns, dtype="str"), path)
    frame = read_table(path)
    assert frame[columns].values.tolist() == rows
    first = path.read_bytes()
    write_table(frame, path)
    assert path.read_bytes() == first
