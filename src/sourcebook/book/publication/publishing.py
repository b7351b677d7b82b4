"""The built book in other forms: ``python -m sourcebook.book.publication.publishing pdf`` in the folder of a book."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

from sourcebook.core.errors import SourcebookError
from sourcebook.core.files import write_bytes

__all__ = ["FORMS", "check_form", "main", "offer", "publish"]

#: The forms beside the pages, each with the packages of the extra ``print`` that it needs.
FORMS = {"pdf": ("lxml", "pikepdf"), "epub": ("lxml",)}
#: What the foot of a chapter offers, and where its links begin.
_OFFERS = {"pdf": "The whole book as PDF", "epub": "The whole book as EPUB, for e-readers"}
_FOOT = b'<footer class="sb-foot">\n<ul>\n'


def check_form(form: str) -> None:
    """Raise SourcebookError where a form of the book cannot be made, before anything is done for it.

    Parameters
    ----------
    form : str
        One of :data:`FORMS`.
    """
    missing = [name for name in FORMS[form] if importlib.util.find_spec(name) is None]
    if missing:
        raise SourcebookError(
            f'a book as {form} needs {" and ".join(missing)}, found none → pip install "sourcebook[print]"'
        )
    if form == "pdf":
        from sourcebook.book.publication.pdf import find_chromium  # noqa: PLC0415  # needs the extra

        find_chromium()


def publish(folder: Path, form: str) -> Path:
    """Write the built book of a folder in another form.

    Parameters
    ----------
    folder : Path
        The folder of the book, with its pages in ``_build/html``.
    form : str
        One of :data:`FORMS`.

    Returns
    -------
    Path
        ``_build/book.pdf`` or ``_build/book.epub`` in the folder; the pages have a copy and offer it, see `offer`.

    Raises
    ------
    SourcebookError
        If there are no pages, or something is missing that makes the form of them.
    """
    check_form(form)
    pages, target = folder / "_build" / "html", folder / "_build" / f"book.{form}"
    if form == "pdf":
        from sourcebook.book.publication.pdf import write_pdf  # noqa: PLC0415

        write_pdf(pages, target)
    else:
        from sourcebook.book.publication.epub import write_epub  # noqa: PLC0415

        write_epub(pages, target)
    offer(pages, target)
    return target.resolve()


def offer(pages: Path, file: Path) -> None:
    """Copy a form of the book beside its pages, and link the forms that are there from the foot of each chapter.

    Pages that are rendered anew have neither, so that no link is dead and none leads to an older book.

    Parameters
    ----------
    pages : Path
        The folder of the pages.
    file : Path
        The form of the book.
    """
    import lxml.html  # noqa: PLC0415  # of the extra
    from lxml.html.builder import E  # noqa: PLC0415

    write_bytes(pages / file.name, file.read_bytes())
    there = {pages / f"{file.stem}.{form}": text for form, text in _OFFERS.items()}
    for page in sorted(pages.rglob("*.html")):
        before, foot, after = page.read_bytes().partition(_FOOT)
        if not foot:
            continue
        for form, text in there.items():
            address = Path(os.path.relpath(form, page.parent)).as_posix()
            link = lxml.html.tostring(E.li(E.a(text, href=address, download=""))) + b"\n"
            after = after.replace(link, b"")
            foot += link if form.is_file() else b""
        write_bytes(page, before + foot + after)


def main(forms: list[str]) -> int:
    """Write the built book in the current folder in other forms, and print where; return the exit code.

    Parameters
    ----------
    forms : list of str
        Some of :data:`FORMS`.
    """
    try:
        for form in forms:
            path = publish(Path(), form)
            sys.stdout.write(f"== done: {path} ({path.stat().st_size / 1e6:.1f} MB)\n")
    except SourcebookError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
