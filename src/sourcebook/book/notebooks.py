"""The chapters as Jupyter notebooks: written beside the built pages, offered by a link on each.

The text of a role that only the book understands comes from whoever listens to the event
``sourcebook-role-text``, called with the application, the docname, the role's name and its content; the first
answer that is not None is used. Where it leads comes in the same way from ``sourcebook-role-address``.
All notebooks together, with the data that they read, are in one archive: ``notebook_archive``.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import nbformat
from myst_nb.core.read import (  # type: ignore[import-untyped]
    is_myst_markdown_notebook,
    read_myst_markdown_notebook,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = [
    "ARCHIVE",
    "ROLE_ADDRESS_EVENT",
    "ROLE_TEXT_EVENT",
    "RoleText",
    "add_notebook_links",
    "as_markdown",
    "chapter_texts",
    "convert_folder",
    "launch_links",
    "notebook_from_chapter",
    "register",
    "replace_roles",
    "role_texts",
    "write_notebooks",
]

ROLE_TEXT_EVENT = "sourcebook-role-text"
"""The event that asks for the text of a role in a chapter."""

ROLE_ADDRESS_EVENT = "sourcebook-role-address"
"""The event that asks where a role in a chapter leads, as a full address."""

RoleText = Callable[[str, str], str | tuple[str, str] | None]
"""From a role's name and content to the text in its place, or text and address; None leaves it to `replace_roles`."""

ARCHIVE = "notebooks/notebooks.zip"
"""Where the built book has all notebooks with their data."""

_ROLE = re.compile(r"\{(?P<name>[A-Za-z][\w:.+-]*)\}(?P<fence>`+)(?P<content>.+?)(?P=fence)", re.DOTALL)
_TITLED = re.compile(r"(?P<title>.+?)\s*<[^<>]+>\s*", re.DOTALL)
_LABEL = re.compile(r"^\([^()\s]+\)=[ \t]*\n?", re.MULTILINE)
_CHAPTER_LINK = re.compile(r"(?P<open>\]\((?![a-z][a-z+.-]*:)[^()\s#]+)\.md(?P<close>(?:#[^()\s]*)?\))")
#: What means something in Markdown as Jupyter shows it, HTML and mathematics included.
_MARKDOWN = re.compile(r"[\\`*_\[\]{}<>$&|~#!^@]")
_FENCED = re.compile(r"^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)`*~*[ \t]*$", re.MULTILINE | re.DOTALL)
_COLAB_CELL = """\
import sys

if "google.colab" in sys.modules:
    %pip install --quiet "git+{repository}@{branch}"
"""


def as_markdown(text: str) -> str:
    r"""Return a text as Markdown that shows it as it is, wherever on a line it comes.

    Examples
    --------
    >>> print(as_markdown("<b> *of* [x](y)"))
    \<b\> \*of\* \[x\](y)
    >>> print(as_markdown("- 4. of 5"))
    \- 4. of 5
    """
    line = _MARKDOWN.sub(r"\\\g<0>", " ".join(text.split()))
    return re.sub(
        r"^([-+=:])|^(\d{1,9})(?=[.)](?:\s|$))", lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\", line
    )


def replace_roles(text: str, role_text: RoleText | None = None) -> str:
    r"""Put the text of each inline role in its place, since Jupyter shows roles as they are written.

    Parameters
    ----------
    text : str
        Markdown.
    role_text : callable, optional
        Called with the role's name and content. Where it is missing or returns None, a role with a title
        (``title <target>``) becomes its title, and any other role its content.

    Returns
    -------
    str
        Markdown without roles.

    Examples
    --------
    >>> replace_roles("{value}`n-sources` of them, see {ref}`the table <tab>`.")
    'n-sources of them, see the table.'
    >>> replace_roles("{value}`n-sources` of them.", lambda name, content: "Five")
    'Five of them.'
    """

    def stand_in(match: re.Match[str]) -> str:
        name, content = match["name"], match["content"].strip()
        given = role_text(name, content) if role_text else None
        if isinstance(given, tuple):
            return f"[{as_markdown(given[0])}]({given[1]})"
        if given is not None:
            return as_markdown(given)
        titled = _TITLED.fullmatch(content)
        return titled["title"] if titled else content

    return _ROLE.sub(stand_in, text)


