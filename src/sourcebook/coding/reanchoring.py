"""A new text of a source: what becomes of every quote of the old one, and the new one put into its place.

What refers to places in the text is the coded tables with quotes, the layout, and the map of the pages. Nothing is
written unless every one of their rows has a place in the new text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from sourcebook.coding.quote_checks import page_problems
from sourcebook.core.csvfiles import LINE, read_table, write_table
from sourcebook.core.errors import DataError, Problem
from sourcebook.core.files import restoring, write_bytes
from sourcebook.core.schemas import Table, read_schemas
from sourcebook.sources.documents import Document, read_document, read_documents, sentence_table
from sourcebook.sources.registry import LAYOUT, PAGES, REGISTRY, SENTENCE_IDS, VERSIONS, raw_problem
from sourcebook.sources.sentence_record import record_sentences
from sourcebook.text.anchors import check_anchors, sentence_spans, starts_in
from sourcebook.text.line_ends import with_line_ends
from sourcebook.text.normalise import NormalText, normalise
from sourcebook.text.quotes import anchor_at
from sourcebook.text.relocation import STATUSES, Relocation, relocate
from sourcebook.text.similarity import shortened

__all__ = ["Reanchoring", "plan_reanchoring", "write_reanchoring"]

_EDGE = 160  # characters at each end of a page by which it is found
_COLUMNS = (
    "table",
    LINE,
    "id",
    "status",
    "score",
    "start",
    "end",
    "new_start",
    "new_end",
    "old",
    "new",
    "note",
)
_TYPES = dict.fromkeys((LINE, "start", "end", "new_start", "new_end"), "Int64") | {"score": "float64"}


@dataclass(frozen=True, kw_only=True, eq=False)
class Reanchoring:
    """What becomes of the rows of a source when a new text takes the place of its text.

    Attributes
    ----------
    folder : Path
        The data folder.
    old, new : sourcebook.sources.documents.Document
        The source as it is, and its new text.
    report : pandas.DataFrame
        A row for each row of the source: ``table`` (its file), ``line``, ``id`` (the key of the row), ``status``
        (``kept``, ``moved``, ``changed`` or ``lost``, an ordered categorical), ``score`` (0 to 100), ``start``,
        ``end`` and ``new_start``, ``new_end`` (raw code points; Int64, missing where lost), ``old`` and ``new``
        words, ``note``.
    frames : dict of str to pandas.DataFrame
        The tables that have such rows, as they are, by file.
    """

    folder: Path
    old: Document
    new: Document
    report: pd.DataFrame
    frames: dict[str, pd.DataFrame]


def plan_reanchoring(folder: Path, source_id: str, path: Path) -> Reanchoring:
    """Find where a new text of a source has the words that its rows quote. Nothing is written.

    Parameters
    ----------
    folder : Path
        The data folder, in which nothing may be wrong with the raw files and the quotes of the source.
    source_id : str
        The source.
    path : Path
        Its new text, in UTF-8.

    Raises
    ------
    DataError
        For an unknown source, a text that cannot be read, and quotes that are not at their places in the old text.
    """
    raw = folder / "raw"
    documents = read_documents(raw)
    if source_id not in documents:
        expected = f"one of {', '.join(documents)}"
        raise DataError([raw_problem(raw, REGISTRY, 0, "source_id", source_id, expected, "check the id")])
    old, new = documents[source_id], read_document(path, source_id=source_id)
    frames: dict[str, pd.DataFrame] = {}
    rows: list[tuple[object, ...]] = []
    problems: list[Problem] = []
    plain = normalise(old.raw)
    for table in _tables(folder):
        frame = frames[table.path] = read_table(folder / table.path, root=folder)
        try:
            own = _own_rows(table, frame, old)
        except DataError as error:
            problems += error.problems
            continue
        places = (relocate_pages if table.name == "pages" else _quotes)(own, plain, new.normal)
        for row, place in zip(own.to_dict("records"), places, strict=True):
            rows.append(_reported(table, row, place, old.raw, new.raw))
    if problems:
        raise DataError(problems)
    report = pd.DataFrame(rows, columns=_COLUMNS).astype(_TYPES)
    report["status"] = pd.Categorical(report["status"], STATUSES, ordered=True)
    return Reanchoring(folder=folder, old=old, new=new, report=report, frames=frames)


def _tables(folder: Path) -> Iterator[Table]:
    """Yield the tables of a folder that refer to places in the texts."""
    for name, table in read_schemas(folder).items():
        if (table.anchored or name in ("layout", "pages")) and (folder / table.path).is_file():
            yield table


def _own_rows(table: Table, frame: pd.DataFrame, document: Document) -> pd.DataFrame:
    """Return the rows of a source, their offsets as numbers; raise an error for those that are not at their places."""
    own = frame[frame["source_id"] == document.source_id] if "source_id" in frame else frame
    if table.anchored:
        problems = check_anchors(own, {document.source_id: document}, file=table.path)
    elif table.name == "layout":
        own, problems = _with_places(own, document.raw), []
    else:
        problems = _page_problems(table, own, len(document.raw))
    if problems:
        raise DataError(problems)
    return own.astype({"start": "int64", "end": "int64"})


def _with_places(layout: pd.DataFrame, raw: str) -> pd.DataFrame:
    """Return the rows of a layout that was read without an error, with the places that they leave out."""
    layout = layout.copy()
    for at, row in layout.iterrows():
        if not row["start"]:
            words = next(words for words in with_line_ends(row["exact"]) if words in raw)
            start = raw.index(words)
            layout.loc[at, ["start", "end"]] = [str(start), str(start + len(words))]
    return layout


def _page_problems(table: Table, own: pd.DataFrame, length: int) -> list[Problem]:
    """Return the rows of the map of pages that are no places in the text."""
    problems = [
        Problem(table.path, 1, name, "no such column", f"a column {name}", "add the column")
        for name in ("source_id", "page", "start", "end")
        if name not in own
    ]
    if problems:
        return problems
    return list(page_problems(own, {str(source): length for source in own["source_id"]}))


def _quotes(own: pd.DataFrame, old: NormalText, new: NormalText) -> list[Relocation]:
    """Return where the quotes of some rows are; each place is looked for once."""
    spans = list(zip(own["start"].tolist(), own["end"].tolist(), strict=True))
    found = {span: relocate(old, new, *span) for span in dict.fromkeys(spans)}
    return [found[span] for span in spans]


def relocate_pages(own: pd.DataFrame, old: NormalText, new: NormalText) -> list[Relocation]:
    """Return where pages are: each by the words at its two edges, one without words right after the page before.

    Parameters
    ----------
    own : pandas.DataFrame
        ``start, end`` (int64) of each page in the old text, in order.
    old, new : sourcebook.text.normalise.NormalText
        The text before and now.

    Returns
    -------
    list of sourcebook.text.relocation.Relocation
        One for each page.

    Examples
    --------
    >>> pages = pd.DataFrame({"start": [0, 15], "end": [15, 29]})
    >>> old, new = normalise("The first page.The last page."), normalise("Now the first page.The last page.")
    >>> [(place.status, place.start, place.end) for place in relocate_pages(pages, old, new)]
    [('changed', 4, 19), ('moved', 19, 33)]
    """
    found = []
    shift = 0
    for start, end in zip(own["start"].tolist(), own["end"].tolist(), strict=True):
        if old.raw[start:end].strip():
            place = _page(old, new, start, end)
        else:
            first, last = (min(max(0, at + shift), len(new.raw)) for at in (start, end))
            status = "moved" if shift else "kept"
            place = Relocation(status=status, start=first, end=last, score=100.0)
        found.append(place)
        shift = place.end - end if place.status != "lost" else shift
    return found


def _page(old: NormalText, new: NormalText, start: int, end: int) -> Relocation:
    """Return where a page is; its status is that of the edge that is less certain."""
    page = old.raw[start:end]
    before, after = len(page) - len(page.lstrip()), len(page) - len(page.rstrip())
    first_word, last_word = start + before, end - after
    edges = [
        (first_word, min(last_word, first_word + _EDGE)),
        (max(first_word, last_word - _EDGE), last_word),
    ]
    first, last = (relocate(old, new, *edge) for edge in edges)
    worst = max(first, last, key=lambda edge: STATUSES.index(edge.status))
    if worst.status == "lost" or first.start >= last.end:
        return Relocation(status="lost", note=worst.note or "its edges are not in order")
    # the blanks at its edges belong to it
    blank_before = new.raw[max(0, first.start - before) : first.start]
    blank_after = new.raw[last.end : last.end + after]
    place = (
        first.start - len(blank_before) + len(blank_before.rstrip()),
        last.end + len(blank_after) - len(blank_after.lstrip()),
    )
    status = "moved" if worst.status == "kept" and place != (start, end) else worst.status
    return replace(worst, status=status, start=place[0], end=place[1], score=min(first.score, last.score))


def _reported(
    table: Table, row: Mapping[Hashable, Any], place: Relocation, old: str, new: str
) -> tuple[object, ...]:
    """Return a row of the report."""
    is_lost = place.status == "lost"
    is_page = table.name == "pages"
    name = " ".join(str(row[key]) for key in table.key if key in row)
    return (
        table.path,
        row[LINE],
        name,
        place.status,
        round(place.score, 1),
        row["start"],
        row["end"],
        None if is_lost else place.start,
        None if is_lost else place.end,
        "" if is_page else old[row["start"] : row["end"]],
        "" if is_page or is_lost else new[place.start : place.end],
        place.note,
    )


def write_reanchoring(plan: Reanchoring, *, accept_changed: bool | Collection[str] = False) -> list[Path]:
    """Put the new text of a source into the place of the old one, and give its rows their new places.

    The old text is kept in ``raw/versions``, named in ``raw/versions.csv`` with its hash. After an error, and after
    Ctrl-C, everything is as it was.

    Parameters
    ----------
    plan : Reanchoring
        As :func:`plan_reanchoring` returns it.
    accept_changed : bool, or collection of str
        Whether rows whose words changed take the new words, or the ids of those that do. The others are refused.

    Returns
    -------
    list of Path
        The files that were written; none if the text is the one that is there already.

    Raises
    ------
    DataError
        With every row that is lost, or changed and not accepted: then nothing is written. If the new places
        of the layout overlap, or anything was changed since the plan was made.
    """
    if problems := _refused(plan.report, accept_changed=accept_changed):
        raise DataError(problems)
    if plan.new.sha256 == plan.old.sha256:
        return []
    raw = plan.folder / "raw"
    tables = {plan.folder / name: frame.copy() for name, frame in plan.frames.items()}
    target = plan.old.path
    written = [raw / SENTENCE_IDS, raw / VERSIONS, raw / REGISTRY, target, *tables]
    data = plan.new.path.read_bytes()
    if hashlib.sha256(data).hexdigest() != plan.new.sha256:
        found, action = "a text that has changed meanwhile", "run this again"
        raise DataError([Problem(str(plan.new.path), 0, "", found, "the text that was compared", action)])
    before = {path: path.read_bytes() for path in written if path.exists()}
    with restoring(written, raw):
        record_sentences(
            raw, read_documents(raw)
        )  # ids of the old sentences, if nobody has written them down
        _keep_version(plan)
        write_bytes(target, data)
        _register(raw, plan)
        for name in (LAYOUT, PAGES):
            if (path := raw / name) in tables:
                _fill(tables[path], _rows_of(plan, f"raw/{name}"), plan.new.raw)
                write_table(tables.pop(path), path)
        documents = read_documents(raw)
        record_sentences(raw, documents)
        document = documents[plan.old.source_id]
        spans = sentence_spans(sentence_table({document.source_id: document})).get(document.source_id, {})
        for path, frame in tables.items():
            rows = _rows_of(plan, path.relative_to(plan.folder).as_posix())
            _fill(frame, rows, document.raw, document.normal, spans)
            write_table(frame, path)
    return [path for path in written if path.exists() and path.read_bytes() != before.get(path)]


def _refused(report: pd.DataFrame, *, accept_changed: bool | Collection[str]) -> list[Problem]:
    """Return the rows that keep the new text from being written, and ids that are of no changed row."""
    changed, problems = report["status"] == "changed", []
    if not isinstance(accept_changed, bool):
        known = set(report.loc[changed, "id"])
        for name in dict.fromkeys(name for name in accept_changed if name not in known):
            expected = f"the id of a row whose words changed: {', '.join(sorted(known)) or 'there is none'}"
            problems.append(Problem("--accept", 0, "", repr(name), expected, "correct it, or leave it out"))
        changed &= ~report["id"].isin(list(accept_changed))
    elif accept_changed:
        changed &= False
    refused = changed | (report["status"] == "lost")
    for row in report[refused].to_dict("records"):
        words = shortened(row["old"]) if row["old"] else f"page {row['id']}"
        if row["status"] == "lost":
            found = f"{words}: {row['note']}"
            action = "remove the row, or let it quote words that both texts have"
        else:
            found = f"{words}, now {shortened(row['new'])}, score {row['score']}" if row["old"] else words
            action = f"look at it; --accept {row['id']} takes the new words, --accept-changed those of all"
        place = (row["table"], int(row[LINE]), "exact" if row["old"] else "start")
        problems.append(Problem(*place, found, "the same words in the new text", action))
    return problems


def _rows_of(plan: Reanchoring, name: str) -> pd.DataFrame:
    return plan.report[plan.report["table"] == name]


def _keep_version(plan: Reanchoring) -> None:
    """Keep the old text by its hash."""
    raw, old = plan.folder / "raw", plan.old
    file = f"versions/{old.source_id}.{old.sha256[:12]}{old.path.suffix or '.txt'}"
    row = {
        "source_id": old.source_id,
        "file": file,
        "sha256": old.sha256,
        "replaced": datetime.now(UTC).date().isoformat(),
    }
    table = raw / VERSIONS
    kept = read_table(table).drop(columns=LINE) if table.exists() else pd.DataFrame(columns=list(row))
    if ((kept["source_id"] == old.source_id) & (kept["sha256"] == old.sha256)).any():
        return
    (raw / "versions").mkdir(exist_ok=True)
    write_bytes(raw / file, old.path.read_bytes())
    kept.loc[len(kept)] = {**dict.fromkeys(map(str, kept), ""), **row}
    write_table(kept, table)


def _register(raw: Path, plan: Reanchoring) -> None:
    """Record the hash of the new text."""
    registry = read_table(raw / REGISTRY)
    registry.loc[registry["source_id"] == plan.old.source_id, "sha256"] = plan.new.sha256
    write_table(registry, raw / REGISTRY)


def _fill(
    frame: pd.DataFrame,
    rows: pd.DataFrame,
    raw: str,
    normal: NormalText | None = None,
    spans: Mapping[str, tuple[int, int]] | None = None,
) -> None:
    """Give the rows of a table their new words and places, in the columns that it has."""
    at_line = {line: at for at, line in zip(frame.index, frame[LINE].tolist(), strict=True)}
    for line, start, end in rows[[LINE, "new_start", "new_end"]].itertuples(index=False):
        anchor = anchor_at(raw, start, end)
        cells = {"exact": anchor.exact, "start": str(start), "end": str(end)}
        if normal is not None and spans is not None:
            cells |= {"prefix": anchor.prefix, "suffix": anchor.suffix}
            cells["sentence_id"] = starts_in(normal, spans, start, end)
        for name in cells.keys() & set(frame.columns):
            frame.loc[at_line[line], name] = cells[name]
