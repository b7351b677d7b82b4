"""Letters for works that author and year do not tell apart, and keys as labels."""

from pybtex.database import parse_string

from sourcebook.book.citations import _KeyStyle, lettered_years

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
