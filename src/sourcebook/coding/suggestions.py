"""What the finders see in the documents of a data folder, by sentence and as proposals of codings."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

import pandas as pd

from sourcebook.coding.proposals import proposal_id
from sourcebook.parsing.dates.found_date import FoundDate
from sourcebook.parsing.findings import Finding
from sourcebook.parsing.law import Authority, FoundCitation
from sourcebook.parsing.suggestions import KINDS, coded_value, find_all
from sourcebook.sources.documents import Document, sentence_table
from sourcebook.text.anchors import sentence_spans, starts_in
from sourcebook.text.quotes import CONTEXT

__all__ = ["PROPOSER", "columns_of", "find_by_sentence", "is_suggestion", "suggest"]

#: Who proposes what the finders see.
PROPOSER = "sourcebook"

#: The columns of a proposal: what is coded of each kind, the place, what a person fills in, and how it was found.
_CONTENT = {"citations": ("instrument_id", "pinpoint"), "dates": ("value",), "quantities": ("value",)}
_PLACE = ("source_id", "sentence_id", "exact", "prefix", "suffix", "start", "end")
_OPEN = ("voice", "modality", "note")
#: The number of a heading ("1 Introduction", "3.1"), and that of an item ("2. Ask the council").
_HEADING_NUMBER = re.compile(r"\(?(\d{1,2}(?:\.\d{1,2})*)[.)]*(?:\s|$)")
_ITEM_NUMBER = re.compile(r"\(?(\d{1,3})[.)]+(?:\s|$)")
_FOUND = ("expression", "pattern", "lossy")
#: How a line of a table of contents ends: leaders and a page.
_LEADERS = re.compile(r"(?:\.{4,}|(?:\. ){4,}|…{2,})[\s|]*\d{1,4}[\s|]*$")


def find_by_sentence(
    document: Document, *, authority: Authority | None = None, kinds: Collection[str] = KINDS
) -> dict[str, list[Finding]]:
    """Find citations, dates and quantities in the running text of a document, by the sentence they start in.

    Parameters
    ----------
    document : sourcebook.sources.documents.Document
        The source. Its day of publication is what "last year" is relative to.
    authority : sourcebook.parsing.law.Authority, optional
        The legal instruments that can be named; by default those that come with the library.
    kinds : collection of str
        Which of :data:`sourcebook.parsing.suggestions.KINDS` to return.

    Returns
    -------
    dict of str to list of Finding
        By sentence id, sentences without a finding left out. Offsets and words are those of the raw text. The numbers
        of headings and items are no findings, nor is what a table of contents repeats, nor a year or season that names
        a chapter.

    Examples
    --------
    >>> import sourcebook
    >>> found = find_by_sentence(sourcebook.read().documents["akram-2024-10"], kinds=["dates"])
    >>> [coded_value(finding) for finding in found["akram-2024-10.s003"]]
    ['2024-10-23']
    """
    normal = document.normal
    frame = sentence_table({document.source_id: document})
    spans = sentence_spans(frame).get(document.source_id, {})
    numbers, sorts = set(_numbers(frame)), dict(zip(frame["sentence_id"], frame["kind"], strict=True))
    written = document.metadata.get("date_published") or None
    found: dict[str, list[Finding]] = {}
    for finding in find_all(
        normal.text, doc=document.source_id, dct=written, authority=authority, kinds=kinds
    ):
        if finding.kind == "quantity" and (finding.start, finding.end) in numbers:
            continue
        start, end = normal.to_raw(finding.start, finding.end)
        if sentence := starts_in(normal, spans, start, end):
            raw = replace(finding, start=start, end=end, exact=document.raw[start:end])
            if _only_names(raw, sorts[sentence], document.raw):
                continue
            if isinstance(raw, FoundCitation):
                places = tuple(normal.to_raw(*span) for span in raw.pinpoint_spans)
                raw = replace(raw, pinpoint_spans=places)
            found.setdefault(sentence, []).append(raw)
    return found


def _numbers(sentences: pd.DataFrame) -> Iterator[tuple[int, int]]:
    """Yield the places of the numbers of headings and of items, which count nothing."""
    columns = (sentences[name].tolist() for name in ("kind", "text", "start"))
    for kind, text, start in zip(*columns, strict=True):
        pattern = _HEADING_NUMBER if kind in ("heading", "title") else _ITEM_NUMBER
        if match := pattern.match(text):
            yield start + match.start(1), start + match.end(1)


def _only_names(finding: Finding, kind: str, raw: str) -> bool:
    """Return whether a finding only names: a year or season in a heading, or in a line of a table of contents."""
    if (
        isinstance(finding, FoundDate)
        and finding.precision in ("year", "season")
        and kind in ("heading", "title")
    ):
        return True
    start, end = raw.rfind("\n", 0, finding.start) + 1, raw.find("\n", finding.end)
    return bool(_LEADERS.search(raw, start, len(raw) if end < 0 else end))


def is_suggestion(finding: Finding) -> bool:
    """Return whether a finding can be coded: a citation, or a date or quantity that has a value.

    A season of no year is none: it names no time, and mostly a kind of thing, as in *winter sports*.

    Examples
    --------
    >>> from sourcebook.parsing.suggestions import find_all
    >>> found = find_all("Every day, on 5 May 2023, at a winter resort.")
    >>> [finding.exact for finding in found if is_suggestion(finding)]
    ['5 May 2023']
    """
    if isinstance(finding, FoundDate) and finding.precision == "season" and finding.edtf.startswith("XXXX"):
        return False
    return finding.kind == "citation" or bool(coded_value(finding))


def suggest(
    document: Document, *, authority: Authority | None = None, kinds: Collection[str] = KINDS
) -> list[dict[str, str]]:
    """Return what the finders see in a document as proposals, which a person completes and decides on.

    A date or quantity that has a value is proposed as a claim, without the question that it answers; a citation as a
    row of the citations for each place that it names. Who speaks is left open, too.

    Parameters
    ----------
    document, authority, kinds
        As for :func:`find_by_sentence`.

    Returns
    -------
    list of dict of str to str
        Columns of a proposal: see :data:`sourcebook.core.schemas.PROPOSAL`. In the order of the text.

    Examples
    --------
    >>> import sourcebook
    >>> first = suggest(sourcebook.read().documents["akram-2024-10"], kinds=["dates"])[0]
    >>> first["exact"], first["value"], first["proposition_id"]
    ('23<sup>rd</sup> October 2024', '2024-10-23', '')
    """
    found = find_by_sentence(document, authority=authority, kinds=kinds)
    return [
        _proposal(document, sentence, finding, pinpoint)
        for sentence, findings in found.items()
        for finding in findings
        if is_suggestion(finding)
        for pinpoint in getattr(finding, "pinpoint", ()) or ("",)
    ]


def columns_of(kinds: Collection[str]) -> list[str]:
    """Return the columns of the proposals for some kinds.

    Examples
    --------
    >>> [name for name in columns_of(["citations"]) if name not in columns_of(["dates"])]
    ['instrument_id', 'pinpoint', 'proposed_instrument_id', 'proposed_pinpoint']
    """
    names = [names for kind, names in _CONTENT.items() if kind in kinds]
    coded = dict.fromkeys(name for each in names for name in each)
    asked = [] if set(kinds) <= {"citations"} else ["proposition_id"]
    before = [f"proposed_{name}" for name in ("exact", *coded)]
    return [
        "proposal_id",
        "decision",
        "table",
        *_PLACE,
        *asked,
        *coded,
        *_OPEN,
        *_FOUND,
        "proposed_by",
        *before,
    ]


def _proposal(document: Document, sentence: str, finding: Finding, pinpoint: str) -> dict[str, str]:
    cited = finding.kind == "citation"
    values = {"value": coded_value(finding), **vars(finding), "pinpoint": pinpoint}
    coded = {name: str(values[name]) for name in _CONTENT["citations" if cited else "dates"]}
    other = ", ".join(getattr(finding, "candidates", ()) or getattr(finding, "readings", ()))
    row = {
        "table": "citations" if cited else "claims",
        "source_id": document.source_id,
        "sentence_id": sentence,
        "exact": finding.exact,
        "prefix": document.raw[max(0, finding.start - CONTEXT) : finding.start],
        "suffix": document.raw[finding.end : finding.end + CONTEXT],
        "start": str(finding.start),
        "end": str(finding.end),
        **({} if cited else {"proposition_id": ""}),
        **coded,
        **dict.fromkeys(_OPEN, ""),
        "expression": finding.kind,
        "pattern": finding.pattern,
        "lossy": "; ".join(filter(None, [finding.lossy, other and f"can mean {other}"])),
        "proposed_by": PROPOSER,
    }
    before = {f"proposed_{name}": text for name, text in {"exact": finding.exact, **coded}.items()}
    return {"proposal_id": proposal_id(row), "decision": "", **row, **before}