def _outside_fences(text: str, change: Callable[[str], str]) -> str:
    parts: list[str] = []
    end = 0
    for block in _FENCED.finditer(text):
        parts += [change(text[end : block.start()]), block.group()]
        end = block.end()
    return "".join([*parts, change(text[end:])])


def notebook_from_chapter(
    text: str, *, role_text: RoleText | None = None, first_cell: str = ""
) -> nbformat.NotebookNode:
    """Convert a chapter, a MyST Markdown notebook, into a Jupyter notebook without outputs.

    The same text gives the same notebook: cells are numbered instead of having random identifiers.

    Parameters
    ----------
    text : str
        The chapter's source with its front matter.
    role_text : callable, optional
        As in `replace_roles`; used for Markdown cells, outside fenced blocks.
    first_cell : str, optional
        Code to put before everything else, such as an installation.

    Returns
    -------
    NotebookNode
        Valid in version 4.5 of the notebook format.

    Raises
    ------
    ValueError
        When the front matter does not say that the text is a MyST notebook.
    """
    if not is_myst_markdown_notebook(text):
        raise ValueError(
            "expected a MyST notebook (front matter with jupytext's format_name: myst), found none"
        )
    notebook: nbformat.NotebookNode = read_myst_markdown_notebook(text)

    def readable(markdown: str) -> str:
        return _CHAPTER_LINK.sub(
            r"\g<open>.ipynb\g<close>", replace_roles(_LABEL.sub("", markdown), role_text)
        )

    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = _outside_fences(cell.source, readable).strip("\n")
    notebook.cells = [cell for cell in notebook.cells if cell.source]
    if first_cell:
        notebook.cells.insert(0, nbformat.v4.new_code_cell(first_cell))  # type: ignore[no-untyped-call]
    for number, cell in enumerate(notebook.cells, start=1):
        cell["id"] = f"cell-{number:03d}"
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    nbformat.validate(notebook)
    return notebook


def convert_folder(folder: Path, target: Path, *, role_text: RoleText | None = None) -> list[Path]:
    """Write each MyST notebook below a folder as ``.ipynb`` below another.

    Parameters
    ----------
    folder, target : Path
        Where the chapters are, and where the notebooks go, under the same relative names.
    role_text : callable, optional
        As in `replace_roles`.

    Returns
    -------
    list of Path
        The files written, sorted.
    """
    written = []
    for chapter in sorted(folder.rglob("*.md")):
        text = chapter.read_text(encoding="utf-8")
        if is_myst_markdown_notebook(text):
            path = target / chapter.relative_to(folder).with_suffix(".ipynb")
            _write(notebook_from_chapter(text, role_text=role_text), path)
            written.append(path)
    return written


