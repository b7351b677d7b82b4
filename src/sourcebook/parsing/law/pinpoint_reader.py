"""The grammar of pinpoints in running text: what one unit word introduces, read to its end or refused."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from sourcebook.core.errors import ParseError
from sourcebook.parsing.law.asides import EXCEPT, without
from sourcebook.parsing.law.marked_places import LABELS, read_preamble, read_square
from sourcebook.parsing.law.number_lists import Numbers, begins_number
from sourcebook.parsing.law.places import Pinpoint, Places, stopped
from sourcebook.parsing.law.sublevels import SEPARATOR

__all__ = ["UNIT", "Places", "excepted", "read_common_places", "read_other_places", "read_places"]

_NTH = "first|second|third|fourth|fifth|sixth|seventh|eighth|last|final"
_LATER = "ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth"
_ORDINALS = [*_NTH.split("|")[:8], *_LATER.split("|"), *_NTH.split("|")[8:]]

UNIT = re.compile(
    rf"(?<!\w)(?:(?P<art>articles?|arts?\.?)|(?P<para>paragraphs?|paras?\.?|pars?\.|pars?(?=\s\d))|(?P<preamble>preambular"
    r" paragraphs?|preamble)|(?P<princ>principles?|princ\.?)|(?P<rule>rules?)|(?P<sec>sections?|sect?s?\.|(?<!\.)ss?"
    r"\.(?=\s?\d))|(?P<ch>chapters?|chaps?\.|ch\.)|(?P<part>parts?|pts?\.)|(?P<annex>annex(?:es)?)|(?P<recital>recitals?)"
    r"|(?P<guideline>guidelines?)|(?P<objective>objectives?(?=\s\d))|(?P<appendix>appendi(?:x|ces))|(?P<square>at\s(?=\[\d))"
    r"|(?P<sub>sub-?\s?paragraphs?|sub-?paras?\.?|points?|letters?|lit\.|items?|clauses?)"
    rf"|(?P<nth>(?:{_NTH})(?:(?:\s+paragraph)?(?:,\s+|,?\s+(?:and|or|to)\s+)(?:the\s+)?(?:{_NTH})){{1,6}}\s+(?:articles(?=\s+of\s+(?:the\s+)?(?-i:[A-Z]))|preambular\s+paragraphs?|(?:sub-?paragraph|paragraph|sentence|indent|limb)s?)"
    rf"|(?:{_NTH})(?=\s+of\s+art(?:icle|\.)?\s\d)|(?:{_NTH}|{_LATER}|\d{{1,2}}(?:st|nd|rd|th))\s+article(?=\s+of\s+(?:the\s+)?(?-i:[A-Z]))|(?:{_LATER})\s+preambular\s+paragraph|(?:{_NTH})\s+(?:preambular\s+paragraph|sub-?paragraph|paragraph|sentence|indent|limb|point(?=\s+of\s+the\s))"
    r"|(?:\d{1,2}(?:st|nd|rd|th)(?:,\s+|,?\s+and\s+)(?:the\s+)?){0,3}\d{1,2}(?:st|nd|rd|th)\s+(?:paragraphs?|point)(?=\s+of\s+(?:the\s|art))))(?![a-z])"
    r"|(?P<sign>§{1,2}|¶{1,2})",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(r"\s*(?:\(\s*(?:\d|[a-z]\s*\))|[a-z]\s+(?:of|to)\s)")  # a paragraph in brackets
_OF = re.compile(r"\s*,?\s*(?:of|to|in|under)\s+(?:the\s+)?")
_OF_ANNEX = re.compile(r"\s*,?\s*(?:of|to|in|under)\s+(?:the\s+)?annex(?!\w)", re.IGNORECASE)
_PARAGRAPH_OF_PART = re.compile(r"\s*,?\s*(?=par|§|¶)")
_COMMA_ARTICLE = re.compile(r",\s+(?=(?i:article|art\.?)\s\d)")
_COMMA_PARAGRAPH = re.compile(r",\s+para(?:graph|\.)\s(\d{1,2}),?\s+(?:of\s+)?(?=(?i:article|art\.?)\s\d)")
#: A further label without brackets after a word in the plural: letters a, c and d of.
_FURTHER_LABEL = re.compile(r"\d|[a-z](?=\)|\s*,?\s*(?:(?:and|or|to|&)\s+[a-z](?!\w)|of\s|,\s*[a-z](?!\w)))")
_WHOLES = {"preambular": "preamble", "point": "point", "article": "art"}  # that an ordinal says the number of
#: Units of lists that may except something.
_LISTED = {"art": "Articles", "princ": "Principles", "rule": "Rules", "para": "Paragraphs"}
_LONGEST_EXCEPTION = 60  # characters
_BELOW = re.compile(r"\s?\(\s?(\d{1,2}|[ivx]+|[a-z])\s?\)")
_FEW = 9  # paragraphs before an article
_NUMBER_FORM = (
    r"\d{1,3}(?!\d)(?:\s?\(\d{1,2}\)(?:\s?\([a-z]\)(?:\s?\([ivx]{1,4}\))?)?|\s?\([a-z]\)(?:\s?\([ivx]{1,4}\))?"
    r"|,?\s(?:§{1,2}|para\.|paragraph)\s\d{1,2}(?:\s?\([a-z]\)|(?!\)|\d)))?+"
)


#: A unit word and numbers whose reading depends on nothing that may follow: most places have this form.
_FORM = re.compile(
    r"(?:(?:§|[Pp]ara(?:graph|\.))\s\d{1,2}\s(?:of|in)\s)?(?:[Aa]rticles?|ARTICLES?|[Aa]rts?\.|[Pp]rinciples?|[Rr]ules?)\s"
    rf"{_NUMBER_FORM}(?:(?:,\s|,?\sand\s){_NUMBER_FORM})*+"
    r"(?=,?\s(?:of|in|to|under)\s(?:the\s|[A-Z]{3})|,?\s(?:as\s(?!well)|which\s|that\s|is\s(?!read|taken)|was\s|has\s)|\)|\.(?:\s|$)"
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
    if kind in ("annex", "appendix") and not begins_number(text, unit.end()):
        return Places(start=start, end=unit.end(), points=(Pinpoint(unit=kind),))
    found = Numbers(text, unit, kind, nested=nested).read()
    found = excepted(text, found, found.end) or found
    if kind == "para" or (kind == "art" and _OF_ANNEX.match(text, found.end)):
        return _within(text, found)
    if kind == "part" and len(found.points) == 1:
        return _with_paragraph(text, found)
    return found


def _labels(text: str, unit: re.Match[str]) -> tuple[list[tuple[tuple[str, ...], str]], int]:
    """Return the paths after a word for a paragraph or a letter, each with the last of its range, and their end."""
    labels: list[tuple[tuple[str, ...], str]] = []
    end = unit.end()
    label = LABELS.match(text, end)
    while label:
        path: tuple[str, ...] = (label["first"],)
        end = label.end()
        while not label["last"] and (below := _BELOW.match(text, end)):
            path, end = (*path, below[1]), below.end()
        labels.append((path, label["last"] or ""))
        joint = SEPARATOR.match(text, end)
        goes_on = joint and (
            text[joint.end()] == "("
            or (unit[0][-1] == "s" and _FURTHER_LABEL.match(text, joint.end()) is not None)
        )
        label = LABELS.match(text, joint.end()) if joint and goes_on else None
    return labels, end


def _wholes(unit: re.Match[str]) -> Places | None:
    """Return what ordinals count that is no part of an article: the tenth article, the second preambular paragraph."""
    places, what = _ordinals(unit[0].lower())
    whole = _WHOLES.get(what.split()[0].removesuffix("s")) if what else None
    if whole is None or max(places) > len(_ORDINALS) - 2:
        return None
    named = [{"subs": (str(place),)} if whole == "preamble" else {"number": str(place)} for place in places]
    points = tuple(Pinpoint(unit=whole, **each) for each in named)
    return Places(start=unit.start(), end=unit.end(), points=points)


def _read_inverted(text: str, unit: re.Match[str], kind: str) -> Places:
    """Read a place that is named from the inside: point (f) of Article 6(1), second sentence of Article 1."""
    labels, end, lossy, of = list[tuple[tuple[str, ...], str]](), unit.end(), "", None
    if kind == "nth":
        if wholes := _wholes(unit):
            return wholes
        places, what = _ordinals(unit[0].lower())
        if what.removesuffix("s") == "paragraph" and (max(places) <= 8 or unit[0][0].isdigit()):
            labels += [((str(place),), "") for place in places]
        else:
            lossy = " ".join(unit[0].split())
        if of := _COMMA_ARTICLE.match(
            text, end
        ):  # the second paragraph, Article 9: of it, or of the document
            labels, lossy = [], " ".join(unit[0].split())
    else:
        labels, end = _labels(text, unit)
    of = of or _OF.match(text, end)
    if of is None and (of := _COMMA_PARAGRAPH.match(text, end)):
        labels = [((of[1], *path), last) for path, last in labels or [((), "")]]
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


def _ordinals(words: str) -> tuple[list[int], str]:
    """Return the numbers that ordinals say, and what they count: first and second paragraphs, 4th point."""
    parts = re.split(r"(?:,\s+|,?\s+(?:and|or|to)\s+|\s+)(?:the\s+)?", words)
    said = [number for number, part in enumerate(parts) if part in _ORDINALS or part[0].isdigit()]
    places = [
        int(part[:-2]) if part[0].isdigit() else _ORDINALS.index(part) + 1
        for part in (parts[number] for number in said)
    ]
    if re.search(r"\sto\s", words):
        places = list(range(places[0], places[-1] + 1)) or places
    return places, " ".join(parts[said[-1] + 1 :])


def _within(text: str, inner: Places) -> Places:
    """Return paragraphs with the article that is named after them: paragraph 4 of Article 12."""
    of = _OF.match(text, inner.end) or _comma_before_article(text, inner)
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


def _comma_before_article(text: str, inner: Places) -> re.Match[str] | None:
    """Return the comma between a paragraph and its article, if nothing before it can have the paragraph."""
    number = inner.points[-1].number
    before = text[max(0, inner.start - 20) : inner.start].rstrip()
    free = before.endswith("particular,") or before[-1:] not in (",", ")", *"0123456789")
    return (
        _COMMA_ARTICLE.match(text, inner.end) if free and number.isdigit() and int(number) <= _FEW else None
    )


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


def excepted(text: str, found: Places, position: int) -> Places | None:
    """Return articles without what is excepted at a place, or with it told; None where nothing of them is.

    Parameters
    ----------
    text : str
    found : Places
        As in Articles 3 to 9.
    position : int
        After them, or after the name that follows them.
    """
    listed = _LISTED.get(found.points[0].unit)
    start = EXCEPT.match(text, position) if listed else None
    if start is None:
        return None
    word = f"{listed} " if text[start.end()].isdigit() else ""
    part = f"{word}{text[start.end() : start.end() + _LONGEST_EXCEPTION]}"
    try:
        out = read_places(part, 0)
    except ParseError:
        return None
    kept = without(found.points, out.points)
    if kept == list(found.points):
        return None
    end = start.end() + out.end - len(word)
    end += "(" in start[0] and text.startswith(")", end)
    if kept:
        return replace(found, end=end, points=tuple(kept))
    told = " ".join(text[start.start() : end].split()).removeprefix(",").strip()
    return replace(found, end=end, lossy=", ".join(filter(None, (found.lossy, told))))
