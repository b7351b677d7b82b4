"""The elements of a web page as a tree, whatever is missing or wrong in its markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

__all__ = ["Node", "parse_page"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_VOID = _words("area base br col embed hr img input link meta param source track wbr")
_BLOCKS = _words(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody "
    "td tfoot th thead title tr ul"
)
#: An open element that the start of another ends.
_ENDED = {
    "p": _BLOCKS,
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "td": frozenset({"td", "th", "tr", "tbody"}),
    "th": frozenset({"td", "th", "tr", "tbody"}),
    "tr": frozenset({"tr", "tbody"}),
    "head": frozenset({"body"}),
}
#: Elements inside elements beyond this go beside each other.
_DEEPEST = 200


@dataclass(eq=False)
class Node:
    """An element: its tag, its attributes, and its children, of which texts are strings."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    @property
    def is_block(self) -> bool:
        """Whether it begins and ends a line."""
        return self.tag in _BLOCKS

    def walk(self) -> Iterator[Node]:
        """Yield the element and all in it, in the order of the page."""
        waiting: list[Node] = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += [child for child in reversed(node.children) if isinstance(child, Node)]

    def words(self) -> str:
        """Return all text in it, with single blanks."""
        pieces: list[str] = []
        waiting: list[Node | str] = [self]
        while waiting:
            node = waiting.pop()
            if isinstance(node, str):
                pieces.append(node)
            elif node.tag not in ("script", "style"):
                waiting += reversed(node.children)
                pieces.append(" " if node.is_block or node.tag == "br" else "")
        return " ".join("".join(pieces).split())


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("root")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        while tag in _ENDED.get(self.open[-1].tag, ()):
            self.open.pop()
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in _VOID and len(self.open) < _DEEPEST:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag:
                del self.open[depth:]
                return
            if self.open[depth].tag in ("td", "th", "table") and tag not in ("table", "body", "html"):
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse_page(markup: str) -> Node:
    """Return the tree of a web page.

    Parameters
    ----------
    markup : str
        The page, decoded.

    Examples
    --------
    >>> page = parse_page("<p>One<p>5 &lt; 6 &amp;c.<script>if (a < b) {}</script>")
    >>> [node.words() for node in page.walk() if node.tag == "p"]
    ['One', '5 < 6 &c.']
    """
    builder = _Builder()
    builder.feed(markup)
    builder.close()
    return builder.root
