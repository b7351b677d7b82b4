"""A copy of the repository, and the strict build of the book in it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

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
    """Copy those files into a new folder, and return it."""
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
