"""Shared passages of a set of texts, with offsets in both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sourcebook.core.errors import DataError, Problem
from sourcebook.reuse.collection import Collection, read_collection, table_blocks
from sourcebook.reuse.edited import find_edited_hits
from sourcebook.reuse.engine import Engine, Progress, open_engine
from sourcebook.reuse.inputs import TextInput, Texts, as_input
from sourcebook.reuse.matching import find_hits
from sourcebook.reuse.paraphrase import paraphrased_passages
from sourcebook.reuse.paraphrase_candidates import candidate_pairs
from sourcebook.reuse.seeds import Search
from sourcebook.reuse.settings import check_settings
from sourcebook.reuse.stem_stream import number_stems
from sourcebook.reuse.stemming import Vocabulary
from sourcebook.reuse.stream import mark_phrases, stream_from

__all__ = ["passage_blocks", "shared_passages"]

#: The words of a passage and of a shingle, by default.
MODES = {"edited": (20, 8), "verbatim": (6, 4), "paraphrase": (20, 8)}


def shared_passages(
    texts: TextInput,
    other: str | None = None,
    *,
    id_col: str | None = None,
    text_col: str | None = None,
    mode: str = "edited",
    pairs: Iterable[tuple[str, str]] | None = None,
    min_words: int | None = None,
    ngram: int | None = None,
    max_gap: int = 6,
    min_similarity: float = 0.6,
    exclude: Iterable[str] = (),
    max_document_frequency: int = 200,
    max_repeats: int = 50,
    engine: str = "local",
    scheduler: str | None = None,
    memory: str | int = "2GB",
    workers: int | None = None,
    checkpoints: str | Path | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Find the passages that two texts have in common, one row for each, verbatim, edited or reworded.

    Words are compared without regard to case, punctuation, markup between words and kind of apostrophe. Verbatim
    stretches that two texts share are widened, chained and aligned word by word; places where both have words of
    meaning near one another, in any order, are clustered and go on as far as their words are evidence for a common
    origin; both kinds are joined where they overlap.

    Parameters
    ----------
    texts : mapping of str to str, DataFrame, Series, path or iterable
        Text by source id; as a frame, columns source_id (or id) and text; as a series, with its index for ids; as an
        iterable, texts, pairs of id and text, or objects of :class:`pathlib.Path`. A path, which alone may be a str,
        is JSON lines with ``id`` and ``text``, CSV with these columns, a text file, or a folder with ``.txt`` files
        below it; what comes from files or an iterator of pairs is not kept in memory.
    other : str, optional
        A second text, where `texts` is one: they are called ``a`` and ``b``.
    id_col, text_col : str, optional
        The columns of a frame that hold ids and texts.
    mode : str
        ``"edited"`` finds whole passages, however many of their words were replaced, moved, dropped or added, if
        enough are left. ``"verbatim"`` finds only stretches whose words are mostly the same and in the same order,
        also short ones, each for itself. ``"paraphrase"`` finds summaries and much reworded passages too, by
        sentences that are alike in the stems of their words.
    pairs : iterable of (str, str), optional
        Pairs of source ids to compare; all by default.
    min_words : int, optional
        A passage has at least so many words in common, outside excluded phrases: 20, or 6 with ``mode="verbatim"``.
        They count in their order or, where a passage is reworded, by their stems in any order. A passage that is
        not verbatim, and holds no verbatim stretch of so many, must have them when a word in an ``ngram`` that one
        text has x times and the other y times counts 1 / min(x, y): formulas in a row are not a copy.
    ngram : int, optional
        Words of the verbatim stretch that a passage found word by word must have somewhere; at most ``min_words``.
        By default 8, or 4 with ``mode="verbatim"``.
    max_gap : int
        Words that may differ between two verbatim stretches of one passage, in either text.
    min_similarity : float
        Twice the common words over the words of both passages, for those found word by word; with
        ``mode="verbatim"``, 1 finds verbatim passages only.
    exclude : iterable of str
        Names, titles and boilerplate. They may occur in a passage but do not count toward its content:
        to share the name of a conference is not to copy.
    max_document_frequency : int
        A shingle in more texts than this starts no passage, which bounds the work on boilerplate.
    max_repeats : int
        Of a shingle that one text repeats, only the first so many places start a passage.
    engine : str
        ``"local"``, or ``"dask"`` (the extra ``dask``); the result is the same.
    scheduler : str, optional
        Address of a Dask scheduler; without one, processes on this machine.
    memory : str or int
        What the work may take besides the texts, nine bytes a word (13 but for ``"verbatim"``), and the result: it
        decides into how many parts the shingles are cut, 1,024 at most, and what goes to temporary files. The
        result is the same. The process itself, with its libraries, takes some 75 MB besides, and some 300 MB where
        code is compiled.
    workers : int, optional
        Processes that may work at a time, by default as many as this one may use cores; work of a few seconds
        stays in this process. The result is the same.
    checkpoints : path, optional
        Folder in which the results of parts are kept until the work is done, so that a run that was killed goes on
        from them; parts of other texts, settings or versions are not taken.
    progress : callable, optional
        Called with the name of a stage, the parts done and all parts.

    Returns
    -------
    DataFrame
        One row for each passage and pair of texts, in the order of the texts: source_a, start_a, end_a,
        exact_a, source_b, start_b, end_b, exact_b (half-open offsets in code points, and the words
        there), words (in common), content_words (of these, outside excluded phrases), similarity (0 to
        1, six decimals) and kind: "verbatim" where the words are the same in the same order, "reworded"
        where they are counted as stems in any order, else "edited". The passages do not depend on the order of
        ``texts``; only which is ``a`` does.

    Raises
    ------
    DataError
        Where the frame lacks a column or repeats a source id, a text is no text, or a pair is none or names a text
        that is not there.
    ValueError
        For a setting outside its range.

    References
    ----------
    The plan, seeding, extension and filtering, is that of the text-alignment task in Potthast, M. et al.
    (2014). Overview of the 6th International Competition on Plagiarism Detection. CLEF 2014.

    Examples
    --------
    >>> found = shared_passages(
    ...     "Readers say that the old bridge fell in the great flood of May.",
    ...     "It is said: the old bridge fell during the great flood of May!",
    ...     mode="verbatim",
    ... )
    >>> found[["exact_a", "exact_b", "words", "kind"]].values.tolist()
    [['the old bridge fell in the great flood of May', 'the old bridge fell during the great flood of May', \
9, 'edited']]
    """
    settings: dict[str, Any] = {
        "mode": mode,
        "pairs": pairs,
        "min_words": min_words,
        "ngram": ngram,
        "max_gap": max_gap,
        "min_similarity": min_similarity,
        "exclude": exclude,
        "max_document_frequency": max_document_frequency,
        "max_repeats": max_repeats,
        "engine": engine,
        "scheduler": scheduler,
        "memory": memory,
        "workers": workers,
        "checkpoints": checkpoints,
        "progress": progress,
    }
    given = as_input(texts, other, id_col=id_col, text_col=text_col)
    return pd.concat(list(passage_blocks(given, **settings)), ignore_index=True)


