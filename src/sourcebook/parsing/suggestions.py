"""One pass of the finders over a text: citations first, then dates, then quantities, none inside another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from sourcebook.parsing.dates import FoundDate, scan_dates
from sourcebook.parsing.findings import Finding
from sourcebook.parsing.law import Authority, FoundCitation, library_authority, pinpoint_spans, scan_citations
from sourcebook.parsing.quantities import FoundQuantity, scan_quantities

__all__ = ["KINDS", "RECORDS", "coded_value", "find_all"]


#: The records of the kinds that can be asked for, in the order in which they are read.
RECORDS: dict[str, type[Finding]] = {
    "citations": FoundCitation,
    "dates": FoundDate,
    "quantities": FoundQuantity,
}
KINDS = tuple(RECORDS)

#: The attribute of each kind that a coded table holds.
_VALUES = {"citation": "instrument_id", "date": "edtf", "quantity": "notation"}


def find_all(
    text: str,
    *,
    doc: str = "",
    dct: str | None = None,
    authority: Authority | None = None,
    kinds: Collection[str] = KINDS,
) -> list[Finding]:
    """Find citations, dates and quantities in one pass: what one finder has read, the next leaves alone.

    An article number is no quantity, nor is the year of a date or of an instrument's name. A length of time is a
    quantity where it has a number, and else an expression of time without a date; "now" and "former" are left out, as
    they name no time. The kinds that are not asked for
    are read all the same, so that each finding is the same whatever is asked.

    Parameters
    ----------
    text : str
        Any text in English.
    doc : str
        Its id, which each finding repeats.
    dct : str, optional
        When it was written, as EDTF: what "last year" is relative to.
    authority : sourcebook.parsing.law.Authority, optional
        The legal instruments that can be named; by default those that come with the library.
    kinds : collection of str
        Which of :data:`KINDS` to return.

    Returns
    -------
    list of Finding
        In the order of the text; none overlap, but for the protocols that a plural names together, which share it.

    Raises
    ------
    ValueError
        If a kind is none of :data:`KINDS`.
    ParseError
        If `dct` is no EDTF.

    Examples
    --------
    >>> found = find_all("Over 200 delegates met on 5 December 2024 and cited Article 12.")
    >>> [(finding.kind, finding.exact, coded_value(finding)) for finding in found]
    [('quantity', 'Over 200', '>200'), ('date', '5 December 2024', '2024-12-05')]
    """
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        raise ValueError(f"kinds: expected any of {', '.join(KINDS)}, found {', '.join(map(repr, unknown))}")
    cited = _citations(text, doc, authority or library_authority())
    found: dict[str, list[Finding]] = {"citations": [*cited]}
    if not set(kinds) <= {"citations"}:
        places = [span for citation in cited for span in citation.pinpoint_spans]
        taken = sorted({*pinpoint_spans(text), *places, *_spans(cited)})
        found_dates = scan_dates(text, dct=dct, taken=taken, doc=doc)
        dated = [each for each in found_dates if coded_value(each) or not _names_no_time(each)]
        taken = sorted([*taken, *_spans(each for each in dated if coded_value(each))])
        counted = scan_quantities(text, taken=taken, doc=doc)
        found["quantities"] = [*counted]
        found["dates"] = [each for each in dated if coded_value(each)]
        found["dates"] += _free([each for each in dated if not coded_value(each)], _spans(counted))
    return sorted((each for kind in kinds for each in found[kind]), key=lambda each: each.start)


def coded_value(finding: Finding) -> str:
    """Return the value of a finding as a coded table holds it; empty where its words alone give none.

    Examples
    --------
    >>> [coded_value(finding) for finding in find_all("some 460 people, in 1988")]
    ['~460', '1988']
    """
    return str(getattr(finding, _VALUES[finding.kind]))


def _names_no_time(date: FoundDate) -> bool:
    """Return whether an expression says only that something is past, present or to come."""
    return date.timex.endswith("_REF")


def _spans(found: Iterable[Finding]) -> list[tuple[int, int]]:
    return [(finding.start, finding.end) for finding in found]


def _free(found: Sequence[Finding], taken: list[tuple[int, int]]) -> list[Finding]:
    """Return the findings that share no character with a span; both in the order of the text."""
    free, place = [], 0
    for finding in found:
        while place < len(taken) and taken[place][1] <= finding.start:
            place += 1
        if place == len(taken) or taken[place][0] >= finding.end:
            free.append(finding)
    return free


def _citations(text: str, doc: str, authority: Authority) -> list[FoundCitation]:
    found = scan_citations(text, authority)
    return [replace(citation, doc=doc) for citation in found] if doc else found
