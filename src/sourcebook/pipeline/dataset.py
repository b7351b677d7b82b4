"""A data folder in memory."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from sourcebook import coding
from sourcebook.analysis.numbers import NamedNumber, named_numbers
from sourcebook.coding import passes
from sourcebook.coding.coded_tables import with_source_line_ends
from sourcebook.coding.coders import coder_problems
from sourcebook.core.about import ABOUT, About, read_about
from sourcebook.core.errors import DataError, HashMismatchError, Problem
from sourcebook.core.schemas import DECLARATIONS, DERIVED, PASS, RECORD, Schemas, read_schemas
from sourcebook.pipeline.folders import data_folder
from sourcebook.sources.documents import Document, Reading, sentence_table, try_documents
from sourcebook.sources.names import short_names
from sourcebook.sources.registry import REGISTRY, read_registry

__all__ = ["Dataset", "fingerprint", "read"]


_WITH_DERIVED = "the dataset was read without derived tables: get it by sourcebook.load or sourcebook.build"


@dataclass(frozen=True, kw_only=True, eq=False)
class Dataset(Mapping[str, pd.DataFrame]):
    """A data folder in memory: a mapping of the names of its tables to the tables.

    Two are equal only if they are one and the same.

    Attributes
    ----------
    folder : Path
        The folder itself.
    documents : dict of str to sourcebook.sources.documents.Document
        The sources, by id, in the order of the registry.
    tables : dict of str to DataFrame
        The coded and reference tables and the registry, checked, by name; all cells are text.
    schemas : sourcebook.core.schemas.Schemas
        The coded and reference tables that the folder can have, with those that it declares itself.
    about : sourcebook.core.about.About
        What the folder says of itself.
    passes : tuple of DataFrame
        The coding passes of ``coded/passes``, checked, in the order of their files' names.
    record : tuple of DataFrame
        Passes as they were before they were read against another, from ``coded/passes/record``, in the same order.
    derived : dict of str to DataFrame
        The derived tables, by name, in the types of their schemas. No derived table has the name of another.

    Examples
    --------
    >>> data = read()
    >>> data.sources[:2], data["claims"].columns[0]
    (['akram-2024-10', 'turan-2024-12'], 'claim_id')
    >>> "claims" in data, "claims" in data.coded, "claims" in data.reference
    (True, True, False)
    """

    folder: Path
    documents: dict[str, Document]
    tables: dict[str, pd.DataFrame]
    schemas: Schemas
    about: About
    passes: tuple[pd.DataFrame, ...] = ()
    record: tuple[pd.DataFrame, ...] = ()
    derived: dict[str, pd.DataFrame] = field(default_factory=dict)

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return a copy of a table."""
        if not isinstance(name, str):
            raise KeyError(f"no table {name!r}; a table has a name: {', '.join(self)}")
        for frames in (self.derived, self.tables):
            if name in frames:
                return frames[name].copy()
        if name in DERIVED:
            raise KeyError(f"no table {name!r}; {_WITH_DERIVED}")
        near = difflib.get_close_matches(name, list(self), n=3, cutoff=0.4)
        there = f"near it: {', '.join(near)}" if near else f"there are: {', '.join(self)}"
        raise KeyError(f"no table {name!r}; {there}")

    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def __iter__(self) -> Iterator[str]:
        return iter([*self.tables, *self.derived])

    def __len__(self) -> int:
        return len(self.tables) + len(self.derived)

    def __repr__(self) -> str:
        return (
            f"<Dataset {self.folder.name!r}: {len(self.documents)} sources, {len(self.tables)} tables, "
            f"{len(self.derived)} derived tables>"
        )

    def _repr_html_(self) -> str:
        """Return the tables with their rows and what a row is, as a notebook shows them."""
        described = {name: table.description for name, table in self.schemas.items()}
        described |= {name: table.description for name, table in DERIVED.items()}
        rows = [(name, len(self[name]), described.get(name, "")) for name in self]
        table = pd.DataFrame(rows, columns=["table", "rows", "what a row is"])
        with pd.option_context("display.max_colwidth", None):
            return table.to_html(index=False, escape=True, border=0)

    @property
    def sources(self) -> list[str]:
        """The source ids, in the order of the registry."""
        return list(self.documents)

    @property
    def source_names(self) -> dict[str, str]:
        """The short names of the sources by id, in the order of the registry."""
        return short_names(self.tables["sources"])

    @property
    def coded(self) -> dict[str, pd.DataFrame]:
        """The tables of human judgement, by name."""
        return self._of("coded")

    @property
    def reference(self) -> dict[str, pd.DataFrame]:
        """The tables of facts from elsewhere, by name."""
        return self._of("reference")

    def _of(self, part: str) -> dict[str, pd.DataFrame]:
        return {
            name: frame.copy()
            for name, frame in self.tables.items()
            if self.schemas[name].path.startswith(f"{part}/")
        }

    @cached_property
    def numbers(self) -> dict[str, NamedNumber]:
        """Every number that a page may print, by name, each with the rows that it was counted from.

        Raises
        ------
        KeyError
            If a derived table is missing.

        Examples
        --------
        >>> from sourcebook.pipeline.store import load
        >>> load().numbers["count.sources"].value
        5
        """
        for name in DERIVED:
            if name not in self.derived:
                raise KeyError(f"numbers need the table {name!r}; {_WITH_DERIVED}")
        return named_numbers(self.tables, self.derived, self.schemas)

    def claims_on(self, *proposition_ids: str) -> pd.DataFrame:
        """Return the claims on some questions, with what a reader wants to see of them.

        Parameters
        ----------
        *proposition_ids : str
            The questions.

        Returns
        -------
        DataFrame
            ``claim_id, source_id, proposition_id, question, answer`` (the value in words), ``voice`` (its label),
            ``modality, quote``; in the order of the questions, then of the claims.

        Raises
        ------
        TypeError
            For an id that is no text.
        KeyError
            For an id that is no question, and if the derived tables are missing.

        Examples
        --------
        >>> from sourcebook.pipeline.store import load
        >>> load().claims_on("displaced-number")["answer"].iloc[0]
        '200,000'
        """
        for name in proposition_ids:
            if not isinstance(name, str):
                raise TypeError(f"proposition_ids: expected texts, found {name!r}")
        propositions = self.tables["propositions"].set_index("proposition_id")["question"]
        if unknown := [name for name in proposition_ids if name not in propositions.index]:
            near = difflib.get_close_matches(unknown[0], list(propositions.index), n=3)
            raise KeyError(f"no question {unknown[0]!r}" + (f"; near it: {', '.join(near)}" if near else ""))
        claims = self["claim_intervals"]
        book = self.tables["codebook"]
        voices = book[book["vocabulary"] == "voice"].set_index("term")["label"]
        place = {name: at for at, name in enumerate(proposition_ids)}
        chosen = claims[claims["proposition_id"].isin(place)]
        chosen = chosen.sort_values("proposition_id", key=lambda ids: ids.map(place), kind="stable")
        return pd.DataFrame(
            {
                **{name: chosen[name] for name in ("claim_id", "source_id", "proposition_id")},
                "question": chosen["proposition_id"].map(propositions),
                "answer": chosen["display"],
                "voice": chosen["voice"].map(voices).fillna(chosen["voice"]),
                **{name: chosen[name] for name in ("modality", "quote")},
            }
        ).reset_index(drop=True)


