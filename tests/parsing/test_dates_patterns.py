"""Each pattern of dates does what its own example says and leaves its counter-example alone; so do other languages."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from sourcebook.core.errors import DataError
from sourcebook.parsing.dates import grammar as grammars
from sourcebook.parsing.dates import scan_dates
from sourcebook.parsing.dates.grammar import Grammar, load_grammar

WRITTEN = "2016-11-07"
PATTERNS = load_grammar().patterns
GERMAN = Path(__file__).with_name("dates.de.toml")


def named(pattern):
    return pattern.name


@pytest.mark.parametrize("pattern", PATTERNS, ids=named)
def test_the_example_of_a_pattern_has_its_value(pattern):
    found = scan_dates(pattern.example, dct=WRITTEN)
    assert [date.timex for date in found] == ([pattern.value] if pattern.value else [])


@pytest.mark.parametrize("pattern", PATTERNS, ids=named)
def test_a_pattern_finds_nothing_in_its_counter_example(pattern):
    assert pattern.name not in {date.pattern for date in scan_dates(pattern.counter, dct=WRITTEN)}


def test_no_two_patterns_have_one_name():
    assert len({pattern.name for pattern in PATTERNS}) == len(PATTERNS)


@pytest.mark.slow
def test_without_a_pattern_its_example_is_read_otherwise(monkeypatch):
    data = tomllib.loads(Path(grammars.__file__).with_name("patterns.en.toml").read_text(encoding="utf-8"))
    whole = {entry["name"]: _read(entry["example"]) for entry in data["pattern"]}
    idle = []
    for entry in data["pattern"]:
        less = Grammar({**data, "pattern": [e for e in data["pattern"] if e is not entry]}, "less")
        monkeypatch.setattr(
            "sourcebook.parsing.dates.date_finder.load_grammar", lambda language, less=less: less
        )
        if _read(entry["example"]) == whole[entry["name"]]:
            idle.append(entry["name"])
    assert not idle


def _read(text):
    return [replace(date, pattern="") for date in scan_dates(text, dct=WRITTEN)]


@pytest.mark.parametrize(
    ("text", "exact", "edtf"),
    [
        ("vom 4. bis 22. Januar 1995 in Bern", "vom 4. bis 22. Januar 1995", "1995-01-04/1995-01-22"),
        ("am 5. Dezember 2024.", "5. Dezember 2024", "2024-12-05"),
        ("seit März 1988", "seit März 1988", "1988-03/.."),
        ("um 1970", "um 1970", "1970~"),
        ("im Sommer 1963", "Sommer 1963", "1963-22"),
        ("am 5. Dezember", "5. Dezember", "XXXX-12-05"),
    ],
)
def test_another_language_is_a_file(text, exact, edtf):
    assert [(d.exact, d.edtf) for d in scan_dates(text, language=GERMAN)] == [(exact, edtf)]


def test_a_day_that_does_not_exist_is_refused_in_another_language_too():
    assert not scan_dates("am 31. Juni 1988", language=GERMAN)


def test_a_language_without_a_file_is_named():
    with pytest.raises(DataError, match=r"patterns\.xx\.toml"):
        scan_dates("1988", language="xx")


@pytest.mark.parametrize(
    "text", ["levels = [", "levels = []\n", "levels = ['a']\ntriggers = []\npattern = [{}]\nwords = {}"]
)
def test_a_file_that_is_no_file_of_patterns_is_named(tmp_path, text):
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"own\.toml"):
        scan_dates("1988", language=tmp_path / "own.toml")
