"""How a REFI-QDA project counts the places of its selections, which programs do in different ways.

The standard counts code points from 0, and the end of a selection is its last character; some programs write the place
after that, count UTF-16 code units, or count a line end of two characters as one. Where the selections give their own
words, these say it; else the way is taken in which the selections do not cut words, nor end with blanks; else what the
program is known for, or the standard.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from sourcebook.exchange.offsets import NOWHERE
from sourcebook.exchange.spans import WAYS

__all__ = ["Counting", "Selected", "counting_of"]

#: Whether the programs whose files or code were looked at write the last character of a selection as its end.
PRODUCERS: Mapping[str, bool] = MappingProxyType(dict.fromkeys(("aqda", "exegete", "qc", "qualcoder"), False))
#: So many selections must be cut in one way of counting, and few in another, before that counts for something.
_ENOUGH = 3

_CUT = ("…", "...")


@dataclass(frozen=True, kw_only=True)
class Selected:
    """A selection of a text, as the file has it.

    Attributes
    ----------
    text : str
        The text.
    start, end : int
        Its numbers.
    words : tuple of str
        What may be its own words: its name and its description.
    """

    text: str = field(repr=False)
    start: int
    end: int
    words: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Counting:
    """A way of counting.

    Attributes
    ----------
    way : str
        One of the ways of `sourcebook.exchange.spans.WAYS`.
    inclusive : bool
        Whether the end is the last character of a selection.
    why : str
        What says so.
    """

    way: str
    inclusive: bool
    why: str = ""

    def places(self, text: str, numbers: Sequence[tuple[int, int]]) -> list[tuple[int, int] | None]:
        """Return half-open places in code points; None where a text has no such place.

        Parameters
        ----------
        text : str
            The text.
        numbers : sequence of tuple of (int, int)
            Starts and ends, as the file has them.
        """
        convert, more = WAYS[self.way], int(self.inclusive)
        kept = [(_within(start), _within(end + more)) for start, end in numbers]
        starts = convert(text, [start for start, _ in kept]).tolist()
        ends = convert(text, [end for _, end in kept]).tolist()
        return [
            (start, end) if NOWHERE not in (start, end) and start < end else None
            for start, end in zip(starts, ends, strict=True)
        ]

    def __str__(self) -> str:
        """Return it in words."""
        end = "the last character of a selection" if self.inclusive else "the place after a selection"
        return f"places were read as {self.way}, and ends as {end}, since {self.why}"


def _within(number: int) -> int:
    """Return a number that fits into an array; those that do not are no places of any text."""
    return number if -1 < number < 1 << 40 else NOWHERE


def counting_of(selections: Iterable[Selected], origin: str) -> Counting:
    """Return how the selections of a project are counted.

    Parameters
    ----------
    selections : iterable of Selected
        All of them.
    origin : str
        The program that wrote the project, as it says.

    Examples
    --------
    >>> text = "The bridge fell into the river."
    >>> counting_of([Selected(text=text, start=4, end=9, words=("bridge",))], "X 1.0").inclusive
    True
    >>> ends = [Selected(text=text, start=4, end=end) for end in (10, 15, 20, 24)]
    >>> counting_of(ends, "X 1.0").inclusive
    False
    """
    by_text: dict[str, list[Selected]] = {}
    for each in selections:
        by_text.setdefault(each.text, []).append(each)
    ways = [Counting(way=way, inclusive=inclusive) for way in _ways(by_text) for inclusive in (True, False)]
    program = re.split(r"[\s/]|-(?=[0-9])", origin.strip().casefold() or "?", maxsplit=1)[0]
    if program == "sourcebook":
        return Counting(way=ways[0].way, inclusive=True, why=f"{origin.strip()} writes them so")
    standard = PRODUCERS.get(program, True)
    ways.sort(key=lambda each: each.inclusive != standard)  # stable: among equals the first is taken
    marks = {each: _marks(each, by_text) for each in ways}
    said = max(mark.said for mark in marks.values())
    if said:
        best = max(ways, key=lambda each: (marks[each].said, marks[each].begun, -marks[each].cut))
        return _because(best, f"{said} selections give their own words")
    if any(mark.begun for mark in marks.values()):
        most = max(mark.begun for mark in marks.values())
        ways = [each for each in ways if marks[each].begun == most]
    least = min(ways, key=lambda each: marks[each].cut).way
    ways = [each for each in ways if each.way == least]
    for name, what in (("cut", "within a word"), ("blank", "with a blank")):
        counts = {each: int(getattr(marks[each], name)) for each in ways}
        best = min(ways, key=lambda each: counts[each])
        other = [counts[each] for each in ways if each.inclusive != best.inclusive]
        if other and min(other) >= max(_ENOUGH, 2 * counts[best]):
            return _because(best, f"read otherwise, {min(other)} selections would begin or end {what}")
    best = next((each for each in ways if each.inclusive == standard), ways[0])
    if program in PRODUCERS:
        return _because(best, f"{origin.strip()} writes them so")
    return _because(best, "the standard says so")


def _because(counting: Counting, why: str) -> Counting:
    return Counting(way=counting.way, inclusive=counting.inclusive, why=why)


def _ways(texts: Iterable[str]) -> list[str]:
    """Return the ways that make a difference to some text, the plain one first."""
    texts = list(texts)
    first = next(iter(WAYS))
    names = [first]
    if any(not text.isascii() and max(text) > "\uffff" for text in texts):
        names.append("UTF-16 code units")
    if any("\r\n" in text for text in texts):
        names.append("code points, a line end as one")
    return names


@dataclass
class _Marks:
    """What speaks for a way: selections that give all their words, or the first of them, and those that cut words.

    A selection that people make hardly begins or ends with a blank.
    """

    said: int = 0
    begun: int = 0
    cut: int = 0
    blank: int = 0


def _marks(counting: Counting, by_text: Mapping[str, list[Selected]]) -> _Marks:
    marks = _Marks()
    for text, selections in by_text.items():
        places = counting.places(text, [(each.start, each.end) for each in selections])
        for each, place in zip(selections, places, strict=True):
            if place is None:
                marks.cut += 1
                continue
            start, end = place
            marks.cut += _cuts(text, start) or _cuts(text, end)
            marks.blank += text[start].isspace() or text[end - 1].isspace()
            found = [_says(text, start, end, words) for words in each.words if words.strip()]
            marks.said += any(whole for whole, _ in found)
            marks.begun += any(begun for _, begun in found)
    return marks


def _cuts(text: str, place: int) -> bool:
    """Return whether a place is within a word."""
    return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()


def _says(text: str, start: int, end: int, words: str) -> tuple[bool, bool]:
    """Return whether a stretch has the given words, and whether it begins with them where they are cut off."""
    plain = " ".join(words.split())
    if end - start > 4 * len(words) + 80:
        end = start + 2 * len(words) + 80
        there = " ".join(text[start:end].split())
        whole = False
    else:
        there = " ".join(text[start:end].split())
        whole = there == plain
    short = next((plain.removesuffix(sign).rstrip() for sign in _CUT if plain.endswith(sign)), plain)
    return whole, len(short) > 3 and there.startswith(short)
