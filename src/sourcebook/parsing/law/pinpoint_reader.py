"""The grammar of pinpoints in running text: what one unit word introduces, read to its end or refused."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from sourcebook.core.errors import ParseError
from sourcebook.core.number_words import english
from sourcebook.parsing.law.marked_places import LABELS, read_preamble, read_square
from sourcebook.parsing.law.places import Pinpoint, Places, order, stopped
from sourcebook.parsing.law.sublevels import HEADING, SEPARATOR, SubLevels

__all__ = ["UNIT", "Places", "read_common_places", "read_other_places", "read_places"]

_NTH = "first|second|third|fourth|fifth|sixth|seventh|eighth|last|final"
_LATER = "ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth"
_ORDINALS = [*_NTH.split("|")[:8], *_LATER.split("|"), *_NTH.split("|")[8:]]

UNIT = re.compile(
    rf"(?<!\w)(?:(?P<art>articles?|arts?\.?)|(?P<para>paragraphs?|paras?\.?|pars?\.)|(?P<preamble>preambular"
    r" paragraphs?|preamble)|(?P<princ>principles?|princ\.?)|(?P<rule>rules?)|(?P<sec>sections?|sect?s?\.|(?<!\.)ss?"
    r"\.(?=\s?\d))|(?P<ch>chapters?|chaps?\.|ch\.)|(?P<part>parts?|pts?\.)|(?P<annex>annex(?:es)?)|(?P<recital>recitals?)"
    r"|(?P<guideline>guidelines?)|(?P<objective>objectives?(?=\s\d))|(?P<appendix>appendi(?:x|ces))|(?P<square>at\s(?=\[\d))"
    r"|(?P<sub>sub-?\s?paragraphs?|sub-?paras?\.?|points?|letters?|lit\.|clauses?)"
    rf"|(?P<nth>(?:{_LATER})\s+preambular\s+paragraph|(?:{_NTH})\s+(?:preambular\s+paragraph|sub-?paragraph|paragraph|sentence|indent|limb|point(?=\s+of\s+the\s))"
    r"|\d{1,2}(?:st|nd|rd|th)\s+(?:paragraph|point)(?=\s+of\s+the\s)))(?![a-z])"
    r"|(?P<sign>§{1,2}|¶{1,2})",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\s*")
_OTHERWISE = re.compile(r"\s*(?:\(\s*(?:\d|[a-z]\s*\))|[a-z]\s+(?:of|to)\s)")  # a paragraph in brackets
_LATIN = r"[\s-]?(?:bis|ter|quater|quinquies|sexies|septies|octies)(?![a-z])"
_WORDS = english()
_ONES = "|".join(word for word, value in _WORDS.ones.items() if value)
_WORD = rf"(?:{'|'.join(_WORDS.tens)})(?:[\s-](?:{_ONES}))?|{_ONES}"
_NUMBER = re.compile(
    rf"(?P<part>[IVXLC]+\.)?(?P<n>\d{{1,4}}(?:\.\d{{1,3}}){{0,2}}(?:\.[a-z](?:\.[ivx]{{1,4}})?(?!\w|\.\w))?(?![\d/%])|[IVXLC]+(?:\.[a-z](?![\w.]))?(?![A-Za-z0-9’'])"
    rf"|(?P<word>(?i:{_WORD}))(?![\w-])"
    rf"|(?P<letter>[A-Z])(?![\w’']))(?P<latin>{_LATIN})?(?P<small>[a-z](?![a-zA-Z0-9]))?"
    r"(?P<cap>\s[A-F](?=\s\d{1,2}(?:\s+of\b|\s*[,;)]|\s[A-Z]|$))|(?:,\s(?=[A-F]\s?\(\d))?\s?(?!(?<=\s)[IVX])[A-Z](?=\s?\(|\s*(?:[,.;:)]|of\b|and\b|$))|[A-Z](?![A-Za-z0-9]))?(?!\w)"
)
_LAST = re.compile(
    rf"\s*(?:--?|[–—‑]|to\b|through\b)\s*(\d{{1,4}}(?:{_LATIN}|[a-z](?!\w))?|[IVXLC]+)(?![\w/%]|\s?\(\d)(?:\s+inclusive(?!\w))?"
)
_PARAGRAPH_NEXT = re.compile(r"\s*,?\s*(?:§|para)")
_OF = re.compile(r"\s*,?\s*(?:of|to|in|under)\s+(?:the\s+)?")
_OF_ANNEX = re.compile(r"\s*,?\s*(?:of|to|in|under)\s+(?:the\s+)?annex(?!\w)", re.IGNORECASE)
_PARAGRAPH_OF_PART = re.compile(r"\s*,?\s*(?=par|§|¶)")
_BELOW = re.compile(r"\s?\(\s?(\d{1,2}|[ivx]+|[a-z])\s?\)")
_ET_SEQ = re.compile(
    r"\s*,?\s*(?:et\s+seqq?\b\.?|et\s+al\.?(?!\w)|ff?\.(?!\w)|and\s+(?:the\s+)?following(?:\s+articles)?|onwards?\b)"
)
_SENTENCE = re.compile(
    rf"\s*,?\s*(?:the\s+)?((?:{_NTH})\s+(?:sentence|indent|sub-?paragraph|limb)|(?:last|final|penultimate)\s+paragraph|chapeau|in\s+fine)(?!\w)",
    re.IGNORECASE,
)
_HALF = re.compile(
    r"\s?\(\s?(?:\d{1,2}(?:[.,;-]|$|\s+(?:of|and|or|to)\b)|[a-z][.,;]|[a-z]\s?-)|\s?[-–—‑]+\s?\d|\.\d|/\d|\s[a-z]\)|\s?§"
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
_SAYS = re.compile(r"\s+[a-z]{3,}[a-rt-z]s(?![a-z])")
_NUMBER_FORM = (
    r"\d{1,3}(?!\d)(?:\s?\(\d{1,2}\)(?:\s?\([a-z]\)(?:\s?\([ivx]{1,4}\))?)?|\s?\([a-z]\)(?:\s?\([ivx]{1,4}\))?"
    r"|,?\s(?:§{1,2}|para\.|paragraph)\s\d{1,2}(?:\s?\([a-z]\)|(?!\)|\d)))?+"
)
_LETTER = re.compile(r"\s?\(([a-z])\)")
_FEW = 9  # paragraphs after a dash
_SPACED_LETTER = re.compile(r"\s([a-h])(?=\s+of\s+the\s)")
_AFTER_CAP = re.compile(r"\s(\d{1,2})(?=\s+of\b|\s*[,;)]|\s[A-Z]|$)")
#: Units whose numbers have paragraphs after a full stop: Article 12.4.
_DOTTED = ("art", "princ", "rule", "guideline")
_SINGULAR_S = re.compile(r"(?:s|ss)\.?|princ\.?", re.IGNORECASE)


def _digits(number: re.Match[str]) -> str:
    """Return a number as digits where it is written in words."""
    if not number["word"]:
        return number["n"]
    words = re.split(r"[\s-]", number["word"].lower())
    return str(sum(_WORDS.tens.get(word) or _WORDS.ones[word] for word in words))


#: A unit word and numbers whose reading depends on nothing that may follow: most places have this form.
_FORM = re.compile(
    r"(?:(?:§|[Pp]ara(?:graph|\.))\s\d{1,2}\s(?:of|in)\s)?(?:[Aa]rticles?|ARTICLES?|[Aa]rts?\.|[Pp]rinciples?|[Rr]ules?)\s"
    rf"{_NUMBER_FORM}(?:(?:,\s|,?\sand\s){_NUMBER_FORM})*+"
    r"(?=,?\s(?:of|in|to|under)\s(?:the\s|[A-Z]{3})|,?\s(?:as\s(?!well)|which\s|that\s|is\s|was\s|has\s)|\)|\.(?:\s|$)"
    r"|;?\s(?![IVXLC]+(?!\w)|PAR|SUB|POI|LET|LIT|ITE|CLA|ABS|AND)[A-Z]{3}|$)"
)


@lru_cache(maxsize=4096)
def _read_form(form: str) -> tuple[tuple[Pinpoint, ...], str] | None:
    """Return the pinpoints of a unit word with its numbers, and what they lose; None if they are no place."""
    try:
        found = read_other_places(f"{form} of the", 0)
    except ParseError:
        return None
    return (found.points, found.lossy) if found.end == len(form) else None


def read_places(text: str, start: int, *, nested: bool = False) -> Places:
    """Return the pinpoints that the unit word at a place introduces.

    Parameters
    ----------
    text : str
        Any text.
    start : int
        Where a unit word begins, such as ``Articles`` or ``§``.
    nested : bool, default False
        Whether a letter right after a letter is below it, as in a normal form, and not beside it: ``1(a)(d)``.

    Returns
    -------
    Places

    Raises
    ------
    ParseError
        If there is no unit word, or what follows is not read to its end.

    Examples
    --------
    >>> [str(point) for point in read_places("Articles 5 § 1 and 6 §§ 1 and 3 (c)", 0).points]
    ['art. 5(1)', 'art. 6(1)', 'art. 6(3)(c)']
    """
    return read_common_places(text, start) or read_other_places(text, start, nested=nested)


def read_common_places(text: str, start: int) -> Places | None:
    """Return the pinpoints at a place as :func:`read_places` does, if they have the form that most have."""
    form = _FORM.match(text, start)
    read = _read_form(form[0]) if form else None
    return Places(start=start, end=form.end(), points=read[0], lossy=read[1]) if form and read else None


def read_other_places(text: str, start: int, *, nested: bool = False) -> Places:
    """Return the pinpoints at a place as :func:`read_places` does, word by word, whatever form they have."""
    unit = UNIT.match(text, start)
    if unit is None:
        raise stopped(text, start, "article, paragraph, §, principle, rule, section or preamble")
    kind = str(unit.lastgroup)
    if kind == "preamble":
        return read_preamble(text, unit)
    if kind == "square":
        return read_square(text, unit)
    if kind == "para" and unit.lastgroup == "para" and _OTHERWISE.match(text, unit.end()):
        return _read_inverted(text, unit, kind)
    if kind in ("sub", "nth"):
        return _read_inverted(text, unit, kind)
    kind = "para" if kind == "sign" else kind
    if kind in ("annex", "appendix") and not _NUMBER.match(text, _after(_SPACE, text, unit.end())):
        return Places(start=start, end=unit.end(), points=(Pinpoint(unit=kind),))
    found = _Numbers(text, unit, kind, nested=nested).read()
    if kind == "para" or (kind == "art" and _OF_ANNEX.match(text, found.end)):
        return _within(text, found)
    if kind == "part" and len(found.points) == 1:
        return _with_paragraph(text, found)
    return found


def _after(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match else position


def _read_inverted(text: str, unit: re.Match[str], kind: str) -> Places:
    """Read a place that is named from the inside: point (f) of Article 6(1), second sentence of Article 1."""
    labels: list[tuple[tuple[str, ...], str]] = []
    end, lossy = unit.end(), ""
    if kind == "nth":
        ordinal, what = unit[0].lower().split(None, 1)
        place = int(ordinal[:-2]) if ordinal[0].isdigit() else _ORDINALS.index(ordinal) + 1
        if what.startswith("preambular") and place <= len(_ORDINALS) - 2:
            return Places(
                start=unit.start(), end=end, points=(Pinpoint(unit="preamble", subs=(str(place),)),)
            )
        if what == "point":
            return Places(start=unit.start(), end=end, points=(Pinpoint(unit="point", number=str(place)),))
        if what == "paragraph" and (place <= 8 or ordinal[0].isdigit()):
            labels.append(((str(place),), ""))
        else:
            lossy = " ".join(unit[0].split())
    else:
        label = LABELS.match(text, end)
        while label:
            path: tuple[str, ...] = (label["first"],)
            end = label.end()
            while not label["last"] and (below := _BELOW.match(text, end)):
                path, end = (*path, below[1]), below.end()
            labels.append((path, label["last"] or ""))
            joint = SEPARATOR.match(text, end)
            goes_on = joint and (
                text[joint.end()] == "(" or (text[joint.end()].isdigit() and unit[0][-1] == "s")
            )
            label = LABELS.match(text, joint.end()) if joint and goes_on else None
    of = _OF.match(text, end)
    outer = UNIT.match(text, of.end()) if of else None
    if outer is None or outer.lastgroup not in ("art", "para", "princ", "rule", "preamble", "sub", "sign"):
        if (
            labels
            and unit[0].lower().rstrip("s") == "point"
            and all(path[0].isdigit() and not last for path, last in labels)
        ):
            points = tuple(Pinpoint(unit="point", number=path[0], subs=path[1:]) for path, _ in labels)
            return Places(start=unit.start(), end=end, points=points)
        if kind == "nth" and unit[0][0].isdigit() and labels:
            point = Pinpoint(unit="para", number=labels[0][0][0])
            return Places(start=unit.start(), end=end, points=(point,))
        raise stopped(text, end, "the article that this is in")
    inner = tuple(Pinpoint(unit="para", number=path[0], subs=path[1:], last=last) for path, last in labels)
    found = read_places(text, outer.start())
    found = replace(found, start=unit.start(), lossy=found.lossy or lossy)
    return _join(text, found, inner) if inner else found


def _within(text: str, inner: Places) -> Places:
    """Return paragraphs with the article that is named after them: paragraph 4 of Article 12."""
    of = _OF.match(text, inner.end)
    outer = UNIT.match(text, of.end()) if of else None
    if outer is None or outer.lastgroup not in ("art", "princ", "rule", "preamble", "part", "annex"):
        return inner
    found = read_places(text, outer.start())
    if outer.lastgroup == "annex":
        words = " ".join(text[inner.start : inner.end].split())
        return replace(found, start=inner.start, lossy=found.lossy or words)
    if outer.lastgroup == "part":
        if len(found.points) > 1 or found.points[0].unit != "part":
            raise stopped(text, outer.start(), "one part")
        points = tuple(replace(p, number=f"{found.points[0].number}.{p.number}") for p in inner.points)
        return replace(inner, end=found.end, points=points, lossy=found.lossy)
    return _join(text, replace(found, start=inner.start, lossy=found.lossy or inner.lossy), inner.points)


def _join(text: str, outer: Places, inner: tuple[Pinpoint, ...]) -> Places:
    """Return each of the places inside each of the others."""
    if any(point.last for point in outer.points) or any("." in point.number for point in inner):
        raise stopped(text, outer.start, "one article for its paragraphs")
    points = tuple(
        replace(around, subs=(*around.subs, point.number, *point.subs), last=point.last)
        for around in outer.points
        for point in inner
    )
    return replace(outer, points=points)


def _with_paragraph(text: str, part: Places) -> Places:
    """Return the paragraph of a part, numbered with it: Part I, para. 23 is para. I.23."""
    start = _PARAGRAPH_OF_PART.match(text, part.end)
    unit = UNIT.match(text, start.end()) if start else None
    if unit is None or unit.lastgroup not in ("para", "sign"):
        return part
    found = read_places(text, unit.start())
    if any(point.unit != "para" for point in found.points):
        return part
    number = part.points[0].number
    points = tuple(replace(point, number=f"{number}.{point.number}") for point in found.points)
    return replace(found, start=part.start, points=points)


class _Numbers:
    """Reads the list of numbers after a unit word, each with what is below it."""

    def __init__(self, text: str, unit: re.Match[str], kind: str, *, nested: bool) -> None:
        self.text, self.start, self.kind, self.nested = text, unit.start(), kind, nested
        word = unit[0].lower().rstrip(".")
        self.plural = len(word) == 2 if _SINGULAR_S.fullmatch(word) else word.endswith(("s", "§§", "¶¶"))
        self.end = unit.end()
        self.points: list[Pinpoint] = []
        self.shape = ""

    def read(self) -> Places:
        """Return the pinpoints; raise ParseError where they cannot be read to their end."""
        position = _after(_SPACE, self.text, self.end)
        while (number := _NUMBER.match(self.text, position)) and (
            self._admits(number) or self._is_part(number)
        ):
            if number["letter"] and self.shape != "letter":
                self.points.append(replace(self.points[-1], subs=(number["letter"],)))
                self.end = number.end()
            else:
                self._one(number)
            joint = SEPARATOR.match(self.text, _after(HEADING, self.text, self.end))
            if joint is None:
                break
            position = joint.end()
        if not self.points:
            raise stopped(self.text, position, "a number")
        lossy = ""
        if more := _ET_SEQ.match(self.text, self.end):
            self.end, lossy = more.end(), more[0].strip(" ,")
        if part := _SENTENCE.match(self.text, self.end):
            self.end, lossy = part.end(), part[1]
        if half := _HALF.match(self.text, self.end):
            raise stopped(self.text, half.start(), "the end of the pinpoint")
        return Places(start=self.start, end=self.end, points=tuple(self.points), lossy=lossy)

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
            if number["word"] and (self.kind not in _DOTTED or stray):
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
        return not large and (self.plural or not stray)

    def _one(self, number: re.Match[str]) -> None:
        """Read one number with its range or with what is below it."""
        name = (number["part"] or "") + _digits(number)
        subs: tuple[str, ...] = ()
        if self.kind in _DOTTED and "." in name and (name[0].isdigit() or name[-1].islower()):
            name, *rest = name.split(".")
            subs = tuple(rest)
        name += (number["latin"] or "").strip(" -\n") + (number["small"] or "")
        end = number.end()
        if spaced := _SPACED_LETTER.match(self.text, end):  # Article 73 e of the Charter
            subs, end = (*subs, spaced[1]), spaced.end()
        if number["cap"]:
            subs += (number["cap"].strip(" ,"),)
            if digit := _AFTER_CAP.match(self.text, end):  # Article 1 A 2
                subs, end = (*subs, digit[1]), digit.end()
        last = _LAST.match(self.text, number.end()) if not subs else None
        if last and not (last[1].isdigit() and int(last[1]) >= 1000):
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

    def _range(self, name: str, last: re.Match[str]) -> None:
        label = "".join(last[1].replace("-", "").split())
        if label.isdigit() and name.isdigit() and int(label) <= min(int(name) - 1, _FEW) and not self.plural:
            self.points.append(
                Pinpoint(unit=self.kind, number=name, subs=(label,))
            )  # Article 6-1, as in French
            self.end = last.end()
            return
        first, end = order(name.rsplit(".", maxsplit=1)[-1]), order(label)
        if first is None or end is None or end <= first or name[0].isdigit() != label[0].isdigit():
            raise stopped(self.text, last.start(1), f"a number above {name}")
        self.points.append(Pinpoint(unit=self.kind, number=name, last=label))
        self.end = last.end()