def passage_blocks(
    texts: TextInput,
    *,
    mode: str = "edited",
    pairs: Iterable[tuple[str, str]] | None = None,
    min_words: int | None = None,
    ngram: int | None = None,
    max_gap: int = 6,
    min_similarity: float = 0.6,
    exclude: Iterable[str] = (),
    max_document_frequency: int = 200,
    max_repeats: int = 50,
    **where: Any,
) -> Iterator[pd.DataFrame]:
    """Yield the rows of :func:`shared_passages`, some at a time, for more of them than memory holds.

    Parameters
    ----------
    texts, mode, pairs, min_words, ngram, max_gap, min_similarity, exclude, max_document_frequency, max_repeats
        As for :func:`shared_passages`.
    **where
        Its ``engine``, ``scheduler``, ``memory``, ``workers``, ``checkpoints`` and ``progress``.

    Yields
    ------
    DataFrame
        The columns of :func:`shared_passages`, its rows in their order. There is at least one frame, if with no rows.

    Raises
    ------
    DataError, ValueError
        As for :func:`shared_passages`.
    """
    if mode not in MODES:
        raise ValueError(f"mode: expected one of {', '.join(MODES)}; found {mode!r}")
    min_words = MODES[mode][0] if min_words is None else min_words
    ngram = MODES[mode][1] if ngram is None else ngram
    if isinstance(exclude, str):
        raise ValueError(f"exclude: expected several phrases; found one string, {exclude!r}")
    limits = {
        "max_gap": max_gap,
        "max_document_frequency": max_document_frequency,
        "max_repeats": max_repeats,
    }
    least = {"min_words": 1, "ngram": 1, "max_gap": 0, "max_document_frequency": 2, "max_repeats": 1}
    given_values = {"min_words": min_words, "ngram": ngram, **limits}
    check_settings(
        {name: (value, least[name]) for name, value in given_values.items()},
        {"min_similarity": min_similarity},
    )
    search = Search(min_words=min_words, ngram=min(ngram, min_words), **limits)
    phrases = sorted(set(exclude))
    with Texts(texts) as given, open_engine(where.pop("engine", "local"), **where) as opened:
        vocabulary = None if mode == "verbatim" else Vocabulary()
        collection = read_collection(given, search.guard, opened.memory, vocabulary)
        wanted = None if pairs is None else _numbers(given.ids, pairs)
        hits = _hits(collection, vocabulary, phrases, search, min_similarity, opened, wanted)
        blocks = table_blocks(given, stream_from(collection.keys, search.guard), hits)
        if mode != "paraphrase":
            yield from blocks
            return
        found = pd.concat(list(blocks), ignore_index=True)
        if wanted is None:
            wanted = candidate_pairs(given, max_document_frequency, found)
        yield _in_order(given.ids, paraphrased_passages(given, wanted, found, phrases, min_words, opened))


