"""The text of a document with what is known of it, and the reason why a file has none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from sourcebook._version import __version__
from sourcebook.core.errors import SourcebookError

__all__ = ["LARGEST_FILE", "LARGEST_TEXT", "OWN_TOOL", "Extraction", "UnreadableError"]

#: Bytes of a file, and bytes that an archive unpacks to; code points of a text.
LARGEST_FILE = 200_000_000
LARGEST_TEXT = 20_000_000

#: What the registry names as the tool for kinds that sourcebook reads itself.
OWN_TOOL = ("sourcebook", __version__)


class UnreadableError(SourcebookError):
    """A file without text that could be read.

    Parameters
    ----------
    found : str
        What the file is.
    action : str
        What to do.
    """

    def __init__(self, found: str, action: str) -> None:
        super().__init__(f"{found} → {action}")
        self.found, self.action = found, action


@dataclass(frozen=True, kw_only=True)
class Extraction:
    """What was read of a document.

    Attributes
    ----------
    text : str
        The text; lines end with a line feed.
    tool : tuple of (str, str)
        Name and version of what took the text out.
    encoding : str
        Of a file that is text itself.
    name : str
        Name of an article in a file that holds several; else empty.
    pages : tuple of (int, int)
        Half-open code points of each page in `text`, for a document that has pages.
    metadata : mapping of str to str
        What the file says of itself: ``title, author, date, publisher, language, page``, and ``saved``, the day on
        which it was saved, as far as it does.
    zones : tuple of (str, int, int)
        Stretches of `text` that are known to be no running text: kind, start and end.
    notes : tuple of str
        What a person should look at.
    """

    text: str
    tool: tuple[str, str] = OWN_TOOL
    encoding: str = ""
    name: str = ""
    pages: tuple[tuple[int, int], ...] = ()
    metadata: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    zones: tuple[tuple[str, int, int], ...] = ()
    notes: tuple[str, ...] = ()
