"""Tables that a data folder declares: prices of grain, which the library knows nothing of, through every step."""

import ast
import json
from pathlib import Path

import pandas as pd
import prices
import pytest
from bridge import make_corpus
from editions import edition_page

import sourcebook
from sourcebook.coding import passes
from sourcebook.core.errors import DataError
from sourcebook.core.schemas import DECLARATIONS, TABLES, read_schemas
from sourcebook.core.schemas.declared import FAMILIES
from sourcebook.core.vocabularies import MODALITIES
from sourcebook.pipeline import build, datapackage, store
from sourcebook.pipeline.dataset import read
from sourcebook.pipeline.folders import default_folder


def corpus(folder):
    return make_corpus(folder, texts=prices.TEXTS, rows=prices.ROWS, declaration=prices.DECLARATION)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return build.build(corpus(tmp_path_factory.mktemp("prices") / "data"))


def test_its_rows_are_coded_tables_and_facts(data):
    assert list(data.coded)[-6:] == ["prices", "uncoded", "links", "scopes", "unfinished", "decisions"]
    assert "markets" in data.reference
    assert "frames" not in data
    assert "Each price that a letter reports." in data._repr_html_()


def test_its_rows_count_as_codings_of_their_sentences(data):
    cover = data["coverage"].set_index("sentence_id")["codings"]
    assert cover[["anne.s002", "jane.s002"]].tolist() == [2, 1]
    counts = data["coverage_counts"].query("table == 'prices'")
    assert counts["sentence_id"].tolist() == ["anne.s002", "jane.s002"]


def test_its_rows_are_counted_and_a_label_without_rows_is_zero(data):
    names = ("count.prices", "grain.rye.total", "grain.oats.total", "grain.distinct", "paid.yes.anne")
    assert [data.numbers[name].value for name in names] == [2, 1, 0, 2, 1]
    assert data.numbers["grain.rye.total"].evidence == ("anne.p001",)


def test_a_pass_compares_its_labels(data, tmp_path):
    first = passes.first_pass(data.tables, data["sentences"], data.schemas)
    assert set(first.loc[first["unit"] == "anne.s002", "variable"]) == {"instrument", "price"}
    assert first.set_index(["unit", "variable"]).loc[("anne.s002", "price"), "value"] == "rye"
    path = tmp_path / "second.csv"
    first.assign(coder="second").replace({"value": {"rye": "millet"}}).to_csv(path, index=False)
    with pytest.raises(DataError, match=r"labels of “price” in the codebook, unlike 'millet'"):
        passes.read_pass(path, data.tables, data["sentences"], data.schemas)
    measured = data["reliability"]
    assert {"price", "price, which"} <= set(measured["variable"])


def test_its_rows_are_marked_on_the_page_of_their_source(data):
    page = edition_page(data, "anne")
    assert page.xpath("//fieldset//mark[@data-category='mark-5']/text()") == ["prices of grain"]
    assert page.xpath("//mark[@data-category='mark-5']/@id") == ["anne.p001"]
    assert (
        "rye at Norton Market: 14.5 for a bushel" in page.get_element_by_id("note-anne.p001").text_content()
    )
    other = edition_page(data, "jane").get_element_by_id("note-jane.p001").text_content()
    assert "barley at Selby Fair: 12" in other
    assert " for " not in other


