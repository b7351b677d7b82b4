"""The files of PAN: what is written is what its measures read."""

from xml.etree import ElementTree

import pandas as pd
import pytest

from sourcebook import cli
from sourcebook.core.errors import DataError
from sourcebook.reuse import pan

PASSAGE = (
    "The mill by the river burned down on the night before the harvest feast, and nobody in the village "
    "could say who had left the lantern in the loft among the dry sacks of grain."
)


@pytest.fixture
def task(tmp_path):
    for part in ("susp", "src"):
        (tmp_path / part).mkdir()
    before = "Åsa wrote a letter about her garden.\r\n"
    (tmp_path / "susp" / "suspicious-document1.txt").write_text(before + PASSAGE, "utf-8", newline="")
    (tmp_path / "src" / "source-document1.txt").write_text(PASSAGE + " It was rebuilt.", "utf-8", newline="")
    (tmp_path / "src" / "source-document2.txt").write_text("Nothing of this is here.", "utf-8")
    (tmp_path / "pairs").write_text(
        "suspicious-document1.txt source-document1.txt\nsuspicious-document1.txt source-document2.txt\n"
    )
    return tmp_path


def features(path):
    return [dict(feature.attrib) for feature in ElementTree.parse(path).getroot()]


def test_a_task_gives_one_file_for_each_pair(task):
    assert pan.is_task(task)
    assert cli.main(["passages", str(task), "--format", "pan", "-o", str(task / "out")]) == 0
    assert sorted(path.name for path in (task / "out").iterdir()) == [
        "suspicious-document1-source-document1.xml",
        "suspicious-document1-source-document2.xml",
    ]
    length = str(len(PASSAGE) - 1)  # the full stop is no part of a word
    assert features(task / "out" / "suspicious-document1-source-document1.xml") == [
        {
            "name": "detected-plagiarism",
            "this_offset": "38",  # code points; the line end counts as the two that it is
            "this_length": length,
            "source_reference": "source-document1.txt",
            "source_offset": "0",
            "source_length": length,
        }
    ]
    assert features(task / "out" / "suspicious-document1-source-document2.xml") == []


def test_the_suspicious_text_comes_first_whatever_the_order_of_the_texts(tmp_path):
    row = ["x", 1, 5, "y", 10, 20]
    found = pd.DataFrame([row], columns=["source_a", "start_a", "end_a", "source_b", "start_b", "end_b"])
    (path,) = pan.write_detections(found, tmp_path, [("y", "x")])
    assert path.name == "y-x.xml"
    assert features(path)[0]["this_offset"] == "10"
    assert features(path)[0]["source_length"] == "4"
    (path,) = pan.write_detections(found, tmp_path)
    assert path.name == "x-y.xml"


def test_lines_that_are_no_pairs_are_reported_together(tmp_path):
    path = tmp_path / "pairs"
    path.write_text("a b\nc\n\nd e f\n")
    with pytest.raises(DataError) as error:
        pan.read_pairs(path)
    assert [problem.line for problem in error.value.problems] == [2, 4]


def test_passages_as_csv_and_json_lines(task, capsys):
    arguments = ["passages", str(task / "susp"), str(task / "src")]
    assert cli.main([*arguments, "--min-words", "20"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("source_a,start_a,end_a,exact_a,source_b")
    assert len(out) == 2
    assert cli.main([*arguments, "--format", "jsonl", "-o", str(task / "out.jsonl")]) == 0
    rows = pd.read_json(task / "out.jsonl", lines=True)
    assert rows.loc[0, "exact_a"] == PASSAGE[:-1]


def test_the_format_of_pan_needs_a_folder(task, capsys):
    assert cli.main(["passages", str(task), "--format", "pan"]) == 1
    assert "-o" in capsys.readouterr().err


def test_a_setting_out_of_range_is_told_in_one_line(task, capsys):
    assert cli.main(["passages", str(task / "src"), "--min-words", "0"]) == 1
    assert "min_words: expected at least 1; found 0" in capsys.readouterr().err
