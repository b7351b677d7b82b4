"""Relations of many claims: the same rows whatever computes them, and each pair of values related once."""

from __future__ import annotations

from hashlib import sha256

import numpy as np
import pandas as pd
import pytest

from sourcebook.analysis.relations import Authority, all_pairs, relate_all, relate_parts
from sourcebook.reuse.engine import open_engine

SOURCES, QUESTIONS = 12, 40
VALUES = {
    "quantity": [">100", "~120", "150", "100s", "?"],
    "date": ["1987/1989", "1987/1991", "1988-11", "XXXX-12-05"],
    "category": ["state", "government", "army"],
    "name": ["West Hill", "Western Hill", "Hill"],
    "presence": ["yes", "no"],
}


def corpus():
    random = np.random.default_rng(7)
    kinds = list(VALUES)
    asked = [
        (f"q{n}", kinds[n % len(kinds)], "one", "interval" if n % 2 else "instant") for n in range(QUESTIONS)
    ]
    claims = [
        (f"s{s}.c{n}", f"s{s}", name, str(random.choice(VALUES[kind])), "", "", "asserts")
        for n, (name, kind, *_) in enumerate(asked)
        for s in range(SOURCES)
        if random.random() < 0.8
    ]
    columns = ["claim_id", "source_id", "proposition_id", "value", "scope", "entity_id", "modality"]
    return (
        pd.DataFrame(claims, columns=columns, dtype="str"),
        pd.DataFrame(asked, columns=["proposition_id", "kind", "cardinality", "time_type"], dtype="str"),
        pd.DataFrame(
            [("category", "government", "state")], columns=["vocabulary", "term", "broader"], dtype="str"
        ),
    )


def digest(frame):
    return sha256(frame.to_csv(index=False).encode()).hexdigest()


def test_equal_pairs_of_values_are_related_once(monkeypatch):
    claims, propositions, codebook = corpus()
    calls = []
    single = all_pairs.relate
    monkeypatch.setattr(all_pairs, "relate", lambda *a, **k: calls.append(a) or single(*a, **k))
    found = relate_all(claims, propositions, codebook)
    most = sum(len(VALUES[kind]) ** 2 for kind in propositions["kind"])
    assert len(calls) <= most < len(found)


@pytest.mark.parametrize("pairs", [1, 100, 10**9])
def test_the_size_of_the_parts_does_not_matter(monkeypatch, pairs):
    claims, propositions, codebook = corpus()
    whole = relate_all(claims, propositions, codebook)
    monkeypatch.setattr(all_pairs, "_PAIRS", pairs)
    assert digest(relate_all(claims, propositions, codebook)) == digest(whole)
    parts = list(relate_parts(claims, propositions, Authority(broader={"government": "state"})))
    assert digest(pd.concat(parts)) == digest(whole)


def test_the_local_engine_gives_the_same_bytes():
    data = corpus()
    with open_engine("local") as engine:
        assert digest(relate_all(*data, engine=engine)) == digest(relate_all(*data))
