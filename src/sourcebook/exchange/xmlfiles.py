"""Read XML that strangers made, with limits and without a document type; and write XML.

A file with a document type is refused before anything of it is read: no entity is expanded, and nothing is fetched.
"""

from __future__ import annotations

import re
from typing import NoReturn
from xml.etree import ElementTree
from xml.parsers import expat

from sourcebook.exchange.untrusted import DEEPEST, refuse

__all__ = ["MOST_ELEMENTS", "Element", "parse_xml", "to_xml", "xml_text"]

#: How many elements a file may have.
MOST_ELEMENTS = 5_000_000

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class Element(ElementTree.Element):
    """An element of an XML file, with the line where it starts.

    Attributes
    ----------
    line : int
        The line.
    """

    line = 0


def parse_xml(data: bytes, where: str) -> Element:
    r"""Return the root of an XML file; names have their namespaces, as ``{namespace}name``.

    Parameters
    ----------
    data : bytes
        The file.
    where : str
        What problems call it.

    Raises
    ------
    DataError
        If it is not well formed, has a document type, or is nested too deep or too large.

    Examples
    --------
    >>> parse_xml(b"<a>\n<b/></a>", "a.xml")[0].line
    2
    >>> parse_xml(b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "a.xml")
    Traceback (most recent call last):
    sourcebook.core.errors.DataError: 1 problem in the data:
      a.xml:1: expected an XML file without a document type, found one → export it again, or remove the DOCTYPE
    """
    reader = _XmlReader(where)
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        found = f"something else ({expat.errors.messages.get(error.code, error)})"
        refuse(
            where,
            found,
            "well-formed XML",
            "export it again",
            line=error.lineno,
            column=str(error.offset + 1),
        )
    except (LookupError, ValueError) as error:
        refuse(
            where, f"something else ({error})", "XML in UTF-8 or another known encoding", "save it in UTF-8"
        )
    return reader.root()


class _XmlReader:
    """Builds the tree from what the parser meets, and stops where a file asks for too much."""

    def __init__(self, where: str) -> None:
        self.where, self.depth, self.count = where, 0, 0
        self.builder = ElementTree.TreeBuilder(element_factory=Element)
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.ordered_attributes = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self.builder.data
        self.names: dict[str, str] = {}

    def _name(self, name: str) -> str:
        return self.names.setdefault(name, f"{{{name}" if "}" in name else name)

    def _doctype(self, *_: object) -> NoReturn:
        action = "export it again, or remove the DOCTYPE"
        line = self.parser.CurrentLineNumber
        refuse(self.where, "one", "an XML file without a document type", action, line=line)

    def _start(self, name: str, attributes: list[str]) -> None:
        line = self.parser.CurrentLineNumber
        self.depth += 1
        self.count += 1
        if self.depth > DEEPEST:
            refuse(self.where, "more", f"elements at most {DEEPEST} deep", "export it again", line=line)
        if self.count > MOST_ELEMENTS:
            refuse(self.where, "more", f"at most {MOST_ELEMENTS:,} elements", "export less", line=line)
        pairs = zip(attributes[::2], attributes[1::2], strict=True)
        made = self.builder.start(self._name(name), {self._name(key): value for key, value in pairs})
        made.line = line  # type: ignore[attr-defined]

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.builder.end(self._name(name))

    def root(self) -> Element:
        root = self.builder.close()
        assert isinstance(root, Element)
        return root


def xml_text(text: str) -> str:
    r"""Return a text without the characters that XML cannot hold, each replaced by U+FFFD.

    Examples
    --------
    >>> xml_text("a\x07b") == "a\ufffdb"
    True
    """
    return _NOT_IN_XML.sub("\ufffd", text)


def to_xml(root: ElementTree.Element) -> bytes:
    r"""Return an element as an XML file in UTF-8, one element in a line.

    Parameters
    ----------
    root : Element
        The element, or one of `xml.etree.ElementTree`.

    Examples
    --------
    >>> to_xml(ElementTree.Element("a", {"b": "1"}))
    b'<?xml version="1.0" encoding="utf-8"?>\n<a b="1" />\n'
    """
    ElementTree.indent(root, " ")
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()
