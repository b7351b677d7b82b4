"""Is a text derived from another: ours beside token_set_ratio of rapidfuzz, on answers of four levels.

Each case holds 95 answers to five tasks: copies, light and heavy revisions, and texts written independently. A
threshold is learnt on four tasks and tried on the fifth, in turns; F1 is over all answers. Ours shows the passages too.

    python tests/bench/bench_derivation.py
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import corpora
from report import Contender, main

CASES = {f"95 answers, seed {seed}": {"seed": seed} for seed in range(1, 9)}


def tried(scored):
    """Return F1 with one task left out at a time, of rows of task, score and truth."""
    from sourcebook.reuse import best_threshold

    said = []
    for task in sorted({row[0] for row in scored}):
        others = [row for row in scored if row[0] != task]
        least = best_threshold([row[1] for row in others], [row[2] for row in others])
        said += [(row[1] >= least, row[2]) for row in scored if row[0] == task]
    right = sum(told and truth for told, truth in said)
    return 2 * right / (sum(told for told, _ in said) + sum(truth for _, truth in said))


def ours(case):
    tasks = list(corpora.answers(seed=case["seed"]))

    def work():
        from sourcebook.reuse import derivation

        scored, shown = [], 0
        for task, original, given in tasks:
            found = derivation(original, {name: text for name, _, text in given})
            shown += int(found["passages"].map(len).sum())
            levels = [level != "non" for _, level, _ in given]
            scored += [(task, score, truth) for score, truth in zip(found["score"], levels, strict=True)]
        return {"F1": tried(scored), "passages": shown}

    return work


def token_set_ratio(case):
    tasks = list(corpora.answers(seed=case["seed"]))

    def work():
        from rapidfuzz.fuzz import token_set_ratio as ratio

        scored = [
            (task, ratio(original.lower(), text.lower()), level != "non")
            for task, original, given in tasks
            for _, level, text in given
        ]
        return {"F1": tried(scored)}

    return work


CONTENDERS = [
    Contender("sourcebook", ours, packages=("numpy", "pandas")),
    Contender("rapidfuzz token_set_ratio", token_set_ratio, packages=("rapidfuzz",)),
]

if __name__ == "__main__":
    main(__doc__, CONTENDERS, CASES)
