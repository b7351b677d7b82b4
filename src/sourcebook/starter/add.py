"""Add documents to a data folder, and record the new hash of a text that was changed on purpose."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from sourcebook.core.csvfiles import LINE, read_table, write_table
from sourcebook.core.errors import DataError, Problem
from sourcebook.core.files import restoring
from sourcebook.core.schemas import TABLES
from sourcebook.sources.documents import read_documents
from sourcebook.sources.registry import LAYOUT, PAGES, REGISTRY, SENTENCE_IDS, read_registry
from sourcebook.sources.sentence_record import record_sentences
from sourcebook.starter.book_files import write_source_pages
from sourcebook.starter.changed_pages import Changed, place_pages
from sourcebook.starter.data_folder import UNFINISHED
from sourcebook.starter.documents import NewDocument, Skipped, files_in, read_all
from sourcebook.starter.links import propose_links
from sourcebook.starter.raw_folder import extend_table, registry_row, write_raw

__all__ = ["add_documents", "register_changes"]

_HASHES = {"sha256": "file", "original_sha256": "original"}


def add_documents(
    folder: Path,
    sources: Iterable[Path],
    *,
    progress: Callable[[Path, int, int], None] = lambda path, done, total: None,
) -> tuple[list[NewDocument], list[Skipped], int]:
    """Add documents to a data folder, and a page for each to the book around it.

    Parameters
    ----------
    folder : Path
        The data folder, in which nothing may be wrong with the raw files.
    sources : iterable of Path
        Files, and folders of files.
    progress : callable
        Called with each file before it is read, its number, and how many there are.

    Returns
    -------
    tuple of (list, list, int)
        The :class:`~sourcebook.starter.documents.NewDocument` that were added, the
        :class:`~sourcebook.starter.documents.Skipped` that were not, and how many links are proposed.

    Raises
    ------
    DataError
        If something is wrong with the raw files; then, and after any other error, the folder is as it was.
    """
    raw = folder / "raw"
    read_documents(raw)
    registry = read_registry(raw)
    known = {value for name in _HASHES if name in registry for value in registry[name] if value}
    paths = list(files_in(sources))
    numbers = {path: number for number, path in enumerate(paths, 1)}
    documents, skipped = read_all(
        paths,
        taken=set(registry["source_id"]),
        known=known,
        progress=lambda path: progress(path, numbers[path], len(paths)),
    )
    if not documents:
        return documents, skipped, 0
    coded = [folder / TABLES[name].path for name in ("links", "unfinished")]
    with restoring([raw / REGISTRY, raw / LAYOUT, raw / PAGES, raw / SENTENCE_IDS, *coded], raw):
        write_raw(raw, documents)
        links = _add_links(folder, coded[0])
        if coded[1].exists():
            rows = [{"source_id": each.source_id, "reason": UNFINISHED} for each in documents]
            extend_table(coded[1], rows, list(rows[0]))
    if (folder.parent / "book" / "sources").is_dir():
        write_source_pages(folder.parent, map(registry_row, documents))
    return documents, skipped, links


def _add_links(folder: Path, path: Path) -> int:
    """Record the new sentences, and add the proposed links that the table does not have; return how many."""
    documents = read_documents(folder / "raw")
    record_sentences(folder / "raw", documents)
    proposed = propose_links(documents, read_registry(folder / "raw"))
    if proposed.empty:
        return 0
    columns = ["source_id", "upstream", "kind"]
    old = read_table(path) if path.exists() else proposed.iloc[:0]
    has = set(map(tuple, old[columns].to_numpy()))
    new = proposed[[row not in has for row in map(tuple, proposed[columns].to_numpy())]].copy()
    ids = set(old["link_id"])
    for at, source in zip(new.index, new["source_id"], strict=True):
        number = next(n for n in range(1, len(ids) + 2) if f"{source}.u{n:03d}" not in ids)
        new.loc[at, "link_id"] = f"{source}.u{number:03d}"
        ids.add(f"{source}.u{number:03d}")
    if len(new):
        extend_table(path, new.to_dict("records"), list(new.columns))
    return len(new)


def register_changes(folder: Path, sources: Collection[str] = ()) -> list[Changed]:
    """Record the hashes that the raw files have now.

    Parameters
    ----------
    folder : Path
        The data folder.
    sources : collection of str
        Only these sources; all by default.

    Returns
    -------
    list of Changed
        The files whose hash was another one; empty if none was, and then nothing is written. The pages of a changed
        text are looked for in it.

    Raises
    ------
    DataError
        For a source that is not in the registry, and a file that is not there.
    """
    raw = folder / "raw"
    registry = read_registry(raw).drop(columns=LINE)
    unknown = sorted(set(sources) - set(registry["source_id"]))
    problems = [
        Problem(f"raw/{REGISTRY}", 0, "source_id", name, "the id of a source", "check the id")
        for name in unknown
    ]
    changed = []
    for at, row in registry.to_dict("index").items():
        if sources and row["source_id"] not in sources:
            continue
        for column, file in _HASHES.items():
            if not row.get(file):
                continue
            path = raw / row[file]
            if not path.is_file():
                action = "restore the file, or remove its row"
                problems.append(
                    Problem(f"raw/{row[file]}", 0, "", "no file", "the file of the registry", action)
                )
                continue
            now = hashlib.sha256(path.read_bytes()).hexdigest()
            if now != row[column]:
                changed.append(
                    Changed(source_id=row["source_id"], file=row[file], before=row[column], now=now)
                )
                registry.loc[at, column] = now
    if problems:
        raise DataError(problems)
    if changed:
        with restoring([raw / REGISTRY, raw / PAGES], raw):
            changed = place_pages(raw, registry, changed)
            write_table(registry, raw / REGISTRY)
    return changed
