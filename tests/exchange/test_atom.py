"""A feed of changes: one entry for each thing that changed, the earlier ones kept, and no other file taken for one."""

import shutil

import pandas as pd
import pytest
from bridge import change
from lxml import etree

from sourcebook import cli
from sourcebook.core.errors import DataError
from sourcebook.exchange.atom import add_to_feed

NAMES = {"a": "http://www.w3.org/2005/Atom"}
COLUMNS = ["table", "key", "change", "column", "old", "new"]
ABOUT = {"title": "The bridge", "author": "A. Mason"}


def texts(feed, path):
    return etree.fromstring(feed).xpath(path, namespaces=NAMES)


def changes(*rows):
    return pd.DataFrame(rows, columns=COLUMNS, dtype="str")


@pytest.fixture(autouse=True)
def _moment(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")


def test_a_claim_has_one_entry_with_all_of_its_cells():
    told = changes(
        ("claims", "mill.c1", "changed", "value", "150", "200 < 300"),
        ("claims", "mill.c1", "changed", "note", "", "seen\x07 again"),
        ("claims", "mill.c2", "removed", "", "the flood", ""),
        ("relations", "mill.c1 council.c1", "changed", "relation", "agree", "contradict"),
    )
    feed = add_to_feed(b"", told, **ABOUT, version="2", address="https://example.org/b")
    assert texts(feed, "//a:entry/a:title/text()") == [
        "Claim mill.c1 changed in version 2",
        "Claim mill.c2 removed in version 2",
    ]
    assert texts(feed, "//a:entry[1]/a:content/text()") == [
        "value: “150” → “200 < 300”\nnote: “” → “seen again”"
    ]
    assert texts(feed, "//a:entry/a:link/@href") == ["https://example.org/b/claims/mill.c1.html"]
    for path in ("/a:feed/a:id", "/a:feed/a:title", "/a:feed/a:author/a:name", "//a:entry[2]/a:id"):
        assert texts(feed, f"{path}/text()")
    assert set(texts(feed, "//a:updated/text()")) == {"2026-11-22T00:00:00Z"}


def test_earlier_releases_stay_and_the_same_one_is_not_told_twice(monkeypatch):
    first = add_to_feed(b"", changes(("claims", "a", "added", "", "", "x")), **ABOUT, version="1")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795392000")
    second = add_to_feed(first, changes(("claims", "a", "changed", "value", "1", "2")), **ABOUT, version="2")
    assert texts(second, "//a:entry/a:title/text()") == [
        "Claim a changed in version 2",
        "Claim a added in version 1",
    ]
    assert texts(second, "//a:entry/a:updated/text()") == ["2026-11-23T00:00:00Z", "2026-11-22T00:00:00Z"]
    again = add_to_feed(second, changes(("claims", "a", "changed", "value", "1", "2")), **ABOUT, version="2")
    assert again == second


@pytest.mark.parametrize(
    "feed", [b"<rss/>", b"no feed", b'<!DOCTYPE feed [<!ENTITY a "b">]><feed>&a;</feed>']
)
def test_another_file_is_refused_and_named(feed):
    with pytest.raises(DataError, match=r"old\.atom:1"):
        add_to_feed(feed, changes(), **ABOUT, where="old.atom")


def test_the_command_adds_to_the_feed(corpus, tmp_path, capsys):
    old = shutil.copytree(corpus, tmp_path / "old")
    change(corpus, "coded/claims.csv", "value", "160", claim_id="mill.c002")
    feed = tmp_path / "changes.atom"
    assert cli.main(["compare", str(old), str(corpus), "--feed", str(feed)]) == 0
    assert "Claim mill.c002 changed" in feed.read_text(encoding="utf-8")
    assert "claims mill.c002: changed value" in capsys.readouterr().out
