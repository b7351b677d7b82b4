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

from sourcebook import agreement, claims, framing, passes, relations, reuse, timeline, values
from sourcebook.dates import parse_edtf
from sourcebook.documents import Document, read_documents, sentence_table
from sourcebook.errors import DataError, Problem
from sourcebook.tables import read_table, write_table

__all__ = ["STAGES", "Dataset", "build", "default_folder", "load", "read", "stale", "write"]

_INPUTS = "inputs"


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
    derived : dict of str to DataFrame
        The derived tables, by name.
    """

    folder: Path
    documents: dict[str, Document]
    tables: dict[str, pd.DataFrame]
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
    """Read and check the documents and the coded tables of a folder.

    Raises
    ------
    HashMismatchError
        If a raw file is not the one that the registry records.
    DataError
        Everything else that is wrong, together.
    """
    folder = Path(folder) if folder is not None else default_folder()
    documents = read_documents(folder / "raw")
    tables = claims.read_tables(folder)
    claims.validate(tables, documents)
    return Dataset(folder=folder, documents=documents, tables=tables)


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
    return {"claims": frame.drop(columns="line").assign(quote=quotes, display=shown)}


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


def event_starts(dated: pd.DataFrame, events: pd.DataFrame) -> dict[str, str]:
    """Return the earliest day that any source gives for each event, or for what the event is part of."""
    known = dated[(dated["event_id"] != "") & (dated["start_earliest"] != "")]
    own = known.groupby("event_id")["start_earliest"].agg(lambda days: min(days, key=_day)).to_dict()
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
    starts = event_starts(d["timeline"], t["events"])
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
    coded = [passes.first_pass(data.tables, sentences)]
    for path in sorted((data.folder / "coded" / "passes").glob("*.csv")):
        coded.append(passes.read_pass(path, data.tables, sentences))
    measured = passes.reliability_data(coded, data.tables["propositions"])
    return {
        "reliability_data": measured,
        "reliability": passes.agreement(measured),
    }


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
    "values": _values,
}


def build(folder: Path | None = None) -> Dataset:
    """Read a folder and derive every table, in memory.

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
    """Hash every input file: ``file, sha256``."""
    files = sorted(
        p
        for part in ("raw", "coded", "reference")
        for p in (folder / part).rglob("*")
        if p.suffix in {".csv", ".txt"} and p.is_file()
    )
    rows = [(p.relative_to(folder).as_posix(), hashlib.sha256(p.read_bytes()).hexdigest()) for p in files]
    return pd.DataFrame(rows, columns=["file", "sha256"], dtype="str")


def write(data: Dataset) -> list[Path]:
    """Write the derived tables of a dataset to ``derived`` and remove those that are no longer made.

    Returns
    -------
    list of Path
        The files, each written whole or not at all.
    """
    target = data.folder / "derived"
    target.mkdir(exist_ok=True)
    frames = {**data.derived, _INPUTS: _fingerprint(data.folder)}
    paths = []
    for name, frame in frames.items():
        path = target / f"{name}.csv"
        write_table(_as_text(frame), path)
        paths.append(path)
    for old in set(target.glob("*.csv")) - set(paths):
        old.unlink()
    return paths


def _as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame of text: true and false as yes and no, missing as an empty cell."""
    out = pd.DataFrame(index=frame.index)
    for column in frame.columns:
        cells = frame[column]
        if cells.dtype == bool:
            out[column] = cells.map({True: "yes", False: "no"})
        else:
            out[column] = [
                "" if pd.isna(c) else f"{c:.15g}" if isinstance(c, float) else str(c) for c in cells
            ]
    return out.astype("str")


def stale(folder: Path) -> list[str]:
    """Return the input files that changed since ``derived`` was built, or were added or removed."""
    path = folder / "derived" / f"{_INPUTS}.csv"
    if not path.exists():
        return ["derived has not been built"]
    known = read_table(path)[["file", "sha256"]]
    both = known.merge(_fingerprint(folder), on="file", how="outer", suffixes=("_then", "_now"))
    return list(both.loc[both["sha256_then"] != both["sha256_now"], "file"])


def load(folder: Path | None = None) -> Dataset:
    """Read a folder with its derived tables, as the chapters do.

    Parameters
    ----------
    folder : Path, optional
        The data folder; by default the data that came with the package.

    Returns
    -------
    Dataset
        Derived tables as text, except that the columns which hold only whole numbers are integers.

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
                found=f"another state of {name}",
                expected="derived tables built from the present inputs",
                action="run `make data` or `sourcebook build`",
            )
            for name in changed
        )
    derived = {
        p.stem: _typed(read_table(p).drop(columns="line"))
        for p in sorted((data.folder / "derived").glob("*.csv"))
    }
    return replace(data, derived=derived)


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    whole = [c for c in frame.columns if len(frame) and frame[c].str.fullmatch(r"-?\d{1,15}").all()]
    return frame.astype(dict.fromkeys(whole, "int64"))
