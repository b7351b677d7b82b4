"""Shared passages of a set of texts, with offsets in both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from sourcebook.errors import DataError, Problem
from sourcebook.reuse.alignment import Hit, align_runs
from sourcebook.reuse.seeds import runs_by_pair
from sourcebook.reuse.words import Words, phrase_index, split_words

__all__ = ["shared_passages"]

TABLE = "texts"
DECIMALS = 6
COLUMNS = {
    "source_a": "str",
    "start_a": "int64",
    "end_a": "int64",
    "exact_a": "str",
    "source_b": "str",
    "start_b": "int64",
    "end_b": "int64",
    "exact_b": "str",
    "words": "int64",
    "content_words": "int64",
    "similarity": "float64",
    "kind": "str",
}


def shared_passages(
    texts: Mapping[str, str] | pd.DataFrame,
    *,
    min_words: int = 6,
    ngram: int = 4,
    max_gap: int = 6,
    min_similarity: float = 0.6,
    exclude: Iterable[str] = (),
    max_document_frequency: int = 200,
    max_repeats: int = 50,
) -> pd.DataFrame:
    """Find the passages that two texts have in common, verbatim or lightly edited.

    Words are compared without regard to case, punctuation, markup between words and kind of apostrophe.
    Shingles of ``ngram`` words that two texts share are widened to verbatim runs, runs a few words apart
    are chained, ends are extended over short edits, and each passage is aligned word by word.

    Parameters
    ----------
    texts : mapping of str to str, or DataFrame
        Text by source id; as a frame, columns source_id and text.
    min_words : int
        A passage has at least so many words in common, in order, outside excluded phrases.
    ngram : int
        Words of the verbatim stretch that a passage must have somewhere; at most ``min_words``.
    max_gap : int
        Words that may differ between two verbatim stretches of one passage, in either text.
    min_similarity : float
        Twice the common words over the words of both passages; 1 finds verbatim passages only.
    exclude : iterable of str
        Names, titles and boilerplate. They may stand in a passage but do not count toward its content:
        to share the name of a conference is not to copy.
    max_document_frequency : int
        A shingle in more texts than this starts no passage, which bounds the work on boilerplate.
    max_repeats : int
        Of a shingle that one text repeats, only the first so many places start a passage.

    Returns
    -------
    DataFrame
        One row for each passage and pair of texts, in the order of the texts: source_a, start_a, end_a,
        exact_a, source_b, start_b, end_b, exact_b (half-open offsets in code points, and the words
        there), words (in common), content_words (of these, outside excluded phrases), similarity (0 to
        1, six decimals) and kind: "verbatim" where the words are the same in the same order, else
        "edited". The passages do not depend on the order of ``texts``; only which is ``a`` does.

    Raises
    ------
    DataError
        Where the frame lacks a column or repeats a source id.
    ValueError
        For a setting outside its range.

    References
    ----------
    The plan, seeding, extension and filtering, is that of the text-alignment task in Potthast, M. et al.
    (2014). Overview of the 6th International Competition on Plagiarism Detection. CLEF 2014.

    Examples
    --------
    >>> found = shared_passages(
    ...     {
    ...         "first": "Readers say that the old bridge fell in the great flood of May.",
    ...         "second": "It is said: the old bridge fell during the great flood of May!",
    ...     }
    ... )
    >>> found[["exact_a", "exact_b", "words", "kind"]].values.tolist()
    [['the old bridge fell in the great flood of May', 'the old bridge fell during the great flood of May', \
9, 'edited']]
    """
    _check_settings(min_words, ngram, max_gap, min_similarity, max_document_frequency, max_repeats)
    by_id = _texts_by_id(texts)
    phrases = phrase_index(exclude)
    given = {source: number for number, source in enumerate(by_id)}
    words = {source: split_words(text, phrases) for source, text in by_id.items()}
    # The work is done in an order of the texts' own, so that the given order cannot change the result.
    ordered = sorted(by_id, key=lambda source: (len(words[source].keys), by_id[source], source))
    rows = []
    candidates = runs_by_pair(
        [words[source] for source in ordered],
        ngram=min(ngram, min_words),
        max_document_frequency=max_document_frequency,
        max_repeats=max_repeats,
    )
    for i, j, runs in candidates:
        one, other = ordered[i], ordered[j]
        hits = align_runs(words[one], words[other], runs, max_gap=max_gap, min_similarity=min_similarity)
        for hit in hits:
            if hit.content_words >= min_words:
                sides = [
                    (one, *_offsets(words[one], hit.start_a, hit.end_a)),
                    (other, *_offsets(words[other], hit.start_b, hit.end_b)),
                ]
                rows.append((sorted(sides, key=lambda side: given[side[0]]), hit))
    rows.sort(key=lambda row: [(given[side[0]], *side[1:]) for side in row[0]])
    return pd.DataFrame([_row(by_id, sides, hit) for sides, hit in rows], columns=list(COLUMNS)).astype(
        COLUMNS
    )


def _offsets(words: Words, start: int, end: int) -> tuple[int, int]:
    return words.starts[start], words.ends[end - 1]


def _row(by_id: Mapping[str, str], sides: list[tuple[str, int, int]], hit: Hit) -> tuple[object, ...]:
    quotes = [(source, start, end, by_id[source][start:end]) for source, start, end in sides]
    length = hit.end_a - hit.start_a + hit.end_b - hit.start_b
    kind = "verbatim" if length == 2 * hit.words else "edited"
    return (*quotes[0], *quotes[1], hit.words, hit.content_words, round(hit.similarity, DECIMALS), kind)


def _check_settings(
    min_words: int,
    ngram: int,
    max_gap: int,
    min_similarity: float,
    max_document_frequency: int,
    max_repeats: int,
) -> None:
    least = {
        "min_words": (min_words, 1),
        "ngram": (ngram, 1),
        "max_gap": (max_gap, 0),
        "max_document_frequency": (max_document_frequency, 2),
        "max_repeats": (max_repeats, 1),
    }
    wrong = [
        f"{name}: expected at least {low}; found {got}" for name, (got, low) in least.items() if got < low
    ]
    if not 0 < min_similarity <= 1:
        wrong.append(f"min_similarity: expected above 0 and at most 1; found {min_similarity}")
    if wrong:
        raise ValueError("; ".join(wrong))


def _texts_by_id(texts: Mapping[str, str] | pd.DataFrame) -> dict[str, str]:
    if not isinstance(texts, pd.DataFrame):
        return dict(texts)
    problems = [
        Problem(
            file=TABLE,
            line=1,
            column=name,
            found=", ".join(map(str, texts.columns)) or "no columns",
            expected=f"a column {name!r}",
            action="rename or add the column",
        )
        for name in ("source_id", "text")
        if name not in texts.columns
    ]
    if not problems:
        repeated = texts.loc[texts["source_id"].duplicated(), "source_id"]
        problems = [
            Problem(
                file=TABLE,
                line=0,
                column="source_id",
                found=f"{name!r} twice",
                expected="each source once",
                action="join or rename the rows",
            )
            for name in repeated.unique()
        ]
    if problems:
        raise DataError(problems)
    return dict(zip(texts["source_id"], texts["text"], strict=True))
