"""A data folder with every kind of mistake that people make: each is told with its place and what to do.

Each mistake is made in a folder of its own, and `sourcebook check` must name it; then all that fit together are made
in one folder, and each must still be named.
"""

import shutil

import pytest
from bridge import change

from sourcebook import cli
from sourcebook.core.csvfiles import read_table, write_table

CLAIMS, PROPOSITIONS, SOURCES = "coded/claims.csv", "coded/propositions.csv", "raw/sources.csv"


def cell(path, column, value, **where):
    return lambda folder: change(folder, path, column, value, **where)


def claim(column, value, name="council.c004"):
    return cell(CLAIMS, column, value, claim_id=name)


def text(path, edit):
    def make(folder):
        target = folder / path
        target.write_bytes(edit(target.read_bytes()))

    return make


def frame(path, edit):
    return lambda folder: write_table(edit(read_table(folder / path)), folder / path)


def again(rows):
    return rows.loc[[*rows.index, 0]]


#: What is made wrong, where it is told, and a part of what is said.
MISTAKES = {
    "a quote that is not there": (
        claim("exact", "Over 300 residents"),
        "claims.csv",
        "copy the words of the source",
    ),
    "a place that is wrong": (claim("start", "3"), "claims.csv", "where the words are"),
    "a place that is no number": (claim("start", "ten"), "claims.csv", "a whole number"),
    "a place that is empty": (claim("start", ""), "claims.csv", "sourcebook anchor"),
    "a sentence that is another": (
        claim("sentence_id", "council.s001"),
        "claims.csv",
        "in which the quote starts",
    ),
    "no sentence": (claim("sentence_id", ""), "claims.csv", "sourcebook anchor"),
    "a sentence of nothing": (claim("sentence_id", "council.s999"), "claims.csv", "the id of a sentence"),
    "an unknown source": (claim("source_id", "counsel"), "claims.csv", "raw/sources.csv"),
    "an unknown question": (claim("proposition_id", "residence"), "claims.csv", "coded/propositions.csv"),
    "a question in other case": (
        claim("proposition_id", "Residents"),
        "claims.csv",
        "write it as 'residents'",
    ),
    "a number in words": (claim("value", "many"), "claims.csv", "a quantity such as 647, ~647"),
    "a range the wrong way": (claim("value", "200..100"), "claims.csv", "a quantity such as 647, ~647"),
    "a date as a text writes it": (
        claim("value", "26 June 1986", "mill.c001"),
        "claims.csv",
        "write 1986-06-26",
    ),
    "a number as a text writes it": (claim("value", "about 1,200"), "claims.csv", "write ~1200"),
    "a language by name": (
        cell(SOURCES, "language", "English", source_id="council"),
        "sources.csv",
        "write en",
    ),
    "a date that is none": (
        claim("value", "2021-13-45", "mill.c001"),
        "claims.csv",
        "a date such as 1986-06-26",
    ),
    "a date of Excel": (claim("value", "Mar-21", "mill.c001"), "claims.csv", "a date such as 1986-06-26"),
    "a code that is none": (claim("value", "shut", "council.c001"), "claims.csv", "add the term there"),
    "yes in other words": (claim("value", "true", "council.c005"), "claims.csv", "yes or no"),
    "no value": (claim("value", ""), "claims.csv", "a value"),
    "a voice that is none": (claim("voice", "mayor"), "claims.csv", "a term of “voice”"),
    "a modality that is none": (claim("modality", "says"), "claims.csv", "one of: asserts"),
    "a scope that is none": (claim("scope", "everybody"), "claims.csv", "a term of “scope”"),
    "an id with a blank": (claim("claim_id", "council c4"), "claims.csv", "text like"),
    "an id of another source": (
        claim("claim_id", "mill.c009"),
        "claims.csv",
        "begin the id with the id of its source",
    ),
    "a row twice": (frame(CLAIMS, again), "claims.csv", "a second time"),
    "a row of nothing": (text(CLAIMS, lambda b: b + b"," * 16 + b"\n"), "claims.csv", "remove the row"),
    "a control character": (claim("note", "a\x07b"), "claims.csv", "U+0007"),
    "a blank for nothing": (claim("note", "  "), "claims.csv", "not blanks"),
    "a missing column": (frame(CLAIMS, lambda f: f.drop(columns="voice")), "claims.csv", "add the column"),
    "a misspelt column": (
        frame(CLAIMS, lambda f: f.rename(columns={"modality": "Modalty"})),
        "claims.csv",
        "found a column that the schema does not know",
    ),
    "a column too many": (frame(CLAIMS, lambda f: f.assign(colour="")), "claims.csv", "remove or rename it"),
    "semicolons": (text(CLAIMS, lambda b: b.replace(b",", b";")), "claims.csv", "commas between the columns"),
    "an open quotation mark": (text(CLAIMS, lambda b: b + b'"x'), "claims.csv", "close"),
    "a cell too many": (text(CLAIMS, lambda b: b + b"a,b\n"), "claims.csv", "cells, as in the header"),
    "another encoding": (text(CLAIMS, lambda b: b + b"\xe9\n"), "claims.csv", "UTF-8"),
    "an empty file": (text(CLAIMS, lambda b: b""), "claims.csv", "write the column names"),
    "a missing table": (lambda folder: (folder / CLAIMS).unlink(), "claims.csv", "add it, with the columns"),
    "a misspelt table": (
        lambda folder: shutil.copy(folder / CLAIMS, folder / "coded/clams.csv"),
        "clams.csv",
        "correct its name",
    ),
    "a spreadsheet beside the tables": (
        lambda folder: (folder / "coded/claims.xlsx").write_bytes(b""),
        "claims.xlsx",
        "correct its name",
    ),
    "a changed text": (
        text("raw/mill.txt", lambda b: b + b"\n"),
        "sources.csv",
        "give that copy to `sourcebook reanchor`",
    ),
    "a missing text": (lambda folder: (folder / "raw/mill.txt").unlink(), "mill.txt", "restore the file"),
    "a text without a row": (
        lambda folder: (folder / "raw/new.txt").write_text("x"),
        "new.txt",
        "add it with SHA-256",
    ),
    "a source twice": (frame(SOURCES, again), "sources.csv", "again, first in line"),
    "a file outside": (
        cell(SOURCES, "file", "../x.txt", source_id="mill"),
        "sources.csv",
        "the name of a file",
    ),
    "a kind that is none": (
        cell(PROPOSITIONS, "kind", "number", proposition_id="residents"),
        "propositions.csv",
        "one of: quantity",
    ),
    "a unit of a date": (
        cell(PROPOSITIONS, "unit", "persons", proposition_id="flooded"),
        "propositions.csv",
        "an empty cell for another",
    ),
    "a separator too many": (
        cell(PROPOSITIONS, "search", "residents;", proposition_id="residents"),
        "propositions.csv",
        "remove the separator",
    ),
    "a circle of terms": (
        cell("coded/codebook.csv", "broader", "market-side", term="all-residents"),
        "codebook.csv",
        "break the circle",
    ),
    "a broken declaration": (text("coded/tables.toml", lambda b: b + b"\n[oops\n"), "tables.toml", "TOML"),
    "a word that dataset.toml does not know": (
        text("dataset.toml", lambda b: b + b"exhaustiv = true\n"),
        "dataset.toml",
        "one of name, title",
    ),
    "a zone that is elsewhere": (
        cell("raw/layout.csv", "start", "3", source_id="council"),
        "layout.csv",
        "where the words are",
    ),
}

