"""Render a book strictly: every chapter executed from clean, any warning an error.

``python -m sourcebook.book.rendering`` renders the book in the current folder from the data as they stand;
``sourcebook book`` checks and builds the data before.
"""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import subprocess
import sys
from pathlib import Path

from sourcebook.core.errors import SourcebookError

__all__ = ["check_book", "kernel_settings", "main", "render_book"]

#: What of an earlier build could be mistaken for the result.
_OLD = ("html", ".doctrees", "jupyter_execute", ".jupyter_cache", "ipython")
#: Start-up files of whoever builds do not change the book, and notices of the kernel stay out of its messages.
_KERNEL = "c.IPKernelApp.log_level = 'ERROR'\nc.HistoryManager.enabled = False\n"
_ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "JUPYTER_PLATFORM_DIRS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}


def render_book(folder: Path) -> Path:
    """Execute and render a book; return its first page.

    Messages of the build go to standard error.

    Parameters
    ----------
    folder : Path
        The folder with ``_config.yml`` and ``_toc.yml``.

    Returns
    -------
    Path
        ``_build/html/index.html`` in the folder, which exists.

    Raises
    ------
    SourcebookError
        If there is no such folder, no Jupyter Book of version 1, or anything that the build warns of: then there is
        no page, not even an old one.
    """
    check_book(folder)
    build = folder / "_build"
    for name in _OLD:
        shutil.rmtree(build / name, ignore_errors=True)
    settings = kernel_settings(build)
    plain = "" if sys.stderr.isatty() else "from sphinx.util.console import nocolor; nocolor(); "
    command = [sys.executable, "-c", f"{plain}from jupyter_book.cli.main import main; main()", "build", "."]
    options = ["--path-output", ".", "--warningiserror", "--keep-going", "--nitpick", "--quiet"]
    done = subprocess.run(
        [*command, *options],
        cwd=folder,
        env={**os.environ, **settings},
        stdout=subprocess.DEVNULL,
        check=False,
    )
    page = build / "html" / "index.html"
    if done.returncode or not page.is_file():
        shutil.rmtree(build / "html", ignore_errors=True)
        raise SourcebookError(
            f"{folder}: expected a build without a warning, found those above → mend them and run this again"
        )
    return page.resolve()


def kernel_settings(build: Path) -> dict[str, str]:
    """Return the environment of a build, and write the profile of its kernels.

    Parameters
    ----------
    build : Path
        The folder that the build writes to.

    Returns
    -------
    dict of str to str
        Variables and their values.
    """
    profile = build / "ipython" / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "ipython_kernel_config.py").write_text(_KERNEL, encoding="utf-8")
    return {**_ENVIRONMENT, "IPYTHONDIR": str((build / "ipython").resolve())}


def check_book(folder: Path) -> None:
    """Raise SourcebookError for a folder that is no book, and without Jupyter Book of version 1.

    Parameters
    ----------
    folder : Path
        The folder with ``_config.yml`` and ``_toc.yml``.
    """
    for name in ("_config.yml", "_toc.yml"):
        if not (folder / name).is_file():
            raise SourcebookError(
                f"{folder}: expected a book, found no {name} → go to its folder, or make one with `sourcebook new`"
            )
    action = 'pip install "sourcebook[book]" "jupyter-book<2"'
    try:
        version = importlib.metadata.version("jupyter-book")
    except importlib.metadata.PackageNotFoundError:
        raise SourcebookError(f"expected Jupyter Book 1, found none → {action}") from None
    if int(version.partition(".")[0]) > 1:
        raise SourcebookError(f"expected Jupyter Book 1, which has Sphinx, found {version} → {action}")


def main() -> int:
    """Render the book in the current folder, and print where its first page is; return the exit code."""
    try:
        page = render_book(Path())
    except SourcebookError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"== done: {page}\n   open {page.as_uri()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
