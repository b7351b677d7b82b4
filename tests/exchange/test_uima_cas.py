"""UIMA CAS: JSON and XMI as others write them, the same project out and in, DKPro cassis, and files that are none."""

import io
import json
import zipfile

import pytest
from small_projects import PROJECT, TEXT, by_id, sample

from sourcebook.core.errors import DataError
from sourcebook.exchange import uima_cas
from sourcebook.exchange.model import Project

ANNOTATION, CLAIM = "uima.tcas.Annotation", "webanno.custom.Claim"
TYPES = {
    CLAIM: {
        "%NAME": CLAIM,
        "%SUPER_TYPE": ANNOTATION,
        "value": {"%NAME": "value", "%RANGE": "uima.cas.String[]"},
        "comment": {"%NAME": "comment", "%RANGE": "uima.cas.String"},
        "score": {"%NAME": "score", "%RANGE": "uima.cas.Float"},
        "Roles": {"%NAME": "Roles", "%RANGE": "webanno.custom.Link[]"},
    }
}


def cas(structures, text="a🌉 bridge fell", **more):
    sofa = {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "sofaString": text}
    members = [each["%ID"] for each in structures]
    views = {"_InitialView": {"%SOFA": 1, "%MEMBERS": members}}
    return {"%TYPES": TYPES, "%FEATURE_STRUCTURES": [sofa, *structures], "%VIEWS": views, **more}


def annotation(number, begin, end, type_=CLAIM, **features):
    return {"%ID": number, "%TYPE": type_, "@sofa": 1, "begin": begin, "end": end, **features}


@pytest.fixture
def read(tmp_path):
    def of(value, name="doc.json"):
        path = tmp_path / name
        path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
        return uima_cas.read(path)

    return of


def test_layers_and_values_are_codes(read):
    array = {"%ID": 9, "%TYPE": "uima.cas.StringArray", "%ELEMENTS": ["x", "y"]}
    structures = [
        annotation(2, 4, 10, value="OBJ", comment="hm", **{"#score": 0.5}),
        annotation(3, 11, 15, **{"@value": 9, "@Roles": 8}),
        annotation(4, 2, 3, value="within a character"),
        annotation(5, 0, 1, "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"),
        annotation(6, 0, 1, "webanno.custom.Rel", **{"@Governor": 2, "@Dependent": 3}),
        annotation(7, 11, 15, "other.Claim"),
    ]
    project = read(cas([*structures, array]))
    found = [
        (each.exact, each.start, each.codes, each.note, dict(each.fields)) for each in project.annotations
    ]
    assert found == [
        ("bridge", 3, (f"{CLAIM}/OBJ",), "hm", {"score": "0.5"}),
        ("fell", 10, (f"{CLAIM}/x", f"{CLAIM}/y"), "", {}),
        ("fell", 10, ("other.Claim",), "", {}),
    ]
    assert sorted(sentence.rpartition(": ")[2] for sentence in project.told) == ["1", "1", "1", "1"]


def test_what_no_view_has_is_no_annotation(read):
    value = cas([annotation(2, 4, 10, value="OBJ"), annotation(3, 11, 15, value="gone")])
    value["%VIEWS"]["_InitialView"]["%MEMBERS"] = [2]
    assert [each.exact for each in read(value).annotations] == ["bridge"]


def test_a_file_without_members_and_without_the_number_0(read):
    value = cas([annotation(2, 0, 1, value="OBJ")]) | {"%VIEWS": {}}
    del value["%FEATURE_STRUCTURES"][1]["begin"]
    assert [each.exact for each in read(value).annotations] == ["a"]


def test_structures_by_id_and_what_the_file_says_of_its_document(read):
    meta = annotation(2, 0, 16, uima_cas._META, documentTitle="A bridge", language="en", documentId="b 1")
    value = cas([meta, annotation(3, 4, 10)])
    structures = {str(each.pop("%ID")): each for each in value["%FEATURE_STRUCTURES"]}
    project = read(value | {"%FEATURE_STRUCTURES": structures})
    document = project.documents[0]
    assert (document.document_id, document.title, document.language) == ("b 1", "A bridge", "en")
    assert project.annotations[0].exact == "bridge"


@pytest.mark.parametrize(
    "value",
    [
        *("{}", "[]", "1", "<a/>", "<!DOCTYPE a><a/>", '{"%FEATURE_STRUCTURES": [1]}', "\ufeff"),
        *('{"%FEATURE_STRUCTURES": []}', '{"%FEATURE_STRUCTURES": {"a": 1}}'),
        cas([annotation(2, "x", 1)]),
        cas([annotation(2, 10**13, 1)]),
        cas([annotation(2, True, 1)]),
        cas([{"%ID": 2}]),
        cas([], **{"%VIEWS": 1}),
        cas([], **{"%VIEWS": {"a": {"%MEMBERS": 1}}}),
    ],
)
def test_what_is_none_is_refused(read, value):
    with pytest.raises(DataError, match=r"doc\.json"):
        read(value)


