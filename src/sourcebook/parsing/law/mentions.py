"""Where a text may name an instrument: listed names, forms, and words that names are made of, in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from operator import attrgetter

from sourcebook.parsing.law.instruments import Authority, Instrument
from sourcebook.parsing.law.lookalikes import is_of_another
from sourcebook.parsing.law.patterns import Context, Form, Pattern, patterns, sessions
from sourcebook.parsing.law.pinpoint_reader import Places
from sourcebook.parsing.law.spelling import NOUNS, is_small, is_spelt
from sourcebook.parsing.name_finder import Folded, fold, name_pattern, needles, without_overlaps

__all__ = ["Mention", "Raw", "apart", "find_raw", "noun_of", "parent_of"]

_NOUN = re.compile(rf"\b(?:{'|'.join(NOUNS)})s?\b", re.IGNORECASE)
_INDEFINITE = re.compile(r"(?<!\w)[Aa]n?\s$")
_UNITS = (
    *(
        "article",
        "art.",
        "art ",
        "arts",
        "para",
        "par.",
        "preamb",
        "princip",
        "princ",
        "rule",
        "section",
        "sec",
        "s.",
    ),
    *(
        "ss.",
        "chapter",
        "ch.",
        "chap",
        "part ",
        "parts ",
        "annex",
        "recital",
        "guideline",
        "§",
        "¶",
        "sub",
        "point",
        "objective",
    ),
    *(
        "letter",
        "lit.",
        "clause",
        "item",
        "first ",
        "second ",
        "third ",
        "fourth ",
        "fifth ",
        "sixth ",
        "seventh ",
    ),
    *("eighth ", "ninth ", "tenth ", "eleventh ", "twelfth ", "thirteenth ", "fourteenth ", "fifteenth "),
    *("last ", "final ", "pt.", "pts.", "appendi", "at [", "1st p", "2nd p", "3rd p"),
    *("1st a", "2nd a", "3rd a", "first,", "second,", "third,"),
    *(f"{number}th {what}" for number in range(4, 20) for what in "pa"),
)
#: What is spelt in more than one way.
_AMERICAN = (
    ("Co-operation", "Cooperation"),
    ("Labour", "Labor"),
    ("Programme", "Program"),
    ("Organise", "Organize"),
    ("Defence", "Defense"),
)
_SERIES = re.compile(r"(, [\w-]+) (and|or) ")  # with a comma before its last member as well
_LEGAL = re.compile(
    r"ratif|\bsign\b|acced|accession|treat(?:y|ies)|convention|covenant|protocol|\bart(?:icle)?s?\b|states? part"
    r"|signator|human rights|reservation|iccpr|cedaw|icescr|crpd|opcat|icerd|violat|op-|optional|adhere",
    re.IGNORECASE,
)
_SESSION = re.compile(r"(?<=\d|[A-Z])\([A-Z-]+\)$")  # A/RES/194(III): the number is enough
_ARTICLES = ("he ", "is ", "at ", "me ")  # the, this, that, same: before a noun in small letters
_AROUND = 200
_NOTE = re.compile(r"(?<=[a-zA-Z])\d{1,2}(?![\w/-]|[.,:]\d)")  # of a footnote, right after a name
_SHORT = 3  # letters of an abbreviation, after which digits may be a part of it
_START = attrgetter("start")
_UNIT, _NOUN_WORD = 1, 2
_PLAIN = {"unit": _UNIT, "noun": _NOUN_WORD}


@dataclass(slots=True)
class Mention:
    """A place where a text names an instrument, before its pinpoints are known.

    Attributes
    ----------
    start, end : int
        Half-open; the end moves as what belongs to the name is read.
    instrument_id : str
        Empty where the text does not say which.
    pattern : str
    candidates : tuple of str
    place : str
        Pinpoint that the citation holds in itself.
    tentative : bool
        Whether it is a citation only with a pinpoint.
    places : list of Places
        Those that belong to it, once they are linked.
    refused : str
        Words of a place next to it that was not read.
    distributed : bool
        Whether each of several instruments has one of the places, in their order.
    """

    start: int
    end: int
    instrument_id: str
    pattern: str
    candidates: tuple[str, ...] = ()
    place: str = ""
    tentative: bool = False
    places: list[Places] = field(default_factory=list)
    refused: str = ""
    distributed: bool = False


def parent_of(mention: Mention, instruments: Mapping[str, Instrument]) -> str:
    """Return the id of what a protocol belongs to, or nothing."""
    instrument = instruments.get(mention.instrument_id)
    return instrument.parent if instrument else ""


@dataclass(slots=True)
class Raw:
    """What the first pass finds in a text, each list in the order of the text.

    Attributes
    ----------
    mentions : list of Mention
        Of listed names and of forms; none overlap.
    units : list of int
        Where a unit word of a pinpoint may begin.
    nouns : list of int
        Where a word for instruments in general begins.
    """

    mentions: list[Mention] = field(default_factory=list)
    units: list[int] = field(default_factory=list)
    nouns: list[int] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class _Name:
    text: str
    instrument_id: str
    strict: bool  # its capitals must be capitals
    capitals: bool  # an abbreviation
    contextual: bool  # read as a name only among words of law
    begins: bool  # may be the beginning of a longer name

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What the name is like in a text; compiled when a text may hold it."""
        return name_pattern(self.text)

    @cached_property
    def words(self) -> list[str]:
        """The words of the name."""
        return self.text.split()

    def end_at(self, text: str, start: int) -> int:
        """Return where the name ends that a text may have at a place, or 0 if it has not."""
        if text.startswith(self.text, start):
            end = start + len(self.text)
            after = text[end : end + 1]
            if not (after.isalnum() or after == "_"):
                return end
            return end if len(self.text) > _SHORT and _NOTE.match(text, end) else 0
        match = self.pattern.match(text, start)
        return match.end() if match else 0


