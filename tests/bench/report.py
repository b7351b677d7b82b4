"""Run ours beside its peers, each in a process of its own, and say what each took.

A bench is a file ``bench_<name>.py`` that names contenders and cases and ends with ``report.main(...)``::

    def ours(case):                      # prepare: not timed
        data = make(case["units"], case["seed"])
        from sourcebook.reliability import krippendorff_alpha
        return lambda: krippendorff_alpha(data).value     # timed; what it returns is shown

    if __name__ == "__main__":
        report.main(__doc__, [Contender("sourcebook", ours), Contender("peer", peer, peer=True)], CASES)

Each contender runs in a fresh process for each case and repeat, in turns, so that a busy minute hits all of them
alike. Peers run in the environment of ``tests/bench/requirements.lock`` (``make bench`` makes it), ours in the
project's. What is reported is the median: CPU and wall seconds of the timed part (its threads and ended child
processes included), the largest resident memory of the whole process, and ratios to the first contender.
"""

import argparse
import csv
import importlib.metadata
import json
import os
import platform
import resource
import shlex
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "_build" / "bench"
PEERS = FOLDER / "env" / "bin" / "python"
MARK = "@bench "
NUMBERS = ("cpu", "wall", "process_cpu", "process_wall", "peak_mb")

Case = Mapping[str, Any]
Prepare = Callable[[Case], Callable[[], object]]


@dataclass(frozen=True)
class Contender:
    """One way to do the work.

    ``prepare`` takes a case and returns the work: a function without arguments whose result can be written as
    JSON. ``peer`` says that it runs in the environment of the peers. ``packages`` are the distributions whose
    versions are reported. ``skip`` takes a case and returns why this contender does not run it, or "".
    """

    name: str
    prepare: Prepare
    peer: bool = False
    packages: tuple[str, ...] = ()
    skip: Callable[[Case], str] = field(default=lambda case: "")


@dataclass(frozen=True)
class Limits:
    """What a run may use: seconds of wall time, and MB of address space (None: no limit)."""

    seconds: float = 600.0
    memory_mb: int | None = None


def measure(command: Sequence[str], seconds: float = 600.0, env: Mapping[str, str] | None = None) -> dict:
    """Run a command and return exit, output, error, process_cpu, process_wall (s) and peak_mb.

    CPU seconds and the peak are those of the process and of the children it waited for, as the kernel counted
    them. ``exit`` is None where the time was up; the command's whole process group is ended then.
    """

    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=err, env=env, start_new_session=True)
        late = threading.Event()

        def end() -> None:
            late.set()
            os.killpg(process.pid, 9)

        timer = threading.Timer(seconds, end)
        timer.start()
        _, status, used = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - start
        out.seek(0)
        err.seek(0)
        return {
            "exit": None if late.is_set() else process.returncode,
            "output": out.read(),
            "error": err.read(),
            "process_cpu": used.ru_utime + used.ru_stime,
            "process_wall": wall,
            "peak_mb": used.ru_maxrss / 1024,
        }


def used_cpu() -> float:
    """Return the CPU seconds of this process and of the children that it waited for."""
    parts = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(part.ru_utime + part.ru_stime for part in parts)


def run_here(contender: Contender, case: Case) -> dict:
    """Prepare and time one contender in this process."""
    work = contender.prepare(case)
    cpu, wall = used_cpu(), time.perf_counter()
    result = work()
    return {"cpu": used_cpu() - cpu, "wall": time.perf_counter() - wall, "result": result}


def run_apart(file: Path, contender: Contender, case: Case, limits: Limits) -> dict:
    """Run one contender in a process of its own; ``failed`` says why where it gave nothing."""
    python = str(PEERS) if contender.peer else sys.executable
    if contender.peer and not PEERS.exists():
        return {"failed": "no environment of peers (make bench makes it)"}
    env = dict(os.environ, PYTHONHASHSEED="0", PYTHONUTF8="1")
    if contender.peer:
        env.pop("PYTHONPATH", None)
    arguments = ["--contender", contender.name, "--case", json.dumps(case)]
    if limits.memory_mb:
        arguments += ["--memory-mb", str(limits.memory_mb)]
    done = measure([python, str(file), *arguments], limits.seconds, env)
    if done["exit"] is None:
        return {"failed": f"over {limits.seconds:g} s"}
    lines = [line for line in done["output"].splitlines() if line.startswith(MARK)]
    if done["exit"] or not lines:
        last = (done["error"].strip().splitlines() or [f"exit {done['exit']}"])[-1]
        return {"failed": last[:120]}
    inner = json.loads(lines[-1].removeprefix(MARK))
    return {**{key: done[key] for key in ("process_cpu", "process_wall", "peak_mb")}, **inner}


