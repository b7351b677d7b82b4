"""One truth: pyproject.toml, requirements.lock, environment.yml and the places that print the version agree."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

import sourcebook

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
BUILD = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
REQUIREMENTS = [
    *(("dependencies", line) for line in PROJECT["dependencies"]),
    *(
        (extra, line)
        for extra, lines in EXTRAS.items()
        if extra
        != "parquet"  # pandas keeps texts otherwise where pyarrow is: the locked environment is without it
        for line in lines
        if not line.startswith(f"{PROJECT['name']}[")
    ),
    *(("build-system", line) for line in BUILD),
]
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)(?: ; (?P<marker>[^\\]+?))? \\$")
HASH = re.compile(r"^ +--hash=sha256:[0-9a-f]{64}( \\)?$")


def read_lock(text: str) -> list[tuple[str, str, str, int]]:
    """Read a lock into (name, version, marker, number of hashes), in order."""
    pins: list[tuple[str, str, str, int]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if match := PIN.match(line):
            pins.append((canonicalize_name(match["name"]), match["version"], match["marker"] or "", 0))
        elif HASH.match(line) and pins:
            name, version, marker, hashes = pins[-1]
            pins[-1] = (name, version, marker, hashes + 1)
        elif line.strip() and not line.lstrip().startswith("#"):
            raise ValueError(f"requirements.lock:{number}: neither a pinned version nor a hash: {line!r}")
    return pins


LOCK = read_lock((ROOT / "requirements.lock").read_text(encoding="utf-8"))


def test_read_lock_on_a_small_one():
    digest = "0" * 64
    hashes = f"    --hash=sha256:{digest} \\\n    --hash=sha256:{digest}\n"
    text = f"a-b==1.0 ; sys_platform == 'x' \\\n{hashes}    # via c\n"
    assert read_lock(text) == [("a-b", "1.0", "sys_platform == 'x'", 2)]
    with pytest.raises(ValueError, match=r"requirements.lock:1: "):
        read_lock("a>=1\n")


def test_what_the_benches_run_beside_ours_is_pinned_with_hashes():
    folder = ROOT / "tests" / "bench"
    lock = read_lock((folder / "requirements.lock").read_text(encoding="utf-8"))
    assert lock and not [name for name, *_, hashes in lock if not hashes]
    asked = (folder / "requirements.txt").read_text(encoding="utf-8").splitlines()
    wanted = {Requirement(line) for line in asked if line.strip() and not line.startswith("#")}
    pinned = {name: version for name, version, *_ in lock}
    assert not [str(each) for each in wanted if pinned[canonicalize_name(each.name)] not in each.specifier]


@pytest.mark.parametrize(("extra", "line"), REQUIREMENTS, ids=lambda value: value)
def test_the_lock_satisfies_every_requirement(extra, line):
    requirement = Requirement(line)
    versions = [version for name, version, _, _ in LOCK if name == canonicalize_name(requirement.name)]
    assert versions, f"{line} ({extra}) is not in requirements.lock: run make lock"
    poor = [version for version in versions if not requirement.specifier.contains(version, prereleases=True)]
    assert not poor, f"{line} ({extra}) is locked at {poor}: run make lock"


def test_the_extra_for_tests_holds_all_that_tests_import():
    """An extra that names extras of the project itself is not in the lock, which holds what they require."""
    own = [Requirement(line) for line in EXTRAS["test"] if line.startswith(f"{PROJECT['name']}[")]
    assert [sorted(requirement.extras) for requirement in own] == [
        ["book", "dask", "fast", "ingest", "print"]
    ]
    assert set.union(*(requirement.extras for requirement in own)) <= set(EXTRAS)


def test_every_pin_has_hashes_and_a_readable_marker():
    assert [name for name, _, _, hashes in LOCK if not hashes] == []
    for _, _, marker, _ in LOCK:
        if marker:
            Marker(marker)


@pytest.mark.skipif(Path(sys.prefix) != ROOT / ".venv", reason="not the environment that make installs")
def test_this_environment_is_the_locked_one():
    import importlib.metadata

    installed = {canonicalize_name(d.name): d.version for d in importlib.metadata.distributions() if d.name}
    other = {
        name: (version, installed[name])
        for name, version, marker, _ in LOCK
        if (not marker or Marker(marker).evaluate()) and installed.get(name, version) != version
    }
    assert not other, f"locked and installed versions differ: {other}"


def test_nothing_under_the_gpl_is_required():
    assert not {"krippendorff", "fuzzywuzzy", "unidecode"} & {name for name, *_ in LOCK}


def test_environment_yml_asks_for_the_lock_and_a_python_that_fits():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert environment["name"] == PROJECT["name"]
    plain = [entry for entry in environment["dependencies"] if isinstance(entry, str)]
    (nested,) = [entry for entry in environment["dependencies"] if isinstance(entry, dict)]
    assert nested == {"pip": ["-r requirements.lock"]}
    assert sorted(re.split(r"[=<>]", entry)[0] for entry in plain) == ["pip", "python"]
    (python,) = [entry.split("=")[1] for entry in plain if entry.startswith("python=")]
    assert SpecifierSet(PROJECT["requires-python"]).contains(f"{python}.0")


def test_the_version_is_the_same_wherever_it_is_read():
    assert PROJECT["dynamic"] == ["version"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\d+\.\d+\.\d+\S*)", changelog, re.MULTILINE)[1]
    assert {str(citation["version"]), newest} == {sourcebook.__version__}


def test_the_interpreter_is_one_that_is_promised():
    assert SpecifierSet(PROJECT["requires-python"]).contains(".".join(map(str, sys.version_info[:3])))


def test_the_makefile_explains_every_target():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[1].split()
    shown = subprocess.run(
        ["make", "--no-print-directory", "-C", str(ROOT)], capture_output=True, text=True, check=True
    ).stdout
    assert [name for name in phony if not re.search(rf"^  {name} +\w", shown, re.MULTILINE)] == []


@pytest.mark.slow
def test_make_with_an_environment_given_works_on_the_folder_it_stands_in(corpus):
    folder = corpus.parent / "another checkout"
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "Makefile", folder)
    corpus.rename(folder / "data")
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONPATH" and not k.startswith("MAKE")}
    command = ["make", "-C", str(folder), "data", f"BIN={Path(sys.executable).parent}"]
    done = subprocess.run(command, env=kept, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "files written to data\n" in done.stdout
    assert (folder / "data" / "derived" / "SHA256SUMS").exists()


def test_licences_stand_where_the_metadata_says():
    for name in PROJECT["license-files"]:
        assert (ROOT / name).read_text(encoding="utf-8").strip()
    assert "https://creativecommons.org/licenses/by/4.0/" in (ROOT / "data/LICENSE").read_text(
        encoding="utf-8"
    )
