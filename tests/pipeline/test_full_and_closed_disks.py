"""A disk that is really full, and folders that one may not write to: the file is named, and nothing is lost.

The first needs the right to mount a small disk; where it is missing the tests are skipped and say so.
"""

import os
import shutil
import subprocess
import sys

import pytest

from sourcebook import cli

TEXTS = ["{data}/raw/mill.txt", "{data}/raw/council.txt"]
COMMANDS = {
    "build": ["build", "--data", "{data}"],
    "anchor": ["anchor", "{data}/coded/claims.csv", "--data", "{data}"],
    "template": ["template", "--coder", "anna", "{data}/pass.csv", "--data", "{data}"],
    "passages": ["passages", *TEXTS, "-o", "{data}/found.csv"],
    "duplicates": ["duplicates", *TEXTS, "-o", "{data}/pairs.csv"],
}
READERS = (["check"], ["sentences"], ["agreement"])
#: The superuser may write anywhere; without these rights a process of hers is like one of anybody.
ANYBODY = ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner"]


def filled_in(words, folder):
    return [word.format(data=folder) for word in words]


def state(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def small_disk(built, tmp_path):
    """Return a data folder on a disk of its own, and a function that fills it but for some bytes."""
    place = tmp_path / "disk"
    place.mkdir()
    size = sum(path.stat().st_size + 4096 for path in built.rglob("*")) // 1024 * 2 + 1024
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no right to mount a small disk")
    try:
        folder = shutil.copytree(built, place / "data")

        def fill(spare):
            disk = os.statvfs(place)
            (place / "filler").write_bytes(bytes(max(0, disk.f_bavail * disk.f_frsize - spare)))

        yield folder, fill
    finally:
        subprocess.run(["umount", place], check=True)


@pytest.mark.parametrize("spare", [0, 8192])
@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_disk_is_told_with_the_file_and_loses_nothing(small_disk, capsys, name, spare):
    folder, fill = small_disk
    fill(spare)
    before = state(folder)
    code = cli.main(filled_in(COMMANDS[name], folder))
    told = capsys.readouterr().err.splitlines()
    if code == 0 and spare:
        return  # what the command writes fits
    assert code == 1 and told[-1].startswith(str(folder)), told
    assert told[-1].endswith("found No space left on device → free some, and run this again")
    assert len([line for line in told if "→" in line]) == 1
    kept = {path for path in state(folder) if path.parent.name.endswith(".parts")}  # for the run to come
    assert {path: text for path, text in state(folder).items() if path not in kept} == before
    assert not kept or spare
    (folder.parent / "filler").unlink()
    assert cli.main(filled_in(COMMANDS[name], folder)) == 0
    assert not list(folder.rglob(".*"))


@pytest.fixture
def closed(built):
    """Return a data folder that may be read and not written to, and a function that runs a command in it."""
    before = []
    if os.geteuid() == 0:
        if shutil.which(ANYBODY[0]) is None:
            pytest.skip("no way to run without the rights of the superuser")
        before = ANYBODY
    for path in [built, *built.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)

    def run(words):
        command = [*before, sys.executable, "-m", "sourcebook.cli", *filled_in(words, built)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    yield built, run
    for path in [built, *built.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_folder_that_may_only_be_read_is_told_and_stays(closed, name):
    folder, run = closed
    before = state(folder)
    done = run(COMMANDS[name])
    told = done.stderr.splitlines()
    assert done.returncode == 1 and told[-1].startswith(str(folder)), told
    assert "ermission denied" in told[-1] or "only be read" in told[-1]
    assert len([line for line in told if "→" in line]) == 1 and "Traceback" not in done.stderr
    assert state(folder) == before


@pytest.mark.parametrize("words", READERS, ids=lambda words: words[0])
def test_what_only_reads_works_in_a_folder_that_may_only_be_read(closed, words):
    folder, run = closed
    before = state(folder)
    done = run([*words, "--data", "{data}"])
    assert done.returncode == 0, done.stderr
    assert state(folder) == before


def test_a_file_that_may_not_be_read_is_named(closed):
    folder, run = closed
    (folder / "raw/mill.txt").chmod(0o000)
    done = run(["check", "--data", "{data}"])
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "raw/mill.txt" in done.stderr and "Permission denied" in done.stderr
