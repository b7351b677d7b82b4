"""Read the parts of a file that is a zip archive, and refuse one that unpacks to too much."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from xml.etree import ElementTree

from sourcebook.sources.ingest.extraction import LARGEST_FILE, UnreadableError

__all__ = ["Archive"]

_RESAVE = "open it in the program that made it, and save it anew"
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


class Archive:
    """The parts of a zip archive.

    Parameters
    ----------
    data : bytes
        The whole file.

    Raises
    ------
    UnreadableError
        If it is broken or unpacks to more than `LARGEST_FILE`.

    Examples
    --------
    >>> buffer = io.BytesIO()
    >>> with zipfile.ZipFile(buffer, "w") as made:
    ...     made.writestr("a.xml", "<a>x</a>")
    >>> Archive(buffer.getvalue()).xml("a.xml").text
    'x'
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._file = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise UnreadableError("a broken file", _RESAVE) from error
        if sum(each.file_size for each in self._file.infolist()) > LARGEST_FILE:
            found = f"an archive of more than {LARGEST_FILE // 1_000_000} MB"
            raise UnreadableError(found, "divide it, or take out its pictures")
        self.names = frozenset(self._file.namelist())

    def read(self, name: str) -> bytes:
        """Return the bytes of a part, none if there is no such part."""
        if name not in self.names:
            return b""
        try:
            return self._file.read(name)
        except RuntimeError as error:  # what zipfile raises for an encrypted part
            raise UnreadableError("a file with a password", "save a copy without the password") from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
            raise UnreadableError("a broken file", _RESAVE) from error

    def xml(self, name: str) -> ElementTree.Element:
        """Return the root of a part in XML; an empty element if there is no such part."""
        data = self.read(name)
        if not data:
            return ElementTree.Element("none")
        if _DECLARED.search(data[:4000]):
            raise UnreadableError("XML that declares entities", _RESAVE)
        try:
            return ElementTree.fromstring(data)
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise UnreadableError("a broken file", _RESAVE) from error
