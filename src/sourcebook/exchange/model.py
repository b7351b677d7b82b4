"""What all formats are read into and written from: texts, codes, and annotations of stretches of the texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

__all__ = ["Annotation", "Code", "Document", "Project"]


@dataclass(frozen=True, kw_only=True)
class Document:
    """A text that annotations refer to.

    Attributes
    ----------
    document_id : str
        Its id within the project; of a source of a data folder the id of the source.
    text : str
        Its characters, line ends as they are; empty where the format does not carry it.
    title, address, language : str
        What else is known of it; an address is that of a page on the web.
    """

    document_id: str
    text: str = field(repr=False)
    title: str = ""
    address: str = ""
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class Code:
    """A code: a question, an answer, a category, a tag.

    Attributes
    ----------
    code_id : str
        Its id within the project.
    name : str
        What people read.
    parent : str
        The id of the code that includes it, if any.
    description : str
        When to use it.
    colour : str
        As ``#rrggbb``, if it has one.
    """

    code_id: str
    name: str
    parent: str = ""
    description: str = ""
    colour: str = ""


@dataclass(frozen=True, kw_only=True)
class Annotation:
    """Codes, and what else is said, of a stretch of a text or of the whole of it.

    Attributes
    ----------
    annotation_id : str
        Its id within the project.
    document_id : str
        The document.
    start, end : int or None
        The stretch: half-open offsets into the text of the document, counted in Unicode code points; None where the
        format gives the words alone, or means the whole document.
    exact : str
        The words; empty where the whole document is meant.
    prefix, suffix : str
        Words before and after them.
    codes : tuple of str
        Ids of codes.
    note : str
        A remark.
    coder : str
        Who made it.
    created : str
        When, as ISO 8601.
    fields : mapping of str to str
        What else it holds, by name: of a coded row its other columns, and ``table``.
    """

    annotation_id: str
    document_id: str
    start: int | None = None
    end: int | None = None
    exact: str = ""
    prefix: str = field(default="", repr=False)
    suffix: str = field(default="", repr=False)
    codes: tuple[str, ...] = ()
    note: str = ""
    coder: str = ""
    created: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Project:
    """Documents, codes and annotations, as a file of another tool holds them.

    Attributes
    ----------
    documents : tuple of Document
        The texts.
    codes : tuple of Code
        The codes, each after the one that includes it.
    annotations : tuple of Annotation
        The annotations.
    told : list of str
        What a person should know of the reading: what could not be taken, and what was assumed.

    Examples
    --------
    >>> page = Document(document_id="a", text="The bridge fell.")
    >>> fell = Annotation(annotation_id="1", document_id="a", start=11, end=15, exact="fell", codes=("collapse",))
    >>> Project(documents=(page,), codes=(Code(code_id="collapse", name="Collapse"),), annotations=(fell,))
    <Project: 1 documents, 1 codes, 1 annotations>
    """

    documents: tuple[Document, ...] = ()
    codes: tuple[Code, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    told: list[str] = field(default_factory=list)

    def by_document(self) -> Iterator[tuple[Document, list[Annotation]]]:
        """Yield each document with its annotations, both in the order of the project."""
        annotations: dict[str, list[Annotation]] = {document.document_id: [] for document in self.documents}
        for annotation in self.annotations:
            annotations.get(annotation.document_id, []).append(annotation)
        for document in self.documents:
            yield document, annotations[document.document_id]

    def __repr__(self) -> str:
        return (
            f"<Project: {len(self.documents)} documents, {len(self.codes)} codes, "
            f"{len(self.annotations)} annotations>"
        )