@lru_cache(maxsize=4096)
def noun_of(title: str) -> str:
    """Return the word for instruments in general that a title has first, in small letters.

    Examples
    --------
    >>> noun_of("Optional Protocol to the International Covenant on Civil and Political Rights")
    'protocol'
    """
    found = _NOUN.search(title)
    noun = found[0].lower() if found else ""
    return noun if noun in NOUNS else noun.removesuffix("s")


def _name(text: str, key: str, *, contextual: bool) -> _Name:
    capitals = text == text.upper()
    words = text.split()
    lower = text == text.lower()
    headed = len(words) >= 3 and (_NOUN.search(text) is not None or words[-1].isdigit())
    return _Name(
        text=text,
        instrument_id=key,
        strict=not lower and not headed,
        capitals=capitals and text.isalpha(),
        contextual=contextual,
        begins=len(words) <= 5 and words[-1].lower() in (*NOUNS, "tribunal"),
    )


def _spellings(name: str) -> Iterable[str]:
    """Return a name as it is listed and as it is also written."""
    spelt = [name, name.replace("No. ", "No "), _SERIES.sub(r"\1, \2 ", name)]
    for british, american in _AMERICAN:
        spelt += [each.replace(british, american) for each in spelt] if british in name else []
    return dict.fromkeys(spelt)


class _Finder:
    """The automaton of an authority: its names, the triggers of the forms, unit words and nouns."""

    def __init__(self, authority: Authority) -> None:
        self.handlers: dict[bytes, list[_Name | Pattern | str]] = {}
        for text, key in authority.names.items():
            if not text.startswith("the ") or " " in text[4:]:
                for spelt in _spellings(text):
                    self._add(spelt, _name(spelt, key, contextual=text in authority.contextual))
        for pattern in patterns():
            for trigger in pattern.triggers:
                self._add(trigger, pattern)
        for unit in _UNITS:
            self._add(unit, "unit")
        for noun in (*NOUNS, "resolution", "op"):
            self._add(noun, "noun")
        self.owners = list(self.handlers.values())
        self.plain = [_PLAIN.get(str(owners[0]), 0) if len(owners) == 1 else 0 for owners in self.owners]
        self.automaton = needles(self.handlers)
        self.symbols = {
            symbol: key
            for cell, key in authority.citations.items()
            for form in self._forms(cell)
            for symbol in (form.instrument_id, _SESSION.sub("", form.instrument_id))
        }

    def _forms(self, cell: str) -> list[Form]:
        """Return the citations that a cell of the authority holds."""
        hits = self.automaton.find_matches_as_indexes(Folded(cell).raw, overlapping=True)
        found = [
            form
            for needle, start, _ in hits
            for owner in self.owners[needle]
            if isinstance(owner, Pattern)
            for form in owner.match(cell, start, Context(cell))
        ]
        return sorted(found, key=lambda form: form.start - form.end)[:1]

    def _add(self, text: str, handler: _Name | Pattern | str) -> None:
        blank = b" " if text.endswith(" ") else b""
        self.handlers.setdefault(fold(text) + blank, []).append(handler)


@lru_cache(maxsize=8)
def _finder(authority: Authority) -> _Finder:
    return _Finder(authority)


