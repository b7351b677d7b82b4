"""A clone gives the same bytes on every machine."""

import shutil
import subprocess
from pathlib import Path

import pytest

from sourcebook import cli

ROOT = Path(__file__).resolve().parents[2]


def git(*arguments, cwd=ROOT):
    done = subprocess.run(["git", *map(str, arguments)], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("git") or not (ROOT / ".git").exists(), reason="this is no git checkout")
def test_a_clone_with_windows_line_ends_passes_the_check(tmp_path, capsys):
    """What is committed of the working tree, cloned where git is told to write CRLF."""
    files = git(
        "ls-files", "-z", "--cached", "--others", "--exclude-standard", "data", ".gitattributes"
    ).split("\0")
    origin = tmp_path / "origin"
    for name in filter(None, files):
        if (ROOT / name).is_file():
            (origin / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, origin / name)
    git("init", "--quiet", cwd=origin)
    git("add", "--all", cwd=origin)
    identity = ["-c", "user.name=test", "-c", "user.email=test@example.org"]
    git(*identity, "commit", "--quiet", "--message", "Files", cwd=origin)
    clone = tmp_path / "clone"
    git("clone", "--quiet", "-c", "core.autocrlf=true", origin, clone, cwd=tmp_path)
    code = cli.main(["check", "--data", str(clone / "data")])
    assert code == 0, capsys.readouterr().err[:2000]
    copied = {p.relative_to(clone): p.read_bytes() for p in clone.rglob("*.csv")}
    assert copied == {p.relative_to(origin): p.read_bytes() for p in origin.rglob("*.csv")}
