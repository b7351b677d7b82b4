"""The local engine in several processes, and runs that are killed and go on from what their parts gave."""

import os
import pickle
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sourcebook.core.errors import DataError, Problem, SourcebookError
from sourcebook.reuse import duplicates, local_engine, near_duplicates, part_files, shared_passages
from sourcebook.reuse.engine import open_engine
from sourcebook.reuse.part_files import Segment, digest, digest_of_part, read_part, write_part
from sourcebook.reuse.workers import can_send

WORDS = "the old mill by a river burned down before harvest and nobody could say who left that lantern there"
TEXTS = {
    f"t{k:02}": " ".join([f"{word}{k // 3}" for word in WORDS.split()] * 3 + [f"end{k}", f"word{k % 7}"])
    for k in range(60)
}


def cut(numbers, targets):
    return [np.stack([numbers, numbers * 2], axis=1)[numbers % targets == k] for k in range(targets)]


def total(array, number, shared):
    return number, array.tolist(), int(shared.sum()), os.getpid()


def itself(array):
    return array


def both(array):
    return array, array[:1]


def wrong(number):
    raise DataError([Problem("texts", number, "text", "nothing", "something")])


def chatty(number):
    sys.stdout.write("a line that is no answer")
    sys.stdout.flush()
    os.write(1, b"\0" * 64)
    return number


def die(number):
    os.kill(os.getpid(), signal.SIGKILL)