def _hits(
    collection: Collection,
    vocabulary: Vocabulary | None,
    phrases: Sequence[str],
    search: Search,
    min_similarity: float,
    engine: Engine,
    pairs: npt.NDArray[np.int64] | None,
) -> npt.NDArray[np.int64]:
    """Return the passages found word by word and, where there is a vocabulary, the edited ones joined with them."""
    keys, rank = collection.keys, collection.rank
    marks = mark_phrases(keys, phrases)
    hits = find_hits(keys, marks, rank, search, min_similarity, engine, pairs)
    if vocabulary is None:
        return hits
    stems = number_stems(keys, vocabulary)
    return find_edited_hits(keys, stems, marks, rank, hits, search, min_similarity, engine, pairs)


def _numbers(ids: Sequence[str], pairs: Iterable[tuple[str, str]]) -> npt.NDArray[np.int64]:
    """Return different pairs of sources as numbers of the texts, the lower first."""
    number = {source: k for k, source in enumerate(ids)}
    given: list[Any] = [pair if isinstance(pair, str) else tuple(map(str, pair)) for pair in list[Any](pairs)]
    no_pairs = [
        Problem(file="pairs", line=line, column="", found=f"{pair!r:.60}", expected="two source ids")
        for line, pair in enumerate(given, 1)
        if isinstance(pair, str) or len(pair) != 2
    ]
    if no_pairs:
        raise DataError(no_pairs)
    problems = [
        Problem(
            file="pairs",
            line=line,
            column="source_id",
            found=repr(source),
            expected="a source among the texts",
            action="add the text or drop the pair",
        )
        for line, pair in enumerate(given, 1)
        for source in pair
        if source not in number
    ]
    if problems:
        raise DataError(problems)
    found = sorted({(min(p), max(p)) for p in ((number[a], number[b]) for a, b in given) if p[0] != p[1]})
    return np.array(found, dtype=np.int64).reshape(-1, 2)


def _in_order(ids: Sequence[str], found: pd.DataFrame) -> pd.DataFrame:
    """Return the rows in the order of the texts and of their places."""
    rank = {source: number for number, source in enumerate(ids)}
    keys = [found["end_b"], found["start_b"], found["source_b"].map(rank)]
    keys += [found["end_a"], found["start_a"], found["source_a"].map(rank)]
    return found.iloc[np.lexsort(keys)].reset_index(drop=True)
