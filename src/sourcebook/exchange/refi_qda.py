"""REFI-QDA projects (.qdpx) and codebooks (.qdc), for NVivo, MAXQDA, ATLAS.ti, QualCoder and other programs.

A source is a text of the archive, byte for byte; a question, an answer or a term is a code; a coded row is a selection
with a code. The remark and the other columns of the row are the description of the selection, one in a line, which
programs show as its memo or comment, so that they come back. Ends are those of the standard: the last character of a
selection.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

from sourcebook._version import __version__
from sourcebook.core.files import write_bytes
from sourcebook.exchange.codes import guid_of
from sourcebook.exchange.formats import Format
from sourcebook.exchange.model import Annotation, Code, Document, Project
from sourcebook.exchange.refi_names import CODEBOOK, PROJECT, note_of_fields
from sourcebook.exchange.refi_reader import read
from sourcebook.exchange.xmlfiles import to_xml, xml_text

__all__ = ["FORMAT"]

_GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_COLOUR = re.compile("#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")
_ORIGIN = f"sourcebook {__version__}"
#: The time of a note of which none is known: programs expect one.
_NO_TIME = "1970-01-01T00:00:00Z"
#: So much of its words is the name of a selection.
_NAME = 80


def write(project: Project, path: Path) -> list[str]:
    """Write a project, or for a name that ends in .qdc its codes alone, and return what that could not hold."""
    if path.suffix.lower() == ".qdc":
        root = ElementTree.Element("CodeBook", {"xmlns": CODEBOOK, "origin": _ORIGIN})
        _add_codes(root, project.codes)
        write_bytes(path, to_xml(root))
        return [
            f"{len(project.documents)} documents and {len(project.annotations)} annotations: a codebook has none"
        ]
    writer = _Writer(project, path.stem)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        _add_member(archive, "project.qde", to_xml(writer.root))
        for document in project.documents:
            _add_member(archive, f"sources/{_guid(document.document_id)}.txt", document.text.encode())
    write_bytes(path, data.getvalue())
    return writer.not_held()


def _add_member(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """Add a file to an archive, with no day, so that the same project gives the same bytes."""
    info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, data)


def _guid(name: str) -> str:
    """Return the GUID of an id; one that is a GUID stays as it is."""
    return name if _GUID.fullmatch(name) else guid_of(name)


def _element(
    parent: ElementTree.Element, tag: str, text: str = "", /, **attributes: str
) -> ElementTree.Element:
    """Add an element; attributes that are empty are left out."""
    given = {key: xml_text(value) for key, value in attributes.items() if value}
    made = ElementTree.SubElement(parent, tag, given)
    made.text = xml_text(text) or None
    return made


def _add_codes(parent: ElementTree.Element, codes: Iterable[Code]) -> None:
    """Add codes within codes; one whose parent is not there is on top."""
    codes = list(codes)
    known = {code.code_id for code in codes}
    within: dict[str, list[Code]] = {}
    for code in codes:
        within.setdefault(code.parent if code.parent in known else "", []).append(code)
    if not codes:
        return
    top = ElementTree.SubElement(parent, "Codes")
    waiting = [(top, code) for code in reversed(within.get("", []))]
    while waiting:
        place, code = waiting.pop()
        colour = code.colour if _COLOUR.fullmatch(code.colour) else ""
        made = _element(place, "Code", guid=_guid(code.code_id), isCodable="true", color=colour)
        made.set("name", xml_text(code.name or code.code_id))
        if code.description:
            _element(made, "Description", code.description)
        waiting += [(made, each) for each in reversed(within.get(code.code_id, []))]


class _Writer:
    """Makes the elements of one project, and counts what they cannot hold."""

    def __init__(self, project: Project, name: str) -> None:
        self.project = project
        self.codes = {code.code_id for code in project.codes}
        self.unplaced = self.times = self.lost = 0
        self.root = ElementTree.Element("Project", {"xmlns": PROJECT, "origin": _ORIGIN})
        self.root.set("name", xml_text(name))
        self._add_users()
        if project.codes:
            _add_codes(ElementTree.SubElement(self.root, "CodeBook"), project.codes)
        self.notes = ElementTree.Element("Notes")
        if project.documents:
            sources = ElementTree.SubElement(self.root, "Sources")
            for document, annotations in project.by_document():
                self._add_source(sources, document, annotations)
        if len(self.notes):
            self.root.append(self.notes)

    def not_held(self) -> list[str]:
        """Return what the elements could not hold."""
        told = []
        if any(document.address or document.language for document in self.project.documents):
            told.append("addresses and languages of documents")
        if self.project.annotations:
            told.append("the words before and after a quote, which are found again in the text")
        for count, what in (
            (self.unplaced, "annotations whose words have no place in the text"),
            (self.times, "times that are no days with hours"),
            (self.lost, "codes of annotations that are not among the codes"),
        ):
            if count:
                told.append(f"{count} {what}")
        return told

    def _add_users(self) -> None:
        coders = dict.fromkeys(each.coder for each in self.project.annotations if each.coder)
        if coders:
            users = ElementTree.SubElement(self.root, "Users")
            for coder in coders:
                _element(users, "User", guid=_user(coder), name=coder)

    def _add_source(
        self, sources: ElementTree.Element, document: Document, annotations: list[Annotation]
    ) -> None:
        guid = _guid(document.document_id)
        path = f"internal://{guid}.txt"
        source = _element(sources, "TextSource", guid=guid, name=document.document_id, plainTextPath=path)
        if document.title:
            _element(source, "Description", document.title)
        whole: list[Annotation] = []
        for annotation in annotations:
            start, end = annotation.start, annotation.end
            if start is not None and end is not None and start < end:
                self._add_selection(source, document, annotation, (start, end))
            elif annotation.exact:
                self.unplaced += 1
            else:
                whole.append(annotation)
        for annotation in whole:
            self._add_codings(source, annotation)
        for annotation in whole:
            self._add_note(source, annotation)

    def _add_selection(
        self, source: ElementTree.Element, document: Document, annotation: Annotation, place: tuple[int, int]
    ) -> None:
        words = " ".join(document.text[place[0] : place[1]].split())
        selection = _element(
            source,
            "PlainTextSelection",
            guid=_guid(annotation.annotation_id),
            name=words if len(words) <= _NAME else f"{words[: _NAME - 1]}…",
            creatingUser=_user(annotation.coder),
            creationDateTime=self._time(annotation),
        )
        selection.set("startPosition", str(place[0]))
        selection.set("endPosition", str(place[1] - 1))
        if about := _about(annotation):
            _element(selection, "Description", about)
        self._add_codings(selection, annotation)

    def _time(self, annotation: Annotation) -> str:
        if not annotation.created or _TIME.fullmatch(annotation.created):
            return annotation.created
        self.times += 1
        return ""

    def _add_codings(self, element: ElementTree.Element, annotation: Annotation) -> None:
        for code in annotation.codes:
            if code not in self.codes:
                self.lost += 1
                continue
            guid = guid_of(f"{annotation.document_id} {annotation.annotation_id} {code}")
            coding = _element(element, "Coding", guid=guid, creatingUser=_user(annotation.coder))
            _element(coding, "CodeRef", targetGUID=_guid(code))

    def _add_note(self, source: ElementTree.Element, annotation: Annotation) -> None:
        """Add what is said of a whole document as a note, since its description is its title."""
        if about := _about(annotation):
            guid = guid_of(f"{annotation.document_id} {annotation.annotation_id}")
            made = annotation.created if _TIME.fullmatch(annotation.created) else _NO_TIME
            note = _element(self.notes, "Note", guid=guid, name="Note", creatingUser=_user(annotation.coder))
            note.set("creationDateTime", made)
            _element(note, "PlainTextContent", about)
            _element(source, "NoteRef", targetGUID=guid)


def _about(annotation: Annotation) -> str:
    """Return the remark of an annotation, and its other columns."""
    fields = note_of_fields(annotation.fields) if annotation.fields else ""
    return "\n\n".join(filter(None, [annotation.note, fields]))


def _user(coder: str) -> str:
    return guid_of(f"coder {coder}") if coder else ""


FORMAT = Format(
    name="refi-qda",
    text="REFI-QDA project, or codebook",
    suffixes=(".qdpx", ".qdc"),
    read=read,
    write=write,
    tried="the project schema of the standard; projects of NVivo 15, ATLAS.ti 23, qualitative-coding 1.7, AQDA 0.5 and "
    "Exegete 0.15; codebooks of Taguette and AQDA",
)
