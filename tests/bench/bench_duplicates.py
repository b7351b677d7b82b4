"""Near-duplicates: ours beside datasketch, rensa and gaoya, on corpora with known pairs.

Every contender reads the same JSON lines, imports what it needs, and returns the pairs of ids whose Jaccard similarity
over word 5-grams is at least one half; all of that is timed. F1 is against the pairs that `corpora.true_pairs` finds by
comparing sets. Growth is the case ``1k`` to ``1M`` with ours alone.

    python tests/bench/bench_duplicates.py --only 18k
    python tests/bench/bench_duplicates.py --only 1M --repeats 1
"""

import json
import pickle
import re
import sys
from array import array
from itertools import combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import corpora
from report import Contender, main

CASES = {
    "1k": {"count": 1_000, "seed": 3},
    "10k": {"count": 10_000, "seed": 3},
    "18k": {"count": 18_372, "seed": 1},
    "100k": {"count": 100_000, "seed": 3},
    "1M": {"count": 1_000_000, "seed": 3},
}
THRESHOLD = 0.5
WORD = re.compile(r"\w+")


def known(case):
    """Return the path of a corpus and its true pairs, both made once."""
    path = corpora.write_corpus(case["count"], case["seed"])
    kept = path.with_suffix(".pairs")
    if not kept.exists():
        rows = map(json.loads, path.open(encoding="utf-8"))
        pairs = corpora.true_pairs((row["id"], row["family"], row["text"]) for row in rows)
        kept.write_bytes(pickle.dumps(pairs))
    return path, pickle.loads(kept.read_bytes())


def score(pairs, truth):
    found = {(min(a, b), max(a, b)) for a, b in pairs}
    right = len(found & truth)
    return {"F1": 2 * right / (len(found) + len(truth)), "pairs": len(found), "true": len(truth)}


def read(path):
    with path.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [row["id"] for row in rows], [row["text"] for row in rows]


def shingles(text):
    words = WORD.findall(text.lower())
    return {" ".join(words[k : k + 5]) for k in range(max(1, len(words) - 4))}


def verified(ids, sets, candidates):
    for a, b in candidates:
        one, other = frozenset(sets[a]), frozenset(sets[b])
        common = len(one & other)
        if common >= THRESHOLD * (len(one) + len(other) - common):
            yield ids[a], ids[b]


def ours(fast):
    def prepare(case):
        path, truth = known(case)

        def work():
            from sourcebook.reuse import near_duplicates

            found = near_duplicates(path, threshold=THRESHOLD, fast=fast)
            return score(zip(found["source_a"], found["source_b"], strict=True), truth)

        return work

    return prepare


def datasketch(case):
    path, truth = known(case)

    def work():
        from datasketch import MinHash, MinHashLSH

        ids, texts = read(path)
        index = MinHashLSH(threshold=THRESHOLD, num_perm=128)
        sketches = MinHash.generator(([s.encode() for s in shingles(text)] for text in texts), num_perm=128)
        pairs = set()
        for name, sketch in zip(ids, sketches, strict=True):
            pairs |= {(other, name) for other in index.query(sketch)}
            index.insert(name, sketch)
        return score(pairs, truth)

    return work


def rensa(case):
    path, truth = known(case)

    def work():
        from rensa import RMinHash, RMinHashLSH

        ids, texts = read(path)
        # For the verification numbers are kept: the sets of strings of a million texts take over 20 GB.
        numbers = []
        index = RMinHashLSH(THRESHOLD, 128, 32)
        candidates = set()
        for number, text in enumerate(texts):
            each = shingles(text)
            numbers.append(array("q", map(hash, each)))
            sketch = RMinHash(128, 42)
            sketch.update(list(each))
            candidates |= {(other, number) for other in index.query(sketch)}
            index.insert(number, sketch)
        return score(verified(ids, numbers, candidates), truth)

    return work


def gaoya(case):
    path, truth = known(case)

    def work():
        from gaoya.minhash import MinHashStringIndex

        ids, texts = read(path)
        index = MinHashStringIndex(
            hash_size=32,
            jaccard_threshold=THRESHOLD,
            num_bands=42,
            band_size=3,
            num_hashes=126,
            analyzer="word",
            lowercase=True,
            ngram_range=(5, 5),
        )
        index.par_bulk_insert_docs(list(range(len(texts))), texts)
        found = index.par_bulk_query(texts, return_similarity=False)
        pairs = {(min(a, b), max(a, b)) for a, each in enumerate(found) for b in each if a != b}
        return score(((ids[a], ids[b]) for a, b in pairs), truth)

    return work


def exact_join(case):
    path, truth = known(case)

    def work():
        ids, texts = read(path)
        sets = [shingles(text) for text in texts]
        places = {}
        for number, each in enumerate(sets):
            for shingle in each:
                places.setdefault(shingle, []).append(number)
        candidates = {
            pair for each in places.values() if 1 < len(each) < 2000 for pair in combinations(each, 2)
        }
        return score(verified(ids, sets, candidates), truth)

    return work


def more_than(count):
    return lambda case: f"over {count:,} texts" if case["count"] > count else ""


CONTENDERS = [
    Contender("sourcebook", ours(None), packages=("numpy", "pandas", "numba")),
    Contender("sourcebook, numpy alone", ours(False)),
    Contender("gaoya", gaoya, peer=True, packages=("gaoya",)),
    Contender("rensa, verified", rensa, peer=True, packages=("rensa",)),
    Contender("datasketch", datasketch, peer=True, packages=("datasketch",), skip=more_than(100_000)),
    Contender("exact join in Python", exact_join, peer=True, skip=more_than(20_000)),
]

if __name__ == "__main__":
    main(__doc__, CONTENDERS, CASES, usual=["1k", "10k", "18k"])
