"""Read REFI-QDA projects and codebooks of other programs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote

from sourcebook.exchange.model import Annotation, Code, Document, Project
from sourcebook.exchange.refi_counting import Selected, counting_of
from sourcebook.exchange.refi_names import (
    children,
    fields_of_note,
    local_name,
    same_guid,
    text_of,
)
from sourcebook.exchange.untrusted import Archive, read_bytes, refuse
from sourcebook.exchange.xmlfiles import Element, parse_xml

__all__ = ["read"]

_GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_WHOLE = re.compile(r"[+-]?\d{1,18}")
_NOT_READ = {
    "PictureSource": "pictures",
    "AudioSource": "sound recordings",
    "VideoSource": "films",
    "Case": "cases",
    "Variable": "variables",
    "Set": "sets",
    "Graph": "graphs",
    "PDFSelection": "rectangles of PDF pages",
}


def read(path: Path) -> Project:
    """Return what a project (.qdpx) or a codebook (.qdc) holds."""
    where = str(path)
    if path.suffix.lower() == ".qdc":
        root = parse_xml(read_bytes(path), where)
        if local_name(root) != "CodeBook":
            refuse(
                where, f"<{local_name(root)[:40]}>", "a REFI-QDA codebook", "export it again", line=root.line
            )
        reader = _Reader(where, None)
        reader.read_codes(root)
        return reader.project("")
    with Archive(path) as archive:
        named = [name for name in archive.names if name.lower().endswith(".qde")]
        name = next(
            (n for n in named if n.lower() == "project.qde"), named[0] if len(named) == 1 else "project.qde"
        )
        root = parse_xml(archive.read(name), f"{where}/{name}")
        if local_name(root) != "Project":
            found = f"<{local_name(root)[:40]}>"
            refuse(f"{where}/{name}", found, "a REFI-QDA project", "export it again", line=root.line)
        reader = _Reader(where, archive)
        reader.read_project(root)
        return reader.project(root.get("origin", ""))


@dataclass(frozen=True, kw_only=True)
class _Found:
    """A selection, or a whole document (without numbers), with what is said of it by one coder."""

    guid: str
    document_id: str
    numbers: tuple[int, int] | None
    words: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    coder: str = ""
    created: str = ""
    notes: tuple[str, ...] = ()
    fields: dict[str, str] = field(default_factory=dict)


class _Reader:
    """Collects what is read of a project."""

    def __init__(self, where: str, archive: Archive | None) -> None:
        self.where, self.archive = where, archive
        self.codes: dict[str, Code] = {}
        self.users: dict[str, str] = {}
        self.notes: dict[str, tuple[str, str]] = {}
        self.links: dict[str, list[str]] = {}
        self.documents: dict[str, Document] = {}
        self.found: list[_Found] = []
        self.told: list[str] = []
        self.unread: Counter[str] = Counter()

    def read_project(self, root: Element) -> None:
        """Read the parts of a project in the order in which they are needed."""
        for each in root.iter():
            if isinstance(each, Element) and local_name(each) in _NOT_READ:
                self.unread[_NOT_READ[local_name(each)]] += 1
        for part in children(root, "Users"):
            self.users |= {
                same_guid(u.get("guid", "")): u.get("name") or u.get("id") or ""
                for u in children(part, "User")
            }
        for part in children(root, "Notes"):
            for note in children(part, "Note"):
                text = self._text(note)
                self.notes[same_guid(note.get("guid", ""))] = note.get("name", ""), text
        for part in children(root, "CodeBook"):
            self.read_codes(part)
        for part in children(root, "Links"):
            for link in children(part, "Link"):
                ends = [same_guid(link.get(name, "")) for name in ("originGUID", "targetGUID")]
                for one, other in (ends, reversed(ends)):
                    if one in self.notes:
                        self.links.setdefault(other, []).append(one)
        for part in children(root, "Sources"):
            for source in children(part, "TextSource", "PDFSource"):
                self._read_source(source)

    def read_codes(self, codebook: Element) -> None:
        """Read codes within codes."""
        for part in children(codebook, "Codes"):
            for code in children(part, "Code"):
                self._read_code(code, "")
        self.unread["sets"] += sum(1 for part in children(codebook, "Sets") for _ in children(part, "Set"))

    def _read_code(self, code: Element, parent: str) -> None:
        guid = same_guid(code.get("guid", "")) or f"code {len(self.codes) + 1}"
        notes = [text for _, text in self._notes(code)]
        about = "\n".join(filter(None, [text_of(code, "Description").strip(), *notes]))
        colour = code.get("color", "")
        made = Code(
            code_id=guid, name=code.get("name", guid), parent=parent, description=about, colour=colour
        )
        if self.codes.setdefault(guid, made) is not made:
            self.told.append(f"code {made.name!r:.80}: its GUID is that of another code, which was kept")
        for each in children(code, "Code"):
            self._read_code(each, guid)

    def _notes(self, element: Element) -> Iterator[tuple[str, str]]:
        """Yield the names and texts of the notes of an element."""
        named = [same_guid(ref.get("targetGUID", "")) for ref in children(element, "NoteRef")]
        for guid in dict.fromkeys([*named, *self.links.get(same_guid(element.get("guid", "")), [])]):
            if guid in self.notes:
                yield self.notes[guid]

    def _read_source(self, source: Element) -> None:
        """Read a text, or the text that represents a PDF."""
        whole = source
        if local_name(source) == "PDFSource":
            texts = list(children(source, "Representation"))
            if not texts:
                self.unread["PDFs without their text"] += 1
                return
            source = texts[0]
        guid = same_guid(whole.get("guid", "")) or f"source {len(self.documents) + 1}"
        title = whole.get("name") or source.get("name") or _file_name(source.get("plainTextPath", ""))
        if guid in self.documents:
            self.told.append(f"document {title!r:.80}: its GUID is that of another, which was kept")
            return
        text = self._text(source)
        self.documents[guid] = Document(document_id=guid, text=text, title=title)
        if not text:
            self.told.append(f"document {title!r:.80} has no text")
        for selection in children(source, "PlainTextSelection"):
            self._read_selection(selection, guid)
        if any(children(whole, "Coding")):
            self._read_codings(whole, _Found(guid=guid, document_id=guid, numbers=None))
        self.unread["values of variables"] += sum(1 for _ in children(whole, "VariableValue"))

    def _text(self, source: Element) -> str:
        """Return the text of a source or a note: its own, or that of a file of the archive."""
        inside, path = text_of(source, "PlainTextContent"), source.get("plainTextPath", "")
        if inside or not path:
            if not inside and source.get("richTextPath"):
                self.unread["texts that are only there as a formatted file"] += 1
            return inside
        scheme, sign, rest = path.partition("://")
        name = self._member(rest if sign else path) if not sign or scheme in ("internal", "relative") else ""
        if not name or self.archive is None:
            self.told.append(f"the text {path!r:.120} is not in the file; nothing outside of it is read")
            return ""
        data = self.archive.read(name)
        for encoding in ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig",):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                self.told.append(f"the text {name!r:.120} is not in UTF-8, and was left out")
        return ""

    def _member(self, path: str) -> str:
        """Return the member of the archive that a path means, or an empty string."""
        if self.archive is None:
            return ""
        names = {name.casefold(): name for name in self.archive.names}
        for each in (path, unquote(path)):
            for folder in ("sources/", ""):
                if found := names.get(f"{folder}{each.lstrip('/')}".casefold()):
                    return found
        return ""

    def _read_selection(self, selection: Element, document_id: str) -> None:
        given = [selection.get(name, "").strip() for name in ("startPosition", "endPosition")]
        guid = same_guid(selection.get("guid", "")) or f"selection in line {selection.line}"
        if not all(_WHOLE.fullmatch(number) for number in given):
            self.told.append(f"{guid}: positions {given!r:.80} are no whole numbers; it was left out")
            return
        words = (selection.get("name", ""), text_of(selection, "Description"))
        coder = self.users.get(same_guid(selection.get("creatingUser", "")), "")
        start, end = (int(number) for number in given)
        base = _Found(guid=guid, document_id=document_id, numbers=(start, end), words=words, coder=coder)
        self._read_codings(selection, replace(base, created=selection.get("creationDateTime", "")))

    def _read_codings(self, element: Element, base: _Found) -> None:
        """Add what is said of a selection or a document: an annotation for each coder."""
        notes, fields = [], dict[str, str]()
        for _, text in self._notes(element):
            held, rest = fields_of_note(text)
            fields |= held
            notes += [rest] if rest.strip() else []
        by_coder: dict[str, list[Element]] = {}
        for coding in children(element, "Coding"):
            coder = self.users.get(same_guid(coding.get("creatingUser", "")), "") or base.coder
            by_coder.setdefault(coder, []).append(coding)
        for number, (coder, codings) in enumerate((by_coder or {base.coder: []}).items()):
            codes = [
                same_guid(ref.get("targetGUID", "")) for each in codings for ref in children(each, "CodeRef")
            ]
            unknown = [code for code in codes if code not in self.codes]
            if unknown:
                self.told.append(f"{base.guid}: its code {unknown[0]!r:.60} is not in the codebook")
            own = [text for each in codings for _, text in self._notes(each) if text.strip()]
            created = next((c.get("creationDateTime", "") for c in codings if c.get("creationDateTime")), "")
            made = replace(
                base,
                guid=base.guid if not number else f"{base.guid}#{number + 1}",
                codes=tuple(dict.fromkeys(code for code in codes if code in self.codes)),
                coder=coder,
                created=base.created or created,
                notes=(*notes, *own),
                fields={} if number else fields,
            )
            self.found.append(made)

    def project(self, origin: str) -> Project:
        """Return all of it, the selections at their places."""
        told = self.told
        selected = [
            Selected(text=text, start=each.numbers[0], end=each.numbers[1], words=each.words)
            for each in self.found
            if each.numbers is not None and (text := self.documents[each.document_id].text)
        ]
        counting = counting_of(selected, origin)
        if selected:
            told.append(f"{origin.strip() or 'a program without a name'}: {counting}")
        numbers: dict[str, list[tuple[int, int]]] = {}
        for each in self.found:
            numbers.setdefault(each.document_id, []).append(each.numbers or (0, 1))
        places = {
            name: iter(counting.places(self.documents[name].text, given)) for name, given in numbers.items()
        }
        annotations = []
        for each in self.found:
            place = next(places[each.document_id])
            if each.numbers is not None and place is None and self.documents[each.document_id].text:
                told.append(f"{each.guid}: its text has no place {each.numbers}; it was left out")
                continue
            annotations.append(self._annotation(each, place if each.numbers is not None else None))
        if unread := [f"{name} ({count})" for name, count in sorted(self.unread.items()) if count]:
            told.append(f"not read: {', '.join(unread)}")
        return Project(
            documents=tuple(self.documents.values()),
            codes=tuple(self.codes.values()),
            annotations=tuple(annotations),
            told=told,
        )

    def _annotation(self, found: _Found, place: tuple[int, int] | None) -> Annotation:
        text = self.documents[found.document_id].text
        start, end = place or (None, None)
        exact = text[start:end] if place else ""
        if found.numbers is not None and not text:
            exact = next((words for words in reversed(found.words) if words.strip()), "")
        held, about = fields_of_note(found.words[1].strip()) if found.words else ({}, "")
        spare = [about] if about and " ".join(about.split()) not in " ".join(exact.split()) else []
        return Annotation(
            annotation_id=found.guid,
            document_id=found.document_id,
            start=start,
            end=end,
            exact=exact,
            codes=found.codes,
            note="\n".join([*spare, *found.notes]),
            coder=found.coder,
            created=found.created,
            fields={**held, **found.fields} if "#" not in found.guid else found.fields,
        )


def _file_name(path: str) -> str:
    """Return the name of a file, or an empty string for one that is a GUID."""
    name = path.rpartition("/")[2]
    return "" if _GUID.match(name) else name
