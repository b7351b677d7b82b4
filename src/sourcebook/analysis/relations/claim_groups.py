"""The claims on each proposition, and the pairs of different answers among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from sourcebook.analysis.relations.authority import filled_cells
from sourcebook.analysis.relations.records import Claim, Proposition

__all__ = ["Answers", "Pairs", "group_answers", "pair_answers"]

_Positions = npt.NDArray[np.int64]
_Cells = npt.NDArray[np.object_]


@dataclass(frozen=True, kw_only=True)
class Answers:
    """The claims on one proposition.

    Attributes
    ----------
    proposition_id : str
        Its id.
    proposition : Proposition
        What is asked.
    claim_ids, source_ids : object array
        Of each claim.
    answers : tuple of Claim
        The different answers.
    answer : int64 array
        For each claim, the position of its answer among these.
    """

    proposition_id: str
    proposition: Proposition
    claim_ids: _Cells
    source_ids: _Cells
    answers: tuple[Claim, ...]
    answer: _Positions

    @property
    def n_pairs(self) -> int:
        """How many pairs the claims make."""
        return len(self.claim_ids) * (len(self.claim_ids) - 1) // 2


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """The pairs of claims on one proposition, and the pairs of different answers among them.

    Attributes
    ----------
    first, second : int64 array
        Positions of the claims of each pair.
    answers : list of tuple of Claim
        Each pair of answers that occurs, once.
    place : int64 array
        For each pair of claims, which pair of answers it is.
    """

    first: _Positions
    second: _Positions
    answers: list[tuple[Claim, Claim]]
    place: _Positions


def pair_answers(group: Answers) -> Pairs:
    """Return the pairs of claims on one proposition.

    Parameters
    ----------
    group : Answers
        The claims.

    Returns
    -------
    Pairs
        In the order of the claims.

    Examples
    --------
    >>> claims = pd.DataFrame({"claim_id": ["a1", "b1", "c1"], "source_id": ["a", "b", "c"], "proposition_id": "p",
    ...     "value": ["5", "7", "5"], "scope": "", "entity_id": "", "modality": "", "basis": ""})
    >>> asked = pd.DataFrame({"proposition_id": ["p"], "kind": "quantity", "cardinality": "", "time_type": "",
    ...     "class": ""})
    >>> pairs = pair_answers(next(group_answers(claims, asked)))
    >>> [(a.value, b.value) for a, b in pairs.answers], pairs.place.tolist()
    ([('5', '5'), ('5', '7'), ('7', '5')], [1, 0, 2])
    """
    first, second = np.triu_indices(len(group.claim_ids), 1)
    size = len(group.answers)
    different, place = np.unique(group.answer[first] * size + group.answer[second], return_inverse=True)
    answers = [(group.answers[code // size], group.answers[code % size]) for code in different.tolist()]
    return Pairs(first=first, second=second, answers=answers, place=place)


def group_answers(claims: pd.DataFrame, propositions: pd.DataFrame) -> Iterator[Answers]:
    """Yield the claims on each proposition, in the order of the first claim on each.

    Parameters
    ----------
    claims, propositions : DataFrame
        As for :func:`relate_all`.

    Yields
    ------
    Answers
        One for each proposition that has claims.

    Examples
    --------
    >>> claims = pd.DataFrame({"claim_id": ["a1", "b1"], "source_id": ["a", "b"], "proposition_id": "p", "value": "5",
    ...     "scope": "", "entity_id": "", "modality": "", "basis": ""})
    >>> asked = pd.DataFrame({"proposition_id": ["p"], "kind": "quantity", "cardinality": "", "time_type": "",
    ...     "class": ""})
    >>> [group.answer.tolist() for group in group_answers(claims, asked)]
    [[0, 0]]
    """
    asked = {
        name: Proposition(kind, cardinality or "one", time_type or "instant", of_class or "substance")
        for name, kind, cardinality, time_type, of_class in zip(
            propositions["proposition_id"],
            *(filled_cells(propositions[column]) for column in ("kind", "cardinality", "time_type", "class")),
            strict=True,
        )
    }
    answers = [
        Claim(value, scope, entity, modality or "asserts", basis or "stated")
        for value, scope, entity, modality, basis in zip(
            *(filled_cells(claims[c]) for c in ("value", "scope", "entity_id", "modality", "basis")),
            strict=True,
        )
    ]
    ids, sources = (filled_cells(claims[name]).to_numpy(dtype=object) for name in ("claim_id", "source_id"))
    rows: dict[str, list[int]] = {}
    for row, proposition in enumerate(claims["proposition_id"]):
        rows.setdefault(proposition, []).append(row)
    for proposition, chosen in rows.items():
        position: dict[Claim, int] = {}
        answer = [position.setdefault(answers[row], len(position)) for row in chosen]
        yield Answers(
            proposition_id=proposition,
            proposition=asked[proposition],
            claim_ids=ids[chosen],
            source_ids=sources[chosen],
            answers=tuple(position),
            answer=np.array(answer, dtype=np.int64),
        )