def test_the_dictionary_and_the_package_describe_it(data):
    text = datapackage.markdown(data.folder)
    assert "`coded/prices.csv`: Each price that a letter reports. Key: `price_id`." in text
    assert "| `grain` | What is sold. |" in text
    assert "Framing" not in text
    package = datapackage.data_package(data.folder)
    (table,) = [r for r in package["resources"] if r["name"] == "prices"]
    fields = {field["name"]: field for field in table["schema"]["fields"]}
    assert (fields["amount"]["type"], fields["amount"]["sourcebook:unit"]) == ("number", "pence")
    assert (fields["paid"]["type"], fields["paid"]["trueValues"]) == ("boolean", ["yes"])
    assert {"fields": "market_id", "reference": {"resource": "markets", "fields": "market_id"}} in table[
        "schema"
    ]["foreignKeys"]
    json.dumps(package)


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        ("amount", "14,5", "a number, with a full stop before decimals"),
        ("paid", "perhaps", "one of: yes, no"),
        ("amount", "٣", "a number, with a full stop before decimals"),
        ("amount", "14.5\n", "a number, with a full stop before decimals"),
        ("grain", "millet", "a term of “grain” in coded/codebook.csv"),
        ("market_id", "york", "a value of market_id in reference/markets.csv"),
        ("exact", "14.6 pence the bushel", "14.5 pence the bushel"),
    ],
)
def test_its_cells_are_checked(tmp_path, column, cell, expected):
    folder = corpus(tmp_path / "data")
    path = folder / "coded/prices.csv"
    old = {**prices.ROWS["coded/prices.csv"][0]}[column]
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f",{old},", f',"{cell}",', 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read(folder)
    assert [(p.file, p.line, p.column) for p in caught.value.problems] == [("coded/prices.csv", 2, column)]
    assert expected in caught.value.problems[0].expected


@pytest.mark.parametrize(("cell", "is_right"), [("rye", True), ("rye;wheat", True), ("rye; wheat", False)])
def test_a_cell_may_join_several_terms_of_a_column(tmp_path, cell, is_right):
    (tmp_path / "coded").mkdir()
    declaration = prices.DECLARATION.replace(
        'type = "number"', 'one_of = ["rye", "wheat"], separator = ";"'
    ).replace(', unit = "pence"', "")
    (tmp_path / DECLARATIONS).write_text(declaration, encoding="utf-8")
    column = read_schemas(tmp_path)["prices"].schema.columns["amount"]
    (check,) = column.checks
    assert bool(check(pd.Series([cell])).check_passed) is is_right
    assert check.error == "one of: rye, wheat; or several, joined by ; without blanks"


def test_a_changed_declaration_makes_the_derived_tables_stale(tmp_path):
    folder = corpus(tmp_path / "data")
    store.write(build.build(folder))
    assert store.stale(folder) == []
    path = folder / DECLARATIONS
    path.write_text(path.read_text(encoding="utf-8").replace("coverage = true\n", ""), encoding="utf-8")
    assert store.stale(folder) == [DECLARATIONS]


def test_a_folder_without_a_declaration_has_the_tables_of_every_folder(tmp_path):
    assert read_schemas(tmp_path) is TABLES


def refused(folder, old, new):
    """Return the problems of the declaration of prices with one thing changed."""
    (folder / "coded").mkdir(exist_ok=True)
    assert old in prices.DECLARATION
    (folder / DECLARATIONS).write_text(
        prices.DECLARATION.replace(old, new, -1 if old == "tables.prices" else 1), encoding="utf-8"
    )
    with pytest.raises(DataError) as caught:
        read_schemas(folder)
    assert {p.file for p in caught.value.problems} == {DECLARATIONS}
    return caught.value.problems


