"""Highlights that Taguette 1.5.2 exported, of a text of the corpus and of one with what is hard: read and placed."""

import shutil
from pathlib import Path

import openpyxl
import pytest

from sourcebook import cli
from sourcebook.core.errors import DataError
from sourcebook.exchange.formats import format_named

MADE = Path(__file__).parent / "made"
FORMAT = format_named("taguette")


def workbook(folder):
    """Return the workbook with its words as text: Taguette writes those that begin with = as formulas."""
    book = openpyxl.load_workbook(MADE / "taguette.xlsx")
    for cell in (cell for row in book["highlights"] for cell in row if cell.data_type == "f"):
        cell.data_type = "s"
    book.save(folder / "h.xlsx")
    return folder / "h.xlsx"


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_highlights_are_read_with_their_tags(tmp_path, suffix):
    found = FORMAT.read(MADE / "taguette.csv" if suffix == ".csv" else workbook(tmp_path))
    assert {(each.document_id, each.exact, each.codes) for each in found.annotations} == {
        ("mill.html", "flooded on 4 March", ("flooded", "state.closed")),
        ("mill.html", "market. The council", ("flooded",)),
        ("bridge.html", "bridge 🌉", ("deep.🌉.“x”",)),
        ("bridge.html", "Rivie\u0300re.\nSaid", ("flooded",)),
        ("bridge.html", "“it fell”, 𝄞 & <so>; =SUM(A1)", ("=SUM(A1)",)),
        ("bridge.html", "=SUM(A1)", ("deep.🌉.“x”",)),
    }
    parents = {code.code_id: (code.name, code.parent) for code in found.codes}
    assert parents["state.closed"] == ("closed", "state")
    assert parents["state"] == ("state", "")
    assert parents["deep.🌉.“x”"] == ("“x”", "deep.🌉")
    assert len(found.annotations) == len({each.annotation_id for each in found.annotations})


def test_highlights_are_placed_in_their_source(corpus, capsys, tmp_path):
    shutil.copy(MADE / "taguette.csv", tmp_path / "h.csv")
    assert cli.main(["import", "taguette", str(tmp_path / "h.csv"), "--data", str(corpus)]) == 0
    out = capsys.readouterr().out
    assert "0 coded already, 3 proposed, 4 refused" in out
    assert "bridge.html: none of the sources" in out
    proposals = (corpus / "coded/proposals/h.jsonl").read_text(encoding="utf-8")
    assert '"market.\\n\\nThe council"' in proposals and '"proposition_id": "state"' in proposals


def test_words_that_taguette_wrote_as_formulas_are_named():
    with pytest.raises(DataError, match="highlights!D8: expected text, a number or a date, found a formula"):
        FORMAT.read(MADE / "taguette.xlsx")


def test_a_codebook_of_taguette():
    names = [code.name for code in format_named("refi-qda").read(MADE / "taguette.qdc").codes]
    assert sorted(names) == ["=SUM(A1)", "deep.🌉.“x”", "flooded", "interesting", "state.closed"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "h.csv:1: expected the columns id, document, tag, content"),
        ("id,document\n1,a\n", "found id, document → export the highlights as CSV or Excel"),
        ("id,document,tag,content\n1,a,b\n", "h.csv:2: expected the columns"),
        ('id,document,tag,content\n1,a,b,"c\n', "h.csv:2: expected quotes around whole cells"),
    ],
)
def test_what_is_no_export_is_refused(tmp_path, text, message):
    (tmp_path / "h.csv").write_text(text)
    with pytest.raises(DataError, match=message.replace(".", r"\.")):
        FORMAT.read(tmp_path / "h.csv")


def test_a_coding_sheet_is_no_export(tmp_path, capsys, corpus):
    path = tmp_path / "coding.xlsx"
    assert cli.main(["sheet", "-o", str(path), "--data", str(corpus)]) == 0
    with pytest.raises(DataError, match="it looks like a coding sheet: give it to `sourcebook code"):
        FORMAT.read(path)
