"""The authority that citations are found with: instruments, their names, their articles and their protocols."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib.resources import as_file, files
from pathlib import Path

import pandas as pd

from sourcebook.core.csvfiles import LINE, read_table
from sourcebook.core.errors import DataError, ParseError, Problem
from sourcebook.parsing.dates.date_format import MONTHS
from sourcebook.parsing.law.authority import problem, variant_problems
from sourcebook.parsing.law.pinpoints import parsed
from sourcebook.parsing.law.places import Pinpoint, order

__all__ = ["Authority", "Instrument", "library_authority", "library_row", "read_authority"]

_NEEDED = ("instrument_id", "variants")
_COLUMNS = (
    *(
        "instrument_id",
        "variants",
        "title",
        "kind",
        "adopted",
        "in_force",
        "provisions",
        "parent",
        "protocol",
    ),
    *("citation", "candidates", "contextual"),
)
_SUBJECT = re.compile(
    r"(.*?\b(?:Convention|Covenant|Protocol|Treaty|Charter|Declaration|Agreement|Regulations?))"
    r"( (?:on|for|against|relating|concerning|regarding|relative|respecting) .+)"
)
_DATE = re.compile(r"(\d{4})(?:-(\d\d)-(\d\d))?")
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b")
_LETTERED = re.compile(r"(\d{1,3})([a-h])")
_MOST_KNOWN = 4096  # places that are remembered as places of an instrument or none
_UNIT_NAMES = {"princ": "principles", "rule": "rules", "art": "articles"}


@dataclass(frozen=True, kw_only=True, eq=False)
class Instrument:
    """A legal instrument, or a name that several instruments bear.

    Attributes
    ----------
    instrument_id, title : str
    kind : str
        Such as ``treaty``; decides whether it has paragraphs outside articles.
    years : frozenset of str
        Of its adoption and its entry into force.
    provisions : tuple of Pinpoint
        The places that it has, as ranges; empty where they are not known.
    parent : str
        Of a protocol, the instrument that it belongs to.
    keys : tuple of str
        What tells a protocol from others to the same instrument: its number, or words of its title. ``*`` means that
        it is meant where nothing is said.
    candidates : tuple of str
        Ids of the instruments that an ambiguous name can mean.
    """

    instrument_id: str
    title: str = ""
    kind: str = ""
    years: frozenset[str] = frozenset()
    provisions: tuple[Pinpoint, ...] = ()
    parent: str = ""
    keys: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()

    def lacks(self, pinpoint: Pinpoint) -> bool:
        """Return whether the instrument is known not to have a place."""
        if not self.provisions:
            return False
        known, place = self._lacking, pinpoint.normal_form
        if place not in known:
            if len(known) >= _MOST_KNOWN:
                known.clear()
            known[place] = self._lacks(pinpoint)
        return known[place]

    @cached_property
    def _lacking(self) -> dict[str, bool]:
        return {}

    @cached_property
    def in_roman(self) -> bool:
        """Whether its articles have Roman numerals."""
        return any(place.unit == "art" and place.number.isalpha() for place in self.provisions)

    def numbered(self, point: Pinpoint) -> Pinpoint:
        """Return a place by how its articles are numbered: X.1 of the GATT is X(1), 5a of CEDAW 5(a)."""
        if point.unit != "art" or not self.provisions or point.last:
            return point
        article, dot, below = point.number.partition(".")
        if dot and article.isalpha() and self.in_roman:
            return replace(point, number=article, subs=(below, *point.subs))
        letter = _LETTERED.fullmatch(point.number) if self.kind in ("treaty", "declaration") else None
        if letter is None or self._lacks(replace_number(point, letter[1])):
            return point
        return replace(point, number=letter[1], subs=(letter[2], *point.subs))

    def _lacks(self, pinpoint: Pinpoint) -> bool:
        known = [place for place in self.provisions if place.unit == pinpoint.unit]
        numbered = order(pinpoint.number)
        if not known or numbered is None:
            others = {place.unit for place in self.provisions} & set(_UNIT_NAMES)
            return bool(others) and not known and pinpoint.unit in _UNIT_NAMES
        if pinpoint.last and not pinpoint.subs:
            ends = [replace_number(pinpoint, number) for number in (pinpoint.number, pinpoint.last)]
            return any(self._lacks(end) for end in ends)
        return not any(_covers(place, numbered) for place in known)


def replace_number(pinpoint: Pinpoint, number: str) -> Pinpoint:
    """Return the pinpoint of one number of the same unit."""
    return Pinpoint(unit=pinpoint.unit, number=number)


def _covers(place: Pinpoint, numbered: tuple[int, str]) -> bool:
    first, last = order(place.number), order(place.last or place.number)
    if first is None or last is None:
        return False
    if numbered[1]:
        return first == last == numbered
    return first[0] <= numbered[0] <= last[0]


@dataclass(frozen=True, eq=False)
class Authority:
    """Instruments by id, with all that they are called.

    Attributes
    ----------
    instruments : dict of str to Instrument
    names : dict of str to str
        Id of the instrument that bears each name.
    citations : dict of str to str
        Id of the instrument for what stands in the column ``citation``, such as a symbol or a volume and page.
    contextual : frozenset of str
        Names that are read as such only among words of law.
    """

    instruments: Mapping[str, Instrument]
    names: Mapping[str, str]
    citations: Mapping[str, str] = field(default_factory=dict)
    contextual: frozenset[str] = frozenset()

    @classmethod
    def of(cls, *frames: pd.DataFrame) -> Authority:
        """Return the authority of one or several tables, of which the later ones add to and replace the earlier.

        Parameters
        ----------
        *frames : DataFrame
            ``instrument_id, variants`` (names joined by ``;``) and, as far as known, ``title, kind, adopted, in_force``
            (EDTF), ``provisions`` (pinpoints that name ranges, joined by ``;``), ``parent, protocol`` (of a protocol:
            the id of its convention, and its number or words of its title), ``citation``, ``candidates`` (ids) and
            ``contextual`` (names that also mean other things, such as CAT), all str. An empty
            cell leaves what an earlier table says.

        Returns
        -------
        Authority

        Raises
        ------
        DataError
            If two instruments of one table share a variant, or a cell cannot be read.
        """
        problems: list[Problem] = []
        rows: dict[str, dict[str, str]] = {}
        names: dict[str, tuple[str, str]] = {}
        for frame in frames:
            file = frame.attrs.get("file", "instruments.csv")
            problems += variant_problems(frame, file)
            columns = [name for name in _COLUMNS if name in frame]
            lines = frame[LINE].tolist() if LINE in frame else [0] * len(frame)
            for line, *cells in zip(lines, *(frame[name].tolist() for name in columns), strict=True):
                row = {name: str(cell).strip() for name, cell in zip(columns, cells, strict=True) if cell}
                row |= {"file": file, "line": str(line)}
                rows[row["instrument_id"]] = rows.get(row["instrument_id"], {}) | row
                for name in filter(None, (part.strip() for part in row.get("variants", "").split(";"))):
                    for spelt in _spellings(" ".join(name.split()), row.get("adopted", "")):
                        names[spelt.casefold()] = (spelt, row["instrument_id"])
        instruments = {key: _instrument(row, problems) for key, row in rows.items()}
        problems += _unknown(rows, instruments)
        if problems:
            raise DataError(problems)
        citations = {c.strip(): key for key, row in rows.items() for c in row.get("citation", "").split(";")}
        citations.pop("", None)
        contextual = {name for row in rows.values() for name in row.get("contextual", "").split(";")}
        return cls(instruments, dict(names.values()), citations, frozenset(contextual))

    def protocols(self, parent: str) -> list[Instrument]:
        """Return the protocols of an instrument."""
        return self._children.get(parent, [])

    @cached_property
    def groups(self) -> frozenset[str]:
        """Ids of the names that mean several instruments at once."""
        return frozenset(key for key, each in self.instruments.items() if each.kind == "group of instruments")

    @cached_property
    def _children(self) -> dict[str, list[Instrument]]:
        found: dict[str, list[Instrument]] = {}
        for instrument in self.instruments.values():
            if instrument.parent:
                found.setdefault(instrument.parent, []).append(instrument)
        return found


def _spellings(name: str, adopted: str) -> Iterator[str]:
    """Yield a name as it is and as it is also written: the Convention of 28 July 1951 relating to …."""
    forms = [name]
    if (parts := _SUBJECT.fullmatch(name)) and (date := _DATE.fullmatch(adopted)):
        day = f"{int(date[3])} {MONTHS[int(date[2]) - 1]} {date[1]}" if date[3] else ""
        forms += [f"{parts[1]} of {when}{parts[2]}" for when in (day, date[1]) if when]
    forms += [_DAY_FIRST.sub(r"\2 \1, \3", form) for form in forms]
    if name.upper() == name and "-" in name:
        forms += [name.replace("-", other) for other in ("‑", "–", " ")]
    elif "-" in name:
        forms.append(name.replace("-", "–"))
    forms += [form.replace("’", "'") if "’" in form else form.replace("'", "’") for form in forms]
    if " the " in name:
        forms += [re.sub(r"\b(on|for|of|against|in) the (?=[A-Z])", r"\1 ", form) for form in forms]
    forms += [form.replace("Peoples’ ", "Peoples ") for form in forms if "Peoples’ " in form]
    yield from dict.fromkeys(forms)


def _instrument(row: Mapping[str, str], problems: list[Problem]) -> Instrument:
    provisions = []
    for cell in filter(None, row.get("provisions", "").split(";")):
        try:
            provisions.append(parsed(cell))
        except ParseError as error:
            expected = f"pinpoints such as art. 1-53 ({error})"
            problems.append(problem(row["file"], int(row["line"]), "provisions", cell, expected))
    dates = (row.get(column, "")[:4] for column in ("adopted", "in_force"))
    return Instrument(
        instrument_id=row["instrument_id"],
        title=row.get("title", ""),
        kind=row.get("kind", ""),
        years=frozenset(date for date in dates if date.isdigit()),
        provisions=tuple(provisions),
        parent=row.get("parent", ""),
        keys=tuple(filter(None, (key.strip() for key in row.get("protocol", "").split(";")))),
        candidates=tuple(filter(None, row.get("candidates", "").split(";"))),
    )


def _unknown(
    rows: Mapping[str, Mapping[str, str]], instruments: Mapping[str, Instrument]
) -> Iterator[Problem]:
    for key, row in rows.items():
        for column in ("candidates", "parent"):
            for value in filter(None, row.get(column, "").split(";")):
                if value not in instruments:
                    yield problem(
                        row["file"], int(row["line"]), column, value, f"a known id, in the row {key}"
                    )


def read_authority(*paths: str | Path) -> Authority:
    """Return the authority that comes with the library, extended by tables of one's own.

    Parameters
    ----------
    *paths : path
        CSV files as :meth:`Authority.of` describes them. A row with the id of an instrument of the library adds to that
        row; a variant that the library gives to another instrument is that of the row.

    Returns
    -------
    Authority

    Raises
    ------
    DataError
        With every problem found.

    Examples
    --------
    >>> len(read_authority().instruments) >= 150
    True
    >>> read_authority().names["ICCPR"]
    'iccpr'
    """
    return library_authority(*(_own_table(path) for path in paths))


def _own_table(path: str | Path) -> pd.DataFrame:
    frame = read_table(path)
    frame.attrs["file"] = Path(path).name
    missing = [name for name in _NEEDED if name not in frame]
    if missing:
        raise DataError([problem(Path(path).name, 1, column, "", f"a column {column}") for column in missing])
    return frame


def library_authority(*tables: pd.DataFrame) -> Authority:
    """Return the authority that comes with the library, extended by tables.

    Parameters
    ----------
    *tables : DataFrame
        As :meth:`Authority.of` describes them.

    Returns
    -------
    Authority

    Raises
    ------
    DataError
        If a table is wrong in itself.

    Examples
    --------
    >>> library_authority().instruments["iccpr"].title
    'International Covenant on Civil and Political Rights'
    """
    return Authority.of(_library_table(), *tables) if tables else _library_alone()


@cache
def _library_alone() -> Authority:
    return Authority.of(_library_table())


@cache
def _library_table() -> pd.DataFrame:
    with as_file(files("sourcebook.parsing.law") / "instruments.csv") as path:
        return read_table(path)


def library_row(instrument_id: str) -> dict[str, str]:
    """Return the row of the library's own table of instruments for an id; empty where there is none.

    Examples
    --------
    >>> library_row("iccpr")["adopted"], library_row("the-bridges")
    ('1966-12-16', {})
    """
    table = _library_table()
    rows = table[table["instrument_id"] == instrument_id].to_dict("records")
    return {str(name): str(cell) for name, cell in rows[0].items() if name != "line"} if rows else {}
