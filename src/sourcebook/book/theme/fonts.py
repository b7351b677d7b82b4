"""The type of the book: two families under the Open Font License, cut down to the characters that a book needs.

They are Source Serif and Source Sans of Adobe. Their licence reserves the name *Source* for the unchanged files,
so that the subsets are called *Book Serif* and *Book Sans*; copyright and licence stay in each file. Each face is
in two files: the characters of nearly every page, and the others, which a browser fetches where a page has one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from fontTools import subset

__all__ = ["COMMON", "FACES", "OTHERS", "Face", "write_fonts"]


@dataclass(frozen=True)
class Face:
    """One face of a family.

    Attributes
    ----------
    name : str
        Name of the file that is written, without suffix; the style sheet loads it by this name.
    package : str
        The Python package that holds the family.
    file : str
        The file in that package.
    characters : tuple of (int, int)
        The first and last code points of each range that the file keeps.
    """

    name: str
    package: str
    file: str
    characters: tuple[tuple[int, int], ...]


#: First and last code points of what the first file of a face keeps: Western European letters, punctuation, the euro
#: and the minus.
COMMON = ((0x20, 0x7E), (0xA0, 0xFF), (0x2010, 0x2026), (0x2030, 0x203A), (0x20AC, 0x20AC), (0x2212, 0x2212))
#: And of what the second keeps: other European and Turkic letters, superior figures, fractions, currency, arrows,
#: mathematical signs and geometric marks. The style sheet repeats them.
OTHERS = (
    (0x100, 0x17F), (0x18F, 0x18F), (0x1E6, 0x1E7), (0x218, 0x21B), (0x259, 0x259), (0x2B9, 0x2BC), (0x2C6, 0x2C7),
    (0x2D8, 0x2DD), (0x300, 0x30C), (0x323, 0x331), (0x1E9E, 0x1E9E), (0x2044, 0x2044), (0x2070, 0x208E),
    (0x20AD, 0x20BF), (0x2116, 0x2116), (0x2122, 0x2122), (0x2150, 0x215E), (0x2190, 0x2199), (0x2213, 0x2215),
    (0x2248, 0x2248), (0x2260, 0x2265), (0x25A0, 0x25CA), (0x2713, 0x2713), (0xFB01, 0xFB02),
)  # fmt: skip

_SERIF, _SANS = "font_source_serif_pro", "font_source_sans_pro"
#: The faces that the style sheet names. A browser fetches those that a page uses.
FACES = tuple(
    Face(f"{name}{part}", package, file, characters)
    for part, characters in (("", COMMON), ("-others", OTHERS))
    for name, package, file in (
        ("serif", _SERIF, "SourceSerifPro-Regular.ttf"),
        ("serif-italic", _SERIF, "SourceSerifPro-It.ttf"),
        ("serif-semibold", _SERIF, "SourceSerifPro-Semibold.ttf"),
        ("sans", _SANS, "SourceSansPro-Regular.ttf"),
        ("sans-italic", _SANS, "SourceSansPro-It.ttf"),
        ("sans-semibold", _SANS, "SourceSansPro-Semibold.ttf"),
    )
)

_FEATURES = ("ccmp", "kern", "liga", "lnum", "locl", "mark", "tnum")
#: The face that sets small capitals.
_SMALL_CAPITALS = {"serif": ("smcp",)}
_RESERVED = re.compile(r"Source( ?)(Serif|Sans) ?Pro")
_RIGHTS = (0, 13, 14)  # copyright, licence, and where the licence is


def write_fonts(folder: Path) -> list[Path]:
    """Write each face as WOFF2, with its characters alone.

    Parameters
    ----------
    folder : Path
        Where the files are written; made if it is not there.

    Returns
    -------
    list of Path
        The files, in the order of `FACES`; the same bytes at each call.

    Examples
    --------
    >>> import tempfile
    >>> [path.name for path in write_fonts(Path(tempfile.mkdtemp()))][:2]
    ['serif.woff2', 'serif-italic.woff2']
    """
    folder.mkdir(parents=True, exist_ok=True)
    return [_write_face(face, folder / f"{face.name}.woff2") for face in FACES]


def _write_face(face: Face, path: Path) -> Path:
    options = subset.Options(
        flavor="woff2",
        hinting=False,
        layout_features=[*_FEATURES, *_SMALL_CAPITALS.get(face.name, ())],
        name_IDs=[1, 2, 4, 6, *_RIGHTS],
        notdef_outline=True,
        recalc_timestamp=False,
    )
    original = resources.files(face.package) / "files" / face.file
    with resources.as_file(original) as file, subset.load_font(str(file), options) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=[p for first, last in face.characters for p in range(first, last + 1)])
        subsetter.subset(font)
        for record in font["name"].names:
            if record.nameID not in _RIGHTS:
                record.string = _RESERVED.sub(r"Book\1\2", record.toUnicode())
        subset.save_font(font, str(path), options)
    return path
