"""The walk of one quantity on the page of the design goes down the rooms, in functions that are there."""

import importlib
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STEP = re.compile(r"^\d+\. `sourcebook\.([\w.]+)`", re.MULTILINE)


def test_the_walk_goes_down_the_rooms_and_names_real_functions():
    page = (ROOT / "book/design.md").read_text(encoding="utf-8")
    section = page.partition("## The walk of one quantity\n")[2].partition("\n## ")[0]
    steps = STEP.findall(section)
    assert len(steps) > 10
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (layers,) = [c["layers"] for c in settings["tool"]["importlinter"]["contracts"] if c["type"] == "layers"]
    rooms = list(reversed(layers))
    places = [rooms.index(step.partition(".")[0]) for step in steps]
    assert places == sorted(places)
    for step in steps:
        module, _, name = step.rpartition(".")
        assert callable(getattr(importlib.import_module(f"sourcebook.{module}"), name)), step