def read(folder: Path | None = None) -> Dataset:
    """Read and check the documents, the coded tables and the coding passes of a folder.

    Parameters
    ----------
    folder : Path, optional
        The data folder; by default that around the current folder, else the one of the package.

    Returns
    -------
    Dataset
        Without derived tables.

    Raises
    ------
    HashMismatchError
        If raw files are not those that the registry records, and nothing else is wrong.
    DataError
        Everything else that is wrong, together; before that, whatever is wrong in ``coded/tables.toml``.

    Examples
    --------
    >>> len(read().documents)
    5
    """
    folder = data_folder(folder)
    schemas = read_schemas(folder)
    tables, problems = coding.try_tables(folder, schemas=schemas)
    reading = try_documents(folder / "raw")
    documents = reading.documents
    tables = with_source_line_ends(tables, documents, schemas)
    coded, more = _passes(folder, tables, reading, schemas)
    record, still_more = _passes(folder, tables, reading, schemas, is_record=True)
    unread = problems or more or still_more or reading.problems or reading.mismatches
    if not unread and _are_whole(tables, schemas):
        sentences = sentence_table(documents)
        first = {} if record else {"the coded tables": passes.first_pass(tables, sentences, schemas)}
        more += coder_problems({**first, **record, **coded})
    known = {(p.file, p.line, p.column) for p in [*reading.problems, *reading.mismatches]}
    about, unclear = _about(folder)
    checked = coding.check_tables(
        tables, documents or None, schemas, reading.unread, exhaustive=about is not None and about.exhaustive
    )
    problems += [
        p for p in [*checked, *more, *still_more, *unclear] if (p.file, p.line, p.column) not in known
    ]
    if reading.mismatches and not (problems or reading.problems):
        raise HashMismatchError(reading.mismatches)
    problems += [*reading.problems, *reading.mismatches]
    if problems or about is None:
        raise DataError(dict.fromkeys(problems))
    return Dataset(
        folder=folder,
        documents=documents,
        tables=tables,
        schemas=schemas,
        about=about,
        passes=tuple(coded.values()),
        record=tuple(record.values()),
    )


