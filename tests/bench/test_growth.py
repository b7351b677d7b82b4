"""Growth is the slope of logarithms, and what is projected follows from it."""

import pandas as pd
from growth import FOLDER, compute_slopes, project_cost, write_computed

MEASURED = pd.DataFrame(
    {
        "work": ["a", "a", "a", "b", "b", "c"],
        "texts": [10, 100, 1000, 10, 1000, 10],
        "cpu_s": [1.0, 10.0, 100.0, 1.0, 10_000.0, 1.0],
        "peak_mb": [7.0, 7.0, 7.0, 1.0, 10.0, 1.0],
    }
)


def test_slopes_of_proportional_and_quadratic_work():
    found = compute_slopes(MEASURED)
    assert found["work"].tolist() == ["a", "b", "c"]
    assert found["cpu_slope"].round(9).tolist()[:2] == [1, 2]
    assert found["memory_slope"].round(9).tolist()[:2] == [0, 0.5]
    assert found["cpu_slope"].isna().tolist() == [False, False, True]


def test_projection_goes_on_from_the_largest_size():
    found = project_cost(MEASURED, [10_000, 100_000], hours=0.5)
    assert found["work"].tolist() == ["a", "a", "b", "b"]
    assert found["cpu_h"].round(6).tolist() == [0.277778, 2.777778, 277.777778, 27777.777778]
    assert found["workers"].tolist() == [1, 6, 556, 55556]


def test_no_work_is_taken_to_cost_less_for_each_text_the_more_there_are():
    fast = pd.DataFrame({"work": "f", "texts": [10, 100], "cpu_s": [1.0, 2.0], "peak_mb": 1.0})
    assert project_cost(fast, [1000])["slope"].tolist() == [1.0]


def test_the_computed_tables_are_those_of_the_runs(tmp_path):
    write_computed(pd.read_csv(FOLDER / "reuse.csv"), tmp_path)
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert len(written) == 2
    assert written == {name: (FOLDER / name).read_bytes() for name in written}
