"""What is written of a data folder itself, read by the reader or the validator of each format."""

import json
import os
import warnings
from pathlib import Path

import pandas as pd
import pytest

from sourcebook.core.errors import SourcebookError
from sourcebook.exchange import bibtex, csl_json, csvw, parquet, prov_json, references, timeline_js
from sourcebook.pipeline.folders import default_folder
from sourcebook.pipeline.store import load

ROOT = Path(__file__).resolve().parents[2]
#: The schema of the Citation Style Language, if somebody put it there.
CSL_SCHEMA = Path(os.environ.get("CSL_SCHEMA") or ROOT / "_build" / "tools" / "csl-data.json")


@pytest.fixture(scope="module")
def data():
    return load(default_folder())


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"genre": "news report"}, ("article-newspaper", (), (), False)),
        ({"genre": "Interview"}, ("interview", (), (), False)),
        ({"page": "https://x.org"}, ("webpage", (), (), False)),
        ({}, ("document", (), (), False)),
        ({"date_published": "1988-11-22?"}, ("document", (), (1988, 11, 22), True)),
        ({"date_published": "1988"}, ("document", (), (1988,), False)),
        ({"date_published": "1988/1989"}, ("document", (), (), False)),
        ({"author": "Haug, Ann; The Times"}, ("document", (("Haug", "Ann"), ("The Times", "")), (), False)),
    ],
)
def test_a_source_as_a_reference(row, expected):
    made = references.reference_of({"source_id": "a", **row})
    names = tuple((name.family, name.given) for name in made.authors)
    assert (made.type, names, made.parts, made.uncertain) == expected


def test_csl_json(tmp_path, data):
    told = csl_json.write(data.folder, tmp_path / "a.json")
    items = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert [each["id"] for each in items] == data.sources
    by_id = {each["id"]: each for each in items}
    assert by_id["akram-2024-10"]["issued"] == {"date-parts": [[2024, 10, 23]]}
    assert by_id["akram-2024-10"]["author"] == [{"family": "Akram", "given": "Khalid Taimur"}]
    assert "issued" not in by_id["turan-2024-12"]
    assert told == ["sources without a date: turan-2024-12"]
    source = pytest.importorskip("citeproc.source.json")
    assert set(source.CiteProcJSON(items)) == set(data.sources)


def test_the_schema_of_csl_takes_it(tmp_path, data):
    if not CSL_SCHEMA.is_file():
        pytest.skip(f"no {CSL_SCHEMA}: the schema csl-data.json of CSL (or name it in CSL_SCHEMA)")
    import jsonschema

    csl_json.write(data.folder, tmp_path / "a.json")
    jsonschema.validate(json.loads((tmp_path / "a.json").read_text()), json.loads(CSL_SCHEMA.read_text()))


def test_bibtex(tmp_path, data):
    from pybtex.database import parse_file

    bibtex.write(data.folder, tmp_path / "a.bib")
    entries = parse_file(tmp_path / "a.bib").entries
    assert list(entries) == data.sources
    first = entries["akram-2024-10"]
    assert str(first.persons["author"][0]) == "Akram, Khalid Taimur"
    assert (first.fields["year"], first.fields["month"], first.fields["day"]) == ("2024", "10", "23")
    assert first.fields["title"] == "{Justice for Western Azerbaijan Community}"


def test_what_latex_would_read_otherwise_is_escaped(tmp_path):
    from pybtex.database import parse_string

    nasty = references.Reference(
        key="a",
        type="document",
        title="100 % of {A} & B_C #1 $5 ~x ^y \\z",
        authors=(references.Name("Müller & Söhne"), references.Name("O'Brien", "Zoë")),
        address="https://x.org/a_b?c={d}&e",
    )
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in bibtex._fields(nasty) if value)
    entry = parse_string(f"@misc{{a,\n{fields}}}", "bibtex").entries["a"]
    assert entry.fields["title"] == (
        r"{100 \% of \{A\} \& B\_C \#1 \$5 {\textasciitilde}x {\textasciicircum}y {\textbackslash}z}"
    )
    assert [str(person) for person in entry.persons["author"]] == [r"{Müller \& Söhne}", "O'Brien, Zoë"]
    assert entry.fields["url"] == "https://x.org/a_b?c=%7Bd%7D&e"


