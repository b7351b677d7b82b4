"""The check that prose states no number, date or count that the build has not computed.

``sourcebook.book.number_lint`` in the list of extensions switches it on in any book; :mod:`sourcebook.book`
brings it. It reads the document tree of each page, so that it knows what is
typed from what is printed, and reports every number of a build at once, as ``file:line: bare number …``. What
counts as a number is decided by :func:`sourcebook.parsing.numerals.find_numerals`.

Its settings:

``sourcebook_bare_numbers``
    ``error`` (default; the build fails), ``warning`` (reported), or ``off``.
``sourcebook_bare_numbers_pages``
    Patterns of the documents to check, as in Sphinx's ``exclude_patterns`` (default: all).

Not read, by the type of the node: headings and captions of sections, block quotes, code, literals and
formulas, citations and references to footnotes, bibliographies, addresses, the text that a reference takes
from its target, the description of a library's names, raw HTML, and what a code cell puts out. Not read, by
its form: text in quotation marks; places in legal instruments ("Article 13(2)"). Other extensions exempt
more: a node with the attribute ``sourcebook_computed`` was printed by the build, and listeners to the event
``sourcebook-proper-names``, called with the application and a text, return the places of names in it, as
pairs of offsets. Listeners to ``sourcebook-printed-as``, called with the application and the words of a number,
return what one can write in its place.

A page whose front matter says ``prose: reference`` lays down rules and definitions, whose numbers are its
own. It is not checked, and may print no computed value: a page of findings cannot be declared one of
reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import ENUM
from sphinx.environment import BuildEnvironment
from sphinx.util.matching import Matcher

from sourcebook._version import __version__
from sourcebook.book.build_errors import report
from sourcebook.book.prose import Block, Prose
from sourcebook.book.state import state_of
from sourcebook.parsing.law import pinpoint_spans
from sourcebook.parsing.numerals import Numeral, find_numerals

__all__ = [
    "COMPUTED",
    "NAMES_EVENT",
    "ROLES_EVENT",
    "Block",
    "Prose",
    "bare_numbers",
    "blocks",
    "number_message",
    "number_words",
    "setup",
]

COMPUTED = "sourcebook_computed"
"""The attribute of a node whose text the build has computed, true for a value and false for quoted words."""

NAMES_EVENT = "sourcebook-proper-names"
"""The event that asks for the places of names in a text."""

ROLES_EVENT = "sourcebook-printed-as"
"""The event that asks what prints a number."""

_GAP = "\ufffc"  # stands for what is not read, a character for each character
_SHOWN = 30  # characters of context on either side of a number in a message
_QUOTED = re.compile(r"“[^“”]*”|«[^«»]*»|„[^„“”]*[“”]|\"[^\"]*\"|‘[^‘’]*(?:’(?=\w)[^‘’]*)*’(?!\w)")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\b10\.\d{4,}/\S+")

_UNREAD = (
    nodes.title,
    nodes.subtitle,
    nodes.rubric,
    nodes.block_quote,
    nodes.FixedTextElement,
    nodes.docinfo,
    nodes.citation,
    nodes.label,
    nodes.field_name,
    nodes.system_message,
    nodes.Invisible,
    nodes.raw,
    addnodes.desc,
    addnodes.toctree,
)
_UNREAD_INLINE = (
    nodes.literal,
    nodes.math,
    nodes.raw,
    nodes.problematic,
    nodes.footnote_reference,
    nodes.citation_reference,
)


def blocks(doctree: nodes.document) -> Iterator[Block]:
    """Yield the blocks of a page that hold typed prose.

    Parameters
    ----------
    doctree : docutils.nodes.document
        As Sphinx has read it, its references not yet resolved.

    Yields
    ------
    Block
    """
    line = 0
    for block in doctree.findall(_holds_prose):
        line = _line(block) or line  # cells of a table have none of their own
        yield Block(line=line, text=block["alt"] if isinstance(block, nodes.image) else _text(block))


def _holds_prose(node: nodes.Node) -> bool:
    if isinstance(node, nodes.image):
        return bool(node.get("alt")) and not _unread(node)
    block = isinstance(node, nodes.TextElement) and not isinstance(node, nodes.Inline)
    return block and not isinstance(node.parent, nodes.TextElement) and not _unread(node)


def _unread(node: nodes.Node | None) -> bool:
    """Whether a node is, or lies in, something that is not prose of the page."""
    while node is not None:
        if isinstance(node, _UNREAD):
            return True
        if isinstance(node, nodes.Element) and (COMPUTED in node or "nb_element" in node):
            return True
        node = node.parent
    return False


def _text(node: nodes.Node) -> str:
    """Return the text of a node, with a gap for what is not read."""
    if isinstance(node, nodes.Text):
        return str(node)
    if not isinstance(node, nodes.Element):
        return ""
    if isinstance(node, nodes.image):
        return _GAP
    whole = "".join(_text(child) for child in node.children)
    return re.sub(r"[^\n]", _GAP, whole) or _GAP if _printed(node) else whole


def _printed(node: nodes.Element) -> bool:
    """Whether the text of an inline node comes from elsewhere than the author's hand."""
    if isinstance(node, _UNREAD_INLINE) or COMPUTED in node:
        return True
    if isinstance(node, addnodes.pending_xref):
        return node.get("refdomain") == "cite" or not node.get("refexplicit", False)
    return isinstance(node, nodes.reference) and node.get("refuri", "").endswith(node.astext())