def die_once(number, flag):
    try:
        os.close(os.open(flag, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return number
    return die(number)


def unpicklable(number):
    return lambda: number


@pytest.fixture
def at_once(monkeypatch):
    """Send all to the workers from the first part on."""
    monkeypatch.setattr(local_engine, "PATIENCE", -1.0)
    monkeypatch.setattr(local_engine, "SMALL", 0)


def run(engine, parts, targets):
    shared = engine.share(np.arange(10))
    shuffled = engine.shuffle(cut, [(np.array(part, dtype=np.int64), targets) for part in parts], targets)
    waiting = [(part, number, shared) for number, part in enumerate(shuffled)]
    return list(engine.map(total, waiting))


@pytest.mark.parametrize("memory", [1, 10**9])
def test_processes_are_given_the_same_parts_in_the_same_order(at_once, memory, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    parts = [list(range(k, 40 + k)) for k in range(7)]
    with open_engine("local", memory=memory, workers=1) as engine:
        expected = [each[:3] for each in run(engine, parts, 3)]
    with open_engine("local", memory=memory, workers=3) as engine:
        found = run(engine, parts, 3)
        assert len(list(tmp_path.glob("*/*.bin"))) == 1  # the shared array; what was consumed is gone
    assert [each[:3] for each in found] == expected
    assert os.getpid() not in {each[3] for each in found}
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("mode", ["verbatim", "edited", "paraphrase"])
def test_any_number_of_workers_finds_the_same_passages(at_once, mode):
    one = shared_passages(TEXTS, mode=mode, min_words=8, workers=1)
    assert len(one) > 20
    for number in (2, 3):
        pd.testing.assert_frame_equal(shared_passages(TEXTS, mode=mode, min_words=8, workers=number), one)


def test_any_number_of_workers_finds_the_same_duplicates(at_once, monkeypatch):
    monkeypatch.setattr(duplicates, "CHUNK", 4_000)
    one = near_duplicates(TEXTS, workers=1)
    assert len(one) > 20
    pd.testing.assert_frame_equal(near_duplicates(TEXTS, workers=3), one)


def test_small_work_starts_no_process(monkeypatch):
    monkeypatch.setattr(local_engine, "Workers", None)
    assert len(near_duplicates(TEXTS, workers=8))


def test_what_no_worker_can_find_is_done_here(at_once):
    with open_engine("local", workers=2) as engine:
        assert list(engine.map(lambda number: number + 1, [(1,), (2,)])) == [2, 3]
        assert [each() for each in engine.map(itself, [(lambda: 1,), (lambda: 2,)])] == [1, 2]
    assert not can_send(lambda: 1)


def test_an_error_in_a_worker_is_the_error_with_its_place(at_once):
    with open_engine("local", workers=2) as engine, pytest.raises(DataError) as raised:
        list(engine.map(wrong, [(1,), (2,)]))
    assert raised.value.problems[0].line == 1
    assert "in wrong" in raised.value.__notes__[0]


def test_what_a_worker_prints_is_no_answer(at_once, capfd):
    with open_engine("local", workers=2) as engine:
        assert list(engine.map(chatty, [(1,), (2,)])) == [1, 2]
    assert "no answer" not in capfd.readouterr().out


def test_a_result_that_cannot_be_sent_is_told(at_once):
    told = (RuntimeError, AttributeError, pickle.PicklingError)  # the last since Python 3.14
    with open_engine("local", workers=2) as engine, pytest.raises(told):
        list(engine.map(unpicklable, [(1,), (2,)]))


def test_a_worker_that_is_lost_is_replaced(at_once, tmp_path):
    with open_engine("local", workers=2) as engine:
        flag = tmp_path / "dead"
        assert list(engine.map(die_once, [(k, flag) for k in range(5)])) == list(range(5))
        assert flag.exists()


def test_a_part_that_ends_every_worker_ends_the_work(at_once):
    with open_engine("local", workers=2) as engine, pytest.raises(SourcebookError, match="fewer workers"):
        list(engine.map(die, [(1,), (2,)]))


def test_leaving_early_ends_the_processes(at_once):
    with open_engine("local", workers=2) as engine:
        results = engine.map(time.sleep, [(0,), (60,), (60,)])
        next(results)
        started = time.monotonic()
    assert time.monotonic() - started < 20


def test_workers_end_with_the_process_that_started_them(tmp_path):
    """Whatever ends it: a worker hears that its input is closed, even while it works."""
    code = (
        "import pickle, time, os\n"
        "from sourcebook.reuse.workers import Workers\n"
        "workers = Workers(1)\n"
        "print(workers.submit(pickle.dumps((os.getpid, ()))).result(), flush=True)\n"
        "workers.submit(pickle.dumps((time.sleep, (600,))))\n"
        "time.sleep(600)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        worker = int(process.stdout.readline())
        time.sleep(0.2)
        process.kill()
    for _ in range(100):
        try:
            state = Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            break
        if state == "Z":
            break
        time.sleep(0.1)
    else:
        pytest.fail("the worker goes on")


def test_a_script_without_a_main_guard_is_not_run_again(tmp_path):
    script = tmp_path / "sub" / "script.py"
    script.parent.mkdir()
    script.write_text(
        "print('once')\n"
        "import numpy as np\n"
        "from sourcebook.reuse import local_engine, near_duplicates\n"
        "local_engine.PATIENCE = -1\n"
        "print(len(near_duplicates({'a': 'one two three', 'b': 'One, two, three!'}, workers=2)))\n",
        encoding="utf-8",
    )
    (tmp_path / "json.py").write_text("raise SystemExit('the wrong json')\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, script],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["once", "1"]


@pytest.mark.parametrize("workers", [0, -1, 1.5, "2", True])
def test_a_number_of_workers_that_is_none(workers):
    with pytest.raises(ValueError, match="workers"):
        near_duplicates({"a": "one"}, workers=workers)


def test_settings_of_another_engine():
    with pytest.raises(ValueError, match="checkpoints"):
        near_duplicates({"a": "one"}, engine="dask", checkpoints="x")


# Files of parts


def test_a_file_of_a_part_is_whole_or_none(tmp_path):
    arrays = [
        np.arange(6).reshape(2, 3),
        np.zeros(0, dtype=np.uint64),
        np.array([True, False]),
        np.zeros((0, 4)),
    ]
    path = tmp_path / "part"
    for found, array in zip(write_part(path, arrays), arrays, strict=True):
        for read in (found.read(), found.map()):
            assert read.dtype == array.dtype
            assert read.shape == array.shape
            assert np.array_equal(read, array)
    assert read_part(path) == write_part(path, arrays)
    data = path.read_bytes()
    for size in range(len(data)):
        path.write_bytes(data[:size])
        assert read_part(path) is None
    for place in range(len(data)):
        for sign in (1, 128):
            path.write_bytes(data[:place] + bytes([data[place] ^ sign]) + data[place + 1 :])
            assert read_part(path) is None
    path.write_bytes(b"[]\n")
    assert read_part(path) is None
    assert read_part(tmp_path) is None
    assert [each.name for each in tmp_path.iterdir()] == ["part"]


DIFFERENT = [
    None, True, 1, 1.0, "1", b"1", "", b"", [], (), {}, [1, 2], (1, 2), [[1], 2], [1, [2]], ["a", "b"], ["ab", ""],
    np.array([1, 2]), np.array([[1, 2]]), np.array([1, 2], dtype=np.int32), np.array([1.0, 2.0]), {"a": 1},
    {"a": 2}, Segment(path="x", offset=0, dtype="<i8", shape=(1,)),
]  # fmt: skip


def test_values_that_differ_have_other_digests():
    digests = [digest(each) for each in DIFFERENT]
    assert len(set(digests)) == len(digests)
    assert digests == [digest(each) for each in DIFFERENT]


def test_equal_arrays_have_one_digest_however_they_are_kept(tmp_path):
    array = np.arange(12).reshape(3, 4)
    (segment,) = write_part(tmp_path / "x", [array])
    same = [
        array,
        array.copy(order="F"),
        np.arange(24).reshape(3, 8)[:, ::2] // 2,
        segment.read(),
        segment.map(),
    ]
    assert len({digest(each) for each in same}) == 1


def test_a_part_is_another_by_function_argument_or_version(monkeypatch):
    known = {digest_of_part(itself, (1,)), digest_of_part(both, (1,)), digest_of_part(itself, (2,))}
    monkeypatch.setattr(part_files, "_versions", lambda: ("another",))
    known.add(digest_of_part(itself, (1,)))
    assert len(known) == 4
    assert digest_of_part(itself, (object(),)) is None


# Going on


class Killed(BaseException):
    """Ends a run as a kill does, but for the process."""


def counted(monkeypatch, stop=None):
    """Count the parts that are really done; end the run after so many."""
    done = []
    real = local_engine.run_part

    def count(function, *more):
        if stop is not None and len(done) >= stop:
            raise Killed
        result = real(function, *more)
        done.append(function.__name__)
        return result

    monkeypatch.setattr(local_engine, "run_part", count)
    return done


WORKS = {
    "near-duplicates": near_duplicates,
    "verbatim": lambda texts, **more: shared_passages(texts, mode="verbatim", min_words=8, **more),
    "edited": shared_passages,
    "paraphrase": lambda texts, **more: shared_passages(texts, mode="paraphrase", **more),
}


@pytest.mark.parametrize("name", WORKS)
def test_a_run_goes_on_from_its_parts(name, tmp_path, monkeypatch, caplog):
    work, folder = WORKS[name], tmp_path / "parts"
    monkeypatch.setattr(duplicates, "CHUNK", 4_000)
    memory = 20_000  # many parts
    expected = work(TEXTS, memory=memory)
    with monkeypatch.context() as patch:
        done = counted(patch)
        work(TEXTS, memory=memory, checkpoints=folder)
        whole = len(done)
    assert whole > 4
    assert not folder.exists()
    for stop in sorted({1, whole // 2, whole - 1}):
        with monkeypatch.context() as patch, pytest.raises(Killed):
            counted(patch, stop)
            work(TEXTS, memory=memory, checkpoints=folder)
        caplog.clear()
        with monkeypatch.context() as patch:
            done = counted(patch)
            pd.testing.assert_frame_equal(work(TEXTS, memory=memory, checkpoints=folder), expected)
            assert len(done) == whole - stop
        assert "going on" in caplog.text
        assert not folder.exists()


@pytest.mark.parametrize("name", WORKS)
def test_parts_of_other_texts_or_settings_are_not_taken(name, tmp_path, monkeypatch):
    work, folder = WORKS[name], tmp_path / "parts"
    monkeypatch.setattr(duplicates, "CHUNK", 4_000)
    others = {**TEXTS, "t05": TEXTS["t05"].replace("lantern", "candle"), "t90": TEXTS["t00"]}
    for texts, settings in ((others, {}), (dict(reversed(TEXTS.items())), {}), (TEXTS, {"memory": 50_000})):
        with monkeypatch.context() as patch, pytest.raises(Killed):
            counted(patch, 6)
            work(TEXTS, memory=20_000, checkpoints=folder)
        expected = work(texts, **settings)
        pd.testing.assert_frame_equal(work(texts, checkpoints=folder, **settings), expected)
        assert not folder.exists()


def test_damaged_parts_are_made_again(tmp_path, monkeypatch):
    folder = tmp_path / "parts"
    with monkeypatch.context() as patch, pytest.raises(Killed):
        counted(patch, 5)
        near_duplicates(TEXTS, checkpoints=folder)
    kept = [path for path in folder.iterdir() if path.name != ".lock"]
    for number, path in enumerate(kept):
        path.write_bytes([b"", path.read_bytes()[:-1], os.urandom(200)][number % 3])
    assert kept
    pd.testing.assert_frame_equal(near_duplicates(TEXTS, checkpoints=folder), near_duplicates(TEXTS))


def test_files_of_somebody_else_stay(tmp_path):
    mine = tmp_path / "letter.txt"
    mine.write_text("mine", encoding="utf-8")
    near_duplicates(TEXTS, checkpoints=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_two_runs_at_once_do_not_take_from_each_other(tmp_path):
    folder = tmp_path / "parts"
    with open_engine("local", checkpoints=folder) as one:
        assert [each.tolist() for each in one.map(itself, [(np.arange(3),)])] == [[0, 1, 2]]
        kept = sorted(folder.iterdir())
        near_duplicates(TEXTS, checkpoints=folder)
        assert sorted(folder.iterdir()) == kept
    assert not folder.exists()


def test_nothing_is_kept_of_refused_texts(tmp_path):
    folder = tmp_path / "parts"
    with pytest.raises(DataError):
        near_duplicates({"a": "one", "b": 2}, checkpoints=folder)
    with pytest.raises(DataError):
        near_duplicates(iter([("a", "one two"), ("b", 2)]), checkpoints=folder)
    assert not folder.exists()


def test_several_arrays_are_kept_as_they_were(tmp_path, monkeypatch):
    parts = [(np.arange(k),) for k in range(4)]
    for stop in (2, None):
        with monkeypatch.context() as patch:
            done = counted(patch, stop)
            try:
                with open_engine("local", checkpoints=tmp_path / "parts") as engine:
                    found = [(a.tolist(), b.tolist()) for a, b in engine.map(both, parts)]
            except Killed:
                continue
    assert found == [([], []), ([0], [0]), ([0, 1], [0]), ([0, 1, 2], [0])]
    assert len(done) == 2


# The command, killed


def write_texts(folder):
    draw = random.Random(1)
    pool = [f"word{k}" for k in range(900)]
    folder.mkdir()
    known = [" ".join(draw.choices(pool, k=60)) for _ in range(9)]
    for number in range(40):
        text = " ".join([*draw.choices(pool, k=300), draw.choice(known)])
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")


KILL = """
import os, signal, sys
from sourcebook import cli
from sourcebook.reuse import local_engine

left, real = [int(sys.argv.pop(1))], local_engine.write_part

def write_part(path, arrays):
    left[0] -= 1
    if not left[0]:
        path.with_name(path.name + ".1.tmp").write_bytes(b"half of it")
        os.kill(os.getpid(), signal.SIGKILL)
    return real(path, arrays)

local_engine.write_part = write_part
sys.exit(cli.main())
"""


def kill_after(words, env, parts):
    """Run a command that is killed while it writes what a part gave; return whether it was."""
    words = [words[0], "-c", KILL, str(parts), *words[3:]]
    done = subprocess.run(words, env=env, capture_output=True, check=False)
    return done.returncode == -signal.SIGKILL


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize(
    ("command", "memory"),
    [(["duplicates"], "20KB"), (["passages"], "200KB"), (["passages", "--mode", "paraphrase"], "200KB")],
)
def test_a_command_that_is_killed_goes_on(command, memory, tmp_path):
    texts, out, kept = tmp_path / "texts", tmp_path / "found.csv", tmp_path / ".found.csv.parts"
    write_texts(texts)
    env = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    words = [sys.executable, "-m", "sourcebook.cli", *command, texts, "-o", out, "--memory", memory]

    def whole():
        done = subprocess.run(words, env=env, check=True, capture_output=True, text=True)
        assert not kept.exists()
        data = out.read_bytes()
        out.unlink()
        return data, "going on" in done.stderr

    expected, resumed = whole()
    assert not resumed
    assert expected.count(b"\n") > 20 or command == ["duplicates"]
    for parts in (2, 9, 20):
        assert kill_after(words, env, parts)
        assert not out.exists()
        assert whole() == (expected, True)
    changed = texts / "00.txt"
    before = changed.read_text(encoding="utf-8")
    changed.write_text(before + " " + (texts / "01.txt").read_text(encoding="utf-8"), encoding="utf-8")
    other = whole()[0]
    assert kill_after(words, env, 9)
    changed.write_text(before, encoding="utf-8")
    assert whole()[0] == expected
    assert other != expected or command == ["duplicates"]
    assert [path.name for path in tmp_path.iterdir()] == ["texts"]
