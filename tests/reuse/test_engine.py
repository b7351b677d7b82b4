"""Engines give a function the same parts in the same order, wherever they run it."""

import os
import signal
import socket
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.reuse.engine import open_engine, parse_memory


def cut(numbers, targets):
    return [np.stack([numbers, numbers * 2], axis=1)[numbers % targets == k] for k in range(targets)]


def total(array, number):
    return number, array.tolist()


def run(engine, parts, targets):
    shuffled = engine.shuffle(cut, [(np.array(part, dtype=np.int64), targets) for part in parts], targets)
    return list(engine.map(total, [(part, number) for number, part in enumerate(shuffled)]))


def expected(parts, targets):
    return [(k, [[x, 2 * x] for part in parts for x in part if x % targets == k]) for k in range(targets)]


@given(
    parts=st.lists(st.lists(st.integers(0, 99), max_size=8), min_size=1, max_size=5),
    targets=st.integers(1, 4),
    memory=st.sampled_from([1, 50, 10**9]),
)
def test_pieces_of_a_target_are_together_in_order_in_memory_or_on_disk(parts, targets, memory):
    with open_engine("local", memory=memory) as engine:
        assert run(engine, parts, targets) == expected(parts, targets)


def test_files_are_gone_when_the_engine_is_left(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with open_engine("local", memory=1) as engine:
        engine.shuffle(cut, [(np.arange(9), 3)], 3)
        assert list(tmp_path.glob("*/*.bin"))
    assert not list(tmp_path.iterdir())


def test_progress_names_the_stage():
    seen = []
    with open_engine("local", progress=lambda *args: seen.append(args)) as engine:
        engine.shuffle(cut, [(np.arange(3), 1), (np.arange(3), 1)], 1, label="cut")
    assert seen == [("cut", 1, 2), ("cut", 2, 2)]


@pytest.mark.parametrize("amount", ["", "0", "many", "-1GB", "2XB", 0])
def test_an_amount_of_memory_that_is_none(amount):
    with pytest.raises(ValueError, match="memory"):
        parse_memory(amount)


def test_wrong_engines():
    with pytest.raises(ValueError, match="expected one of local, dask"):
        open_engine("spark")
    with pytest.raises(ValueError, match="scheduler"):
        open_engine("local", scheduler="tcp://127.0.0.1:1")


@pytest.fixture(scope="module")
def cluster():
    distributed = pytest.importorskip("distributed")
    from sourcebook.reuse.cluster import ANY_PORT

    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        dashboard_address=None,
        scheduler_kwargs={"dashboard_address": ANY_PORT},
    ) as made:
        yield made
        with distributed.Client(
            made
        ) as client:  # a worker that starts again cannot be closed before it is there
            client.wait_for_workers(2)


def die_once(numbers, targets, flag):
    """Kill the worker that runs this, the first time."""
    try:
        os.close(os.open(flag, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return cut(numbers, targets)
    os.kill(os.getpid(), signal.SIGKILL)
    return None


@pytest.mark.dask
@pytest.mark.filterwarnings("default")  # what a killed process leaves open is not ours to close
def test_dask_gives_the_same_and_survives_a_killed_worker(cluster, tmp_path):
    parts = [list(range(k, 40 + k)) for k in range(6)]
    seen = []
    with open_engine(
        "dask", scheduler=cluster.scheduler_address, progress=lambda *args: seen.append(args)
    ) as engine:
        assert run(engine, parts, 3) == expected(parts, 3)
        flag = tmp_path / "killed"
        shuffled = engine.shuffle(die_once, [(np.array(part), 3, flag) for part in parts], 3, label="cut")
        found = list(engine.map(total, [(part, number) for number, part in enumerate(shuffled)]))
    assert flag.exists()
    assert found == expected(parts, 3)
    assert ("cut", 6, 6) in seen


@pytest.mark.dask
def test_a_cluster_starts_where_another_program_has_the_usual_port():
    pytest.importorskip("distributed")
    with socket.socket() as other:
        with suppress(OSError):  # somebody else has it
            other.bind(("127.0.0.1", 8787))
            other.listen()
        with open_engine("dask") as engine:
            assert run(engine, [[1, 2], [3]], 2) == expected([[1, 2], [3]], 2)
