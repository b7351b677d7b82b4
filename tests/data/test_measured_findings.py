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
