"""The corpus of an invented town goes through every command, and its book through a browser."""

import argparse
import os
import re
import shutil
import subprocess
import sys
import zipfile

import nbformat
import openpyxl
import pytest
from nbclient import NotebookClient
from second import corpus as second
from walk import served

from sourcebook import cli
from sourcebook.core.csvfiles import read_table
from sourcebook.pipeline import dataset

pytestmark = pytest.mark.slow

#: What only the repository's own book has.
FOREIGN = ("akram", "trend-2024", "turan-2024", "executablebooks", "mybinder", "colab", "azerbaijan")
#: The commands that run in processes of their own, in other tests of this file and of `serve`.
APART = {"book", "serve"}
#: Where the book says that it is published.
HOME = "https://velmouth.example/basin"


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Return the folder of the book, coded and not rendered."""
    folder = second.make_second(tmp_path_factory.mktemp("second") / "The Old Basin")
    settings = folder / "_config.yml"
    text = settings.read_text(encoding="utf-8").replace(
        "    language: en", f"    language: en\n    html_baseurl: {HOME}"
    )
    settings.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def pages(book):
    """Return the folder of its pages, as `sourcebook book` renders them."""
    command = [sys.executable, "-m", "sourcebook.cli", "book"]
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(command, cwd=book, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    return book / "_build" / "html"


@pytest.fixture(scope="module")
def address(pages):
    with served(pages) as address:
        yield address


def test_documents_in_six_formats_become_one_coded_corpus(book):
    data = dataset.read(book / "data")
    assert sorted(data.documents) == sorted(second.SOURCES)
    originals = {path.suffix for path in (book / "data/raw/original").iterdir()}
    assert originals == {".docx", ".eml", ".html", ".md", ".pdf", ".txt"}
    registry = data.tables["sources"].set_index("source_id")
    assert registry.loc["order", ["encoding", "publisher"]].tolist() == ["cp1252", "PORT OFFICE OF VELMOUTH"]
    assert registry.loc["survey", "date_published"] == "2021-05-20"
    assert len(data.tables["claims"]) == len(second.rows_of(second.HERE / "sheet" / "Coding.csv"))
    assert data.tables["undertakings"]["sentence_id"].tolist()[0] == "order.s006"
    assert data.tables["citations"]["pinpoint"].tolist() == ["art. 14", "art. 11", "art. 11", "art. 14"]
    assert set(data.tables["decisions"]["decided_by"]) == {"Anna"}
    joined = data.tables["links"].groupby("upstream")["source_id"].agg(set).tolist()
    assert {"courier", "statement"} in joined


def test_what_is_computed_is_what_the_documents_give(book):
    from sourcebook.pipeline.build import build

    data = build(book / "data")
    status = data["agreement"].set_index("proposition_id")["agreement_status"].astype(str)
    assert status[["closed-on", "boats", "heard", "ice-house", "ground"]].tolist() == [
        "contradict", "contradict", "agree", "single source", "compatible",
    ]  # fmt: skip
    origins = data["origins"].set_index("source_id")["origin"]
    assert origins["courier"] == origins["statement"] != origins["order"]
    assert origins["objection"] == origins["cooperative"]
    silent = data["silences"].query("proposition_id == 'ice-house'").set_index("source_id")["silence"]
    assert silent["survey"] == "searched-absent" and silent["objection"] == "not-coded"


def test_every_command_runs_on_it(book, tmp_path, capsys):
    folder = tmp_path / "copy"
    shutil.copytree(book, folder, ignore=shutil.ignore_patterns("_build"))
    with second.working_in(folder):
        second.run("check")
        second.run("build")
        second.run("sentences", "--source", "survey", "-o", "sentences.csv")
        second.run("agreement", "-o", "agreement.csv")
        assert "contradict" in (folder / "agreement.csv").read_text()
        capsys.readouterr()
        second.run("code", "coding.xlsx")
        second.run("accept", "proposals.csv", "--by", "Anna")
        assert "nothing new" in (told := capsys.readouterr().out) and "(4 of them coded already)" in told
        _code_again(folder)
        second.run("template", "--coder", "Eva", "eva.csv")
        second.run("reliability", "data/coded/passes/Ben.csv", "-o", "reliability.csv")
        measured = read_table(folder / "reliability.csv").set_index("variable")
        assert measured.loc["value: quantity", "disagreements"] == "1"
        second.run("check")
        _change_a_source(folder)
        second.run("check")
        second.run("compare", book / "data", "data", "-o", "changes.csv")
        changes = (folder / "changes.csv").read_text()
        assert "order.s005" in changes and "Forty-two" in changes
        second.run("passages", "data/raw/courier.txt", "data/raw/statement.txt", "-o", "passages.csv")
        assert "blocks the way for the lifeboat" in (folder / "passages.csv").read_text()
        second.run("duplicates", "data/raw/courier.txt", "data/raw/statement.txt", "--threshold", "0.2")
        second.run("export", "refi-qda", "-o", "second.qdpx")
        capsys.readouterr()
        second.run("import", "refi-qda", "second.qdpx", "-o", "back.jsonl")
        assert "coded already, 0 proposed, 0 refused" in capsys.readouterr().out
    (sub,) = (a for a in cli._parser()._actions if isinstance(a, argparse._SubParsersAction))
    assert set(sub.choices) == second.RAN | APART


def _code_again(folder):
    """Code what a second coder does, who differs in one answer."""
    second.run("sheet", "-o", "ben.xlsx", "--coder", "Ben")
    rows = second.rows_of(second.HERE / "sheet" / "Coding.csv")
    (boats,) = (row for row in rows if row["sentence_id"] == "survey.s008")
    boats["value"] = "~51"
    workbook = openpyxl.load_workbook(folder / "ben.xlsx")
    second.fill_coding(workbook["Coding"], rows)
    heads = [cell.value for cell in workbook["Sources"][1]]
    for row in range(2, workbook["Sources"].max_row + 1):  # Ben has read all of each document
        workbook["Sources"].cell(row, heads.index("unfinished") + 1).value = None
    workbook.save(folder / "ben.xlsx")
    second.run("code", "ben.xlsx", "--coder", "Ben")


def _change_a_source(folder):
    """Put a corrected text into the place of one, by `reanchor`, and change another by hand."""
    text = (folder / "data/raw/order.txt").read_text()
    (folder / "new.txt").write_text(text.replace("Forty-two boats are", "Some forty-two boats are"))
    second.run("reanchor", "order", "new.txt", "--write", "--accept-changed")
    path = folder / "data/raw/statement.txt"
    path.write_bytes(path.read_bytes() + b"\nCorrected on 9 March 2021.\n")
    second.run("register", "statement")


@pytest.mark.browser
def test_every_page_opens_without_an_error_and_shows_this_corpus_alone(pages, chromium, address):
    page = chromium.new_page()
    errors, asked = [], []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.on("request", lambda request: asked.append(request.url))
    names = sorted(path.relative_to(pages).as_posix() for path in pages.rglob("*.html"))
    names.remove("404.html")  # its icon is at the address where the book is published
    assert len(names) > 40
    for name in names:
        page.goto(f"{address}/{name}")
        if name == "index.html":  # leads to the first page by itself, and would cut the next one off
            page.wait_for_url(f"{address}/book/index.html")
        words = (pages / name).read_text(encoding="utf-8").lower()
        assert not [word for word in FOREIGN if word in words], name
        assert not errors, (name, errors)
    page.close()
    assert not [url for url in asked if not url.startswith((address, "data:"))]


@pytest.mark.browser
def test_figures_tables_and_explorer_show_its_data(chromium, address):
    page = chromium.new_page()
    page.goto(f"{address}/book/index.html")
    sheet = page.locator("table").first.inner_text()
    assert "at least 57" in sheet and "29 March 2021" in sheet and "not coded" in sheet
    page.goto(f"{address}/book/timeline.html")
    assert "Closure of the Old Basin" in page.locator("svg").first.text_content()
    page.goto(f"{address}/book/explore.html")
    page.get_by_label("Words").fill("ice house")
    page.wait_for_timeout(500)
    assert "1 of 29 claims" in page.locator("main").inner_text()
    page.goto(f"{address}/book/sources/order.html")
    page.get_by_label("undertakings", exact=False).first.check()
    assert "The Port Office: a berth" in page.locator("main").text_content()
    page.goto(f"{address}/book/law.html")
    assert page.locator("main").inner_text().count("Harbours Act of 1987") == 4
    page.goto(f"{address}/claims/survey.c001.html")
    assert "No number is both 230 and under 200" in page.locator("main").inner_text()
    page.close()


def test_the_notebooks_run_in_an_empty_folder_and_keep_their_links(pages, tmp_path, monkeypatch):
    with zipfile.ZipFile(pages / "notebooks" / "notebooks.zip") as archive:
        archive.extractall(tmp_path)
    for name in ("SOURCEBOOK_ADDRESSES", "SOURCEBOOK_DATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    shown = ""
    for path in sorted((tmp_path / "book").glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        place = {"metadata": {"path": str(path.parent)}}
        NotebookClient(notebook, timeout=120, resources=place, kernel_name="python3").execute()
        shown += nbformat.writes(notebook)
    assert "sourcebook" in (tmp_path / "requirements.txt").read_text()
    assert f"{HOME}/claims/survey.c001.html" in shown
    assert f"[six]({HOME}/book/values.html#value-count.sources)" in shown
    assert "[Matrix]" not in shown and "(agreement.ipynb)" in shown
    assert "Lena Brook, Jun 2021" in shown


def test_notebooks_name_no_other_book(pages):
    notebooks = list((pages / "notebooks").rglob("*.ipynb"))
    assert len(notebooks) >= 6
    for path in notebooks:
        assert not re.search("|".join(FOREIGN), path.read_text(encoding="utf-8").lower()), path
