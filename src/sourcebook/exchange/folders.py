"""Write a folder whole or not at all, under names that every system takes."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sourcebook.core.errors import SourcebookError

__all__ = ["each_once", "file_names", "new_folder"]

_NO_NAME = re.compile(r"[^\w.-]+")


def file_names(ids: Iterable[str]) -> dict[str, str]:
    """Return a name for the file of each id: letters, digits, dots, hyphens and underscores, each once.

    Parameters
    ----------
    ids : iterable of str
        The ids.

    Examples
    --------
    >>> file_names(["report-1", "../a b", "A B"])
    {'report-1': 'report-1', '../a b': 'a_b', 'A B': 'A_B_2'}
    """
    return each_once(ids, lambda each: _NO_NAME.sub("_", each).strip("._")[:100] or "document")


def each_once(things: Iterable[str], name: Callable[[str], str]) -> dict[str, str]:
    """Return a name for each thing, with a number where an earlier one has the same but for the case of letters.

    Parameters
    ----------
    things : iterable of str
        The things.
    name : callable
        Returns the name that a thing is to have.

    Examples
    --------
    >>> each_once(["a b", "a-b", "A_B"], lambda each: each.replace(" ", "_").replace("-", "_"))
    {'a b': 'a_b', 'a-b': 'a_b_2', 'A_B': 'A_B_3'}
    """
    names: dict[str, str] = {}
    used: set[str] = set()
    numbers: Counter[str] = Counter()
    for each in dict.fromkeys(things):
        found = plain = name(each)
        while found.casefold() in used:
            numbers[plain.casefold()] += 1
            found = f"{plain}_{numbers[plain.casefold()] + 1}"
        used.add(found.casefold())
        names[each] = found
    return names


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """Make a folder that gets its name when all of it is there.

    Parameters
    ----------
    path : Path
        A folder that there is not yet, or that is empty; the one above it must exist.

    Yields
    ------
    Path
        Where to write.

    Raises
    ------
    SourcebookError
        If there is a file, or a folder with something in it.

    Examples
    --------
    >>> target = Path(tempfile.mkdtemp()) / "out"
    >>> with new_folder(target) as folder:
    ...     _ = (folder / "a.txt").write_text("a")
    >>> [each.name for each in target.iterdir()]
    ['a.txt']
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        found = "a folder with files in it" if path.is_dir() else "a file"
        raise SourcebookError(f"{path}: expected a new folder, found {found} → name another, or remove it")
    made = Path(tempfile.mkdtemp(prefix=f".{path.name[:50]}.", suffix=".tmp", dir=path.absolute().parent))
    try:
        yield made
        made.chmod(0o755)
        if path.exists():
            path.rmdir()
        made.rename(path)
    finally:
        shutil.rmtree(made, ignore_errors=True)
