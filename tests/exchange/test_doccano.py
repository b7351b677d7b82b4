"""doccano's JSON Lines: labels as its versions write them, the same places out and in, and lines that are none."""

import json
import zipfile
from pathlib import Path

import pytest
from small_projects import PROJECT

from sourcebook.core.errors import DataError
from sourcebook.exchange import doccano

MADE = Path(__file__).parent / "made"


@pytest.fixture
def read(tmp_path):
    def of(*records, name="doc.jsonl"):
        lines = [each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in records]
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        return doccano.read(tmp_path / name)

    return of


@pytest.mark.parametrize(
    "labels",
    [
        {"label": [[3, 9, "OBJ"]]},
        {"labels": [[3, 9, "OBJ"]], "meta": {}, "annotation_approver": None},
        {"entities": [{"id": 1, "label": "OBJ", "start_offset": 3, "end_offset": 9}], "relations": []},
        {"annotations": [{"label": "OBJ", "start_offset": 3, "end_offset": 9, "user": 1}]},
    ],
)
def test_every_version_names_a_stretch(read, labels):
    project = read({"id": 7, "text": "a🌉 bridge fell", **labels})
    assert [(each.document_id, each.exact, each.start, each.codes) for each in project.annotations] == [
        ("7", "bridge", 3, ("OBJ",))
    ]
    assert any("code points" in sentence for sentence in project.told)


def test_labels_of_a_whole_text_comments_and_relations(read):
    project = read(
        {"id": 1, "text": "a b", "label": ["pos", "short"], "Comments": ["hm", {"text": "no"}]},
        {"id": 2, "text": "a b", "cats": {"pos": 1, "neg": 0}},
        {"id": 3, "text": "a b", "label": "x" * 300},
        {"id": 4, "text": "a b", "entities": [], "relations": [{"from_id": 1, "to_id": 2, "type": "r"}]},
        {"id": 5, "text": "a b", "label": [[1, 99, "far"], [2, 2, "empty"], [-1, 1, "before"]]},
    )
    assert [(each.start, each.codes, each.note) for each in project.annotations] == [
        *((None, ("pos",), ""), (None, ("short",), ""), (None, (), "hm"), (None, (), "no")),
        *((None, ("pos",), ""), (None, (), "x" * 300)),
    ]
    assert sorted(project.told) == [
        "labels beyond the text, or of no character, not taken: 3",
        "relations, not taken: 1",
    ]


def test_a_list_and_an_archive_of_coders(read, tmp_path):
    record = {"id": 1, "text": "a b", "label": [[0, 1, "X"]]}
    assert len(read(json.dumps([record, record]), name="a.json").annotations) == 2
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as archive:
        for coder in ("ann", "bob", "all"):
            archive.writestr(f"{coder}.jsonl", json.dumps(record))
    project = doccano.read(tmp_path / "p.zip")
    assert len(project.documents) == 1
    assert {each.coder for each in project.annotations} == {"ann", "bob", ""}
    assert len({each.annotation_id for each in project.annotations}) == 3


def test_all_that_is_wrong_is_said_at_once(read):
    with pytest.raises(DataError) as error:
        read(
            "{",
            {"text": "a", "label": [[1, 2]]},
            {"id": 1},
            {"text": 1},
            {"text": "a", "label": [[0, "x", "b"]]},
            "[1]",
        )
    assert [problem.line for problem in error.value.problems] == [1, 2, 3, 4, 5, 6]


def test_the_same_places_out_and_in(tmp_path):
    lost = doccano.write(PROJECT, tmp_path / "out.jsonl")
    again = doccano.read(tmp_path / "out.jsonl")
    places = {
        (each.document_id, each.start, each.end, code) for each in PROJECT.annotations for code in each.codes
    }
    assert {(e.document_id, e.start, e.end, e.codes[0]) for e in again.annotations if e.codes[0]} == places
    assert {each.document_id: each.text for each in again.documents} == {
        each.document_id: each.text for each in PROJECT.documents
    }
    assert "ids of annotations: 5" in lost
    assert "notes: 1" in lost


@pytest.mark.parametrize("name", ["doccano.jsonl", "doccano.zip"])
def test_files_that_doccano_exported(name):
    """Of version 1.8.4, by all and by each coder: overlapping labels, a relation and a comment on each of two texts."""
    found = doccano.read(MADE / name)
    texts = {document.document_id: document.text for document in found.documents}
    marked = {(texts[e.document_id][e.start : e.end], *e.codes) for e in found.annotations if e.codes}
    assert marked == {
        ("flooded on 4 March", "flooded"),
        ("150 residents", "residents"),
        ("market.\n\nThe council", "state"),
        ("bridge 🌉", "flooded"),
        ("Rivie\u0300re.\r\nSaid", "stelle: 🌉"),
        ("𝄞 & <so>", "state"),
    }
    assert [each.note for each in found.annotations if not each.codes] == ["look =1", "look =1"]
    assert len({each.annotation_id for each in found.annotations}) == len(found.annotations) == 8
    assert {each.coder for each in found.annotations} == ({""} if name == "doccano.jsonl" else {"ann", "ben"})
    assert "relations, not taken: 2" in found.told
