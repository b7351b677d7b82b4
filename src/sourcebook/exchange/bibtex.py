"""BibTeX of the sources: out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sourcebook.core.files import write_text
from sourcebook.exchange.folders import each_once
from sourcebook.exchange.formats import Format
from sourcebook.exchange.references import Name, Reference, references_of

__all__ = ["FORMAT", "write"]

_TYPES = {
    "article-newspaper": "article",
    "article-magazine": "article",
    "article-journal": "article",
    "book": "book",
    "thesis": "phdthesis",
    "report": "techreport",
}
_SPECIAL = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "&%$#_"},
        **{
            "{": r"\{",
            "}": r"\}",
            "\\": r"{\textbackslash}",
            "~": r"{\textasciitilde}",
            "^": r"{\textasciicircum}",
        },
    }
)


def write(folder: Path, path: Path) -> list[str]:
    """Write the sources of a data folder as BibTeX, and return what a person should know.

    Parameters
    ----------
    folder : Path
        The data folder.
    path : Path
        The file.

    Returns
    -------
    list of str
        How many sources have no date.
    """
    references = references_of(folder)
    keys = each_once([each.key for each in references], lambda key: re.sub(r"[^\w.:-]", "_", key))
    entries = []
    for each in references:
        fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(each) if value)
        entries.append(f"@{_TYPES.get(each.type, 'misc')}{{{keys[each.key]},\n{fields}}}\n")
    write_text(path, "\n".join(entries))
    undated = [each.key for each in references if not each.date]
    return [f"sources without a date: {', '.join(undated)}"] if undated else []


def _fields(each: Reference) -> Iterator[tuple[str, str]]:
    """Yield the fields of a reference, as LaTeX; capitals of a title are kept."""
    year, month, day = (*map(str, each.parts), "", "", "")[:3]
    publisher = {
        "article": "journal",
        "techreport": "institution",
        "phdthesis": "school",
        "book": "publisher",
    }
    yield "author", " and ".join(_name(name) for name in each.authors)
    yield "title", f"{{{_latex(each.title)}}}" if each.title else ""
    yield publisher.get(_TYPES.get(each.type, ""), "publisher"), _latex(each.publisher)
    yield "address", _latex(each.place)
    yield "year", year
    yield "month", month
    yield "day", day
    yield "date", each.date if not each.parts or each.uncertain else ""
    yield "url", re.sub(r"[{}\\\s]", lambda match: f"%{ord(match[0]):02X}", each.address)
    yield "language", _latex(each.language)
    yield "note", _latex(each.genre)


def _latex(text: str) -> str:
    return " ".join(text.translate(_SPECIAL).split())


def _name(name: Name) -> str:
    return f"{_latex(name.family)}, {_latex(name.given)}" if name.given else f"{{{_latex(name.family)}}}"


FORMAT = Format(
    name="bibtex",
    text="the sources as BibTeX",
    suffixes=(".bib",),
    write_data=write,
    tried="the library pybtex 0.26",
)
