"""What would flip: every headline and every question under another choice of the reader."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from sourcebook.analysis.agreement.counting import Coded, Codes, encode
from sourcebook.analysis.agreement.dependence import DEFAULT_MERGING, LEAST_SHARE, origins
from sourcebook.analysis.agreement.headlines import (
    HEADLINES,
    Tally,
    group_codes,
    groups_of,
    tally,
    tally_without,
)
from sourcebook.analysis.agreement.status import origin_codes

__all__ = ["CHOICES", "flip_index", "merging_rules", "sensitivity"]

#: What can be chosen otherwise.
CHOICES: Mapping[str, str] = {
    "merging": "Other kinds of links make two sources one origin.",
    "least-share": "Another share of shared passages makes two sources one origin.",
    "without-source": "One source is left out.",
    "without-origin": "One origin, with all its sources, is left out.",
}

_SHARES = (0.5, 0.2, 0.1, 0.05, 0.02, 0.01)
_COLUMNS = ["choice", "setting", "level", "subject", "measure", "baseline", "alternative"]
_PROPOSITION_MEASURES = ("two_origins", "agreed_by_two_origins")


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
        None; each chosen kind alone; the chosen ones with each other kind that occurs; and every kind. Each
        under its kinds joined by ``+``.

    Examples
    --------
    >>> links = pd.DataFrame({"kind": ["author", "event"]})
    >>> list(merging_rules(links, ["author"]))
    ['none', 'author+event']
    """
    used = sorted(set(links["kind"]))
    chosen = [kind for kind in used if kind in merging]
    further = [kind for kind in used if kind not in merging]
    tried = [(), *((kind,) for kind in chosen), *((*chosen, kind) for kind in further), tuple(used)]
    return {"+".join(kinds) or "none": kinds for kinds in tried if set(kinds) != set(chosen)}


def _headline_rows(choice: str, alternative: str, before: Tally, after: Tally) -> Iterator[tuple[str, ...]]:
    """Yield the count of each headline before and after."""
    then, now = before.masks(), after.masks()
    counts = {"claims": (before.claims.sum(), after.claims.sum())}
    counts |= {name: (then[name].sum(), now[name].sum()) for name in HEADLINES}
    for name, (old, new) in counts.items():
        yield choice, alternative, "headline", name, "count", str(int(old)), str(int(new))


def _proposition_rows(
    coded: Coded, choice: str, alternative: str, before: Tally, after: Tally
) -> Iterator[tuple[str, ...]]:
    """Yield each proposition on which the choice changes something that is said of it."""
    then, now = before.masks(), after.masks()
    said = {"agreement_status": (before.standings(), after.standings())}
    said |= {
        name: (np.where(then[name], "yes", "no"), np.where(now[name], "yes", "no"))
        for name in _PROPOSITION_MEASURES
    }
    for measure, (old, new) in said.items():
        for at in np.flatnonzero(old != new).tolist():
            subject = str(coded.propositions[at])
            yield choice, alternative, "proposition", subject, measure, str(old[at]), str(new[at])


def _one(found: Tally, place: int) -> Tally:
    """Return the row of one group of a tally that :func:`tally_without` made."""
    return Tally(
        claims=found.claims[place],
        sources=found.sources[place],
        origins=found.origins[place],
        pairs=tuple(count[place] for count in found.pairs),
        within=found.within[place],
        crossing=found.crossing[place],
    )


def _tried(
    coded: Coded,
    sources: pd.DataFrame,
    links: pd.DataFrame,
    shared: pd.DataFrame | None,
    merging: Collection[str],
    least_share: float,
    shares: Sequence[float],
) -> Iterator[tuple[str, str, Tally]]:
    """Yield each alternative with what is counted under it."""

    def codes(kinds: Collection[str], share: float) -> Codes:
        return origin_codes(coded, origins(sources, links, shared, merging=kinds, least_share=share))

    for name, kinds in merging_rules(links, merging).items():
        yield "merging", name, tally(coded, codes(kinds, least_share))
    if shared is not None:
        for share in (2.0, *shares):
            if share != least_share:
                name = "never" if share > 1 else f"{share:g}"
                yield "least-share", name, tally(coded, codes(merging, share))
    origin = origins(sources, links, shared, merging=merging, least_share=least_share)
    for by in ("source", "origin"):
        groups = groups_of(origin, by)
        found = tally_without(coded, origin_codes(coded, origin), group_codes(coded, groups), len(groups))
        for place, name in enumerate(groups):
            yield f"without-{by}", name, _one(found, place)


def sensitivity(
    claims: pd.DataFrame,
    relations: pd.DataFrame,
    sources: pd.DataFrame,
    links: pd.DataFrame,
    shared: pd.DataFrame | None = None,
    *,
    merging: Collection[str] = DEFAULT_MERGING,
    least_share: float = LEAST_SHARE,
    shares: Sequence[float] = _SHARES,
) -> pd.DataFrame:
    """Say what each headline and each proposition becomes under every other choice.

    Parameters
    ----------
    claims : DataFrame
        ``claim_id, proposition_id, source_id``.
    relations : DataFrame
        As :func:`sourcebook.analysis.relations.relate_all` returns it for these claims.
    sources, links, shared, merging, least_share
        As for :func:`origins`: the choice that the book makes.
    shares : sequence of float
        The other shares to try.

    Returns
    -------
    DataFrame
        ``choice`` (a key of :data:`CHOICES`), ``setting`` (kinds of links joined by ``+`` or ``none``;
        a share or ``never``; the source or origin that is left out), ``level``, ``subject, measure, baseline,
        alternative``. At the level ``headline`` there is one row for each headline, changed or not; at the level
        ``proposition`` only what changes: its ``agreement_status``, and whether ``two_origins`` answer it or are
        ``agreed_by_two_origins``.
    """
    coded = encode(claims, relations)
    origin = origins(sources, links, shared, merging=merging, least_share=least_share)
    before = tally(coded, origin_codes(coded, origin))
    rows: list[tuple[str, ...]] = []
    for choice, alternative, after in _tried(coded, sources, links, shared, merging, least_share, shares):
        rows += _headline_rows(choice, alternative, before, after)
        rows += _proposition_rows(coded, choice, alternative, before, after)
    return pd.DataFrame(rows, columns=_COLUMNS, dtype="str")


def flip_index(found: pd.DataFrame) -> pd.DataFrame:
    """Count, for each alternative, the headlines that change and the propositions that flip.

    Parameters
    ----------
    found : DataFrame
        As :func:`sensitivity` returns it.

    Returns
    -------
    DataFrame
        One row for each alternative, in the order of `found`: ``choice, setting, headlines``
        (headline counts that change), ``agreement_status, two_origins, agreed_by_two_origins`` (propositions of
        which this changes) and ``propositions`` (those of which anything does).
    """
    rows = []
    for (choice, setting), group in found.groupby(["choice", "setting"], sort=False):
        headline = group[group["level"] == "headline"]
        flipped = group[group["level"] == "proposition"]
        counts = [
            int((flipped["measure"] == measure).sum())
            for measure in ("agreement_status", *_PROPOSITION_MEASURES)
        ]
        changed = int((headline["baseline"] != headline["alternative"]).sum())
        rows.append((choice, setting, changed, *counts, flipped["subject"].nunique()))
    columns = ["choice", "setting", "headlines", "agreement_status", *_PROPOSITION_MEASURES, "propositions"]
    types = {name: "str" if name in ("choice", "setting") else "int64" for name in columns}
    return pd.DataFrame(rows, columns=columns).astype(types)
