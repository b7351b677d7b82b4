"""How the answers that two coders find in one text, each in words of their own, differ."""

from __future__ import annotations

from collections.abc import Collection

from sourcebook.text.words import phrase_keys

__all__ = ["ANSWER_DIFFERENCES", "answer_difference"]

#: What :func:`answer_difference` returns, with what it means.
ANSWER_DIFFERENCES = {
    "equal": "Both give the same answers.",
    "more": "One gives every answer of the other, and others too.",
    "extent": "Each answer of either is part of an answer of the other: a name is given with more or fewer words.",
    "opposite": "One says yes and the other no.",
    "form": "The questions take different kinds of answers.",
    "other": "Each gives an answer that the other does not give.",
}

_ARTICLES = {"a", "an", "the"}


def answer_difference(
    first: Collection[str], second: Collection[str], *, kinds: tuple[str, str] = ("name", "name")
) -> str:
    """Say how two sets of answers differ.

    Parameters
    ----------
    first, second : collection of str
        The values that either coder gives, at least one each.
    kinds : tuple of str
        Which kind of answer the question of either takes (``name``, ``presence``, …). Names are compared by their
        words, without quotation marks, capitals and a leading article; values of other kinds as they are.

    Returns
    -------
    str
        A key of :data:`ANSWER_DIFFERENCES`.

    Raises
    ------
    TypeError
        If `first` or `second` is one text.
    ValueError
        If either has no value.

    Examples
    --------
    >>> answer_difference(["Baku"], ["“Baku, Azerbaijan”"])
    'extent'
    >>> answer_difference(["mosques"], ["mosques", "cemeteries"], kinds=("category", "category"))
    'more'
    """
    for name, values in (("first", first), ("second", second)):
        if isinstance(values, str):
            raise TypeError(f"{name}: expected several values, found the text {values!r}")
        if not values:
            raise ValueError(f"{name}: expected at least one value")
    if kinds[0] != kinds[1]:
        return "form"
    words = _words if kinds[0] == "name" else lambda value: (value,)
    one, other = ({words(value) for value in values} for values in (first, second))
    if one == other:
        return "equal"
    if kinds[0] == "presence":
        return "opposite"
    if one < other or other < one:
        return "more"
    covered = all(
        any(_within(a, b) or _within(b, a) for b in theirs)
        for mine, theirs in ((one, other), (other, one))
        for a in mine
    )
    return "extent" if kinds[0] == "name" and covered else "other"


def _words(name: str) -> tuple[str, ...]:
    words = phrase_keys(name)
    return words[1:] if words[:1] and words[0] in _ARTICLES else words


def _within(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return any(whole[at : at + len(part)] == part for at in range(len(whole) - len(part) + 1))