@pytest.mark.parametrize(
    ("old", "new", "place", "expected"),
    [
        ('title = "Prices"\n', "", "[tables.prices]", "a value for title"),
        ('title = "Prices"', "title = 5", "title = 5", "a valid string"),
        ("coverage = true", 'coverage = "yes"', "coverage =", "a valid boolean"),
        ("coverage = true", "cover = true", "cover =", "a key that this file knows"),
        ('key = "price_id"', 'key = "id"', "key =", "one of its columns"),
        ('key = "price_id"', 'key = ["price_id", "grain"]', "key =", "one column of type id"),
        ('key = "price_id"', "key = []", "key =", "at least 1 item"),
        ("mark = 5", "mark = 9", "mark =", "less than or equal to 6"),
        ("mark = 5", "mark = true", "mark =", "a valid integer"),
        ("{amount}[", "{cost}[", "text =", "one of its columns"),
        ('column = "grain" }', 'column = "corn" }', "pass =", "one of its columns"),
        (', column = "grain"', "", "pass =", "a value for column"),
        ('variable = "price"', 'variable = "voice"', "pass =", "a variable that no other table has"),
        ('variable = "price"', 'variable = "instrument"', "pass =", "a variable that no other table has"),
        ('grain = "grain"', 'voice = "grain"', "numbers =", "a name of numbers that no other table has"),
        ('list = "grain"', 'list = "corn"', "grain = {", "one of: topic, voice"),
        ('list = "grain"', 'list = "grain", link = "markets.name"', "grain = {", "one of them"),
        ('type = "number"', 'type = "float"', "amount =", "'text', 'id', 'integer', 'number'"),
        ('"markets.market_id"', '"shops.market_id"', "market_id =", "“table.column”"),
        ('"markets.market_id"', '"market_id"', "market_id =", "pattern"),
        ('description = "How much.", ', "", "amount =", "a description"),
        ('quote = { type = "quote" }\n', "", "[tables.prices]", "a quote"),
        ("tables.prices", "tables.claims", "[tables.claims]", "a name that no other table has"),
        ("tables.prices", "tables.agreement", "[tables.agreement]", "a name that no other table has"),
        ("tables.prices", 'tables."my prices"', '[tables."my prices"]', "pattern"),
        ('"reference/markets.csv"', '"../markets.csv"', "path =", "pattern"),
        ('"reference/markets.csv"', '"coded/claims.csv"', "path =", "a file that no other table has"),
        (
            'grain = "What is sold."\n',
            'voice = "Who."\ngrain = "What."\n',
            'voice = "',
            "a name that no list",
        ),
        ("measure = {", "line = {", "line =", "another name"),
        (
            'grain = "grain", paid',
            'headline = "grain", paid',
            "numbers =",
            "a name of numbers that no other table has",
        ),
        ('grain = "grain", paid', 'measure = "measure", paid', "numbers =", "one label of list, one_of"),
        ('variable = "price"', 'variable = "answered"', "pass =", "a variable that no other table has"),
        ('column = "grain"', 'column = "measure"', "pass =", "one label of list, one_of"),
        ('list = "grain" }', 'list = "grain", separator = ";" }', "numbers =", "one label of list, one_of"),
        ('list = "grain" }', 'one_of = ["none", "rye"] }', "pass =", "another label"),
        ('list = "grain" }', 'one_of = ["rye", "rye"] }', "grain = {", "each term once"),
        ('list = "grain" }', "one_of = [1, 2] }", "grain = {", "a list of texts"),
        (
            'list = "grain" }',
            'one_of = ["rye, old"], separator = "," }',
            "grain = {",
            "terms without it, or another separator",
        ),
        ('list = "grain" }', 'one_of = ["a;b"] }', "grain = {", "pattern"),
        ('unit = "pence" }', 'one_of = ["many"] }', "amount =", "text, or an id for a link"),
        ('type = "quote"', 'type = "quote", required = false', "quote =", "nothing else"),
        ("speech = {", 'voice = { description = "Who." }\nspeech = {', "voice =", "each column once"),
        ('price_id = { type = "id",', "price_id = {", "key =", "one column of type id"),
        ("[ for {measure}]", "[ for [{measure}]]", "text =", "that are not nested"),
        ("[ for {measure}]", " for {measure", "text =", "that are not nested"),
        ('title = "Prices"', 'title = "Prices\\n# More"', "title =", "pattern"),
        ('title = "Prices"', 'title = "<b>Prices"', "title =", "pattern"),
        ('title = "Prices"', 'title = " "', "title =", "pattern"),
        ("How much.", "How\\nmuch.", "amount =", "one line"),
        (
            "tables.prices",
            "tables.derived_prices",
            "[tables.derived_prices]",
            "a name that no other table has",
        ),
        ('key = "price_id"', 'key = ["price_id", "price_id"]', "key =", "each column once"),
        ('key = "market_id"', 'key = ["market_id", "name"]', "key =", "a label names one row"),
        ('market_id = { type = "id"', "market_id = [", "market_id", "TOML"),
    ],
)
def test_what_is_wrong_in_a_declaration_is_reported_with_its_line(tmp_path, old, new, place, expected):
    found = refused(tmp_path, old, new)
    assert any(expected in problem.expected for problem in found), found
    lines = (tmp_path / DECLARATIONS).read_text(encoding="utf-8").splitlines()
    (problem, *_) = [p for p in found if expected in p.expected]
    assert lines[problem.line - 1].startswith(place), (problem, lines[problem.line - 1])
    assert problem.found