def find_raw(text: str, authority: Authority) -> Raw:
    """Return the names, forms, unit words and nouns of a text.

    Parameters
    ----------
    text : str
        Any text.
    authority : Authority

    Returns
    -------
    Raw
    """
    finder, folded = _finder(authority), Folded(text)
    context = Context(text)
    raw, hits = Raw(), []
    end = 0  # of the last form: what is in it is not read again
    owners, plain, places = finder.owners, finder.plain, folded.places
    units, nouns = raw.units, raw.nouns
    for needle, first, _ in finder.automaton.find_matches_as_indexes(folded.raw, overlapping=True):
        start = first if places is None else int(places[first])
        if start and ((before := text[start - 1]).isalnum() or before == "_"):
            continue
        kind = plain[needle]
        if kind == _UNIT:
            units.append(start)
            continue
        if kind == _NOUN_WORD:
            if text[start].isupper() or text[start] == "p" or text[start - 3 : start] in _ARTICLES:
                nouns.append(start)
            continue
        for owner in owners[needle]:
            if isinstance(owner, _Name):
                if (close := owner.end_at(text, start)) and _is_named(text, start, close, owner, context):
                    short = owner.contextual and owner.text.startswith("the ")  # the European Convention
                    hits.append(Mention(start, close, owner.instrument_id, "name", tentative=short))
            elif isinstance(owner, Pattern):
                for form in owner.match(text, start, context) if start >= end else ():
                    key = finder.symbols.get(form.instrument_id, form.instrument_id)
                    found = Mention(form.start, form.end, key, form.pattern, place=form.place)
                    found.tentative = form.tentative
                    hits.append(found)
                    end = max(end, form.end)
            elif owner == "unit":
                units.append(start)
            elif text[start].isupper() or text[start] == "p" or text[start - 3 : start] in _ARTICLES:
                nouns.append(start)
    raw.mentions = _without_overlaps(hits)
    _with_sessions(raw.mentions)
    raw.units = sorted(set(units))
    raw.nouns = sorted(set(nouns))
    return raw


def apart(mentions: Iterable[Mention]) -> list[Mention]:
    """Return a mention for each of several instruments that the same words name."""
    found: list[Mention] = []
    for mention in mentions:
        if "|" in mention.instrument_id:
            each = [replace(mention, instrument_id=key) for key in mention.instrument_id.split("|")]
            for number, one in enumerate(each if mention.distributed else ()):
                one.places = [mention.places[number]]
            found += each
        else:
            found.append(mention)
    return found


def _with_sessions(mentions: Sequence[Mention]) -> None:
    """Give a resolution that a text names by its number alone the id that it has where the session is said."""
    said = dict(sessions())
    said |= {
        _SESSION.sub("", mention.instrument_id): mention.instrument_id
        for mention in mentions
        if mention.instrument_id.startswith("A/RES/") and mention.instrument_id.endswith(")")
    }
    for mention in mentions:
        if mention.instrument_id in said:
            mention.instrument_id = said[mention.instrument_id]


def _is_named(text: str, start: int, end: int, name: _Name, context: Context) -> bool:
    """Return whether words of a text that match a name are meant as it.

    Parameters
    ----------
    text : str
    start, end : int
        Of the words.
    name : _Name
    context : Context
        Of the text.
    """
    if is_of_another(text, start, end, name.text, begins=name.begins, short=name.capitals):
        return False
    if name.strict:
        listed = name.words
        if len(listed) == 2 and listed[0].isalpha() and _INDEFINITE.search(text, max(0, start - 4), start):
            return False
        if not text.startswith(name.text, start) and not is_spelt(text[start:end], listed):
            return is_small(text, start, end, listed, context)
    return not name.contextual or context.near(_LEGAL, start, end, _AROUND)


def _without_overlaps(hits: list[Mention]) -> list[Mention]:
    """Return the longest of those that overlap, names before forms, in the order of the text."""
    hits.sort(key=_START)
    kept, first, end = list[Mention](), 0, 0
    for number, hit in enumerate(hits):
        if hit.start >= end and number > first:
            kept += _longest(hits[first:number])
            first = number
        end = max(end, hit.end)
    return kept + _longest(hits[first:])


def _longest(overlapping: list[Mention]) -> list[Mention]:
    """Return those of a chain of overlapping mentions that are left when the longer ones are taken first."""
    if len(overlapping) <= 1:
        return overlapping
    ordered = sorted(overlapping, key=lambda hit: (hit.start - hit.end, hit.pattern != "name", hit.start))
    first, end = overlapping[0].start, max(hit.end for hit in overlapping)
    taken = without_overlaps(((hit.start - first, hit.end - first) for hit in ordered), end - first)
    return sorted((hit for hit, free in zip(ordered, taken, strict=True) if free), key=_START)
