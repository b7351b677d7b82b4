"""What looks like the name of an instrument and is not: a longer name, the name of a body, a thing of trade."""

from __future__ import annotations

import re

from sourcebook.parsing.law.patterns import states

__all__ = ["NOT_A_NAME", "is_of_another"]

#: What follows words that are no name although they look like one.
NOT_A_NAME = re.compile(
    r"\.[A-Z]\.|\s+and\s+(?:Freedoms|displaced\s+persons)|\s+\d\s+cables?|\s+(?:&|and)\s+Tourism|(?:['’]s)?\s+(?:cent(?:re|er)s?|bureaus?"
    r"|networks?|catalogu?es?|halls?|flights?|airlines?|air\b|planes?|aircraft|bus(?:es)?|compan(?:y|ies)|hotels?"
    r"|schools?|delegates?|goers?|operators?|officers?|droid|yachts?|boats?|trips?|tours?|scans?|scanners?|cables?|food"
    r"|tools?|keys?|of the Ark|of the Lord)(?!\w)",
    re.IGNORECASE,
)
#: What follows a short name that is the beginning of a longer one, of an instrument that is not listed.
_LONGER_NAME = re.compile(
    r"\s+(?:(?:on|against|for|concerning|regarding|relat(?:ing|ive)\s+to|of)\s+(?:the\s+)?(?:[a-z]+\s+(?:of|in)\s+(?:the\s+)?)?"
    r"(?!Human\s+Rights(?!\s+(?:and|of|in)\s+[A-Z])|United|Council\s+of|European\s+Union|League\s+of|African\s+Union|Organi[sz]ation"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)(?!\w)|{state}(?!\w))[A-Z][a-z]+|to\s+(?:Prevent|Combat|Regulate|Eliminate|Suppress|Facilitate)(?!\w))".replace(
        "{state}", states()
    )
)
#: Names by a place where no other convention was made, so that what follows is its subject.
_ONLY_ONE = frozenset(
    f"{place} {noun}"
    for noun, places in (
        (
            "Convention",
            "Aarhus Bamako Espoo Faro Granada Istanbul Kampala Lanzarote Macolin Minamata Nicosia"
            " Ottawa Oviedo Ramsar Valletta",
        ),
        ("Protocol", "Kyoto Malabo Maputo Nagoya Palermo"),
        ("Agreement", "Escazú Marrakesh"),
        ("Principles", "Pinheiro Yogyakarta"),
        ("Statute", "Rome"),
    )
    for place in places.split()
)
#: A short name in small letters, and what makes it the beginning of a longer one.
_SMALL_NAME = re.compile(r"(?:[Tt]he\s+)?(?:European|American|African|Geneva|Vienna|Hague)\s+convention")
_LONGER_SMALL = re.compile(
    r"\s+(?:on|against|concerning|relating\s+to)\s+(?!(?:the|this|that|these|those|its|their|human\s+rights|refugees|behalf)(?!\w))[a-z]"
)
_PROTOCOL_TO = re.compile(r"rotocol\s+(?:to|of)\s+(?:the\s+)?$", re.IGNORECASE)
_BODY_NAMED = re.compile(
    r"[^\S\n]+(?:[A-Z][a-z]+[^\S\n]+)?(?:Foundation|Initiative|Commission|Council|Act|Project|Coalition|Institute|Academy|Society|Fund|Museum"
    r"|Memorial|Prize|Award|Association|Network|Alliance)(?!\w)"
)
#: What follows an abbreviation that stands for the body that watches over an instrument.
_BODY_AFTER = re.compile(
    r",\s+[Gg]eneral\s[CcRr](?:omment|ecommendation)|(?:['’]s)?\s+(?:Committee|Secretariat|[Gg]eneral [Cc]omment"
    r"|[Gg]eneral [Rr]ecommendation|[Cc]oncluding [Oo]bservations|jurisprudence|case[- ]law|judg(?:e?ment|e)s?"
    r"|rulings?|experts?|members?\b(?!\s+[Ss]tate)|\d{4}(?:-[IVX]+)?(?!\w))(?!\w)"
)
#: Abbreviations of instruments that are also those of a court or a committee, and what these do.
_BODIES = frozenset(
    ("ECHR", "CEDAW", "CERD", "ICERD", "CAT", "CRC", "CRPD", "CMW", "CED", "CESCR", "CCPR", "ICESCR")
)
_BODY_DOES = re.compile(
    r"\s+(?:ruled|(?:held|found|delivered|decided)(?!\s+(?:by|in|at|on|its|their|to\s+be)(?!\w))|noted|recommended|urged"
    r"|observed|(?:stated|explained|emphasi[sz]ed|concluded|considered|recalled)\s+that)(?!\w)"
)
_SYMBOL = re.compile(r"/(?!\s|[A-Z]{3,}(?![\w/]))")  # CRC/C/GC/14, and not UDHR/ICCPR
_OF_BODY = re.compile(
    r"[Gg]eneral\s+(?:[Cc]omment|[Rr]ecommendation)s?\s(?:[Nn]os?\.|and\s|[\d\s,()])*\sof\s+(?:the\s+)?$"
)


def is_of_another(text: str, start: int, end: int, name: str, *, begins: bool, short: bool) -> bool:
    """Return whether words that match a name are part of something else.

    Parameters
    ----------
    text : str
    start, end : int
        Of the words.
    name : str
        As it is listed.
    begins : bool
        Whether it may be the beginning of a longer name.
    short : bool
        Whether it is an abbreviation.
    """
    if NOT_A_NAME.match(text, end) or _BODY_NAMED.match(text, end):
        return True
    if (
        begins
        and name not in _ONLY_ONE
        and _LONGER_NAME.match(text, end)
        and not _PROTOCOL_TO.search(text, max(0, start - 24), start)
    ):
        return True
    if begins and _LONGER_SMALL.match(text, end) and _SMALL_NAME.fullmatch(text, start, end):
        return True
    if name in _BODIES and _BODY_DOES.match(text, end):
        return True
    if not short:
        return False
    after = _BODY_AFTER.match(text, end) or _SYMBOL.match(text, end)
    return after is not None or _OF_BODY.search(text, max(0, start - 90), start) is not None
