"""Wheel and source distribution: the same bytes each time, metadata that an index takes, and what users need."""

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email import message_from_bytes

import pytest
from building import ROOT, copy_repository
from packaging.metadata import Metadata

pytestmark = pytest.mark.slow

BUILD = """\
import sys
from hatchling.build import build_sdist, build_wheel
build_sdist(sys.argv[1])
build_wheel(sys.argv[1])
"""


def distributions(checkout, out):
    """Build both from a checkout, without the network, and return them: the source distribution, then the wheel."""
    out.mkdir()
    kept = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "SOURCE_DATE_EPOCH"}}
    subprocess.run(
        [sys.executable, "-c", BUILD, str(out)], cwd=checkout, env=kept, check=True, capture_output=True
    )
    return next(out.glob("*.tar.gz")), next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    work = tmp_path_factory.mktemp("first")
    return distributions(copy_repository(work / "checkout"), work / "dist")


@pytest.fixture(scope="module")
def again(tmp_path_factory):
    """Return the same from a checkout elsewhere, of another day, that others may not read."""
    work = tmp_path_factory.mktemp("again") / "a longer name"
    checkout = copy_repository(work / "checkout")
    for path in checkout.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
        path.chmod(path.stat().st_mode & 0o700)
    return distributions(checkout, work / "dist")


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def metadata_of(path):
    """Return the bytes of the metadata of a distribution."""
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            (name,) = [each for each in wheel.namelist() if each.endswith(".dist-info/METADATA")]
            return wheel.read(name)
    with tarfile.open(path) as sdist:
        return sdist.extractfile(f"{path.name.removesuffix('.tar.gz')}/PKG-INFO").read()


def test_two_builds_give_the_same_bytes(first, again):
    assert [sha256(path) for path in first] == [sha256(path) for path in again]
    assert [path.name for path in first] == [path.name for path in again]


def test_the_wheel_of_the_source_distribution_is_the_same(first, tmp_path):
    sdist, wheel = first
    shutil.unpack_archive(sdist, tmp_path, filter="data")
    (checkout,) = tmp_path.iterdir()
    _, other = distributions(checkout, tmp_path / "dist")
    assert sha256(other) == sha256(wheel)


@pytest.mark.parametrize("kind", [0, 1], ids=["sdist", "wheel"])
def test_an_index_takes_the_metadata(first, kind):
    raw = metadata_of(first[kind])
    metadata = Metadata.from_email(raw, validate=True)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert metadata.metadata_version == "2.4"
    assert metadata.summary == project["description"] and len(metadata.summary) <= 512
    assert metadata.license_expression == "MIT"
    assert metadata.description_content_type == "text/markdown"
    assert (
        message_from_bytes(raw).get_payload(decode=True).decode().strip()
        == (ROOT / "README.md").read_text("utf-8").strip()
    )
    assert set(metadata.provides_extra) == set(project["optional-dependencies"])


def test_each_holds_what_its_user_needs(first):
    sdist, wheel = first
    with zipfile.ZipFile(wheel) as archive:
        in_wheel = set(archive.namelist())
    with tarfile.open(sdist) as archive:
        in_sdist = {each.name.partition("/")[2] for each in archive.getmembers()}
    assert {"sourcebook/py.typed", "sourcebook/__init__.pyi", "sourcebook/data/dataset.toml"} <= in_wheel
    assert not [name for name in in_wheel if name.startswith(("tests", "book/"))]
    assert {"tests/conftest.py", "book/index.md", "Makefile", "CHANGELOG.md", "requirements.lock"} <= in_sdist
    assert not [name for name in in_wheel | in_sdist if "__pycache__" in name or name.startswith("_build")]
