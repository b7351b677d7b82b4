"""What a document calls an instrument after it has named it: defined terms and abbreviations."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict

from sourcebook.parsing.law.instruments import Authority
from sourcebook.parsing.law.lookalikes import NOT_A_NAME
from sourcebook.parsing.law.mentions import Mention, noun_of
from sourcebook.parsing.name_finder import NameFinder

__all__ = ["Terms", "read_tails"]

_OPEN = re.compile(r"\s*[(\[]")
_INNER = re.compile(r"(?:[^()\[\]]{1,200}+|[(\[][^()\[\]]{0,80}[)\]]){1,6}+")
_QUOTED = re.compile(r"[“\"«„‘']\s*(?:the\s+)?([^”\"»“’]{2,60}?)\s*[”\"»“’']")
_HEREINAFTER = re.compile(
    r"(?:here(?:in)?after|henceforth|below)?\s*[,:]?\s*(?:also\s+)?(?:referred\s+to\s+as|known\s+as|called|or|the|as)?"
    r"\s*[,:]?\s*(?:the\s+)?([A-Z][\w’'-]*(?:\s+(?:on|of|and|the|[A-Z\d][\w’'-]*)){0,5})\.?",
)
_LOOSE = re.compile(
    r"\s*[,;]?\s*here(?:in)?after\s*[,:]?\s*(?:referred\s+to\s+as\s+|called\s+|also\s+)?[,:]?\s*[“\"‘']?(?:the\s+)?"
    r"([A-Z][\w’-]*(?:\s+(?:on|of|and|[A-Z\d][\w’-]*)){0,4})[”\"’']?"
)
_ABBREVIATION = re.compile(r"(?:the\s+)?([A-Z][A-Za-z]*[A-Z0-9][A-Za-z0-9-]*(?:\s[IVX\d]+)?)")
_APPOSITION = re.compile(
    r"(?:adopted|opened|signed|concluded|entered|done|as\s+amended|revised|ETS|CETS|UNTS|\d{1,4}\s+UNTS|of\s+\d|\d{1,2}\s+[A-Z]"
    r"|\d{4}|(?:General\s+Assembly\s+)?[Rr]esolution\s|A/|No\.\s?\d|ratified|GA\s|UNGA\s|Rome|Geneva|New\s+York|Paris)"
)
_PINPOINT = re.compile(r"\b(?:art|para|princ|rule|sect?)[a-z]*\.?\s*\d|§", re.IGNORECASE)
_YEAR_AFTER = re.compile(r"(?:,?\s+of(?:\s+\d{1,2}\s+[A-Z][a-z]+)?\s+(\d{4})(?!\d)|,?\s+(\d{4})(?![\d/]))")
_YEAR_BEFORE = re.compile(r"(?<!\d)(\d{4})\s+$")
_NUMERAL = re.compile(r"\s+\(?[IVX]+(?!\w)")
#: After a name with its year, what makes it one of several of that year.
_SUBJECT = re.compile(
    r"\s*\(?[IVX]+(?!\w)|\s+(?:for|on|respecting|relati|concerning|regarding|with\s+respect)", re.IGNORECASE
)
_SERIES = re.compile(
    r"\s*,?\s*\d{1,4}\s+U\.?N\.?T\.?S\.?\s+\d{1,5}|\s*,?\s*C?ETS\s+(?:No\.?\s*)?\d{1,3}|\s*\([Nn]o\.?\s*\d{1,3}\)"
)
_PARTIES = re.compile(r"\s*\(")
_APPLICATION = re.compile(r"Application\s+of\s+the\s+$")
_REPORTED = re.compile(
    r"\s*\)?\s*(?:,?\s*\([^()]{3,120}\))?(?:\s*,\s*(?:Advisory\s+Opinion|Judgment|Order|Merits|Preliminary\s+Objections"
    r"|Provisional\s+Measures)(?:\s+of\s+\d{1,2}\s+\w+\s+\d{4})?)*\s*[,(]?\s*"
)
#: What any of those begins with that follows a name and belongs to it.
_TAIL = re.compile(r"\s*[,;]?\s*(?:of\s+\d|\d|C?ETS|here|opened|adopted|signed|[(\[])")
_OPENED = re.compile(
    r",\s+(?:opened\s+for\s+signature|adopted|signed)(?:\s+on)?\s+\d{1,2}\s+[A-Z][a-z]+\s+\d{4}(?=\s*,\s+\d|\s+\()"
)
_LETTERS = re.compile(r"\b([A-Za-zÀ-ž])")
_SMALL = ("of", "the", "and", "on", "for", "to", "in", "against")
_BACK = 120


def read_tails(text: str, mentions: list[Mention], authority: Authority) -> tuple[list[Mention], Terms]:
    """Join to each name what belongs to it, and collect the terms that the document defines.

    Parameters
    ----------
    text : str
        Any text.
    mentions : list of Mention
        In the order of the text; they are changed.
    authority : Authority

    Returns
    -------
    list of Mention
        Without those that are part of another one's brackets.
    Terms
    """
    terms, kept = Terms(text, authority), list[Mention]()
    starts = {mention.start: mention for mention in mentions}
    read_to = -1
    for mention in mentions:
        if mention.start < read_to:
            continue
        if text[max(0, mention.start - 12) : mention.start].rstrip()[-1:].isdigit():
            _year_before(text, mention, authority, kept[-1].end if kept else 0)
        if mention.pattern == "name" and _TAIL.match(text, mention.end):
            _Tail(text, mention, authority, starts, terms).read()
        kept.append(mention)
        read_to = mention.end
    kept = _join_cases(text, kept)
    terms.note_foreign(kept)
    return [mention for mention in kept if terms.keep(mention)], terms


def _join_cases(text: str, mentions: list[Mention]) -> list[Mention]:
    """Join the title of a case, its parties and the place of its report."""
    out: list[Mention] = []
    for mention in mentions:
        before = out[-1] if out else None
        if (
            before
            and mention.pattern == "strasbourg-case"
            and _PARTIES.fullmatch(text, before.end, mention.start)
        ):
            title = _APPLICATION.search(text, max(0, before.start - 30), before.start)
            if title:
                out[-1] = mention
                mention.start = title.start()
                continue
        if (
            before
            and mention.pattern == "icj-reports"
            and _REPORTED.fullmatch(text, before.end, mention.start)
        ):
            before.end = mention.end
            continue
        out.append(mention)
    return out


def _years(authority: Authority, key: str) -> frozenset[str]:
    found = authority.instruments.get(key)
    return found.years if found else frozenset()


def _of_year(mention: Mention, authority: Authority, year: str) -> str:
    """Return the only instrument of a year that an ambiguous name can mean: the 1907 Hague Convention."""
    named = authority.instruments.get(mention.instrument_id)
    if named is None or named.kind != "ambiguous name":
        return ""
    meant = [key for key in named.candidates if year in _years(authority, key)]
    return meant[0] if len(meant) == 1 else ""


def _year_before(text: str, mention: Mention, authority: Authority, floor: int) -> None:
    before = _YEAR_BEFORE.search(text, max(floor, mention.start - 12), mention.start)
    if before and before[1] in _years(authority, mention.instrument_id):
        mention.start = before.start(1)
    elif (
        before
        and not _NUMERAL.match(text, mention.end)
        and (meant := _of_year(mention, authority, before[1]))
    ):
        mention.start, mention.instrument_id = before.start(1), meant


class _Tail:
    """Reads what follows a name: its year, series, dates of adoption, and what it is called from there on."""

    def __init__(
        self, text: str, mention: Mention, authority: Authority, starts: dict[int, Mention], terms: Terms
    ) -> None:
        self.text, self.mention, self.starts, self.terms = text, mention, starts, terms
        self.years = _years(authority, mention.instrument_id)

    def read(self) -> None:
        """Move the end of the mention behind all that belongs to it."""
        while True:
            end = self.mention.end
            year = _YEAR_AFTER.match(self.text, end)
            if year and self._has_year(year):
                self.mention.end = year.end()
            elif series := _SERIES.match(self.text, end) or _OPENED.match(self.text, end):
                self.mention.end = series.end()
            elif loose := _LOOSE.match(self.text, end):
                self.terms.define(loose[1], end, self.mention.instrument_id)
                self.mention.end = loose.end()
            elif not self._bracket(end):
                return

    def _has_year(self, year: re.Match[str]) -> bool:
        """Return whether a year after the name belongs to it."""
        when = year[1] or year[2]
        return when in self.years or (not _SUBJECT.match(self.text, year.end()) and self._of_year(when))

    def _of_year(self, year: str) -> bool:
        """Give an ambiguous name the only instrument of a year that it can mean; return whether there is one."""
        if meant := _of_year(self.mention, self.terms.authority, year):
            self.mention.instrument_id, self.years = meant, frozenset((year,))
        return bool(meant)

    def _names_another(self, term: str) -> bool:
        """Return whether a term is the name of one other instrument: the Protocol (the Refugee Convention)."""
        authority = self.terms.authority
        other = authority.instruments.get(authority.names.get(" ".join(term.split()), ""))
        return (
            other is not None and not other.candidates and other.instrument_id != self.mention.instrument_id
        )

    def _bracket(self, end: int) -> bool:
        """Read one bracket; return whether it belongs to the name."""
        opened = _OPEN.match(self.text, end)
        if opened is None:
            return False
        content = _INNER.match(self.text, opened.end())
        close = content.end() if content else opened.end()
        inner = self.text[opened.end() : close].strip() if self.text[close : close + 1] in tuple(")]") else ""
        if not inner or _PINPOINT.search(inner):
            return False
        same = self.starts.get(opened.end()) or self.starts.get(opened.end() + 4)
        key = self.mention.instrument_id
        terms = _QUOTED.findall(inner)
        bare = _HEREINAFTER.fullmatch(inner) if not terms else None
        if terms:
            pass
        elif same is not None and same.instrument_id == key and same.end <= close:
            terms = [self.text[same.start : same.end]]
        elif bare and (_ABBREVIATION.fullmatch(bare[1]) or noun_of(bare[1]) or inner.startswith("herein")):
            terms = [bare[1]]
        elif not _APPOSITION.match(inner) or (
            inner[:4].isdigit()
            and inner[:4] not in self.years
            and not (len(inner) == 4 and self._of_year(inner))
        ):
            return False
        for term in terms:
            if not self._names_another(term):
                self.terms.define(term, end, self._or_parent(term))
        self.mention.end = close + 1
        return True

    def _or_parent(self, term: str) -> str:
        """Return what a term means after a protocol whose name holds that of its convention: (“the Convention”)."""
        instruments, key = self.terms.authority.instruments, self.mention.instrument_id
        parent = instruments.get(instruments[key].parent) if key in instruments else None
        noun = noun_of(term)
        return (
            parent.instrument_id
            if parent and noun and noun == noun_of(parent.title) != noun_of(instruments[key].title)
            else key
        )


class Terms:
    """The terms of one document: what each means from which place on.

    Parameters
    ----------
    text : str
        Any text.
    authority : Authority
    """

    def __init__(self, text: str, authority: Authority) -> None:
        self.text, self.authority = text, authority
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        self._meanings: defaultdict[str, list[str]] = defaultdict(list)
        self._spelt: dict[str, None] = {}

    def define(self, term: str, place: int, instrument_id: str) -> None:
        """Let a term mean an instrument from a place on; an empty id means one that is not known."""
        term = " ".join(term.split()).strip(" .,;").removeprefix("the ").removeprefix("The ")
        if len(term) < 2 or not term[0].isalnum():
            return
        self._places[term].append(place)
        self._meanings[term].append(instrument_id)
        if noun_of(term) != term.lower():
            self._spelt[term] = None

    def meaning(self, term: str, place: int) -> str | None:
        """Return what a term means at a place: an id, empty for an unknown instrument, None if it is not defined."""
        known = bisect_right(self._places.get(term, ()), place)
        meanings = self._meanings.get(term, [])
        if known:
            return meanings[known - 1]
        return meanings[0] if len(meanings) == 1 and noun_of(term) else None

    def keep(self, mention: Mention) -> bool:
        """Return whether a name means what the authority says; give it the meaning that the document defines."""
        meaning = self.meaning(self.text[mention.start : mention.end], mention.start)
        if meaning:
            mention.instrument_id = meaning
        return meaning != "" or mention.pattern != "name"

    def note_foreign(self, mentions: list[Mention]) -> None:
        """Note abbreviations that the text introduces for something else: Committee on … (CRC)."""
        for mention in mentions:
            word = self.text[mention.start : mention.end]
            if mention.pattern != "name" or not word.isupper():
                continue
            before = self.text[max(0, mention.start - _BACK) : mention.start]
            if before.rstrip(" “\"'‘").endswith(("(", "[")):
                initials = "".join(
                    w[0] for w in re.findall(r"[A-Za-zÀ-ž]+", before) if w.lower() not in _SMALL
                )
                if initials.lower().endswith(word.lower()) and initials:
                    self.define(word, mention.start - 1, "")

    def find(self) -> list[Mention]:
        """Return where the text uses the terms that it has defined, other than single nouns."""
        found = []
        spelt = list(self._spelt)
        for start, end, number in NameFinder(spelt).find(self.text) if spelt else []:
            meaning = self.meaning(spelt[number], start)
            same = self.text[start].isupper() == spelt[number][0].isupper()
            if meaning and same and not NOT_A_NAME.match(self.text, end):
                found.append(Mention(start, end, meaning, "defined-term"))
        return found