def middle(runs: Sequence[Mapping[str, Any]]) -> dict:
    """Return the medians of the numbers of several runs, and what the last one returned or why it failed."""
    failed = [run["failed"] for run in runs if "failed" in run]
    if failed:
        return {"failed": failed[0]}
    return {
        **{key: statistics.median(run[key] for run in runs) for key in NUMBERS},
        "least_cpu": min(run["cpu"] for run in runs),
        "most_cpu": max(run["cpu"] for run in runs),
        "result": runs[-1]["result"],
    }


def compare(
    file: Path, contenders: Sequence[Contender], cases: Mapping[str, Case], repeats: int, limits: Limits
) -> list[dict]:
    """Return one row for each case and contender, with the medians of ``repeats`` runs taken in turns."""
    rows = []
    for name, case in cases.items():
        runs: dict[str, list[dict]] = {contender.name: [] for contender in contenders}
        for _ in range(repeats):
            for contender in contenders:
                reason = contender.skip(case)
                so_far = runs[contender.name]
                if so_far and "failed" in so_far[-1]:
                    continue
                so_far.append({"failed": reason} if reason else run_apart(file, contender, case, limits))
        rows += [{"case": name, "contender": key, **middle(each)} for key, each in runs.items()]
        sys.stdout.write("\n".join(table([row for row in rows if row["case"] == name])) + "\n")
        sys.stdout.flush()
    return rows


def shown(value: object) -> str:
    """Return a result in at most 60 characters."""
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, dict):
        return ", ".join(f"{key} {shown(each)}" for key, each in value.items())[:60]
    return str(value)[:60]


