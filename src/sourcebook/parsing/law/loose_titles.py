"""Titles of conventions in another wording: other small words, other numbers, the order of a translation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from sourcebook.parsing.law.instruments import Authority
from sourcebook.parsing.law.lookalikes import is_of_another
from sourcebook.parsing.law.mentions import Mention

__all__ = ["read_loose_titles"]

_NOUN = re.compile(r"Conventions?|Covenants?|Declaration|CONVENTION|COVENANT|DECLARATION")
_TOKEN = re.compile(r"[\s,/-]*(?P<word>[^\W\d_]+)(?:['’]s?)?")
_BEFORE = re.compile(r"(?P<word>[A-Z][\w-]+)\s+$")
_WHOSE = re.compile(r"(?:(?:\b(?:UN|United\s+Nations|International))\s+)*$")
_FEWEST, _MOST = 2, 24  # words of a title that say what it is about; words that are looked at
#: Words that a title may have, lack or change without being another.
_SMALL = frozenset(
    re.findall(
        r"\w+",
        "the of on for to and or all its their theirs in a an any against by with from relating related relative"
        " relatif concerning concerned regarding respecting as well pertaining other",
    )
)
#: Words before the noun that the convention may also lack.
_COMMON = frozenset(("international", "un", "united", "nation"))
_PLACES = ("geneva", "vienna", "hague", "rome")  # which a long title needs not say
_PLAIN = 5
#: Words before the noun that make it another convention.
_OTHER = re.compile(
    r"(?:Inter-American|Ibero-American|European|American|African|Arab|Asian|ASEAN|SAARC|Nordic|Islamic|Commonwealth|Hague|Geneva"
    r"|Council|Framework|Model|Draft|Union|OAU|AU|OAS|OIC|EU|CIS|ILO|UNESCO|Supplementary|Additional|National|Regional|Minsk|Istanbul)"
)


@dataclass(slots=True)
class _Node:
    """Titles by their words: what follows, and the instruments whose titles end here with what stands before them."""

    following: dict[str, _Node] = field(default_factory=dict)
    ends: set[tuple[tuple[str, ...], str]] = field(default_factory=set)


def read_loose_titles(
    text: str, mentions: list[Mention], nouns: Sequence[int], authority: Authority
) -> list[Mention]:
    """Return the mentions with those of conventions whose titles are worded otherwise.

    Parameters
    ----------
    text : str
        Any text.
    mentions : list of Mention
        In the order of the text.
    nouns : sequence of int
        Where words for instruments in general begin.
    authority : Authority

    Returns
    -------
    list of Mention
        In the order of the text.

    Examples
    --------
    >>> from sourcebook.parsing.law.instruments import library_authority
    >>> words = "Convention for Elimination of all Form of Discrimination of Women"
    >>> [each.instrument_id for each in read_loose_titles(words, [], [0], library_authority())]
    ['cedaw']
    """
    found, following, covered = list[Mention](), 0, 0
    for start in nouns:
        while following < len(mentions) and mentions[following].start <= start:
            covered, following = mentions[following].end, following + 1
        if covered > start or text[start] not in "CD" or (noun := _NOUN.match(text, start)) is None:
            continue
        limit = mentions[following].start if following < len(mentions) else len(text)
        read = _read(text, start, noun.end(), _titles(authority))
        if (
            read
            and read[0] <= limit
            and not is_of_another(text, start, read[0], "", begins=True, short=False)
        ):
            first = _WHOSE.search(text, max(0, start - 40), start).start()  # type: ignore[union-attr]
            first = min(first, read[2])
            found.append(Mention(first, read[0], read[1], "name-in-other-words"))
    return sorted([*mentions, *found], key=lambda mention: mention.start) if found else mentions


def _read(text: str, start: int, end: int, titles: _Node) -> tuple[int, str, int] | None:
    """Return the end and the instrument of the longest title after a noun, and where it begins."""
    node, best = titles.following[text[start : start + 3].lower()], None
    for _ in range(_MOST):
        token = _TOKEN.match(text, end)
        if token is None:
            break
        word = _stem(token["word"])
        if word not in _SMALL:
            if word not in node.following:
                break
            node = node.following[word]
            if (meant := _meant(text, start, node)) and text[token.end() : token.end() + 1] != "-":
                best = token.end("word"), *meant
        end = token.end()
    return best


def _meant(text: str, start: int, node: _Node) -> tuple[str, int] | None:
    """Return the only instrument that is called so with what stands before the noun, and where this begins."""
    before = _BEFORE.search(text, max(0, start - 24), start)
    word = before["word"] if before else ""
    stem = _stem(word)
    plain = _OTHER.fullmatch(word) is None
    whose = {key for modifiers, key in node.ends if modifiers == (stem,)}
    keys = whose or {key for modifiers, key in node.ends if not modifiers and plain}
    return (
        (keys.pop(), before.start() if before and (whose or stem in _PLACES) else start)
        if len(keys) == 1
        else None
    )


@lru_cache(maxsize=8)
def _titles(authority: Authority) -> _Node:
    """Return the titles of conventions and covenants by their words."""
    root, known = (
        _Node({"con": _Node(), "cov": _Node(), "dec": _Node()}),
        dict[tuple[tuple[str, ...], tuple[str, ...]], set[str]](),
    )
    for name, key in authority.names.items():
        if words := _words(name):
            known.setdefault(words, set()).add(key)
    for (modifiers, content), keys in known.items():
        longer = {
            key
            for (others, more), several in known.items()
            if others == modifiers and len(more) > len(content) and more[: len(content)] == content
            for key in several
        }
        if len(keys | longer) > 1:
            continue
        node = root.following[content[0]]
        for word in content[1:]:
            node = node.following.setdefault(word, _Node())
        node.ends.add((modifiers, next(iter(keys))))
        if len(content) >= _PLAIN and modifiers and modifiers[0] in _PLACES:
            node.ends.add(((), next(iter(keys))))
    return root


def _words(name: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Return the words before the noun of a title and those after it that say what it is about, or None."""
    noun = _NOUN.search(name)
    if noun is None or any(sign.isdigit() or sign in "()" for sign in name):
        return None
    modifiers = tuple(word for word in _stems(name[: noun.start()]) if word not in _COMMON)
    content = (noun[0][:3].lower(), *_stems(name[noun.end() :]))
    if len(content) <= _FEWEST or len(modifiers) > 1 or "protocol" in (*modifiers, *content):
        return None
    return modifiers, content


def _stems(words: str) -> Iterator[str]:
    for token in _TOKEN.finditer(words):
        if (word := _stem(token["word"])) not in _SMALL:
            yield word


def _stem(word: str) -> str:
    """Return a word in small letters without the ending of the plural, in one spelling."""
    word = word.lower().replace("labour", "labor").replace("isation", "ization")
    if len(word) <= 4 or not word.endswith("s") or word.endswith("ss"):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word[:-1]
