"""Say why bytes are no text in UTF-8, and what to do: the real cause, and a cure that does no harm."""

from __future__ import annotations

from pathlib import Path

from sourcebook.core.errors import Problem

__all__ = ["INVISIBLE", "decoded", "encoding_problem", "kind_problem"]

#: Marks at the start of a file that no eye sees and that are no part of its text.
INVISIBLE = "\ufeff\u200e\u200f\u200b\u2060"

#: How files begin that are no text, and what they are.
_NO_TEXT = {
    b"PK\x03\x04": "a zip archive (.xlsx, .ods, .docx and .odt files are)",
    b"\xd0\xcf\x11\xe0": "a file of an office program (.xls, .doc)",
    b"%PDF-": "a PDF",
    b"\x1f\x8b": "a gzip archive",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"SQLite format 3": "a database",
}
_WIDE = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
_SAVE = "save it as UTF-8"
_SAVE_TABLE = f"{_SAVE} (a spreadsheet calls that “CSV UTF-8”)"


def encoding_problem(data: bytes, name: str, action: str = "") -> Problem | None:
    r"""Return why bytes are no text in UTF-8; None if they are.

    Parameters
    ----------
    data : bytes
        The whole file.
    name : str
        What the problem calls it.
    action : str
        What to do, where the place of the file needs something else than to save it as UTF-8.

    Returns
    -------
    Problem or None
        With the line of the first byte that does not fit, and with the encoding that the file seems to have.

    Examples
    --------
    >>> problem = encoding_problem("id,text\na,grün\n".encode("cp1252"), "t.csv")
    >>> problem.line, problem.found
    (2, 'byte 0xfc at offset 12, “ü” in Windows-1252')
    """
    if problem := kind_problem(data, name, action):
        return problem
    save = _SAVE_TABLE if name.lower().endswith(".csv") else _SAVE
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{data[error.start]:02x} at offset {error.start}"
        if error.reason == "unexpected end of data":
            cause, cure = ", the first half of a letter: the file is cut", "get the whole file"
        else:
            letter = data[error.start : error.start + 1].decode("cp1252", "replace")
            cause = f", “{letter}” in Windows-1252" if letter.isprintable() and letter != "�" else ""
            cure = f"open it in the encoding that shows it rightly, and {save}"
        return Problem(name, line, "", found + cause, "text in UTF-8", action or cure)
    return None


def kind_problem(start: bytes, name: str, action: str = "") -> Problem | None:
    """Return what a file is that is no text at all, or text in UTF-16, by its first bytes; None if it may be one.

    Parameters
    ----------
    start : bytes
        At least the first 2,000 bytes, if there are so many.
    name, action : str
        As for `encoding_problem`.

    Examples
    --------
    >>> kind_problem("id,text".encode("utf-16"), "t.csv").found
    'UTF-16'
    """
    save = _SAVE_TABLE if name.lower().endswith(".csv") else _SAVE
    for kinds, expected, cure in (
        (_NO_TEXT, "plain text", "take its text out, as UTF-8"),
        (_WIDE, "", save),
    ):
        for mark, kind in kinds.items():
            if start.startswith(mark):
                return Problem(name, 1, "", kind, expected or "text in UTF-8", action or cure)
    if _is_wide(start[:2000]):
        return Problem(name, 1, "", "UTF-16 without a mark", "text in UTF-8", action or save)
    return None


def _is_wide(data: bytes) -> bool:
    """Return whether every other byte of most characters is zero, as in UTF-16."""
    half = len(data) // 2
    return half > 0 and max(data[::2].count(0), data[1::2].count(0)) > half * 0.6


def decoded(data: bytes | Path, name: str, action: str = "") -> tuple[str, Problem | None]:
    """Return bytes, or the bytes of a file, as text; or an empty text and why not.

    Parameters
    ----------
    data : bytes or Path
        The bytes, or the file.
    name : str
        What the problem calls it.
    action : str
        What to do in place of saving it as UTF-8.

    Returns
    -------
    tuple of (str, Problem or None)
        All characters as they are, a byte-order mark included.

    Examples
    --------
    >>> decoded(b"plain", "t.txt")
    ('plain', None)
    """
    if isinstance(data, Path):
        path = data
        try:
            data = path.read_bytes()
        except (OSError, ValueError) as error:
            found = (error.strerror if isinstance(error, OSError) else "") or str(error)
            return "", Problem(name, 0, "", found, "a readable file", action or f"write or restore {path}")
    problem = encoding_problem(data, name, action)
    return ("", problem) if problem else (data.decode("utf-8"), None)
