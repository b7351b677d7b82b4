"""Protocols by their relation to an instrument: “Optional Protocol to X” is a protocol and not X."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sourcebook.parsing.law.instruments import Authority, Instrument
from sourcebook.parsing.law.mentions import Mention
from sourcebook.parsing.law.protocol_keys import ORDINALS, Key, keys_of
from sourcebook.parsing.law.subjects import first_subject, further_subject

__all__ = ["read_protocols"]

_NTH = "|".join((*ORDINALS, "1st", "2nd", "3rd", "4th"))
_LAST_WORDS = {*_NTH.split("|"), "optional", "additional", "facultative", "supplementary"}
_BEFORE = re.compile(
    rf"(?:\b(?P<year>\d{{4}})\s+)?(?P<early>\b(?:Optional|Additional)\s+(?=first|second|third))?(?:\b(?P<first>{_NTH})\s+(?:(?:and|&)\s+(?:the\s+)?(?P<second>{_NTH})\s+)?)?"
    r"(?:\b(?P<kind>Optional|Additional|Facultative|Supplementary)\s+)?$",
    re.IGNORECASE,
)
_NUMBER = r"(?:\d{1,2}(?:\s?bis)?|[IVX]+)(?![\w/])"
_PHRASE = re.compile(
    rf"(?:(?i:protocol)|(?P<short>OP-?(?P<nth>[1-3])?)(?=s?(?:[\s.,;)-]|$)))(?P<plural>s)?(?:\s+\(?(?:(?i:nos?\.?|number)\s*)?(?P<numbers>{_NUMBER}"
    rf"(?:(?:\s*,\s*(?:and\s+)?|\s+(?:and|or)\s+)(?:(?i:nos?\.?)\s*)?{_NUMBER})*)\)?)?"
)
_LINK = re.compile(
    r"\s*,?\s*(?:additional\s+|supplementing\s+|annexed\s+|amending\s+)?(?:to|of|under|supplementing|amending)\s+"
    r"(?:(?:the|both|said|this|UN|United\s+Nations|U\.N\.|international)\s+)*(?:\d{4}\s+)?",
)
_BARE_LINK = re.compile(r"\s*,?\s*(?:additional\s+)?(?:to|of)\s+(?!\d)(?:the\s+)?")
_KNOWN_LINK = re.compile(r"(?:European\s+)?Convention|which|be\b")
_HYPHEN = re.compile(r"-")
_BESIDE = re.compile(r"(?:['’]s?)?\s+")
_THERETO = re.compile(r"\s+thereto(?!\w)")
_OWN = re.compile(
    r"\s*,?\s*(?:\(?(?:and|as\s+well\s+as|with|including|together\s+with|along\s+with|or|plus|&|nor|by|under|in)\s+)?(?:[Aa]rt[a-z]*\.?\s[\d\s,()–-]{1,20}(?:\s?(?:and|to|or)\s[\d()]{1,8})?\s+(?:of|to|in)\s+)?(?:also\s+|ratify\s+|of\s+|to\s+"
    r"|accede\s+to\s+|sign\s+)*(?:both\s+of\s+)?(?:(?P<its>its|the\s+latter['’]s)|(?P<their>their)|the|both)\s+(?:two\s+|three\s+|both\s+|respective\s+|relevant\s+|related\s+|corresponding\s+)?"
)
_AND = re.compile(r"\s*,?\s*(?:and|or|as\s+well\s+as|&|,)\s+(?:to\s+|on\s+)?(?:the\s+)?")
_OF_YEAR = re.compile(r"\s+of\s+(?:\d{1,2}\s+[A-Z][a-z]+\s+)?(?P<year>\d{4})(?!\w)")
_ITS = re.compile(r"(?<!\w)its\s+(?:(?:First|Second|Third|first|second|third|Optional)\s+)*$")
_ITS_OWN = re.compile(r"(?<!\w)its\s+(?:two\s+|three\s+)?$")
_DEFINITE = re.compile(r"(?<!\w)[Tt]he\s+$")
_ON = re.compile(r"\s+(?:on|against|concerning|regarding|for)\s")
_STOP = re.compile(r"[.;!?]\s")
_COUNTS = {"both": 2, "two": 2, "three": 3}
_COUNT = re.compile(r"\b(both|two|three)\s+(?:of\s+(?:the|its)\s+)?(?:Optional\s+)?$", re.IGNORECASE)
_FEW = 3  # protocols to one instrument that a plural without numbers means all
_FARTHEST = 40  # characters between a name and “its Optional Protocol”


class _Protocols:
    def __init__(self, text: str, mentions: list[Mention], authority: Authority) -> None:
        self.text, self.mentions, self.authority = text, mentions, authority
        self.starts = [mention.start for mention in mentions]
        self.found: list[Mention] = []
        self.dropped: set[int] = set()
        self.end = 0
        self.count = 0  # of the protocols that the phrase says

    def _at(self, place: int) -> int | None:
        """Return the number of the mention that covers a place."""
        number = bisect_left(self.starts, place + 1) - 1
        return number if number >= 0 and self.mentions[number].end > place else None

    def read(self, start: int) -> None:
        """Read the phrase around the word protocol."""
        if start < self.end:
            return
        phrase = _PHRASE.match(self.text, start)
        before = _BEFORE.search(self.text, self._reach(start), start)
        if (
            phrase is None
            or before is None
            or not (
                self.text[start].isupper()
                or before["kind"]
                or before["early"]
                or self._is_own(start)
                or self._is_of(phrase)
            )
            or (
                phrase["short"]
                and not self._has_protocols(self._parent_after(phrase.end()))
                and not _THERETO.match(self.text, phrase.end())
                and not self._is_own(start)
            )
        ):
            return
        inside = self._at(start)
        keys = keys_of(self.text, phrase, before)
        if inside is not None and self.mentions[inside].end > phrase.end() + 1:
            self._renumber(self.mentions[inside], before.start(), keys)
            return
        counted = _COUNT.search(self.text, max(0, before.start() - 16), start)
        self.count = _COUNTS[counted[1].lower()] if counted else 0
        first = before.start()
        if inside is not None:
            first = min(first, self.mentions[inside].start)
        first += len(self.text[first:start]) - len(self.text[first:start].lstrip())
        parent = self._parent_after(phrase.end())
        if parent is not None and inside is not None and self._is_said_of(inside, parent):
            return
        if parent is not None:
            self._emit(first, phrase, keys, parent, inside)
        elif (link := _BARE_LINK.match(self.text, phrase.end())) and inside is not None:
            named = self.authority.instruments.get(self.mentions[inside].instrument_id)
            if named and named.parent and not _KNOWN_LINK.match(self.text, link.end()):
                self.dropped.add(inside)
        elif inside is None:
            self._own(first, phrase, keys, before["kind"])

    def _is_said_of(self, inside: int, parent: int) -> bool:
        """Let a known protocol end with what it is said to belong to; return whether it does belong to that."""
        named, of = self.authority.instruments.get(self.mentions[inside].instrument_id), self.mentions[parent]
        if named is None or named.parent != of.instrument_id:
            return False
        self.mentions[inside].end = of.end
        self.dropped.add(parent)
        return True

    def _has_protocols(self, number: int | None) -> bool:
        return number is not None and bool(self._protocols([self.mentions[number]]))

    def _is_own(self, start: int) -> bool:
        return _ITS_OWN.search(self.text, max(0, start - 14), start) is not None

    def _is_of(self, phrase: re.Match[str]) -> bool:
        """Return whether a protocol in small letters has a number and what it belongs to: protocol 1 to the ECHR."""
        return bool(phrase["numbers"]) and self._parent_after(phrase.end()) is not None

    def _reach(self, start: int) -> int:
        """Return from where on words before a protocol may belong to it, by the last of them."""
        words = self.text[max(self.end, start - 16) : start].split()
        last = words[-1] if words else ""
        if last.isalpha() and last.lower() not in _LAST_WORDS:
            return start
        return max(self.end, start - 48)

    def _renumber(self, mention: Mention, first: int, keys: list[Key]) -> None:
        """Give a title that is another one's with a number before it to the protocol of that number."""
        instrument = self.authority.instruments.get(mention.instrument_id)
        if keys and instrument and instrument.parent and first < mention.start:
            known = self.authority.protocols(instrument.parent)
            meant = [protocol for protocol in known if keys[-1].text in protocol.keys]
            if len(meant) == 1:
                mention.instrument_id, mention.start = meant[0].instrument_id, keys[0].start

    def _parent_after(self, end: int) -> int | None:
        """Return the number of the instrument that the protocol is said to belong to."""
        link = _LINK.match(self.text, end) or _HYPHEN.match(self.text, end)
        if link is None:
            return None
        for place in (link.end(), link.end() - 5):
            number = self._at(place) if place > end else None
            if number is not None and self.mentions[number].start >= end:
                return number
        return None

    def _emit(
        self, first: int, phrase: re.Match[str], keys: list[Key], parent: int, inside: int | None
    ) -> None:
        """Put the protocols in the place of the instruments that they belong to."""
        if inside is not None:
            self.dropped.add(inside)
        while True:
            of = self.mentions[parent]
            self.dropped.add(parent)
            chosen, end = self._choose(
                self._protocols([of], numbered=bool(keys)), keys, bool(phrase["plural"]), of.end
            )
            self._add(first, end, chosen, tentative=of.tentative)
            self.end = end
            parent += 1
            if keys or not phrase["plural"] or parent == len(self.mentions):
                return
            first = self.mentions[parent].start
            joint = _AND.fullmatch(self.text, end, first) if first >= end else None
            if joint is None or not self._protocols([self.mentions[parent]]):
                return

    def _protocols(self, of: Sequence[Mention], *, numbered: bool = False) -> list[Instrument]:
        known = self.authority.instruments
        keys = [key for each in of for key in (each.instrument_id, *each.candidates)]
        if numbered:  # of an ambiguous name, too
            keys += [one for key in keys if key in known for one in known[key].candidates]
        return [found for key in keys if key for found in self.authority.protocols(key)]

    def _choose(
        self, known: Sequence[Instrument], keys: list[Key], plural: bool, end: int
    ) -> tuple[list[_Choice], int]:
        """Return the protocols that are meant, and where the phrase ends."""
        if keys:
            chosen = [
                _Choice([protocol for protocol in known if key.text in protocol.keys], key.start, key.end)
                for key in keys
            ]
            chosen = [choice for choice in chosen if choice.protocols]
            named = [protocol for choice in chosen for protocol in choice.protocols]
            _, after = self._subjects(named, end)
            return chosen, after
        dated = _OF_YEAR.match(self.text, end) if plural else None
        if dated and (of_year := [protocol for protocol in known if dated["year"] in protocol.years]):
            return _all_of(of_year, 0), dated.end()
        by_subject, after = self._subjects(known, end)
        if by_subject:
            return by_subject, after
        usual = [protocol for protocol in known if "*" in protocol.keys]
        if usual and not plural:
            return [_Choice(usual)], end
        if not plural:
            return ([_Choice(list(known))] if known else []), end
        return _all_of(known, self.count), end

    def _subjects(self, known: Sequence[Instrument], end: int) -> tuple[list[_Choice], int]:
        """Return the protocols whose subject is named from a place on."""
        found: list[_Choice] = []
        named: list[Instrument] = []
        while True:
            best: tuple[int, Instrument] | None = None
            for protocol in known:
                for key in protocol.keys if protocol not in named else ():
                    match = first_subject(key).match(self.text, end) or (
                        further_subject(key).match(self.text, end) if found else None
                    )
                    if match and (best is None or match.end() > best[0]):
                        best = (match.end(), protocol)
            if best is None:
                return found, end
            found.append(_Choice([best[1]], end, best[0]))
            named.append(best[1])
            end = best[0]

    def _own(self, first: int, phrase: re.Match[str], keys: list[Key], kind: str | None) -> None:
        """Read a protocol that is called its own: CEDAW and its Optional Protocol."""
        number = bisect_left(self.starts, first) - 1
        thereto = _THERETO.match(self.text, phrase.end())
        farthest = 5 * _FARTHEST if thereto else _FARTHEST
        if number < 0 or first - self.mentions[number].end > farthest:
            self._far(first, phrase, keys, number)
            return
        of = [self.mentions[number]]
        gap = _OWN.fullmatch(self.text, of[0].end, first)
        beside = _BESIDE.fullmatch(self.text, of[0].end, first)
        if beside and (kind or keys):  # CEDAW Optional Protocol
            self.dropped.add(number)
            first = of[0].start
        elif thereto and not _STOP.search(self.text, of[0].end, first):
            pass
        elif gap is None or not (kind or keys or gap["its"]):
            self._far(first, phrase, keys, number)
            return
        while gap and (thereto or gap["their"]) and number:  # and those that the text names with it
            number -= 1
            if not _AND.fullmatch(self.text, self.mentions[number].end, self.mentions[number + 1].start):
                break
            of.insert(0, self.mentions[number])
        plural = bool(phrase["plural"]) or len(of) > 1
        end = thereto.end() if thereto else phrase.end()
        chosen, after = self._choose(self._protocols(of), keys, plural, end)
        small = not (kind or keys or self.text[phrase.start()].isupper())
        if small and after == end and _ON.match(self.text, end):
            return  # its protocol on something else
        self.end = after
        if not chosen and not beside:
            self._far(first, phrase, keys, number)
        self._add(first, self.end, chosen, tentative=False)

    def _far(self, first: int, phrase: re.Match[str], keys: list[Key], number: int) -> None:
        """Read a protocol whose instrument is named further off: to ratify its Optional Protocol, the Second Protocol.

        Parameters
        ----------
        first : int
            Where the phrase begins.
        phrase : re.Match
        keys : list of Key
        number : int
            Of the name before it, or -1.
        """
        its = _ITS.search(self.text, max(0, first - 8), phrase.start())
        of: list[str] = []
        if its and number >= 0 and not _STOP.search(self.text, self.mentions[number].end, first):
            of = [self.mentions[number].instrument_id]
        elif keys and _DEFINITE.search(self.text, max(0, first - 6), first):
            of = self._parents
        known = [protocol for parent in of for protocol in self.authority.protocols(parent)]
        if known and (keys or its):
            chosen, self.end = self._choose(known, keys, bool(phrase["plural"]), phrase.end())
            if all(len(choice.protocols) == 1 for choice in chosen):
                self._add(first, self.end, chosen, tentative=not its)

    @cached_property
    def _parents(self) -> list[str]:
        """All that the text names and that has protocols, and what the protocols that it names belong to."""
        named = {mention.instrument_id for mention in self.mentions}
        instruments = self.authority.instruments
        return sorted(named | {instruments[key].parent for key in named if key in instruments})

    def _add(self, first: int, end: int, chosen: list[_Choice], *, tentative: bool) -> None:
        """Add a mention for each protocol; the first begins with the phrase and the last ends with it."""
        for number, choice in enumerate(chosen):
            ids = tuple(protocol.instrument_id for protocol in choice.protocols)
            self.found.append(
                Mention(
                    first if number == 0 or not choice.end else choice.start,
                    end if number == len(chosen) - 1 or not choice.end else choice.end,
                    ids[0] if len(ids) == 1 else "",
                    "protocol-to-an-instrument",
                    candidates=() if len(ids) == 1 else ids,
                    tentative=tentative,
                )
            )


