"""The same bytes on this machine alone and on two workers of Dask, one of which is killed on the way."""

import os
import signal
import time
from functools import partial

import pandas as pd
import pytest

from sourcebook.analysis import agreement
from sourcebook.analysis.relations import all_pairs, relate_all
from sourcebook.reuse import duplicates, near_duplicates, shared_passages
from sourcebook.reuse.engine import open_engine

pytestmark = pytest.mark.dask

pytest.importorskip("distributed")

WORDS = "the old mill by a river burned down before harvest and nobody could say who left that lantern there"
TEXTS = {
    f"t{k:02}": " ".join([f"{word}{k // 3}" for word in WORDS.split()] * 3 + [f"end{k}", f"word{k % 7}"])
    for k in range(60)
}
SOURCES = [f"s{k}" for k in range(9)]
CLAIMS = pd.DataFrame(
    [
        (f"{source}.c{n}", source, f"q{n}", str(100 + (k * n) % 4), "", "", "asserts")
        for n in range(30)
        for k, source in enumerate(SOURCES)
        if (k + n) % 5
    ],
    columns=["claim_id", "source_id", "proposition_id", "value", "scope", "entity_id", "modality"],
    dtype="str",
)
PROPOSITIONS = pd.DataFrame(
    [(f"q{n}", "quantity", "one", "") for n in range(30)],
    columns=["proposition_id", "kind", "cardinality", "time_type"],
    dtype="str",
)
CODEBOOK = pd.DataFrame({"vocabulary": [], "term": [], "broader": []}, dtype="str")
ORIGIN = pd.DataFrame({"source_id": SOURCES, "origin": [f"o{k // 2}" for k in range(9)]}, dtype="str")


def pairs(**where):
    return near_duplicates(TEXTS, **where)


def passages(**where):
    return shared_passages(TEXTS, mode="verbatim", min_words=8, max_gap=2, **where)


def rewordings(**where):
    return shared_passages(TEXTS, mode="paraphrase", **where)


def relations(**where):
    with open_engine(**where) if where else open_engine("local") as engine:
        return relate_all(CLAIMS, PROPOSITIONS, CODEBOOK, engine=engine)


def standings(**where):
    related = relations(**where)
    found = [
        related,
        agreement.agreement_status(CLAIMS, related, PROPOSITIONS),
        agreement.corroboration(CLAIMS, related, ORIGIN),
        agreement.leave_one_out(CLAIMS, related, ORIGIN, PROPOSITIONS),
    ]
    return pd.concat(found, keys=range(4))


def dying(*arguments, function, mark):
    """Do the work; whoever comes here first is killed instead."""
    try:
        os.close(os.open(mark, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return function(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)
    return None


def all_there(cluster):
    """Wait until both workers run: what watches over a worker does not start it again if it dies while starting."""
    from distributed import Status

    for _ in range(100):
        states = [watcher.status for watcher in cluster.workers.values()]
        if states == [Status.running] * 2 and len(cluster.scheduler.workers) == 2:
            return
        time.sleep(0.1)


@pytest.fixture
def cluster():
    from distributed import LocalCluster

    from sourcebook.reuse.cluster import ANY_PORT

    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        dashboard_address=None,
        scheduler_kwargs={"dashboard_address": ANY_PORT},
        memory_limit=0,
    ) as made:
        yield made
        all_there(made)


WORKS = {
    "near-duplicates": (pairs, "rare shingles"),
    "passages": (passages, "verbatim runs"),
    "passages, at the end": (passages, "passages"),
    "reworded passages": (rewordings, "reworded passages"),
    "relations and agreement": (standings, "relate"),
}


@pytest.mark.filterwarnings("default")  # what a killed process leaves open is not ours to close
@pytest.mark.parametrize("name", WORKS)
def test_the_same_bytes_though_a_worker_is_killed(cluster, name, tmp_path, monkeypatch):
    from sourcebook.reuse import cluster as cluster_engine
    from sourcebook.reuse.cluster import DaskEngine

    work, stage = WORKS[name]
    all_there(cluster)
    monkeypatch.setattr(all_pairs, "_PAIRS", 40)
    monkeypatch.setattr(duplicates, "CHUNK", 4_000)
    monkeypatch.setattr(cluster_engine, "PIECE", 1_000)
    expected = work()
    mark = tmp_path / "dead"

    def deadly(run):
        def kill(self, function, parts, *more, label=""):
            if label == stage:
                function = partial(dying, function=function, mark=str(mark))
            return run(self, function, parts, *more, label=label)

        return kill

    for method in ("map", "shuffle"):
        monkeypatch.setattr(DaskEngine, method, deadly(getattr(DaskEngine, method)))
    key = "name" if work is standings else "engine"
    found = work(**{key: "dask", "scheduler": cluster.scheduler_address})
    assert mark.exists()
    assert len(expected) > 20
    assert found.to_csv().encode() == expected.to_csv().encode()
