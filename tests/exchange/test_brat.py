"""brat's stand-off: files as brat writes them, the same project out and in, and files that are none."""

import pytest
from small_projects import PROJECT, by_id, sample

from sourcebook.core.errors import DataError, SourcebookError
from sourcebook.exchange import brat
from sourcebook.exchange.model import Project

TEXT = "Sony formed a joint venture with Ericsson 🌉, a mobile phone company.\nJapan, North and South.\n"
LINES = """\
T1\tOrganization 0 4\tSony
T2\tMERGE-ORG 14 27\tjoint venture
T3\tOrganization 33 41\tEricsson
E1\tMERGE-ORG:T2 Org1:T1 Org2:T3
T4\tCountry 69 74;86 91\tJapan South
R1\tOrigin Arg1:T3 Arg2:T4
*\tEquiv T1 T3
A1\tNegation E1
A2\tConfidence E1 L1
N1\tReference T1 Wikipedia:42\tSony Group
#1\tAnnotatorNotes T1\tthis annotation is suspect
#2\tAnnotatorNotes E1\tand this event
T5\tPlace 45 46;47 53\ta mobile
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "doc-1.txt").write_bytes(TEXT.encode())
    (tmp_path / "sub" / "doc-1.ann").write_bytes(LINES.encode())
    (tmp_path / "annotation.conf").write_text(
        "[entities]\nOrganization\n\tCountry\n[relations]\nOrigin\tArg1:A\n"
    )
    (tmp_path / "visual.conf").write_text(
        "[labels]\nCountry | A country | Cou\n[drawing]\nCountry bgColor:#AABBCC\n"
    )
    return tmp_path


def test_everything_that_a_file_says_is_on_its_annotations(folder):
    project = brat.read(folder)
    found = by_id(project)
    assert [each.exact for each in project.annotations[:3]] == ["Sony", "joint venture", "Ericsson"]
    sony = found["sub/doc-1.T1"]
    assert (sony.codes, sony.note) == (("Organization",), "this annotation is suspect")
    assert sony.fields == {"N1": "Reference Wikipedia:42 Sony Group", "Equiv": "T3"}
    merger = found["sub/doc-1.T2"]
    assert merger.fields == {"E1": "MERGE-ORG Org1:T1 Org2:T3", "Negation": "yes", "Confidence": "L1"}
    assert merger.note == "and this event"
    assert found["sub/doc-1.T3"].fields == {"R1": "Origin Arg1:T3 Arg2:T4"}
    country = next(code for code in project.codes if code.code_id == "Country")
    assert (country.name, country.parent, country.colour) == ("A country", "Organization", "#aabbcc")


def test_a_stretch_of_fragments_is_told(folder):
    project = brat.read(folder)
    country = by_id(project)["sub/doc-1.T4"]
    assert country.exact == "Japan, North and South"
    assert country.fields == {"fragments": "69 74; 86 91"}
    assert by_id(project)["sub/doc-1.T5"].fields == {}, "there is white space alone between its fragments"
    assert any("fragments" in sentence and sentence.endswith(": 1") for sentence in project.told)


@pytest.mark.parametrize("ends", ["\r\n", "\n"])
def test_offsets_count_as_the_words_say(folder, ends):
    """A text that a version control system gave other line ends, and offsets of a program in Java."""
    (folder / "sub" / "doc-1.txt").write_bytes(TEXT.replace("\n", ends).encode())
    (folder / "sub" / "doc-1.ann").write_text("T1\tPlace 69 74\tJapan\nT2\tPlace 0 4\tSony\n")
    assert [each.exact for each in brat.read(folder).annotations] == ["Japan", "Sony"]
    (folder / "sub" / "doc-1.ann").write_text("T1\tPlace 70 75\tJapan\nT2\tPlace 0 4\tSony\n")
    assert [each.exact for each in brat.read(folder).annotations] == ["Japan", "Sony"]


def test_words_that_are_elsewhere_are_kept_without_a_place(folder):
    (folder / "sub" / "doc-1.ann").write_text("T1\tPlace 0 4\tSony\nT2\tPlace 3 8\tJapan\n")
    project = brat.read(folder)
    assert [(each.start, each.exact) for each in project.annotations] == [(0, "Sony"), (None, "Japan")]
    assert any("not at their place" in sentence for sentence in project.told)


def test_all_that_is_wrong_is_said_at_once(folder):
    (folder / "sub" / "doc-1.ann").write_text(
        "T1 Place 0 4\nT2\tPlace 0\tx\nA1\tNegation E9\nT3\tPlace 0 4\tSony\nT3\tP 0 4\tSony\n"
    )
    with pytest.raises(DataError) as error:
        brat.read(folder)
    assert [problem.line for problem in error.value.problems] == [1, 2, 3, 5]


def test_a_text_that_is_missing_is_named(folder):
    (folder / "sub" / "doc-1.txt").unlink()
    with pytest.raises(DataError, match=r"doc-1\.txt"):
        brat.read(folder)
    with pytest.raises(DataError, match=r"\.ann"):
        brat.read(folder / "annotation.conf")


def test_the_same_project_out_and_in(tmp_path):
    lost = brat.write(PROJECT, tmp_path / "out")
    again = brat.read(tmp_path / "out")
    kept = by_id(PROJECT)
    kept["one.c004"] = by_id(PROJECT, fields={"field_id": "another id", "elements": "x"})["one.c004"]
    assert by_id(again) == kept
    assert [code.code_id for code in again.codes] == [code.code_id for code in PROJECT.codes]
    assert [code.parent for code in again.codes] == [code.parent for code in PROJECT.codes]
    assert {each.document_id: each.text for each in again.documents} == {
        each.document_id: each.text for each in PROJECT.documents
    }
    assert {sentence.partition(":")[0] for sentence in lost} == {
        "descriptions of codes",
        *(f"documents whose {name} has no place" for name in ("title", "address", "language")),
    }


def test_a_folder_with_files_in_it_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(SourcebookError, match="a new folder"):
        brat.write(PROJECT, tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["mine.txt"]


def test_an_id_names_no_file_elsewhere(tmp_path):
    first = PROJECT.documents[0]
    outside = Project(documents=(type(first)(document_id="../../x/..", text="a"),))
    brat.write(outside, tmp_path / "deep")
    assert {each.name for each in (tmp_path / "deep").iterdir()} == {
        *("x.txt", "x.ann", "annotation.conf", "visual.conf")
    }


def test_documents_of_others():
    project = brat.read(sample("brat"))
    assert (len(project.documents), len(project.annotations)) == (2, 34)
    assert project.told == []
    texts = {each.document_id: each.text for each in project.documents}
    assert all(texts[each.document_id][each.start : each.end] == each.exact for each in project.annotations)
    assert {each.fields["Category"] for each in project.annotations} >= {"SpecificDisease", "Modifier"}
