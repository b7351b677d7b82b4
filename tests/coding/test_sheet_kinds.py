"""A file that is no sheet of the kind that was asked for is called what it is, and what reads it is named."""

import openpyxl
import pytest

from sourcebook.coding.sheet_code import NEEDED
from sourcebook.coding.workbook import read_workbook
from sourcebook.core.errors import DataError

ANNOTATIONS = {"Annotations": ("document_id", "exact"), "Documents": ("document_id",)}
CODING = ["sentence_id", "text", "question", "value", "voice", "modality"]
OTHER = ["Name", "Datum", "Betrag"]


def workbook(path, **sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, columns in sheets.items():
        book.create_sheet(name).append(columns)
    book.save(path)
    return path


def csv_file(path, columns, sign):
    path.write_text(sign.join(columns) + "\n" + sign.join("x" for _ in columns) + "\n")
    return path


def refused(path, needed):
    with pytest.raises(DataError) as error:
        read_workbook(path, needed)
    (problem,) = error.value.problems
    return problem


@pytest.mark.parametrize("needed", [NEEDED, ANNOTATIONS])
@pytest.mark.parametrize(
    "sheets", [{"Tabelle1": OTHER}, {"Tabelle1": OTHER, "Übersicht": []}, {"Sheet 1": []}]
)
def test_a_workbook_of_another_kind(tmp_path, needed, sheets):
    problem = refused(workbook(tmp_path / "other.xlsx", **sheets), needed)
    first = next(iter(needed))
    assert f"a sheet {first} with a first row that names the columns {needed[first][0]}, " in problem.expected
    assert problem.found == f"the sheets {', '.join(sheets)}"
    command = {"Coding": "sourcebook sheet", "Annotations": "sourcebook export sheet"}[first]
    assert f"`{command} -o new.xlsx` writes one" in problem.action


@pytest.mark.parametrize("name", ["Coding", "Annotations"])
def test_a_sheet_of_the_name_with_other_columns(tmp_path, name):
    needed = NEEDED if name == "Coding" else ANNOTATIONS
    assert (
        refused(workbook(tmp_path / "a.xlsx", **{name: OTHER}), needed).found
        == "the columns Name, Datum, Betrag"
    )


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_csv_file_of_another_kind(tmp_path, sign):
    for needed in (NEEDED, ANNOTATIONS):
        problem = refused(csv_file(tmp_path / "a.csv", OTHER, sign), needed)
        assert problem.found == "the columns Name, Datum, Betrag"
        assert problem.expected.startswith("a first row that names the columns")


@pytest.mark.parametrize("sign", [",", ";", ".xlsx"])
def test_each_kind_is_known_where_the_other_was_asked_for(tmp_path, sign):
    def made(name, columns):
        path = tmp_path / f"{name}{sign if len(sign) > 1 else '.csv'}"
        return workbook(path, **{name: columns}) if len(sign) > 1 else csv_file(path, columns, sign)

    coding, annotations = made("Coding", CODING), made("Annotations", ["document_id", "exact", "codes"])
    assert f"give it to `sourcebook code {coding}`" in refused(coding, ANNOTATIONS).action
    assert f"give it to `sourcebook import sheet {annotations}`" in refused(annotations, NEEDED).action
    assert read_workbook(coding, NEEDED).problems == read_workbook(annotations, ANNOTATIONS).problems == []


def test_a_renamed_header_is_named_at_its_own_cell(tmp_path):
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Coding"
    page.append(["sentence_id", "quotes", "value"])
    book.save(path)
    problems = read_workbook(path, {"Coding": ["sentence_id", "quote", "value", "voice"]}).problems
    assert [str(each).partition(", found")[0].removeprefix(f"{path}:") for each in problems] == [
        "Coding!B1: expected a column quote",
        "Coding!1:1: expected a column voice",
    ]
