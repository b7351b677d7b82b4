"""What the page on larger corpora says first, against the runs that it rests on."""

from pathlib import Path

import pandas as pd
import pytest

MEASURED = Path(__file__).resolve().parents[2] / "data" / "measured"


@pytest.fixture(scope="module")
def measured():
    return pd.read_csv(MEASURED / "reuse.csv")


def test_time_and_memory_grow_no_faster_than_the_number_of_texts():
    slopes = pd.read_csv(MEASURED / "reuse_slopes.csv")
    assert set(slopes["work"]) == {"near-duplicates", "shared passages"}
    assert (slopes[["cpu_slope", "memory_slope"]] <= 1).all(axis=None)


def test_near_duplicates_cost_less_than_passages_at_every_size(measured):
    seconds = measured.pivot(index="texts", columns="work", values="cpu_s")
    assert len(seconds) >= 4
    assert (seconds["near-duplicates"] < seconds["shared passages"]).all()


@pytest.fixture(scope="module")
def trials():
    return pd.read_csv(MEASURED / "trials.csv", dtype="str", keep_default_na=False)


def test_every_case_has_its_run_and_every_run_its_numbers(trials):
    runs = pd.read_csv(MEASURED / "trial_runs.csv", dtype="str", keep_default_na=False)
    cases = runs.set_index(["trial", "case"]).index
    assert cases.is_unique
    assert set(cases) == set(trials.set_index(["trial", "case"]).index)
    assert not trials.duplicated(["trial", "case", "contender", "measure"]).any()
    must = ["command", "date", "processor", "cores", "memory", "system", "python", "load"]
    assert (runs[must] != "").all(axis=None)
    assert runs["date"].str.fullmatch(r"20\d\d-\d\d-\d\d").all()


def test_what_the_page_on_trials_says_in_words(trials):
    def numbers(trial, measure):
        rows = trials.query(
            "trial == @trial and measure == @measure and contender.str.startswith('sourcebook')"
        )
        return rows.set_index("case")["value"].astype(float)

    assert (numbers("fuzz", "failed") == 0).all()
    assert (numbers("fuzz", "peak_mb") < 1024).all()
    assert (numbers("fuzz-growth", "largest growth of time") < 3).all()
    assert (numbers("kills", "kills") > 0).all()
    assert (numbers("kills", "half-written or left behind") == 0).all()
    suites = numbers("suites", "cases")
    assert (numbers("suites", "passed") + numbers("suites", "skipped") == suites).all()
