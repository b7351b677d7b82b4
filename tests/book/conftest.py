"""The book, built strictly from clean in a copy of the repository, once for all tests of its pages.

``SOURCEBOOK_HTML=_build/html pytest tests/book`` looks at a book that is already built instead; the tests that
need a build of their own are then skipped.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOT_COPIED = {
    ".git",
    ".venv",
    "_build",
    "__pycache__",
    ".pytest_cache",
    ".mypy_cache",
    ".ruff_cache",
    ".hypothesis",
}
LOG_TAIL = 60


def repository_files() -> list[Path]:
    """List what a commit of the working tree would hold; without git, what is not a cache."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, capture_output=True, check=False) if (ROOT / ".git").exists() else None
    if listing is not None and listing.returncode == 0:
        names = sorted(name for name in listing.stdout.decode().split("\0") if name)
        return [Path(name) for name in names if (ROOT / name).is_file()]
    files = (path.relative_to(ROOT) for path in sorted(ROOT.rglob("*")) if path.is_file())
    return [path for path in files if not NOT_COPIED.intersection(path.parts)]


def copy_repository(target: Path) -> Path:
    for path in repository_files():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / path, target / path)
    return target


def build_book(folder: Path) -> subprocess.CompletedProcess:
    """Run the very command of ``make book`` in a copy, in the environment of the running interpreter."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    environment["PYTHONPATH"] = str(folder / "src")
    environment.pop("SOURCE_DATE_EPOCH", None)
    command = [
        "make",
        "--no-print-directory",
        "-C",
        str(folder),
        "html",
        f"BIN={Path(sys.executable).parent}",
    ]
    return subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )


def built_html(folder: Path) -> Path:
    result = build_book(copy_repository(folder))
    if result.returncode:
        tail = "\n".join(result.stdout.splitlines()[-LOG_TAIL:])
        pytest.fail(f"the strict build of the book ended with {result.returncode}:\n{tail}", pytrace=False)
    return folder / "_build" / "html"


@pytest.fixture(scope="session")
def given_html() -> Path | None:
    """Return the book named by SOURCEBOOK_HTML, if any."""
    name = os.environ.get("SOURCEBOOK_HTML")
    return Path(name).resolve(strict=True) if name else None


@pytest.fixture(scope="session")
def html(given_html, tmp_path_factory) -> Path:
    """Return the folder of the built pages."""
    return given_html or built_html(tmp_path_factory.mktemp("book"))


@pytest.fixture(scope="session")
def html_again(given_html, tmp_path_factory) -> Path:
    """Return the folder of the pages of a second build, in another folder with a longer name."""
    if given_html:
        pytest.skip("looks at one given book; unset SOURCEBOOK_HTML to build it twice")
    return built_html(tmp_path_factory.mktemp("the same book once more") / "deeper")
