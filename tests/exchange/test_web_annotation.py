"""W3C Web Annotations: the samples of the test suite, every form of them, and output that a JSON-LD library reads."""

import json
from pathlib import Path

import pytest
from exchange.projects import codes, marked, project
from pyld import jsonld

from sourcebook.core.errors import DataError
from sourcebook.exchange.formats import format_named

FORMAT = format_named("web-annotation")
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
SAMPLES = Path(__file__).resolve().parents[3] / "shared/samples/web-annotation"
OA = "http://www.w3.org/ns/oa#"


def samples(kind):
    return sorted((SAMPLES / kind).glob("*.json"), key=lambda path: (len(path.name), path.name))


def read(tmp_path, value):
    path = tmp_path / "a.json"
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return FORMAT.read(path)


def anno(**more):
    return {
        "@context": CONTEXT,
        "id": "http://e.org/1",
        "type": "Annotation",
        "target": "http://e.org/p",
        **more,
    }


@pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the samples of the W3C test suite are not beside the repository"
)
def test_correct_samples_are_read_or_told():
    paths = samples("correct")
    assert len(paths) > 20
    for path in paths:
        found = FORMAT.read(path)
        assert found.annotations or found.told, path.name
    untold = [p.name for p in paths if len(FORMAT.read(p).annotations) == 0]
    assert untold == ["anno25.json", "anno29.json", "anno31.json", "anno39.json"]  # selectors that are told


@pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the samples of the W3C test suite are not beside the repository"
)
def test_incorrect_samples_are_refused():
    paths = samples("incorrect")
    assert len(paths) > 15
    for path in paths:
        with pytest.raises(DataError):
            FORMAT.read(path)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"id": ["http://e.org/1", "http://e.org/2"]}, "id: expected one IRI"),
        ({"type": "Squirrel"}, "type: expected Annotation, found 'Squirrel'"),
        ({"target": 9}, "target: expected an IRI or an object, found 9"),
        ({"target": []}, "target: expected one or more, found none"),
        ({"target": {"type": "SpecificResource"}}, "target source: expected one IRI or object, found None"),
        ({"body": {"id": "this is no uri"}}, "body id: expected one IRI"),
        ({"body": {"type": "TextualBody"}}, "body value: expected one text, found None"),
        ({"body": {"id": "http://e.org/b", "processingLanguage": ["en", "de"]}}, "processingLanguage"),
        ({"body": {"items": ["http://e.org/1"]}}, "body: expected an id, a source, a value or a type of set"),
        ({"bodyValue": 23}, "bodyValue: expected one text, found 23"),
        ({"bodyValue": "a", "body": "http://e.org/b"}, "bodyValue: expected it or body, found both"),
        ({"created": "an hour ago"}, "created: expected one date and time"),
        ({"generator": 42}, "generator: expected an IRI or an object, found 42"),
        ({"via": "not a uri"}, "via: expected an IRI"),
        (
            {
                "target": {
                    "source": "http://e.org/p",
                    "selector": {"type": "TextPositionSelector", "start": -1},
                }
            },
            "start",
        ),
        (
            {
                "target": {
                    "source": "http://e.org/p",
                    "selector": {"type": "FragmentSelector", "value": ["x"]},
                }
            },
            "value",
        ),
        ({"@context": "http://e.org/mine"}, "expected annotations with the context"),
    ],
)
def test_what_breaks_a_rule_is_refused(tmp_path, more, message):
    with pytest.raises(DataError) as caught:
        read(tmp_path, anno(**more))
    assert message in str(caught.value)


def test_one_that_breaks_a_rule_among_others_is_told(tmp_path):
    found = read(tmp_path, [anno(), anno(target=9)])
    assert len(found.annotations) == 1
    assert found.told == ["annotation 2 was not taken: target: expected an IRI or an object, found 9"]


def selected(tmp_path, *selectors):
    (found,) = read(
        tmp_path, anno(target={"source": "http://e.org/p", "selector": list(selectors)})
    ).annotations
    return found.start, found.end, found.prefix, found.exact, found.suffix


QUOTE = {"type": "TextQuoteSelector", "exact": "the mill bridge", "prefix": "when ", "suffix": " was"}
PLACE = {"type": "TextPositionSelector", "start": 100, "end": 115}


def test_a_quote_and_a_place_are_of_one_stretch(tmp_path):
    assert selected(tmp_path, QUOTE, PLACE) == (100, 115, "when ", "the mill bridge", " was")


def test_what_refines_a_selector_counts_within_it(tmp_path):
    inner = {"type": "TextPositionSelector", "start": 4, "end": 8}
    assert selected(tmp_path, {**QUOTE, "refinedBy": inner}) == (
        None,
        None,
        "when the ",
        "mill",
        " bridge was",
    )
    assert selected(tmp_path, {**PLACE, "refinedBy": inner}) == (104, 108, "", "", "")
    words = {"type": "TextQuoteSelector", "exact": "mill"}
    assert selected(tmp_path, {**QUOTE, "refinedBy": words}) == (
        None,
        None,
        "when the ",
        "mill",
        " bridge was",
    )
    xpath = {"type": "XPathSelector", "value": "/html/p[2]", "refinedBy": QUOTE}
    assert selected(tmp_path, xpath)[3] == "the mill bridge"
    xpath["refinedBy"] = {**PLACE}
    found = read(tmp_path, anno(target={"source": "http://e.org/p", "selector": xpath}))
    assert found.annotations[0].start is None  # offsets within what cannot be found are no offsets


