"""The data dictionary and the Data Package."""

import json

import frictionless
import pytest
from bridge import SCHEMAS, change, write_pass, write_rows

from sourcebook.coding import passes
from sourcebook.core.csvfiles import read_table
from sourcebook.core.errors import DataError
from sourcebook.core.schemas import DERIVED, PASS
from sourcebook.pipeline import build, datapackage, store


@pytest.fixture
def package(built):
    write_pass(built, "Second_one", [("second", "mill|flooded", "value", "2021-03-04")])
    for table in SCHEMAS.values():
        if not (built / table.path).exists():
            write_rows(built, table.path, [])
    store.write(build.build(built))
    datapackage.write(built)
    return built


# frictionless leaves files open until they are collected
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_package_and_the_data_are_valid(package):
    descriptor = package / "datapackage.json"
    assert frictionless.Package.validate_descriptor(str(descriptor)).valid
    report = frictionless.validate(str(descriptor))
    assert report.flatten(["name", "type", "message"]) == []
    assert len(report.tasks) == len(SCHEMAS) + 1 + len(DERIVED)


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("path", "column", "value", "kind"),
    [
        ("coded/demands.csv", "summary", "", "constraint-error"),
        ("coded/demands.csv", "start", "two", "type-error"),
        ("coded/demands.csv", "modality", "sings", "constraint-error"),
        ("coded/demands.csv", "source_id", "nobody", "foreign-key"),
    ],
)
def test_the_package_rejects_what_the_schema_rejects(package, path, column, value, kind):
    change(package, path, column, value, demand_id="mill.d001")
    package_file = package / "datapackage.json"
    whole = json.loads(package_file.read_text(encoding="utf-8"))
    whole["resources"] = [r for r in whole["resources"] if r["name"] in {"sources", "demands"}]
    package_file.write_text(json.dumps(whole), encoding="utf-8")
    report = frictionless.validate(str(package_file))
    assert kind in {row[0] for row in report.flatten(["type"])}


def test_the_package_describes_every_table_and_column(package):
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    described = {r["path"]: [f["name"] for f in r["schema"]["fields"]] for r in descriptor["resources"]}
    files = {p.relative_to(package).as_posix() for p in package.rglob("*.csv")}
    assert set(described) == files
    for path, columns in described.items():
        assert columns == [c for c in read_table(package / path).columns if c != "line"], path
    derived = next(r for r in descriptor["resources"] if r["name"] == "derived-agreement")
    kinds = {f["name"]: f["type"] for f in derived["schema"]["fields"]}
    assert kinds["proposition_id"] == "string"
    assert kinds["sources"] == "integer"
    assert derived["description"] == DERIVED["agreement"].description
    assert all(field["description"] for field in derived["schema"]["fields"])
    assert derived["dialect"]["delimiter"] == ","


def test_the_rights_are_those_that_the_folder_states(package):
    assert "licenses" not in datapackage.data_package(package)
    (package / "LICENSE").write_text("All rights with the river council.\n")
    assert [x["path"] for x in datapackage.data_package(package)["licenses"]] == ["LICENSE"]


def test_the_dictionary_names_every_column(package):
    text = (package / "README.md").read_text(encoding="utf-8")
    for table in [*SCHEMAS.values(), PASS]:
        section = text.partition(f"## {table.title}\n")[2].partition("\n## ")[0]
        assert f"`{table.path}`" in section
        for name, column in table.schema.columns.items():
            meaning = column.description.replace("|", r"\|")
            assert f"| `{name}` | {meaning} |" in section, (table.name, name)
    for path in (package / "derived").glob("*.csv"):
        assert f"`derived/{path.name}`" in text
        assert all(f"`{c}`" in text for c in read_table(path).columns if c != "line")


def test_every_row_of_a_table_has_as_many_cells_as_its_head(package):
    """A bar in a description would open a cell of its own."""
    width = 0
    for line in datapackage.markdown(package).splitlines():
        cells = line.replace(r"\|", "").count("|")
        if not line.startswith("|"):
            width = 0
        elif not width:
            width = cells
        assert cells == width, line


@pytest.mark.parametrize("table", [*SCHEMAS.values(), PASS], ids=lambda table: table.name)
def test_every_column_has_a_description(table):
    assert table.title
    assert table.description.endswith(".")
    assert set(table.key) <= set(table.schema.columns)
    for name, column in table.schema.columns.items():
        assert column.description, name
        assert column.description.rstrip()[-1] in ".…", (name, column.description)


def test_every_link_leads_to_a_column():
    for table in SCHEMAS.values():
        for name, column in table.schema.columns.items():
            link = (column.metadata or {}).get("link")
            if link:
                other, key = link.split(".")
                assert other == "sentences" or key in SCHEMAS[other].schema.columns, (table.name, name)


def test_a_pass_has_the_columns_of_its_schema():
    assert tuple(PASS.schema.columns) == passes.PASS_COLUMNS


def test_a_readers_own_file_is_not_overwritten(built):
    (built / "README.md").write_text("My notes.\n")
    with pytest.raises(DataError, match=r"README\.md: .*found a file that was not generated"):
        datapackage.write(built)
    assert (built / "README.md").read_text() == "My notes.\n"


def test_the_same_folder_gives_the_same_bytes(package):
    before = [path.read_bytes() for path in datapackage.write(package)]
    assert [path.read_bytes() for path in datapackage.write(package)] == before
    assert not list(package.glob(".*.part"))
