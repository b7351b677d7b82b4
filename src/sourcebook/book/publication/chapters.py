"""The pages of a built book as chapters: what is read of each, in order, without what only a screen has."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html
from lxml.html import HtmlElement

from sourcebook.core.errors import SourcebookError

__all__ = ["PICTURES", "Book", "Chapter", "Place", "lead", "read_book", "show_pictures"]

#: What only a screen or a script has a use for: it is left out.
_SCREEN_ONLY = (
    ".//a[@class='headerlink']|.//script|.//style|.//form|.//noscript|.//button|.//fieldset|.//nav"
    "|.//details[contains(@class, 'hide')]|.//*[contains(@class, 'sb-narrow')]|.//a[contains(@class, 'sb-sign')]"
    "|.//*[contains(concat(' ', @class, ' '), ' tag_remove-input ')]/*[contains(@class, 'cell_input')]"
    "|.//*[@hidden]|.//*[contains(@class, 'sb-screen')]|.//iframe|.//object|.//embed|.//audio|.//video|.//link|.//meta"
)
#: The pictures that a book can hold, with their types.
PICTURES = {
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
_OWN = re.compile(r"\bsb-own-(\d+)\b")


@dataclass(frozen=True)
class Place:
    """A place in the book: the name of a page, and an id on it or an empty string."""

    page: str
    id: str = ""


@dataclass(kw_only=True, eq=False)
class Chapter:
    """A page of the book.

    Attributes
    ----------
    name : str
        Its name, as in the table of contents.
    title : str
        Its heading.
    part : str
        The part of the book that begins with it, or an empty string.
    depth : int
        How many pages are above it in the contents.
    article : lxml.html.HtmlElement
        Its text.
    style : str
        The styles that are its own.
    """

    name: str
    title: str
    part: str
    depth: int
    article: HtmlElement
    style: str

    @property
    def slug(self) -> str:
        """A name that is safe in ids and file names."""
        return re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-") or "page"

    @cached_property
    def ids(self) -> set[str]:
        """The ids on the page."""
        return {str(name) for name in self.article.xpath(".//@id")}

    @cached_property
    def is_edition(self) -> bool:
        """Whether it holds the text of a source."""
        return bool(self.article.xpath(".//*[@class='sb-edition']"))

    def sections(self) -> Iterator[tuple[str, str]]:
        """Yield id and heading of each section below the title."""
        for head in self.article.xpath("./section/section/*[self::h2]"):
            yield head.getparent().get("id", ""), " ".join(head.text_content().split())


@dataclass(kw_only=True)
class Book:
    """A built book.

    Attributes
    ----------
    folder : Path
        The folder of its pages.
    title, author, language : str
        As its pages state them.
    address : str
        Where it is published, with a slash at the end, or an empty string.
    chapters : list of Chapter
        In the order of the contents.
    """

    folder: Path
    title: str
    author: str
    language: str
    address: str
    chapters: list[Chapter] = field(default_factory=list)

    @cached_property
    def by_name(self) -> dict[str, Chapter]:
        """The chapters by name."""
        return {chapter.name: chapter for chapter in self.chapters}

    @cached_property
    def rows(self) -> dict[str, str]:
        """The page of the source that each coded row is marked on."""
        return {
            str(row): chapter.name
            for chapter in self.chapters
            if chapter.is_edition
            for row in chapter.article.xpath(".//mark/@id")
        }

    def picture(self, page: str, address: str) -> Path | None:
        """Return the file of a picture on a page; None for one that is not among the files of the book.

        Parameters
        ----------
        page : str
            The page that shows it.
        address : str
            Its address there.
        """
        path = posixpath.join(posixpath.dirname(page), unquote(urlsplit(address).path))
        file = (self.folder / path).resolve()
        inside = file.is_relative_to(self.folder.resolve()) and not urlsplit(address).scheme
        return file if inside and file.is_file() and file.suffix.lower() in PICTURES else None

    def resolve(self, page: str, href: str) -> Place | str:
        """Return where a link of a page leads.

        Parameters
        ----------
        page : str
            The page that the link stands on.
        href : str
            Its address.

        Returns
        -------
        Place or str
            A place in the book; the page of a claim becomes the passage of the claim. Otherwise an address on the
            web: that of a file of the book only if the book itself has one, else an empty string.
        """
        parts = urlsplit(href)
        if parts.scheme or parts.netloc:
            return href if parts.scheme in {"http", "https", "mailto"} else ""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
        name = page if not parts.path else path.removesuffix(".html")
        fragment = unquote(parts.fragment)
        if name in self.by_name:
            return Place(name, fragment if fragment in self.by_name[name].ids else "")
        row = posixpath.basename(name)
        if row in self.rows:
            return Place(self.rows[row], row)
        if self.address and not path.startswith(".."):
            return self.address + path + (f"#{parts.fragment}" if parts.fragment else "")
        return ""


def read_book(folder: Path) -> Book:
    """Return a built book.

    Parameters
    ----------
    folder : Path
        The folder of its pages, ``_build/html``.

    Returns
    -------
    Book
        Its chapters hold trees of their own, which may be changed.

    Raises
    ------
    SourcebookError
        If there is no book in the folder.
    """
    name = _first_page(folder)
    root = _parse(folder, name)
    parts = _parts(root, name)
    address = _text(root, "//link[@rel='canonical']/@href")
    book = Book(
        folder=folder,
        title=_text(root, "//meta[@property='og:site_name']/@content"),
        author=_text(root, "//meta[@name='author']/@content"),
        language=root.get("lang") or "en",
        address=address.removesuffix(f"{name}.html") if address.endswith(f"{name}.html") else "",
    )
    seen: set[str] = set()
    while name and name not in seen:
        seen.add(name)
        page = _parse(folder, name)
        book.chapters.append(_chapter(page, name, parts.get(name, ""), len(seen)))
        onward = _text(page, "//link[@rel='next']/@href")
        name = (
            posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(onward))).removesuffix(".html")
            if onward
            else ""
        )
    return book


def lead(
    book: Book,
    chapter: Chapter,
    article: HtmlElement,
    *,
    address: Callable[[Place], str],
    note: Callable[[str], str],
) -> None:
    """Make each link of an article lead to its place in the published book.

    Parameters
    ----------
    book : Book
        The book.
    chapter : Chapter
        The chapter whose article it is.
    article : lxml.html.HtmlElement
        Its links get their new addresses; one that leads to nothing in the book or on the web is a link no more.
    address : callable
        Gives the address of a place.
    note : callable
        Gives the address of a note of this chapter, by its number.
    """
    for link in article.xpath(".//a[@href]"):
        href = link.get("href")
        if href.startswith("note:"):
            link.set("href", note(href.rpartition(":")[2]))
            continue
        target = book.resolve(chapter.name, href)
        found = address(target) if isinstance(target, Place) else target
        if found:
            link.set("href", found)
        else:
            link.tag = "span"
        for name in ("download", *(() if found else ("href", "rel"))):
            link.attrib.pop(name, None)


def show_pictures(book: Book, chapter: Chapter, article: HtmlElement, address: Callable[[Path], str]) -> None:
    """Give the pictures of an article new addresses; one that is not in the book becomes its text alternative.

    Parameters
    ----------
    book : Book
        The book.
    chapter : Chapter
        The chapter whose article it is.
    article : lxml.html.HtmlElement
        The article, which is changed.
    address : callable
        Gives the address of a picture, by its file.
    """
    for image in article.xpath(".//img"):
        file = book.picture(chapter.name, image.get("src", ""))
        if file is None:
            image.tag, image.text = "span", image.get("alt", "")
            image.attrib.clear()
        else:
            image.set("src", address(file))
            image.set("alt", image.get("alt", ""))


def _parse(folder: Path, name: str) -> HtmlElement:
    file = folder / f"{name}.html"
    if not file.is_file():
        raise SourcebookError(
            f"{file}: expected a page of the built book, found none → run `sourcebook book`"
        )
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    return lxml.html.document_fromstring(file.read_bytes(), parser=parser)


def _text(element: HtmlElement, path: str) -> str:
    """Return the first text at a path, as a string that holds no tree."""
    return str(next(iter(element.xpath(path)), ""))


def _first_page(folder: Path) -> str:
    """Return the name of the front page, to which ``index.html`` leads if it is not the front page itself."""
    root = _parse(folder, "index")
    onward = _text(root, "//meta[@http-equiv='refresh']/@content")
    return posixpath.normpath(onward.partition("url=")[2]).removesuffix(".html") if onward else "index"


def _parts(root: HtmlElement, front: str) -> dict[str, str]:
    """Return the part of the book that begins with a page, by page."""
    found = {}
    for caption in root.xpath("//nav[@class='sb-chapters']//p[@class='sb-part']"):
        first = _text(caption, "following-sibling::ul[1]/li[1]/a/@href")
        name = posixpath.normpath(posixpath.join(posixpath.dirname(front), unquote(first))).removesuffix(
            ".html"
        )
        found[name] = " ".join(caption.text_content().split())
    return found


def _chapter(page: HtmlElement, name: str, part: str, number: int) -> Chapter:
    articles = page.xpath("//article[contains(@class, 'sb-article')]")
    if not articles:
        raise SourcebookError(
            f"{name}.html: expected a page in the book's own theme → html_theme: sourcebook"
        )
    (article,) = articles
    _keep_chosen_marks(article)
    for element in article.xpath(_SCREEN_ONLY):
        element.drop_tree()
    for element in article.iter():
        for act in [act for act in element.attrib if act.startswith("on")]:
            del element.attrib[act]  # what a script would do
    for cell in article.xpath(".//div[contains(concat(' ', @class, ' '), ' cell ')]"):
        if not cell.xpath("string()").strip() and not cell.xpath(
            ".//*[local-name()='svg' or local-name()='img']"
        ):
            cell.drop_tree()  # nothing may stand between a heading and what it heads
    _open_folds(article)
    style = "\n".join(page.xpath("//head/style/text()"))
    for element in article.xpath(".//*[contains(@class, 'sb-own-')]"):
        element.set("class", _OWN.sub(rf"sb-own-{number}-\1", element.get("class")))
    heading = article.xpath(".//h1")
    return Chapter(
        name=name,
        title=" ".join(heading[0].text_content().split()) if heading else name,
        part=part,
        depth=len(page.xpath("//nav[@class='sb-parents']//a")),
        article=article,
        style=_OWN.sub(rf"sb-own-{number}-\1", style),
    )


def _keep_chosen_marks(article: HtmlElement) -> None:
    """Note on the marks of an edition which ones do not show until a reader wants them to."""
    boxes = article.xpath(".//fieldset[@class='sb-legend']//input[not(@checked)]/@id")
    for category in (box.removeprefix("sb-show-") for box in boxes):
        for mark in article.xpath(".//mark[@data-category=$category]", category=category):
            mark.set("class", "sb-unmarked")


def _open_folds(article: HtmlElement) -> None:
    """Show what is folded, on paper and in readers that cannot unfold; nothing scrolls there and takes a focus."""
    for element in article.iter("details", "summary"):
        kind = "sb-opened" if element.tag == "details" else "sb-opens"
        element.tag = "div"
        element.set("class", f"{element.get('class', '')} {kind}".strip())
        element.attrib.pop("open", None)
    for element in article.xpath(".//*[@tabindex or @role='region']"):
        for name in ("tabindex", "role", "aria-label") if element.get("role") == "region" else ("tabindex",):
            element.attrib.pop(name, None)
