"""Check a data folder and write what follows from it."""

from __future__ import annotations

from pathlib import Path

from sourcebook.pipeline import build, datapackage, own_files, store
from sourcebook.pipeline.dataset import Dataset

__all__ = ["refresh"]


def refresh(folder: Path) -> Dataset:
    """Check a data folder, write its derived tables, dictionary and Data Package; return the dataset.

    Parameters
    ----------
    folder : Path
        The data folder.

    Raises
    ------
    DataError
        With everything that is wrong; then nothing is written.
    """
    own_files.refuse_documents(folder)
    data = build.build(folder)
    store.write(data)
    datapackage.write(folder)
    return data
