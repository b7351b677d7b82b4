"""Tell a line that says when a document was published from one that names another day."""

from __future__ import annotations

import re

from sourcebook.parsing.dates import find_dates

__all__ = ["publication_date"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DAY = re.compile(r"-?\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"-?\d{4}-\d{2}")
_LONGEST = 80  # characters of a dateline
_OPENING = re.compile(r"(.{4,80}?)\s*(?:\s[—–-]|[—–])\s+\S")
#: What names the day of publication before it.
_LABEL = re.compile(
    r"(?i)[\W_]*(?:(?:first |originally )?published|posted|issued|released|dated?|date of (?:issue|publication|release)"
    r"|(?:publication|issue|release) date|date published|datum|published (?:online|by .{2,30}))"
    r"(?:\s+(?:on|at))?[*_\s]*:?[*_\s]*"
)
#: Words by which a line names another day.
_OTHER = re.compile(
    r"(?i)\b(?:born|birth|birthday|died|death|dies|founded|founding|established|formed|held|adopted|signed|ratified"
    r"|retrieved|accessed|archived|until|till|deadline|due|valid|effective|expir\w+|force|since|from|between|meeting"
    r"|session|hearing|conference|updated|modified|revised|copyright|next|married|elected|joined|arrived|received)\b|©"
)
#: Words without a capital that a dateline has before its date.
_PLAIN = _words(
    "a an the of for and in to at on by de la du des der die das von und et y press release statement news report "
    "letter memo memorandum communiqué communique bulletin briefing note circular notice announcement article "
    "interview decision order resolution edition issue number no version draft final immediate open public weekly daily"
)
_ENDS = (",", "|", "•", "·", "–", "—", "-", "(", "/", ";", ".")
_KINDS = re.compile(
    r"(?i).*\b(?:release|statement|communiqu[eé]|bulletin|letter|memo|memorandum|notice|circular|report|edition)\s*"
)


def publication_date(line: str, *, is_prose: bool = False) -> str:
    """Return the day, or the month, on which a line says that its document was published; empty if it does not.

    A dateline is a date alone, one behind a label such as "Published", or one behind a place, a body or a kind of text
    and a comma. A line that names the day of something else is none, such as a birth, a meeting or a deadline; of
    running text only what is before a dash is looked at.

    Parameters
    ----------
    line : str
        A line near the head of a document.
    is_prose : bool
        Whether it is running text.

    Returns
    -------
    str
        As EDTF.

    Examples
    --------
    >>> publication_date("Press release, 12 May 2023"), publication_date("Date of birth 26 June 1968")
    ('2023-05-12', '')
    >>> publication_date("GENEVA, 12 May 2023 – The council met on 3 May 2023.", is_prose=True)
    '2023-05-12'
    """
    if is_prose:
        opening = _OPENING.match(line)
        return publication_date(opening.group(1)) if opening else ""
    line = line.strip("*_# ")
    if len(line) > _LONGEST:
        return ""
    for row in find_dates(line).to_dict("records"):
        before, after = line[: row["start"]], line[row["end"] :]
        is_labelled = bool(_LABEL.fullmatch(before))
        if _DAY.fullmatch(row["edtf"]) and (is_labelled or _is_dateline(before, after)):
            return str(row["edtf"])
        if _MONTH.fullmatch(row["edtf"]) and (is_labelled or not (before + after).strip(" .")):
            return str(row["edtf"])
    return ""


def _is_dateline(before: str, after: str) -> bool:
    """Return whether the words on both sides of a day are those of a dateline."""
    if _OTHER.search(before) or _OTHER.search(after.partition("|")[0]):
        return False
    head = before.strip()
    if head and not head.endswith(_ENDS) and not _KINDS.fullmatch(head):
        return False
    words = re.findall(r"[^\W\d_][\w'’-]*", head)
    return all(word[0].isupper() or word.lower() in _PLAIN for word in words) and not _goes_on(after)


def _goes_on(after: str) -> bool:
    """Return whether a sentence goes on behind the day."""
    rest = after.strip()
    return bool(rest) and rest[0].islower() and not rest.startswith(("by ", "at "))
