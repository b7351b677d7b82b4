"""The commands that make a book of one's own, add documents to it, and render it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sourcebook.cli.commands import Command
from sourcebook.cli.options import quoted
from sourcebook.core.errors import SourcebookError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sourcebook.starter.documents import NewDocument, Skipped

__all__ = ["COMMANDS"]


def _show_progress(path: Path, done: int, total: int) -> None:
    """Print on standard error which file is read, where a person looks on."""
    if sys.stderr.isatty():
        print(f"\r\033[K{done} of {total}: {path.name[:60]}", end="", file=sys.stderr, flush=True)


def _end_progress() -> None:
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)


def _say(documents: Iterable[NewDocument], skipped: Iterable[Skipped]) -> None:
    """Print what was read, what a person should look at, and what was not read."""
    for document in documents:
        title = document.proposal.cells["title"]
        kind = f"{document.read.encoding}" if document.read.encoding else " ".join(document.read.tool)
        size = f"{_running_words(document):,} words"
        pages = f", {len(document.read.pages)} pages" if len(document.read.pages) > 1 else ""
        print(f"  {document.source_id}: {title[:60] or 'no title found'} ({size}{pages}; {kind})")
        for note in document.read.notes:
            print(f"    look at: {note}")
    unread = list(skipped)
    if unread:
        print(f"not read: {len(unread)}")
        for each in unread:
            print(f"  {each.path}: {each.reason}")


def _running_words(document: NewDocument) -> int:
    """Return the number of words as the book counts them: those of the running text."""
    from sourcebook.text.normalise import Zone, normalise

    zones = [Zone(kind=kind, start=start, end=end) for kind, start, end in document.proposal.zones]
    return len(normalise(document.read.text, zones=zones).text.split())


def _new(options: argparse.Namespace) -> None:
    """Make a new book."""
    from sourcebook.sources.ingest.engine import require
    from sourcebook.starter import new_book

    require()
    made = new_book(
        options.folder, options.sources, title=options.title, author=options.author, progress=_show_progress
    )
    _end_progress()
    print(f"{made.folder}: a book with {_documents(len(made.documents))}")
    _say(made.documents, made.skipped)
    if made.links:
        print(f"proposed: {made.links} links between documents, in data/coded/links.csv")
    print(
        "\nWhat to do next:\n"
        f"  cd {quoted(made.folder)}\n"
        "  sourcebook book              renders it as it is\n"
        f"{_coding_steps(made.sheet is not None)}"
        "README.md says how the work goes on."
    )


def _coding_steps(has_sheet: bool) -> str:
    """Return the commands with which coding begins."""
    steps = "" if has_sheet else "  sourcebook sheet -o coding.xlsx\n"
    return (
        f"{steps}"
        "  open coding.xlsx             confirm the sources, write your questions over the examples, fill in rows\n"
        "  sourcebook code coding.xlsx  makes claims of the rows\n"
    )


def _documents(count: int) -> str:
    return f"{count:,} document{'' if count == 1 else 's'}"


def _new_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="BOOK", help="folder to make")
    parser.add_argument(
        "--from",
        dest="sources",
        nargs="+",
        type=Path,
        required=True,
        metavar="PATH",
        help="documents, or folders of them: texts, PDF, Word, OpenDocument, RTF, EPUB, web pages, mails, CSV, JSON",
    )
    parser.add_argument("--title", default="", help="of the book (default: the name of the folder)")
    parser.add_argument("--author", default="", help="of the book")


def _add(options: argparse.Namespace) -> None:
    """Add documents to a data folder."""
    from sourcebook.cli.options import data_folder
    from sourcebook.sources.ingest.engine import require
    from sourcebook.starter import add_documents

    require()
    folder = data_folder(options)
    documents, skipped, links = add_documents(folder, options.sources, progress=_show_progress)
    _end_progress()
    print(f"{folder}: {_documents(len(documents))} added")
    _say(documents, skipped)
    if links:
        print(f"proposed: {links} links between documents, in {folder / 'coded' / 'links.csv'}")
    if documents:
        print(
            "\nWhat to do next: `sourcebook sheet -o new.xlsx` writes a coding sheet that has the added documents; "
            "confirm what is proposed of them in its sheet Sources; `sourcebook book` renders them"
        )
    elif skipped:
        raise SourcebookError("nothing was added")


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sources", nargs="+", type=Path, metavar="FILE", help="documents, or folders of them")


_PAGES = {
    True: "its pages were looked for and are in raw/pages.csv",
    False: "its pages were not found: correct their places in raw/pages.csv, or put the old text back and give the new "
    "one to `sourcebook reanchor`",
}


def _register(options: argparse.Namespace) -> None:
    """Record new hashes."""
    from sourcebook.cli.options import data_folder
    from sourcebook.starter import register_changes

    folder = data_folder(options)
    changed = register_changes(folder, options.source_ids)
    for each in changed:
        print(f"{each.source_id}: {each.file} has the hash {each.now[:12]}…, had {each.before[:12]}…")
        if each.has_pages is not None:
            print(f"  {_PAGES[each.has_pages]}")
    if changed:
        print(
            "\nWhat to do next: sourcebook check. Where quotes are out of place, `sourcebook anchor` looks for the "
            "words again; where words changed, put the old text back and give the new one to `sourcebook reanchor`."
        )
    else:
        print("every file has the hash that the registry records")


def _register_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source_ids", nargs="*", metavar="SOURCE", help="ids of sources (default: all)")


def _book(options: argparse.Namespace) -> None:
    """Check, build and render a book."""
    from sourcebook.book.publication.publishing import check_form, publish
    from sourcebook.book.rendering import render_book
    from sourcebook.cli.options import data_folder
    from sourcebook.coding.value_doubts import value_doubts
    from sourcebook.pipeline.refresh import refresh

    folder = data_folder(options)
    if options.to:
        check_form(options.to)
    data, _ = refresh(folder)
    doubts = value_doubts(data["claims"], data["propositions"], data.documents, data.schemas)
    told = f"; to look at: {len(doubts)}" if doubts else ""
    print(
        f"{len(data.documents)} sources, {len(data['claims'])} claims: nothing is wrong{told}; rendering …",
        flush=True,
    )
    page = render_book(folder.resolve().parent)
    if options.to:
        print(publish(folder.resolve().parent, options.to))
    else:
        print(f"{page}\nopen {page.as_uri()}")
    for doubt in doubts:
        print(f"to look at: {doubt}")


def _book_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--to",
        choices=("pdf", "epub"),
        help="write the whole book as one file too: _build/book.pdf (printed by Chromium) or _build/book.epub",
    )


COMMANDS = (
    Command(
        name="new",
        group="start",
        text="make a book of your own from documents",
        example="new my-book --from documents/",
        run=_new,
        arguments=_new_arguments,
    ),
    Command(
        name="add",
        group="start",
        text="add documents to a data folder",
        example="add later-report.pdf",
        run=_add,
        arguments=_add_arguments,
    ),
    Command(
        name="register",
        group="start",
        text="record the hashes of texts that were changed on purpose",
        example="register council-2024-05",
        run=_register,
        arguments=_register_arguments,
        more="It records the hash, looks for the pages of the original, and looks at no quote: for a file that was "
        "replaced as a whole, or repaired where nothing is quoted. `sourcebook reanchor` puts a new text in place with "
        "every quote and page, and keeps the old one.",
    ),
    Command(
        name="book",
        group="build",
        text="check the data, build what follows, and render the book around it, strictly",
        example="book --to pdf",
        run=_book,
        arguments=_book_arguments,
    ),
)
