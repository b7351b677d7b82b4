"""What a document calls an instrument after it has named it: defined terms, abbreviations, “the Convention”."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from sourcebook.parsing.law.instruments import Authority, Instrument
from sourcebook.parsing.law.lookalikes import NOT_A_NAME
from sourcebook.parsing.law.mentions import NOUNS, Mention, noun_of
from sourcebook.parsing.law.patterns import bodies
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
_SERIES = re.compile(
    r"\s*,?\s*\d{1,4}\s+U\.?N\.?T\.?S\.?\s+\d{1,5}|\s*,?\s*C?ETS\s+(?:No\.?\s*)?\d{1,3}|\s*\([Nn]o\.?\s*\d{1,3}\)"
)
_BEFORE_NOUN = re.compile(
    r"\b(?:[Tt]he|[Tt]his|[Tt]hat|[Ss]aid|THE|[Ii]ts)\s+(?:(?P<year>\d{4})\s+|same\s+|said\s+|present\s+|aforementioned\s+)?"
    r"(?P<kind>Optional\s+|Framework\s+|Additional\s+|European\s+|Guiding\s+)?$"
)
_LONGER = re.compile(
    r"\s+(?:on|for|against|concerning|relating|regarding|respecting|relative|between|establishing|governing|implementing)(?!\w)"
    r"|\s+of\s+(?!\d|(?:the\s+)?same|the\s+Tribunal(?!\s+(?:of|for)\b))|\s+[A-Z](?!rt)|-|\s+No\.|\s+[IVX]+\b"
)
_OF_THE_COURT = re.compile(r"\s+of\s+the\s+Court(?!\w|\s+(?:of|for)\b)")
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
#: What instruments are called in small letters, too.
_SMALL_NOUNS = ("convention", "covenant", "charter", "statute", "declaration", "protocol", "treaty", "pact")
_THE = re.compile(r"(?<!\w)[Tt]h(?:e|is|at)\s$")
_BACK = 120
_WORD = re.compile(r"\w+")
_RULINGS = ("advisory opinion", "judgment")  # whose titles name what they are about
_ONE_OF = "ambiguous name"  # kind of an entry that means one of its candidates, and not all


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


def _year_before(text: str, mention: Mention, authority: Authority, floor: int) -> None:
    before = _YEAR_BEFORE.search(text, max(floor, mention.start - 12), mention.start)
    if before and before[1] in _years(authority, mention.instrument_id):
        mention.start = before.start(1)


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
            if year and (year[1] or year[2]) in self.years:
                self.mention.end = year.end()
            elif series := _SERIES.match(self.text, end) or _OPENED.match(self.text, end):
                self.mention.end = series.end()
            elif loose := _LOOSE.match(self.text, end):
                self.terms.define(loose[1], end, self.mention.instrument_id)
                self.mention.end = loose.end()
            elif not self._bracket(end):
                return

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
        elif not _APPOSITION.match(inner) or (inner[:4].isdigit() and inner[:4] not in self.years):
            return False
        for term in terms:
            self.terms.define(term, end, key)
        self.mention.end = close + 1
        return True


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


class Nouns:
    """Reads “the Convention” and the like, by what the document has defined or named before.

    Parameters
    ----------
    text : str
        Any text.
    terms : Terms
        Of the text.
    mentions : sequence of Mention
        All that the text names.
    """

    def __init__(self, text: str, terms: Terms, mentions: Sequence[Mention]) -> None:
        self.text, self.terms = text, terms
        self.instruments = terms.authority.instruments
        self._named: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._all = {mention.instrument_id for mention in mentions}

    def note(self, mention: Mention) -> None:
        """Remember an instrument that the text has named; let an ambiguous name mean one that it has named."""
        instrument = self.instruments.get(mention.instrument_id)
        if instrument and instrument.candidates and instrument.kind == _ONE_OF:
            mention.instrument_id = self._one_of(instrument)
        elif instrument and not instrument.candidates and instrument.kind not in _RULINGS:
            self._named[noun_of(instrument.title)][mention.instrument_id] = None
            if parent := self.instruments.get(instrument.parent):  # what its protocols belong to
                self._named[noun_of(parent.title)].setdefault(parent.instrument_id)

    def _one_of(self, instrument: Instrument) -> str:
        """Return the only candidate of an ambiguous name that the text names, or the ambiguous name."""
        named = [key for key in instrument.candidates if key in self._all]
        return named[0] if len(named) == 1 else instrument.instrument_id

    def read(self, start: int) -> Mention | None:
        """Return the mention at a noun, or None if it is none."""
        found = _WORD.match(self.text, start)
        if found is None:
            return None
        word, end = found[0], found.end()
        before = _BEFORE_NOUN.search(self.text, max(0, start - 40), start)
        if word.lower() not in NOUNS or NOT_A_NAME.match(self.text, end):
            return None
        if not word[0].isupper():
            return self._small(word, start, end)
        defining = (
            self.text[max(0, start - 5) : start].rstrip(" ").endswith(("“", '"', "‘the", "“the", '"the'))
        )
        if defining and self.text[end : end + 1] in "”\"’'":
            self.terms.define(word.title(), start, "")
            return None
        if word == "Statute" and (court := _OF_THE_COURT.match(self.text, end)):
            meant = self._by_body("statute") or "icj-statute"
            return Mention(start, court.end(), meant, "by-its-body") if meant in self.instruments else None
        if _LONGER.match(self.text, end) or before is None or (before[0][1:3] == "ts" and word != "Statute"):
            self._unknown(word.lower(), start)
            return None
        kind = " ".join((before["kind"] or "").split())
        first = before.start("kind") if kind else before.start("year") if before["year"] else start
        term = f"{kind} {word}".strip()
        meaning = self.terms.meaning(term.title() if word.isupper() else term, start)
        if meaning == "":
            return None
        if meaning:
            return Mention(first, end, meaning, "defined-term")
        return self._by_antecedent(first, end, word.lower(), kind.lower(), before["year"])

    def _small(self, word: str, start: int, end: int) -> Mention | None:
        """Return the mention of a noun in small letters: the convention, after one that the text names."""
        if (
            word not in _SMALL_NOUNS
            or _LONGER.match(self.text, end)
            or not _THE.search(self.text, max(0, start - 5), start)
        ):
            return None
        named = list(self._named[word])
        meant = named[0] if len(named) == 1 else "" if named else self._anywhere(word)
        return Mention(start, end, meant, "only-one-named", tentative=True) if meant else None

    def _unknown(self, noun: str, start: int) -> None:
        """Note an instrument that is not known, so that “the Convention” may mean it."""
        before = self.text[max(0, start - 30) : start].rstrip()
        name = before.rpartition(" ")[2]
        if _LONGER.match(self.text, start + len(noun)) or (
            name[:1].isupper() and name not in ("The", "This", "A")
        ):
            self._named[noun][""] = None

    def _by_antecedent(self, start: int, end: int, noun: str, kind: str, year: str | None) -> Mention | None:
        named = [key for key in self._named[noun] if not year or year in self._year(key)]
        if kind:
            title = {key: self.instruments[key].title.lower() for key in named if key}
            named = [key for key in named if key and title[key].startswith(kind)]
        known = tuple(key for key in named if key)
        if len(named) == 1 and known:
            return Mention(start, end, known[0], "only-one-named")
        if len(known) > 1:
            return Mention(start, end, "", "one-of-those-named", candidates=known, tentative=True)
        if noun == "protocol" and kind == "optional" and not named:
            meant = self._usual_protocol
            return Mention(start, end, meant, "by-its-body") if meant else None
        watched = self._by_body(noun) or self._anywhere(noun) if not named and not kind and not year else ""
        if watched:
            return Mention(start, end, watched, "by-its-body")
        default = self.terms.authority.names.get(f"the {noun.title()}") if not named and not kind else None
        if default and not year:
            meant = self._one_of(self.instruments[default])
            return Mention(start, end, meant, "general-name", tentative=True)
        return None

    @cached_property
    def _watched(self) -> list[Instrument]:
        """The instruments whose bodies the text names."""
        keys = {key for body, key in bodies().items() if body.search(self.terms.text)}
        return [self.instruments[key] for key in sorted(keys) if key in self.instruments]

    @cached_property
    def _usual_protocol(self) -> str:
        """The protocol that is usually meant of the only one of them, or that is named, that has such a one."""
        protocols = self.terms.authority.protocols
        of = self._watched or [self.instruments[key] for key in sorted(self._all) if key in self.instruments]
        usual = [each for one in of for each in protocols(one.instrument_id) if "*" in each.keys]
        return usual[0].instrument_id if len(usual) == 1 else ""

    def _by_body(self, noun: str) -> str:
        """Return the only one of them that is called by a noun, or nothing."""
        keys = [each.instrument_id for each in self._watched if noun_of(each.title) == noun]
        return keys[0] if len(keys) == 1 else ""

    def _anywhere(self, noun: str) -> str:
        """Return the only instrument called by a noun that the text names anywhere, or nothing."""
        keys = [key for key in self._with_parents if noun_of(self.instruments[key].title) == noun]
        return keys[0] if len(keys) == 1 and not self.instruments[keys[0]].candidates else ""

    @cached_property
    def _with_parents(self) -> list[str]:
        """All that the text names, and what protocols among it belong to."""
        named = {
            key for key in self._all if key in self.instruments and self.instruments[key].kind not in _RULINGS
        }
        parents = {self.instruments[key].parent for key in named} & self.instruments.keys()
        return sorted(named | parents)

    def _year(self, key: str) -> frozenset[str]:
        instrument = self.instruments.get(key)
        return instrument.years if instrument else frozenset()
