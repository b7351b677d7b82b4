"""Propose what the registry and the layout say of a document, from its first lines and what its file says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sourcebook.parsing.dates import find_dates
from sourcebook.sources.ingest.engine import detect_language
from sourcebook.sources.ingest.extraction import Extraction
from sourcebook.text.sentences import ends_sentence, looks_like_heading

__all__ = ["Proposal", "propose"]

_HEAD = 14  # lines that are looked at
_LETTERHEAD, _NARROW = 6, 45  # lines of a letterhead, characters of each
_LONG = 120  # characters: a longer line is running text
_BYLINE = re.compile(
    r"(?:By|Von|Par|Por|Author|Written by|Text)\s*:?\s+(?:(?:Mr|Ms|Mrs|Dr|Prof)\.?\s+)?"
    r"(?P<name>[^\W\d_a-z][\w.'’-]+(?:\s+[\w.'’-]+){1,4})(?:[,(|].*)?$"
)
_CITY = re.compile(
    r"[^\W\d_a-z][^\W\d_]+(?:[ ,]+[^\W\d_]+){0,3}[,.]?\s*(?:\([^()]{1,30}\)\s*)?[—–-]\s+(?=[^\W\d_a-z])"
)
_ITEM = re.compile(r"[•●▪‣*-]")
_LABEL = re.compile(r"\w+(?: \w+)?:\s")
_DAY = re.compile(r"-?\d{4}-\d{2}-\d{2}")
_ISO = re.compile(r"\b(?:1[5-9]|20)\d\d-[01]\d-[0-3]\d\b")
_NO_TITLE = re.compile(
    r"(?i)untitled.*|document\d*|microsoft (?:word|powerpoint) - .*|.*\.(?:docx?|pdf|indd|rtf|odt)|[^\s]*"
)
_NO_AUTHOR = re.compile(
    r"(?i)(?:admin|administrator|user|owner|microsoft.*|unknown|author|root|guest|editor)?"
)
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z]+)*")


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What a person has to confirm.

    Attributes
    ----------
    cells : dict of str to str
        Columns of the registry with their values.
    zones : tuple of (str, int, int)
        Kind, start and end of stretches that are not running text, in order, without overlaps.
    """

    cells: dict[str, str]
    zones: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class _Line:
    text: str
    start: int
    end: int
    mark: str = ""


def propose(read: Extraction) -> Proposal:
    r"""Return what the registry and the layout may say of a document.

    A line that is its file's title, or the first heading, is the title; a name behind "By" the author; a line with a
    day the date; lines before the title the letterhead, of which the first names the publisher. The day on which a
    PDF or a Word file was saved is not taken for its date.

    Parameters
    ----------
    read : sourcebook.sources.ingest.extraction.Extraction
        The document.

    Examples
    --------
    >>> text = "RIVER AUTHORITY\n\n# The bridge\n\n12 May 2023\n\nIt fell in the night, and nobody was hurt.\n"
    >>> proposal = propose(Extraction(text=text))
    >>> proposal.cells["title"], proposal.cells["date_published"], proposal.cells["publisher"]
    ('The bridge', '2023-05-12', 'RIVER AUTHORITY')
    >>> [kind for kind, _, _ in proposal.zones]
    ['letterhead', 'title', 'dateline']
    """
    said = dict(read.metadata)
    lines = list(_head(read))
    inside = [
        line for line in lines if any(a <= line.start < b for kind, a, b in read.zones if kind != "title")
    ]
    title = _title([line for line in lines if line not in inside], said.get("title", ""))
    cells = {"title": title.text if title else _clean_title(said.get("title", "")), "author": _author(said)}
    zones = [(kind, start, end) for kind, start, end in read.zones if start < end]
    taken = {line.start for line in lines if any(start <= line.start < end for _, start, end in zones)}
    for line in lines:
        if line.start in taken:
            continue
        kind = _kind(line, title, cells)
        if kind:
            zones.append((kind, line.start, line.end))
    cells["date_published"] = _date(lines, said.get("date", ""))
    heads = sorted((start, end) for kind, start, end in zones if kind == "letterhead")
    first = next((read.text[start:end].split("\n")[0] for start, end in heads), "")
    is_mail = first.startswith(("From:", "To:", "Date:"))
    cells["publisher"] = said.get("publisher", "") or ("" if is_mail else first.strip("#* |"))
    cells["page"] = said.get("page", "") if said.get("page", "").startswith(("http://", "https://")) else ""
    language = said.get("language", "")
    cells["language"] = language if _LANGUAGE.fullmatch(language) else detect_language(read.text)
    return Proposal(cells=cells, zones=tuple(_apart(read.text, sorted(zones, key=lambda zone: zone[1:]))))


