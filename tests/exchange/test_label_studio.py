"""Label Studio's exports: tasks, JSON-MIN, old completions, pages and dialogues, and files that are none."""

import json
from pathlib import Path

import pytest
from small_projects import PROJECT

from sourcebook.core.errors import DataError
from sourcebook.exchange import label_studio
from sourcebook.exchange.model import Annotation, Document, Project

MADE = Path(__file__).parent / "made"
TEXT = "a🌉 bridge fell"
NAMES = {"from_name": "label", "to_name": "text", "type": "labels"}
BRIDGE = {"id": "r1", **NAMES, "value": {"start": 3, "end": 9, "text": "bridge", "labels": ["OBJ"]}}


@pytest.fixture
def read(tmp_path):
    def of(*tasks):
        (tmp_path / "a.json").write_text(json.dumps(list(tasks)), encoding="utf-8")
        return label_studio.read(tmp_path / "a.json")

    return of


def task(*results, data=None, **more):
    made = {
        "completed_by": {"id": 1, "email": "ann@example.org"},
        "created_at": "2024-01-02",
        "result": list(results),
    }
    return {"id": 3, "data": data or {"text": TEXT}, "annotations": [made | more]}


def test_what_is_said_of_one_region_is_one_annotation(read):
    choice = {"id": "r1", "from_name": "c", "to_name": "text", "type": "choices"}
    written = {"id": "r1", "from_name": "t", "to_name": "text", "type": "textarea"}
    rating = {"id": "r1", "from_name": "stars", "to_name": "text", "type": "rating"}
    place = {"start": 3, "end": 9, "text": "bridge"}
    project = read(
        task(
            BRIDGE | {"meta": {"text": ["hm"]}},
            choice | {"value": place | {"choices": ["big"]}},
            written | {"value": {"start": 3, "end": 9, "text": ["it fell"]}},
            rating | {"value": place | {"rating": 4}},
            choice | {"id": "z", "value": {"choices": ["negative"]}},
            {"type": "relation", "from_id": "r1", "to_id": "r1"},
        )
    )
    first, second = project.annotations
    assert (first.exact, first.start, first.codes) == ("bridge", 3, ("OBJ", "big"))
    assert (first.note, first.fields) == ("hm; it fell", {"stars": "4"})
    assert (first.coder, first.created) == ("ann@example.org", "2024-01-02")
    assert (second.exact, second.start, second.codes) == ("", None, ("negative",))
    assert project.told == ["relations, not taken: 1"]


def test_several_coders_old_completions_and_what_was_skipped(read):
    several = task(BRIDGE)
    several["annotations"] += [
        {"completed_by": 7, "result": [BRIDGE]},
        {"was_cancelled": True, "result": [BRIDGE]},
    ]
    old = {
        "id": 4,
        "completions": [{"id": 1, "result": [BRIDGE]}],
        "data": {"text": TEXT},
        "predictions": [{}],
    }
    project = read(several, old)
    assert [(each.document_id, each.coder, each.exact) for each in project.annotations] == [
        ("a-3", "ann@example.org", "bridge"),
        ("a-3", "7", "bridge"),
        ("a-4", "", "bridge"),
    ]
    assert len({each.annotation_id for each in project.annotations}) == 3
    assert sorted(sentence.partition(",")[0] for sentence in project.told) == [
        "annotations that were cancelled or skipped",
        "predictions of models",
    ]


def test_the_words_say_how_offsets_count(read):
    project = read(task(BRIDGE))
    assert (project.annotations[0].start, project.told) == (3, [])
    units = BRIDGE | {"value": {"start": 4, "end": 10, "text": "bridge", "labels": ["OBJ"]}}
    project = read(task(units))
    assert project.annotations[0].start == 3
    assert project.told == ["tasks whose offsets count UTF-16 code units, not code points: 1"]
    elsewhere = BRIDGE | {"value": {"start": 0, "end": 5, "text": "never", "labels": ["OBJ"]}}
    project = read(task(elsewhere))
    assert (project.annotations[0].start, project.annotations[0].exact) == (None, "never")


def test_the_short_form(read):
    label = [{"start": 3, "end": 9, "text": "bridge", "labels": ["OBJ"]}]
    more = {"annotator": 2, "annotation_id": 9, "created_at": "x", "sentiment": "Positive"}
    project = read({"id": 1, "text": TEXT, "label": label, "topic": {"choices": ["a", "b"]}, **more})
    assert [(each.exact, each.codes, each.coder) for each in project.annotations] == [
        ("bridge", ("OBJ",), "2"),
        ("", ("a", "b"), "2"),
    ]
    assert any("sentiment" in sentence for sentence in project.told)


def test_a_page_is_its_text(read):
    page = "<style>p {}</style><!-- > <b> --><p>A <b>bridge</b> &amp; more</p><script>x < 1</script>"
    value = {"start": "/p[1]/b[1]/text()[1]", "end": "/p[1]/b[1]/text()[1]", "startOffset": 0, "endOffset": 6}
    value |= {"globalOffsets": {"start": 2, "end": 8}, "text": "bridge", "hypertextlabels": ["OBJ"]}
    result = {"id": "q", "from_name": "l", "to_name": "html", "type": "hypertextlabels", "value": value}
    project = read(task(result, data={"html": page}))
    assert project.documents[0].text == "A bridge & more"
    assert (project.annotations[0].start, project.annotations[0].codes) == (2, ("OBJ",))


