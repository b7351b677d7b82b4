"""When two coders give the same answer: exactly when the rules of relations say that two claims agree.

A name is compared by its words, without capitals and signs, a quantity by the numbers that it allows, a date by its
days and its marks; every other label as it is, without blanks around it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence

import pandas as pd

from sourcebook.coding.coded_tables import labels_of_column
from sourcebook.core import vocabularies
from sourcebook.core.errors import DataError, ParseError, Problem
from sourcebook.core.schemas import Schemas
from sourcebook.parsing.dates import DateInterval, contains, parse_edtf, same
from sourcebook.parsing.quantities import parse_notation
from sourcebook.text.words import phrase_keys

__all__ = [
    "MISTAKEN_NONE",
    "allowed_labels",
    "check_coders",
    "each_label",
    "in_one_form",
    "one_form",
    "trim_labels",
]

#: What is written where “none”, or nothing, is meant.
MISTAKEN_NONE = frozenset({"n/a", "na", "#n/a", "nan", "null", "nil", "-", "–", "—", "none"})


def trim_labels(cell: str) -> list[str]:
    """Return the labels of a cell, sorted, each of them once, without blanks around and between their words.

    Examples
    --------
    >>> trim_labels(" b; a  c;b ")
    ['a c', 'b']
    """
    return sorted({" ".join(label.split()) for label in cell.split(";")} - {""})


def one_form(labels: Iterable[str], kind: str) -> dict[str, str]:
    """Return for each label the one that is written for all that are the same: the shortest, then the first.

    Parameters
    ----------
    labels : iterable of str
        Labels without blanks around them.
    kind : str
        The kind of the question, or anything else for labels that are compared as they are.

    Returns
    -------
    dict of str to str

    Examples
    --------
    >>> one_form(["100.0", "100", "~90"], "quantity")
    {'100': '100', '~90': '~90', '100.0': '100'}
    """
    form: dict[str, str] = {}
    known: dict[Hashable, list[tuple[DateInterval | None, str]]] = {}
    for label in sorted(set(labels), key=lambda text: (len(text), text)):
        key, date = _key(label, kind)
        for other, shown in known.setdefault(key, []):
            if date is None or (other is not None and _same_days(date, other)):
                form[label] = shown
                break
        else:
            known[key].append((date, label))
            form[label] = label
    return form


def _key(label: str, kind: str) -> tuple[Hashable, DateInterval | None]:
    """Return what two labels that are the same have in common, and a date for a closer look."""
    try:
        if kind == "quantity" and label != "?":
            number = parse_notation(label)
            return (number.lower, number.lower_closed, number.upper, number.upper_closed), None
        if kind == "date":
            date = parse_edtf(label)
            return (date.earliest, date.latest, date.approximate, date.uncertain), date
    except ParseError:
        return label, None
    return (phrase_keys(label) or label, None) if kind == "name" else (label, None)


def _same_days(a: DateInterval, b: DateInterval) -> bool:
    return same(a, b) or (a.bounded and b.bounded and contains(a, b) and contains(b, a))


def check_coders(passes: Sequence[pd.DataFrame]) -> None:
    """Raise one error for each coder who has coded a cell in two passes, or whose name is another's but for blanks.

    Parameters
    ----------
    passes : sequence of DataFrame
        With ``coder, unit, variable``; the name of the file is in ``attrs["file"]``, unless a pass is the coded tables.

    Raises
    ------
    DataError
        With one problem for each coder.

    Examples
    --------
    >>> one = pd.DataFrame({"coder": ["anna"], "unit": ["s1"], "variable": ["frame"]})
    >>> check_coders([one, one.assign(coder="ben")])
    """
    files = [str(frame.attrs.get("file", "")) for frame in passes]
    written: dict[str, tuple[int, str]] = {}
    coded: dict[str, dict[tuple[str, str], int]] = {}
    problems: dict[str, Problem] = {}
    for number, frame in enumerate(passes):
        for coder, rows in frame.groupby("coder", sort=False):
            name = " ".join(str(coder).split()).casefold()
            other, spelling = written.setdefault(name, (number, str(coder)))
            cells = coded.setdefault(name, {})
            again = [
                cells.setdefault(cell, number) for cell in zip(rows["unit"], rows["variable"], strict=True)
            ]
            twice = [at for at in again if at != number]
            if not twice and spelling == coder:
                continue
            where = files[twice[0] if twice else other] or "the coded tables"
            found = f"coder {coder!r}, and coder {spelling!r} in {where}"
            action = "give each coder a name of its own, in every row of its pass"
            problems.setdefault(
                name, Problem(files[number] or "pass", 0, "coder", found, "one pass of each coder", action)
            )
    if problems:
        raise DataError(problems.values())


def in_one_form(cells: pd.Series, kinds: pd.Series, variables: pd.Series) -> list[str]:
    """Return the cells with each label in the form that is written for all that are the same.

    Examples
    --------
    >>> in_one_form(pd.Series(["A;b", "a"]), pd.Series(["name", "name"]), pd.Series(["value", "value"]))
    ['A;b', 'A']
    """
    split = [cell.split(";") for cell in cells]
    asked = [kind if name == "value" else "" for kind, name in zip(kinds, variables, strict=True)]
    labels: dict[str, list[str]] = {}
    for kind, cell in zip(asked, split, strict=True):
        labels.setdefault(kind, []).extend(cell)
    form = {kind: one_form(found, kind) for kind, found in labels.items()}
    return [
        ";".join(sorted({form[kind][label] for label in cell}))
        for kind, cell in zip(asked, split, strict=True)
    ]


def allowed_labels(tables: Mapping[str, pd.DataFrame], schemas: Schemas) -> dict[str, set[str]]:
    """Return the labels that a variable may have, for each whose labels are listed somewhere.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The coded tables.
    schemas : sourcebook.core.schemas.Schemas
        The tables that the data folder can have.
    """
    allowed = {
        name: labels
        for name, (table, variable) in schemas.variables.items()
        if (labels := labels_of_column(table, variable.column, tables)) is not None
    }
    book = tables["codebook"]
    terms = {name: set(part) for name, part in book.groupby("vocabulary")["term"]}
    return {
        **allowed,
        "voice": terms.get("voice", set()),
        "modality": set(vocabularies.MODALITIES),
        "value: category": terms.get("category", set()),
        "value: presence": {"yes", "no"},
    }


def each_label(data: pd.DataFrame, labels: Iterable[str] | None) -> list[pd.DataFrame]:
    """Return which units have a label, for each of the labels; without a list, for each that some cell has.

    Parameters
    ----------
    data : DataFrame
        ``variable``, ``value`` with labels joined by ``;``, ``none`` for no label.
    labels : iterable of str or None
        The labels that there are.
    """
    cells = [set(value.split(";")) for value in data["value"]]
    return [
        data.assign(
            variable=data["variable"] + f":{label}",
            value=["yes" if label in cell else "no" for cell in cells],
        )
        for label in labels or sorted(set().union(*cells) - {"none"})
    ]
