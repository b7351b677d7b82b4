"""The Sphinx extension, on small books about the flooded bridge."""

import os
import re
import subprocess
import sys

import pytest
from bridge import change
from small_books import CONF, HEAD, VALUES, Book, Build, sources, write_book
from sphinx.errors import ExtensionError

from sourcebook.book import numbers, roles
from sourcebook.core.csvfiles import read_table, write_table
from sourcebook.pipeline import build, store
from sourcebook.render.addresses import value_id

PAGE = """\
# The flood

There are {value}`count.claims` claims; one says {value}`claim.council.c004`, or {passage}`mill.c002`,
as {passage}`the gazette has it <gazette.c001>`. {passage}`mill.s003`
"""

# myst-nb, sphinx and their dependencies warn of what later versions of each other will do
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::PendingDeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def text_of(element):
    return " ".join(element.text_content().split())


@pytest.fixture
def root(built):
    return built.parent


def test_roles_print_the_dataset_and_lead_to_the_passages(root):
    write_book(root, {"index": "# Start\n", "book/flood": PAGE, **sources(), **VALUES})
    built = Build(root)
    assert built.warnings == []
    page = built.page("book/flood")
    links = {a.text_content(): a.get("href") for a in page.xpath('//a[contains(@class, "sb-")]')}
    assert links == {
        "9": "values.html#value-count.claims",
        "over 200": "sources/council.html#council.c004",
        "“About 150 residents”": "sources/mill.html#mill.c002",
        "the gazette has it": "sources/gazette.html#gazette.c001",
        "“The council must pay for the lamp, the miller said.”": "sources/mill.html#mill.s003",
    }
    for address in links.values():
        name, _, fragment = address.partition("#")
        assert len(built.page(f"book/{name.removesuffix('.html')}").xpath(f'//*[@id="{fragment}"]')) == 1


def test_the_page_of_values_lists_what_is_printed_with_rows_and_pages(root):
    write_book(
        root, {"index": "# Start\n\n{value}`count.claims`\n", "book/flood": PAGE, **sources(), **VALUES}
    )
    page = Build(root).page("book/values")
    terms = [" ".join(t.text_content().split()) for t in page.xpath('//dl[contains(@class, "sb-values")]/dt')]
    assert terms == ["claim.council.c004 = over 200", "count.claims = 9"]
    claims = page.xpath('//dl[contains(@class, "sb-values")]/dd')[1]
    assert [a.text_content() for a in claims.xpath('.//a[contains(@class, "sb-row")]')] == [
        *(f"c00{n}" for n in range(1, 6)),
        *("c001", "c002") * 2,
    ]
    assert "Rows: council: c001, c002, c003, c004, c005; mill: c001, c002; gazette: c001, c002" in text_of(
        claims
    )
    assert claims.xpath(".//p[1]//a/@href") == [
        "flood.html#use-count.claims",
        "../index.html#use-count.claims",
    ]
    assert "Rows of claims. Printed in: The flood, Start." in text_of(claims)


EXECUTED = CONF.replace('"off"', '"cache"')
CELL = """

```{code-cell}
from sourcebook.analysis.numbers import number
number("rise.days", 17, "days between two reports", ["council.c004", "mill.c002"])
```
"""


def test_an_author_adds_numbers_of_the_books_own(root):
    """By an expression, and by a cell: before the cell, in a heading, and on a page that is read earlier."""
    pages = {
        "index": "# Start\n\nIt took {value}`Words rise.days` days.\n",
        "book/flood": f"{HEAD}# {{value}}`rise.days` days\n\nIn {{value}}`words rise.days` days.{CELL}\n"
        "Of all, {value}`words count.claims - count.claims.mill` are not of the mill.\n",
        **sources(),
        **VALUES,
    }
    write_book(root, pages, EXECUTED)
    for _ in range(2):  # the second build reads only what is deferred
        built = Build(root)
        assert built.warnings == []
        assert built.app.env.titles["book/flood"].astext() == "17 days"
        assert "It took Seventeen days." in text_of(built.page("index"))
        flood = text_of(built.page("book/flood"))
        assert "In seventeen days." in flood
        assert "Of all, seven are not of the mill." in flood
        listed = text_of(built.page("book/values"))
        assert "rise.days = 17Days between two reports. Printed in: 17 days, Start." in listed
        assert "Rows: council: c004; mill: c002" in listed
        assert (
            "count.claims - count.claims.mill = 7“Rows of claims” - “rows of claims from mill”. Printed"
            in listed
        )
    (link,) = built.page("index").xpath('//a[contains(@class, "sb-value")]/@href')
    (target,) = built.page("book/values").xpath(f'//*[@id="{link.partition("#")[2]}"]')
    assert "rise.days" in text_of(target)
    assert built.page("claims/council.c004").xpath('//a[contains(@href, "use-rise.days")]')
    links = built.page("book/values").xpath('//a[contains(@href, "value")][contains(@href, ".csv")]/@href')
    assert links == ["../_downloads/numbers/values.csv", "../_downloads/numbers/value_evidence.csv"]
    files = built.out / numbers.FOLDER
    values = read_table(files / "values.csv")
    assert list(values["name"]) == ["count.claims - count.claims.mill", "rise.days"]
    assert list(values["formatted"]) == ["7", "17"]
    evidence = read_table(files / "value_evidence.csv")
    assert list(evidence.loc[evidence["name"] == "rise.days", "row_id"]) == ["council.c004", "mill.c002"]
    assert len(evidence) == 2 + 9


