"""Annotations of Hypothesis: against the page that they annotate, with replies, notes on the page, and tags."""

import json
from pathlib import Path

import pytest

from sourcebook import cli
from sourcebook.core.errors import DataError
from sourcebook.exchange.formats import format_named

FORMAT = format_named("hypothesis")
SAMPLES = Path(__file__).resolve().parents[3] / "shared/samples/hypothesis"
PAGE = "<html><body><h1>The mill</h1><p>The bridge \U0001f309 was flooded. The bridge is closed.</p></body></html>"


def row(number, **more):
    return {"id": f"r{number}", "uri": "http://e.org/mill", "user": "acct:anna@hypothes.is", **more}


def quote(exact, prefix="", suffix=""):
    selectors = [
        {
            "type": "RangeSelector",
            "startContainer": "/p[1]",
            "endContainer": "/p[1]",
            "startOffset": 4,
            "endOffset": 9,
        },
        {"type": "TextPositionSelector", "start": 12, "end": 18},
        {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix},
    ]
    return [{"source": "http://e.org/mill", "selector": selectors}]


ROWS = [
    row(
        1,
        target=quote("bridge", "The ", " is closed"),
        text="which?",
        tags=["flood", "bridge"],
        created="2024-05-06",
    ),
    row(2, references=["r1"], text="the old one", user_info={"display_name": "Ben"}),
    row(3, target=[{"source": "http://e.org/mill"}], text="a note on the page"),
    row(4, target=quote("was dry"), text=""),
    row(5, references=["gone"], text="lost"),
    9,
    row(1, text="again"),
]


def read(tmp_path, value):
    path = tmp_path / "h.json"
    path.write_text(json.dumps(value))
    return FORMAT.read(path)


@pytest.mark.parametrize("name", ["rows", "annotations", None])
def test_what_the_api_answers_and_what_the_client_exports(tmp_path, name):
    found = read(tmp_path, {name: ROWS} if name else ROWS)
    first = found.annotations[0]
    assert (first.exact, first.prefix, first.suffix) == ("bridge", "The ", " is closed")
    assert (first.codes, first.coder, first.created) == (("flood", "bridge"), "anna", "2024-05-06")
    assert first.note == "which?\nBen replied: the old one"
    assert [each.annotation_id for each in found.annotations] == ["r1", "r3", "r4"]
    assert found.told == [
        "annotation 6 was not taken: expected an object, found 9",
        "annotation 7 was not taken: its id 'r1' is that of another, which was kept",
        "1 replies were added to the notes that they answer",
        "1 replies to what is not in the file were left out",
    ]


def test_one_annotation_and_no_annotations(tmp_path):
    assert len(read(tmp_path, ROWS[0]).annotations) == 1
    with pytest.raises(DataError, match="expected an object with rows or annotations"):
        read(tmp_path, {"total": 0})
    assert read(tmp_path, {"rows": []}).annotations == ()


def made(tmp_path, page, rows, *more):
    """Make a book of a page, and import annotations of it."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/mill.html").write_text(page, encoding="utf-8")
    assert cli.main(["new", str(tmp_path / "book"), "--from", str(tmp_path / "pages")]) == 0
    (tmp_path / "h.json").write_text(json.dumps(rows))
    path, data = str(tmp_path / "h.json"), str(tmp_path / "book/data")
    code = cli.main(["import", "hypothesis", path, "--data", data, *more])
    target = tmp_path / "book/data/coded/proposals/h.jsonl"
    return code, [json.loads(line) for line in target.read_text().splitlines()] if target.exists() else []


def test_quotes_are_found_in_the_text_of_the_page(tmp_path, capsys):
    code, rows = made(tmp_path, PAGE, ROWS, "--source", "mill")
    out = capsys.readouterr().out
    assert code == 0
    (found,) = rows
    text = next((tmp_path / "book/data/raw").glob("mill*.txt")).read_text(encoding="utf-8")
    assert text[int(found["start"]) : int(found["end"])] == "bridge"
    assert text[int(found["end"]) :].startswith(" is closed")
    assert found["note"] == "coded flood, bridge; which?\nBen replied: the old one"
    assert "refused: r4: mill: quote 'was dry': it is not there; nearest is" in out
    assert "note: 1 annotations of whole documents have no words" in out
    sheet = tmp_path / "coding.csv"
    assert cli.main(["sheet", "-o", str(sheet), "--data", str(tmp_path / "book/data")]) == 0
    assert "anna: “bridge” (coded flood, bridge; which?" in sheet.read_text(encoding="utf-8")


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples of Hypothesis are not beside the repository")
def test_the_sample_on_its_page(tmp_path, capsys):
    """The sample names no address: the source is named on the command line."""
    rows = json.loads((SAMPLES / "minimal.json").read_text())
    page = (SAMPLES / "minimal.html").read_text()
    code, found = made(tmp_path, page, rows, "--source", "mill")
    assert code == 0
    assert [(row["exact"], row["start"], row["end"]) for row in found] == [("Two", "4", "7")]


def test_a_source_that_there_is_not(tmp_path, capsys):
    code, found = made(tmp_path, PAGE, ROWS, "--source", "mil")
    assert (code, found) == (1, [])
    assert "mil: expected the id of a source, found none → did you mean mill?" in capsys.readouterr().err
