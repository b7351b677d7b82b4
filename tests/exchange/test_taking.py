"""What another tool says of the sources is put at its place or refused, and becomes rows, proposals or a pass."""

import json
import re
from dataclasses import replace

import pytest
from exchange.projects import MILL, codes, marked, project

from sourcebook import cli
from sourcebook.coding.proposals import proposal_tables, try_proposals
from sourcebook.core.csvfiles import read_table
from sourcebook.core.errors import SourcebookError
from sourcebook.core.schemas import read_schemas
from sourcebook.exchange.codes import guid_of
from sourcebook.exchange.comparing import pass_of, unitizing
from sourcebook.exchange.formats import every_format, format_named
from sourcebook.exchange.incoming import take
from sourcebook.exchange.model import Annotation, Code, Document
from sourcebook.exchange.outgoing import from_dataset
from sourcebook.pipeline.dataset import read


@pytest.fixture
def data(corpus):
    return read(corpus)


def taken(data, *annotations, **more):
    return take(project(*annotations, **more), data, proposed_by="tool")


def test_a_folder_is_taken_from_its_own_project_whole(data):
    found = take(from_dataset(data), data, proposed_by="tool")
    assert (found.proposals, found.refused) == ([], [])
    for name, table in proposal_tables(data.schemas).items():
        columns = list(table.schema.columns)
        if len(data.tables[name]):
            assert found.tables[name].equals(data.tables[name][columns].reset_index(drop=True))


def test_the_codes_of_a_folder_are_questions_answers_and_terms(data):
    names = {(code.parent, code.name) for code in from_dataset(data).codes}
    assert {
        ("", "residents"),
        ("", "state"),
        ("state", "closed"),
        ("frames:", "problem"),
        ("", "frames"),
    } <= names


@pytest.mark.parametrize(
    ("document", "how"),
    [
        ({"document_id": "mill", "text": MILL}, "id"),
        ({"document_id": "7", "text": MILL}, "text"),
        ({"document_id": "7", "text": "\ufeff" + MILL.replace("\n", "\r\n")}, "text"),
        ({"document_id": "7", "text": "", "title": "mill.txt"}, "name"),
        ({"document_id": "7", "text": "", "title": "Notice of the Mill"}, "name"),
        ({"document_id": "folder/mill.txt", "text": ""}, "name"),
    ],
)
def test_a_document_is_known_by_its_id_its_text_or_its_name(data, document, how):
    document = Document(**document)
    here = {"document_id": document.document_id, "exact": "About 150 residents"}
    given = marked("About 150 residents", document.text or MILL, **here)
    found = taken(data, given, documents=[document])
    assert found.refused == []
    assert found.tables == {}
    (row,) = found.proposals
    assert (row["source_id"], row["exact"], row["start"]) == ("mill", "About 150 residents", "40")
    assert row["sentence_id"] == "mill.s002"


def test_a_document_is_known_by_the_address_of_its_page(data):
    page = replace(data.documents["mill"], metadata={"page": "https://www.example.org/mill/"})
    data.documents["mill"] = page
    document = Document(document_id="u", text="", address="http://example.org/mill#top")
    found = taken(data, marked("the market", document_id="u", exact="the market"), documents=[document])
    assert [row["source_id"] for row in found.proposals] == ["mill"]


def test_a_document_that_is_none_of_the_sources(data):
    strange = Document(document_id="9", text="Another text.", title="Another")
    found = taken(data, marked("Another", "Another text.", document_id="9"), documents=[strange])
    assert found.refused == ["Another: its document is none of the sources"]
    assert found.told == ["document Another: none of the sources; `sourcebook add` takes a file of its text"]


def test_words_that_are_not_there_are_refused_with_the_nearest_passage(data):
    found = taken(data, marked("150", annotation_id="a1", exact="About 160 residents", start=None, end=None))
    (line,) = found.refused
    assert line.startswith(
        "a1: mill: quote 'About 160 residents': it is not there; nearest is 'About 150 residents'"
    )
    assert found.proposals == []


