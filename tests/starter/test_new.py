"""A new book from a folder of documents: what is in it, what is refused, and that it renders."""

import json
import re
import subprocess
import sys
from typing import ClassVar

import openpyxl
import pandas as pd
import pytest
from sources import made_files as made

import sourcebook
from sourcebook.cli import main
from sourcebook.core.about import read_about
from sourcebook.core.csvfiles import read_table
from sourcebook.core.errors import DataError, SourcebookError
from sourcebook.exchange.ro_crate import write_crate
from sourcebook.pipeline import dataset, store
from sourcebook.pipeline.build import build
from sourcebook.starter import new_book
from sourcebook.starter.documents import files_in

SHARED = (
    "The authority said in the night that the bridge over the river had been closed for all traffic since the "
    "spring flood, and that nobody had crossed it when the middle pier gave way under the weight of the water."
)


class FrameOfSources(dict):
    """Tables, with the names of nine sources."""

    source_names: ClassVar = {f"s{n}": f"Source {n}" for n in range(1, 10)}


@pytest.fixture
def documents(tmp_path):
    """A folder with a space and letters beyond ASCII in its name, and files of several kinds."""
    folder = tmp_path / "Dokumente für alle"
    (folder / "sub").mkdir(parents=True)
    (folder / "Erster Bericht.TXT").write_bytes(
        f"RIVER AUTHORITY\r\n\r\n{SHARED}\r\n\r\nDas Café schloss.".encode("cp1252")
    )
    (folder / "second.html").write_text(f"<html><h1>The bridge</h1><p>By Ana Lee</p><p>{SHARED}</p></html>")
    (folder / "sub" / "third.docx").write_bytes(
        made.word(made.paragraph("The inquiry", "Heading1") + made.paragraph(SHARED))
    )
    (folder / "sub" / "pages.pdf").write_bytes(
        made.pdf([["A report of one page."], ["And of another page."]])
    )
    (folder / "list.csv").write_text('id,title,text\n1,One,"It fell."\n2,Two,"It stood."\n')
    (folder / "scan.pdf").write_bytes(made.pdf([[], []]))
    (folder / "~$lock.docx").write_bytes(b"litter")
    (folder / "README.md").write_text("About this folder.")
    return folder


@pytest.fixture
def book(documents, tmp_path):
    return new_book(tmp_path / "Mein Buch ü", [documents], title='A "test" of: {bridges}')


def test_a_new_book_has_every_document_and_names_those_that_it_could_not_read(book):
    assert [each.source_id for each in book.documents] == [
        "erster-bericht", "list-1", "list-2", "second", "pages", "third",
    ]  # fmt: skip
    assert [(each.path.name, each.reason.partition(" →")[0]) for each in book.skipped] == [
        ("scan.pdf", "a scan: 2 pages without text")
    ]


def test_nothing_is_wrong_in_the_data_of_a_new_book(book):
    data = dataset.read(book.folder / "data")
    assert list(data.documents) == [each.source_id for each in book.documents]
    assert all(name in data.tables for name in data.schemas)
    assert len(build(book.folder / "data")["matrix"]) == 3 * len(book.documents)


def test_the_original_stays_byte_for_byte_and_the_registry_has_both_hashes(book, documents):
    raw = book.folder / "data" / "raw"
    rows = read_table(raw / "sources.csv").set_index("source_id")
    first = rows.loc["erster-bericht"]
    assert (raw / first["original"]).read_bytes() == (documents / "Erster Bericht.TXT").read_bytes()
    assert first["encoding"] == "cp1252" and first["original_name"] == "Erster Bericht.TXT"
    assert rows.loc["list-2", "original_name"] == "list.csv, article 2"
    assert rows.loc["second", "author"] == "Ana Lee"
    assert set(rows.loc["second", "proposed"].split(";")) == {"title", "author", "language", "rights"}
    text = (raw / first["file"]).read_bytes()
    (raw / first["file"]).write_bytes(text + b"More.\n")
    with pytest.raises(
        DataError, match=r"puts the old text back from .*raw/original/.*`sourcebook register` records"
    ):
        dataset.read(book.folder / "data")
    (raw / first["file"]).write_bytes(text)
    (raw / first["original"]).write_bytes(b"something else")
    with pytest.raises(DataError, match="original_sha256"):
        dataset.read(book.folder / "data")