@dataclass(frozen=True, slots=True)
class _Choice:
    """Protocols that one part of a phrase can mean, and where that part is."""

    protocols: list[Instrument]
    start: int = 0
    end: int = 0


def _all_of(known: Sequence[Instrument], count: int) -> list[_Choice]:
    """Return the protocols that a plural means: each of as many as it counts or of two, and one of more."""
    parents = dict.fromkeys(protocol.parent for protocol in known)
    groups = [_counted([one for one in known if one.parent == parent], count) for parent in parents]
    return [
        _Choice(meant)
        for group in groups
        for meant in ([[each] for each in group] if len(group) <= max(_FEW, count) else [group])
    ]


def _counted(known: list[Instrument], count: int) -> list[Instrument]:
    """Return those of one year if they are as many as a text counts: both Optional Protocols to the CRC."""
    years = [min(protocol.years, default="") for protocol in known]
    some = [protocol for protocol, year in zip(known, years, strict=True) if years.count(year) == count]
    return some if count and len(known) != count and len(some) == count else known


def read_protocols(
    text: str, mentions: list[Mention], words: Sequence[int], authority: Authority
) -> list[Mention]:
    """Return the mentions with protocols in the place of the instruments that they belong to.

    Parameters
    ----------
    text : str
        Any text.
    mentions : list of Mention
        In the order of the text.
    words : sequence of int
        Where the word protocol is.
    authority : Authority

    Returns
    -------
    list of Mention
        In the order of the text.
    """
    reader = _Protocols(text, mentions, authority)
    for start in words:
        reader.read(start)
    kept = [mention for number, mention in enumerate(mentions) if number not in reader.dropped]
    return sorted([*kept, *reader.found], key=lambda mention: (mention.start, mention.end))
