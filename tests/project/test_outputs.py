"""What a command writes: whole, where it may, and never over what it reads or what was good."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sourcebook import cli

SENTENCE = "The committee declared loudly that every resident may come back to the old mill by spring."
GOOD = "".join(json.dumps({"id": name, "text": SENTENCE}) + "\n" for name in "ab")


def run(capsys, *arguments):
    code = cli.main([str(argument) for argument in arguments])
    out = capsys.readouterr()
    return code, out.out, out.err


@pytest.fixture
def texts(tmp_path):
    path = tmp_path / "t.jsonl"
    path.write_text(GOOD)
    return path


@pytest.mark.parametrize("command", ["passages", "duplicates"])
@pytest.mark.parametrize("way", ["plain", "link", "hard link", "round about", "of a folder", "second"])
def test_an_output_is_no_input(tmp_path, texts, capsys, command, way):
    given, out = [texts], texts
    if way == "link":
        out = tmp_path / "link.csv"
        out.symlink_to(texts)
    elif way == "hard link":
        out = tmp_path / "hard.csv"
        out.hardlink_to(texts)
    elif way == "round about":
        (tmp_path / "below").mkdir()
        out = tmp_path / "below" / ".." / "t.jsonl"
    elif way == "of a folder":
        given, out = [tmp_path], tmp_path / "new.TXT"
        (tmp_path / "a.txt").write_text(SENTENCE)
    elif way == "second":
        given = [tmp_path / "none.jsonl", texts]
    code, _, err = run(capsys, command, *given, "-o", out)
    assert code == 1 and "expected another file than the input → name another with -o" in err
    assert texts.read_text() == GOOD


def test_the_list_of_pairs_is_an_input_too(tmp_path, texts, capsys):
    pairs = tmp_path / "pairs"
    pairs.write_text("a b\n")
    assert run(capsys, "passages", texts, "--pairs", pairs, "-o", pairs)[0] == 1
    assert pairs.read_text() == "a b\n"


@pytest.mark.parametrize("command", ["passages", "duplicates"])
@pytest.mark.parametrize("line", ["{broken", "[]", '{"id": "a", "text": "again"}', '{"id": "c"}', "\ud800"])
def test_an_earlier_output_outlives_a_broken_input(tmp_path, texts, capsys, command, line):
    out = tmp_path / "out.csv"
    out.write_text("good\n")
    texts.write_bytes((GOOD + line + "\n").encode("utf-8", "surrogatepass"))
    code, _, err = run(capsys, command, texts, "-o", out)
    assert code == 1 and f"{texts}:3" in err
    assert out.read_text() == "good\n"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.csv", "t.jsonl"]


@pytest.mark.parametrize("command", ["passages", "duplicates"])
def test_links_and_devices_stay_what_they_are(tmp_path, texts, capsys, command):
    target, link = tmp_path / "target.csv", tmp_path / "link.csv"
    target.write_text("old\n")
    link.symlink_to(target)
    assert run(capsys, command, texts, "-o", link)[0] == 0
    assert link.is_symlink() and target.read_text().startswith("source_a,")
    assert run(capsys, command, texts, "-o", "/dev/null")[0] == 0
    assert Path("/dev/null").is_char_device()
    code, _, err = run(capsys, command, texts, "-o", "/dev/full")
    assert (
        code == 1 and "/dev/full: expected room on the disk, found No space left on device → free some" in err
    )


@pytest.mark.parametrize("format_", ["csv", "jsonl"])
def test_a_file_that_may_only_be_read_is_named(tmp_path, texts, capsys, format_):
    out = tmp_path / "out.csv"
    out.write_text("old\n")
    out.chmod(0o444)
    code, _, err = run(capsys, "passages", texts, "-o", out, "--format", format_)
    assert code == 1 and f"{out}: expected a path with the rights for this" in err
    assert out.read_text() == "old\n"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["duplicates", "--ngram", "9" * 20], "ngram: expected at most"),
        (["passages", "--min-words", "9" * 20], "min_words: expected at most"),
        (["passages", "--memory", "9" * 400 + "GB"], "memory: expected an amount"),
        (["passages", "--memory", "9" * 30 + "T"], "memory: expected an amount"),
        (["duplicates", "--threshold", "nan"], "threshold: expected above 0"),
        (["duplicates", "--threshold", "inf"], "threshold: expected above 0"),
    ],
)
def test_a_number_beyond_all_measure_is_named(texts, capsys, options, message):
    code, out, err = run(capsys, options[0], texts, *options[1:])
    assert (code, out) == (1, "") and message in err


def test_what_a_folder_leaves_out_is_told_on_standard_error(tmp_path, capsys):
    (tmp_path / "a.txt").write_text(SENTENCE)
    (tmp_path / "b.md").write_text(SENTENCE)
    code, out, err = run(capsys, "passages", tmp_path)
    assert code == 0 and "b.md" not in out
    assert f"{tmp_path}: left out, as only .txt files of a folder are read: b.md\n" in err


def command(*arguments, **environment):
    env = {**os.environ, **environment}
    return [sys.executable, "-m", "sourcebook.cli", *map(str, arguments)], env


def test_a_reader_that_has_enough_ends_the_command_quietly(tmp_path):
    path = tmp_path / "t.jsonl"
    path.write_text("".join(json.dumps({"id": str(n), "text": SENTENCE * 20}) + "\n" for n in range(60)))
    words, env = command("passages", path)
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env) as process:
        process.stdout.readline()
        process.stdout.close()
        err = process.stderr.read().decode()
    assert process.returncode == 1 and "Traceback" not in err and "Broken" not in err


def test_output_is_utf8_whatever_the_machine_prefers(tmp_path):
    path = tmp_path / "t.jsonl"
    path.write_text(GOOD.replace("mill", "mıll “ə”"))
    words, env = command(
        "passages", path, "--mode", "verbatim", PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C"
    )
    done = subprocess.run(words, capture_output=True, env=env, check=True)
    assert "mıll “ə”" in done.stdout.decode("utf-8")
