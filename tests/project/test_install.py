"""The package by itself: installed into an empty folder, used away from the checkout."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import sourcebook

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]

SCRIPT = """\
import sys
from pathlib import Path

import sourcebook

data = sourcebook.load(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
table = data["agreement"].merge(data["propositions"][["proposition_id", "question"]])
print(sourcebook.__file__)
print(data.folder)
print(table[["question", "sources", "agree", "compatible", "contradict", "agreement_status"]].to_string(index=False))
"""


def run(*command, cwd, **environment):
    kept = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "PYTHONHOME"}}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Build a wheel from a copy of the checkout, without the network, and unpack it into an empty folder."""
    work = tmp_path_factory.mktemp("install")
    copy = work / "checkout"
    copy.mkdir()
    for name in ("src", "data"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy / name)
    code = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    wheel = run(sys.executable, "-c", code, work, cwd=copy).split()[-1]
    target = work / "site"
    shutil.unpack_archive(work / wheel, target, format="zip")
    shutil.rmtree(copy)
    return target


def script(installed, tmp_path, *arguments):
    (tmp_path / "ten_lines.py").write_text(SCRIPT)
    return run(sys.executable, "-P", "ten_lines.py", *arguments, cwd=tmp_path, PYTHONPATH=str(installed))


def test_a_script_of_ten_lines_prints_the_agreement_of_the_packaged_data(installed, tmp_path):
    assert len(SCRIPT.splitlines()) <= 10
    lines = script(installed, tmp_path).splitlines()
    assert Path(lines[0]).is_relative_to(installed)
    assert Path(lines[1]) == installed / "sourcebook/data"
    assert lines[2].split() == [
        "question",
        "sources",
        "agree",
        "compatible",
        "contradict",
        "agreement_status",
    ]
    assert len(lines) > 10


def test_the_same_script_takes_another_folder(installed, tmp_path, built):
    lines = script(installed, tmp_path, built).splitlines()
    assert Path(lines[0]).is_relative_to(installed)
    assert Path(lines[1]) == built
    flooded = next(line for line in lines if "When was the bridge flooded?" in line)
    assert flooded.split()[-5:] == ["2", "0", "0", "1", "contradict"]


def test_the_installed_command_runs(installed, tmp_path, built):
    out = run(
        sys.executable,
        "-P",
        "-m",
        "sourcebook.cli",
        "--data",
        built,
        "check",
        cwd=tmp_path,
        PYTHONPATH=str(installed),
    )
    assert "nothing is wrong" in out


def test_the_wheel_says_what_it_is(installed):
    (metadata,) = installed.glob("*.dist-info/METADATA")
    text = metadata.read_text(encoding="utf-8")
    assert f"\nVersion: {sourcebook.__version__}\n" in text
    (entry,) = installed.glob("*.dist-info/entry_points.txt")
    assert "sourcebook = sourcebook.cli:main" in entry.read_text(encoding="utf-8")
    assert (installed / "sourcebook/py.typed").exists()
    assert list((installed / "sourcebook/render/templates").glob("*.html.j2"))
