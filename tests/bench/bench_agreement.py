"""Time the agreement functions on many sources and questions.

``python tests/bench/bench_agreement.py --sources 5000 --questions 2000 --answers 60``
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd

from sourcebook.analysis import agreement

sys.path.insert(0, str(Path(__file__).resolve().parent))

import report


def corpus(sources: int, questions: int, answers: int, seed: int = 0) -> dict[str, pd.DataFrame]:
    """Return claims, relations and the other tables of a corpus with so many answers to each question."""
    rng = np.random.default_rng(seed)
    names = np.array([f"s{k:05d}" for k in range(sources)], dtype=object)
    asked = np.array([f"q{k:05d}" for k in range(questions)], dtype=object)
    who = np.concatenate(
        [rng.choice(sources, size=min(answers, sources), replace=False) for _ in range(questions)]
    )
    which = np.repeat(np.arange(questions), min(answers, sources))
    value = rng.choice(5, size=len(who), p=[0.7, 0.1, 0.1, 0.05, 0.05])
    ids = names[who] + ".c" + np.char.mod("%06d", np.arange(len(who))).astype(object)
    claims = pd.DataFrame(
        {
            "claim_id": ids,
            "source_id": names[who],
            "proposition_id": asked[which],
            "value": value.astype("str"),
            "scope": "",
        },
        dtype="str",
    )
    a, b = np.triu_indices(min(answers, sources), 1)
    base = (np.arange(questions) * min(answers, sources))[:, None]
    first, second = (base + a).ravel(), (base + b).ravel()
    same = value[first] == value[second]
    relations = pd.DataFrame(
        {
            "claim_a": ids[first],
            "claim_b": ids[second],
            "relation": np.where(same, "agree", "contradict").astype(object),
            "rule": np.where(same, "term-same", "term-different").astype(object),
        },
        dtype="str",
    )
    return {
        "claims": claims,
        "relations": relations,
        "sources": pd.DataFrame({"source_id": names, "not_before": "2000", "not_after": "2000"}, dtype="str"),
        "propositions": pd.DataFrame(
            {
                "proposition_id": asked,
                "topic": "t",
                "kind": "category",
                "cardinality": "one",
                "event_id": "",
                "search": [f"word{k}" for k in range(questions)],
            },
            dtype="str",
        ),
        "links": pd.DataFrame(
            {"source_id": names, "upstream": [f"u{k // 3}" for k in range(sources)], "kind": "author"},
            dtype="str",
        ),
        "scopes": pd.DataFrame({"source_id": [], "topic": [], "reason": []}, dtype="str"),
    }


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main() -> None:
    """Print the seconds of each function, for the sizes that are asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sources", type=int, default=200)
    parser.add_argument("--questions", type=int, default=500)
    parser.add_argument("--answers", type=int, default=60, help="sources that answer each question")
    parser.add_argument("--repeats", type=int, default=1, help="the middle one of so many runs is told")
    chosen = parser.parse_args()
    t = corpus(chosen.sources, chosen.questions, chosen.answers)
    documents = {
        s: SimpleNamespace(
            normal=SimpleNamespace(text=" ".join(f"word{(k * 7 + n) % chosen.questions}" for n in range(300)))
        )
        for k, s in enumerate(t["sources"]["source_id"])
    }
    _say(
        f"{chosen.sources} sources, {chosen.questions} questions, {len(t['claims']):,} claims, "
        f"{len(t['relations']):,} pairs"
    )
    claims, relations = t["claims"], t["relations"]
    origin = agreement.origins(t["sources"], t["links"])
    made: dict[str, pd.DataFrame] = {}

    def silent() -> pd.DataFrame:
        return agreement.silences(
            claims, t["propositions"], t["sources"], t["scopes"], {}, made["search_evidence"]
        )

    steps = {
        "search_evidence": lambda: agreement.search_evidence(t["propositions"], documents),
        "silences": silent,
        "agreement_status": lambda: agreement.agreement_status(claims, relations, t["propositions"]),
        "matrix": lambda: agreement.matrix(
            claims, relations, made["silences"], t["propositions"], t["sources"]
        ),
        "corroboration": lambda: agreement.corroboration(claims, relations, origin),
        "leave_one_out": lambda: agreement.leave_one_out(claims, relations, origin, t["propositions"]),
        "sensitivity": lambda: agreement.sensitivity(
            claims, relations, t["sources"], t["links"], propositions=t["propositions"]
        ),
    }
    case = f"{chosen.sources} sources, {len(claims):,} claims, {len(relations):,} pairs"
    rows = []
    for name, step in steps.items():
        times = []
        for _ in range(max(1, chosen.repeats)):
            cpu, start = time.process_time(), time.perf_counter()
            made[name] = step()
            times.append((time.process_time() - cpu, time.perf_counter() - start))
        cpu, wall = (statistics.median(each) for each in zip(*times, strict=True))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
        rows.append(
            {"case": f"{case}: {name}", "contender": "sourcebook", "cpu": cpu, "wall": wall, "peak_mb": peak}
            | {"result": f"{len(made[name]):,} rows"}
        )
        _say(f"{name:16} {wall:8.2f} s  {len(made[name]):>12,} rows")
    _say(f"peak memory {rows[-1]['peak_mb'] / 1e3:.2f} GB")
    command = " ".join(["python", "tests/bench/bench_agreement.py", *sys.argv[1:]])
    report.write("agreement", "The agreement functions", rows, [], command)


if __name__ == "__main__":
    main()
