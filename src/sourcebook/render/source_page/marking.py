"""Mark the passages of a sentence: nested where they nest, in pieces where they cross."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

__all__ = ["Mark", "Marker", "Span", "Words"]


@dataclass(frozen=True, kw_only=True)
class Span:
    """A passage, or what of it lies in one sentence.

    Attributes
    ----------
    start, end : int
        Half-open place in the sentence, in code points.
    category : str
        One of the categories of codings, or ``shared``.
    row_id : str
        The address of the passage.
    shared_with : str
        The source that has the passage too; such a passage has a link to the comparison, and no note.
    """

    start: int
    end: int
    category: str
    row_id: str
    shared_with: str = ""


@dataclass(frozen=True, kw_only=True)
class Words:
    """A stretch of words that the same passages cover.

    Attributes
    ----------
    text : str
        The words.
    note : str
        The innermost passage, to whose note they lead; empty where they lead nowhere.
    is_stop : bool
        Whether the tab key stops here: at the first stretch that leads to a note.
    """

    text: str
    note: str = ""
    is_stop: bool = False


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A passage, or a piece of it, with what it covers.

    Attributes
    ----------
    span : Span
        The passage.
    is_first : bool
        Whether it begins here; otherwise it was cut by another passage, or began in an earlier sentence.
    parts : list of Words or Mark
        What it covers.
    """

    span: Span
    is_first: bool
    parts: list[Words | Mark] = field(default_factory=list)


class Marker:
    """Marks the sentences of a page one after the other.

    Attributes
    ----------
    hosts : dict of str to str
        Id of each passage to the id of the passage whose note the first stretch of it leads to: its own, or that
        of a passage inside it.
    linked : set of str
        The passages whose own notes a stretch leads to.
    """

    def __init__(self) -> None:
        self.hosts: dict[str, str] = {}
        self.linked: set[str] = set()
        self._begun: set[str] = set()

    def mark(self, text: str, spans: Iterable[Span]) -> list[Words | Mark]:
        """Return the next text of the page with its passages marked.

        Parameters
        ----------
        text : str
            A sentence.
        spans : iterable of Span
            Its passages; an empty one leaves an address without words.

        Returns
        -------
        list of Words or Mark
            What the template ``marked_text`` prints.

        Examples
        --------
        >>> Marker().mark("a b", [Span(start=2, end=3, category="date", row_id="x.c1")])[1].parts
        [Words(text='b', note='x.c1', is_stop=True)]
        """
        ordered = sorted(spans, key=_nesting)
        cuts = sorted({0, len(text), *(s.start for s in ordered), *(s.end for s in ordered)})
        parts: list[Words | Mark] = []
        opened: list[Mark] = []
        for place, following in zip(cuts, [*cuts[1:], len(text)], strict=True):
            again = _close(opened, place)
            starting = [span for span in ordered if span.start == place]
            for span in sorted([*again, *starting], key=lambda s: -s.end):
                mark = Mark(span=span, is_first=span.row_id not in self._begun)
                self._begun.add(span.row_id)
                (opened[-1].parts if opened else parts).append(mark)
                if span.end > place:
                    opened.append(mark)
            if following > place:
                words = self._words(text[place:following], [mark.span for mark in opened])
                (opened[-1].parts if opened else parts).append(words)
        return parts

    def _words(self, text: str, spans: Iterable[Span]) -> Words:
        """Return words with the note that they lead to."""
        noted = [span.row_id for span in spans if not span.shared_with]
        # Between passages inside a passage, a comma is no place to click: the note of its first words leads on.
        if not noted or not (any(map(str.isalnum, text)) or (text.strip() and noted[-1] not in self.hosts)):
            return Words(text=text)
        for row_id in noted:
            self.hosts.setdefault(row_id, noted[-1])
        is_stop = noted[-1] not in self.linked
        self.linked.add(noted[-1])
        return Words(text=text, note=noted[-1], is_stop=is_stop)


def _nesting(span: Span) -> tuple[int, int, bool, str]:
    """Order passages from the outermost in; of equal ones, the shared passage is outside."""
    return span.start, -span.end, not span.shared_with, span.row_id


def _close(opened: list[Mark], place: int) -> list[Span]:
    """Close the passages that end at a place and those inside them; return those that go on in another piece."""
    first = next((n for n, mark in enumerate(opened) if mark.span.end <= place), len(opened))
    again = [mark.span for mark in opened[first:] if mark.span.end > place]
    del opened[first:]
    return again