def test_names_of_a_file_are_no_python(read):
    """A library that makes classes of the types of a file runs what stands in their names."""
    value = cas([annotation(2, 4, 10, **{"a=NOTHING, b=print(1)": "x", "self": "y", "class": "z"})])
    assert read(value).annotations[0].fields == {"a=NOTHING, b=print(1)": "x", "self": "y"}


def test_the_same_project_out_and_in(tmp_path):
    for path in (tmp_path / "out", tmp_path / "out.zip"):
        assert uima_cas.write(PROJECT, path) == []
        again = uima_cas.read(path)
        assert by_id(again) == by_id(PROJECT)
        assert again.codes == PROJECT.codes
        assert again.documents == PROJECT.documents


def test_a_project_of_one_document_is_one_file(tmp_path):
    one = Project(documents=PROJECT.documents[:1], annotations=PROJECT.annotations[:4], codes=PROJECT.codes)
    assert uima_cas.write(one, tmp_path / "one.json") == []
    assert by_id(uima_cas.read(tmp_path / "one.json")) == by_id(one)
    text = (tmp_path / "one.json").read_text(encoding="utf-8").replace(uima_cas.CODE, "other.Type")
    (tmp_path / "one.json").write_text(text, encoding="utf-8")
    codes = {code for each in one.annotations for code in each.codes}
    assert {code.code_id for code in uima_cas.read(tmp_path / "one.json").codes} == codes


def test_two_coders_of_one_document(tmp_path):
    for coder, value in (("ann", "OBJ"), ("bob", "OTHER")):
        path = tmp_path / "p" / "annotation" / "doc.txt" / f"{coder}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(cas([annotation(2, 4, 10, value=value)])))
    (tmp_path / "p" / "exportedproject.json").write_text("{}")
    project = uima_cas.read(tmp_path / "p")
    assert [(each.document_id, each.coder, each.codes[0]) for each in project.annotations] == [
        ("doc.txt", "ann", "Claim/OBJ"),
        ("doc.txt", "bob", "Claim/OTHER"),
    ]


def test_a_project_archive_with_archives_in_it(tmp_path):
    uima_cas.write(PROJECT, tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        inner = {name: archive.read(name) for name in ("one.xmi", "TypeSystem.xml")}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("ann.xmi", inner["one.xmi"])
        archive.writestr("TypeSystem.xml", inner["TypeSystem.xml"])
    with zipfile.ZipFile(tmp_path / "project.zip", "w") as archive:
        archive.writestr("exportedproject.json", "{}")
        archive.writestr("annotation/one.txt/ann.zip", packed.getvalue())
    project = uima_cas.read(tmp_path / "project.zip")
    assert [each.document_id for each in project.documents] == ["one.txt"]
    assert {each.coder for each in project.annotations} == {"ann"}
    assert len(project.annotations) == 4


def test_xmi_without_its_type_system(tmp_path):
    uima_cas.write(PROJECT, tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        (tmp_path / "one.xmi").write_bytes(archive.read("one.xmi"))
    assert next(each.exact for each in uima_cas.read(tmp_path / "one.xmi").annotations) == "bridge 🌉"


def test_cassis_reads_what_we_write(tmp_path):
    cassis = pytest.importorskip("cassis")
    uima_cas.write(PROJECT, tmp_path / "out")
    uima_cas.write(PROJECT, tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        types = cassis.load_typesystem(io.BytesIO(archive.read("TypeSystem.xml")))
        xmi = cassis.load_cas_from_xmi(io.BytesIO(archive.read("one.xmi")), typesystem=types)
    with (tmp_path / "out" / "one.json").open("rb") as file:
        of_json = cassis.load_cas_from_json(file)
    for made in (xmi, of_json):
        assert made.sofa_string == TEXT
        found = {each.id: each.get_covered_text() for each in made.select(uima_cas.CODING)}
        assert found == {each.annotation_id: each.exact for each in PROJECT.annotations[:4]}
        several = next(each for each in made.select(uima_cas.CODING) if each.id == "one.c002")
        assert list(several.codes.elements) == ["fell=yes", "frames:remedy"]


def test_we_read_what_cassis_writes(tmp_path):
    cassis = pytest.importorskip("cassis")
    types = cassis.TypeSystem()
    layer = types.create_type("webanno.custom.Span")
    types.create_feature(layer, "label", "uima.cas.String")
    made = cassis.Cas(types)
    made.sofa_string = TEXT
    start = TEXT.index("over")
    made.add(layer(begin=start, end=start + 4, label="a🌉"))
    made.to_json(tmp_path / "a.json")
    made.to_xmi(tmp_path / "a.xmi")
    types.to_xml(tmp_path / "TypeSystem.xml")
    for name in ("a.json", "a.xmi"):
        project = uima_cas.read(tmp_path / name)
        assert project.documents[0].text == TEXT
        assert [(each.exact, each.start, each.codes) for each in project.annotations] == [
            ("over", start, ("Span/a🌉",))
        ]


def test_a_document_of_others():
    project = uima_cas.read(sample("uima-cas") / "named_entity.json")
    assert len(project.annotations) == 17
    assert project.annotations[0].exact == "Northern British Columbia"
    assert project.annotations[0].codes == ("NamedEntity/Location",)