def test_parquet_has_every_table_with_its_types(tmp_path, data):
    reader = pytest.importorskip("pyarrow.parquet")
    assert parquet.write(data.folder, tmp_path / "out") == []
    package = json.loads((data.folder / "datapackage.json").read_text(encoding="utf-8"))
    files = {each.relative_to(tmp_path / "out").as_posix() for each in (tmp_path / "out").rglob("*.*")}
    assert files == {each["path"].replace(".csv", ".parquet") for each in package["resources"]}
    claims = reader.read_table(tmp_path / "out" / "coded" / "claims.parquet")
    assert str(claims.schema.field("start").type) == "int64"
    assert claims.schema.field("exact").metadata[b"description"]
    frame = claims.to_pandas()
    expected = data.tables["claims"]
    assert frame["exact"].tolist() == expected["exact"].tolist()
    assert frame["start"].tolist() == expected["start"].astype(int).tolist()


def test_parquet_without_pyarrow_says_what_to_install(tmp_path, data, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(SourcebookError, match=r"sourcebook\[parquet\]"):
        parquet.write(data.folder, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_csvw_is_valid(tmp_path, data):
    metadata = pytest.importorskip("csvw.metadata")
    assert csvw.write(data.folder, tmp_path / "out") == []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        assert metadata.CSVW(str(tmp_path / "out" / csvw.METADATA), validate=True).is_valid
        group = metadata.TableGroup.from_file(tmp_path / "out" / csvw.METADATA)
        table = group.tabledict["coded/claims.csv"]
        rows = list(table.iterdicts())
    assert len(rows) == len(data.tables["claims"])
    assert rows[0]["start"] == int(data.tables["claims"]["start"].iloc[0])
    assert group.check_referential_integrity()


def test_csvw_has_the_tables_byte_for_byte(tmp_path, data):
    csvw.write(data.folder, tmp_path / "out")
    described = json.loads((tmp_path / "out" / csvw.METADATA).read_text(encoding="utf-8"))
    for table in described["tables"]:
        assert (tmp_path / "out" / table["url"]).read_bytes() == (data.folder / table["url"]).read_bytes()
        for key in table["tableSchema"].get("foreignKeys", []):
            assert (tmp_path / "out" / key["reference"]["resource"]).is_file()


def test_prov_reads_where_tables_come_from(tmp_path, data):
    model = pytest.importorskip("prov.model")
    prov_json.write(data.folder, tmp_path / "a.json")
    document = model.ProvDocument.deserialize(tmp_path / "a.json")
    used = {str(each.args[1]) for each in document.get_records(model.ProvUsage)}
    assert used == {f"data:{file}" for file in data["inputs"]["file"]}
    made = {str(each.args[0]) for each in document.get_records(model.ProvGeneration)}
    assert made == {f"data:derived/{each.name}" for each in (data.folder / "derived").glob("*.csv")}
    texts = {str(each.args[0]) for each in document.get_records(model.ProvDerivation)}
    assert texts == {f"data:raw/{file}" for file in data.tables["sources"]["file"]}
    known = {str(each.identifier) for each in document.get_records(model.ProvElement)}
    for relation in document.get_records(model.ProvRelation):
        assert {str(end) for end in relation.args[:2]} <= known


def test_a_timeline_has_every_claim_with_a_day(tmp_path, data):
    told = timeline_js.write(data.folder, tmp_path / "a.json")
    made = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    table = data["timeline"]
    dated = table[table["start_earliest"].astype("string").fillna("") != ""]
    assert [each["unique_id"] for each in made["events"]] == dated["claim_id"].tolist()
    for event, (_, row) in zip(made["events"], dated.iterrows(), strict=True):
        assert event["start_date"] == _numbers(row["start_earliest"])
        assert {"headline", "text"} == set(event["text"])
        assert event["text"]["headline"] and "<" not in event["text"]["text"]
        if "end_date" in event:
            assert event["end_date"] == _numbers(row["end_latest"])
    assert sum(len(sentence.split(", ")) for sentence in told) == len(table) - len(dated)


def _numbers(day):
    stamp = pd.Timestamp(day)
    return {"year": stamp.year, "month": stamp.month, "day": stamp.day}


def test_years_before_the_first_are_negative():
    assert timeline_js._date("-0043-03-15") == {"year": -43, "month": 3, "day": 15}