def test_a_dialogue_is_a_line_for_each_part(read):
    data = {"dialogue": [{"author": "a", "text": "hi 🌉"}, {"author": "b", "text": "the bridge"}]}
    value = {
        "start": "1",
        "end": "1",
        "startOffset": 4,
        "endOffset": 10,
        "text": "bridge",
        "paragraphlabels": ["X"],
    }
    result = {"id": "q", "from_name": "l", "to_name": "dialogue", "type": "paragraphlabels", "value": value}
    project = read(task(result, data=data))
    assert project.documents[0].text == "hi 🌉\nthe bridge"
    assert (project.annotations[0].start, project.annotations[0].exact) == (9, "bridge")


def test_a_text_that_lies_elsewhere(read):
    project = read(task(BRIDGE, data={"text": "https://example.org/a.txt"}))
    assert (project.documents[0].text, project.documents[0].address) == ("", "https://example.org/a.txt")
    assert (project.annotations[0].start, project.annotations[0].exact) == (None, "bridge")


def test_what_is_none_is_refused(read, tmp_path):
    with pytest.raises(DataError, match="task 2"):
        read(task(BRIDGE), 1, "x")
    (tmp_path / "b.json").write_text("[")
    with pytest.raises(DataError, match=r"b\.json"):
        label_studio.read(tmp_path / "b.json")


@pytest.mark.parametrize(
    "value", [None, 1, "x", [], {}, {"start": "a"}, {"start": True, "end": 1, "labels": ["X"]}]
)
def test_a_result_that_is_none_does_no_harm(read, value):
    project = read(task({"type": "labels", "to_name": "text", "value": value}, 1, {"value": value}))
    assert [each.start for each in project.annotations] == []
    assert project.told


def test_the_same_places_out_and_in(tmp_path):
    lost = label_studio.write(PROJECT, tmp_path / "out.json")
    again = label_studio.read(tmp_path / "out.json")

    def places(project):
        return {
            (e.document_id, e.start, e.exact, e.codes, e.note, e.coder)
            for e in project.annotations
            if e.codes
        }

    assert places(again) == places(PROJECT)
    assert [each.text for each in again.documents] == [each.text for each in PROJECT.documents]
    assert "ids of annotations: 5" in lost


MARKED = {
    "text": [
        ("🚢 of Sarımbel", "sank"),
        ("2021.\r\nİlknur", "closed: 🚢"),
        ("𝄞", "sank"),
        ("Rene\u0301", "closed: 🚢"),
        ("“It was” & <gone>", "sank"),
        ("closed for 12 days", "closed: 🚢"),
        ("ığdır: i\u0307", "sank"),
    ],
    "page": [
        ("ferry 🚢", "sank"),
        ("off\n Sarımbel", "closed: 🚢"),
        ("Rene\u0301 saw\u00a0it.\nİlknur 𝄞", "sank"),
        ("onetwo", "closed: 🚢"),
    ],
    "talk": [
        ("🚢 sank", "sank"),
        ("\r\noff Sarımbel 𝄞", "closed: 🚢"),
        ("ferry 🚢 sank.\nIt was", "sank"),
    ],
}


@pytest.mark.parametrize("form", ["", "-min"])
@pytest.mark.parametrize("kind", MARKED)
def test_files_that_label_studio_exported(kind, form):
    """Of version 1.23.2, marked with the mouse: a text, a page, a dialogue, each as JSON and as JSON-MIN."""
    found = label_studio.read(MADE / f"label-studio-{kind}{form}.json")
    texts = {document.document_id: document.text for document in found.documents}
    placed = [each for each in found.annotations if each.start is not None]
    assert [(texts[e.document_id][e.start : e.end], *e.codes) for e in placed] == MARKED[kind]
    assert [e.exact for e in placed] == [words for words, _ in MARKED[kind]]
    whole = [each.codes for each in found.annotations if each.start is None]
    assert whole == ([("loud",)] if (kind, form) == ("text", "") else [])
    assert bool(found.told) == ((kind, form) == ("text", "-min"))


def test_a_backslash_in_a_text_is_no_line_end(read):
    value = {"start": 0, "end": 6, "text": "c:\\new", "labels": ["X"]}
    project = read(task(BRIDGE | {"value": value}, data={"text": "c:\\new is"}))
    assert (project.annotations[0].start, project.annotations[0].exact) == (0, "c:\\new")


def test_places_are_written_in_code_points_and_coders_as_label_studio_takes_them(tmp_path):
    """So does version 1.23.2 show them; a coder who is no account of it makes it refuse the whole file."""
    text = "a🌉 bridge"
    by = [
        Annotation(
            annotation_id=name, document_id="d", start=3, end=9, exact="bridge", codes=("X",), coder=name
        )
        for name in ("Anna", "ben@example.org")
    ]
    project = Project(documents=(Document(document_id="d", text=text),), annotations=tuple(by))
    lost = label_studio.write(project, tmp_path / "a.json")
    made = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))[0]["annotations"]
    assert [each["result"][0]["value"]["start"] for each in made] == [3, 3]
    assert [each.get("completed_by") for each in made] == [None, {"email": "ben@example.org"}]
    assert [each.coder for each in label_studio.read(tmp_path / "a.json").annotations] == [
        "Anna",
        "ben@example.org",
    ]
    assert any(sentence.startswith("coders without an e-mail") for sentence in lost)
