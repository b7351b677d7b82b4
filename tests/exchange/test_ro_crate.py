"""A book as a Research Object Crate: what is in it, what it says of it, and that the same book gives the same bytes."""

import hashlib
import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pytest

from sourcebook.core.errors import SourcebookError
from sourcebook.exchange.formats import format_named
from sourcebook.exchange.ro_crate import write_crate

ROOT = Path(__file__).resolve().parents[2]
#: The validator of the RO-Crate community, in an environment of its own, if the machine has it.
VALIDATOR = shutil.which(
    "rocrate-validator", path=f"{ROOT / '_build/tools/validators/bin'}:{os.environ['PATH']}"
)


@pytest.fixture(autouse=True)
def _at_a_fixed_time(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")


@pytest.fixture
def book(built, tmp_path):
    """Return the data folder of a book with a chapter, a rendered page, and things that nobody wrote."""
    for name, text in {
        "_config.yml": "title: Bridge\n",
        "book/a chapter – ünder.md": "# One\n",
        "_build/html/index.html": "<h1>One</h1>",
        "_build/html/_static/x.css": "",
        "_build/.doctrees/x": "cache",
        "book/.hidden": "",
        "venv/pyvenv.cfg": "",
        "venv/lib/x.py": "",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return built


def metadata(folder):
    document = json.loads((folder / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    assert document["@context"] == "https://w3id.org/ro/crate/1.1/context"
    entities = {entity["@id"]: entity for entity in document["@graph"]}
    assert len(entities) == len(document["@graph"]), "an id twice"
    return entities


def links(value):
    """Yield the ids that a value refers to."""
    if isinstance(value, dict):
        if set(value) == {"@id"}:
            yield value["@id"]
        else:
            for each in value.values():
                yield from links(each)
    elif isinstance(value, list):
        for each in value:
            yield from links(each)


def kinds(entity):
    return {entity["@type"]} if isinstance(entity["@type"], str) else set(entity["@type"])


def test_the_format_writes_a_data_folder():
    assert format_named("ro-crate").write_data is write_crate


def test_a_crate_holds_the_book_and_nothing_else(book, tmp_path):
    write_crate(book, tmp_path / "out/crate")
    names = {
        p.relative_to(tmp_path / "out/crate").as_posix()
        for p in (tmp_path / "out/crate").rglob("*")
        if p.is_file()
    }
    own = {
        f"data/{p.relative_to(book).as_posix()}" for p in book.rglob("*") if p.is_file() and p.name[0] != "."
    }
    assert names == own | {
        "_config.yml", "book/a chapter – ünder.md", "html/index.html", "html/_static/x.css", "environment.txt",
        "manifest-sha256.txt", "ro-crate-metadata.json",
    }  # fmt: skip
    for name in own:
        assert (tmp_path / "out/crate" / name).read_bytes() == (book.parent / name).read_bytes()


def test_what_the_specification_asks_of_the_metadata(book, tmp_path):
    write_crate(book, tmp_path / "crate")
    entities = metadata(tmp_path / "crate")
    head, root = entities["ro-crate-metadata.json"], entities["./"]
    assert head["@type"] == "CreativeWork" and head["about"] == {"@id": "./"}
    assert head["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    assert root["@type"] == "Dataset" and root["datePublished"] == "2026-01-01"
    assert {"name", "description", "license"} <= set(root)
    for name, entity in entities.items():
        missing = [
            each
            for key, value in entity.items()
            if key != "conformsTo"
            for each in links(value)
            if each not in entities
        ]
        assert not missing, name
        if {"File", "Dataset"} & kinds(entity):
            assert (tmp_path / "crate" / unquote(name)).exists(), name
            assert " " not in name
    reached, waiting = set(), ["./"]
    while waiting:
        reached.add(name := waiting.pop())
        waiting += [each for each in links(entities[name].get("hasPart", [])) if each not in reached]
    data = {name for name, each in entities.items() if {"File", "Dataset"} & kinds(each)}
    assert data == reached, "a file or folder that the root does not lead to"


def test_tables_chapters_and_documents_say_what_they_are(book, tmp_path):
    write_crate(book, tmp_path / "crate")
    entities = metadata(tmp_path / "crate")
    table = json.loads((book / "datapackage.json").read_text(encoding="utf-8"))["resources"][0]
    assert entities[f"data/{table['path']}"]["description"] == table["description"]
    assert entities[f"data/{table['path']}"]["encodingFormat"] == "text/csv"
    assert kinds(entities["book/a%20chapter%20%E2%80%93%20%C3%BCnder.md"]) == {"File", "SoftwareSourceCode"}
    raw = next(
        each for name, each in entities.items() if name.startswith("data/raw/") and name.endswith(".txt")
    )
    assert entities[raw["license"]["@id"]]["description"]
    assert entities["#build"]["result"] == {"@id": "html/"}
    assert entities["#build"]["object"] == {"@id": "data/"}


@pytest.mark.parametrize("name", ["crate.zip", "crate"])
def test_the_hashes_are_those_of_the_files(book, tmp_path, name):
    write_crate(book, tmp_path / name)
    folder = tmp_path / name
    if name.endswith(".zip"):
        folder = tmp_path / "unpacked"
        shutil.unpack_archive(tmp_path / name, folder)
    lines = (folder / "manifest-sha256.txt").read_text(encoding="utf-8").splitlines()
    sums = {line[66:]: line[:64] for line in lines}
    files = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    assert set(sums) == set(files) - {"manifest-sha256.txt"}
    assert all(hashlib.sha256(files[each].read_bytes()).hexdigest() == found for each, found in sums.items())


def test_the_same_book_gives_the_same_bytes_anywhere_and_at_any_time(book, tmp_path):
    write_crate(book, tmp_path / "first.zip")
    other = shutil.copytree(book.parent, tmp_path / "elsewhere", ignore=lambda *_: ["elsewhere"])
    for number, path in enumerate(sorted(other.rglob("*"))):
        os.utime(path, (1_000_000_000 + number, 1_000_000_000 + number))
        path.chmod(0o700)
    write_crate(other / "data", tmp_path / "second.zip")
    assert (tmp_path / "first.zip").read_bytes() == (tmp_path / "second.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "first.zip") as archive:
        assert archive.namelist()[0] == "ro-crate-metadata.json"
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_book_says_who_made_it_and_on_which_terms(book, tmp_path):
    (book / "dataset.toml").write_text(
        'name = "b"\ntitle = "A bridge"\ndescription = "Of a bridge."\nversion = "1.2"\n'
        'keywords = ["bridge", "flood"]\n'
        'homepage = "https://example.org/b"\n'
        '[[licenses]]\nname = "CC0-1.0"\npath = "https://creativecommons.org/publicdomain/zero/1.0/"\n'
        '[[contributors]]\ntitle = "A. Person"\norganization = "A University"\npath = "https://orcid.org/0000-0002-1825-0097"\n'
        '[[contributors]]\ntitle = "A Press"\nrole = "publisher"\n'
    )
    told = write_crate(book, tmp_path / "crate")
    assert not [each for each in told if "dataset.toml" in each]
    entities = metadata(tmp_path / "crate")
    root = entities["./"]
    assert (root["name"], root["version"], root["keywords"]) == ("A bridge", "1.2", "bridge, flood")
    author, press = entities[root["author"]["@id"]], entities[root["publisher"]["@id"]]
    assert (author["@id"], author["@type"]) == ("https://orcid.org/0000-0002-1825-0097", "Person")
    assert entities[author["affiliation"]["@id"]]["name"] == "A University"
    assert (press["@type"], press["name"]) == ("Organization", "A Press")
    assert entities[root["license"]["@id"]]["name"] == "CC0-1.0"


def test_what_is_missing_is_told(book, tmp_path):
    shutil.rmtree(tmp_path / "_build")
    (book / "datapackage.json").unlink()
    (book / "dataset.toml").write_text('name = "b"\ntitle = "A bridge"\n')
    told = " ".join(write_crate(book, tmp_path / "crate"))
    for words in (
        "no description, no licenses, no contributors, no version",
        "sourcebook build",
        "sourcebook book",
        "rights",
    ):
        assert words in told
    root = metadata(tmp_path / "crate")["./"]
    assert root["license"] and root["description"]


def test_a_page_that_is_older_than_its_chapter_is_told(book, tmp_path):
    os.utime(tmp_path / "_build/html/index.html", (1, 1))
    assert any("older than" in each for each in write_crate(book, tmp_path / "crate.zip"))


def test_a_crate_holds_no_other_crate_and_no_link_out_of_it(book, tmp_path):
    (tmp_path / "secret").write_text("x")
    (book / "raw/link.txt").symlink_to(tmp_path / "secret")
    write_crate(book, tmp_path / "one.zip")
    write_crate(book, tmp_path / "two")
    write_crate(book, tmp_path / "one.zip")
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        names = archive.namelist()
    assert not [
        name for name in names if "one.zip" in name or name.startswith("two/") or name.endswith("link.txt")
    ]


def test_nothing_is_overwritten_and_nothing_half_written(book, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full/mine").touch()
    with pytest.raises(SourcebookError, match="expected a new folder"):
        write_crate(book, tmp_path / "full")
    assert [p.name for p in (tmp_path / "full").iterdir()] == ["mine"]
    (book / "raw/sources.csv").unlink()
    with pytest.raises((SourcebookError, OSError)):
        write_crate(book, tmp_path / "crate.zip")
    assert not list(tmp_path.glob("*crate*"))


def test_a_data_folder_without_a_book(built, tmp_path):
    write_crate(built, tmp_path / "crate")
    entities = metadata(tmp_path / "crate")
    assert "raw/sources.csv" in entities
    assert "result" not in entities["#build"]


@pytest.mark.slow
@pytest.mark.skipif(not VALIDATOR, reason="no rocrate-validator on this machine (pip install roc-validator)")
def test_the_validator_finds_nothing(book, tmp_path):
    write_crate(book, tmp_path / "crate.zip")
    command = [
        VALIDATOR,
        "-y",
        "validate",
        "-p",
        "ro-crate-1.1",
        "-f",
        "json",
        "-o",
        str(tmp_path / "report.json"),
    ]
    subprocess.run([*command, str(tmp_path / "crate.zip")], capture_output=True, check=False, cwd=tmp_path)
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    if any("NameResolutionError" in issue["message"] for issue in report["issues"]):
        pytest.skip("the validator asks another host for the context, which this machine does not reach")
    assert report["passed"], [issue["message"] for issue in report["issues"]]
