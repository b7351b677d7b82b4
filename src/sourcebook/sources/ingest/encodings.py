"""Decode the bytes of a text whose encoding nobody recorded."""

from __future__ import annotations

import codecs
import re

from sourcebook.core.decoding import kind_problem
from sourcebook.sources.ingest.extraction import UnreadableError

__all__ = ["decode", "decoded_wrongly", "sample_line"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: What texts in Western European languages have beyond ASCII. Letters of Icelandic are left out: in texts of unknown
#: encoding they are more often Turkish ones.
_WESTERN = frozenset(
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüÿŒœŸ–—‘’‚“”„•…€£§°«»¡¿·©®™‹›½¼¾\xa0"
)
_TURKISH = frozenset("ğışĞİŞ")
_MANY = re.compile(r"[À-ÖØ-öø-ÿ]{3,}")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_DOUBLE = re.compile("[ÃÂâ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
#: Bytes from which an encoding is guessed.
_SAMPLE = 1_000_000


def decode(data: bytes, declared: str = "") -> tuple[str, str, tuple[str, ...]]:
    r"""Return the text of bytes, the name of their encoding, and what a person should look at.

    A byte-order mark decides, then UTF-8, then the encoding that the file declares, then a guess: Windows-1252 where
    its letters look like Western European words, Windows-1254 where like Turkish ones, else the best one of
    charset-normalizer.

    Parameters
    ----------
    data : bytes
        The whole file.
    declared : str
        What a web page or a mail says its encoding is.

    Returns
    -------
    tuple of (str, str, tuple of str)
        Line ends are line feeds; no byte-order mark.

    Raises
    ------
    UnreadableError
        If the bytes are no text.

    Examples
    --------
    >>> text, encoding, notes = decode("Das schöne Café, für 5 €.".encode("cp1252"))
    >>> text, encoding
    ('Das schöne Café, für 5 €.', 'cp1252')
    >>> notes
    ('encoding guessed as cp1252: “Das schöne Café, für 5 €.”',)
    """
    text, encoding, is_guess = _decoded(data, declared)
    text = re.sub(r"\r*\n|\r", "\n", text).removeprefix("\ufeff")
    if len(_CONTROL.findall(text[:_SAMPLE])) > len(text[:_SAMPLE]) / 100:
        raise UnreadableError("no text but other data", "convert it with the program that made it")
    notes = []
    if is_guess:
        notes.append(f"encoding guessed as {encoding}: “{sample_line(text)}”")
    return text, encoding, tuple(notes)


def decoded_wrongly(text: str) -> str:
    """Return what a person should know of a text whose letters were taken for others before; empty for any other.

    Examples
    --------
    >>> decoded_wrongly("The councilâ€™s decision")
    'decoded wrongly before it came here: “councilâ€™s” was “council’s”; nothing was changed: get the document anew ...'
    >>> decoded_wrongly("Â. The château’s âge")
    ''
    """
    match = _DOUBLE.search(text[:_SAMPLE])
    if match is None:
        return ""
    start, end = text.rfind(" ", 0, match.start()) + 1, text.find(" ", match.end())
    word = text[start : end if end > 0 else len(text)].split("\n")
    damaged = next(part for part in word if _DOUBLE.search(part))[:60]
    try:
        was = f" was “{damaged.encode('cp1252').decode('utf-8')}”"
    except UnicodeError:
        was = " was something else"
    cure = "get the document anew from where it came, or mend a copy and read that"
    return f"decoded wrongly before it came here: “{damaged}”{was}; nothing was changed: {cure}"


def sample_line(text: str) -> str:
    r"""Return the first line with a letter beyond ASCII, cut to where it is, by which an eye checks the encoding.

    Examples
    --------
    >>> sample_line("plain\nfür alle")
    'für alle'
    """
    for line in text[:_SAMPLE].splitlines():
        if not line.isascii():
            at = next(n for n, letter in enumerate(line) if ord(letter) > 127)
            return line[max(0, at - 40) : at + 40].strip()
    return text[:80].strip()


def _decoded(data: bytes, declared: str) -> tuple[str, str, bool]:
    """Return text, encoding, and whether it is a guess."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace"), name.removesuffix("-sig"), False
    problem = kind_problem(data[:4000], "")
    if problem is not None and problem.found.startswith("UTF-16"):
        name = "utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be"
        return data.decode(name, "replace"), name, False
    if problem is not None:
        raise UnreadableError(problem.found, "convert it with the program that made it")
    for name in ("utf-8", declared):
        text = _strictly(data, name)
        if text is not None:
            return text, codecs.lookup(name).name, False
    for name, letters in (("cp1252", _WESTERN), ("cp1254", _WESTERN | _TURKISH)):
        text = _strictly(data, name)
        if text is not None and _is_written_in(text, letters):
            return text, name, True
    return *_guessed(data), True


def _strictly(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name) if name else None
    except (UnicodeError, LookupError):
        return None


def _is_written_in(text: str, letters: frozenset[str]) -> bool:
    """Return whether a text has no other letters beyond ASCII, and those among others, as in Latin script."""
    beyond = {letter for letter in text if ord(letter) > 127}
    return beyond <= letters and len(_MANY.findall(text)) * 20 <= sum(text.count(each) for each in beyond)


def _guessed(data: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes  # noqa: PLC0415 (part of the extra "ingest")

    best = from_bytes(data[:_SAMPLE]).best()
    name = best.encoding if best is not None else ""
    text = _strictly(data, name)
    if text is None:
        raise UnreadableError("no text but other data", "convert it with the program that made it")
    return text, name
