"""The text of a TEI document, and where in it each of its elements is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

__all__ = ["TEI", "XML", "Flat", "Note", "flattened"]

TEI, XML = "{http://www.tei-c.org/ns/1.0}", "{http://www.w3.org/XML/1998/namespace}"

_WHITE = re.compile(r"[ \t\r\n]+")
#: Elements that begin a line of their own.
_BLOCKS = frozenset(
    {
        "ab",
        "argument",
        "back",
        "bibl",
        "body",
        "byline",
        "cell",
        "cit",
        "closer",
        "dateline",
        "div",
        "div1",
        "div2",
        "div3",
        "div4",
        "div5",
        "div6",
        "div7",
        "docAuthor",
        "docDate",
        "docEdition",
        "docImprint",
        "docTitle",
        "epigraph",
        "floatingText",
        "front",
        "group",
        "head",
        "imprimatur",
        "item",
        "l",
        "label",
        "lg",
        "list",
        "listBibl",
        "opener",
        "p",
        "postscript",
        "row",
        "salute",
        "signed",
        "sp",
        "speaker",
        "spGrp",
        "stage",
        "table",
        "text",
        "titlePage",
        "titlePart",
        "trailer",
        "u",
    }
)
#: Elements that hold nothing of the text: what is on a page beside it, and what editors made of it.
_LEFT_OUT = frozenset({"TEI", "fw", "figDesc", "index", "interp", "interpGrp", "span", "spanGrp", "standOff"})
#: Of two forms of a word that of the editor, which is left out for that of the source.
_OF_EDITOR, _OF_SOURCE = frozenset({"corr", "expan", "reg"}), frozenset({"sic", "abbr", "orig", "am", "ex"})


@dataclass(frozen=True)
class Note:
    """A note that stands within a text, and is no part of it."""

    element: Element
    start: int
    end: int
    text: str


@dataclass
class Flat:
    """A text without its elements.

    Attributes
    ----------
    text : str
        Its characters; where the space of an element is not kept, white space is a blank, and blocks are lines.
    spans : list of tuple of (Element, int, int)
        The elements in their order, each with its half-open place.
    ids : dict of str to tuple of (int, int)
        The places of elements that have an id.
    notes : list of Note
        The notes within it, each with the place of the block that it stands in.
    """

    text: str = ""
    spans: list[tuple[Element, int, int]] = field(default_factory=list)
    ids: dict[str, tuple[int, int]] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)


def flattened(root: Element) -> Flat:
    r"""Return the text of an element, and where the elements in it are.

    Parameters
    ----------
    root : Element
        A `text` of TEI, or another of its elements.

    Examples
    --------
    >>> from sourcebook.exchange.xmlfiles import parse_xml
    >>> source = b'<p xmlns="http://www.tei-c.org/ns/1.0">The <hi>bridge</hi>\n fell.<note>When?</note></p>'
    >>> flat = flattened(parse_xml(source, "a.xml"))
    >>> flat.text, [note.text for note in flat.notes]
    ('The bridge fell.', ['When?'])
    """
    walker = _Walker()
    walker.walk(root, keep=False, block=0)
    flat = walker.flat
    flat.text = "".join(walker.pieces)
    flat.notes = [
        Note(each.element, each.start, max(each.end, walker.ends.get(each.start, each.end)), each.text)
        for each in flat.notes
    ]
    return flat


class _Walker:
    """Gathers the characters of a text; a blank or a line end is written only when something follows it."""

    def __init__(self) -> None:
        self.flat = Flat()
        self.pieces: list[str] = []
        self.length = 0
        self.due = ""
        self.fresh = True  # at the start of a line
        self.ends: dict[int, int] = {}

    def add(self, text: str) -> None:
        if text:
            self.pieces.append(text)
            self.length += len(text)
            self.fresh = text.endswith("\n")

    def say(self, text: str, *, keep: bool) -> None:
        """Add characters of the file."""
        if keep:
            self.settle()
            self.add(text)
            return
        plain = _WHITE.sub(" ", text)
        if plain.startswith(" ") and not self.fresh:
            self.due = self.due or " "
        if word := plain.strip(" "):
            self.settle()
            self.add(word)
            self.due = " " if plain.endswith(" ") else ""

    def settle(self) -> None:
        """Write the blank or the line end that is due."""
        due, self.due = self.due, ""
        self.add(due)

    def line(self) -> None:
        """Begin a new line, if this one has anything."""
        self.due = "" if self.fresh else "\n"

    def walk(self, element: Element, *, keep: bool, block: int) -> None:
        """Add an element, and what is in it."""
        name = element.tag.removeprefix(TEI)
        space = element.get(f"{XML}space")
        keep = space == "preserve" or (keep and space != "default")
        if name == "note":
            said = flattened_note(element)
            self.flat.notes.append(Note(element, block, self.length, said))
            return
        if name in _LEFT_OUT:
            return
        both = name == "choice" and any(child.tag.removeprefix(TEI) in _OF_SOURCE for child in element)
        is_block = name in _BLOCKS
        if is_block or (name == "lb" and element.get("break") != "no" and not keep):
            self.line()
        self.settle()
        start = self.length
        block = start if is_block else block
        self.say(element.text or "", keep=keep)
        for child in element:
            if not (both and child.tag.removeprefix(TEI) in _OF_EDITOR):
                self.walk(child, keep=keep, block=block)
            self.say(child.tail or "", keep=keep)
        end = self.length
        self.flat.spans.append((element, start, end))
        if identity := element.get(f"{XML}id"):
            self.flat.ids.setdefault(identity, (start, end))
        if is_block:
            self.ends.setdefault(start, end)
            if not keep:
                self.line()


def flattened_note(element: Element) -> str:
    """Return the words of a note in one line.

    Parameters
    ----------
    element : Element
        The note.
    """
    return _WHITE.sub(" ", "".join(element.itertext())).strip()
