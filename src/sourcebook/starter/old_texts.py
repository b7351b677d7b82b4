"""Put back a text that was changed in place, taken anew from the file that it came from."""

from __future__ import annotations

import hashlib
from pathlib import Path

from sourcebook.core.csvfiles import read_table
from sourcebook.core.files import write_text
from sourcebook.core.schemas import TABLES
from sourcebook.sources.ingest.extraction import UnreadableError
from sourcebook.sources.ingest.reading import read_file

__all__ = ["put_back"]


def put_back(raw: Path, source_id: str, copy: Path) -> str:
    """Put back the text of a source whose file was changed, where a copy has the change and nothing is lost.

    The text is read again from the original in the folder ``raw``; it is the old one if it has the hash that the
    registry records.

    Parameters
    ----------
    raw : Path
        The folder of the texts and their registry.
    source_id : str
    copy : Path
        A file elsewhere that holds what the changed file holds.

    Returns
    -------
    str
        The name of the original in the folder; empty where nothing was put back.
    """
    registry = read_table(raw / Path(TABLES["sources"].path).name)
    rows = registry[registry["source_id"] == source_id].to_dict("records")
    original = raw / str(rows[0].get("original", "")) if rows else raw
    if not rows or not original.is_file():
        return ""
    path, recorded = raw / rows[0]["file"], rows[0]["sha256"]
    if not path.is_file() or not copy.is_file() or path.resolve() == copy.resolve():
        return ""
    changed = path.read_bytes()
    if changed != copy.read_bytes() or hashlib.sha256(changed).hexdigest() == recorded:
        return ""
    text = next((t for t in _texts(original) if hashlib.sha256(t.encode()).hexdigest() == recorded), None)
    if text is None:
        return ""
    write_text(path, text)
    return str(rows[0]["original"])


def _texts(original: Path) -> list[str]:
    """Return the texts of a file; none where it cannot be read here, as without the extra ``ingest``."""
    try:
        return [read.text for read in read_file(original)]
    except (UnreadableError, ImportError):
        return []
