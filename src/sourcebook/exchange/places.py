"""Which source a document of a project is, and where in it an annotation is: strictly, or refused."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sourcebook.core.errors import AnchorError
from sourcebook.exchange.model import Annotation, Document
from sourcebook.exchange.offsets import NOWHERE, Places, code_points, same_lines
from sourcebook.sources import documents as sources
from sourcebook.text.quotes import Anchor, anchor_at, find_quote
from sourcebook.text.searchable import fold_quote

__all__ = ["Match", "match_documents", "place_of"]


@dataclass(frozen=True, kw_only=True)
class Match:
    """The source that a document is.

    Attributes
    ----------
    source : sourcebook.sources.documents.Document
        The source.
    document : Document
        The document.
    how : str
        By what it was recognised: its id, its text, its address, or its name.
    places : numpy.ndarray or None
        Where each place of its text is in that of the source; None where the texts differ, or it has none.
    """

    source: sources.Document = field(repr=False)
    document: Document = field(repr=False)
    how: str
    places: Places | None = field(repr=False)


def match_documents(
    documents: Iterable[Document], own: Mapping[str, sources.Document], *, other: str = ""
) -> dict[str, Match]:
    """Return which sources the documents of a project are, by the ids of the documents.

    A document is recognised by its id, by its text (line ends aside), by the address of its page, and by its name,
    which is the title, or the name of the file, of one source alone.

    Parameters
    ----------
    documents : iterable of Document
        Those of the project.
    own : mapping of str to sourcebook.sources.documents.Document
        The sources by id.
    other : str
        The id of the source that a document is which is not recognised; none by default.
    """
    by_text = {_hash(source.raw): name for name, source in own.items()}
    by_address = _once((_address(source.metadata.get("page", "")), name) for name, source in own.items())
    by_name = _once((key, name) for name, source in own.items() for key in _names(source))
    found: dict[str, Match] = {}
    for document in documents:
        ways = (
            ("id", document.document_id if document.document_id in own else ""),
            ("text", by_text.get(_hash(document.text), "") if document.text else ""),
            ("address", by_address.get(_address(document.address), "")),
            ("name", by_name.get(_name(document.title), "")),
            ("name", by_name.get(_name(document.document_id), "")),
            ("place on the command line", other),
        )
        for how, name in ways:
            if name:
                source = own[name]
                places = same_lines(document.text, source.raw) if document.text else None
                found[document.document_id] = Match(source=source, document=document, how=how, places=places)
                break
    return found


def _hash(text: str) -> bytes:
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).digest()


def _address(address: str) -> str:
    """Return an address without what does not change the page: scheme, fragment, and slash at its end."""
    rest = address.partition("#")[0].removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return rest.rstrip("/")


def _names(source: sources.Document) -> set[str]:
    given = (source.metadata.get(name, "") for name in ("title", "file", "original_name", "original"))
    return {_name(text) for text in (*given, source.source_id)}


def _name(name: str) -> str:
    """Return a name without folder, ending and capitals."""
    last = name.replace("\\", "/").rpartition("/")[2] if "://" not in name else name
    stem, dot, ending = last.rpartition(".")
    return " ".join((stem if dot and len(ending) <= 5 and " " not in ending else last).casefold().split())


def _once(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the pairs whose key is one name's alone."""
    names: dict[str, set[str]] = {}
    for key, name in pairs:
        if key:
            names.setdefault(key, set()).add(name)
    return {key: next(iter(those)) for key, those in names.items() if len(those) == 1}


def place_of(annotation: Annotation, match: Match) -> Anchor:
    """Return the place of an annotation in its source.

    Its offsets count where the texts are the same, or where the words that it quotes are there; else its words are
    looked for as every quote is, with those around them.

    Parameters
    ----------
    annotation : Annotation
        The annotation, of a stretch of a text.
    match : Match
        The source of its document.

    Raises
    ------
    AnchorError
        If its words are not there, or their place is not certain, with the nearest passage; if it has no words.
    """
    raw, name, text = match.source.raw, match.source.source_id, match.document.text
    start, end = annotation.start, annotation.end
    exact, prefix, suffix = annotation.exact, annotation.prefix, annotation.suffix
    if start is not None and end is not None:
        if text and not 0 <= start < end <= len(text):
            raise AnchorError(f"{name}: {_wrong_stretch(start, end, len(text))}")
        for begin, finish in _candidates(start, end, match, exact):
            if not exact or _says(raw[begin:finish], exact):
                return anchor_at(raw, begin, finish, source_id=name)
        if text and (not exact or _says(text[start:end], exact)):
            around = anchor_at(text, start, end)
            exact, prefix, suffix = around.exact, around.prefix, around.suffix
    if not exact and start is not None and not text:
        why = "it gives a place alone, in a text that the file does not hold"
        raise AnchorError(f"{name}: {why} → export it with its words")
    if not exact.strip():
        raise AnchorError(f"{name}: it has no words → mark some, or leave it out")
    return find_quote(match.source, exact, prefix=prefix, suffix=suffix)


def _says(words: str, exact: str) -> bool:
    return words == exact or fold_quote(words) == fold_quote(exact) != ""


def _wrong_stretch(start: int, end: int, length: int) -> str:
    found = "an empty stretch" if start == end else f"[{start}, {end})"
    return f"expected a stretch of its text of {length} characters, found {found} → export it again"


def _candidates(start: int, end: int, match: Match, exact: str) -> Iterable[tuple[int, int]]:
    """Yield the places in the source that offsets can mean, as far as they can be checked."""
    raw = match.source.raw
    if match.places is not None:
        yield int(match.places[start]), int(match.places[end])
    elif not match.document.text and exact:
        if 0 <= start < end <= len(raw):
            yield start, end
        begin, finish = code_points(raw, [start, end]).tolist()
        if NOWHERE not in (begin, finish) and begin < finish:
            yield begin, finish
