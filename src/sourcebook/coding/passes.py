"""Coding passes: one long table a pass, comparable unit by unit with every other pass.

A pass has the columns ``coder, unit, variable, value, exact, note``. Units are sentences
(``<sentence_id>``) and pairs of a source and a proposition (``<source_id>|<proposition_id>``). A cell
with several labels joins them by ``;``; no label at all is ``none``; an empty cell was not coded. The
order of the labels of a cell, and a label that stands there twice, mean nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from sourcebook.coding import cell_checks
from sourcebook.coding.same_answers import (
    MISTAKEN_NONE,
    allowed_labels,
    check_coders,
    each_label,
    in_one_form,
    trim_labels,
)
from sourcebook.core.csvfiles import LINE, read_table
from sourcebook.core.errors import DataError, ParseError, Problem
from sourcebook.core.schemas import ANSWER_VARIABLES, PASS, Schemas
from sourcebook.parsing.quantities import parse_notation
from sourcebook.reliability import agreement_by_variable

__all__ = [
    "ANSWER_VARIABLES",
    "PASS_COLUMNS",
    "agreement",
    "all_questions",
    "blind_passes",
    "first_pass",
    "read_pass",
    "reliability_data",
    "template",
]
PASS_COLUMNS = tuple(str(name) for name in PASS.schema.columns)
_NONE = "none"
_LISTED = 20  # labels that an error names


def _labels(values: Iterable[str]) -> str:
    return ";".join(trim_labels(";".join(values))) or _NONE


def first_pass(
    tables: Mapping[str, pd.DataFrame],
    sentences: pd.DataFrame,
    schemas: Schemas,
    *,
    coder: str = "first",
) -> pd.DataFrame:
    """Write the coded tables as a pass.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The coded tables.
    sentences : DataFrame
        ``sentence_id``, all sentences of all sources.
    schemas : sourcebook.core.schemas.Schemas
        The tables that the data folder can have, whose ``variables`` are those of a sentence.
    coder : str
        Name of the pass.

    Returns
    -------
    DataFrame
        The columns of ``PASS_COLUMNS``: each sentence with each variable of a sentence, each source and
        proposition with each of :data:`ANSWER_VARIABLES`.
    """
    rows: list[tuple[str, str, str, str]] = []
    for table, variable in schemas.variables.values():
        coded = tables[table.name]
        labels_of = _by_unit(coded["sentence_id"], coded[variable.column])
        quotes = _by_unit(coded["sentence_id"], coded["exact"])
        for unit in sentences["sentence_id"]:
            labels = _labels(labels_of.get(unit, []))
            rows.append((unit, variable.name, labels, quotes.get(unit, [""])[0]))
    claims = tables["claims"]
    units = claims["source_id"] + "|" + claims["proposition_id"]
    quotes = _by_unit(units, claims["exact"])
    answers = {name: _by_unit(units, claims[name]) for name in ANSWER_VARIABLES}
    for unit in _answer_units(tables):
        for name in ANSWER_VARIABLES:
            labels = _labels(answers[name].get(unit, []))
            rows.append((unit, name, labels, quotes.get(unit, [""])[0]))
    frame = pd.DataFrame(rows, columns=["unit", "variable", "value", "exact"], dtype="str")
    return frame.assign(coder=coder, note="")[list(PASS_COLUMNS)]


def _by_unit(units: Iterable[str], cells: Iterable[str]) -> dict[str, list[str]]:
    """Collect the cells of each unit, in order."""
    found: dict[str, list[str]] = {}
    for unit, cell in zip(units, cells, strict=True):
        found.setdefault(unit, []).append(cell)
    return found


def _answer_units(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    return [
        f"{source}|{proposition}"
        for proposition in tables["propositions"]["proposition_id"]
        for source in tables["sources"]["source_id"]
    ]


def template(
    tables: Mapping[str, pd.DataFrame], sentences: pd.DataFrame, schemas: Schemas, *, coder: str
) -> pd.DataFrame:
    """Return an empty pass with every unit, for a new coder to fill in.

    It asks for the variables that the corpus uses: those of tables that have rows, and the answers to its questions.

    Parameters
    ----------
    tables, sentences, schemas, coder
        As for :func:`first_pass`.

    Returns
    -------
    DataFrame
        The columns of ``PASS_COLUMNS``, with ``value, exact, note`` empty.

    Raises
    ------
    ValueError
        If `coder` is blank.
    """
    if not coder.strip():
        raise ValueError(f"coder: expected a name, found {coder!r}")
    used = [name for name, (table, _) in schemas.variables.items() if len(tables[table.name])]
    frame = first_pass(tables, sentences, schemas, coder=coder).assign(value="", exact="")
    return frame[frame["variable"].isin([*used, *ANSWER_VARIABLES])].reset_index(drop=True)


def read_pass(
    path: Path,
    tables: Mapping[str, pd.DataFrame],
    sentences: pd.DataFrame,
    schemas: Schemas,
    *,
    is_record: bool = False,
) -> pd.DataFrame:
    """Read a pass and check its units, variables and labels.

    Parameters
    ----------
    path : Path
        The CSV file.
    tables, sentences, schemas
        As for :func:`first_pass`.
    is_record : bool
        Whether the pass is kept as it was: it may answer retired questions, and its labels are not looked up in the
        codebook, which has changed since.

    Returns
    -------
    DataFrame
        The columns of ``PASS_COLUMNS``, the labels of each cell sorted and each of them once.

    Raises
    ------
    DataError
        Every cell that is wrong, with its line: a unit or variable that there is not, a label that is not
        in the codebook, an answer that does not follow the grammar of its proposition, ``none`` beside a
        label, a coder without a name, a unit that one coder coded twice.
    """
    frame = read_table(path)
    missing = [c for c in PASS_COLUMNS if c not in frame.columns]
    fault = "no such column", ", ".join(PASS_COLUMNS), "start from `sourcebook template`"
    if missing:
        raise DataError(Problem(path.name, 1, column, *fault) for column in missing)
    known = {} if is_record else allowed_labels(tables, schemas)
    asked = {**tables, "propositions": all_questions(tables) if is_record else tables["propositions"]}
    problems = _pass_problems(frame, path.name, asked, sentences, schemas, known)
    told = {(p.line, p.column) for p in problems}
    for check in (cell_checks.column_problems, cell_checks.text_problems):
        problems += [p for p in check(replace(PASS, path=path.name), frame) if (p.line, p.column) not in told]
    if problems:
        raise DataError(problems)
    labels = pd.Series([_labels([cell]) if cell.strip() else "" for cell in frame["value"]], dtype="str")
    read = frame[list(PASS_COLUMNS)].assign(value=labels)
    read.attrs["file"] = path.name
    return read


def _pass_problems(
    frame: pd.DataFrame,
    name: str,
    tables: Mapping[str, pd.DataFrame],
    sentences: pd.DataFrame,
    schemas: Schemas,
    known: Mapping[str, set[str]],
) -> list[Problem]:
    """Return what is wrong in the cells of a pass."""
    kinds = dict(zip(tables["propositions"]["proposition_id"], tables["propositions"]["kind"], strict=True))
    variables = {
        **dict.fromkeys(sentences["sentence_id"], tuple(schemas.variables)),
        **dict.fromkeys(_answer_units(tables), ANSWER_VARIABLES),
    }
    seen: dict[tuple[str, str, str], int] = {}
    problems: list[Problem] = []
    coders = {coder for coder in frame["coder"] if coder and coder == coder.strip()}
    for line, coder, unit, variable, value in zip(
        *(frame[c] for c in (LINE, "coder", "unit", "variable", "value")), strict=True
    ):
        first = seen.setdefault((coder, unit, variable), line)
        checks = (
            ("coder", coder, "" if coder in coders else "a name without blanks around it"),
            ("unit", unit, "" if unit in variables else "a sentence id, or source_id|proposition_id"),
            ("unit", unit, "" if first == line else f"each variable of a unit once; see line {first}"),
            (
                "variable",
                variable,
                ""
                if variable in (asked := variables.get(unit, (variable,)))
                else f"one of {', '.join(asked)}",
            ),
            ("value", value, _wrong_value(variable, value, known, kinds.get(unit.split("|")[-1], ""))),
        )
        problems += [
            Problem(file=name, line=line, column=c, found=repr(f), expected=e, action="correct the cell")
            for c, f, e in checks
            if e
        ]
        coders.add(coder)  # a wrong name is told once
    return problems


def _wrong_value(variable: str, value: str, known: Mapping[str, set[str]], kind: str) -> str:
    """Say what is expected of the labels of a cell, or nothing where they are right."""
    labels = trim_labels(value)
    if not labels or labels == [_NONE]:
        return ""
    if any(
        label.casefold() in MISTAKEN_NONE - {_NONE} or label.casefold() == _NONE != label for label in labels
    ):
        return f"{_NONE!r} where nothing was found, an empty cell where nothing was coded"
    if _NONE in labels:
        return f"labels, or {_NONE!r} alone"
    allowed = known.get(f"value: {kind}" if variable == "value" else variable)
    if allowed is not None:
        wrong = [label for label in labels if label not in allowed]
        listed = f"{', '.join(sorted(allowed)[:_LISTED])}{', …' if len(allowed) > _LISTED else ''}"
        unlike = f"labels of “{variable}” in the codebook, unlike {', '.join(map(repr, wrong))}"
        return f"{unlike}; there are: {listed}" if wrong else ""
    if variable == "value" and kind in ("quantity", "date"):
        for label in labels:
            try:
                parse_notation(label) if kind == "quantity" else cell_checks.parse_day(label)
            except ParseError as error:
                return f"a {kind}: {error}"
    return ""


def all_questions(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the questions that are asked and those that are retired.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``propositions`` and ``retired``.

    Returns
    -------
    DataFrame
        ``proposition_id, kind`` (str).

    Examples
    --------
    >>> asked = pd.DataFrame({"proposition_id": ["p"], "kind": "date"})
    >>> all_questions({"propositions": asked, "retired": asked.assign(proposition_id="q")})["proposition_id"].tolist()
    ['p', 'q']
    """
    parts = [tables[name][["proposition_id", "kind"]] for name in ("propositions", "retired")]
    return pd.concat(parts, ignore_index=True).astype("str")


