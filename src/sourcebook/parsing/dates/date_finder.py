"""Find expressions of time in a text, and read one that is a date."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from statistics import median

import pandas as pd

from sourcebook.core.errors import ParseError
from sourcebook.parsing.dates.answers import Answer, Context, written_on
from sourcebook.parsing.dates.bound_readers import BOUND_READERS
from sourcebook.parsing.dates.calendar import Alike, Named, Open, Range, Shift, Stretch, When
from sourcebook.parsing.dates.calendar_readers import CALENDAR_READERS
from sourcebook.parsing.dates.cascade import Item, read_items
from sourcebook.parsing.dates.date_interval import DateInterval
from sourcebook.parsing.dates.days import iso_day
from sourcebook.parsing.dates.dual_readers import DUAL_READERS
from sourcebook.parsing.dates.edtf import parse_edtf
from sourcebook.parsing.dates.feast_readers import FEAST_READERS
from sourcebook.parsing.dates.found_date import FoundDate
from sourcebook.parsing.dates.grammar import Grammar, load_grammar
from sourcebook.parsing.dates.list_readers import LIST_READERS
from sourcebook.parsing.dates.listening import apposed, in_passing, listen, look_ahead
from sourcebook.parsing.dates.number_readers import NUMBER_READERS
from sourcebook.parsing.dates.numbering import with_number
from sourcebook.parsing.dates.period_readers import PERIOD_READERS
from sourcebook.parsing.dates.proper_names import is_of_a_name
from sourcebook.parsing.dates.relative_readers import RELATIVE_READERS
from sourcebook.parsing.dates.resolving import resolve
from sourcebook.parsing.dates.weekday_readers import WEEKDAY_READERS
from sourcebook.parsing.dates.year_readers import YEAR_READERS
from sourcebook.parsing.findings import as_frame
from sourcebook.parsing.hidden import places_in, raw_span, shown
from sourcebook.text.folding import Folded

__all__ = ["find_dates", "parse_date", "scan_dates"]

_READERS = NUMBER_READERS | CALENDAR_READERS | DUAL_READERS | FEAST_READERS | RELATIVE_READERS
_READERS |= YEAR_READERS | PERIOD_READERS | WEEKDAY_READERS | BOUND_READERS | LIST_READERS
_INNER = frozenset({"number", "ordinal", "wordyear", "era", "broken"})
_NO_LEFT = frozenset("_$€£¥#№?")
_NO_RIGHT = frozenset("_%°‰+")
_DASHES = frozenset("-‐‑–—")
_JOINTS = "-–—−./,:+×"
_PREFIX = re.compile(r"\b(?:pre|post|non|anti|to)[-‐‑–]$", re.IGNORECASE)
_SIGN = re.compile(r"(?:[<>]\s?=|[≤≥≠])\s*$")
_SUFFIX = re.compile(r"[-‐‑](?:plus|odd|ish)\b|\s?ff\b|\s?[(\[]\?[)\]]|[-–][?)\]]", re.IGNORECASE)
_IN_DOUBT = re.compile(r"\?(?=[)\],;–])")  # after a date; elsewhere the mark may end a question
_SINGLE = re.compile(r"-?\d{4}(?:-\d\d){0,2}~?")
#: The digits of a year before those that an editor has put in brackets: 5 May 19[44].
_CUT_YEAR = re.compile(r"\b\d\d$")
_NEAR = 80
#: So many far years to each expression that counts from its day make a text no news.
_NEWS = 3


def scan_dates(
    text: str,
    *,
    dct: str | None = None,
    dayfirst: bool | None = None,
    taken: Iterable[tuple[int, int]] = (),
    language: str | Path = "en",
    ends: bool = False,
    doc: str = "",
) -> list[FoundDate]:
    """Find expressions of time.

    Parameters
    ----------
    text : str
    dct : str, optional
        When the text was written, as EDTF; "yesterday" and "last June" count from it.
    dayfirst : bool, optional
        Whether in ``3/7/2017`` the day is before the month. Without it such a date has two readings.
    taken : iterable of (int, int)
        Places, half-open, that are read as something else and hold no date.
    language : str or Path
        Language of the patterns, or a file of them.
    ends : bool
        Whether to give the two ends of a range, or of a list, as records of their own, as TIMEX3 does.
    doc : str, default ""
        Id of the text, for the records.

    Returns
    -------
    list of FoundDate
        In the order of the text, without overlaps.

    Raises
    ------
    ParseError
        The date of the text is not EDTF.

    Examples
    --------
    >>> [(d.exact, d.edtf) for d in scan_dates("from 7 June to 14 July 1916", dct="1920")]
    [('from 7 June to 14 July 1916', '1916-06-07/1916-07-14')]
    """
    folded = shown(text)
    grammar, read, written = load_grammar(language), folded.text, written_on(dct)
    places = places_in(folded, taken)
    items = [
        with_number(read, item)
        for item in read_items(read, grammar, _READERS, taken=places, dayfirst=dayfirst)
        if item.kind not in _INNER
        and _stands_alone(read, item, grammar)
        and not is_of_a_name(read, item, grammar)
    ]
    found = _resolved(read, items, written, grammar, ends=ends)
    return [_in_raw(replace(date, doc=doc) if doc else date, folded, text) for date in found]


def _in_raw(date: FoundDate, folded: Folded, text: str) -> FoundDate:
    """Return a date that was found in what is shown of a text at its place in the text."""
    if folded.starts is None:
        return date
    start, end = raw_span(folded, date.start, date.end)
    return replace(date, start=start, end=end, exact=text[start:end])


def _resolved(
    text: str, items: list[Item], written: When | None, grammar: Grammar, *, ends: bool
) -> list[FoundDate]:
    """Return the records of expressions, each tied to what the text has said before it.

    Parameters
    ----------
    text : str
    items : list of Item
        The expressions, in order.
    written : When or None
        When the text was written.
    grammar : Grammar
    ends : bool
        Whether to give the ends of ranges.

    Returns
    -------
    list of FoundDate
    """
    context = Context(written=written, narrative=_tells_of_other_years(items, written))
    found: list[FoundDate] = []
    last_named = -_NEAR - 1
    for before, item, after in zip([None, *items], items, [*items[1:], None], strict=False):
        context.near = item.start - last_named < _NEAR
        listen(text, item, before, context, grammar)
        if not context.narrative:
            look_ahead(text, item, after, context, grammar)
        answer = resolve(apposed(text, item, after, grammar), context)
        if not answer.timex:
            continue
        parts = _by_end(item, answer, context) if ends and item.ends else [(item, answer)]
        found.extend(_record(text, part, value, item) for part, value in parts)
        if (
            answer.when is not None
            and answer.when.year is not None
            and not in_passing(text, item, answer.when, context, grammar)
        ):
            context.last = answer.when
            if isinstance(item.value, When) and item.value.year is not None:
                last_named = item.end
    return found


def _by_end(item: Item, answer: Answer, context: Context) -> list[tuple[Item, Answer]]:
    """Return each end of a range with its value."""
    values = answer.timex.split("/")
    whole = isinstance(item.value, Stretch) and bool(item.value.at)
    if len(values) == len(item.ends) and not whole:
        return [
            (end, Answer(edtf=resolve(end.value, context).edtf, timex=t, relative_to=answer.relative_to))
            for end, t in zip(item.ends, values, strict=True)
        ]
    return [(end, resolve(end.value, context)) for end in item.ends]


def _own_words(text: str, item: Item, whole: Item) -> list[str]:
    """Return the words lost of an end of a range: its own, and those of no end."""
    others = [text[end.start : end.end].lower() for end in whole.ends if end is not item]
    own = text[item.start : item.end].lower()
    return [word for word in whole.lossy if word.lower() in own or not any(word.lower() in o for o in others)]


def _record(text: str, item: Item, answer: Answer, whole: Item) -> FoundDate:
    earliest = latest = precision = ""
    edtf, lossy = answer.edtf, ", ".join(dict.fromkeys(_own_words(text, item, whole)))
    end = item.end
    if edtf and _IN_DOUBT.match(text, end) and _SINGLE.fullmatch(edtf):
        edtf, end = edtf.removesuffix("~") + ("%" if edtf.endswith("~") else "?"), end + 1
    if edtf:
        try:
            date = parse_edtf(edtf)
        except ParseError:
            edtf, lossy = "", lossy or whole.text
        else:
            earliest, latest, precision = iso_day(date.earliest), iso_day(date.latest), date.granularity
    ends = answer.timex.split("/")
    return FoundDate(
        kind="date", start=item.start, end=end, exact=text[item.start : end], pattern=whole.pattern,
        lossy=lossy, edtf=edtf, timex=answer.timex, timex_start=ends[0], timex_end=ends[-1], earliest=earliest,
        latest=latest, precision=precision, relative_to=answer.relative_to, readings=answer.readings,
    )  # fmt: skip


def _stands_alone(text: str, item: Item, grammar: Grammar) -> bool:
    """Return whether nothing that is glued to an expression makes it another thing: 3/1988, $1988, 1988-plus."""
    left, right = text[max(0, item.start - 1) : item.start], text[item.end : item.end + 1]
    if left.isalnum() or left in _NO_LEFT or right.isalnum() or right in _NO_RIGHT:
        return False
    if _SIGN.search(text, max(0, item.start - 4), item.start):
        return False
    if left in _DASHES and (
        _is_dated(text, item, grammar) or _PREFIX.search(text, max(0, item.start - 6), item.start)
    ):
        return False
    digit_before = text[max(0, item.start - 2) : item.start - 1].isdigit() or left in ("−", "+")
    if text[item.start].isdigit() and left and left in _JOINTS and (digit_before or left in "./×"):
        return False
    if (
        text[item.start].isdigit()
        and left in _DASHES
        and not text[max(0, item.start - 2) : item.start - 1].isalpha()
    ):
        return False
    if (
        text[item.end - 1].isdigit()
        and right
        and right in _JOINTS
        and text[item.end + 1 : item.end + 2].isdigit()
    ):
        return False
    if right == "[" and _CUT_YEAR.search(item.text) and getattr(item.value, "year", None) is not None:
        return not text[item.end + 1 : item.end + 2].isdigit()
    return not _SUFFIX.match(text, item.end)


def _is_dated(text: str, item: Item, grammar: Grammar) -> bool:
    """Return whether the word that a dash joins to an expression is of a date, too, so that a part is missing."""
    word = re.search(r"[^\W\d_]+$", text[max(0, item.start - 20) : item.start - 1])
    return word is not None and grammar.classify(word[0]) in grammar.dated


def _tells_of_other_years(items: list[Item], written: When | None) -> bool:
    """Return whether a text tells of years far from its own, as histories do, and news do not."""
    if written is None or written.year is None:
        return True
    years = [
        when.year
        for item in items
        for when in ((item.value.first, item.value.last) if isinstance(item.value, Range) else (item.value,))
        if isinstance(when, When)
        and when.year is not None
        and when.grain in ("day", "month", "season", "year")
    ]
    near = sum(_counts_from_the_text(item.value) for item in items)
    far = sum(abs(year - written.year) > 1 for year in years)
    return bool(years) and median(abs(year - written.year) for year in years) > 1 and far > _NEWS * near


def _counts_from_the_text(value: object) -> bool:
    """Return whether an expression counts from the day of a text: yesterday, last June, a year ago."""
    if isinstance(value, Open):
        return _counts_from_the_text(value.value)
    if isinstance(value, Range):
        return _counts_from_the_text(value.first)
    if isinstance(value, Alike):
        return _counts_from_the_text(value.year)
    if isinstance(value, Shift):
        return value.anchor == "document" and value.base is None
    return (
        isinstance(value, Named) and value.anchor == "document" and value.count is None and value.base is None
    )


def find_dates(
    text: str,
    *,
    reference: str | None = None,
    dayfirst: bool | None = None,
    language: str | Path = "en",
    ends: bool = False,
) -> pd.DataFrame:
    """Find expressions of time by rules.

    Parameters
    ----------
    text : str
    reference : str, optional
        When the text was written, as EDTF. "Yesterday" and "last June" count from it; it also supplies the year of
        a date without one, unless the text tells of other years.
    dayfirst : bool, optional
        Whether in ``3/7/2017`` the day is before the month. Without it such a date has two readings.
    language : str or Path
        Language of the patterns, or a file of them.
    ends : bool
        Whether to give each end of a range a row of its own.

    Returns
    -------
    pandas.DataFrame
        One row for each expression, in order, without overlaps; the columns are the attributes of `FoundDate`. `edtf`
        holds what the words say (``XXXX-12-05`` for "December 5") and is empty for durations, "now" or "the next day".
        `timex` is a TIMEX3 value, in which year, month or day are supplied.

    Raises
    ------
    ParseError
        The date of the text is not EDTF.

    Notes
    -----
    What is not understood to its end is not read in part, and what the words say beyond the value is in `lossy`. Early,
    middle and late of a year are its thirds (``1988-37`` to ``1988-39``), as EDTF has them.

    Examples
    --------
    >>> found = find_dates("From December 5–6, 2024, and again on December 9; see also 1918–1921.")
    >>> list(found["edtf"]), list(found["timex"])[1]
    (['2024-12-05/2024-12-06', 'XXXX-12-09', '1918/1921'], '2024-12-09')
    >>> list(find_dates("He left six years ago.", reference="1989-10-30")["edtf"])
    ['1983']
    """
    return as_frame(
        scan_dates(text, dct=reference, dayfirst=dayfirst, language=language, ends=ends), FoundDate
    )


def parse_date(text: str, *, dayfirst: bool | None = None) -> DateInterval:
    """Read one date: an EDTF string, or an English expression that :func:`find_dates` understands as a whole.

    Use it for what a person typed; where a column holds EDTF, :func:`parse_edtf` accepts nothing else.

    Parameters
    ----------
    text : str
        Such as ``1987/1991``, ``XXXX-12-05``, ``5 December 2024`` or ``the 1980s``.
    dayfirst : bool, optional
        Whether in ``3/7/2017`` the day is before the month.

    Returns
    -------
    DateInterval
        With the first and last day that the words allow.

    Raises
    ------
    ParseError
        If it is neither.

    Examples
    --------
    >>> parse_date("December 5–6, 2024").edtf, parse_date("1987~").edtf
    ('2024-12-05/2024-12-06', '1987~')
    """
    try:
        return parse_edtf(text)
    except ParseError as error:
        words = text.strip()
        for date in scan_dates(words, dayfirst=dayfirst):
            if date.start == 0 and date.end == len(words) and date.edtf and not date.lossy:
                return parse_edtf(date.edtf)
        raise ParseError(f"{error}; nor is it one English date") from None
