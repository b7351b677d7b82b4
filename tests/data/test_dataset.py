"""The dataset of the repository: sound, complete, and fresh."""

from pathlib import Path

import pytest
from bridge import SCHEMAS

from sourcebook.core.csvfiles import read_table
from sourcebook.core.schemas import PASS
from sourcebook.pipeline import build, datapackage, store

pytestmark = pytest.mark.slow

DATA = Path(__file__).resolve().parents[2] / "data"
ANCHORED = sorted(name for name, table in SCHEMAS.items() if table.anchored)


@pytest.fixture(scope="module")
def data():
    """Read, check and derive; reading fails if anything is wrong in any table."""
    return build.build(DATA)


@pytest.fixture(scope="module")
def rebuilt(data, tmp_path_factory):
    """Write what the inputs give now, somewhere else."""
    import dataclasses
    import shutil

    folder = tmp_path_factory.mktemp("dataset") / "data"
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("derived", "README.md", "datapackage.json"))
    store.write(dataclasses.replace(data, folder=folder))
    datapackage.write(folder)
    return folder


def test_derived_tables_are_those_that_the_inputs_give(rebuilt):
    made = {path.name: path.read_bytes() for path in (rebuilt / "derived").iterdir()}
    kept = {path.name: path.read_bytes() for path in (DATA / "derived").iterdir()}
    assert set(made) == set(kept)
    assert [name for name in made if made[name] != kept[name]] == [], "run `make data`"


@pytest.mark.parametrize("name", ["README.md", "datapackage.json"])
def test_dictionary_and_package_are_fresh(rebuilt, name):
    assert (DATA / name).read_bytes() == (rebuilt / name).read_bytes(), "run `make data`"


def test_no_input_has_changed_since():
    assert store.stale(DATA) == []


@pytest.mark.parametrize("name", ANCHORED)
def test_every_quote_is_the_raw_file_between_its_offsets(data, name):
    frame = data.tables[name]
    assert len(frame)
    raw = {
        source: (DATA / "raw" / d.path.name).read_bytes().decode("utf-8")
        for source, d in data.documents.items()
    }
    for row in frame.to_dict("records"):
        text, start, end = raw[row["source_id"]], int(row["start"]), int(row["end"])
        assert text[start:end] == row["exact"], (name, row["line"])
        assert text[max(0, start - 32) : start] == row["prefix"], (name, row["line"])
        assert text[end : end + 32] == row["suffix"], (name, row["line"])


def test_every_sentence_is_accounted_for(data):
    cover = data["coverage"]
    assert set(cover["status"]) <= {"coded", "uncoded"}
    assert (cover["reason"] != "").equals(cover["status"] == "uncoded")


def test_every_source_has_claims(data):
    assert set(data["claims"]["source_id"]) == set(data.sources)


def test_search_phrases_find_the_sources_that_answer(data):
    """The lists were written without the answers, so they are measured by them and not fitted to them."""
    searched = dict(
        zip(data.tables["propositions"]["proposition_id"], data.tables["propositions"]["search"], strict=True)
    )
    texts = {source: document.normal.text.casefold() for source, document in data.documents.items()}
    answers = data.tables["claims"][["proposition_id", "source_id"]].drop_duplicates()
    missed = [
        (proposition, source)
        for proposition, source in answers.itertuples(index=False)
        if not any(phrase.strip().casefold() in texts[source] for phrase in searched[proposition].split(";"))
    ]
    assert len(missed) <= 0.02 * len(answers), missed


def test_ids_are_unique_over_all_tables(data):
    ids = [
        row_id for name in ANCHORED if name != "uncoded" for row_id in data.tables[name][SCHEMAS[name].key[0]]
    ]
    assert len(ids) == len(set(ids))


def test_every_term_of_the_codebook_is_used_or_includes_one_that_is(data):
    used = {
        (column.metadata["term"], value)
        for name, table in SCHEMAS.items()
        for key, column in table.schema.columns.items()
        if "term" in (column.metadata or {})
        for value in data.tables[name][str(key)]
    }
    kinds = dict(
        zip(data.tables["propositions"]["proposition_id"], data.tables["propositions"]["kind"], strict=True)
    )
    claims = data.tables["claims"]
    used |= {
        ("category", value)
        for proposition, value in zip(claims["proposition_id"], claims["value"], strict=True)
        if kinds[proposition] == "category"
    }
    for coded in data.passes:
        cells = coded[coded["variable"] == "value"]
        used |= {
            ("category", value)
            for unit, cell in zip(cells["unit"], cells["value"], strict=True)
            if kinds[unit.split("|")[1]] == "category"
            for value in cell.split(";")
        }
    book = data.tables["codebook"]
    terms = set(zip(book["vocabulary"], book["term"], strict=True))
    above = {
        (v, t): (v, b) for v, t, b in zip(book["vocabulary"], book["term"], book["broader"], strict=True) if b
    }
    needed = set(used)
    for term in used:
        larger = above.get(term)
        while larger:
            needed.add(larger)
            larger = above.get(larger)
    assert terms - needed - {t for t in terms if t[0] == "genre"} == set()


def test_passes_have_the_shape_of_their_schema():
    for path in sorted(DATA.glob(PASS.path)):
        frame = read_table(path)
        assert list(frame.columns) == [*PASS.schema.columns, "line"], path.name
        assert frame["coder"].nunique() == 1, path.name
        assert not frame.duplicated(["coder", "unit", "variable"]).any(), path.name
