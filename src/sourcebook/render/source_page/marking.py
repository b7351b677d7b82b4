"""Mark the passages of a sentence: nested where they nest, in pieces where they cross."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Marked", "Span", "marked"]


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
    first : bool
        Whether the passage begins here; otherwise it began in an earlier sentence.
    note : str
        Address of the note on the same page, to which the words lead; without one they lead nowhere.
    sign, told : str
        Address of a place on the same page to which a sign before the passage leads, and what the sign is called.
    """

    start: int
    end: int
    category: str
    row_id: str
    first: bool = True
    note: str = ""
    sign: str = ""
    told: str = ""


@dataclass(frozen=True, kw_only=True)
class Marked:
    """A sentence with its passages marked.

    Attributes
    ----------
    markup : str
        The escaped text. Each passage is one element with its address; a passage that crosses another, or that
        began in an earlier sentence, goes on in elements that name it in ``data-of``.
    hosts : dict of str to str
        Id of each passage to the id of the passage whose note the first stretch of it leads to: its own, or that
        of a passage inside it.
    linked : frozenset of str
        The passages whose own notes a stretch leads to.
    """

    markup: str
    hosts: dict[str, str]
    linked: frozenset[str]


def marked(text: str, spans: Iterable[Span], *, known: Iterable[str] = ()) -> Marked:
    """Mark the passages of a text, each stretch of words a link to the note of the innermost of them.

    Parameters
    ----------
    text : str
        A sentence.
    spans : iterable of Span
        Empty ones leave an address without words.
    known : iterable of str
        The passages to whose notes earlier sentences lead already.

    Returns
    -------
    Marked
        Only the first stretch that leads to a note is a stop of the tab key.

    Examples
    --------
    >>> marked("a b", [Span(start=2, end=3, category="date", row_id="x.c1", note="note-x.c1")]).markup
    'a <mark data-category="date" id="x.c1"><a href="#note-x.c1">b</a></mark>'
    """
    ordered = sorted(spans, key=_nesting)
    cuts = sorted({0, len(text), *(s.start for s in ordered), *(s.end for s in ordered)})
    writer = _Writer(begun={s.row_id for s in ordered if not s.first}, linked=set(known))
    for n, place in enumerate(cuts):
        writer.turn(place, [s for s in ordered if s.start == place])
        if n + 1 < len(cuts):
            writer.stretch(text[place : cuts[n + 1]])
    return Marked(markup="".join(writer.out), hosts=writer.hosts, linked=frozenset(writer.linked))


def _nesting(span: Span) -> tuple[int, int, bool, str]:
    """Order passages from the outermost in; of equal ones, the shared passage is outside."""
    return span.start, -span.end, span.category != "shared", span.row_id


class _Writer:
    """A sentence while it is written."""

    def __init__(self, *, begun: set[str], linked: set[str]) -> None:
        self.out: list[str] = []
        self.opened: list[Span] = []
        self.begun, self.linked = begun, linked
        self.hosts: dict[str, str] = {}

    def turn(self, place: int, starting: list[Span]) -> None:
        """Close what ends at a place, and open what begins there; what it cuts goes on in another piece."""
        ending = [n for n, span in enumerate(self.opened) if span.end <= place]
        again: list[Span] = []
        if ending:
            cut = self.opened[ending[0] :]
            self.out.append("</mark>" * len(cut))
            again = [span for span in cut if span.end > place]
            del self.opened[ending[0] :]
        for span in sorted([*again, *starting], key=lambda s: -s.end):
            self.out.append(self._tag(span))
            if span.end > place:
                self.opened.append(span)
            else:
                self.out.append("</mark>")

    def _tag(self, span: Span) -> str:
        row_id = html.escape(span.row_id)
        again = span.row_id in self.begun
        self.begun.add(span.row_id)
        tag = f'<mark data-category="{span.category}" {"data-of" if again else "id"}="{row_id}">'
        if span.sign and not again:
            told = html.escape(span.told)
            tag += f'<a class="sb-sign" href="#{html.escape(span.sign)}" aria-label="{told}"></a>'
        return tag

    def stretch(self, text: str) -> None:
        """Write words that the same passages cover."""
        shown = html.escape(text)
        noted = [span for span in self.opened if span.note]
        # Between passages inside a passage, a comma is no place to click: the note of its first words leads on.
        if noted and (any(map(str.isalnum, text)) or (text.strip() and noted[-1].row_id not in self.hosts)):
            inner = noted[-1]
            for span in noted:
                self.hosts.setdefault(span.row_id, inner.row_id)
            again = ' tabindex="-1"' if inner.row_id in self.linked else ""
            self.linked.add(inner.row_id)
            shown = f'<a href="#{html.escape(inner.note)}"{again}>{shown}</a>'
        self.out.append(shown)
