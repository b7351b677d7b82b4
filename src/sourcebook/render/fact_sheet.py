"""The fact sheet: what each source says on a few matters, a row for each, its values in the cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from sourcebook.render.addresses import current_addresses
from sourcebook.render.display import Html, claim_href
from sourcebook.render.templating import render
from sourcebook.sources.names import short_names

__all__ = ["fact_sheet", "short_names"]

#: What an empty cell says, by the type of the silence; the first that a row has counts.
_EMPTY = {
    "not-coded": "not coded yet",
    "mentioned": "not stated",
    "out-of-scope": "not stated",
    "before-event": "written before it",
    "searched-absent": "not mentioned",
}

Row = str | Sequence[str] | tuple[pd.DataFrame, str]


@dataclass(frozen=True)
class _Value:
    """One value of a cell.

    Attributes
    ----------
    text : str
        What the cell prints.
    note : str
        What is counted, who speaks, and whether it is inferred; empty if nothing is to be said.
    href : str
        The page of the claim, or the passage.
    times : int
        How many rows give it.
    """

    text: str
    note: str
    href: str
    times: int = 1


def fact_sheet(
    data: Mapping[str, pd.DataFrame],
    rows: Mapping[str, Row],
    caption: str,
    *,
    sources: Mapping[str, str] | None = None,
    as_in_matrix: bool = False,
) -> Html:
    """Return a table of matters by sources, each value linked to the words that give it.

    Parameters
    ----------
    data : mapping of str to DataFrame
        A dataset with its derived tables.
    rows : mapping of str to str, sequence of str, or tuple of (DataFrame, str)
        The rows by their heads. A row is the id of a question or several, whose answers it prints, or a frame
        of coded rows and the column to print. The frame has ``source_id``, and its first column is the id.
    caption : str
        What the table shows, in one neutral sentence.
    sources : mapping of str to str, optional
        The columns: names by source id; by default the short names of the registry.
    as_in_matrix : bool
        Whether an empty cell of a question names the silence as the matrix does (``searched absent``).

    Returns
    -------
    Html
        On a narrow screen each row is a block. An empty cell says that the source is not coded yet, does not mention
        the matter, has words for it that state no value, or was written before the event.

    Raises
    ------
    KeyError
        For an id that is no question, and for a column that a frame does not have.
    ValueError
        If there are no rows.

    Examples
    --------
    >>> from sourcebook.pipeline.store import load
    >>> sheet = fact_sheet(load(), {"Last wave": "wave3-period"}, "Dates")
    >>> str(sheet).count("1987–1991")
    3
    """
    if not rows:
        raise ValueError("rows: expected at least one")
    names = dict(sources) if sources is not None else short_names(data["sources"])
    body = []
    for head, what in rows.items():
        if isinstance(what, tuple) and isinstance(what[0], pd.DataFrame):
            found, empty = _coded(*what), dict.fromkeys(names, _EMPTY["searched-absent"])
        else:
            ids = [what] if isinstance(what, str) else [str(name) for name in what]
            found, kinds = _answers(data, ids), _silences(data["silences"], ids, names)
            empty = {
                s: (kind if as_in_matrix else _EMPTY[kind]).replace("-", " ") for s, kind in kinds.items()
            }
        body.append({"head": head, "cells": [(found.get(s, []), empty[s]) for s in names]})
    return Html(render("fact_sheet", caption=caption, names=names, rows=body, source_href=_source_href))


def _source_href(source_id: str) -> str:
    addresses = current_addresses()
    return addresses.href(addresses.source(source_id))


def _coded(frame: pd.DataFrame, column: str) -> dict[str, list[_Value]]:
    """Return what a column of coded rows holds, by source; a value that comes again is counted."""
    ids = frame.columns[0]
    shown = frame[frame[column].ne("") & frame[column].notna()]
    found: dict[str, list[_Value]] = {}
    for (source, text), group in shown.groupby(["source_id", column], sort=False):
        href = claim_href(group[ids].iloc[0])
        found.setdefault(str(source), []).append(_Value(str(text), "", href, len(group)))
    return found


def _answers(data: Mapping[str, pd.DataFrame], ids: Sequence[str]) -> dict[str, list[_Value]]:
    """Return the answers to some questions, by source, in the order of the questions; none of them twice."""
    units = data["propositions"].set_index("proposition_id")["unit"].to_dict()
    if unknown := [name for name in ids if name not in units]:
        raise KeyError(f"no question {unknown[0]!r}")
    labels = data["codebook"].set_index(["vocabulary", "term"])["label"].to_dict()
    claims = data["claim_intervals"]
    found: dict[str, list[_Value]] = {}
    for name in ids:
        unit = "" if units[name] in {"", "person"} else labels.get(("unit", units[name]), units[name])
        for claim in claims[claims["proposition_id"].eq(name)].to_dict("records"):
            notes = (
                labels.get(("scope", claim["scope"]), claim["scope"]),
                "" if claim["voice"] == "author" else labels.get(("voice", claim["voice"]), claim["voice"]),
                "inferred" if claim["basis"] == "inferred" else "",
            )
            href = claim_href(claim["claim_id"])
            value = _Value(_of_unit(claim["display"], unit), ", ".join(filter(None, notes)), href)
            cell = found.setdefault(claim["source_id"], [])
            if all((value.text, value.note) != (other.text, other.note) for other in cell):
                cell.append(value)
    return found


def _of_unit(number: str, unit: str) -> str:
    """Return a number with what it counts: ``51 countries``, ``thousands of families``."""
    between = " " if any(map(str.isdigit, number)) else " of "
    return f"{number}{between}{unit}" if unit else number


def _silences(silences: pd.DataFrame, ids: Sequence[str], names: Iterable[str]) -> dict[str, str]:
    """Return the type of the silence of each source, should its cell be empty."""
    asked = silences[silences["proposition_id"].isin(ids)]
    kinds = asked.groupby("source_id")["silence"].agg(set)
    return {
        source: next((kind for kind in _EMPTY if kind in kinds.get(source, ())), "searched-absent")
        for source in names
    }
