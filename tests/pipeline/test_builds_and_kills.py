"""Builds that are killed, that meet a full disk, another build or files of people: nothing of value is lost."""

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sourcebook import cli
from sourcebook.core.csvfiles import read_table
from sourcebook.core.errors import DataError
from sourcebook.pipeline import datapackage, store
from sourcebook.pipeline.dataset import read


def state(folder):
    """Return the bytes of what a build writes, and of everything hidden, by name."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    made = {"README.md", "datapackage.json"}
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in files
        if path.parent.name == "derived" or path.name in made or any(p[0] == "." for p in path.parts)
    }


def problems(folder):
    with pytest.raises(DataError) as caught:
        store.write(store.load(folder))
    return [(p.file, p.found) for p in caught.value.problems]


REBUILD = """
import sys
from pathlib import Path
from sourcebook.pipeline import datapackage, store
folder = Path(sys.argv[1])
data = store.load(folder)
print("ready", flush=True)
for _ in range(int(sys.argv[2])):
    store.write(data)
    datapackage.write(folder)
"""


def start(folder, times=10**6, **options):
    process = subprocess.Popen(
        [sys.executable, "-c", REBUILD, folder, str(times)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )
    if process.stdout.readline() != b"ready\n":
        pytest.fail(end(process)[1])
    return process


def end(process):
    err = process.communicate()[1]
    return process.returncode, err.decode()


def test_a_build_that_is_killed_is_no_build_and_the_next_one_is_right(built):
    """Eight moments drawn from a seed; tests/bench/kills.py does this for as long as one likes."""
    data, good = store.load(built), state(built)
    draw = random.Random(11)
    for _ in range(8):
        process = start(built)
        time.sleep(draw.uniform(0, 0.4))
        process.send_signal(signal.SIGKILL)
        end(process)
        for path in (built / "derived").glob("*.csv"):
            read_table(path)
        try:
            store.load(built)
        except DataError as error:
            assert [(p.file, p.found) for p in error.problems] == [
                ("derived/inputs.csv", "no derived tables")
            ]
        store.write(data)
        datapackage.write(built)
        assert state(built) == good
        assert not list(built.rglob(".*"))


def test_builds_at_once_wait_for_each_other(built):
    good = state(built)
    processes = [start(built, 4) for _ in range(3)]
    assert [end(process) for process in processes] == [(0, "")] * 3
    assert state(built) == good


READ = """
import sys
from pathlib import Path
from sourcebook.pipeline import store
for _ in range(30):
    store.load(Path(sys.argv[1]))
"""


def test_who_reads_while_others_build_waits_and_reads_all(built):
    builds = start(built)
    try:
        readers = [
            subprocess.Popen([sys.executable, "-c", READ, built], stderr=subprocess.PIPE) for _ in range(2)
        ]
        assert [end(process) for process in readers] == [(0, "")] * 2
        assert builds.poll() is None
    finally:
        builds.kill()
        end(builds)


def limit():
    resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))


def test_a_disk_that_is_full_changes_nothing(built):
    """A limit of the size of a file does to a process what a full disk does."""
    good = state(built)
    process = start(built, 1, preexec_fn=limit)
    code, err = end(process)
    assert code == 1 and "File too large: '" in err.splitlines()[-1]
    assert state(built) == good
    store.load(built)


@pytest.mark.parametrize("name", ["mine.csv", "Relations.csv", "relations (1).csv", "relations-old.csv"])
@pytest.mark.parametrize("way", ["plain", "linked folder", "linked file"])
def test_a_table_of_ones_own_among_the_derived_is_named_and_stays(built, tmp_path, name, way):
    folder = built / "derived"
    if way == "linked folder":
        shutil.move(folder, tmp_path / "elsewhere")
        folder.symlink_to(tmp_path / "elsewhere")
    if way == "linked file":
        (tmp_path / "own.csv").write_text("a\n1\n")
        (folder / name).symlink_to(tmp_path / "own.csv")
    else:
        (folder / name).write_text("a\n1\n")
    before = state(built)
    assert problems(built) == [(f"derived/{name}", "a file that no build wrote")]
    assert state(built) == before and (folder / name).read_text() == "a\n1\n"


def test_a_folder_of_ones_own_tables_that_was_never_built_is_not_overwritten(corpus, capsys):
    (corpus / "derived").mkdir()
    (corpus / "derived/relations.csv").write_text("mine\n")
    assert cli.main(["build", "--data", str(corpus)]) == 1
    err = capsys.readouterr().err
    assert (
        "derived/relations.csv: expected only what `sourcebook build` writes, found a file that no build wrote"
        in err
    )
    assert [path.name for path in (corpus / "derived").iterdir()] == ["relations.csv"]


def test_tables_of_an_earlier_version_go_unless_they_were_changed(built):
    old = built / "derived/old.csv"
    for text, found in (("a\n1\n", []), ("a\n2\n", ["a table that was changed and is no longer made"])):
        sums = built / "derived/SHA256SUMS"
        old.write_text("a\n1\n")
        sums.write_text(f"{store.sha256_of(old)}  old.csv\n" + sums.read_text())
        old.write_text(text)
        if found:
            assert problems(built) == [("derived/old.csv", found[0])]
            assert old.read_text() == text
        else:
            data = store.load(built)
            store.write(data)
            assert not old.exists()


def test_derived_tables_that_may_only_be_read_are_named(built):
    (built / "derived/relations.csv").chmod(0o444)
    before = state(built)
    assert problems(built) == [("derived/relations.csv", "a file that may only be read")]
    assert state(built) == before


@pytest.mark.parametrize("name", ["README.md", "datapackage.json"])
@pytest.mark.parametrize("content", [b"my own words", "é".encode("cp1252"), b"", b"\xff\xfe"])
def test_documents_of_ones_own_are_named_before_anything_is_written(corpus, capsys, name, content):
    (corpus / name).write_bytes(content)
    assert cli.main(["build", "--data", str(corpus)]) == 1
    assert f"{name}: expected none, or one that sourcebook wrote" in capsys.readouterr().err
    assert (corpus / name).read_bytes() == content and not (corpus / "derived").exists()


def test_the_leftovers_of_killed_builds_go_with_the_next(built):
    good = state(built)
    (built / "derived/.new").mkdir()
    for name in (".new/relations.csv", ".relations.csv.0123abcd.tmp"):
        (built / "derived" / name).write_text("half")
    (built / f".README.md.{os.getpid():08x}.tmp").write_text("half")
    store.write(store.load(built))
    datapackage.write(built)
    assert state(built) == good


def test_a_build_that_another_holds_up_says_so(built, monkeypatch, capsys):
    monkeypatch.setattr(store, "_PATIENCE", 0.2)
    with store._alone(built / "derived"):
        code = cli.main(["build", "--data", str(built)])
    assert code == 1
    assert (
        f"{built / 'derived'}: expected no other build of the folder, found one → wait"
        in capsys.readouterr().err
    )
    assert not list(Path(built / "derived").glob(".*")) and read(built)
