"""Sheets opened, filled in and saved in LibreOffice: nothing is lost or read otherwise than it was typed."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from exchange.projects import codes, marked, project

from sourcebook import cli
from sourcebook.coding.sheet_code import NEEDED
from sourcebook.coding.sheet_file import read_sheet_csv
from sourcebook.coding.workbook import read_workbook
from sourcebook.core.csvfiles import read_table
from sourcebook.core.errors import DataError
from sourcebook.exchange.formats import format_named

FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".ods": "calc8",
    ".csv": "Text - txt - csv (StarCalc)",
}
#: What spreadsheet programs take for dates, numbers, formulas or errors, or write otherwise in their files.
TYPED = [
    *("2023-05", "2023-05-12", "12/2023", "3 March 2021", "May 2023", "1/2", "12:30", "2021/2022"),
    *("00123", "~640", ">200", "-5", "+49", "1e5", "1.50", "1,000", "1 000", "50%", "€ 5", "(5)", "640–650"),
    *("=SUM(A1)", "+49 30", "-x", "@name", "TRUE", "#N/A", "<b>&amp;", "_x000D_", "_x0041_"),
    *("🌉 𝄞", "Rivie\u0300re", "ı İ", "\u200fשלום\u200e", "a\n\nb", "“q” \"r\"", "L" * 20_000),
]  # fmt: skip
#: A tab, the sign that it is shown as, and what tells them apart.
TABS = ["a\tb", "a\u2409b", "a\t\ufe0eb", "a\u2409\ufe0fb", "a\t\u2409\tb"]


def bridge():
    """Return a Python that has LibreOffice's bridge, or none."""
    for name in ("python3", "/usr/bin/python3"):
        found = shutil.which(name)
        if (
            found
            and not subprocess.run([found, "-c", "import uno"], capture_output=True, check=False).returncode
        ):
            return found
    return None


@pytest.fixture(scope="module")
def save(tmp_path_factory):
    """Return what opens a file in LibreOffice, types into its cells and saves it under a name."""
    office, python = shutil.which("soffice"), bridge()
    if not (office and python):
        pytest.skip("no LibreOffice: apt-get install libreoffice-calc python3-uno")
    folder = tmp_path_factory.mktemp("office")
    pipe = f"sourcebook-{os.getpid()}"
    profile, listen = f"-env:UserInstallation={folder.as_uri()}", f"--accept=pipe,name={pipe};urp;"
    program = subprocess.Popen(
        [office, "--headless", "--norestore", profile, listen], stderr=subprocess.DEVNULL
    )
    command = [python, str(Path(__file__).parents[1] / "calc.py"), pipe]
    person = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def save(source, target, **typed):
        job = {"source": str(source), "target": str(target), "form": FILTERS[target.suffix], "typed": typed}
        person.stdin.write(json.dumps(job) + "\n")
        person.stdin.flush()
        assert person.stdout.readline() == "saved\n"
        return target

    try:
        yield save
    finally:
        person.communicate()
        program.terminate()
        program.wait(60)


def run(capsys, *arguments):
    status = cli.main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return status, out, err


@pytest.fixture
def sheet(corpus, capsys, tmp_path):
    path = tmp_path / "coding.xlsx"
    assert run(capsys, "sheet", "-o", path, "--data", corpus)[0] == 0
    return path


def saved(save, path, way, **typed):
    """Return a workbook saved in LibreOffice as such, or as .ods and then as .xlsx."""
    if way == "ods":
        path = save(path, path.with_suffix(".ods"), **typed)
        typed = {}
    return save(path, path.with_name("saved.xlsx"), **typed)


def looks(path):
    """Return what a person sees of a workbook beside its cells."""
    for page in openpyxl.load_workbook(path):
        rules = page.data_validations.dataValidation
        yield (
            (page.title, page.sheet_state, page.freeze_panes, page.auto_filter.ref),
            sorted((str(r.sqref), r.formula1, r.errorStyle, r.showErrorMessage, r.error) for r in rules),
            [cell.comment and cell.comment.text for cell in page[1]],
            {cell.number_format for row in page.iter_rows() for cell in row},
        )


def widths(path):
    pages = openpyxl.load_workbook(path)
    found = {(p.title, name): d for p in pages for name, d in p.column_dimensions.items() if d.width}
    return {
        (title, column): round(d.width)
        for (title, _), d in found.items()
        for column in range(d.min, min(d.max, 20) + 1)
    }


