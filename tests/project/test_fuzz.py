"""No reader raises what it does not document: kept inputs, and a short run of what `make fuzz` does a million times."""

import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import fuzz
import pytest
from fuzz import DOCUMENTED, drawn, failure, kept, readers, run

KEPT = kept()


@pytest.mark.parametrize("number", range(len(KEPT)))
def test_what_once_failed_is_read_or_refused(number):
    name, text = KEPT[number]
    assert failure(name, text) == ""


def test_inputs_of_all_readers_are_read_or_refused():
    counts, failed, _ = run(seed=1, first=0, last=1200)
    assert failed == []
    names = sorted(readers())
    assert counts == Counter(names[number % len(names)] for number in range(1200))


def test_the_inputs_of_a_seed_are_the_same_and_reach_both_ends():
    import random

    texts = [drawn(random.Random(f"1-{n}")) for n in range(1200)]
    assert texts == [drawn(random.Random(f"1-{n}")) for n in range(1200)]
    read = {name: [0, 0] for name in ("edtf", "a quantity", "a pinpoint", "a quantity in words")}
    for text in texts:
        for name, both in read.items():
            try:
                readers()[name](text)
            except DOCUMENTED:
                both[1] += 1
            else:
                both[0] += 1
    assert all(min(both) > 0 for both in read.values()), read


def test_memory_and_time_beyond_their_bounds_are_seen(monkeypatch):
    monkeypatch.setattr(fuzz, "SECONDS", 0.0)
    _, failed, peak = run(seed=1, first=0, last=3)
    assert len(failed) == 3
    assert all(what.endswith(" s") for *_, what in failed)
    assert peak > 1
    code = (
        f"import sys; sys.path.insert(0, {str(Path(fuzz.__file__).parent)!r}); import fuzz; fuzz.bounded()\n"
    )
    code += "fuzz.readers()['words'] = lambda text: bytearray(fuzz.MEMORY_MB << 20)\n"
    code += "print(fuzz.failure('words', 'x'))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("MemoryError")


def test_growth_faster_than_the_text_is_seen(monkeypatch):
    def slow(text):
        begin = time.process_time()
        while time.process_time() - begin < (len(text) / 4096) ** 3:
            pass

    monkeypatch.setitem(readers(), "words", slow)
    monkeypatch.setattr(fuzz, "REPEATED", ("a ",))
    name, (ratio, piece, size, _), _, failed = fuzz.grown("words", sizes=(2048, 4096))
    assert (name, piece, size) == ("words", "a ", 4096)
    assert ratio > 3
    assert [what.endswith("times the time of half of it") for *_, what in failed] == [True]


def test_an_exception_that_is_not_documented_is_seen(monkeypatch):
    monkeypatch.setitem(readers(), "words", lambda text: {}[text])
    assert failure("words", "x").startswith("KeyError")
    monkeypatch.setitem(readers(), "words", lambda text: int("9" * 5000))
    assert failure("words", "x").startswith("ValueError")