def test_a_number_loses_its_rows_with_the_data_and_its_name_with_the_cell(root):
    page = f"{HEAD}# Flood\n{CELL}"
    write_book(
        root,
        {"index": "# Start\n\n{value}`rise.days`\n", "book/flood": page, **sources(), **VALUES},
        EXECUTED,
    )
    assert Build(root).warnings == []
    claims = root / "data/coded/claims.csv"
    kept = read_table(claims)
    write_table(kept[kept["claim_id"] != "council.c004"], claims)
    store.write(build.build(root / "data"))
    for table in (root / "data/derived").iterdir():
        os.utime(table, (2e9, 2e9))
    (warning,) = Build(root).warnings
    assert "number 'rise.days': no coded row or sentence 'council.c004'" in warning
    (root / "book/flood.md").write_text("# Flood\n", encoding="utf-8")
    os.utime(root / "book/flood.md", (2.1e9, 2.1e9))
    (warning,) = Build(root).warnings
    assert "index.md:3: WARNING: no value 'rise.days' in the dataset" in warning


def test_what_is_wrong_in_an_authors_number_is_reported_with_its_place(root):
    cell = CELL.replace('"mill.c002"', '"mill.c999"')
    page = f"{HEAD}# Flood\n\n{{value}}`rise.day`, {{value}}`count.claims - rise`, {{value}}`year rise.days`\n{cell}"
    again = CELL.replace("17", "18").replace("rise.days", "count.claims")
    pages = {
        "index": "# Start\n",
        "book/flood": page,
        "book/other": f"{HEAD}# Other\n{again}",
        **sources(),
        **VALUES,
    }
    write_book(root, pages, EXECUTED)
    told = "\n".join(Build(root).warnings)
    assert re.search(
        r"flood\.md:9: WARNING: no value 'rise\.day' in the dataset .*; near it: .*rise\.days", told
    )
    assert re.search(r"flood\.md:9: WARNING: value 'count\.claims - rise': .*no number 'rise'", told)
    assert re.search(r"flood\.md:9: WARNING: value 'rise\.days': '17' has no form 'year'", told)
    assert "flood.md:14: WARNING: number 'rise.days': no coded row or sentence 'mill.c999'" in told
    assert (
        "two numbers of one name: 'count.claims' is '18' (days between two reports); in the dataset it is '9'"
        in told
    )


def test_one_name_for_two_numbers_of_one_page_fails_with_both_places(root):
    page = f"{HEAD}# Flood\n{CELL}{CELL.replace('17', '18')}"
    write_book(root, {"index": "# Start\n", "book/flood": page, **sources(), **VALUES}, EXECUTED)
    for _ in range(2):
        built = Build(root)
        (warning,) = built.warnings
        assert built.app.statuscode == 1
        assert "flood.md:18: WARNING: two numbers of one name: 'rise.days' is '18'" in warning
        assert "in another cell of this page (lines 12, 18) it is '17' (days between two rep" in warning


def test_many_rows_behind_a_value_are_folded(root, monkeypatch):
    write_book(root, {"index": "# Start\n\n{value}`count.claims`\n", **sources(), **VALUES})
    assert not Build(root).page("book/values").xpath('//dl[contains(@class, "sb-values")]//details')
    monkeypatch.setattr(roles, "_ROWS_SHOWN", 8)
    os.utime(root / "book/values.md", (2e9, 2e9))
    (fold,) = Build(root).page("book/values").xpath('//dl[contains(@class, "sb-values")]//details')
    assert fold.xpath("summary")[0].text_content() == "9 rows"
    assert len(fold.xpath('.//a[contains(@class, "sb-row")]')) == 9


def test_unknown_names_warn_with_the_nearest(root):
    page = "# Start\n\n{value}`count.claim`, {passage}`council.c0044`, {passage}`it <mill.x>`\n"
    write_book(root, {"index": page, **sources(), **VALUES})
    value, row, titled = Build(root).warnings
    assert re.search(
        r"index\.md:3: WARNING: no value 'count\.claim' in the dataset or .*; near it: .*count\.claims",
        value,
    )
    assert re.search(r"no coded row or sentence 'council\.c0044'; near it: .*council\.c004", row)
    assert "no coded row or sentence 'mill.x'" in titled


