"""How like two strings are, and where: the nearest passage, and the first place where two texts part."""

from __future__ import annotations

from rapidfuzz import fuzz

from sourcebook.text.words import TOKEN

__all__ = ["best_match", "difference", "shortened"]


def best_match(words: str, text: str) -> tuple[float, int, int] | None:
    """Return the passage of a text that is most like some words.

    The best window of the length of the words is found first, and then each of its ends is moved to the
    edge of a word, or of a punctuation mark, where the similarity is greatest.

    Parameters
    ----------
    words, text : str
        What is looked for, and where. Compared as they are: normalise them first.

    Returns
    -------
    (float, int, int) or None
        Score, start and end. The score is the normalised indel similarity in per cent (100 for equal
        strings). None where there is nothing to compare.

    Examples
    --------
    >>> best_match("a brown fox", "It was the brown fox, they said.")
    (90.0, 11, 20)
    """
    tokens = [match.span() for match in TOKEN.finditer(text)]
    if not tokens or not words:
        return None
    first, last = tokens[0][0], tokens[-1][1]
    if len(words) < len(text):
        found = fuzz.partial_ratio_alignment(words, text)
        if found is not None and found.dest_end > found.dest_start:
            first, last = found.dest_start, found.dest_end
    reach = min(60, 10 + len(words) // 10)
    begins = [begin for begin, _ in tokens if abs(begin - first) <= reach and begin < last] or [first]
    first = max(begins, key=lambda begin: (fuzz.ratio(words, text[begin:last]), begin))
    finishes = [finish for _, finish in tokens if abs(finish - last) <= reach and finish > first] or [last]
    last = max(finishes, key=lambda finish: (fuzz.ratio(words, text[first:finish]), -finish))
    return fuzz.ratio(words, text[first:last]), first, last


def difference(found: str, expected: str, *, reach: int = 24) -> tuple[str, str]:
    """Return both texts, quoted, each cut to the surroundings of the first character that differs.

    Examples
    --------
    >>> difference("the first of the days", "the fist of the days", reach=4)
    ("'…e first …'", "'…e fist o…'")
    """
    pairs = enumerate(zip(found, expected, strict=False))
    at = next((i for i, (one, other) in pairs if one != other), min(len(found), len(expected)))
    start, stop = max(0, at - reach), at + reach
    cut = [
        repr(f"{'…' if start else ''}{text[start:stop]}{'…' if stop < len(text) else ''}")
        for text in (found, expected)
    ]
    return cut[0], cut[1]


def shortened(words: str, *, width: int = 90) -> str:
    """Return words for a message: quoted, and without their middle if they are longer than `width`.

    Examples
    --------
    >>> shortened("the old bridge fell in the great flood", width=20)
    "'the old br … reat flood'"
    """
    return repr(words if len(words) <= width else f"{words[: width // 2]} … {words[-width // 2 :]}")