def blind_passes(
    tables: Mapping[str, pd.DataFrame],
    sentences: pd.DataFrame,
    schemas: Schemas,
    record: Iterable[pd.DataFrame],
    further: Iterable[pd.DataFrame],
) -> list[pd.DataFrame]:
    """Return the passes whose agreement says something: each as it was before it was read against another.

    Once the coded tables follow a review of the passes, they agree with the second pass because they were changed to.

    Parameters
    ----------
    tables, sentences, schemas
        As for :func:`first_pass`.
    record : iterable of DataFrame
        Passes that were kept as they were, the first among them.
    further : iterable of DataFrame
        The other passes.

    Returns
    -------
    list of DataFrame
        The record and the further passes; where there is no record, the coded tables in its place.

    Examples
    --------
    >>> from sourcebook.core.schemas import TABLES
    >>> kept = pd.DataFrame({"coder": ["first"]})
    >>> found = blind_passes({}, pd.DataFrame(), TABLES, [kept], [kept.assign(coder="second")])
    >>> [coded["coder"].item() for coded in found]
    ['first', 'second']
    """
    kept = list(record)
    return [*(kept or [first_pass(tables, sentences, schemas)]), *further]


def reliability_data(
    passes: Iterable[pd.DataFrame], propositions: pd.DataFrame, schemas: Schemas
) -> pd.DataFrame:
    """Turn passes into reliability data, one value a cell.

    A variable of a sentence becomes a yes-or-no variable (``demand``) and the labels of those coders who gave one
    (``demand, which``); one that is declared with ``each`` becomes a yes-or-no variable for each of its labels
    (``frame:cause``). An answer becomes
    ``answered`` (yes or no) and, of those coders who found one, ``value: <kind>``, ``voice`` and
    ``modality``. A cell that was not coded gives no rows; where one coder of three found nothing, the
    other two are still compared in what they found.

    Parameters
    ----------
    passes : iterable of DataFrame
        As :func:`read_pass` and :func:`first_pass` return them.
    propositions : DataFrame
        ``proposition_id, kind``, of retired questions as well where a pass answers them.
    schemas : sourcebook.core.schemas.Schemas
        The tables that the data folder can have, whose ``variables`` are those of a sentence.

    Returns
    -------
    DataFrame
        ``coder, unit, variable, value``, sorted by variable, unit and coder. Answers that the rules of relations
        call the same are written in one form.

    Raises
    ------
    DataError
        Where two passes have one coder.
    """
    given = list(passes)
    check_coders(given)
    data = pd.concat(given, ignore_index=True)
    data = data.assign(value=[_labels([cell]) if cell.strip() else "" for cell in data["value"]])
    data = data[data["value"] != ""]
    kinds = dict(zip(propositions["proposition_id"], propositions["kind"], strict=True))
    found = data["value"] != _NONE
    columns = ["coder", "unit", "variable", "value"]
    yes_no = data.assign(value=found.map({True: "yes", False: "no"}))
    of_sentence = [name for name, (_, variable) in schemas.variables.items() if not variable.each]
    parts = [yes_no[yes_no["variable"].isin(of_sentence)]]
    for name, (table, variable) in schemas.variables.items():
        if variable.each:
            labels = (table.schema.columns[variable.column].metadata or {}).get("one_of")
            parts += each_label(data[data["variable"] == name], labels)
    which = data[found & data["variable"].isin(of_sentence)]
    parts.append(which.assign(variable=which["variable"] + ", which"))
    parts.append(yes_no[yes_no["variable"] == "value"].assign(variable="answered"))
    answers = data[found & data["variable"].isin(ANSWER_VARIABLES)]
    kind = answers["unit"].str.split("|").str[-1].map(kinds)
    names = answers["variable"].where(answers["variable"] != "value", "value: " + kind)
    parts.append(
        answers.assign(variable=names, value=in_one_form(answers["value"], kind, answers["variable"]))
    )
    out = pd.concat([p[columns] for p in parts], ignore_index=True)
    return out.sort_values(["variable", "unit", "coder"], ignore_index=True, kind="stable")


def agreement(data: pd.DataFrame, *, resamples: int = 2000, seed: int = 0) -> pd.DataFrame:
    """Compute the agreement of the passes for each variable; all of them are nominal.

    Parameters
    ----------
    data : DataFrame
        As :func:`reliability_data` returns it.
    resamples, seed : int
        Of the bootstrap interval.

    Returns
    -------
    DataFrame
        As :func:`sourcebook.reliability.agreement_by_variable`.
    """
    return agreement_by_variable(data, resamples=resamples, seed=seed)
