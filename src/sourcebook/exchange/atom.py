"""A feed of what changed in the claims from release to release, as Atom (RFC 4287), for readers who follow a book."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Hashable, Iterator, Mapping
from xml.etree import ElementTree

import pandas as pd

from sourcebook.exchange.untrusted import refuse
from sourcebook.exchange.xmlfiles import parse_xml

__all__ = ["add_to_feed"]

_SPACE = "http://www.w3.org/2005/Atom"
#: The tables whose changes are news of the claims: the claims, the questions, and the questions that were given up.
_TABLES = {"claims": "Claim", "propositions": "Question", "retired": "Question given up"}
#: How many entries a feed keeps.
_MOST = 500


def add_to_feed(
    feed: bytes,
    changes: pd.DataFrame,
    *,
    title: str,
    author: str,
    version: str = "",
    address: str = "",
    where: str = "the feed",
) -> bytes:
    """Return a feed with the changes of a release before those of the earlier ones.

    Parameters
    ----------
    feed : bytes
        The feed as it is, empty for a new one.
    changes : DataFrame
        As :func:`sourcebook.pipeline.releases.compare_releases` returns it.
    title, author : str
        Of the book.
    version : str
        Of the newer release.
    address : str
        Where the book is published, to which the entries then lead.
    where : str
        What problems call the feed.

    Returns
    -------
    bytes
        An entry for each claim and each question that changed, with every cell of it. The time is that of
        ``SOURCE_DATE_EPOCH``, else now. What the feed has of the same release already is put in place of it.

    Raises
    ------
    DataError
        If the feed is none.

    Examples
    --------
    >>> row = ("claims", "mill.c1", "changed", "value", "150", "200")
    >>> changes = pd.DataFrame([row], columns=["table", "key", "change", "column", "old", "new"])
    >>> feed = add_to_feed(b"", changes, title="The bridge", author="A. Mason", version="2")
    >>> "Claim mill.c1 changed in version 2" in feed.decode(), "value: “150” → “200”" in feed.decode()
    (True, True)
    """
    base = f"{address.rstrip('/')}/" if address else ""
    moment = _moment()
    new = list(_entries(changes, title, version, base, moment))
    known = {entry.findtext(f"{{{_SPACE}}}id") for entry in new}
    old = [entry for entry in _read(feed, where) if entry.findtext(f"{{{_SPACE}}}id") not in known]
    root = ElementTree.Element(f"{{{_SPACE}}}feed")
    _add(root, "id", _name(base or title, "feed"))
    _add(root, "title", f"Changes to the claims of: {title}")
    _add(root, "updated", moment if new or not old else old[0].findtext(f"{{{_SPACE}}}updated") or moment)
    _add(_add(root, "author"), "name", author or title)
    if base:
        _add(root, "link", href=base)
        _add(root, "link", rel="self", href=f"{base}changes.atom")
    root.extend([*new, *old][:_MOST])
    ElementTree.register_namespace("", _SPACE)
    ElementTree.indent(root, " ")
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _read(feed: bytes, where: str) -> list[ElementTree.Element]:
    """Return the entries of a feed."""
    if not feed.strip():
        return []
    root = parse_xml(feed, where)
    if root.tag != f"{{{_SPACE}}}feed":
        refuse(where, str(root.tag), "an Atom feed", "name another file, or remove this one", line=1)
    return root.findall(f"{{{_SPACE}}}entry")


def _entries(
    changes: pd.DataFrame, title: str, version: str, base: str, moment: str
) -> Iterator[ElementTree.Element]:
    """Yield an entry for each row that changed, in the order of the changes."""
    told = changes[changes["table"].isin(_TABLES)]
    for names, rows in told.groupby(["table", "key"], sort=False):
        table, key = map(str, names)
        entry = ElementTree.Element(f"{{{_SPACE}}}entry")
        kinds = " and ".join(dict.fromkeys(rows["change"]))
        inside = f" in version {version}" if version else ""
        _add(entry, "id", _name(base or title, table, key, version or moment))
        _add(entry, "title", f"{_TABLES[table]} {key} {kinds}{inside}")
        _add(entry, "updated", moment)
        if base and table == "claims" and "removed" not in set(rows["change"]):
            _add(entry, "link", href=f"{base}claims/{key}.html")
        _add(entry, "content", "\n".join(_in_words(row) for row in rows.to_dict("records")), type="text")
        yield entry


def _in_words(row: Mapping[Hashable, str]) -> str:
    """Return a change in words."""
    if not row["column"]:
        return f"{row['change']}: “{row['old'] or row['new']}”"
    return f"{row['column']}: “{row['old']}” → “{row['new']}”"


def _add(parent: ElementTree.Element, tag: str, text: str = "", **attributes: str) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, f"{{{_SPACE}}}{tag}", attributes)
    made.text = "".join(sign for sign in text if sign >= " " or sign in "\t\n") or None
    return made


def _name(*parts: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, "\n".join(map(str, parts))).urn


def _moment() -> str:
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(int(seconds) if seconds.isdigit() else None))
