"""The command line: every command runs, is documented, and fails without a traceback."""

import argparse
import json
from pathlib import Path

import pytest
from bridge import change, write_pass

from sourcebook import cli
from sourcebook.cli import commands as commands_module
from sourcebook.coding import passes
from sourcebook.core.csvfiles import read_table, write_table
from sourcebook.pipeline.folders import VARIABLE, default_folder

ROOT = Path(__file__).resolve().parents[2]
CLAIMS = "coded/claims.csv"


def commands():
    parser = cli._parser()
    (sub,) = (a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    return sub.choices


def run(capsys, *arguments):
    code = cli.main([str(argument) for argument in arguments])
    out = capsys.readouterr()
    return code, out.out, out.err


def test_build_then_check(corpus, capsys):
    code, out, err = run(capsys, "--data", corpus, "build")
    assert (code, err) == (0, "")
    assert str(corpus) in out
    assert (corpus / "derived/relations.csv").exists()
    assert (corpus / "README.md").exists()
    assert (corpus / "datapackage.json").exists()
    code, out, _ = run(capsys, "check", "--data", corpus)
    assert code == 0
    assert out.startswith("3 sources and ")
    assert "nothing is wrong" in out


def test_check_as_data(corpus, capsys):
    assert run(capsys, "check", "--json", "--data", corpus) == (0, "[]\n", "")
    change(corpus, CLAIMS, "value", "many", claim_id="mill.c002")
    code, out, err = run(capsys, "check", "--json", "--data", corpus)
    (problem,) = json.loads(out)
    assert (code, err) == (1, "problems in the data: 1\n")
    assert (problem["file"], problem["column"], problem["found"]) == (CLAIMS, "value", "'many'")
    assert problem["line"] > 1 and "quantity" in problem["expected"] and problem["action"]


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        (["mill,1,0,50", "mill,2,50,143"], ""),
        (["mill,1,0,50", "mill,2,50,9999"], "3:start: expected 50 <= start <= end <= 143, found [50, 9999)"),
        (["mill,1,0,50", "mill,2,40,143"], "3:start: expected 50 <= start <= end <= 143, found [40, 143)"),
    ],
)
def test_pages_are_places_in_their_text(corpus, capsys, rows, wrong):
    assert len((corpus / "raw/mill.txt").read_text(encoding="utf-8")) == 143
    (corpus / "raw/pages.csv").write_text("\n".join(["source_id,page,start,end", *rows, ""]))
    code, _, err = run(capsys, "check", "--data", corpus)
    assert (code, wrong in err) == (int(bool(wrong)), True)


def test_sentences(corpus, capsys):
    code, out, _ = run(capsys, "--data", corpus, "sentences")
    assert code == 0
    assert "council.s001 [heading] The Bridge Is Closed\n" in out
    assert len(out.splitlines()) == 10


def test_agreement(corpus, capsys):
    code, out, _ = run(capsys, "--data", corpus, "agreement")
    assert code == 0
    assert "How many residents were cut off?" in out
    assert "contradict" in out


def test_anchor_fills_or_refuses_all_tables_together(corpus, capsys):
    """Nothing is written unless every quote of every table has one place."""
    demands, frames = corpus / "coded/demands.csv", corpus / "coded/frames.csv"
    for path, row in ((demands, {"demand_id": "mill.d001"}), (frames, {"frame_id": "council.f001"})):
        for column in ("start", "end", "prefix", "suffix"):
            change(corpus, path.relative_to(corpus), column, "", **row)
    before = demands.read_bytes()
    change(corpus, "coded/frames.csv", "exact", "Over 300 residents", frame_id="council.f001")
    code, out, err = run(capsys, "--data", corpus, "anchor", demands, frames)
    assert (code, out) == (1, "")
    assert f"{frames}:2:exact" in err
    assert demands.read_bytes() == before
    change(corpus, "coded/frames.csv", "exact", "Over 200 residents", frame_id="council.f001")
    code, out, _ = run(capsys, "--data", corpus, "anchor", demands, frames)
    assert code == 0
    told = "1 quotes at their places, 1 rows filled in or corrected"
    assert out.splitlines() == [f"{demands}: {told}", f"{frames}: {told}"]
    assert read_table(demands).loc[0, "start"] == read_table(demands).loc[0, "start"].strip() != ""


