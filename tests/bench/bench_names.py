"""Names of legal instruments in text: ours beside ahocorasick_rs itself and a regular expression for each name.

The texts are drawn words with a name after every fifth stretch of thirty. Ours gives
places of whole words, in any case and with any white space; the automaton alone gives those of exact strings.

    python tests/bench/bench_names.py --only 10
"""

import random
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from report import Contender, main

NAMES = [
    f"{kind} on the {part} of {whom}"
    for kind in ("Convention", "Declaration", "Protocol", "Covenant", "Treaty", "Statute")
    for part in ("Protection", "Rights", "Status", "Return")
    for whom in ("Refugees", "Bridges", "Minorities", "Children", "Rivers")
] + ["UDHR", "ICCPR", "CERD", "ECHR"]
SENTENCE = (
    "the committee notes that parties have not yet agreed to article paragraph of their report on rights — and"
    " recommends a return of persons in safety under the treaty, which “all states” signed in 1951."
)
CASES = {f"{size} MB": {"characters": size * 1_000_000, "seed": 7} for size in (1, 10)}


def written(case):
    draw, words = random.Random(case["seed"]), SENTENCE.split()
    parts, length = [], 0
    while length < case["characters"]:
        part = " ".join(draw.choices(words, k=30)) + (
            f" {draw.choice(NAMES)} " if draw.random() < 0.2 else " "
        )
        parts.append(part)
        length += len(part)
    return "".join(parts)


def ours(case):
    from sourcebook.parsing.name_finder import NameFinder

    text, finder = written(case), NameFinder(NAMES)
    finder.find("x")
    return lambda: {"names": len(finder.find(text))}


def instruments(case):
    import pandas as pd

    from sourcebook import find_instruments

    text = written(case)
    table = pd.DataFrame({"instrument_id": [f"i{n}" for n in range(len(NAMES))], "variants": NAMES})
    find_instruments("x", table)
    return lambda: {"names": len(find_instruments(text, table))}


def automaton(case):
    import ahocorasick_rs

    text, finder = written(case), ahocorasick_rs.AhoCorasick(NAMES)
    return lambda: {"names": len(finder.find_matches_as_indexes(text))}


def expressions(case):
    text = written(case)
    patterns = [re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE) for name in NAMES]
    return lambda: {"names": sum(1 for pattern in patterns for _ in pattern.finditer(text))}


CONTENDERS = [
    Contender("sourcebook, names", ours),
    Contender("sourcebook, find_instruments", instruments),
    Contender("ahocorasick_rs alone", automaton, packages=("ahocorasick_rs",)),
    Contender("re, one for each name", expressions),
]

if __name__ == "__main__":
    main(__doc__, CONTENDERS, CASES, usual=["1 MB", "10 MB"])