def test_offsets_that_are_not_those_of_the_words_do_not_count(data):
    given = marked("the market", exact="About 150 residents")
    (row,) = taken(data, given).proposals
    assert row["exact"] == "About 150 residents"


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ({"start": 5, "end": 5}, "found an empty stretch"),
        ({"start": 9, "end": 5}, r"found [9, 5)"),
        ({"start": 0, "end": 9999}, r"found [0, 9999)"),
        ({"start": -4, "end": 5}, r"found [-4, 5)"),
    ],
)
def test_stretches_that_the_text_does_not_have_are_refused(data, place, message):
    (line,) = taken(data, marked("bridge", **place)).refused
    assert message in line


def test_a_place_in_a_text_that_is_not_there_is_refused(data):
    page = Document(document_id="mill", text="")
    (line,) = taken(data, marked("bridge"), documents=[page]).refused
    assert "it gives a place alone, in a text that the file does not hold → export it with its words" in line


def test_a_text_that_was_changed_is_looked_through_by_its_words(data):
    other = Document(document_id="mill", text="Preface.\n" + MILL)
    found = taken(data, marked("About 150 residents", other.text), documents=[other])
    assert [row["start"] for row in found.proposals] == ["40"]
    assert "is mill (known by its id, its text is another)" in found.told[0]


def test_words_that_are_there_twice_are_placed_by_those_around_them(data):
    other = Document(document_id="mill", text="Preface.\n" + MILL)
    for at, start in ((4, "4"), (other.text.rindex("council"), str(MILL.rindex("council")))):
        words = "bridge" if at == 4 else "council"
        place = other.text.index(words) if at == 4 else at
        given = Annotation(annotation_id="a", document_id="mill", start=place, end=place + len(words))
        (row,) = taken(data, given, documents=[other]).proposals
        assert (row["exact"], row["start"]) == (words, start)


def test_a_code_that_is_a_question_fills_it_in_and_any_other_goes_into_the_note(data):
    own = [
        *codes("Residents", "Panic", "How many residents were cut off?"),
        Code(code_id="x", name="state"),
        Code(code_id="y", name="Closed", parent="x"),
        Code(code_id=guid_of("flooded"), name="renamed"),
    ]
    given = marked("About 150 residents", codes=("c0", "c1", "c2", "y", guid_of("flooded")), note="look")
    rows = taken(data, given, codes=own).proposals
    assert [(row.get("proposition_id"), row.get("value")) for row in rows] == [
        ("residents", None),
        ("state", "closed"),
        ("flooded", None),
    ]
    assert {row["note"] for row in rows} == {"coded Panic; look"}
    (row,) = taken(data, marked("the market", codes=("c1",)), codes=own).proposals
    assert (row["table"], row["note"], "proposition_id" in row) == ("claims", "coded Panic", False)


def test_the_term_of_another_table_is_proposed_for_that(data):
    own = [Code(code_id="f", name="frames"), Code(code_id="d", name="problem", parent="f")]
    (row,) = taken(data, marked("cut off", codes=("d",)), codes=own).proposals
    assert (row["table"], row["function"]) == ("frames", "problem")


def test_a_coded_row_with_another_value_is_told_and_proposed(data):
    whole = from_dataset(data)
    first = next(a for a in whole.annotations if a.fields.get("value") == "~150")
    other = replace(first, fields={**first.fields, "value": "160"})
    found = take(replace(whole, annotations=(other,)), data, proposed_by="tool")
    assert found.told[-1:] == [f"{first.annotation_id} is coded otherwise: value '~150' → '160'"]
    assert [(row["value"], "claim_id" in row) for row in found.proposals] == [("160", False)]


def test_a_code_that_was_added_to_a_coded_row_is_a_row_of_its_own(data):
    whole = from_dataset(data)
    first = next(a for a in whole.annotations if a.fields.get("value") == "~150")
    more = replace(first, codes=(*first.codes, "frames:problem"))
    found = take(replace(whole, annotations=(more,)), data, proposed_by="tool")
    assert len(found.coded) == 1
    assert [(row["table"], row["function"]) for row in found.proposals] == [("frames", "problem")]