def test_a_name_with_a_slip_is_not_taken_for_an_expression(root):
    typed = (
        "{value}`count.claims - 1`, {value}`count.claims - 2`, {value}`count.claims-1`, {value}`count.claim`"
    )
    write_book(root, {"index": f"# Start\n\n{typed}\n", **sources(), **VALUES})
    spaces, near = Build(root).warnings
    assert "no value 'count.claims-1'" in spaces
    assert spaces.endswith("; put spaces around an operator: count.claims - 1")
    assert "near it: count.claims" in near
    assert " - " not in near


def test_an_unknown_claim_or_value_fails_a_build_that_is_not_strict(root):
    """On a second build too, which does not read the page again."""
    conf = CONF.replace('"data"', '"../data"').replace('["data"', '["../data"')
    inner = root / "inner"
    inner.mkdir()
    for page in ("{value}`count.claim`", "{passage}`council.c0044`", "{value}`words claim.council.c004`"):
        book = Book(inner, conf, {"index": f"# Start\n\nIt is {page}.\n"}, "md")
        for _ in range(2):
            built = book.build()
            assert built.returncode == 1
            assert built.stderr.startswith(f"{inner}/index.md:3: WARNING: ")
    assert "value 'claim.council.c004': 'over 200' has no form 'words'" in built.stderr


def test_two_pages_that_print_different_values_of_one_name(root):
    """A table that is replaced by one with an older date is not noticed by Sphinx, which compares dates."""
    pages = {name: f"# {name.title()}\n\nThere are {{value}}`count.claims`.\n" for name in ("index", "flood")}
    write_book(root, {**pages, **sources(), **VALUES})
    assert Build(root).warnings == []
    claims = root / "data/coded/claims.csv"
    kept = read_table(claims)
    write_table(kept[kept["claim_id"] != "gazette.c002"], claims)
    store.write(build.build(root / "data"))
    for table in (root / "data/derived").iterdir():
        os.utime(table, (1e9, 1e9))
    os.utime(root / "flood.md", (2e9, 2e9))
    for _ in range(2):
        built = Build(root)
        (warning,) = built.warnings
        assert warning.startswith(
            f"{root}/index.md: WARNING: two values of one name: 'count.claims' is printed as"
        )
        assert "'8' on flood, '9' on index; expected '8'" in warning
        assert built.app.statuscode == 1
    os.utime(root / "index.md", (2e9, 2e9))
    assert Build(root).warnings == []


def test_numbers_that_are_typed_fail_the_build(root):
    words = "{value}`words count.claims` and {passage}`ten <mill.c002>`, {passage}`mill.c002`"
    page = f"# Start\n\nAll three say {words}.\n"
    write_book(root, {"index": page, **sources(), **VALUES})
    built = Build(root)
    assert [re.sub(": expected.*", "", line.partition("WARNING: ")[2]) for line in built.warnings] == [
        "bare number “three”",
        "bare number “ten”",
    ]
    assert "print it by its name ({value}`words " in built.warnings[0]
    assert " or {value}`words count.sources` or " in built.warnings[0]
    assert built.app.statuscode == 1


def test_names_of_sources_and_instruments_may_hold_numbers(root):
    change(
        root / "data", "reference/instruments.csv", "short_name", "1951 Bridge Act", instrument_id="rivers"
    )
    store.write(build.build(root / "data"))
    named = sources()
    named["book/sources/mill"] = named["book/sources/mill"].replace("# Mill", "# The Mill, May 1951")
    page = "# Start\n\nThe Mill, May 1951, and The Mill (May 1951) cite Article 3 of the 1951 Bridge Act of 1952.\n"
    write_book(root, {"index": page, **named, **VALUES})
    assert [line.partition("bare number ")[2][:6] for line in Build(root).warnings] == ["“1952”"]


def test_an_edition_of_an_unknown_source_is_an_error(root):
    write_book(root, {"index": "# Start\n\n```{edition} miller\n```\n", **VALUES})
    (warning,) = [line for line in Build(root).warnings if "ERROR" in line]
    assert "no source 'miller'; there are: council, mill, gazette" in warning