@pytest.mark.slow
@pytest.mark.parametrize("way", ["xlsx", "ods"])
def test_a_coding_sheet_stays_as_it_is(save, corpus, sheet, capsys, way):
    after = saved(save, sheet, way)
    assert sorted(map(repr, looks(after))) == sorted(map(repr, looks(sheet)))
    assert widths(sheet).items() <= widths(after).items()
    before, now = (read_workbook(path, NEEDED) for path in (sheet, after))
    assert (now.sheets, now.before) == (before.sheets, before.before)
    assert (now.problems, now.notes) == ([], [])
    assert run(capsys, "code", after, "--data", corpus) == (0, f"{after}: nothing new\n", "")


@pytest.mark.slow
@pytest.mark.parametrize("way", ["xlsx", "ods"])
def test_what_is_typed_is_read_as_it_was_typed(save, sheet, way):
    letters = read_workbook(sheet, NEEDED).sheets["Coding"].letters
    places = dict(enumerate(TYPED, start=40))
    cells = {f"{letters[name]}{row}": text for name in ("value", "note") for row, text in places.items()}
    found = read_workbook(saved(save, sheet, way, Coding=cells), NEEDED)
    rows = {row.number: row.cells for row in found.sheets["Coding"].rows}
    for name in ("value", "note"):
        assert {row: rows[row][name] for row in places} == places
    assert (found.problems, found.notes) == ([], [])


@pytest.mark.slow
def test_a_row_that_was_filled_in_there_becomes_a_claim_once(save, corpus, sheet, capsys):
    page = read_workbook(sheet, NEEDED).sheets["Coding"]
    row = next(row.number for row in page.rows if row.cells["sentence_id"] == "mill.s003")
    given = {
        "question": "flooded",
        "value": "2021-03",
        "voice": "miller",
        "modality": "asserts",
        "note": "=1+1",
    }
    after = saved(save, sheet, "ods", Coding={f"{page.letters[name]}{row}": v for name, v in given.items()})
    assert run(capsys, "code", after, "--data", corpus) == (0, "claims: 1 rows added, 0 changed\n", "")
    claim = read_table(corpus / "coded/claims.csv").set_index("claim_id").loc["mill.c003"]
    assert (claim["value"], claim["note"]) == ("2021-03", "=1+1")
    again = save(after, after.with_name("again.xlsx"))
    assert run(capsys, "code", again, "--data", corpus) == (0, f"{again}: nothing new\n", "")


def exported(folder, suffix):
    """Return a project, and the sheet that it was written as."""
    marks = [
        marked("bridge", annotation_id=f"a{number}", codes=("c0",), note=text, fields={"value": text})
        for number, text in enumerate([*TYPED, *TABS])
    ]
    given = project(*marks, codes=codes("=1", "2023-05"))
    format_named("sheet").write(given, folder / f"book{suffix}")
    return given, folder / f"book{suffix}"


@pytest.mark.slow
@pytest.mark.parametrize("way", ["xlsx", "ods"])
def test_an_exported_workbook_comes_back(save, tmp_path, way):
    given, path = exported(tmp_path, ".xlsx")
    found = format_named("sheet").read(saved(save, path, way))
    assert (found.annotations, found.codes, found.told) == (given.annotations, given.codes, [])


@pytest.mark.slow
def test_a_csv_file_runs_nothing_and_keeps_what_is_no_number(save, tmp_path):
    given, path = exported(tmp_path, ".csv")
    assert "=SUM(A1)" in read_sheet_csv(path)["note"].tolist()
    found = format_named("sheet").read(save(path, tmp_path / "saved.csv"))
    numbers = {"00123", "1e5", "1.50", "1,000", "(5)", "May 2023", "1/2", "12:30"}
    for before, after in zip(given.annotations, found.annotations, strict=True):
        assert after == before or before.note in numbers


@pytest.mark.slow
def test_a_csv_file_saved_as_a_workbook_is_refused_with_what_to_do(save, tmp_path):
    path = exported(tmp_path, ".csv")[1]
    after = save(path, tmp_path / "saved.xlsx")
    with pytest.raises(DataError, match="found the sheets book → name the sheet"):
        format_named("sheet").read(after)


def test_line_ends_and_words_that_a_workbook_writes_otherwise(tmp_path):
    given, path = exported(tmp_path, ".xlsx")
    book = openpyxl.load_workbook(path)
    page = book["Annotations"]
    name = next(cell.column_letter for cell in page[1] if cell.value == "note")
    assert "_x005F_x000D_" in [cell.value for cell in page[name]]
    page[f"{name}2"].value = "one_x000D_\ntwo"  # as Excel writes what was pasted
    book.save(path)
    notes = [each.note for each in format_named("sheet").read(path).annotations]
    assert notes == ["one\ntwo", *(each.note for each in given.annotations[1:])]
