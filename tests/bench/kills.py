"""Kill commands at many moments, drawn from a seed: ``python tests/bench/kills.py --rounds 200 --seed 1``.

After each kill every table that is there must be whole, and the next run right, with nothing left behind. A failure
prints its seed and delay; `tests/core/test_files.py` and `tests/pipeline/test_builds_and_kills.py` are the short runs.
"""

import argparse
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import report
from bridge import make_corpus

from sourcebook.core.csvfiles import read_table
from sourcebook.pipeline import store


def commands(folder, out):
    """Return the commands that are killed, by name."""
    claims = folder / "coded/claims.csv"
    return {
        "build": ["build", "--data", folder],
        "anchor": ["anchor", claims, "--data", folder],
        "template": ["template", "--coder", "anna", out / "pass.csv", "--data", folder],
        "passages": [
            "passages",
            folder / "raw/mill.txt",
            folder / "raw/council.txt",
            "-o",
            out / "found.csv",
        ],
        "duplicates": [
            "duplicates",
            folder / "raw/mill.txt",
            folder / "raw/council.txt",
            "-o",
            out / "pairs.csv",
        ],
    }


def run(words, env, delay=None):
    """Run a command; kill it after a delay, if one is given."""
    with subprocess.Popen(
        [sys.executable, "-m", "sourcebook.cli", *map(str, words)],
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        if delay is not None:
            time.sleep(delay)
            process.send_signal(signal.SIGKILL)
    return process.returncode


def main():
    """Kill, look, run again, look again."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    draw = random.Random(options.seed)
    killed, cpu, wall = 0, report.used_cpu(), time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        base = make_corpus(Path(name) / "base")
        for number in range(options.rounds):
            place = Path(name) / str(number)
            folder, out, scratch = shutil.copytree(base, place / "data"), place / "out", place / "scratch"
            out.mkdir()
            scratch.mkdir()
            env = {**os.environ, "TMPDIR": str(scratch)}
            chosen, words = draw.choice(list(commands(folder, out).items()))
            started = time.perf_counter()
            assert run(words, env) == 0, chosen
            whole = time.perf_counter() - started
            (out / "pass.csv").unlink(missing_ok=True)
            delay = draw.uniform(0.5, 1.05) * whole
            killed += run(words, env, delay) == -signal.SIGKILL
            for path in [*place.rglob("*.csv")]:
                read_table(path)
            (out / "pass.csv").unlink(missing_ok=True)
            assert run(words, env) == 0, (chosen, options.seed, number, delay)
            left = [path for path in place.rglob("*") if path.name.startswith((".", "sourcebook-"))]
            assert not left, (chosen, options.seed, number, delay, left)
            if chosen == "build":
                store.load(folder)
            shutil.rmtree(place)
    row = {
        "case": "commands killed at a moment drawn by chance",
        "contender": "sourcebook",
        "cpu": report.used_cpu() - cpu,
        "wall": time.perf_counter() - wall,
        "peak_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        "result": {"rounds": options.rounds, "kills": killed, "half-written or left behind": 0},
    }
    sys.stdout.write("\n".join(report.table([row])) + "\n")
    command = " ".join(["python", "tests/bench/kills.py", *sys.argv[1:]])
    report.write("kills", "Kills", [row], [], command)


if __name__ == "__main__":
    main()
