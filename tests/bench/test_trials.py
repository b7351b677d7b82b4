"""What was measured is kept by trial: a new run takes the place of the old one, and other trials stay."""

import json

import pandas as pd
import pytest
import trials

FACTS = {
    "processor": "P", "cores": "2", "memory": "4 GB", "system": "S", "python": "3.11", "load at the start": "0.1",
    "date": "2026-01-02", "numpy": "2.4", "command": "python x.py --seed 3",
}  # fmt: skip


@pytest.fixture
def folders(tmp_path, monkeypatch):
    monkeypatch.setattr(trials, "FOLDER", tmp_path / "bench")
    monkeypatch.setattr(trials, "MEASURED", tmp_path / "measured")
    for name in ("bench", "measured"):
        (tmp_path / name).mkdir()
    return tmp_path


def left(folders, name, rows):
    (folders / f"bench/{name}.json").write_text(json.dumps({"facts": FACTS, "rows": rows}), encoding="utf-8")


def read(folders, name):
    return pd.read_csv(folders / f"measured/{name}.csv", dtype="str", keep_default_na=False)


def test_numbers_and_runs_are_kept_by_trial(folders):
    row = {
        "case": "k",
        "contender": "ours",
        "cpu": 1.23456,
        "wall": 2.0,
        "peak_mb": 3.0,
        "result": {"F1": 0.5},
    }
    left(folders, "one", [row, {"case": "k", "contender": "peer", "failed": "no module"}])
    left(folders, "two", [{**row, "result": 7}])
    trials.main()
    one = read(folders, "trials").query("trial == 'one'")
    assert one[["contender", "measure", "value"]].values.tolist() == [
        ["ours", "F1", "0.5"], ["ours", "cpu_s", "1.235"], ["ours", "wall_s", "2.0"], ["ours", "peak_mb", "3.0"],
        ["peer", "failed", "no module"],
    ]  # fmt: skip
    runs = read(folders, "trial_runs")
    assert runs[["trial", "case"]].values.tolist() == [["one", "k"], ["two", "k"]]
    assert runs.loc[0, ["command", "date", "packages"]].tolist() == [
        "python x.py --seed 3",
        "2026-01-02",
        "numpy 2.4",
    ]


def test_a_new_run_takes_the_place_of_the_old_and_others_stay(folders):
    row = {"case": "k", "contender": "ours", "result": {"F1": 0.5}}
    left(folders, "one", [row])
    left(folders, "two", [row])
    trials.main()
    (folders / "bench/two.json").unlink()
    left(folders, "one", [{**row, "case": "other"}, {**row, "result": {"F1": 1.0}}])
    trials.main()
    found = read(folders, "trials")[["trial", "case", "value"]].values.tolist()
    assert found == [["one", "other", "0.5"], ["one", "k", "1.0"], ["two", "k", "0.5"]]
    assert read(folders, "trial_runs")[["trial", "case"]].values.tolist() == [
        ["one", "other"],
        ["one", "k"],
        ["two", "k"],
    ]