def test_template_is_an_empty_pass_that_overwrites_nothing(corpus, capsys, tmp_path):
    target = tmp_path / "mine.csv"
    arguments = ("--data", corpus, "template", "--coder", "me", target)
    code, out, _ = run(capsys, *arguments)
    assert code == 0
    frame = read_table(target)
    assert set(frame["coder"]) == {"me"}
    assert set(frame["value"]) == {""}
    assert f"{len(frame)} cells to fill in" in out
    assert "“;” between several of one cell" in out
    write_table(frame.assign(note="mine"), target)
    code, _, err = run(capsys, *arguments)
    assert code == 1
    assert "expected a new file" in err
    assert set(read_table(target)["note"]) == {"mine"}


def test_reliability(corpus, capsys, tmp_path):
    made = write_pass(
        corpus,
        "second",
        [
            ("second", "mill|flooded", "value", "2021-03-04"),
            ("second", "council|flooded", "value", "2021-03-04"),
        ],
    )
    second = made.rename(tmp_path / "second.csv")
    code, out, _ = run(capsys, "--data", corpus, "reliability", second)
    assert code == 0
    row = next(line for line in out.splitlines() if "value: date" in line)
    assert row.split()[2:5] == ["2", "1", "50.0"], "percent agreement is of a hundred"
    assert "instrument" in {line.split()[0] for line in out.splitlines()}


def test_reliability_leaves_out_what_nobody_coded(corpus, capsys, tmp_path):
    write_table(read_table(corpus / "coded/citations.csv").iloc[:0], corpus / "coded/citations.csv")
    (corpus / "dataset.toml").write_text('name = "bridge"\ntitle = "The bridge"\n')
    rows = [("second", "mill|flooded", "value", "2021-03-04")]
    second = write_pass(corpus, "second", rows).rename(tmp_path / "second.csv")
    code, out, err = run(capsys, "--data", corpus, "reliability", second)
    shown = {line.split()[0] for line in out.splitlines()}
    assert (code, err) == (0, "") and "instrument" not in shown and {"answered", "value:"} <= shown


def test_reliability_prints_three_decimals_and_writes_all(corpus, capsys, tmp_path, monkeypatch):
    second = write_pass(corpus, "second", [("second", "mill|flooded", "value", "2021-03-04")])
    second = second.rename(tmp_path / "second.csv")
    measure = passes.agreement
    monkeypatch.setattr(passes, "agreement", lambda data: measure(data).assign(alpha=0.123456))
    _, out, _ = run(capsys, "--data", corpus, "reliability", second)
    assert "0.123 " in out and "0.1234" not in out
    _, out, _ = run(capsys, "--data", corpus, "reliability", second, "--format", "csv")
    assert "0.123456" in out


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("build", []),
        ("check", []),
        ("agreement", []),
        ("template", ["--coder", "me", "new.csv"]),
        ("reliability", ["no-such-pass.csv"]),
    ],
)
def test_wrong_data_exits_1_with_the_message_and_no_traceback(corpus, capsys, name, more):
    change(corpus, CLAIMS, "value", "200..100", claim_id="mill.c002")
    code, out, err = run(capsys, "--data", corpus, name, *more)
    assert (code, out) == (1, "")
    assert "coded/claims.csv:" in err
    assert "Traceback" not in err
    assert not Path("new.csv").exists()


