"""Which pinpoint belongs to which instrument: each is given to the name that it is written next to."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sourcebook.core.errors import ParseError
from sourcebook.parsing.law.instruments import Instrument
from sourcebook.parsing.law.mentions import Mention
from sourcebook.parsing.law.pinpoint_reader import UNIT, Places, read_places

__all__ = ["Linked", "link", "read_all_places"]

_OF = (
    r"(?:(?:common\s+)?(?:of|in|to|under|from|within|pursuant\s+to|common\s+to|contained\s+in|set\s+out\s+in|enshrined\s+in"
    r"|as\s+provided\s+for\s+in)\s+(?:both\s+)?)"
)
_BEFORE = re.compile(
    rf"\s*,?\s*(?:\((?![ivx]+\)|\s*(?:para|sub|point|lit|§|\d))[^()]{{3,90}}\)\s*,?\s*)?(?:[–—-]\s[^–—()]{{3,80}}\s[–—-]\s*)?(?:respectively\s*,?\s*)?(?P<of>{_OF})?"
    r"(?:(?:the|its|their|that|this)\s+)?(?:(?:two|four|three|UN|United\s+Nations|U\.N\.|revised|international|said|same|amended|UNESCO|EU|Council\s+of\s+Europe|European|\(?\d{4}\)?)\s+){0,2}"
    r"[“\"‘']?",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?P<own>['’]s?)?(?:,?\s+\(?cited\s+above\)?|,?\s+(?:judgment\s+of\s+)?\d{1,2}\s+[A-Z][a-z]+\s+\d{4}|,\s+ECHR\s+\d{4}(?:-[IVX]+)?(?:\s+\(extracts\))?"
    r"|,\s+UN\s+Doc\.?)*\s*(?P<mark>[,;:(\[–—-]\s*)*(?:(?:and\s+)?(?:in|at|under|see|cf\.?|including|especially|particularly|in\s+particular"
    r"|notably|inter\s+alia|specifically|namely|more\s+specifically|pursuant\s+to|through|by|to|with\s+regard\s+to|regarding|concerning)\s*,?\s*){0,3}(?:(?:its|the|their)\s+)?(?:common\s+)?",
    re.IGNORECASE,
)
_VERBS = re.compile(
    r"\s*,?\s*(?:also\s+|which\s+|that\s+|clearly\s+|expressly\s+)?(?:provid|stipulat|stat|guarante|recogni[sz]|enshrin|protect|prohibit|requir|declar|says?|said"
    r"|oblig|affirm|sets?|defin|allow|permit|contain|establish|lays?|laid|bans?|forbid|entitl|(?!was|is|has|its|this|thus|as|us|does)[a-z]+s\b)\w*(?:\s+(?!of\b)[\w’'-]+){0,6}?\s*,?\s+"
    r"(?:in|under|by|through)\s+(?:its\s+|the\s+)?"
)
_CHAIN = re.compile(
    r"\s*[,;]?\s*(?:(?:,|;|&|\+|et(?!\s+seq)|and|or|also|both|as\s+well\s+as|in\s+conjunction|read|taken|alone|together|conjunction|combined|with|in\s+light\s+of"
    r"|in\s+the\s+light\s+of|in\s+relation\s+to|in|conjointly|separately|relation|juncto|considered|either)(?![a-z])\s*){0,9}(?:the\s+)?"
)
_CONTINUED = re.compile(r"\s*(?:,\s*(?:and\s+)?|and\s+|or\s+|as\s+well\s+as\s+)(?=\d)")
_BARE = re.compile(r",?\s(?=\d{1,3}(?:\(\d{1,2}\)|\.\d{1,2}(?![\d.%]|\s(?:[mb]illion|per|years)\b)))")
_ARTICLES = "Articles "
_OWNED = re.compile(
    r"\s*(?:\([^()]{3,90}\)\s*)?,?\s*(?:thereof|(?:of|to)\s+(?:the|that|this|these|those|its|their|a|an|our|each)\s|(?:of|to)\s+[A-Z])"
)
_NOT_AFTER = re.compile(r"(?:ibid|ibidem|id|op\.\s?cit|supra)\.?,?\s*$", re.IGNORECASE)
_LONGEST_GAP = 170
_SHORT_GAP = 40  # characters between a unit word that is not understood and a name
_UNREAD = re.compile(r"[^.;]*?\s(?:of|in)\s+(?:the\s+)?|[^.;a-z]*")
_APART = re.compile(r"[^.;a-z]*")  # between a name and a place that is next to it and was not given to it
_LISTED = re.compile(r"[\s,;:(]*(?:(?:and|&)\s+)?")
_COMMON_TO = re.compile(r",?\s+(?:common\s+to|(?:of|in|to|under)\s+both)\s+(?:the\s+)?", re.IGNORECASE)
_COMMON = re.compile(r"(?<!\w)common\s+$", re.IGNORECASE)
_AND = re.compile(r"(?:\s*,\s*(?:and\s+)?|\s+and\s+)(?:(?:of|to)\s+)?(?:the\s+)?")
_SHOWN = 12  # characters after such a word, in a message
_STRONG, _PLAIN, _WEAK = 3, 2, 1


@dataclass(slots=True)
class Linked:
    """The places that belong to one mention."""

    places: list[Places] = field(default_factory=list)
    refused: str = ""


def read_all_places(
    text: str, units: Sequence[int], names: Sequence[int] = ()
) -> tuple[list[Places], list[tuple[int, int]]]:
    """Return what the unit words of a text introduce, and where one could not be read to its end.

    Parameters
    ----------
    text : str
        Any text.
    units : sequence of int
        Where unit words may begin, in order.
    names : sequence of int, optional
        Where citations begin, in order: what is read of a place ends before the next.

    Returns
    -------
    list of Places
        None overlap.
    list of tuple of int
        Half-open places of unit words whose numbers are not understood.
    """
    found: list[Places] = []
    refused: list[tuple[int, int]] = []
    end = 0
    for start in units:
        if start < end:
            continue
        if not _LIKELY.match(text, start) or (unit := UNIT.match(text, start)) is None:
            continue
        try:
            places = read_places(text, start)
        except ParseError:
            if unit.lastgroup not in ("sub", "nth") and _numbered(text, unit.end()):
                refused.append((start, unit.end()))
            continue
        except RecursionError:
            continue
        following = bisect_right(names, start)
        if following < len(names) and names[following] < places.end:
            try:
                places = _within(text, start, names[following])
            except ParseError:
                continue
        found.append(places)
        end = places.end
    return found, refused


def _within(text: str, start: int, end: int) -> Places:
    """Return the places of a unit word, read as if the text ended at a place."""
    places = read_places(text[start:end].rstrip(" ,;").removesuffix(" and").removesuffix(" or"), 0)
    return replace(places, start=places.start + start, end=places.end + start)


#: A unit word with a number, quickly told from one without.
_LIKELY = re.compile(
    r"[A-Za-z-]+\.?\s*\(?(?:\d|[IVXLC]+(?![A-Za-z])|[A-Z](?!\w)|[a-z]\))|(?i:sub|po|le|li|cl)[a-z-]*\.?\s+[a-z]\s|[Pp]reamb|PREAMB|(?i:annex)|[§¶]"
    r"|[A-Za-z]+\s+(?:sub|par|sent|ind)"
)
_DIGIT_NEAR = re.compile(r"\s*\(?\s*[\dIVX]")


def _numbered(text: str, end: int) -> bool:
    return _DIGIT_NEAR.match(text, end) is not None


class _Linker:
    def __init__(
        self,
        text: str,
        mentions: Sequence[Mention],
        places: Sequence[Places],
        *,
        instruments: Mapping[str, Instrument],
    ) -> None:
        self.text, self.mentions, self.places, self.instruments = text, mentions, places, instruments
        self.starts = [mention.start for mention in mentions]
        self.linked: defaultdict[int, list[tuple[int, Places]]] = defaultdict(list)
        self.owner: dict[int, int] = {}
        self.before: dict[int, Places] = {}  # the place read before each mention

    def run(self) -> None:
        """Give every place to its mention."""
        for number, places in enumerate(self.places):
            if (owner := self._owner(number, places)) is not None:
                self._give(number, owner)
        for number in range(len(self.places) - 2, -1, -1):  # Articles 5, 8 and Article 14 of X
            if number not in self.owner and number + 1 in self.owner and self._joined(number):
                following = self.owner[number + 1]
                if self.mentions[following].start >= self.places[number].end:
                    self._give(number, following)

    def _give(self, number: int, owner: int) -> None:
        self.owner[number] = owner
        places = self.places[number]
        if self.mentions[owner].start >= places.end:
            self.before[owner] = places

    def _owner(self, number: int, places: Places) -> int | None:
        following = bisect_left(self.starts, places.end)
        after = self._gap_before(places, following) if following < len(self.mentions) else 0
        previous = bisect_left(self.starts, places.start) - 1
        around = bisect_right(self.starts, places.start) - 1
        if around >= 0 and self.mentions[around].end > places.start:
            # within a name, but for one that ends with a unit word: Pinheiro Principles 2 and 10
            return around if self.mentions[around].end < places.end else None
        holder = self._holder(places, previous)
        gap = self._gap_after(number, places, previous, holder=holder) if previous >= 0 else 0
        if not after and not gap:
            return None
        if after == gap and (gap == _PLAIN or self._starts_anew(places, previous)):
            return following if previous in self.before else holder
        return following if after > gap else holder

    def _holder(self, places: Places, previous: int) -> int:
        """Return the number of the name before a place that can have it: ECHR P1-1, Art. 14 is of the ECHR."""
        number = previous
        while number > 0 and self._has_article(places, number):
            if not _LISTED.fullmatch(self.text, self.mentions[number - 1].end, self.mentions[number].start):
                return previous
            number -= 1
        protocol = self.instruments.get(self.mentions[previous].instrument_id) if number < previous else None
        return number if protocol and protocol.parent == self.mentions[number].instrument_id else previous

    def _starts_anew(self, places: Places, previous: int) -> bool:
        """Return whether a name has its place before it, and the next is of what follows: Art. 3, X; Art. 5, Y."""
        before, name = self.before.get(previous), self.mentions[previous]
        if before is None:
            return False
        return ";" in self.text[name.end : places.start] or "," in self.text[before.end : name.start]

    def _has_article(self, places: Places, number: int) -> bool:
        """Return whether a name says its article itself, as P1-1 does, and a place is of another."""
        return bool(self.mentions[number].place) and places.points[0].unit == "art"

    def _gap_before(self, places: Places, following: int) -> int:
        """Return how closely a place belongs to the name after it."""
        start = self.mentions[following].start
        if start - places.end > _LONGEST_GAP or self._has_article(places, following):
            return 0
        gap = _BEFORE.fullmatch(self.text, places.end, start)
        if gap is None:
            return 0
        if gap["of"]:
            return _STRONG
        return _WEAK if "," in gap[0] else _PLAIN

    def _gap_after(self, number: int, places: Places, previous: int, *, holder: int) -> int:
        """Return how closely a place belongs to the name before it.

        Parameters
        ----------
        number : int
            Of the place.
        places : Places
        previous, holder : int
            Numbers of the name before it, and of the one that would have it.
        """
        text, mention = self.text, self.mentions[previous]
        if _OWNED.match(text, places.end) or self._has_article(places, holder):
            return 0
        gap = places.start - mention.end
        if gap <= _LONGEST_GAP:
            after = _AFTER.fullmatch(text, mention.end, places.start)
            if after:
                mark = (after["mark"] or "").strip()
                return _STRONG if after["own"] else _PLAIN if mark in ("", "(", "[") else _WEAK
            if places.points[0].unit in ("art", "princ", "rule") and _VERBS.fullmatch(
                text, mention.end, places.start
            ):
                return _WEAK
            chained = previous in self.before or holder != previous
            if chained and self._chains(mention.end, places.start):
                return _WEAK
        if number and self.owner.get(number - 1) == holder and self._joined(number - 1):
            return _WEAK
        return 0

    def _chains(self, start: int, end: int) -> bool:
        return end > start and _CHAIN.fullmatch(self.text, start, end) is not None

    def _joined(self, number: int) -> bool:
        """Return whether a place and the next are parts of one enumeration."""
        start, end = self.places[number].end, self.places[number + 1].start
        return end - start <= 60 and self._chains(start, end)


def link(
    text: str,
    mentions: Sequence[Mention],
    places: Sequence[Places],
    refused: Sequence[tuple[int, int]],
    instruments: Mapping[str, Instrument],
) -> list[Linked]:
    """Return for each mention the places that belong to it.

    Parameters
    ----------
    text : str
        Any text.
    mentions : sequence of Mention
    places : sequence of Places
    refused : sequence of tuple of int
        Unit words whose numbers are not understood.
    instruments : mapping of str to Instrument
        Those of the authority by their ids, for what a protocol belongs to.

    Returns
    -------
    list of Linked
        In the order of the mentions.
    """
    linker = _Linker(text, mentions, places, instruments=instruments)
    linker.run()
    out = [Linked() for _ in mentions]
    for number, owner in sorted(linker.owner.items()):
        out[owner].places.append(places[number])
    _continue_lists(text, mentions, out)
    _share_common(text, mentions, out)
    _bare_numbers(text, mentions, out)
    _note_refused(text, mentions, refused, out)
    _note_unowned(text, mentions, [p for n, p in enumerate(places) if n not in linker.owner], out)
    return out


def _continue_lists(text: str, mentions: Sequence[Mention], out: list[Linked]) -> None:
    """Read numbers whose unit word was written once: Articles 12 of the ICCPR and 13 of the UDHR."""
    for number in range(len(mentions) - 1):
        first, second = mentions[number], mentions[number + 1]
        before = [places for places in out[number].places if places.end <= first.start]
        joint = _CONTINUED.match(text, first.end)
        if not before or out[number + 1].places or joint is None or second.start - first.end > _LONGEST_GAP:
            continue
        unit = before[-1].points[0].unit
        word = {"art": "Articles", "princ": "Principles", "rule": "Rules", "para": "paras"}.get(unit)
        if word is None:
            continue
        part = f"{word} {text[joint.end() : second.start]}"
        shift = joint.end() - len(word) - 1
        try:
            found = read_places(part, 0)
        except ParseError:
            continue
        if (gap := _BEFORE.fullmatch(part, found.end)) and gap["of"]:
            out[number + 1].places.append(
                Places(start=joint.end(), end=found.end + shift, points=found.points, lossy=found.lossy)
            )


def _share_common(text: str, mentions: Sequence[Mention], out: Sequence[Linked]) -> None:
    """Give a place that names have in common to each of them: Article 1 common to the ICCPR and the ICESCR."""
    common: Places | None = None
    for number in range(len(mentions) - 1):
        first, second = mentions[number], mentions[number + 1]
        before = [places for places in out[number].places if places.end <= first.start]
        if before and before[-1] is not common:
            common = before[-1] if _is_common(text, before[-1], first) else None
        if out[number + 1].places or not _AND.fullmatch(text, first.end, second.start):
            common = None
        if common is not None:
            out[number + 1].places.append(common)


def _is_common(text: str, places: Places, name: Mention) -> bool:
    if _COMMON_TO.fullmatch(text, places.end, name.start):
        return True
    return _COMMON.search(text, max(0, places.start - _SHORT_GAP), places.start) is not None


def _bare_numbers(text: str, mentions: Sequence[Mention], out: Sequence[Linked]) -> None:
    """Read numbers with paragraphs right after an abbreviation, which need no unit word: UDHR 13(2)."""
    for number, mention in enumerate(mentions):
        if out[number].places or mention.place or not text[mention.start : mention.end].isupper():
            continue
        bare = _BARE.match(text, mention.end)
        if bare is None:
            continue
        following = mentions[number + 1].start if number + 1 < len(mentions) else len(text)
        shift = bare.end() - len(_ARTICLES)
        part = _ARTICLES + text[bare.end() : min(following, bare.end() + _LONGEST_GAP)]
        try:
            found = read_places(part, 0)
        except ParseError:
            continue
        out[number].places.append(
            Places(start=bare.end(), end=found.end + shift, points=found.points, lossy=found.lossy)
        )


def _note_refused(
    text: str, mentions: Sequence[Mention], refused: Sequence[tuple[int, int]], out: list[Linked]
) -> None:
    """Note a place next to a name that was not understood, so that the citation says what it lacks."""
    starts = [mention.start for mention in mentions]
    for start, end in refused:
        following = bisect_left(starts, end)
        name = starts[following] if following < len(mentions) else len(text) + _LONGEST_GAP
        if name - end <= _SHORT_GAP and not out[following].places and _UNREAD.fullmatch(text, end, name):
            out[following].refused = " ".join(text[start:name].split())
            continue
        previous = following - 1
        free = previous >= 0 and not out[previous].places
        if free and _AFTER.fullmatch(text, mentions[previous].end, start):
            out[previous].refused = " ".join(text[start : end + _SHOWN].split())


def _note_unowned(
    text: str, mentions: Sequence[Mention], places: Sequence[Places], out: list[Linked]
) -> None:
    """Note an article next to a name that no name was given, so that it is not lost in silence."""
    starts = [mention.start for mention in mentions]
    taken = {(each.start, each.end) for linked in out for each in linked.places}
    for place in places:
        if place.points[0].unit not in ("art", "princ", "rule") or (place.start, place.end) in taken:
            continue
        following = bisect_left(starts, place.end)
        previous = bisect_left(starts, place.start) - 1
        for number, start, end in ((following, place.end, None), (previous, None, place.start)):
            if not 0 <= number < len(mentions) or out[number].places or out[number].refused:
                continue
            first = mentions[number].end if start is None else start
            last = mentions[number].start if end is None else end
            if not 0 <= last - first <= _SHORT_GAP or not _APART.fullmatch(text, first, last):
                continue
            if start is None and _OWNED.match(text, place.end):
                continue
            whole = text[place.start : last] if end is None else text[first : place.end]
            out[number].refused = " ".join(whole.split()).strip(" ,;:(")
            break