def test_an_annotation_of_a_whole_document_is_told(data):
    found = taken(data, Annotation(annotation_id="a", document_id="mill", note="a good text"))
    assert found.told == ["1 annotations of whole documents have no words, and were left out"]


def test_proposals_are_what_accept_reads(data, corpus, tmp_path):
    given = [
        marked("150", codes=("c0",), note="one"),
        marked("150", codes=("c0",), note="two", annotation_id="b"),
    ]
    rows = taken(data, *given, codes=codes("residents")).proposals
    assert [row["note"] for row in rows] == ["one; two"]
    path = tmp_path / "p.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    frame, problems = try_proposals(path, read_schemas(corpus))
    assert problems == []
    assert frame[["proposition_id", "exact", "proposed_by"]].to_numpy().tolist() == [
        ["residents", "150", "tool"]
    ]


def test_the_stretches_of_two_coders_are_compared(data):
    """The example of the library, worked out by hand there: [0, 4) and [0, 2) of a text of 10 characters."""
    given = [
        marked("The bridge", coder="anna", codes=("c0",)),
        marked("bridge was", coder="anna", codes=("c0",)),
        marked("The bridge was", coder="ben", codes=("c0",)),
        marked("150", coder="ben", codes=("c1",)),
    ]
    found = taken(data, *given, codes=codes("flood", "number"))
    agreement = unitizing(found.spans, {"mill": len(MILL), "council": 10})
    assert agreement[["code", "spans", "alpha"]].to_numpy().tolist()[0] == ["flood", 3, 1.0]
    assert agreement["alpha"][1] < 0.01
    spans = found.spans.iloc[:2].assign(coder=["a", "b"], start=0, end=[4, 2], value="c")
    assert round(unitizing(spans, {"mill": 10})["alpha"][0], 4) == 0.5643
    assert unitizing(spans.assign(coder="a"), {"mill": 10}).empty


def test_what_a_coder_marked_becomes_a_pass(data):
    own = codes("residents", "unknown")
    given = [
        marked(
            "About 150 residents", coder="anna", codes=("c0",), fields={"value": "~150", "voice": "author"}
        ),
        marked("the market", coder="ben", codes=("c1",)),
    ]
    found = taken(data, *given, codes=own)
    frame = pass_of(found, data, coder="anna").set_index(["unit", "variable"])["value"]
    assert frame["mill|residents", "value"] == "~150"
    assert frame["mill|residents", "modality"] == ""
    assert frame["mill|flooded", "value"] == "none"
    assert not [unit for unit, _ in frame.index if unit.startswith("council")]
    with pytest.raises(SourcebookError, match="carl: expected one of anna, ben"):
        pass_of(found, data, coder="carl")
    with pytest.raises(SourcebookError, match="ben: expected codes that are questions"):
        pass_of(found, data, coder="ben")


def test_the_terms_of_sentences_are_in_a_pass(data):
    own = [Code(code_id="f", name="frames"), Code(code_id="d", name="problem", parent="f")]
    found = taken(data, marked("cut off", codes=("d",)), codes=own)
    frame = pass_of(found, data, coder="anna")
    rows = frame[frame["variable"] == "frame"][["unit", "value", "coder"]].to_numpy().tolist()
    assert rows == [
        ["mill.s001", "none", "anna"],
        ["mill.s002", "problem", "anna"],
        ["mill.s003", "none", "anna"],
    ]


def run(capsys, *arguments):
    code = cli.main([str(argument) for argument in arguments])
    out = capsys.readouterr()
    return code, out.out, out.err


def test_every_format_is_listed_by_both_commands(capsys):
    for name in ("export", "import"):
        with pytest.raises(SystemExit):
            cli.main([name, "--help"])
        text = capsys.readouterr().out
        for form in every_format():
            (line,) = [each for each in text.splitlines() if each.startswith(f"  {form.name} ")]
            ways = [way for way, there in (("in", form.read), ("out", form.is_written)) if there]
            assert re.match(rf"  {form.name} +{' and '.join(ways)} ", line)


