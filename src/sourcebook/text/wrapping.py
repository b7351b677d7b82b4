"""Lines that a program broke at a width, and lines that end where somebody ended them."""

from __future__ import annotations

from collections.abc import Sequence

from sourcebook.text.sentences import ends_sentence, goes_on

__all__ = ["is_wrapped", "runs_on"]

_LEAST = 40  # characters of a line that a width may have broken
_WIDEST = 180  # characters: no width is larger, a longer line is an address or a whole paragraph
_FULL = 0.75  # share of the width from which on a line is full
_AROUND = 2  # lines either side that show the width
_NO_START = ",;:.!?)]}"  # no paragraph begins with these
_MARK = 4  # characters of a line that is the mark of a note, or a number that was set high
_FEW = 3  # lines that show nothing yet


def is_wrapped(lines: Sequence[str]) -> bool:
    r"""Return whether the lines of a text were broken at a width: most that could be so end within a sentence.

    Parameters
    ----------
    lines : sequence of str
        All lines of the text, empty ones among them. Rows of tables, which begin with ``|``, do not count.

    Examples
    --------
    >>> is_wrapped(["The council met in the hall of the school and", "heard the letter that residents had sent to"] * 3)
    True
    >>> is_wrapped(["The council met in the hall of the school.", "It heard the letter that residents had sent."] * 3)
    False
    """
    broken = [
        not ends_sentence(line, following)
        for line, following in zip(map(str.strip, lines), map(str.strip, lines[1:]), strict=False)
        if _LEAST <= len(line) <= _WIDEST and following and not _is_row(line)
    ]
    return len(broken) >= _FEW and 2 * sum(broken) >= len(broken)


def runs_on(lines: Sequence[str], at: int) -> bool:
    """Return whether a line of a wrapped text goes on in the next one.

    It does where the sentence visibly does, and where the line is about as long as those around it, or the next word
    would not have fitted: then the width broke it. A short line ends where somebody ended it.

    Parameters
    ----------
    lines : sequence of str
        Lines that follow each other without an empty one.
    at : int
        The place of the line.

    Examples
    --------
    >>> lines = ["On that day the Council of the town of Upper", "Marrow met.", "Nobody came to hear the people of"]
    >>> [runs_on([*lines, "the valley."], at) for at in range(3)]
    [True, False, True]
    """
    if at + 1 >= len(lines):
        return False
    near = [line.strip() for line in lines[max(0, at - _AROUND) : at + _AROUND + 1]]
    line, following = lines[at].strip(), lines[at + 1].strip()
    if _is_row(line) or _is_row(following) or len(line) > _WIDEST:
        return False
    if (
        goes_on(line, following)
        or following[0] in _NO_START
        or (len(line) <= _MARK and not _has_letter(line))
    ):
        return True
    width = max(len(each) for each in near if len(each) <= _WIDEST)
    first = following.split()[0]
    return len(line) >= _LEAST and (len(line) >= _FULL * width or len(line) + 1 + len(first) > width)


def _has_letter(line: str) -> bool:
    return any(map(str.isalpha, line))


def _is_row(line: str) -> bool:
    return line.startswith("|")