def test_a_filled_row_of_the_sheet_becomes_a_claim_of_the_book(book, monkeypatch, capsys):
    workbook = openpyxl.load_workbook(book.sheet)
    sheet = workbook["Coding"]
    column = {cell.value: cell.column for cell in sheet[1]}
    row = next(cells[0].row for cells in sheet.iter_rows() if "nobody had crossed" in str(cells[1].value))
    for name, value in {
        "question": "example-number",
        "value": "0",
        "voice": "author",
        "modality": "asserts",
    }.items():
        sheet.cell(row, column[name]).value = value
    workbook.save(book.sheet)
    monkeypatch.chdir(book.folder)
    assert main(["code", "coding.xlsx"]) == 0, capsys.readouterr().err
    claims = dataset.read(book.folder / "data").tables["claims"]
    assert claims[["proposition_id", "value"]].to_numpy().tolist() == [["example-number", "0"]]


def test_an_example_that_was_written_over_is_gone_unless_a_claim_answers_it(book, monkeypatch, capsys):
    monkeypatch.chdir(book.folder)
    workbook = openpyxl.load_workbook(book.sheet)
    coding = workbook["Coding"]
    heads = [cell.value for cell in coding[1]]
    for name, value in zip(
        ("question", "value", "voice", "modality"), ("example-date", "2023", "author", "asserts"), strict=True
    ):
        coding.cell(2, heads.index(name) + 1, value)
    workbook.save(book.sheet)
    assert main(["code", "coding.xlsx"]) == 0, capsys.readouterr().err
    workbook = openpyxl.load_workbook(book.sheet)
    workbook["Questions"].cell(2, 1, "mine")
    workbook["Questions"].cell(3, 1, "other")
    workbook.save(book.sheet)
    capsys.readouterr()
    assert main(["code", "coding.xlsx"]) in (0, 1)
    out, err = capsys.readouterr()
    kept = read_table(book.folder / "data/coded/propositions.csv")["proposition_id"].tolist()
    assert sorted(kept) == ["example-date", "example-name", "mine", "other"], out + err
    assert "1 removed (example-number)" in out and "no longer: example-date;" in out


def test_the_code_of_every_cell_is_folded(book):
    pages = [path.read_text(encoding="utf-8") for path in (book.folder / "book").rglob("*.md")]
    options = re.findall(r"```\{code-cell\} ipython3\n(.*)", "\n".join(pages))
    assert len(options) > 10
    assert set(options) == {":tags: [hide-input]"}


def test_the_front_page_shows_the_sources_that_answer_most(book, monkeypatch):
    text = (book.folder / "book" / "index.md").read_text(encoding="utf-8")
    [cell] = re.findall(r"```\{code-cell\} ipython3\n:tags.*\n((?:.*\n)*?)```", text)
    data = FrameOfSources({
        "propositions": pd.DataFrame({"proposition_id": ["p", "q"], "label": ["P", "Q"], "question": "?", "unit": ""}),
        "codebook": pd.DataFrame(columns=["vocabulary", "term", "label"]),
        "claims": pd.DataFrame(
            [("s8", "p"), ("s8", "q"), ("s7", "p"), ("s1", "q"), ("s1", "q")], columns=["source_id", "proposition_id"]
        ),
        "claim_intervals": pd.DataFrame(columns=["proposition_id", "claim_id", "source_id"]),
        "silences": pd.DataFrame({"proposition_id": ["p"], "source_id": ["s2"], "silence": ["searched-absent"]}),
    })  # fmt: skip
    monkeypatch.setattr(sourcebook, "load", lambda: data)
    done = {}
    exec(compile(cell, "index.md", "exec"), done)
    assert list(done["sources"]) == ["s1", "s2", "s3", "s4", "s7", "s8"]
    shown = done["fact_sheet"](data, done["rows"], "All", sources=done["sources"], as_in_matrix=True)
    assert "searched absent" in str(shown) and "as_in_matrix=True" in cell


def test_pages_and_layout_lead_into_the_text(book):
    raw = book.folder / "data" / "raw"
    text = (raw / "pages.txt").read_text()
    pages = read_table(raw / "pages.csv")
    spans = [(int(row.start), int(row.end)) for row in pages.itertuples()]
    assert [text[a:b].strip() for a, b in spans] == ["A report of one page.", "And of another page."]
    layout = read_table(raw / "layout.csv").set_index("source_id")
    assert layout.loc["second", ["zone", "exact"]].to_numpy().tolist() == [
        ["title", "# The bridge"],
        ["byline", "By Ana Lee"],
    ]


