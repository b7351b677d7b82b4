"""Call kreuzberg, offline and without pictures, on the kinds of files that it reads well."""

from __future__ import annotations

import importlib.util
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sourcebook.core.errors import SourcebookError
from sourcebook.core.languages import CODES_OF_THREE
from sourcebook.sources.ingest.extraction import Extraction, UnreadableError

if TYPE_CHECKING:
    import kreuzberg

__all__ = ["Read", "detect_language", "extract", "read_office", "require"]

_LINK = re.compile(r"(?<!\\)!?\[([^\[\]\n]*)\]\([^()\s]*\)")
_NOTE = re.compile(r"\[\^(\d+)\](:?)")
#: Seconds after which a file is given up.
_PATIENCE = 120
#: Nothing is kept between runs, no picture is read, no model is fetched.
_OFFLINE: dict[str, Any] = {"use_cache": False, "disable_ocr": True}


@dataclass(frozen=True, kw_only=True)
class Read:
    """What kreuzberg reads of a file."""

    text: str
    tool: tuple[str, str]
    pages: tuple[str, ...] = ()
    tables: tuple[tuple[tuple[str, ...], ...], ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)


def require() -> None:
    """Raise an error that says what to install, if what reads documents is not there.

    Raises
    ------
    SourcebookError
        Without the extra ``ingest``.
    """
    missing = [name for name in ("kreuzberg", "charset_normalizer") if importlib.util.find_spec(name) is None]
    if missing:
        action = 'pip install "sourcebook[ingest]"'
        raise SourcebookError(f"expected the extra “ingest”, found no {' and no '.join(missing)} → {action}")


def extract(data: bytes, kind: str) -> Read:
    """Return what kreuzberg reads of a file.

    Parameters
    ----------
    data : bytes
        The whole file.
    kind : str
        Its media type.

    Raises
    ------
    UnreadableError
        If it cannot be read.
    """
    result = _run(data, kind, _config())
    import kreuzberg  # noqa: PLC0415 (part of the extra "ingest")

    return Read(
        text=result.content,
        tool=("kreuzberg", kreuzberg.__version__),
        pages=tuple(str(page["content"]) for page in result.pages or ()),
        tables=tuple(tuple(tuple(map(str, row)) for row in table.cells) for table in result.tables),
        metadata=_metadata(dict(result.metadata)),
    )


def _config() -> kreuzberg.ExtractionConfig:
    import kreuzberg  # noqa: PLC0415 (part of the extra "ingest")

    return kreuzberg.ExtractionConfig(
        **_OFFLINE,
        output_format="plain",
        extraction_timeout_secs=_PATIENCE,
        pages=kreuzberg.PageConfig(extract_pages=True),
        content_filter=kreuzberg.ContentFilterConfig(
            include_headers=True, include_footers=True, strip_repeating_text=False
        ),
    )


def _run(data: bytes, kind: str, config: kreuzberg.ExtractionConfig) -> kreuzberg.ExtractionResult:
    import kreuzberg  # noqa: PLC0415 (part of the extra "ingest")

    try:
        return kreuzberg.extract_bytes_sync(data, kind, config)
    except (kreuzberg.KreuzbergError, RuntimeError, ValueError, OSError) as error:
        if "password" in str(error).lower() or "encrypt" in str(error).lower():
            raise UnreadableError("a file with a password", "save a copy without the password") from error
        first = re.sub(r"\s+", " ", str(error)).rpartition(": ")[2][:120]
        action = "open it in the program that made it, and save it anew"
        raise UnreadableError(f"a broken file ({first})", action) from error


def _metadata(said: dict[str, Any]) -> dict[str, str]:
    """Return what a file says of itself."""
    authors = said.get("authors") or []
    found = {
        "title": said.get("title"),
        "author": ", ".join(authors) if isinstance(authors, list) else authors,
        "saved": str(said.get("created_at") or "")[:10],
        "language": said.get("language"),
    }
    return {column: str(value).strip() for column, value in found.items() if value}


def read_office(data: bytes, kind: str) -> Extraction:
    """Return the text of an OpenDocument text, a rich text or an EPUB.

    Parameters
    ----------
    data : bytes
        The whole file.
    kind : str
        Its media type.

    Raises
    ------
    UnreadableError
        If it is broken, has a password or no text.
    """
    read = extract(data, kind)
    text = _LINK.sub(r"\1", read.text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _NOTE.sub(lambda note: f"[{note[1]}]" if note[2] else f"<sup>{note[1]}</sup>", text)
    text = f"\n{text}\n"
    for table in read.tables:
        for row in table:
            cells = [cell for cell in (" ".join(cell.split()) for cell in row) if cell]
            if len(cells) > 1:
                text = text.replace(f"\n{' '.join(cells)}\n", f"\n\n{' | '.join(cells)}\n\n", 1)
    text = re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", text)).strip("\n")
    if not text.strip():
        raise UnreadableError("a file without text", "look at it in the program that made it")
    return Extraction(text=text + "\n", tool=read.tool, metadata=read.metadata)


def detect_language(text: str) -> str:
    """Return the language of a text as a code of BCP 47; ``und`` if it is not certain.

    Parameters
    ----------
    text : str
        Some sentences.

    Examples
    --------
    >>> detect_language("The bridge fell yesterday, and nobody knows when it will be repaired.")
    'en'
    """
    import kreuzberg  # noqa: PLC0415 (part of the extra "ingest")

    wanted = kreuzberg.LanguageDetectionConfig(enabled=True, min_confidence=0.3, detect_multiple=False)
    config = kreuzberg.ExtractionConfig(**_OFFLINE, language_detection=wanted)
    found = _run(text[:20_000].encode(), "text/plain", config).detected_languages or []
    return CODES_OF_THREE.get(str(found[0]), "und") if found else "und"
