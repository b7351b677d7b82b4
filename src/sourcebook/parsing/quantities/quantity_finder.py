# ruff: noqa: E501, SIM905 - a pattern is easier to check on one line, a word list as words
"""Find quantities in English text, with their units and hedges."""

from __future__ import annotations

import re

import pandas as pd

from sourcebook.parsing.quantities.grammar import scan
from sourcebook.parsing.quantities.quantity_interval import parse_quantity

__all__ = ["find_quantities"]

_COLUMNS = ("start", "end", "text", "notation", "mods")
_PREFIX = r"[kMGTcmμµnphd]?"
_UNIT = (
    rf"(?:%|‰|°\s?[CFNSEW]?|℃|per\s?cent|percent|percentage points"
    rf"|{_PREFIX}(?:mol|Pa|bar|Hz|eV|Wh|W|J|Jy|Gy|Bq|cal|g|m|s|L|l|V|A|M|T|N|Ω|C|K|B|t|bps|yr)(?:[23²³](?!\d))?"
    r"|(?:wt|vol|at|mol)\.?\s?%|ppm|ppb|ppmv|rpm|atm|psi|ha|AU|pc|kpc|Mpc|yr|yrs|ka|Ma|Ga|h|hr|hrs|min|mins|sec|cfu|CFU|dB|kR|Torr|byr|cal BP|BP|Å|Rp|RS|mbsl|U"
    r"|(?:second|minute|hour|day|week|month|year|decade|century|centurie|metre|meter|kilometre|kilometer|mile|acre|hectare"
    r"|gram|kilogram|tonne|ton|litre|liter|degree|dollar|euro|pixel|time|fold)s?)"
)
_ONE_UNIT = rf"(?:{_UNIT})(?![A-Za-z])(?:\s?[-−–]\s?[123](?![\d.]))?"
_UNITS = re.compile(rf"[-\s]?{_ONE_UNIT}(?:(?:\s?[/·⋅]\s?|\s+per\s+|\s)(?:{_ONE_UNIT}))*|\s?×(?!\s?\d)|-fold")
_LABELS = (
    "Fig Figs Figure Figures Table Tables Tab Tabs Eq Eqs Equation Equations Section Sections Sect Chapter Chapters "
    "Article Articles Ref Refs Reference No Nos Phase Phases Step Steps Appendix Case Cases Type Types Panel Column "
    "Columns Resolution Note Line Lines Code Label Labels Sample Complex Fraction Fractions Borehole Stage Group Groups "
    "Item Items Part Volume Vol Grade Numbered"
).split()
_LISTED = r"(?:\(?\d+(?:\.\d+)*[a-zA-Z]?\)?\s*(?:,?\s*and\s+|,\s*|&\s*|to\s+|[-–]\s*))*"
_LABELLED = re.compile(
    rf"\b(?:{'|'.join(_LABELS)})\.?s?\s*\(?(?:code|labels|number)?\s*\(?{_LISTED}\Z", re.IGNORECASE
)
_CITED = re.compile(
    r"(?:\bal\.?,?|\b[A-Z][\w’'-]+,|\b[A-Z][\w’'-]+\s\(|\d[a-z]?[,;])\s*\(?(?:\d{4}[a-z]?[,;]\s*)*\Z"
)
_ATTACHED = re.compile(
    r"(?:[A-Za-z)][-−–]|[A-Za-z]\s[-−–]|\w/|\b[A-Za-z]\((?:\d+,\s*)?|\[[\d,\s–-]*|\([\d,\s–-]*[\d][,–-]\s?)\Z"
)
_YEAR = re.compile(r"(?:1[89]|20)\d\d\Z")


def find_quantities(text: str) -> pd.DataFrame:
    """Find the quantities of a text by rules.

    Parameters
    ----------
    text : str

    Returns
    -------
    pandas.DataFrame
        One row per quantity, in order, without overlaps: `start`, `end` (half-open, code points), `text`
        (hedge, number and unit), `notation` (see `sourcebook.parsing.quantities`, without the unit) and `mods`,
        a tuple with ``IsApproximate`` for hedges that rest on an assumption and ``IsRange`` for more than
        one allowed number.

    Notes
    -----
    Numbers of figures, tables, sections and references are left out, and so is "one" without a unit.

    Examples
    --------
    >>> found = find_quantities("Over 200 participants and about 460 others came from 51 states.")
    >>> list(found["notation"]), list(found["mods"])
    (['>200', '~460', '51'], [('IsRange',), ('IsApproximate',), ()])
    """
    rows: list[tuple[int, int, str, str, tuple[str, ...]]] = []
    for mention in scan(text):
        unit = _UNITS.match(text, mention.end)
        if unit is None and _is_label(text, mention.start, mention.end):
            continue
        if mention.spelled and mention.notation in ("0", "1") and not unit:
            continue
        end = unit.end() if unit else mention.end
        if end < len(text) and text[end - 1].isalnum() and text[end].isalpha():
            continue
        rows.append(
            (mention.start, end, text[mention.start : end], mention.notation, _mods(mention.notation))
        )
    frame = pd.DataFrame(rows, columns=list(_COLUMNS))
    return frame.astype(
        {"start": "int64", "end": "int64", "text": "str", "notation": "str", "mods": "object"}
    )


def _is_label(text: str, start: int, end: int) -> bool:
    """Distinguish a number that names something (a figure, a work cited, a formula's index) from one that counts."""
    before, after = text[max(0, start - 60) : start], text[end : end + 2]
    if _LABELLED.search(before) or _ATTACHED.search(before) or re.match(r"\w|/\w", after):
        return True
    if before.endswith(("(", "[")) and after[:1] in (")", "]", ",", "–", "-"):
        return True
    return bool(_YEAR.match(text[start:end]) and _CITED.search(before) and re.match(r"[a-z]?[),;]", after))


def _mods(notation: str) -> tuple[str, ...]:
    quantity = parse_quantity(notation)
    if quantity.hedge in ("about", "nearly", "just_over", "vague"):
        return ("IsApproximate",)
    several = quantity.hedge != "exact"
    return ("IsApproximate",) * quantity.approximate + ("IsRange",) * several