@pytest.mark.parametrize("name", sorted(commands()))
def test_a_folder_that_is_not_there(tmp_path, capsys, name):
    more = {
        "duplicates": [tmp_path / "none"],
        "passages": [tmp_path / "none"],
        "anchor": ["t.csv"],
        "sheet": ["-o", tmp_path / "s.xlsx"],
        "code": ["s.xlsx"],
        "template": ["--coder", "me", tmp_path / "p.csv"],
        "reliability": ["p.csv"],
        "compare": [tmp_path / "none"],
        "reanchor": ["mill", "new.txt"],
        "accept": ["p.csv", "--by", "me"],
        "add": ["f.txt"],
        "new": [tmp_path / "book", "--from", tmp_path / "none"],
        "export": ["web-annotation", "-o", tmp_path / "a.jsonld"],
        "import": ["web-annotation", tmp_path / "a.jsonld", "-o", tmp_path / "p.jsonl"],
    }
    code, out, err = run(capsys, "--data", tmp_path / "none", name, *more.get(name, []))
    assert (code, out) == (1, "")
    expected = {
        "duplicates": "No such file",
        "passages": "No such file",
        "new": f"{tmp_path / 'none'}: expected a file or folder of documents, found nothing",
    }
    assert expected.get(name, f"{tmp_path / 'none'}: expected a data folder, found no such folder") in err
    assert len(err.splitlines()) <= 2


@pytest.mark.parametrize("name", ["", " ", "\u00a0"])
def test_a_template_needs_the_name_of_its_coder(corpus, capsys, tmp_path, name):
    with pytest.raises(SystemExit) as caught:
        cli.main(["--data", str(corpus), "template", "--coder", name, str(tmp_path / "p.csv")])
    assert caught.value.code == 2
    assert f"argument --coder: expected a name, found {name!r}" in capsys.readouterr().err


