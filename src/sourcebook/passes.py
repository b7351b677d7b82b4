"""Coding passes: one long table a pass, comparable unit by unit with every other pass.

A pass has the columns ``coder, unit, variable, value, exact, note``. Units are sentences
(``<sentence_id>``) and pairs of a source and a proposition (``<source_id>|<proposition_id>``). A cell
with several labels joins them by ``;``; no label at all is ``none``; an empty cell was not coded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from sourcebook import vocab
from sourcebook.errors import DataError, Problem
from sourcebook.reliability import agreement_by_variable
from sourcebook.tables import read_table

__all__ = [
    "ANSWER_VARIABLES",
    "PASS_COLUMNS",
    "SENTENCE_VARIABLES",
    "agreement",
    "first_pass",
    "read_pass",
    "reliability_data",
    "template",
]

PASS_COLUMNS = ("coder", "unit", "variable", "value", "exact", "note")

#: Variable of a sentence: the table and column whose labels it collects.
SENTENCE_VARIABLES: Mapping[str, tuple[str, str]] = {
    "frame": ("frames", "function"),
    "demand": ("demands", "addressee"),
    "instrument": ("citations", "instrument_id"),
    "heritage": ("heritage", "treatment"),
    "term": ("term_uses", "term_id"),
}

#: Variables of a source and a proposition: the columns of the claims.
ANSWER_VARIABLES = ("value", "voice", "modality")

_NONE = "none"


def _labels(values: Iterable[str]) -> str:
    return ";".join(sorted({v for v in values if v})) or _NONE


def first_pass(
    tables: Mapping[str, pd.DataFrame], sentences: pd.DataFrame, *, coder: str = "first"
) -> pd.DataFrame:
    """Write the coded tables as a pass.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The coded tables.
    sentences : DataFrame
        ``sentence_id``, all sentences of all sources.
    coder : str
        Name of the pass.

    Returns
    -------
    DataFrame
        The columns of :data:`PASS_COLUMNS`: each sentence with each variable of
        :data:`SENTENCE_VARIABLES`, each source and proposition with each of :data:`ANSWER_VARIABLES`.
    """
    rows: list[tuple[str, str, str, str]] = []
    for variable, (table, column) in SENTENCE_VARIABLES.items():
        held = tables[table].groupby("sentence_id")[column].agg(_labels).to_dict()
        quotes = tables[table].groupby("sentence_id")["exact"].first().to_dict()
        rows += [
            (unit, variable, held.get(unit, _NONE), quotes.get(unit, "")) for unit in sentences["sentence_id"]
        ]
    claims = tables["claims"]
    unit = claims["source_id"] + "|" + claims["proposition_id"]
    quotes = claims.groupby(unit)["exact"].first().to_dict()
    held = {v: claims.groupby(unit)[v].agg(_labels).to_dict() for v in ANSWER_VARIABLES}
    for name in _answer_units(tables):
        rows += [
            (name, variable, held[variable].get(name, _NONE), quotes.get(name, ""))
            for variable in ANSWER_VARIABLES
        ]
    frame = pd.DataFrame(rows, columns=["unit", "variable", "value", "exact"], dtype="str")
    return frame.assign(coder=coder, note="")[list(PASS_COLUMNS)]


def _answer_units(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    return [
        f"{source}|{proposition}"
        for proposition in tables["propositions"]["proposition_id"]
        for source in tables["sources"]["source_id"]
    ]


def template(tables: Mapping[str, pd.DataFrame], sentences: pd.DataFrame, *, coder: str) -> pd.DataFrame:
    """Return an empty pass with every unit and variable, for a new coder to fill in."""
    return first_pass(tables, sentences, coder=coder).assign(value="", exact="")


def read_pass(path: Path, tables: Mapping[str, pd.DataFrame], sentences: pd.DataFrame) -> pd.DataFrame:
    """Read a pass and check its units, variables and labels.

    Raises
    ------
    DataError
        Every cell that is wrong, with its line.
    """
    frame = read_table(path)
    missing = [c for c in PASS_COLUMNS if c not in frame.columns]
    if missing:
        raise DataError(
            Problem(
                file=path.name,
                line=1,
                column=c,
                found="no such column",
                expected=", ".join(PASS_COLUMNS),
                action="start from `sourcebook template`",
            )
            for c in missing
        )
    units = {
        **dict.fromkeys(sentences["sentence_id"], "sentence"),
        **dict.fromkeys(_answer_units(tables), "answer"),
    }
    known = _allowed_labels(tables)
    problems = []
    for row in frame.itertuples():
        kind = units.get(row.unit)
        variables = ANSWER_VARIABLES if kind == "answer" else tuple(SENTENCE_VARIABLES)
        if kind is None:
            problems.append((row.line, "unit", repr(row.unit), "a sentence id, or source_id|proposition_id"))
        elif row.variable not in variables:
            problems.append((row.line, "variable", repr(row.variable), f"one of {', '.join(variables)}"))
        elif row.variable in known:
            wrong = [v for v in row.value.split(";") if v and v != _NONE and v not in known[row.variable]]
            if wrong:
                problems.append((row.line, "value", repr(";".join(wrong)), f"labels of “{row.variable}”"))
    if problems:
        raise DataError(
            Problem(file=path.name, line=int(n), column=c, found=f, expected=e, action="correct the cell")
            for n, c, f, e in problems
        )
    return frame[list(PASS_COLUMNS)]


def _allowed_labels(tables: Mapping[str, pd.DataFrame]) -> dict[str, set[str]]:
    book = tables["codebook"]

    def terms(vocabulary: str) -> set[str]:
        return set(book.loc[book["vocabulary"] == vocabulary, "term"])

    return {
        "frame": set(vocab.FRAME_FUNCTIONS),
        "demand": terms("addressee"),
        "instrument": set(tables["instruments"]["instrument_id"]),
        "heritage": terms("heritage-treatment"),
        "term": set(tables["terms"]["term_id"]),
        "voice": terms("voice"),
        "modality": set(vocab.MODALITIES),
    }


def reliability_data(passes: Iterable[pd.DataFrame], propositions: pd.DataFrame) -> pd.DataFrame:
    """Turn passes into reliability data, one value a cell.

    A sentence variable becomes a yes-or-no variable (``demand``), for frames one for each function
    (``frame:cause``), and, where every coder gave a label, the labels themselves (``demand, which``). An
    answer becomes ``answered`` (yes or no) and, where every coder found an answer, ``value: <kind>``,
    ``voice`` and ``modality``.

    Parameters
    ----------
    passes : iterable of DataFrame
        As :func:`read_pass` and :func:`first_pass` return them.
    propositions : DataFrame
        ``proposition_id, kind``.

    Returns
    -------
    DataFrame
        ``coder, unit, variable, value``.
    """
    data = pd.concat(list(passes), ignore_index=True)
    data = data[data["value"] != ""]
    kinds = dict(zip(propositions["proposition_id"], propositions["kind"], strict=True))
    given = data.assign(yes=data["value"] != _NONE)
    everyone = given.groupby(["unit", "variable"])["yes"].transform("all")
    columns = ["coder", "unit", "variable", "value"]
    yes_no = data.assign(value=given["yes"].map({True: "yes", False: "no"}))
    parts = [yes_no[yes_no["variable"].isin([v for v in SENTENCE_VARIABLES if v != "frame"])]]
    frames = data[data["variable"] == "frame"]
    parts += [
        frames.assign(
            variable=f"frame:{function}",
            value=["yes" if function in v.split(";") else "no" for v in frames["value"]],
        )
        for function in vocab.FRAME_FUNCTIONS
    ]
    which = data[everyone & data["variable"].isin([v for v in SENTENCE_VARIABLES if v != "frame"])]
    parts.append(which.assign(variable=which["variable"] + ", which"))
    parts.append(yes_no[yes_no["variable"] == "value"].assign(variable="answered"))
    answers = data[everyone & data["variable"].isin(ANSWER_VARIABLES)]
    kind = answers["unit"].str.split("|").str[-1].map(kinds)
    names = answers["variable"].where(answers["variable"] != "value", "value: " + kind)
    parts.append(answers.assign(variable=names))
    out = pd.concat([p[columns] for p in parts], ignore_index=True)
    return out.sort_values(["variable", "unit", "coder"], ignore_index=True, kind="stable")


def agreement(data: pd.DataFrame, *, resamples: int = 2000, seed: int = 0) -> pd.DataFrame:
    """Compute the agreement of the passes for each variable; all of them are nominal.

    Returns
    -------
    DataFrame
        As :func:`sourcebook.reliability.agreement_by_variable`.
    """
    return agreement_by_variable(data, resamples=resamples, seed=seed)
