"""Cells of Excel: text in them and back, with tabs and characters by number, and cells far from all others."""

import zipfile

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sourcebook.coding.excel_cells import TAB, escaped, unescaped
from sourcebook.coding.workbook import read_workbook
from sourcebook.core.errors import DataError


@given(st.text(alphabet="\t\u2409\ufe0e\ufe0f_x0059Da\n", max_size=12))
@example("_x0009_\t_x2409_\u2409")
@example("a\t\ufe0e\u2409\ufe0f\t\u2409")
def test_every_text_comes_back(text):
    shown = escaped(text)
    assert "\t" not in shown
    assert unescaped(shown) == text


def test_a_tab_can_be_seen_and_typed():
    assert escaped("a\tb") == f"a{TAB}b"
    assert unescaped("a\tb") == unescaped(f"a{TAB}b") == "a\tb"


@pytest.mark.parametrize("row", ["20000", "1048577"])
def test_a_cell_far_from_all_others_is_refused(tmp_path, row):
    """Up to it each cell would be made, for minutes; the second is beyond what Excel has."""
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    book.active["A1"], book.active["KKK20000"] = "note", "x"
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as old, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"20000", row.encode()))
    expected = f"at most 1,048,576 rows and 5,000,000 cells, found Notes with cells up to row {int(row):,}"
    with pytest.raises(DataError, match=expected):
        read_workbook(tmp_path / "b.xlsx", {"Notes": ["note"]})


@pytest.mark.parametrize(
    "line", [["Notes"], ["Notes", "key", "{"], ["Notes", "key", "[1]"], ["Notes", "k", '{"a": 1}']]
)
def test_a_hidden_sheet_that_somebody_changed_is_named(tmp_path, line):
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    book.active["A1"] = "note"
    book.create_sheet("Before").append(line)
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(DataError, match=r"Before!A1: expected a row of it as it was written"):
        read_workbook(tmp_path / "a.xlsx", {"Notes": ["note"]})