def _line(node: nodes.Node | None) -> int:
    while node is not None and node.line is None:
        node = node.parent
    return node.line or 0 if node is not None else 0


def bare_numbers(text: str, names: list[tuple[int, int]] | None = None) -> list[Numeral]:
    """Find the numbers in a text that are neither quoted nor part of a name.

    Parameters
    ----------
    text : str
        A block of prose.
    names : list of tuple of int, optional
        Further places that are exempt, as half-open offsets.

    Returns
    -------
    list of Numeral

    Examples
    --------
    >>> [n.text for n in bare_numbers("All five cite Article 13(2); Akram says “over 200”.")]
    ['five']
    """
    exempt = [*(match.span() for match in _ADDRESS.finditer(text)), *pinpoint_spans(text), *(names or ())]
    exempt += [match.span() for match in _QUOTED.finditer(text)]
    read = list(text)
    for start, end in exempt:
        read[start:end] = _GAP * (end - start)
    return find_numerals("".join(read))


def _collect(app: Sphinx, doctree: nodes.document) -> None:
    """Keep the blocks of a page that was read: names may come from pages that are read later."""
    env = app.env
    reference = str(env.metadata[env.docname].get("prose", "")).strip() == "reference"
    values = [node for node in doctree.findall(nodes.Element) if node.get(COMPUTED)]
    state_of(env).page(env.docname).prose = Prose(
        is_reference=reference,
        computed_line=_line(values[0]) if values else None,
        blocks=tuple(blocks(doctree)),
    )


def _check(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Report every bare number of the book, on pages that this build read and on those that it did not."""
    if app.config.sourcebook_bare_numbers != "off":
        chosen = Matcher(app.config.sourcebook_bare_numbers_pages)
        errors = [
            error
            for page, record in state_of(env).sorted_pages()
            if record.prose and chosen(page)
            for error in _errors(app, page, record.prose)
        ]
        report(app, errors, fail=app.config.sourcebook_bare_numbers == "error")
    return []


def _errors(app: Sphinx, page: str, prose: Prose) -> Iterator[tuple[str, int, str]]:
    if prose.is_reference and prose.computed_line is None:
        return
    if prose.is_reference:
        yield (
            page,
            prose.computed_line or 0,
            "the page says “prose: reference”: expected rules and definitions only, found a computed value; "
            "move what reports the dataset to another page, or remove the field",
        )
    for block in prose.blocks:
        names = [span for spans in app.emit(NAMES_EVENT, block.text) for span in spans]
        for numeral in bare_numbers(block.text, names):
            line = block.line + block.text.count("\n", 0, numeral.start) if block.line else 0
            roles = [role for found in app.emit(ROLES_EVENT, numeral.text) for role in found]
            yield page, line, number_message(block.text, numeral, roles)


def number_message(text: str, numeral: Numeral, roles: list[str]) -> str:
    """Return what is said of a bare number.

    Parameters
    ----------
    text : str
        The block of prose.
    numeral : Numeral
        The number in it.
    roles : list of str
        What prints it, if that is known.

    Returns
    -------
    str
    """
    found, expected, action = number_words(text, numeral, roles)
    return f"bare number “{' '.join(numeral.text.split())}”: expected {expected}, found {found}; {action}"


def number_words(text: str, numeral: Numeral, roles: list[str]) -> tuple[str, str, str]:
    """Return what was found for a bare number, what was expected, and what to do.

    Parameters
    ----------
    text, numeral, roles
        As for :func:`number_message`.

    Returns
    -------
    tuple of str
    """
    start, end = max(0, numeral.start - _SHOWN), numeral.end + _SHOWN
    shown = re.sub("·+", "·", " ".join(text[start:end].split()).replace(_GAP, "·"))
    by_name = f"print it by its name ({' or '.join(roles)})" if roles else "print it by its name"
    return (
        f"a typed {_KINDS[numeral.kind]} in “…{shown}…”",
        "a {value} role that prints what the build computes",
        f"{by_name} or compute it in a cell, quote the source that says it, or say it without the number",
    )


_KINDS = {
    "digits": "number",
    "word": "count",
    "fraction": "fraction",
    "multiple": "count",
    "both": "count of two",
    "date": "date",
    "roman": "Roman numeral",
}


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the settings, the event and the handlers with Sphinx."""
    app.setup_extension("sourcebook.book.build_errors")
    app.add_config_value("sourcebook_bare_numbers", "error", "env", ENUM("error", "warning", "off"))
    app.add_config_value("sourcebook_bare_numbers_pages", ["**"], "env", [list, tuple])
    app.add_event(NAMES_EVENT)
    app.add_event(ROLES_EVENT)
    app.connect("doctree-read", _collect, priority=900)
    app.connect("env-updated", _check)
    return {"version": __version__, "env_version": 2, "parallel_read_safe": True, "parallel_write_safe": True}
