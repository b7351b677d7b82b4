"""How long the package and its command take to start, as ratios to ``import pandas`` in the same run.

Measured as whole processes, in turn, so that a machine that slows down slows all of them. The marks are 0.3 s for
``import sourcebook`` and 0.5 s for ``sourcebook --help`` on two calm cores.
"""

import argparse
import statistics
import subprocess
import sys
import time

STARTS = {
    "python alone": ["-c", "pass"],
    "import pandas": ["-c", "import pandas"],
    "import sourcebook": ["-c", "import sourcebook"],
    "sourcebook --help": ["-m", "sourcebook.cli", "--help"],
    "sourcebook.load()": ["-c", "import sourcebook; sourcebook.load()"],
}


def seconds(arguments: list[str]) -> float:
    """Return the wall time of one start."""
    begin = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


def main() -> None:
    """Print median seconds and ratio of each start."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    repeats = max(1, parser.parse_args().repeats)
    times: dict[str, list[float]] = {name: [] for name in STARTS}
    for _ in range(repeats):
        for name, arguments in STARTS.items():
            times[name].append(seconds(arguments))
    pandas = statistics.median(times["import pandas"])
    print(f"{'start':20} {'seconds':>8} {'to pandas':>10}")
    for name, measured in times.items():
        median = statistics.median(measured)
        print(f"{name:20} {median:8.3f} {median / pandas:10.2f}")


if __name__ == "__main__":
    main()
