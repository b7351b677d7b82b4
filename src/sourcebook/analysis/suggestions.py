"""How far what the finders suggest is what was coded: matched by words and value, counted by kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from sourcebook.core.errors import ParseError
from sourcebook.core.vocabularies import ordered_dtype
from sourcebook.parsing import dates, quantities

__all__ = ["OUTCOMES", "coded_values", "match_values", "suggested_values", "suggestion_rates"]

#: How a row relates to those of the other side, from the best.
OUTCOMES = ("same value", "other value", "alone")

_COLUMNS = ["row_id", "kind", "source_id", "sentence_id", "start", "end", "exact", "value"]


def suggested_values(proposals: pd.DataFrame) -> pd.DataFrame:
    """Return proposals as the values that they give to words.

    Parameters
    ----------
    proposals : DataFrame
        Rows as :func:`sourcebook.coding.suggestions.suggest` returns them.

    Returns
    -------
    DataFrame
        One row for each: ``row_id, kind`` (date, quantity, citation), ``source_id, sentence_id, exact, value`` (str);
        ``start, end`` (int64, code points of the raw text). The value of a citation is the instrument with its
        pinpoints.

    Examples
    --------
    >>> import sourcebook
    >>> from sourcebook.coding.suggestions import suggest
    >>> proposals = suggest(sourcebook.read().documents["akram-2024-10"], kinds=["dates"])
    >>> suggested_values(pd.DataFrame(proposals))[["kind", "value"]].values.tolist()[0]
    ['date', '2024-10-23']
    """
    cited = proposals["table"] == "citations"
    value = proposals["value"].where(~cited, _citation(proposals)) if cited.any() else proposals["value"]
    frame = proposals.assign(row_id=proposals["proposal_id"], kind=proposals["expression"], value=value)
    return _typed(frame)


def coded_values(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return what is coded of the kinds that can be suggested: dates, quantities, and citations of instruments.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        With ``claims``, ``propositions``, ``citations`` and ``instruments``.

    Returns
    -------
    DataFrame
        As :func:`suggested_values`, with ``obstacle``: why no finder can suggest it, or empty. The coder inferred it,
        or what is invoked is a body of law without a name of its own.

    Examples
    --------
    >>> import sourcebook
    >>> coded_values(sourcebook.load())["kind"].unique().tolist()
    ['date', 'quantity', 'citation']
    """
    claims, citations, instruments = tables["claims"], tables["citations"], tables["instruments"]
    kinds = tables["propositions"].set_index("proposition_id")["kind"]
    claims = claims.assign(row_id=claims["claim_id"], kind=claims["proposition_id"].map(kinds))
    claims = claims[claims["kind"].isin(["date", "quantity"])].sort_values("kind", kind="stable")
    citations = citations.assign(row_id=citations["citation_id"], kind="citation", value=_citation(citations))
    frame = pd.concat([claims, citations], ignore_index=True)
    named = instruments.loc[instruments["variants"] != "", "instrument_id"]
    unnamed = (frame["kind"] == "citation") & ~frame["instrument_id"].isin(named)
    obstacle = unnamed.map({True: "no name", False: ""}).mask(frame["basis"] == "inferred", "inferred")
    return _typed(frame).assign(obstacle=obstacle.astype("str"))


