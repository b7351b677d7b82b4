"""A small data folder on quite another subject, for every test that needs a whole one: see bridge.py.

Nothing is timed: Hypothesis has no deadline, and in a run of CI it draws the same examples each time.
"""

import os
import shutil

import pytest
from bridge import make_corpus
from hypothesis import settings

from sourcebook.pipeline import build, datapackage, store

#: Run by LibreOffice's own Python, whose `uno` no other has.
collect_ignore = ["calc.py"]

settings.register_profile("book", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("book")


@pytest.fixture(scope="session")
def _corpus(tmp_path_factory):
    return make_corpus(tmp_path_factory.mktemp("corpus") / "data")


@pytest.fixture
def corpus(_corpus, tmp_path):
    """Return a data folder of its own, which a test may change."""
    return shutil.copytree(_corpus, tmp_path / "data")


@pytest.fixture(scope="session")
def _built(_corpus, tmp_path_factory):
    folder = shutil.copytree(_corpus, tmp_path_factory.mktemp("built") / "data")
    store.write(build.build(folder))
    datapackage.write(folder)
    return folder


@pytest.fixture
def built(_built, tmp_path):
    """Return a data folder of its own with derived tables, dictionary and Data Package."""
    return shutil.copytree(_built, tmp_path / "data")
