"""Normalise a raw text, keeping for each character its place in the raw file.

What is changed, and nothing else:

- runs of white space, non-breaking spaces among them, become one space; line breaks inside a block too;
- curly quotation marks become straight, the hyphens U+2010 and U+2011 become ``-``, Latin ligatures such
  as ``ﬁ`` become their letters; **en and em dashes stay**, so that ``1918–1921`` is found as printed;
- markup goes: ``**``, paired ``*``, ``<sup>`` and its like, ``#`` before headings, bullets, rules;
- invisible characters go (soft hyphen, zero-width space, word joiner, byte-order mark), and others with the sign of a
  heading or item that they stand before. Other directional
  controls, joiners and combining marks stay; nothing is composed or decomposed;
- a word broken by a soft hyphen, or by the sign ``¬`` with which readings of print write one, at the end of a line is
  whole again. One broken by a hyphen is not: the hyphen may be its own;
- a note set high is parted by a space from a number before it and from a word behind it: ``200<sup>1</sup>``.

Zones declared as letterhead or furniture are left out; titles, bylines and datelines are blocks of that
kind. Blocks are separated by one line feed. A block that stops in mid-sentence is joined with the next
one by a space: see `sourcebook.text.segments.blocks`. Where a program broke the lines at a width, a paragraph
ends with a line that is not full: see `sourcebook.text.wrapping`. All offsets are half-open and count Unicode code
points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from sourcebook.core.errors import ParseError
from sourcebook.text.folding import INVISIBLE
from sourcebook.text.sentences import (
    HEADING_WIDTH,
    ends_sentence,
    goes_on,
    looks_like_heading,
    starts_low,
)
from sourcebook.text.wrapping import is_wrapped, runs_on

__all__ = ["LEFT_OUT", "REPLACEMENTS", "ZONE_KINDS", "NormalText", "Zone", "normalise"]

#: Kinds of declared zones; the last two are not part of the running text.
ZONE_KINDS = ("title", "byline", "dateline", "letterhead", "furniture")
LEFT_OUT = frozenset({"letterhead", "furniture"})

#: Each character that is replaced, and by what; an empty string where it is left out.
REPLACEMENTS: dict[str, str] = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f", '"'),
    **dict.fromkeys("\u2010\u2011", "-"),
    **{"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"},
    **dict.fromkeys("\ufb05\ufb06", "st"),
    **dict.fromkeys("\u00ad\u200b\u2060\ufeff", ""),
}

WRAP_WIDTH = HEADING_WIDTH  # lines no longer than this may be one paragraph broken into lines
_PROSE = 60  # characters of what follows a heading without a blank line
_MARKUP = (
    re.compile(r"</?(?:sup|sub|b|i|em|strong|u)\s*/?>", re.IGNORECASE),
    re.compile(r"(?<![\w*])(\*\*\*)(?=[^\s*])[^*]*?(?<=[^\s])(\*\*\*)(?![\w*])"),
    re.compile(r"(?<![\w*])(\*\*)(?=[^\s*])(?:[^*]|\*(?!\*))*?(?<=[^\s])(\*\*)(?![\w*])"),
    re.compile(r"(?<![\w*])(\*)(?=[^\s*])[^*]*?(?<=[^\s*])(\*)(?![\w*])"),
)
#: The end of a line inside a word, behind a hyphen that is none of its own.
_LINE_END = "\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
_BROKEN = re.compile(
    rf"(?:\xad|(?<=[^\W\d])\xac)[\xad{INVISIBLE}]*[^\S{_LINE_END}]*[{_LINE_END}][\s{INVISIBLE}]*(?=[^\W\d])"
)
#: The edges of a note set high that would run into a number or a word.
_NOTE = re.compile(r"(?<=\d)<sup\s*>(?=\d)|(?<=\d)</sup\s*>(?=(?:<[^<>]{0,80}>|\*)*\w)", re.IGNORECASE)
#: What a reader does not see before the first mark of a line, such as the byte-order mark of a file.
_UNSEEN = rf"[{INVISIBLE}]*"
_HEADING = re.compile(rf"{_UNSEEN}\s{{0,3}}#{{1,6}}(?:\s+|$)")
_CLOSING_HASHES = re.compile(r"\s+#+\s*$")
_BULLET = re.compile(rf"{_UNSEEN}\s*[-*+•‣▪◦·]\s+")
_NUMBERED = re.compile(rf"{_UNSEEN}\s*(?:\(?\d{{1,2}}[.)]|\((?:[a-z]|[ivx]{{2,6}})\))\s+\S")
_RULES = "-*_="
_FIRST = re.compile(rf"\A{_UNSEEN}")


@dataclass(frozen=True, kw_only=True)
class Zone:
    """A declared stretch of a raw text: one of `ZONE_KINDS` and half-open raw offsets."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, eq=False)
