"""The numbers after a unit word: a list of them, each with its range or with what is below it."""

from __future__ import annotations

import re
from dataclasses import replace

from sourcebook.core.number_words import english
from sourcebook.parsing.law.asides import LATIN, NEXT_NUMBER, ON_TO, SENTENCE, TIGHT, latin_after
from sourcebook.parsing.law.places import Pinpoint, Places, order, stopped
from sourcebook.parsing.law.sublevels import HEADING, SEPARATOR, SubLevels

__all__ = ["Numbers", "begins_number"]

_SPACE = re.compile(r"\s*")
_LATIN = rf"[\s-]?(?:{'|'.join(LATIN)})(?![a-z])"
_WORDS = english()
_ONES = "|".join(word for word, value in _WORDS.ones.items() if value)
_WORD = rf"(?:{'|'.join(_WORDS.tens)})(?:[\s-](?:{_ONES}))?|{_ONES}"
_NUMBER = re.compile(
    rf"(?P<part>[IVXLC]+\.)?(?P<n>\d{{1,4}}(?:\.\d{{1,3}}){{0,2}}(?:\.[a-z](?:\.[ivx]{{1,4}})?(?!\w|\.\w))?(?![\d/%])|[IVXLC]+(?:\.[a-z](?![\w.]))?(?![A-Za-z0-9’'])"
    rf"|(?P<word>(?i:{_WORD}))(?![\w-])"
    rf"|(?P<letter>[A-Z])(?![\w’']))(?:(?:st|nd|rd|th)(?=\s+of\s))?(?P<latin>{_LATIN})?(?P<small>[a-z](?![a-zA-Z0-9]))?"
    r"(?P<cap>[-‑][A-H](?![\w-])|\s[A-F](?=\s\d{1,2}(?:\s+of\b|\s*[,;)]|\s[A-Z]|$))|(?:,\s(?=[A-F]\s?\(\d))?\s?(?!(?<=\s)[IVX]|S\.\s?\d)[A-Z](?=\s?\(|\s*(?:[,.;:)]|of\b|and\b|$))|[A-Z](?![A-Za-z0-9]))?(?:(?!\w)|(?<=\d)(?=(?:of|and)\s))"
)
_LAST = re.compile(
    rf"\s*(?:--?|[–—‑]|to\b|through(?:\s+to)?\b)\s*(?P<again>(?:[Aa]rt(?:icle|\.)?|[Rr]ule|[Pp]rinciple)\s+)?(?P<last>\d{{1,4}}(?:{_LATIN}|[a-z](?!\w))?|[IVXLC]+)(?![\w/%]|\s?\(\d)(?:\s+inclusive(?!\w))?"
)
_PARAGRAPH_NEXT = re.compile(r"\s*,?\s*(?:§|para)")
_ET_SEQ = re.compile(
    r"\s*,?\s*(?:et\s+seqq?\b\.?|et\s+al\.?(?!\w)|ff?\.(?!\w)|and\s+(?:the\s+)?following(?:\s+articles)?|onwards?\b)"
)
_HALF = re.compile(
    r"\s?\(\s?(?:\d{1,2}\s?(?:[.,;–—‑-]|$|\s+(?:of|and|or|to)\b)|[a-z][.,;]|[a-z]\s?[–—‑-])|\s?[-–—‑]+\s?\d|\.\d|/\d|\s[a-z]\)|\s?§|\s?(?:[-–—‑]|to\s|through\s)\s?[IVX]{1,5}\s?\("
    r"|\s[IVX]{1,4}(?=\s*[,.;:)]|\s+(?:of|and|or|[A-Z]))|\s\d{1,3}(?=\s*,\s*\d|\s+and\s+\d)"
)
_COUNTED = re.compile(
    r"\s*%|\s?\((?:19|20)\d\d\)|\s+(?:per\s?cent|years?|days?|weeks?|months?|hours?|minutes?|people|persons?|men|women|children|states?"
    r"|countries|members?|votes?|hundred|thousand|million|billion|times|dollars|euros|cases|others?|(?:January|February"
    r"|March|April|May|June|July|August|September|October|November|December)\b)(?!\w)",
)
#: A word that cannot follow the last number of a list after a unit word in the singular.
_STRAY = re.compile(
    r"\s+(?!(?:of|to|and|or|in|under|read|taken|as|bis|ter|para|paras|paragraphs?|with|et|is|are|was|were|has|have|provides?"
    r"|thereof|respectively|above|below|by|on|the|which|that|for|also|both|alone|combined|together|may|shall|must|do|does)"
    r"(?![a-z]))[a-z]"
)
_DID = re.compile(r"\s+[a-z]{3,}ed(?![a-z])")
_AFTERWARDS = re.compile(r"\s+(?:years?|days?|weeks?|months?|hours?|minutes?|people|per\s?cent)(?!\w)")
_SAYS = re.compile(r"\s+[a-z]{3,}[a-rt-z]s(?![a-z])")
_LETTER = re.compile(r"\s?\(([a-z])\)")
_FEW = 9  # paragraphs after a dash
_SPACED_LETTER = re.compile(r"\s([a-h])(?=\s+of\s+the\s)")
_AFTER_CAP = re.compile(r"\s(\d{1,2})(?=\s+of\b|\s*[,;)]|\s[A-Z]|$)")
#: Units whose numbers have paragraphs after a full stop: Article 12.4.
_DOTTED = ("art", "princ", "rule", "guideline")
_NO = re.compile(
    r"(?:[Nn](?:o|r|os|umber)\b\.?|№|violated:|as(?=\s\d{1,3}(?:,\s\d|\s(?:and|or)\s\d)))\s*(?=\d)"
)
_OF_THE = re.compile(r"\s+of\s+(?:the|that|its)\s")
_DIGITS = re.compile(r"\d+")
_SINGULAR_S = re.compile(r"(?:s|ss)\.?|princ\.?", re.IGNORECASE)


