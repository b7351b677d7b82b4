"""What the report says of a page: its weight as sent, and in what it misses its marks."""

import gzip

import pandas as pd
import pytest
from page_report import (
    AFTER,
    FIRST_VISIT,
    LEVEL,
    PLAIN,
    compressed,
    faults,
    lighthouse_command,
    transfer,
    written,
)
from walk import CHROMIUM, browser

STYLE = "p { color: #123456 } " * 500
ONE = f'<!doctype html><link rel="stylesheet" href="style.css"><link rel="icon" href="data:,">{"<p>one</p>" * 300}'
TWO = f'<!doctype html><link rel="stylesheet" href="style.css"><link rel="icon" href="data:,">{"<p>two</p>" * 900}'
GOOD = {"performance": 0.95, "accessibility": 1.0, "best_practices": 1.0, "seo": 1.0, "axe": 0}


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (Debian: apt-get install chromium)")
def test_a_first_visit_loads_all_and_a_later_one_what_is_new(tmp_path):
    for name, text in {"one.html": ONE, "two.html": TWO, "style.css": STYLE}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    packed = {path.name: len(gzip.compress(path.read_bytes(), LEVEL, mtime=0)) for path in tmp_path.iterdir()}
    with compressed(tmp_path) as (address, handler), browser() as chromium:
        first, after = transfer(chromium, address, handler, "two", "one")
    assert first == packed["two.html"] + packed["style.css"]
    assert after == packed["two.html"]


@pytest.mark.browser
def test_a_first_visit_to_the_heaviest_pages_weighs_at_most_what_it_may(html):
    weights = {
        path.relative_to(html).with_suffix("").as_posix(): len(gzip.compress(path.read_bytes(), LEVEL))
        for path in html.rglob("*.html")
        if "_static" not in path.parts
    }
    heaviest = sorted(weights, key=weights.__getitem__)[-8:]
    with compressed(html) as (address, handler), browser() as chromium:
        visits = {
            name: transfer(chromium, address, handler, name, "404")[0] for name in [*heaviest, "search"]
        }
    assert {name: visit for name, visit in visits.items() if visit > FIRST_VISIT} == {}


def test_each_mark_that_a_page_misses_is_named():
    assert faults(pd.Series({"first_visit": FIRST_VISIT, "after": AFTER, **GOOD})) == []
    worse = {
        "first_visit": FIRST_VISIT + 1,
        "after": AFTER + 1,
        **GOOD,
        "performance": 0.94,
        "seo": 0.9,
        "axe": 2,
    }
    assert faults(pd.Series(worse)) == ["first visit", "after", "performance", "seo", "axe"]


def test_pages_without_lighthouse_are_not_blamed_for_it():
    assert faults(pd.Series({"first_visit": 1, "after": 1, "performance": float("nan"), "axe": 0})) == []


def test_the_report_compares_with_the_plain_theme():
    table = pd.DataFrame(
        [
            {"page": PLAIN, "first_visit": 800, "after": 400, "performance": 0.5},
            {"page": "a", "first_visit": 200, "after": 100, "performance": None},
        ]
    )
    lines = written(table, table.iloc[0], {"machine": "m"}).splitlines()
    assert lines[2] == "- machine: m"
    assert lines[-2:] == [
        "| plain theme | 800 | 400 | 0.5 | 1.0 | 1.0 |",
        "| a | 200 | 100 |  | 0.25 | 0.25 |",
    ]


def test_a_lighthouse_that_is_given_is_taken(monkeypatch):
    monkeypatch.setenv("LIGHTHOUSE", "/somewhere/cli")
    assert lighthouse_command() == ["/somewhere/cli"]
    monkeypatch.setenv("LIGHTHOUSE", "")
    monkeypatch.setenv("PATH", "")
    assert lighthouse_command() == []