class NormalText:
    """A normalised text that knows where each of its characters is in the raw text.

    Attributes
    ----------
    raw, text : str
        The text as read, and as normalised.
    starts, ends : numpy.ndarray of int64, shape (len(text),)
        Character ``i`` of `text` stands for ``raw[starts[i]:ends[i]]``. Both never decrease. A space stands
        for its whole run of white space, and a line feed between blocks for everything between them.
    spans : tuple of (str, int, int)
        Kind and offsets in `text` of each block.
    zones : tuple of Zone
        The declared zones, in raw order, those that are left out among them.
    """

    raw: str
    text: str
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    spans: tuple[tuple[str, int, int], ...]
    zones: tuple[Zone, ...]

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw offsets of ``text[start:end]``, snapped inwards.

        Markup just outside the first and the last character is not included, markup between them is. An
        empty range gives an empty range at the place of the next character.

        Raises
        ------
        ParseError
            If not ``0 <= start <= end <= len(text)``.
        """
        if not 0 <= start <= end <= len(self.text):
            raise ParseError(f"expected offsets within 0..{len(self.text)}, found [{start}, {end})")
        if start == end:
            place = int(self.starts[start]) if start < len(self.text) else len(self.raw)
            return place, place
        return int(self.starts[start]), int(self.ends[end - 1])

    def to_text(self, raw_start: int, raw_end: int) -> tuple[int, int]:
        """Return the offsets in `text` of ``raw[raw_start:raw_end]``, snapped outwards.

        Every character that stands for any part of the raw range is included. A range of which nothing is
        left gives an empty range where it was, or the space or line feed that took its place.

        Raises
        ------
        ParseError
            If not ``0 <= raw_start <= raw_end <= len(raw)``.
        """
        if not 0 <= raw_start <= raw_end <= len(self.raw):
            raise ParseError(f"expected raw offsets in 0..{len(self.raw)}, found [{raw_start}, {raw_end})")
        first = int(np.searchsorted(self.ends, raw_start, side="right"))
        last = int(np.searchsorted(self.starts, raw_end, side="left"))
        return first, max(first, last)


@dataclass(kw_only=True)
class _Chunk:
    """A block in the making: its kind and the raw ranges that a space will join."""

    kind: str
    ranges: list[tuple[int, int]]

    def words(self, raw: str) -> str:
        """Return the words of the last range without markup, for looking at how they begin and end."""
        start, end = self.ranges[-1]
        return _MARKUP[0].sub("", raw[start:end]).strip().strip("*")


def normalise(raw: str, *, zones: Iterable[Zone] = ()) -> NormalText:
    r"""Return the normalised text of `raw` with its map.

    Parameters
    ----------
    raw : str
        Any text, as decoded, without translation of line ends.
    zones : iterable of Zone
        Stretches of `raw` that are not body text; they must not overlap.

    Raises
    ------
    ParseError
        If a zone is of unknown kind, empty, out of range, or overlaps another.

    Examples
    --------
    >>> normal = normalise("## The **Right**\n\nIt was\n\n“adopted” on 5<sup>th</sup> May.")
    >>> print(normal.text)
    The Right
    It was "adopted" on 5th May.
    >>> normal.raw[slice(*normal.to_raw(10, 26))]
    'It was\n\n“adopted”'
    """
    ordered = _checked(raw, zones)
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    spans: list[tuple[str, int, int]] = []
    wrapped = is_wrapped(raw.splitlines())
    for chunk in _joined(raw, _chunks(raw, ordered, wrapped=wrapped), wrapped=wrapped):
        block, block_starts, block_ends = _emit(raw, chunk.ranges)
        if not block:
            continue
        if text:
            text.append("\n")
            starts.append(ends[-1])
            ends.append(block_starts[0])
        spans.append((chunk.kind, len(text), len(text) + len(block)))
        text += block
        starts += block_starts
        ends += block_ends
    arrays = [np.asarray(values, dtype=np.int64) for values in (starts, ends)]
    for array in arrays:
        array.setflags(write=False)
    return NormalText(
        raw=raw, text="".join(text), starts=arrays[0], ends=arrays[1], spans=tuple(spans), zones=ordered
    )


def _checked(raw: str, zones: Iterable[Zone]) -> tuple[Zone, ...]:
    """Return the zones in raw order, or refuse them."""
    ordered = tuple(sorted(zones, key=lambda zone: (zone.start, zone.end)))
    for zone in ordered:
        if zone.kind not in ZONE_KINDS:
            raise ParseError(f"expected a zone of kind {', '.join(ZONE_KINDS)}, found {zone.kind!r}")
        if not 0 <= zone.start < zone.end <= len(raw):
            raise ParseError(f"expected a zone within 0..{len(raw)} that is not empty, found {zone}")
    for before, after in pairwise(ordered):
        if after.start < before.end:
            raise ParseError(f"expected zones that do not overlap, found {before} and {after}")
    return ordered


def _chunks(raw: str, zones: tuple[Zone, ...], *, wrapped: bool) -> list[_Chunk]:
    """Return the blocks as they are: one for each zone with text, and those of the body between."""
    chunks: list[_Chunk] = []
    at = 0
    for zone in zones:
        chunks += _body(raw, at, zone.start, wrapped=wrapped)
        if zone.kind not in LEFT_OUT:
            mark = _HEADING.match(raw, zone.start, zone.end)
            chunks.append(_Chunk(kind=zone.kind, ranges=[(mark.end() if mark else zone.start, zone.end)]))
        at = zone.end
    return chunks + _body(raw, at, len(raw), wrapped=wrapped)


def _body(raw: str, start: int, end: int, *, wrapped: bool) -> list[_Chunk]:
    """Return the blocks of a stretch of body text, as blank lines, markers and short lines divide it."""
    chunks: list[_Chunk] = []
    for lines in _runs(raw, start, end):
        goes_on = _going_on([raw[a:b] for a, b in lines], wrapped=wrapped)
        current: _Chunk | None = None
        for at, (a, b) in enumerate(lines):
            line = raw[a:b]
            if _is_rule(line):
                current = None
            elif mark := _HEADING.match(line):
                closing = _CLOSING_HASHES.search(line, mark.end())
                stop = a + closing.start() if closing else b
                chunks.append(_Chunk(kind="heading", ranges=[(a + mark.end(), stop)]))
                current = None
            elif mark := _BULLET.match(line):
                chunks.append(current := _Chunk(kind="list_item", ranges=[(a + mark.end(), b)]))
            elif _NUMBERED.match(line) and (
                current is None or current.kind == "list_item" or ends_sentence(current.words(raw))
            ):
                chunks.append(current := _Chunk(kind="list_item", ranges=[(a, b)]))
            elif current is not None and goes_on[at - 1]:
                current.ranges[-1] = (current.ranges[-1][0], b)
            else:
                chunks.append(current := _Chunk(kind="paragraph", ranges=[(a, b)]))
    return chunks


def _is_rule(line: str) -> bool:
    """Return whether a line has nothing but three or more of one mark, as a line that divides has."""
    marks = "".join(_FIRST.sub("", line).split())
    return len(marks) > 2 and marks[0] in _RULES and not marks.strip(marks[0])


def _going_on(lines: list[str], *, wrapped: bool) -> list[bool]:
    """Return for each line of a run whether the next one goes on with its paragraph."""
    if wrapped:
        return [runs_on(lines, at) for at in range(len(lines))]
    return [max(len(line.strip()) for line in lines) <= WRAP_WIDTH] * len(lines)


def _runs(raw: str, start: int, end: int) -> Iterator[list[tuple[int, int]]]:
    """Yield the raw offsets of lines that follow each other without a blank line."""
    lines: list[tuple[int, int]] = []
    at = start
    for line in raw[start:end].splitlines(keepends=True):
        if line.strip():
            lines.append((at, at + len(line)))
        elif lines:
            yield lines
            lines = []
        at += len(line)
    if lines:
        yield lines


def _joined(raw: str, chunks: list[_Chunk], *, wrapped: bool) -> list[_Chunk]:
    """Join what page furniture has cut, and distinguish unmarked headings from paragraphs."""
    result: list[_Chunk] = []
    for number, chunk in enumerate(chunks):
        kind = chunk.kind
        if kind == "paragraph":
            words = chunk.words(raw)
            if result and _continues(result[-1].kind, result[-1].words(raw), words):
                result[-1].ranges += chunk.ranges
                continue
            before, after = chunks[max(0, number - 1) : number], chunks[number + 1 : number + 2]
            following = after[0].words(raw) if after else ""
            if looks_like_heading(words, following) and not (
                wrapped and _is_in_lines(raw, before, chunk, after)
            ):
                kind = "heading"
        result.append(_Chunk(kind=kind, ranges=list(chunk.ranges)))
    return result


def _is_in_lines(raw: str, before: list[_Chunk], chunk: _Chunk, after: list[_Chunk]) -> bool:
    """Return whether a short line of a wrapped text is one of several: a row, a signature, the end of a paragraph."""
    start, end = chunk.ranges[0][0], chunk.ranges[-1][1]
    goes_before = any(each.ranges[-1][1] == start and not ends_sentence(each.words(raw)) for each in before)
    return goes_before or any(each.ranges[0][0] == end and len(each.words(raw)) < _PROSE for each in after)


def _continues(kind: str, before: str, after: str) -> bool:
    """Return whether a paragraph goes on with the sentence in which the block before it stops."""
    if kind == "paragraph":
        return goes_on(before, after)
    return kind == "list_item" and starts_low(after) and not ends_sentence(before, after)


def _emit(raw: str, ranges: list[tuple[int, int]]) -> tuple[list[str], list[int], list[int]]:
    """Return the characters of one block with the raw start and end of each."""
    view: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for number, (start, end) in enumerate(ranges):
        if number:
            view.append("\n")
            starts.append(ranges[number - 1][1])
            ends.append(start)
        view.append(raw[start:end])
        starts += range(start, end)
        ends += range(start + 1, end + 1)
    source = "".join(view)
    dropped = _markup(source)
    noted = {match.end() - 1 for match in _NOTE.finditer(source)}
    text: list[str] = []
    text_starts: list[int] = []
    text_ends: list[int] = []
    for place, (written, start, end, gone) in enumerate(zip(source, starts, ends, dropped, strict=True)):
        if gone and place not in noted:
            continue
        character = " " if gone else written
        if not character.isspace():
            replaced = REPLACEMENTS.get(character, character)
            text += replaced
            text_starts += [start] * len(replaced)
            text_ends += [end] * len(replaced)
        elif text and text[-1] == " ":
            text_ends[-1] = end
        elif text:
            text.append(" ")
            text_starts.append(start)
            text_ends.append(end)
    if text and text[-1] == " ":
        del text[-1], text_starts[-1], text_ends[-1]
    return text, text_starts, text_ends


def _markup(source: str) -> bytearray:
    """Return one byte for each character: 1 where it is markup."""
    dropped = bytearray(len(source))
    for pattern in (*_MARKUP, _BROKEN):
        for match in pattern.finditer(source):
            for group in range(1, pattern.groups + 1) if pattern.groups else (0,):
                dropped[match.start(group) : match.end(group)] = b"\x01" * len(match.group(group))
    return dropped
