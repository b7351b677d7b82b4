"""What would change: every headline and every question under another choice of the reader."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from sourcebook.analysis.agreement.counting import (
    count_by_proposition,
    count_without,
    pair_sources,
    relation_status,
)
from sourcebook.analysis.agreement.dependence import (
    DEFAULT_MERGING,
    LEAST_SHARE,
    origin_of_sources,
    origins,
)
from sourcebook.analysis.agreement.headline_marks import HEADLINES, count_findings, mark_headlines
from sourcebook.analysis.agreement.headlines import sources_by_group
from sourcebook.core.frames import needs

__all__ = ["CHOICES", "merging_rules", "sensitivity", "sensitivity_index"]

#: What can be chosen otherwise.
CHOICES: Mapping[str, str] = {
    "merging": "Other kinds of links make two sources one origin.",
    "least-share": "Another share of shared passages makes two sources one origin.",
    "without-source": "One source is left out.",
    "without-origin": "One origin, with all its sources, is left out.",
}

#: A share that no text reaches.
_NEVER = 2.0
_SHARES = (0.5, 0.2, 0.1, 0.05, 0.02, 0.01)
_COLUMNS = ["choice", "setting", "level", "subject", "measure", "baseline", "alternative"]
_PROPOSITION_MEASURES = ("two_origins", "agreed_by_two_origins")


@needs(
    links="kind",
)
def merging_rules(
    links: pd.DataFrame, merging: Collection[str] = DEFAULT_MERGING
) -> dict[str, tuple[str, ...]]:
    """Return the sets of kinds of links that :func:`sensitivity` tries instead of the chosen one.

    Parameters
    ----------
    links : DataFrame
        ``kind``.
    merging : collection of str
        The kinds that are chosen.

    Returns
    -------
    dict of str to tuple of str
        None; each chosen kind alone; the chosen ones with each other kind that occurs; each two other kinds; and
        every kind. Each keyed by its kinds joined by ``+``.

    Examples
    --------
    >>> links = pd.DataFrame({"kind": ["author", "event"]})
    >>> list(merging_rules(links, ["author"]))
    ['none', 'author+event']
    """
    used = sorted(set(links["kind"]))
    chosen = [kind for kind in used if kind in merging]
    further = [kind for kind in used if kind not in merging]
    tried = [
        (),
        *((kind,) for kind in chosen),
        *((*chosen, kind) for kind in further),
        *combinations(further, 2),
        tuple(used),
    ]
    return {"+".join(kinds) or "none": kinds for kinds in tried if set(kinds) != set(chosen)}


def _headline_rows(
    before: Mapping[str, int], alternative: pd.DataFrame, propositions: pd.DataFrame
) -> Iterator[tuple[str, ...]]:
    """Yield the count of each headline, and its denominator, by the choice of the reader and by another."""
    now = count_findings(alternative, propositions)
    for name, of in HEADLINES.items():
        yield "headline", name, "count", str(before[name]), str(now[name])
        yield "headline", name, "of", str(before[of]), str(now[of])


def _proposition_rows(
    before: pd.DataFrame, alternative: pd.DataFrame, propositions: pd.DataFrame
) -> Iterator[tuple[str, ...]]:
    """Yield each proposition and measure that the other choice changes."""
    after = _measure(alternative, propositions)
    for measure in before.columns:
        old, new = before[measure], after[measure]
        for subject in old.index[old != new]:
            yield "proposition", str(subject), str(measure), old[subject], new[subject]


def _measure(counts: pd.DataFrame, propositions: pd.DataFrame) -> pd.DataFrame:
    """Return what is compared of each proposition: its agreement status, and what two origins answer."""
    marks = mark_headlines(counts, propositions).loc[counts.index, list(_PROPOSITION_MEASURES)]
    answers = {name: np.where(marks[name], "yes", "no") for name in _PROPOSITION_MEASURES}
    columns = {"agreement_status": relation_status(counts).to_numpy(), **answers}
    return pd.DataFrame(columns, index=counts.index, dtype="str")


def _count_alternatives(
    claims: pd.DataFrame,
    pairs: pd.DataFrame,
    origins_by: Callable[[Collection[str], float], pd.DataFrame],
    rules: Iterable[tuple[str, str, Collection[str], float]],
    baseline: pd.DataFrame,
) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Yield each other choice and its setting, with what is then counted of each proposition."""
    for choice, setting, kinds, share in rules:
        origin_of = origin_of_sources(origins_by(kinds, share), claims["source_id"])
        yield choice, setting, count_by_proposition(claims, pairs, origin_of)
    origin_of = origin_of_sources(baseline, claims["source_id"])
    for by in ("source", "origin"):
        left = count_without(claims, pairs, origin_of, sources_by_group(baseline, by))
        for left_out, counts in left.items():
            yield f"without-{by}", left_out, counts


def _other_rules(
    links: pd.DataFrame, merging: Collection[str], least_share: float, shares: Sequence[float]
) -> Iterator[tuple[str, str, Collection[str], float]]:
    """Yield each other rule of merging: the choice, its setting, the kinds of links and the least share."""
    for name, kinds in merging_rules(links, merging).items():
        yield "merging", name, kinds, least_share
    for share in shares:
        if share != least_share:
            yield "least-share", "never" if share > 1 else f"{share:g}", merging, share