def test_a_pair_of_an_unknown_text_is_named_with_its_line_of_the_file(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    line = '{"id": "%s", "text": "the bridge is closed for the winter"}\n'
    Path("t.jsonl").write_text(line % "a" + line % "b")
    Path("unk.txt").write_text("a b\n\na b\n\na z\n")
    code, out, err = run(capsys, "passages", "t.jsonl", "--pairs", "unk.txt")
    assert (code, out) == (1, "")
    assert "unk.txt:5:source_id: expected a source among the texts, found 'z'" in err


def test_a_link_that_leads_nowhere_is_no_text_to_leave_out(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("the bridge")
    (tmp_path / "b.txt").symlink_to("b.txt")
    (tmp_path / "self").symlink_to(".")
    code, out, err = run(capsys, "duplicates", tmp_path)
    assert (code, out) == (1, "")
    assert f"{tmp_path / 'b.txt'}: expected a readable path, found Too many" in err
    (tmp_path / "b.txt").unlink()
    assert run(capsys, "duplicates", tmp_path)[0] == 0


def test_a_file_that_cannot_be_written(corpus, capsys):
    code, _, err = run(capsys, "--data", corpus, "template", "--coder", "me", corpus / "none" / "p.csv")
    assert code == 1
    assert f"p.csv: expected a folder {corpus / 'none'}, found none" in err


def test_no_command_prints_the_whole_help_and_is_a_usage_error(capsys):
    code, out, err = run(capsys)
    assert (code, out) == (2, "")
    assert err == cli._parser().format_help()
    at = [err.index(f"\n{group}: ") for group in commands_module.GROUPS if f"\n{group}: " in err]
    assert len(at) > 3 and at == sorted(at)
    assert "Exit codes: 0" in err


@pytest.mark.parametrize("name", sorted(commands()))
def test_the_help_lists_every_command_once(name):
    lines = [line.split()[0] for line in cli._parser().format_help().splitlines() if line.startswith("  ")]
    assert lines.count(name) == 1


def test_an_output_says_by_its_name_how_it_is_written(corpus, capsys, tmp_path):
    for suffix, start in {"csv": "question,class,", "json": '[{"question":', "txt": "   "}.items():
        path = tmp_path / f"agreement.{suffix}"
        code, out, _ = run(capsys, "agreement", "--data", corpus, "-o", path)
        assert (code, out) == (0, f"{path}: 5 rows\n")
        assert path.read_text(encoding="utf-8").startswith(start)
    code, out, _ = run(capsys, "agreement", "--data", corpus, "--json")
    assert code == 0 and out == (tmp_path / "agreement.json").read_text(encoding="utf-8")


def test_the_data_folder_is_found_where_the_work_is(corpus, capsys, monkeypatch):
    for place in (corpus, corpus.parent):
        monkeypatch.chdir(place)
        code, out, _ = run(capsys, "check")
        assert code == 0 and out.startswith("3 sources and ")


READ_FROM_DATA = {
    "check": [], "build": [], "agreement": [], "reliability": ["p.csv"], "sentences": [], "sheet": ["-o", "s.xlsx"],
    "suggest": [], "anchor": ["coded/claims.csv"], "register": [], "code": ["s.xlsx"], "compare": ["old"],
    "export": ["jsonl", "-o", "a.jsonl"], "import": ["jsonl", "a.jsonl", "-o", "p.jsonl"],
    "accept": ["p.csv", "--by", "Anna"], "add": ["f.txt"], "reanchor": ["a", "a.txt"],
}  # fmt: skip


@pytest.mark.parametrize("name", READ_FROM_DATA)
def test_no_command_takes_the_data_of_the_package_unasked(tmp_path, capsys, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, name, *READ_FROM_DATA[name])
    assert (code, out) == (1, "")
    assert (
        err.startswith(f"{tmp_path}: expected a data folder") and "--data" in err and "sourcebook new" in err
    )
    assert list(tmp_path.iterdir()) == []


def test_a_command_works_in_any_folder_of_a_book(corpus, capsys, monkeypatch):
    (corpus / "raw" / "deeper").mkdir()
    monkeypatch.chdir(corpus / "raw" / "deeper")
    code, out, _ = run(capsys, "check")
    assert code == 0 and out.startswith("3 sources and ")


def test_a_command_in_a_chapter_works_where_it_is_run(corpus, tmp_path_factory, capsys, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(default_folder()))
    monkeypatch.chdir(corpus)
    assert run(capsys, "check")[1].startswith("3 sources and ")
    monkeypatch.chdir(tmp_path_factory.mktemp("empty"))
    assert run(capsys, "check")[0] == 1


def test_texts_need_no_data_folder(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("t.txt").write_text("On 5 December 1988 they met.", encoding="utf-8")
    code, out, err = run(capsys, "suggest", "t.txt", "--format", "csv")
    assert (code, err) == (0, "texts: 1 of 1\n") and "1988-12-05" in out


def test_the_version_is_that_of_the_package(capsys):
    from sourcebook import __version__

    with pytest.raises(SystemExit) as caught:
        cli.main(["--version"])
    assert caught.value.code == 0
    assert capsys.readouterr().out == f"sourcebook {__version__}\n"


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_is_in_the_readme(name):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"sourcebook {name}" in text, f"README.md does not say what `sourcebook {name}` does"


def test_duplicates_of_files_and_folders(tmp_path, capsys):
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in {"one": "the bridge is closed", "two": "The bridge is closed!", "three": "no"}.items():
        (folder / f"{name}.txt").write_text(text)
    code, out, err = run(capsys, "duplicates", folder, "--ngram", "2")
    assert (code, out) == (0, "source_a,source_b,similarity\none,two,1.0\n")
    assert "common shingles: 1 of 1" in err
    code, out, _ = run(capsys, "duplicates", folder, "-o", tmp_path / "pairs.csv", "--threshold", "0.9")
    assert (code, out) == (0, f"{tmp_path / 'pairs.csv'}: 1 rows\n")
    assert (tmp_path / "pairs.csv").read_text() == "source_a,source_b,similarity\none,two,1.0\n"
    code, out, err = run(capsys, "duplicates", folder, "--threshold", "2")
    assert (code, out) == (1, "")
    assert "threshold: expected above 0" in err


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["duplicates", "no.jsonl"], "no.jsonl: expected a readable path, found No such file"),
        (["passages", "t.jsonl", "--pairs", "no"], "no: expected a readable path"),
        (["passages", "t.jsonl", "--pairs", "bytes"], "bytes:1: expected text in UTF-8, found UTF-16"),
        (["duplicates", "t.jsonl", "-o", "none/out.csv"], "none/out.csv: expected a folder none"),
        (["passages", "t.jsonl", "-o", "folder"], "folder: expected a file, found a folder"),
        (["passages", "t.jsonl", "--format", "pan", "-o", "t.jsonl"], "t.jsonl: expected a folder"),
        (["passages", "t.jsonl", "--memory", "none"], "memory: expected an amount"),
        (["duplicates", "folder"], "folder: expected text files"),
    ],
)
def test_what_many_texts_lack_is_told_before_the_work(tmp_path, monkeypatch, capsys, more, message):
    monkeypatch.chdir(tmp_path)
    line = '{"id": "%s", "text": "the bridge is closed for the winter and the year"}\n'
    Path("t.jsonl").write_text(line % "a" + line % "b")
    Path("bytes").write_bytes(b"\xff\xfe")
    Path("folder").mkdir()
    code, out, err = run(capsys, *more)
    assert (code, out) == (1, "")
    assert message in err
    assert "Traceback" not in err
    assert ": 1 of 1" not in err


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_explains_itself_and_ends_with_an_example(name):
    parser = commands()[name]
    assert parser.description
    example = parser.format_help().rstrip().splitlines()[-1]
    assert example.startswith(f"Example: sourcebook {name} ") or example == f"Example: sourcebook {name}"
    words = example.removeprefix("Example: sourcebook ").partition(" > ")[0].split()
    cli._parser().parse_args(words)


