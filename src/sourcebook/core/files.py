"""Write files whole or not at all, and leave nothing else behind, whatever ends the process."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any, cast

try:
    import fcntl
except ImportError:  # Windows, which itself does not let others remove a file that is open
    fcntl = None  # type: ignore[assignment]

__all__ = ["lock", "named", "replacing", "restoring", "scratch_folder", "write_bytes", "write_text"]

_SCRATCH = "sourcebook-"


@contextmanager
def replacing(path: str | Path) -> Iterator[IO[str]]:
    """Open a file to be written: it gets its new content in one step, when all of it is there, or stays as it is.

    The text goes to a hidden file in the same folder, which is on the disk before it takes the name. What an
    earlier process left there when it was killed is removed. A symbolic link stays a link, and what it leads to
    is replaced; a device or a pipe is written to; a file keeps its permissions, and one that may not be written
    to is not replaced.

    Parameters
    ----------
    path : path
        The file; its folder must exist.

    Yields
    ------
    file
        For text in UTF-8, line ends as they are written.

    Raises
    ------
    OSError
        With the name of the file, also where the system names none, as for a full disk.

    Examples
    --------
    >>> target = Path(tempfile.mkdtemp()) / "t.txt"
    >>> with replacing(target) as file:
    ...     _ = file.write("all of it")
    >>> target.read_text(), [each.name for each in target.parent.iterdir()]
    ('all of it', ['t.txt'])
    """
    path = Path(path)
    with named(path):
        if _is_stream(path):
            with path.open("w", encoding="utf-8", newline="") as file:
                yield file
            return
        target = path.resolve()
        _check(target)
        with _temporary(target) as file:
            yield file


@contextmanager
def named(path: str | Path) -> Iterator[None]:
    """Name a path in an error of the system that names none, as for a full disk, or that names a temporary file.

    Parameters
    ----------
    path : path
        What is written.

    Raises
    ------
    OSError
        With the name.

    Examples
    --------
    >>> with named("t.txt"):
    ...     raise OSError(errno.ENOSPC, "No space left on device")
    Traceback (most recent call last):
    OSError: [Errno 28] No space left on device: 't.txt'
    """
    try:
        yield
    except OSError as error:
        if error.filename is None or str(error.filename).endswith(".tmp"):
            raise OSError(error.errno, error.strerror or str(error), str(path)) from error
        raise


def _is_stream(path: Path) -> bool:
    """Return whether a path is a device or a pipe, which is never replaced."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)) or path.absolute().is_relative_to("/dev")


def _check(target: Path) -> None:
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if target.exists() and not (target.stat().st_mode & 0o222 and os.access(target, os.W_OK)):
        raise PermissionError(errno.EACCES, "a file that may only be read", str(target))


@contextmanager
def _temporary(target: Path) -> Iterator[IO[str]]:
    """Open a hidden file that is renamed at the end; a lock shows that somebody is at work on it."""
    start = f".{target.name[:50]}."
    for left in target.parent.glob(f"{_literal(start)}*.tmp"):
        _sweep(left)
    temporary = target.with_name(f"{start}{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("x", encoding="utf-8", newline="") as file:
            lock(file)
            yield file
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, temporary)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _literal(name: str) -> str:
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)


def lock(file: IO[Any]) -> bool:
    """Lock an open file until it is closed; return whether nobody else has it.

    Parameters
    ----------
    file : file
        Open, for reading or writing.

    Returns
    -------
    bool
        True also where the system has no such locks.

    Examples
    --------
    >>> with tempfile.TemporaryFile() as file:
    ...     lock(file)
    True
    """
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EWOULDBLOCK, errno.EACCES)
    except AttributeError:  # no fcntl
        pass
    return True


def _sweep(left: Path) -> None:
    """Remove a file that nobody is at work on."""
    with suppress(OSError), left.open("rb") as file:
        if lock(file):
            left.unlink()


def write_text(path: str | Path, text: str) -> None:
    """Write a text file whole or not at all: see `replacing`.

    Parameters
    ----------
    path : path
        The file; its folder must exist.
    text : str
        Its content, line ends as they are.

    Examples
    --------
    >>> target = Path(tempfile.mkdtemp()) / "t.txt"
    >>> write_text(target, "all of it")
    >>> target.read_text()
    'all of it'
    """
    with replacing(path) as file:
        file.write(text)


def write_bytes(path: str | Path, data: bytes) -> None:
    """Write a file of bytes whole or not at all: see `replacing`.

    Parameters
    ----------
    path : path
        The file; its folder must exist.
    data : bytes
        Its content.

    Examples
    --------
    >>> target = Path(tempfile.mkdtemp()) / "t.bin"
    >>> write_bytes(target, b"all of it")
    >>> target.read_bytes()
    b'all of it'
    """
    with replacing(path) as file:
        cast(TextIOWrapper, file).buffer.write(data)


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Make a folder for files that end with the work, and remove those of runs that were killed.

    Yields
    ------
    Path
        The folder, below that of the system for temporary files.

    Examples
    --------
    >>> with scratch_folder() as folder:
    ...     _ = (folder / "part").write_text("x")
    >>> folder.exists()
    False
    """
    for left in Path(tempfile.gettempdir()).glob(f"{_SCRATCH}*/.lock"):
        with suppress(OSError), left.open("rb") as file:
            if lock(file):
                shutil.rmtree(left.parent, ignore_errors=True)
    with (
        tempfile.TemporaryDirectory(prefix=_SCRATCH, ignore_cleanup_errors=True) as name,
        (Path(name) / ".lock").open("wb") as file,
    ):
        lock(file)
        yield Path(name)


@contextmanager
def restoring(paths: Collection[Path], folder: Path) -> Iterator[None]:
    """Put files back as they were, and remove those that are new, if something goes wrong.

    Parameters
    ----------
    paths : collection of Path
        The files that may be written, or made.
    folder : Path
        The folder in which, at any depth, further files may be made.

    Examples
    --------
    >>> target = Path(tempfile.mkdtemp()) / "t.txt"
    >>> with suppress(ZeroDivisionError), restoring([target], target.parent):
    ...     _ = target.write_text("half of it")
    ...     1 / 0
    >>> target.exists()
    False
    """
    before = {path: path.read_bytes() for path in paths if path.exists()}
    there = set(folder.rglob("*"))
    try:
        yield
    except BaseException:
        for path in paths:
            if path not in before:
                path.unlink(missing_ok=True)
        for path, data in before.items():
            if not path.exists() or path.read_bytes() != data:
                write_bytes(path, data)
        for path in set(folder.rglob("*")) - there - set(paths):
            if path.is_file():
                path.unlink()
        raise
