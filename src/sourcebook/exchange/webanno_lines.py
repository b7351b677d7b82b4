"""The lines of WebAnno's TSV 3: its header, its escapes, and its sentences with their words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sourcebook.core.errors import DataError, Problem
from sourcebook.exchange.untrusted import refuse

__all__ = ["CHAIN", "RELATION", "SPAN", "Column", "Table", "Unit", "parts", "read_table"]

SPAN, CHAIN, RELATION = "T_SP", "T_CH", "T_RL"

_FORMAT = re.compile(r"#FORMAT=WebAnno TSV 3\.([0-9]{1,3})\s*")
_LAYER = re.compile(r"#(T_SP|T_CH|T_RL)=(.*)")
_UNIT = re.compile(r"[0-9]{1,9}-[0-9]{1,9}(\.[0-9]{1,9})?")
_PLACE = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
_ESCAPED = re.compile(r"\\(u[0-9A-Fa-f]{4}|.)", re.DOTALL)
_LETTERS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "b": "\b"}
_LINK = re.compile(r"(.*)->([0-9]{1,9}-[0-9]{1,9})", re.DOTALL)
_ACTION = "export the document again as WebAnno TSV 3"
#: A gap between two sentences that is longer is a wrong number.
_LONGEST_GAP = 100_000


@dataclass(frozen=True)
class Column:
    """A column of the table: a feature of a layer.

    Attributes
    ----------
    layer : str
        The full name of the layer.
    kind : str
        `SPAN`, `CHAIN` or `RELATION`.
    feature : str
        The feature; empty where the layer has none.
    index : int
        The place among the cells of a unit.
    """

    layer: str
    kind: str
    feature: str
    index: int

    @property
    def identifies(self) -> bool:
        """Whether the mark of a cell tells one annotation from another."""
        return (
            self.feature == "referenceRelation"
            if self.kind == CHAIN
            else not self.feature.startswith("targets of ")
        )

    def value(self, cell: str) -> tuple[str, str]:
        """Return the value of a cell, empty where there is none, and its mark.

        Parameters
        ----------
        cell : str
            What is between two bars.

        Examples
        --------
        >>> Column("custom.Span", SPAN, "value", 0).value("PER[2]")
        ('PER', '2')
        """
        mark = ""
        if self.kind == CHAIN and (match := _LINK.fullmatch(cell)):
            cell, mark = match[1], match[2]
        elif cell.endswith("]") and not cell.endswith("\\]") and self.identifies | (self.kind == CHAIN):
            cell, _, mark = cell[:-1].rpartition("[")
        return ("" if cell == "*" else unescaped(cell)), mark


@dataclass(frozen=True)
class Unit:
    """A word, or a part of one, with its place in UTF-16 code units and its cells."""

    start: int
    end: int
    cells: list[str]


@dataclass
class Table:
    """A file: its columns, its units, and the text that its sentences make.

    Attributes
    ----------
    where : str
        What problems call the file.
    columns : list of Column
        The columns.
    units : list of Unit
        The words, and the parts of words, in their order.
    text : str
        The text.
    gaps : int
        How many places between sentences had to be filled.
    strange : int
        How many words are not those of the text at their place.
    """

    where: str
    columns: list[Column] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    text: str = ""
    gaps: int = 0
    strange: int = 0


def unescaped(text: str) -> str:
    r"""Return a text without the backslashes that protect its characters.

    Parameters
    ----------
    text : str
        The text.

    Examples
    --------
    >>> unescaped(r"a\_b\\n\t|"), unescaped(r"\ud83d\ude0a") == "\U0001f60a"
    ('a_b\\n\t|', True)
    """
    if "\\" not in text:
        return text
    plain = _ESCAPED.sub(_letter, text)
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _letter(match: re.Match[str]) -> str:
    sign = match[1]
    return chr(int(sign[1:], 16)) if len(sign) == 5 else _LETTERS.get(sign, sign)


def parts(cell: str, separator: str) -> list[str]:
    r"""Return the parts of a cell between separators that no backslash protects; none for an empty cell.

    Parameters
    ----------
    cell : str
        The cell.
    separator : str
        One character.

    Examples
    --------
    >>> parts(r"PER[1]|a\|b[2]", "|"), parts("_", "|")
    (['PER[1]', 'a\\|b[2]'], [])
    """
    if cell in {"_", ""}:
        return []
    if "\\" not in cell:
        return cell.split(separator)
    found, start, at = [], 0, 0
    while at < len(cell):
        if cell[at] == "\\":
            at += 1
        elif cell[at] == separator:
            found.append(cell[start:at])
            start = at + 1
        at += 1
    return [*found, cell[start:]]


def read_table(text: str, where: str) -> Table:
    """Return the table of a file.

    Parameters
    ----------
    text : str
        The file.
    where : str
        What problems call it.

    Raises
    ------
    DataError
        With every line that is none of the format.
    """
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    if not _FORMAT.fullmatch(lines[0]):
        expected = "#FORMAT=WebAnno TSV 3.3, or another 3"
        refuse(where, f"{lines[0]!r:.60}", expected, _ACTION, line=1)
    reader = _Reader(Table(where))
    for number, line in enumerate(lines[1:], 2):
        reader.take(number, line)
    if reader.problems:
        raise DataError(reader.problems)
    reader.table.text = "".join(reader.pieces)
    return reader.table


class _Reader:
    """Reads the lines of a file one after the other."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.problems: list[Problem] = []
        self.pieces: list[str] = []
        self.waiting: list[str] = []
        self.length = 0  # of the pieces, in UTF-16 code units
        self.sentence, self.sentence_start = b"", 0

    def _wrong(self, line: int, found: str, expected: str, column: str = "") -> None:
        self.problems.append(Problem(self.table.where, line, column, found, expected, _ACTION))

    def take(self, number: int, line: str) -> None:
        """Read a line."""
        if not line:
            return
        if line.startswith("#"):
            if match := _LAYER.fullmatch(line):
                self._layer(number, match[1], match[2])
            elif line.startswith("#Text="):
                self.waiting.append(unescaped(line.removeprefix("#Text=")))
            return
        self._unit(number, line)

    def _layer(self, number: int, kind: str, rest: str) -> None:
        layer, *features = rest.split("|")
        if not layer or self.table.units:
            self._wrong(number, f"{rest!r:.80}", "a layer with a name, before the first sentence")
            return
        role = ""
        for feature in [each for each in features if each] or [""]:
            if feature.startswith("ROLE_"):
                role = feature.split(":", 1)[-1].split("_")[0]
                name = f"roles of {role}"
            elif role:
                name, role = f"targets of {role}", ""
            else:
                name = feature
            self.table.columns.append(Column(layer, kind, name, len(self.table.columns)))

    def _unit(self, number: int, line: str) -> None:
        name, place, words, *cells = (*line.split("\t"), "", "")
        match = _PLACE.fullmatch(place)
        if not _UNIT.fullmatch(name) or match is None:
            self._wrong(
                number, f"{line!r:.60}", "a word: 1-2, a tab, 4-8, a tab, the word, and its annotations"
            )
            return
        cells = cells[:-2] if len(cells) >= 2 else []
        start, end = int(match[1]), int(match[2])
        if len(cells) < len(self.table.columns):
            self._wrong(number, f"{len(cells)} columns after the word", f"{len(self.table.columns)}")
            return
        if self.waiting and not self._begin(number, start):
            return
        found = self.sentence[2 * (start - self.sentence_start) : 2 * (end - self.sentence_start)]
        if start < self.sentence_start or found != unescaped(words).encode("utf-16-le"):
            self.table.strange += 1
        self.table.units.append(Unit(start, end, cells[: len(self.table.columns)]))

    def _begin(self, number: int, start: int) -> bool:
        """Add the text of a sentence, which begins where its first word does; return whether it can be there."""
        text, self.waiting = "\n".join(self.waiting), []
        gap = start - self.length
        if gap < 0 or gap > _LONGEST_GAP:
            expected = f"a sentence that begins at {self.length} or soon after it, where the one before ends"
            self._wrong(number, f"one that begins at {start}", expected)
            return False
        if gap:
            self.pieces.append("\n" + " " * (gap - 1) if self.pieces else " " * gap)
            self.table.gaps += 1
        self.sentence, self.sentence_start = text.encode("utf-16-le"), start
        self.pieces.append(text)
        self.length = start + len(self.sentence) // 2
        return True