def test_the_engines_are_those_of_the_library():
    from sourcebook.reuse.engine import ENGINES

    assert tuple(ENGINES) == cli.text_commands._ENGINES


def test_suggest_then_accept(corpus, capsys, tmp_path):
    """What is suggested is a file of proposals; what a person accepts of it is coded, and is not suggested again."""
    sheet = tmp_path / "proposals.csv"
    code, out, _ = run(capsys, "--data", corpus, "suggest", "-o", sheet)
    assert (code, out) == (0, f"{sheet}: {len(read_table(sheet))} rows\n")
    frame = read_table(sheet)
    code, out, _ = run(capsys, "--data", corpus, "accept", sheet, "--by", "Anna")
    assert (code, out) == (
        0,
        f"{sheet}: 0 accepted (0 of them coded already), 0 rejected, {len(frame)} undecided\n",
    )
    row = frame.index[frame["exact"] == "About 150"][0]
    given = {"proposition_id": "residents", "voice": "author", "modality": "asserts", "decision": "accept"}
    for column, cell in given.items():
        frame.loc[row, column] = cell
    frame.loc[frame["table"] == "citations", "decision"] = "reject"
    write_table(frame, sheet)
    code, out, err = run(capsys, "--data", corpus, "accept", sheet, "--by", "Anna")
    assert (code, err) == (0, "")
    assert "1 accepted (0 of them coded already), 1 rejected" in out
    assert "1 rows added to coded/claims.csv" in out
    assert run(capsys, "--data", corpus, "check")[0] == 0
    run(capsys, "--data", corpus, "suggest", "-o", sheet)
    assert len(read_table(sheet)) == len(frame) - 2


def test_suggest_in_texts(corpus, capsys, tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/a.txt").write_text("Over 200 people saw it.\r\n", newline="")
    lines = tmp_path / "more.jsonl"
    lines.write_text(
        '{"doc": "b", "text": "It fell on December 5.", "dct": "1988-12-08"}\n{"doc": 7, "text": ""}\n'
    )
    both = (tmp_path / "texts", lines)
    code, out, _ = run(capsys, "--data", corpus, "suggest", *both, "--jsonl", "--kinds", "dates,quantities")
    found = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [(f["doc"], f["kind"], f["exact"]) for f in found] == [
        ("a", "quantity", "Over 200"),
        ("b", "date", "December 5"),
    ]
    assert found[1]["timex"] == "1988-12-05"
    target = tmp_path / "found.csv"
    code, _, _ = run(capsys, "--data", corpus, "suggest", *both, "--kinds", "quantities", "-o", target)
    assert code == 0
    assert read_table(target)[["doc", "start", "end", "notation"]].values.tolist() == [
        ["a", "0", "8", ">200"]
    ]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        (
            "t.jsonl",
            b'{"doc": "a"}\n{"doc": "b", "text": "x", "dct": "soon"}\n[1]\n',
            ("1:text", "2:dct", "3:"),
        ),
        (
            "t.jsonl",
            b'{"text": "x"}\n{"doc": true, "text": "x"}\n{"doc": "a", "text": 3}\n',
            ("1:doc", "2:doc", "3:text"),
        ),
        (
            "t.jsonl",
            b'{"doc": "a", "text": "x", "dct": 20241205}\n{"doc": "a", "text": "\\ud800"}\n',
            ("1:dct", "2:text"),
        ),
        ("t.txt", "gr\u00fcn".encode("cp1252"), ("1",)),
        ("t.txt", "x".encode("utf-16"), ("UTF-16",)),
        ("t.csv", b"id,text\na,x\n", (".jsonl",)),
        ("t.json", b"[]", (".jsonl",)),
    ],
)
def test_suggest_refuses_what_is_no_text_and_writes_nothing(corpus, capsys, tmp_path, name, data, told):
    (tmp_path / name).write_bytes(data)
    target = tmp_path / "found.csv"
    code, out, err = run(capsys, "--data", corpus, "suggest", tmp_path / name, "-o", target)
    assert (code, out) == (1, "")
    assert not target.exists()
    for part in told:
        assert part in err