def match_values(rows: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Find for each row whether rows of the other side give its words the same value.

    Two rows are about the same words if they are of one kind and share a character. Dates are the same if they allow
    the same days, quantities if they allow the same numbers, citations if they name one instrument and the same
    places in it.

    Parameters
    ----------
    rows, others : DataFrame
        As :func:`suggested_values` and :func:`coded_values` return them, in either order.

    Returns
    -------
    DataFrame
        The rows with ``outcome``, one of :data:`OUTCOMES` (ordered), and ``matched``: the ids of the rows with that
        outcome, joined by ``;``.

    Examples
    --------
    >>> words = {"kind": "quantity", "source_id": "mill", "start": 6, "end": 9}
    >>> coded = pd.DataFrame([{**words, "row_id": "mill.c001", "value": ">=150"}])
    >>> suggested = pd.DataFrame([{**words, "row_id": "p-1", "value": "150"}])
    >>> match_values(coded, suggested)[["row_id", "outcome", "matched"]].values.tolist()
    [['mill.c001', 'other value', 'p-1']]
    """
    groups = {key: part.to_dict("records") for key, part in others.groupby(["kind", "source_id"])}
    found: list[tuple[str, str]] = []
    for row in rows.to_dict("records"):
        near = [
            other
            for other in groups.get((row["kind"], row["source_id"]), [])
            if other["start"] < row["end"] and row["start"] < other["end"]
        ]
        same = [other for other in near if _is_same(row["kind"], row["value"], other["value"])]
        best = OUTCOMES[0] if same else OUTCOMES[1] if near else OUTCOMES[2]
        found.append((best, ";".join(str(other["row_id"]) for other in same or near)))
    outcome = pd.Series([best for best, _ in found], index=rows.index, dtype=ordered_dtype(OUTCOMES))
    matched = pd.Series([ids for _, ids in found], index=rows.index, dtype="str")
    return rows.assign(outcome=outcome, matched=matched)


def suggestion_rates(suggested: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """Compute by kind which share of the suggestions is coded, and which share of what is coded is suggested.

    Parameters
    ----------
    suggested, coded : DataFrame
        Each matched with the other by :func:`match_values`.

    Returns
    -------
    DataFrame
        One row for each kind that occurs: ``kind``; ``suggested``, ``suggested_right``, ``coded``, ``coded_right``
        (int64: rows, and those with the same value on the other side); ``precision``, ``recall`` (float64, from 0 to
        1, NaN without rows).

    Examples
    --------
    >>> words = {"kind": "quantity", "source_id": "mill", "start": 6, "end": 9, "value": "150"}
    >>> one, two = ({**words, "row_id": "a"}, {**words, "row_id": "b", "start": 20, "end": 23})
    >>> coded, suggested = pd.DataFrame([one]), pd.DataFrame([one, two])
    >>> rates = suggestion_rates(match_values(suggested, coded), match_values(coded, suggested))
    >>> rates[["suggested", "precision", "recall"]].values.tolist()
    [[2.0, 0.5, 1.0]]
    """
    sides: dict[str, pd.Series] = {}
    for name, frame in (("suggested", suggested), ("coded", coded)):
        groups = frame.assign(right=frame["outcome"] == OUTCOMES[0]).groupby("kind")["right"]
        sides |= {name: groups.size(), f"{name}_right": groups.sum()}
    kinds = [
        kind for kind in ("date", "quantity", "citation") if any(kind in side for side in sides.values())
    ]
    counts = pd.DataFrame({name: side.reindex(kinds, fill_value=0) for name, side in sides.items()}).astype(
        "int64"
    )
    shares = {
        "precision": counts["suggested_right"] / counts["suggested"],
        "recall": counts["coded_right"] / counts["coded"],
    }
    return counts.assign(**shares).rename_axis("kind").reset_index()


def _citation(frame: pd.DataFrame) -> pd.Series[str]:
    """Return instruments with their pinpoints."""
    return (frame["instrument_id"].fillna("") + " " + frame["pinpoint"].fillna("")).str.strip()


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    numbers = ("start", "end")
    frame = frame[_COLUMNS].reset_index(drop=True)
    return frame.astype({name: "int64" if name in numbers else "str" for name in _COLUMNS})


def _is_same(kind: str, value: str, other: str) -> bool:
    """Return whether two values of a kind are the same; one that cannot be read is the same as nothing."""
    reader: Mapping[str, Callable[[str], object]] = {
        "date": dates.parse_edtf,
        "quantity": quantities.parse_notation,
        "citation": _places,
    }
    try:
        one, two = reader[kind](value), reader[kind](other)
    except ParseError:
        return False
    if isinstance(one, dates.DateInterval) and isinstance(two, dates.DateInterval):
        return dates.same(one, two)
    if isinstance(one, quantities.QuantityInterval) and isinstance(two, quantities.QuantityInterval):
        return quantities.same(one, two)
    return one == two


def _places(value: str) -> tuple[str, frozenset[str]]:
    """Return the instrument of a citation, and its pinpoints."""
    instrument, _, places = value.partition(" ")
    return instrument, frozenset(part.strip() for part in places.split(";"))
