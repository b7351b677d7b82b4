"""Writing: the old file or the new one, never half of it, and nothing else left behind."""

import errno
import os
import random
import resource
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from sourcebook.core.files import replacing, scratch_folder, write_text


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_replaced_when_all_of_it_is_there(tmp_path):
    path = tmp_path / "t.txt"
    path.write_text("old")
    with replacing(path) as file:
        file.write("new\r\n")
        file.flush()
        assert path.read_text() == "old"
    assert path.read_bytes() == b"new\r\n"
    assert names(tmp_path) == ["t.txt"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, OSError, SystemExit])
def test_an_error_on_the_way_leaves_the_old_file(tmp_path, error):
    path = tmp_path / "t.txt"
    path.write_text("old")
    with pytest.raises(error), replacing(path) as file:
        file.write("half")
        raise error
    assert path.read_text() == "old"
    assert names(tmp_path) == ["t.txt"]


def test_a_link_stays_a_link_and_what_it_leads_to_is_replaced(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    target, link, second = tmp_path / "elsewhere/t.txt", tmp_path / "link.txt", tmp_path / "second.txt"
    target.write_text("old")
    link.symlink_to(target)
    second.symlink_to("link.txt")
    write_text(second, "new")
    assert link.is_symlink() and second.is_symlink()
    assert target.read_text() == "new"
    assert names(tmp_path / "elsewhere") == ["t.txt"]


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    got = []
    reader = threading.Thread(target=lambda: got.append(path.read_text()))
    reader.start()
    write_text(path, "through")
    reader.join()
    assert got == ["through"] and stat.S_ISFIFO(path.stat().st_mode)


def test_a_device_is_written_to_and_stays_a_device():
    write_text("/dev/null", "away")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    with pytest.raises(OSError, match=r"No space.*'/dev/full'"):
        write_text("/dev/full", "x")


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o664])
def test_a_file_keeps_its_permissions(tmp_path, mode):
    path = tmp_path / "t.txt"
    path.write_text("old")
    path.chmod(mode)
    write_text(path, "new")
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_file_that_may_only_be_read_is_not_replaced(tmp_path):
    path = tmp_path / "t.txt"
    path.write_text("old")
    path.chmod(0o444)
    with pytest.raises(PermissionError, match="only be read"):
        write_text(path, "new")
    assert path.read_text() == "old"
    assert names(tmp_path) == ["t.txt"]


@pytest.mark.parametrize(
    "name", ["a*b?.txt", "[t].txt", "é.txt", "x" * 250, "ə" * 120, ".hidden", "two words"]
)
def test_any_name_and_its_leftovers(tmp_path, name):
    left = tmp_path / f".{name[:50]}.00000000.tmp"
    left.write_text("of a run that was killed")
    write_text(tmp_path / name, "new")
    assert names(tmp_path) == [name]


def test_the_file_of_another_writer_is_no_leftover(tmp_path):
    path = tmp_path / "t.txt"
    with replacing(path) as slow:
        slow.write("slow")
        write_text(path, "quick")
        assert path.read_text() == "quick"
    assert path.read_text() == "slow"
    assert names(tmp_path) == ["t.txt"]


def test_a_limit_of_the_size_of_files_names_the_file(tmp_path):
    path = tmp_path / "t.txt"
    path.write_text("old")
    code = (
        "import sys, resource; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "from sourcebook.core.files import write_text\n"
        "try: write_text(sys.argv[1], 'x' * 100_000)\n"
        "except OSError as error: print(error.errno, error.filename)"
    )
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True)
    assert done.stdout == f"{errno.EFBIG} {path}\n"
    assert path.read_text() == "old" and names(tmp_path) == ["t.txt"]
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 4096


WRITER = """
import sys
from pathlib import Path
from sourcebook.core.files import scratch_folder, write_text
with scratch_folder() as folder:
    (folder / "part").write_text("x")
    print("ready", flush=True)
    for number in range(10**9):
        write_text(sys.argv[1], f"{number % 10}" * 200_000)
"""


def kill_and_look(path, scratch, delay):
    """Kill a process that writes over and over; the file is whole, and the next writer cleans up."""
    env = {**os.environ, "TMPDIR": str(scratch)}
    with subprocess.Popen([sys.executable, "-c", WRITER, path], stdout=subprocess.PIPE, env=env) as process:
        process.stdout.readline()
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
    if path.exists():
        text = path.read_text()
        assert text == "after" or (len(text) == 200_000 and len(set(text)) == 1)
    write_text(path, "after")
    assert names(path.parent) == [path.name]
    code = "from sourcebook.core.files import scratch_folder\nwith scratch_folder(): pass"
    subprocess.run([sys.executable, "-c", code], check=True, env=env)
    assert names(scratch) == []


def test_a_kill_at_any_moment_leaves_a_whole_file_and_nothing_that_stays(tmp_path):
    """Six moments drawn from a seed; tests/bench/kills.py does this for as long as one likes."""
    (tmp_path / "out").mkdir()
    (tmp_path / "scratch").mkdir()
    draw = random.Random(7)
    for _ in range(6):
        kill_and_look(tmp_path / "out" / "t.txt", tmp_path / "scratch", draw.uniform(0, 0.05))


def test_scratch_folders_of_living_processes_stay(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with scratch_folder() as one:
        with scratch_folder() as other:
            assert one.is_dir() and other.is_dir() and one != other
        assert one.is_dir() and not Path(other).exists()
    assert names(tmp_path) == []
