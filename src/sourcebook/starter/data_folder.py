"""Make the data folder of a new book: every table with its header, and the first proposals."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path

import pandas as pd

from sourcebook.core.csvfiles import read_table, write_table
from sourcebook.core.files import write_text
from sourcebook.core.schemas import TABLES
from sourcebook.sources.documents import read_documents
from sourcebook.sources.sentence_record import record_sentences
from sourcebook.starter.documents import NewDocument, slug
from sourcebook.starter.links import propose_links
from sourcebook.starter.raw_folder import write_raw

__all__ = ["UNFINISHED", "write_data"]

#: Why a source that was just added counts as not finished.
UNFINISHED = "Nobody has coded it yet."


def write_data(folder: Path, documents: Sequence[NewDocument], title: str, author: str = "") -> int:
    """Write a data folder on which ``sourcebook check`` finds nothing wrong.

    Parameters
    ----------
    folder : Path
        The folder, which is made.
    documents : sequence of NewDocument
        Its documents.
    title, author : str
        What the data are called, and who codes them, if that is known.

    Returns
    -------
    int
        How many links are proposed.
    """
    write_raw(folder / "raw", documents)
    read = read_documents(folder / "raw")
    record_sentences(folder / "raw", read)
    registry = read_table(folder / "raw" / "sources.csv")
    made = {"links": propose_links(read, registry)}
    made["unfinished"] = registry[["source_id"]].assign(reason=UNFINISHED)
    tables = files("sourcebook.starter") / "tables"
    for name in ("codebook", "propositions"):
        with as_file(tables / f"{name}.csv") as path:
            made[name] = read_table(path)
    for name, table in TABLES.items():
        path = folder / table.path
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            empty = pd.DataFrame(columns=list(table.schema.columns), dtype="str")
            write_table(made.get(name, empty), path)
    write_text(folder / "dataset.toml", _about(title, author))
    return len(made["links"])


def _about(title: str, author: str) -> str:
    """Return what the data folder says of itself, and what it should say before anybody publishes it."""
    own, by = (json.dumps(text, ensure_ascii=False) for text in (title, author))
    mark = "" if author else "# "
    return (
        f'name = "{slug(title)}"\ntitle = {own}\n'
        "# Before you publish the data, say what they are, on which terms others may use them, and who made them:\n"
        '# description = "What the documents are, who coded them, and from which codebook."\n'
        '# version = "1.0"\n'
        '# [[licenses]]\n# name = "CC-BY-4.0"\n# path = "https://creativecommons.org/licenses/by/4.0/"\n'
        f"{mark}[[contributors]]\n{mark}title = {by if author else json.dumps('Your name')}\n"
        f'{mark}role = "author"\n'
    )
