"""The dataset of a build of a book, read once and shared by the parts that print from it."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sourcebook.pipeline import store
from sourcebook.pipeline.dataset import Dataset

__all__ = ["dataset", "depend"]

#: Derived tables that change whenever something changes that a page may print.
_FILES = ("inputs", "claim_intervals", "relations", "values")


def _folder(app: Sphinx) -> Path:
    return Path(app.confdir, app.config.sourcebook_data)


def dataset(app: Sphinx) -> Dataset:
    """Return the dataset of the folder that the setting ``sourcebook_data`` names.

    Parameters
    ----------
    app : Sphinx
        The application.

    Returns
    -------
    Dataset
        Read at the first call.

    Raises
    ------
    SourcebookError
        If it cannot be used, with everything that is wrong in it.
    """
    found = getattr(app, "_sourcebook_dataset", None)
    if not isinstance(found, Dataset):
        found = store.load(_folder(app))
        app._sourcebook_dataset = found  # type: ignore[attr-defined]
    return found


def depend(env: BuildEnvironment) -> None:
    """Note that the page being read depends on the dataset, so that it is read again when that has changed."""
    for name in _FILES:
        env.note_dependency(str(_folder(env.app) / "derived" / f"{name}.csv"))
