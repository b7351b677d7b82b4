"""What the methods do with sources that depend on each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType

import pandas as pd

from sourcebook.analysis.truth.copies import accucopy
from sourcebook.analysis.truth.observers import dawid_skene
from sourcebook.analysis.truth.votes import truthfinder, vote

__all__ = ["METHODS", "compare", "repeat"]

#: The methods, by name, for questions that each have answers of their own.
METHODS: Mapping[str, Callable[[pd.DataFrame], pd.DataFrame]] = MappingProxyType(
    {
        "vote": vote,
        "truthfinder": truthfinder,
        "dawid-skene": partial(dawid_skene, model="one-coin"),
        "accucopy": accucopy,
    }
)


def _choices(found: pd.DataFrame) -> pd.Series:
    """Return the chosen answer by question; a question without one has none."""
    chosen = found[found["chosen"]]
    return chosen.set_index("proposition_id")["value"]


def _contested(answers: pd.DataFrame) -> list[str]:
    """Return the questions to which different answers are given, in the order of the answers."""
    values = answers.groupby("proposition_id", sort=False)["value"].nunique()
    return list(values.index[values > 1])


def _merged(answers: pd.DataFrame, origin: pd.DataFrame) -> pd.DataFrame:
    """Return the answers of the origins: each different answer once, and so with one voice for each."""
    origin_of = dict(zip(origin["source_id"], origin["origin"], strict=True))
    merged = answers.assign(source_id=answers["source_id"].map(origin_of))
    return merged.drop_duplicates(["source_id", "proposition_id", "value"], ignore_index=True)


def _most_repeated(answers: pd.DataFrame, origin: pd.DataFrame) -> pd.Series:
    """Return, by question, the answer with the most sources of one origin behind it; none in a tie."""
    origin_of = dict(zip(origin["source_id"], origin["origin"], strict=True))
    counted = (
        answers.assign(origin=answers["source_id"].map(origin_of))
        .groupby(["proposition_id", "value", "origin"], sort=False)["source_id"]
        .nunique()
        .groupby(["proposition_id", "value"], sort=False)
        .max()
        .reset_index(name="n")
    )
    best = counted[counted["n"] == counted.groupby("proposition_id")["n"].transform("max")]
    return best.drop_duplicates("proposition_id", keep=False).set_index("proposition_id")["value"]


def compare(
    answers: pd.DataFrame,
    origin: pd.DataFrame,
    methods: Mapping[str, Callable[[pd.DataFrame], pd.DataFrame]] = METHODS,
) -> pd.DataFrame:
    """Set beside each other what each method chooses from the sources and from their origins.

    Parameters
    ----------
    answers : DataFrame
        ``source_id, proposition_id, value``.
    origin : DataFrame
        ``source_id, origin``.
    methods : mapping of str to callable
        By name; each takes the answers and returns a frame as :func:`vote` does.

    Returns
    -------
    DataFrame
        One row for each method and each question with different answers: ``method, proposition_id,
        sources_choose, origins_choose`` (empty for a tie), ``most_repeated`` (the answer with the most
        sources of one origin behind it; empty for a tie), ``follows`` (whether the sources' choice is that
        answer) and ``changes`` (whether merging changes the choice).
    """
    contested = _contested(answers)
    repeated = _most_repeated(answers, origin).reindex(contested, fill_value="")
    merged = _merged(answers, origin)
    parts = []
    for name, method in methods.items():
        one, other = (_choices(method(a)).reindex(contested, fill_value="") for a in (answers, merged))
        parts.append(
            pd.DataFrame(
                {
                    "method": name,
                    "proposition_id": contested,
                    "sources_choose": one.to_numpy(),
                    "origins_choose": other.to_numpy(),
                    "most_repeated": repeated.to_numpy(),
                    "follows": ((one == repeated) & (one != "")).to_numpy(dtype="bool"),
                    "changes": (one != other).to_numpy(dtype="bool"),
                }
            )
        )
    texts = ["method", "proposition_id", "sources_choose", "origins_choose", "most_repeated"]
    return pd.concat(parts, ignore_index=True).astype(dict.fromkeys(texts, "str"))


def repeat(
    answers: pd.DataFrame,
    *,
    times: int = 4,
    sources: Sequence[str] | None = None,
    methods: Mapping[str, Callable[[pd.DataFrame], pd.DataFrame]] = METHODS,
) -> pd.DataFrame:
    """Copy each source in turn, and count how often each method then chooses its answer.

    Parameters
    ----------
    answers : DataFrame
        ``source_id, proposition_id, value``.
    times : int
        How many copies of the source are added, each under a name of its own.
    sources : sequence of str, optional
        Which to copy; by default every one. Each is one run of every method.
    methods : mapping of str to callable
        As for :func:`compare`.

    Returns
    -------
    DataFrame
        One row for each method and source: ``method, source_id, contested`` (questions with different
        answers that it answers), ``before, after`` (on how many of them its answer is chosen, without and
        with the copies).
    """
    contested = answers[answers["proposition_id"].isin(_contested(answers))]
    known = answers["source_id"].unique().tolist()
    chosen = known if sources is None else [source for source in sources if source in known]
    rows = []
    for name, method in methods.items():
        first = _choices(method(answers))
        for source in chosen:
            own = answers[answers["source_id"] == source]
            copies = [own.assign(source_id=f"{source} copy {n}") for n in range(1, times + 1)]
            then = _choices(method(pd.concat([answers, *copies], ignore_index=True)))
            held = contested[contested["source_id"] == source]
            counts = [
                int(
                    (choices.reindex(held["proposition_id"], fill_value="").to_numpy() == held["value"]).sum()
                )
                for choices in (first, then)
            ]
            rows.append((name, source, held["proposition_id"].nunique(), *counts))
    columns = ["method", "source_id", "contested", "before", "after"]
    return pd.DataFrame(rows, columns=columns).astype({"method": "str", "source_id": "str"})