def test_a_link_to_a_page_that_is_not_there_warns(root):
    write_book(root, {"index": "# Start\n\n{passage}`mill.c002` {value}`count.claims`\n"})
    warnings = "\n".join(Build(root).warnings)
    assert "no page 'book/sources/mill' to link 'mill.c002' to" in warnings
    assert "no page 'book/values' to link 'value-count.claims' to" in warnings


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_other_names_of_folders_and_pages(root, builder):
    conf = CONF.replace('"data"', '"../facts"') + (
        'sourcebook_source_page = "texts/of-{source_id}"\nsourcebook_values_page = "numbers"\n'
    )
    (root / "data").rename(root / "facts")
    inner = root / "inner"
    inner.mkdir()
    pages = {"index": "# Start\n", "deep/er/flood": PAGE, "numbers": "# Numbers\n\n```{values}\n```\n"}
    write_book(inner, {**pages, **sources("texts", "of-{}")}, conf)
    built = Build(inner, builder)
    assert built.warnings == []
    suffix = ".html" if builder == "html" else "/"
    page = built.page("deep/er/flood" if builder == "html" else "deep/er/flood/index")
    found = page.xpath('//a[contains(@class, "sb-passage")]/@href')
    start = "../../" if builder == "html" else "../../../"
    assert found[0] == f"{start}texts/of-mill{suffix}#mill.c002"
    council = built.page("texts/of-council" if builder == "html" else "texts/of-council/index")
    hrefs = council.get_element_by_id("note-council.c004").xpath(".//ul//a/@href")
    assert hrefs[0] == f"{'' if builder == 'html' else '../'}of-mill{suffix}#mill.c002"


def test_changed_data_reaches_every_page_of_a_second_build(root):
    """An incremental build may not print yesterday's number on a page whose text has not changed."""
    write_book(root, {"index": "# Start\n", "book/flood": PAGE, **sources(), **VALUES})
    Build(root)
    change(root / "data", "coded/claims.csv", "value", ">300", claim_id="council.c004")
    store.write(build.build(root / "data"))
    os.utime(root / "data/derived/inputs.csv", (2e9, 2e9))
    built = Build(root)
    assert "over 300" in built.page("book/flood").text_content()
    assert "claim.council.c004 = over 300" in " ".join(built.page("book/values").text_content().split())
    assert "over 300" in built.page("book/sources/mill").text_content()


def test_a_value_no_longer_printed_leaves_the_page_of_values(root):
    write_book(root, {"index": "# Start\n", "book/flood": PAGE, **sources(), **VALUES})
    Build(root)
    (root / "book/flood.md").write_text("# The flood\n\n{value}`count.claims`\n", encoding="utf-8")
    os.utime(root / "book/flood.md", (2e9, 2e9))
    terms = Build(root).page("book/values").xpath('//dl[contains(@class, "sb-values")]/dt')
    assert [" ".join(t.text_content().split()) for t in terms] == ["count.claims = 9"]


def test_data_that_are_wrong_stop_the_build(root):
    write_book(root, {"index": "# Start\n"})
    change(root / "data", "coded/claims.csv", "value", "200..100", claim_id="mill.c002")
    with pytest.raises(ExtensionError, match=r"coded/claims\.csv:\d+:value: expected"):
        Build(root)


def test_the_command_line_says_what_is_wrong_without_a_traceback(root):
    write_book(root, {"index": "# Start\n"})
    source = root / "data/raw/mill.txt"
    source.write_bytes(source.read_bytes() + b" ")
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-b", "html", str(root), str(root / "_out")],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONWARNINGS": ""},
    )
    assert done.returncode != 0
    assert "expected raw/mill.txt with SHA-256 " in done.stderr
    assert "Traceback" not in done.stderr


def test_the_facts_of_the_registry(root):
    text = "# Mill\n\n```{registry} mill\n```\n"
    change(root / "data", "raw/sources.csv", "page", "javascript:alert(1)", source_id="mill")
    store.write(build.build(root / "data"))
    write_book(root, {"index": text, **VALUES})
    page = Build(root).page("index")
    assert "Notice of the mill" in page.text_content()
    assert not page.xpath('//a[starts-with(@href, "javascript")]')


def test_ids_of_values_keep_names_apart():
    assert value_id("term.right-of-return.total") != value_id("term.right.of.return.total")
    assert value_id("alpha.demand, which") == "value-alpha.demand-which"


def test_the_text_of_roles_for_notebooks(root):
    write_book(root, {"index": "# Start\n", **VALUES})
    app = Build(root).app
    assert roles._role_text(app, "index", "value", "claim.council.c004") == "over 200"
    assert roles._role_text(app, "index", "value", "no-such") is None
    assert roles._role_text(app, "index", "passage", "mill.c002") == "“About 150 residents”"
    assert roles._role_text(app, "index", "passage", "so <mill.c002>") == "so"
    assert roles._role_text(app, "index", "ref", "x") is None


def test_the_book_is_one_extension_with_those_that_other_books_use(root):
    write_book(root, {"index": "# Start\n"})
    ours = {name for name in Build(root, "dummy").app.extensions if name.startswith("sourcebook")}
    alone = {f"sourcebook.book.{name}" for name in ("build_errors", "number_lint", "theme")}
    assert ours == {"sourcebook.book", *alone}
