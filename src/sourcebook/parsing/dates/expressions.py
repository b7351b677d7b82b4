"""What can be said of a regular expression over classes of words before it is tried."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["Alternatives", "first_chars", "needed_chars"]

_PART = re.compile(
    r"(?P<look>\(\?<?[!=])|(?P<open>\((?:\?:)?)|(?P<close>\))|(?P<or>\|)|\[(?P<chars>[^\]]*)\]|(?P<repeat>[?*]|\{\d+,\d+\})"
    r"|(?P<char>.)",
    re.DOTALL,
)


def needed_chars(expression: str) -> frozenset[str]:
    """Return characters of which a text holds at least one where an expression matches.

    That is the smallest class that is in every match, or else all classes.
    """
    depth, sure, every = 0, list[set[str]](), set[str]()
    pieces = r"\(\[([^\]]*)\]\)|\[([^\]]*)\]([?*]?)|\((?:\?(?:!|<!|=|<=))?|\)"
    for piece in re.finditer(pieces, expression[1:-1]):
        chars = piece[1] or piece[2]
        if chars is None:
            depth += 1 if piece[0][0] == "(" else -1
            continue
        every |= set(chars)
        if depth == 0 and not piece[3]:
            sure.append(set(chars))
    return frozenset(sorted(sure, key=len)[0] if sure else every)


def first_chars(expression: str) -> tuple[set[str], bool]:
    """Return the characters with which a match of an expression can begin, and whether it can be empty."""
    parts = list(_PART.finditer(expression))

    def alternatives(at: int) -> tuple[set[str], bool, int]:
        firsts, empty = set(), False  # type: set[str], bool
        chars, nothing = set(), True  # type: set[str], bool
        while at < len(parts) and not parts[at]["close"]:
            part = parts[at]
            if part["or"]:
                firsts, empty, chars, nothing = firsts | chars, empty or nothing, set(), True
                at += 1
                continue
            if part["look"]:
                _, _, at = alternatives(at + 1)
                at += 1
                continue
            if part["open"]:
                inner, nullable, at = alternatives(at + 1)
            else:
                inner, nullable = set(part["chars"] or part["char"]), False
            at += 1
            if at < len(parts) and parts[at]["repeat"]:
                nullable = nullable or not parts[at]["repeat"].startswith("{1")
                at += 1
            if nothing:
                chars |= inner
            nothing = nothing and nullable
        return firsts | chars, empty or nothing, at

    firsts, empty, _ = alternatives(0)
    return firsts, empty


class Alternatives:
    """Expressions of which the first that matches at a place is taken; only those that can begin there are tried.

    Parameters
    ----------
    expressions : sequence of str
        Each in a group of its own.
    """

    def __init__(self, expressions: Sequence[str]) -> None:
        self._expressions = tuple(expressions)
        self._firsts = tuple(first_chars(expression)[0] for expression in expressions)
        self._start = re.compile(f"[{''.join(sorted(set().union(*self._firsts)))}]")
        self._joined: dict[tuple[int, ...], tuple[re.Pattern[str], dict[int, int]]] = {}
        self._by_char: dict[str, tuple[re.Pattern[str], dict[int, int]]] = {}

    def search(self, chars: str, start: int = 0) -> tuple[re.Match[str], int] | None:
        """Return the first match from a place on, and the number of its expression."""
        for place in self._start.finditer(chars, start):
            char = place[0]
            pattern, outer = self._by_char.get(char) or self._beginning(char)
            match = pattern.match(chars, place.start())
            if match is not None:
                return match, outer[match.lastindex or 1]
        return None

    def _beginning(self, char: str) -> tuple[re.Pattern[str], dict[int, int]]:
        """Return the expressions that can begin with a character as one, and which of its groups is which."""
        chosen = tuple(n for n, firsts in enumerate(self._firsts) if char in firsts)
        if chosen not in self._joined:
            outer, at = {}, 1
            for n in chosen:
                outer[at] = n
                at += re.compile(self._expressions[n]).groups
            pattern = re.compile("|".join(self._expressions[n] for n in chosen))
            self._joined[chosen] = (pattern, outer)
        self._by_char[char] = self._joined[chosen]
        return self._by_char[char]
