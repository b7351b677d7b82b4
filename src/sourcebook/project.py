"""Run the whole: read a data folder, check it, derive every table, and write them.

A data folder holds ``raw`` (documents and their registry), ``coded`` (human judgement), ``reference``
(facts from elsewhere, optional) and ``derived`` (built here, never edited).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd
from pandas.api import types

from sourcebook import agreement, claims, context, framing, passes, relations, reuse, timeline, values
from sourcebook.dates import parse_edtf
from sourcebook.documents import REGISTRY, Document, read_documents, read_registry, sentence_table
from sourcebook.errors import DataError, Problem
from sourcebook.schemas import PASS, TABLES
from sourcebook.tables import LINE, read_table, write_table

__all__ = ["STAGES", "Dataset", "build", "default_folder", "load", "read", "stale", "write"]

_INPUTS, _COLUMNS = "inputs", "columns"


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """A data folder in memory.

    Attributes
    ----------
    folder : Path
        Where it lies.
    documents : dict of str to Document
        The sources, by id, in the order of the registry.
    tables : dict of str to DataFrame
        The coded and reference tables, checked, by name.
    passes : tuple of DataFrame
        The coding passes of ``coded/passes``, checked, in the order of their files' names.
    derived : dict of str to DataFrame
        The derived tables, by name.
    """

    folder: Path
    documents: dict[str, Document]
    tables: dict[str, pd.DataFrame]
    passes: tuple[pd.DataFrame, ...] = ()
    derived: dict[str, pd.DataFrame] = field(default_factory=dict)

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return a copy of a table, derived ones first."""
        found = self.derived.get(name, self.tables.get(name))
        if found is None:
            known = ", ".join(sorted({*self.derived, *self.tables}))
            raise KeyError(f"no table {name!r}; there are: {known}")
        return found.copy()

    @property
    def sources(self) -> list[str]:
        """The source ids, in the order of the registry."""
        return list(self.documents)


def default_folder() -> Path:
    """Return the data that came with the package, or those of the checkout that it runs from."""
    packaged = Path(__file__).parent / "data"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "data"


def read(folder: Path | None = None) -> Dataset:
    """Read and check the documents, the coded tables and the coding passes of a folder.

    Parameters
    ----------
    folder : Path, optional
        The data folder; by default the data that came with the package.

    Returns
    -------
    Dataset
        Without derived tables.

    Raises
    ------
    HashMismatchError
        If a raw file is not the one that the registry records.
    DataError
        Everything else that is wrong, together.
    """
    folder = Path(folder) if folder is not None else default_folder()
    tables, problems = claims.try_tables(folder)
    try:
        documents = read_documents(folder / "raw")
    except DataError as error:
        raise DataError({*error.problems, *problems}) from error
    problems += claims.check_tables(tables, documents)
    coded, more = _passes(folder, tables, documents)
    if problems or more:
        raise DataError([*problems, *more])
    return Dataset(folder=folder, documents=documents, tables=tables, passes=tuple(coded))


def _passes(
    folder: Path, tables: Mapping[str, pd.DataFrame], documents: Mapping[str, Document]
) -> tuple[list[pd.DataFrame], list[Problem]]:
    """Read the coding passes, and say what is wrong in them, unless the tables that they rest on are not there."""
    frames: list[pd.DataFrame] = []
    problems: list[Problem] = []
    if any(
        name not in tables or not set(TABLES[name].schema.columns) <= set(tables[name]) for name in TABLES
    ):
        return frames, problems
    sentences = sentence_table(documents)
    for path in sorted(folder.glob(PASS.path)):
        try:
            frames.append(passes.read_pass(path, tables, sentences))
        except DataError as error:
            name = path.relative_to(folder).as_posix()
            problems += [replace(problem, file=name) for problem in error.problems]
    return frames, problems


def _sentences(data: Dataset) -> dict[str, pd.DataFrame]:
    sentences = sentence_table(data.documents)
    return {"sentences": sentences, "coverage": claims.coverage(data.tables, sentences)}


def _claims(data: Dataset) -> dict[str, pd.DataFrame]:
    frame = claims.with_intervals(data.tables["claims"], data.tables["propositions"])
    quotes = [
        data.documents[s].normal.text[slice(*data.documents[s].normal.to_text(int(a), int(b)))]
        for s, a, b in zip(frame["source_id"], frame["start"], frame["end"], strict=True)
    ]
    shown = [values.display_claim(k, v) for k, v in zip(frame["kind"], frame["value"], strict=True)]
    frame = frame.drop(columns=LINE).astype({"start": "int64", "end": "int64"})
    return {"claims": frame.assign(quote=quotes, display=shown)}


def _relations(data: Dataset) -> dict[str, pd.DataFrame]:
    t = data.tables
    found = relations.relate_all(t["claims"], t["propositions"], t["codebook"])
    return {"relations": found, "differences": relations.differences(found)}


def _timeline(data: Dataset) -> dict[str, pd.DataFrame]:
    dated = timeline.dated_claims(data.tables["claims"], data.tables["propositions"], data.tables["events"])
    written = timeline.writing_dates(data.tables["sources"])
    return {
        "timeline": dated,
        "writing": written,
        "reported": timeline.reported_and_written(dated, written),
    }


