"""Citations that a reader can tell apart, and a bibliography that shows its keys.

Works of one author and year get a letter, in the text and in the bibliography. The style ``keys`` of the
directive ``bibliography`` shows before each entry the key under which tables name it. A key of a table that the
bibliography does not have is told with its line. Nothing happens in a book without ``sphinxcontrib.bibtex``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path
from string import ascii_lowercase

from pybtex.database import Entry  # type: ignore[import-untyped]
from pybtex.plugin import register_plugin  # type: ignore[import-untyped]
from pybtex.style.formatting.plain import Style  # type: ignore[import-untyped]
from pybtex.style.labels import BaseLabelStyle  # type: ignore[import-untyped]
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from sourcebook.book.book_data import book_data
from sourcebook.core.csvfiles import LINE, read_table
from sourcebook.core.errors import Problem
from sourcebook.core.schemas import Table

__all__ = ["lettered_years", "register", "unknown_keys"]

_logger = logging.getLogger(__name__)


class _KeyLabels(BaseLabelStyle):  # type: ignore[misc]
    """Label each entry with its key."""

    def format_labels(self, sorted_entries: Iterable[Entry]) -> Iterator[str]:
        return (entry.key for entry in sorted_entries)


class _KeyStyle(Style):  # type: ignore[misc]
    """The plain style, with keys for labels."""

    default_label_style = _KeyLabels


def lettered_years(entries: Mapping[str, Entry]) -> dict[str, str]:
    """Return the years, with a letter, of the entries that author and year do not tell apart.

    Parameters
    ----------
    entries : mapping
        The entries of a bibliography, as ``pybtex`` reads them, by key; one without author or editor is
        cited by its title.

    Returns
    -------
    dict of str to str
        By key, ``2024a``, ``undated-a`` where several of one author have no year, or ``undated`` for one that is
        alone; letters in the order of the titles. An entry alone with its author and year is not in it.
    """
    alike: dict[tuple[object, str], list[str]] = defaultdict(list)
    for key, entry in entries.items():
        people = entry.persons.get("author") or entry.persons.get("editor")
        who = tuple(map(str, people)) if people else entry.fields.get("title", "")
        alike[who, entry.fields.get("year", "")].append(key)
    found: dict[str, str] = {}
    for (_, year), keys in alike.items():
        ordered = sorted(keys, key=lambda key: (entries[key].fields.get("title", "").casefold(), key))
        if len(keys) == 1:
            found |= {} if year else {keys[0]: "undated"}
            continue
        for n, key in enumerate(ordered):
            rounds, letter = divmod(n, len(ascii_lowercase))
            stem = year if year.isdigit() else f"{year or 'undated'}-"
            found[key] = f"{stem}{ascii_lowercase[letter] * (rounds + 1)}"
    return found


def _letter(app: Sphinx) -> None:
    """Give their letters to the entries that are read; those of an earlier build have them already."""
    domains = app.env.domains
    if "cite" not in domains:
        return
    entries = domains["cite"].bibdata.data.entries  # type: ignore[attr-defined]
    for key, year in lettered_years(entries).items():
        entries[key].fields["year"] = year


def unknown_keys(table: Table, folder: Path, keys: Container[str]) -> list[Problem]:
    """Return what a table cites and a bibliography does not have.

    Parameters
    ----------
    table : sourcebook.core.schemas.Table
        A table of the data folder.
    folder : Path
        The data folder.
    keys : set of str
        The keys of the bibliography.

    Returns
    -------
    list of Problem
        One for each cell and key, in the order of the file.
    """
    path = folder / table.path
    columns = [name for name, column in table.schema.columns.items() if (column.metadata or {}).get("cites")]
    if not columns or not path.exists():
        return []
    frame = read_table(path, root=folder)
    return [
        Problem(
            file=table.path,
            line=int(row[LINE]),
            column=name,
            found=repr(key),
            expected="a key of the bibliography",
            action="correct the key, or add the entry",
        )
        for row in frame.to_dict("records")
        for name in columns
        for key in str(row.get(name, "")).split(";")
        if key and key not in keys
    ]


def _check_keys(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of each key that leads to no entry of the bibliography."""
    if "cite" not in env.domains:
        return
    keys = env.domains["cite"].bibdata.data.entries  # type: ignore[attr-defined]
    data = book_data(app)
    for table in data.dataset.schemas.values():
        for problem in unknown_keys(table, data.folder, keys):
            _logger.warning("%s", problem, type="sourcebook", subtype="citation")


def register(app: Sphinx) -> None:
    """Register the style and the handler."""
    register_plugin("pybtex.style.formatting", "keys", _KeyStyle)
    app.connect("builder-inited", _letter)
    app.connect("env-check-consistency", _check_keys)