#: Each makes the others of its file unreadable, or stands alone.
ALONE = {
    *("semicolons", "an open quotation mark", "a cell too many", "another encoding", "an empty file"),
    *("a missing table", "a broken declaration", "a changed text", "a missing text", "a row of nothing"),
    *("a source twice", "a file outside", "a zone that is elsewhere"),
}


def told(folder, capsys):
    code = cli.main(["check", "--data", str(folder)])
    out = capsys.readouterr()
    assert (code, out.out) == (1, "")
    assert "Traceback" not in out.err
    return out.err.splitlines()[1:]


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_is_told_with_its_place_and_what_to_do(corpus, capsys, name):
    make, place, said = MISTAKES[name]
    make(corpus)
    lines = told(corpus, capsys)
    assert any(place in line.split(": expected")[0] and said in line for line in lines), "\n".join(lines)
    assert all(": expected " in line and ", found " in line and " → " in line for line in lines)


def test_mistakes_of_one_folder_are_told_together(corpus, capsys):
    taken, made = set(), []
    for name, (make, place, said) in MISTAKES.items():
        if name in ALONE or place == "claims.csv":
            continue
        make(corpus)
        made.append((place, said))
    change(corpus, CLAIMS, "value", "many", claim_id="council.c003")
    taken.add(":value: expected")
    values = {"voice": "mayor", "modality": "says", "scope": "everybody", "note": "a\x07b"}
    for column, value in values.items():
        change(corpus, CLAIMS, column, value, claim_id="council.c004")
        taken.add(f":{column}: expected")
    lines = told(corpus, capsys)
    assert len(made) > 7
    for place, said in made:
        assert any(place in line and said in line for line in lines), (place, said, lines)
    assert all(any(part in line for line in lines) for part in taken), lines
