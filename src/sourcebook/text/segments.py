"""The blocks and the sentences of a normalised text, as frames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import pandas as pd

from sourcebook.core.frames import text_column
from sourcebook.text.normalise import NormalText
from sourcebook.text.sentence_ids import ids_of_sentences
from sourcebook.text.sentences import sentence_starts

__all__ = ["blocks", "sentences", "sentences_of_texts"]


def blocks(normal: NormalText) -> pd.DataFrame:
    r"""Return the blocks of a text.

    A blank line ends a block, and so does a line break where lines are longer than 100 characters. A
    paragraph that does not end a sentence goes on in the next one; an open list item only in one that
    begins in lower case. A block without a mark that does not go on with the one before may be a heading:
    see `sourcebook.text.sentences.looks_like_heading`.

    Parameters
    ----------
    normal : sourcebook.text.normalise.NormalText
        The text.

    Returns
    -------
    pandas.DataFrame
        ``block`` (int, from 1), ``kind`` (title, byline, dateline, heading, paragraph, list_item),
        ``section`` (the latest heading, empty before the first), ``text``, ``start``, ``end`` (offsets in
        the normalised text), ``raw_start``, ``raw_end`` (all int64, the others str).

    Examples
    --------
    >>> from sourcebook.text.normalise import normalise
    >>> blocks(normalise("## The bridge\n\nIt fell in May."))[["kind", "section", "text"]].values.tolist()
    [['heading', 'The bridge', 'The bridge'], ['paragraph', 'The bridge', 'It fell in May.']]
    """
    return _frame(_block_rows(normal), "block kind section text start end raw_start raw_end")


def _block_rows(normal: NormalText) -> Iterator[tuple[int, str, str, str, int, int, int, int]]:
    """Yield the rows of `blocks`."""
    section = ""
    for number, (kind, start, end) in enumerate(normal.spans, start=1):
        text = normal.text[start:end]
        section = text if kind == "heading" else section
        yield number, kind, section, text, start, end, *normal.to_raw(start, end)


def sentences(normal: NormalText, source_id: str, recorded: Sequence[tuple[str, str]] = ()) -> pd.DataFrame:
    """Return the sentences of a text.

    A title, byline, dateline or heading is one sentence whatever it holds; for the rest see
    `sourcebook.text.sentences.sentence_starts`. A label ("Restitution:") stays with the sentence that follows it.

    Parameters
    ----------
    normal : sourcebook.text.normalise.NormalText
        The text.
    source_id : str
        Prefix of the sentence ids.
    recorded : sequence of (str, str)
        The ids that sentences of the text got before, each with its sentence: see `sourcebook.text.sentence_ids`.

    Returns
    -------
    pandas.DataFrame
        ``sentence_id`` (``<source_id>.s001`` …, over all blocks, where none is recorded), ``source_id``, ``kind``,
        ``section``, ``paragraph`` (int, the number of the block), ``text``, ``start``, ``end`` (offsets in the
        normalised text), ``raw_start``, ``raw_end``.

    Examples
    --------
    >>> from sourcebook.text.normalise import normalise
    >>> sentences(normalise("Mr. Lee paid 2.5 million. “It is done.” He left."), "x").text.tolist()
    ['Mr. Lee paid 2.5 million.', '"It is done."', 'He left.']
    """
    return sentences_of_texts([(normal, source_id, recorded)])


def sentences_of_texts(
    texts: Iterable[tuple[NormalText, str, Sequence[tuple[str, str]]]],
) -> pd.DataFrame:
    """Return the sentences of several texts, one text after another.

    Parameters
    ----------
    texts : iterable of (NormalText, str, sequence of (str, str))
        For each what :func:`sentences` takes.

    Returns
    -------
    pandas.DataFrame
        The columns of :func:`sentences`.

    Examples
    --------
    >>> from sourcebook.text.normalise import normalise
    >>> texts = [(normalise("It rained. It stopped."), "x", ()), (normalise("Snow."), "y", ())]
    >>> sentences_of_texts(texts).sentence_id.tolist()
    ['x.s001', 'x.s002', 'y.s001']
    """
    rows = [row for each in texts for row in _sentence_rows(*each)]
    return _frame(rows, "sentence_id source_id kind section paragraph text start end raw_start raw_end")


def _sentence_rows(
    normal: NormalText, source_id: str, recorded: Sequence[tuple[str, str]]
) -> Iterator[tuple[object, ...]]:
    """Yield the sentences of a text with their ids."""
    rows: list[tuple[object, ...]] = []
    pieces = []
    for number, kind, section, text, start, *_ in _block_rows(normal):
        cuts = sentence_starts(text) if kind in ("paragraph", "list_item") else [0]
        for first, last in pairwise([*cuts, len(text)]):
            piece = text[first:last].rstrip()
            place = start + first, start + first + len(piece)
            pieces.append(piece)
            rows.append((source_id, kind, section, number, piece, *place, *normal.to_raw(*place)))
    names = ids_of_sentences(pieces, source_id, recorded)
    yield from ((name, *row) for name, row in zip(names, rows, strict=True))


def _frame(rows: Iterable[tuple[object, ...]], names: str) -> pd.DataFrame:
    """Return a frame whose offsets and numbers are int64 and whose other columns are str."""
    columns = names.split()
    numbers = {"block", "paragraph", "start", "end", "raw_start", "raw_end"}
    frame = pd.DataFrame(list(rows), columns=columns, dtype="object")
    return pd.DataFrame(
        {
            name: frame[name].astype("int64") if name in numbers else text_column(frame[name])
            for name in columns
        }
    )