def test_formats_that_there_are_not(capsys, corpus, tmp_path):
    assert format_named("web-annotation").name == "web-annotation"
    code, _, err = run(capsys, "--data", corpus, "export", "web-anotation", "-o", tmp_path / "a.json")
    assert code == 1 and err.endswith("→ write web-annotation\n")
    code, _, err = run(capsys, "--data", corpus, "export", "web-annotation", "-o", tmp_path / "a.txt")
    assert code == 1 and "a.txt: expected a name that ends in .jsonld or .json" in err


def test_out_and_in_by_the_commands(capsys, corpus, tmp_path):
    path = tmp_path / "a.jsonld"
    code, out, _ = run(capsys, "--data", corpus, "export", "web-annotation", "-o", path)
    assert code == 0 and out.startswith(f"{path}: 3 documents, ") and "not in it: coding passes: 1" not in out
    code, out, _ = run(capsys, "--data", corpus, "import", "web-annotation", path)
    assert code == 0 and out.endswith(" coded already, 0 proposed, 0 refused\n")
    text = path.read_text().replace("~150", "160").replace('"start": 40', '"start": 41')
    path.write_text(text.replace("The council must pay", "The council will pay"))
    code, out, _ = run(capsys, "--data", corpus, "import", "web-annotation", path, "--by", "Anna")
    assert code == 0
    assert "is coded otherwise: value '~150' → '160'" in out and "refused: " in out
    target = corpus / "coded/proposals/a.jsonl"
    assert [json.loads(line)["proposed_by"] for line in target.read_text().splitlines()] == ["Anna"]
    code, _, err = run(capsys, "--data", corpus, "import", "web-annotation", path)
    assert code == 1 and "expected a new file, found one" in err
    assert run(capsys, "--data", corpus, "check")[0] == 0


def test_a_pass_by_the_command(capsys, corpus, tmp_path):
    path = tmp_path / "a.jsonld"
    run(capsys, "--data", corpus, "export", "web-annotation", "-o", path)
    code, out, _ = run(capsys, "--data", corpus, "import", "web-annotation", path, "--coder", "anna")
    assert code == 0 and "sourcebook reliability" in out
    assert set(read_table(corpus / "coded/passes/anna.csv")["coder"]) == {"anna"}
    assert run(capsys, "--data", corpus, "check")[0] == 0


def test_a_file_of_which_everything_is_refused_is_an_error(capsys, corpus, tmp_path):
    path = tmp_path / "a.jsonld"
    target = {
        "source": "urn:x-sourcebook:source:mill",
        "selector": {"type": "TextQuoteSelector", "exact": "no such"},
    }
    value = {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation", "target": target}
    path.write_text(json.dumps(value))
    code, out, err = run(capsys, "--data", corpus, "import", "web-annotation", path)
    assert (
        code == 1 and "refused: 1: mill: quote 'no such'" in out and "all 1 annotations were refused" in err
    )


@pytest.mark.parametrize("given", ["label-studio", "doccano", "web-annotation"])
def test_a_file_of_another_format_is_told_with_the_format_that_reads_it(capsys, corpus, tmp_path, given):
    path = tmp_path / "a.json"
    written = "web-annotation" if given != "web-annotation" else "label-studio"
    assert run(capsys, "--data", corpus, "export", written, "-o", path)[0] == 0
    code, _, err = run(capsys, "--data", corpus, "import", given, path)
    assert (
        code == 1
        and f"it can be read as {written} (" in err
        and " or " not in err.rpartition("can be read as")[2]
    )


def test_a_file_of_no_format_is_refused_as_before(capsys, corpus, tmp_path):
    path = tmp_path / "a.json"
    path.write_text("[1, 2")
    code, _, err = run(capsys, "--data", corpus, "import", "label-studio", path)
    assert code == 1 and "can be read as" not in err