def test_everything_that_is_wrong_is_reported_together(tmp_path):
    found = refused(tmp_path, 'title = "Prices"', "title = 5\nfirst = 1\nsecond = 2")
    assert len(found) == 3
    found = refused(tmp_path, 'list = "grain"', 'list = "corn", link = "shops.name"')
    assert len(found) == 3


def test_a_declaration_that_cannot_be_read_is_not_taken_for_none(tmp_path):
    (tmp_path / "coded").mkdir()
    (tmp_path / DECLARATIONS).symlink_to(tmp_path / "nowhere")
    with pytest.raises(DataError, match="a file that can be read"):
        read_schemas(tmp_path)


def test_values_nested_too_deep_are_refused(tmp_path):
    (tmp_path / "coded").mkdir()
    (tmp_path / DECLARATIONS).write_text("x = " + "[" * 3000 + "]" * 3000, encoding="utf-8")
    with pytest.raises(DataError, match="TOML"):
        read_schemas(tmp_path)


def test_the_names_of_numbers_of_every_corpus_are_reserved(data):
    own = {label for table in data.schemas.declared for label in table.numbers or ()}
    assert {name.split(".")[0] for name in data.numbers} - own <= FAMILIES


def test_a_declaration_that_is_no_utf_8_is_refused(tmp_path):
    (tmp_path / "coded").mkdir()
    (tmp_path / DECLARATIONS).write_bytes(b'[lists]\ngrain = "\xff"\n')
    with pytest.raises(DataError, match="UTF-8"):
        read_schemas(tmp_path)


def test_the_library_names_no_table_and_no_list_of_the_corpus():
    """Neither in code nor in templates nor in style sheets: what the declaration says is nowhere else."""
    schemas = read_schemas(default_folder())
    names = {table.name for table in schemas.declared} - {"terms"} | set(schemas.lists) - set(TABLES.lists)
    names -= {"frame", "action", *MODALITIES}  # words that the library has in another sense
    assert {"heritage", "frames", "term_uses", "addressee"} <= names
    code = Path(sourcebook.__file__).parent
    found = []
    for path in code.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and node.value in names:
                found.append((path.relative_to(code).as_posix(), node.lineno, node.value))
    for path in [*code.rglob("*.j2"), *code.rglob("*.css"), *code.rglob("*.js")]:
        text = path.read_text(encoding="utf-8")
        english = {"reviewed"}  # a table, and what the review says of a coding
        found += [(path.relative_to(code).as_posix(), name) for name in names - english if name in text]
    assert not found


def test_a_line_that_no_declaration_has_is_refused_before_it_is_read(tmp_path):
    (tmp_path / "coded").mkdir()
    (tmp_path / "coded" / "tables.toml").write_text("x = 1\n" + "a." * 50_000 + "b = 1\n", encoding="utf-8")
    with pytest.raises(
        DataError, match=r"toml:2: expected a line of at most 10,000 characters, found one of"
    ):
        read_schemas(tmp_path)