def _digits(number: re.Match[str]) -> str:
    """Return a number as digits where it is written in words."""
    if not number["word"]:
        return number["n"]
    words = re.split(r"[\s-]", number["word"].lower())
    return str(sum(_WORDS.tens.get(word) or _WORDS.ones[word] for word in words))


def _after(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match else position


def begins_number(text: str, position: int) -> bool:
    """Return whether a number stands at a place, or after blanks."""
    return _NUMBER.match(text, _after(_SPACE, text, position)) is not None


def _in_small_letters(point: Pinpoint) -> Pinpoint:
    """Return a place of a heading in capitals, where a letter below a paragraph is a small one: PARAGRAPH 3 (D)."""
    return replace(point, subs=(*point.subs[:1], *map(str.lower, point.subs[1:])))


class Numbers:
    """Reads the list of numbers after a unit word, each with what is below it."""

    def __init__(self, text: str, unit: re.Match[str], kind: str, *, nested: bool) -> None:
        self.text, self.start, self.kind, self.nested = text, unit.start(), kind, nested
        word = unit[0].lower().rstrip(".")
        self.plural = len(word) == 2 if _SINGULAR_S.fullmatch(word) else word.endswith(("s", "§§", "¶¶"))
        self.end = unit.end()
        self.points: list[Pinpoint] = []
        self.told: list[str] = []  # words that the pinpoints do not hold
        self.shape = ""
        self.opened = (
            False  # whether a bracket has opened before a number: Article 2 (read in conjunction with 7)
        )

    def read(self) -> Places:
        """Return the pinpoints; raise ParseError where they cannot be read to their end."""
        position = _after(_SPACE, self.text, self.end)
        position = _after(_NO, self.text, position) if self.kind in _DOTTED else position
        while (number := _NUMBER.match(self.text, position)) and (
            self._admits(number) or self._is_part(number)
        ):
            if number["letter"] and self.shape != "letter":
                self.points.append(replace(self.points[-1], subs=(number["letter"],)))
                self.end = number.end()
            else:
                self._one(number)
            if (joint := self._joint()) is None:
                break
            position = joint.end()
        if not self.points:
            raise stopped(self.text, position, "a number")
        if more := _ET_SEQ.match(self.text, self.end):
            self.end = more.end()
            self.told.append(more[0].strip(" ,"))
        self._told_part()
        if self.opened and self.text.startswith(")", self.end):
            self.end += 1
        if half := _HALF.match(self.text, self.end):
            raise stopped(self.text, half.start(), "the end of the pinpoint")
        lossy = ", ".join(self.told)
        capitals = self.text[self.start : self.start + 4].isupper()
        points = map(_in_small_letters, self.points) if capitals else self.points
        return Places(start=self.start, end=self.end, points=tuple(points), lossy=lossy)

    def _joint(self) -> re.Match[str] | None:
        """Return what stands between a number, with all that belongs to it, and the next one."""
        self._told_part()
        marked, self.end = latin_after(self.text, self.end, self.points[-1])
        self.points += marked
        position = _after(HEADING, self.text, self.end)
        alone = not self.plural and len(self.points) == 1 and self.kind in _DOTTED
        if alone and self.text[position - 1] != ")" and TIGHT.match(self.text, position):
            raise stopped(self.text, position, "a paragraph in brackets, or a list of articles")
        if aside := NEXT_NUMBER.match(self.text, position):
            self.opened = self.opened or aside["open"] is not None
            return None if aside["not"] and any(point.last for point in self.points) else aside
        joint = SEPARATOR.match(self.text, position)
        return joint or (self._range_of_levels() if self.kind in ("art", "princ", "rule") else None)

    def _range_of_levels(self) -> re.Match[str] | None:
        """Return what stands between the ends of a range that no pinpoint holds: Article 3(1) to 5(2), both told."""
        joint, before = ON_TO.match(self.text, self.end), self.points[-1]
        last = _DIGITS.match(self.text, joint.end()) if joint else None
        if joint is None or last is None or not before.number.isdigit() or int(last[0]) < int(before.number):
            return None
        if last[0] == before.number:
            return self._range_in_article(joint.end())
        self.told.append(f"{before} {' '.join(joint[0].split())} {last[0]}")
        return joint

    def _range_in_article(self, position: int) -> re.Match[str] | None:
        """Read the end of a range that names its article again, and return what follows: Article 7(1)(a) to 7(1)(k)."""
        before, number = self.points[-1], _NUMBER.match(self.text, position)
        count = len(self.points)
        if number:
            self._one(number)
        after = self.points[count:]
        del self.points[count:]
        within = [(point.number, point.subs[:-1], len(point.subs)) for point in (before, *after)]
        if len(after) != 1 or after[0].last or before.last or within[0] != within[1] or not before.subs:
            raise stopped(self.text, position, "the end of a range")
        first, last = before.subs[-1], after[0].subs[-1]
        if (first.isdigit(), first) >= (last.isdigit(), last) and not (
            first.isdigit() and int(first) < int(last)
        ):
            raise stopped(self.text, position, f"a label after {first}")
        self.points[-1] = replace(before, last=last)
        return self._joint()

    def _told_part(self) -> None:
        """Pass over a part that is told in words and that no pinpoint holds: second indent, in fine."""
        if part := SENTENCE.match(self.text, self.end):
            self.end = part.end()
            self.told.append(" ".join(part[1].split()))

    def _is_part(self, number: re.Match[str]) -> bool:
        """Return whether a capital goes on with the parts of an article: Rule 129 A and B."""
        subs = self.points[-1].subs if self.points else ()
        return len(subs) == 1 and subs[0].isupper() and bool(number["letter"]) and not self.points[-1].last

    def _admits(self, number: re.Match[str]) -> bool:
        """Return whether a number goes on with the list, and is not one of what the sentence says next."""
        shape = "word" if number["word"] else "letter" if number["letter"] else "roman"
        if number["n"][0].isdigit():
            shape = "digits"
        stray = _STRAY.match(self.text, number.end()) is not None
        if not self.points:
            self.shape = shape
            labelled = self.kind in ("art", "annex", "part", "appendix")
            whole = self.kind in ("ch", "part") and _OF_THE.match(self.text, number.end())
            if number["word"] and (not (self.kind in _DOTTED or whole) or stray):
                return False
            said = _SAYS.match(self.text, number.end())  # Article I obliges, and not what I say
            if self.text[self.start].isupper():
                said = said or _DID.match(self.text, number.end())
            return not (shape == "letter" and (stray or not labelled)) and not (
                number[0] == "I" and stray and not said
            )
        if shape != self.shape or _COUNTED.match(self.text, number.end()):
            return False
        large = shape == "digits" and int(_digits(number).split(".")[0]) >= 1000
        return not large and (self.plural or not stray or len(self.points) > 2)

    def _one(self, number: re.Match[str]) -> None:
        """Read one number with its range or with what is below it."""
        name = (number["part"] or "") + _digits(number).lstrip("0")
        subs: tuple[str, ...] = ()
        if self.kind in _DOTTED and "." in name and (name[0].isdigit() or name[-1].islower()):
            name, *rest = name.split(".")
            subs = tuple(rest)
        name += (number["latin"] or "").strip(" -\n") + (number["small"] or "")
        end = number.end()
        if spaced := _SPACED_LETTER.match(self.text, end):  # Article 73 e of the Charter
            subs, end = (*subs, spaced[1]), spaced.end()
        if number["cap"]:
            subs += (number["cap"].strip(" ,-‑"),)
            if digit := _AFTER_CAP.match(self.text, end):  # Article 1 A 2
                subs, end = (*subs, digit[1]), digit.end()
        last = _LAST.match(self.text, number.end()) if not subs else None
        if last and (
            (last["again"] and not self.kind.startswith(last["again"][:3].lower()))
            or (
                last["again"] and last["last"].isdigit() and name.isdigit() and int(last["last"]) <= int(name)
            )
            or _AFTERWARDS.match(self.text, last.end())
        ):
            last = None
        if last and not (last["last"].isdigit() and int(last["last"]) >= 1000):
            self._range(name, last)
            return
        if self.kind in ("part", "objective"):
            letter = _LETTER.match(self.text, number.end()) if self.kind == "objective" else None
            inner = (letter[1],) if letter else ()
            self.points.append(Pinpoint(unit=self.kind, number=name, subs=inner))
            self.end = (letter or number).end()
            return
        heading = HEADING.match(self.text, end)
        end = heading.end() if heading and _PARAGRAPH_NEXT.match(self.text, heading.end()) else end
        below = SubLevels(self.text, end, self.start, plural=self.plural, nested=self.nested)
        self.points += [
            Pinpoint(unit=self.kind, number=name, subs=path, last=end) for path, end in below.read(subs)
        ]
        self.end = below.end
        self.told += below.told

    def _range(self, name: str, last: re.Match[str]) -> None:
        label = "".join(last["last"].replace("-", "").split())
        if label.isdigit() and name.isdigit() and int(label) <= min(int(name) - 1, _FEW) and not self.plural:
            self.points.append(
                Pinpoint(unit=self.kind, number=name, subs=(label,))
            )  # Article 6-1, as in French
            self.end = last.end()
            return
        first, end = order(name.rsplit(".", maxsplit=1)[-1]), order(label)
        if first is None or end is None or end <= first or name[0].isdigit() != label[0].isdigit():
            raise stopped(self.text, last.start("last"), f"a number above {name}")
        self.points.append(Pinpoint(unit=self.kind, number=name, last=label))
        self.end = last.end()
