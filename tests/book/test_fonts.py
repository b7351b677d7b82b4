"""The type that the book brings: what the faces hold, and that they are the same at each build."""

import re
import unicodedata
from pathlib import Path

import pytest

pytest.importorskip("fontTools")
from fontTools.ttLib import TTFont

from sourcebook.book import theme
from sourcebook.book.theme.fonts import FACES, OTHERS, write_fonts

pytestmark = pytest.mark.slow

STYLE_SHEET = (Path(theme.__file__).parent / "static" / "sourcebook.css").read_text(encoding="utf-8")


def characters(path):
    """Return the code points that a face holds."""
    with TTFont(path) as face:
        return set(face.getBestCmap())


def with_borrowed(faces):
    """Return what each face holds; the style sheet gives the italic a few characters of the upright face."""
    names = [name for name in faces if not name.endswith("-others")]
    held = {name: characters(faces[name]) | characters(faces[f"{name}-others"]) for name in names}
    borrowed = characters(faces["serif-others"])
    held["serif-italic"] |= borrowed & {0x18F, 0x259, *range(0x2190, 0x219A), *range(0x25A0, 0x25CB)}
    return held


@pytest.fixture(scope="module")
def faces(tmp_path_factory):
    return {path.stem: path for path in write_fonts(tmp_path_factory.mktemp("fonts"))}


def test_a_second_call_writes_the_same_bytes(faces, tmp_path):
    again = {path.stem: path.read_bytes() for path in write_fonts(tmp_path)}
    assert again == {name: path.read_bytes() for name, path in faces.items()}


def test_the_style_sheet_loads_the_faces_that_are_written_and_no_other(faces):
    assert set(re.findall(r'url\("fonts/([a-z-]+)\.woff2"\)', STYLE_SHEET)) == set(faces)
    assert len(faces) == len(FACES)


def test_every_face_holds_the_letters_of_the_sources_and_their_neighbours(faces):
    letters = "ABCXYZabcxyz0123456789ƏəİıŞşĞğÇçÖöÜüÂâÎîÛûÉéÈèÑñŁłŽžČčßøå"
    for name, held in with_borrowed(faces).items():
        assert [letter for letter in letters if ord(letter) not in held] == [], name


def test_every_face_holds_the_signs_that_the_library_prints(faces):
    source = "".join(
        path.read_text(encoding="utf-8")
        for suffix in ("*.css", "*.j2", "*.html")
        for path in Path(theme.__file__).parents[2].rglob(suffix)
    )
    signs = {sign for sign in source if ord(sign) > 0x7F and unicodedata.category(sign)[0] in "PSN"}
    assert signs
    for name, held in with_borrowed(faces).items():
        assert sorted(sign for sign in signs if ord(sign) not in held) == [], name


def test_the_style_sheet_fetches_the_other_characters_of_a_face_where_a_page_has_one():
    ranges = ", ".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in OTHERS)
    rules = re.findall(r"@font-face \{[^}]*-others\.woff2[^}]*\}", STYLE_SHEET)
    assert sum(f"unicode-range: {ranges};" in rule for rule in rules) == len(FACES) / 2
    assert all("unicode-range" in rule for rule in rules)


def test_the_faces_of_nearly_every_page_are_light_and_name_their_licence(faces):
    sizes = {name: path.stat().st_size for name, path in faces.items() if not name.endswith("-others")}
    assert max(sizes.values()) < 20_000
    assert sum(sizes.values()) < 88_000
    for path in faces.values():
        with TTFont(path) as face:
            assert "Open Font License" in face["name"].getDebugName(13)
            assert "Source" not in {word for n in (1, 4, 6) for word in face["name"].getDebugName(n).split()}
