"""The sources as raters: coefficients of agreement over questions, with an interval and a jackknife."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sourcebook.reliability import bootstrap_interval, jackknife

__all__ = ["COEFFICIENTS", "coefficients", "coefficients_by_raters", "source_ratings"]

#: Coefficients that a table compares, with what each corrects for.
COEFFICIENTS: Mapping[str, str] = {
    "percent_agreement": "Share of pairs of answers that are the same; nothing is taken off for chance.",
    "krippendorff_alpha": "Chance is what the pooled answers would give; takes missing answers.",
    "fleiss_kappa": "Chance as in the pooled answers; one distribution for all sources.",
    "conger_kappa": "Chance is what each pair of sources would give, each by its own answers.",
    "brennan_prediger": "Chance takes every answer that occurs for equally likely, whatever the question.",
    "gwet_ac1": "Chance is what hard questions alone would give; high where one answer prevails.",
}

_DECIMALS = 6


def source_ratings(
    claims: pd.DataFrame, propositions: pd.DataFrame, origin: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the claims as reliability data, with the sources (or the origins) as coders.

    Parameters
    ----------
    claims : DataFrame
        ``source_id, proposition_id, value, scope``.
    propositions : DataFrame
        ``proposition_id, cardinality``. Only questions with one answer count: where several answers can
        be right, two lists that differ are no disagreement.
    origin : DataFrame, optional
        ``source_id, origin``; with it the origins are the coders.

    Returns
    -------
    DataFrame
        ``coder, unit, variable, value`` (str). A unit is a question with one scope; several answers of one coder
        are joined by ``;``. A silent coder has no row. Only units with two coders or more are kept.

    Examples
    --------
    >>> claims = pd.DataFrame({"source_id": ["a", "b"], "proposition_id": "p", "value": ["5", "6"], "scope": ""})
    >>> asked = pd.DataFrame({"proposition_id": ["p"], "cardinality": "one"})
    >>> source_ratings(claims, asked)[["coder", "value"]].values.tolist()
    [['a', '5'], ['b', '6']]
    """
    single = propositions.loc[propositions["cardinality"] == "one", "proposition_id"]
    kept = claims[claims["proposition_id"].isin(single)]
    coder = kept["source_id"]
    if origin is not None:
        coder = coder.map(dict(zip(origin["source_id"], origin["origin"], strict=True)))
    unit = kept["proposition_id"] + kept["scope"].where(kept["scope"] == "", "|" + kept["scope"])
    long = pd.DataFrame({"coder": coder, "unit": unit, "value": kept["value"]})
    joined = long.groupby(["coder", "unit"], sort=True)["value"].agg(lambda v: ";".join(sorted(set(v))))
    out = joined.reset_index().assign(variable="answer")
    met = out.groupby("unit")["coder"].transform("size") > 1
    return out.loc[met, ["coder", "unit", "variable", "value"]].reset_index(drop=True)


def coefficients(ratings: pd.DataFrame, *, resamples: int = 2000, seed: int = 0) -> pd.DataFrame:
    """Compute several coefficients of the same ratings, each with an interval and a jackknife.

    All are nominal: an answer is the same or it is not. A count of countries and a year of founding lie on
    scales of their own, so that a distance between answers to different questions, which the expected
    disagreement of ordinal, interval and ratio coefficients and of AC2 is made of, would mean nothing.

    Parameters
    ----------
    ratings : DataFrame
        As :func:`source_ratings` returns it.
    resamples, seed : int
        Of the bootstrap over questions.

    Returns
    -------
    DataFrame
        ``coefficient`` (str), ``value, low, high`` (float; percentile interval at 95 %, over questions),
        ``units`` (int), ``lowest_without`` (str), ``lowest`` (float), ``highest_without`` (str), ``highest``
        (float; the coefficient without one coder in turn), ``status, meaning`` (str). Numbers are rounded
        to six decimals; an undefined one is missing, and ``status`` says why.

    References
    ----------
    Krippendorff, K. (2011). Computing Krippendorff's Alpha-Reliability.
    Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the presence of high
    agreement. British Journal of Mathematical and Statistical Psychology 61.

    Raises
    ------
    ValueError
        If `ratings` has no column of coders, units or values.

    Examples
    --------
    >>> ratings = pd.DataFrame({"coder": list("abab"), "unit": list("ppqq"), "variable": "answer",
    ...     "value": ["1", "1", "2", "3"]})
    >>> coefficients(ratings, resamples=100).set_index("coefficient").loc["percent_agreement", "value"].item()
    0.5
    """
    rows = []
    for name, meaning in COEFFICIENTS.items():
        interval = bootstrap_interval(ratings, name, resamples=resamples, seed=seed)
        without = jackknife(ratings, name).dropna(subset=["value"]).sort_values("value", kind="stable")
        ends = [without.iloc[0], without.iloc[-1]] if len(without) else []
        numbers = (interval.estimate, interval.low, interval.high, *(float(end["value"]) for end in ends))
        value, low, high, *extremes = (np.nan if n is None else round(n, _DECIMALS) + 0.0 for n in numbers)
        lowest, highest = extremes or (np.nan, np.nan)
        names = [str(end["left_out"]) for end in ends] or ["", ""]
        rows.append(
            (
                name,
                value,
                low,
                high,
                interval.n_units,
                names[0],
                lowest,
                names[1],
                highest,
                interval.status,
                meaning,
            )
        )
    columns = ["coefficient", "value", "low", "high", "units", "lowest_without", "lowest"]
    columns += ["highest_without", "highest", "status", "meaning"]
    return pd.DataFrame(rows, columns=columns)


def coefficients_by_raters(
    claims: pd.DataFrame, propositions: pd.DataFrame, origin: pd.DataFrame, *, resamples: int = 2000
) -> pd.DataFrame:
    """Compute the coefficients with the sources as raters, and again with the origins.

    Parameters
    ----------
    claims, propositions : DataFrame
        As for :func:`source_ratings`.
    origin : DataFrame
        ``source_id, origin``.
    resamples : int
        Of the bootstrap over questions.

    Returns
    -------
    DataFrame
        The columns of :func:`coefficients` and ``raters`` (str), ``sources`` or ``origins``.

    Examples
    --------
    >>> claims = pd.DataFrame({"source_id": ["a", "b"], "proposition_id": "p", "value": "5", "scope": ""})
    >>> asked = pd.DataFrame({"proposition_id": ["p"], "cardinality": "one"})
    >>> alone = pd.DataFrame({"source_id": ["a", "b"], "origin": ["a", "b"]})
    >>> coefficients_by_raters(claims, asked, alone, resamples=50).groupby("raters").size().to_dict()
    {'origins': 6, 'sources': 6}
    """
    parts = []
    for raters, merged in (("sources", None), ("origins", origin)):
        ratings = source_ratings(claims, propositions, merged)
        parts.append(coefficients(ratings, resamples=resamples).assign(raters=raters))
    return pd.concat(parts, ignore_index=True)
