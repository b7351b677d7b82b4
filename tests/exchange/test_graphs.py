"""STAM and NIF as their readers read them, with text outside the basic plane."""

import json

import pytest
from small_projects import PROJECT, TEXT

from sourcebook.exchange import nif, stam
from sourcebook.exchange.model import Annotation, Code, Document, Project


def test_stam_json_has_every_annotation_with_its_place_and_codes(tmp_path):
    assert stam.write(PROJECT, tmp_path / "a.json") == []
    store = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    texts = {each["@id"]: each["text"] for each in store["resources"]}
    found = {each["@id"]: each for each in store["annotations"]}
    for each in PROJECT.annotations:
        target = found[each.annotation_id]["target"]
        begin, end = (target["offset"][name]["value"] for name in ("begin", "end"))
        assert texts[target["resource"]][begin:end] == each.exact
        data = [(one["key"], one["value"]["value"]) for one in found[each.annotation_id]["data"]]
        assert [value for key, value in data if key == "code"] == list(each.codes)
    assert found["document one"]["target"] == {"@type": "ResourceSelector", "resource": "one"}


def test_the_library_stam_reads_it(tmp_path):
    library = pytest.importorskip(
        "stam", reason="the library stam, which is not of the environment: it is GPL"
    )
    stam.write(PROJECT, tmp_path / "a.json")
    store = library.AnnotationStore(file=str(tmp_path / "a.json"))
    assert store.resources_len() == 2
    for each in PROJECT.annotations:
        found = store.annotation(each.annotation_id)
        assert str(found) == each.exact
        said = [(data.key().id(), str(data.value())) for data in found]
        assert [value for key, value in said if key == "code"] == list(each.codes)
        assert {name: value for name, value in said if name in each.fields} == dict(each.fields)


def test_rdflib_reads_nif(tmp_path):
    rdflib = pytest.importorskip("rdflib")
    assert nif.write(PROJECT, tmp_path / "a.ttl") == ["colours of codes: 1"]
    graph = rdflib.Graph().parse(tmp_path / "a.ttl")
    name = rdflib.Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
    its = rdflib.Namespace("http://www.w3.org/2005/11/its/rdf#")
    contexts = set(graph.subjects(rdflib.RDF.type, name.Context))
    assert {str(graph.value(each, name.isString)) for each in contexts} == {
        each.text for each in PROJECT.documents
    }
    found = {}
    for place, unit in graph.subject_objects(name.annotationUnit):
        text = str(graph.value(graph.value(place, name.referenceContext), name.isString))
        begin, end = (int(graph.value(place, each)) for each in (name.beginIndex, name.endIndex))
        assert text[begin:end] == str(graph.value(place, name.anchorOf))
        codes = {str(graph.value(code, rdflib.SKOS.notation)) for code in graph.objects(unit, its.taClassRef)}
        found[str(graph.value(unit, rdflib.DCTERMS.identifier))] = (text[begin:end], codes)
    assert found == {each.annotation_id: (each.exact, set(each.codes)) for each in PROJECT.annotations}


def test_what_turtle_would_read_otherwise_is_escaped(tmp_path):
    rdflib = pytest.importorskip("rdflib")
    nasty = 'a"b\\c\n\r\t\0\u2028 <x> """ \U0001f309 ^^xsd:int @en . # '
    code = Code(code_id=nasty, name=nasty, description=nasty)
    said = Annotation(
        annotation_id=nasty, document_id=nasty, start=0, end=3, exact='a"b', codes=(nasty,), note=nasty,
        fields={nasty: nasty},
    )  # fmt: skip
    page = Document(document_id=nasty, text=nasty, title=nasty, address=f"https://x/{nasty}", language=nasty)
    nif.write(Project(documents=(page,), codes=(code,), annotations=(said,)), tmp_path / "a.ttl")
    graph = rdflib.Graph().parse(tmp_path / "a.ttl")
    assert {str(each) for each in graph.objects(None, rdflib.SKOS.prefLabel)} == {nasty}
    assert {str(each) for each in graph.objects(None, rdflib.RDFS.comment)} == {nasty}


def test_an_annotation_of_a_whole_document(tmp_path):
    whole = Annotation(annotation_id="w", document_id="one", codes=("fell",), exact="gone")
    project = Project(documents=PROJECT.documents[:1], codes=PROJECT.codes, annotations=(whole,))
    assert nif.write(project, tmp_path / "a.ttl")[-1].startswith("annotations without a place")
    assert f"#char=0,{len(TEXT)}> nif:annotationUnit" in (tmp_path / "a.ttl").read_text(encoding="utf-8")
