"""The ids that the sentences of a folder got, with their words: so that ids survive a change of text or layout."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from sourcebook.core.csvfiles import write_table
from sourcebook.sources.documents import Document, sentence_table
from sourcebook.sources.registry import SENTENCE_IDS
from sourcebook.text.sentence_ids import merge_records

__all__ = ["record_sentences"]


def record_sentences(folder: str | Path, documents: Mapping[str, Document]) -> bool:
    r"""Write the ids of the sentences of a folder down, so that they stay when text or layout change.

    Ids of sentences that are gone are kept too: no other sentence gets them.

    Parameters
    ----------
    folder : path
        The folder that holds the raw files and ``sources.csv``.
    documents : mapping of str to sourcebook.sources.documents.Document
        All its documents, as they are read from it.

    Returns
    -------
    bool
        Whether the file ``sentence_ids.csv`` had to be written.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from sourcebook.sources.documents import read_document
    >>> with TemporaryDirectory() as folder:
    ...     _ = Path(folder, "a.md").write_text("The bridge fell.")
    ...     documents = {"a": read_document(Path(folder, "a.md"), source_id="a")}
    ...     record_sentences(folder, documents), Path(folder, "sentence_ids.csv").read_text()
    (True, 'sentence_id,source_id,text\na.s001,a,The bridge fell.\n')
    """
    sentences = sentence_table(documents)
    rows: list[tuple[str, str, str]] = []
    for source, document in documents.items():
        own = sentences[sentences["source_id"] == source]
        current = list(zip(own["sentence_id"], own["text"], strict=True))
        rows += [(name, source, text) for name, text in merge_records(document.recorded, current)]
    before = [(name, d.source_id, text) for d in documents.values() for name, text in d.recorded]
    path = Path(folder) / SENTENCE_IDS
    if rows == before and (path.exists() or not rows):
        return False
    write_table(pd.DataFrame(rows, columns=["sentence_id", "source_id", "text"], dtype="str"), path)
    return True
