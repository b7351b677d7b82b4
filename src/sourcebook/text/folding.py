"""Fold a text for comparison, knowing for each character of the result where it was.

A fold is a few passes over the text, each a pattern with what takes the place of its matches: markup goes, what
nobody sees goes, words broken at the end of a line are joined, letters are composed. `sourcebook.text.words` and
`sourcebook.text.phrases` say which passes make a word and which make a phrase that can be looked for.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = [
    "ALONE",
    "APOSTROPHES",
    "BROKEN",
    "ENTITY",
    "HYPHENS",
    "INNER_APOSTROPHE",
    "INVISIBLE",
    "JOINT",
    "LETTER",
    "MARKS",
    "NO_LETTER",
    "TAG",
    "UNSPACED",
    "Folded",
    "Pass",
    "compose",
    "drop_hidden",
    "drop_markup",
    "fold_character",
    "in_word",
    "is_joined",
    "is_tag",
]

IntArray = npt.NDArray[np.int64]
Pass = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]

#: Stands where two readings are possible: what is around it is one word, or parted.
JOINT = "\x01"

#: Letters that nobody writes with spaces between words, as ranges: Han, kana, Thai, Lao, Burmese and its kin, Khmer,
#: New Tai Lue, Tai Tham. Each is a word, with the marks on it.
UNSPACED = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ebd\u0ec0-\u0ecd\u0edc-\u0edf\u1000-\u103f\u1050-\u109f\u1780-\u17b3"
    "\u17b6-\u17d3\u17d7\u17dc\u17dd\u1980-\u19c9\u1a20-\u1a7e\ua9e0-\ua9ef\ua9fa-\ua9fe\uaa60-\uaa7f"
    "\u2e80-\u2fd5\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303b\u3041-\u3098\u309d-\u309f\u30a1-\u30fa"
    "\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U0001b000-\U0001b16f"
    "\U00020000-\U0003ffff"
)


def _marks() -> str:
    """Return the signs that only occur on letters, such as accents and the vowel signs of India, as ranges."""
    blocks = (
        (0x300, 0x34F), (0x350, 0x180B), (0x1810, 0x3000), (0x302A, 0x3030), (0x3099, 0x309B), (0xA66F, 0xAC00),
        (0xFB1E, 0xFB1F), (0xFE20, 0xFE30), (0x10A01, 0x11E00), (0x16AF0, 0x16F93), (0x1E000, 0x1E94B),
    )  # fmt: skip
    codes = [
        code
        for low, high in blocks
        for code in range(low, high)
        if unicodedata.category(chr(code)) in ("Mn", "Mc", "Me")
    ]
    first = [code for code, before in zip(codes, [0, *codes], strict=False) if code != before + 1]
    last = [code for code, after in zip(codes, [*codes[1:], 0], strict=True) if after != code + 1]
    return "".join(f"{chr(a)}-{chr(b)}" for a, b in zip(first, last, strict=True))


MARKS = _marks() + "\uff9e\uff9f"
INVISIBLE = (
    "\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff"
)
APOSTROPHES = "'’‘‛ʼʻʽʾʿʹˈ′‵`´＇"
HYPHENS = "-\u2010\u2011\u058a\u2e17\ufe63\uff0d"
#: Not letters although Unicode counts them among letters and numbers: apostrophes, notes set high, and fractions.
NO_LETTER = "ʼʻʽʾʿʹˈ²³¹⁰⁴-⁹¼-¾⅐-⅟↉"
#: A letter or digit, of a script with spaces or without.
LETTER = rf"[^\W_{NO_LETTER}]"

#: Elements of HTML that part words; those without an end; and those within words, so that any of them is known.
_PARTING = frozenset(
    re.findall(
        r"\S+",
        "address article aside blockquote body br button caption center col colgroup dd dir div dl dt fieldset "
        "figcaption figure footer form frame h1 h2 h3 h4 h5 h6 head header hr html iframe img input label lb legend li "
        "main map menu nav object ol optgroup option p pb pre script section select style summary table tbody td "
        "template textarea tfoot th thead title tr ul",
    )
)
_EMPTY = frozenset(("br", "col", "hr", "img", "input", "lb", "pb", "wbr"))
_INNER = frozenset(
    re.findall(
        r"\S+",
        "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark nobr o:p q rp rt ruby s samp small "
        "span strike strong sub sup time tt u var wbr",
    )
)
TAG = re.compile(
    r"<(?:!--[^\0]{0,4000}?-->|(?P<close>/?)(?P<name>[A-Za-z][\w:.-]{0,40})(?P<rest>(?:\s[^<>\0]{0,2000})?/?)>)"
)
_CLOSED = re.compile(r"</([A-Za-z][\w:.-]{0,40})\s*>")
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MARKUP = re.compile(rf"{TAG.pattern}|{ENTITY.pattern}")

_LINE_END = "\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
# Each of these patterns begins with a set of characters, so that a search skips all others at the speed of C.
_UNSEEN = re.compile(rf"[{INVISIBLE}]+|\xad(?![\xad{INVISIBLE}]*\s)")
_SIGNS_OF_EMPHASIS = re.compile(r"\*+|~~")
_SOFT = re.compile(
    rf"[\xad\xac](?:(?<=\xad)|(?<=[^\W\d]\xac|[{MARKS}]\xac))[\xad\xac]*(?P<space>\s+)(?=[^\W\d])|\xad"
)
_EMPHASIS = re.compile(r"(?<![^\W_])(?<!\*)\*{1,3}(?=[^\s*])[^*]+\Z")
_ENDS_LINE = re.compile(f"[{_LINE_END}]")
#: A hyphen between letters with white space behind it.
BROKEN = re.compile(
    rf"[{HYPHENS}](?=\s)(?<=[^\W\d_{NO_LETTER}][{HYPHENS}]|[{MARKS}][{HYPHENS}])(?P<space>\s+)[{HYPHENS}]?(?=[^\W\d_{NO_LETTER}])"
)
#: An apostrophe inside a word.
INNER_APOSTROPHE = re.compile(
    rf"[{APOSTROPHES}](?<={LETTER}[{APOSTROPHES}]|[{MARKS}][{APOSTROPHES}])(?={LETTER})"
    rf"(?<![{UNSPACED}][{APOSTROPHES}])(?![{UNSPACED}])"
)

_CLUSTER = re.compile(rf"[\s\S][{MARKS}\u1160-\u11ff\ud7b0-\ud7fb]+")
_DOTLESS = str.maketrans("ıIİ", "iii", "\u0307")
#: Vowel signs of Hebrew and Arabic, and the stroke that only lengthens a word.
_VOWELS = re.compile(
    "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u0652\u0656-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]"
)
#: A letter that is a word alone, with its marks; the vowel AM of Thai and Lao counts as the two signs it is made of.
ALONE = re.compile(rf"[{UNSPACED}](?:[{MARKS}\u0e33\u0eb3]|(?<=\u0e4d)\u0e32|(?<=\u0ecd)\u0eb2)*")
_NO_LETTER, _MARK = re.compile(f"[{NO_LETTER}]"), re.compile(f"[{MARKS}]")
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")


@dataclass(frozen=True, kw_only=True, eq=False)
class Folded:
    """A folded text and the places of its characters.

    Attributes
    ----------
    text : str
        As it is compared.
    starts, ends : numpy.ndarray of int64, or None
        Character ``i`` stands for ``raw[starts[i]:ends[i]]``; None where it is ``raw[i]``, for all of them.
    """

    text: str
    starts: IntArray | None = None
    ends: IntArray | None = None

    def raw(self, starts: IntArray, ends: IntArray) -> tuple[IntArray, IntArray]:
        """Return the half-open places in the raw text of stretches of this one, none of them empty."""
        if self.starts is None or self.ends is None:
            return starts, ends
        return self.starts[starts], self.ends[ends - 1]

    def edit(self, pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str]) -> Folded:
        """Return the text with every match replaced; each character put in stands for all of the match."""
        pieces: list[str] = []
        edges: list[tuple[int, int, int]] = []
        at = 0
        for match in pattern.finditer(self.text):
            new = replace(match)
            if new != match.group():
                pieces += (self.text[at : match.start()], new)
                edges.append((match.start(), match.end(), len(new)))
                at = match.end()
        if not edges:
            return self
        pieces.append(self.text[at:])
        begin, finish, size = np.array(edges, dtype=np.int64).T
        kept = np.concatenate([begin, [len(self.text)]]) - np.concatenate([[0], finish])
        sizes = np.stack([kept, np.concatenate([size, [0]])], axis=1).ravel()
        first = np.stack(
            [np.concatenate([[0], finish]), np.concatenate([begin, [len(self.text)]])], axis=1
        ).ravel()
        inside = np.repeat(np.tile([0, 1], kept.size), sizes).astype(bool)
        starts = np.repeat(first, sizes)
        starts[~inside] += (np.arange(inside.size) - np.repeat(np.cumsum(sizes) - sizes, sizes))[~inside]
        ends = starts + 1
        ends[inside] = np.repeat(finish, size)
        return Folded(
            text="".join(pieces), **dict(zip(("starts", "ends"), self.raw(starts, ends), strict=True))
        )


def is_tag(match: re.Match[str], closed: Collection[str] = ()) -> bool:
    """Return whether a match of `TAG` is one, where these elements are closed.

    A tag is one if it closes something, if what it opens is closed, or if HTML has it in small letters: so ``<GE>``
    stays, and ``<hi>`` goes where ``</hi>`` follows.

    Examples
    --------
    >>> [is_tag(TAG.match(tag)) for tag in ("</hi>", "<hi>", "<b>", "<B>", '<SPAN id="a">')]
    [True, False, True, False, True]
    """
    name = match["name"]
    if name is None or match["close"] or name in closed:
        return True
    low = name.lower()
    return low in _EMPTY or (
        (low in _PARTING or low in _INNER) and bool(name == low or match["rest"].strip("/ "))
    )


def drop_markup(text: str) -> list[Pass]:
    """Return the passes that take tags and entities out of a text: none where it has none.

    Examples
    --------
    >>> [(pattern, replace)] = drop_markup("de<b>port</b>ation")
    >>> pattern.sub(replace, "de<b>port</b>ation<br>of")
    'deportation of'
    """
    if "<" not in text and "&" not in text:
        return []
    closed = set(_CLOSED.findall(text))

    def replace(match: re.Match[str]) -> str:
        if match.group().startswith("&"):
            return html.unescape(match.group())
        if not is_tag(match, closed):
            return match.group()
        name = (match["name"] or "").lower()
        parts = name in _PARTING and 'break="no"' not in match["rest"]
        inner = (
            text[match.start() - 1 : match.start()] if match["close"] else text[match.end() : match.end() + 1]
        )
        return " " if parts or (name == "sup" and inner.isdecimal()) else ""

    return [(_MARKUP, replace)]


def _emphasis(match: re.Match[str]) -> str:
    """Return nothing, or what says that a sign of emphasis may also be another between two words or numbers."""
    text, start, end = match.string, match.start(), match.end()
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isdecimal() and after.isdecimal():
        return " "
    open_to_doubt = match.group() == "*" and before.isalpha() and after.isalpha()
    return JOINT if open_to_doubt and not _EMPHASIS.search(text, max(0, start - 80), start) else ""


def _soft(match: re.Match[str]) -> str:
    return JOINT if match["space"] and not _ENDS_LINE.search(match["space"]) else ""


#: What nobody sees: soft hyphens with the end of the line behind them, zero-width marks, signs of emphasis.
drop_hidden: tuple[Pass, ...] = (
    (_UNSEEN, lambda match: ""),
    (_SIGNS_OF_EMPHASIS, _emphasis),
    (_SOFT, _soft),
)


def is_joined(match: re.Match[str]) -> bool:
    r"""Return whether a match of `BROKEN` is a word that goes on in the next line, as far as one can see.

    Examples
    --------
    >>> [is_joined(BROKEN.search(text)) for text in ("depor-\ntation", "Nagorno-\nKarabakh", "pre- and")]
    [True, False, False]
    """
    before, after = match.string[match.start() - 1], match.string[match.end()]
    return bool(_ENDS_LINE.search(match["space"])) and (not after.isupper() or before.isupper())


def _composed(match: re.Match[str]) -> str:
    if not in_word(match.group()[0]):
        return match.group()
    cluster = unicodedata.normalize("NFKC", match.group())
    return cluster.translate(_DOTLESS) if cluster[0] in "iıIİ" and "\u0307" in cluster else cluster


def compose(text: str) -> list[Pass]:
    r"""Return the pass that composes letters and the marks on them: none where all are.

    Examples
    --------
    >>> [(pattern, replace)] = compose("o\u0308")
    >>> pattern.sub(replace, "o\u0308")
    'ö'
    """
    if text.isascii() or (
        unicodedata.is_normalized("NFC", text)
        and "\u0307" not in text
        and (unicodedata.is_normalized("NFKC", text) or not _MARK.search(text))
    ):
        return []
    return [(_CLUSTER, _composed)]


def in_word(character: str) -> bool:
    """Return whether a character is a letter, a digit, or a mark on one.

    Examples
    --------
    >>> [in_word(character) for character in "a9昔’²½"]
    [True, True, True, False, False, False]
    """
    return bool(_MARK.match(character) or (character.isalnum() and not _NO_LETTER.match(character)))


def fold_character(character: str) -> str:
    """Return a letter, digit or mark as it is compared.

    Compatibility form and case folding; i, its capital, and both of Azerbaijani and Turkish are one; digits of any
    script are those of ASCII; Greek has no accents, Hebrew and Arabic no vowel signs.

    Examples
    --------
    >>> "".join(map(fold_character, "Iğdır ΑΆ ﬁ ٣ ß"))
    'iğdir αα fi 3 ss'
    """
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", character).casefold())
    folded = unicodedata.normalize("NFKC", folded.casefold())
    if _GREEK.search(folded):
        parts = unicodedata.normalize("NFD", folded)
        folded = unicodedata.normalize(
            "NFC", "".join(c for c in parts if not unicodedata.combining(c) or not _GREEK.search(parts))
        )
    return _VOWELS.sub("", folded.replace("i\u0307", "i").replace("ı", "i"))
