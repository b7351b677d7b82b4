"""The words that stand between a place in an instrument and its name."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = [
    "AFTER",
    "ARTICLES",
    "BEFORE",
    "BRACKET",
    "CHAIN",
    "FOREIGN",
    "LAWS",
    "LONGEST_GAP",
    "MEASURED",
    "NEXT_ITEM",
    "OWNED",
    "PARALLEL",
    "PLAIN",
    "SHORT_GAP",
    "STRONG",
    "VERBS",
    "WEAK",
    "WORDS",
    "after_name",
    "before_name",
]

_OF = (
    r"(?:(?:common\s+)?(?:of|in|to|under|from|within|pursuant\s+to|common\s+to"
    r"|(?:as\s+)?(?:contained|set\s+(?:out|forth)|enshrined|laid\s+down|provided(?:\s+for)?|formulated|reflected|defined|stated|established|embodied|expressed|recogni[sz]ed"
    r"|guaranteed|protected|described|listed|codified|proclaimed|affirmed|found|included|articulated)\s+(?:in|by|under))\s+(?:both\s+)?)"
)
#: Between a place and the name after it.
BEFORE = re.compile(
    rf"[”\"’]?\s*,?\s*\[?(?:(?:rights?|definition|duty|duties|obligations?|guarantees?|prohibition|protections?|standards?|requirements?|claims?)\s+(?=of|in|under))?"
    rf"(?:(?:all|both)\s+(?=of\s))?(?:\((?![ivx]+\)|\s*(?:para|sub|point|lit|§|\d))[^()]{{3,90}}\)\s*,?\s*)?(?:\[\d{{1,3}}\]\s*)?(?:[–—-]\s[^–—()]{{3,80}}\s[–—-]\s*)?(?:respectively\s*,?\s*)?(?P<of>{_OF})?"
    r"\[?(?:(?:the|its|their|that|this)\s+(?:(?:Committee|Court|Council|Tribunal)['’]s\s+)?)?(?:(?:[a-z-]+\s+)?(?:convention|covenant|treaty|charter|instrument),\s+(?:the\s+)?)?(?:(?:(?:NATO|ILC|OAS|AU|OSCE|African\s+Union|Council\s+of\s+Europe|United\s+Nations|UN|EU)['’]s(?:\s+(?:own|founding|1949))?|two|four|three|UN|United\s+Nations|U\.N\.|revised|recast|present|international|said|same|amended|UNESCO|EU|CoE|Council|Assembly|OSCE|CSCE|Hague|Geneva|New\s+York|Council\s+of\s+Europe|European|ICRC(?:['’]s)?|HRC|CESCR|\(?\d{4}\)?)\s+){0,3}"
    r"(?:(?:convention|covenant|charter|statute|declaration|treaty|protocol)\s+\((?:hereinafter,?\s+)?(?:the\s+)?)?[“\"‘'\[{]{0,3}",
    re.IGNORECASE,
)
#: Between a place and a name in brackets of its own.
BRACKET = re.compile(r"\s*\((?:of\s+)?(?:the\s+)?")
#: Between a name and the place after it.
AFTER = re.compile(
    r"\}{0,2}(?:\d{1,2}(?![\w/]))?(?P<own>['’]s?(?:\s+own)?)?(?:,?\s+\(?cited\s+above\)?|\s\((?:(?:merits|just\s+satisfaction|preliminary\s+objections?|dec\.|revision)(?:,?\s+(?:and\s+)?|(?=,))){1,3}(?:,?\s*\d{1,2}\s[A-Z][a-z]+\s\d{4})?(?=,\s[§p])|,?\s+(?:(?:judgment\s+)?of\s+)?\d{1,2}\s+[A-Z][a-z]+,?\s+\d{4}|\s\((?:19|20)\d{2}(?=,\s)|,\s+ECHR\s+\d{4}(?:-[IVX]+)?(?:\s+\(extracts\))?"
    r"|,\s+UN\s+Doc\.?|,?\s+(?:[A-Z][\w-]+\s+)?(?:ECLI:)?EU:C:\d{4}:\d+|\)(?=,\s)|\s\([A-Z][^()\d]{3,60}\)(?=,\s)|,?\s+(?:opened\s+for\s+signature|adopted|signed)\s+\d{1,2}\s[A-Z][a-z]+\s\d{4}"
    r"|,?\s+\d{1,4}\s+UNTS\s+\d{1,5}|,?\s+\(?(?:entered|entry)\s+into\s+force,?\s+\d{1,2}\s[A-Z][a-z]+\s\d{4}\)?|\)?,?\s+\((?:\d{1,2}\s)?[^()\d]{0,20}(?:19|20)\d{2}\)(?=,|\s[Aa]rt|\s\d{1,4}\sat\s)|\s\d{1,4}(?=\sat\s)|,?\s+\(?supra,?\s+(?:at\s+)?n(?:ote|\.)?\s?\d{1,4}\)?|\s\(n\s?\d{1,4}\)|\s+and\s+(?:Corr|Add|Rev)\.\s?\d+|:\s+(?!(?:the|a|an)\s)[A-Za-z][^.;:()\d]{3,60}(?=\s\()|\s+(?:on|against|concerning)\s+[a-z][^.;:()\d]{2,60}(?=,\s+$|\s\($))*\s*(?P<mark>[,;:(\[–—-]\s*)*(?:(?:and\s+)?(?:its\s+(?:[a-z]+\s+)?(?:provisions|articles)\s+(?:like|such\s+as|including|namely)|in|at|under|see|cf\.?|including|especially|particularly|in\s+particular"
    r"|notably|inter\s+alia|specifically|namely|more\s+specifically|pursuant\s+to|through|by|to|with\s+regard\s+to|regarding|concerning)\s*,?\s*){0,3}(?:(?:its|the|their)\s+)?(?:(?:common|operative)\s+)?",
    re.IGNORECASE,
)
#: After a place that belongs to something that is named after it, or before.
OWNED = re.compile(
    r"\s*\((?:(?:the|of\s+the)\s+)?(?:[A-Z][a-z]+\s+(?:of\s+)?){0,4}(?:Constitution|Code|Act|Law|Penal\s+Code|Basic\s+Law)\)"
    r"|,\s+(?:the\s+)?(?:[A-Z][a-z]+\s+){0,2}(?:Charter|Convention|Covenant|Constitution|Statute|Declaration|Protocol|Treaty|Code|Act|Law)(?=\s*[;,.)\]])"
    r"|\s*(?:\([^()]{3,90}\)\s*)?,?\s*(?:(?P<thereof>thereof|of\s+which(?!\w)|of\s+the\s+latter(?!\w)(?!\s+(?:part|half|case))|of\s+(?:the\s+same|that)\s+(?:international\s+)?instrument(?!\w)|of\s+the\s+same\s+(?:international\s+)?(?:instrument|document|text|treaty|convention|covenant|protocol|charter|Articles|Rules|Principles|Regulations|Statute|Declaration)(?!\w))|(?:of|to)\s+(?:the|that|this|these|those|its|their|a|an|our|each)\s|(?:of|to)\s+[A-Z])"
)
#: What laws are called that are no listed instruments.
LAWS = ("Act", "Law", "Code", "Constitution", "Ordinance", "Decree")
#: After a place that belongs to such a law.
FOREIGN = re.compile(
    r"\s+(?!AND\b|OR\b|OF\b|IN\b|TO\b|THE\b|UN\b|US\b|EU\b)(?:[A-Z]{2,6}(?![\w/-])"
    rf"|(?:[A-Z][\w-]+\s+){{0,3}}(?:{'|'.join(LAWS)}|Charter(?!\s+rights))(?!\w))"
)
#: Units of what instruments are made of, of which paragraphs and letters are parts.
ARTICLES = ("art", "princ", "rule")
LONGEST_GAP = 170  # characters between a place and the name that it belongs to
SHORT_GAP = 40  # characters between a place that is not understood and a name
#: Between a name and its place after a verb: the Convention prohibits this in.
VERBS = re.compile(
    r"\s+(?:(?:further|also|then|expressly|clearly)\s+)?(?:stipulat|provid|stat|say|declar|read)[a-z]*,?(?:\s+that|:)?,?\s*[“\"][^“”\".;]{0,130}|"
    r"\s*,?\s*where\s+(?:(?!and\b)[\w’'-]+\s+){1,7}?(?:in|under|by)\s+(?:its\s+|the\s+)?|\s*,?\s*(?:also\s+|which\s+|that\s+|clearly\s+|expressly\s+)?(?:provid|stipulat|stat|guarante|recogni[sz]|enshrin|protect|prohibit|requir|declar|says?|said"
    r"|oblig|affirm|sets?|defin|allow|permit|contain|establish|lays?|laid|bans?|forbid|entitl|(?!was|is|has|its|this|thus|as|us|does|unless|towards|besides|always|perhaps)[a-z]+s\b)\w*(?:\s+(?!of\b)[\w’'-]+){0,6}?\s*,?\s+"
    r"(?:in|under|by|through|at)\s+(?:its\s+|the\s+)?"
)
#: Between two places of one enumeration.
CHAIN = re.compile(
    r"(?:\s+in\s+its\s+(?:procedural|substantive)\s+(?:limb|aspect|head))?(?:\s*\((?![^()]*(?:Convention|Covenant|Charter|Protocol|Declaration|Statute|Constitution|Code|Act(?!\s+of\s+[A-Z])|Law|[A-Z]{3})(?!\w))"
    r"[A-Za-z][^()\d]{2,90}\))?(?:\s+in\s+its\s+(?:procedural|substantive)\s+(?:limb|aspect|head))?(?:\[\d{1,3}\])?\s*[,;]?(?:\[\d{1,3}\])?\s*(?:(?:,|;|&|\+|et(?!\s+seq)|and|or|also|both|as\s+well\s+as|in\s+conjunction|read|taken|alone|together|conjunction|combined|with|in\s+light\s+of"
    r"|in\s+the\s+light\s+of|in\s+relation\s+to|rather\s+than|in|conjointly|separately|relation|juncto|considered|either|connection"
    r"|in\s+particular|(?:more\s+)?especially|(?:most\s+)?notably|inter\s+alia|particularly|not|but(?:\s+not)?(?:\s+(?:of|under|in))?"
    r"|(?:an?\s+|the\s+|no\s+)?(?:violations?|breach(?:es)?)\s+of|(?:(?:the|its)\s+)?(?:(?:general|overall)\s+)?(?:obligations?|rights?|duty|duties)\s+(?:under|in|of|established\s+in|enshrined\s+in|contained\s+in|set\s+(?:out|forth)\s+in)"
    r"|(?<=[,d]\s)(?:of|on|to|by|from|under|with)|(?<=(?:and|\sor)\s)(?:(?:[a-z-]+\s+){1,3}(?:under|in|pursuant\s+to)|(?:of\s+)?the\s+right\s+(?:[a-z-]+\s+){1,7}under))(?![a-z])\s*){0,9}(?:(?:the|its)\s+)?"
)
#: Between two items of a list.
NEXT_ITEM = re.compile(r"[^.;]{0,60};\s+(?:and\s+)?")
#: Between a name and a place of a second clause that is like the first.
PARALLEL = re.compile(
    r"(?:(?!(?:constitution|law|code|act|statute|convention|covenant|charter|protocol|resolution|directive|regulation)\b)[^.;])*"
    r",\s+and\s+(?:in\s+)?",
    re.IGNORECASE,
)
#: What is said of something outside an instrument, between an article of it and the name of the instrument.
MEASURED = re.compile(
    r"\b(?:violat|breach|contrar|incompatib|inconsisten|oblig|commit|compl(?:y|ian)|conflict|contraven|infring|except|excluding|alternativ|other\s+than|ratif|sign|part(?:y|ies)\b)\w*"
)
#: Words of a text, and not those that join a place to a name.
WORDS = re.compile(r"\b(?!(?:of|in|to|the|and|or)\b)[A-Z]?[a-z]{2,}")
#: How closely a place belongs to a name.
STRONG, PLAIN, WEAK = 3, 2, 1


@lru_cache(maxsize=4096)
def before_name(gap: str) -> int:
    """Return how closely a place belongs to a name, by the words between it and the name after it."""
    between = BEFORE.fullmatch(gap)
    if between is None:
        return 0
    if between["of"]:
        return STRONG
    return WEAK if "," in gap or "(" in gap else PLAIN


@lru_cache(maxsize=4096)
def after_name(gap: str) -> int:
    """Return how closely a place belongs to a name, by the words between the name and the place after it."""
    between = AFTER.fullmatch(gap)
    if between is None:
        return 0
    mark = (between["mark"] or "").strip()
    return STRONG if between["own"] else PLAIN if mark in ("", "(", "[") else WEAK
