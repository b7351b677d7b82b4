"""The header of a TEI document: what it says of the text, and the categories and interpretations that it lists."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from sourcebook.exchange.model import Code, Document
from sourcebook.exchange.tei_text import TEI, XML, flattened_note

__all__ = ["categories", "described"]


def described(root: Element, name: str, text: str) -> Document:
    """Return a document with what its header says.

    Parameters
    ----------
    root : Element
        The element `TEI`.
    name : str
        Its id.
    text : str
        Its text.
    """
    header = root.find(f"{TEI}teiHeader")
    title = None if header is None else header.find(f"{TEI}fileDesc/{TEI}titleStmt/{TEI}title")
    language = None if header is None else header.find(f"{TEI}profileDesc/{TEI}langUsage/{TEI}language")
    inner = root.find(f"{TEI}text")
    tongue = language.get("ident", "") if language is not None else ""
    if not tongue and inner is not None:
        tongue = inner.get(f"{XML}lang", "")
    return Document(
        document_id=name,
        text=text,
        title="" if title is None else flattened_note(title),
        address=next(_addresses(header), ""),
        language=tongue or root.get(f"{XML}lang", ""),
    )


def _addresses(header: Element | None) -> Iterator[str]:
    """Yield the addresses of pages that a header gives of the source."""
    source = None if header is None else header.find(f"{TEI}fileDesc/{TEI}sourceDesc")
    for each in () if source is None else source.iter():
        address = each.get("target") or each.get("url") or (each.text or "").strip()
        if address.startswith(("https://", "http://")) and not address.split(" ", 1)[1:]:
            yield address


def categories(root: Element) -> tuple[dict[str, Code], dict[str, str]]:
    """Return the codes that a file lists, each after the one above it, and the codes that ids point to.

    Parameters
    ----------
    root : Element
        The root of the file.

    Returns
    -------
    tuple of (dict, dict)
        The codes by their ids, and the ids of codes by the `xml:id` of their elements.
    """
    codes: dict[str, Code] = {}
    pointers: dict[str, str] = {}
    above: dict[int, str] = {}
    for each in root.iter():
        if each.tag not in {f"{TEI}category", f"{TEI}interp"}:
            continue
        identity = each.get(f"{XML}id", "")
        code = each.get("n") or identity
        if not code:
            continue
        name, description = _names(each)
        codes.setdefault(
            code,
            Code(
                code_id=code,
                name=name or code,
                parent=above.get(id(each), ""),
                description=description,
                colour=(each.get("style") or "").removeprefix("background-color: ").rstrip(";"),
            ),
        )
        pointers[identity] = code
        above |= {id(child): code for child in each if child.tag == f"{TEI}category"}
    return codes, pointers


def _names(element: Element) -> tuple[str, str]:
    """Return the name of a category, and what it says of itself."""
    if element.tag == f"{TEI}interp":
        return flattened_note(element), ""
    inner = element.find(f"{TEI}catDesc")
    if inner is None:
        parts = [each for each in element if each.tag in {f"{TEI}gloss", f"{TEI}desc"}]
        return (flattened_note(parts[0]) if parts else ""), " ".join(map(flattened_note, parts[1:]))
    term, gloss = inner.find(f"{TEI}term"), inner.find(f"{TEI}gloss")
    if term is None:
        return flattened_note(inner), ""
    return flattened_note(term), flattened_note(
        gloss if gloss is not None else term
    ) if gloss is not None else ""