@needs(
    claims="claim_id source_id proposition_id",
    relations="claim_a claim_b relation rule",
    sources="source_id",
    links="source_id upstream kind",
    shared="source_a source_b share",
    propositions="proposition_id kind cardinality",
)
def sensitivity(
    claims: pd.DataFrame,
    relations: pd.DataFrame,
    sources: pd.DataFrame,
    links: pd.DataFrame,
    shared: pd.DataFrame | None = None,
    *,
    propositions: pd.DataFrame,
    merging: Collection[str] = DEFAULT_MERGING,
    least_share: float = LEAST_SHARE,
    shares: Sequence[float] = _SHARES,
) -> pd.DataFrame:
    """Compute what each headline and each proposition becomes under every other choice.

    Parameters
    ----------
    claims : DataFrame
        ``claim_id, proposition_id, source_id``.
    relations : DataFrame
        As :func:`sourcebook.analysis.relations.relate_all` returns it for these claims.
    sources, links, shared, merging, least_share
        As for :func:`origins`: the choice that the book makes.
    propositions : DataFrame
        As for :func:`headlines`.
    shares : sequence of float
        The other shares to try.

    Returns
    -------
    DataFrame
        All columns str: ``choice`` (a key of :data:`CHOICES`), ``setting`` (kinds of links joined by ``+`` or ``none``;
        a share or ``never``; the source or origin that is left out), ``level``, ``subject, measure, baseline,
        alternative``. At the level ``headline`` there are two rows for each headline, changed or not, the ``count`` of
        findings and what they are counted ``of``; at the level
        ``proposition`` only what changes: its ``agreement_status``, and whether ``two_origins`` answer it or are
        ``agreed_by_two_origins``.

    Raises
    ------
    ValueError
        As :func:`origins`, and if claims of two sources on a proposition are not related.

    Examples
    --------
    >>> claims = pd.DataFrame({"claim_id": ["a1", "b1"], "proposition_id": "p", "source_id": ["a", "b"]})
    >>> relations = pd.DataFrame({"claim_a": ["a1"], "claim_b": "b1", "relation": "agree", "rule": "term-same"})
    >>> sources = pd.DataFrame({"source_id": ["a", "b"]})
    >>> links = pd.DataFrame({"source_id": ["a", "b"], "upstream": "speech", "kind": "speech"})
    >>> asked = pd.DataFrame({"proposition_id": ["p"], "kind": "category", "cardinality": "one"})
    >>> table = sensitivity(claims, relations, sources, links, propositions=asked)
    >>> rows = table.query("setting == 'speech' and subject == 'two_origins' and measure == 'count'")
    >>> rows[["choice", "baseline", "alternative"]].values.tolist()
    [['merging', '1', '0']]
    """

    def origins_by(kinds: Collection[str], share: float) -> pd.DataFrame:
        return origins(sources, links, shared, merging=kinds, least_share=share)

    pairs = pair_sources(claims, relations)
    origin = origins_by(merging, least_share)
    baseline = count_by_proposition(claims, pairs, origin_of_sources(origin, claims["source_id"]))
    rules = _other_rules(links, merging, least_share, () if shared is None else (_NEVER, *shares))
    findings, measures = count_findings(baseline, propositions), _measure(baseline, propositions)
    rows: list[tuple[str, ...]] = []
    for choice, setting, alternative in _count_alternatives(claims, pairs, origins_by, rules, origin):
        changed = [
            *_headline_rows(findings, alternative, propositions),
            *_proposition_rows(measures, alternative, propositions),
        ]
        rows += [(choice, setting, *row) for row in changed]
    return pd.DataFrame(rows, columns=_COLUMNS, dtype="str")


@needs(
    sensitivities="choice setting level subject measure baseline alternative",
)
def sensitivity_index(sensitivities: pd.DataFrame) -> pd.DataFrame:
    """Count, for each other choice, the headlines and the propositions that change.

    Parameters
    ----------
    sensitivities : DataFrame
        As :func:`sensitivity` returns it.

    Returns
    -------
    DataFrame
        One row for each other choice, in their order: ``choice, setting`` (str), and as int ``headlines``
        (headline counts that change), ``agreement_status, two_origins, agreed_by_two_origins`` (propositions of
        which this changes) and ``propositions`` (those of which anything does).

    Examples
    --------
    >>> claims = pd.DataFrame({"claim_id": ["a1", "b1"], "proposition_id": "p", "source_id": ["a", "b"]})
    >>> relations = pd.DataFrame({"claim_a": ["a1"], "claim_b": "b1", "relation": "agree", "rule": "term-same"})
    >>> sources = pd.DataFrame({"source_id": ["a", "b"]})
    >>> links = pd.DataFrame({"source_id": ["a", "b"], "upstream": "speech", "kind": "speech"})
    >>> asked = pd.DataFrame({"proposition_id": ["p"], "kind": "category", "cardinality": "one"})
    >>> table = sensitivity(claims, relations, sources, links, propositions=asked)
    >>> sensitivity_index(table)[["choice", "setting", "two_origins"]].values.tolist()[0]
    ['merging', 'speech', 1]
    """
    rows = []
    for (choice, setting), group in sensitivities.groupby(["choice", "setting"], sort=False):
        headline = group[group["level"].eq("headline") & group["measure"].eq("count")]
        propositions = group[group["level"] == "proposition"]
        counts = [
            int((propositions["measure"] == measure).sum())
            for measure in ("agreement_status", *_PROPOSITION_MEASURES)
        ]
        changed = int((headline["baseline"] != headline["alternative"]).sum())
        rows.append((choice, setting, changed, *counts, propositions["subject"].nunique()))
    columns = ["choice", "setting", "headlines", "agreement_status", *_PROPOSITION_MEASURES, "propositions"]
    types = {name: "str" if name in ("choice", "setting") else "int64" for name in columns}
    return pd.DataFrame(rows, columns=columns).astype(types)
