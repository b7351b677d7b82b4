"""Read PDF: its pages, lines and hyphens, and what is printed on page after page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from sourcebook.sources.ingest.engine import extract
from sourcebook.sources.ingest.extraction import Extraction, UnreadableError
from sourcebook.text.sentences import ends_sentence, goes_on, looks_like_heading

__all__ = ["join_hyphens", "read_pdf", "running_lines"]

_BROKEN = re.compile(r"([\w-]+)\x02(\w+)([^\s\w\x02]*)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
#: Words that are as often the first part of another.
_JOINED = re.compile(
    "under|over|with|some|every|inter|super|counter|fore|when|where|there|more|after|other|here"
)
_PAGE_NUMBER = re.compile(
    r"(?i)[\W_]*(?:page|p\.|seite|стр\.?)?\s*\d{1,4}\s*(?:(?:/|of|von|из)\s*\d{1,4})?[\W_]*"
)
#: Letters on a page of a document that has text.
_FEW = 5
_NUMBERED = re.compile(r"(?:\d+(?:\.\d+)*\.?|[IVX]+\.)\s+[^\W\d_a-z]")
#: A line that is shorter than this share of the usual one ends its paragraph, if it ends a sentence.
_SHORT = 0.75
_WIDE = 100  # the normalised text joins lines up to here


def read_pdf(data: bytes) -> Extraction:
    """Return the text of a PDF, page by page.

    A word broken at the end of a line is whole again; heads, feet and numbers that are printed on page after page are
    marked as furniture.

    Parameters
    ----------
    data : bytes
        The whole file.

    Raises
    ------
    UnreadableError
        If it is broken, has a password, or is made of pictures.
    """
    read = extract(data, "application/pdf")
    pages = [page.replace("\r\n", "\n").replace("\r", "\n") for page in read.pages]
    letters = [sum(map(str.isalpha, page)) for page in pages]
    if sum(letters) < _FEW * max(len(pages), 1) and max(letters, default=0) < 20 * _FEW:
        found = f"a scan: {len(pages)} {'page' if len(pages) == 1 else 'pages'} without text"
        raise UnreadableError(found, "run OCR on it (ocrmypdf, say), and give that")
    empty = [str(number) for number, count in enumerate(letters, 1) if not count]
    notes = (f"no text on page {', '.join(empty)}: a picture, perhaps",) if empty else ()
    pages = join_hyphens(pages)
    lines = [[line.strip() for line in page.split("\n")] for page in pages]
    running = running_lines(lines)
    usual = _usual_length(lines)
    text, spans, zones = "", [], []
    for number, page in enumerate(lines):
        start = len(text)
        for is_running, part in _paragraphs(page, running[number], usual):
            if is_running:
                zones.append(("furniture", len(text), len(text) + len(part)))
            text += f"{part}\n\n"
        spans.append((start, len(text)))
    return Extraction(
        text=text, tool=read.tool, pages=tuple(spans), metadata=read.metadata, zones=tuple(zones), notes=notes
    )


def join_hyphens(pages: Sequence[str]) -> list[str]:
    r"""Return pages in which words that were broken at the end of a line are whole, with the line ending behind them.

    Parameters
    ----------
    pages : sequence of str
        Texts in which U+0002 is for a hyphen with the end of the line, as PDFium writes them. The hyphen stays where it
        seems to be the word's own: the text has the word with it in the midst of a line, or both parts as words by
        themselves, and never the word without; or what follows begins with a capital or a digit.

    Returns
    -------
    list of str
        Without other control characters.

    Examples
    --------
    >>> join_hyphens(["an effi\x02cient, long\x02term plan: a long-term one"])
    ['an efficient,\n long-term\n plan: a long-term one']
    """
    words = {word for page in pages for word in re.split(r"[^\w-]+", _BROKEN.sub(" ", page))}

    def joined(match: re.Match[str]) -> str:
        first, last, rest = match.groups()
        whole, parts = first + last, (first.rpartition("-")[2], last)
        is_own = f"{first}-{last}" in words or (
            min(map(len, parts)) >= 4 and not _JOINED.fullmatch(first.lower()) and words.issuperset(parts)
        )
        has_hyphen = not last[0].islower() or (is_own and whole not in words)
        return f"{first}-{last}{rest}\n" if has_hyphen else f"{whole}{rest}\n"

    return [_CONTROL.sub("", _BROKEN.sub(joined, page)) for page in pages]


def running_lines(pages: Sequence[Sequence[str]]) -> list[set[int]]:
    """Return for each page the places of lines that are heads, feet or numbers of pages.

    Such a line is one of the first or last three of its page, and is on at least half of the pages of a document of
    three or more; its numbers may differ. On two pages it must be the first or the last line of both, and end no
    sentence, and the first line of the first page is left, which may be the title; a number alone counts there, too.

    Parameters
    ----------
    pages : sequence of sequence of str
        The lines of each page.

    Returns
    -------
    list of set of int

    Examples
    --------
    >>> running_lines([["The Herald", f"Story {word}.", str(n)] for n, word in enumerate("abc", 1)])
    [{0, 2}, {0, 2}, {0, 2}]
    """
    places = []
    for page in pages:
        full = [number for number, line in enumerate(page) if line]
        places.append(sorted({*full[:3], *full[-3:]}))
    masked = [{n: re.sub(r"\d+", "0", page[n]) for n in at} for page, at in zip(pages, places, strict=True)]
    counts = Counter(line for lines in masked for line in set(lines.values()))
    least = max(3, len(pages) / 2)
    found: list[set[int]] = []
    for at, (page, lines) in enumerate(zip(pages, masked, strict=True)):
        full = [number for number, line in enumerate(page) if line]
        edges = {*full[:1], *full[-1:]}
        found.append(
            {
                n
                for n, line in lines.items()
                if counts[line] >= least
                or (
                    len(pages) > 1
                    and n in edges
                    and counts[line] > 1
                    and (
                        _PAGE_NUMBER.fullmatch(page[n])
                        or (len(pages) == 2 and (at, n) != (0, full[0]) and _is_running(page, n))
                    )
                )
            }
        )
    return found


def _is_running(page: Sequence[str], at: int) -> bool:
    """Return whether a line that two pages have at their edges is a head or a foot, and no part of the text."""
    line = page[at]
    after = next((each for each in page[at + 1 :] if each), "")
    before = next((each for each in reversed(page[:at]) if each), "")
    is_apart = not (after and goes_on(line, after)) and not (before and not after and goes_on(before, line))
    return any(map(str.isalpha, line)) and len(line) <= _WIDE and not ends_sentence(line) and is_apart


def _usual_length(pages: Sequence[Sequence[str]]) -> int:
    lengths = sorted(len(line) for page in pages for line in page if line)
    return lengths[len(lengths) * 3 // 4] if lengths else 0


def _paragraphs(lines: Sequence[str], running: set[int], usual: int) -> Iterator[tuple[bool, str]]:
    """Yield the paragraphs of a page, and whether each is a running line.

    A line stays a line, for the normalised text joins lines up to a width; wider ones are joined here.
    """
    current: list[str] = []
    sep = "\n" if usual <= _WIDE else " "
    for number, line in enumerate(lines):
        following = next((each for each in lines[number + 1 :] if each), "")
        is_running = number in running
        is_heading = _is_heading(line, following, usual) and (
            not current or _NUMBERED.match(line) or _ends(current[-1], line, usual)
        )
        if current and (is_running or not line or is_heading):
            yield False, sep.join(current)
            current = []
        if is_running:
            yield True, line
        elif line:
            current.append(line)
            if is_heading or _ends(line, following, usual):
                yield False, sep.join(current)
                current = []
    if current:
        yield False, sep.join(current)


def _is_heading(line: str, following: str, usual: int) -> bool:
    return 0 < len(line) < _SHORT * usual and looks_like_heading(line, following)


def _ends(line: str, following: str, usual: int) -> bool:
    """Return whether a line is the last one of a paragraph."""
    return len(line) < _SHORT * usual and ends_sentence(line, following)
