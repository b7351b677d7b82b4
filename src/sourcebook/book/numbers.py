"""The numbers of a book: those of its dataset, and those that its chapters compute themselves.

A chapter computes a number in a cell, by :func:`sourcebook.analysis.numbers.number`, which MyST-NB keeps beside
the executed page. A role computes one by an expression, such as
``count.claims - count.demands``. Both are kept in the state of their page; the cell's numbers are known to every
page of the book.
"""

from __future__ import annotations

import json
import re
from collections import ChainMap
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sourcebook.analysis.numbers import NamedNumber, evaluate, is_expression
from sourcebook.analysis.numbers.named_number import is_name
from sourcebook.book.backlinks import pages_by_value
from sourcebook.book.book_data import book_data, depend
from sourcebook.book.build_errors import add_error, report
from sourcebook.book.state import state_of
from sourcebook.core.csvfiles import write_table
from sourcebook.core.errors import ParseError

__all__ = ["FOLDER", "all_numbers", "look_up", "printed_numbers", "register"]

#: The folder of the built book that holds the tables of the printed numbers.
FOLDER = "_downloads/numbers"


def all_numbers(app: Sphinx) -> Mapping[str, NamedNumber]:
    """Return every number that a page may print, by name: those of the dataset, then those of the pages.

    Parameters
    ----------
    app : Sphinx
        The application.
    """
    pages = (record.numbers for _, record in state_of(app.env).sorted_pages())
    return ChainMap(book_data(app).dataset.numbers, *pages)


def look_up(app: Sphinx, name: str) -> NamedNumber | None:
    """Return the number that a name, or an expression of names, has now; None if it has none.

    Parameters
    ----------
    app : Sphinx
        The application.
    name : str
        As a role is given it, without its form.
    """
    if not is_expression(name):
        return all_numbers(app).get(name)
    try:
        return evaluate(name, book_data(app).dataset.numbers)
    except ParseError:
        return None


def printed_numbers(app: Sphinx) -> dict[str, tuple[NamedNumber, list[str]]]:
    """Return the numbers that the book prints, by name, each with the pages that print it."""
    known = all_numbers(app)
    return {
        name: (known[name], pages)
        for name, pages in pages_by_value(state_of(app.env)).items()
        if name in known
    }


def _collect(app: Sphinx, doctree: nodes.document) -> None:
    """Keep the numbers that the cells of a page computed."""
    env = app.env
    if not getattr(env, "nb_metadata", {}).get(env.docname, {}).get("glue"):
        return
    file = Path(env.mystnb_config.output_folder, f"{env.docname}.glue.json")  # type: ignore[attr-defined]
    data = depend(env)  # the rows behind a number may go
    for output in json.loads(file.read_text(encoding="utf-8")).values():
        record = output.get("metadata", {}).get("sourcebook")
        if record is None:
            continue
        found = NamedNumber(**{**record, "evidence": tuple(record["evidence"])})
        lines = _lines_with(found.name, Path(env.doc2path(env.docname)))
        line = lines[-1] if lines else None
        if not is_name(found.name):
            message = f"number {found.name!r}: expected a name of lower-case words joined by points"
            add_error(env, line, message)
            continue
        if unknown := [row_id for row_id in found.evidence if row_id not in data.quotes]:
            message = f"number {found.name!r}: no coded row or sentence {', '.join(map(repr, unknown))}"
            add_error(env, line, message)
        first = state_of(env).page(env.docname).numbers.setdefault(found.name, found)
        if first != found:
            place = f"another cell of this page (lines {', '.join(map(str, lines)) or 'not found'})"
            add_error(env, line, _two_numbers(found, place, first))


def _lines_with(name: str, source: Path) -> list[int]:
    """Return the lines of a page that hold a name in quotation marks."""
    quoted = re.compile(rf"""["']{re.escape(name)}["']""")
    lines = source.read_text(encoding="utf-8").splitlines()
    return [number for number, line in enumerate(lines, start=1) if quoted.search(line)]


def _two_numbers(found: NamedNumber, place: str, first: NamedNumber) -> str:
    return (
        f"two numbers of one name: {found.name!r} is {found.formatted!r} ({found.description}); "
        f"in {place} it is {first.formatted!r} ({first.description}); rename one"
    )


def _conflicts(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Report each name that two pages, or a page and the dataset, give to different numbers."""
    report(app, _conflicting(app))
    return []


def _conflicting(app: Sphinx) -> Iterator[tuple[str, int, str]]:
    first = {name: ("the dataset", each) for name, each in book_data(app).dataset.numbers.items()}
    for page, record in state_of(app.env).sorted_pages():
        for name, each in record.numbers.items():
            place, known = first.setdefault(name, (page, each))
            if known != each:
                yield page, 0, _two_numbers(each, place, known)


def _write(app: Sphinx, exception: Exception | None) -> None:
    """Write what the book prints, and the rows behind it, as tables to download."""
    if exception is None and app.builder.format == "html":
        printed = [number for number, _ in printed_numbers(app).values()]
        values = [(each.name, each.formatted, each.description) for each in printed]
        evidence = [(each.name, row_id) for each in printed for row_id in each.evidence]
        folder = Path(app.outdir, FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        columns = ["name", "formatted", "description"]
        write_table(pd.DataFrame(values, columns=columns, dtype="str"), folder / "values.csv")
        write_table(
            pd.DataFrame(evidence, columns=["name", "row_id"], dtype="str"), folder / "value_evidence.csv"
        )


def register(app: Sphinx) -> None:
    """Connect the handlers that keep, check and write the numbers."""
    app.connect("doctree-read", _collect, priority=100)
    app.connect("env-updated", _conflicts)
    app.connect("build-finished", _write)
