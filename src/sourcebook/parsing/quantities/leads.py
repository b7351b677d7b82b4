"""What stands before a number and after it: signs, hedges, the opening of a range."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field

from sourcebook.parsing.quantities.grammar import QuantityGrammar
from sourcebook.parsing.quantities.units import Unit

__all__ = ["Lead", "combined", "hedge_after", "phrase_before", "read_lead"]

_WINDOW = 72
_OPENER = 4  # words that open a range
_MINUS = frozenset("-−–‐‑")
#: Before a minus sign and a blank, they make it one of the number and no dash.
_EQUAL = frozenset("=≈∼~≃≅≤≥≲≳")
_BEFORE_MINUS = frozenset("$€£¥ \t\n(\"'“‘[<>=~≥≤:±≈∼≃,;\u00a0\u2009\u202f")
_OPENING = "(\"'“‘[{«—–*_"
_UP, _DOWN, _NEAR = (">", ">="), ("<", "<="), ("~", "<~", ">~")
_NUMBER_NEXT = re.compile(r"\s*(?:(?:than|to)\b)?\s*[$€£¥]?\s?\d")
_END = re.compile(r"\s*(?:\Z|[.,;:!?)\]\"”’—–])")
_WORD_NEXT = re.compile(r"\s+([^\W\d_]+)")
#: A large number alone, that a growing one passes: 2,000, $5, 3 million, 40 percent.
_LARGE = re.compile(
    r"(?:[a-z]{0,3}[$€£¥]\s?\d[\d.,]*|\d{3}(?!\d)|\d{1,3}(?:,\d{3})+"
    r"|\d[\d.,]*(?=\s?(?:%|per ?cent|[mb]illion)))(?:\s?(?:%|per ?cent|hundred|thousand|[mbtr]+illion|bn|m)(?!\w))*"
    r"(?:\s*(?:\Z|[.,;:!?)\]\"”’](?!\d))|\s(?:in|on|for|by|and|as|when|after|since|at|last|this|early|late|a)\s)"
)
_PIECE = re.compile(r"(?:(?!--)[^\s—])+(?:—|--+)?|—|--+")  # prices—more than $40
#: Before another bound, they are prepositions.
_PLACING = frozenset(("over", "under", "above", "below", "about", "around", "near", "beyond"))
_TOLD = re.compile(r"say\s+((?:[\w,'’-]+\s*){1,5})")  # it failed, say three officials
_ADVERB = re.compile(r"\s+(?:[a-z]+ly|often)(?!\w)")  # 5, or more precisely 5.2
_THAN = re.compile(r"\s+than\b")


@dataclass(slots=True)
class Lead:
    """What stands before a number.

    Attributes
    ----------
    start : int
        Where the quantity begins, with hedge, sign and currency.
    sign : str
        The hedge.
    pattern : str
        Its name, or empty.
    negative : bool
    opener : str
        Name of the range that is announced, or empty.
    inner : str
        The hedge between those words and the number.
    open_start, open_end : int
        Where the announcing words are.
    money : Unit or None
        The currency whose sign stands before the number.
    refused : bool
        The words before change the value in a way that is not understood.
    words : list of (str, int)
        The words directly before the number, the last first, each with its start.
    """

    start: int
    sign: str = ""
    pattern: str = ""
    negative: bool = False
    opener: str = ""
    inner: str = ""
    open_start: int = 0
    open_end: int = 0
    money: Unit | None = None
    refused: bool = False
    words: list[tuple[str, int]] = field(default_factory=list)


def combined(outer: str, inner: str) -> str | None:
    """Return the sign of two hedges, the outer of which stands farther from the number; None where they clash.

    Parameters
    ----------
    outer, inner : str

    Returns
    -------
    str or None

    Examples
    --------
    >>> combined(">=", "~"), combined("", "<"), combined("<", ">")
    ('>=~', '<', None)
    """
    if not outer or outer == inner:
        return inner
    if not inner:
        return outer
    if outer in _UP and inner in (*_NEAR, ">=~"):
        return ">=~"
    if outer in _DOWN and inner in (*_NEAR, "<=~"):
        return "<=~"
    if outer in _UP and inner in _UP:
        return ">"
    if outer in _DOWN and inner in _DOWN:
        return "<"
    if outer == "~":
        return {">": ">=~", ">=": ">=~", "<": "<=~", "<=": "<=~"}.get(inner, inner)
    if outer in _NEAR and inner == "~":
        return "~"
    return ">=" if outer == "<=" and inner == ">=" else None


def phrase_before(low: str, position: int, floor: int) -> list[tuple[str, int]]:
    """Return the words that end before a place, the last first, each with its start; none across a stop.

    Parameters
    ----------
    low : str
        The text in lower case.
    position, floor : int
        Where the words end, and the place that they do not cross.

    Returns
    -------
    list of (str, int)
    """
    least = max(floor, position - _WINDOW)
    window = low[least:position]
    if window and not window[-1].isspace():
        return []
    found = []
    at = len(window)
    words = _PIECE.findall(window) if "—" in window or "--" in window else window.split()
    for word in reversed(words[-8:]):
        at = window.rfind(word, 0, at)
        found.append((word, least + at))
    return found


def _longest(
    words: list[tuple[str, int]], listed: Container[str], longest: int, floor: int
) -> tuple[str, int] | None:
    """Return the longest phrase of a list that ends the words, and its start; a bracket or quote before it is left."""
    phrase, best = "", None
    for number, (word, start) in enumerate(words[:longest]):
        if start < floor:
            break
        plain = word.lstrip(_OPENING)
        candidate = f"{plain} {phrase}" if number else plain
        if candidate in listed:
            best = candidate, start + len(word) - len(plain)
        if plain != word or not word:
            break
        phrase = candidate
    return best


def read_lead(grammar: QuantityGrammar, text: str, low: str, start: int, floor: int) -> Lead:
    """Read what stands before a number.

    Parameters
    ----------
    grammar : QuantityGrammar
    text, low : str
        The text, and the same in lower case.
    start : int
        Where the number begins.
    floor : int
        The end of what was read before, which is not crossed.

    Returns
    -------
    Lead
    """
    lead = Lead(start=start, words=phrase_before(low, start, 0))
    _minus(low, lead, floor)
    money = grammar.units.money_before(text, low, lead.start) if lead.start > floor else None
    if money and money[1] >= floor:
        lead.money, lead.start = money
        _minus(low, lead, floor)
    first = kept = lead.start
    position = -1
    words: list[tuple[str, int]] = []
    for _ in range(6):
        symbol = _symbol(grammar, low, lead.start, floor)
        if symbol:
            _take(lead, *symbol)
            kept = lead.start
            continue
        if lead.start != position:
            words = lead.words if lead.start == start else phrase_before(low, lead.start, 0)
            position = lead.start
        if not words or words[0][1] < floor:
            break
        again = _step_back(grammar, low, lead, words, kept, floor)
        if again is None:
            break
        kept = again
    lead.start = kept
    if kept > 1 and text.startswith(("Max ", "Min "), kept) and text[kept - 2 : kept - 1].isalpha():
        lead.start, lead.sign, lead.pattern = first, "", ""  # Pepsi Max 500 ml
    return lead


def _step_back(
    grammar: QuantityGrammar, low: str, lead: Lead, words: list[tuple[str, int]], kept: int, floor: int
) -> int | None:
    """Read one phrase more before a number; return where the quantity begins then, or None where nothing is read."""
    hedges, last = grammar.hedges, words[0][0].lstrip(_OPENING)
    refused = _longest(words, grammar.words.get("refuse_before", ()), 2, floor)
    if last in hedges.last_words:
        found = _longest(words, hedges.before, hedges.longest, floor)
        if found and hedges.before[found[0]][1] == "passed" and not _passes(grammar, low, words, kept):
            return None
        if found and found[0] in _PLACING and lead.sign[:1] in ("<", ">") and "~" not in lead.sign:
            return None  # over more than 20 years
        if found and found[0].startswith("say") and not _is_aside(grammar, low, found):
            return None  # police say 12 people died
        longer = refused is not None and found is not None and len(refused[0]) > len(found[0])  # all but
        if found and not longer and not _is_verb(grammar, found, words):
            _take(lead, hedges.before[found[0]], found[1])
            _check_multiple(grammar, low, found, lead, floor)
            return lead.start if hedges.before[found[0]][0] else kept
    if refused and " " in refused[0]:
        lead.refused = True
        return None
    opener = _longest(words, grammar.ranges.openers, _OPENER, floor) if not lead.opener else None
    if opener:
        lead.opener, lead.open_start = grammar.ranges.openers[opener[0]], opener[1]
        lead.open_end, lead.start, lead.inner = kept, opener[1], lead.sign
        return lead.start
    if not lead.negative and kept == lead.start and last in grammar.words.get("minus", ()):
        lead.negative, lead.start = True, words[0][1] + len(words[0][0]) - len(last)
        return lead.start
    filler = None if lead.opener else _longest(words, grammar.words.get("fillers", ()), 3, floor)
    if filler is None:
        lead.refused = lead.refused or last in grammar.words.get("refuse_before", ())
        return None
    lead.start = filler[1]
    return kept


def _minus(low: str, lead: Lead, floor: int) -> None:
    at = lead.start - 1
    if at > floor and low[at].isspace() and low[max(floor, at - 3) : at - 1].rstrip()[-1:] in _EQUAL:
        at -= 1
    if at < floor or low[at] not in _MINUS or lead.negative:
        return
    before = low[at - 1] if at else " "
    after_number = before.isspace() and at > 1 and low[at - 2].isdigit()
    if before in _BEFORE_MINUS and not after_number:
        lead.negative, lead.start = True, at


def _symbol(
    grammar: QuantityGrammar, low: str, position: int, floor: int
) -> tuple[tuple[str, str], int] | None:
    end = position - 1 if low[position - 1 : position].isspace() else position
    for length in (2, 1):
        if end - length >= floor and low[end - length : end] in grammar.hedges.symbols:
            return grammar.hedges.symbols[low[end - length : end]], end - length
    return None


def _take(lead: Lead, hedge: tuple[str, str], start: int) -> None:
    sign = combined(hedge[0], lead.sign)
    if sign is None:
        lead.refused = True
    else:
        lead.pattern = hedge[1] if not lead.pattern or sign != lead.sign else lead.pattern
        lead.sign = sign
    lead.start = start


def _is_verb(grammar: QuantityGrammar, found: tuple[str, int], words: list[tuple[str, int]]) -> bool:
    """Return whether the words before a hedge take it for themselves: talk about 5 issues."""
    not_after = grammar.hedges.not_after[grammar.hedges.before[found[0]][1]]
    if not not_after:
        return False
    length = len(found[0].split())
    return len(words) > length and words[length][0] in not_after and found[0] == "about"


def _is_aside(grammar: QuantityGrammar, low: str, found: tuple[str, int]) -> bool:
    """Return whether "say" supposes a number and no one says it: in, say, 40 years; of say 12 people."""
    words = phrase_before(low, found[1], 0)
    last = words[0][0] if words else ""
    if not last or last[-1] in ",;:(—–.":
        told = _TOLD.match(low, found[1])
        return (
            last[-1:] != ","
            or told is None
            or not any(word in grammar.words.get("speakers", ()) for word in told[1].split())
        )
    return found[0][-1] != "," and (last in grammar.words.get("supposed", ()))


def _passes(grammar: QuantityGrammar, low: str, words: list[tuple[str, int]], start: int) -> bool:
    """Return whether what is "passed" is a large number alone, and by no one who passes laws or milestones."""
    by = grammar.hedges.not_after["passed"]
    return _LARGE.match(low, start) is not None and not any(word in by for word, _ in words[1:6])


def _check_multiple(
    grammar: QuantityGrammar, low: str, found: tuple[str, int], lead: Lead, floor: int
) -> None:
    """Refuse "twice as many as 200", "three times more than 200" and "50 more than 200"."""
    if not found[0].endswith(("as", "than")) or found[0].startswith(grammar.words.get("nor", ())):
        return
    words = phrase_before(low, found[1], 0)
    before = words[0][0].rstrip(",") if words else ""
    after_number = (
        found[0].endswith("than") and 0 <= found[1] - floor <= 1 and floor > 0 and before[-1:] != ","
    )
    if before in grammar.words.get("multiples", ()) or before.endswith("fold") or (before and after_number):
        lead.refused = True


def _is_plus(grammar: QuantityGrammar, low: str, phrase: str, after: int) -> bool:
    """Return whether "plus" stands before several of a unit, or people, or a bound before a rate: 5 plus years.

    Parameters
    ----------
    grammar : QuantityGrammar
    low, phrase : str
    after : int
    """
    following = _WORD_NEXT.match(low, after)
    word = following[1] if following else ""
    if phrase not in grammar.words.get("plus", ()):
        return word in grammar.words.get("per", ())
    return word in grammar.nouns.get("plurals", ()) or (word.endswith("s") and word in grammar.units.words)


def _counts(grammar: QuantityGrammar, word: str) -> bool:
    """Return whether a word can begin a number: "300 and over two hundred"."""
    numbers = grammar.numbers
    return (
        word in numbers.ones
        or word in numbers.tens
        or word in numbers.magnitudes
        or word in numbers.parts
        or word in grammar.words.get("one", ())
    )


def hedge_after(
    grammar: QuantityGrammar, low: str, end: int, *, counted: bool = False
) -> tuple[str, str, int] | None:
    """Return the hedge after a number: its sign, the name of its pattern, and where it ends.

    Parameters
    ----------
    grammar : QuantityGrammar
    low : str
        The text in lower case.
    end : int
        Where the number, its unit or what it counts ends.
    counted : bool
        What it counts ends there: "and older" is then a hedge only where nothing follows.

    Returns
    -------
    tuple or None
    """
    match = grammar.hedges.after.match(low, end)
    if match is None:
        return None
    phrase = re.sub(r"\s+", " ", (match["word"] or match["sign"]).strip())
    sign, name = grammar.hedges.after_of[phrase]
    after = match.end()
    if _NUMBER_NEXT.match(low, after) or (phrase.endswith("more") and _ADVERB.match(low, after)):
        return None
    if phrase in grammar.hedges.last and not (
        _END.match(low, after) or _is_plus(grammar, low, phrase, after)
    ):
        return None
    if phrase.split()[0] in grammar.words.get("and", ()) and not _END.match(low, after):
        following = _WORD_NEXT.match(low, after)
        if counted or _THAN.match(low, after) or (following and _counts(grammar, following[1])):
            return None
    than = _THAN.match(low, after)
    return sign, name, than.end() if than else after
