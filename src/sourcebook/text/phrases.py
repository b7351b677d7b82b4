"""Look for phrases in texts: over the letters of `sourcebook.text.words`, with the signs between them.

A phrase is found from the start of a word on, so that a stem finds what begins with it; a number only as a whole.
What counts as the same letter is what counts as the same word. Beyond that, quotation marks, apostrophes, hyphens and
dashes are one of each kind, white space is as wide as it likes, and a number is the same however its digits are
grouped. Where a text can be read in two ways, both are found: ``cross-`` / ``border`` is "crossborder",
"cross-border" and "border", and ``5 200`` is one number or two.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial

import numpy as np
import numpy.typing as npt

from sourcebook.text.folding import (
    ALONE,
    APOSTROPHES,
    BROKEN,
    HYPHENS,
    JOINT,
    LETTER,
    MARKS,
    Folded,
    Pass,
    compose,
    drop_hidden,
    drop_markup,
    fold_character,
    in_word,
)

__all__ = ["PhraseIndex", "find_phrase", "fold_phrase"]

Places = npt.NDArray[np.int64]

#: A point that parts a fraction, or the thousands.
_POINT = "\x02"
#: Between two texts: no space and no part of a word, so that no phrase reaches across.
_BETWEEN = "\0"
#: Spellings of one sign: who looks for the words means any of them.
_SIGNS = {
    **dict.fromkeys(APOSTROPHES + "‚", "'"),
    **dict.fromkeys("“”„‟″«»＂", '"'),
    **dict.fromkeys(HYPHENS.removeprefix("-") + "\u2012\u2013\u2014\u2015\u2212", "-"),
}
_GROUPS = re.compile(
    r"\d{1,3}(?<!\d[.,']\d)(?<!\d[.,']\d\d)(?<!\d[.,']\d\d\d)(?<!\d{4})"
    r"(?:(?P<sign>[,.'’٬\s])\d{3}(?:(?P=sign)\d{3})*|(?:,\d\d)+,\d{3})(?!\d)"
)
_UNDERSCORE = re.compile("_+")
_IN_WORD = rf"(?:[^\W_]|[{MARKS}])"
_CHAIN = re.compile(rf"{_IN_WORD}+(?:[{JOINT}{_POINT}]{_IN_WORD}+)*")
_TOKEN = re.compile(rf"\s+|{_IN_WORD}|[\s\S]")
_PLAIN = re.compile(r"[a-z]+(?:\s+[a-z]+)*")
_START = re.compile(rf"(?<!{LETTER})(?<![{MARKS}])")
_BETWEEN_WORDS = re.compile(rf"(?:\s|{JOINT})+")
_EDGE = rf"[\s{JOINT}{_POINT}]+"
_FRACTION = "¼-¾⅐-⅞"


def _grouped(match: re.Match[str]) -> str:
    """Return a number without what groups its digits, or with what tells that it may be two."""
    found, sign = match.group(), match["sign"]
    if sign is None:
        return found.replace(",", "")
    groups = found.split(sign)
    sure = any(group.startswith(("0", "٠", "۰")) for group in groups[1:])
    if sign == ".":
        return ("" if len(groups) > 2 or groups[1] == "000" else _POINT).join(groups)
    return (JOINT if sign in " \t\n\r\v\f\x85\xa0\u2028\u2029" and not sure else "").join(groups)


def _underscore(match: re.Match[str]) -> str:
    text, start, end = match.string, match.start(), match.end()
    return JOINT if start and text[start - 1].isalnum() and text[end : end + 1].isalnum() else " "


@lru_cache(maxsize=1 << 16)
def _character(character: str) -> str:
    """Return a character beyond ASCII as a phrase has it: letters as in words, signs in one spelling."""
    if character in _SIGNS:
        return _SIGNS[character]
    if in_word(character):
        return fold_character(character)
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 and not plain.isalnum() else character


def _letter(match: re.Match[str]) -> str:
    """Return a letter that is a word alone, parted from its neighbours, or any other character."""
    folded = "".join(map(_character, match.group()))
    return f" {folded} " if ALONE.match(match.group()) else folded


#: Where two readings are possible, both are kept.
_BOTH: tuple[Pass, ...] = (
    *drop_hidden,
    (BROKEN, lambda match: JOINT),
    (_UNDERSCORE, _underscore),
    (_GROUPS, _grouped),
)
_BEYOND_ASCII: Pass = (re.compile(rf"{ALONE.pattern}|[^\x00-\x7f]"), _letter)


def fold_phrase(text: str) -> Folded:
    """Return a text as it is searched, with the place of each character.

    Examples
    --------
    >>> fold_phrase("“İzmir” 1918–21, 200 000").text
    '"izmir" 1918-21, 200000'
    """
    folded = Folded(text=text)
    for pattern, replace in (*drop_markup(text), *_BOTH):
        folded = folded.edit(pattern, replace)
    for pattern, replace in (*compose(folded.text), _BEYOND_ASCII):
        folded = folded.edit(pattern, replace)
    return Folded(text=folded.text.lower(), starts=folded.starts, ends=folded.ends)


def _pattern(phrase: str) -> re.Pattern[str]:
    """Return the pattern of a folded phrase, from the start of a word on."""
    tokens = _TOKEN.findall(phrase)
    parts = []
    for token, after in zip(tokens, [*tokens[1:], ""], strict=True):
        if token.isspace():
            parts.append(rf"(?:\s|{JOINT})+")
        elif token == JOINT:
            parts.append(rf"(?:{JOINT}|-|\s+)?")
        elif token == _POINT:
            parts.append(f"[{_POINT}.]?")
        elif token == "-":
            parts.append(f"[-{JOINT}]")
        else:
            joined = re.match(_IN_WORD, token) and re.match(_IN_WORD, after)
            parts.append(re.escape(token) + (f"[{JOINT}{_POINT}]?" if joined and token.isdigit() else ""))
            parts.append(f"{JOINT}?" if joined and not token.isdigit() else "")
    before = rf"(?<!{LETTER})(?<![{MARKS}])" if re.match(_IN_WORD, tokens[0]) else ""
    before += rf"(?<!\d[.,])(?<!{_POINT})" if tokens[0].isdigit() else ""
    after = rf"(?![\d{_FRACTION}])(?![.,]\d)(?!{_POINT})" if tokens[-1].isdigit() else ""
    after += r"(?!\S)" if ALONE.match(phrase.split()[-1]) else ""
    return re.compile(before + "".join(parts) + after)


def _ends(phrase: str) -> Callable[[str, int], int]:
    """Return what tells where a folded phrase that begins at a place of a text ends, or 0 where it does not begin."""
    if _PLAIN.fullmatch(phrase):
        return partial(_end_of_plain, phrase.split())
    pattern = _pattern(phrase)

    def end_of(text: str, place: int) -> int:
        match = pattern.match(text, place)
        return match.end() if match else 0

    return end_of


def _end_of_plain(words: Sequence[str], text: str, place: int) -> int:
    """Return the end of words of plain letters as the pattern of the phrase has it, which takes long to compile."""
    if not _START.match(text, place):
        return 0
    at = place
    for number, word in enumerate(words):
        if number:
            after = _BETWEEN_WORDS.match(text, at)
            at = after.end() if after else 0
        if not at and number:
            return 0
        for k, letter in enumerate(word):
            if k and text[at : at + 1] == JOINT:
                at += 1
            if text[at : at + 1] != letter:
                return 0
            at += 1
    return at


class PhraseIndex:
    """Texts in which any number of phrases are looked for.

    Parameters
    ----------
    texts : iterable of str
        The texts.

    Examples
    --------
    >>> index = PhraseIndex(["The old bridge fell.", "Bridges were built."])
    >>> index.count("bridge").tolist()
    [1, 1]
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._folded = [fold_phrase(text) for text in texts]
        self._whole = _BETWEEN.join(folded.text for folded in self._folded)
        lengths = [len(folded.text) + 1 for folded in self._folded]
        self._starts = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
        places: dict[str, list[int]] = {}
        for match in _CHAIN.finditer(self._whole):
            for start, word in _readings(match.group()):
                places.setdefault(word, []).append(match.start() + start)
        self._places = places
        self._words = sorted(places)

    def count(self, phrase: str) -> Places:
        """Return how often a phrase occurs in each text; occurrences do not overlap."""
        found = np.array([start for start, _ in self._matches(phrase)], dtype=np.int64)
        text = np.searchsorted(self._starts, found, side="right") - 1
        return np.bincount(text, minlength=len(self._folded)).astype(np.int64)

    def places(self, phrase: str) -> list[list[tuple[int, int]]]:
        """Return the half-open places of a phrase in each text, in code points of the text as it was given."""
        found: list[list[tuple[int, int]]] = [[] for _ in self._folded]
        for start, end in self._matches(phrase):
            number = int(np.searchsorted(self._starts, start, side="right")) - 1
            low = self._starts[number]
            begin, finish = self._folded[number].raw(np.array([start - low]), np.array([end - low]))
            found[number].append((int(begin[0]), int(finish[0])))
        return found

    def _matches(self, phrase: str) -> Iterator[tuple[int, int]]:
        """Yield the places of a phrase in all texts end to end."""
        folded = re.sub(f"^{_EDGE}|{_EDGE}$", "", fold_phrase(phrase).text.replace(_BETWEEN, " "))
        if not folded:
            return
        head = re.match(rf"{_IN_WORD}+", folded)
        if head is None:
            yield from (match.span() for match in _pattern(folded).finditer(self._whole))
            return
        begun = self._begun(head.group())
        end_of = _ends(folded) if begun else None
        free = 0
        for place in begun:
            end = end_of(self._whole, place) if end_of and place >= free else 0
            if end:
                yield place, end
                free = end

    def _begun(self, head: str) -> list[int]:
        """Return where words begin so."""
        at = bisect_left(self._words, head)
        found: list[int] = []
        while at < len(self._words) and self._words[at].startswith(head):
            found += self._places[self._words[at]]
            at += 1
        return sorted(found)


def _readings(chain: str) -> Iterator[tuple[int, str]]:
    """Yield each place of a chain of words at which one may begin, with all that may be part of that word."""
    start = 0
    for piece in chain.split(JOINT):
        yield start, chain[start:].replace(JOINT, "").replace(_POINT, "")
        start += len(piece) + 1


def find_phrase(text: str, phrase: str) -> list[tuple[int, int]]:
    r"""Return the half-open places of a phrase in a text, in code points.

    Parameters
    ----------
    text, phrase : str
        Where, and what is looked for.

    Returns
    -------
    list of (int, int)
        In the order of the text; they do not overlap.

    Examples
    --------
    >>> text = "The depor-\ntation of 5 200"
    >>> [text[start:end] for start, end in find_phrase(text, "deportation of 5,200")]
    ['depor-\ntation of 5 200']
    """
    return PhraseIndex([text]).places(phrase)[0]
