"""Letters for works that author and year do not tell apart, and keys as labels."""

import pytest
from bridge import SCHEMAS
from pybtex.database import parse_string
from small_books import CONF, Build, sources, write_book

from sourcebook.book.citations import _KeyStyle, lettered_years, unknown_keys
from sourcebook.core.csvfiles import LINE, read_table, write_table

BIB = """
@misc{second, author = {{Court}}, title = {{Beta}}, year = {2024}}
@misc{first, author = {{Court}}, title = {{Alpha}}, year = {2024}}
@misc{alone, author = {{Court}}, title = {{Gamma}}, year = {2023}}
@misc{undated, author = {{Court}}, title = {{Delta}}}
@misc{later, author = {{Court}}, title = {{Epsilon}}}
@misc{untold, title = {{Rules}}}
@misc{other, title = {{Tables}}}
"""
UNDATED = """
@misc{a, author = {{Court}}, title = {{Alpha}}, year = {undated}}
@misc{b, author = {{Court}}, title = {{Beta}}, year = {undated}}
"""


def test_works_of_one_author_and_year_get_letters_in_the_order_of_their_titles():
    entries = parse_string(BIB, "bibtex").entries
    found = lettered_years(entries)
    assert lettered_years(parse_string(UNDATED, "bibtex").entries) == {"a": "undated-a", "b": "undated-b"}
    assert found == {"first": "2024a", "second": "2024b", "undated": "undated-a", "later": "undated-b"} | {
        "untold": "undated",
        "other": "undated",
    }
    for key, year in found.items():
        entries[key].fields["year"] = year
    assert lettered_years(entries) == {}  # a second time changes nothing


def test_more_works_than_letters():
    many = "".join(
        f"@misc{{k{n:02}, author = {{{{C}}}}, title = {{{{T{n:02}}}}}, year = {{1999}}}}" for n in range(28)
    )
    found = lettered_years(parse_string(many, "bibtex").entries)
    assert (found["k25"], found["k26"], found["k27"]) == ("1999z", "1999aa", "1999bb")


def test_the_style_shows_keys():
    entries = parse_string(BIB, "bibtex").entries
    assert {e.label for e in _KeyStyle().format_entries(entries.values())} == set(entries)


CITING = [
    table
    for table in SCHEMAS.values()
    if any((c.metadata or {}).get("cites") for c in table.schema.columns.values())
]


def test_the_tables_that_cite_are_those_with_a_reference():
    assert {table.name for table in CITING} == {
        *(
            "context",
            "instruments",
            "links",
            "participation",
            "printed_numbers",
            "provisions",
            "publishers",
            "terms",
        )
    }


@pytest.mark.parametrize("table", CITING, ids=lambda table: table.name)
@pytest.mark.parametrize(
    "cell", ["nobody2020", "riversbook;nobody2020", "nobody2020;riversbook", " riversbook;nobody2020"]
)
def test_a_key_that_the_bibliography_lacks_is_told_with_its_line(corpus, table, cell):
    frame = read_table(corpus / table.path)
    last = frame.index[-1]
    write_table(
        frame.assign(reference=frame["reference"].where(frame.index != last, cell)), corpus / table.path
    )
    *rest, problem = unknown_keys(table, corpus, {"riversbook"})
    line = frame[LINE].iloc[-1]
    assert (problem.file, problem.line, problem.column, problem.found) == (
        table.path,
        line,
        "reference",
        "'nobody2020'",
    )
    assert len(rest) == cell.startswith(" ")  # a key with a blank before it is none
    assert unknown_keys(table, corpus, {"riversbook", " riversbook", "nobody2020"}) == []


def test_a_book_tells_the_keys_that_lead_nowhere(built, tmp_path):
    conf = 'bibtex_bibfiles = ["references.bib"]\n' + CONF.replace(
        '"myst_nb", ', '"myst_nb", "sphinxcontrib.bibtex", '
    )
    bib = "@misc{riversbook, title = {Rivers}, year = {1999}}\n"
    for entries, missing in ((bib, 0), (bib.replace("riversbook", "other"), 8)):
        (tmp_path / "references.bib").write_text(entries, encoding="utf-8")
        write_book(tmp_path, {"index": "# Start\n\n```{bibliography}\n:all:\n```\n", **sources()}, conf)
        told = [line for line in Build(tmp_path).warnings if "a key of the bibliography" in line]
        assert len(told) == missing
