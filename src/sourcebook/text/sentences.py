"""How running text shows its sentences and headings: rules on strings, without offsets into a file.

The rules are general for scripts with letter case and stops; the lists of abbreviations and of small words
are English. Each function looks only at the words next to the place in question, so that a long text costs
no more for each sentence than a short one.
"""

from __future__ import annotations

import re

__all__ = ["HEADING_WIDTH", "ends_sentence", "looks_like_heading", "sentence_starts", "starts_low"]

#: No heading is longer than this.
HEADING_WIDTH = 100

_REACH = 80  # characters either side of a stop that can decide what it is
_STOPS = ".!?…。！？؟।"
_CLOSERS = "\"'”’)]»›"
_OPENERS = "\"'“‘„([«‹¿¡-–—*"
_BOUNDARY = re.compile(rf"[.!?…؟।]+[{re.escape(_CLOSERS)}]*(?=\s)|[。！？]+[{re.escape(_CLOSERS)}]*(?!$)")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]")  # U.S, Ph.D, a.m: letters with stops between them


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Abbreviations that never end a sentence, and those that do not before a number.
_NEVER = _words(
    "mr mrs ms dr prof st gen col lt sgt capt maj sen rep gov amb hon rev messrs e.g i.e cf vs v viz ca"
)
_NUMBER = _words(
    "no nos art arts para paras p pp vol fig ch sec app ed jan feb mar apr jun jul aug sep sept oct nov dec"
)
# Words that begin a sentence often enough to end the one before in "U.S.", and those that end no heading.
_STARTERS = _words(
    "the a an it its he she they we i you this that these those there in on at for from after before but and "
    "however when while as if since our their his her according"
)
_SMALL = _words(
    "a an the of to in on at by for from with without into and or nor but as is are was were be been has "
    "have had that which who whose its his her their this these those"
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
    """Return whether `before` ends a sentence, given what follows it.

    Closing quotes and brackets may follow the stop. A colon or semicolon counts too: what follows it
    on another line is a block of its own.

    Examples
    --------
    >>> ends_sentence('He said "no."'), ends_sentence("the speech of Mr.", "Lee"), ends_sentence("drawn from")
    (True, False, False)
    """
    bare = before.rstrip().rstrip(_CLOSERS + "*")
    if not bare or bare[-1] not in _STOPS + ":;":
        return False
    following = after[:_REACH].strip()
    return not following or bare[-1] != "." or not _is_abbreviation(bare[-_REACH - 1 : -1], following)


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

    A sentence ends with a stop, and closing quotes or brackets, before white space, unless the next letter
    is a lower-case one or the stop belongs to a title, an initial, an abbreviation, or a number that begins
    the block. An abbreviation such as "U.S." ends a sentence only before a word that often begins one.

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
    """
    starts = [0]
    for match in _BOUNDARY.finditer(text):
        space = text[match.end() : match.end() + _REACH]
        following = space.lstrip()
        if not following or following.lstrip(_OPENERS)[:1].islower():
            continue
        numbered = starts == [0] and re.fullmatch(r"\(?\d{1,3}", text[: match.start()].lstrip())
        head = text[max(starts[-1], match.start() - _REACH) : match.start()]
        if match.group().rstrip(_CLOSERS) == "." and (numbered or _is_abbreviation(head, following)):
            continue
        starts.append(match.end() + len(space) - len(following))
    return starts


def _is_abbreviation(head: str, following: str) -> bool:
    """Return whether the stop after `head` belongs to its last word rather than to the sentence."""
    words = head.split()
    if not words or head[-1].isspace():
        return False
    word = words[-1].lstrip(_OPENERS)
    if word.lower() in _NEVER or (len(word) == 1 and word.isupper() and word != "I"):
        return True
    if word.lower() in _NUMBER:
        return following[:1].isdigit()
    if not _INITIALS.fullmatch(word):
        return False
    first = re.match(r"\w+", following.lstrip(_OPENERS))
    return first is not None and first.group().lower() not in _STARTERS
