"""A data folder in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from sourcebook import coding
from sourcebook.coding import passes
from sourcebook.core.errors import DataError, Problem
from sourcebook.core.schemas import PASS, TABLES
from sourcebook.sources.documents import Document, read_documents, sentence_table

__all__ = ["Dataset", "default_folder", "read"]


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

    Examples
    --------
    >>> data = read()
    >>> data.sources[:2], data["claims"].columns[0]
    (['akram-2024-10', 'turan-2024-12'], 'claim_id')
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
    here = Path(__file__).parents
    packaged = here[1] / "data"
    return packaged if packaged.is_dir() else here[3] / "data"


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

    Examples
    --------
    >>> len(read().documents)
    5
    """
    folder = Path(folder) if folder is not None else default_folder()
    tables, problems = coding.try_tables(folder)
    try:
        documents = read_documents(folder / "raw")
    except DataError as error:
        raise DataError({*error.problems, *problems}) from error
    problems += coding.check_tables(tables, documents)
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
