"""The files with which other places run the book: each asks for what there is, and does what it says."""

import json
import os
import re
import subprocess
import sys
import tomllib

import nbformat
import pandas as pd
import pytest
from building import ROOT, copy_repository
from extras import OWN
from packaging.specifiers import SpecifierSet

import sourcebook

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
POST_BUILD = (ROOT / "postBuild").read_text(encoding="utf-8")


def test_the_container_is_made_by_commands_that_there_are():
    container = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text(encoding="utf-8"))
    version = re.fullmatch(r"mcr\.microsoft\.com/devcontainers/python:([\d.]+)", container["image"])[1]
    assert SpecifierSet(PROJECT["requires-python"]).contains(version)
    make, post_build = container["postCreateCommand"].split(" && ")
    assert make == f"make environment PYTHON=python{version}"
    assert post_build.endswith("bash postBuild")
    assert re.search(r"^environment:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_the_script_of_binder_is_one():
    assert subprocess.run(["bash", "-n", str(ROOT / "postBuild")], check=False).returncode == 0
    assert POST_BUILD.startswith("#!/bin/bash\n")


@pytest.mark.slow
def test_binder_gets_each_chapter_with_the_words_of_its_passages(tmp_path):
    """The script but for its call of pip, which the tests of the installation make."""
    copy = copy_repository(tmp_path / "checkout")
    code = POST_BUILD.partition("<< 'END'\n")[2].partition("END\n")[0]
    environment = {**os.environ, "PYTHONPATH": str(copy / "src")}
    subprocess.run([sys.executable, "-c", code], cwd=copy, env=environment, check=True)
    notebooks = {path: nbformat.read(path, as_version=4) for path in (copy / "notebooks").rglob("*.ipynb")}
    assert len(notebooks) > 10
    ids = set(sourcebook.load()["claims"]["claim_id"])
    found = [
        (path.name, word)
        for path, notebook in notebooks.items()
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for word in re.findall(r"\{(?:value|passage)\}|[\w.-]+\.c\d+", re.sub(r"`[^`]*`", "", cell.source))
        if word in ids or word.startswith("{")
    ]
    assert not found


def test_what_was_tried_elsewhere_is_there():
    table = pd.read_csv(ROOT / "data/measured/elsewhere.csv", dtype="str", keep_default_na=False)
    assert (table[["place", "tried", "python", "not tried", "date"]] != "").all(axis=None)
    assert table["date"].str.fullmatch(r"\d{4}-\d\d-\d\d").all()
    for names in table.loc[table["place"] != "Colab", "files"]:
        for name in names.split("; "):
            assert "*" in name or (ROOT / name).exists(), name


def test_the_table_of_extras_has_each():
    table = pd.read_csv(ROOT / "data/measured/extras.csv", keep_default_na=False)
    assert set(table["extra"]) == {"", *PROJECT["optional-dependencies"]} - OWN, (
        "run python tests/bench/extras.py"
    )
    assert (table[["packages", "megabytes"]] > 0).all(axis=None)
