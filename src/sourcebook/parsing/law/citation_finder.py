"""Citations of legal instruments in a text, each with its instrument and its pinpoints."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar

import pandas as pd

from sourcebook.parsing.findings import Finding, as_frame
from sourcebook.parsing.hidden import raw_span, shown, unstressed
from sourcebook.parsing.law.antecedents import IN_ARTICLES
from sourcebook.parsing.law.apparatus import read_apparatus
from sourcebook.parsing.law.ellipses import read_ellipses, without_explained
from sourcebook.parsing.law.instruments import Authority, library_authority
from sourcebook.parsing.law.linking import link
from sourcebook.parsing.law.loose_titles import read_loose_titles
from sourcebook.parsing.law.mentions import Mention, apart, find_raw
from sourcebook.parsing.law.nouns import Nouns
from sourcebook.parsing.law.parents import read_parents
from sourcebook.parsing.law.patterns import subjects, watchers
from sourcebook.parsing.law.pinpoint_reader import UNIT
from sourcebook.parsing.law.pinpoints import parsed
from sourcebook.parsing.law.place_scanner import read_all_places
from sourcebook.parsing.law.places import Pinpoint
from sourcebook.parsing.law.protocols import read_protocols
from sourcebook.parsing.law.terms import Terms, read_tails
from sourcebook.parsing.law.watchers import read_watched
from sourcebook.text.folding import Folded

__all__ = ["FoundCitation", "find_instruments", "instrument_spans", "pinpoint_spans", "scan_citations"]

_T = TypeVar("_T")
_IN_BRACKETS = re.compile(r"\s*\(\s*(?:here(?:in)?after,?\s+)?(?:the\s+)?[“\"‘']?(?:the\s+)?")
#: Words that whoever quotes a text puts into a name: the [European] Convention [on Human Rights].
_PUT_IN = re.compile(
    r"\[(?:(?<=the \[)[A-Z][A-Za-z ]{2,80}|(?<=[a-z] \[)(?:on|of|for|against|relating to) [A-Z][A-Za-z ]{2,60})\]"
)
_LONGEST_SUBJECT = 120  # characters
_AROUND = 250  # characters in which a subject says what an ambiguous name means
_CLOSED = re.compile(r"[”\"’']?\)")
_LEGAL_UNITS = ("art", "para", "princ", "rule", "preamble", "sign", "sec")


@dataclass(frozen=True, kw_only=True)
class FoundCitation(Finding):
    """A citation of a legal instrument; ``start``, ``end`` and ``exact`` are those of its name.

    Attributes
    ----------
    instrument_id : str
        Id in the authority, or for what is found by its form its symbol or number; empty where the name can mean
        several instruments and the authority has no entry for the name itself.
    candidates : tuple of str
        Ids of the instruments that an ambiguous name can mean.
    pinpoint : tuple of str
        Places in the instrument, in normal form.
    beyond : tuple of str
        Those of them that the instrument does not have.
    pinpoint_spans : tuple of tuple of int
        Where the text names them: half-open, in the order of the text.
    """

    kind: str = "citation"
    instrument_id: str
    candidates: tuple[str, ...] = ()
    pinpoint: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    pinpoint_spans: tuple[tuple[int, int], ...] = ()


def scan_citations(
    text: str, authority: Authority, *, taken: Sequence[tuple[int, int]] = ()
) -> list[FoundCitation]:
    """Return the citations of a text.

    Parameters
    ----------
    text : str
        Any text.
    authority : Authority
        What the names are looked up in.
    taken : sequence of tuple of int, optional
        Half-open places that something else has been found in; a citation that overlaps one is left out.

    Returns
    -------
    list of FoundCitation
        In the order of the text.

    Examples
    --------
    >>> found = scan_citations("Article 5 § 1 of the ECHR; C-411/10", library_authority())
    >>> [(each.instrument_id, each.pinpoint) for each in found]
    [('echr', ('art. 5(1)',)), ('C-411/10', ())]
    """
    folded = unstressed(shown(text, joined=True).edit(_PUT_IN, lambda match: match[0][1:-1]))
    found = _scan(folded.text, authority)
    if folded.starts is not None:
        found = [_in_raw(each, folded, text) for each in found]
    return [each for each in found if not _overlaps(each, taken)] if taken else found


def _in_raw(found: FoundCitation, folded: Folded, text: str) -> FoundCitation:
    """Return a citation that was found in what is shown of a text at its places in the text."""
    start, end = raw_span(folded, found.start, found.end)
    spans = tuple(raw_span(folded, *span) for span in found.pinpoint_spans)
    return replace(found, start=start, end=end, exact=text[start:end], pinpoint_spans=spans)


def _scan(text: str, authority: Authority) -> list[FoundCitation]:
    """Return the citations of a text without marks that do not belong to it."""
    raw = find_raw(text, authority)
    named = read_loose_titles(text, raw.mentions, raw.nouns, authority)
    mentions, terms = read_tails(text, named, authority)
    mentions = _with_terms(text, mentions, raw.nouns, terms)
    words = [start for start in raw.nouns if text.startswith(("rotocol", "ROTOCOL", "P"), start + 1)]
    mentions = read_protocols(text, mentions, words, authority)
    mentions = read_ellipses(text, mentions, authority)
    read_apparatus(text, mentions, authority.instruments)
    if not mentions and not (raw.units and any(court.search(text) for court, _ in watchers())):
        return []
    _mean(text, mentions, authority)
    places, refused = read_all_places(text, raw.units, [mention.start for mention in mentions])
    lone = link(text, mentions, places, refused, authority.instruments)
    mentions = read_parents(read_watched(text, mentions, lone, authority.instruments), authority.instruments)
    found = (
        _citation(text, mention, authority) for mention in apart(without_explained(text, mentions, authority))
    )
    return [each for each in found if each is not None]


def _with_terms(text: str, mentions: list[Mention], nouns: Sequence[int], terms: Terms) -> list[Mention]:
    """Return the mentions with those by a term that the document defines or by a noun, in the order of the text."""
    starts = [mention.start for mention in mentions]

    def free(start: int, end: int) -> bool:
        number = bisect_left(starts, end) - 1
        return number < 0 or mentions[number].end <= start

    defined = [mention for mention in terms.find() if free(mention.start, mention.end)]
    others = [start for start in nouns if free(start, start + 1)]
    events = sorted(
        [(mention.start, mention.end, mention) for mention in [*mentions, *defined]]
        + [(start, start, None) for start in others],
        key=lambda event: event[:2],
    )
    reader, out, read_to = Nouns(text, terms, mentions), list[Mention](), 0
    for start, _, listed in events:
        mention = listed or reader.read(start)
        if listed is not None:
            reader.note(listed)
        if mention is not None and mention.start >= read_to:
            if out and _explains(text, out[-1], mention):
                close = _CLOSED.match(text, mention.end)
                mention.start, mention.end = out.pop().start, close.end() if close else mention.end
            out.append(mention)
            read_to = mention.end
    return out


def _explains(text: str, noun: Mention, name: Mention) -> bool:
    """Return whether a name in brackets says what the words before it mean: the Covenant (ICCPR)."""
    if (
        noun.pattern == "name"
        or name.pattern != "name"
        or not _IN_BRACKETS.fullmatch(text, noun.end, name.start)
    ):
        return False
    same = name.instrument_id in (noun.instrument_id, *noun.candidates) or noun.pattern == "general-name"
    return same and _CLOSED.match(text, name.end) is not None


def _overlaps(found: FoundCitation, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start < found.end and found.start < end for start, end in taken)


def _citation(text: str, mention: Mention, authority: Authority) -> FoundCitation | None:
    """Return the citation of a mention, or None if it is none without a pinpoint."""
    instrument = authority.instruments.get(mention.instrument_id)
    bare = instrument is not None and instrument.kind in IN_ARTICLES
    own = mention.places
    if bare and own:
        own = [places for places in own if places.points[0].unit != "para"]
    points = [point for places in own for point in places.points]
    if mention.place:
        points.insert(0, parsed(mention.place))
    points = [instrument.numbered(point) for point in points] if instrument else points
    if mention.tentative and not points:
        return None
    key, candidates = _meant(mention, points, authority)
    if candidates and own:
        subject = text[max(mention.end, *(places.end for places in own)) :][:_LONGEST_SUBJECT]
        named = [
            one
            for one in candidates
            if _has_subject(authority.instruments[one].title, mention, text, subject)
        ]
        key, candidates = (named[0], ()) if len(named) == 1 else (key, candidates)
    if candidates and (instrument is None or instrument.kind == "ambiguous name"):
        meant_by = _by_subject(text, mention, candidates)
        key, candidates = (meant_by, ()) if meant_by else (key, candidates)
    lossy = [places.lossy for places in own if places.lossy]
    if mention.refused:
        lossy.append(f"a place that was not read: {mention.refused}")
    meant = authority.instruments.get(key) if points else None
    beyond = [point.normal_form for point in points if meant.lacks(point)] if meant else []
    spans = [(places.start, places.end) for places in own]
    return FoundCitation(
        start=mention.start,
        end=mention.end,
        exact=text[mention.start : mention.end],
        pattern=mention.pattern,
        lossy="; ".join(lossy) if lossy else "",
        instrument_id=key,
        candidates=candidates,
        pinpoint=_once([point.normal_form for point in points]),
        beyond=_once(beyond),
        pinpoint_spans=_once(spans if len(spans) < 2 else sorted(spans)),
    )


def _mean(text: str, mentions: Sequence[Mention], authority: Authority) -> None:
    """Let each ambiguous name mean the candidate that the text near it is about."""
    for mention in mentions:
        instrument = authority.instruments.get(mention.instrument_id)
        if instrument and instrument.kind == "ambiguous name":
            mention.instrument_id = _by_subject(text, mention, instrument.candidates) or mention.instrument_id


def _by_subject(text: str, mention: Mention, candidates: tuple[str, ...]) -> str:
    """Return the only candidate that is about what a text tells of near an ambiguous name, or nothing."""
    start, end = max(0, mention.start - _AROUND), mention.end + _AROUND
    said = [key for key in candidates if key in subjects() and subjects()[key].search(text, start, end)]
    return said[0] if len(said) == 1 else ""


def _has_subject(title: str, mention: Mention, text: str, subject: str) -> bool:
    """Return whether the rest of a title follows the places: Guiding Principles 28 to 30 on Internal Displacement.

    Parameters
    ----------
    title : str
    mention : Mention
    text : str
    subject : str
        What follows the places.
    """
    name = (
        text[mention.start : mention.end]
        .removeprefix("UN ")
        .removeprefix("United Nations ")
        .rstrip("s")
        .lower()
    )
    rest = title.lower().removeprefix(name).removeprefix(" principle").removeprefix("s")
    return len(rest) < len(title) and rest.startswith(" on ") and subject.lower().startswith(rest)


def _once(items: list[_T]) -> tuple[_T, ...]:
    """Return items without those that are there before."""
    return tuple(items) if len(items) < 2 else tuple(dict.fromkeys(items))


def _meant(mention: Mention, points: Sequence[Pinpoint], authority: Authority) -> tuple[str, tuple[str, ...]]:
    """Return the id and the candidates, without those that do not have the places that are named."""
    instrument = authority.instruments.get(mention.instrument_id)
    candidates = mention.candidates or (instrument.candidates if instrument else ())
    if not candidates:
        return mention.instrument_id, ()
    able = tuple(
        key for key in candidates if not any(authority.instruments[key].lacks(point) for point in points)
    )
    if len(able) == 1 and mention.tentative:
        return able[0], ()
    return mention.instrument_id, able or candidates


def find_instruments(text: str, instruments: pd.DataFrame | Authority | None = None) -> pd.DataFrame:
    """Find where a text cites legal instruments, with the pinpoints next to each.

    Names are looked up in the authority; symbols of the United Nations, resolutions, conventions of the ILO by
    number, cases and applications are found by their form. A protocol is found by the instrument that it belongs
    to, a term by its definition in the text, and “the Convention” by what the text has named before. An article
    that stands next to no name belongs to the only instrument that its sentence, the one before or its paragraph names,
    to the subject of a sentence that names several, or to the convention of the court or committee that reads it,
    whose name is then that of the hit. The protocols
    that a plural names together (“both Optional Protocols to the ICCPR”) are rows of their own with its words.
    Where names overlap, the longest wins; what is in brackets after a name and belongs to it is part of the same
    hit. A name of two words in capitals is found in capitals, a name without small letters as it is written, a
    longer one in any case.

    Parameters
    ----------
    text : str
        Any text.
    instruments : DataFrame or Authority, optional
        ``instrument_id, variants`` (variants joined by ``;``) and more columns, as :meth:`Authority.of` describes them;
        the default is the authority that comes with the library. `read_authority` adds a table to it.

    Returns
    -------
    DataFrame
        One row for each citation, in the order of the text, with the attributes of :class:`FoundCitation`: ``start``
        and ``end`` (int64), text columns (str), and ``candidates``, ``pinpoint``, ``beyond`` and ``pinpoint_spans``
        (tuples).

    Raises
    ------
    DataError
        If two instruments share a variant.

    Examples
    --------
    >>> found = find_instruments("Article 13(2) of the Universal Declaration (UDHR) and Article 12.4 ICCPR")
    >>> found[["exact", "instrument_id", "pinpoint"]].values.tolist()
    [['Universal Declaration (UDHR)', 'udhr', ('art. 13(2)',)], ['ICCPR', 'iccpr', ('art. 12(4)',)]]
    """
    return as_frame(scan_citations(text, _authority(instruments)), FoundCitation)


def _authority(instruments: pd.DataFrame | Authority | None) -> Authority:
    if instruments is None:
        return library_authority()
    if isinstance(instruments, Authority):
        return instruments
    columns = tuple(map(str, instruments.columns))
    return _of_cells(columns, tuple(instruments.itertuples(index=False, name=None)))


@lru_cache(maxsize=8)
def _of_cells(columns: tuple[str, ...], rows: tuple[tuple[object, ...], ...]) -> Authority:
    return Authority.of(pd.DataFrame(list(rows), columns=list(columns)))


def pinpoint_spans(text: str) -> list[tuple[int, int]]:
    """Find the places in legal instruments that a text names, whichever instrument they are in.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of tuple of int
        Half-open code-point offsets, in the order of the text: of articles, paragraphs, principles, rules, sections and
        preambles.

    Examples
    --------
    >>> pinpoint_spans("See Articles 12(4) and 13.")
    [(4, 25)]
    """
    units = [unit.start() for unit in UNIT.finditer(text) if unit.lastgroup in _LEGAL_UNITS]
    return [(places.start, places.end) for places in read_all_places(text, units)[0]]


def instrument_spans(text: str, instruments: pd.DataFrame) -> list[tuple[int, int]]:
    """Find the names of legal instruments in a text, with the year that belongs to a name.

    Parameters
    ----------
    text : str
        Any text.
    instruments : DataFrame
        As for :func:`find_instruments`; titles, short names and citations count as names, too.

    Returns
    -------
    list of tuple of int
        Half-open code-point offsets, in the order of the text; none overlap.

    Examples
    --------
    >>> table = pd.DataFrame({"instrument_id": ["tb"], "variants": ["Treaty of the Bridge"], "title": "",
    ...     "short_name": "TB", "citation": "", "adopted": "1951-07-28"})
    >>> sentence = "The 1951 Treaty of the Bridge, or TB (1952)"
    >>> [sentence[start:end] for start, end in instrument_spans(sentence, table)]
    ['1951 Treaty of the Bridge', 'TB']
    """
    names = instruments["variants"]
    for column in ("title", "short_name", "citation"):
        names = names + ";" + instruments[column].str.replace(";", ",")
    found = scan_citations(text, _authority(instruments.assign(variants=names)))
    return sorted({(citation.start, citation.end) for citation in found})
