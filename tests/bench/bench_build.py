"""Time the stages of the dataset, its growth, and a cold build of the book beside the same pages without execution.

Run by ``make bench``; ``python tests/bench/bench_build.py --repeats 5 --only data`` for a part. Times are those of
the wall clock; the table gives the median of the repeats and their range. Growth is that of planted corpora
(`tests/planted.py`) of 50, 100 and 200 sources on 24 questions: the claims grow with the sources, the pairs of claims
on a question, each of them a row of the result, with their square. Its seconds are those of the processor.
"""

import argparse
import logging
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "site"))

import planted
from building import copy_repository

from sourcebook.pipeline import dataset
from sourcebook.pipeline.build import build as build_data

EXECUTION = "execute_notebooks: force"


def timed(work: Callable[[], object]) -> tuple[float, object]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def row(name: str, seconds: list[float], unit: float = 1.0) -> str:
    low, middle, high = (f(seconds) * unit for f in (min, statistics.median, max))
    return f"{name:<28}{middle:>10.2f}{low:>10.2f}{high:>10.2f}"


def bench_data(repeats: int) -> list[str]:
    """Time reading and every step of the build, as the build logs them."""
    times: dict[str, list[float]] = {}
    for _ in range(repeats):
        seconds, _data = timed(dataset.read)
        times.setdefault("read and check", []).append(seconds)
        for name, spent in logged_steps():
            times.setdefault(name, []).append(spent)
    total = [sum(each) for each in zip(*times.values(), strict=True)]
    rows = [row(name, seconds, 1000) for name, seconds in times.items()]
    return [
        f"{'step of make data (ms)':<28}{'median':>10}{'min':>10}{'max':>10}",
        *rows,
        row("all", total, 1000),
    ]


def logged_steps() -> list[tuple[str, float]]:
    """Run the build, and return the steps that it logs with their seconds."""
    steps: list[tuple[str, float]] = []
    handler = logging.Handler()
    handler.emit = lambda record: steps.append((str(record.args[0]), float(record.args[2])))
    logger = logging.getLogger("sourcebook.pipeline.build")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        build_data()
    finally:
        logger.removeHandler(handler)
    return steps


def bench_growth(repeats: int) -> list[str]:
    """Time the build of planted corpora."""
    rows = [
        f"{'planted corpora':<28}{'claims':>10}{'pairs':>10}{'CPU s':>10}{'claims/s':>10}",
    ]
    for sources in (50, 100, 200):
        made = planted.plant(1, sources=sources, copies=sources // 5, secret=sources // 16)
        with tempfile.TemporaryDirectory() as name:
            folder = planted.write(Path(name) / "data", made)
            seconds = []
            for _ in range(repeats):
                start = time.process_time()
                data = build_data(folder)
                seconds.append(time.process_time() - start)
        claims, middle = len(data.tables["claims"]), statistics.median(seconds)
        counted = f"{claims:>10}{len(data['relations']):>10}{middle:>10.2f}{claims / middle:>10.0f}"
        rows.append(f"{f'{sources} sources':<28}{counted}")
    return rows


def build(folder: Path) -> None:
    shutil.rmtree(folder / "_build", ignore_errors=True)
    environment = {
        **os.environ,
        "PYTHONPATH": str(folder / "src"),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    }
    command = [
        Path(sys.executable).parent / "jupyter-book",
        "build",
        folder,
        "--path-output",
        folder,
        "--quiet",
    ]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if result.returncode:
        sys.exit(f"the book does not build:\n{result.stderr[-3000:]}")


def bench_book(repeats: int) -> list[str]:
    """Time the same build with the cells executed and with execution off."""
    times: dict[str, list[float]] = {"executed": [], "not executed": []}
    with tempfile.TemporaryDirectory() as name:
        folder = copy_repository(Path(name))
        config = folder / "_config.yml"
        text = config.read_text(encoding="utf-8")
        if EXECUTION not in text:
            sys.exit(f"_config.yml no longer says {EXECUTION!r}: adapt this benchmark")
        for _ in range(repeats):
            for label, mode in (("executed", EXECUTION), ("not executed", 'execute_notebooks: "off"')):
                config.write_text(text.replace(EXECUTION, mode), encoding="utf-8")
                times[label].append(timed(lambda: build(folder))[0])
    ratio = statistics.median(times["executed"]) / statistics.median(times["not executed"])
    return [
        f"{'cold build of the book (s)':<28}{'median':>10}{'min':>10}{'max':>10}",
        *(row(label, seconds) for label, seconds in times.items()),
        f"executed / not executed: {ratio:.2f}",
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--only", choices=["data", "growth", "book"])
    options = parser.parse_args()
    sys.stdout.write(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, {options.repeats} repeats\n")
    for part, bench in (("data", bench_data), ("growth", bench_growth), ("book", bench_book)):
        if options.only in (None, part):
            sys.stdout.write("\n" + "\n".join(bench(options.repeats)) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
