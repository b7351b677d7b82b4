"""The instrument of the benches: what it measures, and what it says when there is nothing to measure."""

import sys
from pathlib import Path

import pytest
import report

RUN = {"cpu": 2.0, "wall": 3.0, "process_cpu": 4.0, "process_wall": 5.0, "peak_mb": 6.0, "result": 0.5}


def test_a_command_is_measured_with_its_memory():
    done = report.measure([sys.executable, "-c", "x = bytearray(200_000_000); print(len(x))"])
    assert (done["exit"], done["output"].strip()) == (0, "200000000")
    assert done["peak_mb"] > 190
    assert done["process_cpu"] > 0


def test_a_failing_and_an_endless_command_are_told_apart():
    failed = report.measure([sys.executable, "-c", "raise SystemExit('no data')"])
    assert (failed["exit"], failed["error"].strip()) == (1, "no data")
    assert report.measure([sys.executable, "-c", "while True: pass"], seconds=0.2)["exit"] is None


def test_preparation_is_not_timed():
    def prepare(case):
        sum(range(3_000_000))
        return lambda: case["answer"]

    done = report.run_here(report.Contender("ours", prepare), {"answer": 42})
    assert done["result"] == 42
    assert done["cpu"] < report.used_cpu()


def test_the_median_of_the_repeats_and_ratios_to_the_first():
    ours = report.middle([{**RUN, "cpu": cpu} for cpu in (9.0, 2.0, 3.0)])
    assert (ours["cpu"], ours["least_cpu"], ours["most_cpu"]) == (3.0, 2.0, 9.0)
    rows = [
        {"case": "k", "contender": "ours", **ours},
        {"case": "k", "contender": "peer", **report.middle([{**RUN, "cpu": 12.0}])},
        {"case": "k", "contender": "gone", **report.middle([{"failed": "no module"}])},
    ]
    lines = report.table(rows)
    assert lines[2] == "| k | ours | 3.000 | 3.000 | 6 | 1.00 | 0.5 |"
    assert "| 4.00 |" in lines[3]
    assert lines[4] == "| k | gone | – | – | – | – | no module |"


@pytest.mark.parametrize("body", ["raise ValueError('no such corpus')", "import no_such_peer"])
def test_a_contender_that_fails_is_a_row_with_its_reason(tmp_path, body):
    bench = tmp_path / "bench_x.py"
    bench.write_text(
        f"import sys\nsys.path.insert(0, {str(Path(report.__file__).parent)!r})\nimport report\n"
        f"def work(case):\n    {body}\nreport.main('x', [report.Contender('one', work)], {{}})\n",
        encoding="utf-8",
    )
    done = report.run_apart(bench, report.Contender("one", lambda case: lambda: None), {}, report.Limits())
    assert "no such corpus" in done["failed"] or "no_such_peer" in done["failed"]


def test_a_contender_in_a_process_of_its_own(tmp_path):
    bench = tmp_path / "bench_x.py"
    bench.write_text(
        f"import sys\nsys.path.insert(0, {str(Path(report.__file__).parent)!r})\nimport report\n"
        "def work(case):\n    print('preparing')\n    return lambda: {'sum': sum(range(case['n']))}\n"
        "report.main('x', [report.Contender('one', work)], {})\n",
        encoding="utf-8",
    )
    done = report.run_apart(
        bench, report.Contender("one", lambda case: lambda: None), {"n": 5}, report.Limits()
    )
    assert done["result"] == {"sum": 10}
    assert done["process_cpu"] >= done["cpu"] >= 0
    assert done["peak_mb"] > 1


def test_the_benches_of_a_folder_make_one_report(tmp_path, monkeypatch):
    monkeypatch.setattr(report, "FOLDER", tmp_path)
    rows = [
        {"case": "k", "contender": "ours", **report.middle([RUN, {**RUN, "cpu": 4.0}, RUN])},
        {"case": "k", "contender": "peer", **report.middle([{**RUN, "cpu": 5.0}])},
        {"case": "k", "contender": "gone", **report.middle([{"failed": "no module"}])},
    ]
    report.write("one", "One", rows, [], "python one.py")
    report.write("two", "Two", rows[:1], [], "python two.py")
    lines = (tmp_path / "report.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "bench,case,contender,least_cpu,cpu,most_cpu,wall,peak_mb,cpu_ratio,result,failed"
    assert lines[1:4] == [
        "one,k,ours,2.0,2.0,4.0,3.0,6.0,1.0,0.5,",
        "one,k,peer,5.0,5.0,5.0,3.0,6.0,2.5,0.5,",
        "one,k,gone,,,,,,,,no module",
    ]
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert text.index("## one") < text.index("| k | peer |") < text.index("## two")
    assert "command python two.py" in text


@pytest.mark.slow
def test_a_bench_runs_from_end_to_end(monkeypatch, capsys):
    import bench_import

    monkeypatch.setattr("sys.argv", ["bench_import.py", "--repeats", "1"])
    bench_import.main()
    rows = {line[:20].strip(): line.split()[-1] for line in capsys.readouterr().out.splitlines()}
    assert rows["import pandas"] == "1.00"
    assert float(rows["import sourcebook"]) > 0