def _event_starts(dated: pd.DataFrame, events: pd.DataFrame) -> dict[str, str]:
    """Return the day from which each event, or what it is part of, can have begun.

    The most exact claim on an event decides: "2024" does not move a conference of 5 December to January.
    Of two equally exact ones the earlier counts, so that a source is not called older than the event for
    a date that only another source gives.
    """
    known = dated[(dated["event_id"] != "") & (dated["start_earliest"] != "") & (dated["start_latest"] != "")]
    first = [_day(day) for day in known["start_earliest"]]
    width = [_day(day) - low for day, low in zip(known["start_latest"], first, strict=True)]
    ordered = known.assign(first=first, width=width).sort_values(["width", "first"], kind="stable")
    own = ordered.groupby("event_id")["start_earliest"].first().to_dict()
    parents = dict(zip(events["event_id"], events["part_of"], strict=True))
    found: dict[str, str] = {}
    for event in parents:
        at = event
        while at and at not in own:
            at = parents.get(at, "")
        if at:
            found[event] = own[at]
    return found


def _day(iso: str) -> int:
    return parse_edtf(iso).earliest or 0


def _agreement(data: Dataset) -> dict[str, pd.DataFrame]:
    t, d = data.tables, data.derived
    cover = d["coverage"]
    unfinished = set(cover.loc[cover["status"] == "open", "source_id"])
    evidence = agreement.search_evidence(t["propositions"], data.documents)
    starts = _event_starts(d["timeline"], t["events"])
    silence = agreement.silences(
        t["claims"], t["propositions"], t["sources"], t["scopes"], starts, evidence, unfinished
    )
    origin = agreement.origins(t["sources"], t["links"])
    return {
        "silences": silence,
        "origins": origin,
        "standing": agreement.standing(t["claims"], d["relations"]),
        "matrix": agreement.matrix(t["claims"], d["relations"], silence, t["propositions"], t["sources"]),
        "corroboration": agreement.corroboration(t["claims"], d["relations"], origin),
        "without_source": agreement.leave_one_out(t["claims"], d["relations"], origin, by="source"),
        "without_origin": agreement.leave_one_out(t["claims"], d["relations"], origin, by="origin"),
    }


def _framing(data: Dataset) -> dict[str, pd.DataFrame]:
    t = data.tables
    return {
        "element_checks": framing.check_elements(t["citations"], t["provisions"], t["instruments"]),
        "invocations": framing.invocations(t["citations"], t["instruments"], data.sources),
        "uninvoked": framing.uninvoked(t["citations"], t["instruments"]).drop(columns="line"),
    }


def _reuse(data: Dataset) -> dict[str, pd.DataFrame]:
    """Find shared passages; names of entities and of instruments do not count as shared words."""
    variants = data.tables["instruments"]["variants"].str.split(";").explode().dropna()
    names = sorted({*data.tables["mentions"]["exact"], *data.tables["entities"]["name"], *variants} - {""})
    found = reuse.shared_passages(
        {s: d.normal.text for s, d in data.documents.items()}, exclude=names, min_words=8
    )
    out = found.rename(columns={"exact_a": "quote_a", "exact_b": "quote_b"})
    for side in ("a", "b"):
        columns = (found[f"{name}_{side}"] for name in ("source", "start", "end"))
        spans = [
            (s, *data.documents[s].normal.to_raw(int(a), int(b))) for s, a, b in zip(*columns, strict=True)
        ]
        out[f"start_{side}"] = [a for _, a, _ in spans]
        out[f"end_{side}"] = [b for _, _, b in spans]
        out[f"exact_{side}"] = [data.documents[s].raw[a:b] for s, a, b in spans]
    return {"shared_passages": out}


def _reliability(data: Dataset) -> dict[str, pd.DataFrame]:
    sentences = data.derived["sentences"]
    coded = [passes.first_pass(data.tables, sentences), *data.passes]
    measured = passes.reliability_data(coded, data.tables["propositions"])
    return {
        "reliability_data": measured,
        "reliability": passes.agreement(measured),
    }


def _context(data: Dataset) -> dict[str, pd.DataFrame]:
    return {"comparisons": context.beside(data.derived["claims"], data.tables["context"])}


def _values(data: Dataset) -> dict[str, pd.DataFrame]:
    return {"values": values.values(data.tables, data.derived)}


#: The stages of :func:`build`, in order: each takes the dataset so far and returns derived tables.
STAGES: Mapping[str, Callable[[Dataset], dict[str, pd.DataFrame]]] = {
    "sentences": _sentences,
    "claims": _claims,
    "relations": _relations,
    "timeline": _timeline,
    "agreement": _agreement,
    "framing": _framing,
    "reuse": _reuse,
    "reliability": _reliability,
    "context": _context,
    "values": _values,
}