def test_accept_refuses_everything_or_nothing(corpus, capsys, tmp_path):
    sheet = tmp_path / "p.csv"
    sheet.write_text(
        "source_id,exact,proposed_by,decision\nmill,over 900 residents,x,accept\nmill,lamp,x,maybe\n"
    )
    before = {path: path.read_bytes() for path in corpus.rglob("*.csv")}
    code, out, err = run(capsys, "--data", corpus, "accept", sheet, "--by", "Anna")
    assert (code, out) == (1, "")
    assert f"{sheet}:2:exact" in err
    assert "nearest is" in err
    assert f"{sheet}:3:decision" in err
    assert {path: path.read_bytes() for path in corpus.rglob("*.csv")} == before
    with pytest.raises(SystemExit):
        run(capsys, "--data", corpus, "accept", sheet, "--by", " ")
    with pytest.raises(SystemExit):
        run(capsys, "suggest", sheet, "--kinds", "dates,names")


def test_reliability_lists_the_units_on_which_coders_differ(corpus, capsys, tmp_path):
    rows = [
        ("second", "mill|flooded", "value", "2021-03-04"),
        ("second", "council|flooded", "value", "2021-03-04"),
    ]
    second = write_pass(corpus, "second", rows).rename(tmp_path / "second.csv")
    _, out, _ = run(capsys, "--data", corpus, "reliability", second)
    assert "`--units` lists the units on which coders differ" in out
    code, out, _ = run(capsys, "--data", corpus, "reliability", second, "--units")
    (line,) = [each for each in out.splitlines() if ": value: date: " in each]
    assert (
        code == 0
        and "second 2021-03-04" in line
        and line.partition(":")[0] in {"mill|flooded", "council|flooded"}
    )
    _, out, _ = run(capsys, "--data", corpus, "reliability", second, "--units", "--format", "csv")
    assert out.startswith("variable,unit,first,second\n") or out.splitlines()[0].startswith("variable,unit,")


def test_a_source_that_there_is_not_is_told_with_those_like_it(corpus, capsys):
    for given, told in (("counsil", "did you mean council?"), ("xyz", "write one of council, ")):
        code, _, err = run(capsys, "--data", corpus, "sentences", "--source", given)
        assert code == 1 and f"{given}: expected the id of a source, found none → {told}" in err


@pytest.mark.parametrize("named", ["codng.xlsx", "Coding.xlxs", "coding.xls"])
def test_a_file_of_a_like_name_is_told(named, tmp_path, monkeypatch, capsys):
    (tmp_path / "coding.xlsx").touch()
    monkeypatch.chdir(tmp_path)
    assert cli.main(["suggest", named]) == 1
    assert f"{named}: did you mean coding.xlsx?" in capsys.readouterr().err


def test_a_folder_of_a_like_name_is_told_for_a_file_in_it(tmp_path, monkeypatch, capsys):
    (tmp_path / "documents").mkdir()
    monkeypatch.chdir(tmp_path)
    assert cli.main(["suggest", "documets/a.txt"]) == 1
    assert "documets: did you mean documents?" in capsys.readouterr().err
