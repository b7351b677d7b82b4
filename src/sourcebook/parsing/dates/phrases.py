# ruff: noqa: E501, SIM905 - a pattern is easier to check on one line, a word list as words
"""The rules by which English expressions of time become EDTF and TIMEX3 values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from sourcebook.core.errors import ParseError
from sourcebook.parsing.dates.date_format import MONTHS
from sourcebook.parsing.dates.edtf import parse_edtf

__all__ = ["RULES", "Value", "timex_of"]

Value = tuple[str, str]
"""EDTF (empty where the words alone give no date) and TIMEX3 value, with XXXX for a year to be supplied."""

_UNITS = {
    "day": "D",
    "week": "W",
    "month": "M",
    "year": "Y",
    "decade": "DE",
    "century": "CE",
    "centurie": "CE",
}
_SEASONS = {"spring": "21", "summer": "22", "autumn": "23", "fall": "23", "winter": "24"}
_SEASON_CODES = {"21": "SP", "22": "SU", "23": "FA", "24": "WI"}
_NUMBERS = {
    word: number
    for number, words in enumerate(
        "zero|a an one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
        "|seventeen|eighteen|nineteen|twenty".split("|")
    )
    for word in words.split()
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first"
).split()

_SHORT = "|".join(rf"{m[:3]}\." for m in MONTHS if m != "May")
_MONTH = rf"(?:{'|'.join(MONTHS)}|{_SHORT}|Sept\.)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_NTH = rf"(?:{_DAY}(?:st|nd|rd|th)?)"
_YEAR = r"(?:1\d{3}|20\d{2})"
_BC = r"(?:B\.\s?C\.(?:\s?E\.)?|BCE?\b)"
_DASH = r"\s?[-–—]\s?"
_SEASON = r"(?:spring|summer|autumn|fall|winter|Spring|Summer|Autumn|Winter)"
_COUNT = rf"(?:\d+(?:\.\d+)?|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_UNIT = r"(?:day|week|month|year|decade|century|centurie)"
_VAGUE = r"(?:few|several|many|couple of)"
_PART = (
    r"(?P<part>(?:\b[Tt]he\s+)?(?:very\s+)?(?:[Ee]arly|[Ll]ate|[Mm]id|middle|beginning|end|start|latter half|first half|second half)"
    r"(?:\s+of\s+(?:the\s+)?|\s+in\s+|\s+|-)(?:the\s+)?)?"
)
_ABOUT = r"(?P<about>(?:circa|ca?\.|about|around|approximately)\s+)?"


def _month(name: str) -> str:
    return f"{[m[:3] for m in MONTHS].index(name[:3]) + 1:02d}"


def _pad(day: str) -> str:
    return f"{int(re.sub('[a-z]', '', day)):02d}"


def _bce(year: str) -> str:
    return f"-{int(year) - 1:04d}" if int(year) > 1 else "0000" if int(year) else "no year 0"


def timex_of(edtf: str) -> str:
    """Write an EDTF date as a TIMEX3 value: ``198X`` as 198, ``1863-21`` as 1863-SP, ``-0478`` as BC0479."""
    if "/" in edtf:
        return "/".join(timex_of(end) for end in edtf.split("/"))
    plain = re.sub("[~?%]", "", edtf)
    era = ""
    if plain.startswith("-") or plain.startswith("0000"):
        year, *rest = plain.removeprefix("-").split("-")
        if year.endswith("XX") and year != "XXXX":
            return f"BC{year[:2]}"
        era, plain = "BC", "-".join([f"{int(year) + 1:04d}", *rest])
    year, *rest = plain.split("-")
    if not rest and year != "XXXX":
        return era + year.rstrip("X")
    return era + "-".join([year, *(_SEASON_CODES.get(part, part) for part in rest[:1]), *rest[1:]])


def _date(match: re.Match[str]) -> Value | None:
    """Put named groups (y, bc, m, d and, for a second end, y2, bc2, m2, d2) together."""
    g = {k: v for k, v in match.groupdict().items() if v}
    ends = []
    for tail in ("", "2"):
        if tail and not {"y2", "m2", "d2"} & set(g):
            break
        year = g.get(f"y{tail}") or g.get("y2" if not tail else "y")
        if tail and year and len(year) == 2:
            year = g["y"][:2] + year
        before = g.get("bc") or g.get("bc2")
        month = g.get(f"m{tail}") or (g.get("m2" if not tail else "m") if f"d{tail}" in g else None)
        season = g.get(f"s{tail}", "").lower()
        parts = [(_bce(year) if before else year) if year else "XXXX"]
        parts += [_month(month)] if month else [_SEASONS[season]] if season else []
        parts += [_pad(g[f"d{tail}"])] if f"d{tail}" in g else []
        ends.append("-".join(parts) + ("~" if "about" in g else ""))
    return _checked("/".join(ends))


def _checked(edtf: str) -> Value | None:
    try:
        parse_edtf(edtf)
    except ParseError:
        return None
    return edtf, timex_of(edtf)


_YEAR_LEAD = re.compile(
    r"(?:\b(?:in|since|by|until|of|from|during|to|and|after|before|early|late|year|between)\s+|[(,;]\s*)$",
    re.IGNORECASE,
)


def _plain_year(match: re.Match[str]) -> Value | None:
    """Read a bare year, unless it counts something ("2000 men") or belongs to a larger number."""
    before = match.string[max(0, match.start() - 12) : match.start()]
    after = match.string[match.end() : match.end() + 25]
    led = _YEAR_LEAD.search(before)
    if not match["part"] and not led and re.match(r"\s+(?:men|[a-z]{3,}s)\b(?<!was)(?<!has)", after):
        return None
    return _date(match)


def _decade(match: re.Match[str]) -> Value | None:
    return _checked(f"{match['dec'][:3]}X" + ("~" if match["about"] else ""))


def _century(match: re.Match[str]) -> Value | None:
    word = match["cent"].lower()
    number = _ORDINALS.index(word) + 1 if word in _ORDINALS else int(re.sub("[a-z]", "", word))
    if match["bc"]:
        return (f"-{number - 1:02d}XX", f"BC{number - 1:02d}") if 0 < number < 100 else None
    return (f"{number - 1:02d}XX", f"{number - 1:02d}") if 0 < number < 100 else None


def _amount(words: str) -> str:
    word = words.lower()
    if word in _NUMBERS:
        return str(_NUMBERS[word])
    return word if word[0].isdigit() else "X"


def _duration(match: re.Match[str]) -> Value | None:
    unit = match["unit"].lower().removesuffix("s")
    return "", f"P{_amount(match['n']) if match['n'] else 'X'}{_UNITS[unit]}"


def _fixed(value: str) -> Callable[[re.Match[str]], Value]:
    return lambda match: ("", value)


def _relative(match: re.Match[str]) -> Value | None:
    """Read an expression such as "the next day", to be resolved from the date before it."""
    step = {"next": 1, "following": 1, "previous": -1, "preceding": -1}.get(match["rel"].lower(), 0)
    return "", f"@{step:+d}{_UNITS[match['unit'].lower()]}"


def _compile(
    rules: Iterable[tuple[str, Callable[[re.Match[str]], Value | None]]],
) -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Value | None]], ...]:
    return tuple((re.compile(pattern), make) for pattern, make in rules)


_Y = rf"(?P<y>{_YEAR})(?!\d)"
_BEFORE = r"(?<![\w.,$€£/-])"
_LEAD = r"(?<=[Ii]n )|(?<=[Oo]f )|(?<=[Bb]y )|(?<=[Ss]ince )|(?<=[Uu]ntil )|(?<=[Ff]rom )|(?<=[Dd]uring )|(?<=through )|(?<=to )|(?<=and )|(?<=last )|(?<=next )|(?<=late )|(?<=early )|(?<=mid-)"

RULES = _compile(
    [
        # spans
        (rf"\b(?P<m>{_MONTH})\s+(?P<d>{_NTH}){_DASH}(?P<d2>{_NTH})(?:,?\s+(?P<y>{_YEAR}))?\b", _date),
        (rf"\b(?P<d>{_NTH}){_DASH}(?P<d2>{_NTH})\s+(?:of\s+)?(?P<m>{_MONTH})(?:,?\s+(?P<y>{_YEAR}))?\b", _date),
        (rf"\b(?P<m>{_MONTH})\s+(?P<d>{_NTH})(?:,\s*(?P<y>{_YEAR}))?{_DASH}(?P<m2>{_MONTH})\s+(?P<d2>{_NTH}),?\s+(?P<y2>{_YEAR})\b", _date),
        (rf"\b(?P<d>{_NTH})\s+(?P<m>{_MONTH})(?:\s+(?P<y>{_YEAR}))?{_DASH}(?P<d2>{_NTH})\s+(?P<m2>{_MONTH})\s+(?P<y2>{_YEAR})\b", _date),
        (rf"\b(?P<m>{_MONTH})(?:\s+(?P<y>{_YEAR}))?{_DASH}(?P<m2>{_MONTH})\s+(?P<y2>{_YEAR})\b", _date),
        (rf"\b[Bb]etween\s+(?P<y>{_YEAR})\s+and\s+(?P<y2>{_YEAR})\b(?!s)", _date),
        (rf"\b[Bb]etween\s+(?P<m>{_MONTH})(?:\s+(?P<d>{_NTH}))?(?:,?\s+(?P<y>{_YEAR}))?\s+and\s+(?P<m2>{_MONTH})(?:\s+(?P<d2>{_NTH}))?,?\s+(?P<y2>{_YEAR})\b", _date),
        (rf"\b[Ff]rom\s+(?P<y>{_YEAR})\s+(?:to|until|through)\s+(?P<y2>{_YEAR})\b(?!s)", _date),
        (rf"{_BEFORE}(?P<y>{_YEAR}){_DASH}(?P<y2>{_YEAR}|\d\d)\b(?![-–]\d)", _date),
        (rf"{_BEFORE}(?P<y>\d{{1,4}}){_DASH}(?P<y2>\d{{1,4}})\s*(?P<bc>{_BC})", _date),
        # days
        (rf"\b(?P<y>{_YEAR})-(?P<m>\d\d)-(?P<d>\d\d)\b", lambda m: _checked(m[0])),
        (rf"{_PART}\b(?P<m>{_MONTH})\s+(?:the\s+)?(?P<d>{_NTH})(?:,\s*|\s+)(?:of\s+)?{_Y}\b", _date),
        (rf"{_PART}\b(?P<d>{_NTH})\s+(?:of\s+)?(?P<m>{_MONTH}),?\s+(?:of\s+)?{_Y}\b", _date),
        (rf"\b(?P<m>{_MONTH})\s+(?P<d>{_NTH})\b(?!,?\s?\d{{3}})(?!%)", _date),
        (rf"\b(?P<d>{_NTH})\s+(?:of\s+)?(?P<m>{_MONTH})\b", _date),
        # months, seasons
        (rf"{_PART}\b(?P<m>{_MONTH})(?:,\s*|\s+of\s+|\s+){_Y}\b", _date),
        (rf"{_PART}\b(?P<m>{_MONTH})(?:,\s*|\s+of\s+|\s+)(?P<y>\d{{1,4}})\s*(?P<bc>{_BC})", _date),
        (rf"(?:\b[Tt]he\s+)?{_PART}\b(?P<s>{_SEASON})(?:\s+of|\s+in|,)?\s+{_Y}\b", _date),
        (rf"{_PART}\b(?P<m>(?!May\b|March\b){_MONTH})", _date),
        (rf"(?:{_LEAD}){_PART}(?P<m>May|March)\b(?!\s+(?:\d|of\s+\d))", _date),
        (r"\b(?:[Tt]he\s+)?(?:early |late |previous |following )?(?P<s>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter)\b(?!\s+(?:offensive|palace|line))", _date),
        # decades, centuries, years
        (rf"(?:\b[Tt]he\s+)?{_ABOUT}{_PART}\b(?P<dec>{_YEAR})(?<=0)['’]?s\b", _decade),
        (rf"(?:\b[Tt]he\s+)?{_PART}\b(?P<cent>\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})[\s-]+century\b(?:\s+(?P<bc>{_BC}))?", _century),
        (rf"{_ABOUT}{_PART}{_BEFORE}(?P<y>\d{{1,4}})\s*(?P<bc>{_BC})", _date),
        (rf"{_ABOUT}{_PART}{_BEFORE}{_Y}\b(?![%°-]|[.,]\d|\s?(?:km|kg|m|ft|mm|percent|per cent|million)\b)", _plain_year),
        # relative expressions, durations
        (r"\b(?:[Tt]he|[Tt]hat|[Ll]ater that)\s+(?P<rel>next|following|previous|preceding|same)?(?P<_>\s+|(?<=that )|(?<=That ))(?P<unit>day|month|year)\b", lambda m: _relative(m) if m["rel"] else None),
        (r"\b[Tt]he\s+(?:end|start|beginning|middle)\s+of\s+the\s+(?P<unit>month|year)\b", lambda m: ("", f"@+0{_UNITS[m['unit']]}")),
        (r"\b(?:[Ll]ater )?[Tt]hat\s+(?:same\s+)?(?P<unit>day|month|year)\b", lambda m: ("", f"@+0{_UNITS[m['unit']]}")),
        (rf"\b(?:(?:[Tt]he\s+)?(?:past|last|next|previous|following)\s+)?(?P<n>(?i:{_COUNT}|{_VAGUE}|a {_VAGUE}))[\s-]+(?P<unit>{_UNIT})s?\b(?:\s+(?:later|earlier|ago|old|of age))?", _duration),
        (r"\b(?:[Nn]ow|[Cc]urrently|[Pp]resently|[Cc]urrent|[Tt]oday|[Pp]resent[- ]day|nowadays)\b", _fixed("PRESENT_REF")),
        (r"\b(?:[Ff]ormer|[Rr]ecently|[Rr]ecent)\b", _fixed("PAST_REF")),
        (r"\bfuture\b", _fixed("FUTURE_REF")),
        (r"\bdaily\b", _fixed("XXXX-XX-XX")),
    ]
)  # fmt: skip
"""Patterns with the functions that read a match, or refuse it by returning None; earlier wins a tie."""
