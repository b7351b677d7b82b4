"""Sentences as sets of stems: what is compared where the order of the words may have changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sourcebook.reuse.stemming import stem_words
from sourcebook.reuse.stream import mark_phrases
from sourcebook.reuse.text_arrays import read_texts

__all__ = ["Sentences", "split_sentences"]

IntArray = npt.NDArray[np.int64]

# What ends a sentence: a full stop and the like before white space, or an empty line.
BREAK = re.compile(r"[.!?…]+[\"'”’)\]]*\s+|\n\s*\n|[。！？]")
LEAST = 4  # words; a shorter sentence is joined to the next
MOST = 60  # words; a longer one is cut


@dataclass(frozen=True, kw_only=True)
class Sentences:
    """The sentences of one text.

    Attributes
    ----------
    starts, ends : int64 arrays
        Half-open place of each word, in code points.
    stems : uint64 array
        Hash of the stem of every word, sentence after sentence.
    excluded : uint8 array
        1 for each word inside a phrase that does not count as content.
    firsts : int64 array
        Where the words of each sentence begin, and the number of all words.
    """

    starts: IntArray
    ends: IntArray
    stems: npt.NDArray[np.uint64]
    excluded: npt.NDArray[np.uint8]
    firsts: IntArray


def split_sentences(texts: Sequence[str], exclude: Sequence[str] = ()) -> list[Sentences]:
    """Return the sentences of texts with the stems of their words; some phrases do not count as content.

    Examples
    --------
    >>> found = split_sentences(["The mill had burned down. Nobody knew why it had burned."])[0]
    >>> found.firsts.tolist()
    [0, 5, 11]
    >>> bool(found.stems[3] == found.stems[10])
    True
    """
    read = read_texts(texts)
    first = np.concatenate([[0], np.cumsum(read.sizes)])
    distinct, stemmed = stem_words(texts, read)
    stems = stemmed[np.searchsorted(distinct, read.keys)]
    marks = mark_phrases(read.keys, exclude)
    found = []
    for text, low, high in zip(texts, first[:-1].tolist(), first[1:].tolist(), strict=True):
        starts = read.starts[low:high].astype(np.int64)
        found.append(
            Sentences(
                starts=starts,
                ends=read.ends[low:high].astype(np.int64),
                stems=stems[low:high],
                excluded=marks[low:high],
                firsts=_edges(text, starts),
            )
        )
    return found


def _edges(text: str, starts: IntArray) -> IntArray:
    """Return where sentences begin, as words, and the number of all words."""
    cuts = np.searchsorted(starts, [match.end() for match in BREAK.finditer(text)])
    firsts = [0]
    for cut in [*cuts.tolist(), starts.size]:
        while cut - firsts[-1] > MOST:
            firsts.append(firsts[-1] + MOST // 2)
        if cut - firsts[-1] >= LEAST:
            firsts.append(cut)
    if firsts[-1] < starts.size:
        firsts = [*firsts[:-1], starts.size] if len(firsts) > 1 else [0, starts.size]
    return np.array(firsts, dtype=np.int64)