def table(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the lines of a Markdown table; ratios are to the first row of each case."""
    lines = [
        "| case | contender | CPU s | wall s | peak MB | CPU ratio | result |",
        "|---|---|--:|--:|--:|--:|---|",
    ]
    first: dict[str, float] = {}
    for row in rows:
        head = f"| {row['case']} | {row['contender']} "
        if "failed" in row:
            lines.append(f"{head}| – | – | – | – | {row['failed']} |")
            continue
        base = first.setdefault(row["case"], row["cpu"])
        ratio = row["cpu"] / base if base else float("nan")
        lines.append(
            f"{head}| {row['cpu']:.3f} | {row['wall']:.3f} | {row['peak_mb']:.0f} | {ratio:.2f} "
            f"| {shown(row['result'])} |"
        )
    return lines


def machine() -> dict[str, str]:
    """Return what the numbers were measured on."""
    info = Path("/proc/cpuinfo")
    names = [
        line.split(":", 1)[1].strip()
        for line in (info.read_text().splitlines() if info.exists() else [])
        if line.startswith("model name")
    ]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": names[0] if names else platform.processor() or platform.machine(),
        "cores": str(os.cpu_count()),
        "memory": f"{memory:.0f} GB",
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "load at the start": " ".join(f"{load:.1f}" for load in os.getloadavg()),
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
    }


def versions(contenders: Sequence[Contender]) -> dict[str, str]:
    """Return the version of each package that a contender names, from the environment where it runs."""
    found: dict[str, str] = {}
    code = "import importlib.metadata as m, sys; print(m.version(sys.argv[1]))"
    for contender in contenders:
        for package in contender.packages:
            if contender.peer:
                done = (
                    subprocess.run(
                        [PEERS, "-c", code, package], capture_output=True, text=True, check=False
                    ).stdout.strip()
                    if PEERS.exists()
                    else ""
                )
                found[package] = done or "not installed"
            else:
                try:
                    found[package] = importlib.metadata.version(package)
                except importlib.metadata.PackageNotFoundError:
                    found[package] = "not installed"
    return found


def write(name: str, title: str, rows: list[dict], contenders: Sequence[Contender], command: str) -> Path:
    """Write ``_build/bench/<name>.json`` and ``.md``, and return the latter."""
    facts = {**machine(), **versions(contenders), "command": command}
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.json").write_text(
        json.dumps({"facts": facts, "rows": rows}, indent=1), encoding="utf-8"
    )
    lines = [f"# {title}", "", *table(rows), "", *(f"- {key}: {value}" for key, value in facts.items()), ""]
    path = FOLDER / f"{name}.md"
    path.write_text("\n".join(lines), encoding="utf-8")
    gather(FOLDER)
    return path


def gather(folder: Path) -> None:
    """Write ``report.md`` and ``report.csv`` from what all benches have left in a folder.

    In the CSV, CPU seconds are those of the timed part: least, median and most of the repeats.
    """
    rows, parts = [], []
    for path in sorted(folder.glob("*.json")):
        found = json.loads(path.read_text(encoding="utf-8"))
        facts = ", ".join(f"{key} {value}" for key, value in found["facts"].items())
        parts += [f"## {path.stem}", "", *table(found["rows"]), "", facts, ""]
        first: dict[str, float] = {}
        for row in found["rows"]:
            base = first.setdefault(row["case"], row["cpu"]) if "cpu" in row else None
            ratio = {"cpu_ratio": row["cpu"] / base} if base else {}
            rows.append({"bench": path.stem, **row, **ratio, "result": shown(row.get("result", ""))})
    (folder / "report.md").write_text("\n".join(["# Benches", "", *parts]), encoding="utf-8")
    names = ("bench", "case", "contender", "least_cpu", "cpu", "most_cpu", "wall", "peak_mb", "cpu_ratio")
    with (folder / "report.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(
            file, [*names, "result", "failed"], extrasaction="ignore", lineterminator="\n"
        )
        writer.writeheader()
        writer.writerows(rows)


def main(
    title: str | None,
    contenders: Sequence[Contender],
    cases: Mapping[str, Case],
    *,
    repeats: int = 3,
    limits: Limits = Limits(),
    usual: Sequence[str] = (),
) -> None:
    """Run a bench from the command line; with ``--contender`` do the one run that its parent asks for.

    ``usual`` names the cases that run when none is asked for: all, where it is empty.
    ``--only`` takes parts of case names, ``--with`` names of contenders, ``--repeats`` and ``--seconds`` numbers.
    """
    file = Path(sys.argv[0]).resolve()
    parser = argparse.ArgumentParser(description=title)
    parser.add_argument("--repeats", type=int, default=repeats)
    parser.add_argument(
        "--seconds", type=float, default=limits.seconds, help="wall time that one run may take"
    )
    parser.add_argument("--only", nargs="*", default=[], help="parts of the names of the cases to run")
    parser.add_argument("--with", nargs="*", default=[], dest="chosen", help="names of the contenders to run")
    parser.add_argument(
        "--memory-mb", type=int, default=limits.memory_mb, help="address space that one run may take"
    )
    parser.add_argument("--contender", help=argparse.SUPPRESS)
    parser.add_argument("--case", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.contender:
        if options.memory_mb:
            resource.setrlimit(resource.RLIMIT_AS, (options.memory_mb << 20, options.memory_mb << 20))
        one = next(each for each in contenders if each.name == options.contender)
        sys.stdout.write(f"\n{MARK}{json.dumps(run_here(one, json.loads(options.case)))}\n")
        return
    kept = {
        name: case
        for name, case in cases.items()
        if (any(o in name for o in options.only) if options.only else not usual or name in usual)
    }
    field_ = [each for each in contenders if not options.chosen or each.name in options.chosen]
    rows = compare(file, field_, kept, options.repeats, Limits(options.seconds, options.memory_mb))
    name = file.stem.removeprefix("bench_")
    command = shlex.join(["python", f"tests/bench/{file.name}", *sys.argv[1:]])
    path = write(name, (title or name).strip().splitlines()[0], rows, field_, command)
    sys.stdout.write(f"\n{path.relative_to(ROOT)}\n")
