"""What the core rule takes and gives: a claim, the proposition that it answers, the relation of two claims."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from typing import Any

from sourcebook.core.vocabularies import (
    BASES,
    CARDINALITIES,
    CLAIM_KINDS,
    MODALITIES,
    QUESTION_CLASSES,
    RELATIONS,
    TIME_TYPES,
)

__all__ = ["Claim", "Proposition", "Relation", "check_type", "short_repr"]


def short_repr(record: Any) -> str:
    """Return the call that makes a record, without the fields that have their default.

    Parameters
    ----------
    record : dataclass
        The record.

    Returns
    -------
    str

    Examples
    --------
    >>> short_repr(Proposition("name", cardinality="one"))
    "Proposition(kind='name')"
    """
    parts = [
        f"{field.name}={getattr(record, field.name)!r}"
        for field in fields(record)
        if field.default is MISSING or getattr(record, field.name) != field.default
    ]
    return f"{type(record).__name__}({', '.join(parts)})"


def check_type(name: str, value: object, expected: type) -> None:
    """Raise TypeError for an argument of another type than the one expected.

    Examples
    --------
    >>> check_type("scope", "delegates", str)
    """
    if not isinstance(value, expected):
        article = "an" if expected.__name__[0] in "AEIO" else "a"
        words = "text" if expected is str else f"{article} {expected.__name__}"
        raise TypeError(f"{name}: expected {words}, found {type(value).__name__}")


def _check_term(name: str, term: str, terms: Any) -> None:
    """Raise TypeError for a term that is no text, and ValueError for one that is not in its vocabulary."""
    check_type(name, term, str)
    if term not in terms:
        raise ValueError(f"{name}: expected one of {', '.join(terms)}; found {term!r}")


@dataclass(frozen=True, repr=False)
class Claim:
    """What one source answers to a proposition.

    Attributes
    ----------
    value : str
        The answer, in the grammar of the proposition's kind: a hedged number, an EDTF date, a term, a name,
        ``yes`` or ``no``.
    scope : str
        A term of the codebook's list ``scope``; empty for the scope of the proposition.
    entity_id : str
        Which entity of the table of entities a name belongs to; empty where none is given.
    modality : str
        A term of :data:`sourcebook.core.vocabularies.MODALITIES`.
    basis : str
        A term of :data:`sourcebook.core.vocabularies.BASES`.

    Raises
    ------
    TypeError
        If one of them is no text.
    ValueError
        For a modality or a basis that is not in its vocabulary.

    Examples
    --------
    >>> Claim(">100", scope="delegates")
    Claim(value='>100', scope='delegates')
    """

    value: str
    scope: str = ""
    entity_id: str = ""
    modality: str = "asserts"
    basis: str = "stated"

    __repr__ = short_repr

    def __post_init__(self) -> None:
        """Check the texts and the terms."""
        for name in ("value", "scope", "entity_id"):
            check_type(name, getattr(self, name), str)
        _check_term("modality", self.modality, MODALITIES)
        _check_term("basis", self.basis, BASES)


@dataclass(frozen=True, repr=False)
class Proposition:
    """What the rules must know of the question that two claims answer.

    Attributes
    ----------
    kind : str
        A term of :data:`sourcebook.core.vocabularies.CLAIM_KINDS`.
    cardinality : str
        ``one`` if one answer excludes another, ``many`` if several can be right.
    time_type : str
        Of a date: ``instant`` (when) or ``interval`` (from when to when).
    question_class : str
        A term of :data:`sourcebook.core.vocabularies.QUESTION_CLASSES`; on ``wording`` two different answers are
        variants.

    Raises
    ------
    TypeError
        If one of them is no text.
    ValueError
        For a term that is not in its vocabulary.

    Examples
    --------
    >>> Proposition("date", time_type="interval")
    Proposition(kind='date', time_type='interval')
    """

    kind: str
    cardinality: str = "one"
    time_type: str = "instant"
    question_class: str = "substance"

    __repr__ = short_repr

    def __post_init__(self) -> None:
        """Check the terms."""
        _check_term("kind", self.kind, CLAIM_KINDS)
        _check_term("cardinality", self.cardinality, CARDINALITIES)
        _check_term("time_type", self.time_type, TIME_TYPES)
        _check_term("question_class", self.question_class, QUESTION_CLASSES)


@dataclass(frozen=True, kw_only=True, repr=False)
class Relation:
    """The relation of two claims, with the rule that decided.

    Attributes
    ----------
    relation : str
        A term of :data:`sourcebook.core.vocabularies.RELATIONS`.
    rule : str
        A code of :data:`RULES`.
    reason : str
        The rule applied to these two values, as a sentence.
    allen : str
        For dates, the relation of Allen of the first to the second, each taken from its first to its last
        day; where an end is not known, every relation that is possible, joined by ``;``. Else empty.

    Examples
    --------
    >>> Relation(relation="agree", rule="presence-same", reason="Both answer yes.")
    Relation(relation='agree', rule='presence-same', reason='Both answer yes.')
    """

    relation: str
    rule: str
    reason: str
    allen: str = ""

    __repr__ = short_repr

    def __post_init__(self) -> None:
        """Check the relation."""
        _check_term("relation", self.relation, RELATIONS)
