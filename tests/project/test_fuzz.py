"""No reader raises what it does not document: kept inputs, and a short run of what `make fuzz` does a million times."""

from collections import Counter

import pytest
from fuzz import DOCUMENTED, drawn, failure, kept, readers, run

KEPT = kept()


@pytest.mark.parametrize("number", range(len(KEPT)))
def test_what_once_failed_is_read_or_refused(number):
    name, text = KEPT[number]
    assert failure(name, text) == ""


def test_inputs_of_all_readers_are_read_or_refused():
    counts, failed = run(seed=1, first=0, last=1200)
    assert failed == []
    assert counts == Counter({name: 1200 // len(readers()) for name in readers()})


def test_the_inputs_of_a_seed_are_the_same_and_reach_both_ends():
    import random

    texts = [drawn(random.Random(f"1-{n}")) for n in range(1200)]
    assert texts == [drawn(random.Random(f"1-{n}")) for n in range(1200)]
    read = {name: [0, 0] for name in ("edtf", "a quantity", "a pinpoint", "a phrase")}
    for text in texts:
        for name, both in read.items():
            try:
                readers()[name](text)
            except DOCUMENTED:
                both[1] += 1
            else:
                both[0] += 1
    assert all(min(both) > 0 for both in read.values()), read


def test_an_exception_that_is_not_documented_is_seen(monkeypatch):
    monkeypatch.setitem(readers(), "words", lambda text: {}[text])
    assert failure("words", "x").startswith("KeyError")
    monkeypatch.setitem(readers(), "words", lambda text: int("9" * 5000))
    assert failure("words", "x").startswith("ValueError")
