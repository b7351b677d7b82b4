"""What “the Convention” and the like mean, by what a document has defined or named."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from sourcebook.parsing.law.antecedents import sentence_start
from sourcebook.parsing.law.instruments import Instrument
from sourcebook.parsing.law.lookalikes import NOT_A_NAME
from sourcebook.parsing.law.mentions import Mention, noun_of
from sourcebook.parsing.law.patterns import bodies
from sourcebook.parsing.law.spelling import NOUNS
from sourcebook.parsing.law.terms import Terms

__all__ = ["COVENANTS", "Nouns"]

#: What the committees interpret in their general comments and recommendations, by the beginnings of their ids.
COVENANTS = {
    **{"hrc": "iccpr", "cescr": "icescr", "cerd": "icerd", "cmw": "icrmw", "ced": "icpped"},
    **{key: key for key in ("cat", "crc", "crpd", "cedaw")},
}

_BEFORE_NOUN = re.compile(
    r"\b(?:[Tt]he|[Tt]his|[Tt]hat|[Ss]aid|THE|[Ii]ts)\s+(?:(?P<year>\d{4})\s+|same\s+|said\s+|present\s+|aforementioned\s+)?"
    r"(?P<kind>Optional\s+|Framework\s+|Additional\s+|European\s+|Guiding\s+)?$"
)
#: Before a noun without an article, as headnotes write it: contravening Article 12(1) of Charter.
_OF_PLACE = re.compile(
    r"(?<!\w)(?:[Aa]rt(?:icle|\.)?s?|[Pp]ara(?:graph|\.)?s?)\s[\dIVX](?:[\dIVX\s().,–-]|(?<=\d)[A-F](?!\w)|\b[a-h]\b|paragraphs?\b|and\b){0,40}?\sof\s+$"
)
_OTHER = re.compile(
    r"\b(?:convention|covenant)\s+(?:on|against|concerning|relating|regarding|for\s+the)\b"
    r"|(?<!\w)(?:[Aa]n?|new|draft|another|party)\s+(?:[\w-]+\s+)?(?:convention|covenant)(?!\w)"
)
_OFTEN = frozenset(("Convention", "Covenant", "Charter", "Statute", "Treaty"))
_LONGER = re.compile(
    r"\s+(?:on(?!\s+\d)|for(?!\s+(?:the\s+|that\s+|each\s+)?States?\b)(?=\s+(?:the\s+)?(?:[A-Z]|human\b|protect|prevent|suppress|safeguard|eliminat|unificat|pacific|reduct"
    r"|abolit|avoid|regulat|limit|international\b)|\s+the\s+[a-z]+\s+(?:of|in)\s+(?:the\s+)?[A-Z]|\s+an?\s+[A-Z])|against|concerning(?!\s+the\s+competence\b)|relating|regarding|respecting|relative|between|establishing|governing|implementing)(?!\w)"
    r"|\s+of\s+(?!\d|(?:the\s+)?same|the\s+Tribunal(?!\s+(?:of|for)\b))|\s+[A-Z](?!rt|he\s|oncluding\s|tates\s+[Pp]art)|-|\s+No\.|\s+[IVX]+\b"
)
_OF_JUSTICE = re.compile(r"\bICJ\b|\bCourt of Justice\b")
_OF_THE_COURT = re.compile(
    r"\s+of\s+the\s+(?:Court|(?P<tribunal>(?:International\s+)?Tribunal))(?!\w|\s+(?:of|for)\b)"
)
#: What instruments are called in small letters, too.
_SMALL_NOUNS = frozenset(NOUNS) - {"principles", "constitution", "act", "accord", "rules", "document"}
_THE = re.compile(r"(?<!\w)(?:[Tt]h(?:e|is|at)|[Tt]he\s+same)\s$")
_SAME = re.compile(r"\bsame\s+$")
_THERETO = re.compile(r"\s+thereto(?!\w)")
_SENTENCE = 400  # characters of a sentence before a noun
_NUMBERED = re.compile(r"\s+(?:Nos?\.?\s*)?\d")
_WORD = re.compile(r"[^\W\d]+|\w+")
_RULINGS = ("advisory opinion", "judgment")  # whose titles name what they are about
_OF_TREATIES = ("vclt", "vclt-io")  # by which others are read
_ONE_OF = "ambiguous name"  # kind of an entry that means one of its candidates, and not all


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
        self._all = {key for mention in mentions for key in mention.instrument_id.split("|")}
        self._latest: dict[str, str] = {}  # by noun
        self._last: dict[str, str] = {}  # treaty and resolution

    def note(self, mention: Mention) -> None:
        """Remember an instrument that the text has named; let an ambiguous name mean one that it has named."""
        instrument = self.instruments.get(mention.instrument_id)
        if "/RES/" in mention.instrument_id or "resolution" in mention.pattern:
            self._named["resolution"][mention.instrument_id] = None
            self._last["resolution"] = mention.instrument_id
        elif instrument and instrument.kind == "treaty":
            self._last["treaty"] = mention.instrument_id
        if instrument and instrument.candidates and instrument.kind == _ONE_OF:
            mention.instrument_id = self._one_of(instrument)
        elif instrument and not instrument.candidates and instrument.kind not in _RULINGS:
            self._named[noun_of(instrument.title)][mention.instrument_id] = None
            self._latest[noun_of(instrument.title)] = mention.instrument_id
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
        word = "Regulation" if word == "Regulations" else word
        if word.lower() == "resolution":
            return self._small("resolution", start, end)
        if word.lower() not in NOUNS or NOT_A_NAME.match(self.text, end) or _THERETO.match(self.text, end):
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
            if court["tribunal"] and meant == "icj-statute":
                return None
            return Mention(start, court.end(), meant, "by-its-body") if meant in self.instruments else None
        longer = _LONGER.match(self.text, end)
        if (
            before is None
            and not longer
            and word in _OFTEN
            and _OF_PLACE.search(self.text, max(0, start - 60), start)
        ):
            mention = self._by_antecedent(start, end, word.lower(), "", None)
            return mention if mention and mention.pattern != "general-name" else None
        if longer or before is None or (before[0][1:3] == "ts" and word != "Statute"):
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
        the = _THE.search(self.text, max(0, start - 10), start)
        known = word in _SMALL_NOUNS or word == "resolution"
        if not known or the is None or _LONGER.match(self.text, end) or _NUMBERED.match(self.text, end):
            return None
        named = list(self._named[word])
        meant = named[0] if len(named) == 1 else "" if named else self._anywhere(word)
        if not meant and not named and word in ("convention", "covenant") and not self._has_other:
            meant = self._by_body(word)
        if not meant and _SAME.search(self.text, max(0, start - 10), start):
            meant = self._latest.get(word, "")
        if not meant and (word == "treaty" or the[0][2:3] == "a"):
            meant = self._last.get("resolution" if word == "resolution" else "treaty", "")
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
        if len(known) > 1:
            known = self._meant(known, noun)
            named = list(known) if len(known) == 1 else named
        if len(named) == 1 and known:
            return Mention(start, end, known[0], "only-one-named")
        if len(known) > 1 and _SAME.search(self.text, max(0, start - 10), start):
            return Mention(start, end, self._latest.get(noun, known[-1]), "only-one-named")
        if len(known) > 1:
            return Mention(start, end, "", "one-of-those-named", candidates=known, tentative=True)
        if noun == "protocol" and kind == "optional" and not named:
            meant = self._usual_protocol
            return Mention(start, end, meant, "by-its-body") if meant else None
        unnamed = not named or (noun == "covenant" and not known)
        watched = ""
        if unnamed and not kind and not year:
            watched = self._by_body(noun) or self._by_speaker(noun, start) or self._anywhere(noun)
        if watched:
            return Mention(start, end, watched, "by-its-body")
        default = self.terms.authority.names.get(f"the {noun.title()}") if not named and not kind else None
        if default and not year:
            meant = self._one_of(self.instruments[default])
            return Mention(start, end, meant, "general-name", tentative=True)
        return None

    def _meant(self, known: tuple[str, ...], noun: str) -> tuple[str, ...]:
        """Return those named that “the Convention” can mean beside a body, and not the rules on all treaties."""
        others = tuple(key for key in known if key not in _OF_TREATIES)
        watched = self._by_body(noun)
        return (watched,) if watched in others else others or known

    @cached_property
    def _watched(self) -> list[Instrument]:
        """The instruments whose bodies the text names."""
        keys = {body.instrument_id for body in bodies() if body.is_in(self.terms.text)}
        comments = (re.match(r"([a-z]+)-g[cr]\d", key) for key in self._all)
        keys |= {COVENANTS[comment[1]] for comment in comments if comment and comment[1] in COVENANTS}
        return [self.instruments[key] for key in sorted(keys) if key in self.instruments]

    @cached_property
    def _has_other(self) -> bool:
        """Whether the text speaks of a convention in small letters that it does not name: a convention on mines."""
        return _OTHER.search(self.text) is not None

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
        if len(keys) > 1 and not _OF_JUSTICE.search(self.text):
            keys = [key for key in keys if key != "icj-statute"]
        return keys[0] if len(keys) == 1 else ""

    def _by_speaker(self, noun: str, start: int) -> str:
        """Return what is called by a noun of the only body that its sentence names before it, or nothing."""
        if len(self._watched) < 2:
            return ""
        low = max(0, start - _SENTENCE)
        first = sentence_start(self.text, low, start)
        said = self.text[first:start]
        keys = {
            body.instrument_id
            for body in bodies()
            if body.instrument_id in self.instruments
            and noun_of(self.instruments[body.instrument_id].title) == noun
            and body.is_in(said)
        }
        return keys.pop() if len(keys) == 1 else ""

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
