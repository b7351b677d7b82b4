"""A second corpus, of an invented town, taken from six documents to a coded book by the commands alone."""

import csv
import os
import re
import shutil
from contextlib import contextmanager
from pathlib import Path

import openpyxl

from sourcebook.cli import main
from sourcebook.core.csvfiles import read_table, write_table
from sourcebook.starter.raw_folder import extend_table

HERE = Path(__file__).parent
DOCUMENTS = HERE / "documents"
SOURCES = ("cooperative", "courier", "order", "statement", "survey", "objection")
LATER = "objection.eml"  # added when the book is there already
RAN = set()  # the commands that were run


@contextmanager
def working_in(folder):
    """Work in a folder, as a user's terminal does."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def run(*arguments):
    """Run a command as a user does, and expect that it succeeds."""
    assert main([str(each) for each in arguments]) == 0, arguments
    RAN.add(arguments[0])


def rows_of(path):
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def mark_notice(layout):
    """Mark the note that all is invented as no part of the texts."""
    rows = []
    for source in SOURCES:
        text = (layout.parent / f"{source}.txt").read_text(encoding="utf-8")
        words = re.search(r"\W?Invented for tests\.[^.]*\.\W?", text).group().strip()
        rows.append({"source_id": source, "zone": "furniture", "exact": words})
    extend_table(layout, rows, ["source_id", "zone", "exact", "start", "end"])
    run("anchor")  # the layout, and the sentence of a link that was proposed on the words of a note


def start(folder):
    """Make the book from five of the documents, and add the sixth."""
    first = sorted(path for path in DOCUMENTS.iterdir() if path.name != LATER)
    run("new", folder, "--from", *first, "--title", "The Old Basin", "--author", "Nobody")
    with working_in(folder):
        run("add", DOCUMENTS / LATER)
        mark_notice(Path("data/raw/layout.csv"))
        (folder / "coding.xlsx").unlink()
        shutil.copy(HERE / "tables.toml", "data/coded")
        shutil.copy(HERE / "events.csv", "data/coded")
        shutil.copy(HERE / "entities.csv", "data/coded")
        shutil.copy(HERE / "instruments.csv", "data/reference")
        shutil.copy(HERE / "references.bib", "book")
        codes = Path("data/coded/codebook.csv")
        codes.unlink()
        for each in (HERE / "sheet" / "Codes.csv", HERE / "undertaking_codes.csv"):
            extend_table(codes, rows_of(each), list(read_table(each).columns.drop("line")))
        run("sheet", "-o", "coding.xlsx")


def fill_coding(page, rows):
    """Fill rows into the sheet Coding: beside the sentence, and below all others where it has a claim already."""
    heads = [cell.value for cell in page[1]]
    place = {page.cell(line, 1).value: line for line in range(2, page.max_row + 1)}
    free = max(line for name, line in place.items() if name) + 1
    for row in rows:
        line = place.pop(row["sentence_id"], None) or free
        free += line == free
        for name, value in row.items():
            page.cell(line, heads.index(name) + 1, value or None)


def fill_sheet(folder):
    """Fill the coding sheet as a person does: questions over the examples, and claims beside sentences."""
    book = openpyxl.load_workbook(folder / "coding.xlsx")
    questions = book["Questions"]
    heads = [cell.value for cell in questions[1]]
    questions.delete_rows(2, questions.max_row)
    for number, row in enumerate(rows_of(HERE / "sheet" / "Questions.csv"), 2):
        for name, value in row.items():
            questions.cell(number, heads.index(name) + 1, value or None)
    fill_coding(book["Coding"], rows_of(HERE / "sheet" / "Coding.csv"))
    sources = book["Sources"]
    heads = [cell.value for cell in sources[1]]
    for line in range(2, sources.max_row + 1):
        if (name := sources.cell(line, 1).value) and name != "objection":
            sources.cell(line, heads.index("unfinished") + 1).value = None
            sources.cell(line, heads.index("short_name") + 1, name.capitalize())
        if name == "survey":  # the line with its date begins with a person, so no date is proposed
            sources.cell(line, heads.index("date_published") + 1, "2021-05-20")
    book.save(folder / "coding.xlsx")


def code(folder):
    """Code claims by the sheet, undertakings by hand, and citations by what is suggested."""
    with working_in(folder):
        run("code", "coding.xlsx", "--remove")
        table = Path("data/coded/undertakings.csv")
        write_table(read_table(HERE / "undertakings.csv").drop(columns="line"), table)
        run("anchor", "undertakings.csv")
        run("suggest", "--kinds", "citations", "-o", "proposals.csv")
        found = read_table(Path("proposals.csv")).drop(columns="line")
        known = found["instrument_id"] == "harbours-act"
        invoked = known & (found["pinpoint"] != "")
        found.loc[known & ~invoked, "decision"] = "reject"  # most are in the note that all is invented
        found.loc[invoked, ["voice", "modality", "decision"]] = ["author", "asserts", "accept"]
        write_table(found, Path("proposals.csv"))
        run("accept", "proposals.csv", "--by", "Anna")


def make_second(folder):
    """Make the whole book, but for its pages."""
    start(folder)
    fill_sheet(folder)
    code(folder)
    return folder
