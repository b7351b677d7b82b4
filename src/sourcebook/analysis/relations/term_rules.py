"""The rules for answers in words: terms of the codebook, names as printed, yes and no."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from difflib import SequenceMatcher
from types import MappingProxyType

from sourcebook.analysis.relations.records import Relation
from sourcebook.analysis.relations.rules import DEFAULT_POLICY, ComparisonPolicy
from sourcebook.text.words import PRINTED_WORD, phrase_keys, word_key

__all__ = ["broader_of", "describe_word_difference", "relate_names", "relate_presence", "relate_terms"]


def broader_of(term: str, broader: Mapping[str, str]) -> list[str]:
    """Return the broader terms of a term, from the nearest on.

    Parameters
    ----------
    term : str
        A term of the codebook.
    broader : mapping of str to str
        The broader term of each term.

    Returns
    -------
    list of str
        It ends before a term that would repeat.

    Examples
    --------
    >>> broader_of("delegates", {"delegates": "participants", "participants": ""})
    ['participants']
    """
    chain: dict[str, None] = {}
    while broader.get(term) and broader[term] not in chain:
        term = broader[term]
        chain[term] = None
    return list(chain)


def relate_terms(
    first: str,
    second: str,
    broader: Mapping[str, str],
    cardinality: str,
    *,
    labels: Mapping[str, str] = MappingProxyType({}),
    policy: ComparisonPolicy = DEFAULT_POLICY,
) -> Relation:
    """Relate two terms of the codebook; the reason calls them by their labels.

    Parameters
    ----------
    first, second : str
        The terms.
    broader : mapping of str to str
        The broader term of each term.
    cardinality : str
        Whether one answer excludes another.
    labels : mapping of str to str
        Names of the terms for people.
    policy : ComparisonPolicy
        Whether a term and a broader one can both be right.

    Returns
    -------
    Relation

    Examples
    --------
    >>> relate_terms("government", "state", {"government": "state"}, "one").reason
    '“state” includes “government”, which is the narrower claim.'
    """
    name = {term: labels.get(term, term) for term in (first, second)}
    if first == second:
        return Relation(relation="agree", rule="term-same", reason=f"Both answer “{name[first]}”.")
    for narrow, wide in ((first, second), (second, first)):
        if policy.broader_terms_fit and wide in broader_of(narrow, broader):
            reason = f"“{name[wide]}” includes “{name[narrow]}”, which is the narrower claim."
            return Relation(relation="compatible", rule="term-broader", reason=reason)
    if cardinality == "many":
        reason = f"“{name[first]}” and “{name[second]}” can both be right."
        return Relation(relation="compatible", rule="term-list", reason=reason)
    reason = f"“{name[first]}” and “{name[second]}” exclude each other."
    return Relation(relation="contradict", rule="term-different", reason=reason)


def relate_names(
    first: tuple[str, str],
    second: tuple[str, str],
    cardinality: str,
    *,
    entity_names: Mapping[str, str] = MappingProxyType({}),
    policy: ComparisonPolicy = DEFAULT_POLICY,
) -> Relation:
    """Relate two names as printed; the table of entities is the authority for variants.

    Parameters
    ----------
    first, second : tuple of str
        The name, and the entity that it names (empty where none is given).
    cardinality : str
        Whether one name excludes another.
    entity_names : mapping of str to str
        The name of each entity in the table of entities, by which the reason calls it.
    policy : ComparisonPolicy
        Whether two forms of one entity's name are one name.

    Returns
    -------
    Relation

    Examples
    --------
    >>> relate_names(("West Hill", "hill"), ("Western Hill", "hill"), "one", entity_names={"hill": "The Hill"}).reason
    '“West Hill” and “Western Hill” are forms of one name: the table of entities gives both to “The Hill”; \
“West” in the first, “Western” in the second.'
    """
    (a, entity_a), (b, entity_b) = first, second
    if _plain(a) == _plain(b) and entity_a and entity_b and entity_a != entity_b:
        return _relate_two_entities(a, (entity_a, entity_b), cardinality, entity_names)
    if _plain(a) == _plain(b):
        reason = f"Both write “{a}”." if a == b else f"“{a}” and “{b}” differ in capitals or signs only."
        return Relation(relation="agree", rule="name-same", reason=reason)
    if entity_a and entity_a == entity_b:
        reason = (
            f"“{a}” and “{b}” are forms of one name: the table of entities gives both to "
            f"“{entity_names.get(entity_a, entity_a)}”; {describe_word_difference(a, b)}."
        )
        relation = "agree" if policy.variants_are_one else "variant"
        return Relation(relation=relation, rule="name-variant", reason=reason)
    if cardinality == "many":
        reason = f"“{a}” and “{b}” can both be right."
        return Relation(relation="compatible", rule="name-list", reason=reason)
    reason = f"“{a}” and “{b}” exclude each other; {describe_word_difference(a, b)}."
    return Relation(relation="contradict", rule="name-different", reason=reason)


def _relate_two_entities(
    printed: str, pair: tuple[str, str], cardinality: str, entity_names: Mapping[str, str]
) -> Relation:
    """Relate one name to itself where the table of entities gives it to two."""
    one, other = (entity_names.get(entity, entity) for entity in pair)
    start = f"Both write “{printed}”, and the table of entities gives it to two: “{one}” and “{other}”"
    if cardinality == "many":
        return Relation(relation="compatible", rule="name-list", reason=f"{start}; both can be right.")
    return Relation(relation="contradict", rule="name-entities", reason=f"{start}.")


def relate_presence(first: str, second: str) -> Relation:
    """Relate a yes or no to another.

    Parameters
    ----------
    first, second : str
        ``yes`` or ``no``.

    Returns
    -------
    Relation

    Raises
    ------
    ValueError
        For an answer that is neither.

    Examples
    --------
    >>> relate_presence("yes", "no").relation
    'contradict'
    """
    for answer in (first, second):
        if answer not in ("yes", "no"):
            raise ValueError(f"value: expected yes or no, found {answer!r}")
    if first == second:
        return Relation(relation="agree", rule="presence-same", reason=f"Both answer {first}.")
    return Relation(
        relation="contradict", rule="presence-different", reason=f"One answers {first}, the other {second}."
    )


def _plain(name: str) -> str:
    """Return a name without capitals, punctuation and spacing, or as it is if nothing else is in it."""
    return " ".join(phrase_keys(name)) or name


def describe_word_difference(first: str, second: str) -> str:
    """Return which words of two names differ, word by word, also where a word is repeated.

    Parameters
    ----------
    first, second : str
        The names.

    Returns
    -------
    str
        Part of a sentence.

    Examples
    --------
    >>> describe_word_difference("Return to the North", "Return and Return to North")
    '“the” only in the first, “Return and” only in the second'
    >>> describe_word_difference("North and South", "South and North")
    'the same words in another order'
    """
    words = (PRINTED_WORD.findall(first), PRINTED_WORD.findall(second))
    a, b = ([word_key(word) for word in side] for side in words)
    if a == b:
        return "they differ in their signs"
    if Counter(a) == Counter(b):
        return "the same words in another order"
    swapped = a > b  # one alignment for both orders of the pair
    left, right = (b, a) if swapped else (a, b)
    replaced, only_first, only_second = [], [], []
    for code, i, j, k, m in SequenceMatcher(a=left, b=right, autojunk=False).get_opcodes():
        (at, to), (start, end) = ((k, m), (i, j)) if swapped else ((i, j), (k, m))
        in_first, in_second = " ".join(words[0][at:to]), " ".join(words[1][start:end])
        if code == "equal":
            continue
        if in_first and in_second:
            replaced.append(f"“{in_first}” in the first, “{in_second}” in the second")
        elif in_first:
            only_first.append(f"“{in_first}” only in the first")
        else:
            only_second.append(f"“{in_second}” only in the second")
    return ", ".join([*replaced, *only_first, *only_second])
