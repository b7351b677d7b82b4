"""Propose what the registry and the layout say of a document, from its first lines and what its file says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sourcebook.core.languages import as_language
from sourcebook.parsing.dates import find_dates
from sourcebook.sources.ingest.datelines import publication_date
from sourcebook.sources.ingest.engine import detect_language
from sourcebook.sources.ingest.extraction import Extraction
from sourcebook.text.sentences import ends_sentence, goes_on, looks_like_heading
from sourcebook.text.wrapping import is_wrapped, runs_on

__all__ = ["Proposal", "propose"]

_HEAD = 14  # lines that are looked at
_LETTERHEAD, _NARROW = 6, 45  # lines of a letterhead, characters of each
_NAME = 10  # words of a first line that is taken for a title
_LONG = 120  # characters: a longer line is running text
_BYLINE = re.compile(
    r"(?:By|Von|Par|Por|Author|Written by|Text)\s*:?\s+(?:(?:Mr|Ms|Mrs|Dr|Prof)\.?\s+)?"
    r"(?P<name>[^\W\d_a-z][\w.'’-]+(?:\s+[\w.'’-]+){1,4})(?:[,(|].*)?$"
)
_ITEM = re.compile(r"[•●▪‣*-]")
_LABEL = re.compile(r"\w+(?: \w+)?:\s")
_ISO = re.compile(r"(?:1[5-9]|20)\d\d-[01]\d-[0-3]\d")
_NO_TITLE = re.compile(
    r"(?i)untitled.*|document\d*|microsoft (?:word|powerpoint) - .*|.*\.(?:docx?|pdf|indd|rtf|odt)|[^\s]*"
)
_NO_AUTHOR = re.compile(
    r"(?i)(?:admin|administrator|user|owner|microsoft.*|unknown|author|root|guest|editor|python-docx|openpyxl|libreoffice.*"
    r"|.*(?:\bpc|laptop|desktop(?:-\w+)?|computer)|hp|dell|lenovo|asus|acer|toshiba|samsung)?"
)


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

    A line that is its file's title, or the first heading, is the title; a name behind "By" the author; lines before the
    title the letterhead, of which the first names the publisher. The date is that of the file's own data for pages,
    mails and articles, else that of a dateline or of a line such as "Published: 12 May 2023", and where it was found is
    noted; any other day in the text is not taken for it, nor the one on which a PDF or a Word file was saved.

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
    cells["date_published"], cells["date_note"] = _date(lines, title, said)
    heads = sorted((start, end) for kind, start, end in zones if kind == "letterhead")
    first = next((read.text[start:end].split("\n")[0] for start, end in heads), "")
    is_mail = first.startswith(("From:", "To:", "Date:"))
    cells["publisher"] = said.get("publisher", "") or ("" if is_mail else first.strip("#* |"))
    cells["page"] = said.get("page", "") if said.get("page", "").startswith(("http://", "https://")) else ""
    cells["language"] = as_language(said.get("language", "")) or detect_language(read.text)
    return Proposal(cells=cells, zones=tuple(_apart(read.text, sorted(zones, key=lambda zone: zone[1:]))))


def _head(read: Extraction) -> Iterator[_Line]:
    """Yield the first lines, up to the first line of running text; what a width broke into lines is one."""
    for count, (start, end) in enumerate(_parts(read.text), start=1):
        words = " ".join(read.text[start:end].split())
        mark = re.match(r"#{1,6}\s+", words)
        is_prose = (
            len(words) > _LONG or (len(words) > 60 and ends_sentence(words)) or words.startswith(("- ", "* "))
        )
        if count > _HEAD or (is_prose and not mark):
            yield _Line(words, start, end, "prose")
            return
        text = words[mark.end() :] if mark else words
        yield _Line(text.strip("* "), start, end, "#" if mark else "")


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the first lines begin and end, each with those in which it goes on."""
    lines = text.split("\n", 20 * _HEAD)[: 20 * _HEAD]
    wrapped = is_wrapped(lines)
    at, start = 0, -1
    for number, line in enumerate(lines):
        words = line.strip()
        if words:
            start = at + line.index(words[0]) if start < 0 else start
            if not _runs_on(lines, number, wrapped=wrapped):
                yield start, at + len(line.rstrip())
                start = -1
        at += len(line) + 1


def _runs_on(lines: list[str], number: int, *, wrapped: bool) -> bool:
    """Return whether a line goes on in the next one: visibly, or as a full line of running text before another."""
    line, following = lines[number].strip(), "".join(lines[number + 1 : number + 2]).strip()
    if not following or line.startswith("#") or not (wrapped or len(line) > _NARROW):
        return False
    is_text = wrapped and (len(following) > 0.75 * len(line) or ends_sentence(following))
    return goes_on(line, following) or (is_text and runs_on(lines, number))


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
    return _first_line(lines)


def _first_line(lines: list[_Line]) -> _Line | None:
    """Return the first line where nothing else is the title, if it stands alone and is like a name."""
    first, following = lines[0] if lines else None, lines[1] if len(lines) > 1 else None
    if first is None or following is None or first.mark or not 1 < len(first.text.split()) <= _NAME:
        return None
    named = first.text[:1].isupper() and first.text[-1:].isalnum() and not _ITEM.match(first.text)
    if (
        not named
        or goes_on(first.text, following.text)
        or _BYLINE.match(first.text)
        or _LABEL.match(first.text)
    ):
        return None
    return None if len(find_dates(first.text)) else first


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
    if not line.mark and publication_date(line.text):
        return "dateline"
    if line.mark or _LABEL.match(line.text):
        return ""
    before = title is not None and line.start < title.start
    if before and not _ITEM.match(line.text) and not ends_sentence(line.text):
        return "letterhead"
    return ""


def _date(lines: list[_Line], title: _Line | None, said: dict[str, str]) -> tuple[str, str]:
    """Return the day of publication and where it was found."""
    if _ISO.fullmatch(said.get("date", "")):
        return said["date"], "From what the file says of itself."
    for line in lines:
        found = publication_date(line.text, is_prose=line.mark == "prose") if line is not title else ""
        if found:
            return found, f"From the line “{line.text[:_LONG]}{'…' if len(line.text) > _LONG else ''}”."
    saved = said.get("saved", "")
    return "", f"The file was saved on {saved}." if saved else ""


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
