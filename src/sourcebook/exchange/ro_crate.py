"""An archive that lasts: data, chapters, code, environment and pages as a Research Object Crate."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, cast

from sourcebook.core.errors import SourcebookError
from sourcebook.core.files import replacing
from sourcebook.exchange import crate_metadata
from sourcebook.exchange.crate_files import DESCRIPTOR, book_around, crate_files
from sourcebook.exchange.environment import pinned
from sourcebook.exchange.formats import Format

__all__ = ["FORMAT", "write_crate"]


#: Hashes of all files, as ``sha256sum --check`` reads them.
_SUMS = "manifest-sha256.txt"
#: A day that every program which reads ZIP can hold.
_TIME = (1980, 1, 1, 0, 0, 0)


def write_crate(data: Path, target: Path) -> list[str]:
    """Write a book, or a data folder without one, as a Research Object Crate.

    The same files, with the same ``SOURCE_DATE_EPOCH`` and packages, give the same bytes.

    Parameters
    ----------
    data : Path
        The data folder.
    target : Path
        A ZIP file where its name ends in ``.zip``; else a folder, which must be new or empty.

    Returns
    -------
    list of str
        What the archive lacks, and what to do about it.

    Raises
    ------
    SourcebookError
        If the target is a folder that holds something.

    References
    ----------
    RO-Crate Metadata Specification 1.1, https://w3id.org/ro/crate/1.1.
    """
    folder = book_around(data)
    files = crate_files(folder, target)
    made = {} if crate_metadata.LOCK in files else {crate_metadata.PACKAGES: pinned().encode()}
    graph, told = crate_metadata.describe(folder, data.resolve(), files, made)
    made[DESCRIPTOR] = (json.dumps(graph, ensure_ascii=False, indent=1) + "\n").encode()
    if target.suffix.lower() == ".zip":
        with replacing(target) as text:
            _zip(cast(Any, text).buffer, files, made)
    else:
        _folder(target, files, made)
    return told


def _zip(file: IO[bytes], files: Mapping[str, Path], made: Mapping[str, bytes]) -> None:
    """Write the files in their order, without times and owners."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        sums = []
        for name, content in _contents(files, made):
            archive.writestr(_entry(name), content)
            sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
        archive.writestr(_entry(_SUMS), "".join(sums))
        for name in sorted({name.partition("/")[0] for name in files if "/" in name}):
            archive.writestr(_entry(f"{name}/"), b"")  # readers look for the folders that the metadata names


def _entry(name: str) -> zipfile.ZipInfo:
    """Return a file or folder of the archive without time, owner and machine."""
    entry = zipfile.ZipInfo(name, _TIME)
    entry.create_system, entry.compress_type = 3, zipfile.ZIP_DEFLATED
    entry.external_attr = (0o40755 << 16 | 0x10) if name.endswith("/") else 0o100644 << 16
    return entry


def _folder(target: Path, files: Mapping[str, Path], made: Mapping[str, bytes]) -> None:
    """Write the files into a folder that appears when all of them are there."""
    if target.is_file() or (target.is_dir() and any(target.iterdir())):
        found = "a file" if target.is_file() else "a folder that holds something"
        raise SourcebookError(
            f"{target}: expected a new folder, or a name ending in .zip, found {found} → name another"
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{target.name[:40]}-", dir=target.parent))
    try:
        sums = []
        for name, content in _contents(files, made):
            (staging / name).parent.mkdir(parents=True, exist_ok=True)
            (staging / name).write_bytes(content)
            sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
        (staging / _SUMS).write_bytes("".join(sums).encode())
        staging.chmod(0o755)
        if target.exists():
            target.rmdir()
        staging.replace(target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _contents(files: Mapping[str, Path], made: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield each file with its bytes, the description first."""
    yield from sorted(made.items(), key=lambda item: item[0] != DESCRIPTOR)
    for name, path in files.items():
        if name not in made and name != _SUMS:
            yield name, path.read_bytes()


FORMAT = Format(
    name="ro-crate",
    text="an archive of data, chapters, code, environment and rendered pages (RO-Crate 1.1)",
    suffixes=(".zip", ""),
    write_data=write_crate,
    tried="roc-validator 0.13: every requirement and recommendation of the profile ro-crate-1.1",
)
