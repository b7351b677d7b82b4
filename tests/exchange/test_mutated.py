"""Damaged and twisted files of other tools: a short run of what `python tests/mutated.py` does 100,000 times."""

import mutated
import pytest

from sourcebook.exchange.formats import format_named


@pytest.mark.parametrize("name", mutated.names())
def test_damaged_files_are_read_or_refused(name):
    assert [what for number in range(60) if (what := mutated.failure(name, number, seed=7))] == []


@pytest.mark.parametrize("name", mutated.names())
def test_the_files_reach_both_ends(name):
    """Some of the files are still read, and some are refused."""
    read = refused = 0
    for number in range(60):
        try:
            mutated.read_mutated(name, f"2-{number}")
            read += 1
        except Exception:
            refused += 1
    assert read and refused


def test_what_is_not_documented_is_seen(monkeypatch):
    from dataclasses import replace

    broken = replace(format_named("jsonl"), read=lambda path: {}[path])
    monkeypatch.setattr(mutated, "format_named", lambda name: broken)
    assert mutated.failure("jsonl", 1).startswith("KeyError")
