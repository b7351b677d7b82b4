"""The data folder of a release, wherever it is: a checkout, a data folder, a Data Package, or an archive of one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from sourcebook.core.files import scratch_folder
from sourcebook.exchange.untrusted import Archive, refuse

__all__ = ["opened_release"]

#: What every data folder has, and what leads to it.
_REGISTRY = "raw/sources.csv"
_PACKAGE = "datapackage.json"


@contextmanager
def opened_release(path: str | Path) -> Iterator[Path]:
    """Give the data folder of a release.

    Parameters
    ----------
    path : path
        A data folder, or one that has it as ``data``; a ``datapackage.json``; or a ZIP archive with a data folder,
        such as a crate, a wheel, or what a host makes of a tag.

    Yields
    ------
    Path
        The folder; of an archive one that ends with the work.

    Raises
    ------
    DataError
        If an archive is none, is not safe to unpack, or holds no data folder.

    Examples
    --------
    >>> from sourcebook.pipeline.folders import default_folder
    >>> with opened_release(default_folder()) as folder:
    ...     (folder / "raw" / "sources.csv").exists()
    True
    """
    path = Path(path)
    if path.is_dir():
        own = path / "data"
        yield own if not (path / _REGISTRY).is_file() and (own / _REGISTRY).is_file() else path
    elif path.name == _PACKAGE and path.is_file():
        yield path.parent
    elif path.is_file():
        with Archive(path) as archive, scratch_folder() as scratch:
            yield _unpacked(archive, scratch / "data")
    else:
        yield path  # whoever reads it says that it is not there


def _unpacked(archive: Archive, target: Path) -> Path:
    """Write the data folder of an archive, of several the one that is least deep."""
    found = [name for name in archive.names if f"/{name}".endswith(f"/{_REGISTRY}")]
    if not found:
        refuse(archive.where, "none", f"a data folder with {_REGISTRY} in it", "name another archive")
    prefix = min(found, key=lambda name: (name.count("/"), name)).removesuffix(_REGISTRY)
    for name in archive.names:
        inside = PurePosixPath(name.removeprefix(prefix))
        if name.startswith(prefix) and not any(part.startswith(".") for part in inside.parts):
            file = target / inside
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(archive.read(name))
    return target