def _are_whole(tables: Mapping[str, pd.DataFrame], schemas: Schemas) -> bool:
    """Return whether every table could be read, with all its columns."""
    return all(
        name in tables and set(table.schema.columns) <= set(tables[name]) for name, table in schemas.items()
    )


def _about(folder: Path) -> tuple[About | None, list[Problem]]:
    """Return what a folder says of itself, or what is wrong in that."""
    try:
        return read_about(folder), []
    except DataError as error:
        return None, error.problems


def _passes(
    folder: Path,
    tables: Mapping[str, pd.DataFrame],
    reading: Reading,
    schemas: Schemas,
    *,
    is_record: bool = False,
) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """Read the coding passes, and list what is wrong in them, unless a table that they refer to is missing."""
    frames: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    if not _are_whole(tables, schemas):
        return frames, problems
    sentences = sentence_table(reading.documents)
    declared = {folder / table.path for table in schemas.values()}
    for path in sorted({*folder.glob(RECORD if is_record else PASS.path)} - declared):
        name = path.relative_to(folder).as_posix()
        try:
            frames[name] = passes.read_pass(path, tables, sentences, schemas, is_record=is_record)
        except DataError as error:
            problems += [replace(p, file=name) for p in error.problems if not _is_unread(p, reading.unread)]
    return frames, problems


def _is_unread(problem: Problem, unread: Collection[str]) -> bool:
    """Return whether a unit of a pass is unknown only since its source could not be read."""
    unit = problem.found.strip("'")
    return problem.column == "unit" and unit.rpartition(".")[0] in unread and "sentence" in problem.expected


def fingerprint(folder: Path) -> pd.DataFrame:
    """Return the hash of every registered document, every table, and the declaration of tables of a folder.

    Parameters
    ----------
    folder : Path
        The data folder.

    Returns
    -------
    DataFrame
        ``file`` (relative to the folder), ``sha256``.
    """
    raw = folder / "raw"
    files = {raw / name for name in read_registry(raw)["file"]} if (raw / REGISTRY).exists() else set()
    for part in ("raw", "coded", "reference"):
        files |= {p for p in (folder / part).rglob("*.csv") if not p.name.startswith(".")}
    files |= {folder / DECLARATIONS, folder / ABOUT}
    rows = [
        (p.relative_to(folder).as_posix(), hashlib.sha256(p.read_bytes()).hexdigest())
        for p in sorted(files)
        if p.is_file()
    ]
    return pd.DataFrame(rows, columns=["file", "sha256"], dtype="str")
