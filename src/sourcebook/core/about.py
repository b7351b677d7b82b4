"""What a data folder says of itself in ``dataset.toml``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from sourcebook.core.toml_files import read_toml

__all__ = ["ABOUT", "About", "read_about"]

#: Where a data folder says what it is.
ABOUT = "dataset.toml"

_Line = Annotated[str, Field(pattern=r"\S")]


class About(BaseModel):
    """What a data folder is, and how it is coded.

    Attributes
    ----------
    name, title, description, homepage, version : str
        As in the Data Package standard.
    keywords : list of str
        As there.
    licenses, contributors : list of dict
        As there.
    exhaustive : bool
        Whether every sentence is coded, or listed in ``coded/uncoded.csv`` with a reason. Otherwise a sentence
        without a coding has none since it does not answer the questions that are asked.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    name: _Line
    title: _Line
    description: str | None = None
    homepage: str | None = None
    version: str | None = None
    keywords: list[_Line] | None = None
    licenses: list[dict[str, str]] | None = None
    contributors: list[dict[str, str]] | None = None
    exhaustive: bool = False


def read_about(folder: Path) -> About:
    """Return what a data folder says of itself; without the file, its name is that of the folder.

    Parameters
    ----------
    folder : Path
        The data folder.

    Raises
    ------
    DataError
        With everything that is wrong in the file, and its place.

    Examples
    --------
    >>> read_about(Path("bridge")).title, read_about(Path("bridge")).exhaustive
    ('bridge', False)
    """
    path = folder / ABOUT
    if not path.exists():
        own = folder.resolve().name
        return About(name=own.lower().replace("_", "-") or "data", title=own or "data")
    about: About = read_toml(path, ABOUT).parsed(About)
    return about
