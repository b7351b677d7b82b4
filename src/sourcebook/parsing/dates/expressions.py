"""What can be said of a regular expression over classes of words before it is tried."""

from __future__ import annotations

import re

__all__ = ["first_chars", "needed_chars"]

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
