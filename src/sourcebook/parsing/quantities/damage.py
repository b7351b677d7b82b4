"""What printing leaves in a text and no number has: tags and entities, soft hyphens, signs of notes."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Container, Iterator
from dataclasses import dataclass, field

__all__ = ["Mended", "mended"]

_ANY = re.compile("[ᵃ-ᵛ\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff&<[¹²³⁰⁴-⁹~*\\\\$%]")
_BROKEN = re.compile(r"[^\W\d_]-\n(?=[^\W\d_])")
_GONE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
_INLINE = "b|i|u|s|a|em|strong|span|font|small|big|mark|code|abbr|tt|nobr|wbr|sub|sup|bdi|ins"
_BLOCK = (
    "p|br|hr|td|th|tr|li|ul|ol|dl|dt|dd|div|table|thead|tbody|h[1-6]|section|blockquote|article|nav|main|header|footer"
    "|aside|figure|figcaption|caption|body|html|head|title|center|pre"
)
_REST = r"(?:\s+[\w:-]+=(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>]+))*\s*/?"
_DAMAGE = re.compile(
    rf"""(?P<gone>[{_GONE}]+\n?)
    |(?P<raised><sup{_REST}>(?P<digits>[-−–]?\d{{1,3}})</sup>)
    |(?P<letter>(?<=[^\W_])[ᵃ-ᵛ](?![^\W\d_])|<sup{_REST}>\s?[a-z*†‡]\s?</sup>)
    |(?P<note><!--.{{0,400}}?-->|<ref{_REST}/>|<ref{_REST}>[^<>]{{0,300}}</ref>|(?<=[\w%.,)”"’>])(?:\[(?:\d{{1,3}}|[a-z]|note\s\d{{1,2}})\])+)
    |(?P<block></?(?:{_BLOCK}){_REST}>)
    |(?P<inline></?(?:{_INLINE}){_REST}>|&lt;/?(?:{_INLINE}|p|div|td|li|br)&gt;|<img{_REST}>
        |</[a-z][\w:-]*>|<[a-z][\w:-]*(?:\s+[\w:-]+="[^"<>]*")+\s*/?>
        |(?<![\w*])\*\*(?=[\w$€£~<>])|(?<=[\w%.,])\*\*(?![\w*(+−-]))
    |\\(?P<macro>times|cdot|pm|leq?|geq?|approx|sim|[%$&,;])(?![a-z])
    |(?P<tie>(?<=\d)~(?=[^\W\d_]))
    |\$(?P<math>[-−]?\d[\d.,]*)\$(?!\d)
    |(?P<entity>&(?:amp;)?(?:\#\d{{2,5}}|\#x[\da-f]{{2,4}}|[a-z]{{2,8}}\d{{0,2}});)
    |(?P<high>(?<![⁻⁺¹²³⁰⁴-⁹])[¹²³⁰⁴-⁹]+)
    |(?:(?<=\d%)|(?<=\d\s%))(?P<low>\d{{1,2}})(?=\s|[,;:)]|\.?\Z|\.\s)""",
    re.VERBOSE | re.IGNORECASE,
)
_MACROS = {
    "times": "×", "cdot": "·", "pm": "±", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "approx": "≈", "sim": "~",
    "%": "%", "$": "$", "&": "&", ",": "\u2009", ";": "\u2009",
}  # fmt: skip
_RAISED = "¹²³⁰⁴⁵⁶⁷⁸⁹"
_SUPERSCRIPT = str.maketrans("0123456789-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁻")
#: After these, a raised digit is a sign of a note: a word that is no length, a percentage, grouped digits.
_NOTED = re.compile(r"(?:[a-z]{4,}|%|,\d{3})\Z", re.IGNORECASE)
_LENGTH = re.compile(r"(?:(?:metre|meter|mile|yard)s?|foot|feet|inch|inches)\Z", re.IGNORECASE)
_REACH = 16
_LAST_WORD, _FIRST_WORD, _HYPHEN = re.compile(r"[^\W\d_]+\Z"), re.compile(r"[^\W\d_]+"), re.compile(r"-\n")


@dataclass(slots=True)
class Mended:
    """A text without its damage, and where each piece of it comes from.

    Attributes
    ----------
    text : str
    starts : list of int
        Where the pieces begin in `text`.
    origins : list of tuple of int
        Where each begins and ends in the text as it was.
    """

    text: str
    starts: list[int] = field(default_factory=list)
    origins: list[tuple[int, int]] = field(default_factory=list)

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the mended text is in the text as it was."""
        return self._of(start)[0], self._of(end - 1)[1]

    def _of(self, at: int) -> tuple[int, int]:
        piece = bisect_right(self.starts, at) - 1
        first, last = self.origins[piece]
        after = self.starts[piece + 1] if piece + 1 < len(self.starts) else len(self.text)
        if after - self.starts[piece] != last - first:
            return first, last
        return first + at - self.starts[piece], first + at - self.starts[piece] + 1

    def place(self, at: int) -> int:
        """Return where a place of the text as it was is in the mended one."""
        piece = max(0, bisect_right(self.origins, (at, len(self.text) + at)) - 1)
        first = self.origins[piece][0] if self.origins else 0
        after = self.starts[piece + 1] if piece + 1 < len(self.starts) else len(self.text)
        return min(self.starts[piece] + at - first, after) if self.starts else 0


def mended(text: str, words: Container[str] = ()) -> Mended | None:
    r"""Return a text without its damage, or None where it has none.

    Parameters
    ----------
    text : str
    words : container of str
        Words in lower case that are put together where a line breaks them: mil-, lion.

    Returns
    -------
    Mended or None

    Examples
    --------
    >>> mended("5&nbsp;million<b> people</b>[3]").text, mended("5 million")
    ('5\xa0million people', None)
    """
    if _ANY.search(text) is None and "-\n" not in text:
        return None
    pieces: list[str] = []
    whole = Mended("")
    length = at = 0
    for match, piece in _damages(text, words):
        if match.start() < at:
            continue
        for part, first, last in (
            (text[at : match.start()], at, match.start()),
            (piece, *match.span()),
        ):
            if part:
                pieces.append(part)
                whole.starts.append(length)
                whole.origins.append((first, last))
                length += len(part)
        at = match.end()
    if not at:
        return None
    if at < len(text):
        pieces.append(text[at:])
        whole.starts.append(length)
        whole.origins.append((at, len(text)))
    whole.text = "".join(pieces)
    return whole


def _damages(text: str, words: Container[str]) -> Iterator[tuple[re.Match[str], str]]:
    """Yield the damaged places in order, each with what stands for it."""
    found = []
    for sign in _ANY.finditer(text):
        match = _DAMAGE.match(text, sign.start() + (sign[0] == "%"))
        piece = _piece(text, match) if match else None
        if match and piece is not None:
            found.append((match, piece))
    for broken in _BROKEN.finditer(text) if "-\n" in text else ():
        first = _LAST_WORD.search(text, max(0, broken.start() - _REACH), broken.start() + 1)
        second = _FIRST_WORD.match(text, broken.end())
        gap = _HYPHEN.match(text, broken.start() + 1)
        if first and second and gap and (first[0] + second[0]).lower() in words:
            found.append((gap, ""))
    return iter(sorted(found, key=lambda each: each[0].start()))


def _piece(text: str, match: re.Match[str]) -> str | None:
    """Return what stands for a damaged place; None where it stays as it is."""
    kind = match.lastgroup if match.lastgroup != "digits" else "raised"
    if kind == "block":
        return "\n"
    if kind == "macro":
        return _MACROS[match["macro"].lower()]
    if kind in ("tie", "math"):
        return match["math"] or " "
    sign = match[0]
    if kind == "entity":
        sign = html.unescape(match[0].replace("&amp;", "&"))
        if sign == match[0] or sign not in _RAISED:
            return None if sign == match[0] else "" if sign in _GONE else sign
    elif kind not in ("high", "raised"):
        return ""
    before = text[max(0, match.start() - _REACH) : match.start()]
    noted = _NOTED.search(before) is not None and _LENGTH.search(before) is None
    if noted or (sign == "¹" and before[-1:].isalpha()):
        return ""
    return match["digits"].translate(_SUPERSCRIPT) if kind == "raised" else sign if kind == "entity" else None