def build(folder: Path | None = None) -> Dataset:
    """Read a folder and derive every table, in memory.

    Parameters
    ----------
    folder : Path, optional
        The data folder; by default the data that came with the package.

    Returns
    -------
    Dataset
        With the derived tables, as the functions that make them return them.

    Raises
    ------
    HashMismatchError, DataError
        As :func:`read`.
    """
    data = read(folder)
    for stage in STAGES.values():
        data = replace(data, derived={**data.derived, **stage(data)})
    return data


def _fingerprint(folder: Path) -> pd.DataFrame:
    """Hash the registered documents and every table: ``file, sha256``."""
    raw = folder / "raw"
    files = {raw / name for name in read_registry(raw)["file"]} if (raw / REGISTRY).exists() else set()
    for part in ("raw", "coded", "reference"):
        files |= {p for p in (folder / part).rglob("*.csv") if not p.name.startswith(".")}
    rows = [
        (p.relative_to(folder).as_posix(), hashlib.sha256(p.read_bytes()).hexdigest())
        for p in sorted(files)
        if p.is_file()
    ]
    return pd.DataFrame(rows, columns=["file", "sha256"], dtype="str")


def write(data: Dataset) -> list[Path]:
    """Write the derived tables of a dataset to ``derived`` and remove those that are no longer made.

    Parameters
    ----------
    data : Dataset
        As :func:`build` returns it.

    Returns
    -------
    list of Path
        The files, each written whole or not at all. The record of the inputs goes first and comes last, so
        that after an interruption the folder counts as not built.
    """
    target = data.folder / "derived"
    target.mkdir(exist_ok=True)
    (target / f"{_INPUTS}.csv").unlink(missing_ok=True)
    made = {name: frame for name, frame in data.derived.items() if name not in {_INPUTS, _COLUMNS}}
    frames = {**made, _COLUMNS: _column_types(made), _INPUTS: _fingerprint(data.folder)}
    paths = []
    for name, frame in frames.items():
        path = target / f"{name}.csv"
        write_table(_as_text(frame), path)
        paths.append(path)
    for old in set(target.glob("*.csv")) - set(paths):
        old.unlink()
    return paths


def _column_types(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return ``table, column, type`` of every column: ``integer``, ``number``, ``yes or no`` or ``text``."""

    def kind(column: pd.Series) -> str:
        if types.is_bool_dtype(column):
            return "yes or no"
        if types.is_integer_dtype(column):
            return "integer"
        return "number" if types.is_float_dtype(column) else "text"

    rows = [(name, str(c), kind(frame[c])) for name, frame in frames.items() for c in frame.columns]
    return pd.DataFrame(rows, columns=["table", "column", "type"], dtype="str")


def _cell(value: object) -> str:
    if isinstance(value, float):
        return "" if value != value else f"{value:.15g}"  # noqa: PLR0124 (not a number)
    return "" if value is None or value is pd.NA else str(value)


def _as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame of text: true and false as yes and no, missing as an empty cell."""
    columns = {
        str(name): ["yes" if c else "no" for c in cells]
        if types.is_bool_dtype(cells)
        else [_cell(c) for c in cells.tolist()]
        for name, cells in frame.items()
    }
    return pd.DataFrame(columns, dtype="str")


def stale(folder: Path) -> list[str]:
    """Return what changed since the derived tables of a folder were built.

    Parameters
    ----------
    folder : Path
        The data folder.

    Returns
    -------
    list of str
        Input files that changed, were added or were removed, relative to the folder; ``derived`` alone if
        nothing has been built. Empty if all is fresh.
    """
    path = folder / "derived" / f"{_INPUTS}.csv"
    if not path.exists():
        return ["derived"]
    known = read_table(path)[["file", "sha256"]]
    both = known.merge(_fingerprint(folder), on="file", how="outer", suffixes=("_then", "_now"))
    return [str(f) for f in both.loc[both["sha256_then"] != both["sha256_now"], "file"]]


def load(folder: Path | None = None) -> Dataset:
    """Read a folder with its derived tables, as the chapters do.

    Parameters
    ----------
    folder : Path, optional
        The data folder; by default the data that came with the package.

    Returns
    -------
    Dataset
        Derived tables as text, except that columns of whole numbers are integers.

    Raises
    ------
    HashMismatchError, DataError
        As :func:`read`; and DataError if the derived tables are older than what they are made from.
    """
    data = read(folder)
    changed = stale(data.folder)
    if changed:
        raise DataError(
            Problem(
                file=f"derived/{_INPUTS}.csv",
                line=0,
                column="",
                found="no derived tables" if name == "derived" else f"another state of {name}",
                expected="derived tables built from the present inputs",
                action="run `make data` or `sourcebook build`",
            )
            for name in changed
        )
    target = data.folder / "derived"
    kinds = read_table(target / f"{_COLUMNS}.csv", root=data.folder)
    whole = kinds[kinds["type"] == "integer"].groupby("table")["column"].agg(list).to_dict()
    derived = {}
    for path in sorted(target.glob("*.csv")):
        frame = read_table(path, root=data.folder).drop(columns=LINE)
        derived[path.stem] = frame.astype(dict.fromkeys(whole.get(path.stem, []), "int64"))
    return replace(data, derived=derived)