def test_a_link_is_proposed_for_each_source_of_a_shared_passage(book):
    links = read_table(book.folder / "data" / "coded" / "links.csv")
    assert sorted(links["source_id"]) == ["erster-bericht", "second", "third"]
    assert set(links["kind"]) == {"document"} and links["note"].str.startswith("Proposed").all()
    assert links["exact"].str.contains("the bridge over the river").all()


def test_a_book_reads_its_own_data_or_none(book, monkeypatch):
    store.write(build(book.folder / "data"))
    monkeypatch.chdir(book.folder / "book")
    assert sourcebook.load().folder == book.folder / "data"
    (book.folder / "data").rename(book.folder / "elsewhere")
    with pytest.raises(DataError, match="a book without a data folder"):
        sourcebook.load()


def test_a_book_without_a_title_has_the_name_of_its_folder(documents, tmp_path):
    made = new_book(tmp_path / "mein Büchlein_eins", [documents / "second.html"])
    assert (made.folder / "README.md").read_text(encoding="utf-8").startswith("# Mein Büchlein eins\n")


def test_a_folder_that_holds_something_is_left_alone(documents, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("mine")
    with pytest.raises(SourcebookError, match="a folder that holds something"):
        new_book(tmp_path / "full", [documents])
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine"]
    (tmp_path / "empty").mkdir()
    assert new_book(tmp_path / "empty", [documents]).documents


@pytest.mark.parametrize("inside", ["", "sub/book"])
def test_a_book_is_not_made_within_its_documents(documents, inside):
    with pytest.raises(SourcebookError, match="expected"):
        new_book(documents / inside, [documents])


def test_nothing_is_written_without_a_document(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.png").write_bytes(b"\x89PNG")
    with pytest.raises(SourcebookError, match=r"none that can be read(.|\n)*a picture"):
        new_book(tmp_path / "book", [tmp_path / "docs"])
    assert [path.name for path in tmp_path.iterdir()] == ["docs"]


def test_a_failure_leaves_nothing_behind(documents, tmp_path, monkeypatch):
    monkeypatch.setattr("sourcebook.starter.new.write_book", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        new_book(tmp_path / "book", [documents])
    assert sorted(path.name for path in tmp_path.iterdir()) == [documents.name]


def test_a_file_about_a_folder_is_a_document_where_it_is_named(documents):
    assert documents / "README.md" not in list(files_in([documents]))
    assert list(files_in([documents / "README.md"])) == [documents / "README.md"]


@pytest.mark.slow
def test_a_new_book_renders_without_a_warning(book):
    command = [sys.executable, "-m", "sourcebook.cli", "book"]
    done = subprocess.run(command, cwd=book.folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    html = book.folder / "_build" / "html"
    pages = {path.relative_to(html).as_posix(): path.read_text() for path in html.rglob("*.html")}
    assert "A “test” of: {bridges}" in pages["book/index.html"]
    assert {f"book/sources/{each.source_id}.html" for each in book.documents} <= set(pages)
    for name, page in pages.items():
        assert "mybinder" not in page and "colab" not in page and "executablebooks" not in page, name
        assert "akram" not in page, name


@pytest.mark.parametrize("author", ["", 'Ana "Lee" Müller'])
def test_the_data_say_who_made_them_and_what_else_to_say(documents, tmp_path, author):
    new = new_book(tmp_path / "book", [documents / "second.html"], author=author)
    about = read_about(new.folder / "data")
    assert [each["title"] for each in about.contributors or []] == ([author] if author else [])
    text = (new.folder / "data/dataset.toml").read_text(encoding="utf-8")
    lines = [line for line in text.replace("\n# ", "\n").splitlines() if not line.startswith("Before you")]
    (new.folder / "data/dataset.toml").write_text("\n".join(lines), encoding="utf-8")
    whole = read_about(new.folder / "data")
    assert whole.description and whole.version and whole.licenses and whole.contributors


def test_the_archive_of_a_new_book_names_its_author(documents, tmp_path):
    new = new_book(tmp_path / "book", [documents / "second.html"], title="The bridge", author="Ana Lee")
    told = write_crate(new.folder / "data", tmp_path / "crate")
    assert any("no description, no licenses, no version" in each for each in told)
    graph = json.loads((tmp_path / "crate/ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    entities = {entity["@id"]: entity for entity in graph}
    assert entities["./"]["name"] == "The bridge"
    assert entities[entities["./"]["author"]["@id"]]["name"] == "Ana Lee"
    assert entities["./"]["license"] == {"@id": "data/LICENSE"} or entities["./"]["license"] == {
        "@id": "LICENSE"
    }
