"""What is written in a format comes back from it, in every column that the format can hold."""

import json
import zipfile
from pathlib import Path

import pytest
from exchange.projects import MILL, codes, marked, project
from hypothesis import given, settings
from hypothesis import strategies as st

from sourcebook.coding.proposals import proposal_tables
from sourcebook.exchange.formats import format_named
from sourcebook.exchange.incoming import take
from sourcebook.exchange.model import Annotation, Document, Project
from sourcebook.exchange.outgoing import from_dataset
from sourcebook.exchange.places import match_documents, place_of
from sourcebook.pipeline.dataset import read
from sourcebook.pipeline.folders import default_folder
from sourcebook.sources.documents import read_document

#: Of the formats that hold every column of a coded row those of which the words around a quote do not come back
#: letter for letter: they are found again in the text, or lose the blanks at their ends.
AROUND = {"refi-qda", "hypothesis", "sheet", "uima-cas", "brat", "tei"}
#: Formats that are read, and hold whole rows with their ids.
WHOLE = ("sheet", "web-annotation", "hypothesis", "refi-qda", "uima-cas", "brat", "tei")
OWN = ("sheet", "jsonl", "web-annotation", "hypothesis", "refi-qda")
#: Formats of which any stretch of any text comes back; brat cuts one at its line ends.
ANY = (*OWN, "uima-cas", "tei", "doccano", "label-studio")
SUFFIXES = [(name, suffix) for name in OWN for suffix in format_named(name).suffixes]


@pytest.fixture(scope="module")
def book():
    return read(default_folder())


@pytest.mark.parametrize("name", WHOLE)
def test_the_whole_book_comes_back(book, name, tmp_path):
    form = format_named(name)
    path = tmp_path / f"book{(form.suffixes or ('',))[0]}"
    form.write(from_dataset(book), path)
    found = take(form.read(path), book, proposed_by="tool")
    assert (found.proposals, found.refused) == ([], [])
    for table in proposal_tables(book.schemas).values():
        columns = [c for c in table.schema.columns if name not in AROUND or c not in ("prefix", "suffix")]
        before = book.tables[table.name][columns].sort_values(table.key[0], ignore_index=True)
        after = found.tables[table.name][columns].sort_values(table.key[0], ignore_index=True)
        assert after.equals(before.astype(after.dtypes)), table.name


def test_proposals_of_the_whole_book_are_known_as_coded(book, tmp_path):
    form = format_named("jsonl")
    form.write(from_dataset(book), tmp_path / "book.jsonl")
    found = take(form.read(tmp_path / "book.jsonl"), book, proposed_by="tool")
    assert (found.proposals, found.refused) == ([], [])
    assert len(found.coded) == sum(len(book.tables[name]) for name in proposal_tables(book.schemas))


@pytest.mark.parametrize(("name", "suffix"), SUFFIXES)
def test_the_same_project_gives_the_same_bytes(name, suffix, tmp_path):
    if suffix == ".xlsx":
        pytest.skip("dated by the library that writes it")
    given_project = project(marked("bridge", codes=("c0",)), codes=codes("one"))
    paths = [tmp_path / part / f"a{suffix}" for part in ("1", "2")]
    for path in paths:
        path.parent.mkdir()
        format_named(name).write(given_project, path)
    assert paths[0].read_bytes() == paths[1].read_bytes()


PIECES = st.sampled_from(
    [
        "a",
        "word ",
        "e\u0301",
        "\r\n",
        "\n",
        "🌉",
        "\U0001d11e",
        "👩‍👩‍👧",
        "İ",
        "橋",
        " ",
        "ß",
        "عرب",
        "<",
        "&",
        '"',
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=25).map("".join)


@st.composite
def marked_texts(draw):
    """Return a text and stretches of it that have words."""
    text = draw(TEXTS.filter(lambda each: any(sign.isalnum() for sign in each)))
    spans = []
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        if any(sign.isalnum() for sign in text[start:end]):
            spans.append((start, end))
    return text, spans


@pytest.mark.parametrize("name", ANY)
@settings(max_examples=30)
@given(marked_texts())
def test_any_stretch_of_any_text_comes_back_to_its_place(tmp_path_factory, name, given_text):
    text, spans = given_text
    folder = tmp_path_factory.mktemp("trip")
    form, path = format_named(name), folder / f"a{format_named(name).suffixes[0]}"
    document = Document(document_id="a", text=text)
    annotations = tuple(
        Annotation(
            annotation_id=str(n), document_id="a", start=start, end=end, exact=text[start:end], note=text
        )
        for n, (start, end) in enumerate(spans)
    )
    form.write(Project(documents=(document,), annotations=annotations), path)
    (folder / "a.txt").write_bytes(text.encode())
    own = {"a": read_document(folder / "a.txt", source_id="a")}
    back = form.read(path)
    matches = match_documents(back.documents, own)
    places = [place_of(each, matches[each.document_id]) for each in back.annotations]
    assert [own["a"].raw[each.start : each.end].strip() for each in places] == [
        text[a:b].strip() for a, b in spans
    ]
    if name != "sheet":
        assert [(each.start, each.end) for each in places] == spans


@pytest.mark.parametrize("name", ["sheet", "web-annotation", "hypothesis", "refi-qda"])
def test_everything_of_an_annotation_comes_back(name, tmp_path):
    form = format_named(name)
    path = tmp_path / f"a{form.suffixes[0]}"
    fields = {"table": "claims", "value": '"two"\nlines ', "voice": "author", "empty_line": "a\n\nb"}
    about = {"coder": "Anna", "created": "2024-05-06T07:08:09Z", "note": "look:\nhere", "fields": fields}
    form.write(
        project(marked("About 150", codes=("c1", "c0"), **about), codes=codes("one", "two & three")), path
    )
    (back,) = form.read(path).annotations
    names = {code.code_id: code.name for code in form.read(path).codes}
    assert (back.coder, back.created, back.note) == ("Anna", "2024-05-06T07:08:09Z", "look:\nhere")
    assert [names[code] for code in back.codes] == (
        ["c1", "c0"] if name == "sheet" and not names else ["two & three", "one"]
    )
    expected = {key: cell.strip() if name == "sheet" else cell for key, cell in fields.items()}
    assert back.fields == expected
    assert back.exact in ("About 150", "")


def test_a_text_is_kept_byte_for_byte_in_a_project(tmp_path):
    text = "\ufeffa\r\nb\rc\n\x07🌉"
    document = Document(document_id="../../evil", text=text, title="a/b")
    format_named("refi-qda").write(Project(documents=(document,)), tmp_path / "a.qdpx")
    with zipfile.ZipFile(tmp_path / "a.qdpx") as file:
        (name,) = (name for name in file.namelist() if name.startswith("sources/"))
        assert file.read(name) == text.encode()
        assert "evil" not in name


def test_json_of_annotations_is_one_object(tmp_path):
    format_named("web-annotation").write(project(marked("bridge")), tmp_path / "a.json")
    value = json.loads(Path(tmp_path / "a.json").read_text())
    (item,) = value["first"]["items"]
    assert item["target"]["selector"] == [
        {"type": "TextQuoteSelector", "exact": "bridge"},
        {"type": "TextPositionSelector", "start": MILL.index("bridge"), "end": MILL.index("bridge") + 6},
    ]
