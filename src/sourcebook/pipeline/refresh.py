"""Check a data folder and write what follows from it."""

from __future__ import annotations

from pathlib import Path

from sourcebook.pipeline import build, datapackage, own_files, store
from sourcebook.pipeline.dataset import Dataset

__all__ = ["refresh"]


def refresh(folder: Path) -> tuple[Dataset, list[Path]]:
    """Check a data folder, and write its derived tables, dictionary and Data Package.

    Parameters
    ----------
    folder : Path
        The data folder.

    Returns
    -------
    tuple of (Dataset, list of Path)
        The dataset with its derived tables, and the files that were written.

    Raises
    ------
    DataError
        With everything that is wrong; then nothing is written.
    """
    own_files.refuse_documents(folder)
    data = build.build(folder)
    return data, store.write(data) + datapackage.write(data.folder)
