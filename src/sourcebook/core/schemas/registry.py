"""The tables of one data folder: those that every folder can have, and those that it declares itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from sourcebook.core import vocabularies
from sourcebook.core.schemas import coded, raw, reference
from sourcebook.core.schemas.columns import Category, Table, Variable

__all__ = ["TABLES", "Schemas"]


class Schemas(Mapping[str, Table]):
    """The tables of a data folder by name, in the order of the data dictionary.

    Parameters
    ----------
    declared : iterable of Table
        The tables that the folder declares, see :func:`sourcebook.core.schemas.read_schemas`.
    lists : mapping of str to str
        The lists of the codebook that it declares, with their definitions.

    Attributes
    ----------
    declared : tuple of Table
        The tables that the folder declares.
    lists : dict of str to str
        All lists that its codebook may fill, with their definitions.

    Examples
    --------
    >>> TABLES["claims"].key, TABLES["claims"].coverage
    (('claim_id',), True)
    """

    def __init__(
        self, declared: Iterable[Table] = (), lists: Mapping[str, str] = vocabularies.CODEBOOK_VOCABULARIES
    ) -> None:
        self.declared = tuple(declared)
        self.lists = {**vocabularies.CODEBOOK_VOCABULARIES, **lists}
        own = [table for table in self.declared if table.path.startswith("coded/")]
        facts = [table for table in self.declared if table not in own]
        every = [*raw.TABLES, coded.codebook(self.lists), *coded.CONTENT, *own, *coded.ACCOUNT]
        self._tables = {table.name: table for table in [*every, *reference.TABLES, *facts]}

    __hash__ = object.__hash__  # a registry is read once for a folder, and equals itself alone
    __eq__ = object.__eq__

    def __getitem__(self, name: str) -> Table:
        if name not in self._tables:
            raise KeyError(f"no table {name!r}; there are: {', '.join(self._tables)}")
        return self._tables[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __repr__(self) -> str:
        return f"<Schemas: {len(self)} tables, of which the folder declares {len(self.declared)}>"

    def __len__(self) -> int:
        return len(self._tables)

    @cached_property
    def variables(self) -> dict[str, tuple[Table, Variable]]:
        """The variables of a sentence that coding passes compare, by name, each with its table."""
        return {t.variable.name: (t, t.variable) for t in self.values() if t.variable is not None}

    @cached_property
    def categories(self) -> dict[str, Category]:
        """The categories of rows on the pages of sources, by table, in the order of the legend."""
        marked = [(t.category, t.name) for t in self.values() if t.category is not None]
        return {name: category for category, name in sorted(marked, key=lambda pair: pair[0].place)}

    @cached_property
    def codings(self) -> tuple[Table, ...]:
        """The tables whose rows count as a coding of a sentence. A bare mention of a name does not."""
        return tuple(table for table in self.values() if table.coverage)


#: The tables that every data folder can have.
TABLES = Schemas()
