"""Read any file that can hold documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from sourcebook.sources.ingest.archives import Archive
from sourcebook.sources.ingest.articles import read_csv_articles, read_json_articles
from sourcebook.sources.ingest.encodings import decode, decoded_wrongly
from sourcebook.sources.ingest.engine import read_office
from sourcebook.sources.ingest.extraction import LARGEST_FILE, LARGEST_TEXT, Extraction, UnreadableError
from sourcebook.sources.ingest.mail import read_mail
from sourcebook.sources.ingest.pdf import read_pdf
from sourcebook.sources.ingest.web import read_page
from sourcebook.sources.ingest.word import read_word

__all__ = ["SUFFIXES", "read_file"]

#: The kinds of files that are read, by suffix.
SUFFIXES: Mapping[str, str] = MappingProxyType(
    {
        ".txt": "text", ".text": "text", ".md": "text", ".markdown": "text",
        ".html": "page", ".htm": "page", ".xhtml": "page",
        ".pdf": "pdf", ".docx": "word", ".odt": "odt", ".rtf": "rtf", ".epub": "epub", ".eml": "mail",
        ".csv": "csv", ".tsv": "csv", ".json": "json", ".jsonl": "json", ".ndjson": "json",
    }
)  # fmt: skip
#: Kinds that are not read, and what to do with them.
_REFUSED = {
    (".doc", ".dot"): ("an old Word file", "save it as .docx"),
    (".xls", ".xlsx", ".ods"): ("a spreadsheet", "save its sheet as CSV UTF-8, with a column “text”"),
    (".ppt", ".pptx", ".odp"): ("slides", "save them as PDF"),
    (".msg",): ("a mail of Outlook", "save it as .eml"),
    (".pages", ".wpd", ".wps"): ("a file of a word processor that is not read", "save it as .docx"),
    (".mobi", ".azw3", ".djvu", ".ps"): ("a kind of book that is not read", "convert it to EPUB or PDF"),
    (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".gif", ".webp", ".heic", ".bmp"): (
        "a picture", "run OCR on it, and give the text or the PDF",
    ),
    (".mp3", ".wav", ".m4a", ".mp4", ".mov", ".avi", ".mkv"): ("a recording", "give a transcript"),
    (".zip", ".gz", ".7z", ".rar", ".tar"): ("an archive", "unpack it into the folder"),
}  # fmt: skip
_SIGNS = {
    **dict.fromkeys((*range(9), 11, *range(14, 32), 127), " "),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}
_LONGEST = 300  # characters of a title and the like
_OFFICE = {
    "odt": "application/vnd.oasis.opendocument.text",
    "rtf": "application/rtf",
    "epub": "application/epub+zip",
}
_READERS: Mapping[str, Callable[[bytes], Extraction]] = {
    "page": read_page,
    "pdf": read_pdf,
    "word": read_word,
    "mail": read_mail,
}


def read_file(path: Path) -> list[Extraction]:
    """Return the documents of a file: one, or the articles of a list.

    What the file begins with goes before its suffix: a web page that was saved as ``.txt`` is read as one.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    list of sourcebook.sources.ingest.extraction.Extraction
        Each with some text.

    Raises
    ------
    UnreadableError
        If there is no text in it that can be read, with the reason and what to do.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> file = Path(mkdtemp()) / "A.TXT"
    >>> _ = file.write_bytes("Das Café schloss.".encode("cp1252"))
    >>> read_file(file)[0].text
    'Das Café schloss.'
    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise UnreadableError("no file", "give a file")
        if size > LARGEST_FILE:
            found = f"a file of {size // 1_000_000:,} MB"
            raise UnreadableError(found, f"divide it: at most {LARGEST_FILE // 1_000_000} MB are read")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableError(error.strerror or str(error), "check the file and its rights") from error
    if not data.strip():
        raise UnreadableError("an empty file", "get the whole file")
    read = [_clean(each) for each in _read(data, _kind(data, path.suffix.lower()))]
    if not any(each.text.strip() for each in read):
        raise UnreadableError("a file without text", "look at it in the program that made it")
    if sum(len(each.text) for each in read) > LARGEST_TEXT and len(read) == 1:
        action = f"divide it: at most {LARGEST_TEXT:,} are read"
        raise UnreadableError(f"a text of {len(read[0].text):,} characters", action)
    return read


def _clean(read: Extraction) -> Extraction:
    """Return a document without signs that no text file can hold, each of them replaced, so that places stay."""
    said = {
        column: " ".join(value.translate(_SIGNS).split())[:_LONGEST]
        for column, value in read.metadata.items()
    }
    text, told = read.text.translate(_SIGNS), decoded_wrongly(read.text)
    notes = (*read.notes, told) if told else read.notes
    return replace(read, text=text, metadata={c: value for c, value in said.items() if value}, notes=notes)


def _kind(data: bytes, suffix: str) -> str:
    """Return the kind of a file by how it begins, then by its suffix."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"%pdf-" in data[:1024].lower():
        return "pdf"
    if start.startswith(b"{\\rtf"):
        return "rtf"
    if start.startswith(b"pk\x03\x04"):
        return _kind_of_archive(data, suffix)
    for suffixes, reason in _REFUSED.items():
        if suffix in suffixes:
            raise UnreadableError(*reason)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        found = "a file of an office program, of an old kind or with a password"
        raise UnreadableError(found, "save it as .docx without a password")
    if start.startswith((b"<!doctype html", b"<html")):
        return "page"
    if suffix not in SUFFIXES:
        raise UnreadableError(
            f"a kind that is not read ({suffix or 'without suffix'})", "save it as text, PDF or .docx"
        )
    if SUFFIXES[suffix] in ("pdf", "word", "odt", "rtf", "epub"):
        action = "open it in the program that made it, and save it anew"
        raise UnreadableError(f"no {suffix[1:].upper()} file by its content", action)
    return SUFFIXES[suffix]


def _kind_of_archive(data: bytes, suffix: str) -> str:
    archive = Archive(data)
    if "word/document.xml" in archive.names:
        return "word"
    kind = archive.read("mimetype").decode("ascii", "replace").strip()
    for name, media_type in _OFFICE.items():
        if kind == media_type:
            return name
    for suffixes, reason in _REFUSED.items():
        if suffix in suffixes:
            raise UnreadableError(*reason)
    raise UnreadableError("an archive", "unpack it into the folder")


def _read(data: bytes, kind: str) -> list[Extraction]:
    if kind == "csv":
        return read_csv_articles(data)
    if kind == "json":
        return read_json_articles(data)
    if kind in _OFFICE:
        return [read_office(data, _OFFICE[kind])]
    if kind == "text":
        text, encoding, notes = decode(data)
        return [Extraction(text=text, encoding=encoding, notes=notes)]
    return [_READERS[kind](data)]