def _write(notebook: nbformat.NotebookNode, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text: str = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _notebook_name(docname: str, root_doc: str) -> str:
    page, home = PurePosixPath(docname), PurePosixPath(root_doc).parent
    inside = page.relative_to(home) if page.is_relative_to(home) else page
    return f"{inside}.ipynb"


def _repository(app: Sphinx) -> tuple[str, str]:
    options = app.config.html_theme_options
    return str(options.get("repository_url") or "").rstrip("/"), str(
        options.get("repository_branch") or "main"
    )


def write_notebooks(app: Sphinx, exception: Exception | None) -> None:
    """Write every chapter of a finished HTML build as ``notebooks/<chapter>.ipynb`` in the output folder.

    Parameters
    ----------
    app : Sphinx
        The application; its event ``sourcebook-role-text`` is asked for the text of each role.
    exception : Exception or None
        What ended the build, if anything did: then nothing is written.
    """
    if exception is not None or app.builder.format != "html":
        return
    repository, branch = _repository(app)
    first_cell = _COLAB_CELL.format(repository=repository, branch=branch) if repository else ""
    chapters = chapter_texts(app)
    for docname, text in chapters.items():
        target = Path(app.outdir, "notebooks", _notebook_name(docname, app.config.root_doc))
        role_text = role_texts(app, docname, chapters)
        _write(notebook_from_chapter(text, role_text=role_text, first_cell=first_cell), target)


def chapter_texts(app: Sphinx) -> dict[str, str]:
    """Return the sources of the chapters that are notebooks, by docname, in order."""
    texts = {
        docname: Path(app.env.doc2path(docname)).read_text(encoding="utf-8")
        for docname in sorted(app.env.found_docs)
    }
    return {docname: text for docname, text in texts.items() if is_myst_markdown_notebook(text)}


def role_texts(app: Sphinx, docname: str, chapters: Collection[str]) -> RoleText:
    """Return what gives a role of a chapter its text and, where it leads somewhere, its address.

    Parameters
    ----------
    app : Sphinx
        The application.
    docname : str
        The chapter.
    chapters : collection of str
        The chapters that have a notebook: a link to one of them leads to its notebook.

    Returns
    -------
    callable
        From name and content of a role to its text, or to text and address; None for a role that it does not know.
    """

    def role_text(name: str, content: str) -> str | tuple[str, str] | None:
        if name == "doc":
            titled = _TITLED.fullmatch(content)
            target = titled[0].rpartition("<")[2].rstrip("> \n") if titled else content
            page = posixpath.normpath(posixpath.join(posixpath.dirname(docname), target))
            title = (
                titled["title"] if titled else app.env.titles[page].astext() if page in app.env.titles else ""
            )
            return (title, f"{target}.ipynb") if title and page in chapters else title or None
        answer: str | None = app.emit_firstresult(ROLE_TEXT_EVENT, docname, name, content)
        address = (
            app.emit_firstresult(ROLE_ADDRESS_EVENT, docname, name, content) if answer is not None else None
        )
        return (answer, address) if answer is not None and address else answer

    return role_text


def launch_links(
    repository: str, branch: str, name: str, *, published_branch: str = "gh-pages"
) -> dict[str, str]:
    """Addresses that open one chapter on Binder and on Colab.

    Binder builds its environment from the repository and converts the chapters as it does so (``.binder``);
    Colab opens the notebook that was published with the built book.

    Parameters
    ----------
    repository : str
        ``https://github.com/<owner>/<name>``; anything else, the empty string too, gives no links.
    branch, published_branch : str
        The branch of the sources, and the one that holds the built book.
    name : str
        The notebook's file name below ``notebooks/``.

    Returns
    -------
    dict of str to str
        ``{"Binder": …, "Colab": …}``, or an empty one.

    Examples
    --------
    >>> launch_links("https://github.com/o/n", "main", "limits.ipynb")["Binder"]
    'https://mybinder.org/v2/gh/o/n/main?urlpath=lab/tree/notebooks/limits.ipynb'
    >>> launch_links("", "main", "limits.ipynb")
    {}
    """
    match = re.fullmatch(r"https://github\.com/([^/]+/[^/]+?)(?:\.git)?/?", repository)
    if match is None:
        return {}
    project, file = match[1], quote(f"notebooks/{name}")
    return {
        "Binder": f"https://mybinder.org/v2/gh/{project}/{quote(branch, safe='')}?urlpath=lab/tree/{file}",
        "Colab": f"https://colab.research.google.com/github/{project}/blob/{quote(published_branch)}/{file}",
    }


def add_notebook_links(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Offer a chapter's notebook among the links of its page, and Binder and Colab where there is a repository.

    A handler of ``html-page-context``.

    Parameters
    ----------
    app : Sphinx
        The application.
    pagename, templatename : str
        The page and its template.
    context : dict
        What the template gets; its ``page_links`` are made or added to: dicts with ``text``, ``url`` and
        perhaps ``download``.
    doctree : docutils.nodes.document or None
        The page's content; None for a page that is no document.
    """
    if doctree is None or pagename not in app.env.found_docs:
        return
    if not is_myst_markdown_notebook(Path(app.env.doc2path(pagename)).read_text(encoding="utf-8")):
        return
    name = _notebook_name(pagename, app.config.root_doc)
    links = context.setdefault("page_links", [])
    url = context["pathto"](f"notebooks/{name}", 1)
    links.append({"text": "Download this chapter as a Jupyter notebook", "url": url, "download": True})
    archive = context["pathto"](ARCHIVE, 1)
    links.append({"text": "All chapters as notebooks, with their data", "url": archive, "download": True})
    links += [
        {"text": f"Run this chapter on {service}", "url": address}
        for service, address in launch_links(*_repository(app), name).items()
    ]


def register(app: Sphinx) -> None:
    """Register the event and the handlers with Sphinx."""
    app.add_event(ROLE_TEXT_EVENT)
    app.add_event(ROLE_ADDRESS_EVENT)
    app.connect("html-page-context", add_notebook_links)
    app.connect("build-finished", write_notebooks)