def _head(read: Extraction) -> Iterator[_Line]:
    """Yield the first lines, up to the first line of running text."""
    at = count = 0
    for piece in read.text.split("\n"):
        words = piece.strip()
        start = at + len(piece) - len(piece.lstrip())
        at += len(piece) + 1
        if not words:
            continue
        count += 1
        mark = re.match(r"#{1,6}\s+", words)
        is_prose = (
            len(words) > _LONG or (len(words) > 60 and ends_sentence(words)) or words.startswith(("- ", "* "))
        )
        if count > _HEAD or (is_prose and not mark):
            yield _Line(words, start, start + len(words), "prose")
            return
        text = words[mark.end() :] if mark else words
        yield _Line(text.strip("* "), start, start + len(words), "#" if mark else "")


def _title(lines: list[_Line], said: str) -> _Line | None:
    """Return the line that is the title."""
    folded = "".join(filter(str.isalnum, said.lower()))
    for line in lines:
        own = "".join(filter(str.isalnum, line.text.lower()))
        if (
            len(own) > 8
            and line.mark != "prose"
            and (own == folded or (line.mark and folded.startswith(own)))
        ):
            return line
    marked = next((line for line in lines if line.mark == "#"), None)
    if marked:
        return marked
    headings = [
        line
        for line, following in zip(lines, [*lines[1:], _Line("The", 0, 0)], strict=False)
        if not line.mark and looks_like_heading(line.text, following.text) and not _is_other(line)
    ]
    for line in [line for line in headings if not line.text.isupper()] or headings:
        before = lines[: lines.index(line)]
        if len(before) <= _LETTERHEAD and all(
            len(each.text) <= _NARROW and not _ITEM.match(each.text) for each in before
        ):
            return line
    return None


def _is_other(line: _Line) -> bool:
    """Return whether a line is a date, a byline, or a label of one or two words."""
    dates = find_dates(line.text)
    dated = sum(len(text) for text in dates["exact"]) > len(line.text) / 3
    return (
        dated or bool(_BYLINE.match(line.text)) or len(line.text.split()) < 3 or bool(_LABEL.match(line.text))
    )


def _kind(line: _Line, title: _Line | None, cells: dict[str, str]) -> str:
    """Return the kind of a line of the head, and note the author that it names."""
    byline = _BYLINE.match(line.text)
    if byline and line.mark != "prose":
        cells["author"] = cells["author"] or byline["name"]
        return "byline"
    if line is title:
        return "title"
    if line.mark or _LABEL.match(line.text):
        return ""
    if find_dates(line.text)["edtf"].str.fullmatch(_DAY.pattern).any() and len(line.text) <= 80:
        return "dateline"
    before = title is not None and line.start < title.start
    if before and not _ITEM.match(line.text) and not ends_sentence(line.text):
        return "letterhead"
    return ""


def _date(lines: list[_Line], said: str) -> str:
    """Return the day of publication: that of the file's own data for pages and mails, else that of the head."""
    if _ISO.fullmatch(said):
        return said
    for line in lines:
        if iso := _ISO.search(line.text[:_NARROW]):
            return iso.group()
        opening = _CITY.match(line.text)
        text = line.text[: opening.end() if opening else _NARROW] if line.mark == "prose" else line.text
        days = [day for day in find_dates(text)["edtf"] if _DAY.fullmatch(day)]
        if days:
            return str(days[0])
    return ""


def _clean_title(said: str) -> str:
    return "" if _NO_TITLE.fullmatch(said) else " ".join(said.split())


def _author(said: dict[str, str]) -> str:
    author = " ".join(said.get("author", "").split())
    return "" if _NO_AUTHOR.fullmatch(author) else author


def _apart(text: str, zones: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Return zones without those that overlap an earlier one; lines of one letterhead are one zone."""
    kept: list[tuple[str, int, int]] = []
    for kind, start, end in zones:
        last_kind, last_start, last_end = kept[-1] if kept else ("", 0, 0)
        if kind == last_kind == "letterhead" and not text[last_end:start].strip():
            kept[-1] = (kind, last_start, end)
        elif start >= last_end:
            kept.append((kind, start, end))
    return kept