def test_characters_of_plain_text_are_a_place(tmp_path):
    fragment = {
        "type": "FragmentSelector",
        "conformsTo": "http://tools.ietf.org/rfc/rfc5147",
        "value": "char=7,12",
    }
    assert selected(tmp_path, fragment)[:2] == (7, 12)


def test_selectors_that_cannot_be_read_are_told(tmp_path):
    target = {"source": "http://e.org/p", "selector": {"type": "SvgSelector", "id": "http://e.org/s"}}
    found = read(tmp_path, anno(target=target))
    assert found.annotations == ()
    assert found.told == [
        "annotation 1 was not taken: its selector cannot be read",
        "selectors that were not read: SvgSelector (1)",
    ]


def test_bodies_are_codes_and_notes(tmp_path):
    body = [
        {"type": "TextualBody", "value": "flood", "purpose": "tagging"},
        {"type": "TextualBody", "value": "look", "purpose": "commenting"},
        {"source": "http://e.org/code", "purpose": "classifying"},
        "http://e.org/page",
    ]
    found = read(tmp_path, anno(body=body, creator={"name": "Anna"}))
    (only,) = found.annotations
    assert (only.codes, only.note, only.coder) == (
        ("flood", "http://e.org/code"),
        "look\nhttp://e.org/page",
        "Anna",
    )


@pytest.mark.parametrize(
    "value",
    [
        [anno(), anno(id="http://e.org/2")],
        {"@context": CONTEXT, "type": "AnnotationPage", "items": [anno(), anno()]},
        {
            "@context": CONTEXT,
            "type": "AnnotationCollection",
            "first": {"items": [anno()], "next": {"items": [anno()]}},
        },
        {"@context": [CONTEXT, {"x": "urn:x"}], "@graph": [anno(), anno()]},
    ],
)
def test_lists_pages_and_collections(tmp_path, value):
    assert len(read(tmp_path, value).annotations) == 2


def test_a_page_elsewhere_is_not_fetched(tmp_path):
    value = {"@context": CONTEXT, "type": "AnnotationCollection", "first": "http://127.0.0.1:9/page"}
    with pytest.raises(DataError, match="put the pages into the file; none is fetched"):
        read(tmp_path, value)


#: The names of the model that are written, as the context of the recommendation maps them.
NAMES = {
    **{
        name: f"{OA}{name}"
        for name in ("exact", "prefix", "suffix", "Annotation", "TextualBody", "SpecificResource")
    },
    **{name: f"{OA}{name}" for name in ("TextQuoteSelector", "TextPositionSelector", "start", "end")},
    "id": "@id",
    "type": "@type",
    "motivation": {"@id": f"{OA}motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": f"{OA}hasPurpose", "@type": "@vocab"},
    "body": {"@id": f"{OA}hasBody", "@type": "@id"},
    "target": {"@id": f"{OA}hasTarget", "@type": "@id"},
    "source": {"@id": f"{OA}hasSource", "@type": "@id"},
    "scope": {"@id": f"{OA}hasScope", "@type": "@id"},
    "selector": {"@id": f"{OA}hasSelector", "@type": "@id"},
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    "creator": {"@id": "http://purl.org/dc/terms/creator", "@type": "@id"},
    "created": {
        "@id": "http://purl.org/dc/terms/created",
        "@type": "http://www.w3.org/2001/XMLSchema#dateTime",
    },
    "name": "http://xmlns.com/foaf/0.1/name",
    "Person": "http://xmlns.com/foaf/0.1/Person",
    "Text": "http://purl.org/dc/dcmitype/Text",
    "format": "http://purl.org/dc/elements/1.1/format",
    "language": "http://purl.org/dc/elements/1.1/language",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    **{name: f"{OA}{name}" for name in ("tagging", "classifying", "commenting", "describing")},
    "AnnotationCollection": "https://www.w3.org/ns/activitystreams#OrderedCollection",
    "AnnotationPage": "https://www.w3.org/ns/activitystreams#OrderedCollectionPage",
    "first": {"@id": "https://www.w3.org/ns/activitystreams#first", "@type": "@id"},
    "items": {"@id": "https://www.w3.org/ns/activitystreams#items", "@type": "@id", "@container": "@list"},
    "total": "https://www.w3.org/ns/activitystreams#totalItems",
    "startIndex": "https://www.w3.org/ns/activitystreams#startIndex",
}


def test_a_json_ld_library_reads_the_output(tmp_path):
    """Every name of the output is one of the model, and the triples say what was annotated."""
    about = {
        "coder": "Anna",
        "created": "2024-05-06T07:08:09Z",
        "note": "look",
        "fields": {"table": "claims"},
    }
    path = tmp_path / "a.jsonld"
    FORMAT.write(project(marked("bridge", codes=("c0",), **about), codes=codes("flood")), path)
    value = json.loads(path.read_text(encoding="utf-8"))
    assert value.pop("@context") == CONTEXT

    def named(part):
        if isinstance(part, dict):
            yield from part
            for each in part.values():
                yield from named(each)
        elif isinstance(part, list):
            for each in part:
                yield from named(each)

    assert set(named(value)) <= set(NAMES)
    quads = jsonld.to_rdf({"@context": NAMES, **value})["@default"]
    said = {
        (q["predicate"]["value"].rpartition("#")[2].rpartition("/")[2], q["object"]["value"]) for q in quads
    }
    assert ("exact", "bridge") in said and ("start", "4") in said and ("hasPurpose", f"{OA}tagging") in said
    assert ("hasSource", "urn:x-sourcebook:source:mill") in said and (
        "created",
        "2024-05-06T07:08:09Z",
    ) in said
